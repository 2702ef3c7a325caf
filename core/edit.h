// Changes to a message's text at a place, leaving everything else byte for byte as it was.
//
//     set_value(message, *parse_path("RXA[2]-2"), "1")       // the text with another RXA-2
//     set_value(message, *parse_path("ZZZ-1"), "x")          // nullopt: there is no such segment
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/message.h"
#include "core/path.h"

namespace iz {

/// The message's text with the text at a place replaced. Delimiters in `value` count; delimiters that are missing before
/// the place are inserted. MSH-1 (and FHS-1, BHS-1) stands for every field separator of the message. Nullopt when the path names no field
/// or its segment is not there.
std::optional<std::string> set_value(const Message& message, const Path& path, std::string_view value);

}  // namespace iz
