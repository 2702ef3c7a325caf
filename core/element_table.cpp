#include "core/element_table.h"

#include <algorithm>

#include "codesets/codeset.h"
#include "core/profile.h"
#include "core/rule.h"

namespace iz {
namespace {

bool any_text(Format format) {
  return format == Format::st || format == Format::tx || format == Format::ft || format == Format::id ||
         format == Format::is;
}

ElementCell cell_of(const ElementDef& e, const std::vector<DataTypeDef>& types) {
  ElementCell cell;
  cell.def = &e;
  if (e.unknown) return cell;
  const DataTypeDef& type = types[static_cast<size_t>(e.type)];
  cell.type = &type;
  cell.primitive = type.primitive();
  cell.value_checked = e.value_checked;
  cell.bound = e.value_checked && !e.binding.empty() &&
               std::none_of(e.binding.begin(), e.binding.end(), [](const CodeSet* s) { return s->local; });
  const bool text = type.primitive() && any_text(type.format);
  cell.text = text && !cell.bound;
  cell.code = text && cell.bound && !e.binding_component;
  cell.plain = type.primitive() && !cell.bound &&
               (type.format == Format::si || type.format == Format::nm || type.format == Format::dt ||
                type.format == Format::dtm);
  cell.alone = type.alone && !cell.bound;
  cell.once = e.max > 0 && e.min <= 1;
  cell.min_length = e.min_length;
  cell.max_length = e.max_length;
  return cell;
}

}  // namespace

void StatementTable::add(int index, const Statement& s) {
  checks.push_back(
      {index, facts.add(s.antecedent, Use::antecedent), facts.add(s.requirement, Use::requirement), s.quality});
}

void StatementTable::make_blocks() {
  std::vector<Check> rest = std::move(checks);
  checks.clear();
  while (!rest.empty()) {
    Block block;
    block.antecedent = rest[0].antecedent;
    block.first = checks.size();
    const bool flat = block.antecedent.flat();
    std::vector<Check> others, left;
    for (size_t i = 0; i < rest.size(); ++i) {
      const bool here = i == 0 || (flat && rest[i].antecedent == block.antecedent);
      if (!here)
        left.push_back(rest[i]);
      else if (flat && rest[i].requirement.add_to(block.all, block.none))
        checks.push_back(rest[i]);
      else
        others.push_back(rest[i]);
    }
    block.masked = checks.size();
    checks.insert(checks.end(), others.begin(), others.end());
    block.last = checks.size();
    blocks.push_back(block);
    rest = std::move(left);
  }
}

bool ElementTable::first_may_stand_alone() const {
  Facts f;
  if (cells.empty() || !facts.of_first(f)) return false;
  UsageMasks masks = usages;
  for (const Predicate& p : predicates) {
    const Truth t = p.when.flat() ? p.when(f) : Truth::unknown;
    if (t == Truth::unknown) return false;
    masks[static_cast<size_t>(t == Truth::holds ? p.holds : p.fails)] |= uint64_t{1} << p.element;
  }
  if ((masks[size_t(Usage::X)] & 1) || ((masks[size_t(Usage::R)] | masks[size_t(Usage::RE)]) & ~uint64_t{1}))
    return false;
  return std::all_of(checks.begin(), checks.end(), [&](const Check& c) {
    if (!c.antecedent.flat()) return false;
    const Truth antecedent = c.antecedent(f);
    if (antecedent != Truth::holds) return antecedent == Truth::fails;
    return c.requirement.flat() && c.requirement(f) == Truth::holds;
  });
}

void add_statements(std::vector<StatementTable>& tables, const std::vector<int>& statements,
                    const std::vector<Statement>& all) {
  for (const int index : statements) {
    if (tables.empty() || tables.back().facts.full()) tables.emplace_back();
    tables.back().add(index, all[static_cast<size_t>(index)]);
  }
  for (StatementTable& table : tables) table.make_blocks();
}

void ElementTable::compile(PlaceContext context, std::span<const ElementDef> elements,
                           const std::vector<DataTypeDef>& types) {
  if (context == PlaceContext::data_type) facts.reserve(static_cast<uint32_t>(elements.size()));
  for (uint32_t n = 0; n < elements.size(); ++n) {
    const ElementDef& e = elements[n];
    const ElementCell& cell = cells.emplace_back(cell_of(e, types));
    const uint64_t bit = uint64_t{1} << n;
    if (!cell.type) continue;
    // A component that may hold any text of any length; a field can still be there too often.
    if (context == PlaceContext::segment || !cell.text || cell.value_checked) looked_at |= bit;
    if (e.usage != Usage::C) {
      usages[static_cast<size_t>(e.usage)] |= bit;
      continue;
    }
    const Formula when = e.in_group ? Formula::slow() : facts.add(e.when, Use::antecedent);
    predicates.push_back({when, n, e.usage_true, e.usage_false});
  }
}

}  // namespace iz
