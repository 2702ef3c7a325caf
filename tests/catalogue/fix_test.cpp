// Fixes: on every example of every rule they remove what they are for and bring nothing new.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/check.h"
#include "core/example.h"
#include "core/fix.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Catalogue;
using iz::Finding;
using iz::Fix;
using iz::Message;
using iz::Report;

const Catalogue& catalogue() { return Catalogue::built_in(); }
const std::string& id_of(const Finding& f) { return catalogue().rules[f.rule].id; }

iz::CheckOptions options(bool sent_line_ends = false) {
  return {.profile = {}, .as_of = {2026, 2, 18}, .sent_line_ends = sent_line_ends};
}

Report check(const Message& message, const iz::CheckOptions& o = options()) {
  Report report;
  iz::Checker(catalogue()).check(message, o, report);
  return report;
}

std::map<std::string, int> by_rule(const Report& report) {
  std::map<std::string, int> out;
  for (const Finding& f : report.findings) ++out[id_of(f)];
  return out;
}

/// A message of the gallery's kind with something changed, its findings, and what is offered at a place.
struct Case {
  Message message;
  Report report;
  explicit Case(std::string_view text) {
    message.parse(text);
    report = check(message);
  }
  /// The fixes of the first finding of a rule: "safe Write 1 in RXA-2".
  std::vector<std::string> offered(std::string_view rule) const {
    std::vector<std::string> out;
    for (const Finding& f : report.findings) {
      if (id_of(f) != rule) continue;
      for (const Fix& fix : fixes(catalogue(), message, report, f))
        out.push_back((fix.safe ? "safe " : "choice ") + fix.label);
      break;
    }
    return out;
  }
  /// The text after the n-th of them.
  std::string after(std::string_view rule, size_t n = 0) const {
    for (const Finding& f : report.findings) {
      if (id_of(f) != rule) continue;
      const auto all = fixes(catalogue(), message, report, f);
      return n < all.size() ? apply_edits(message.text(), all[n].edits) : "no fix";
    }
    return "no finding";
  }
};

std::string sample_with(std::string_view what, std::string_view by, const char* name = "vxu-two-doses") {
  std::string text = iz::test::sample(name);
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

using Strings = std::vector<std::string>;

/// What the examples of each rule are offered. A rule that loses its fix, or gains one, is noticed here.
const std::map<std::string, std::string> kOffered = {
    {"IZ-12", "safe"},
    {"IZ-13", "safe"},
    {"IZ-15", "choice"},
    {"IZ-17", "safe"},
    {"IZ-2", "safe"},
    {"IZ-22", "choice"},
    {"IZ-25", "choice"},
    {"IZ-27", "safe"},
    {"IZ-28", "safe"},
    {"IZ-29", "safe"},
    {"IZ-30", "choice"},
    {"IZ-32", "choice"},
    {"IZ-35", "safe"},
    {"IZ-36", "safe"},
    {"IZ-37", "safe"},
    {"IZ-4", "choice"},
    {"IZ-41", "safe"},
    {"IZ-42", "safe"},
    {"IZ-43", "safe"},
    {"IZ-45", "choice"},
    {"IZ-46", "safe"},
    {"IZ-47", "choice"},
    {"IZ-48", "choice"},
    {"IZ-49", "choice"},
    {"IZ-51", "safe"},
    {"IZ-52", "safe"},
    {"IZ-53", "safe"},
    {"IZ-54", "safe"},
    {"IZ-55", "safe"},
    {"IZ-56", "safe"},
    {"IZ-57", "safe"},
    {"IZ-58", "safe"},
    {"IZ-59", "safe"},
    {"IZ-6", "choice"},
    {"IZ-60", "safe"},
    {"IZ-61", "safe"},
    {"IZ-63", "safe"},
    {"IZ-64", "safe"},
    {"IZ-65", "safe"},
    {"IZ-66", "choice, safe"},
    {"IZ-67", "safe"},
    {"IZ-68", "safe"},
    {"IZ-69", "safe"},
    {"IZ-70", "safe"},
    {"IZ-71", "choice"},
    {"IZ-72", "safe"},
    {"IZ-TS_M", "safe"},
    {"IZ-TS_NZ", "safe"},
    {"NIST-01", "safe"},
    {"addendum-coding-system", "safe"},
    {"addendum-query-name", "choice"},
    {"alternate_code_unknown", "choice, safe"},
    {"alternate_system_wrong", "safe"},
    {"batch_count_wrong", "choice"},
    {"code_system_wrong", "safe"},
    {"condition_not_supported", "choice"},
    {"element_extra", "choice"},
    {"element_missing", "safe"},
    {"element_not_supported", "choice"},
    {"format_wrong", "choice"},
    {"line_unreadable", "choice"},
    {"ndc-form", "safe"},
    {"ndc-sale", "choice"},
    {"profile_unknown", "choice"},
    {"repetition_excess", "choice"},
    {"segment_lower_case", "safe"},
    {"segment_not_supported", "choice"},
    {"segment_repeated", "choice"},
    {"segment_unexpected", "choice"},
    {"separator_unescaped", "safe"},
};

}  // namespace

