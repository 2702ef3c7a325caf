// The guide's cascade (Release 1.5, table 3-1) on the findings of a report.
//
// Every finding of severity error empties the element it stands at. From there the loss climbs as long as what is empty is
// required: component, field, segment, group, message. Repetitions are lost one by one; the field is empty when none is
// left. What a statement asks for and nobody sent takes nothing along.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/elements.h"
#include "core/evaluate.h"
#include "core/predict_parts.h"
#include "core/segment_words.h"
#include "core/sort.h"
#include "core/structure.h"

namespace iz {
namespace {

constexpr uint32_t MSH = segment_code("MSH"), PID = segment_code("PID"), RXA = segment_code("RXA");

/// How far a fault climbs inside of its field.
enum class Lost : uint8_t { nothing, part, repetition, field, segment };

class Cascade {
 public:
  Cascade(const Catalogue& catalogue, const Message& sent, const Report& report, const std::vector<DoseOutcome>& doses)
      : catalogue_(catalogue), sent_(sent), report_(report), profile_(report.profile), doses_(doses) {
    const auto segments = sent.segments();
    for (uint32_t s = 0; s < segments.size(); ++s) by_path_[key(segments[s].name, segments[s].occurrence)] = s;
    map_structure();
    map_doses();
  }

  std::vector<CascadeFault> run() {
    for (size_t i = 0; i < report_.findings.size(); ++i) take(int(i));
    check_birth();
    for (size_t i = 0; i < faults_.size(); ++i) finish(faults_[i], lost_[i]);
    for (CascadeFault& f : faults_) take_local(f);
    choose_reported();
    sort_values(faults_,
                [](const CascadeFault& a, const CascadeFault& b) { return a.fault.span.begin < b.fault.span.begin; });
    return std::move(faults_);
  }

 private:
  static uint64_t key(uint32_t a, uint32_t b) { return uint64_t(a) << 32 | b; }

  int segment_of(const Path& path) const {
    const auto at = by_path_.find(key(path.segment, path.occurrence));
    return at == by_path_.end() ? -1 : int(at->second);
  }

  // ---- structure

  void map_structure() {
    placed_.assign(sent_.segments().size(), -1);
    if (!profile_) return;
    structure_.match(sent_, *profile_);
    for (size_t p = 0; p < structure_.placed().size(); ++p) placed_[structure_.placed()[p].segment] = int(p);
    // Groups stand in reading order, so the one that holds a group is the last one before it that has not ended.
    std::vector<int> open;
    for (size_t g = 0; g < structure_.groups().size(); ++g) {
      const PlacedGroup& group = structure_.groups()[g];
      while (!open.empty() && structure_.groups()[size_t(open.back())].last <= group.first) open.pop_back();
      parents_.push_back(open.empty() ? -1 : open.back());
      open.push_back(int(g));
    }
  }

  void map_doses() {
    dose_of_.assign(sent_.segments().size(), -1);
    const auto groups = order_groups(sent_);
    for (size_t d = 0; d < groups.size() && d < doses_.size(); ++d)
      for (uint32_t s = groups[d].first; s < groups[d].last; ++s) dose_of_[s] = int(d);
  }

  int dose_of(int segment) const { return segment < 0 ? -1 : dose_of_[size_t(segment)]; }

  const StructureDef& structure(int def) const { return profile_->structure[size_t(def)]; }

  /// The place in the structure of a segment that has one; -1 for one that has none.
  int structure_of(uint32_t segment) const {
    const int p = placed_[segment];
    if (p < 0) return -1;
    const PlacedSegment& placed = structure_.placed()[size_t(p)];
    const int group_def = placed.group < 0 ? -1 : structure_.groups()[size_t(placed.group)].def;
    if (group_def >= 0) {
      for (const int child : structure(group_def).children)
        if (!structure(child).group && structure(child).segment == placed.def) return child;
    } else {
      for (size_t d = 0; d < profile_->structure.size(); ++d)
        if (structure(int(d)).parent < 0 && !structure(int(d)).group && structure(int(d)).segment == placed.def)
          return int(d);
    }
    return -1;
  }

