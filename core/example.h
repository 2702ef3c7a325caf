// The examples of the rules, and the message of each: its base with `set`, `drop` and `add` carried out.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "codesets/json_reader.h"
#include "core/rule.h"

namespace iz {

/// Reads an example as it stands in a file. Throws JsonError when a member has the wrong type.
Example read_example(const JsonValue& json);

/// The examples of a rule, from its file. Throws JsonError when that is broken.
std::vector<Example> examples_of(const Rule& rule);
/// Where NIST, the guide and the addendum disagree, and what we decided; empty for most rules.
std::string_view note_of(const Rule& rule);

/// `base` is the text of the clean message that the example names. Places of `set`, `drop` and `after` are those of the
/// base; the lines of the result end with LF. Throws CatalogueError when a place is not there: a broken example is a
/// broken file of ours.
std::string build_example(const Example& example, std::string_view base);

}  // namespace iz
