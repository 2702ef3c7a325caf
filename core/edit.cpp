#include "core/edit.h"

#include <algorithm>

namespace iz {
namespace {

/// Where a part begins and how many delimiters are missing before it.
struct Slot {
  Element element;   ///< empty when the part is absent
  uint32_t end = 0;  ///< of the whole that it is part of
  uint32_t missing = 0;
};

/// Part `n` of `whole`, which ends at `end`; an absent whole counts as one empty part.
Slot part_of(const Message& m, Element whole, uint32_t end, Level level, uint32_t n) {
  if (const Element part = m.part(whole, level, n)) return {part, m.span(part).end, 0};
  return {{}, end, n - std::max(m.count(whole, level), 1u)};
}

/// One edit, or none where nothing would change.
Edits change(const Message& m, Span span, std::string text) {
  if (m.value(span) == text) return {};
  return {{span, std::move(text)}};
}

Edits replace_separators(const Message& m, char with) {
  Edits edits;
  const std::string_view text = m.text();
  const char old = m.delimiters().field;
  if (old == with) return edits;
  for (uint32_t i = 0; i < text.size(); ++i)
    if (text[i] == old) edits.push_back({{i, i + 1}, std::string(1, with)});
  return edits;
}

int find(const Message& m, const Path& path) { return locate(m, Path{path.segment, path.occurrence}).segment; }

}  // namespace

std::string apply_edits(std::string_view text, const Edits& edits) {
  std::string out;
  uint32_t at = 0;
  for (const Edit& e : edits) {
    out += text.substr(at, e.span.begin - at);
    out += e.text;
    at = e.span.end;
  }
  return out += text.substr(at);
}

Edit as_one(std::string_view text, const Edits& edits) {
  if (edits.empty()) return {};
  const Span whole{edits.front().span.begin, edits.back().span.end};
  Edits moved = edits;
  for (Edit& e : moved) e.span = {e.span.begin - whole.begin, e.span.end - whole.begin};
  return {whole, apply_edits(text.substr(whole.begin, whole.end - whole.begin), moved)};
}

std::string_view line_end(const Message& message) {
  const std::string_view text = message.text();
  const size_t at = text.find_first_of("\r\n");
  if (at == std::string_view::npos) return "\r";
  return text.substr(at, text.substr(at).starts_with("\r\n") ? 2 : 1);
}

std::optional<Edits> put_text(const Message& m, const Path& path, std::string_view text) {
  const int s = find(m, path);
  if (s < 0 || !path.field) return std::nullopt;
  const auto index = static_cast<uint32_t>(s);
  const Segment& segment = m.segments()[index];
  const Delimiters& d = m.delimiters();
  const bool header = is_header(path.segment);
  if (header && path.field == 1) return text.empty() ? std::nullopt : std::optional(replace_separators(m, text[0]));
  const Element field = m.field(index, path.field);
  if (header && path.field == 2 && field) return change(m, m.span(field), std::string(text));

  std::string before;  // delimiters that are missing
  uint32_t at = segment.end;
  if (!field) {
    // Between "MSH|" and MSH-2 there is no further separator.
    const uint32_t there = header ? std::max(segment.field_count, 1u) : segment.field_count;
    before.append(path.field - there - (header && there == 1 ? 1 : 0), d.field);
  } else {
    at = m.span(field).end;
  }
  Element element = field;
  const auto inner = [&](Level level, uint32_t n, char delimiter) {
    const Slot slot = part_of(m, element, at, level, n);
    element = slot.element;
    at = slot.end;
    before.append(slot.missing, delimiter);
  };
  inner(Level::repetition, std::max(path.repetition, 1u), d.repetition);
  if (path.component) inner(Level::component, path.component, d.component);
  if (path.component && path.subcomponent) inner(Level::subcomponent, path.subcomponent, d.subcomponent);
  if (element) return change(m, m.span(element), std::string(text));
  if (text.empty()) return Edits{};
  return Edits{{{at, at}, before + std::string(text)}};
}

std::optional<Edits> put_value(const Message& m, const Profile* profile, const Path& path, std::string_view value) {
  if (!path.field) return std::nullopt;
  const bool raw = is_header(path.segment) && path.field <= 2;
  const std::string text = raw ? std::string(value) : escape(value, m.delimiters());
  if (find(m, path) >= 0) return put_text(m, path, text);
  uint32_t count = 0;
  int last = -1;
  for (uint32_t s = 0; s < m.segments().size(); ++s)
    if (m.segments()[s].name == path.segment) {
      ++count;
      last = static_cast<int>(s);
    }
  if (!path.segment || std::max(path.occurrence, 1u) != count + 1 || raw) return std::nullopt;
  if (text.empty()) return Edits{};
  // The new line is written as a message of its own with these delimiters, so that one function puts values.
  Message line;
  const std::string name = segment_name(path.segment);
  const Delimiters& d = m.delimiters();
  const std::string head = std::string("MSH") + d.field + d.component + d.repetition + d.escape + d.subcomponent +
                           (d.truncation ? std::string(1, d.truncation) : std::string()) + '\r';
  line.parse(head + name);
  Path there = path;
  there.occurrence = 1;
  const auto put = put_text(line, there, text);
  if (!put) return std::nullopt;
  const std::string lines[] = {apply_edits(line.text(), *put).substr(head.size())};
  return insert_segments(m, profile, lines, last);
}

std::optional<Edits> remove_place(const Message& m, const Path& path) {
  const int s = find(m, path);
  if (s < 0) return std::nullopt;
  const auto index = static_cast<uint32_t>(s);
  if (!path.field) {
    const Segment& segment = m.segments()[index];
    const std::string_view rest = m.text().substr(segment.end);
    const uint32_t ended = rest.starts_with("\r\n") ? 2 : rest.empty() ? 0 : 1;
    return Edits{{{segment.begin, segment.end + ended}, ""}};
  }
  if (is_header(path.segment) && path.field <= 2) return std::nullopt;
  const Location at = locate(m, path, index);
  if (!at.found) return std::nullopt;
  const Element field = m.field(index, path.field);
  if (path.component || m.count(field, Level::repetition) < 2) return change(m, at.span, "");
  if (path.repetition > 1) return Edits{{{at.span.begin - 1, at.span.end}, ""}};
  return Edits{{{at.span.begin, at.span.end + 1}, ""}};
}

std::optional<std::string> set_value(const Message& message, const Path& path, std::string_view text) {
  const auto edits = put_text(message, path, text);
  if (!edits) return std::nullopt;
  return apply_edits(message.text(), *edits);
}

}  // namespace iz
