// Counts as they are shown.
//
//     grouped(12345)                              // "12,345"
//     counted(12345, "message", "messages")       // "12,345 messages"
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace iz {

/// A count with its thousands set apart.
std::string grouped(uint64_t count);

/// A count and what is counted: "1 error", "2 errors".
std::string counted(uint64_t count, std::string_view one, std::string_view many);

}  // namespace iz
