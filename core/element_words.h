// What the guide asks of an element, in the notation and the words of the guide's tables.
#pragma once
#include <string>
#include <string_view>

#include "core/profile.h"

namespace iz {

/// "R", "C(R/X)".
std::string usage_text(const ElementDef& element);
/// "[0..*]".
std::string cardinality_text(uint32_t min, uint32_t max);
/// Of a field as it stands; a component occurs once at most.
std::string cardinality_text(const ElementDef& element, bool component);
/// In characters: "1..250", "26"; empty when there is no upper limit.
std::string length_text(const ElementDef& element);
/// The predicate: "required if RXA-6 is not 999, otherwise not sent"; empty without one. `context` is the segment's name,
/// or empty for a component and for a predicate over a group.
std::string condition_text(const ElementDef& element, std::string_view context);

}  // namespace iz
