// Small pictures as polylines: icons, the shapes of severities, squiggles.
//
//     icon(list, Icon::clipboard, {x, y}, 16, theme().muted);
//     shape(list, Shape::error, {x, y}, 14);                    // with its own colours
//
// Sizes are in pixels of the design; places in device pixels. A severity is a shape, a word and a colour, never colour
// alone.
#pragma once
#include <string_view>

#include "core/rule.h"
#include "imgui.h"

namespace iz {

enum class Icon : unsigned char {
  close,
  plus,
  right,
  down,
  up,
  check,
  arrow,
  more,
  file,
  undo,
  redo,
  sun,
  lock,
  lines,
  clipboard,
  flask,
  tree,
  search,
  book,
  copy,
  out,
  filter,
  back,
  forward,
  clock
};

/// Draws an icon in a square box with this upper left corner.
void icon(ImDrawList* list, Icon which, ImVec2 top_left, float size, ImU32 color);

enum class Shape : unsigned char {
  error,  ///< error, not stored
  warning,
  advice,
  ok,         ///< stored, conformant
  unknown,    ///< not known, not yet
  partly,     ///< partly stored
  valid,      ///< given and valid
  not_valid,  ///< given, not valid
  given,      ///< given, not judged
  due,
  overdue,
  later
};

void shape(ImDrawList* list, Shape which, ImVec2 top_left, float size);
Shape shape_of(Severity severity);
ImU32 color_of(Severity severity);

/// The mark under a fault, from `x0` to `x1`; `bottom` is the lower edge of the line.
void squiggle(ImDrawList* list, Severity severity, float x0, float x1, float bottom);

}  // namespace iz
