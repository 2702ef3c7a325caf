// Fixes for codes: the spelling of the table, the nearest codes, the coding system that has the code.
#include <algorithm>

#include "core/code_tables.h"
#include "core/elements.h"
#include "core/fix_parts.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr size_t kNearest = 3;  ///< nearest codes that are offered

/// The place `n` components (or subcomponents, in a component) further on.
Path beside(Path path, int n) {
  uint32_t& number = path.subcomponent ? path.subcomponent : path.component;
  number = static_cast<uint32_t>(static_cast<int>(number) + n);
  return path;
}

std::string_view value_at(const Message& m, const Path& path) { return m.value(locate(m, path).span); }

const CodeSet* set_at(const Condition& c, uint32_t component) {
  if (c.op == Op::in_code_set && c.at.component == component) return c.code_set;
  for (const Condition& part : c.parts)
    if (const CodeSet* set = set_at(part, component)) return set;
  return nullptr;
}

/// The tables that a code at the finding's place may come from.
std::vector<const CodeSet*> tables(const Mending& m) {
  std::vector<const CodeSet*> out;
  const Finding& f = m.finding;
  if (m.is(Engine::alternate_code_unknown)) {
    for (const CodeSet* set : tables_of_system(m.catalogue, f.element, value_at(m.message, beside(f.path, 2))))
      if (set) out.push_back(set);
    return out;
  }
  if (m.catalogue.rules[f.rule].kind != Kind::statement)
    return f.element ? f.element->binding : std::vector<const CodeSet*>{};
  for (const Statement& s : m.catalogue.statements)
    if (s.rule == f.rule)
      if (const CodeSet* set = set_at(s.requirement, f.path.component)) return {set};
  return out;
}

struct Candidate {
  const Code* row;
  std::string_view system;
};

/// Writes a code, and its coding system where another one stands beside it.
void write_code(const Mending& m, const Candidate& c, bool safe) {
  const Finding& f = m.finding;
  const std::string text = escape(c.row->code, m.message.delimiters());
  Edits edits{{f.span, text}};
  if (f.path.component || f.path.subcomponent) {
    const Location system = locate(m.message, beside(f.path, 2));
    if (system.found && m.message.present(system.element) && m.message.value(system.span) != c.system &&
        !c.system.empty())
      edits.push_back({system.span, escape(c.system, m.message.delimiters())});
  }
  std::string label = "Replace " + short_value(m.value()) + " with " + std::string(c.row->code);
  if (!c.row->display.empty() && c.row->display != c.row->code && !safe) label += ", " + short_value(c.row->display);
  m.add(std::move(label), std::move(edits), safe);
}

}  // namespace

void mend_code(const Mending& m) {
  const std::string_view value = trim_blanks(m.value());
  if (value.empty() || value.size() > 60) return;
  std::vector<Candidate> same, near;
  for (const CodeSet* set : tables(m)) {
    for (const Code* row : set->nearest(value, kNearest)) {
      const Candidate c{row, set->system_of(*row)};
      const bool spelling = same_but_spelling(row->code, value);
      if (!spelling && set->id == "NDC_Sale") continue;  // a message names the unit of use
      auto& list = spelling ? same : near;
      const bool known =
          std::any_of(list.begin(), list.end(), [&](const Candidate& o) { return o.row->code == row->code; });
      if (!known) list.push_back(c);
    }
    // A code that stands there with blanks around it.
    if (const Code* row = set->find(value); row && same.empty()) same.push_back({row, set->system_of(*row)});
  }
  for (const Candidate& c : same) write_code(m, c, m.mend.safe && same.size() == 1);
  if (!same.empty() || value.size() < 2) return;  // every code of one letter is near
  for (size_t i = 0; i < std::min(near.size(), kNearest); ++i) write_code(m, near[i], false);
}

void mend_system(const Mending& m) {
  const Finding& f = m.finding;
  const uint32_t number = f.path.subcomponent ? f.path.subcomponent : f.path.component;
  if (number != 3 && number != 6) return;  // the code itself is missing
  Path whole = f.path;                     // the coded element, which the code sets are bound to
  (whole.subcomponent ? whole.subcomponent : whole.component) = 0;
  const Place place = find_place(m.catalogue, m.message, m.report.profile, whole);
  const std::string_view code = value_at(m.message, beside(f.path, -2));
  if (code.empty()) return;
  std::vector<std::string_view> systems;
  for (const CodeSet* set : place.codes) {
    for (const Code& row : set->codes()) {
      const std::string_view system = set->system_of(row);
      if (row.code == code && !system.empty() && std::find(systems.begin(), systems.end(), system) == systems.end())
        systems.push_back(system);
    }
  }
  const bool safe = m.mend.safe && systems.size() == 1;
  for (const std::string_view system : systems) m.write(f.path, escape(system, m.message.delimiters()), safe);
}

}  // namespace iz
