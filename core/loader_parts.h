// Small helpers of the loader. Internal to it.
#pragma once
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>

namespace iz {

/// The value that a table has for a name.
template <class T, size_t N>
bool pick(std::string_view name, const std::pair<std::string_view, T> (&table)[N], T& out) {
  for (const auto& [key, value] : table) {
    if (key != name) continue;
    out = value;
    return true;
  }
  return false;
}

/// A number from 1; 0 for what is none.
inline uint32_t number(std::string_view text) {
  uint32_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  return error == std::errc{} && end == text.data() + text.size() ? n : 0;
}

}  // namespace iz
