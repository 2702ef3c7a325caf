// One cause, one finding that is shown: which findings follow from which. Internal to check.
//
// check links what it knows while it looks (segments after one out of place). This links the rest, when all findings are
// there and in order:
//
// - what stands at one place: a code that is unknown is also none of those that a statement asks for; what the quality
//   rules say of a value that is wrong anyway follows, too;
// - a coding system that is unknown, after the code beside it;
// - OBX-5 that cannot be read, after a fault of OBX-2;
// - what is said of MSH-9, MSH-12 or MSH-21, after the finding that told it first;
// - what is missing at the end, after the finding that the message is cut off;
// - what a condition finds, after the wrong value that it reads.
#pragma once
#include "core/report.h"
#include "core/structure.h"

namespace iz {

/// Sets Finding::follows in `report`, whose findings are in order. Causes stand before what follows from them.
void link_findings(const Catalogue& catalogue, Report& report);

/// After `link_findings`: what a predicate or a statement finds follows from the value that its condition reads, where
/// that value has a finding of its own: a code that is unknown, a wrong form, a required value that is missing. With
/// RXA-20 “XX” nobody knows whether RXA-18 belongs there. Here a cause may stand behind what follows from it.
void link_conditions(const Catalogue& catalogue, const Message& message, const StructureMatch& structure,
                     Report& report);

}  // namespace iz
