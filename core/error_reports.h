// The errors that an answer reports, read from its segments: every ERR with the MSA it belongs to, the ERR-1 of older
// versions, and what MSA-3 and MSA-6 say.
//
//     std::vector<ErrorReport> errors = read_errors(ack);
//     errors[0].erl          // "RXA^1^5^1^1"
//     errors[0].text         // "Vaccine code not recognized"
//     read_errors(vxu)       // {}: a message without MSA and ERR reports nothing
//
// Linear in the size of the answer; any bytes. Escape sequences are replaced in every text, not in `erl`.
//
// HL7 v2.5.1 2.15.5 (ERR), 2.15.8 (MSA), 2.A.28 (ERL); v2.3.1 ELD for ERR-1. Implementation Guide Release 1.5, tables
// 6-2 and 6-3; Addendum 2015. Deviations that registries are known for are read too: the user's text in ERR-9 or
// ERR-7, the registry's own code in ERR-5 or inside a text, bare separators inside ERR-7 and ERR-8.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"
#include "core/outcome.h"

namespace iz {

/// All errors in the order of the answer. A text in MSA-3 or MSA-6 is an entry of its own before the ERRs of its MSA,
/// with `err == no_err`, no severity and the code of MSA-6, if any. An ERR whose ERR-1 repeats gives an entry for each
/// repetition, all with the same `err`. An ERR before any MSA belongs to the first.
std::vector<ErrorReport> read_errors(const Message& answer);

/// One place as an ERL names it, whatever its form.
struct NamedPlace {
  Path path;                ///< numbers that are missing, 0 or no numbers are 0; `occurrence` is the sequence
  bool conforming = false;  ///< segment, sequence and no field, or segment, sequence and field, all well formed
  bool dotted = false;      ///< the component stood behind a dot: `11.4`
};

/// The places of an ERL (ERR-2, or ERR-1, which is cut alike), one for each repetition that names a segment. Forms that
/// are read: `RXA^1^5^1^2`, `PID^7`, `RXA^1^11.4^1`, `PD1^^16`, `NK1^^0`, `RXA-5`, with blanks and lower case.
/// `answer` are the delimiters of the answer; those of the usual MSH-2 hold too.
std::vector<NamedPlace> named_places(std::string_view erl, const Delimiters& answer);

/// Places that a text names in words: `RXA-5`, `PID-3-5`, `QPD[1].3[1].1`, `RXA #2`, `ORDER[0]/RXA`. In order, without
/// doubles, at most 8; `occurrence` is 0 where the text names none.
std::vector<Path> places_in_text(std::string_view text);

}  // namespace iz
