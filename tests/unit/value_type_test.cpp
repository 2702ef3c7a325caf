// OBX-5 as the type that OBX-2 says, in every profile that has OBX.
#include <catch_amalgamated.hpp>
#include <string>

#include "core/check.h"
#include "core/elements.h"

using namespace iz;

namespace {

/// The smallest message that has a place for an OBX in a profile.
std::string message_for(const Profile& profile, std::string_view obx) {
  std::string text = "MSH|^~\\&|||||||" + profile.type + '^' + profile.event + '^' + profile.message_structure + "\r";
  if (profile.from_registry()) text += "MSA|AA|1\rQAK|1|OK\rQPD|Z34|1\r";
  text += "PID|1\rORC|RE\rRXA|0|1\r";
  return text.append(obx) + '\r';
}

/// The rules of the findings on OBX-5.
std::vector<std::string> on_value(const Profile& profile, std::string_view obx, std::string* words = nullptr) {
  const Catalogue& catalogue = Catalogue::built_in();
  Message message;
  message.parse(message_for(profile, obx));
  Report report;
  CheckOptions options;
  options.profile = profile.id;
  Checker(catalogue).check(message, options, report);
  std::vector<std::string> rules;
  for (const Finding& f : report.findings) {
    if (f.path.segment != segment_code("OBX") || f.path.field != 5 || f.severity == Severity::info) continue;
    rules.push_back(catalogue.rules[f.rule].id);
    if (words) *words = title(catalogue, message, report, f) + '\n' + sentence(catalogue, message, report, f);
  }
  return rules;
}

}  // namespace

TEST_CASE("value type: OBX-5 is read as OBX-2 says in every profile with OBX") {
  const Catalogue& catalogue = Catalogue::built_in();
  std::vector<std::string> tested;
  for (const auto& profile : catalogue.profiles) {
    if (!has_segment(*profile, segment_code("OBX"))) continue;
    tested.push_back(profile->id);
    INFO(profile->id);
    using Rules = std::vector<std::string>;
    CHECK(on_value(*profile, "OBX|1|NM|30973-2^Dose^LN|1|2||||||F").empty());
    CHECK(on_value(*profile, "OBX|1|NM|30973-2^Dose^LN|1|two||||||F") == Rules{"format_wrong"});
    CHECK(on_value(*profile, "OBX|1|DT|30980-7^Date^LN|1|20260230||||||F") == Rules{"format_wrong"});
    CHECK(on_value(*profile, "OBX|1|ST|48767-8^Note^LN|1|two||||||F").empty());
    CHECK(on_value(*profile, "OBX|1|CE|30956-7^Vaccine^LN|1|03^MMR||||||F") == Rules{"element_missing"});
    CHECK(on_value(*profile, "OBX|1|CWE|30956-7^Vaccine^LN|1|03^MMR||||||F") == Rules{"code_incomplete"});
    std::string words;
    CHECK(on_value(*profile, "OBX|1|XX|30973-2^Dose^LN|1|2||||||F", &words) == Rules{"value_type_unknown"});
    CHECK(words.find("“XX”") != std::string::npos);
    const SegmentDef* obx = profile->segment("OBX");
    REQUIRE(obx);
    CHECK_FALSE(obx->value_types.empty());
    for (const auto& [value, type] : obx->value_types) CHECK(words.find(value) != std::string::npos);
    CHECK(on_value(*profile, "OBX|1||30973-2^Dose^LN|1|2||||||F", &words) == Rules{"value_type_unknown"});
    CHECK(words.find("OBX-2 holds nothing") == 0);
  }
  CHECK(tested == std::vector<std::string>{"Z22", "Z32", "Z42"});
}
