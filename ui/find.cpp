#include "ui/find.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/sort.h"
#include "ui/layout.h"
#include "ui/workbench.h"

namespace iz {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return small(c) >= 'a' && small(c) <= 'z'; }

/// The next place of `query`, given in small letters.
size_t find_text(std::string_view text, std::string_view query, size_t from) {
  for (size_t at = from; at + query.size() <= text.size(); ++at) {
    size_t i = 0;
    while (i < query.size() && small(text[at + i]) == query[i]) ++i;
    if (i == query.size()) return at;
  }
  return std::string_view::npos;
}
bool holds(std::string_view text, std::string_view query) {
  return find_text(text, query, 0) != std::string_view::npos;
}

std::string in_small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), small);
  return out;
}

/// Which fields of a segment have a name that holds the query; 0 is the segment itself.
struct NamedFields {
  std::vector<bool> fields;
};

NamedFields named_fields(const Workbench& w, uint32_t segment, std::string_view query) {
  const Segment& s = w.message().segments()[segment];
  NamedFields named;
  const SegmentDef* def = w.report().profile != nullptr ? w.report().profile->segment(s.name) : nullptr;
  const size_t count = std::max<size_t>(s.field_count, def != nullptr ? def->fields.size() : 0);
  const Explainer explainer(w.catalogue(), w.message(), w.report());
  Path path = {.segment = s.name, .occurrence = s.occurrence};
  for (uint32_t n = 0; n <= count; ++n) {
    path.field = n;
    path.repetition = n == 0 ? 0 : 1;
    const Explanation e = explainer.explain(path, locate(w.message(), path, segment));
    named.fields.push_back(holds(e.name, query) || holds(e.label, query) || (n == 0 && holds(e.trail, query)));
  }
  return named;
}

/// A path as people write it: letters of any size, any sign between the parts, occurrences in any brackets. `numbers` of
/// occurrence and repetition are 0 when they are left out.
bool read_place(std::string_view typed, Path& path) {
  if (typed.size() < 3 || !is_letter(typed[0])) return false;
  std::string name;
  for (size_t i = 0; i < 3; ++i) {
    if (!is_letter(typed[i]) && !is_digit(typed[i])) return false;
    name += static_cast<char>(is_letter(typed[i]) ? small(typed[i]) - 'a' + 'A' : typed[i]);
  }
  path = {.segment = segment_code(name)};
  uint32_t* const parts[] = {&path.field, &path.component, &path.subcomponent};
  size_t part = 0;
  bool bracket = false;
  for (size_t at = 3; at < typed.size();) {
    const char c = typed[at];
    if (is_digit(c)) {
      uint32_t number = 0;
      while (at < typed.size() && is_digit(typed[at])) {
        number = std::min(number * 10 + static_cast<uint32_t>(typed[at++] - '0'), 1000000u);
      }
      if (number == 0) return false;
      if (bracket) {
        (part == 0 ? path.occurrence : path.repetition) = number;
      } else {
        if (part == 3) return false;
        *parts[part++] = number;
      }
      continue;
    }
    if (c == '[' || c == '(' || c == '#') {
      if (part > 1) return false;
      bracket = true;
    } else if (c == ']' || c == ')') {
      bracket = false;
    } else if (std::string_view("-._ ,/:").find(c) != std::string_view::npos) {
      if (bracket && typed[at - 1] != '[' && typed[at - 1] != '(') bracket = false;
    } else {
      return false;
    }
    ++at;
  }
  return true;
}

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t"), to = text.find_last_not_of(" \t");
  return from == std::string_view::npos ? std::string_view() : text.substr(from, to - from + 1);
}

/// The number behind a word such as "line", or 0.
uint32_t number_behind(std::string_view typed, std::string_view word) {
  if (in_small(typed.substr(0, word.size())) != word) return 0;
  typed = trimmed(typed.substr(word.size()));
  uint32_t number = 0;
  for (char c : typed) {
    if (!is_digit(c) || number > 100000000) return 0;
    number = number * 10 + static_cast<uint32_t>(c - '0');
  }
  return number;
}

std::string shown_words(const Workbench& w, const Path& path) {
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), path);
  std::string words = e.trail.empty() ? e.name : e.trail;
  if (words.empty()) words = "Not in the guide";
  if (!e.present) return words + ", empty";
  const std::string_view value = e.decoded.empty() ? std::string_view(e.value) : std::string_view(e.decoded);
  if (path.field != 0) words += fmt::format(": {}", value.substr(0, 200));
  return words;
}

Target at_path(const Workbench& w, Path path) {
  Target t;
  path.occurrence = std::max(path.occurrence, 1u);
  if (path.component != 0 || path.field != 0) path.repetition = std::max(path.repetition, 1u);
  const std::string name = segment_name(path.segment);
  if (w.message().find_segment(name, path.occurrence) < 0) {
    uint32_t count = 0;
    for (const Segment& s : w.message().segments()) count += s.name == path.segment;
    t.words = count == 0
                  ? fmt::format("The message has no {}", name)
                  : fmt::format("The message has no {}[{}], the last is {}[{}]", name, path.occurrence, name, count);
    return t;
  }
  t.found = true;
  t.path = path;
  t.words = shown_words(w, path);
  return t;
}

}  // namespace

