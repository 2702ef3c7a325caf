// What the parts of the module share: the tables in use, and how a call gives its answer.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/code_search.h"

namespace iz::web {

/// The catalogue that every call uses: the built-in one, or one with what `use_tables` and `use_local` brought.
const Catalogue& catalogue();
/// Uses these tables from now on in place of the built-in ones; none: the built-in ones.
void use_tables(std::vector<LoadedTable> tables);
/// Lays a local profile on top from now on, as far as it holds on that day; null: none. Throws LocalError when it is wrong;
/// then everything stays as it was.
void use_local(std::shared_ptr<const LocalProfile> local, Date as_of);
/// The local profile in use, or null.
const std::shared_ptr<const LocalProfile>& local();
/// The checker of the catalogue in use.
Checker& checker();
/// The search over its tables, made when it is first asked for.
const CodeSearch& search();

/// What the last call gave back; the next one reuses the memory.
std::string& output();
/// Gives back {"error": sentence}.
const char* give_error(std::string_view sentence);

}  // namespace iz::web
