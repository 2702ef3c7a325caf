// Where segments go: the structure of the profile is matched with each place tried.
#include <algorithm>

#include "core/edit.h"
#include "core/segment_places.h"
#include "core/structure.h"

namespace iz {
namespace {

constexpr size_t kTried = 400;  ///< places looked at behind the first possible one

}  // namespace

SegmentPlaces best_places(const Message& m, const Profile& profile, std::span<const std::string> lines, int behind,
                          int without) {
  const auto segments = m.segments();
  std::vector<std::string> names;
  for (const Segment& s : segments) names.push_back(s.name ? segment_name(s.name) : "???");
  SegmentPlaces out;
  Message skeleton;  // the names alone decide
  StructureMatch match;
  const size_t first = static_cast<size_t>(std::max(behind, -1) + 1);
  for (size_t at = first; at <= std::min(segments.size(), first + kTried); ++at) {
    std::string text;
    for (size_t i = 0; i <= names.size(); ++i) {
      if (i == at)
        for (const std::string& line : lines) text.append(line, 0, 3).append("|\r");
      if (i < names.size() && static_cast<int>(i) != without) text.append(names[i]).append("|\r");
    }
    skeleton.parse(text);
    match.match(skeleton, profile);
    if (!match.knows(segment_code(std::string_view(lines[0]).substr(0, 3)))) return out;
    Misfit misfit{match.unexpected().size(), 0};
    for (const StructureFault& f : match.faults()) misfit.faults += f.absent ? 1 : 4;
    if (out.best.empty() || misfit < out.misfit) {
      out.misfit = misfit;
      out.best.clear();
    }
    if (misfit == out.misfit) out.best.push_back(at);
  }
  return out;
}

std::optional<Edits> insert_segments(const Message& m, const Profile* profile, std::span<const std::string> lines,
                                     int behind) {
  const auto segments = m.segments();
  if (lines.empty() || lines[0].size() < 3) return std::nullopt;
  size_t best = segments.size();
  if (profile) {
    const SegmentPlaces places = best_places(m, *profile, lines, behind, -1);
    if (places.best.empty()) return std::nullopt;
    best = places.best[0];
    for (size_t i = 1; i < places.best.size() && places.best[i] == best + 1; ++i) ++best;
  }
  std::string text;
  const std::string_view end = line_end(m);
  if (best == 0) {
    for (const std::string& line : lines) text.append(line).append(end);
    return Edits{{{0, 0}, text}};
  }
  for (const std::string& line : lines) text.append(end).append(line);
  const uint32_t at = segments[best - 1].end;
  return Edits{{{at, at}, text}};
}

std::vector<std::string> group_lines(const Profile& profile, std::string_view group) {
  std::vector<std::string> lines;
  const auto inside = [&](size_t i) {
    bool required = true;
    for (int up = static_cast<int>(i); up >= 0; up = profile.structure[static_cast<size_t>(up)].parent) {
      const StructureDef& def = profile.structure[static_cast<size_t>(up)];
      if (def.group && def.name == group) return required;
      required = required && def.usage == Usage::R;
    }
    return false;
  };
  for (size_t i = 0; i < profile.structure.size(); ++i)
    if (!profile.structure[i].group && inside(i)) lines.push_back(profile.structure[i].name);
  return lines;
}

}  // namespace iz
