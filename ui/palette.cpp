#include "ui/palette.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <iterator>
#include <map>

#include "core/counts.h"
#include "core/decode.h"
#include "core/sort.h"
#include "core/templates.h"
#include "core/words.h"
#include "ui/code_hits.h"
#include "ui/commands.h"
#include "ui/form_rows.h"
#include "ui/fuzzy.h"
#include "ui/pane_codes.h"
#include "ui/problem_rows.h"

namespace iz {
namespace {

using K = PaletteItem::Kind;

constexpr size_t most_places = 4000;  // of a large message the first ones
constexpr size_t most_shown = 8;      // of a kind, when something was typed
constexpr size_t most_recent = 5;

std::string_view heading(K kind) {
  switch (kind) {
    case K::command:
      return "Commands";
    case K::document:
      return "Open messages";
    case K::profile:
      return "Check as";
    case K::message:
      return "New message";
    case K::insert:
      return "Insert";
    case K::place:
      return "Places";
    case K::problem:
      return "Problems";
    case K::code:
      return "Codes";
    case K::rule:
      break;
  }
  return "Rules";
}

PaletteItem item_of(const Command& c) {
  PaletteItem item;
  item.group = label(c.group);
  item.words = key_sentence(c.words);
  item.keys = keys_of(c);
  item.id = c.id;
  item.runs = c.act != nullptr;
  item.act = [&c](Workbench& w, Requests& r) { run(c, w, r); };
  return item;
}

void go_to(Workbench& w, const Path& path) {
  w.view.workspace = Workspace::analyse;
  w.view.focus = Pane::editor;
  w.view.narrow = NarrowTab::message;
  w.select_place(path, Pane::bars);
  w.leave_summary();
}

PaletteItem place_item(const Workbench& w, const Path& path) {
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), path);
  PaletteItem item;
  item.kind = K::place;
  item.words = e.name.empty() ? "Not in the guide" : e.name;
  item.more = to_string(path);
  item.act = [path](Workbench& bench, Requests&) { go_to(bench, path); };
  return item;
}

/// Codes of the code sets that fit, each leading to its page; the last row leads to all of them where there are more.
/// `worth`: how well the first one fits.
std::vector<PaletteItem> code_items(const Workbench& w, std::string_view query, int& worth) {
  std::vector<PaletteItem> items;
  worth = names_tables(query) ? INT_MAX : 0;
  const std::vector<CodeHit> hits = find_codes(w.catalogue(), w.code_search(), query, CodeFilter::all);
  for (size_t i = 0; i < hits.size() && i < most_shown; ++i) {
    const CodeHit& hit = hits[i];
    const HitWords words = hit_words(w.catalogue(), hit, query);
    PaletteItem item;
    item.kind = K::code;
    item.group = heading(K::code);
    item.words = words.name.empty() ? std::string(words.code) : words.name;
    item.more = fmt::format("{} {}", short_name(*hit.set), words.code);
    if (words.name == words.code) item.more = short_name(*hit.set);
    item.hits.resize(item.words.size());
    for (const Span s : words.marks) {
      if (words.name.empty()) break;
      std::fill(item.hits.begin() + s.begin, item.hits.begin() + s.end, uint8_t{1});
    }
    item.act = [table = hit.set->id, code = std::string(hit.code)](Workbench& bench, Requests&) {
      bench.open_code(table, code);
    };
    // What the message holds comes before, unless a table is named or the code itself was typed.
    if (i == 0 && hit.code == trim_blanks(query)) worth = match(item.more, query);
    items.push_back(std::move(item));
  }
  if (hits.size() <= most_shown) return items;
  PaletteItem all;
  all.kind = K::code;
  all.group = heading(K::code);
  all.words = fmt::format("See all {} codes that fit", grouped(hits.size()));
  all.act = [typed = std::string(query)](Workbench& bench, Requests&) {
    bench.view.codes.filter = CodeFilter::all;
    bench.open_codes();
    bench.view.write_field(typed);
  };
  items.push_back(std::move(all));
  return items;
}

}  // namespace

