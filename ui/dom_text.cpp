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
