// Fixes that put a segment where the structure wants it.
#include <algorithm>

#include "core/fix_parts.h"
#include "core/segment_places.h"
#include "core/sort.h"
#include "core/structure.h"

namespace iz {
namespace {

constexpr size_t kMost = 300;  ///< segments of a message in which places are tried

/// The order that a place before segment `at` is in: how many ORC stand above it.
uint32_t order_of(const Message& m, size_t at) {
  const auto segments = m.segments();
  return static_cast<uint32_t>(std::count_if(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(at),
                                             [](const Segment& s) { return s.name == segment_code("ORC"); }));
}

bool line_end_char(char c) { return c == '\r' || c == '\n'; }

}  // namespace

// A segment never goes to another dose, and nowhere when several places of its dose fit that others stand between.
void mend_move(const Mending& m) {
  const Message& message = m.message;
  const auto segments = message.segments();
  const int index = m.segment();
  if (index < 0 || !m.report.profile || segments.size() > kMost) return;
  const auto s = static_cast<size_t>(index);
  StructureMatch now;
  now.match(message, *m.report.profile);
  if (!now.knows(segments[s].name)) return;
  const std::string lines[] = {segment_name(segments[s].name)};
  SegmentPlaces places = best_places(message, *m.report.profile, lines, index);
  const uint32_t order = order_of(message, s);
  std::erase_if(places.best, [&](size_t at) { return order_of(message, at) != order; });
  if (places.best.empty() || places.misfit.unexpected >= now.unexpected().size()) return;
  const size_t first = places.best.front(), last = places.best.back();
  if (last - first + 1 != places.best.size()) return;
  size_t to = s < first ? first : last;  // of places side by side the nearest
  if (s >= first && s <= last) to = first;
  if (to == s || to == s + 1) return;
  const std::string_view text = message.text();
  // The line goes with its line end; a last line without one leaves that of the line before.
  Span line{segments[s].begin, segments[s].end};
  const std::string moved(message.value(line));
  while (line.end < text.size() && line_end_char(text[line.end]) &&
         (s + 1 == segments.size() || line.end < segments[s + 1].begin))
    ++line.end;
  std::string end(text.substr(segments[s].end, line.end - segments[s].end));
  Edits edits;
  if (end.empty()) {
    line.begin = segments[s - 1].end;
    end = text.substr(line.begin, segments[s].begin - line.begin);
  }
  if (to < segments.size()) {
    const uint32_t at = segments[to].begin;
    edits = {{{at, at}, moved + end}, {line, ""}};
  } else {
    const uint32_t at = segments.back().end;
    edits = {{line, ""}, {{at, at}, end + moved}};
  }
  sort_values(edits, [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  const std::string where = to < segments.size() ? " before line " + std::to_string(segments[to].line) : " to the end";
  m.add("Move " + short_place(message, m.finding.path) + where, std::move(edits), m.mend.safe);
}

}  // namespace iz
