#include "ui/problem_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/words.h"

namespace iz {
namespace {

using K = ProblemRow::Kind;

/// The shown finding that another one goes back to.
uint32_t root_of(const Report& report, uint32_t finding) {
  while (report.findings[finding].follows >= 0) finding = static_cast<uint32_t>(report.findings[finding].follows);
  return finding;
}

/// What a finding is grouped by, as a number, and the name of that group.
struct Group {
  int key = 0;
  std::string words, more;
};

Group group_of(const Workbench& w, const Finding& f) {
  switch (w.view.order) {
    case ProblemOrder::rule: {
      const Rule& rule = w.catalogue().rules[f.rule];
      return {f.rule, plain_title(rule.title), rule.id};
    }
    case ProblemOrder::who: {
      const Who who = who_fixes(w.catalogue(), w.report(), f);
      return {static_cast<int>(who), std::string(label(who)), {}};
    }
    case ProblemOrder::segment: {
      const int segment = w.segment_of(f);
      if (segment < 0) return {-1, "The whole message", {}};
      const Segment& s = w.message().segments()[static_cast<size_t>(segment)];
      if (s.name == 0) return {segment, fmt::format("Line {}", s.line), {}};
      const Path path = {.segment = s.name, .occurrence = s.occurrence};
      const Explanation e = explain(w.catalogue(), w.message(), w.report(), path);
      const uint32_t dose = w.dose_at(s.begin);
      std::string words = e.name.empty() ? "Not in the guide" : e.name;
      if (dose > 0) words += fmt::format(", dose {}", dose);
      return {segment, words, to_string(path)};
    }
    case ProblemOrder::message:
      break;
  }
  return {};
}

}  // namespace

std::string_view label(ProblemOrder order) {
  switch (order) {
    case ProblemOrder::message:
      return "In message order";
    case ProblemOrder::rule:
      return "By rule";
    case ProblemOrder::segment:
      return "By segment";
    case ProblemOrder::who:
      break;
  }
  return "By who fixes";
}

std::string change_words(const ProblemChange& change) {
  std::string words;
  if (!change.gone.empty()) words = fmt::format("{} gone", change.gone.size());
  if (!change.added.empty()) append(words, fmt::format("{} new", change.added.size()));
  return words;
}

std::string plain_title(std::string_view title) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> words = {{
      {"{name} \xe2\x80\x9c{value}\xe2\x80\x9d", "a value"},
      {"\xe2\x80\x9c{value}\xe2\x80\x9d", "a value"},
      {"{name}", "a value"},
      {"{segment}", "a segment"},
      {"{group}", "a group"},
      {"{place}", "a field"},
      {"{dose}", "a dose"},
      {"{code_set}", "its code set"},
      {"{type}", "its data type"},
      {"{count}", "some"},
  }};
  std::string out;
  while (!title.empty()) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const auto& w) { return title.starts_with(w.first); });
    // A value in the middle of a sentence is one of several that are told: it stays open.
    const bool value = found != words.end() && found->first.ends_with("{value}\xe2\x80\x9d");
    if (found != words.end() && (!value || out.empty())) {
      out += found->second;
      title.remove_prefix(found->first.size());
      continue;
    }
    const size_t end = title[0] == '{' ? title.find('}') : std::string_view::npos;
    if (end == std::string_view::npos) {
      out += title[0];
      title.remove_prefix(1);
    } else {
      out += "\xe2\x80\xa6";
      title.remove_prefix(end + 1);
    }
  }
  return sentence_case(std::move(out));
}

std::vector<ProblemRow> problem_rows(const Workbench& w) {
  std::vector<ProblemRow> rows;
  const Report& report = w.report();
  const ProblemChange& change = w.problem_change();
  std::vector<uint32_t> followed(report.findings.size());
  for (const Shown& s : w.folded().shown) followed[s.finding] = s.follow_ons;
  const auto put = [&](uint32_t finding) {
    const uint32_t follow_ons = followed[finding];
    rows.push_back({K::finding, finding, follow_ons, false, {}, {}});
    if (follow_ons == 0) return;
    rows.push_back({K::fold, finding, follow_ons, false, {}, {}});
    if (!w.view.follow_ons_open.contains(finding)) return;
    for (uint32_t i = finding + 1; i < report.findings.size(); ++i) {
      if (report.findings[i].follows >= 0 && root_of(report, i) == finding) {
        rows.push_back({K::follow_on, i, 0, false, {}, {}});
      }
    }
  };
  // While it is open, the list is what the last edit changed, whatever the filter.
  if (w.view.changes_open && !change.empty()) {
    for (uint32_t i = 0; i < change.gone.size(); ++i) rows.push_back({K::gone, 0, i, false, {}, {}});
    for (uint32_t finding : change.added) {
      const size_t at = rows.size();
      put(finding);
      rows[at].fresh = true;
    }
    return rows;
  }
  const std::vector<uint32_t> listed = w.listed();
  if (w.view.order == ProblemOrder::message) {
    for (uint32_t finding : listed) put(finding);
  } else {
    std::vector<std::pair<Group, std::vector<uint32_t>>> groups;
    std::map<int, size_t> known;
    for (uint32_t finding : listed) {
      const Group group = group_of(w, report.findings[finding]);
      const auto [found, fresh] = known.emplace(group.key, groups.size());
      if (fresh) groups.push_back({group, {}});
      groups[found->second].second.push_back(finding);
    }
    for (auto& [group, findings] : groups) {
      rows.push_back(
          {K::group, 0, static_cast<uint32_t>(findings.size()), false, std::move(group.words), std::move(group.more)});
      for (uint32_t finding : findings) put(finding);
    }
  }
  if (!w.folded().not_sent.empty() && w.view.show[2] && w.view.typed("problems").empty()) {
    rows.push_back({K::not_sent, 0, static_cast<uint32_t>(w.folded().not_sent.size()), false, {}, {}});
    if (w.view.not_sent_open) {
      for (uint32_t finding : w.folded().not_sent) rows.push_back({K::follow_on, finding, 0, false, {}, {}});
    }
  }
  return rows;
}

}  // namespace iz
