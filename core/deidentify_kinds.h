// What a value tells of a person, by the data type that it is a part of. Internal to deidentify.
#pragma once
#include <cstdint>
#include <string_view>

namespace iz {

/// How a value is replaced.
enum class Personal : uint8_t {
  none,    ///< it stays
  family,  ///< names: an invented one, in the same case
  given,
  street,  ///< its words and numbers; words such as Street stay
  city,
  zip,         ///< the first three digits stay
  identifier,  ///< letters by letters, digits by digits
  npi,         ///< the same, with its check digit
  phone,       ///< digits by digits
  email,
  date,   ///< earlier by the days of the run
  text,   ///< free text: left out
  words,  ///< a sentence of a registry: known words, numbers and dates in it
  drop    ///< nothing stands there afterwards
};

/// A value by where it stands: name of the segment, field, base of its data type (of OBX-5 as OBX-2 names it), component
/// and subcomponent from 1.
struct PersonalPlace {
  std::string_view segment;
  uint32_t field = 0;
  std::string_view type;
  uint32_t component = 1, subcomponent = 1;
};
Personal personal_kind(const PersonalPlace& place);

}  // namespace iz
