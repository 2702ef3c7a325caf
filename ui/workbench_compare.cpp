// Comparing in the workbench: which two messages, what of their differences is listed, where they lead.
#include <fmt/format.h>

#include <utility>

#include "core/counts.h"
#include "core/deidentify.h"
#include "ui/fuzzy.h"
#include "ui/workbench.h"

namespace iz {

std::string_view label(Change change) {
  switch (change) {
    case Change::changed:
      return "Changed";
    case Change::added:
      return "Added";
    case Change::removed:
      return "Removed";
    case Change::moved:
      break;
  }
  return "Moved";
}

void Workbench::add(std::string_view text) {
  std::vector<Document> fresh = read(text, InputKind::text, false), all;
  if (!empty()) all = documents_;
  const auto first = static_cast<uint32_t>(all.size());
  for (Document& d : fresh) all.push_back(std::move(d));
  view.workspace = Workspace::analyse;
  view.narrow = NarrowTab::message;
  view.focus = Pane::editor;
  replace_documents(std::move(all), first);
}

void Workbench::add_copy_without_person(std::string_view seed) {
  if (empty()) return;
  Deidentified copy = Deidentifier(*catalogue_, seed).run(text(), options(documents_[current_]));
  const auto original = static_cast<int>(current_);
  add(copy.text);
  std::vector<std::string>& notes = documents_[current_].notes;
  notes = {fmt::format("Without the person: {} replaced, every date {} earlier. Compare shows each of them.",
                       counted(copy.values, "value", "values"),
                       counted(static_cast<size_t>(copy.days), "day", "days"))};
  for (const std::string& sentence : copy.otherwise) notes.push_back("The check differs: " + sentence);
  for (std::string& sentence : copy.remains) notes.push_back(std::move(sentence));
  ++change_;
  open_compare(original);
}

/// While two messages are compared, what is pasted is the other one.
bool Workbench::take_other(std::string_view pasted, InputKind kind) {
  if (view.workspace != Workspace::compare) return false;
  std::vector<Document> fresh = read(pasted, kind, false), all = documents_;
  if (fresh.empty()) return true;
  const auto other = static_cast<int>(all.size());
  for (Document& d : fresh) all.push_back(std::move(d));
  replace_documents(std::move(all), current_);
  open_compare(other);
  return true;
}

void Workbench::compare_again() {
  if (view.workspace != Workspace::compare) return;
  const auto count = static_cast<int>(documents_.size());
  if (compared_.other >= count || compared_.other == static_cast<int>(current_)) compared_.clear();
  view.difference = -1;
  if (compared_.other < 0) return;
  const Document& other = documents_[static_cast<size_t>(compared_.other)];
  compared_.read(*catalogue_, other.text, options(other), message_, report_);
}

void Workbench::open_compare(int other) {
  if (empty()) return;
  view.workspace = Workspace::compare;
  view.focus = Pane::side;
  const auto count = static_cast<int>(documents_.size()), here = static_cast<int>(current_);
  const bool usable = compared_.other >= 0 && compared_.other < count && compared_.other != here;
  if (other >= 0 && other < count && other != here) {
    compared_.other = other;
  } else if (!usable) {
    compared_.other = -1;
    for (int i = count - 1; i >= 0; --i) {
      if (i != here && !documents_[static_cast<size_t>(i)].answer) compared_.other = i;
    }
  }
  compare_again();
  ++change_;
}

void Workbench::close_compare() {
  view.workspace = Workspace::analyse;
  view.focus = Pane::editor;
}

void Workbench::swap_compared() {
  if (compared_.other < 0) return;
  const auto to = static_cast<uint32_t>(compared_.other);
  const auto from = static_cast<int>(current_);
  open_document(to);
  open_compare(from);
}

std::vector<uint32_t> Workbench::listed_differences() const {
  std::vector<uint32_t> out;
  const std::string& filter = view.typed("compare");
  const auto& all = compared_.result.differences;
  for (uint32_t i = 0; i < all.size(); ++i) {
    const Difference& d = all[i];
    if (!view.show_change[static_cast<size_t>(d.change)]) continue;
    if (!filter.empty() &&
        !holds_words(fmt::format("{} {} {} {} {} {} {} {}", label(d.change), d.name, to_string(d.path_a),
                                 to_string(d.path_b), d.before, d.after, d.before_words, d.after_words),
                     filter)) {
      continue;
    }
    out.push_back(i);
  }
  return out;
}

void Workbench::select_difference(int index) {
  const auto& all = compared_.result.differences;
  if (index < 0 || static_cast<size_t>(index) >= all.size()) return;
  const Difference& d = all[static_cast<size_t>(index)];
  if (d.path_b.segment != 0) select_place(d.path_b, Pane::side);
  view.difference = index;
}

void Workbench::go_to_difference() {
  const auto& all = compared_.result.differences;
  if (view.difference < 0 || static_cast<size_t>(view.difference) >= all.size()) return;
  const Difference d = all[static_cast<size_t>(view.difference)];
  const int other = compared_.other;
  close_compare();
  if (d.path_b.segment != 0) {
    select_place(d.path_b, Pane::side);
  } else {
    const auto from = static_cast<int>(current_);
    open_document(static_cast<uint32_t>(other));
    compared_.other = from;  // the way back compares the same two
    select_place(d.path_a, Pane::side);
  }
  leave_summary();
  edit_place();
}

}  // namespace iz
