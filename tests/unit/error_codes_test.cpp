#include "core/error_codes.h"

#include <catch_amalgamated.hpp>
#include <set>

#include "codesets/json_reader.h"
#include "core/error_words.h"

using namespace iz;

namespace {

const Catalogue& catalogue() { return Catalogue::built_in(); }

/// A text that a person can read: a sentence, nothing left to fill in, no double blank.
bool is_sentence(const std::string& text) {
  return text.size() > 10 && text.find('{') == std::string::npos && text.find('}') == std::string::npos &&
         text.find("  ") == std::string::npos && text.front() >= 'A' && text.front() <= 'Z' && text.back() == '.';
}

CodeWords detection(std::string_view code) {
  const auto words = explain_code(catalogue(), CodeTable::detection, code);
  REQUIRE(words);
  return *words;
}

}  // namespace

TEST_CASE("every code of the three tables is explained") {
  for (const char* code :
       {"0", "100", "101", "102", "103", "200", "201", "202", "203", "204", "205", "206", "207", "999"}) {
    INFO(code);
    const auto words = explain_code(catalogue(), CodeTable::error_code, code);
    REQUIRE(words);
    CHECK(is_sentence(words->meaning));
    CHECK(is_sentence(words->why));
    CHECK(is_sentence(words->fix));
  }
  for (const char* code : {"1", "2", "3", "4", "5", "6", "7", "8"})
    CHECK(explain_code(catalogue(), CodeTable::application_error, code));
  for (const char* code : {"I", "W", "E", "F"}) CHECK(explain_code(catalogue(), CodeTable::severity, code));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::error_code, "104"));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::application_error, "77"));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::application_error, ""));
}

TEST_CASE("every detection reads as sentences, each its own") {
  const ErrorCodes& codes = catalogue().error_codes;
  CHECK(codes.detections() == 689);
  std::set<std::string> names;
  size_t with_place = 0;
  for (size_t n = 0; n < codes.detections(); ++n) {
    const std::string code = codes.detection_code(n);
    INFO(code);
    const CodeWords words = detection(code);
    CHECK(words.code == code);
    CHECK(words.name.size() > 5);
    CHECK(words.name.size() <= 90);
    CHECK(words.name.back() != '.');
    CHECK(is_sentence(words.name + "."));
    CHECK(is_sentence(words.meaning));
    CHECK(is_sentence(words.fix));
    CHECK((words.why.empty() || is_sentence(words.why)));
    names.insert(words.name);
    with_place += words.path.segment != 0;
  }
  CHECK(with_place > 600);
  CHECK(names.size() > 640);
}

TEST_CASE("a detection by its code, the older code, or its name") {
  const CodeWords words = detection("DQA0314");
  CHECK(words.code == "MQE0314");
  CHECK(words.name == "The identifier of the place where the dose was given is missing");
  CHECK(to_string(words.path) == "RXA-11.4");
  CHECK(words.who == Who::iis);
  CHECK(detection("mqe0314").name == words.name);
  CHECK(detection("VaccinationFacilityIdIsMissing").code == "MQE0314");
  CHECK(detection("vaccination facility id is missing").code == "MQE0314");
  CHECK(detection("MessageMessageDateIsMissing").code == "MQE0017");
  CHECK_FALSE(explain_code(catalogue(), CodeTable::detection, "MQE9999"));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::detection, "DQA"));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::detection, "facility"));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::detection, ""));
  CHECK_FALSE(explain_code(catalogue(), CodeTable::detection, std::string(100000, 'A')));
}

TEST_CASE("what fits a kind of value is said of it") {
  CHECK(detection("PatientBirthDateIsInvalid").fix.find("20260217") != std::string::npos);
  CHECK(detection("PatientBirthDateIsInvalid").who == Who::registration);
  CHECK(detection("VaccinationCvxCodeIsUnrecognized").who == Who::codes);
  CHECK(detection("VaccinationFacilityIdIsUnrecognized").who == Who::iis);
  CHECK(detection("PatientGenderIsMissing").fix ==
        "Send the patient's sex in PID-8. If a value stands there, ask the "
        "registry which values it reads.");
  CHECK(to_string(detection("VaccinationOrderedByIsMissing").path) == "ORC-12");
}

TEST_CASE("a file that is wrong is refused with the reason") {
  const auto add = [](const char* text) { ErrorCodes().add(iz::JsonDocument(text).root()); };
  CHECK_THROWS_AS(add(R"({"table": "HL79999", "codes": []})"), std::invalid_argument);
  CHECK_THROWS_AS(add(R"({"table": "HL70357"})"), iz::JsonError);
  CHECK_THROWS_AS(
      add(R"({"table": "HL70357", "codes": [{"code": "1", "name": "", "meaning": "", "why": "", "fix": "", "who": "us"}]})"),
      std::invalid_argument);
  CHECK_THROWS_AS(add(R"({"table": "MQE", "severities": {}, "matters": {}, "fields": {}, "faults": {},
                         "detections": [[1, "A", "B", "E"]]})"),
                  std::invalid_argument);
}

TEST_CASE("an error is explained by the most exact code it has") {
  ErrorReport e;
  e.code = "999";
  e.application_code = "5";
  CHECK(explain_error(catalogue(), e).table == CodeTable::application_error);
  e.local_code = "DQA0314";
  CHECK(explain_error(catalogue(), e).table == CodeTable::detection);
  e.local_code = "X-1";
  e.application_code.clear();
  CHECK(explain_error(catalogue(), e).code == "999");
  e.text = "vaccination cvx code is unrecognized";
  CHECK(explain_error(catalogue(), e).table == CodeTable::detection);
  CHECK(explain_error(catalogue(), {}).meaning.empty());
}

TEST_CASE("who fixes an error depends on its place") {
  const auto who = [](std::string_view erl, std::string_view code) {
    ErrorReport e;
    e.erl = erl;
    e.code = code;
    return explain_error(catalogue(), e).who;
  };
  CHECK(who("PID^1^7", "101") == Who::registration);
  CHECK(who("NK1^1^3", "101") == Who::registration);
  CHECK(who("PID^1^3^1^5", "101") == Who::vendor);
  CHECK(who("RXA^1^3", "101") == Who::clinic);
  CHECK(who("RXA^1^5", "103") == Who::codes);
  CHECK(who("RXA^1^20", "103") == Who::clinic);
  CHECK(who("RXR^1^1", "103") == Who::codes);
  CHECK(who("RXA^1^11^1^4", "103") == Who::iis);
  CHECK(who("MSH^1^6", "999") == Who::iis);
  CHECK(who("MSH^1^12", "203") == Who::vendor);
  CHECK(who("ORC^1^3", "101") == Who::vendor);
  CHECK(who("OBX^3^5", "101") == Who::clinic);
  CHECK(who("", "207") == Who::iis);
  CHECK(who("PID^1^7", "102") == Who::registration);
}
