// What registries measure, counted; and the summary written of it.
#include "core/completeness.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "core/catalogue.h"
#include "core/edit.h"
#include "core/write_quality.h"
#include "core/write_triage.h"
#include "tests/catalogue/sample.h"

namespace iz {
namespace {

/// The two doses of the sample: one given here, one from history.
std::string changed(std::initializer_list<std::pair<const char*, const char*>> changes) {
  std::string text = iz::test::sent_sample("vxu-two-doses");
  for (const auto& [place, value] : changes) {
    Message m;
    m.parse(text);
    text = *set_value(m, *parse_path(place), value);
  }
  return text;
}

Completeness counted(const std::string& text) {
  Completeness c(Catalogue::built_in());
  Message m;
  m.parse(text);
  c.add(m);
  return c;
}

Completeness::Count count(const Completeness& c, std::string_view id) {
  const auto& measures = Catalogue::built_in().measures;
  const auto at = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.id == id; });
  REQUIRE(at != measures.end());
  return c.counts()[static_cast<size_t>(at - measures.begin())];
}

TEST_CASE("completeness counts what is there, of patients, doses and doses given here", "[completeness]") {
  const Completeness c = counted(changed({}));
  CHECK(count(c, "patient-name").of == 1);
  CHECK(count(c, "patient-name").present == 1);
  CHECK(count(c, "vaccine").of == 2);
  CHECK(count(c, "vaccine").present == 2);
  CHECK(count(c, "lot").of == 1);  // history needs none
  CHECK(count(c, "lot").present == 1);
  CHECK(count(c, "email").present == 0);
  // Each measure falls when what it measures is taken away, and only it.
  const std::pair<const char*, const char*> places[] = {{"patient-name", "PID-5[1].2"},
                                                        {"birth-date", "PID-7"},
                                                        {"race", "PID-10"},
                                                        {"ethnicity", "PID-22"},
                                                        {"address", "PID-11[1].5"},
                                                        {"maiden-name", "PID-6"},
                                                        {"record-number", "PID-3"},
                                                        {"lot", "RXA[1]-15"},
                                                        {"expiry", "RXA[1]-16"},
                                                        {"manufacturer", "RXA[1]-17"},
                                                        {"route", "RXR[1]-1"},
                                                        {"site", "RXR[1]-2"},
                                                        {"administrator", "RXA[1]-10"},
                                                        {"ordering-provider", "ORC[1]-12"},
                                                        {"location", "RXA[1]-11"},
                                                        {"order-number", "ORC[1]-3"}};
  const Completeness whole = counted(changed({}));
  for (const auto& [id, place] : places) {
    INFO(id);
    const Completeness less = counted(changed({{place, ""}}));
    CHECK(count(less, id).present + 1 == count(whole, id).present);
    for (size_t i = 0; i < less.counts().size(); ++i)
      if (Catalogue::built_in().measures[i].id != id) CHECK(less.counts()[i].present == whole.counts()[i].present);
  }
  for (const auto& [id, place, value] : {std::tuple{"sex", "PID-8", "U"},
                                         {"amount", "RXA[1]-6", "999"},
                                         {"dose-date", "RXA[1]-3", "202602"},
                                         {"eligibility", "OBX[1]-3", "30945-0"},
                                         {"funding", "OBX[2]-3", "30945-0"}}) {
    INFO(id);
    const Completeness less = counted(changed({{place, value}}));
    CHECK(count(less, id).present + 1 == count(whole, id).present);
  }
  // What is refused, deleted or no update counts nothing.
  CHECK(count(counted(changed({{"RXA[1]-20", "RE"}})), "lot").of == 0);
  CHECK(count(counted(changed({{"RXA[1]-21", "D"}})), "vaccine").of == 1);
  CHECK(count(counted(iz::test::sent_sample("ack-accepted")), "patient-name").of == 0);
  CHECK(counted("").counts()[0].of == 0);
}

TEST_CASE("days from the dose to the message fall into the buckets of the list", "[completeness]") {
  const auto bucket = [](const char* day) {
    const Completeness c = counted(changed({{"RXA[1]-3", day}, {"MSH-7", "20260217094512-0500"}}));
    const auto at = std::find(c.lags().begin(), c.lags().end(), 1u);
    REQUIRE(at != c.lags().end());
    return c.lag_names()[static_cast<size_t>(at - c.lags().begin())];
  };
  CHECK(bucket("20260217") == "within 3 days");
  CHECK(bucket("20260214") == "within 3 days");
  CHECK(bucket("20260213") == "4 to 14 days");
  CHECK(bucket("20260203") == "4 to 14 days");
  CHECK(bucket("20260202") == "15 to 30 days");
  CHECK(bucket("20260101") == "later than 30 days");
  CHECK(bucket("202602") == "not known");
  CHECK(bucket("20260218") == "not known");  // to come
}

TEST_CASE("the summary says the same as text, HTML and JSON, and nothing of a patient", "[completeness]") {
  Triage t(Catalogue::built_in(), {.as_of = *parse_date("2026-02-18")}, true);
  Triage other(Catalogue::built_in(), {.as_of = *parse_date("2026-02-18")}, true);
  t.add(changed({{"PID-8", "Q"}}), {});
  t.add(changed({{"RXA[1]-15", ""}}), {});
  other.add(changed({{"PID-11", ""}}), {});
  t.merge(other);
  t.finish();
  const std::string text = quality_text(t.quality()), html = quality_html(t.quality());
  for (const char* part : {"By rule", "By field", "By who mends it", "Completeness of the patient",
                           "Completeness of doses given here", "From the dose to the message"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
    CHECK(html.find(part) != std::string::npos);
  }
  CHECK(text.find("2 of 3          66 %  #############.......  Lot number (RXA-15)") != std::string::npos);
  CHECK(html.find("value=\"66\">66 %</meter> 66 %</td><td>2 of 3") != std::string::npos);
  const nlohmann::json json = nlohmann::json::parse(triage_json(t));
  CHECK(json["completeness"].size() == Catalogue::built_in().measures.size());
  for (const auto& m : json["completeness"])
    if (m["id"] == "address") CHECK((m["counted"] == 3 && m["present"] == 2 && m["of"] == "patient"));
  CHECK(json["timeliness"].size() == 5);
  for (const char* name : {"Thistlewood", "Marlo", "AP-30417"}) {
    CHECK(text.find(name) == std::string::npos);
    CHECK(html.find(name) == std::string::npos);
  }
}

TEST_CASE("a fault that stands twice in a message is one message with it", "[completeness]") {
  Triage t(Catalogue::built_in(), {.as_of = *parse_date("2026-02-18")}, true);
  t.add(changed({{"OBX[1]-11", "Q"}, {"OBX[2]-11", "Q"}}), {});
  t.finish();
  const QualitySummary& q = t.quality();
  REQUIRE(q.fields.contains("OBX-11"));
  CHECK(q.fields.at("OBX-11") == 1);
  for (const auto& [key, cause] : q.causes) CHECK(cause.messages == 1);
  CHECK(q.worst[0] == 1);
}

TEST_CASE("the list of measures has each once, with words", "[completeness]") {
  std::set<std::string> ids;
  for (const Measure& m : Catalogue::built_in().measures) {
    CHECK(ids.insert(m.id).second);
    CHECK_FALSE(m.name.empty());
    CHECK_FALSE(m.at.empty());
  }
  CHECK(ids.size() >= 30);
}

}  // namespace
}  // namespace iz
