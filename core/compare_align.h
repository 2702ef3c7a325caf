// Pairs of things that are most alike. Internal to compare_messages.
#pragma once
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "core/message.h"

namespace iz {

/// A thing of the first list and one of the second; -1 where the other has none.
struct Pair {
  int a = -1, b = -1;
  bool moved = false;  ///< its order among the others is another
};

/// Pairs each thing with at most one other, the most alike first; below `least` (of 0 to 1000) two are not the same
/// thing. `likeness` is asked for every pair, for very long lists only near the diagonal. The result is in the order of
/// the first list, what only the second has behind its neighbour there.
std::vector<Pair> align(size_t count_a, size_t count_b, const std::function<int(size_t, size_t)>& likeness, int least);

/// A run of segments: one order (an ORC with what follows), or what stands before the first.
struct Block {
  uint32_t first = 0, last = 0;  ///< segments, end exclusive
};
/// The segments of a message cut where a patient (PID) begins; the first block is the header.
std::vector<Block> patients_of(const Message& message);
/// A block cut into its orders; the first is what stands before them.
std::vector<Block> orders_of(const Message& message, Block block);

/// How alike two blocks or segments of two messages are, 0 to 1000; the same for both directions.
int patients_alike(const Message& a, Block x, const Message& b, Block y);
int orders_alike(const Message& a, Block x, const Message& b, Block y);
int segments_alike(const Message& a, uint32_t x, const Message& b, uint32_t y);
int repetitions_alike(const Message& a, Element x, const Message& b, Element y);

}  // namespace iz
