// A condition in words, for explanations and for the sentences of findings.
//
//     in_words({"all": [{"at": "9.1", "one_of": ["00"]}, {"at": "20", "one_of": ["CP", "PA"]}]},
//     "RXA")
//         "RXA-9.1 is 00 and RXA-20 is CP or PA"
//     in_words({"not": {"present": "3"}}, "EI_IZ")    "component 3 is not sent"
//     in_words({"check": "set_id"}, "NK1")            "": a check written in C++ has no words of
//     its own
#pragma once
#include <string>
#include <string_view>

#include "core/condition.h"

namespace iz {

/// A condition as a clause that can follow "because" or "if". `context` is what the condition
/// stands on: a segment
/// ("RXA") or anything else (data type, group, message), where the places say themselves what they
/// are.
std::string in_words(const Condition& condition, std::string_view context);

/// A relative place in words: "RXA-20", "RXA-9.1", "component 3".
std::string in_words(const RelativePlace& place, std::string_view context);

}  // namespace iz
