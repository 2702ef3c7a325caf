#include "codesets/gs1.h"

#include <algorithm>

namespace iz {
namespace {

constexpr char kSeparator = '\x1d';  // GS, FNC1 in the middle of a scan

bool all_digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && static_cast<unsigned char>(s.front()) <= ' ') s.remove_prefix(1);
  while (!s.empty() && static_cast<unsigned char>(s.back()) <= ' ') s.remove_suffix(1);
  return s;
}

/// Takes an application identifier, bare or in parentheses.
bool take(std::string_view& rest, std::string_view identifier) {
  const bool in_parentheses = rest.starts_with('(');
  const std::string_view at = in_parentheses ? rest.substr(1) : rest;
  if (!at.starts_with(identifier) || (in_parentheses && !at.substr(identifier.size()).starts_with(')'))) return false;
  rest = at.substr(identifier.size() + in_parentheses);
  return true;
}

/// A value of fixed length; empty, and nothing taken, when it is not all digits.
std::string_view digits(std::string_view& rest, size_t length) {
  const std::string_view value = rest.substr(0, length);
  if (value.size() != length || !all_digits(value)) return {};
  rest.remove_prefix(length);
  return value;
}

/// A value of up to `most` characters: it ends at a separator, at the next identifier in parentheses, or with the text.
std::string_view variable(std::string_view& rest, size_t most) {
  const std::string_view value = rest.substr(0, std::min(most, rest.find_first_of(std::string_view("\x1d(", 2))));
  rest.remove_prefix(value.size());
  return value;
}

}  // namespace

char gs1_check_digit(std::string_view digits_before) {
  int sum = 0, weight = 3;
  for (size_t i = digits_before.size(); i-- > 0; weight = 4 - weight) sum += (digits_before[i] - '0') * weight;
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string Gs1Scan::vis() const {
  return gdti.empty() ? std::string{} : "253" + std::string(gdti) + "11" + std::string(edition);
}

bool is_gtin(std::string_view text) {
  const size_t n = text.size();
  return (n == 8 || n == 12 || n == 13 || n == 14) && all_digits(text) &&
         gs1_check_digit(text.substr(0, n - 1)) == text.back();
}

Gs1Scan read_gs1(std::string_view text) {
  Gs1Scan out;
  text = trimmed(text);
  if (text.size() > 3 && text[0] == ']') text = text.substr(3);
  if (const size_t n = text.size(); (n == 8 || n == 12 || n == 13 || n == 14) && all_digits(text)) {
    out.gtin = text;
    return out;
  }
  std::string_view rest = text;
  if (take(rest, "253")) {
    out.gdti = digits(rest, 13);
    const bool whole = !out.gdti.empty() && take(rest, "11") && !(out.edition = digits(rest, 6)).empty();
    return whole && trimmed(rest).empty() ? out : Gs1Scan{};
  }
  while (!rest.empty()) {
    if (rest.front() == kSeparator) {
      rest.remove_prefix(1);
    } else if (take(rest, "01")) {
      if ((out.gtin = digits(rest, 14)).empty()) return {};
    } else if (take(rest, "17")) {
      if ((out.expiry = digits(rest, 6)).empty()) return {};
    } else if (take(rest, "10")) {
      out.lot = variable(rest, 20);
    } else if (take(rest, "21")) {
      out.serial = variable(rest, 20);
    } else {
      break;  // what else the scan says is not ours
    }
  }
  return out.gtin.empty() ? Gs1Scan{} : out;
}

}  // namespace iz