  int group_of(uint32_t segment) const {
    return placed_[segment] < 0 ? -1 : structure_.placed()[size_t(placed_[segment])].group;
  }

  /// A group is dropped: the message, if it or what holds it must be there.
  Fate drop_group(int group) const {
    for (; group >= 0; group = parents_[size_t(group)]) {
      if (holds_order(group)) return Fate::group_dropped;
      if (structure(structure_.groups()[size_t(group)].def).usage != Usage::R) return Fate::segment_dropped;
    }
    return Fate::message_rejected;
  }

  /// Whether a group is one that holds a dose: its children have an RXA.
  bool holds_order(int group) const {
    for (const int child : structure(structure_.groups()[size_t(group)].def).children)
      if (structure(child).code == RXA) return true;
    return false;
  }

  /// A segment counts as empty.
  Fate drop_segment(uint32_t segment) const {
    const int def = structure_of(segment);
    // What stands out of order is not read at all.
    if (def < 0) return sent_.segments()[segment].name == RXA ? Fate::group_dropped : Fate::segment_dropped;
    if (structure(def).usage != Usage::R) return Fate::segment_dropped;
    const int group = group_of(segment);
    return group < 0 ? Fate::message_rejected : drop_group(group);
  }

  // ---- elements

  Usage usage_of(const Path& path, int segment) const {
    const Place place = find_place(catalogue_, sent_, profile_, path, segment);
    if (!place.defined || !place.element) return Usage::O;
    const ElementDef& def = *place.element;
    if (def.usage != Usage::C) return def.usage;
    Scope scope;
    scope.segment = uint32_t(segment);
    if (def.in_group) {
      scope.context = PlaceContext::group;
      scope.segments = structure_.segments_of(group_of(uint32_t(segment)));
    } else if (path.component != 0) {
      whole_of(path, segment, scope);
    }
    const Truth truth = evaluate(sent_, scope, def.when, Use::antecedent);
    return truth == Truth::unknown ? Usage::O : truth == Truth::holds ? def.usage_true : def.usage_false;
  }

  /// The value of a data type that a component is part of, as a scope.
  void whole_of(const Path& path, int segment, Scope& scope) const {
    scope.context = PlaceContext::data_type;
    scope.path = path;
    (path.subcomponent != 0 ? scope.path.subcomponent : scope.path.component) = 0;
    scope.parts = path.subcomponent != 0 ? Level::subcomponent : Level::component;
    scope.element = locate(sent_, scope.path, uint32_t(segment)).element;
  }

  /// Up from an empty element to the field; `path` becomes the outermost that is empty. `required`: the element itself is
  /// known to be required.
  Lost climb(Path& path, int segment, bool required) const {
    while (path.component != 0) {
      if (!required && usage_of(path, segment) != Usage::R) return Lost::part;
      required = false;
      (path.subcomponent != 0 ? path.subcomponent : path.component) = 0;
    }
    return required ? Lost::field : Lost::repetition;
  }

  // ---- findings

  CascadeFault& add(int finding, Cause cause, const Path& path, Span span, Lost lost) {
    CascadeFault& f = faults_.emplace_back();
    f.fault.finding = finding;
    f.fault.path = f.fault.emptied = path;
    f.fault.span = span;
    f.cause = cause;
    f.segment = segment_of(path);
    f.erl = path;
    f.fault.dose = dose_of(f.segment);
    lost_.push_back(lost);
    return f;
  }

  bool is(const Finding& f, Engine e) const { return int(f.rule) == catalogue_.rule_index(e); }

  /// Whether a rule of quality is about the codes of a dose.
  bool asks_codes(uint16_t rule) const {
    return std::any_of(catalogue_.statements.begin(), catalogue_.statements.end(),
                       [rule](const Statement& s) { return s.rule == rule && s.requirement.op == Op::dose_check; });
  }

