#include "core/follow.h"

#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "core/check.h"
#include "core/example.h"
#include "core/write.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Catalogue;

/// What is said of a message: the errors and warnings that are shown, and what follows from which.
struct Said {
  std::vector<std::string> shown;    ///< "rule path"
  std::vector<std::string> follows;  ///< "rule path < rule path" for each finding with a cause, in order
};

Said check(const std::string& text) {
  const Catalogue& catalogue = Catalogue::built_in();
  iz::Message message;
  message.parse(text);
  iz::Checker checker(catalogue);
  iz::Report report;
  checker.check(message, {.as_of = {2026, 2, 18}, .sent_line_ends = false}, report);
  const auto findings = nlohmann::json::parse(iz::report_json(catalogue, message, report, {}))["findings"];
  const auto words = [&](size_t i) {
    return findings[i]["rule"].get<std::string>() + " " + findings[i]["path"].get<std::string>();
  };
  Said said;
  for (const iz::Shown& s : iz::fold(report).shown) said.shown.push_back(words(s.finding));
  for (size_t i = 0; i < findings.size(); ++i)
    if (!findings[i]["follows"].is_null())
      said.follows.push_back(words(i) + " < " + words(findings[i]["follows"].get<size_t>()));
  return said;
}

Said check(std::string base, iz::Example change) {
  change.base = std::move(base);
  return check(iz::build_example(change, iz::test::sample(change.base)));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("follow: an absent field says nothing of its components") {
  const Said said = check("vxu-two-doses", {.set = {{"RXA-5", ""}}});
  CHECK(said.shown == Lines{"element_missing RXA[1]-5[1]"});
  CHECK(said.follows == Lines{});
}

TEST_CASE("follow: a code that is unknown, and its coding system") {
  const Said said = check("vxu-two-doses", {.set = {{"RXR-1", "XX99^Somewhere^XXX"}}});
  CHECK(said.shown == Lines{"code_unknown RXR[1]-1[1].1"});
  CHECK(said.follows == Lines{"code_unknown RXR[1]-1[1].3 < code_unknown RXR[1]-1[1].1"});
}

TEST_CASE("follow: a statement on a value that is wrong already") {
  const Said said = check("vxu-two-doses", {.set = {{"MSH-12", "2.3.1"}}});
  CHECK(said.shown == Lines{"IZ-15 MSH[1]-12[1].1"});
  CHECK(said.follows == Lines{"code_unknown MSH[1]-12[1].1 < IZ-15 MSH[1]-12[1].1"});
}

TEST_CASE("follow: segments after one out of place, and what is missing for it") {
  const Said said = check("vxu-two-doses", {.drop = {"PID"}, .add = {"PID|1"}, .after = "NK1[1]"});
  CHECK(said.shown == Lines{"segment_unexpected PID[1]"});
  REQUIRE(said.follows.size() == 11);
  CHECK(said.follows[0] == "segment_missing PID[1] < segment_unexpected PID[1]");
}

TEST_CASE("follow: predicates that read a code that is unknown") {
  const Said refused = check("vxu-refusal", {.set = {{"RXA-20", "XX"}}});
  CHECK(refused.shown == Lines{"code_unknown RXA[1]-20[1]"});
  CHECK(refused.follows == Lines{"condition_not_supported RXA[1]-18[1] < code_unknown RXA[1]-20[1]",
                                 "IZ-32 RXA[1]-20[1] < code_unknown RXA[1]-20[1]"});
  const Said given = check("vxu-two-doses", {.set = {{"RXA-20", "XX"}}});
  CHECK(given.shown == Lines{"code_unknown RXA[1]-20[1]"});
  CHECK(given.follows == Lines{"IZ-47 RXA[1]-9[1].1 < code_unknown RXA[1]-20[1]"});
}

TEST_CASE("follow: predicates that read a value of a wrong form") {
  const Said said = check("vxu-two-doses", {.set = {{"RXA-6", "half"}, {"RXA-7", ""}}});
  CHECK(said.shown == Lines{"format_wrong RXA[1]-6[1]"});
  CHECK(said.follows == Lines{"condition_missing RXA[1]-7[1] < format_wrong RXA[1]-6[1]"});
}

TEST_CASE("follow: a vaccine that is unknown is no reason for what any vaccine needs") {
  const Said said = check("vxu-two-doses", {.set = {{"RXA-5.1", "9999"}, {"RXA-21", ""}}});
  CHECK(said.shown == Lines{"code_unknown RXA[1]-5[1].1", "condition_missing RXA[1]-21[1]"});
}

TEST_CASE("follow: only the dose that holds the wrong value") {
  const Said said =
      check("vxu-two-doses", {.set = {{"RXA[2]-20", "XX"}, {"RXA[1]-18", "00^Parental decision^NIP002"}}});
  CHECK(said.shown == Lines{"condition_not_supported RXA[1]-18[1]", "IZ-32 RXA[1]-20[1]", "code_unknown RXA[2]-20[1]"});
  CHECK(said.follows == Lines{"IZ-47 RXA[2]-9[1].1 < code_unknown RXA[2]-20[1]"});
}

TEST_CASE("follow: what is told first") {
  const Said unknown = check("vxu-two-doses", {.set = {{"MSH-21", "Z99^LOCAL"}}});
  CHECK(unknown.shown == Lines{"profile_unknown MSH[1]-21[1].1"});
  CHECK(unknown.follows.size() == 2);
  const Said cut = check("vxu-refusal", {.cut = "RXA-5.2"});
  CHECK(cut.shown == Lines{"message_truncated RXA[1]-5[1].3"});
  CHECK(cut.follows.size() == 3);
}

TEST_CASE("follow: a message that ends with a whole line lacks a segment, no more") {
  const Said order = check("vxu-refusal", {.drop = {"RXA"}});
  CHECK(order.shown == Lines{"segment_missing RXA[1]"});
  const Said answer = check("ack-accepted", {.drop = {"MSA"}});
  CHECK(answer.shown == Lines{"segment_missing MSA[1]"});
  // Without the end of its last line, too: many are pasted so.
  std::string text = iz::build_example({.drop = {"MSA"}}, iz::test::sample("ack-accepted"));
  text.pop_back();
  CHECK(check(text).shown == Lines{"segment_missing MSA[1]"});
}

TEST_CASE("follow: a message that ends within the name of a segment") {
  const Said said = check(iz::test::sample("vxu-refusal") + "RX");
  CHECK(said.shown == Lines{"message_truncated "});
  CHECK(said.follows == Lines{"line_unreadable  < message_truncated "});
}
