// Two editions of one table, compared by key.
//
//     TableChanges c = compare_tables(older, newer);
//     c.added                     // {"330", "331"}; of several columns: "330|DENGUE"
//     for (const CellChange& x : c.changed) ...   // {"28", "status", "Active", "Inactive", ChangeKind::meaning}
//     changes_text(all), changes_csv(all), changes_json(all)
//
// Keys are those of `cdc_table`, else of `CodeSet::key`. Compared are the columns that both editions have: the flat files and the XML reports of
// one table differ in their columns, and so do the tables that are compiled in. Dates are compared as dates. A key that CDC
// lists several times has several values in a column; they are joined with " / " in the order of the file. If nothing but
// that order changed (NDC 62195-0051-01 in CDC's files), the kind says so: who reads the first row reads another value.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"

namespace iz {

enum class ChangeKind : uint8_t {
  meaning,  ///< status, dates, links, anything that decides how a code is used
  text,     ///< names, notes, blanks, the day of the last change: these change nothing about the use of a code
  order     ///< rows of one key have changed places
};

struct CellChange {
  std::string key;
  std::string column;
  std::string before, after;
  ChangeKind kind = ChangeKind::meaning;
};

/// What is different between two editions of a table. Lists are sorted by key, changes then by the columns of the table.
struct TableChanges {
  std::string table;  ///< short name: cvx
  std::string name;   ///< in words
  Edition before_edition, after_edition;
  size_t before_rows = 0, after_rows = 0;
  std::vector<std::string> added, removed;
  std::vector<CellChange> changed;
  std::vector<std::string> columns;   ///< that were compared, beside those of the key
  std::vector<std::string> only_one;  ///< columns that one of the two does not have

  /// Keys with at least one change.
  size_t changed_keys() const;
  /// Keys all of whose changes are of this kind.
  size_t keys_of(ChangeKind kind) const;
  bool none() const { return added.empty() && removed.empty() && changed.empty(); }
};

/// Whether rows of one key stand in the order of CDC's file, so that another order is a change. In the tables of the program
/// they do not.
enum class RowOrder : uint8_t { counts, ignored };

TableChanges compare_tables(const CodeSet& before, const CodeSet& after, RowOrder order = RowOrder::counts);

/// Compares the tables that both sides have, in the order of `cdc_tables`. `main_only`: where both sides are more than one
/// table, only the eight whose changes are counted with each edition, from CVX to CVX-VIS.
std::vector<TableChanges> compare_editions(std::span<const std::shared_ptr<const CodeSet>> before,
                                           std::span<const std::shared_ptr<const CodeSet>> after, bool main_only,
                                           RowOrder order = RowOrder::counts);

/// "+8 -0 ~17 (3 in texts only)"; "no change".
std::string changes_in_short(const TableChanges& changes);

/// For people, table by table: counts, then what was added, removed and changed; text-only changes last.
std::string changes_text(std::span<const TableChanges> tables);
/// table,change,kind,key,column,old,new: a line for each; change is added, removed or changed.
std::string changes_csv(std::span<const TableChanges> tables);
/// {"tables":{"cvx":{"added":[..],"removed":[..],"changed":[{"key","column","old","new"}]}}}
std::string changes_json(std::span<const TableChanges> tables);

}  // namespace iz
