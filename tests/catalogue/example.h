// Makes the message of a rule's example: its base with `set`, `drop` and `add` carried out.
//
//     build_example({.base = "vxu-two-doses", .set = {{"RXA[2]-2", "2"}}})   // the sample with another RXA-2
#pragma once
#include <string>
#include <string_view>

#include "core/message.h"
#include "core/path.h"
#include "core/rule.h"

namespace iz::test {

/// The text of `tests/samples/NAME.hl7`.
std::string sample(std::string_view name);

/// The message with the text at a place replaced; delimiters in `value` count, missing ones are inserted. MSH-1 stands
/// for every field separator of the message. The segment must be there.
std::string set_value(const Message& message, const Path& path, std::string_view value);

/// Places of `set`, `drop` and `after` are those of the base. Throws std::runtime_error when one is not there.
std::string build_example(const Example& example);

}  // namespace iz::test
