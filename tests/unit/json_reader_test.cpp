#include "codesets/json_reader.h"

#include <catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using iz::JsonDocument;
using iz::JsonError;
using iz::JsonValue;

namespace {

/// As the other reader has it.
nlohmann::json other(JsonValue value) {
  switch (value.kind()) {
    case JsonValue::Kind::null:
      return nullptr;
    case JsonValue::Kind::boolean:
      return value.get<bool>();
    case JsonValue::Kind::number:
      return value.get<double>();
    case JsonValue::Kind::text:
      return value.get<std::string>();
    case JsonValue::Kind::list: {
      nlohmann::json list = nlohmann::json::array();
      for (const JsonValue element : value) list.push_back(other(element));
      CHECK(list.size() == value.size());
      return list;
    }
    case JsonValue::Kind::object:
      break;
  }
  nlohmann::json object = nlohmann::json::object();
  for (const auto& [name, member] : value.items()) object[std::string(name)] = other(member);
  CHECK(object.size() == value.size());
  return object;
}

std::string reason(const std::string& text) {
  try {
    const JsonDocument document(text);
    return "none";
  } catch (const JsonError& e) {
    return e.what();
  }
}

TEST_CASE("json: every data file is read as another reader reads it", "[json]") {
  size_t files = 0;
  for (const char* folder : {"/core", "/codesets"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(IZ_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".json") continue;
      INFO(entry.path());
      std::ifstream stream(entry.path());
      std::ostringstream text;
      text << stream.rdbuf();
      const std::string whole = text.str();
      const JsonDocument document(whole);
      CHECK(other(document.root()) == nlohmann::json::parse(whole));
      ++files;
    }
  CHECK(files > 150);
}

TEST_CASE("json: values, escapes and numbers", "[json]") {
  const JsonDocument document(
      " {\"a\": [1, 0, 4294967295, -2.5], \"b\": \"x\\n\\\"\\\\\\/\\u00e9\\u20AC\\ud83d\\ude00\", \"c\": "
      "true,\r\n\"d\": null, "
      "\"e\": {}, \"f\": [], \"a\": 5} ");
  const JsonValue root = document.root();
  CHECK(root.at("a").at(2).get<uint32_t>() == 4294967295U);
  CHECK(root.at("a").at(3).get<double>() == -2.5);
  CHECK(root.at("b").get<std::string_view>() == "x\n\"\\/\u00e9\u20ac\U0001f600");
  CHECK(root.at("c").get<bool>());
  CHECK(root.at("d").is_null());
  CHECK(root.at("e").size() == 0);
  CHECK(root.at("f").get<std::vector<std::string>>().empty());
  CHECK(root.value("g", 7U) == 7);
  CHECK(root.value("g", "none") == "none");
  CHECK_FALSE(root.contains("g"));
  CHECK_THROWS_AS(root.at("g"), JsonError);
  CHECK_THROWS_AS(root.at("a").at(4), JsonError);
  CHECK_THROWS_AS(root.at("a").at(3).get<uint32_t>(), JsonError);
  CHECK_THROWS_AS(root.at("a").at(2).get<uint16_t>(), JsonError);
  CHECK_THROWS_AS(root.at("b").get<bool>(), JsonError);
  CHECK_THROWS_AS(root.at("c").get<std::string>(), JsonError);
  CHECK_THROWS_AS(root.get<std::vector<std::string>>(), JsonError);
  CHECK_THROWS_AS(root.at("f").items(), JsonError);
}

TEST_CASE("json: a text that is no JSON is refused with line and reason", "[json]") {
  CHECK(reason("") == "line 1: no value");
  CHECK(reason("{\"a\": 1,\n\"b\": 2,\n}") == "line 3: the name of a member is missing");
  CHECK(reason("{\"a\" 1}") == "line 1: a colon is missing");
  CHECK(reason("[1 2]") == "line 1: a comma or ] is missing");
  CHECK(reason("{\"a\": 1") == "line 1: a comma or } is missing");
  CHECK(reason("[1,]") == "line 1: no value");
  CHECK(reason("\"abc") == "line 1: a string has no end");
  CHECK(reason("\"ab\\nc") == "line 1: a string has no end");
  CHECK(reason("\"ab\\") == "line 1: an escape that JSON does not know");
  CHECK(reason("\"\\x\"") == "line 1: an escape that JSON does not know");
  CHECK(reason("\"\\u12g4\"") == "line 1: \\u without four digits");
  CHECK(reason("\"\\ud800x\"") == "line 1: half of a surrogate pair");
  CHECK(reason("\"a\nb\"") == "line 1: a control character in a string");
  CHECK(reason("01") == "line 1: a number begins with 0");
  CHECK(reason("1.") == "line 1: a number ends with a point");
  CHECK(reason("1e") == "line 1: an exponent without digits");
  CHECK(reason("-") == "line 1: no value");
  CHECK(reason("tru") == "line 1: no value");
  CHECK(reason("1 1") == "line 1: something stands behind the value");
  CHECK(reason(std::string(100000, '[')) == "line 1: too deep");
}

TEST_CASE("json: a merge patch changes, adds and removes", "[json]") {
  // The cases of RFC 7386, appendix A, and one that is deeper.
  const auto [base, patch] = GENERATE(table<std::string, std::string>(
      {{R"({"a":"b"})", R"({"a":"c"})"},
       {R"({"a":"b"})", R"({"b":"c"})"},
       {R"({"a":"b"})", R"({"a":null})"},
       {R"({"a":"b","b":"c"})", R"({"a":null})"},
       {R"({"a":["b"]})", R"({"a":"c"})"},
       {R"({"a":"c"})", R"({"a":["b"]})"},
       {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})"},
       {R"({"a":[{"b":"c"}]})", R"({"a":[1]})"},
       {R"(["a","b"])", R"(["c","d"])"},
       {R"({"a":"b"})", R"(["c"])"},
       {R"({"a":"foo"})", "null"},
       {R"({"a":"foo"})", "\"bar\""},
       {R"({"e":null})", R"({"a":1})"},
       {"[1,2]", R"({"a":"b","c":null})"},
       {"{}", R"({"a":{"bb":{"ccc":null}}})"},
       {R"({"z":{"y":[1,{"x":2}],"w":3},"b":4})", R"({"z":{"w":{"v":5,"u":null}},"a":{"t":6}})"}}));
  INFO(base << " " << patch);
  const JsonDocument from(base), change(patch);
  nlohmann::json expected = nlohmann::json::parse(base);
  expected.merge_patch(nlohmann::json::parse(patch));
  CHECK(other(JsonDocument(from.root(), change.root()).root()) == expected);
}

}  // namespace
