// What a local profile changes, and what two of them say differently.
//
//     local_changes_text({*catalogue, *local})     // "PID-11: Patient Address", "  tighter: usage R, code WB-311, ..."
#pragma once
#include <string>

#include "core/catalogue.h"

namespace iz {

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
