// The data-quality summary of one or many messages: what was found, by rule, field and who mends it; how complete is what
// registries measure; how long doses took. Nothing of a message is written but counts.
#pragma once
#include <string>

#include "core/quality_summary.h"

namespace iz {

/// "1 of 3 messages has errors, 1 warnings only, 1 advice only, 0 nothing." without a line end.
std::string quality_counts_text(const QualitySummary&);
/// For a terminal, with bars of characters.
std::string quality_text(const QualitySummary&);
/// Sections with tables, each row with a `<meter>` for its share. No inline style or script; ids begin with "quality".
std::string quality_html(const QualitySummary&);
/// `"completeness":[{"id","name","at","of","counted","present"}],"timeliness":[{"days","doses"}]`, to stand in an object.
void write_quality_json(class JsonObject& object, const QualitySummary&);

}  // namespace iz
