#include "core/check.h"

#include <algorithm>

#include "core/batch.h"
#include "core/check_state.h"
#include "core/choose_profile.h"
#include "core/follow.h"
#include "core/sort.h"

namespace iz {
Checker::Checker(const Catalogue& catalogue) : state_(std::make_unique<State>(catalogue)) {}
Checker::~Checker() = default;

void Checker::check(const Message& message, const CheckOptions& options, Report& report) {
  state_->message = &message;
  state_->report = &report;
  state_->run(options);
}

Finding& Checker::State::add(Engine engine, const Path& path, Span span) {
  const Rule& rule = catalogue.rules[static_cast<size_t>(catalogue.rule_index(engine))];
  return add(static_cast<uint16_t>(catalogue.rule_index(engine)), rule, path, span);
}

Finding& Checker::State::add(uint16_t index, const Rule& rule, const Path& path, Span span) {
  Finding& f = report->findings.emplace_back();
  f.rule = index;
  f.kind = rule.kind;
  f.severity = rule.severity;
  f.layer = rule.layer;
  f.path = path;
  f.span = span;
  if (rule.local >= 0) {
    f.local = rule.local;
    if (catalogue.local[static_cast<size_t>(rule.local)].kind != LocalKind::wording) f.layer = Layer::local;
  }
  return f;
}

void Checker::State::by_place(Finding& f, int16_t local) const {
  if (local < 0) return;
  const LocalEffect& effect = catalogue.local[static_cast<size_t>(local)];
  const bool presence = f.kind == Kind::usage || f.kind == Kind::predicate;
  const bool about = presence                      ? effect.presence
                     : f.kind == Kind::cardinality ? effect.cardinality
                                                   : effect.values && f.kind == Kind::value_set;
  if (!about) return;
  const bool switched =
      f.local >= 0 && catalogue.local[static_cast<size_t>(f.local)].profile->by_user && !effect.profile->by_user;
  f.local = local;
  // Where both are changed the severity is that of what is missing. A user's switch of the rule stands above.
  if ((f.kind != Kind::value_set || !effect.presence) && !switched)
    if (const auto severity = severity_named(effect.says(LocalKey::severity))) f.severity = *severity;
  if (effect.kind != LocalKind::wording) f.layer = Layer::local;
}

void Checker::State::run(const CheckOptions& options) {
  report->findings.clear();
  report->undecided = 0;
  report->as_of = options.as_of;
  report->sender = options.sender;
  around = Surroundings(*message, options.as_of, options.sender);
  group.around = &around;
  may_remember = message->delimiters() == Delimiters{};
  ChosenProfile chosen;
  if (options.profile.empty() || is_batch(*message))
    chosen = choose_profile(catalogue, *message);
  else if (const Profile* forced = catalogue.profile(options.profile))
    chosen = {forced, ProfileChoice::forced, ProfileDoubt::none, {}};
  report->profile = chosen.profile;
  report->choice = chosen.choice;
  report->doubt = chosen.doubt;
  profile = chosen.profile;
  say_first(options, chosen);
  if (!profile) return check_form_only();
  if (profile->id == batch_profile) return check_envelope();
  const auto segments = message->segments();
  structure.match(*message, *profile);
  check_structure();
  for (const PlacedSegment& placed : structure.placed()) {
    group.context = PlaceContext::group;
    group.segments = structure.segments_of(placed.group);
    check_segment(placed.segment, profile->segments[static_cast<size_t>(placed.def)]);
  }
  for (size_t g = 0; g < structure.groups().size(); ++g) {
    const PlacedGroup& placed = structure.groups()[g];
    const StructureDef& def = profile->structure[static_cast<size_t>(placed.def)];
    if (def.tables.empty()) continue;
    Scope scope;
    scope.around = &around;
    scope.context = PlaceContext::group;
    scope.segments = structure.segments_of(static_cast<int>(g));
    segment = scope.segments[0];
    const Segment& first = segments[segment];
    const size_t before = report->findings.size();
    check_statements(def.tables, scope, {static_cast<int>(segment), {}, {}});
    for (size_t i = before; i < report->findings.size(); ++i) {
      Finding& f = report->findings[i];
      if (f.path.segment) continue;
      f.group = placed.def;
      f.path.occurrence = placed.number;
      f.span = name_span(first);
    }
  }
  Scope whole;
  whole.around = &around;
  whole.context = PlaceContext::group;
  whole.segments = structure.segments_of(-1);
  whole.orders = structure.orders();
  if (!whole.segments.empty()) check_statements(profile->tables, whole, {0, {}, {}});
  say_truncated();
  order_findings();
  link_conditions(catalogue, *message, structure, *report);
}

// ---- structure

/// Lines that are no segment, and names in lower case.
void Checker::State::check_lines() {
  const auto segments = message->segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const Segment& seg = segments[s];
    const Path path{seg.name, seg.name ? seg.occurrence : 0};
    const Span name = seg.name ? name_span(seg) : Span{seg.begin, seg.end};
    if (!seg.name)
      add(Engine::line_unreadable, path, name).line = seg.line;
    else if (seg.lower_case)
      add(Engine::segment_lower_case, path, name).line = seg.line;
  }
}

