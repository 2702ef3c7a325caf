// Where an error says it is, read from the answer alone: the forms that ERR-2 and ERR-1 take, and places named in a
// text.
//
//     named_places("RXA^1^5^1^1", delimiters)    // RXA[1]-5[1].1, conforming
//     named_places("PID^7", delimiters)          // PID-7: a segment that occurs once has no second occurrence
//     named_places("vaccine", delimiters)        // {}
//     places_in_text("REQUIRED FIELD PID-3-5 MISSING")    // PID-3.5
//
// HL7 v2.5.1 2.A.28 (ERL), 2.15.5 (ERR-2); Implementation Guide Release 1.5 chapter 3.
#pragma once
#include <string_view>
#include <vector>

#include "core/message.h"
#include "core/path.h"

namespace iz {

/// One place as an ERL names it. Numbers that are missing, 0 or no numbers are 0; `occurrence` is the sequence.
struct NamedPlace {
  Path path;
  bool conforming = false;  ///< segment and sequence, then numbers from 1, none needed; a repetition may be left out
};

/// The places of an ERL, one for each repetition that names a segment, at most 32. Read are `RXA^1^5^1^2`, `PID^7`,
/// `MSH^12^1^1`, `RXA^1^11.4^1`, `PD1^^16`, `NK1^^0`, `RXA-5`, with blanks and lower case. `answer` are the delimiters
/// of the answer; those of the usual MSH-2 hold too.
std::vector<NamedPlace> named_places(std::string_view erl, const Delimiters& answer);

/// Places that a text names: `RXA-5`, `PID-3-5`, `QPD[1].3[1].1`, `RXA #2`, `ORDER[0]/RXA`, `dose 2`. In order, without
/// doubles, at most 8; numbers that the text does not give are 0, and so is the segment of "repeat #3" in a text that
/// names none. Only the first 4,000 bytes are read.
std::vector<Path> places_in_text(std::string_view text);

/// Whether a message has this segment at most once: MSH, PID, PD1, QPD, RCP.
bool occurs_once(uint32_t segment);

}  // namespace iz
