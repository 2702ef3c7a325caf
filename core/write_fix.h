// Fixes and plans as text and JSON, one form for the command, the page and the module.
#pragma once
#include <string>

#include "core/fix.h"
#include "core/json.h"

namespace iz {

/// For each finding that can be mended: its index in the report, rule and place, and the fixes with their edits.
std::string fixes_json(const Catalogue&, const Message&, const Report&, Offsets offsets = Offsets::bytes);
/// {"steps": [{"rule", "place", "line", "label", "before", "after"}], "text"}.
std::string plan_json(const Catalogue&, const FixPlan&);
/// One line for each step: "line 5  Write 1 in RXA[2]-2  (2 -> 1)"; "Nothing can be mended safely" without any.
std::string plan_text(const FixPlan&);

}  // namespace iz
