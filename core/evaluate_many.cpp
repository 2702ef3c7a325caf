// Conditions on more than one place: how many, whether two are the same, whether dates go back, and scores.
#include <algorithm>
#include <array>

#include "codesets/text_key.h"
#include "core/evaluate.h"

namespace iz {
namespace {

Truth truth(bool holds) { return holds ? Truth::holds : Truth::fails; }

Scope scope_in(const Scope& outer, uint32_t segment) {
  Scope scope;
  scope.segment = segment;
  scope.segments = outer.segments;  // other segments of the group are reached by their names
  scope.around = outer.around;
  return scope;
}

bool passes(const Message& m, const Scope& scope, const Condition& where) {
  return !where || evaluate(m, scope, where, Use::antecedent) == Truth::holds;
}

/// Calls `until` with each segment of the condition's name, or only with those that its `where` lets through; ends when it
/// says so.
template <class Until>
void each_segment(const Message& m, const Scope& scope, const Condition& c, Until until, bool all = false) {
  for (const uint32_t s : scope.segments) {
    if (m.segments()[s].name != c.to.segment) continue;
    const Scope one = scope_in(scope, s);
    if ((all || passes(m, one, c.parts[0])) && until(one)) return;
  }
}

/// The finding stands at the first segment that is too many, else at the place that the condition names.
Truth count(const Message& m, const Scope& scope, const Condition& c, Spot* failed) {
  double n = 0;
  if (c.compare == Compare::le && !failed) {  // mostly there are not so many at all
    for (const uint32_t s : scope.segments) n += m.segments()[s].name == c.to.segment;
    if (n <= c.number) return Truth::holds;
    n = 0;
  }
  const bool most = c.compare == Compare::le || c.compare == Compare::eq;
  each_segment(m, scope, c, [&](const Scope& one) {
    ++n;
    if (!failed || !most || n != c.number + 1 || c.at.segment != c.to.segment) return false;
    RelativePlace here = c.at;
    here.segment = 0;
    *failed = find(m, one, here);
    return false;
  });
  switch (c.compare) {
    case Compare::lt:
      return truth(n < c.number);
    case Compare::le:
      return truth(n <= c.number);
    case Compare::gt:
      return truth(n > c.number);
    case Compare::ge:
      return truth(n >= c.number);
    case Compare::eq:
      return truth(n == c.number);
    case Compare::ne:
      return truth(n != c.number);
  }
  return Truth::unknown;
}

/// A value for comparing with another: of a date its day.
std::string_view key_of(const Message& m, Element e) {
  const std::string_view value = m.value(e);
  const size_t digits = std::min(value.find_first_not_of("0123456789"), value.size());
  return digits >= 12 && (digits == 12 || digits == 14) && day_range(value).known ? value.substr(0, 8) : value;
}

constexpr size_t kMostKeys = 4;
using Keys = std::array<std::string_view, kMostKeys>;

/// Fills `keys`; false when nothing stands at the first place.
bool read_keys(const Message& m, const Scope& scope, const Condition& c, Keys& keys) {
  for (size_t i = 0; i < c.by.size(); ++i) {
    const Element e = element_at(m, scope, c.by[i]);
    keys[i] = m.present(e) ? key_of(m, e) : std::string_view();
  }
  return !keys[0].empty();
}

/// Of so many segments the keys are kept, as one number each; of more, which no message has, they are not compared.
constexpr size_t kMostSegments = 256;

Truth unique_segments(const Message& m, const Scope& scope, const Condition& c, Spot* failed, bool all = false) {
  uint64_t hashes[kMostSegments];
  uint32_t segments[kMostSegments];
  size_t n = 0;
  Keys keys, others;
  Truth result = Truth::holds;
  each_segment(
      m, scope, c,
      [&](const Scope& one) {
        if (!read_keys(m, one, c, keys)) return false;
        uint64_t hash = 0;
        for (size_t i = 0; i < c.by.size(); ++i) hash = hash * 31 + TextKey(keys[i]).hash();
        for (size_t i = 0; i < n; ++i) {
          if (hashes[i] != hash || !read_keys(m, scope_in(scope, segments[i]), c, others)) continue;
          if (!std::equal(keys.begin(), keys.begin() + static_cast<ptrdiff_t>(c.by.size()), others.begin())) continue;
          result = Truth::fails;
          if (failed) *failed = find(m, one, c.by[0]);
          return true;
        }
        hashes[n] = hash;
        segments[n] = one.segment;
        return ++n == kMostSegments;
      },
      all);
  if (all && n == kMostSegments) return Truth::unknown;
  return result;
}

Truth unique_repetitions(const Message& m, const Scope& scope, const Condition& c, Spot* failed) {
  const Element field = m.field(scope.segment, c.at.field);
  const uint32_t n = m.count(field, Level::repetition);
  const auto key = [&](uint32_t r, size_t i) {
    const Element part = m.component(m.part(field, Level::repetition, r), c.by[i].field);
    return m.value(c.by[i].component ? m.subcomponent(part, c.by[i].component) : part);
  };
  for (uint32_t r = 2; r <= n; ++r)
    for (uint32_t q = 1; q < r; ++q) {
      bool same = !key(r, 0).empty();
      for (size_t i = 0; same && i < c.by.size(); ++i) same = key(r, i) == key(q, i);
      if (!same) continue;
      if (failed) {
        const Segment& s = m.segments()[scope.segment];
        *failed = {static_cast<int>(scope.segment),
                   m.part(field, Level::repetition, r),
                   {s.name, s.occurrence, c.at.field, r, 0, 0}};
      }
      return Truth::fails;
    }
  return Truth::holds;
}

Truth sorted(const Message& m, const Scope& scope, const Condition& c, Spot* failed) {
  DayRange before;
  Truth result = Truth::holds;
  RelativePlace here = c.to;
  here.segment = 0;
  // Where no date at all goes back, none of those asked for does.
  int32_t latest = INT32_MIN;
  bool back = false;
  each_segment(
      m, scope, c,
      [&](const Scope& one) {
        const DayRange days = days_at(m, one, here);
        back = days.known && days.last < latest;
        if (days.known) latest = std::max(latest, days.first);
        return back;
      },
      true);
  if (!back) return Truth::holds;
  each_segment(m, scope, c, [&](const Scope& one) {
    const DayRange days = days_at(m, one, here);
    if (!days.known) return false;
    if (before.known && days.last < before.first) {
      result = Truth::fails;
      if (failed) *failed = find(m, one, here);
      return true;
    }
    before = days;
    return false;
  });
  return result;
}

}  // namespace

int score_of(const Message& m, const Scope& scope, const Condition& c, std::vector<size_t>* parts) {
  int sum = 0;
  for (size_t i = 0; i < c.parts.size(); ++i) {
    if (!passes(m, scope, c.parts[i])) continue;
    sum += c.points[i];
    if (parts) parts->push_back(i);
  }
  return sum;
}

Truth evaluate_many(const Message& m, const Scope& scope, const Condition& c, Spot* failed) {
  Truth result{};
  if (!failed && c.to.segment && (c.op == Op::unique || c.op == Op::sorted)) {  // one alone is nothing to compare
    size_t n = 0;
    for (const uint32_t segment : scope.segments) n += m.segments()[segment].name == c.to.segment;
    if (n < 2) return Truth::holds;
  }
  const bool whole = c.op == Op::count || c.op == Op::score;
  if (failed) *failed = whole && (c.at.field || c.at.segment) ? find(m, scope, c.at) : Spot{};
  switch (c.op) {
    case Op::count:
      result = count(m, scope, c, failed);
      break;
    case Op::unique:
      // Where all are different, so are those asked for.
      if (c.to.segment && unique_segments(m, scope, c, nullptr, true) == Truth::holds) return Truth::holds;
      result = c.to.segment ? unique_segments(m, scope, c, failed) : unique_repetitions(m, scope, c, failed);
      break;
    case Op::sorted:
      result = sorted(m, scope, c, failed);
      break;
    default:
      result = truth(score_of(m, scope, c) < c.number);
  }
  if (failed) failed->leaf = &c;
  return result;
}

}  // namespace iz
