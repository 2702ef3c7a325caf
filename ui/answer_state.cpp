#include "ui/answer_state.h"

#include <algorithm>

#include "core/answer.h"
#include "core/check.h"
#include "core/interpret.h"
#include "core/outcome_words.h"
#include "core/sort.h"
#include "core/words.h"

namespace iz {
namespace {

/// Where the first of two sentences ends; the whole text where there is only one.
size_t first_sentence(std::string_view text) {
  for (size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", at + 1)) {
    const char next = at + 2 < text.size() ? text[at + 2] : ' ';
    if (next >= 'A' && next <= 'Z') return at + 1;
  }
  return text.size();
}

/// Something absent is marked at the delimiter of its place, a missing segment at the name of the one before it.
Span mark_of(const Message& sent, const ErrorPlace& place) {
  const auto size = static_cast<uint32_t>(sent.text().size());
  Span span = {std::min(place.span.begin, size), std::min(place.span.end, size)};
  if (place.path.field == 0) {
    const Location at = locate(sent, place.path);
    if (at.segment >= 0) {
      const Segment& s = sent.segments()[static_cast<size_t>(at.segment)];
      return {s.begin, std::min(s.end, s.begin + 3)};
    }
  }
  if (span.begin < span.end) return span;
  if (span.end < size && sent.text()[span.end] != '\r' && sent.text()[span.end] != '\n')
    return {span.begin, span.end + 1};
  return {span.begin > 0 ? span.begin - 1 : 0, span.end};
}

}  // namespace

Severity severity_of(ErrSeverity severity) {
  switch (severity) {
    case ErrSeverity::error:
      return Severity::error;
    case ErrSeverity::info:
      return Severity::info;
    case ErrSeverity::warning:
    case ErrSeverity::none:
      break;
  }
  return Severity::warning;
}

void AnswerState::clear() {
  const uint32_t changes = change;
  *this = AnswerState();
  change = changes + 1;
}

void AnswerState::read(const Catalogue& catalogue, std::string_view answer, Date as_of, const Message* sent,
                       const Report* checked) {
  clear();
  shown = true;
  text = answer;
  message.parse(text);
  Checker(catalogue).check(message, {.profile = {}, .as_of = as_of}, report);
  const bool hl7 = message.find_segment("MSA") >= 0;
  outcome = hl7 ? interpret(catalogue, message, sent, checked)
                : interpret(catalogue, read_answer(text, InputKind::text), sent, checked);
  if (hl7) query = read_query_answer(catalogue, message, report, outcome.query ? sent : nullptr);
  if (!query.patients.empty()) timeline = iz::timeline(query, 0);

  if (sent != nullptr) {
    const std::string_view reply = trim_blanks(message.get("MSA", 2));
    pairing = reply.empty()                                 ? Pairing::unnamed
              : outcome.happened == Happened::wrong_message ? Pairing::differs
                                                            : Pairing::matched;
  }
  const std::string sentences = iz::headline(outcome, sent);
  const size_t cut = first_sentence(sentences);
  headline = sentences.substr(0, cut);
  reason = trim_blanks(std::string_view(sentences).substr(cut));
  const auto take = [](Fact fact, std::string& strong, std::string& more) {
    strong = std::move(fact.title);
    more = std::move(fact.detail);
  };
  take(who_acts(outcome), who, who_more);
  take(send_again(outcome), resend, resend_more);
  take(how_sure(outcome), sure, sure_more);

  std::vector<int> card_of(outcome.errors.size(), -1);
  for (uint32_t i = 0; i < outcome.errors.size(); ++i) {
    const ErrorReport& e = outcome.errors[i];
    const bool follows =
        e.follows >= 0 && static_cast<size_t>(e.follows) < i && card_of[static_cast<size_t>(e.follows)] >= 0;
    if (follows) {
      card_of[i] = card_of[static_cast<size_t>(e.follows)];
      cards[static_cast<size_t>(card_of[i])].folded.push_back(i);
      continue;
    }
    card_of[i] = static_cast<int>(cards.size());
    AnswerCard card;
    card.error = i;
    card.lines = error_lines(catalogue, outcome, i, sent, checked);
    if (sent != nullptr && !e.places.empty()) {
      card.path = e.places[0].path;
      card.span = e.places[0].span;
      for (const ErrorPlace& p : e.places) {
        marks.push_back({mark_of(*sent, p), severity_of(e.severity), static_cast<uint32_t>(cards.size())});
      }
    }
    cards.push_back(std::move(card));
  }
  sort_values(marks, [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
}

int AnswerState::card_at(uint32_t offset) const {
  int best = -1;
  uint32_t best_size = UINT32_MAX;
  for (const Mark& m : marks) {
    if (m.span.begin > offset) break;
    const uint32_t size = m.span.end - m.span.begin;
    if (offset > m.span.end || size >= best_size) continue;
    best = static_cast<int>(m.finding);
    best_size = size;
  }
  return best;
}

}  // namespace iz
