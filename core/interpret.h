// What an answer means: the decision table of answers (rows D1-D20 for submissions, Q1-Q8 for queries), carried out from
// the top; the first row that fits gives the outcome. core/README.md describes the rows.
//
//     Outcome o = interpret(catalogue, read_answer(bytes));                  // the answer alone
//     Outcome o = interpret(catalogue, read_answer(bytes), &sent, &report);  // with the message it answers
//     headline(o, &sent)                // core/outcome_words.h: "2 of 3 doses were stored. ..."
//
// The content decides over MSA-1: an AE that reports only warnings is accepted, an AA that says "record rejected" is not.
// What contradicts itself or the guide becomes a flag, never a failure. Any answer, however broken or long, has an
// outcome; linear in the sizes of both messages.
//
// Implementation Guide Release 1.5 table 3-1, chapters 6, 7 and 11, appendix A tables 0008, 0208, 0357, 0516, 0533;
// Addendum 2015.
#pragma once
#include <span>

#include "core/answer.h"
#include "core/catalogue.h"
#include "core/outcome.h"
#include "core/report.h"

namespace iz {

/// Judges whatever came back. Of several answers in one paste the one whose MSA-2 equals MSH-10 of `sent` is meant, else
/// the first; the others are judged alone (`Outcome::others`). `sent` is the message that was sent, if known, and
/// `report` its check: without it no error is compared with our own findings. Spans in `Outcome::errors` and
/// `Outcome::flags` count in `Answer::messages[Outcome::answer].text`, places in the text of `sent`.
Outcome interpret(const Catalogue&, const Answer&, const Message* sent = nullptr, const Report* report = nullptr);

/// Judges one answer that is HL7.
Outcome interpret(const Catalogue&, const Message& answer, const Message* sent = nullptr,
                  const Report* report = nullptr);

/// Which of several messages is the one that was sent: the index of the first whose MSH-10 is an MSA-2 of the answer,
/// else 0. Messages that are answers themselves are passed over.
size_t answered(const Answer&, std::span<const Extracted> messages);

}  // namespace iz
