// The data-quality summary of one or many messages: what was found, by rule, field and who mends it; how complete is what
// registries measure; how long doses took. Nothing of a message is written but counts.
#pragma once
#include <string>

#include "core/quality_summary.h"

namespace iz {

/// "3 messages: 1 with errors, 1 with warnings, 1 with advice only, 0 with nothing to mend." without a line end.
std::string quality_counts_text(const QualitySummary&);
/// For a terminal, with bars of characters; to stand behind the counts of a Triage, which say more than these.
std::string quality_text(const QualitySummary&);
/// Sections with tables, each row with a `<meter>` for its share. No inline style, script or id.
std::string quality_html(const QualitySummary&);
/// `"completeness":[{"id","name","at","of","counted","present"}],"timeliness":[{"days","doses"}]`, to stand in an object.
void write_quality_json(class JsonObject& object, const QualitySummary&);

}  // namespace iz
