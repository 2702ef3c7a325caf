// How well a text fits what somebody typed to find it.
//
//     match("Next problem", "np")            // 29: first letters
//     match("Next problem", "prob next")     // 179: each word, in any order
//     match("Next problem", "xyz")           // 0: not at all
//     holds_words("Lot X027310 expired", "expired lot")   // true: for filters, which leave out rather than sort
//
// Upper and lower case count the same in ASCII; other characters must be equal byte for byte.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace iz {

/// Above 0 when every word of `query` is found in `text`: as it stands, best at the begin of a word, or as letters in
/// order of which the first begins a word. `hits`: for each byte of the text whether it was meant; may be null.
int match(std::string_view text, std::string_view query, std::vector<uint8_t>* hits = nullptr);

/// Whether every word of `query` stands somewhere in `text`. An empty query is held by everything.
bool holds_words(std::string_view text, std::string_view query);

}  // namespace iz
