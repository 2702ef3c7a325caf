#pragma once

#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace iz {

/// Whether the value at place `a` comes before that at place `b`; `values` is what is sorted.
using BeforeAt = bool (*)(const void* values, uint32_t a, uint32_t b);

/// The places 0 to `size` - 1 in the order of what stands there; equal ones stay as they are. One sort for all types:
/// std::stable_sort of each would be a thirtieth of the page's program.
std::vector<uint32_t> sorted_places(uint32_t size, const void* values, BeforeAt before);

/// Sorts places in the same way, in place and without memory of its own; equal ones in any order.
void sort_places(std::span<uint32_t> places, const void* values, BeforeAt before);
template <typename Before>
void sort_places(std::span<uint32_t> places, const Before& before) {
  sort_places(places, &before, [](const void* of, uint32_t a, uint32_t b) {
    return static_cast<bool>((*static_cast<const Before*>(of))(a, b));
  });
}

/// Sorts the values of a vector or span, of at most 2^32 - 1, equal ones staying as they are. Allocates; what is sorted
/// for each message of many takes std::sort.
template <typename Values, typename Before>
void sort_values(Values&& values, Before before) {
  using Value = std::remove_reference_t<decltype(*std::begin(values))>;
  const struct {
    const Value* first;
    const Before& before;
  } sorted{std::data(values), before};
  using Sorted = decltype(sorted);
  const std::vector<uint32_t> places =
      sorted_places(static_cast<uint32_t>(std::size(values)), &sorted, [](const void* of, uint32_t a, uint32_t b) {
        const auto& s = *static_cast<Sorted*>(of);
        return static_cast<bool>(s.before(s.first[a], s.first[b]));
      });
  std::vector<Value> out;
  out.reserve(places.size());
  for (const uint32_t at : places) out.push_back(std::move(*(std::begin(values) + at)));
  std::move(out.begin(), out.end(), std::begin(values));
}

}  // namespace iz
