#include "core/write_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/json.h"

namespace iz {
namespace {

void json_edition(JsonObject& object, const Edition& edition) {
  JsonObject out(object.key("edition"));
  out.text("source", edition.source);
  out.text("date", edition.date);
  out.text("document", edition.document);
}

/// Lines "  left   right", what is left padded alike, but not for one that is very long.
class Lines {
 public:
  void add(std::string_view left, std::string right) {
    if (left.size() <= 26) width_ = std::max(width_, left.size());
    lines_.emplace_back(left, std::move(right));
  }
  std::string text() const {
    std::string out;
    for (const auto& [left, right] : lines_) out += fmt::format("  {:<{}}  {}\n", left, width_, right);
    return out;
  }

 private:
  size_t width_ = 0;
  std::vector<std::pair<std::string_view, std::string>> lines_;
};

}  // namespace

std::string code_page_text(const CodePage& page) {
  const CodeSet& set = *page.set;
  std::string out = fmt::format("{} {}  {}\n", set.id, page.code, page.found ? page.heading : "not in this table");
  if (!page.full.empty()) out += fmt::format("  {}\n", page.full);
  if (!page.note.empty()) out += fmt::format("  CDC: “{}”\n", page.note);
  Lines facts;
  if (!page.status.empty()) facts.add("Status", page.status);
  for (const CodePage::Fact& fact : page.facts) facts.add(fact.label, fact.text);
  facts.add("Table", fmt::format("{}, edition {}", set.name, edition_words(set)));
  for (const CodePage::Fact& edition : page.editions) facts.add(edition.label, edition.text);
  out += facts.text();
  for (const CodePage::Links& list : page.links) {
    Lines rows;
    for (const CodePage::Link& link : list.rows) {
      const bool plain = link.status.empty() || link.status == "Active" || link.status == "Current";
      rows.add(link.code, plain ? link.text : fmt::format("{} [{}]", link.text, link.status));
    }
    out += fmt::format("{}\n{}", list.title, rows.text());
  }
  Lines uses;
  std::vector<std::string> paths;  // the lines look at them
  paths.reserve(page.uses.size());
  for (const CodePage::Use& use : page.uses) uses.add(paths.emplace_back(to_string(use.path)), use.text);
  if (!page.uses.empty()) out += "In the message\n" + uses.text();
  return out;
}

std::string code_page_json(const CodePage& page, const Message* message, Offsets offsets) {
  std::string out;
  {
    JsonObject object(out);
    object.text("table", page.set->id);
    object.text("name", page.set->name);
    json_edition(object, page.set->edition);
    object.boolean("found", page.found);
    object.text("code", page.code);
    object.text("heading", page.heading);
    object.text("status", page.status);
    object.text("full", page.full);
    object.text("note", page.note);
    const auto fact = [&](const CodePage::Fact& f) {
      JsonObject entry(out);
      entry.text("label", f.label);
      entry.text("text", f.text);
    };
    json_list(object.key("facts"), page.facts, fact);
    json_list(object.key("editions"), page.editions, fact);
    json_list(object.key("links"), page.links, [&](const CodePage::Links& list) {
      JsonObject entry(out);
      entry.text("title", list.title);
      json_list(entry.key("rows"), list.rows, [&](const CodePage::Link& link) {
        JsonObject row(out);
        row.text("table", link.table);
        row.text("code", link.code);
        row.text("text", link.text);
        row.text("status", link.status);
      });
    });
    const OffsetCounter count(message ? message->text() : std::string_view{}, offsets);
    json_list(object.key("uses"), page.uses, [&](const CodePage::Use& use) {
      JsonObject entry(out);
      entry.text("path", to_string(use.path));
      json_span(entry, count, use.span);
      entry.text("text", use.text);
    });
  }
  return out;
}

std::string code_hits_text(const CodeHits& found) {
  std::string out;
  for (const CodeHit& hit : found.hits) {
    out += fmt::format("{:<21} {:<25} {}", hit.set->id, hit.code, hit.row->display);
    if (!hit.row->status.empty() && hit.set->id != "VG") out += fmt::format(" [{}]", hit.row->status);
    out += '\n';
  }
  if (found.hits.size() < found.total) out += fmt::format("{} of {}\n", found.hits.size(), found.total);
  return out;
}

std::string code_hits_json(const CodeHits& found) {
  std::string out;
  {
    JsonObject object(out);
    object.number("total", static_cast<int64_t>(found.total));
    json_list(object.key("hits"), found.hits, [&](const CodeHit& hit) {
      JsonObject entry(out);
      entry.text("table", hit.set->id);
      entry.text("code", hit.code);
      entry.text("display", hit.row->display);
      entry.text("status", hit.set->id == "VG" ? std::string_view{} : hit.row->status);
    });
  }
  return out;
}

std::string code_tables_json(const Catalogue& catalogue, const Date& as_of) {
  std::string out;
  json_list(out, catalogue.code_sets, [&](const auto& item) {
    const CodeSet& set = *item.second;
    JsonObject entry(out);
    entry.text("id", set.id);
    entry.text("name", set.name);
    entry.text("system", set.system);
    entry.number("rows", static_cast<int64_t>(set.codes().size()));
    json_edition(entry, set.edition);
    entry.text_or_null("newest_row", set.newest_row());
    const auto edition = set.edition.date.size() == 10 ? parse_date(set.edition.date) : std::nullopt;
    if (edition && as_of)
      entry.number("age", day_number(as_of) - day_number(*edition));
    else
      entry.null("age");
  });
  return out;
}

}  // namespace iz
