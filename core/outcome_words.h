// The sentences of an Outcome. Made when somebody reads them; an Outcome itself is data.
//
//     headline(outcome, &sent)   // "2 of 3 doses were stored. The third was rejected: the registry does not know vaccine
//                                //  code 831."
//     who_acts(outcome).title    // "Code-set owner"
//
// No sentence claims more than the answer says: what is not known is said to be not known, with what would tell.
#pragma once
#include <string>
#include <string_view>

#include "core/catalogue.h"
#include "core/outcome.h"

namespace iz {

/// A short answer and one line of detail. `detail` may be empty.
struct Fact {
  std::string title, detail;
};

/// One or two plain sentences: what was stored, and why the rest was not. `sent` is the message the outcome was made with,
/// if any.
std::string headline(const Outcome&, const Message* sent = nullptr);

Fact who_acts(const Outcome&);    ///< "Registration desk", "Correct the birth date (PID-7)"
Fact send_again(const Outcome&);  ///< "Yes, after the fix", "Same message or only dose 3, same ORC-3"
Fact how_sure(const Outcome&);    ///< "Certain", "The answer says it, and no part of it says otherwise"

/// "Stored", "Not stored", "Partly stored", "Not yet stored", "Not known", "Nothing to store".
std::string_view label(Stored);
/// What happened in a few words: "Accepted with warnings", "Not found".
std::string_view label(Happened);
/// "Error", "Warning", "Information"; "Remark" for an error without a severity.
std::string_view label(ErrSeverity);

/// A contradiction or quirk of the answer: what it is, and what it means for the reader.
Fact flag_words(const Flag&);
/// What a row of the decision table says, one sentence.
std::string reason_words(const Reason&);

}  // namespace iz
