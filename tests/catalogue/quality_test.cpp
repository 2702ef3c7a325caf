// Quality rules on the samples: one thing broken gives one finding of one rule; the clock and the sender are the caller's.
#include <algorithm>
#include <catch_amalgamated.hpp>

#include "core/check.h"
#include "core/edit.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Catalogue;
using Found = std::vector<std::string>;

iz::Message changed(const char* base, std::initializer_list<std::pair<const char*, const char*>> values) {
  iz::Message m;
  m.parse(iz::test::sample(base));
  for (const auto& [place, value] : values) m.parse(*iz::set_value(m, *iz::parse_path(place), value));
  return m;
}

iz::Report check(const iz::Message& m, iz::CheckOptions options = {.as_of = {2026, 2, 18}, .sent_line_ends = false}) {
  iz::Checker checker(Catalogue::built_in());
  iz::Report report;
  checker.check(m, options, report);
  return report;
}

/// "rule place" of each finding of quality and advice.
Found quality(const iz::Report& report) {
  Found out;
  for (const iz::Finding& f : report.findings)
    if (f.layer == iz::Layer::quality || f.layer == iz::Layer::advice)
      out.push_back(Catalogue::built_in().rules[f.rule].id + " " + place(Catalogue::built_in(), report, f));
  std::sort(out.begin(), out.end());
  return out;
}

/// What a change brings.
Found brought(const char* base, std::initializer_list<std::pair<const char*, const char*>> values) {
  const Found before = quality(check(changed(base, {}))), after = quality(check(changed(base, values)));
  Found out;
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(out));
  return out;
}

bool has(const Found& found, std::string_view rule) {
  return std::any_of(found.begin(), found.end(), [&](const std::string& f) { return f.starts_with(rule); });
}

}  // namespace

TEST_CASE("One thing broken gives one finding", "[quality]") {
  const char* two = "vxu-two-doses";
  CHECK(brought(two, {{"PID-5", "Duck^Donald^^^^^L"}}) == Found{"name-test PID[1]-5[1]"});
  CHECK(brought(two, {{"PID-5.2", "Unknown"}}) == Found{"name-junk PID[1]-5[1].2"});
  CHECK(brought(two, {{"PID-6.1", "ZZRavenscar"}}) == Found{"maiden-name-filler PID[1]-6[1].1"});
  CHECK(brought(two, {{"PID-11.5", "94110"}}) == Found{"address-zip-state PID[1]-11[1].5"});
  CHECK(brought(two, {{"PID-13.7", "9999999"}}) == Found{"phone-junk PID[1]-13[1].7"});
  CHECK(brought(two, {{"RXA[1]-6", "5"}}) == Found{"amount-odd RXA[1]-6[1]"});
  CHECK(brought(two, {{"RXA[1]-15", "W031877-S"}}) == Found{"lot-suffix RXA[1]-15[1]"});
  CHECK(brought(two, {{"RXA[1]-16", "20250531"}}) == Found{"dose-after-expiry RXA[1]-3[1]"});
  CHECK(brought(two, {{"RXR[1]-2.1", "LG"}}) == Found{"site-odd RXR[1]-2[1].1"});
  CHECK(brought(two, {{"OBX[2]-5", "PHC70^Private^CDCPHINVS"}}) == Found{"eligibility-funding OBX[2]-5[1]"});
  CHECK(brought(two, {{"RXA[2]-3", "20240418"}}) == Found{"dose-before-birth RXA[2]-3[1]"});
  CHECK(brought(two, {{"ORC[2]-3", "9001^ALDERPED"}}) == Found{"order-number-repeated ORC[2]-3[1].1"});
  CHECK(brought("vxu-newborn", {{"PID-24", ""}, {"PID-25", ""}}) == Found{"newborn-multiple-birth PID[1]-24[1]"});
  CHECK(brought("vxu-refusal", {{"RXA-15", "W031877"}}) == Found{"refused-has-lot RXA[1]-15[1]"});
}

TEST_CASE("The future is measured by the message and by the caller's clock", "[quality]") {
  const iz::Message m =
      changed("vxu-two-doses", {{"PID-7", "20260301"}, {"RXA[1]-3", "20260301"}, {"RXA[2]-3", "20260301"}});
  const auto at = [&](iz::Date day) { return quality(check(m, {.as_of = day, .sent_line_ends = false})); };
  CHECK(has(at({2026, 2, 18}), "birth-in-future"));
  CHECK_FALSE(has(at({2026, 2, 18}), "birth-after-message"));
  CHECK(has(at({2026, 3, 2}), "birth-after-message"));
  CHECK_FALSE(has(at({2026, 3, 2}), "birth-in-future"));
  CHECK(has(at({}), "birth-in-future"));  // without a clock the message is the measure
  const iz::Message late = changed("vxu-two-doses", {{"MSH-7", "20270101120000-0500"}});
  CHECK(has(quality(check(late)), "message-in-future"));
  CHECK_FALSE(has(quality(check(late, {.as_of = {}, .sent_line_ends = false})), "message-in-future"));
}

TEST_CASE("The rules of pharmacies are for pharmacies", "[quality]") {
  const iz::Message m = changed("vxu-two-doses", {{"MSH-22", ""}, {"PID-13", ""}});
  const iz::CheckOptions pharmacy{.as_of = {2026, 2, 18}, .sent_line_ends = false, .sender = iz::Sender::pharmacy};
  const Found found = quality(check(m, pharmacy));
  for (const char* rule : {"pharmacy-ndc", "pharmacy-organization", "pharmacy-provider", "pharmacy-address"}) {
    INFO(rule);
    CHECK(has(found, rule));
  }
  CHECK_FALSE(has(quality(check(m)), "pharmacy"));
}

TEST_CASE("A score names its parts", "[quality]") {
  const iz::Message m = changed("vxu-two-doses", {{"RXA[2]-9", "00^New immunization record^NIP001"}});
  const iz::Report report = check(m);
  for (const iz::Finding& f : report.findings) {
    if (Catalogue::built_in().rules[f.rule].id != "given-looks-historical") continue;
    const std::string words = sentence(Catalogue::built_in(), m, report, f);
    CHECK(words.find("no lot number (2)") != std::string::npos);
    CHECK(words.find("no amount (2)") != std::string::npos);
    CHECK(words.find("together 12 of 12 points") != std::string::npos);
    return;
  }
  FAIL("not found");
}
