// Segments that stand in one line because the carriage returns between them were lost: on the way through XML, a web
// page or a log.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/extract.h"

namespace iz {

/// Where a segment begins in the middle of a line: its name and first fields are such as a registry's answer or a VXU
/// has, and cannot be a value. Positions of the names, in order. Linear.
std::vector<uint32_t> joined_segments(std::string_view text);

/// Puts the line ends back where they were lost, with a note; false when none was. Blanks before the name become the
/// line end.
bool restore_line_ends(Extracted& message);

}  // namespace iz
