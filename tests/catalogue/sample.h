// The clean messages of tests/samples, which the rules' examples change.
#pragma once
#include <string>
#include <string_view>

namespace iz::test {

/// The text of `tests/samples/NAME.hl7`. Throws std::runtime_error when there is none.
std::string sample(std::string_view name);
/// The same with the line ends that are sent (CR).
std::string sent_sample(std::string_view name);

}  // namespace iz::test