TEST_CASE("Each fix of a rule's examples removes its finding and adds none", "[fix]") {
  std::map<std::string, std::set<std::string>> offered;
  for (const iz::Rule& rule : catalogue().rules) {
    for (const iz::Example& example : iz::examples_of(rule)) {
      if (example.finds.empty()) continue;
      Message message;
      message.parse(iz::build_example(example, iz::test::sample(example.base)));
      const Report report = check(message);
      const std::map<std::string, int> before = by_rule(report);
      for (const Finding& f : report.findings) {
        if (id_of(f) != rule.id) continue;
        for (const Fix& fix : fixes(catalogue(), message, report, f)) {
          INFO(rule.id << ": " << example.says << ": " << fix.label);
          offered[rule.id].insert(fix.safe ? "safe" : "choice");
          REQUIRE_FALSE(fix.edits.empty());
          Message after;
          after.parse(apply_edits(message.text(), fix.edits));
          const Report now = check(after);
          CHECK(now.profile == report.profile);
          const auto counts = by_rule(now);
          const auto left = counts.find(rule.id);
          CHECK((left == counts.end() ? 0 : left->second) < before.at(rule.id));
          for (const auto& [id, count] : counts) {
            INFO(id << " is raised " << count << " times");
            const auto was = before.find(id);
            CHECK(count <= (was == before.end() ? 0 : was->second));
          }
        }
      }
    }
  }
  std::map<std::string, std::string> all;
  for (const auto& [id, kinds] : offered)
    for (const std::string& kind : kinds) all[id] += (all[id].empty() ? "" : ", ") + kind;
  CHECK(all == kOffered);
}

TEST_CASE("Dates are rewritten, two readings are a choice", "[fix]") {
  const auto birth = [](std::string_view value) {
    const Case c(sample_with("|20250114|M|", "|" + std::string(value) + "|M|"));
    return c.offered("format_wrong");
  };
  CHECK(birth("2025-01-14") == Strings{"safe Replace 2025-01-14 with 20250114"});
  CHECK(birth("2025/1/4") == Strings{"safe Replace 2025/1/4 with 20250104"});
  CHECK(birth("01/14/2025") == Strings{"safe Replace 01/14/2025 with 20250114"});
  CHECK(birth("14 Jan 2025") == Strings{"safe Replace 14 Jan 2025 with 20250114"});
  CHECK(birth("January 14, 2025") == Strings{"safe Replace January 14, 2025 with 20250114"});
  CHECK(birth("20250114 ") == Strings{"safe Replace 20250114  with 20250114"});
  CHECK(birth("2025-01-14T09:45:12-05:00") == Strings{"safe Replace 2025-01-14T09:45:12-05:00 with 20250114094512"});
  CHECK(birth("03/04/2025") ==
        Strings{"choice Replace 03/04/2025 with 20250304", "choice Replace 03/04/2025 with 20250403"});
  CHECK(birth("02/30/2025").empty());
  CHECK(birth("14.1.25").empty());
  CHECK(birth("last winter").empty());
  const Case sent(sample_with("|20260217094512-0500|", "|2026-02-17 09:45:12 -0500|"));
  CHECK(sent.offered("format_wrong") == Strings{"safe Replace 2026-02-17 09:45:12 -0500 with 20260217094512-0500"});
}

