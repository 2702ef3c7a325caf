#include "core/utf8.h"

#include <algorithm>

namespace iz {

namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr uint32_t kMarkDistance = 64;

uint32_t units(char32_t code) { return code > 0xFFFF ? 2 : 1; }

}  // namespace

Char next_char(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[at + k]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return {first, 1, true};

  // How many bytes follow, and the range of the first of them; the others lie in 80..BF.
  uint32_t more = 0;
  unsigned char low = 0x80, high = 0xBF;
  char32_t code = 0;
  if (first >= 0xC2 && first <= 0xDF) {
    more = 1;
    code = first & 0x1F;
  } else if (first >= 0xE0 && first <= 0xEF) {
    more = 2;
    code = first & 0x0F;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    more = 3;
    code = first & 0x07;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
  } else {
    return {kReplacement, 1, false};
  }
  for (uint32_t k = 1; k <= more; ++k) {
    if (at + k >= text.size() || byte(k) < low || byte(k) > high) return {kReplacement, k, false};
    code = code << 6 | (byte(k) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return {code, more + 1, true};
}

void append_char(std::string& out, char32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

size_t char_count(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); at += next_char(text, at).size) ++count;
  return count;
}

std::string valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    if (c.valid) {
      out.append(text, at, c.size);
    } else {
      append_char(out, c.code);
    }
    at += c.size;
  }
  return out;
}

Utf16Offsets::Utf16Offsets(std::string_view text) : text_(text) {
  ascii_ = std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
  if (ascii_) return;
  marks_.reserve(text.size() / kMarkDistance + 2);
  uint32_t unit = 0, last = 0;
  marks_.push_back({});
  for (uint32_t at = 0; at < text.size();) {
    if (at - last >= kMarkDistance) {
      marks_.push_back({at, unit});
      last = at;
    }
    const Char c = next_char(text, at);
    at += c.size;
    unit += units(c.code);
  }
}

uint32_t Utf16Offsets::operator()(uint32_t byte) const {
  byte = std::min(byte, static_cast<uint32_t>(text_.size()));
  if (ascii_) return byte;
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), byte,
                                      [](uint32_t value, const Mark& mark) { return value < mark.byte; });
  Mark m = *(after - 1);
  while (m.byte < byte) {
    const Char c = next_char(text_, m.byte);
    if (m.byte + c.size > byte) break;
    m.byte += c.size;
    m.unit += units(c.code);
  }
  return m.unit;
}

uint32_t Utf16Offsets::to_byte(uint32_t unit) const {
  if (ascii_) return std::min(unit, static_cast<uint32_t>(text_.size()));
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), unit,
                                      [](uint32_t value, const Mark& mark) { return value < mark.unit; });
  Mark m = *(after - 1);
  while (m.unit < unit && m.byte < text_.size()) {
    const Char c = next_char(text_, m.byte);
    if (m.unit + units(c.code) > unit) break;
    m.byte += c.size;
    m.unit += units(c.code);
  }
  return m.byte;
}

}  // namespace iz
