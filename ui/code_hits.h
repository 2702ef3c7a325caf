// What the search of the workspace Codes lists: rows of tables, and how each is written.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/code_search.h"
#include "core/message.h"
#include "ui/codes_view.h"

namespace iz {

/// Rows that fit what was typed, best first; with nothing typed all rows of the filter's tables. Over all tables the first
/// word may name the tables that are meant: "cvx 208", "ndc 00006".
std::vector<CodeHit> find_codes(const Catalogue& catalogue, const CodeSearch& search, std::string_view typed,
                                CodeFilter filter);
/// Whether the first word names tables and others follow it.
bool names_tables(std::string_view typed);
/// How many rows the tables of a filter have.
size_t count_codes(const Catalogue& catalogue, CodeFilter filter);
/// The filter that a table belongs to.
CodeFilter filter_of(std::string_view table);

struct HitWords {
  std::string_view code;
  std::string name;
  std::string second;       ///< who makes it, of what edition, which table
  std::string status;       ///< as published, or "Current", "Ended"
  std::vector<Span> marks;  ///< parts of `name` that were typed
};
/// The words of a row; `typed` is what is marked in them.
HitWords hit_words(const Catalogue& catalogue, const CodeHit& hit, std::string_view typed);

}  // namespace iz
