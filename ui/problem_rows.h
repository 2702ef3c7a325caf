// The rows of the list of problems: what the last edit took away, groups, problems, what follows from them.
//
//     for (const ProblemRow& row : problem_rows(workbench)) ...
//
// Within a group, as without groups, problems are in message order; a group stands where its first problem stood.
#pragma once
#include <string>
#include <vector>

#include "ui/workbench.h"

namespace iz {

struct ProblemRow {
  enum class Kind : uint8_t {
    change,     ///< how many problems the last edit added and took away; stands above the list
    gone,       ///< one that it took away: `count` is its index in ProblemChange::gone
    group,      ///< `words`, `more`, `count` problems
    finding,    ///< a problem
    fold,       ///< the `count` errors that follow from it
    follow_on,  ///< one of those, or a supported value that is not sent
    not_sent    ///< how many supported values are not sent
  };
  Kind kind = Kind::finding;
  uint32_t finding = 0;  ///< index in Report::findings
  uint32_t count = 0;
  bool fresh = false;       ///< the last edit added it, and what changed is shown
  std::string words, more;  ///< of a group: its name, and an id or place in the mono face
  bool problem() const { return kind == Kind::finding || kind == Kind::follow_on; }
};

std::vector<ProblemRow> problem_rows(const Workbench& workbench);

/// "1 gone, 2 new".
std::string change_words(const ProblemChange& change);

/// "In message order".
std::string_view label(ProblemOrder order);

/// A title of a rule without the values that a finding fills in: "A value is not in its code set", "RXA-2 is “…”, not 1".
std::string plain_title(std::string_view title);

}  // namespace iz
