#include "core/check.h"

#include <algorithm>

#include "core/evaluate.h"
#include "core/structure.h"

namespace iz {
namespace {

/// Characters of a UTF-8 text; bytes that begin no character count with the one before.
uint32_t characters(std::string_view text) {
  uint32_t n = 0;
  for (char c : text) n += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return n;
}

/// The name of a segment, or what there is of a line that is shorter than a name.
Span name_span(const Segment& segment) { return {segment.begin, std::min(segment.end, segment.begin + 3)}; }

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

/// Components of one data type at most: XTN, the longest of HL7, has 25 in later versions. Proved at load.
constexpr uint32_t kCounted = Scope::most_components;

/// A place in the segment being checked.
struct Where {
  uint32_t field = 0, repetition = 0, component = 0, subcomponent = 0;
};

struct Checker::State {
  explicit State(const Catalogue& c) : catalogue(c) {}

  const Catalogue& catalogue;
  StructureMatch structure;
  const Message* message = nullptr;
  const Profile* profile = nullptr;
  Report* report = nullptr;
  uint32_t segment = 0;  ///< being checked
  const SegmentDef* segment_def = nullptr;
  Scope group;  ///< the group that holds it

  // Findings are rare: their making is kept out of the loops that mostly find none.
  [[gnu::noinline, gnu::cold]] Finding& add(Engine engine, const Path& path, Span span) {
    const Rule& rule = catalogue.rules[static_cast<size_t>(catalogue.rule_index(engine))];
    return add(static_cast<uint16_t>(catalogue.rule_index(engine)), rule, path, span);
  }

  [[gnu::noinline, gnu::cold]] Finding& add(uint16_t index, const Rule& rule, const Path& path, Span span) {
    Finding& f = report->findings.emplace_back();
    f.rule = index;
    f.kind = rule.kind;
    f.severity = rule.severity;
    f.layer = rule.layer;
    f.path = path;
    f.span = span;
    return f;
  }

  /// A finding at a place of the segment being checked.
  [[gnu::noinline, gnu::cold]] Finding& add_here(Engine engine, Where where, Span span, const ElementDef& def) {
    Finding& f = add(engine, path(where), span);
    f.line = message->segments()[segment].line;
    f.element = &def;
    return f;
  }

  Path path(Where w) const {
    const Segment& s = message->segments()[segment];
    return {s.name, s.occurrence, w.field, w.repetition, w.component, w.subcomponent};
  }

  void run(const CheckOptions& options);
  void check_structure();
  void check_segment(uint32_t index, const SegmentDef& def);
  /// Whether a value of any text is as it should be: the usual case, decided without a call.
  bool is_right(const ElementCell& cell, Element e) const {
    if (!cell.value_checked) return true;
    const Span s = message->span(e);
    return e.last - e.first == 1 && s.end - s.begin >= cell.min_length && s.end - s.begin <= cell.max_length;
  }

  void check_field(uint32_t number, const ElementCell& cell);
  void check_value(const ElementCell& cell, int type, Element element, Where where, Level parts);
  void check_components(const DataTypeDef& type, Element element, Where where, Level parts);
  void check_primitive(const ElementCell& cell, const DataTypeDef& type, Element element, Where where);
  void check_binding(const ElementDef& def, const DataTypeDef& type, Element element, Where where, Level parts);
  Usage decide(const ElementDef& def, const Scope& scope, bool present);
  [[gnu::noinline]] void report_usage(const ElementDef& def, Usage usage, bool present, Where where, Span span);
  int field_type(const ElementCell& cell, Where where, Element field);
  void check_statements(const std::vector<int>& statements, const Scope& scope, const Spot& whole);
  void order_findings();
  void link_same_place();

