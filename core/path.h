// A place in a message in HL7 terms. It is the content of ERR-2 (data type ERL), so a finding can
// be written as an ERR segment and an ERR that was received can be shown in the sent text by the
// same two functions.
//
//     Path p = *parse_path("PID-5[2].1.1");   // first subcomponent of the first component of the
//     second name to_string(p)                            // "PID[1]-5[2].1.1" to_erl(p) //
//     "PID^1^5^2^1^1" parse_path("PID-five")                  // nullopt
//
// HL7 v2.5.1 2.A.28 (ERL). Numbers count from 1; 0 means "not given".
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/message.h"

namespace iz {

struct Path {
  uint32_t segment = 0;  ///< `segment_code`; 0 for a line that is no segment
  uint32_t occurrence = 0, field = 0, repetition = 0, component = 0, subcomponent = 0;
  bool operator==(const Path&) const = default;
};

/// Reads `PID-5[2].1.1`, `OBX[3]-5`, `RXA`, `PID.5.1` or the ERL form `OBX^3^5^1^1`. Occurrence and
/// repetition are 1 when left out and a segment or field is named. Nothing else is accepted.
std::optional<Path> parse_path(std::string_view text);
/// `RXA[2]-5[1].1`; empty for a path without a segment.
std::string to_string(const Path& path);
/// `RXA^2^5^1^1`, trailing zeros left out; delimiters are those of the usual MSH-2.
std::string to_erl(const Path& path);

/// What a path finds in a message: the segment index and the element with its span. `found` is
/// false when the place is absent; then `span` is the empty range where it would stand (or the end
/// of its nearest parent) and `segment` is the index of its segment, or -1.
struct Location {
  bool found = false;
  int segment = -1;
  Element element;
  Span span;
};
Location locate(const Message& message, const Path& path);
/// The same where the index of the path's segment is known.
Location locate(const Message& message, const Path& path, uint32_t segment);

/// The innermost place that holds a byte offset: a delimiter belongs to the value before it. Inside
/// a segment name only the segment is given; a field without components gives no component number.
/// Offset may equal the text's size.
Path path_at(const Message& message, uint32_t offset);

}  // namespace iz
