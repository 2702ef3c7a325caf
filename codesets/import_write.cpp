// What an import found, as text and JSON.
#include <fmt/format.h>

#include <iterator>

#include "codesets/import.h"
#include "core/json.h"
#include "core/utf8.h"

namespace iz {

namespace {

std::string edition_of(const ImportedTable& t) {
  if (!t.set->edition.date.empty()) return "edition " + t.set->edition.date;
  return t.newest.empty() ? std::string("edition unknown") : "edition unknown, newest change " + t.newest;
}

}  // namespace

std::string import_text(const Import& import) {
  std::string out;
  const auto line = [&]<class... Args>(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
    out += '\n';
  };
  for (const ImportedTable& t : import.tables) {
    line("{}: {} ({}), {}, {} rows", t.file, t.table, t.set->name, edition_of(t), t.set->codes().size());
    if (t.changes) {
      const std::string& date = t.changes->before_edition.date;
      line("  against the edition in use{}: {}", date.empty() ? std::string() : " (" + date + ")",
           changes_in_short(*t.changes));
    }
    for (const std::string& sentence : t.noticed) line("  {}", valid_utf8(sentence));
  }
  for (const ImportRefusal& r : import.refused) line("refused: {}", valid_utf8(refusal_text(r)));
  return out;
}

std::string import_json(const Import& import) {
  std::string out;
  {
    JsonObject all(out);
    json_list(all.key("tables"), import.tables, [&](const ImportedTable& t) {
      JsonObject o(out);
      o.text("file", t.file);
      o.text("table", t.table);
      o.text("id", t.set->id);
      o.text("name", t.set->name);
      o.text_or_null("edition", t.set->edition.date);
      o.text_or_null("newest", t.newest);
      o.number("rows", static_cast<int64_t>(t.set->codes().size()));
      o.boolean("older", t.older);
      json_list(o.key("noticed"), t.noticed, [&](const std::string& s) { json_quote(out, s); });
      if (!t.changes) return o.null("changes");
      JsonObject changes(o.key("changes"));
      changes.text_or_null("against", t.changes->before_edition.date);
      changes.number("added", static_cast<int64_t>(t.changes->added.size()));
      changes.number("removed", static_cast<int64_t>(t.changes->removed.size()));
      changes.number("changed", static_cast<int64_t>(t.changes->changed_keys()));
      changes.number("text_only", static_cast<int64_t>(t.changes->keys_of(ChangeKind::text)));
      changes.text("short", changes_in_short(*t.changes));
    });
    json_list(all.key("refused"), import.refused, [&](const ImportRefusal& r) {
      JsonObject o(out);
      o.text("file", r.file);
      if (r.line) {
        o.number("line", r.line);
      } else {
        o.null("line");
      }
      o.text("reason", r.reason);
    });
  }
  return out;
}

}  // namespace iz
