#include "core/escapes.h"

#include <algorithm>
#include <utility>

#include "core/utf8.h"

namespace iz {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

size_t reference_at(std::string_view text, size_t at, size_t end, std::string& made) {
  made.clear();
  if (at >= end || text[at] != '&') return 0;
  const std::string_view here = text.substr(at, std::min<size_t>(end - at, 12));
  const size_t close = here.find(';');
  if (close == std::string_view::npos || close < 3) return 0;
  const std::string_view name = here.substr(1, close - 1);
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xC2\xA0"}};
  for (const auto& [known, character] : names) {
    if (name == known) {
      made = character;
      return close + 1;
    }
  }
  if (name[0] != '#') return 0;
  const bool hex = name[1] == 'x' || name[1] == 'X';
  uint32_t code = 0;
  const std::string_view digits = name.substr(hex ? 2 : 1);
  if (digits.empty()) return 0;
  for (const char c : digits) {
    const int d = hex_digit(c);
    if (d < 0 || (!hex && d > 9)) return 0;
    code = code * (hex ? 16 : 10) + static_cast<uint32_t>(d);
    if (code > 0x10FFFF) return 0;
  }
  if (code == 0 || (code >= 0xD800 && code < 0xE000)) return 0;
  append_char(made, code);
  return close + 1;
}

std::string undo_references(std::string_view text) {
  std::string out, made;
  for (size_t at = 0; at < text.size();) {
    const size_t next = std::min(text.find('&', at), text.size());
    out.append(text, at, next - at);
    at = next;
    if (at == text.size()) break;
    if (const size_t used = reference_at(text, at, text.size(), made)) {
      out += made;
      at += used;
    } else {
      out += text[at++];
    }
  }
  return out;
}

int percent_at(std::string_view text, size_t at) {
  if (at + 3 > text.size() || text[at] != '%') return -1;
  const int high = hex_digit(text[at + 1]), low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

int base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

}  // namespace iz