std::vector<Hit> find_hits(const Workbench& w, std::string_view typed) {
  std::vector<Hit> hits;
  if (typed.empty()) return hits;
  const std::string query = in_small(typed);
  const std::string_view text = w.text();
  for (size_t at = find_text(text, query, 0); at != std::string_view::npos && hits.size() < most_hits;
       at = find_text(text, query, at + query.size())) {
    hits.push_back({.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + query.size())}});
  }
  Path place;
  const bool is_place = read_place(trimmed(typed), place) && place.field != 0;
  const auto segments = w.message().segments();
  std::map<uint32_t, NamedFields> named;  // by the segment's name
  for (uint32_t s = 0; s < segments.size() && hits.size() < most_hits; ++s) {
    const Segment& segment = segments[s];
    if (segment.name == 0) continue;
    const Path path = {.segment = segment.name, .occurrence = segment.occurrence};
    if (is_place && place.segment == segment.name &&
        (place.occurrence == 0 || place.occurrence == segment.occurrence)) {
      Path here = place;
      here.occurrence = segment.occurrence;
      here.repetition = std::max(1u, here.repetition);
      hits.push_back({.kind = Hit::Kind::name, .span = locate(w.message(), here, s).span, .path = here});
    }
    auto [names, fresh] = named.try_emplace(segment.name);
    if (fresh) names->second = named_fields(w, s, query);
    for (uint32_t n = 0; n < names->second.fields.size() && n <= segment.field_count; ++n) {
      const Element field = w.message().field(s, n);
      if (!names->second.fields[n] || (n != 0 && !w.message().present(field))) continue;
      Path here = path;
      here.field = n;
      here.repetition = n == 0 ? 0 : 1;
      const Span span = n == 0 ? Span{segment.begin, segment.begin + 3} : w.message().span(field);
      hits.push_back({.kind = Hit::Kind::name, .span = span, .path = here});
    }
  }
  for (const Shown& shown : w.folded().shown) {
    if (hits.size() >= most_hits) break;
    const Finding& f = w.report().findings[shown.finding];
    if (!holds(w.headline(f), query)) continue;
    hits.push_back({.kind = Hit::Kind::problem, .span = f.span, .finding = static_cast<int>(shown.finding)});
  }
  sort_values(hits, [](const Hit& a, const Hit& b) { return a.span.begin < b.span.begin; });
  return hits;
}

Target read_target(const Workbench& w, std::string_view input) {
  const std::string_view typed = trimmed(input);
  Target t;
  if (typed.empty()) return t;
  for (std::string_view word : {std::string_view("line"), std::string_view("ln"), std::string_view(":")}) {
    const uint32_t number = number_behind(typed, word);
    if (number == 0) continue;
    const std::string_view text = w.text();
    uint32_t line = 1;
    size_t at = 0;
    while (line < number) {
      at = text.find_first_of("\r\n", at);
      if (at == std::string_view::npos) break;
      at = caret_next(text, static_cast<uint32_t>(at));
      ++line;
    }
    t.found = at != std::string_view::npos;
    t.at = t.found ? static_cast<uint32_t>(at) : 0;
    t.words = t.found ? fmt::format("Line {}", number) : fmt::format("The last line is {}", line);
    return t;
  }
  if (const uint32_t dose = number_behind(typed, "dose"); dose != 0) {
    for (const Dose& d : w.summary().doses) {
      if (d.order == dose) return at_path(w, d.path);
    }
    t.words = fmt::format("The message has no dose {}", dose);
    return t;
  }
  if (is_digit(typed[0])) {
    // A field of the segment at the caret.
    const Path here = path_at(w.message(), w.selection().caret);
    Path path;
    if (here.segment != 0 && read_place(segment_name(here.segment) + "-" + std::string(typed), path)) {
      path.occurrence = here.occurrence;
      return at_path(w, path);
    }
    t.words = "A number is a field of the segment at the caret";
    return t;
  }
  if (const auto exact = parse_path(typed)) return at_path(w, *exact);
  const bool known = typed.size() >= 3 &&
                     std::any_of(w.message().segments().begin(), w.message().segments().end(), [&](const Segment& s) {
                       return in_small(segment_name(s.name)) == in_small(typed.substr(0, 3));
                     });
  Path path;
  const bool place = read_place(typed, path);
  if (place && (known || path.field != 0)) return at_path(w, path);
  // By name: the next place after the caret, round at the end.
  const std::string query = in_small(typed);
  const bool word = std::any_of(query.begin(), query.end(), is_letter);
  std::optional<Hit> first, next;
  for (const Hit& hit : word ? find_hits(w, query) : std::vector<Hit>()) {
    if (hit.kind != Hit::Kind::name) continue;
    if (!first) first = hit;
    if (!next && hit.span.begin > w.selection().caret) next = hit;
  }
  if (first) return at_path(w, (next ? *next : *first).path);
  t.words = place ? at_path(w, path).words : fmt::format("No place is called \xe2\x80\x9c{}\xe2\x80\x9d", typed);
  return t;
}

}  // namespace iz
