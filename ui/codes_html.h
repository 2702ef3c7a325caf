// The workspace Codes for the text version: what a search finds, the page of a code, how old the tables are.
#pragma once
#include <string>
#include <string_view>

#include "ui/workbench.h"

namespace iz {

/// "Codes as of 2025-12-09, 71 days old": of the edition in use.
std::string edition_sentence(const Workbench& w);
/// A table of hits, best first, each code a button with `data-table` and `data-code`; a sentence when there are none.
std::string code_hits_html(const Workbench& w, std::string_view typed);
/// The page of a code: heading, facts, what it leads to (buttons as above), where the message has it.
std::string code_page_html(const Workbench& w, std::string_view table, std::string_view code);

}  // namespace iz
