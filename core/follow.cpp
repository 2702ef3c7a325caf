#include "core/follow.h"

#include <algorithm>

namespace iz {
namespace {

/// Whether two paths name one place: a field without components is its first component.
bool same_place(const Path& a, const Path& b) {
  const auto first = [](uint32_t n) { return n ? n : 1; };
  return a.segment == b.segment && a.occurrence == b.occurrence && a.field == b.field && a.repetition == b.repetition &&
         first(a.component) == first(b.component) && first(a.subcomponent) == first(b.subcomponent);
}

bool same_field(const Path& a, const Path& b) {
  return a.segment == b.segment && a.occurrence == b.occurrence && a.field && a.field == b.field;
}

/// Whether `system` is about the coding system beside the code that `code` is about.
bool system_of_code(const Finding& system, const Finding& code) {
  if (system.kind != Kind::value_set || code.kind != Kind::value_set) return false;
  Path beside = code.path;
  uint32_t& part = code.path.subcomponent ? beside.subcomponent : beside.component;
  if (part != 1 && part != 4) return false;  // the two triplets of CE and CWE
  part += 2;
  return same_place(system.path, beside);
}

class Links {
 public:
  Links(const Catalogue& catalogue, Report& report) : catalogue_(catalogue), findings_(report.findings) {
    while (first_words_ < findings_.size() && catalogue.rules[findings_[first_words_].rule].first) ++first_words_;
  }

  void run() {
    for (size_t i = 0; i < findings_.size(); ++i) {
      Finding& f = findings_[i];
      if (f.follows >= 0) continue;
      if (f.severity == Severity::error) f.follows = cause_among_first(i);
      // What quality says of a value that is wrong anyway, such as the form of an unknown code, follows from that.
      if (f.follows < 0 && (f.severity == Severity::error || f.layer == Layer::quality)) f.follows = cause_beside(i);
    }
  }

 private:
  bool is(const Finding& f, Engine engine) const { return f.rule == catalogue_.rule_index(engine); }

  /// The finding told first that explains a later one.
  int cause_among_first(size_t i) const {
    const Finding& f = findings_[i];
    for (size_t k = 0; k < std::min(i, first_words_); ++k) {
      const Finding& g = findings_[k];
      if (g.severity != Severity::error) continue;
      if (is(g, Engine::message_truncated)) {
        if (f.span.end == g.span.end && f.line == g.line) return static_cast<int>(k);
      } else if (is(g, Engine::header_missing)) {
        if (is(f, Engine::message_unknown)) return static_cast<int>(k);
      } else if (same_field(f.path, g.path)) {
        return static_cast<int>(k);
      }
    }
    return -1;
  }

  // What stands at one place is close together; a line may hold very many findings.
  int cause_beside(size_t i) const {
    const Finding& f = findings_[i];
    if (!f.path.field) return -1;
    Path cause = f.path;
    if (is(f, Engine::value_type_unknown)) cause.field = 2;
    for (size_t k = i; k-- > 0 && findings_[k].line == f.line && i - k <= 64;) {
      const Finding& g = findings_[k];
      if (g.severity == Severity::error && g.follows < 0 && (same_place(g.path, cause) || system_of_code(f, g)))
        return static_cast<int>(k);
    }
    return -1;
  }

  const Catalogue& catalogue_;
  std::vector<Finding>& findings_;
  size_t first_words_ = 0;
};

}  // namespace

void link_findings(const Catalogue& catalogue, Report& report) { Links(catalogue, report).run(); }

}  // namespace iz
