// An answer of a registry as the workbench shows it: read, judged beside the message it answers, and put in cards.
//
//     iz::AnswerState s;
//     s.read(catalogue, answer_text, {2026, 2, 18}, &sent, &sent_report);
//     s.outcome.happened, s.cards[0].lines.title, s.marks[0].span      // marks stand in the text of the sent message
//
// Everything here is made anew by `read`: each time the answer, the sent message or the as-of date changes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/answer_report.h"
#include "core/outcome.h"
#include "core/query_answer.h"
#include "core/report.h"

namespace iz {

/// A fault in a text: what to underline.
struct Mark {
  Span span;
  Severity severity = Severity::error;
  uint32_t finding = 0;  ///< index of the finding; of the marks of an answer, index of the card
};

/// How an answer and the message beside it belong together.
enum class Pairing : uint8_t {
  alone,    ///< there is no message beside it
  matched,  ///< MSA-2 equals MSH-10
  differs,  ///< MSA-2 names another message
  unnamed   ///< the answer names no message
};

/// One error of the answer with those that follow from it.
struct AnswerCard {
  uint32_t error = 0;            ///< index in Outcome::errors
  std::vector<uint32_t> folded;  ///< errors that follow from it
  ErrorLines lines;
  Path path;  ///< the place in the sent message, where there is one
  Span span;  ///< its bytes; empty where something is absent
};

struct AnswerState {
  bool shown = false;      ///< there is an answer
  bool predicted = false;  ///< nobody sent it: it is what a registry that follows the guide would send
  Pairing pairing = Pairing::alone;
  std::string text;  ///< of the answer
  Message message;   ///< the answer
  Report report;     ///< of the answer's form
  Outcome outcome;
  QueryAnswer query;
  Timeline timeline;              ///< of the first patient
  std::vector<AnswerCard> cards;  ///< one for each error that follows from no other
  std::vector<Mark> marks;        ///< the places of the cards in the sent text, by their begin
  std::string headline, reason;   ///< what happened; why
  std::string who, who_more;      ///< who acts; what they do
  std::string resend, resend_more;
  std::string sure, sure_more;
  uint32_t change = 0;  ///< counts readings

  void read(const Catalogue& catalogue, std::string_view answer, Date as_of, const Message* sent,
            const Report* checked);
  void clear();
  /// The card that stands at a byte of the sent text, or -1.
  int card_at(uint32_t offset) const;
  /// Shown as history and forecast, or as candidates side by side, rather than as errors.
  bool has_history() const { return shown && query.is_answer && !query.patients.empty() && query.candidates.empty(); }
  bool has_candidates() const { return shown && query.is_answer && !query.candidates.empty(); }
};

/// Severity of an error as a colour and a shape know it; nothing stated counts as a warning.
Severity severity_of(ErrSeverity severity);

}  // namespace iz
