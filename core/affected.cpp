#include "core/affected.h"

#include <fmt/format.h>

#include <algorithm>

#include "codesets/cdc_tables.h"
#include "codesets/ndc.h"
#include "core/utf8.h"

namespace iz {

namespace {

/// The tables whose codes a coding system names.
std::vector<std::string_view> tables_of(std::string_view system) {
  if (system == "CVX" || system == "HL70292") return {"CVX"};
  if (system == "MVX" || system == "HL70227") return {"MVX"};
  if (system == "NDC") return {"NDC_Use", "NDC_Sale"};
  if (system == "cdcgs1vis") return {"PHVS_VISBarcodes_IIS"};
  return {};
}

std::string edition_of(const CodeSet& set) {
  return set.edition.date.empty() ? fmt::format("the edition of unknown date ({})", set.edition.document)
                                  : "the edition " + set.edition.date;
}

/// The part of a key that is the code.
std::string_view code_of(std::string_view key) { return key.substr(0, key.find('|')); }

std::string listed(const CodeSet& set, std::string_view code) {
  const Code* row = set.find(code);
  return row && !row->status.empty() ? fmt::format(" ({})", row->status) : std::string();
}

std::string value_words(const std::string& value) { return value.empty() ? "nothing" : '"' + valid_utf8(value) + '"'; }

}  // namespace

AffectedFinder::AffectedFinder(Tables before, Tables after, bool texts) {
  const auto last = [](Tables tables, std::string_view id) {
    const CodeSet* found = nullptr;
    for (const auto& set : tables)
      if (set && set->id == id) found = set.get();
    return found;
  };
  for (const std::string_view id : {"CVX", "MVX", "NDC_Use", "NDC_Sale", "PHVS_VISBarcodes_IIS"}) {
    const CodeSet *a = last(before, id), *b = last(after, id);
    if (a && b) add(*a, *b, texts);
  }
}

void AffectedFinder::add(const CodeSet& before, const CodeSet& after, bool texts) {
  const TableChanges changes = compare_tables(before, after);
  auto& by_code = changes_[after.id];
  const auto entry = [&](std::string_view key) -> Change& {
    Change& c = by_code[std::string(code_of(key))];
    const Code* row = after.find(code_of(key));
    if (!row) row = before.find(code_of(key));
    if (row) c.name = row->display;
    return c;
  };
  for (const CellChange& x : changes.changed) {
    if (x.column == "updated" || x.kind == ChangeKind::order || (x.kind == ChangeKind::text && !texts)) continue;
    const bool fresh = !by_code.contains(code_of(x.key));
    Change& c = entry(x.key);
    if (fresh || x.kind == ChangeKind::meaning) c.kind = x.kind;
    if (fresh) c.sentence = fmt::format("From {} to {}:", edition_of(before), edition_of(after));
    c.sentence += fmt::format(" {} was {} and is {}.", x.column, value_words(x.before), value_words(x.after));
  }
  for (const std::string& key : changes.added) {
    if (before.find(code_of(key))) continue;  // only a further row of it
    entry(key).sentence = fmt::format("Not listed in {}, listed in {}{}.", edition_of(before), edition_of(after),
                                      listed(after, code_of(key)));
  }
  for (const std::string& key : changes.removed) {
    if (after.find(code_of(key))) continue;
    entry(key).sentence = fmt::format("Listed in {}{}, no longer in {}.", edition_of(before),
                                      listed(before, code_of(key)), edition_of(after));
  }
  if (by_code.empty()) changes_.erase(after.id);
}

std::vector<AffectedCode> AffectedFinder::find(const Message& message) const {
  std::vector<AffectedCode> out;
  if (changes_.empty()) return out;
  const auto segments = message.segments();
  const auto look = [&](uint32_t s, uint32_t field, uint32_t repetition, Element whole, uint32_t component) {
    const Element code = message.component(whole, component);
    if (message.empty(code)) return;
    const std::string_view system = message.value(message.component(whole, component + 2));
    const std::string value = unescape(message.value(code), message.delimiters());
    for (const std::string_view table : tables_of(system)) {
      const auto changed = changes_.find(table);
      if (changed == changes_.end()) continue;
      auto found = changed->second.find(value);
      if (found == changed->second.end() && system == "NDC") {
        const auto readings = read_ndc(value);
        if (readings.count == 1) found = changed->second.find(readings.codes[0].text());
      }
      if (found == changed->second.end()) continue;
      AffectedCode a;
      a.path = {segments[s].name, segments[s].occurrence, field, repetition, component, 0};
      a.span = message.span(code);
      a.table = cdc_table(table)->short_name;
      a.code = value;
      a.name = found->second.name;
      a.kind = found->second.kind;
      a.sentence = found->second.sentence;
      out.push_back(std::move(a));
    }
  };
  for (uint32_t s = 0; s < segments.size(); ++s) {
    for (uint32_t f = is_header(segments[s].name) ? 3 : 1; f <= segments[s].field_count; ++f) {
      const Element field = message.field(s, f);
      if (field.last - field.first < 3) continue;  // no triplet
      uint32_t repetition = 0;
      for (uint32_t first = field.first; first < field.last;) {
        const uint32_t end = message.part_end(first, field.last, Level::repetition);
        ++repetition;
        look(s, f, repetition, {first, end}, 1);
        look(s, f, repetition, {first, end}, 4);
        first = end;
      }
    }
  }
  return out;
}

std::string affected_text(std::span<const AffectedCode> codes) {
  std::string out;
  for (const AffectedCode& a : codes) {
    out += fmt::format("{}  {} {}{}: {}\n", to_string(a.path), a.table, valid_utf8(a.code),
                       a.name.empty() ? std::string() : " (" + valid_utf8(a.name) + ")", a.sentence);
  }
  return out;
}

std::string affected_json(const Message& message, std::span<const AffectedCode> codes, Offsets offsets) {
  const OffsetCounter count(message.text(), offsets);
  std::string out;
  json_list(out, codes, [&](const AffectedCode& a) {
    JsonObject o(out);
    o.text("path", to_string(a.path));
    o.text("erl", to_erl(a.path));
    json_span(o, count, a.span);
    o.text("table", a.table);
    o.text("code", a.code);
    o.text("name", a.name);
    o.text("kind", a.kind == ChangeKind::text ? "text" : "meaning");
    o.text("sentence", a.sentence);
  });
  return out;
}

}  // namespace iz
