// What each byte of a message is, for its colour in the editor. The parser's spans and the profile's data types say it;
// nothing is guessed from the look of a value.
#pragma once
#include <cstdint>
#include <vector>

#include "core/report.h"

namespace iz {

enum class Role : uint8_t {
  text,
  segment,        ///< name of a segment that the profile knows
  other_segment,  ///< Z-segment or one that the profile lacks
  delimiter,
  code,    ///< coded value
  system,  ///< coding system, type of a name or address: codes about the value beside them
  date,
  escape,  ///< MSH-2, escape sequences
};

/// Roles of the bytes of `range`, appended to `out`. The work depends on the range, not on the message.
void assign_roles(const Message& message, const Report& report, Span range, std::vector<Role>& out);

}  // namespace iz
