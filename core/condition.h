// Conditions: the closed vocabulary in which predicates and conformance statements are written.
//
//     {"at": "20", "one_of": ["CP", "PA"]}                    a value of a list
//     {"at": "5.1", "in_code_set": "CVX"}                     a code of a table
//     {"at": "7.1", "is": "date_to_day"}                      a named format
//     {"at": "4.1", "compare": "=", "to": "3.1"}              another place, or "value": 0
//     {"present": "9.1"}
//     {"all": [..]}  {"any": [..]}  {"not": ..}
//     {"some": "OBX-3.1", "one_of": ["64994-7"]}              at least one of the repeated elements
//     {"check": "set_id"}                                     a check written in C++, by name (core/checks.cpp)
//     {"check": "ndc_ended"}                                  one of the codes of a dose (core/dose_check.h)
//
// and for the quality of what is said (core/evaluate_quality.cpp):
//
//     {"at": "RXA-3", "date": ">=", "to": "PID-7"}            days; "plus": {"months": 6} or a limit of a list
//     {"at": "15", "like": ["[A-Z0-9-]+"]}                    a form (core/pattern.h); "unlike"
//     {"at": "5.2", "in_list": "junk-names"}                  a list of core/lists; "not_in_list"
//     {"at": "5", "fits": "zip-of-states", "of": "4"}         goes with another value, by a table of core/lists
//     {"count": "NK1", "where": {..}, "compare": ">=", "value": 1}
//     {"unique": "RXA", "by": ["3", "5.1"], "where": {..}}    no two are the same
//     {"sorted": "RXA-3"}                                     dates that do not go back
//     {"score": [{"points": 2, "if": {..}, "says": ".."}], "below": 5, "at": "9"}
//     {"sender": "pharmacy"}                                what kind of sender the caller named
//     {"case": "dose-given"}                                  a condition of core/lists/cases.json, by its name
//
// Places are relative to what the statement stands on: components in a data type ("3.1"), fields in
// a segment ("9.1"), segments in a group or message ("RXA-9.1"); first repetition unless "some" is
// used. MSH, PID and PD1 are reached from everywhere ("PID-7"). A value test on an absent element holds in a requirement (absence is the usage's business)
// and does not hold in an antecedent.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/pattern.h"

namespace iz {

class CodeSet;
class DoseCodes;
class PairTable;
class WordList;

/// Named formats; the clause of the guide is given where one defines it.
enum class NamedFormat : uint8_t {
  date_to_day,     ///< YYYYMMDD with optional time, no zone (IZ-TS_NZ, IZ-DT_D)
  date_to_month,   ///< YYYYMM or YYYYMMDD with optional time (IZ-TS_M)
  time_with_zone,  ///< YYYYMMDDHHMMSS[.S...]+/-ZZZZ (IZ-TS_Z)
  oid,             ///< ISO object identifier (IZ-3, IZ-5)
  npi,             ///< National Provider Identifier: ten digits, the last one a check digit
};

/// What the places of a condition are relative to.
enum class PlaceContext : uint8_t { data_type, segment, group };

/// What a condition comes to; `unknown` cannot be decided.
enum class Truth : uint8_t { fails, holds, unknown };
/// What a condition is used for: decides how value tests read an absent element.
enum class Use : uint8_t { antecedent, requirement };

enum class Op : uint8_t {
  none,
  present,
  one_of,
  in_code_set,
  is,
  compare_number,
  compare_place,
  all,
  any,
  negate,
  check,
  dose_check,
  compare_date,
  like,
  in_list,
  fits,
  count,
  unique,
  sorted,
  score,
  sender
};
enum class Compare : uint8_t { eq, ne, lt, le, gt, ge };

/// A moment that is no place: MSH-7 (the caller's day where that is no date), or the caller's day.
enum class Clock : uint8_t { none, sent, today };

/// What is added to the second of two dates.
struct DateShift {
  enum class Unit : uint8_t { days, months, years };
  int amount = 0;
  Unit unit = Unit::days;
  bool operator==(const DateShift&) const = default;
};

/// A place relative to the context of a condition. Zeros mean "not given". `field` is used in
/// segment and group context.
struct RelativePlace {
  uint32_t segment = 0;  ///< `segment_code`, in group and message context
  uint32_t field = 0, component = 0, subcomponent = 0;
  bool some = false;     ///< any of the repeated elements
  bool outside = false;  ///< a segment of the whole message: MSH, PID or PD1
  Clock clock = Clock::none;
  bool operator==(const RelativePlace&) const = default;
};

/// A condition tree; `Op::none` is "no condition".
struct Condition {
  Op op = Op::none;
  RelativePlace at, to;
  std::vector<std::string> values;  ///< one_of
  const CodeSet* code_set = nullptr;
  NamedFormat format = NamedFormat::date_to_day;
  Compare compare = Compare::eq;
  double number = 0;
  int check = -1;  ///< index of the C++ check; of a dose check the DoseFault; of `sender` the Sender
  const DoseCodes* dose_codes = nullptr;
  std::vector<Condition> parts;  ///< also `where` and the parts of a score
  bool none = false;             ///< like, in_list: the opposite of an element that is present
  DateShift shift;
  const Pattern* pattern = nullptr;  ///< of `values`
  const WordList* list = nullptr;    ///< in_list
  const PairTable* pairs = nullptr;  ///< fits; `to` is the key
  std::vector<RelativePlace> by;     ///< unique
  std::vector<int> points;           ///< of the parts of a score, whose words are `values`
  explicit operator bool() const { return op != Op::none; }
};

}  // namespace iz
