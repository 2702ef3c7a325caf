#include "core/choose_profile.h"

#include <catch_amalgamated.hpp>

#include "core/check.h"

namespace {

using iz::ProfileChoice;
using iz::ProfileDoubt;

/// A message of that MSH-9 and MSH-21 with these further lines.
iz::ChosenProfile choose(std::string_view type, std::string_view profile, std::string_view lines) {
  iz::Message message;
  message.parse("MSH|^~\\&|A|B|C|D|20260217094512-0500||" + std::string(type) + "|7|P|2.5.1|||ER|AL|||||" +
                std::string(profile) + "\r" + std::string(lines));
  return iz::choose_profile(iz::Catalogue::built_in(), message);
}

std::string id(const iz::ChosenProfile& c) { return c.profile ? c.profile->id : "none"; }

constexpr std::string_view kAnswer = "MSA|AA|7\rQAK|1|OK|Z34\r";

std::string answer(std::string_view query, std::string_view rest) {
  return std::string(kAnswer) + "QPD|" + std::string(query) + "\r" + std::string(rest);
}

}  // namespace

TEST_CASE("choose_profile: MSH-21, the first name that is known") {
  const auto c = choose("VXU^V04^VXU_V04", "Q1^LOCAL~Z22^CDCPHINVS", "PID|1\r");
  CHECK(id(c) == "Z22");
  CHECK(c.choice == ProfileChoice::msh21);
  CHECK(c.doubt == ProfileDoubt::none);
}

TEST_CASE("choose_profile: MSH-9 where MSH-21 is empty or not known") {
  CHECK(id(choose("VXU^V04", "", "PID|1\r")) == "Z22");
  CHECK(id(choose("ACK^V04^ACK", "", "MSA|AA|7\r")) == "Z23");
  const auto c = choose("VXU^V04^VXU_V04", "Z99^LOCAL", "PID|1\r");
  CHECK(id(c) == "Z22");
  CHECK(c.choice == ProfileChoice::message_type);
  CHECK(c.doubt == ProfileDoubt::unknown_profile);
}

TEST_CASE("choose_profile: queries by QPD-1") {
  const auto c = choose("QBP^Q11^QBP_Q11", "", "QPD|Z34^Request Immunization History\r");
  CHECK(id(c) == "Z34");
  CHECK(c.choice == ProfileChoice::query_name);
  CHECK(id(choose("QBP^Q11^QBP_Q11", "", "QPD|Z44^Request Evaluated History and Forecast\r")) == "Z44");
  CHECK(id(choose("QBP^Q11^QBP_Q11", "", "QPD|other\r")) == "Z44");
}

TEST_CASE("choose_profile: responses by what they hold") {
  const std::string_view type = "RSP^K11^RSP_K11";
  CHECK(id(choose(type, "", answer("Z34", ""))) == "Z33");
  CHECK(id(choose(type, "", answer("Z34", "PID|1\rPID|2\r"))) == "Z31");
  CHECK(id(choose(type, "", answer("Z34", "PID|1\rORC|RE\rRXA|0|1|20200101||03^MMR^CVX\r"))) == "Z32");
  CHECK(id(choose(type, "", answer("Z44", "PID|1\rORC|RE\rRXA|0|1|20200101||03^MMR^CVX\r"))) == "Z42");
  CHECK(id(choose(type, "", answer("", "PID|1\rORC|RE\rRXA|0|1|20200101||998^none^CVX\r"))) == "Z42");
  CHECK(choose(type, "", answer("Z34", "")).choice == ProfileChoice::content);
  CHECK(id(choose(type, "Z31^CDCPHINVS", answer("Z34", ""))) == "Z31");  // MSH-21 counts
}

TEST_CASE("choose_profile: MSH-9 and MSH-21 contradict each other") {
  const auto update = choose("ACK^V04^ACK", "Z22^CDCPHINVS", "PID|1\rORC|RE\rRXA|0|1\r");
  CHECK(id(update) == "Z22");
  CHECK(update.doubt == ProfileDoubt::contradiction);
  CHECK(update.place.field == 9);
  const auto ack = choose("ACK^V04^ACK", "Z22^CDCPHINVS", "MSA|AA|7\rERR||||E\r");
  CHECK(id(ack) == "Z23");
  CHECK(ack.place.field == 21);
}

TEST_CASE("choose_profile: other kinds of message, and none") {
  const auto visit = choose("ADT^A08^ADT_A01", "", "EVN|A08\rPID|1\r");
  CHECK(id(visit) == "none");
  CHECK(visit.doubt == ProfileDoubt::foreign);
  CHECK(choose("ADT^A08^ADT_A01", "Z22^CDCPHINVS", "PID|1\r").doubt == ProfileDoubt::foreign);
  const auto doses = choose("ORU^R01^ORU_R01", "", "PID|1\rORC|RE\rRXA|0|1\r");
  CHECK(id(doses) == "Z22");
  CHECK(doses.doubt == ProfileDoubt::foreign);
  CHECK(choose("", "", "PID|1\r").doubt == ProfileDoubt::unknown_type);
}

TEST_CASE("A foreign message is told first, and only dates, times and numbers are checked") {
  iz::Message message;
  message.parse("MSH|^~\\&|A|B|C|D|20260217||ADT^A08^ADT_A01|7|P|2.3\rEVN|A08\rPID|||1||X^Y||20220631|Q\rPV1||O\r");
  iz::Checker checker(iz::Catalogue::built_in());
  iz::Report report;
  checker.check(message, {.profile = {}, .as_of = {2026, 2, 18}}, report);
  CHECK_FALSE(report.profile);
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].rule == iz::Catalogue::built_in().rule_index(iz::Engine::message_foreign));
  CHECK(to_string(report.findings[1].path) == "PID[1]-7[1].1");
}
