// One character as a reader sees it: the step of the caret, and what Backspace and Delete take.
//
//     cluster_size("e\u0301x", 0)          // 3: a letter and the accent on it
//     cluster_before("\U0001F468\u200D\U0001F469\u200D\U0001F467", 18)   // 0: a family is one picture
//
// After the extended grapheme clusters of Unicode's UAX #29, without CR LF, which is the layout's business: combining
// marks, joiners, variation selectors, skin colours and tags stay with what they follow; a picture behind a joiner stays
// with the one before it; two regional indicators are a flag; the vowels and finals of Hangul stay with their syllable.
// The table of marks covers the scripts that names are written in, not all of Unicode. Bytes that are no UTF-8 stand alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace iz {

/// Bytes of the cluster that begins at `at`, which is less than the size of the text; at least 1.
uint32_t cluster_size(std::string_view text, size_t at);
/// Where the cluster that ends at `end` begins; `end` is more than 0. Looks back at most a few hundred bytes.
uint32_t cluster_before(std::string_view text, uint32_t end);

}  // namespace iz
