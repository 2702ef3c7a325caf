// Fixes on the screen: the menu at the caret, buttons beside a problem, the dialog about all that are safe.
#pragma once
#include "ui/panes.h"

namespace iz {

/// The menu of the fixes of the current problem, opened by `View::fix_menu`, under the caret.
void draw_fix_menu(const BarContext& context, Box caret);
/// A small button for the fixes of a problem, ending at `right`. Returns its width, 0 when there is none.
float draw_fix_button(const BarContext& context, uint32_t finding, float right, float middle);
/// What stands there and what would, and a button for each fix. Returns the height, 0 when there is none.
float draw_fix_choices(const Workbench& w, Actions& actions, int finding, Box box, bool tall);
/// The dialog that shows each change of `Workbench::plan` before it is made.
void draw_fix_plan(const BarContext& context);

}  // namespace iz
