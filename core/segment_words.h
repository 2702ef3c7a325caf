// A whole segment in a few words, for the summary, for rows of the tree and for explanations.
//
//     segment_words(decoder, message, s)    // PID: "Juniper Wren Oakhart, girl, 1 year 6 days"
//                                           // RXR: "Subcutaneous, left thigh"; Z-segments: ""
//     describe_dose(decoder, message, group).text    // "MMR, given here 2026-02-17, lot Y014884"
#pragma once
#include <string>
#include <vector>

#include "core/decode.h"
#include "core/summary.h"

namespace iz {

/// The segments of one dose: indices in `Message::segments()`, the last one exclusive.
struct OrderGroup {
  uint32_t first = 0, last = 0;
  int rxa = -1;  ///< -1: an ORC without RXA
};

/// The dose groups of a message: each begins with an ORC, or with an RXA that has no ORC of its own.
std::vector<OrderGroup> order_groups(const Message& message);

/// Kind, vaccine, date, lot and text of a dose. The group must have an RXA.
Dose describe_dose(const Decoder& decoder, const Message& message, const OrderGroup& group);

/// A person in words: name, girl or boy or adult, age. `day` is the day of that age; without a birth date no age.
std::string person_words(const std::string& name, std::string_view sex, Date birth, Date day);

/// A segment in words; empty when there is nothing to say that its fields do not.
std::string segment_words(const Decoder& decoder, const Message& message, uint32_t segment);

}  // namespace iz
