// Fields, components, values and the statements on them.
#include <bit>

#include "core/check_state.h"
#include "core/dose_check.h"

namespace iz {
namespace {

/// Characters of a UTF-8 text; bytes that begin no character count with the one before.
uint32_t characters(std::string_view text) {
  uint32_t n = 0;
  for (char c : text) n += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return n;
}

uint64_t& of(UsageMasks& masks, Usage usage) { return masks[static_cast<size_t>(usage)]; }

constexpr uint64_t bit(uint32_t n) { return uint64_t{1} << n; }

/// The usage that is broken where an element of a table is there although it may not be, or is missing.
Usage broken(UsageMasks& masks, uint32_t n) {
  return of(masks, Usage::X) & bit(n) ? Usage::X : of(masks, Usage::R) & bit(n) ? Usage::R : Usage::RE;
}

/// What must be looked at: values that can be wrong, and elements that break their usage.
uint64_t looked_at(const ElementTable& table, UsageMasks& masks, uint64_t present) {
  return (present & (table.looked_at | of(masks, Usage::X))) |
         (~present & (of(masks, Usage::R) | of(masks, Usage::RE)));
}

/// Of a coded element: whether it has an alternate code, or of code and coding system only one.
bool is_unusual(uint32_t present) { return (present & 0x38) || ((present ^ present >> 2) & 1); }

/// Whether one of the code sets of an element has a code.
bool is_known(const ElementDef& def, std::string_view code) {
  return std::any_of(def.binding.begin(), def.binding.end(),
                     [&](const CodeSet* set) { return set->find(code) || set->matches_pattern(code); });
}

/// Whether a value without parts is right at first sight: a text, a known code, a number or a day, of the right length
/// without counting characters (a byte is at most one).
inline bool is_right(const ElementCell& whole, std::string_view value) {
  const ElementCell* cell = &whole;
  while (cell->alone) cell = &cell->type->table.cells[0];
  if (cell->value_checked && (value.size() < cell->min_length || value.size() > cell->max_length)) return false;
  if (cell->text) return true;
  if (cell->code) return is_known(*cell->def, value);
  if (!cell->plain) return false;
  const Format format = cell->type->format;
  return format == Format::si ? is_set_id(value) : format == Format::nm ? is_number(value) : is_day(value);
}

}  // namespace

Finding& Checker::State::add_here(Engine engine, Where where, Span span, const ElementDef& def) {
  Finding& f = add(engine, path(where), span);
  f.line = message->segments()[segment].line;
  f.element = &def;
  by_place(f, def.local);
  return f;
}

Scope Checker::State::scope_of_segment() const {
  Scope scope;
  scope.segment = segment;
  scope.around = &around;
  return scope;
}

Scope Checker::State::scope_of(const Parts& parts, Where where) const {
  Scope scope;
  scope.context = PlaceContext::data_type;
  scope.segment = segment;
  scope.element = parts.whole;
  scope.path = path(where);
  scope.parts = parts.level;
  scope.around = &around;
  return scope;
}

// ---- usage

template <class ScopeOf>
UsageMasks Checker::State::usages(const ElementTable& table, const Facts& facts, ScopeOf scope_of) {
  UsageMasks masks = table.usages;
  for (const ElementTable::Predicate& p : table.predicates) {
    Truth t{};
    if (p.when.flat()) {
      t = p.when(facts);
    } else {
      const ElementDef& def = *table.cells[p.element].def;
      t = evaluate(*message, def.in_group ? group : scope_of(), def.when, Use::antecedent);
    }
    report->undecided += t == Truth::unknown;
    if (t != Truth::unknown) of(masks, t == Truth::holds ? p.holds : p.fails) |= bit(p.element);
  }
  return masks;
}

void Checker::State::report_usage(const ElementDef& def, Usage usage, Where where, Span span) {
  const bool conditional = def.usage == Usage::C;
  const Engine engine = usage == Usage::X
                            ? (conditional ? Engine::condition_not_supported : Engine::element_not_supported)
                        : usage == Usage::R ? (conditional ? Engine::condition_missing : Engine::element_missing)
                                            : (conditional ? Engine::condition_not_sent : Engine::element_not_sent);
  add_here(engine, where, span, def);
}

// ---- fields

void Checker::State::check_segment(uint32_t index, const SegmentDef& def) {
  segment = index;
  segment_def = &def;
  const Message& m = *message;
  const Segment& s = m.segments()[index];
  const auto defined = static_cast<uint32_t>(def.fields.size());
  const uint64_t present = present_fields(0);
  const Facts facts = def.tables[0].facts.of_segment(m, index, present, &around);
  check_fields(def.tables[0], 0, present, facts);
  for (size_t k = 1; k < def.tables.size(); ++k) {
    const auto before = static_cast<uint32_t>(k) * ElementTable::most;
    check_fields(def.tables[k], before, present_fields(before),
                 def.tables[k].facts.of_segment(m, index, present, &around));
  }
  for (uint32_t n = defined + 1; n <= s.field_count; ++n) {
    if (!m.present(m.field(index, n))) continue;
    Finding& f = add(Engine::element_extra, {s.name, s.occurrence}, {m.span(m.field(index, n)).begin, s.end});
    f.line = s.line;
    f.number = defined;
    break;
  }
  const auto scope = [&] { return scope_of_segment(); };
  const auto whole = [&] { return Spot{static_cast<int>(index), {}, {s.name, s.occurrence}}; };
  check_statements(def.tables[0], facts, scope, whole);
  for (const StatementTable& table : def.quality)
    check_statements(table, table.facts.of_segment(m, index, present, &around), scope, whole);
}

/// Which of the 64 fields after field `before` hold a value.
uint64_t Checker::State::present_fields(uint32_t before) const {
  const Message& m = *message;
  const Segment& s = m.segments()[segment];
  if (before >= s.field_count) return 0;
  const uint32_t* const field = m.fields().data() + s.first_field + before + 1;  // first node of each
  const uint32_t count = std::min(s.field_count - before, ElementTable::most);
  const Node* const nodes = m.nodes().data();
  uint64_t present = 0;  // of most the length tells it
  for (uint32_t n = 0; n < count; ++n) present |= uint64_t{nodes[field[n]].begin != nodes[field[n + 1] - 1].end} << n;
  for (uint64_t todo = present; todo; todo &= todo - 1) {
    const auto n = static_cast<uint32_t>(std::countr_zero(todo));
    if (!m.holds(nodes[field[n]]) && !m.present({field[n], field[n + 1]})) present &= ~bit(n);
  }
  return present;
}

// Usage first: what breaks it is not looked at further.
void Checker::State::check_fields(const ElementTable& table, uint32_t before, uint64_t present, const Facts& facts) {
  UsageMasks masks = usages(table, facts, [&] { return scope_of_segment(); });
  for (uint64_t todo = looked_at(table, masks, present); todo; todo &= todo - 1) {
    const auto n = static_cast<uint32_t>(std::countr_zero(todo));
    const ElementCell& cell = table.cells[n];
    const uint32_t number = before + n + 1;
    const Element e = message->field(segment, number);
    if (present & ~of(masks, Usage::X) & bit(n)) {
      const bool one_node = e.last - e.first == 1;
      if (!one_node || !cell.once || !is_right(cell, message->value(e))) check_field(number, cell, e);
    } else {
      const uint32_t end = message->segments()[segment].end;
      report_usage(*cell.def, broken(masks, n), {number, 1}, e ? message->span(e) : Span{end, end});
    }
  }
}

// A value that was clean before is clean again, where nothing beside it decides.
void Checker::State::check_field(uint32_t number, const ElementCell& cell, Element field) {
  if (field.last - field.first == 1 && message->is_null(field)) return;  // deliberately emptied
  const DataTypeDef* const type = cell.varies ? field_type(cell, {number, 1}, field) : cell.type;
  if (!may_remember || !type || !type->self_contained) return check_repetitions(number, cell, type, field);
  const SeenValues::As as{&cell, type};
  const std::string_view value = message->value(field);
  if (seen.holds(as, value)) return;
  const size_t findings = report->findings.size();
  const auto undecided = report->undecided;
  check_repetitions(number, cell, type, field);
  if (report->findings.size() == findings && report->undecided == undecided) seen.add(as, value);
}

void Checker::State::check_repetitions(uint32_t number, const ElementCell& cell, const DataTypeDef* type,
                                       Element field) {
  Where where{number, 1};
  const bool single = message->part_end(field.first, field.last, Level::repetition) == field.last;
  const ElementDef& def = *cell.def;
  uint32_t instances = 0;
  for (uint32_t at = field.first; at < field.last; ++where.repetition) {
    const Element e{at, single ? field.last : message->part_end(at, field.last, Level::repetition)};
    at = e.last;
    if (!single && !message->present(e)) continue;
    ++instances;
    if (instances > def.max || (!single && message->is_null(e)))
      add_here(Engine::repetition_excess, where, message->span(e), def).number = def.max;
    if (type) check_value(cell, *type, e, where, Level::component);
  }
  if (instances < def.min) {
    const uint32_t end = message->span(field).end;
    where.repetition = instances + 1;
    add_here(Engine::repetition_missing, where, {end, end}, def).number = def.min;
  }
}

/// The data type of OBX-5, which OBX-2 names; nullptr when that is none.
const DataTypeDef* Checker::State::field_type(const ElementCell& cell, Where where, Element field) {
  const std::string_view name = message->value(message->field(segment, 2));
  for (const auto& [value, type] : segment_def->value_types)
    if (same_text(value, name)) return &profile->types[static_cast<size_t>(type)];
  add_here(Engine::value_type_unknown, where, message->span(field), *cell.def);
  return nullptr;
}

// ---- values

void Checker::State::check_value(const ElementCell& cell, const DataTypeDef& type, Element e, Where where,
                                 Level parts) {
  if (type.primitive()) {
    check_text(cell, cell, type, e, where, parts);
  } else if (parts == Level::segment) {
    // A subcomponent cannot be cut further: of a complex type it carries the first component.
    const ElementCell* first = &type.table.cells[0];
    while (first->type && !first->primitive) first = &first->type->table.cells[0];
    if (first->type) check_text(cell, *first, *first->type, e, where, parts);
  } else {
    check_components(type, e, where, parts, cell);
  }
}

/// A value of the primitive type of `text`, with the code set of `cell`.
void Checker::State::check_text(const ElementCell& cell, const ElementCell& text, const DataTypeDef& type, Element e,
                                Where where, Level parts) {
  check_primitive(text, type, e, where);
  if (!cell.bound) return;
  const uint32_t k = cell.def->binding_component;
  const Element code = k ? message->part(e, parts, k) : e;
  if (message->present(code)) check_binding(cell, code, {}, where, parts);
}

void Checker::State::check_components(const DataTypeDef& type, Element e, Where whole, Level level,
                                      const ElementCell& element) {
  const Message& m = *message;
  const ElementTable& table = type.table;
  const auto defined = static_cast<uint32_t>(type.components.size());
  const Parts parts(m, e, level, defined);
  const Facts facts = table.facts.of_parts(m, segment, parts, &around);
  const auto scope = [&] { return scope_of(parts, whole); };
  UsageMasks masks = usages(table, facts, scope);
  const Level inner = level == Level::component ? Level::subcomponent : Level::segment;
  for (uint64_t todo = looked_at(table, masks, parts.present); todo; todo &= todo - 1) {
    const auto n = static_cast<uint32_t>(std::countr_zero(todo));
    const ElementCell& cell = table.cells[n];
    const Element part = parts.part(n + 1);
    const bool there = parts.present & ~of(masks, Usage::X) & bit(n);
    if (there && part.last - part.first == 1 && is_right(cell, m.value(part))) continue;
    Where where = whole;
    (level == Level::component ? where.component : where.subcomponent) = n + 1;
    if (there) {
      check_value(cell, *cell.type, part, where, inner);
    } else {
      const uint32_t end = m.span(e).end;  // an absent part would stand at the end
      report_usage(*cell.def, broken(masks, n), where, part ? m.span(part) : Span{end, end});
    }
  }
  if (parts.end < e.last && m.present({parts.end, e.last})) {
    uint32_t at = parts.end;
    while (!m.present({at, m.part_end(at, e.last, level)})) at = m.part_end(at, e.last, level);
    Finding& f = add(Engine::element_extra, path(whole), {m.nodes()[at].begin, m.span(e).end});
    f.line = m.segments()[segment].line;
    f.number = defined;
  }
  check_statements(table, facts, scope, [&] { return Spot{static_cast<int>(segment), e, path(whole)}; });
  if (element.bound) {
    const uint32_t k = element.def->binding_component;
    const Element code = k ? parts.part(k) : e;
    if (m.present(code)) check_binding(element, code, k && type.coded ? parts.part(k + 2) : Element{}, whole, level);
  }
  if (type.coded && element.value_checked && is_unusual(parts.present))
    check_triplets(type, parts, whole, level, *element.def);
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

/// `code` holds a value; `system` is the coding system beside it, empty where there is none.
void Checker::State::check_binding(const ElementCell& cell, Element code, Element system, Where where, Level parts) {
  const ElementDef& def = *cell.def;
  const std::string_view value = message->value(code);
  const std::string_view system_value = message->value(system);
  const bool any_system = !message->present(system);
  const Code* row = nullptr;
  for (const CodeSet* set : def.binding) {
    if (any_system ? set->find(value) : set->find(value, system_value)) return;
    if (set->matches_pattern(value)) return;
    if (!row) row = set->find(value);
  }
  const uint32_t k = def.binding_component;
  uint32_t& number = parts == Level::component ? where.component : where.subcomponent;
  if (row) {
    number = k + 2;
    add_here(Engine::code_system_wrong, where, message->span(system), def).code = row;
  } else {
    if (k) number = k;
    add_here(Engine::code_unknown, where, message->span(code), def);
  }
}

// ---- statements

template <class ScopeOf, class SpotOf>
void Checker::State::check_statements(const StatementTable& table, const Facts& facts, ScopeOf scope_of,
                                      SpotOf whole_of) {
  const auto decide = [&](const Formula& formula, const Condition& condition, Use use, bool quality) {
    const Truth t = formula.flat() ? formula(facts) : evaluate(*message, scope_of(), condition, use);
    report->undecided += t == Truth::unknown && !quality;
    return t;
  };
  const auto check_one = [&](const StatementTable::Check& check, bool antecedent_holds) {
    const Statement& s = catalogue.statements[static_cast<size_t>(check.statement)];
    if ((antecedent_holds || decide(check.antecedent, s.antecedent, Use::antecedent, check.quality) == Truth::holds) &&
        decide(check.requirement, s.requirement, Use::requirement, check.quality) == Truth::fails)
      report_statement(s, scope_of(), whole_of());
  };
  if (table.blocks.empty()) {
    for (const StatementTable::Check& check : table.checks) check_one(check, false);
    return;
  }
  for (const StatementTable::Block& block : table.blocks) {
    // An antecedent that cannot be decided is counted for each of its checks.
    const Truth antecedent = block.antecedent.flat() ? block.antecedent(facts) : Truth::unknown;
    if (antecedent == Truth::fails) continue;
    const bool holds = antecedent == Truth::holds;
    const bool clean = holds && (facts.holds & block.all) == block.all && !(facts.holds & block.none) &&
                       !(facts.unknown & (block.all | block.none));
    for (size_t i = clean ? block.masked : block.first; i < block.last; ++i) check_one(table.checks[i], holds);
  }
}

void Checker::State::check_statements(std::span<const StatementTable> tables, const Scope& scope, const Spot& whole) {
  for (const StatementTable& table : tables)
    check_statements(
        table, table.facts.of_group(*message, scope), [here = &scope]() -> const Scope& { return *here; },
        [here = &whole]() -> const Spot& { return *here; });
}

void Checker::State::report_statement(const Statement& s, const Scope& scope, const Spot& whole) {
  if (const Condition& c = s.requirement; c.op == Op::dose_check) {
    for (const DoseFinding& f :
         find_dose_faults(*c.dose_codes, *message, scope.segments, static_cast<DoseFault>(c.check)))
      report_statement(s, f.spot);
    return;
  }
  Spot failed;
  evaluate(*message, scope, s.requirement, Use::requirement, &failed);
  report_statement(s, failed.segment >= 0 ? failed : whole);
}

void Checker::State::report_statement(const Statement& s, const Spot& at) {
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

}  // namespace iz
