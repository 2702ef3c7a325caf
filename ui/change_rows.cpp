#include "ui/change_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/sort.h"
#include "core/words.h"

namespace iz {
namespace {

int weight(const CellChange& c) {
  if (c.column == "status") return 0;
  return c.kind == ChangeKind::meaning ? 1 : c.kind == ChangeKind::order ? 2 : 3;
}

int order(const ChangeRow& row) {
  if (row.kind == ChangeFilter::removed) return 1;
  if (row.kind == ChangeFilter::added) return 2;
  const int least = weight(row.cells.front());
  return least == 0 ? 0 : 2 + least;
}

using Rows = std::map<std::string, const Code*, std::less<>>;

Rows rows_by_key(const CodeSet& set) {
  Rows out;
  for (const Code& row : set.codes()) out.emplace(set.key_of(row), &row);
  return out;
}

std::string remark_of(const CodeSet& set, const Code& row) {
  if (row.status == "Inactive" && set.cell(row, "unspecified") == "yes") {
    return "Inactive on purpose: for historical records only";
  }
  std::string out(row.status);
  append(out, set.cell(row, "labeler"));
  if (const std::string_view start = set.cell(row, "start"); !start.empty()) append(out, fmt::format("from {}", start));
  append(out, set.cell(row, "notes"));
  return out;
}

std::string small_letters(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

}  // namespace

std::string_view column_words(std::string_view column) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 18> words = {
      {{"display", "Name"},
       {"full", "Full name"},
       {"notes", "Note"},
       {"status", "Status"},
       {"nonvaccine", "Non-vaccine"},
       {"unspecified", "Unspecified"},
       {"updated", "Last updated"},
       {"cvx", "CVX"},
       {"mvx", "MVX"},
       {"gtin", "GTIN"},
       {"start", "Start"},
       {"end", "End"},
       {"labeler", "Labeler"},
       {"group", "Group"},
       {"edition", "Edition"},
       {"document", "Document"},
       {"mvx_status", "MVX status"},
       {"stands_in", "Stands in"}}};
  for (const auto& [name, shown] : words) {
    if (name == column) return shown;
  }
  return column;
}

std::vector<ChangeRow> change_rows(const TableChanges& changes, const CodeSet& before, const CodeSet& after,
                                   bool hide_text) {
  std::vector<ChangeRow> out;
  const Rows old_rows = rows_by_key(before), new_rows = rows_by_key(after);
  const auto add = [&](ChangeFilter kind, const std::string& key) {
    ChangeRow row;
    row.kind = kind;
    row.key = key;
    row.code = key.substr(0, key.find('|'));
    const bool gone = kind == ChangeFilter::removed;
    const Rows& rows = gone ? old_rows : new_rows;
    if (const auto it = rows.find(key); it != rows.end()) {
      row.name = it->second->display;
      if (kind != ChangeFilter::changed) row.remark = remark_of(gone ? before : after, *it->second);
    }
    out.push_back(std::move(row));
  };
  for (const CellChange& c : changes.changed) {
    if (hide_text && c.kind == ChangeKind::text) continue;
    if (out.empty() || out.back().key != c.key) add(ChangeFilter::changed, c.key);
    out.back().cells.push_back(c);
  }
  for (ChangeRow& row : out) {
    sort_values(row.cells, [](const CellChange& a, const CellChange& b) { return weight(a) < weight(b); });
  }
  for (const std::string& key : changes.removed) add(ChangeFilter::removed, key);
  // New codes have the higher numbers: the newest stands first.
  for (auto it = changes.added.rbegin(); it != changes.added.rend(); ++it) add(ChangeFilter::added, *it);
  sort_values(out, [](const ChangeRow& a, const ChangeRow& b) { return order(a) < order(b); });
  return out;
}

bool fits(const ChangeRow& row, std::string_view typed) {
  std::string all = fmt::format("{} {} {}", row.key, row.name, row.remark);
  for (const CellChange& c : row.cells) all += fmt::format(" {} {} {}", column_words(c.column), c.before, c.after);
  all = small_letters(std::move(all));
  const std::string words = small_letters(std::string(typed));
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find(' ', at), words.size());
    if (all.find(words.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace iz
