// Writers: an answer and its verdict as text, as HTML of the page's report, and as a mail.
//
//     Outcome o = interpret(catalogue, read_answer(bytes), &sent, &report);
//     answer_verdict(o, &sent)                          // for a live region: "2 of 3 doses were stored. ..."
//     answer_html(catalogue, o, query, &sent, &report)  // <p>..</p><dl>..</dl><table>..</table>
//     answer_mail(catalogue, o, &sent)                  // without the patient's data
//
// What the page shows and prints, and what is drawn, is the same: all of it is made of `error_lines` and the sentences of
// `core/outcome_words.h`. Any bytes.
#pragma once
#include <cstdint>
#include <string>

#include "core/outcome.h"
#include "core/query_answer.h"
#include "core/report.h"

namespace iz {

/// What is said about one error of an answer. Texts may be empty.
struct ErrorLines {
  std::string title;     ///< what the registry says, first sentence, no full stop
  std::string rest;      ///< what else it says
  std::string received;  ///< "ERR 2  RXA^3^5^1^1"
  std::string place;     ///< in the sent message: "RXA[3]-5.1"
  std::string placed;    ///< how that was found: "place exact"
  std::string dose;      ///< "dose 3: Hep A, 2026-02-17, lot 7K4N2"
  std::string seen;      ///< what our own check says of that place
  std::string meaning;   ///< what its code means
  std::string fix;       ///< how to mend it
  std::string who;       ///< "Clinic staff mends it."
};
/// `error` is an index in Outcome::errors; `sent` and `report` are those that the outcome was made with, or null.
ErrorLines error_lines(const Catalogue&, const Outcome&, uint32_t error, const Message* sent, const Report* report);

/// The sentence with who acts and whether to send again, plain text, one line.
std::string answer_verdict(const Outcome&, const Message* sent);

/// The sentence, the three facts, the doses as a `<table>`, the errors as a `<table>` with one
/// `tr[data-err][data-path][data-severity]` each (with a place in the sent message also `data-begin`, `data-end` in
/// UTF-16 units of it), what is odd and why we say this; of the answer to a query, history, forecast or candidates as
/// tables. No inline style or script; no ids. Of more than 2,000 errors only the first, and a `<p>` that says so.
std::string answer_html(const Catalogue&, const Outcome&, const QueryAnswer&, const Message* sent,
                        const Report* report);

/// What happened and what to do, for somebody else to read: no name, birth date, address or number of the patient; the
/// registry's sentences are masked. MSH-10 is given, so that the message can be found.
std::string answer_mail(const Catalogue&, const Outcome&, const Message* sent);

}  // namespace iz
