// Fixes that change how something is written: names, separators, line ends, what is too much.
#include <algorithm>

#include "core/elements.h"
#include "core/fix_parts.h"
#include "core/words.h"

namespace iz {
namespace {

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

/// Whether a range holds anything but blanks and delimiters.
bool holds_nothing(const Message& m, Span span) {
  const Delimiters& d = m.delimiters();
  const std::string_view text = m.value(span);
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return c == ' ' || c == '\t' || c == d.field || c == d.component || c == d.repetition || c == d.subcomponent;
  });
}

/// The range of line ends behind a segment, blank lines included.
Span end_of_line(const Message& m, uint32_t at) {
  Span span{at, at};
  const std::string_view text = m.text();
  if (span.end < text.size() && is_line_end(text[span.end])) {
    const bool two = text[span.end] == '\r' && span.end + 1 < text.size() && text[span.end + 1] == '\n';
    span.end += two ? 2 : 1;
  }
  return span;
}

// What is left over begins at the first part that holds something; the delimiters before it go, too.
void remove_extra(const Mending& m) {
  Span span = m.finding.span;
  const Delimiters& d = m.message.delimiters();
  const auto delimits = [&](char c) { return c == d.field || c == d.component || c == d.subcomponent; };
  const std::string_view text = m.message.text();
  while (span.begin > 0 && delimits(text[span.begin - 1])) --span.begin;
  m.add("Remove " + short_value(m.value()), Edits{{span, ""}}, m.mend.safe);
}

}  // namespace

void mend_empty(const Mending& m) {
  Path path = m.finding.path;
  if (!m.mend.at.empty()) {
    const auto at = parse_path(segment_name(path.segment) + '-' + m.mend.at);
    if (!at) return;
    path = *at;
    path.occurrence = m.finding.path.occurrence;
  }
  const Location at = locate(m.message, path);
  if (!at.found) return;
  // A field that may not be there is emptied with all its repetitions.
  Span span = at.span;
  if (m.mend.at.empty() && !path.component)
    span = m.message.span(m.message.field(static_cast<uint32_t>(at.segment), path.field));
  if (is_header(path.segment) && path.field <= 2) return;
  if (span.begin == span.end) return;
  m.add("Empty " + short_place(m.message, path), Edits{{span, ""}}, m.mend.safe);
}

void mend_remove(const Mending& m) {
  const Finding& f = m.finding;
  const Message& message = m.message;
  if (m.is(Engine::element_extra)) return remove_extra(m);
  if (m.is(Engine::line_unreadable)) {
    const Span line{f.span.begin, end_of_line(message, f.span.end).end};
    m.add("Remove line " + std::to_string(f.line), Edits{{line, ""}}, m.mend.safe);
    return;
  }
  if (!f.path.field) {
    if (f.group >= 0 || m.segment() < 0) return;
    const Segment& s = message.segments()[static_cast<size_t>(m.segment())];
    const uint32_t name_end = std::min(s.begin + 3, s.end);
    const bool empty = holds_nothing(message, {name_end, s.end});
    m.add((empty ? "Remove the empty segment " : "Remove ") + short_place(message, f.path),
          remove_place(message, {f.path.segment, f.path.occurrence}), m.mend.safe || empty);
    return;
  }
  if (m.is(Engine::repetition_excess)) {
    Path whole = f.path;
    whole.component = whole.subcomponent = 0;
    m.add("Remove " + short_place(message, whole) + ", " + short_value(m.value()), remove_place(message, whole),
          m.mend.safe);
  }
}

void mend_upper_case(const Mending& m) {
  Path path = m.finding.path;
  Span span = m.finding.span;
  if (m.is(Engine::value_type_unknown)) {  // OBX-2 is wrong, OBX-5 suffers
    path.field = 2;
    path.component = path.subcomponent = 0;
    span = locate(m.message, path).span;
  }
  std::string name(trim_blanks(m.message.value(span)));
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (m.is(Engine::value_type_unknown)) {
    const SegmentDef* def = m.report.profile ? m.report.profile->segment(path.segment) : nullptr;
    const auto is_name = [&](const auto& type) { return type.first == name; };
    if (!def || std::none_of(def->value_types.begin(), def->value_types.end(), is_name)) return;
  }
  m.add("Write " + name, Edits{{span, name}}, m.mend.safe);
}

