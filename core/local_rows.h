// The rows of a local profile: what it changes, then what stays as it is nationally. The template is written from them, and
// the workbench lists them.
//
//     for (const TemplateRow& row : template_rows(catalogue, local.get()))
//       use(subject(row.values), severity_in(national, row.values), severity_in(catalogue, row.values));
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"

namespace iz {

/// A row of the template.
struct TemplateRow {
  std::string_view of;     ///< profile, change, rule, national
  LocalChange values;      ///< of a national row what holds, else what differs
  std::string field;       ///< what it is about, in words
  std::string kind;        ///< tighter, new, relaxed, wording; later: it waits for its day; until: a later one holds
  std::string definition;  ///< JSON
};
/// All of it: the profile, its changes and rules, then the rules and required places that it leaves as they are.
std::vector<TemplateRow> template_rows(const Catalogue& catalogue, const LocalProfile* local);

/// The severity of a finding that an element is missing, or there with usage X; nothing where none is asked. Of a conditional
/// one the stricter of its two.
std::optional<Severity> presence_severity(const Catalogue& c, Usage usage, const ElementDef* element);
/// The severity that a catalogue has for what a change is about: a rule, a place that is missing, or, beside `codes` alone,
/// a code that is not in the table. Nothing where nothing is said of it.
std::optional<Severity> severity_in(const Catalogue& c, const LocalChange& about);
/// Where a rule looks: "RXA-15", "dose" or "message", a data type; "all" for what the engine says of any place.
std::string rule_place(const Catalogue& c, const Rule& rule);
/// The usage of a place, "C(R/X)"; empty where there is none.
std::string usage_in(const Catalogue& c, const LocalChange& about);
/// The place of a change in words, "Patient Address"; empty for a change of a rule.
std::string place_words(const Catalogue& catalogue, const LocalChange& change);

}  // namespace iz
