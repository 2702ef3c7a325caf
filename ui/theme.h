// The look: every colour of the workbench by its role. A literal colour anywhere else is a fault.
//
//     list->AddRectFilled(a, b, iz::theme().asoft);   // ground of the selected row
//
// Colours are opaque; depth is a border, never a shadow or a see-through layer. Text roles hold 4.5:1 on every ground
// they may stand on, in the high-contrast themes 7:1 on `panel` (tests/ui/theme_test.cpp computes it).
#pragma once
#include "imgui.h"

namespace iz {

enum class Palette : unsigned char { light, dark, contrast_light, contrast_dark };

struct Theme {
  ImU32 bg;                        ///< behind the panes, document bar, lane between panes
  ImU32 chrome;                    ///< app bar, status line
  ImU32 panel;                     ///< panes, buttons, fields
  ImU32 sunken;                    ///< group rows, raw text, quoted results, tags
  ImU32 hover;                     ///< row or button under the pointer
  ImU32 line;                      ///< 1 px separators
  ImU32 ctl;                       ///< border of buttons, chips, hover cards
  ImU32 inp;                       ///< border of fields and check boxes
  ImU32 text;                      ///< text
  ImU32 muted;                     ///< labels, second column, coding systems
  ImU32 faint;                     ///< line numbers, delimiters, usage letters, placeholders
  ImU32 accent;                    ///< links, selection bar, active tab, focus ring, segment ids
  ImU32 accenttext;                ///< text on a filled button
  ImU32 asoft;                     ///< ground of the selected row, pressed, current field
  ImU32 aline;                     ///< border of a chosen chip
  ImU32 sel;                       ///< selected text, search hits
  ImU32 err, errsoft, errline;     ///< error, not stored, overdue
  ImU32 warn, warnsoft, warnline;  ///< warning, partly stored, inactive
  ImU32 adv, advsoft, advline;     ///< advice
  ImU32 ok, oksoft, okline;        ///< stored, valid, conformant, private
  ImU32 onerr, onwarn, onok;       ///< the sign inside a filled shape
  ImU32 code;                      ///< coded value in the editor and in tables
  ImU32 date;                      ///< date or time in the editor
  ImU32 esc;                       ///< MSH-2, escape sequences
  ImU32 zseg;                      ///< Z-segments, unknown segments
  ImU32 track;                     ///< empty part of a bar
  bool high_contrast;
};

const Theme& theme(Palette palette);
/// The theme of this frame.
const Theme& theme();
/// Chooses the theme from now on and gives Dear ImGui's own items its colours.
void use_theme(Palette palette);
/// Sets Dear ImGui's metrics for the current scale (see `px`).
void use_metrics();

/// Device pixels for a length of the design, rounded. `set_scale` sets device pixels per design pixel.
float px(float length);
float scale();
void set_scale(float device_pixels_per_pixel);

}  // namespace iz
