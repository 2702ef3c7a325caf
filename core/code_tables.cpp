#include "core/code_tables.h"

#include <algorithm>
#include <string>
#include <utility>

#include "codesets/cdc_tables.h"

namespace iz {
namespace {

bool is_hl7_table(std::string_view system) { return system.size() == 7 && system.starts_with("HL7"); }

/// Tables that are published whole under the name of their coding system.
bool is_whole(std::string_view system) {
  return system == "CVX" || system == "MVX" || system == "NIP001" || system == "NIP002" || is_hl7_table(system);
}

/// An NDC of ten digits in three parts as 5-4-2; any other text as it is.
std::string full_ndc(std::string_view code) {
  const size_t first = code.find('-');
  const size_t second = first == std::string_view::npos ? first : code.find('-', first + 1);
  if (code.size() != 12 || second == std::string_view::npos) return std::string(code);
  std::string out;
  for (const auto& [part, length] :
       {std::pair{code.substr(0, first), size_t{5}}, std::pair{code.substr(first + 1, second - first - 1), size_t{4}},
        std::pair{code.substr(second + 1), size_t{2}}}) {
    if (!out.empty()) out += '-';
    if (part.size() < length) out.append(length - part.size(), '0');
    out += part;
  }
  return out;
}

bool can_be_looked_up(const CodeSet* set) { return set && !set->open && !set->local && !set->codes().empty(); }

}  // namespace

SystemTables tables_of_system(const Catalogue& catalogue, const ElementDef* element, std::string_view system) {
  if (system == "NDC") return {catalogue.code_set("NDC_Use"), catalogue.code_set("NDC_Sale")};
  if (!is_whole(system)) return {};
  if (const CodeSet* set = catalogue.code_set(system)) return {can_be_looked_up(set) ? set : nullptr, nullptr};
  if (!element) return {};
  const auto bound = std::find_if(element->binding.begin(), element->binding.end(),
                                  [&](const CodeSet* set) { return set->system == system && can_be_looked_up(set); });
  return {bound != element->binding.end() ? *bound : nullptr, nullptr};
}

bool has_code(const SystemTables& tables, std::string_view system, std::string_view code) {
  const auto known = [&](std::string_view text) {
    return std::any_of(tables.begin(), tables.end(),
                       [&](const CodeSet* set) { return set && (set->find(text) || set->matches_pattern(text)); });
  };
  return known(code) || (system == "NDC" && known(full_ndc(code)));
}

std::vector<const CodeSet*> partner_tables(const Catalogue& catalogue, std::string_view table) {
  std::vector<const CodeSet*> out;
  const auto add = [&](std::string_view id) {
    if (const CodeSet* set = catalogue.code_set(id)) out.push_back(set);
  };
  if (!table.empty()) {
    const CdcTable* cdc = cdc_table(table);
    add(cdc ? cdc->id : table);
  } else {
    for (const std::string_view id : {"CVX", "MVX", "NDC_Use", "NDC_Sale", "PHVS_VISBarcodes_IIS", "TradeName", "CPT"})
      add(id);
  }
  return out;
}

}  // namespace iz
