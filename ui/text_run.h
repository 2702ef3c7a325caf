// One row of message text in its colours, on a grid of character cells.
//
//     draw_run(list, {.type = Type::mono, .bold = Type::mono_bold}, text, {begin, end}, roles, {low, high}, x, y);
#pragma once
#include <string_view>
#include <vector>

#include "ui/roles.h"
#include "ui/type.h"

namespace iz {

struct RunLook {
  Type type = Type::mono;
  Type bold = Type::mono_bold;  ///< for the names of segments
};

/// `roles` holds one role for each byte of `row`. Bytes in `selected` are drawn in the colour of text, whatever their
/// role. A character without a picture is a small box. `x` is the left edge (not rounded), `top` the top of the line.
void draw_run(ImDrawList* list, const RunLook& look, std::string_view text, Span row, const std::vector<Role>& roles,
              Span selected, float x, float top);

}  // namespace iz
