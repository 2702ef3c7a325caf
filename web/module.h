// What the parts of the module share: the tables in use, and how a call gives its answer.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/check.h"
#include "core/code_search.h"

namespace iz::web {

/// The catalogue that every call uses: the built-in one, or that of `use_catalogue`.
const Catalogue& catalogue();
/// Uses another one from now on; null: the built-in one.
void use_catalogue(std::unique_ptr<Catalogue> another);
/// The checker of the catalogue in use.
Checker& checker();
/// The search over its tables, made when it is first asked for.
const CodeSearch& search();

/// What the last call gave back; the next one reuses the memory.
std::string& output();
/// Gives back {"error": sentence}.
const char* give_error(std::string_view sentence);

}  // namespace iz::web
