#include "core/fix.h"

#include <algorithm>
#include <array>

#include "core/fix_parts.h"
#include "core/loader.h"
#include "core/sort.h"

namespace iz {
namespace {

constexpr struct {
  std::string_view name;
  void (*function)(const Mending&);
} kWays[] = {{"required", mend_required},
             {"code", mend_code},
             {"system", mend_system},
             {"form", mend_form},
             {"number", mend_number},
             {"count", mend_count},
             {"profile", mend_profile},
             {"dose", mend_dose},
             {"trim", mend_trim},
             {"empty", mend_empty},
             {"remove", mend_remove},
             {"upper_case", mend_upper_case},
             {"escape", mend_escape},
             {"line_ends", mend_line_ends},
             {"delimiters", mend_delimiters},
             {"join", mend_join},
             {"move", mend_move}};

constexpr size_t kShownValue = 30;  ///< bytes of a value that a label quotes
constexpr size_t kShownText = 60;   ///< and of a text before and after
constexpr int kRounds = 12;         ///< of a plan: what one mends may show the next
constexpr size_t kSingly = 300;     ///< fixes that are tried one by one where a round as a whole does not hold

std::string cut(std::string_view value, size_t most) {
  std::string out;
  size_t n = std::min(value.size(), most);
  while (n < value.size() && n > 0 && (static_cast<unsigned char>(value[n]) & 0xc0) == 0x80) --n;
  for (char c : value.substr(0, n)) out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  if (n < value.size()) out += "…";
  return out;
}

}  // namespace

int mend_way(std::string_view name) {
  for (size_t i = 0; i < std::size(kWays); ++i)
    if (kWays[i].name == name) return static_cast<int>(i);
  return -1;
}

void Mending::add(std::string label, std::optional<Edits> edits, bool safe) const {
  if (!edits || edits->empty()) return;
  const auto same = [&](const Fix& f) { return f.edits == *edits; };
  if (std::none_of(out.begin(), out.end(), same)) out.push_back({std::move(label), safe, std::move(*edits)});
}

void Mending::write(const Path& path, std::string_view text, bool safe) const {
  add("Write " + short_value(text) + " in " + short_place(message, path), put_text(message, path, text), safe);
}

std::string short_value(std::string_view value) { return cut(value, kShownValue); }

std::string short_place(const Message& message, const Path& path) {
  std::string out = segment_name(path.segment);
  if (path.occurrence > 1 || message.find_segment(out, 2) >= 0) out += '[' + std::to_string(path.occurrence) + ']';
  if (!path.field) return out;
  out += '-' + std::to_string(path.field);
  if (path.repetition > 1) out += '[' + std::to_string(path.repetition) + ']';
  if (path.component) out += '.' + std::to_string(path.component);
  if (path.component && path.subcomponent) out += '.' + std::to_string(path.subcomponent);
  return out;
}

std::vector<Fix> fixes(const Catalogue& catalogue, const Message& message, const Report& report,
                       const Finding& finding) {
  std::vector<Fix> out;
  for (const Mend& mend : catalogue.rules[finding.rule].mends)
    kWays[mend.way].function({catalogue, message, report, finding, mend, out});
  return out;
}

// ---- all that is safe

namespace {

/// How often each rule is raised.
std::vector<uint32_t> counts(const Catalogue& catalogue, const Report& report) {
  std::vector<uint32_t> out(catalogue.rules.size());
  for (const Finding& f : report.findings) ++out[f.rule];
  return out;
}

/// Makes a plan round by round.
class Planner {
 public:
  Planner(const Catalogue& catalogue, const CheckOptions& options)
      : catalogue_(catalogue), options_(options), checker_(catalogue) {}

  FixPlan plan(const Message& message) {
    FixPlan plan;
    plan.text = message.text();
    for (int round = 0; round < kRounds && step(plan); ++round) {
    }
    return plan;
  }

 private:
  struct Candidate {
    uint32_t finding = 0;
    Fix fix;
  };

  bool step(FixPlan& plan) {
    message_.parse(plan.text);
    checker_.check(message_, options_, report_);
    before_ = counts(catalogue_, report_);
    std::vector<Candidate> chosen = safe_ones();
    if (chosen.empty()) return false;
    if (!holds(chosen)) {
      // Something among them does not do what it should: each is looked at alone, then what held together.
      std::vector<Candidate> good;
      for (size_t i = 0; i < std::min(chosen.size(), kSingly); ++i) {
        good.push_back(chosen[i]);
        if (!holds(good)) good.pop_back();
      }
      chosen = std::move(good);
    }
    if (chosen.empty()) return false;
    for (const Candidate& c : chosen) tell(c, plan);
    plan.text = apply_edits(plan.text, merged(chosen));
    return true;
  }

  /// The safe fix of each finding, where it does not touch what another one changes.
  std::vector<Candidate> safe_ones() const {
    std::vector<Candidate> out;
    std::vector<Span> taken;
    for (uint32_t i = 0; i < report_.findings.size(); ++i) {
      const Finding& f = report_.findings[i];
      if (catalogue_.rules[f.rule].mends.empty()) continue;
      for (Fix& fix : fixes(catalogue_, message_, report_, f)) {
        if (!fix.safe) continue;
        const Span whole{fix.edits.front().span.begin, fix.edits.back().span.end};
        const auto touches = [&](const Span& s) { return whole.begin <= s.end && s.begin <= whole.end; };
        if (std::none_of(taken.begin(), taken.end(), touches)) {
          taken.push_back(whole);
          out.push_back({i, std::move(fix)});
        }
        break;
      }
    }
    return out;
  }

  static Edits merged(const std::vector<Candidate>& chosen) {
    Edits edits;
    for (const Candidate& c : chosen) edits.insert(edits.end(), c.fix.edits.begin(), c.fix.edits.end());
    sort_values(edits, [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
    return edits;
  }

  /// Whether the findings go and no rule is raised more often than before.
  bool holds(const std::vector<Candidate>& chosen) {
    Message after;
    after.parse(apply_edits(message_.text(), merged(chosen)));
    Report report;
    checker_.check(after, options_, report);
    const std::vector<uint32_t> now = counts(catalogue_, report);
    std::vector<uint32_t> expected = before_;
    for (const Candidate& c : chosen) --expected[report_.findings[c.finding].rule];
    for (size_t r = 0; r < now.size(); ++r)
      if (now[r] > expected[r]) return false;
    return report.profile == report_.profile;
  }

  void tell(const Candidate& c, FixPlan& plan) const {
    const Finding& f = report_.findings[c.finding];
    PlannedFix step{f.rule, place(catalogue_, report_, f), f.line, c.fix.label, {}, {}};
    // What changes all over the message, or is long, is not quoted.
    const Edit whole = as_one(message_.text(), c.fix.edits);
    if (const std::string_view before = message_.value(whole.span);
        before.size() <= kShownText && before.find_first_of("\r\n") == std::string_view::npos) {
      step.before = before;
      step.after = cut(whole.text, kShownText);
    }
    plan.steps.push_back(std::move(step));
  }

  const Catalogue& catalogue_;
  CheckOptions options_;
  Checker checker_;
  Message message_;
  Report report_;
  std::vector<uint32_t> before_;
};

}  // namespace

FixPlan plan_safe_fixes(const Catalogue& catalogue, const Message& message, const CheckOptions& options) {
  return Planner(catalogue, options).plan(message);
}

}  // namespace iz
