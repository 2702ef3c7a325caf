// Links what a condition finds to the wrong value that the condition reads.
#include <algorithm>
#include <tuple>

#include "codesets/codeset.h"
#include "core/evaluate.h"
#include "core/follow.h"
#include "core/sort.h"

namespace iz {
namespace {

using Key = std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, uint32_t, uint32_t>;

/// A place by its numbers: a field without components is its first component.
Key key(const Path& p) {
  return {p.segment, p.occurrence, p.field, p.repetition, std::max(p.component, 1u), std::max(p.subcomponent, 1u)};
}

/// Whether a code that is unknown may well have been meant as one of those that a condition asks for. Of a large table
/// it rarely was: an unknown vaccine is hardly the one code that says that none was given.
bool may_be_meant(const Finding& wrong, const Condition& leaf) {
  constexpr size_t few = 16;  // the condition names at least one code in so many
  if (leaf.op != Op::one_of || wrong.kind != Kind::value_set || !wrong.element) return true;
  size_t codes = 0;
  for (const CodeSet* set : wrong.element->binding) codes += set->codes().size();
  return leaf.values.size() * few >= codes;
}

class ConditionLinks {
 public:
  ConditionLinks(const Catalogue& catalogue, const Message& message, const StructureMatch& structure, Report& report)
      : catalogue_(catalogue),
        message_(message),
        structure_(structure),
        profile_(*report.profile),
        findings_(report.findings) {}

  void run() {
    for (size_t i = 0; i < findings_.size(); ++i)
      if (is_cause(findings_[i])) causes_.emplace_back(key(findings_[i].path), i);
    if (causes_.empty()) return;
    sort_values(causes_, std::less<>());
    for (Finding& f : findings_) {
      if (f.severity != Severity::error || f.follows >= 0) continue;
      cause_ = -1;
      if (f.kind == Kind::predicate)
        of_predicate(f);
      else if (f.kind == Kind::statement)
        of_statements(f);
      f.follows = cause_;
    }
  }

 private:
  bool is_missing(const Finding& f) const { return f.rule == catalogue_.rule_index(Engine::element_missing); }
  bool is_cause(const Finding& f) const {
    return f.severity == Severity::error && f.path.field &&
           (f.kind == Kind::value_set || f.kind == Kind::format || is_missing(f));
  }

  // ---- what the condition of a finding stands on

  void of_predicate(const Finding& f) {
    if (!f.element) return;
    const int s = segment_of(f);
    if (s < 0) return;
    if (f.element->in_group) {
      if (const PlacedSegment* placed = place_of(s))
        read(f.element->when, of_group(structure_.segments_of(placed->group)));
    } else if (!f.path.component) {
      read(f.element->when, of_segment(s));
    } else {
      read(f.element->when, of_parts(s, f.path));
    }
  }

  void of_statements(const Finding& f) {
    const int s = segment_of(f);
    if (s < 0) return;
    const SegmentDef* def = f.path.segment ? profile_.segment(f.path.segment) : nullptr;
    if (def) failed(f, def->statements, of_segment(s));
    if (def && f.path.field && f.path.field <= def->fields.size()) {
      int type = def->fields[f.path.field - 1].type;
      Path part = f.path;
      part.component = part.subcomponent = 0;
      for (const uint32_t inner : {f.path.component, f.path.subcomponent}) {
        if (type < 0 || !inner) break;
        const DataTypeDef& parts = profile_.types[static_cast<size_t>(type)];
        (part.component ? part.subcomponent : part.component) = inner;
        failed(f, parts.statements, of_parts(s, part));
        type = inner <= parts.components.size() ? parts.components[inner - 1].type : -1;
      }
    }
    for (size_t d = 0; d < profile_.structure.size(); ++d)
      if (speaks(f, profile_.structure[d].statements))
        if (const int g = group_around(static_cast<int>(d), s); g >= 0)
          failed(f, profile_.structure[d].statements, of_group(structure_.segments_of(g)));
    failed(f, profile_.statements, of_group(structure_.segments_of(-1)));
  }

  int segment_of(const Finding& f) const {
    const auto segments = message_.segments();
    const auto at = std::lower_bound(segments.begin(), segments.end(), f.line,
                                     [](const Segment& s, uint32_t line) { return s.line < line; });
    return at == segments.end() ? -1 : static_cast<int>(at - segments.begin());
  }

  const PlacedSegment* place_of(int s) const {
    const auto placed = structure_.placed();
    const auto at = std::lower_bound(placed.begin(), placed.end(), static_cast<uint32_t>(s),
                                     [](const PlacedSegment& p, uint32_t segment) { return p.segment < segment; });
    return at == placed.end() || at->segment != static_cast<uint32_t>(s) ? nullptr : &*at;
  }