TEST_CASE("Codes: the table's spelling is safe, a near code is a choice", "[fix]") {
  CHECK(Case(sample_with("|mL^mL^UCUM|", "|ML^mL^UCUM|")).offered("code_unknown") ==
        Strings{"safe Replace ML with mL"});
  CHECK(Case(sample_with("|03^MMR^CVX|", "|3^MMR^CVX|")).offered("code_unknown") == Strings{"safe Replace 3 with 03"});
  CHECK(Case(sample_with("|03^MMR^CVX|", "| 03^MMR^CVX|")).offered("code_unknown") ==
        Strings{"safe Replace  03 with 03"});
  CHECK(Case(sample_with("58160-0820-43", "58160082043", "vxu-newborn")).offered("ndc-form") ==
        Strings{"safe Write 58160-0820-43 in RXA-5.4"});
  for (const std::string& fix : Case(sample_with("|03^MMR^CVX|", "|831^x^CVX|")).offered("code_unknown"))
    CHECK(fix.starts_with("choice Replace 831 with "));
  CHECK(Case(sample_with("|M||2106-3", "|Q||2106-3")).offered("code_unknown").empty());
}

TEST_CASE("What the guide fixes is written where it is missing", "[fix]") {
  CHECK(Case(sample_with("RXA|0|1|20250318", "RXA|0||20250318")).offered("element_missing") ==
        Strings{"safe Write 1 in RXA[2]-2"});
  CHECK(Case(sample_with("|P|2.5.1|", "|P||")).offered("element_missing") == Strings{"safe Write 2.5.1 in MSH-12.1"});
  CHECK(Case(sample_with("OBX|2|CE|", "OBX||CE|")).offered("element_missing") ==
        Strings{"safe Number the OBX through the message"});
  CHECK(Case(sample_with("^Subcutaneous^NCIT", "^Subcutaneous")).offered("element_missing") ==
        Strings{"safe Write NCIT in RXR-1.3"});
  // A profile that was forced on the message is no ground to rewrite it.
  Message message;
  message.parse(sample_with("VXU^V04^VXU_V04", "VXU^V04^VXU_V05"));
  iz::CheckOptions forced = options();
  CHECK(Case(message.text()).offered("IZ-17") == Strings{"safe Write VXU_V04 in MSH-9.3"});
  forced.profile = "Z22";
  const Report report = check(message, forced);
  for (const Finding& f : report.findings)
    for (const Fix& fix : fixes(catalogue(), message, report, f)) CHECK_FALSE((id_of(f) == "IZ-17" && fix.safe));
}

TEST_CASE("Segments move within their dose and nowhere else", "[fix]") {
  const std::string text = iz::test::sample("vxu-two-doses");
  const auto line = [&](std::string_view begin) {
    const size_t at = text.find(begin);
    return text.substr(at, text.find('\n', at) + 1 - at);
  };
  const std::string pd1 = line("PD1"), nk1 = line("NK1"), rxr = line("RXR"), obx = line("OBX|2");
  const Case swapped(sample_with(pd1 + nk1, nk1 + pd1));
  CHECK(swapped.offered("segment_unexpected") == Strings{"safe Move PD1 before line 3", "choice Remove PD1"});
  CHECK(swapped.after("segment_unexpected") == text);
  // The route behind an observation of its dose.
  const std::string first = line("OBX|1");
  const Case route(sample_with(rxr + first, first + rxr));
  CHECK(route.after("segment_unexpected") == text);
  // A stray observation in front of all doses could belong to any.
  std::string stray = sample_with(obx, "");
  stray.insert(stray.find("ORC|"), obx);
  CHECK(Case(stray).offered("segment_unexpected") == Strings{"choice Remove OBX[1]"});
}

