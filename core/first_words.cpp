#include "core/first_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/choose_profile.h"
#include "core/elements.h"
#include "core/words.h"

namespace iz {
namespace {

enum class LineEnd : uint8_t { none, cr, lf, crlf };

LineEnd line_end(const Message& m, const Segment& segment) {
  const std::string_view rest = m.text().substr(segment.end);
  if (rest.starts_with("\r\n")) return LineEnd::crlf;
  if (rest.starts_with('\r')) return LineEnd::cr;
  return rest.starts_with('\n') ? LineEnd::lf : LineEnd::none;
}

std::string_view in_words(LineEnd end) {
  switch (end) {
    case LineEnd::crlf:
      return "CR LF (0x0D 0x0A)";
    case LineEnd::lf:
      return "a line feed (LF, 0x0A)";
    case LineEnd::cr:
      return "CR (0x0D)";
    case LineEnd::none:
      break;
  }
  return "nothing";
}

/// What the open groups and the message still require behind the last segment, from the inside out.
std::vector<const StructureFault*> open_end(const Profile& profile, const StructureMatch& structure) {
  std::vector<const StructureFault*> out;
  const PlacedSegment& last = structure.placed().back();
  const auto& defs = profile.structure;
  const auto groups = structure.groups();
  // The groups that are open where the message ends, from the inside out, as indices in `defs` with what stands last in
  // each.
  int at = -1;
  for (size_t i = 0; i < defs.size() && at < 0; ++i)
    if (!defs[i].group && defs[i].segment == last.def &&
        defs[i].parent == (last.group < 0 ? -1 : groups[static_cast<size_t>(last.group)].def))
      at = static_cast<int>(i);
  for (; at >= 0; at = defs[static_cast<size_t>(at)].parent) {
    const int parent = defs[static_cast<size_t>(at)].parent;
    int anchor = 0;  // where a fault of this occurrence of the group shows
    for (const PlacedGroup& g : groups)
      if (g.def == parent && g.last == structure.placed().size())
        anchor = static_cast<int>(structure.placed()[g.first].segment);
    for (const StructureFault& f : structure.faults()) {
      const bool required = f.engine == Engine::segment_missing || f.engine == Engine::group_missing;
      if (required && f.absent && f.def > at && f.anchor == anchor && defs[static_cast<size_t>(f.def)].parent == parent)
        out.push_back(&f);
    }
  }
  return out;
}

bool is_missing(const Catalogue& catalogue, const Finding& f) {
  return f.rule == catalogue.rule_index(Engine::element_missing) ||
         f.rule == catalogue.rule_index(Engine::condition_missing);
}

/// What `next` says: "Result Status (OBX-11)", "the rest of the line".
std::string next_words(const Catalogue& catalogue, const Message& m, const Report& report, const Finding& f) {
  if (!f.path.field) return "the rest of the line";
  Path field = f.path;
  field.component = field.subcomponent = 0;
  const std::string name(find_place(catalogue, m, report.profile, field).name());
  return f.path.component ? "the rest of " + name : name;
}

}  // namespace

LineEnds find_line_ends(const Message& m) {
  LineEnds out;
  uint32_t first[4] = {};
  uint32_t count[4] = {};
  const auto segments = m.segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const auto end = static_cast<size_t>(line_end(m, segments[s]));
    if (count[end]++ == 0) first[end] = s;
  }
  out.cr = count[1];
  out.lf = count[2];
  out.crlf = count[3];
  // The rarest is the odd one; of two that are as frequent the one that comes later.
  uint32_t rarest = 0;
  for (size_t k = 1; k < 4; ++k)
    if (count[k] && (!rarest || count[k] < rarest || (count[k] == rarest && first[k] > out.odd))) {
      rarest = count[k];
      out.odd = first[k];
    }
  return out;
}

std::optional<Truncation> find_truncation(const Catalogue& catalogue, const Message& m, const Profile& profile,
                                          const StructureMatch& structure, std::span<const Finding> findings) {
  const auto segments = m.segments();
  if (segments.empty() || structure.placed().empty()) return std::nullopt;
  const auto last = static_cast<uint32_t>(segments.size() - 1);
  const Segment& segment = segments[last];
  if (segment.name && structure.placed().back().segment != last) return std::nullopt;
  const bool in_order = std::none_of(structure.unexpected().begin(), structure.unexpected().end(),
                                     [&](uint32_t s) { return structure.knows(segments[s].name); });
  Truncation out;
  out.segment = last;
  if (in_order) {
    for (const StructureFault* fault : open_end(profile, structure)) {
      const StructureDef& def = profile.structure[static_cast<size_t>(fault->def)];
      out.missing.push_back({{def.group ? 0 : def.code, fault->number}, def.group ? fault->def : -1});
    }
  }
  const bool ended = line_end(m, segment) != LineEnd::none;
  if (!segment.name) {
    if (ended || segment.end - segment.begin >= 3) return std::nullopt;
    return out;
  }
  if (!ended) {
    const Finding* missing = nullptr;
    uint32_t count = 0;
    bool faulty = false;
    for (const Finding& f : findings) {
      if (f.severity != Severity::error || f.line != segment.line || f.span.end != segment.end || !f.path.field)
        continue;
      if (f.span.begin < f.span.end) {
        faulty = true;
      } else if (is_missing(catalogue, f)) {
        if (!missing) missing = &f;
        ++count;
      }
    }
    if (count >= 2 || (count == 1 && faulty)) {
      out.next = missing->path;
      return out;
    }
  }
  return std::nullopt;
}

std::optional<std::string> first_word(std::string_view key, const Catalogue& catalogue, const Message& m,
                                      const Report& report, const Finding& f) {
  if (key == "kind") return message_kind(m);
  if (key == "misfit" || key == "misfit_reason") {
    const bool known = report.profile && has_segment(*report.profile, f.path.segment);
    if (key == "misfit") return known ? "stands out of place" : "is not a segment of this message";
    return known ? "another segment should stand before it, or it comes once too often"
                 : fmt::format("{} does not have it", report.profile ? report.profile->id : "the guide");
  }
  if (key == "profile") return report.profile ? report.profile->id : "none";
  if (key == "next") return next_words(catalogue, m, report, f);
  if (key == "checked") {
    if (report.profile)
      return fmt::format("By its segments it is read as {} and was checked as that", report.profile->id);
    return "Line ends, segment names, and dates, times and numbers were checked, nothing else";
  }
  if (key == "profiles") {
    std::string out;
    for (const auto& p : catalogue.profiles)
      if (!p->type.empty()) out += (out.empty() ? "" : ", ") + p->id;
    return out;
  }
  if (key == "named_profile") return std::string(m.get("MSH", 21, 1));
  if (key == "line_ends") {
    const LineEnds ends = find_line_ends(m);
    return ends.crlf ? "CR LF" : "LF";
  }
  if (key == "line_end") {
    const auto segments = m.segments();
    const auto at = std::find_if(segments.begin(), segments.end(), [&](const Segment& s) { return s.line == f.line; });
    return std::string(in_words(at == segments.end() ? LineEnd::none : line_end(m, *at)));
  }
  return std::nullopt;
}

}  // namespace iz
