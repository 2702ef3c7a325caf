// Evaluates conditions on a message. Internal to check.
//
// The result has three values: a condition that cannot be decided (a number that is no number) is `unknown`; it raises
// nothing and the Report counts it. In a requirement a value test on an absent element holds, since absence is the
// usage's business; in an antecedent it does not hold.
#pragma once
#include <span>

#include "core/condition.h"
#include "core/message.h"
#include "core/path.h"
#include "core/surroundings.h"

namespace iz {

/// A place in the message as a check sees it.
struct Spot {
  int segment = -1;  ///< index of the segment; -1: the group or message as a whole
  Element element;
  Path path;
  const Condition* leaf = nullptr;  ///< of what failed there: the test itself
};

/// What the places of a condition are relative to.
struct Scope {
  PlaceContext context = PlaceContext::segment;
  uint32_t segment = 0;                  ///< index of the segment, for segment and data type
  Element element;                       ///< for a data type: the element of that type
  Path path;                             ///< of the element
  Level parts = Level::component;        ///< for a data type: the level its components have in the text
  std::span<const uint32_t> segments;    ///< for a group or message: indices of its segments, in order
  std::span<const uint32_t> orders;      ///< for a message: for each segment its group's number, 0 outside of groups
  const Surroundings* around = nullptr;  ///< without it, nothing is known of the clock and the sender
};

/// Where a relative place stands in a scope. `segment` is -1 when its segment is absent.
Spot find(const Message& message, const Scope& scope, const RelativePlace& place);

/// `failed`, when given and the result is `fails`, becomes the place of the first leaf that failed.
Truth evaluate(const Message& message, const Scope& scope, const Condition& condition, Use use, Spot* failed = nullptr);

/// A value test on an element that is present: `one_of`, `in_code_set`, `is`, a comparison, a form or a list.
Truth test_value(const Message& message, const Scope& scope, const Condition& condition, Element element);

/// The element at a place, without its path: all that is needed where no finding will be made.
Element element_at(const Message& message, const Scope& scope, const RelativePlace& place);
/// The days that stand at a place.
DayRange days_in(const Message& message, const Scope& scope, const RelativePlace& place);
/// The same, or the days that a clock shows; of the birth they are known.
inline DayRange days_at(const Message& message, const Scope& scope, const RelativePlace& place) {
  if (place.clock != Clock::none) return scope.around ? scope.around->clock(place.clock) : DayRange{};
  if (place.outside && scope.around && place.field == 7 && place.segment == segment_code("PID"))
    return scope.around->birth;
  return days_in(message, scope, place);
}
/// A comparison of dates, given the days of the first.
inline Truth test_days(const Message& message, const Scope& scope, const Condition& c, DayRange days) {
  return days.known ? compare(days, c.compare, shifted(days_at(message, scope, c.to), c.shift)) : Truth::unknown;
}
/// What counts or compares more than one place: `count`, `unique`, `sorted`, `score`.
Truth evaluate_many(const Message& message, const Scope& scope, const Condition& condition, Spot* failed);
/// The points of the parts of a score that hold; `parts`, when given, gets their numbers.
int score_of(const Message& message, const Scope& scope, const Condition& condition,
             std::vector<size_t>* parts = nullptr);

/// A check written in C++, for what the vocabulary cannot say.
using Check = Truth (*)(const Message&, const Scope&, Spot* failed);
/// By the index that `check_index` gives for a name.
Check check_function(int index);

}  // namespace iz