  void take(int index) {
    const Finding& f = report_.findings[size_t(index)];
    const Rule& rule = catalogue_.rules[f.rule];
    if (f.severity == Severity::info || rule.kind == Kind::advice) return;
    // What a registry checks beyond the guide is known of one with a local profile that says so, or has codes for it.
    constexpr LocalKey answered[] = {LocalKey::loses, LocalKey::err3, LocalKey::err5, LocalKey::code};
    const bool own =
        f.layer == Layer::local || std::any_of(std::begin(answered), std::end(answered),
                                               [&](LocalKey key) { return !local_says(catalogue_, f, key).empty(); });
    if (rule.kind == Kind::quality && !asks_codes(f.rule) && !own) return;
    if (f.severity == Severity::warning) {
      // What is only warned of is reported where the guide or the registry says so, and takes nothing along.
      if (!own && (rule.kind == Kind::quality || rule.layer == Layer::quality || rule.layer == Layer::advice)) return;
      if (!is(f, Engine::line_ends_mixed)) add(index, cause_of(f, rule), f.path, f.span, Lost::nothing);
      return;
    }
    if (take_structure(index, f)) return;
    if (is(f, Engine::element_extra) && !own) return;
    if (f.path.field == 0) {  // a statement about a group or segment: something is missing that has no place
      CascadeFault& fault = add(index, Cause::observation, f.path, f.span, Lost::nothing);
      fault.statement = rule.id;
      place_in_group(fault);
      return;
    }
    if (f.path.segment == MSH && take_header(index, f)) return;
    const Cause cause = cause_of(f, rule);
    const int segment = segment_of(f.path);
    const bool required = is(f, Engine::element_missing) || is(f, Engine::condition_missing);
    Lost lost = Lost::repetition;
    Path emptied = f.path;
    if (cause == Cause::not_supported || cause == Cause::too_many)
      lost = Lost::part;
    else if (is(f, Engine::repetition_missing))
      lost = Lost::field;
    else if (required && f.path.component == 0)
      lost = Lost::field;
    else
      lost = climb(emptied, segment, required);
    CascadeFault& fault = add(index, cause, f.path, f.span, lost);
    fault.fault.emptied = emptied;
    if (rule.kind == Kind::statement) fault.statement = rule.id;
    if (segment >= 0 && (lost == Lost::repetition || lost == Lost::field)) damage(segment, f.path, lost);
  }

  /// Notes that a repetition, or all of them, is lost.
  void damage(int segment, const Path& path, Lost lost) {
    Damage& d = damages_[key(uint32_t(segment), path.field)];
    if (lost == Lost::field) d.whole = true;
    d.repetitions.insert(std::max(path.repetition, 1u));
  }

  struct Damage {
    bool whole = false;
    std::unordered_set<uint32_t> repetitions;
    int left = -1;  ///< repetitions that hold something and are not lost; -1: not counted yet
  };

  bool field_is_empty(int segment, uint32_t field) {
    Damage& d = damages_[key(uint32_t(segment), field)];
    if (d.whole) return true;
    if (d.left < 0) {
      d.left = 0;
      const Element all = sent_.field(uint32_t(segment), field);
      uint32_t n = 0;
      for (uint32_t at = all.first; at < all.last;) {
        const Element e{at, sent_.part_end(at, all.last, Level::repetition)};
        at = e.last;
        ++n;
        if (sent_.present(e) && !d.repetitions.contains(n)) ++d.left;
      }
    }
    return d.left == 0;
  }

