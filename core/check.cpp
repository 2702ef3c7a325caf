#include "core/check.h"

#include <algorithm>

#include "core/check_state.h"

namespace iz {
namespace {

constexpr uint32_t kProfileField = 21;

const Profile* by_message_type(const Catalogue& catalogue, std::string_view type) {
  for (const auto& p : catalogue.profiles)
    if (!p->structure.empty() && p->type == type) return p.get();
  return nullptr;
}

}  // namespace

const Profile* choose_profile(const Catalogue& catalogue, const Message& m, ProfileChoice& choice) {
  const int header = m.find_segment("MSH");
  if (header >= 0) {
    const auto s = static_cast<uint32_t>(header);
    const uint32_t repetitions = m.count(m.field(s, kProfileField), Level::repetition);
    for (uint32_t r = 1; r <= repetitions; ++r) {
      const Profile* p = catalogue.profile(m.value(m.component(m.repetition(s, kProfileField, r), 1)));
      choice = ProfileChoice::msh21;
      if (p && !p->structure.empty()) return p;
    }
    choice = ProfileChoice::message_type;
    return by_message_type(catalogue, m.value(m.component(m.repetition(s, 9, 1), 1)));
  }
  choice = ProfileChoice::segments;
  const std::string_view type = m.find_segment("MSA") >= 0   ? "ACK"
                                : m.find_segment("RXA") >= 0 ? "VXU"
                                : m.find_segment("PID") >= 0 ? "VXU"
                                                             : "";
  return by_message_type(catalogue, type);
}

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
  return f;
}

void Checker::State::run(const CheckOptions& options) {
  report->findings.clear();
  report->undecided = 0;
  report->as_of = options.as_of;
  report->choice = ProfileChoice::forced;
  report->profile = options.profile.empty() ? choose_profile(catalogue, *message, report->choice)
                                            : catalogue.profile(options.profile);
  profile = report->profile;
  const auto segments = message->segments();
  const Span start = segments.empty() ? Span{} : name_span(segments[0]);
  if (!message->has_header()) add(Engine::header_missing, {segment_code("MSH"), 1}, start);
  if (!profile) {
    report->choice = ProfileChoice::none;
    const Path type{segment_code("MSH"), 1, 9, 1};
    Finding& f = add(Engine::profile_assumed, type, locate(*message, type).span);
    if (!message->has_header()) f.follows = 0;  // without an MSH nothing says what it is
    return;
  }
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
    if (def.table.checks.empty()) continue;
    Scope scope;
    scope.context = PlaceContext::group;
    scope.segments = structure.segments_of(static_cast<int>(g));
    segment = scope.segments[0];
    const Segment& first = segments[segment];
    const size_t before = report->findings.size();
    check_statements(def.table, scope, {static_cast<int>(segment), {}, {}});
    for (size_t i = before; i < report->findings.size(); ++i) {
      Finding& f = report->findings[i];
      if (f.path.segment) continue;
      f.group = placed.def;
      f.path.occurrence = placed.number;
      f.span = name_span(first);
    }
  }
  Scope whole;
  whole.context = PlaceContext::group;
  whole.segments = structure.segments_of(-1);
  whole.orders = structure.orders();
  if (!whole.segments.empty()) check_statements(profile->table, whole, {0, {}, {}});
  order_findings();
}

// ---- structure

void Checker::State::check_structure() {
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
    if (!fault.absent) continue;
    // What is missing may be there, out of place; a message without a header lacks MSH.
    const uint32_t opener = structure.head(fault.def);
    if (std::find(out_of_place.begin(), out_of_place.end(), opener) != out_of_place.end())
      f.follows = first_left_over;
    else if (!message->has_header() && opener == segment_code("MSH"))
      f.follows = 0;
  }
}

// Message order: by line, then by place in the line, a cause before what follows from it.
void Checker::State::order_findings() {
  auto& findings = report->findings;
  const size_t n = findings.size();
  order.resize(n);
  const auto key = [&](uint32_t i) { return uint64_t(findings[i].line) << 32 | findings[i].span.begin; };
  bool sorted = true;
  for (uint32_t i = 0; i < n; ++i) {
    order[i] = i;
    sorted = sorted && (i == 0 || key(i - 1) <= key(i));
  }
  if (!sorted) {
    std::sort(order.begin(), order.end(),
              [&](uint32_t a, uint32_t b) { return key(a) != key(b) ? key(a) < key(b) : a < b; });
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
  link_same_place();
}

// A second error at one place follows from the first: a code that is unknown is also none of those that a statement
// asks for. OBX-5 that cannot be read follows from what is wrong with OBX-2.
void Checker::State::link_same_place() {
  auto& findings = report->findings;
  const auto same_place = [](const Path& a, const Path& b) {
    const auto first = [](uint32_t n) { return n ? n : 1; };  // a field without components is its first component
    return a.segment == b.segment && a.occurrence == b.occurrence && a.field == b.field &&
           a.repetition == b.repetition && first(a.component) == first(b.component) &&
           first(a.subcomponent) == first(b.subcomponent);
  };
  const int unknown_type = catalogue.rule_index(Engine::value_type_unknown);
  for (size_t i = 0; i < findings.size(); ++i) {
    Finding& f = findings[i];
    if (f.severity != Severity::error || f.follows >= 0 || !f.path.field) continue;
    Path cause = f.path;
    if (f.rule == unknown_type) cause.field = 2;
    // What stands at one place is close together; a line may hold very many findings.
    for (size_t k = i; k-- > 0 && findings[k].line == f.line && i - k <= 64;) {
      const Finding& g = findings[k];
      if (g.severity != Severity::error || g.follows >= 0 || !same_place(g.path, cause)) continue;
      f.follows = static_cast<int32_t>(k);
      break;
    }
  }
}

}  // namespace iz
