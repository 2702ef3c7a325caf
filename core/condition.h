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
// Places are relative to what the statement stands on: components in a data type ("3.1"), fields in
// a segment ("9.1"), segments in a group or message ("RXA-9.1"); first repetition unless "some" is
// used. A value test on an absent element holds in a requirement (absence is the usage's business)
// and does not hold in an antecedent.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace iz {

class CodeSet;
class DoseCodes;

/// Named formats; the clause of the guide is given where one defines it.
enum class NamedFormat : uint8_t {
  date_to_day,     ///< YYYYMMDD with optional time, no zone (IZ-TS_NZ, IZ-DT_D)
  date_to_month,   ///< YYYYMM or YYYYMMDD with optional time (IZ-TS_M)
  time_with_zone,  ///< YYYYMMDDHHMMSS[.S...]+/-ZZZZ (IZ-TS_Z)
  oid,             ///< ISO object identifier (IZ-3, IZ-5)
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
  dose_check
};
enum class Compare : uint8_t { eq, ne, lt, le, gt, ge };

/// A place relative to the context of a condition. Zeros mean "not given". `field` is used in
/// segment and group context.
struct RelativePlace {
  uint32_t segment = 0;  ///< `segment_code`, in group and message context
  uint32_t field = 0, component = 0, subcomponent = 0;
  bool some = false;  ///< any of the repeated elements
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
  int check = -1;  ///< index of the C++ check; of a dose check the DoseFault
  const DoseCodes* dose_codes = nullptr;
  std::vector<Condition> parts;
  explicit operator bool() const { return op != Op::none; }
};

}  // namespace iz
