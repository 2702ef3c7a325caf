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

/// All errors in the order of the answer. What MSA-3 or MSA-6 says is the text of the ERRs after that MSA that have none
/// of their own; if there is no such ERR it is an entry of its own before them, with `err == no_err`, no severity and
/// the code of MSA-6, if any. An ERR whose ERR-1 repeats gives an entry for each repetition, up to 1,000, all with the same `err`.
/// An ERR before any MSA belongs to the first.
std::vector<ErrorReport> read_errors(const Message& answer);

}  // namespace iz
