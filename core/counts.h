// Counts as they are shown.
//
//     grouped(12345)    // "12,345"
#pragma once
#include <cstdint>
#include <string>

namespace iz {

/// A count with its thousands set apart.
std::string grouped(uint64_t count);

}  // namespace iz
