// What a reader is shown of a report. The data keeps every finding; text, page and workbench show
// the same few: each cause once with the number of findings that follow from it, and all supported
// values that are not sent as one line.
//
//     iz::Folded f = iz::fold(report);
//     for (const iz::Shown& s : f.shown) use(report.findings[s.finding], s.follow_ons);
//     iz::not_sent_text(f);   // "10 supported values are not sent"
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/report.h"

namespace iz {

/// A finding that gets a row of its own.
struct Shown {
  uint32_t finding = 0;     ///< index in Report::findings
  uint32_t follow_ons = 0;  ///< findings that follow from it, directly or through another
};

struct Folded {
  std::vector<Shown> shown;                      ///< in the report's order
  std::vector<uint32_t> not_sent;                ///< supported values (usage RE) that are not sent: indices of findings
  uint32_t errors = 0, warnings = 0, infos = 0;  ///< among `shown`
  uint32_t follow_ons = 0;                       ///< folded under a cause
};

Folded fold(const Report& report);

/// Whether a finding says no more than that a supported value is absent.
bool is_not_sent(const Finding& finding);

/// "10 supported values are not sent"; empty when there is none.
std::string not_sent_text(const Folded& folded);

/// The counts as a sentence without its full stop: "2 errors, 1 warning", "No problems found".
std::string counts_text(const Folded& folded);

}  // namespace iz
