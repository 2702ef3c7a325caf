// Fixes of the problems: what is offered, and all that is safe at once.
#include <algorithm>

#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_counted = 200;

}  // namespace

const std::vector<Fix>& Workbench::fixes_of(int finding) const {
  static const std::vector<Fix> none;
  if (finding < 0 || static_cast<size_t>(finding) >= report_.findings.size()) return none;
  if (fixes_for_ != change_) {
    fixes_.clear();
    fixes_for_ = change_;
  }
  const auto [found, fresh] = fixes_.try_emplace(static_cast<uint32_t>(finding));
  if (fresh) {
    found->second = fixes(*catalogue_, message_, report_, report_.findings[static_cast<size_t>(finding)]);
  }
  return found->second;
}

size_t Workbench::safe_fixes() const {
  if (documents_[current_].answer) return 0;
  size_t count = 0;
  for (size_t i = 0; i < std::min(folded_.shown.size(), most_counted); ++i) {
    const std::vector<Fix>& offered = fixes_of(static_cast<int>(folded_.shown[i].finding));
    count += !offered.empty() && offered[0].safe;
  }
  return count;
}

void Workbench::fix(int finding, size_t which) {
  const std::vector<Fix>& offered = fixes_of(finding);
  if (which >= offered.size()) return;
  const Edits edits = offered[which].edits;
  const Path path = report_.findings[static_cast<size_t>(finding)].path;
  if (!carry_out(edits)) return;
  // One stays where the problem was.
  if (path.segment != 0 && locate(message_, path).segment >= 0) select_place(path, Pane::side);
}

void Workbench::plan_fixes() {
  FixPlan plan = plan_safe_fixes(*catalogue_, message_, options(documents_[current_]));
  if (plan.steps.empty()) {
    view.notice = "Nothing can be fixed without a choice of yours.";
    return;
  }
  plan_ = std::move(plan);
}

void Workbench::carry_out_plan() {
  if (!plan_) return;
  const std::string next = std::move(plan_->text);
  plan_.reset();
  rewrite(next);
  join_ = false;
  completion_.reset();
}

}  // namespace iz