TEST_CASE("Separators, line ends and lines that broke", "[fix]") {
  const Case other(sample_with("MSH|^~\\&|", "MSH|^~\\#|"));
  CHECK(other.offered("IZ-13") == Strings{"safe Write |^~\\& in the whole message"});
  Message message;
  message.parse("MSH#:*%!#A:b!c\rPID#1##x^y%S%z*2:|&\r");
  const Report report = check(message, {.profile = "Z22", .as_of = {2026, 2, 18}});
  const auto f = std::find_if(report.findings.begin(), report.findings.end(),
                              [](const Finding& x) { return id_of(x) == "IZ-13"; });
  REQUIRE(f != report.findings.end());
  const auto all = fixes(catalogue(), message, report, *f);
  REQUIRE(all.size() == 1);
  CHECK(apply_edits(message.text(), all[0].edits) == "MSH|^~\\&|A^b&c\rPID|1||x\\S\\y\\S\\z~2^\\F\\\\T\\\r");
  const Case broken(sample_with("vaccine code 831. Dose", "vaccine code\n831. Dose", "ack-errors"));
  CHECK(broken.offered("line_unreadable") == Strings{"choice Join the line to the one before", "choice Remove line 4"});
  CHECK(broken.after("line_unreadable").find("vaccine code\\.br\\831. Dose") != std::string::npos);
  Message lf;
  lf.parse("MSH|^~\\&|A\nPID|1\r\nZZZ\rQ");
  const Report ends = check(lf, options(true));
  const auto mixed = std::find_if(ends.findings.begin(), ends.findings.end(),
                                  [](const Finding& x) { return id_of(x) == "line_ends_mixed"; });
  REQUIRE(mixed != ends.findings.end());
  CHECK(apply_edits(lf.text(), fixes(catalogue(), lf, ends, *mixed).at(0).edits) == "MSH|^~\\&|A\rPID|1\rZZZ\rQ");
}

TEST_CASE("A plan does all that is safe, says it, and nothing else", "[fix]") {
  std::string text = sample_with("RXA|0|1|20250318", "RXA|0|3|2025-03-18");
  text.replace(text.find("PD1|"), 3, "pd1");
  Message message;
  message.parse(text);
  const iz::FixPlan plan = plan_safe_fixes(catalogue(), message, options());
  CHECK(plan.text == iz::test::sample("vxu-two-doses"));
  REQUIRE(plan.steps.size() == 3);
  CHECK(plan.steps[0].label == "Write PD1");
  CHECK(plan.steps[0].before == "pd1");
  CHECK(plan.steps[1].place == "RXA[2]-2[1]");
  CHECK(plan.steps[1].before == "3");
  CHECK(plan.steps[1].after == "1");
  CHECK(plan.steps[2].after == "20250318");
  message.parse(plan.text);
  CHECK(plan_safe_fixes(catalogue(), message, options()).steps.empty());
}

TEST_CASE("Mutated messages of others: no fix adds a finding, nothing else is touched", "[fix]") {
  const char* shared = std::getenv("IZ_SHARED");
  const std::filesystem::path file =
      std::filesystem::path(shared ? shared : IZ_SOURCE_DIR "/../shared") / "data" / "conformance" / "mutants.jsonl";
  if (!std::filesystem::exists(file)) SKIP("SKIPPED: no " << file << " (set IZ_SHARED)");
  std::ifstream in(file, std::ios::binary);
  size_t messages = 0, mended = 0, offered = 0;
  for (std::string line; std::getline(in, line);) {
    const auto json = nlohmann::json::parse(line);
    const std::string text = json.at(json.contains("message") ? "message" : "er7");
    Message message;
    message.parse(text);
    iz::CheckOptions o = options();
    const std::string profile = json.value("profile", "");
    o.profile = profile;
    if (!catalogue().profile(o.profile)) o.profile = {};
    const Report report = check(message, o);
    const iz::FixPlan plan = plan_safe_fixes(catalogue(), message, o);
    Message after;
    after.parse(plan.text);
    const auto before = by_rule(report), now = by_rule(check(after, o));
    INFO(line.substr(0, 80));
    for (const auto& [id, count] : now) {
      const auto was = before.find(id);
      CHECK(count <= (was == before.end() ? 0 : was->second));
    }
    mended += !plan.steps.empty();
    CHECK((plan.text == text) == plan.steps.empty());
    for (const Finding& f : report.findings)
      for (const Fix& fix : fixes(catalogue(), message, report, f)) {
        ++offered;
        // In order, inside of the text, and not overlapping.
        uint32_t at = 0;
        for (const iz::Edit& e : fix.edits) {
          REQUIRE(e.span.begin >= at);
          REQUIRE(e.span.end >= e.span.begin);
          REQUIRE(e.span.end <= text.size());
          at = e.span.end;
        }
      }
    ++messages;
  }
  CHECK(messages > 2000);
  CHECK(mended > 100);
  CHECK(offered > 1000);
}
