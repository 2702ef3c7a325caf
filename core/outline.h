// Every place of a message that holds something, in reading order, with what it is and means.
//
//     iz::for_each_place(catalogue, message, report, [](const iz::Explanation& e) { ... });
//     // PID[1], PID[1]-5[1], PID[1]-5[1].1, PID[1]-5[1].1.1 ...
#pragma once
#include <functional>

#include "core/explain.h"

namespace iz {

/// Calls `visit` for each present segment, repetition of a field, component and subcomponent. A value without inner
/// delimiters is also its own first component and subcomponent where its data type has them. Stops when `visit`
/// returns false.
void for_each_place(const Catalogue&, const Message&, const Report&,
                    const std::function<bool(const Explanation&)>& visit);

}  // namespace iz