  /// Findings about segments and groups. False: it is about something else.
  bool take_structure(int index, const Finding& f) {
    if (is(f, Engine::header_missing)) {
      refuse(index, Cause::no_segment);
    } else if (is(f, Engine::message_foreign) || is(f, Engine::message_unknown)) {
      refuse(index, Cause::message_type);
    } else if (is(f, Engine::profile_unknown) || is(f, Engine::profile_contradicted) ||
               is(f, Engine::message_truncated)) {
      return true;  // the findings that follow from it are answered
    } else if (is(f, Engine::line_unreadable)) {
      add(index, Cause::unreadable, f.path, f.span, Lost::nothing).erl = {};
    } else if (is(f, Engine::segment_lower_case)) {
      add(index, Cause::lower_case, f.path, f.span, Lost::segment);
    } else if (is(f, Engine::segment_unexpected)) {
      if (profile_ && structure_.knows(f.path.segment)) add(index, Cause::out_of_order, f.path, f.span, Lost::segment);
    } else if (is(f, Engine::segment_missing) || is(f, Engine::group_missing)) {
      take_missing(index, f);
    } else if (is(f, Engine::segment_not_sent)) {
      // Only a local profile makes an error of it; its usage lets the rest be stored.
      CascadeFault& fault = add(index, Cause::no_segment, f.path, f.span, Lost::nothing);
      fault.segment = segment_at(f.span.begin);
      fault.fault.dose = dose_of(fault.segment);
      fault.erl = f.path;
    } else if (is(f, Engine::segment_repeated)) {
      take_repeated(index, f);
    } else {
      return is(f, Engine::segment_not_supported);
    }
    return true;
  }

  /// A required segment or group that is not there. Inside of a group the ERR names the segment that opens it: the count
  /// of a segment that is missing in the middle would name another one.
  void take_missing(int index, const Finding& f) {
    CascadeFault& fault = add(index, Cause::no_segment, f.path, f.span, Lost::nothing);
    fault.segment = -1;
    fault.fault.dose = -1;
    const int anchor = segment_at(f.span.begin);
    const int group = anchor < 0 ? -1 : group_of(uint32_t(anchor));
    bool inside = false;
    if (f.group >= 0) {
      fault.fault.path = fault.erl = {structure_.head(f.group), 1, 0, 0, 0, 0};
      inside = structure(f.group).parent >= 0;
    } else {
      // In the group that the anchor opens, if that has such a segment.
      if (group >= 0)
        for (const int child : structure(structure_.groups()[size_t(group)].def).children)
          inside = inside || (structure(child).code == f.path.segment && structure(child).usage == Usage::R);
    }
    if (!inside || group < 0) {
      fault.fault.fate = Fate::message_rejected;
      return;
    }
    fault.segment = anchor;
    fault.fault.dose = dose_of(anchor);
    fault.erl = {sent_.segments()[size_t(anchor)].name, sent_.segments()[size_t(anchor)].occurrence, 0, 0, 0, 0};
    fault.fault.fate = drop_group(group);
  }

  /// What comes too often is not read; of a second RXA that is a dose.
  void take_repeated(int index, const Finding& f) {
    if (f.group >= 0) {
      const int opener = segment_at(f.span.begin);
      CascadeFault& fault = add(index, Cause::too_many, f.path, f.span, Lost::nothing);
      fault.segment = opener;
      fault.fault.dose = dose_of(opener);
      if (opener >= 0)
        fault.erl = fault.fault.path = {
            sent_.segments()[size_t(opener)].name, sent_.segments()[size_t(opener)].occurrence, 0, 0, 0, 0};
      const bool order = opener >= 0 && group_of(uint32_t(opener)) >= 0 && holds_order(group_of(uint32_t(opener)));
      fault.fault.fate = order ? Fate::group_dropped : Fate::segment_dropped;
      return;
    }
    CascadeFault& fault = add(index, Cause::too_many, f.path, f.span, Lost::nothing);
    fault.fault.fate = f.path.segment == RXA ? Fate::group_dropped : Fate::value_dropped;
  }

  /// What the header says the message is. False: another field of MSH.
  bool take_header(int index, const Finding& f) {
    switch (f.path.field) {
      case 9:
        // Type and event decide; the structure's name is content.
        if (f.path.component == 3) return false;
        refuse(index, f.path.component == 2 ? Cause::event : Cause::message_type);
        return true;
      case 11:
        refuse(index, Cause::processing);
        return true;
      case 12:
        refuse(index, Cause::version);
        return true;
      default:
        return false;
    }
  }

