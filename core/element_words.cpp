#include "core/element_words.h"

#include <fmt/format.h>

#include "core/condition_words.h"

namespace iz {
namespace {

std::string_view usage_words(Usage u) {
  switch (u) {
    case Usage::R:
      return "required";
    case Usage::RE:
      return "sent when it is known";
    case Usage::X:
      return "not sent";
    default:
      return "optional";
  }
}

}  // namespace

std::string usage_text(const ElementDef& e) {
  if (e.usage != Usage::C) return std::string(to_string(e.usage));
  return fmt::format("C({}/{})", to_string(e.usage_true), to_string(e.usage_false));
}

std::string cardinality_text(uint32_t min, uint32_t max) {
  return max == unbounded ? fmt::format("[{}..*]", min) : fmt::format("[{}..{}]", min, max);
}

std::string cardinality_text(const ElementDef& e, bool component) {
  const uint32_t min = component ? (e.usage == Usage::R ? 1 : 0) : e.min;
  const uint32_t max = component ? (e.usage == Usage::X ? 0 : 1) : e.max;
  return cardinality_text(min, max);
}

std::string length_text(const ElementDef& e) {
  if (e.max_length == unbounded) return {};
  return e.min_length == e.max_length ? fmt::format("{}", e.max_length)
                                      : fmt::format("{}..{}", e.min_length, e.max_length);
}

std::string condition_text(const ElementDef& e, std::string_view context) {
  if (e.usage != Usage::C || !e.when) return {};
  const std::string words = in_words(e.when, context);
  if (words.empty()) return {};
  return fmt::format("{} if {}, otherwise {}", usage_words(e.usage_true), words, usage_words(e.usage_false));
}

}  // namespace iz
