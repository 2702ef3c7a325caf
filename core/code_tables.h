// The tables that a coding system stands for: where a code can be looked up by the name that stands beside it.
//
//     tables_of_system(catalogue, &rxa5, "NDC")      // unit of use, unit of sale
//     tables_of_system(catalogue, &rxa5, "CPT")[0]   // nullptr: a system whose codes we do not hold
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "core/catalogue.h"

namespace iz {

/// No more than two tables make up one system; unused places are null.
using SystemTables = std::array<const CodeSet*, 2>;

/// The tables that hold every code of a coding system, as far as we know them: CVX, MVX, NIP001, NIP002, NDC and the
/// HL7 tables. A selection of codes (CDCREC, NCIT, UCUM, LOINC, SNOMED CT) is none of these; the guide's selection of
/// an HL7 table is one for the element that it is bound to, where the whole table is not held. `element` may be null.
SystemTables tables_of_system(const Catalogue& catalogue, const ElementDef* element, std::string_view system);

/// Whether one of the tables has a code, or a form for it. A National Drug Code counts in each form that it is written in
/// (codesets/ndc.h), as long as only one code that is listed can be meant.
bool has_code(const SystemTables& tables, std::string_view system, std::string_view code);

/// The tables that a partner's list is compared with (codesets/partner_list.h): those that trading partners exchange, or
/// the one that is named by id or short name.
std::vector<const CodeSet*> partner_tables(const Catalogue& catalogue, std::string_view table = {});

}  // namespace iz
