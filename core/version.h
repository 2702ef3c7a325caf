// The version of the engine, which page, module and command share.
#pragma once
#include <string_view>

namespace iz {

inline constexpr std::string_view version = "0.1.0";

}  // namespace iz
