// What an error means: the most exact explanation that its codes and its place allow, in our own words.
//
//     auto w = explain_code(catalogue, CodeTable::error_code, "103");
//     w->meaning, w->why, w->fix, label(w->who)
//     explain_code(catalogue, CodeTable::application_error, "77")     // nullopt: nothing is known of it
//     explain_error(catalogue, error).fix
#pragma once
#include <optional>
#include <string_view>

#include "core/catalogue.h"
#include "core/error_codes.h"
#include "core/outcome.h"

namespace iz {

std::optional<CodeWords> explain_code(const Catalogue&, CodeTable, std::string_view code);

/// The explanation of one error: by its detection, if the answer names one by code or by its usual words, else by ERR-5,
/// else by ERR-3. All texts are empty when the answer gives no known code. `who` is known for every error: that of the
/// detection, else by the place: registration PID and NK1, clinic staff the dose, the vendor header and identifiers, the
/// owner of the code sets a code of a vaccine, route or manufacturer that is not known, the registry the enrolment of
/// sender and facility. An Outcome says the same of its main error.
CodeWords explain_error(const Catalogue&, const ErrorReport&);

}  // namespace iz
