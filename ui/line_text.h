// One line that is typed in a field of the window: a filter, what is looked for, a place to go to.
//
//     view.open_field("tree");                        // it has the keyboard from now on; its text is selected
//     view.typed("tree")                              // "lot"
//
// A field is known by its name and lives in `View`, so that any pane can add one: `text_field` (ui/text_field.h) draws
// it, `Screen::type` and `Screen::key` write in the one that has the keyboard. In the browser an <input> of its own
// stands for it (ui/platform.js), so input methods, dead keys, paste and undo are the browser's.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "ui/keys.h"

namespace iz {

struct LineText {
  std::string text;                ///< UTF-8 without control characters
  uint32_t caret = 0, anchor = 0;  ///< byte offsets; what is between them is selected

  std::string_view selected() const;
  /// Everything, with all of it selected.
  void set(std::string_view whole);
  /// Replaces what is selected; line ends and other control characters become blanks.
  void insert(std::string_view typed);
  /// Moves, selects and deletes. Whether the key was one of these.
  bool key(KeyPress press);
};

}  // namespace iz