  /// The occurrence of a group that holds a segment, directly or in a group of its own; -1: none.
  int group_around(int def, int s) {
    const PlacedSegment* placed = place_of(s);
    if (!placed) return -1;
    const auto groups = structure_.groups();
    if (def != groups_of_) {
      groups_of_ = def;
      groups_.clear();
      for (size_t g = 0; g < groups.size(); ++g)
        if (groups[g].def == def) groups_.emplace_back(groups[g].first, static_cast<int>(g));
      sort_values(groups_, std::less<>());
    }
    const auto n = static_cast<uint32_t>(placed - structure_.placed().data());
    auto at = std::upper_bound(groups_.begin(), groups_.end(), std::pair(n, static_cast<int>(groups.size())));
    if (at == groups_.begin()) return -1;
    --at;
    return n < groups[static_cast<size_t>(at->second)].last ? at->second : -1;
  }

  Scope of_segment(int s) const {
    Scope scope;
    scope.segment = static_cast<uint32_t>(s);
    return scope;
  }

  /// The element whose part `path` names.
  Scope of_parts(int s, const Path& path) const {
    Scope scope;
    scope.context = PlaceContext::data_type;
    scope.segment = static_cast<uint32_t>(s);
    scope.path = path;
    (path.subcomponent ? scope.path.subcomponent : scope.path.component) = 0;
    scope.parts = path.subcomponent ? Level::subcomponent : Level::component;
    scope.element = locate(message_, scope.path, scope.segment).element;
    return scope;
  }

  Scope of_group(std::span<const uint32_t> segments) const {
    Scope scope;
    scope.context = PlaceContext::group;
    scope.segments = segments;
    scope.orders = structure_.orders();
    return scope;
  }

  // ---- what it reads

  bool speaks(const Finding& f, const std::vector<int>& statements) const {
    return std::any_of(statements.begin(), statements.end(),
                       [&](int s) { return catalogue_.statements[static_cast<size_t>(s)].rule == f.rule; });
  }

  /// Reads those statements of the finding's rule that fail here.
  void failed(const Finding& f, const std::vector<int>& statements, const Scope& scope) {
    if (cause_ >= 0) return;
    for (const int index : statements) {
      const Statement& s = catalogue_.statements[static_cast<size_t>(index)];
      if (s.rule != f.rule) continue;
      if (s.antecedent && evaluate(message_, scope, s.antecedent, Use::antecedent) != Truth::holds) continue;
      if (evaluate(message_, scope, s.requirement, Use::requirement) != Truth::fails) continue;
      read(s.antecedent, scope);
      const Condition* broken = &s.requirement;  // of all that must hold the first that does not
      while (broken->op == Op::all) {
        const auto first = std::find_if(broken->parts.begin(), broken->parts.end(), [&](const Condition& part) {
          return evaluate(message_, scope, part, Use::requirement) == Truth::fails;
        });
        if (first == broken->parts.end()) break;
        broken = &*first;
      }
      read(*broken, scope);
    }
  }

  void read(const Condition& c, const Scope& scope) {
    if (c.op >= Op::count || c.at.clock != Clock::none) return;  // of no one place
    for (const Condition& part : c.parts) read(part, scope);
    if (c.op == Op::none || c.op == Op::check || c.op == Op::dose_check || !c.parts.empty() || c.at.some) return;
    look(c, c.at, scope);
    if (c.op == Op::compare_place || c.op == Op::compare_date || c.op == Op::fits) look(c, c.to, scope);
  }

  void look(const Condition& leaf, const RelativePlace& place, const Scope& scope) {
    if (cause_ >= 0) return;
    const Path path = find(message_, scope, place).path;
    if (!path.field) return;
    take(leaf, path, false);
    Path field = path;  // a field that is missing as a whole
    field.component = field.subcomponent = 0;
    take(leaf, field, true);
  }

  /// `whole`: only a missing field counts.
  void take(const Condition& leaf, const Path& path, bool whole) {
    const Key wanted = key(path);
    auto at = std::lower_bound(causes_.begin(), causes_.end(), std::pair(wanted, size_t{0}));
    for (; cause_ < 0 && at != causes_.end() && at->first == wanted; ++at) {
      const Finding& wrong = findings_[at->second];
      const bool missing = is_missing(wrong);
      if (whole && !(missing && !wrong.path.component)) continue;
      if (leaf.op == Op::present ? !missing : !may_be_meant(wrong, leaf)) continue;
      // No circle: where it leads in the end is no finding that is linked here.
      const Finding* root = &wrong;
      while (root->follows >= 0) root = &findings_[static_cast<size_t>(root->follows)];
      if (root->kind != Kind::predicate && root->kind != Kind::statement) cause_ = static_cast<int32_t>(at->second);
    }
  }

  const Catalogue& catalogue_;
  const Message& message_;
  const StructureMatch& structure_;
  const Profile& profile_;
  std::vector<Finding>& findings_;
  std::vector<std::pair<Key, size_t>> causes_;    // findings by place, in order
  int groups_of_ = -1;                            // structure index of groups_
  std::vector<std::pair<uint32_t, int>> groups_;  // first placed segment and index of each occurrence
  int32_t cause_ = -1;                            // of the finding that is being linked
};

}  // namespace

void link_conditions(const Catalogue& catalogue, const Message& message, const StructureMatch& structure,
                     Report& report) {
  if (report.profile) ConditionLinks(catalogue, message, structure, report).run();
}

}  // namespace iz
