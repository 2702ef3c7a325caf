// The data quality of one or many messages in numbers: what was found, by rule, field and who mends it; how complete is what
// registries measure; how long doses took.
//
//     QualitySummary q(catalogue);
//     q.add(message, report);               // each message once; answers are left out
//     q.messages, q.causes[i].messages       // 3 of them have that fault at that place
//     quality_html(q)                        // core/write_quality.h
//
// What is counted is what a reader is shown of a message (core/fold.h). Nothing of a message is kept but counts.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/completeness.h"
#include "core/report.h"

namespace iz {

struct QualitySummary {
  explicit QualitySummary(const Catalogue& c) : catalogue(&c), completeness(c) {}
  void add(const Message& message, const Report& report);
  void merge(const QualitySummary& other);

  /// A fault at one place of the guide.
  struct Cause {
    Severity severity = Severity::error;
    std::string title;  ///< dots in the place of values
    uint32_t messages = 0;
  };

  const Catalogue* catalogue;
  Completeness completeness;
  uint32_t messages = 0;
  std::array<uint32_t, 4> worst{};                           ///< messages with errors, warnings, advice only, nothing
  std::map<std::pair<uint16_t, std::string>, Cause> causes;  ///< by rule and place: "RXA-7.1"
  std::map<std::string, uint32_t, std::less<>> fields;       ///< messages with a fault there: "RXA-7"
  std::array<uint32_t, static_cast<size_t>(Who::iis) + 1> who{};  ///< messages with something to mend for each
};

}  // namespace iz
