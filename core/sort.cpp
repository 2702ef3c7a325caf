#include "core/sort.h"

#include <algorithm>
#include <numeric>

namespace iz {

std::vector<uint32_t> sorted_places(uint32_t size, const void* values, BeforeAt before) {
  std::vector<uint32_t> places(size);
  std::iota(places.begin(), places.end(), 0u);
  std::stable_sort(places.begin(), places.end(), [&](uint32_t a, uint32_t b) { return before(values, a, b); });
  return places;
}

void sort_places(std::span<uint32_t> places, const void* values, BeforeAt before) {
  const auto order = [&](uint32_t a, uint32_t b) { return before(values, a, b); };
  std::make_heap(places.begin(), places.end(), order);
  std::sort_heap(places.begin(), places.end(), order);
}

}  // namespace iz
