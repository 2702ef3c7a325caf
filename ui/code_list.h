// A list of codes under a place: completion in the text, the picker of the form.
#pragma once
#include <vector>

#include "ui/complete.h"
#include "ui/widgets.h"

namespace iz {

/// Draws the list below `under`, or above it where there is no room; `row` is the current one and is kept in sight.
/// Returns the row that was pressed, or -1; `drawn` becomes the box of the list.
int draw_code_list(const char* id, Box under, const std::vector<CodeChoice>& choices, int row, bool coarse,
                   Box* drawn = nullptr);

}  // namespace iz
