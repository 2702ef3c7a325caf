// A comparison of editions as text, CSV and JSON.
#include <fmt/format.h>

#include <iterator>

#include "codesets/compare.h"
#include "core/csv.h"
#include "core/json.h"
#include "core/utf8.h"

namespace iz {

namespace {

std::string_view kind_word(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::meaning:
      return "meaning";
    case ChangeKind::text:
      return "text";
    case ChangeKind::order:
      return "order";
  }
  return {};
}

std::string edition_of(const Edition& edition) {
  if (!edition.date.empty()) return edition.date;
  return edition.document.empty() ? std::string("edition unknown") : edition.document;
}

std::string shown(const std::string& value) { return value.empty() ? std::string("(empty)") : valid_utf8(value); }

void list_keys(std::string& out, std::string_view label, const std::vector<std::string>& keys) {
  if (keys.empty()) return;
  fmt::format_to(std::back_inserter(out), "  {}:\n", label);
  for (const std::string& key : keys) out += "    " + valid_utf8(key) + '\n';
}

void list_changes(std::string& out, std::string_view label, const TableChanges& t, ChangeKind kind) {
  bool first = true;
  for (const CellChange& c : t.changed) {
    if (c.kind != kind) continue;
    if (first) fmt::format_to(std::back_inserter(out), "  {}:\n", label);
    first = false;
    fmt::format_to(std::back_inserter(out), "    {}  {}: {} -> {}\n", valid_utf8(c.key), c.column, shown(c.before),
                   shown(c.after));
  }
}

}  // namespace

std::string changes_in_short(const TableChanges& t) {
  if (t.none()) return "no change";
  std::string out = fmt::format("+{} -{} ~{}", t.added.size(), t.removed.size(), t.changed_keys());
  const size_t text = t.keys_of(ChangeKind::text), order = t.keys_of(ChangeKind::order);
  std::string only;
  if (text) only = fmt::format("{} in texts only", text);
  if (order) only += fmt::format("{}{} in the order of rows only", only.empty() ? "" : ", ", order);
  if (!only.empty()) out += fmt::format(" ({})", only);
  return out;
}

std::string changes_text(std::span<const TableChanges> tables) {
  std::string out;
  for (const TableChanges& t : tables) {
    if (!out.empty()) out += '\n';
    fmt::format_to(std::back_inserter(out), "{} ({}): {}\n  {} to {}, {} rows to {}\n", t.table, t.name,
                   changes_in_short(t), edition_of(t.before_edition), edition_of(t.after_edition), t.before_rows,
                   t.after_rows);
    if (!t.only_one.empty()) {
      out += "  not compared, since one of the two lacks it:";
      for (const std::string& column : t.only_one) out += ' ' + column;
      out += '\n';
    }
    list_keys(out, "added", t.added);
    list_keys(out, "removed", t.removed);
    list_changes(out, "changed", t, ChangeKind::meaning);
    list_changes(out, "changed in their text only", t, ChangeKind::text);
    list_changes(out, "rows of one key changed places", t, ChangeKind::order);
  }
  return out;
}

std::string changes_csv(std::span<const TableChanges> tables) {
  std::string out;
  csv_line(out, {"table", "change", "kind", "key", "column", "old", "new"});
  for (const TableChanges& t : tables) {
    for (const std::string& key : t.added) csv_line(out, {t.table, "added", "", key, "", "", ""});
    for (const std::string& key : t.removed) csv_line(out, {t.table, "removed", "", key, "", "", ""});
    for (const CellChange& c : t.changed)
      csv_line(out, {t.table, "changed", kind_word(c.kind), c.key, c.column, c.before, c.after});
  }
  return out;
}

std::string changes_json(std::span<const TableChanges> tables) {
  std::string out;
  {
    JsonObject all(out);
    JsonObject by_name(all.key("tables"));
    for (const TableChanges& t : tables) {
      JsonObject o(by_name.key(t.table));
      const auto texts = [&](const std::string& key) { json_quote(out, key); };
      json_list(o.key("added"), t.added, texts);
      json_list(o.key("removed"), t.removed, texts);
      json_list(o.key("changed"), t.changed, [&](const CellChange& c) {
        JsonObject change(out);
        change.text("key", c.key);
        change.text("column", c.column);
        change.text("old", c.before);
        change.text("new", c.after);
      });
    }
  }
  return out;
}

}  // namespace iz
