// The form of a value, written as in many tools, with the few signs that a rule needs; compiled to a table that is walked
// once for all alternatives together.
//
//     Pattern({"[A-Z]{2}[0-9]+", "X.*"}).matches("AB12")   // true: the whole value has one of the forms
//     Pattern({"(ab)"})                                     // throws std::invalid_argument
//
// `[A-Z0-9-]` one of these, `[^0-9]` none of these, `.` any; behind it `*` any number, `+` one or more, `?` one or none,
// `{3}`, `{2,5}`, `{2,}`. `\` takes the next sign as it stands. Bytes, not characters, are counted.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

class Pattern {
 public:
  /// Matches nothing.
  Pattern() = default;
  explicit Pattern(std::span<const std::string> forms);
  bool matches(std::string_view value) const {
    if (next_.empty()) return false;
    uint32_t state = start_;
    for (const char c : value) {
      if (state <= all_) break;
      state = next_[state + class_[static_cast<unsigned char>(c)]];
    }
    return next_[state + classes_] != 0;
  }

 private:
  static constexpr uint32_t kNone = 0, kAll = 1;  // states that nothing leads out of
  std::array<uint8_t, 256> class_{};              // bytes that no form tells apart
  uint32_t classes_ = 1, start_ = 0, all_ = 0;
  std::vector<uint32_t>
      next_;  // a row for each state: where each class leads, as the begin of a row; whether it accepts
};

}  // namespace iz
