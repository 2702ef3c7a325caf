#include "core/days.h"

#include <algorithm>

namespace iz {

DayRange day_range(Date day) {
  if (!day) return {};
  const auto n = static_cast<int32_t>(day_number(day));
  return {n, n, true};
}

DayRange day_range(std::string_view hl7) {
  int number = hl7.size() < 8 ? -1 : eight_digits(hl7);
  size_t digits = number < 0 ? 0 : 8;
  if (!digits) number = 0;
  for (; digits < hl7.size() && digits < 8; ++digits) {
    const char c = hl7[digits];
    if (c < '0' || c > '9') break;
    number = number * 10 + (c - '0');
  }
  if (digits == 8) {
    const Date d{number / 10000, number / 100 % 100, number % 100};
    if (d.year < 1 || d.day < 1 || d.day > days_in_month(d.year, d.month)) return {};
    return day_range(d);
  }
  // Less than a day: nothing but a zone may follow.
  if (digits < hl7.size() && hl7[digits] != '+' && hl7[digits] != '-') return {};
  const int year = digits == 4 ? number : number / 100, month = digits == 6 ? number % 100 : 0;
  if ((digits != 4 && digits != 6) || year < 1 || (digits == 6 && (month < 1 || month > 12))) return {};
  const int from = month ? month : 1, to = month ? month : 12;
  return {static_cast<int32_t>(day_number({year, from, 1})),
          static_cast<int32_t>(day_number({year, to, days_in_month(year, to)})), true};
}

Date date_of(int32_t number) {
  // The reverse of `day_number`: years begin in March.
  const int32_t z = number + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int32_t of_era = z - era * 146097;
  const int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int32_t m = (5 * of_year + 2) / 153;
  const int32_t month = m < 10 ? m + 3 : m - 9;
  return {year_of_era + era * 400 + (month <= 2), month, of_year - (153 * m + 2) / 5 + 1};
}

namespace {

int32_t shifted(int32_t day, DateShift shift) {
  Date d = date_of(day);
  const int months = d.year * 12 + d.month - 1 + shift.amount * (shift.unit == DateShift::Unit::years ? 12 : 1);
  d.year = months / 12;
  d.month = months % 12 + 1;
  d.day = std::min(d.day, days_in_month(d.year, d.month));
  return static_cast<int32_t>(day_number(d));
}

}  // namespace

DayRange shifted_by_months(DayRange days, DateShift shift) {
  const bool one = days.first == days.last;
  days.first = shifted(days.first, shift);
  days.last = one ? days.first : shifted(days.last, shift);
  return days;
}

Truth compare(DayRange a, Compare how, DayRange b) {
  if (!a.known || !b.known) return Truth::unknown;
  const auto before = [](const DayRange& x, const DayRange& y) {
    return x.last < y.first ? Truth::holds : x.first < y.last ? Truth::unknown : Truth::fails;
  };
  const auto opposite = [](Truth t) {
    return t == Truth::unknown ? t : t == Truth::holds ? Truth::fails : Truth::holds;
  };
  const auto equal = [&] {
    const bool apart = a.last < b.first || b.last < a.first;
    return apart ? Truth::fails : a.first == a.last && b.first == b.last ? Truth::holds : Truth::unknown;
  };
  switch (how) {
    case Compare::lt:
      return before(a, b);
    case Compare::le:
      return opposite(before(b, a));
    case Compare::gt:
      return before(b, a);
    case Compare::ge:
      return opposite(before(a, b));
    case Compare::eq:
      return equal();
    case Compare::ne:
      return opposite(equal());
  }
  return Truth::unknown;
}

}  // namespace iz
