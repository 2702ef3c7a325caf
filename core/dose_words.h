// The words of what is said about the codes of a dose (core/dose_check.h). Internal to report.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/dose_check.h"
#include "core/report.h"

namespace iz {

/// What a finding of such a rule is about, found again in the message; nullopt for a finding of another rule.
std::optional<DoseFinding> dose_finding(const Catalogue&, const Message&, const Report&, const Finding&);

/// The tables that a fault was found in.
std::vector<const CodeSet*> tables_of(const Catalogue&, DoseFault);

/// Placeholders of the sentences of these rules: {code_name}, {note}, {day}, {limit_day}, {basis}, {against},
/// {against_code}, {against_name}, {vaccines}, {right_ndc}, {ndc_form}, {makers}, {successor}, {next_edition},
/// {bar_code_fault}, {use_ndc}. Nullopt for another one. {note}, {successor} and {use_ndc} are empty or a sentence with a
/// blank before it.
std::optional<std::string> dose_word(std::string_view key, const Catalogue&, const DoseFinding&,
                                     std::string_view value);

}  // namespace iz
