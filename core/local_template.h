// The data-error template: a local profile as a table, for people (HTML) and for spreadsheets (CSV), and back.
//
//     template_csv(catalogue, *local)          // all rules and required places; `local` may be nullptr: the national ones
//     local_from_csv(edited)                   // the profile as JSON again; throws LocalError: "row 14, column severity: ..."
//
// The rows of the CSV: `profile` (a member of the file, its value in `definition`), `change` (its cells say what differs;
// the others are empty), `rule` (one of the registry's own, in `definition`), `national` (as it is; a cell that is changed
// in a spreadsheet makes a change of it).
#pragma once
#include <string>
#include <string_view>

#include "core/catalogue.h"

namespace iz {

/// `catalogue` holds the profile.
std::string template_csv(const Catalogue& catalogue, const LocalProfile* local);
/// A page of its own: what the registry changes first, then all that holds as it is nationally.
std::string template_html(const Catalogue& catalogue, const LocalProfile* local);

/// A local profile from an edited template, in the form of `local_json` (core/local_edit.h). Throws LocalError with row and column; what
/// names something of the national rules is looked up, too.
std::string local_from_csv(std::string_view csv);

}  // namespace iz