void PaletteList::add_places(const Workbench& w) {
  const Decoder decoder(w.catalogue(), w.message(), w.report(), Decoder::Style::brief);
  const Explainer explainer(w.catalogue(), w.message(), w.report());
  const auto segments = w.message().segments();
  size_t count = 0;
  for (uint32_t s = 0; s < segments.size(); ++s) {
    if (segments[s].name == 0) continue;
    Path path = {.segment = segments[s].name, .occurrence = segments[s].occurrence};
    for (uint32_t n = 1; n <= segments[s].field_count; ++n) {
      path.field = n;
      path.repetition = 1;
      const Location at = locate(w.message(), path, s);
      if (!at.found || at.span.begin == at.span.end) continue;
      if (++count > most_places) return;
      const Explanation e = explainer.explain(path, at);
      PaletteItem item;
      item.kind = K::place;
      const std::string raw(w.message().text().substr(at.span.begin, std::min(80u, at.span.end - at.span.begin)));
      std::string value = decoder.value(path);
      if (value.empty()) value = raw;
      const std::string& name = e.label.empty() ? e.name : e.label;
      item.words = fmt::format("{}, {}", name.empty() ? "Not in the guide" : name, value);
      const std::string where = to_string(path);
      item.more = where.ends_with("[1]") ? where.substr(0, where.size() - 3) : where;
      item.act = [path](Workbench& bench, Requests&) { go_to(bench, path); };
      std::string text = fmt::format("{} {} {} {}", item.words, where, e.name, raw);
      candidates_.push_back({std::move(item), std::move(text)});
    }
  }
}

/// Messages to begin with. The gallery has them under headings with a line about each, the palette one after the other.
void PaletteList::add_messages(const Workbench& w, bool gallery) {
  const auto add = [&](std::string_view group, std::string_view title, std::string says, std::string text) {
    PaletteItem item;
    item.kind = K::message;
    item.group = group;
    item.words = gallery ? std::string(title) : fmt::format("New: {}", title);
    std::string also = fmt::format("{} {} {}", item.words, says, group);
    if (gallery) item.more = sentence_case(std::move(says));
    item.act = [text = std::move(text)](Workbench& bench, Requests&) { bench.add(text); };
    candidates_.push_back({std::move(item), std::move(also)});
  };
  add("Begin", "Empty message", "type or paste it", "");
  for (Template& t : templates()) add("Templates", t.title, t.says, fill_dates(t.text, w.as_of()));
  for (GalleryExample& e : iz::gallery(w.as_of())) {
    std::string says = e.says;
    append(says, e.finds.empty() ? "no fault in it" : counted(e.finds.size(), "fault", "faults") + " to find");
    add("Examples", e.title, std::move(says), std::move(e.text));
  }
}

void PaletteList::collect(const Workbench& w) {
  candidates_.clear();
  if (gallery_) return add_messages(w, true);
  const auto add = [&](PaletteItem item, std::string_view also = {}) {
    std::string text = item.words;
    append(text, also, " ");
    candidates_.push_back({std::move(item), std::move(text)});
  };
  for (const Command& c : commands()) {
    const std::string keys = keys_of(c, true);
    PaletteItem item = item_of(c);
    if (c.act != nullptr && !is_available(c, w)) {
      item.runs = false;
      item.more = "not now";
    }
    add(std::move(item), fmt::format("{} {}", keys, key_sentence(keys)));
  }
  for (const Shown& s : w.folded().shown) {
    const Finding& f = w.report().findings[s.finding];
    PaletteItem item;
    item.kind = K::problem;
    item.severity = f.severity;
    item.words = w.headline(f);
    item.more = place(w.catalogue(), w.report(), f);
    item.act = [finding = static_cast<int>(s.finding)](Workbench& bench, Requests&) {
      bench.view.workspace = Workspace::analyse;
      bench.view.focus = Pane::editor;
      bench.select_finding(finding, Pane::bars);
    };
    add(std::move(item), fmt::format("{} {} {}", place(w.catalogue(), w.report(), f), w.catalogue().rules[f.rule].id,
                                     label(f.severity)));
    if (candidates_.size() > most_places) break;
  }
  add_places(w);
  if (w.documents().size() > 1) {
    for (uint32_t i = 0; i < w.documents().size() && i < most_places; ++i) {
      const Document& d = w.documents()[i];
      PaletteItem item;
      item.kind = K::document;
      item.words = fmt::format("Open {} {}", i + 1, d.type.empty() ? "message" : d.type);
      item.more = d.control_id;
      item.act = [i](Workbench& bench, Requests&) { bench.open_document(i); };
      add(std::move(item), d.control_id);
    }
  }
  for (const auto& profile : w.catalogue().profiles) {
    if (profile->type.empty()) continue;  // of an envelope, not of a message
    PaletteItem item;
    item.kind = K::profile;
    item.words = fmt::format("Check as {} {}", profile->id, profile->type);
    item.act = [id = profile->id](Workbench& bench, Requests&) { bench.set_profile(id); };
    add(std::move(item), profile->title);
  }
  PaletteItem free;
  free.kind = K::profile;
  free.words = "Check as the message says";
  free.act = [](Workbench& bench, Requests&) { bench.set_profile({}); };
  add(std::move(free));
  for (const std::string& name : w.insertable()) {
    PaletteItem item;
    item.kind = K::insert;
    item.words = "Insert " + insert_words(*w.report().profile, name);
    item.act = [name](Workbench& bench, Requests&) {
      bench.view.workspace = Workspace::analyse;
      bench.add_segment(name);
    };
    add(std::move(item), name);
  }
  add_messages(w, false);
  for (const Rule& rule : w.catalogue().rules) {
    PaletteItem item;
    item.kind = K::rule;
    item.words = plain_title(rule.title);
    item.more = rule.id;
    item.act = [id = rule.id](Workbench& bench, Requests&) { bench.view.rule_page = id; };
    add(std::move(item), fmt::format("{} {}", rule.id, rule.source.statement));
  }
}

