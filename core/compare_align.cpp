#include "core/compare_align.h"
#include "core/sort.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>

namespace iz {
namespace {

constexpr size_t kAllPairs = 250000;  ///< more pairs are asked for only near the diagonal
constexpr int kNear = 40;             ///< how far from it

/// A place and how much it says about what a segment is.
struct Key {
  uint32_t field, component;
  int weight;
};

std::string_view value_of(const Message& m, uint32_t segment, const Key& key) {
  const Element repetition = m.repetition(segment, key.field, 1);
  return m.value(key.component ? m.component(repetition, key.component) : repetition);
}

/// Points for places with the same value, and those of all places that either has.
struct Points {
  int got = 0, all = 0;
  void add(std::string_view a, std::string_view b, int weight) {
    if (a.empty() && b.empty()) return;
    all += weight;
    if (a == b) got += weight;
  }
  int of_1000() const { return all ? got * 1000 / all : 1000; }
};

int find_in(const Message& m, Block block, std::string_view name) {
  for (uint32_t s = block.first; s < block.last; ++s)
    if (m.segments()[s].name == segment_code(name)) return static_cast<int>(s);
  return -1;
}

template <size_t N>
void add_keys(Points& points, const Message& a, int x, const Message& b, int y, const std::array<Key, N>& keys) {
  for (const Key& key : keys)
    points.add(x < 0 ? std::string_view() : value_of(a, static_cast<uint32_t>(x), key),
               y < 0 ? std::string_view() : value_of(b, static_cast<uint32_t>(y), key), key.weight);
}

/// The longest run of pairs whose order in both lists is the same stays; all others have moved.
void mark_moved(std::vector<Pair>& pairs) {
  std::vector<size_t> both;
  for (size_t i = 0; i < pairs.size(); ++i)
    if (pairs[i].a >= 0 && pairs[i].b >= 0) both.push_back(i);
  std::vector<size_t> tails, before(pairs.size(), pairs.size());
  for (const size_t i : both) {
    const auto at =
        std::lower_bound(tails.begin(), tails.end(), i, [&](size_t x, size_t y) { return pairs[x].b < pairs[y].b; });
    if (at != tails.begin()) before[i] = *(at - 1);
    if (at == tails.end())
      tails.push_back(i);
    else
      *at = i;
  }
  std::vector<bool> stays(pairs.size());
  if (!tails.empty())
    for (size_t i = tails.back(); i < pairs.size(); i = before[i]) stays[i] = true;
  for (const size_t i : both) pairs[i].moved = !stays[i];
}

}  // namespace

std::vector<Pair> align(size_t count_a, size_t count_b, const std::function<int(size_t, size_t)>& likeness, int least) {
  struct Score {
    int alike, apart;
    size_t a, b;
  };
  std::vector<Score> scores;
  const bool all = count_a * count_b <= kAllPairs;
  for (size_t a = 0; a < count_a; ++a) {
    for (size_t b = 0; b < count_b; ++b) {
      const int apart = std::abs(static_cast<int>(a) - static_cast<int>(b));
      if (!all && apart > kNear) {
        if (b > a) break;
        b = a - kNear - 1;
        continue;
      }
      const int alike = likeness(a, b);
      if (alike >= least) scores.push_back({alike, apart, a, b});
    }
  }
  sort_values(scores, [](const Score& x, const Score& y) {
    return std::tuple(-x.alike, x.apart, x.a + x.b, x.a) < std::tuple(-y.alike, y.apart, y.a + y.b, y.a);
  });
  std::vector<int> to(count_a, -1), from(count_b, -1);
  for (const Score& s : scores) {
    if (to[s.a] >= 0 || from[s.b] >= 0) continue;
    to[s.a] = static_cast<int>(s.b);
    from[s.b] = static_cast<int>(s.a);
  }
  std::vector<Pair> pairs;
  const auto only_b = [&](size_t b) {  // those that follow `b - 1` in the second list and have no partner
    for (; b < count_b && from[b] < 0; ++b) pairs.push_back({-1, static_cast<int>(b)});
  };
  only_b(0);
  for (size_t a = 0; a < count_a; ++a) {
    pairs.push_back({static_cast<int>(a), to[a]});
    if (to[a] >= 0) only_b(static_cast<size_t>(to[a]) + 1);
  }
  mark_moved(pairs);
  return pairs;
}

std::vector<Block> patients_of(const Message& m) {
  std::vector<Block> out{{0, 0}};
  for (uint32_t s = 0; s < m.segments().size(); ++s) {
    if (m.segments()[s].name == segment_code("PID")) out.push_back({s, s});
    out.back().last = s + 1;
  }
  return out;
}

std::vector<Block> orders_of(const Message& m, Block block) {
  std::vector<Block> out{{block.first, block.first}};
  bool dose = true;  // an RXA here begins an order of its own
  for (uint32_t s = block.first; s < block.last; ++s) {
    const uint32_t name = m.segments()[s].name;
    const bool rxa = name == segment_code("RXA");
    if (name == segment_code("ORC") || (rxa && dose)) {
      out.push_back({s, s});
      dose = false;
    }
    dose = dose || rxa;
    out.back().last = s + 1;
  }
  return out;
}

int patients_alike(const Message& a, Block x, const Message& b, Block y) {
  static constexpr std::array<Key, 5> keys{{{3, 1, 4}, {5, 1, 2}, {5, 2, 2}, {7, 1, 2}, {8, 0, 1}}};
  Points points;
  add_keys(points, a, find_in(a, x, "PID"), b, find_in(b, y, "PID"), keys);
  return points.of_1000();
}

// The order number alone, or vaccine and date, make a dose the same one; 9999 is the number of those that were not given.
int orders_alike(const Message& a, Block x, const Message& b, Block y) {
  static constexpr std::array<Key, 2> orc{{{3, 1, 3}, {2, 1, 2}}};
  static constexpr std::array<Key, 6> rxa{{{5, 1, 4}, {3, 1, 3}, {15, 0, 2}, {20, 0, 1}, {6, 0, 1}, {9, 1, 1}}};
  Points points;
  add_keys(points, a, find_in(a, x, "ORC"), b, find_in(b, y, "ORC"), orc);
  add_keys(points, a, find_in(a, x, "RXA"), b, find_in(b, y, "RXA"), rxa);
  // Forecasts differ in nothing but what their observations say.
  const int i = find_in(a, x, "OBX"), j = find_in(b, y, "OBX");
  static constexpr std::array<Key, 1> obx{{{5, 1, 2}}};
  add_keys(points, a, i, b, j, obx);
  const int c = find_in(a, x, "ORC"), d = find_in(b, y, "ORC");
  if (c < 0 || d < 0) return points.of_1000();
  const std::string_view number = value_of(a, static_cast<uint32_t>(c), {3, 0, 0});
  const bool same =
      !number.empty() && number == value_of(b, static_cast<uint32_t>(d), {3, 0, 0}) && !number.starts_with("9999");
  return std::max(points.of_1000(), same ? 600 : 0);
}

int segments_alike(const Message& a, uint32_t x, const Message& b, uint32_t y) {
  const uint32_t name = a.segments()[x].name;
  if (name != b.segments()[y].name) return 0;
  Points points;
  points.add("name", "name", 1);
  if (name == segment_code("OBX")) {
    static constexpr std::array<Key, 4> keys{{{3, 1, 8}, {4, 0, 2}, {5, 1, 3}, {14, 0, 1}}};
    add_keys(points, a, static_cast<int>(x), b, static_cast<int>(y), keys);
    return points.of_1000();
  }
  if (name == segment_code("NK1")) {
    static constexpr std::array<Key, 3> keys{{{2, 1, 2}, {2, 2, 4}, {3, 1, 4}}};
    add_keys(points, a, static_cast<int>(x), b, static_cast<int>(y), keys);
    return points.of_1000();
  }
  const uint32_t fields = std::max(a.segments()[x].field_count, b.segments()[y].field_count);
  for (uint32_t f = 1; f <= fields; ++f) points.add(a.value(a.field(x, f)), b.value(b.field(y, f)), 1);
  return points.of_1000();
}

int repetitions_alike(const Message& a, Element x, const Message& b, Element y) {
  Points points;
  const uint32_t parts = std::max(a.count(x, Level::component), b.count(y, Level::component));
  for (uint32_t c = 1; c <= parts; ++c)
    points.add(a.value(a.component(x, c)), b.value(b.component(y, c)), c == 1 ? 2 : 1);
  return points.of_1000();
}

}  // namespace iz
