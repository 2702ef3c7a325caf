// Counts as they are shown.
//
//     grouped(12345)                              // "12,345"
//     counted(12345, "message", "messages")       // "12,345 messages"
//     decimal(0.5)                                // "0.5"
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace iz {

/// A count with its thousands set apart.
std::string grouped(uint64_t count);

/// A count and what is counted: "1 error", "2 errors".
std::string counted(uint64_t count, std::string_view one, std::string_view many);

/// A number of less than 10^12 with at most three digits after its point. fmt writes no fractions here: a page with what
/// it takes for them is 8 kB larger, so CMakeLists.txt leaves that out and this is the one way.
std::string decimal(double number);

}  // namespace iz
