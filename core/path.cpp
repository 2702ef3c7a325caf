#include "core/path.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace iz {
namespace {

/// Reads a number from 1 at `text`, moving it on; 0 when there is none or it does not fit.
uint32_t take_number(std::string_view& text) {
  uint32_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc{}) return 0;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return n;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text[0] != c) return false;
  text.remove_prefix(1);
  return true;
}

bool is_name(std::string_view name) {
  return name.size() == 3 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::optional<Path> parse_erl(std::string_view rest, Path path) {
  const std::array<uint32_t*, 5> parts = {&path.occurrence, &path.field, &path.repetition, &path.component,
                                          &path.subcomponent};
  for (uint32_t* part : parts) {
    if (rest.empty()) break;
    if (!take(rest, '^')) return std::nullopt;
    if (rest.empty() || rest[0] == '^') continue;
    if (!(*part = take_number(rest))) return std::nullopt;
  }
  if (!rest.empty()) return std::nullopt;
  if (!path.occurrence) path.occurrence = 1;
  if (!path.field && (path.repetition || path.component)) return std::nullopt;
  if (path.field && !path.repetition) path.repetition = 1;
  if (path.subcomponent && !path.component) return std::nullopt;
  return path;
}

}  // namespace

std::optional<Path> parse_path(std::string_view text) {
  if (text.size() < 3 || !is_name(text.substr(0, 3))) return std::nullopt;
  Path path;
  path.segment = segment_code(text.substr(0, 3));
  text.remove_prefix(3);
  if (!text.empty() && text[0] == '^') return parse_erl(text, path);
  path.occurrence = 1;
  if (take(text, '[')) {
    if (!(path.occurrence = take_number(text)) || !take(text, ']')) return std::nullopt;
  }
  if (text.empty()) return path;
  if (!take(text, '-') && !take(text, '.')) return std::nullopt;
  if (!(path.field = take_number(text))) return std::nullopt;
  path.repetition = 1;
  if (take(text, '[')) {
    if (!(path.repetition = take_number(text)) || !take(text, ']')) return std::nullopt;
  }
  if (take(text, '.') && !(path.component = take_number(text))) return std::nullopt;
  if (path.component && take(text, '.') && !(path.subcomponent = take_number(text))) return std::nullopt;
  if (!text.empty()) return std::nullopt;
  return path;
}

std::string to_string(const Path& path) {
  if (!path.segment) return {};
  std::string out = segment_name(path.segment);
  const auto index = [&](uint32_t n) {
    if (n) out.append("[").append(std::to_string(n)).append("]");
  };
  index(path.occurrence);
  if (!path.field) return out;
  out.append("-").append(std::to_string(path.field));
  index(path.repetition);
  if (path.component) out.append(".").append(std::to_string(path.component));
  if (path.subcomponent) out.append(".").append(std::to_string(path.subcomponent));
  return out;
}

std::string to_erl(const Path& path) {
  if (!path.segment) return {};
  std::string out = segment_name(path.segment);
  for (uint32_t n : {path.occurrence, path.field, path.repetition, path.component, path.subcomponent}) {
    if (!n) break;
    out.append("^").append(std::to_string(n));
  }
  return out;
}

Location locate(const Message& message, const Path& path) {
  Location at;
  const auto size = static_cast<uint32_t>(message.text().size());
  at.span = {size, size};
  const auto segments = message.segments();
  const auto it = std::find_if(segments.begin(), segments.end(), [&](const Segment& s) {
    return s.name == path.segment && (!s.name || s.occurrence == std::max(path.occurrence, 1u));
  });
  if (it == segments.end() || !path.segment) return at;
  return locate(message, path, static_cast<uint32_t>(it - segments.begin()));
}

Location locate(const Message& message, const Path& path, uint32_t s) {
  Location at;
  at.segment = static_cast<int>(s);
  const Segment& segment = message.segments()[s];
  const auto absent = [&](uint32_t where) {
    at.span = {where, where};
    at.element = {};
    return at;
  };
  if (!path.field) {
    at.found = true;
    at.element = {message.field(s, 0).first, message.field(s, segment.field_count).last};
    at.span = {segment.begin, segment.end};
    return at;
  }
  const Element field = message.field(s, path.field);
  if (!field) return absent(segment.end);
  Element e = path.repetition ? message.part(field, Level::repetition, path.repetition) : field;
  if (!e) return absent(message.span(field).end);
  const struct {
    uint32_t number;
    Level level;
  } inner[] = {{path.component, Level::component}, {path.subcomponent, Level::subcomponent}};
  for (const auto& [number, level] : inner) {
    if (!number) break;
    const Element part = message.part(e, level, number);
    if (!part) return absent(message.span(e).end);
    e = part;
  }
  at.found = true;
  at.element = e;
  at.span = message.span(e);
  return at;
}

Path path_at(const Message& message, uint32_t offset) {
  const auto segments = message.segments();
  auto it = std::upper_bound(segments.begin(), segments.end(), offset,
                             [](uint32_t o, const Segment& s) { return o < s.begin; });
  Path path;
  if (it == segments.begin()) return path;
  const Segment& s = *--it;
  path.segment = s.name;
  path.occurrence = s.occurrence;
  if (!s.name || offset > s.end) return path.segment ? path : Path{};
  const auto fields = message.fields().subspan(s.first_field, s.field_count + 2);
  const auto nodes = message.nodes();
  // The last field whose first node begins at or before the offset.
  const auto f = std::upper_bound(fields.begin(), fields.end() - 1, offset,
                                  [&](uint32_t o, uint32_t node) { return o < nodes[node].begin; }) -
                 1;
  path.field = static_cast<uint32_t>(f - fields.begin());
  if (!path.field) return path;
  path.repetition = 1;
  uint32_t component = 1, subcomponent = 1;
  uint32_t last = *f;  // node that holds the offset
  for (uint32_t i = *f + 1; i < *(f + 1) && nodes[i].begin <= offset; ++i) {
    last = i;
    switch (nodes[i].starts) {
      case Level::repetition:
        ++path.repetition;
        component = subcomponent = 1;
        break;
      case Level::component:
        ++component;
        subcomponent = 1;
        break;
      default:
        ++subcomponent;
    }
  }
  const auto follows = [&](Level least,
                           Level most) {  // whether the next node continues at such a level
    return last + 1 < *(f + 1) && nodes[last + 1].starts >= least && nodes[last + 1].starts <= most;
  };
  const bool has_subcomponents = subcomponent > 1 || follows(Level::subcomponent, Level::subcomponent);
  // Another component may come after more subcomponents of this one.
  bool has_components = component > 1 || has_subcomponents;
  for (uint32_t i = last + 1; !has_components && i < *(f + 1) && nodes[i].starts < Level::repetition; ++i)
    has_components = true;
  if (has_components) path.component = component;
  if (has_subcomponents) path.subcomponent = subcomponent;
  return path;
}

}  // namespace iz
