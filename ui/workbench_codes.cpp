// Codes: search, and completion at the caret.
#include <algorithm>

#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_choices = 500;

}  // namespace

const CodeSearch& Workbench::code_search() const {
  if (!code_search_) code_search_ = std::make_unique<CodeSearch>(*catalogue_);
  return *code_search_;
}

void Workbench::offer_codes(bool asked) {
  completion_.reset();
  // With a field selected it is that field, whatever its last component is.
  const bool selected = selection_.caret != selection_.anchor && selection_.path.field != 0;
  const Path here = path_at(message_, selection_.caret);
  const Path& path = selected || at_absent() ? selection_.path : here;
  std::optional<CodedPlace> place = coded_place(*this, path);
  if (!place) return;
  const Location at = locate(message_, place->code);
  std::string typed;
  if (at.found && !selected) {
    if (selection_.caret < at.span.begin || selection_.caret > at.span.end) return;
    // What stands before the caret filters; asked for with a place selected, all is offered.
    typed = unescape(std::string_view(text()).substr(at.span.begin, selection_.caret - at.span.begin),
                     message_.delimiters());
  }
  Completion offer = {*std::move(place), {}, 0, asked};
  offer.choices = code_choices(offer.place, typed, most_choices);
  if (asked && offer.choices.empty()) offer.choices = code_choices(offer.place, {}, most_choices);
  if (offer.choices.empty() || (!asked && typed.empty())) return;
  // What stands there is where the list begins.
  if (asked && at.found) {
    const std::string_view code = message_.value(at.element);
    for (size_t i = 0; i < offer.choices.size(); ++i)
      if (offer.choices[i].code->code == code) offer.row = static_cast<int>(i);
  }
  completion_ = std::move(offer);
}

void Workbench::step_code(int by) {
  if (!completion_) return;
  const auto count = static_cast<int>(completion_->choices.size());
  completion_->row =
      std::abs(by) == 1 ? (completion_->row + by + count) % count : std::clamp(completion_->row + by, 0, count - 1);
}

void Workbench::take_code(int row) {
  if (!completion_ || row < 0 || row >= static_cast<int>(completion_->choices.size())) return;
  const Completion offer = *std::move(completion_);
  completion_.reset();
  const std::optional<std::string> text = with_choice(*this, offer.place, offer.choices[static_cast<size_t>(row)]);
  if (!text) return;
  rewrite(*text);
  const Span code = locate(message_, offer.place.code).span;
  set_caret(code.end, false);
  completion_.reset();
}

}  // namespace iz
