// Which places in a message fit a segment by the profile's structure. Internal to edit and fix.
#pragma once
#include <compare>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/message.h"
#include "core/profile.h"

namespace iz {

/// How badly a sequence of segments fits a structure.
struct Misfit {
  size_t unexpected = 0;                            ///< segments without a place
  size_t faults = 0;                                ///< segments and groups missing, or too many
  auto operator<=>(const Misfit&) const = default;  // NOLINT(modernize-use-nullptr): the check misreads the comparison
};

struct SegmentPlaces {
  std::vector<size_t> best;  ///< before the segment of that index; ascending; empty: the profile has no such segment
  Misfit misfit;             ///< with the lines in one of them
};

/// The places where `lines` fit best together; the segment `without` (-1: none) is left out. Only the names of the
/// segments count.
SegmentPlaces best_places(const Message& message, const Profile& profile, std::span<const std::string> lines,
                          int without);

}  // namespace iz
