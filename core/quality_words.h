// The words of findings of the quality vocabulary: what a value was compared with. Internal to report.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/report.h"

namespace iz {

/// Placeholders: {date} the value as a day, {other} what it was compared with (dates as days), {days} the days between
/// the two, {age} the patient's age on that day, {allowed} the values that a table has, {counted} how many there are,
/// {score} and {score_parts}. Nullopt for another one, and for a finding of another rule.
std::optional<std::string> quality_word(std::string_view key, const Catalogue&, const Message&, const Report&,
                                        const Finding&);

}  // namespace iz
