// One cause, one finding that is shown: which findings follow from which. Internal to check.
//
// check links what it knows while it looks (segments after one out of place). This links the rest, when all findings are
// there and in order:
//
// - what stands at one place: a code that is unknown is also none of those that a statement asks for;
// - OBX-5 that cannot be read, after a fault of OBX-2;
// - what is said of MSH-9, MSH-12 or MSH-21, after the finding that told it first;
// - what is missing at the end, after the finding that the message is cut off.
#pragma once
#include "core/report.h"

namespace iz {

/// Sets Finding::follows in `report`, whose findings are in order. Causes stand before what follows from them.
void link_findings(const Catalogue& catalogue, Report& report);

}  // namespace iz
