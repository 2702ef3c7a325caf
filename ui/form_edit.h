// The value of the form that is being typed.
#pragma once
#include <string>

#include "core/date.h"
#include "core/path.h"

namespace iz {

struct FormEdit {
  bool on = false;     ///< the field "form" stands in a row of the form
  Path path;           ///< of the row
  std::string before;  ///< the value as it was
  std::string undone;  ///< what was typed and taken back
  bool list = false;   ///< the codes that may stand there are shown
  int row = -1;        ///< of that list; -1: none is chosen
  bool calendar = false;
  Date day;                              ///< in the calendar
  Precision precision = Precision::day;  ///< what of it is written; second: the time stays
};

/// The digits of a date as somebody typed it: "2026-02-18", "2026-02" and "2/18/2026" become 20260218, 202602, 20260218;
/// anything else stays as it is.
std::string date_digits(std::string_view typed);
/// The value with another day, to a precision; the time of `old` is kept at Precision::second.
std::string with_day(std::string_view old, Date day, Precision precision);
/// Another day, as far away; months and years keep the day where the month has it.
Date days_on(Date day, int days);
Date months_on(Date day, int months);
/// 0 for Sunday.
int weekday(Date day);

}  // namespace iz
