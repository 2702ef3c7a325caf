#include "core/code_tables.h"

#include <algorithm>

#include "codesets/cdc_tables.h"
#include "codesets/ndc.h"

namespace iz {
namespace {

bool is_hl7_table(std::string_view system) { return system.size() == 7 && system.starts_with("HL7"); }

/// Tables that are published whole under the name of their coding system.
bool is_whole(std::string_view system) {
  return system == "CVX" || system == "MVX" || system == "NIP001" || system == "NIP002" || is_hl7_table(system);
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
  if (known(code) || system != "NDC") return known(code);
  const NdcReadings readings = read_ndc(code);
  return std::count_if(readings.all().begin(), readings.all().end(),
                       [&](const Ndc& ndc) { return known(ndc.text()); }) == 1;
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
