// Checks that the vocabulary of conditions cannot say, by name. A rule file uses one as {"check": "set_id"}.
#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <span>
#include <vector>

#include "core/evaluate.h"
#include "core/sort.h"

namespace iz {
namespace {

/// Whether the text is a whole number; one too large to count to is.
bool as_number(std::string_view text, uint32_t& n) {
  n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error != std::errc::invalid_argument && end == text.data() + text.size();
}

Spot field_one(const Message& m, uint32_t segment) {
  const Segment& s = m.segments()[segment];
  return {static_cast<int>(segment), m.repetition(segment, 1, 1), {s.name, s.occurrence, 1, 1, 0, 0}};
}

/// Field 1 holds the number of the segment among those of its name, written without zeros before it.
Truth set_id(const Message& m, const Scope& scope, Spot* failed) {
  const Spot spot = field_one(m, scope.segment);
  if (failed) *failed = spot;
  if (!m.present(spot.element)) return Truth::holds;
  return m.value(spot.element) == std::to_string(m.segments()[scope.segment].occurrence) ? Truth::holds : Truth::fails;
}

/// OBX-1 counts 1, 2, 3 ... through the message, or anew in each order. The first OBX whose number is none is blamed; when
/// all are numbers, the last one whose number is not its place in its order. A second number in one OBX-1 counts as one
/// more.
Truth obx_set_id(const Message& m, const Scope& scope, Spot* failed) {
  bool through = true, anew = true;
  uint32_t n = 0, in_order = 0, order = 0;
  for (size_t i = 0; i < scope.segments.size(); ++i) {
    const uint32_t s = scope.segments[i];
    if (m.segments()[s].name != segment_code("OBX")) continue;
    if (scope.orders[i] != order) in_order = 0;
    order = scope.orders[i];
    const Element field = m.field(s, 1);
    for (uint32_t at = field.first; at < field.last;) {
      Element number{at, at + 1};
      while (number.last < field.last && m.nodes()[number.last].starts < Level::repetition) ++number.last;
      at = number.last;
      if (!m.present(number)) continue;
      uint32_t value = 0;
      if (!as_number(m.value(number), value)) {
        if (failed) *failed = field_one(m, s);
        return Truth::fails;
      }
      through = through && value == ++n;
      if (value == ++in_order) continue;
      anew = false;
      if (failed) *failed = field_one(m, s);
    }
  }
  return through || anew ? Truth::holds : Truth::fails;
}

/// The OBX of one order that speak of a VIS, taken together by OBX-4: each set must be the bar code and the date given
/// (69764-9, 29769-7), or vaccine type, edition date and date given (30956-7, 29768-9, 29769-7), and nothing else of these.
Truth vis_complete(const Message& m, const Scope& scope, Spot* failed) {
  static constexpr std::string_view codes[] = {"69764-9", "30956-7", "29768-9", "29769-7"};
  static constexpr unsigned bar_code = 1 | 8, by_type = 2 | 4 | 8, other = 1u << std::size(codes);
  if (failed) *failed = {};
  struct Part {
    const char* text;  // OBX-4
    uint32_t size;
    unsigned code;  // one bit
    std::string_view set() const { return {text, size}; }
  };
  std::array<Part, 64> few;  // an order has about ten OBX; more are held on the heap
  std::vector<Part> many;
  if (scope.segments.size() > few.size()) many.resize(scope.segments.size());
  const std::span<Part> room = many.empty() ? std::span<Part>(few) : std::span<Part>(many);
  size_t n = 0;
  for (uint32_t s : scope.segments) {
    if (m.segments()[s].name != segment_code("OBX")) continue;
    const std::string_view code = m.value(m.component(m.repetition(s, 3, 1), 1));
    const auto k = std::find(std::begin(codes), std::end(codes), code) - std::begin(codes);
    const std::string_view set = m.value(m.repetition(s, 4, 1));
    room[n++] = {set.data(), static_cast<uint32_t>(set.size()), 1u << k};
  }
  const std::span<Part> parts = room.first(n);
  const auto before = [](const Part& a, const Part& b) { return a.set() < b.set(); };
  if (n > few.size()) {
    sort_values(parts, before);
  } else {  // a handful, mostly in order
    for (size_t i = 1; i < n; ++i)
      for (size_t k = i; k > 0 && before(parts[k], parts[k - 1]); --k) std::swap(parts[k], parts[k - 1]);
  }
  bool any = false;
  for (size_t i = 0; i < n;) {
    unsigned have = 0;
    bool twice = false;
    const std::string_view set = parts[i].set();
    for (; i < n && parts[i].set() == set; ++i) {
      twice = twice || (have & parts[i].code);
      have |= parts[i].code;
    }
    if (!(have & ~other)) continue;
    any = true;
    if (twice || (have != bar_code && have != by_type)) return Truth::fails;
  }
  return any ? Truth::holds : Truth::fails;
}

constexpr struct {
  std::string_view name;
  Check function;
} kChecks[] = {{"obx_set_id", obx_set_id}, {"set_id", set_id}, {"vis_complete", vis_complete}};

}  // namespace

int check_index(std::string_view name) {
  for (size_t i = 0; i < std::size(kChecks); ++i)
    if (kChecks[i].name == name) return static_cast<int>(i);
  return -1;
}

Check check_function(int index) { return kChecks[static_cast<size_t>(index)].function; }

}  // namespace iz
