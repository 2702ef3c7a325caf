// A condition in words, for explanations and for the sentences of findings.
//
//     in_words({"all": [{"at": "9.1", "one_of": ["00"]}, {"at": "20", "one_of": ["CP", "PA"]}]}, "RXA")
//         "RXA-9.1 is 00 and RXA-20 is CP or PA"
//     in_words({"not": {"present": "3"}}, "EI_IZ")                   "component 3 is not sent"
//     in_words({"present": "4"}, {{}, &ce_iz, "PID-10"})             "Alternate Identifier (PID-10.4) is sent"
//     in_words({"check": "set_id"}, "NK1")                           "": a check written in C++ has no words of its own
#pragma once
#include <concepts>
#include <string>
#include <string_view>

#include "core/condition.h"

namespace iz {

struct DataTypeDef;

/// What a condition stands on: a segment ("RXA"), the data type of an element that is known ("PID-10"), or anything else
/// (a data type anywhere, a group, a message), where the places say themselves what they are. The views must outlive it.
struct PlaceWords {
  template <std::convertible_to<std::string_view> T>
  // NOLINTNEXTLINE(google-explicit-constructor): a name alone says enough
  PlaceWords(const T& name) : segment(name) {}
  PlaceWords(std::string_view name, const DataTypeDef* element_type, std::string_view element)
      : segment(name), type(element_type), whole(element) {}

  std::string_view segment;
  const DataTypeDef* type = nullptr;
  std::string_view whole;  ///< the element that has this type
};

/// A condition as a clause that can follow "because" or "if".
std::string in_words(const Condition& condition, const PlaceWords& context);

/// A relative place in words: "RXA-20", "RXA-9.1", "component 3", "Identifier (PID-3.1)".
std::string in_words(const RelativePlace& place, const PlaceWords& context);

}  // namespace iz
