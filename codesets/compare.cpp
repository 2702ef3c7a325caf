#include "codesets/compare.h"

#include <algorithm>
#include <map>
#include <set>

#include "codesets/cdc_tables.h"
#include "core/sort.h"

namespace iz {

namespace {

/// The rows of a table by key, in the order of the table.
using RowsByKey = std::map<std::string, std::vector<const Code*>>;

RowsByKey by_key(const CodeSet& set, const std::vector<std::string>& key) {
  std::vector<size_t> columns;
  columns.reserve(key.size());
  for (const std::string& name : key) columns.push_back(set.column(name));
  RowsByKey rows;
  std::string text;
  for (const Code& row : set.codes()) {
    text.clear();
    for (const size_t column : columns) {
      if (column != columns[0]) text += '|';
      text += set.cell(row, column);
    }
    rows[text].push_back(&row);
  }
  return rows;
}

/// The columns that tell one row from others.
std::vector<std::string> key_columns(const CdcTable* table, const CodeSet& set) {
  if (!table) return set.key;
  std::vector<std::string> key;
  std::string_view words = table->key;
  while (!words.empty()) key.emplace_back(next_word(words));
  return key;
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
  sort_values(a, std::less<>());
  sort_values(b, std::less<>());
  return a == b;
}

/// Whether a column only describes. The day of a change says nothing that the change itself does not.
bool describes(const CdcTable* table, std::string_view column) {
  if (column == "updated") return true;
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

TableChanges compare_tables(const CodeSet& before, const CodeSet& after, RowOrder order) {
  TableChanges out;
  const CdcTable* table = cdc_table(after.id);
  out.table = table ? std::string(table->short_name) : after.id;
  out.name = after.name;
  out.before_edition = before.edition;
  out.after_edition = after.edition;
  out.before_rows = before.codes().size();
  out.after_rows = after.codes().size();

  const std::vector<std::string> key = key_columns(table, after);
  struct Pair {
    size_t before, after;
    bool text;
  };
  std::vector<Pair> pairs;
  const auto in_key = [&](const std::string& column) { return std::find(key.begin(), key.end(), column) != key.end(); };
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

  const RowsByKey old_rows = by_key(before, key), new_rows = by_key(after, key);
  for (const auto& [name, rows] : old_rows)
    if (!new_rows.contains(name)) out.removed.push_back(name);
  for (const auto& [name, rows] : new_rows) {
    const auto old = old_rows.find(name);
    if (old == old_rows.end()) {
      out.added.push_back(name);
      continue;
    }
    for (const Pair& pair : pairs) {
      const Values a = values_of(before, old->second, pair.before), b = values_of(after, rows, pair.after);
      if (a == b) continue;
      const ChangeKind kind = same_but_for_order(a, b) ? ChangeKind::order
                              : pair.text              ? ChangeKind::text
                                                       : ChangeKind::meaning;
      if (kind == ChangeKind::order && order == RowOrder::ignored) continue;
      out.changed.push_back({name, after.columns()[pair.after], joined(a), joined(b), kind});
    }
  }
  return out;
}

std::vector<TableChanges> compare_editions(std::span<const std::shared_ptr<const CodeSet>> before,
                                           std::span<const std::shared_ptr<const CodeSet>> after, bool main_only,
                                           RowOrder order) {
  constexpr size_t kMain = 8;
  const auto find = [](std::span<const std::shared_ptr<const CodeSet>> tables, std::string_view id) {
    const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& set) { return set->id == id; });
    return found == tables.end() ? nullptr : found->get();
  };
  std::vector<TableChanges> out;
  const std::span<const CdcTable> all = cdc_tables();
  const bool whole = before.size() > 1 && after.size() > 1;
  for (const CdcTable& table : main_only&& whole ? all.first(kMain) : all) {
    const CodeSet *a = find(before, table.id), *b = find(after, table.id);
    if (a && b) out.push_back(compare_tables(*a, *b, order));
  }
  return out;
}

}  // namespace iz
