#include "ui/form_edit.h"

#include <fmt/format.h>

#include <algorithm>

namespace iz {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string date_digits(std::string_view typed) {
  // Groups of digits with one sign between them.
  std::string groups[3];
  size_t group = 0;
  char sign = 0;
  for (char c : typed) {
    if (is_digit(c)) {
      groups[group] += c;
      continue;
    }
    if ((c != '-' && c != '/' && c != '.') || (sign != 0 && c != sign) || groups[group].empty() || group == 2)
      return std::string(typed);
    sign = c;
    ++group;
  }
  if (sign == 0 || groups[group].empty()) return std::string(typed);
  const auto two = [](const std::string& digits) { return digits.size() == 1 ? "0" + digits : digits; };
  std::string out;
  if (groups[0].size() == 4) {
    out = groups[0] + two(groups[1]) + (group == 2 ? two(groups[2]) : "");
  } else if (group == 2 && groups[2].size() == 4) {
    out = groups[2] + two(groups[0]) + two(groups[1]);  // month first, as in the United States
  }
  return is_date(out) ? out : std::string(typed);
}

std::string with_day(std::string_view old, Date day, Precision precision) {
  std::string digits = fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day);
  switch (precision) {
    case Precision::year:
      return digits.substr(0, 4);
    case Precision::month:
      return digits.substr(0, 6);
    case Precision::day:
      return digits;
    default:
      break;
  }
  return digits + std::string(old.size() > 8 ? old.substr(8) : std::string_view());
}

Date days_on(Date day, int days) {
  Date out = day;
  out.day += days;
  while (out.day < 1) {
    out = {out.month == 1 ? out.year - 1 : out.year, out.month == 1 ? 12 : out.month - 1, out.day};
    out.day += days_in_month(out.year, out.month);
  }
  while (out.day > days_in_month(out.year, out.month)) {
    out.day -= days_in_month(out.year, out.month);
    out = {out.month == 12 ? out.year + 1 : out.year, out.month == 12 ? 1 : out.month + 1, out.day};
  }
  return out.year >= 1 && out.year <= 9999 ? out : day;
}

Date months_on(Date day, int months) {
  const int all = day.year * 12 + day.month - 1 + months;
  Date out = {all / 12, all % 12 + 1, day.day};
  if (out.year < 1 || out.year > 9999) return day;
  out.day = std::min(out.day, days_in_month(out.year, out.month));
  return out;
}

int weekday(Date day) { return static_cast<int>(((day_number(day) + 4) % 7 + 7) % 7); }

}  // namespace iz
