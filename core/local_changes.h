// What a local profile changes, and what two of them say differently.
//
//     local_changes_text({*catalogue, *local})     // "PID-11: Patient Address", "  tighter: usage R, code WB-311, ..."
#pragma once
#include <string>
#include <vector>

#include "core/catalogue.h"

namespace iz {

/// A profile with the catalogue that holds it.
struct LocalSide {
  const Catalogue& catalogue;
  const LocalProfile& local;
};
/// One thing that a profile says differently than nationally or, of two, than the other.
struct LocalDifference {
  std::string about, title;             ///< "PID-11", "Patient Address"
  const LocalEffect* effect = nullptr;  ///< of the catalogues; nullptr: of `answers`, `timeliness` or `code_sets`
  std::string here, there;              ///< what the first says; what holds nationally, or what the second says
};
/// In the order of the profile; what only the second one says stands behind. With one profile, all that it changes.
std::vector<LocalDifference> local_differences(const LocalSide& a, const LocalSide* b = nullptr);
/// What a profile changes, a line each; with a second one, what differs between the two.
std::string local_changes_text(const LocalSide& a, const LocalSide* b = nullptr);
/// place,rule,title,national,here,kind,code,since,source,reason; with a second one place or rule,title,first,second.
std::string local_changes_csv(const LocalSide& a, const LocalSide* b = nullptr);
/// `[{"at","rule","title","national","here","kind","code","since","source","relaxes"}]`; with a second one "here" and "there".
/// `answers`, `timeliness` and `code_sets` stand at the end, under "title".
std::string local_changes_json(const LocalSide& a, const LocalSide* b = nullptr);

}  // namespace iz
