// Whether our own check of the sent message sees the fault that an answer reports (declared in core/error_places.h).
#include <algorithm>
#include <array>
#include <map>

#include "core/error_places.h"

namespace iz {
namespace {

constexpr size_t kMostFindings = 64;  // looked at for one place

/// Whether a finding says that something is absent.
bool is_absence(const Finding& f) {
  return f.span.begin == f.span.end &&
         (f.kind == Kind::usage || f.kind == Kind::predicate || f.kind == Kind::structure ||
          f.kind == Kind::cardinality || f.kind == Kind::statement);
}

/// What an error says is wrong, as the kinds of findings that say the same.
bool same_kind(const ErrorReport& e, const Finding& f) {
  if (e.says_missing) return is_absence(f);
  const std::string& code = e.code;
  const std::string& application = e.application_code;
  if (code == "103" || application == "5") return f.kind == Kind::value_set;
  if (code == "102" || application == "2") return f.kind == Kind::format || f.kind == Kind::length;
  if (code == "100") return f.kind == Kind::structure || f.kind == Kind::usage;
  if (application == "1" || application == "3") return f.kind == Kind::statement || f.kind == Kind::quality;
  if (application == "6") return f.kind == Kind::statement || f.kind == Kind::structure;
  return f.kind == Kind::format || f.kind == Kind::value_set || f.kind == Kind::statement || f.kind == Kind::quality;
}

class Comparer {
 public:
  explicit Comparer(const Report& report) : report_(report) {
    for (size_t i = 0; i < report.findings.size(); ++i) {
      const Finding& f = report.findings[i];
      if (f.path.segment == 0) continue;
      keep({f.path.segment, f.path.occurrence, f.path.field}, int(i));
      // A segment also has what its fields have.
      if (f.path.field > 0) keep({f.path.segment, f.path.occurrence, kAnyField}, int(i));
    }
  }

  void compare(ErrorReport& e) const {
    e.seen = Seen::unknown;
    e.finding = -1;
    if (e.places.empty() || !report_.profile) return;
    int best = 0;
    for (const ErrorPlace& p : e.places) {
      const bool whole = p.path.field == 0;
      for (const uint32_t field : {p.path.field, whole ? kAnyField : p.path.field}) {
        const auto it = found_.find({p.path.segment, p.path.occurrence, field});
        if (it == found_.end()) continue;
        for (const int i : it->second) {
          const int rank = likeness(e, p, report_.findings[size_t(i)]);
          if (rank <= best) continue;
          best = rank;
          e.finding = i;
        }
      }
    }
    e.seen = best > 0 ? Seen::same_fault : Seen::no_fault;
  }

 private:
  static constexpr uint32_t kAnyField = 0xffffffff;
  using Key = std::array<uint32_t, 3>;

  void keep(const Key& key, int finding) {
    auto& list = found_[key];
    if (list.size() < kMostFindings) list.push_back(finding);
  }

  /// How well a finding at the place of an error fits it; 0: it is another fault.
  static int likeness(const ErrorReport& e, const ErrorPlace& p, const Finding& f) {
    const auto apart = [](uint32_t a, uint32_t b) { return a > 0 && b > 0 && a != b; };
    const bool whole = p.path.field == 0;
    if (!whole && (apart(p.path.repetition, f.path.repetition) || apart(p.path.component, f.path.component) ||
                   apart(p.path.subcomponent, f.path.subcomponent)))
      return 0;
    const bool kind = same_kind(e, f);
    if (is_absence(f)) {
      // That something is absent is the same fault only to someone who misses it.
      if (!e.says_missing && e.code != "100" && e.code != "101") return 0;
      // A segment is not missing because one of its fields may be.
      if (whole && f.path.field > 0 && f.severity != Severity::error) return 0;
    } else {
      if (f.severity == Severity::info && !kind) return 0;
      // "Missing" of a value that stands there: the registry may have put it aside as wrong.
      if (e.says_missing && f.severity != Severity::error && !kind) return 0;
      if (whole && f.severity != Severity::error) return 0;
    }
    int rank = 1 + (kind ? 8 : 0) + (f.severity == Severity::error ? 4 : f.severity == Severity::warning ? 2 : 0);
    rank += p.path.component == f.path.component && p.path.field == f.path.field ? 1 : 0;
    return f.follows >= 0 ? rank : rank + 2;
  }

  const Report& report_;
  std::map<Key, std::vector<int>> found_;
};

}  // namespace

void compare_errors(const Report& report, std::vector<ErrorReport>& errors) {
  const Comparer comparer(report);
  for (ErrorReport& e : errors) comparer.compare(e);
  // What follows has the fault of its cause.
  for (ErrorReport& e : errors) {
    if (e.follows < 0 || size_t(e.follows) >= errors.size()) continue;
    e.seen = errors[size_t(e.follows)].seen;
    e.finding = errors[size_t(e.follows)].finding;
  }
}

}  // namespace iz
