#include "codesets/compare.h"

#include <algorithm>
#include <map>
#include <set>

#include "codesets/cdc_tables.h"

namespace iz {

namespace {

/// The rows of a table by key, in the order of the table.
using RowsByKey = std::map<std::string, std::vector<const Code*>>;

RowsByKey by_key(const CodeSet& set) {
  RowsByKey rows;
  for (const Code& row : set.codes()) rows[set.key_of(row)].push_back(&row);
  return rows;
}

using Values = std::vector<std::string_view>;

/// What a column says for one key: a value for each row, or one if all say the same.
Values values_of(const CodeSet& set, const std::vector<const Code*>& rows, size_t column) {
  Values values;
  for (const Code* row : rows) values.push_back(set.cell(*row, column));
  if (std::all_of(values.begin(), values.end(), [&](std::string_view v) { return v == values[0]; })) values.resize(1);
  return values;
}

std::string joined(const Values& values) {
  std::string out;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i) out += " / ";
    out += values[i].empty() && values.size() > 1 ? std::string_view("-") : values[i];
  }
  return out;
}

bool same_but_for_order(Values a, Values b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

/// Whether a column only describes.
bool describes(const CdcTable* table, std::string_view column) {
  if (!table) return column == "display" || column == "full" || column == "notes";
  const size_t at = table->column(column);
  return at != CdcTable::none && table->columns[at].kind == CellKind::text;
}

}  // namespace

size_t TableChanges::changed_keys() const {
  size_t count = 0;
  for (size_t i = 0; i < changed.size(); ++i) count += i == 0 || changed[i].key != changed[i - 1].key;
  return count;
}

size_t TableChanges::keys_of(ChangeKind kind) const {
  size_t count = 0;
  for (size_t i = 0; i < changed.size();) {
    bool all = true;
    size_t end = i;
    for (; end < changed.size() && changed[end].key == changed[i].key; ++end) all = all && changed[end].kind == kind;
    count += all;
    i = end;
  }
  return count;
}

TableChanges compare_tables(const CodeSet& before, const CodeSet& after) {
  TableChanges out;
  const CdcTable* table = cdc_table(after.id);
  out.table = table ? std::string(table->short_name) : after.id;
  out.name = after.name;
  out.before_edition = before.edition;
  out.after_edition = after.edition;
  out.before_rows = before.codes().size();
  out.after_rows = after.codes().size();

  struct Pair {
    size_t before, after;
    bool text;
  };
  std::vector<Pair> pairs;
  const auto in_key = [&](const std::string& column) {
    return std::find(after.key.begin(), after.key.end(), column) != after.key.end();
  };
  // What is derived (a CVX code is unspecified) follows from CDC's columns.
  const auto published = [&](const std::string& column) { return !table || table->column(column) != CdcTable::none; };
  for (size_t i = 0; i < after.columns().size(); ++i) {
    const std::string& name = after.columns()[i];
    if (in_key(name) || !published(name)) continue;
    const size_t there = before.column(name);
    if (there == CodeSet::none) {
      out.only_one.push_back(name);
      continue;
    }
    pairs.push_back({there, i, describes(table, name)});
    out.columns.push_back(name);
  }
  for (const std::string& name : before.columns())
    if (!in_key(name) && published(name) && after.column(name) == CodeSet::none) out.only_one.push_back(name);

  const RowsByKey old_rows = by_key(before), new_rows = by_key(after);
  for (const auto& [key, rows] : old_rows)
    if (!new_rows.contains(key)) out.removed.push_back(key);
  for (const auto& [key, rows] : new_rows) {
    const auto old = old_rows.find(key);
    if (old == old_rows.end()) {
      out.added.push_back(key);
      continue;
    }
    for (const Pair& pair : pairs) {
      const Values a = values_of(before, old->second, pair.before), b = values_of(after, rows, pair.after);
      if (a == b) continue;
      const ChangeKind kind = same_but_for_order(a, b) ? ChangeKind::order
                              : pair.text              ? ChangeKind::text
                                                       : ChangeKind::meaning;
      out.changed.push_back({key, after.columns()[pair.after], joined(a), joined(b), kind});
    }
  }
  return out;
}

}  // namespace iz
