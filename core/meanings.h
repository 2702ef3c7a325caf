// What the places of an immunization message are for, in a few words and in a sentence or two.
//
//     find_meaning(segment_code("RXA"), 5)->label     // "Vaccine"
//     find_meaning(segment_code("PID"), 12)           // nullptr: nothing is known of it
#pragma once
#include <cstdint>
#include <string_view>

namespace iz {

struct Meaning {
  std::string_view segment;  ///< "RXA"
  uint32_t field;            ///< 0: the segment itself
  std::string_view label;    ///< short name for a row: "Vaccine"
  std::string_view text;     ///< what it is for; may be empty
};

/// The row for a segment (`segment_code`) or a field of it, or nullptr.
const Meaning* find_meaning(uint32_t segment, uint32_t field);

}  // namespace iz
