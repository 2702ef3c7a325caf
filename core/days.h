// Days with the precision that a message states, for comparing dates: a month is the range of its days.
//
//     compare(day_range("201502"), Compare::lt, day_range("20150301"))    // holds: every day of February
//     compare(day_range("201502"), Compare::lt, day_range("20150215"))    // unknown
//     shifted(day_range("20240229"), {1, DateShift::Unit::years})         // 2025-02-28
//
// Times of day and zones do not count: registries compare days.
#pragma once
#include <cstdint>
#include <string_view>

#include "core/condition.h"
#include "core/date.h"

namespace iz {

/// The days that a date may mean, as numbers (`day_number`); not `known` for what is no date.
struct DayRange {
  int32_t first = 0, last = 0;
  bool known = false;
};

/// The days of an HL7 date or time of any precision.
DayRange day_range(std::string_view hl7);
DayRange day_range(Date day);
/// The date of a number of days since 1970-01-01.
Date date_of(int32_t number);
/// So much later; a day that the month lacks is its last one.
DayRange shifted_by_months(DayRange days, DateShift shift);
inline DayRange shifted(DayRange days, DateShift shift) {
  if (!days.known || !shift.amount) return days;
  if (shift.unit == DateShift::Unit::days) return {days.first + shift.amount, days.last + shift.amount, true};
  return shifted_by_months(days, shift);
}
/// Holds when it does for all days of both, fails when for none, else unknown.
Truth compare(DayRange a, Compare how, DayRange b);

}  // namespace iz
