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

namespace iz {

/// A place in the message as a check sees it.
struct Spot {
  int segment = -1;  ///< index of the segment; -1: the group or message as a whole
  Element element;
  Path path;
};

/// What the places of a condition are relative to.
struct Scope {
  PlaceContext context = PlaceContext::segment;
  uint32_t segment = 0;                ///< index of the segment, for segment and data type
  Element element;                     ///< for a data type: the element of that type
  Path path;                           ///< of the element
  Level parts = Level::component;      ///< for a data type: the level its components have in the text
  std::span<const uint32_t> segments;  ///< for a group or message: indices of its segments, in order
  std::span<const uint32_t> orders;    ///< for a message: for each segment its group's number, 0 outside of groups
};

/// Where a relative place stands in a scope. `segment` is -1 when its segment is absent.
Spot find(const Message& message, const Scope& scope, const RelativePlace& place);

/// `failed`, when given and the result is `fails`, becomes the place of the first leaf that failed.
Truth evaluate(const Message& message, const Scope& scope, const Condition& condition, Use use, Spot* failed = nullptr);

/// A value test on an element that is present: `one_of`, `in_code_set`, `is` or a comparison.
Truth test_value(const Message& message, const Scope& scope, const Condition& condition, Element element);

/// A check written in C++, for what the vocabulary cannot say.
using Check = Truth (*)(const Message&, const Scope&, Spot* failed);
/// By the index that `check_index` gives for a name.
Check check_function(int index);

}  // namespace iz
