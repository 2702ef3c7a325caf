#include "ui/dom_text.h"

#include <algorithm>

#include "core/utf8.h"

namespace iz {
namespace {

/// One unit of the text area: its bytes in the text and its UTF-16 units.
struct Step {
  uint32_t bytes, units;
};

Step step(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == '\r' && at + 1 < text.size() && text[at + 1] == '\n') return {2, 1};
  if (byte < 0x80) return {1, 1};
  const Char c = next_char(text, at);
  return {std::max(1u, c.size), c.code > 0xffff ? 2u : 1u};
}

}  // namespace

std::string dom_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Step s = step(text, at);
    if (text[at] == '\r') {
      out += '\n';
    } else if (static_cast<unsigned char>(text[at]) < 0x80) {
      out += text[at];
    } else {
      append_char(out, next_char(text, at).code);
    }
    at += s.bytes;
  }
  return out;
}

Span box_window(std::string_view text, uint32_t caret, uint32_t most) {
  const auto size = static_cast<uint32_t>(text.size());
  if (size <= most) return {0, size};
  caret = std::min(caret, size);
  uint32_t begin = caret > most / 2 ? caret - most / 2 : 0;
  uint32_t end = std::min(size, begin + most);
  begin = end > most ? end - most : 0;
  // Whole lines, as long as the caret stays well inside.
  if (begin > 0) {
    const size_t next = text.find_first_of("\r\n", begin);
    if (next < caret) {
      begin = static_cast<uint32_t>(next) + 1;
      if (text[next] == '\r' && begin < caret && text[begin] == '\n') ++begin;
    }
  }
  if (end < size) {
    const size_t last = text.find_last_of("\r\n", end - 1);
    if (last != std::string_view::npos && last > caret && last > begin) end = static_cast<uint32_t>(last);
    if (text[end] == '\n' && end > 0 && text[end - 1] == '\r') --end;
  }
  const auto between = [&](uint32_t at) {
    for (int back = 0; back < 3 && at > 0 && at < size && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80; ++back)
      --at;
    return at;
  };
  return {std::min(between(begin), caret), std::max(between(end), caret)};
}

uint32_t to_dom(std::string_view text, uint32_t byte) {
  uint32_t unit = 0;
  for (size_t at = 0; at < text.size();) {
    const Step s = step(text, at);
    if (at + s.bytes > byte) break;
    at += s.bytes;
    unit += s.units;
  }
  return unit;
}

uint32_t from_dom(std::string_view text, uint32_t unit) {
  size_t at = 0;
  uint32_t seen = 0;
  while (at < text.size() && seen < unit) {
    const Step s = step(text, at);
    if (seen + s.units > unit) break;
    seen += s.units;
    at += s.bytes;
  }
  return static_cast<uint32_t>(at);
}

}  // namespace iz
