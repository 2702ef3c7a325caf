// The data-error template: a local profile as a table, for people (HTML) and for spreadsheets (CSV), and back; and what
// profiles change, side by side.
//
//     template_csv(catalogue, *local)          // all rules and required places; `local` may be nullptr: the national ones
//     local_from_csv(edited)                   // the profile as JSON again; throws LocalError: "row 14, column severity: ..."
//     local_changes_text(here)                 // "PID-11  usage R, nationally usage RE  tighter  WB-311"
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

/// A local profile from an edited template, in the form of `local_json`. Throws LocalError with row and column; what
/// names something of the national rules is looked up, too.
std::string local_from_csv(std::string_view csv);

/// A profile as its file should be written: members in their order, a change a line.
std::string local_json(const LocalProfile& local);

/// A profile with the catalogue that holds it.
struct LocalSide {
  const Catalogue& catalogue;
  const LocalProfile& local;
};
/// What a profile changes, a line each; with a second one, what differs between the two.
std::string local_changes_text(const LocalSide& a, const LocalSide* b = nullptr);
/// place,rule,title,national,here,kind,code,since,source,reason; with a second one place or rule,title,first,second.
std::string local_changes_csv(const LocalSide& a, const LocalSide* b = nullptr);
/// `[{"at","rule","title","national","here","kind","code","since","source","relaxes"}]`; with a second one "here" and "there".
/// `answers`, `timeliness` and `code_sets` stand at the end, under "title".
std::string local_changes_json(const LocalSide& a, const LocalSide* b = nullptr);

}  // namespace iz
