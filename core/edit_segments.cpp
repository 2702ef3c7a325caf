// Where segments go: the structure of the profile is matched with each place tried.
#include <algorithm>

#include "core/edit.h"
#include "core/segment_places.h"
#include "core/structure.h"

namespace iz {
namespace {

constexpr size_t kTried = 400;  ///< places looked at behind the first possible one

/// The segments of a message by their names alone, as a profile's structure takes them.
class Skeleton {
 public:
  Skeleton(const Message& m, const Profile& profile) : profile_(profile) {
    for (const Segment& s : m.segments()) names_.push_back(s.name ? segment_name(s.name) : "???");
  }
  size_t size() const { return names_.size(); }
  const std::string& name(size_t segment) const { return names_[segment]; }

  /// With `lines` before segment `at`, and without segment `without` (-1: with all).
  const StructureMatch& match(std::span<const std::string> lines, size_t at, int without) {
    std::string text;
    for (size_t i = 0; i <= names_.size(); ++i) {
      if (i == at)
        for (const std::string& line : lines) text.append(line, 0, 3).append("|\r");
      if (i < names_.size() && static_cast<int>(i) != without) text.append(names_[i]).append("|\r");
    }
    skeleton_.parse(text);
    match_.match(skeleton_, profile_);
    return match_;
  }

 private:
  const Profile& profile_;
  std::vector<std::string> names_;
  Message skeleton_;
  StructureMatch match_;
};

/// Which group and which dose the segments of a message belong to.
struct Grouping {
  std::vector<int> group;       ///< of each segment, -1 outside; the numbers say only what belongs together
  std::vector<uint32_t> order;  ///< of each segment, 0 outside
  std::vector<bool> opens;      ///< whether a segment is the first of its group

  /// Of a match with `inserted` more segments before segment `at`.
  Grouping(const StructureMatch& match, size_t segments, size_t at, size_t inserted)
      : group(segments, -1), order(segments, 0), opens(segments, false) {
    const auto placed = match.placed();
    for (size_t i = 0; i < placed.size(); ++i) {
      size_t s = placed[i].segment;
      if (s >= at && s < at + inserted) continue;
      if (s >= at) s -= inserted;
      group[s] = placed[i].group;
      order[s] = match.orders()[i];
      opens[s] = placed[i].group >= 0 && match.groups()[static_cast<size_t>(placed[i].group)].first == i;
    }
  }
  /// Whether neighbours that belonged together do so still, and no others.
  bool same_as(const Grouping& o) const {
    for (size_t i = 1; i < group.size(); ++i) {
      if ((group[i] == group[i - 1]) != (o.group[i] == o.group[i - 1])) return false;
      if ((order[i] == order[i - 1]) != (o.order[i] == o.order[i - 1])) return false;
    }
    return true;
  }
};

size_t count_absent(const StructureMatch& match) {
  return static_cast<size_t>(
      std::count_if(match.faults().begin(), match.faults().end(), [](const StructureFault& f) { return f.absent; }));
}

/// Of what is absent at least `absent_at_least` counts: to fill what was absent before is no gain then.
Misfit misfit_of(const StructureMatch& match, size_t absent_at_least = 0) {
  const size_t absent = count_absent(match);
  return {match.unexpected().size(), std::max(absent, absent_at_least) + 4 * (match.faults().size() - absent)};
}

/// Where new lines go: as near behind a segment as they fit, but behind those of their own name, and never so that what
/// belonged to one dose or observation belongs to another. What is missing elsewhere draws nothing to it.
std::optional<size_t> place_behind(const Message& m, const Profile& profile, std::span<const std::string> lines,
                                   int behind) {
  Skeleton skeleton(m, profile);
  const std::string name = lines[0].substr(0, 3);
  const StructureMatch& now = skeleton.match({}, skeleton.size() + 1, -1);
  if (!now.knows(segment_code(name))) return std::nullopt;
  const size_t absent = count_absent(now);
  const Misfit before = misfit_of(now, absent);
  const Grouping grouped(now, skeleton.size(), skeleton.size(), 0);
  const auto best_from = [&](size_t first, size_t last) {
    SegmentPlaces out;
    for (size_t at = first; at < last; ++at) {
      const StructureMatch& match = skeleton.match(lines, at, -1);
      Misfit misfit = misfit_of(match, absent);
      if (!Grouping(match, skeleton.size(), at, lines.size()).same_as(grouped)) misfit.faults += 4;
      if (out.best.empty() || misfit < out.misfit) out = {{}, misfit};
      if (misfit == out.misfit) out.best.push_back(at);
    }
    return out;
  };
  const size_t first = static_cast<size_t>(std::max(behind, -1) + 1);
  SegmentPlaces places = best_from(first, std::min(skeleton.size(), first + kTried) + 1);
  // What does not fit behind it belongs before it.
  if (first > 0 && before < places.misfit)
    if (SegmentPlaces earlier = best_from(first - std::min(first, kTried), first); earlier.misfit < places.misfit)
      places = std::move(earlier);
  const std::vector<size_t>& best = places.best;
  size_t place = best[0];
  for (const size_t at : best) {
    const auto own = [&](size_t s) {
      if (skeleton.name(s) == name) return true;
      for (size_t i = s; i-- > 0 && grouped.group[i] == grouped.group[s];)
        if (grouped.opens[i]) return skeleton.name(i) == name;
      return false;
    };
    bool behind_own = true;
    for (size_t s = place; s < at; ++s) behind_own = behind_own && own(s);
    if (behind_own) place = at;
  }
  // A whole dose of one that stands in none is the last one.
  const bool outside = behind < 0 || grouped.order[static_cast<size_t>(behind)] == 0;
  return lines.size() > 1 && outside ? best.back() : place;
}

}  // namespace

SegmentPlaces best_places(const Message& m, const Profile& profile, std::span<const std::string> lines, int without) {
  Skeleton skeleton(m, profile);
  SegmentPlaces out;
  for (size_t at = 0; at <= std::min(skeleton.size(), kTried); ++at) {
    const StructureMatch& match = skeleton.match(lines, at, without);
    if (!match.knows(segment_code(std::string_view(lines[0]).substr(0, 3)))) return out;
    const Misfit misfit = misfit_of(match);
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
    const std::optional<size_t> place = place_behind(m, *profile, lines, behind);
    if (!place) return std::nullopt;
    best = *place;
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
