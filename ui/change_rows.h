// Differences of two editions as rows to look at: one for each key, the weightiest first.
//
//     change_rows(compare_tables(older, newer), older, newer, true)   // status first, then what is gone, what is new, ...
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "codesets/compare.h"
#include "ui/codes_view.h"

namespace iz {

struct ChangeRow {
  ChangeFilter kind = ChangeFilter::changed;
  std::string key, code, name;
  std::string remark;             ///< of a row that is new or gone: what it is
  std::vector<CellChange> cells;  ///< of a changed one, the weightiest first
};

/// A changed status comes first, then what is gone, what is new, other changes, and names and notes last; these are left
/// out with `hide_text`.
std::vector<ChangeRow> change_rows(const TableChanges& changes, const CodeSet& before, const CodeSet& after,
                                   bool hide_text);
/// Whether a row holds all words of what was typed, in any case.
bool fits(const ChangeRow& row, std::string_view typed);
/// A column in words: "Last updated".
std::string_view column_words(std::string_view column);

}  // namespace iz
