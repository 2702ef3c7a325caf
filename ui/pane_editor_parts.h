// What the files of the editor pane share.
#pragma once
#include <vector>

#include "ui/layout.h"
#include "ui/workbench.h"

namespace iz {

/// Lengths of the design.
namespace editor_sizes {
inline constexpr float bar_width = 12, top_space = 8, line = 20;
}

/// The worst mark of a line; `any` is false when there is none.
Severity worst_of_line(const std::vector<Mark>& marks, Span span, bool& any, uint32_t& finding);
/// Order of the dose whose first line begins with this row, or 0.
uint32_t dose_beginning_at(const Workbench& w, const TextRow& row);

}  // namespace iz
