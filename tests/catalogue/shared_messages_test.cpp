// The messages and answers that others published (data/explain, data/acks): each is read, written back byte for byte,
// checked against every profile and explained without a fault.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/check.h"
#include "core/edit.h"
#include "core/explain.h"
#include "core/extract.h"
#include "core/write.h"

namespace {

namespace fs = std::filesystem;
using iz::Catalogue;
using iz::Message;
using Json = nlohmann::json;

struct Given {
  std::string name, text;
};

fs::path shared_data() {
  const char* set = std::getenv("IZ_SHARED");
  return (set ? fs::path(set) : fs::path(IZ_SOURCE_DIR) / ".." / "shared") / "data";
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<fs::path> files(const fs::path& folder) {
  std::set<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) found.insert(entry.path());
  return {found.begin(), found.end()};
}

/// Every text of a JSON value that looks like a message.
void collect(const Json& json, const std::string& name, std::vector<Given>& out) {
  if (json.is_string() && json.get<std::string>().starts_with("MSH")) out.push_back({name, json.get<std::string>()});
  if (json.is_structured())
    for (const auto& [key, value] : json.items()) collect(value, name + " " + key, out);
}

std::vector<Given> explain_messages() {
  std::vector<Given> out;
  for (const fs::path& file : files(shared_data() / "explain"))
    out.push_back({file.filename().string(), Json::parse(read(file))["er7"].get<std::string>()});
  return out;
}

std::vector<Given> answers() {
  std::vector<Given> out;
  for (const fs::path& file : files(shared_data() / "acks")) {
    const std::string name = file.parent_path().filename().string() + "/" + file.filename().string();
    if (file.extension() == ".json")
      collect(Json::parse(read(file)), name, out);
    else
      out.push_back({name, read(file)});
  }
  return out;
}

/// The text put together again from the lines and values that were found in it.
std::string written(const Message& message) {
  const iz::Delimiters& d = message.delimiters();
  const char before[] = {d.subcomponent, d.component, d.repetition, d.field};
  std::string out;
  uint32_t at = 0;
  for (uint32_t s = 0; s < message.segments().size(); ++s) {
    const iz::Segment& segment = message.segments()[s];
    out += message.text().substr(at, segment.begin - at);  // line ends
    at = segment.end;
    for (uint32_t n = 0; n <= segment.field_count; ++n) {
      const iz::Element field = message.field(s, n);
      for (uint32_t i = field.first; i < field.last; ++i) {
        const iz::Node& node = message.nodes()[i];
        const bool separator = iz::is_header(segment.name) && n == 1;
        const bool after_it = iz::is_header(segment.name) && n == 2 && i == field.first;
        if (n && !separator && !after_it) out += before[static_cast<size_t>(node.starts)];
        out += message.text().substr(node.begin, node.end - node.begin);
      }
    }
  }
  return out + std::string(message.text().substr(at));
}

void check_report(const Message& message, const iz::Report& report) {
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const iz::Finding& f = report.findings[i];
    REQUIRE(f.rule < Catalogue::built_in().rules.size());
    REQUIRE(f.span.begin <= f.span.end);
    REQUIRE(f.span.end <= message.text().size());
    REQUIRE(f.line >= 1);
    REQUIRE(f.follows < static_cast<int64_t>(report.findings.size()));
    REQUIRE(f.follows != static_cast<int64_t>(i));
  }
}

void read_and_check(const std::string& text) {
  const Catalogue& catalogue = Catalogue::built_in();
  static iz::Checker checker(catalogue);
  Message message;
  message.parse(text);
  CHECK(message.text() == text);
  CHECK(message.check_consistency() == "");
  CHECK(written(message) == text);
  for (uint32_t s = 0; s < message.segments().size(); ++s) {
    const iz::Segment& segment = message.segments()[s];
    for (uint32_t n = 1; segment.name && n <= segment.field_count; ++n) {
      const iz::Element first = message.repetition(s, n, 1);
      const auto same = iz::set_value(message, {segment.name, segment.occurrence, n, 1}, message.value(first));
      if (!message.empty(first)) CHECK(same == text);
    }
  }
  iz::Report report;
  checker.check(message, {.profile = {}, .as_of = {2026, 2, 18}}, report);
  check_report(message, report);
  CHECK(Json::accept(iz::report_json(catalogue, message, report, {.file = "f"})));
  CHECK_FALSE(iz::report_text(catalogue, message, report, {.file = "f"}).empty());
  for (uint32_t at = 0; at <= text.size(); at += 11) {
    const iz::Explanation e = iz::explain(catalogue, message, report, at);
    REQUIRE(e.span.end <= text.size());
  }
  for (const auto& profile : catalogue.profiles) {
    checker.check(message, {.profile = profile->id, .as_of = {2026, 2, 18}}, report);
    check_report(message, report);
  }
}

}  // namespace

TEST_CASE("shared messages: read, written back and checked", "[shared]") {
  if (!fs::exists(shared_data() / "explain")) SKIP("SKIPPED: no " << shared_data() << " (set IZ_SHARED)");
  const std::vector<Given> messages = explain_messages(), responses = answers();
  CHECK(messages.size() >= 43);
  CHECK(responses.size() >= 196);
  size_t checked = 0;
  for (const auto* list : {&messages, &responses}) {
    for (const Given& given : *list) {
      INFO(given.name);
      read_and_check(given.text);
      const iz::Extraction extraction = iz::extract(given.text);
      for (const iz::Extracted& found : extraction.messages) {
        ++checked;
        if (found.text != given.text) read_and_check(found.text);
      }
    }
  }
  CHECK(checked >= messages.size() + 180);
}
