// A partner's list as text, CSV and JSON.
#include <fmt/format.h>

#include <iterator>

#include "codesets/partner_list.h"
#include "core/csv.h"
#include "core/json.h"
#include "core/utf8.h"

namespace iz {

namespace {

bool is_unspecified(const PartnerList& list, const Code& row) { return list.table->cell(row, "unspecified") == "yes"; }

bool needs_a_look(const PartnerCode& c) { return c.kind != PartnerKind::same || c.first_line || c.name_differs; }

/// What kind of finding a code is, where it may be several.
std::string finding_words(const PartnerCode& c) {
  std::string out = c.kind == PartnerKind::same ? std::string() : std::string(partner_word(c.kind));
  if (c.first_line) out += out.empty() ? "duplicate" : " duplicate";
  if (c.name_differs) out += out.empty() ? "name" : " name";
  return out;
}

}  // namespace

std::string_view partner_word(PartnerKind kind) {
  switch (kind) {
    case PartnerKind::same:
      return "same";
    case PartnerKind::misspelt:
      return "misspelt";
    case PartnerKind::inactive:
      return "inactive";
    case PartnerKind::unspecified:
      return "unspecified";
    case PartnerKind::unknown:
      return "unknown";
  }
  return {};
}

std::string partner_text(const PartnerList& list) {
  if (!list.table) return list.error + '\n';
  std::string out;
  const auto line = [&]<class... Args>(fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
    out += '\n';
  };
  line("{} codes in column {}, compared with {} ({}), edition {}", list.codes.size(), list.column, list.table->id,
       list.table->name, edition_words(*list.table));
  line("same {}, misspelt {}, inactive {}, unspecified {}, unknown {}, duplicates {}, missing from the list {}",
       list.count(PartnerKind::same), list.count(PartnerKind::misspelt), list.count(PartnerKind::inactive),
       list.count(PartnerKind::unspecified), list.count(PartnerKind::unknown), list.duplicates(), list.missing.size());
  for (const PartnerCode& c : list.codes)
    if (needs_a_look(c)) line("  line {}: {}  {}: {}", c.line, valid_utf8(c.code), finding_words(c), c.sentence);
  if (!list.missing.empty()) out += "missing from the list:\n";
  for (const Code* row : list.missing) {
    std::string note(row->status);
    if (is_unspecified(list, *row)) note += note.empty() ? "unspecified" : ", unspecified";
    line("  {}  {}{}", valid_utf8(row->code), valid_utf8(row->display), note.empty() ? "" : " (" + note + ")");
  }
  return out;
}

std::string partner_csv(const PartnerList& list) {
  std::string out;
  csv_line(out, {"finding", "line", "code", "right", "name", "our_name", "status", "note"});
  if (!list.table) return out;
  for (const PartnerCode& c : list.codes) {
    if (!needs_a_look(c)) continue;
    csv_line(out,
             {finding_words(c), std::to_string(c.line), c.code, c.right, c.name,
              c.row ? c.row->display : std::string_view{}, c.row ? c.row->status : std::string_view{}, c.sentence});
  }
  for (const Code* row : list.missing)
    csv_line(out, {"missing", "", "", row->code, "", row->display, row->status,
                   is_unspecified(list, *row) ? "unspecified" : ""});
  return out;
}

std::string partner_json(const PartnerList& list) {
  std::string out;
  {
    JsonObject all(out);
    if (!list.table) {
      all.text("error", list.error);
      return out + '}';
    }
    all.text("table", list.table->id);
    all.text("name", list.table->name);
    all.text_or_null("edition", list.table->edition.date);
    all.number("column", list.column);
    all.boolean("heading", list.heading);
    {
      JsonObject counts(all.key("counts"));
      for (const PartnerKind kind : {PartnerKind::same, PartnerKind::misspelt, PartnerKind::inactive,
                                     PartnerKind::unspecified, PartnerKind::unknown})
        counts.number(partner_word(kind), static_cast<int64_t>(list.count(kind)));
      counts.number("duplicates", static_cast<int64_t>(list.duplicates()));
      counts.number("missing", static_cast<int64_t>(list.missing.size()));
    }
    json_list(all.key("codes"), list.codes, [&](const PartnerCode& c) {
      JsonObject o(out);
      o.number("line", c.line);
      o.text("code", c.code);
      o.text("name", c.name);
      o.text("kind", partner_word(c.kind));
      o.text_or_null("right", c.right);
      o.text("our_name", c.row ? c.row->display : std::string_view{});
      o.text("status", c.row ? c.row->status : std::string_view{});
      if (c.first_line) {
        o.number("first_line", c.first_line);
      } else {
        o.null("first_line");
      }
      o.boolean("name_differs", c.name_differs);
      o.text("note", c.sentence);
    });
    json_list(all.key("missing"), list.missing, [&](const Code* row) {
      JsonObject o(out);
      o.text("code", row->code);
      o.text("name", row->display);
      o.text("status", row->status);
      o.boolean("unspecified", is_unspecified(list, *row));
    });
  }
  return out;
}

}  // namespace iz
