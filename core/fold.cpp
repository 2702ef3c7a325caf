#include "core/fold.h"

#include <fmt/format.h>

#include "core/counts.h"

namespace iz {

bool is_not_sent(const Finding& finding) {
  return finding.severity == Severity::info && (finding.kind == Kind::usage || finding.kind == Kind::predicate);
}

namespace {

/// The finding that each one goes back to, through any number of causes.
std::vector<uint32_t> roots(const std::vector<Finding>& findings) {
  constexpr uint32_t kUnknown = 0xffffffff;
  std::vector<uint32_t> root(findings.size(), kUnknown), chain;
  for (uint32_t i = 0; i < findings.size(); ++i) {
    chain.clear();
    uint32_t at = i;
    while (root[at] == kUnknown) {
      root[at] = at;  // for now; it also ends a circle
      chain.push_back(at);
      const int32_t cause = findings[at].follows;
      if (cause < 0 || static_cast<uint32_t>(cause) >= findings.size()) break;
      at = static_cast<uint32_t>(cause);
    }
    for (const uint32_t each : chain) root[each] = root[at];
  }
  return root;
}

}  // namespace

Folded fold(const Report& report) {
  Folded out;
  const std::vector<uint32_t> root = roots(report.findings);
  std::vector<uint32_t> row(root.size());  // of the findings that are their own root
  for (uint32_t i = 0; i < root.size(); ++i) {
    const Finding& f = report.findings[i];
    if (root[i] != i) continue;
    if (is_not_sent(f)) {
      out.not_sent.push_back(i);
      continue;
    }
    row[i] = static_cast<uint32_t>(out.shown.size());
    out.shown.push_back({i, 0});
    switch (f.severity) {
      case Severity::error:
        ++out.errors;
        break;
      case Severity::warning:
        ++out.warnings;
        break;
      case Severity::info:
        ++out.infos;
        break;
    }
  }
  for (uint32_t i = 0; i < root.size(); ++i) {
    if (root[i] == i) continue;
    ++out.follow_ons;
    if (!is_not_sent(report.findings[root[i]])) ++out.shown[row[root[i]]].follow_ons;
  }
  return out;
}

std::string not_sent_text(const Folded& folded) {
  switch (folded.not_sent.size()) {
    case 0:
      return {};
    case 1:
      return "1 supported value is not sent";
    default:
      return grouped(folded.not_sent.size()) + " supported values are not sent";
  }
}

std::string counts_text(const Folded& folded) {
  if (folded.shown.empty()) return "No problems found";
  std::string out;
  const auto add = [&](uint32_t count, std::string_view one, std::string_view many) {
    if (count == 0) return;
    fmt::format_to(std::back_inserter(out), "{}{} {}", out.empty() ? "" : ", ", grouped(count),
                   count == 1 ? one : many);
  };
  add(folded.errors, "error", "errors");
  add(folded.warnings, "warning", "warnings");
  add(folded.infos, "advice", "advice");
  return out;
}

}  // namespace iz