void mend_escape(const Mending& m) {
  const Location at = locate(m.message, m.finding.path);
  if (!at.found) return;
  const Delimiters& d = m.message.delimiters();
  Edits edits;
  for (uint32_t i = at.element.first + 1; i < at.element.last; ++i) {
    const uint32_t byte = m.message.nodes()[i].begin - 1;
    edits.push_back({{byte, byte + 1}, escape(m.message.value(Span{byte, byte + 1}), d)});
  }
  if (edits.empty()) return;
  const std::string label = "Write " + edits[0].text + " for " + std::string(m.message.value(edits[0].span));
  m.add(label, std::move(edits), m.mend.safe);
}

void mend_line_ends(const Mending& m) {
  Edits edits;
  for (const Segment& s : m.message.segments()) {
    const Span end = end_of_line(m.message, s.end);
    if (end.begin != end.end && m.message.value(end) != "\r") edits.push_back({end, "\r"});
  }
  m.add("End each line with CR", std::move(edits), m.mend.safe);
}

// Every separator is written anew; a value that holds one of the new ones is escaped.
void mend_delimiters(const Mending& m) {
  const Message& message = m.message;
  if (!message.has_header()) return;
  const Delimiters old = message.delimiters();
  const Delimiters now;
  std::string text;
  uint32_t at = 0;
  const auto nodes = message.nodes();
  const auto fields = message.fields();
  for (const Segment& s : message.segments()) {
    const bool header = is_header(s.name);
    const uint32_t first = fields[s.first_field];
    const size_t after = s.first_field + s.field_count + 1;
    const uint32_t last = after < fields.size() ? fields[after] : static_cast<uint32_t>(nodes.size());
    const uint32_t second = header && s.field_count >= 2 ? fields[s.first_field + 2] : last;
    text += message.text().substr(at, s.begin - at);
    at = s.begin;
    for (uint32_t i = first; i < last; ++i) {
      const Node& node = nodes[i];
      if (header && i == second) {
        text += "|^~\\&";
        at = node.end;
        continue;
      }
      if (header && i > first && i < second) continue;  // MSH-1
      if (i > first) {
        const char with = node.starts == Level::field        ? now.field
                          : node.starts == Level::repetition ? now.repetition
                          : node.starts == Level::component  ? now.component
                                                             : now.subcomponent;
        text += with;
      }
      const std::string_view value = message.value(Span{node.begin, node.end});
      // Sequences stay sequences, other characters that separate from now on become such.
      for (const char c : value) {
        if (c == old.escape)
          text += now.escape;
        else
          text += escape(std::string_view(&c, 1), now);
      }
      at = node.end;
    }
  }
  text += message.text().substr(at);
  if (text == message.text()) return;
  m.add("Write |^~\\& in the whole message", Edits{{{0, static_cast<uint32_t>(message.text().size())}, text}},
        m.mend.safe);
}

void mend_join(const Mending& m) {
  const auto segments = m.message.segments();
  const auto at =
      std::find_if(segments.begin(), segments.end(), [&](const Segment& s) { return s.begin == m.finding.span.begin; });
  if (at == segments.begin() || at == segments.end() || !(at - 1)->name) return;
  // Only a text can go on in the next line.
  const Segment& before = *(at - 1);
  const Path last{before.name, before.occurrence, before.field_count, 1};
  const Place place = find_place(m.catalogue, m.message, m.report.profile, last);
  const Format format = place.type ? place.type->format : Format::none;
  if (format != Format::st && format != Format::tx && format != Format::ft) return;
  const char escape_char = m.message.delimiters().escape;
  const std::string br = std::string(1, escape_char) + ".br" + escape_char;
  m.add("Join the line to the one before", Edits{{{(at - 1)->end, at->begin}, br}}, m.mend.safe);
}

}  // namespace iz
