#include "codesets/import_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/date.h"
#include "core/escapes.h"
#include "core/utf8.h"

namespace iz {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Windows-1252 from 0x80 to 0x9F; 0 where it has no character.
constexpr uint16_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::string from_windows1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x80) {
      out += c;
    } else if (byte < 0xA0) {
      append_char(out, kWindows1252[byte - 0x80] ? kWindows1252[byte - 0x80] : 0xFFFD);
    } else {
      append_char(out, byte);
    }
  }
  return out;
}

std::string from_utf16(std::string_view bytes, bool big) {
  std::string out;
  out.reserve(bytes.size() / 2 + 16);
  const auto unit = [&](size_t at) -> char32_t {
    const auto a = static_cast<uint8_t>(bytes[at]), b = static_cast<uint8_t>(bytes[at + 1]);
    return big ? a << 8 | b : b << 8 | a;
  };
  for (size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      const char32_t low = at + 3 < bytes.size() ? unit(at + 2) : 0;
      if (c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      } else {
        c = 0xFFFD;
      }
    }
    append_char(out, c);
  }
  return out;
}

bool is_utf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (static_cast<uint8_t>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const Char c = next_char(text, at);
    if (!c.valid) return false;
    at += c.size;
  }
  return true;
}

std::optional<std::string> day(int year, int month, int day_of_month) {
  if (year < 1900 || year > 2200 || month < 1 || month > 12) return std::nullopt;
  if (day_of_month < 1 || day_of_month > days_in_month(year, month)) return std::nullopt;
  return to_iso(Date{year, month, day_of_month});
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

}  // namespace

TableText table_text(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return {from_utf16(bytes.substr(2), false), "UTF-16LE"};
  if (bytes.starts_with("\xFE\xFF")) return {from_utf16(bytes.substr(2), true), "UTF-16BE"};
  // Without a mark: every other one of the first bytes is NUL, as no text in another encoding has it.
  if (bytes.size() >= 8) {
    const auto nul = [&](size_t from) {
      for (size_t i = from; i < 8; i += 2)
        if (bytes[i] != 0) return false;
      return bytes[1 - from] != 0;
    };
    if (nul(1)) return {from_utf16(bytes, false), "UTF-16LE"};
    if (nul(0)) return {from_utf16(bytes, true), "UTF-16BE"};
  }
  if (is_utf8(bytes)) return {std::string(bytes), "UTF-8"};
  return {from_windows1252(bytes), "Windows-1252"};
}

std::string clean_cell(std::string_view text) {
  std::string undone;
  if (text.find('&') != std::string_view::npos) text = undone = undo_references(text);
  std::string out;
  bool blank = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<uint8_t>(text[at]);
    if (c <= 0x20 || c == 0x7F) {
      blank = true;
    } else if (c == 0xC2 && at + 1 < text.size() && static_cast<uint8_t>(text[at + 1]) == 0xA0) {
      blank = true;
      ++at;
    } else {
      if (blank && !out.empty()) out += ' ';
      blank = false;
      out += text[at];
    }
  }
  return out;
}

std::optional<std::string> table_date(std::string_view text) {
  text = text.substr(0, text.find_first_of(" T"));
  if (text.empty()) return std::string{};
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), is_digit))
    return day(number(text.substr(0, 4)), number(text.substr(4, 2)), number(text.substr(6)));
  const size_t first = text.find_first_of("/-");
  if (first == std::string_view::npos) return std::nullopt;
  const size_t second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view a = text.substr(0, first), b = text.substr(first + 1, second - first - 1),
                         c = text.substr(second + 1);
  for (const std::string_view part : {a, b, c})
    if (part.empty() || part.size() > 4 || !std::all_of(part.begin(), part.end(), is_digit)) return std::nullopt;
  if (a.size() == 4 && b.size() <= 2 && c.size() <= 2) return day(number(a), number(b), number(c));
  if (a.size() <= 2 && b.size() <= 2 && c.size() == 4 && text[first] == '/')
    return day(number(c), number(a), number(b));
  return std::nullopt;
}

std::string date_in_name(std::string_view name) {
  std::string found;
  for (size_t at = 0; at + 8 <= name.size(); ++at) {
    if (!is_digit(name[at]) || (at && is_digit(name[at - 1]))) continue;
    std::string digits;
    size_t end = at;
    for (const size_t run : {4, 2, 2}) {
      if (!digits.empty() && end < name.size() && (name[end] == '-' || name[end] == '_')) ++end;
      for (size_t i = 0; i < run && end < name.size() && is_digit(name[end]); ++i) digits += name[end++];
    }
    if (digits.size() != 8 || (end < name.size() && is_digit(name[end]))) continue;
    const int year = number(std::string_view(digits).substr(0, 4));
    const auto date = year >= 1990 && year < 2100 ? table_date(digits) : std::nullopt;
    if (date) found = *date;
  }
  return found;
}

std::vector<TextLine> text_lines(std::string_view text) {
  std::vector<TextLine> lines;
  uint32_t count = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    const std::string_view line = text.substr(at, end - at);
    ++count;
    const bool holds = std::any_of(line.begin(), line.end(), [](char c) { return static_cast<uint8_t>(c) > 0x20; });
    if (holds) lines.push_back({line, count});
    at = end + (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
  }
  return lines;
}

uint32_t line_of(std::string_view text, size_t at) {
  uint32_t line = 1;
  for (size_t i = 0; i < std::min(at, text.size()); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'))) ++line;
  return line;
}

}  // namespace iz
