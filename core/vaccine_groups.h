// Vaccine groups (families) by CDC's table of vaccines and groups: a combination vaccine stands in several.
//
//     vaccine_groups(catalogue, "94")        // MMR (03), varicella (21)
//     vaccine_group_name(catalogue, "107")   // "DTaP"
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"

namespace iz {

/// Codes (CVX) of the groups that a vaccine belongs to; empty for a code that the table does not have. A single digit
/// counts as if it had its zero in front.
std::vector<std::string> vaccine_groups(const Catalogue& catalogue, std::string_view cvx);

/// A group, or a vaccine, in a few words: the CVX short name without "unspecified formulation". Empty for an unknown code.
std::string vaccine_group_name(const Catalogue& catalogue, std::string_view cvx);

}  // namespace iz
