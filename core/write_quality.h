// The data-quality summary of one or many messages: what was found, by rule, field and who mends it; how complete is what
// registries measure; how long doses took. Nothing of a message is written but counts.
#pragma once
#include <string>

#include "core/triage.h"

namespace iz {

/// For a terminal, with bars of characters.
std::string quality_text(const Triage&);
/// Sections with tables, each row with a `<meter>` for its share. No inline style or script; ids begin with "quality".
std::string quality_html(const Triage&);
/// `"completeness":[{"id","name","at","of","counted","present"}],"timeliness":[{"days","doses"}]`, to stand in an object.
void write_quality_json(class JsonObject& object, const Triage&);

}  // namespace iz
