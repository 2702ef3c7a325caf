// A field to type one line into.
//
//     text_field(w, actions, "tree", box, "Find field");        // its text: w.view.typed("tree")
//
// A click gives it the keyboard, a click elsewhere takes it away. What Enter, Escape and the arrows up and down do is
// the business of the pane that the field belongs to (`Screen::field_key`).
#pragma once
#include <optional>

#include "ui/widgets.h"
#include "ui/workbench.h"

namespace iz {

/// `placeholder`, a literal, stands there while it is empty and names it for screen readers. A click inside of `keep` leaves
/// it the keyboard; nullptr: only one on itself.
Touch text_field(const Workbench& w, Actions& actions, const char* name, Box box, std::string_view placeholder,
                 std::optional<Icon> which = Icon::search, Type type = Type::small, const Box* keep = nullptr);

/// Of the field that has the keyboard, as drawn in this frame: the caret for input methods. `drawn` is false when no
/// pane shows it.
struct FieldSeen {
  bool drawn = false;
  Box caret;
  std::string_view placeholder;  ///< a literal
};
FieldSeen& field_seen();

}  // namespace iz
