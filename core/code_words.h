// Editions in sentences: which one a code was looked up in, how old it is, and what another one that is loaded says.
// Internal to report.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/catalogue.h"
#include "core/date.h"

namespace iz {

/// "2025-12-09, 71 days old"; without the age where either day is not known or the edition is the later one.
std::string edition_and_age(const CodeSet& set, Date as_of);

/// A sentence with a blank before it: " The edition of 2026-02-01, which is loaded too, has 331 (Influenza ...)." Of the
/// other editions of these tables the newest that says something else counts: that it has a code that these lack, lacks
/// one that they have, or gives it another status. Empty where none does.
std::string other_edition_words(const Catalogue& catalogue, std::span<const CodeSet* const> sets,
                                std::string_view code);

}  // namespace iz
