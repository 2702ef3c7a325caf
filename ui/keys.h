// Keys as the workbench knows them. The platform hands over each press, repeats included, and hears whether it was used,
// so that the browser keeps every key that is not.
#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>

namespace iz {

enum class Key : uint8_t {
  none,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  enter,
  space,
  escape,
  tab,
  backspace,
  erase,
  a,
  c,
  g,
  i,
  k,
  y,
  z,
  f1,
  f2,
  f4,
  f6,
  f8,
  f,
  o,
  s,
  period,
  slash,
  f3,
  f10,
  menu,  ///< the key that opens a context menu
  f9
};

struct KeyPress {
  Key key = Key::none;
  bool command = false;  ///< Ctrl, on a Mac Cmd
  bool shift = false, alt = false;
};

/// A key that would change the text or move the caret, were the keyboard there.
inline bool edits_or_moves(Key key) {
  return (key >= Key::left && key <= Key::space) || key == Key::backspace || key == Key::erase;
}

/// The row of a list that a key leads to from row `at` (-1: none is chosen), `page` rows at once for the page keys; none
/// for another key or an empty list.
inline std::optional<int> list_row(Key key, int at, int count, int page) {
  if (count <= 0) return std::nullopt;
  switch (key) {
    case Key::up:
      return std::clamp(at - 1, 0, count - 1);
    case Key::down:
      return std::clamp(at + 1, 0, count - 1);
    case Key::page_up:
      return std::clamp(at - page, 0, count - 1);
    case Key::page_down:
      return std::clamp(at + page, 0, count - 1);
    case Key::home:
      return 0;
    case Key::end:
      return count - 1;
    default:
      return std::nullopt;
  }
}

}  // namespace iz