bool PaletteList::update(const Workbench& w, std::string_view query, bool gallery) {
  const bool asked = query != query_ || gallery != gallery_;
  // What to begin with depends on the day only.
  const bool same = workbench_ == &w && gallery == gallery_ && (gallery ? as_of_ == w.as_of() : change_ == w.change());
  gallery_ = gallery;
  as_of_ = w.as_of();
  if (same && !asked && recent_ == w.view.recent) return false;
  if (!same || recent_ != w.view.recent) collect(w);
  workbench_ = &w;
  change_ = w.change();
  query_ = query;
  recent_ = w.view.recent;
  items_.clear();

  if (query.find_first_not_of(' ') == std::string_view::npos) {
    for (const std::string& id : recent_) {
      if (gallery || items_.size() == most_recent) break;
      const Command& c = command(id);
      if (!is_available(c, w)) continue;
      items_.push_back(item_of(c));
      items_.back().group = "Last used";
    }
    for (const Candidate& c : candidates_) {
      // What cannot be done now is found by its words only.
      if (gallery || (c.item.kind == K::command && c.item.more.empty())) items_.push_back(c.item);
    }
    return asked;
  }

  struct Found {
    int worth = 0;
    size_t candidate = 0;
    std::vector<uint8_t> hits;
  };
  std::map<K, std::vector<Found>> found;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& c = candidates_[i];
    // Letters here and there are meant for commands; of the rest there is too much.
    if (c.item.kind != K::command && !holds_words(c.text, query)) continue;
    Found f = {0, i, {}};
    f.worth = match(c.text, query, &f.hits);
    if (f.worth == 0) continue;
    if (std::find(recent_.begin(), recent_.end(), c.item.id) != recent_.end()) f.worth += 5;
    f.hits.resize(c.item.words.size());
    found[c.item.kind].push_back(std::move(f));
  }
  std::vector<std::pair<int, K>> kinds;
  for (auto& [kind, list] : found) {
    sort_values(list, [&](const Found& a, const Found& b) {
      const bool runs_a = candidates_[a.candidate].item.runs, runs_b = candidates_[b.candidate].item.runs;
      return runs_a != runs_b ? runs_a : a.worth > b.worth;
    });
    kinds.emplace_back(list.front().worth, kind);
  }
  std::vector<PaletteItem> codes;
  if (int worth = 0; !gallery) {
    codes = code_items(w, query, worth);
    if (!codes.empty()) kinds.emplace_back(worth, K::code);
  }
  sort_values(kinds, [](const auto& a, const auto& b) { return a.first > b.first; });
  // A place that is written out comes first, also where nothing stands yet.
  std::string capitals(query);
  for (char& c : capitals) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  const std::optional<Path> path = parse_path(capitals);
  if (!gallery && path && w.message().find_segment(segment_name(path->segment), std::max(1u, path->occurrence)) >= 0) {
    items_.push_back(place_item(w, *path));
    items_.back().group = "Go to";
  }
  for (const auto& [worth, kind] : kinds) {
    if (kind == K::code) {
      std::move(codes.begin(), codes.end(), std::back_inserter(items_));
      continue;
    }
    const std::vector<Found>& list = found[kind];
    for (size_t i = 0; i < list.size() && (gallery || i < most_shown); ++i) {
      PaletteItem item = candidates_[list[i].candidate].item;
      item.group = gallery ? std::string_view("Found") : heading(kind);
      item.hits = list[i].hits;
      items_.push_back(std::move(item));
    }
  }
  return asked;
}

}  // namespace iz
