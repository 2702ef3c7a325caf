// Matches the segments of a message with the structure of a profile. Internal to check.
//
// Segments are taken in order: each segment or group of the structure takes those that stand next, a group as often as
// its first segment comes. What is left over is unexpected, and with it everything after; a segment that the profile
// does not have at all is unexpected by itself and the sequence goes on.
#pragma once
#include <span>
#include <vector>

#include "core/catalogue.h"
#include "core/message.h"

namespace iz {

/// A segment that has its place. `group` is an index in `groups()`, -1 at the top.
struct PlacedSegment {
  uint32_t segment = 0;  ///< index in the message
  int def = -1;          ///< index in Profile::segments
  int group = -1;
};

/// One occurrence of a group: its segments are `first` to `last` among the placed ones, those of inner groups included.
struct PlacedGroup {
  int def = -1;         ///< index in Profile::structure
  uint32_t number = 1;  ///< n-th occurrence in its parent
  uint32_t first = 0, last = 0;
};

/// Something missing, too often or not allowed.
struct StructureFault {
  Engine engine = Engine::segment_missing;
  int def = -1;         ///< index in Profile::structure
  uint32_t number = 1;  ///< the occurrence that should stand there, counted in its parent
  int anchor = -1;      ///< segment where it shows: the segment itself, or the first one of the parent; -1: none
  bool absent = false;
};

class StructureMatch {
 public:
  void match(const Message& message, const Profile& profile);
  std::span<const PlacedSegment> placed() const { return placed_; }
  std::span<const PlacedGroup> groups() const { return groups_; }
  std::span<const StructureFault> faults() const { return faults_; }
  /// Segments without a place, in message order.
  std::span<const uint32_t> unexpected() const { return unexpected_; }
  /// Whether the profile has a segment of this name anywhere.
  bool knows(uint32_t name) const;
  /// Code of the segment that opens a group, or of the segment itself; `def` is an index in Profile::structure.
  uint32_t head(int def) const;
  /// Message indices of the segments of a group occurrence; -1: all placed ones.
  std::span<const uint32_t> segments_of(int group) const;
  /// For each placed segment the number of the outermost group occurrence that holds it, from 1; 0 outside of groups.
  std::span<const uint32_t> orders() const { return orders_; }

 private:
  void match_list(const std::vector<int>& list, int group);
  void match_segment(int def, int group);
  void match_group(int def, int group);
  void fault(Engine engine, int def, uint32_t number, int anchor, bool absent);
  int anchor_of(int group) const;

  const Message* message_ = nullptr;
  const Profile* profile_ = nullptr;
  size_t next_ = 0;  // in sequence_
  int depth_ = 0;
  uint32_t order_ = 0;
  std::vector<uint32_t> sequence_;  // segments that the profile knows
  std::vector<PlacedSegment> placed_;
  std::vector<uint32_t> placed_index_;  // the message indices of placed_
  std::vector<uint32_t> orders_;
  std::vector<PlacedGroup> groups_;
  std::vector<StructureFault> faults_;
  std::vector<uint32_t> unexpected_;
  std::vector<int> roots_;
};

}  // namespace iz
