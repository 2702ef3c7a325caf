#include <algorithm>
#include <cstring>

#include "core/escapes.h"
#include "core/extract_parts.h"
#include "core/utf8.h"

namespace iz::extracting {

namespace {

/// `digits` hexadecimal digits at `at`, or -1.
int32_t hex_at(std::string_view text, size_t at, size_t end, size_t digits) {
  if (at + digits > end) return -1;
  int32_t value = 0;
  for (size_t i = 0; i < digits; ++i) {
    const int d = hex_digit(text[at + i]);
    if (d < 0) return -1;
    value = value * 16 + d;
  }
  return value;
}

/// Length of the escape at `at` (a backslash), 0 when it is none.
size_t escape_at(std::string_view text, size_t at, size_t end, std::string& made) {
  made.clear();
  if (at + 1 >= end) return 0;
  switch (text[at + 1]) {
    case '\\':
      made = '\\';
      return 2;
    case '"':
      made = '"';
      return 2;
    case '\'':
      made = '\'';
      return 2;
    case '/':
      made = '/';
      return 2;
    case 'b':
      made = '\b';
      return 2;
    case 'f':
      made = '\f';
      return 2;
    case 'n':
      made = '\n';
      return 2;
    case 'r':
      made = '\r';
      return 2;
    case 't':
      made = '\t';
      return 2;
    case 'v':
      made = '\v';
      return 2;
    case 'x': {
      const int32_t value = hex_at(text, at + 2, end, 2);
      if (value < 0) return 0;
      made = static_cast<char>(value);  // a byte: whether it is UTF-8 is seen at the end
      return 4;
    }
    case 'u': {
      const int32_t first = hex_at(text, at + 2, end, 4);
      if (first < 0) return 0;
      if (first >= 0xD800 && first < 0xDC00 && at + 8 <= end && text[at + 6] == '\\' && text[at + 7] == 'u') {
        const int32_t second = hex_at(text, at + 8, end, 4);
        if (second >= 0xDC00 && second < 0xE000) {
          append_char(made, static_cast<char32_t>(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)));
          return 12;
        }
      }
      append_char(made, first >= 0xD800 && first < 0xE000 ? 0xFFFD : static_cast<char32_t>(first));
      return 6;
    }
    default:
      return 0;
  }
}

/// Windows-1252 80..9F; what it leaves open is the control character, as the WHATWG Encoding standard has it.
constexpr char16_t kWindows1252[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                       0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

/// Bytes from `at` on that are ASCII, counted in steps of eight as long as possible.
size_t skip_ascii(std::string_view text, size_t at) {
  constexpr uint64_t high = 0x8080808080808080;
  while (at + 8 <= text.size()) {
    uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if (word & high) break;
    at += 8;
  }
  while (at < text.size() && !(text[at] & 0x80)) ++at;
  return at;
}

}  // namespace

// ---- Traced

Traced::Traced(std::string_view input) : copied_(false), view_(input) {
  const Span all{0, narrow(input.size())};
  if (!input.empty()) origins_.push_back({all, all});
}

/// Adds the origin of the next `size` bytes of text. What continues the last piece in the same proportion joins it.
void Traced::add_origin(uint32_t size, Span input) {
  if (size == 0) return;
  const uint32_t begin = origins_.empty() ? 0 : origins_.back().text.end;
  if (!origins_.empty()) {
    Origin& last = origins_.back();
    const uint64_t last_text = last.text.end - last.text.begin, last_input = last.input.end - last.input.begin;
    const uint64_t next_input = input.end - input.begin;
    if (last.input.end == input.begin && last_text * next_input == last_input * size &&
        (next_input != 0 || last_input == 0)) {
      last.text.end += size;
      last.input.end = input.end;
      return;
    }
  }
  origins_.push_back({{begin, begin + size}, input});
}

/// Index of the piece that holds the byte `at`.
size_t Traced::piece(size_t at) const {
  const auto after = std::upper_bound(origins_.begin(), origins_.end(), at,
                                      [](size_t value, const Origin& o) { return value < o.text.begin; });
  return after == origins_.begin() ? 0 : static_cast<size_t>(after - origins_.begin()) - 1;
}

namespace {

/// The input of the part [begin, end) of a piece.
Span part_of(const Origin& o, size_t begin, size_t end) {
  const uint64_t text = o.text.end - o.text.begin, input = o.input.end - o.input.begin;
  if (text == 0) return {o.input.begin, o.input.begin};
  const auto low = static_cast<uint32_t>((begin - o.text.begin) * input / text);
  // Parts of a piece do not overlap in the input unless it is shorter than the text.
  const uint64_t round_up = input < text ? text - 1 : 0;
  const auto high = static_cast<uint32_t>(((end - o.text.begin) * input + round_up) / text);
  return {o.input.begin + low, o.input.begin + high};
}

}  // namespace

void Traced::append(const Traced& from, size_t begin, size_t end) {
  if (begin >= end) return;
  text_.append(from.text().substr(begin, end - begin));
  for (size_t i = from.piece(begin); i < from.origins_.size() && from.origins_[i].text.begin < end; ++i) {
    const Origin& o = from.origins_[i];
    const size_t low = std::max<size_t>(begin, o.text.begin), high = std::min<size_t>(end, o.text.end);
    if (low < high) add_origin(narrow(high - low), part_of(o, low, high));
  }
}

void Traced::append(std::string_view made, const Traced& from, size_t begin, size_t end) {
  append(made, from.input(begin, end));
}

void Traced::append(std::string_view made, Span input) {
  text_.append(made);
  add_origin(narrow(made.size()), input);
}

Span Traced::input(size_t begin, size_t end) const {
  if (origins_.empty()) return {};
  if (begin >= end) {
    if (begin >= origins_.back().text.end) return {origins_.back().input.end, origins_.back().input.end};
    const uint32_t at = part_of(origins_[piece(begin)], begin, begin).begin;
    return {at, at};
  }
  const size_t last = std::min<size_t>(end, origins_.back().text.end);
  const Origin& first_piece = origins_[piece(begin)];
  const Origin& last_piece = origins_[piece(last - 1)];
  return {part_of(first_piece, begin, begin).begin, part_of(last_piece, last - 1, last).end};
}

std::string Traced::take_text() { return copied_ ? std::move(text_) : std::string(view_); }

// ---- encodings

bool is_ascii(std::string_view text) { return skip_ascii(text, 0) == text.size(); }

bool is_utf8(std::string_view text) {
  for (size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const Char c = next_char(text, at);
    if (!c.valid) return false;
    at += c.size;
  }
  return true;
}

Utf16 guess_utf16(std::string_view input, bool& mark) {
  mark = true;
  if (input.starts_with("\xFF\xFE")) return Utf16::little;
  if (input.starts_with("\xFE\xFF")) return Utf16::big;
  mark = false;
  const size_t pairs = std::min<size_t>(input.size(), 1024) / 2;
  if (pairs < 4) return Utf16::no;
  size_t first = 0, second = 0;  // pairs in which only that byte is zero
  for (size_t i = 0; i < pairs; ++i) {
    const bool a = input[2 * i] == 0, b = input[2 * i + 1] == 0;
    first += a && !b;
    second += b && !a;
  }
  if (second * 4 >= pairs * 3) return Utf16::little;
  if (first * 4 >= pairs * 3) return Utf16::big;
  return Utf16::no;
}

Traced read_utf16(std::string_view input, bool big, bool mark) {
  Traced out;
  const auto unit = [&](size_t at) {
    const auto a = static_cast<unsigned char>(input[at]), b = static_cast<unsigned char>(input[at + 1]);
    return static_cast<char32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::string made;
  for (size_t at = mark ? 2 : 0; at < input.size();) {
    size_t used = 2;
    char32_t code = 0xFFFD;
    if (at + 1 >= input.size()) {
      used = 1;
    } else if (const char32_t first = unit(at); first < 0xD800 || first >= 0xE000) {
      code = first;
    } else if (first < 0xDC00 && at + 3 < input.size()) {
      if (const char32_t second = unit(at + 2); second >= 0xDC00 && second < 0xE000) {
        code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        used = 4;
      }
    }
    made.clear();
    append_char(made, code);
    out.append(made, Span{narrow(at), narrow(at + used)});
    at += used;
  }
  return out;
}

Traced read_windows1252(const Traced& from, uint32_t& bytes) {
  Traced out;
  const std::string_view text = from.text();
  std::string made;
  size_t run = 0;
  for (size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const Char c = next_char(text, at);
    if (c.valid) {
      at += c.size;
      continue;
    }
    out.append(from, run, at);
    const auto byte = static_cast<unsigned char>(text[at]);
    made.clear();
    append_char(made, byte < 0xA0 ? kWindows1252[byte - 0x80] : byte);
    out.append(made, from, at, at + 1);
    run = ++at;
    ++bytes;
  }
  out.append(from, run, text.size());
  return out;
}

// ---- escapes

Traced undo_backslashes(const Traced& from, size_t begin, size_t end) {
  Traced out;
  const std::string_view text = from.text().substr(0, end);
  std::string made;
  size_t run = begin;
  for (size_t at = begin; at < end;) {
    at = text.find('\\', at);
    if (at == std::string_view::npos) break;
    const size_t used = escape_at(text, at, end, made);
    if (used == 0) {
      ++at;
      continue;
    }
    out.append(from, run, at);
    out.append(made, from, at, at + used);
    run = at += used;
  }
  out.append(from, run, end);
  return out;
}

Traced undo_references(const Traced& from, size_t begin, size_t end) {
  Traced out;
  const std::string_view text = from.text().substr(0, end);
  std::string made;
  size_t run = begin;
  for (size_t at = begin; at < end;) {
    at = text.find('&', at);
    if (at == std::string_view::npos) break;
    const size_t used = reference_at(text, at, end, made);
    if (used == 0) {
      ++at;
      continue;
    }
    out.append(from, run, at);
    out.append(made, from, at, at + used);
    run = at += used;
  }
  out.append(from, run, end);
  return out;
}

Traced halve_quotes(const Traced& from, size_t begin, size_t end, char quote) {
  Traced out;
  const std::string_view text = from.text().substr(0, end);
  size_t run = begin;
  for (size_t at = begin; at + 1 < end;) {
    at = text.find(quote, at);
    if (at == std::string_view::npos || at + 1 >= end) break;
    if (text[at + 1] != quote) {
      ++at;
      continue;
    }
    out.append(from, run, at);
    out.append(text.substr(at, 1), from, at, at + 2);
    run = at += 2;
  }
  out.append(from, run, end);
  return out;
}

}  // namespace iz::extracting
