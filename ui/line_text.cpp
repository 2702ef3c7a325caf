#include "ui/line_text.h"

#include <algorithm>

#include "ui/layout.h"

namespace iz {

std::string_view LineText::selected() const {
  const auto [low, high] = std::minmax(caret, anchor);
  return std::string_view(text).substr(low, high - low);
}

void LineText::set(std::string_view whole) {
  text.clear();
  caret = anchor = 0;
  insert(whole);
  anchor = 0;
}

void LineText::insert(std::string_view typed) {
  const auto [low, high] = std::minmax(caret, anchor);
  std::string clean(typed);
  for (char& c : clean) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  const uint32_t at = low;
  text.replace(at, high - at, clean);
  caret = anchor = at + static_cast<uint32_t>(clean.size());
}

bool LineText::key(KeyPress press) {
  if (press.alt) return false;
  const auto move = [&](uint32_t to) {
    caret = to;
    if (!press.shift) anchor = to;
    return true;
  };
  const auto erase = [&](uint32_t other) {
    if (caret == anchor) anchor = other;
    insert("");
    return true;
  };
  switch (press.key) {
    case Key::left:
      if (!press.shift && !press.command && caret != anchor) return move(std::min(caret, anchor));
      return move(press.command ? word_previous(text, caret) : caret_previous(text, caret));
    case Key::right:
      if (!press.shift && !press.command && caret != anchor) return move(std::max(caret, anchor));
      return move(press.command ? word_next(text, caret) : caret_next(text, caret));
    case Key::home:
      return move(0);
    case Key::end:
      return move(static_cast<uint32_t>(text.size()));
    case Key::backspace:
      return erase(press.command ? word_previous(text, caret) : caret_previous(text, caret));
    case Key::erase:
      return erase(press.command ? word_next(text, caret) : caret_next(text, caret));
    case Key::a:
      if (!press.command) return false;
      anchor = 0;
      caret = static_cast<uint32_t>(text.size());
      return true;
    case Key::z:
    case Key::y:
      return press.command;  // not the message's
    default:
      return false;
  }
}

}  // namespace iz
