// Reads the tables of codes as they stand in the program (compile_tables.py says in what form).
//
//     for (auto& set : iz::read_compiled(texts)) ...   // "CVX", "MVX", ..., filled and ready for look-up
#pragma once
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"

namespace iz {

/// The tables in `texts`, which must outlive them: the rows look into it. Cells that follow from others are filled in.
/// Throws std::invalid_argument with the table and the reason; our own files must be right.
std::vector<std::unique_ptr<CodeSet>> read_compiled(std::span<const std::string_view> texts);

}  // namespace iz
