// Parts of the panes: buttons, tags, chips, tabs, rows, bars. Each draws itself at a place in device pixels with the
// colours of the theme and says what was done to it.
//
//     if (button("paste", left, middle, "Paste", {.icon = Icon::clipboard}).pressed) ...
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/counts.h"
#include "ui/icons.h"
#include "ui/type.h"

namespace iz {

/// A rectangle in device pixels.
struct Box {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  bool holds(ImVec2 p) const { return p.x >= x0 && p.x < x1 && p.y >= y0 && p.y < y1; }
};

void fill(ImDrawList* list, Box box, ImU32 color, float rounding = 0);
/// A border inside the box.
void frame(ImDrawList* list, Box box, ImU32 color, float rounding = 0, float thickness = 1);
void horizontal(ImDrawList* list, float x0, float x1, float y, ImU32 color);
void vertical(ImDrawList* list, float x, float y0, float y1, ImU32 color);

/// What the pointer and the keyboard do to an item.
struct Touch {
  bool hovered = false, held = false, pressed = false, twice = false;
  Box box;
};
/// An item that takes the pointer. Its id is unique in its window.
Touch touch(const char* id, Box box);

/// A menu of the item was asked for: a right click, or a finger that has rested on it for half a second.
bool wants_menu(const Touch& touch);

struct ButtonLook {
  std::optional<Icon> icon{};
  std::string_view key{};    ///< its keys, in a box behind the word
  std::string_view label{};  ///< muted words before the text
  std::string_view more{};   ///< muted words behind the text
  bool menu = false;         ///< a chevron behind it
  bool quiet = false;        ///< no border
  bool small = false;        ///< 24 high, for rows
  bool chosen = false;
  bool primary = false;  ///< filled: what most people want next, at most one in view
  bool enabled = true;
  float height = 0;  ///< of the design; 0: 32, or 24 when small
};
float button_width(std::string_view text, const ButtonLook& look);
/// `left` is the left edge, the button is centred at the height `middle`.
Touch button(const char* id, float left, float middle, std::string_view text, const ButtonLook& look = {});
/// A square button with an icon only; its name stands in the hover card.
Touch icon_button(const char* id, Box box, Icon which, std::string_view name, ImU32 color, bool bordered = false);

/// A fact in a small box, never clickable. Returns its right edge.
float tag(ImDrawList* list, float left, float middle, std::string_view text, float max_width = 1e9f);
/// A key by its words ("Ctrl K"), shown as on this machine. Returns its right edge.
float key_cap(ImDrawList* list, float left, float middle, std::string_view text);
float key_cap_width(std::string_view text);
/// A count with its severity's shape that can be switched off. Returns its width through `right`.
Touch count_chip(const char* id, float left, float middle, Severity severity, std::string_view text, bool on,
                 bool bordered, float& right);

/// A state in a rounded box on a soft ground; ends at `right` unless that is 0. Returns its box.
Box state_chip(ImDrawList* list, float left, float right, float middle, Shape which, std::string_view text);
float state_chip_width(std::string_view text);

/// A box with a tick and its words; ends at `right`.
Touch check_box(const char* id, float right, float middle, std::string_view text, bool on);
float check_box_width(std::string_view text);

/// A word that can be chosen, with a line on the lower edge of its bar.
Touch tab(const char* id, float& left, Box bar, std::string_view text, bool active);
/// Two to six exclusive choices in one border; returns the one that was pressed, or -1.
int segmented(const char* id, float right, float middle, const std::vector<std::string_view>& choices, int chosen);
float segmented_width(const std::vector<std::string_view>& choices);

/// Rows of one height in a child window that scrolls, as far as they are seen.
struct RowsInView {
  int first = 0, last = 0;  ///< `last` is not one of them
  float top = 0;            ///< of row 0
};
/// Makes room for all of them; they are drawn at `top + i * height`.
RowsInView rows_in_view(size_t count, float height);

/// The ground of a row: selected, hovered, or in front of the keyboard.
void row_ground(ImDrawList* list, Box box, bool selected, bool hovered);
/// The header of a pane: panel ground, its line below, a line above when it has the keyboard.
void pane_header(ImDrawList* list, Box box, bool focused);

/// Whether the pointer has rested on the last item for the usual delay.
bool rested();
/// A hover card with a sentence, after the usual delay, when the last item is hovered.
void hover_card(const Touch& touch, std::string_view text);

/// One row of a popup menu, `width` by `height` device pixels; true when it was chosen. `here`: the keyboard is at it.
bool menu_row(std::string_view text, std::string_view more, bool checked, bool here, float width, float height);
float menu_row_width(std::string_view text, std::string_view more);

}  // namespace iz