  void refuse(int index, Cause cause) {
    const Finding& f = report_.findings[size_t(index)];
    CascadeFault& fault = add(index, cause, f.path, f.span, Lost::nothing);
    fault.fault.fate = Fate::message_refused;
  }

  /// A birth date after the day of the message counts as empty (appendix B).
  void check_birth() {
    const auto pid = segment_of({PID, 1, 0, 0, 0, 0});
    if (pid < 0 || placed_[size_t(pid)] < 0) return;
    const Element e = sent_.component(sent_.repetition(uint32_t(pid), 7, 1), 1);
    const auto born = parse_time(sent_.value(e));
    Date day = report_.as_of;
    if (!day)
      if (const auto sent = parse_time(sent_.get("MSH", 7, 1)); sent && sent->precision >= Precision::day)
        day = sent->date;
    if (!born || born->precision < Precision::day || !day || born->date <= day) return;
    for (const CascadeFault& f : faults_)
      if (f.segment == pid && f.fault.path.field == 7) return;
    const Path path{PID, 1, 7, 1, 0, 0};
    add(-1, Cause::illegal_date, path, sent_.span(sent_.repetition(uint32_t(pid), 7, 1)), Lost::repetition);
    damage(pid, path, Lost::repetition);
  }

  Cause cause_of(const Finding& f, const Rule& rule) const {
    if (const auto cause = cause_of_engine(catalogue_, f.rule)) return *cause;
    if (rule.kind == Kind::statement) {
      const int segment = segment_of(f.path);
      const bool there = segment >= 0 && sent_.present(locate(sent_, f.path, uint32_t(segment)).element);
      return there ? Cause::statement : Cause::missing;
    }
    const int segment = segment_of(f.path);
    const Place place = find_place(catalogue_, sent_, profile_, f.path, segment);
    const DataTypeDef* type = place.type;
    const bool date = type && (type->format == Format::dt || type->format == Format::dtm || type->base == "TS");
    return date ? Cause::bad_date : Cause::bad_value;
  }

  /// A statement about an order group is reported at its RXA.
  void place_in_group(CascadeFault& fault) {
    fault.segment = segment_at(fault.fault.span.begin);
    fault.fault.dose = dose_of(fault.segment);
    int at = fault.segment;
    if (fault.fault.dose >= 0 && doses_[size_t(fault.fault.dose)].rxa >= 0) at = doses_[size_t(fault.fault.dose)].rxa;
    if (at < 0) return;
    const Segment& s = sent_.segments()[size_t(at)];
    fault.erl = fault.fault.path = {s.name, s.occurrence, 0, 0, 0, 0};
  }

  /// The segment that holds a byte; -1 if none does.
  int segment_at(uint32_t byte) const {
    const auto segments = sent_.segments();
    const auto after = std::upper_bound(segments.begin(), segments.end(), byte,
                                        [](uint32_t b, const Segment& s) { return b < s.begin; });
    return after == segments.begin() ? -1 : int(after - segments.begin()) - 1;
  }

  /// How far the loss goes beyond the field.
  void finish(CascadeFault& f, Lost lost) {
    if (lost == Lost::nothing) return;  // decided already
    Fate& fate = f.fault.fate;
    if (lost == Lost::segment) {
      fate = drop_segment(uint32_t(f.segment));
      return;
    }
    // Nothing is lost of what is not there.
    fate = f.fault.span.begin < f.fault.span.end ? Fate::value_dropped : Fate::kept;
    if (f.segment < 0 || lost == Lost::part || !field_is_empty(f.segment, f.fault.path.field)) return;
    Path field = f.fault.path;
    field.component = field.subcomponent = 0;
    f.fault.emptied = field;
    if (usage_of(field, f.segment) == Usage::R) fate = drop_segment(uint32_t(f.segment));
  }

