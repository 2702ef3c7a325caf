// Edits that are made at places, not at bytes; folded doses; segments that are missing.
#include <algorithm>

#include "core/edit.h"
#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_missing = 200;

}  // namespace

void Workbench::rewrite(std::string_view next) {
  const std::string_view old = text();
  const size_t most = std::min(old.size(), next.size());
  size_t head = 0, tail = 0;
  while (head < most && old[head] == next[head]) ++head;
  // No character is cut in two.
  while (head > 0 && head < old.size() && (static_cast<unsigned char>(old[head]) & 0xc0) == 0x80) --head;
  while (tail < most - head && old[old.size() - 1 - tail] == next[next.size() - 1 - tail]) ++tail;
  while (tail > 0 && (static_cast<unsigned char>(next[next.size() - tail]) & 0xc0) == 0x80) --tail;
  edit({static_cast<uint32_t>(head), static_cast<uint32_t>(old.size() - tail)},
       std::string(next.substr(head, next.size() - tail - head)));
  join_ = false;
}

bool Workbench::at_absent() const {
  const Path& path = selection_.path;
  return path.field != 0 && selection_.caret == selection_.anchor && !locate(message_, path).found;
}

bool Workbench::type_absent(std::string_view typed) {
  const std::optional<std::string> next = set_value(message_, selection_.path, typed);
  if (!next) return false;
  rewrite(*next);
  join_ = true;  // what is typed next belongs to it
  offer_codes(false);
  return true;
}

void Workbench::fold_dose(uint32_t order, bool fold) {
  if (order == 0) return;
  if (!fold) {
    view.folded.erase(order);
    return;
  }
  view.folded.insert(order);
  // The caret is not among what is folded.
  if (dose_at(selection_.caret) != order && dose_at(selection_.anchor) != order) return;
  for (const Dose& dose : summary_.doses) {
    if (dose.order == order) set_caret(dose.span.begin, false, selection_.origin);
  }
}

void Workbench::fold_doses(bool fold) {
  if (!fold) return view.folded.clear();
  for (const Dose& dose : summary_.doses) fold_dose(dose.order, true);
}

/// What is current is seen: a dose that holds it is not folded, unless the caret stands before its first line.
void Workbench::unfold_current() {
  if (view.folded.empty()) return;
  for (const Dose& dose : summary_.doses) {
    const auto inside = [&](uint32_t at) { return at > dose.span.begin && at <= dose.span.end; };
    if (inside(selection_.caret) || inside(selection_.anchor)) view.folded.erase(dose.order);
  }
}

void Workbench::mark_missing() {
  missing_.clear();
  const int segment = catalogue_->rule_index(Engine::segment_missing),
            group = catalogue_->rule_index(Engine::group_missing);
  for (const Shown& shown : folded_.shown) {
    if (missing_.size() >= most_missing) break;
    const Finding& f = report_.findings[shown.finding];
    if (f.severity != Severity::error || (f.rule != segment && f.rule != group)) continue;
    // It shows at the segment before it in its group.
    const int before = segment_of(f);
    if (before >= 0) missing_.push_back({message_.segments()[static_cast<size_t>(before)].end, shown.finding});
  }
}

}  // namespace iz
