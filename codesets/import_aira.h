// Dates of use of vaccines from AIRA's compiled code base (Compiled.xml).
//
// Many of its dates repeat the day on which CDC last changed a row. A date counts if the code is a vaccine of its own there
// and not one of unspecified formulation, CDC did not change the code on that day, and it is no bulk date: a day on which
// CDC changed five codes or more, or that five codes or more have. A start after the end drops both.
#pragma once
#include "codesets/codeset.h"
#include "codesets/import_rows.h"

namespace iz {

class Markup;

/// Reads all CVX codes with the dates as stated: rows of `kCvxDates`.
void read_code_base(const Markup& m, TableRows& out);

/// Leaves the codes with a date that counts, by the days of change in a table CVX; says what was left out. Without one (null)
/// only bulk dates of AIRA's own can be told.
void trust_dates(TableRows& rows, const CodeSet* cvx);

}  // namespace iz
