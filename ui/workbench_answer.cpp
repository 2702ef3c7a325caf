// Answers in the workbench: which documents are answers, which message each belongs to, and what is shown beside what.
#include <algorithm>
#include <utility>

#include "core/answer.h"
#include "core/batch.h"
#include "core/words.h"
#include "ui/workbench.h"

namespace iz {
namespace {

/// Control ids are compared without case and surrounding blanks.
bool same_id(std::string_view a, std::string_view b) {
  a = trim_blanks(a);
  b = trim_blanks(b);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool answers(const Document& answer, const Document& message) {
  return answer.answer && !message.answer && !trim_blanks(answer.reply_to).empty() &&
         same_id(answer.reply_to, message.control_id);
}

bool has_partner(const std::vector<Document>& documents, const Document& answer) {
  return std::any_of(documents.begin(), documents.end(), [&](const Document& d) { return answers(answer, d); });
}

bool inside(Span inner, Span outer) { return inner.begin >= outer.begin && inner.end <= outer.end; }

/// Forms in which something comes back although there is no HL7 in it.
bool came_back(AnswerForm form) {
  switch (form) {
    case AnswerForm::soap_response:
    case AnswerForm::soap_fault:
    case AnswerForm::html:
    case AnswerForm::xml:
    case AnswerForm::http:
      return true;
    case AnswerForm::nothing:
    case AnswerForm::hl7:
    case AnswerForm::soap_request:
    case AnswerForm::text:
    case AnswerForm::binary:
      break;
  }
  return false;
}

}  // namespace

std::vector<Document> Workbench::read(std::string_view pasted, InputKind kind, bool as_answer) {
  std::vector<Document> documents;
  Message message;
  Report report;
  Answer answer = read_answer(pasted, kind);
  const auto add = [&](std::string text, std::vector<std::string> notes, bool is_one) {
    Document d;
    d.text = std::move(text);
    d.notes = std::move(notes);
    d.answer = is_one;
    d.kind = kind;
    message.parse(d.text);
    checker_->check(message, options(d), report);
    describe(d, message, report);
    documents.push_back(std::move(d));
  };
  bool any = false, batch = false;
  for (Extracted& e : answer.messages) {
    // HL7 that a fault quotes is part of the fault.
    if (!e.found || (answer.fault && inside(e.input, answer.fault->span))) continue;
    batch = batch || std::find(e.forms.begin(), e.forms.end(), Form::batch) != e.forms.end();
    add(std::move(e.text), std::move(e.notes), false);
    any = true;
  }
  if (answer.fault || (!any && (came_back(answer.form) || as_answer))) {
    add(std::string(pasted), {}, true);
  } else if (!any) {
    for (Extracted& e : extract(pasted, kind).messages) add(std::move(e.text), std::move(e.notes), false);
  }
  // The envelope of a batch stands beside its messages and is checked as what it is.
  if (batch) {
    std::string outline = batch_outline(pasted, extract(pasted, kind)).text;
    if (!outline.empty())
      add(std::move(outline), {"The lines of the file and the batch, with the first line of each message."}, false);
  }
  return documents;
}

void Workbench::take_in(std::vector<Document> documents) {
  const auto is_one = [](const Document& d) { return d.answer; };
  // What is there already is shown, not taken twice.
  std::erase_if(documents, [&](const Document& d) {
    return documents.size() == 1 && std::any_of(documents_.begin(), documents_.end(), [&](const Document& old) {
             return d.answer && old.answer && old.text == d.text;
           });
  });
  const bool only_answers = std::all_of(documents.begin(), documents.end(), is_one);
  const bool waiting = std::any_of(documents_.begin(), documents_.end(),
                                   [&](const Document& d) { return d.answer && !has_partner(documents_, d); });
  std::vector<Document> all;
  size_t first_new = 0;
  if (!empty() && (only_answers || waiting)) {
    all = documents_;
    if (all.size() == 1 && all[0].text.empty()) all.clear();
    first_new = all.size();
  }
  const auto mine = [&](const Document& d) {
    return d.answer &&
           std::any_of(documents.begin(), documents.end(), [&](const Document& m) { return iz::answers(d, m); });
  };
  int shown = -1;
  for (size_t i = 0; i < all.size() && shown < 0; ++i) {
    if (!only_answers && mine(all[i])) shown = static_cast<int>(i);
  }
  for (Document& d : documents) all.push_back(std::move(d));
  for (size_t i = first_new; i < all.size() && shown < 0; ++i) {
    if (all[i].answer) shown = static_cast<int>(i);
  }
  for (size_t i = 0; i < all.size() && shown < 0; ++i) {
    if (all[i].answer) shown = static_cast<int>(i);
  }
  uint32_t current = static_cast<uint32_t>(first_new);
  if (only_answers && !all.empty() && first_new > 0) current = current_;
  while (current + 1 < all.size() && all[current].answer && first_new == 0) ++current;
  replace_documents(std::move(all), current);
  if (shown >= 0) {
    open_answer(static_cast<uint32_t>(shown));
  } else {
    view.workspace = Workspace::analyse;
    if (view.narrow == NarrowTab::answer) view.narrow = NarrowTab::message;
  }
}

void Workbench::paste(std::string_view pasted, InputKind kind) {
  if (!take_other(pasted, kind)) take_in(read(pasted, kind, false));
}

void Workbench::paste_answer(std::string_view pasted, InputKind kind) { take_in(read(pasted, kind, true)); }

void Workbench::paste_here(std::string_view pasted) {
  if (selected_text().size() == text().size() || view.workspace == Workspace::compare) return paste(pasted);
  std::vector<Document> documents = read(pasted, InputKind::text, false);
  const bool whole = std::any_of(documents.begin(), documents.end(),
                                 [](const Document& d) { return d.answer || d.text.starts_with("MSH"); });
  const bool answer = std::any_of(documents.begin(), documents.end(), [](const Document& d) { return d.answer; });
  if (whole && (answer || documents_[current_].answer)) return take_in(std::move(documents));
  insert(pasted);
}

// ---- which answer belongs to which message

std::vector<uint32_t> Workbench::answers() const {
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < documents_.size(); ++i) {
    const Document& d = documents_[i];
    if (!d.answer) continue;
    const bool here = static_cast<int>(i) == answer_document_ || iz::answers(d, documents_[current_]);
    if (here || !has_partner(documents_, d)) out.push_back(i);
  }
  return out;
}

int Workbench::message_of(const Document& answer) const {
  int first = -1;
  for (size_t i = 0; i < documents_.size(); ++i) {
    if (iz::answers(answer, documents_[i])) return static_cast<int>(i);
    if (first < 0 && !documents_[i].answer && !documents_[i].text.empty()) first = static_cast<int>(i);
  }
  return has_sent() ? static_cast<int>(current_) : first;
}

void Workbench::forget_answer() {
  answer_document_ = -1;
  predicting_ = false;
  view.card = view.dose = -1;
  view.cards_open.clear();
  view.fields.erase("history");
  view.as_text = false;
  view.answer_tab = AnswerTab::answer;
}

void Workbench::show_pair(int answer) {
  forget_answer();
  answer_document_ = answer;
  const int sent = message_of(documents_[static_cast<size_t>(answer)]);
  const auto wanted = static_cast<uint32_t>(sent >= 0 ? sent : answer);
  if (wanted != current_) {
    current_ = wanted;
    start_document();
  } else {
    judge();
    ++change_;
  }
}

void Workbench::judge() {
  if (answer_document_ >= static_cast<int>(documents_.size())) answer_document_ = -1;
  if (answer_document_ < 0 && !predicting_) {
    int last = -1;
    for (size_t i = 0; i < documents_.size(); ++i) {
      const Document& d = documents_[i];
      if (!d.answer) continue;
      if (i == current_ || iz::answers(d, documents_[current_])) {
        answer_document_ = static_cast<int>(i);
        break;
      }
      if (!has_partner(documents_, d)) last = static_cast<int>(i);
    }
    if (answer_document_ < 0) answer_document_ = last;
  }
  const bool beside = has_sent();
  prediction_ = {};
  prediction_due_ = beside;
  if (!typing_ || predicting_ || text().size() < late_size) prediction();
  if (predicting_ && !can_predict()) predicting_ = false;
  if (predicting_) {
    answer_.read(*catalogue_, prediction_.ack, as_of_, &message_, &report_);
    answer_.predicted = true;
    if (view.card >= static_cast<int>(answer_.cards.size())) view.card = -1;
    return;
  }
  if (answer_document_ < 0) return answer_.clear();
  answer_.read(*catalogue_, documents_[static_cast<size_t>(answer_document_)].text, as_of_,
               beside ? &message_ : nullptr, beside ? &report_ : nullptr);
  if (view.card >= static_cast<int>(answer_.cards.size())) view.card = -1;
}

// ---- choosing

void Workbench::open_answer() {
  int answer = answer_document_;
  if (documents_[current_].answer) answer = static_cast<int>(current_);
  if (answer >= 0) return open_answer(static_cast<uint32_t>(answer));
  view.workspace = Workspace::answer;
  view.narrow = NarrowTab::answer;
  view.focus = Pane::editor;
}

void Workbench::open_answer(uint32_t document) {
  if (document >= documents_.size() || !documents_[document].answer) return;
  show_pair(static_cast<int>(document));
  view.workspace = Workspace::answer;
  view.narrow = NarrowTab::answer;
  view.focus = has_sent() ? Pane::editor : Pane::side;
  if (!answer_.cards.empty()) select_card(0, Pane::side);
}

const Prediction& Workbench::prediction() const {
  if (std::exchange(prediction_due_, false)) {
    prediction_ = predict(*catalogue_, message_, report_, {.control_id = "PREDICTED", .time = {}});
  }
  return prediction_;
}

bool Workbench::can_predict() const { return has_sent() && prediction().applies && !prediction().ack.empty(); }

void Workbench::open_prediction() {
  if (!can_predict()) return;
  forget_answer();
  predicting_ = true;
  judge();
  ++change_;
  view.workspace = Workspace::answer;
  view.narrow = NarrowTab::answer;
  view.focus = Pane::editor;
  if (!answer_.cards.empty()) select_card(0, Pane::side);
}

void Workbench::close_answer() {
  view.workspace = Workspace::analyse;
  if (view.narrow >= NarrowTab::answer) view.narrow = NarrowTab::message;
  view.focus = Pane::editor;
}

void Workbench::select_card(int card, Pane origin) {
  if (card < 0 || card >= static_cast<int>(answer_.cards.size())) return;
  const AnswerCard& c = answer_.cards[static_cast<size_t>(card)];
  if (has_sent() && !c.lines.place.empty()) {
    const auto size = static_cast<uint32_t>(text().size());
    selection_.path = c.path;
    selection_.span = {std::min(c.span.begin, size), std::min(c.span.end, size)};
    selection_.anchor = selection_.span.begin;
    selection_.caret = c.path.field == 0 ? selection_.span.begin : selection_.span.end;
    selection_.finding = finding_of(c.path);
  }
  touch(origin);
  view.card = card;
}

void Workbench::step_card(int direction, Pane origin) {
  const auto count = static_cast<int>(answer_.cards.size());
  if (count == 0) return;
  const int next = view.card < 0 ? (direction > 0 ? 0 : count - 1) : (view.card + direction + count) % count;
  select_card(next, origin);
}

}  // namespace iz
