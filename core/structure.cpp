#include "core/structure.h"

#include <algorithm>
#include <functional>

#include "core/sort.h"

namespace iz {

bool StructureMatch::knows(uint32_t name) const {
  return std::any_of(profile_->structure.begin(), profile_->structure.end(),
                     [&](const StructureDef& d) { return !d.group && d.code == name; });
}

std::span<const uint32_t> StructureMatch::segments_of(int group) const {
  const std::span<const uint32_t> all = placed_index_;
  if (group < 0) return all;
  const PlacedGroup& g = groups_[static_cast<size_t>(group)];
  return all.subspan(g.first, g.last - g.first);
}

void StructureMatch::match(const Message& message, const Profile& profile) {
  message_ = &message;
  profile_ = &profile;
  next_ = 0;
  depth_ = 0;
  order_ = 0;
  sequence_.clear();
  placed_.clear();
  placed_index_.clear();
  orders_.clear();
  groups_.clear();
  faults_.clear();
  unexpected_.clear();
  roots_.clear();
  for (size_t i = 0; i < profile.structure.size(); ++i)
    if (profile.structure[i].parent < 0) roots_.push_back(static_cast<int>(i));

  const auto segments = message.segments();
  uint32_t last_name = 0;
  bool last_known = false;
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const uint32_t name = segments[s].name;
    if (!name) continue;  // a line that is no segment is said by itself
    if (name != last_name) {
      last_known = knows(name);
      last_name = name;
    }
    (last_known ? sequence_ : unexpected_).push_back(s);
  }
  match_list(roots_, -1);
  unexpected_.insert(unexpected_.end(), sequence_.begin() + static_cast<std::ptrdiff_t>(next_), sequence_.end());
  sort_places(unexpected_, std::less<uint32_t>());
}

uint32_t StructureMatch::head(int def) const {
  const StructureDef* d = &profile_->structure[static_cast<size_t>(def)];
  while (d->group) d = &profile_->structure[static_cast<size_t>(d->children[0])];
  return d->code;
}

int StructureMatch::anchor_of(int group) const {
  if (group >= 0) return static_cast<int>(placed_[groups_[static_cast<size_t>(group)].first].segment);
  return message_->segments().empty() ? -1 : 0;
}

void StructureMatch::fault(Engine engine, int def, uint32_t number, int anchor, bool absent) {
  faults_.push_back({engine, def, number, anchor, absent});
}

void StructureMatch::match_list(const std::vector<int>& list, int group) {
  for (const int def : list) {
    if (profile_->structure[static_cast<size_t>(def)].group)
      match_group(def, group);
    else
      match_segment(def, group);
  }
}

void StructureMatch::match_segment(int index, int group) {
  const StructureDef& def = profile_->structure[static_cast<size_t>(index)];
  const uint32_t code = def.code;
  const auto segments = message_->segments();
  const bool opens = index == (def.parent < 0 ? 0 : profile_->structure[static_cast<size_t>(def.parent)].children[0]);
  uint32_t count = 0;
  while (next_ < sequence_.size() && segments[sequence_[next_]].name == code) {
    // The segment that opens a group, or the message, opens the next one when it comes again.
    if (count && opens) break;
    const uint32_t s = sequence_[next_++];
    ++count;
    placed_.push_back({s, def.segment, group});
    placed_index_.push_back(s);
    orders_.push_back(depth_ ? order_ : 0);
    if (def.usage == Usage::X)
      fault(Engine::segment_not_supported, index, count, static_cast<int>(s), false);
    else if (count > def.max)
      fault(Engine::segment_repeated, index, count, static_cast<int>(s), false);
  }
  if (count) return;
  if (def.usage == Usage::R) fault(Engine::segment_missing, index, 1, anchor_of(group), true);
  if (def.usage == Usage::RE) fault(Engine::segment_not_sent, index, 1, anchor_of(group), true);
}

void StructureMatch::match_group(int index, int parent) {
  const StructureDef& def = profile_->structure[static_cast<size_t>(index)];
  const uint32_t code = head(index);
  const auto segments = message_->segments();
  uint32_t count = 0;
  while (next_ < sequence_.size() && segments[sequence_[next_]].name == code) {
    ++count;
    const auto self = static_cast<int>(groups_.size());
    const auto first = static_cast<uint32_t>(placed_.size());
    groups_.push_back({index, count, first, first});
    if (depth_++ == 0) ++order_;
    match_list(def.children, self);
    --depth_;
    groups_[static_cast<size_t>(self)].last = static_cast<uint32_t>(placed_.size());
    const int opener = static_cast<int>(placed_[first].segment);
    if (def.usage == Usage::X)
      fault(Engine::segment_not_supported, index, count, opener, false);
    else if (count > def.max)
      fault(Engine::segment_repeated, index, count, opener, false);
  }
  if (count) return;
  if (def.usage == Usage::R) fault(Engine::group_missing, index, 1, anchor_of(parent), true);
  if (def.usage == Usage::RE) fault(Engine::segment_not_sent, index, 1, anchor_of(parent), true);
}

}  // namespace iz
