// Dates, times and numbers of a message that no profile fits: what can be checked of any message of HL7 v2. Internal to
// check.
#pragma once
#include <functional>

#include "core/catalogue.h"
#include "core/message.h"
#include "core/path.h"

namespace iz {

/// Calls `wrong` for each value that cannot be read as the date, time or number that its place asks for. The definitions
/// are those of `like`, a profile with the segments that most kinds of message share; a segment that it does not have is
/// left out, as is a value whose type stands elsewhere (OBX-5).
void check_form(const Message& message, const Profile& like,
                const std::function<void(const Path&, Element, uint32_t segment, const ElementDef&)>& wrong);

/// Whether a value has the form of a primitive data type; true for those of any text.
bool has_form(std::string_view value, Format format);

}  // namespace iz
