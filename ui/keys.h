// Keys as the workbench knows them. The platform hands over each press, repeats included, and hears whether it was used,
// so that the browser keeps every key that is not.
#pragma once
#include <cstdint>

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

}  // namespace iz