  std::vector<uint32_t> out_of_place;  // names of known segments that are left over
  std::vector<uint32_t> order;         // scratch of order_findings
  std::vector<int32_t> moved;
  std::vector<Finding> sorted_findings;
};

Checker::Checker(const Catalogue& catalogue) : state_(std::make_unique<State>(catalogue)) {}
Checker::~Checker() = default;

void Checker::check(const Message& message, const CheckOptions& options, Report& report) {
  state_->message = &message;
  state_->report = &report;
  state_->run(options);
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
    group.context = Context::group;
    group.segments = structure.segments_of(placed.group);
    check_segment(placed.segment, profile->segments[static_cast<size_t>(placed.def)]);
  }
  for (size_t g = 0; g < structure.groups().size(); ++g) {
    const PlacedGroup& placed = structure.groups()[g];
    const StructureDef& def = profile->structure[static_cast<size_t>(placed.def)];
    if (def.statements.empty()) continue;
    Scope scope;
    scope.context = Context::group;
    scope.segments = structure.segments_of(static_cast<int>(g));
    segment = scope.segments[0];
    const Segment& first = segments[segment];
    const size_t before = report->findings.size();
    check_statements(def.statements, scope, {static_cast<int>(segment), {}, {}});
    for (size_t i = before; i < report->findings.size(); ++i) {
      Finding& f = report->findings[i];
      if (f.path.segment) continue;
      f.group = placed.def;
      f.path.occurrence = placed.number;
      f.span = name_span(first);
    }
  }
  Scope whole;
  whole.context = Context::group;
  whole.segments = structure.segments_of(-1);
  whole.orders = structure.orders();
  if (!whole.segments.empty()) check_statements(profile->statements, whole, {0, {}, {}});
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

// ---- fields and components

void Checker::State::check_segment(uint32_t index, const SegmentDef& def) {
  segment = index;
  segment_def = &def;
  const Segment& s = message->segments()[index];
  const auto defined = static_cast<uint32_t>(def.fields.size());
  const uint32_t last = std::min(defined, std::max(s.field_count, def.cells.demanding));
  for (uint32_t n = 1; n <= last; ++n) {
    const ElementCell& cell = def.cells.list[n - 1];
    // Most fields are empty and may be.
    if (cell.free_when_absent && message->empty(message->field(index, n))) continue;
    check_field(n, cell);
  }
  for (uint32_t n = defined + 1; n <= s.field_count; ++n) {
    if (!message->present(message->field(index, n))) continue;
    Finding& f =
        add(Engine::element_extra, {s.name, s.occurrence}, {message->span(message->field(index, n)).begin, s.end});
    f.line = s.line;
    f.number = defined;
    break;
  }
  Scope scope;
  scope.segment = index;
  check_statements(def.statements, scope, {static_cast<int>(index), {}, {s.name, s.occurrence}});
}

/// What a conditional usage comes to. When its predicate cannot be decided, nothing is asked.
Usage Checker::State::decide(const ElementDef& def, const Scope& scope, bool present) {
  const Truth t = evaluate(*message, def.in_group ? group : scope, def.when, Use::antecedent);
  if (t == Truth::unknown) {
    ++report->undecided;
    return present ? Usage::O : Usage::X;
  }
  return t == Truth::holds ? def.usage_true : def.usage_false;
}

/// Says that a usage is broken, if it is.
void Checker::State::report_usage(const ElementDef& def, Usage usage, bool present, Where where, Span span) {
  const bool conditional = def.usage == Usage::C;
  if (present) {
    if (usage == Usage::X)
      add_here(conditional ? Engine::condition_not_supported : Engine::element_not_supported, where, span, def);
  } else if (usage == Usage::R) {
    add_here(conditional ? Engine::condition_missing : Engine::element_missing, where, span, def);
  } else if (usage == Usage::RE) {
    add_here(conditional ? Engine::condition_not_sent : Engine::element_not_sent, where, span, def);
  }
}

// Usage first: what breaks it is not looked at further.
void Checker::State::check_field(uint32_t n, const ElementCell& cell) {
  if (cell.type < 0) return;
  const Element field = message->field(segment, n);
  const bool present = message->present(field);
  Usage usage = cell.usage;
  if (usage == Usage::C) {
    Scope scope;
    scope.segment = segment;
    usage = decide(*cell.def, scope, present);
  }
  Where where{n, 1};
  if (!present || usage == Usage::X) {
    const uint32_t end = message->segments()[segment].end;
    report_usage(*cell.def, usage, present, where, field ? message->span(field) : Span{end, end});
    return;
  }

  const bool single = message->part_end(field.first, field.last, Level::repetition) == field.last;
  if (single && cell.text && cell.max > 0 && cell.min <= 1 && is_right(cell, field)) return;
  if (single && message->is_null(field)) return;  // deliberately emptied
  const ElementDef& def = *cell.def;
  const int type = cell.varies ? field_type(cell, where, field) : cell.type;
  uint32_t instances = 0;
  for (uint32_t at = field.first; at < field.last; ++where.repetition) {
    const Element e{at, single ? field.last : message->part_end(at, field.last, Level::repetition)};
    at = e.last;
    if (!single && !message->present(e)) continue;
    ++instances;
    if (instances > def.max || (!single && message->is_null(e)))
      add_here(Engine::repetition_excess, where, message->span(e), def).number = def.max;
    if (type >= 0) check_value(cell, type, e, where, Level::component);
  }
  if (instances < def.min) {
    const uint32_t end = message->span(field).end;
    where.repetition = instances + 1;
    add_here(Engine::repetition_missing, where, {end, end}, def).number = def.min;
  }
}

/// The data type of OBX-5, which OBX-2 names; -1 when that is none.
int Checker::State::field_type(const ElementCell& cell, Where where, Element field) {
  const std::string_view name = message->value(message->field(segment, 2));
  for (const auto& [value, type] : segment_def->value_types)
    if (value == name) return type;
  add_here(Engine::value_type_unknown, where, message->span(field), *cell.def);
  return -1;
}

void Checker::State::check_value(const ElementCell& cell, int type_index, Element e, Where where, Level parts) {
  const DataTypeDef* type = &profile->types[static_cast<size_t>(type_index)];
  const ElementCell* element = &cell;
  // A subcomponent cannot be cut further: of a complex type it carries the first component.
  while (parts == Level::segment && !type->primitive()) {
    element = &type->cells.list[0];
    type = &profile->types[static_cast<size_t>(element->type)];
  }
  if (type->primitive())
    check_primitive(*element, *type, e, where);
  else
    check_components(*type, e, where, parts);
  if (cell.bound) check_binding(*cell.def, *type, e, where, parts);
}

void Checker::State::check_components(const DataTypeDef& type, Element e, Where whole, Level parts) {
  Scope scope;
  scope.context = Context::data_type;
  scope.segment = segment;
  scope.element = e;
  scope.path = path(whole);
  scope.parts = parts;
  const auto defined = static_cast<uint32_t>(type.components.size());
  const uint32_t walked = std::min(defined, kCounted);
  // One walk finds the parts and which of them hold a value; predicates ask for that again and again.
  uint32_t begins[kCounted + 1];
  uint32_t count = 0, at = e.first;
  for (; at < e.last && count < walked; ++count) {
    begins[count] = at;
    at = message->part_end(at, e.last, parts);
    if (message->present({begins[count], at})) scope.present |= 1u << count;
  }
  begins[count] = at;
  scope.counted = walked;

  Where where = whole;
  uint32_t& number = parts == Level::component ? where.component : where.subcomponent;
  const Level inner = parts == Level::component ? Level::subcomponent : Level::segment;
  for (uint32_t n = 0; n < count || n < type.cells.demanding; ++n) {
    const ElementCell& cell = type.cells.list[n];
    const bool present = n < count && (scope.present >> n & 1);
    if (cell.type < 0 || (!present && cell.free_when_absent)) continue;
    number = n + 1;
    const Element part = n < count ? Element{begins[n], begins[n + 1]} : Element{};
    const Usage usage = cell.usage == Usage::C ? decide(*cell.def, scope, present) : cell.usage;
    if (present && usage != Usage::X) {
      if (!cell.text || !is_right(cell, part)) check_value(cell, cell.type, part, where, inner);
    } else {
      const uint32_t end = message->span(e).end;  // an absent part would stand at the end
      report_usage(*cell.def, usage, present, where, part ? message->span(part) : Span{end, end});
    }
  }
  if (at < e.last && message->present({at, e.last})) {
    while (!message->present({at, message->part_end(at, e.last, parts)})) at = message->part_end(at, e.last, parts);
    Finding& f = add(Engine::element_extra, scope.path, {message->nodes()[at].begin, message->span(e).end});
    f.line = message->segments()[segment].line;
    f.number = defined;
  }
  if (!type.statements.empty()) check_statements(type.statements, scope, {static_cast<int>(segment), e, scope.path});
}

void Checker::State::check_primitive(const ElementCell& cell, const DataTypeDef& type, Element e, Where where) {
  if (!cell.value_checked) return;
  const std::string_view value = message->value(e);
  if (value.size() < cell.min_length || value.size() > cell.max_length) {
    const uint32_t length = characters(value);
    if (length < cell.min_length || length > cell.max_length)
      add_here(Engine::length_wrong, where, message->span(e), *cell.def).number = length;
  }
  bool right = true;
  switch (type.format) {
    case Format::nm:
      right = is_number(value);
      break;
    case Format::si:
      right = is_set_id(value);
      break;
    case Format::dt:
      right = is_date(value);
      break;
    case Format::tm:
      right = is_clock(value);
      break;
    case Format::dtm:
      right = parse_time(value).has_value();
      break;
    default:
      if (e.last - e.first > 1) add_here(Engine::separator_unescaped, where, message->span(e), *cell.def);
  }
  if (!right) add_here(Engine::format_wrong, where, message->span(e), *cell.def);
}

void Checker::State::check_binding(const ElementDef& def, const DataTypeDef& type, Element e, Where where,
                                   Level parts) {
  const uint32_t k = def.binding_component;
  const Element code = k ? message->part(e, parts, k) : e;
  if (!message->present(code)) return;
  const std::string_view value = message->value(code);
  const bool coded = k && type.coded;
  const Element system_element = coded ? message->part(e, parts, k + 2) : Element{};
  const std::string_view system = message->value(system_element);
  const bool any_system = !coded || !message->present(system_element);
  const Code* row = nullptr;
  for (const CodeSet* set : def.binding) {
    if (any_system ? set->find(value) : set->find(value, system)) return;
    if (set->matches_pattern(value)) return;
    if (!row) row = set->find(value);
  }
  uint32_t& number = parts == Level::component ? where.component : where.subcomponent;
  if (row) {
    number = k + 2;
    add_here(Engine::code_system_wrong, where, message->span(system_element), def).code = row;
  } else {
    if (k) number = k;
    add_here(Engine::code_unknown, where, message->span(code), def);
  }
}

// ---- statements

void Checker::State::check_statements(const std::vector<int>& statements, const Scope& scope, const Spot& whole) {
  for (const int index : statements) {
    const Statement& s = catalogue.statements[static_cast<size_t>(index)];
    if (s.antecedent) {
      const Truth t = evaluate(*message, scope, s.antecedent, Use::antecedent);
      report->undecided += t == Truth::unknown;
      if (t != Truth::holds) continue;
    }
    const Truth t = evaluate(*message, scope, s.requirement, Use::requirement);
    report->undecided += t == Truth::unknown;
    if (t != Truth::fails) continue;
    Spot failed;  // only now is the place worth finding
    evaluate(*message, scope, s.requirement, Use::requirement, &failed);
    const bool placed = failed.segment >= 0;
    const Spot& at = placed ? failed : whole;
    const Segment& line = message->segments()[static_cast<size_t>(at.segment)];
    Span span = message->span(at.element);
    if (!at.element) {  // where it would stand
      const Element field = message->field(static_cast<uint32_t>(at.segment), at.path.field);
      const uint32_t end = at.path.field && field ? message->span(field).end : line.end;
      span = at.path.field ? Span{end, end} : Span{line.begin, line.begin + 3};
    }
    Finding& f = add(static_cast<uint16_t>(s.rule), catalogue.rules[static_cast<size_t>(s.rule)], at.path, span);
    f.line = line.line;
    if (const SegmentDef* def = profile->segment(at.path.segment);
        def && at.path.field && at.path.field <= def->fields.size())
      f.element = &def->fields[at.path.field - 1];
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