  /// What the local profile says that the registry loses with it.
  void take_local(CascadeFault& f) const {
    if (f.fault.finding < 0) return;
    const std::string_view loses = local_says(catalogue_, report_.findings[size_t(f.fault.finding)], LocalKey::loses);
    if (loses.empty()) return;
    f.fault.fate = loses == "nothing"                     ? Fate::kept
                   : loses == "value"                     ? Fate::value_dropped
                   : loses == "message"                   ? Fate::message_rejected
                   : loses == "dose" && f.fault.dose >= 0 ? Fate::group_dropped
                                                          : Fate::segment_dropped;
  }

  /// A fault that follows from another one gets an ERR of its own only where it takes more along.
  void choose_reported() {
    std::unordered_map<int, size_t> by_finding;
    for (size_t i = 0; i < faults_.size(); ++i) by_finding[faults_[i].fault.finding] = i;
    for (CascadeFault& f : faults_) {
      f.reported = true;
      if (f.fault.finding < 0) continue;
      int root = f.fault.finding;
      constexpr int longest = 8;  // a chain of causes
      int next = root;
      for (int i = 0; i < longest && next >= 0; ++i, next = report_.findings[size_t(next)].follows)
        if (by_finding.contains(next)) root = next;
      if (root == f.fault.finding) continue;
      const PredictedFault& cause = faults_[by_finding[root]].fault;
      f.reported = f.fault.fate > cause.fate || (f.fault.fate == Fate::group_dropped && f.fault.dose != cause.dose &&
                                                 cause.fate < Fate::message_rejected);
    }
  }

  const Catalogue& catalogue_;
  const Message& sent_;
  const Report& report_;
  const Profile* profile_;
  const std::vector<DoseOutcome>& doses_;
  StructureMatch structure_;
  std::vector<int> placed_;   ///< for each segment its index among the placed ones
  std::vector<int> parents_;  ///< for each placed group the one that holds it
  std::vector<int> dose_of_;  ///< for each segment its order group
  std::unordered_map<uint64_t, uint32_t> by_path_;
  std::unordered_map<uint64_t, Damage> damages_;  ///< by segment and field
  std::vector<CascadeFault> faults_;
  std::vector<Lost> lost_;  ///< of each fault
};

}  // namespace

std::optional<Cause> cause_of_engine(const Catalogue& catalogue, int rule) {
  constexpr std::pair<Engine, Cause> causes[] = {
      {Engine::element_missing, Cause::missing},
      {Engine::condition_missing, Cause::missing},
      {Engine::element_not_sent, Cause::missing},
      {Engine::condition_not_sent, Cause::missing},
      {Engine::segment_not_sent, Cause::no_segment},
      {Engine::repetition_missing, Cause::missing},
      {Engine::element_not_supported, Cause::not_supported},
      {Engine::condition_not_supported, Cause::not_supported},
      {Engine::segment_not_supported, Cause::not_supported},
      {Engine::repetition_excess, Cause::too_many},
      {Engine::segment_repeated, Cause::too_many},
      {Engine::code_unknown, Cause::not_in_table},
      {Engine::code_system_wrong, Cause::not_in_table},
      {Engine::segment_unexpected, Cause::out_of_order},
      {Engine::segment_lower_case, Cause::lower_case},
      {Engine::segment_missing, Cause::no_segment},
      {Engine::group_missing, Cause::no_segment},
      {Engine::line_unreadable, Cause::unreadable},
  };
  for (const auto& [engine, cause] : causes)
    if (rule == catalogue.rule_index(engine)) return cause;
  return std::nullopt;
}

std::vector<CascadeFault> cascade(const Catalogue& catalogue, const Message& sent, const Report& report,
                                  const std::vector<DoseOutcome>& doses) {
  return Cascade(catalogue, sent, report, doses).run();
}

}  // namespace iz
