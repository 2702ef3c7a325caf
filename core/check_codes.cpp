// Coded elements (CE, CWE, CNE) beyond what usage and binding say: code, text and coding system taken together, in the
// first triplet (components 1 to 3) and in the alternate one (4 to 6).
//
// HL7 v2.5.1 2.A.3 (CE), 2.A.13 (CWE).
#include "core/check_state.h"
#include "core/code_tables.h"

namespace iz {
namespace {

constexpr uint32_t kFirst = 1, kAlternate = 4;  // the components that a triplet begins with

/// A usage that nothing else speaks of: where the profile says more, its usage tells what is missing.
bool is_free(const DataTypeDef& type, uint32_t component) {
  return component <= type.components.size() && type.components[component - 1].usage == Usage::O;
}

}  // namespace

void Checker::State::check_triplets(const DataTypeDef& type, const Parts& parts, Where whole, Level level,
                                    const ElementDef& def) {
  const auto at = [&](uint32_t n) {
    Where where = whole;
    (level == Level::component ? where.component : where.subcomponent) = n;
    return where;
  };
  const auto holds = [&](uint32_t n) { return (parts.present >> (n - 1) & 1) != 0; };
  const auto missing = [&](uint32_t n) {
    const Element part = parts.part(n);
    const uint32_t end = message->span(parts.whole).end;
    add_here(Engine::code_incomplete, at(n), part ? message->span(part) : Span{end, end}, def);
  };
  for (const uint32_t code : {kFirst, kAlternate}) {
    const uint32_t text = code + 1, system = code + 2;
    if (holds(code) && !holds(system) && is_free(type, system)) missing(system);
    if (holds(code) || !is_free(type, code)) continue;
    // The first text may stand alone: it is what the sender has where there is no code.
    const bool alone =
        (holds(system) && is_free(type, system)) || (code == kAlternate && holds(text) && is_free(type, text));
    if (alone) missing(code);
  }
  if (!holds(kAlternate) || !holds(kAlternate + 2)) return;
  const Element code = parts.part(kAlternate), system = parts.part(kAlternate + 2);
  const std::string_view value = message->value(code);
  const std::string_view named = message->value(system);
  const SystemTables tables = tables_of_system(catalogue, &def, named);
  if (!tables[0] || has_code(tables, named, value)) return;
  for (const CodeSet* set : def.binding) {
    const Code* row = set->find(value);
    if (!row || set->system_of(*row) == named) continue;
    add_here(Engine::alternate_system_wrong, at(kAlternate + 2), message->span(system), def).code = row;
    return;
  }
  add_here(Engine::alternate_code_unknown, at(kAlternate), message->span(code), def);
}

}  // namespace iz
