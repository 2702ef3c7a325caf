// HL7 dates and times with their stated precision, and the formats of the primitive data types.
//
//     parse_time("20150624")   -> year 2015, month 6, day 24, precision day
//     parse_time("20150631")   -> nullopt: June has 30 days
//     is_time("201506240847-0500"), is_number("1.5"), is_number("1,5") == false
//
// HL7 v2.5.1 2.A.21 (DT), 2.A.22 (DTM), 2.A.75 (TM), 2.A.77 (TS):
// YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ].
#pragma once
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "core/condition.h"

namespace iz {

/// A calendar day; year 0 means "not known".
struct Date {
  int year = 0, month = 0, day = 0;
  auto operator<=>(const Date&) const = default;  // NOLINT(modernize-use-nullptr): the check misreads the comparison
  explicit operator bool() const { return year != 0; }
};

enum class Precision : uint8_t { year, month, day, hour, minute, second, fraction };

struct Time {
  Date date;  ///< month and day are 1 where not stated
  int hour = 0, minute = 0, second = 0;
  Precision precision = Precision::year;
  bool has_zone = false;
  int zone_minutes = 0;  ///< offset from UTC
};

/// The number that eight digits stand for; -1 where they are none. `text` has eight bytes at least, and the first eight are
/// read at once.
inline int32_t eight_digits(std::string_view text) {
  uint64_t v = 0;
  std::memcpy(&v, text.data(), sizeof v);  // the first digit lowest
  if (((v & 0xf0f0f0f0f0f0f0f0u) | ((v + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u)) != 0x3030303030303030u) return -1;
  v = (v & 0x0f0f0f0f0f0f0f0fu) * (1 + (10u << 8)) >> 8;
  v = (v & 0x00ff00ff00ff00ffu) * (1 + (100u << 16)) >> 16;
  return static_cast<int32_t>((v & 0x0000ffff0000ffffu) * (1 + (uint64_t{10000} << 32)) >> 32);
}

int days_in_month(int year, int month);
/// Days since 1970-01-01, for differences.
int64_t day_number(Date);
/// YYYY-MM-DD.
std::optional<Date> parse_date(std::string_view iso);
/// HL7 DTM/TS with any precision; nullopt when it is not one (month, day, hour and zone ranges are
/// checked).
std::optional<Time> parse_time(std::string_view hl7);
bool is_time(std::string_view);    ///< DTM, TS: whether `parse_time` reads it
bool is_date(std::string_view);    ///< DT: YYYY[MM[DD]]
bool is_day(std::string_view);     ///< of these YYYYMMDD
bool is_clock(std::string_view);   ///< TM: HH[MM[SS[.S..]]][+/-ZZZZ]
bool is_number(std::string_view);  ///< NM: digits with optional sign and point: -1, 0.5, .5
/// The value of what is one. Of up to 15 digits it is the nearest double, of more one very near.
double number_value(std::string_view);
bool is_set_id(std::string_view);  ///< SI: digits
bool is_format(std::string_view, NamedFormat);

std::string to_iso(Date);           ///< 2015-06-24
std::string to_iso(const Time&);    ///< with its precision: 2015-06, 2015-06-24 08:47 -05:00
std::string to_words(const Time&);  ///< June 24, 2015; June 2015; 2015
/// Age in words at a day: "1 year 6 days", "4 years", "3 months 2 days", "born that day"; empty if
/// before birth.
std::string age_in_words(Date birth, Date on);
/// Completed years; -1 if before birth.
int age_in_years(Date birth, Date on);

}  // namespace iz