void Checker::State::check_structure() {
  const auto segments = message->segments();
  check_lines();
  int first_left_over = -1;
  out_of_place.clear();
  for (const uint32_t s : structure.unexpected()) {
    const Segment& seg = segments[s];
    Finding& f = add(Engine::segment_unexpected, {seg.name, seg.occurrence}, name_span(seg));
    f.line = seg.line;
    if (!structure.knows(seg.name)) continue;
    if (std::find(out_of_place.begin(), out_of_place.end(), seg.name) == out_of_place.end())
      out_of_place.push_back(seg.name);
    // Once a known segment is out of place, all known ones after it are.
    if (first_left_over < 0)
      first_left_over = static_cast<int>(report->findings.size() - 1);
    else
      f.follows = first_left_over;
  }
  for (const StructureFault& fault : structure.faults()) {
    const StructureDef& def = profile->structure[static_cast<size_t>(fault.def)];
    Span span;
    uint32_t line = 1;
    if (fault.anchor >= 0) {
      const Segment& anchor = segments[static_cast<size_t>(fault.anchor)];
      span = name_span(anchor);
      line = anchor.line;
    }
    Path path{def.group ? 0 : segment_code(def.name), fault.number};
    if (!def.group && fault.anchor >= 0 && !fault.absent)
      path.occurrence = segments[static_cast<size_t>(fault.anchor)].occurrence;
    Finding& f = add(fault.engine, path, span);
    f.line = line;
    f.number = def.max;
    if (def.group) f.group = fault.def;
    by_place(f, def.local);
    if (!fault.absent) continue;
    // What is missing may be there, out of place; a message without a header lacks MSH.
    const uint32_t opener = structure.head(fault.def);
    if (std::find(out_of_place.begin(), out_of_place.end(), opener) != out_of_place.end())
      f.follows = first_left_over;
    else if (!message->has_header() && opener == segment_code("MSH"))
      f.follows = 0;
  }
}

// What must be known first; then message order: by line, then by place in the line, a cause before what follows from it.
void Checker::State::order_findings() {
  auto& findings = report->findings;
  const size_t n = findings.size();
  order.resize(n);
  const auto key = [&](uint32_t i) {
    const bool later = !catalogue.rules[findings[i].rule].first;
    return std::pair(later, uint64_t(findings[i].line) << 32 | findings[i].span.begin);
  };
  bool sorted = true;
  for (uint32_t i = 0; i < n; ++i) {
    order[i] = i;
    sorted = sorted && (i == 0 || key(i - 1) <= key(i));
  }
  if (!sorted) {
    sort_places(order, [&](uint32_t a, uint32_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
    moved.resize(n);
    for (uint32_t i = 0; i < n; ++i) moved[order[i]] = static_cast<int32_t>(i);
    sorted_findings.clear();
    for (const uint32_t i : order) {
      Finding f = findings[i];
      if (f.follows >= 0) f.follows = moved[static_cast<size_t>(f.follows)];
      sorted_findings.push_back(f);
    }
    findings.swap(sorted_findings);
  }
  link_findings(catalogue, *report);
}

}  // namespace iz
