// Makes the message of a rule's example: its base with `set`, `drop` and `add` carried out.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/rule.h"

namespace iz {

/// Reads an example as it stands in a file. Throws nlohmann::json::exception when a member has the wrong type.
Example read_example(const nlohmann::json& json);

/// `base` is the text of the clean message that the example names. Places of `set`, `drop` and `after` are those of the
/// base; the lines of the result end with LF. Throws CatalogueError when a place is not there: a broken example is a
/// broken file of ours.
std::string build_example(const Example& example, std::string_view base);

}  // namespace iz
