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
  affix,       ///< of a name, what stands before or behind it: Jr, Dr, MD stay
  short_code,  ///< a state, a country, a type: it stays as long as it is short
  street,      ///< its words and numbers; words such as Street stay
  city,
  zip,         ///< the first three digits stay
  identifier,  ///< letters by letters, digits by digits
  npi,         ///< the same, with its check digit
  phone,       ///< digits by digits
  email,
  date,         ///< earlier by the days of the run
  text,         ///< free text: left out
  words,        ///< a sentence of a registry: known words, numbers and dates in it
  known_words,  ///< the number of a message: it stays unless a word of the person stands in it
  drop          ///< nothing stands there afterwards
};

/// A value by where it stands: name of the segment, field, base of its data type (of OBX-5 as OBX-2 names it; empty where
/// no profile says), component from 1.
struct PersonalPlace {
  std::string_view segment;
  uint32_t field = 0;
  std::string_view type;
  uint32_t component = 1;
};
Personal personal_kind(const PersonalPlace& place);

}  // namespace iz
