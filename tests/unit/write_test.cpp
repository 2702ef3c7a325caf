#include "core/write.h"

#include <catch_amalgamated.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/outline.h"

namespace {

using Json = nlohmann::json;

constexpr std::string_view kHeader =
    "MSH|^~\\&|A|B|C|D|20260217094512-0500||VXU^V04^VXU_V04|ID-1|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r";

struct Checked {
  iz::Message message;
  iz::Report report;
  explicit Checked(std::string_view rest) {
    message.parse(std::string(kHeader) + std::string(rest));
    iz::Checker(catalogue()).check(message, {.profile = {}, .as_of = {2026, 2, 18}}, report);
  }
  static const iz::Catalogue& catalogue() { return iz::Catalogue::built_in(); }
  Json json(iz::Offsets offsets = iz::Offsets::bytes) const {
    return Json::parse(iz::report_json(catalogue(), message, report, {.file = "a\"b", .index = 3, .offsets = offsets}));
  }
};

iz::Finding finding(iz::Severity severity, iz::Kind kind, int32_t follows = -1) {
  iz::Finding f;
  f.severity = severity;
  f.kind = kind;
  f.follows = follows;
  return f;
}

/// Elements are closed in the order in which they were opened.
bool is_balanced(std::string_view html) {
  std::vector<std::string> open;
  for (size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const size_t end = html.find('>', at);
    if (end == std::string_view::npos) return false;
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else {
      open.emplace_back(tag.substr(0, tag.find(' ')));
    }
  }
  return open.empty();
}

}  // namespace

TEST_CASE("fold: a cause once, what follows under it, what is not sent apart", "[write]") {
  using enum iz::Severity;
  iz::Report report;
  report.findings = {finding(error, iz::Kind::structure),    finding(error, iz::Kind::usage, 0),
                     finding(error, iz::Kind::statement, 6), finding(info, iz::Kind::usage),
                     finding(warning, iz::Kind::length),     finding(info, iz::Kind::predicate),
                     finding(info, iz::Kind::usage, 0),      finding(info, iz::Kind::quality)};
  const iz::Folded folded = iz::fold(report);
  REQUIRE(folded.shown.size() == 3);
  CHECK(folded.shown[0].finding == 0);
  CHECK(folded.shown[0].follow_ons == 3);
  CHECK(folded.shown[1].finding == 4);
  CHECK(folded.shown[2].finding == 7);
  CHECK(folded.not_sent == std::vector<uint32_t>{3, 5});
  CHECK(folded.errors == 1);
  CHECK(folded.warnings == 1);
  CHECK(folded.infos == 1);
  CHECK(folded.follow_ons == 3);
  CHECK(iz::counts_text(folded) == "1 error, 1 warning, 1 advice");
  CHECK(iz::not_sent_text(folded) == "2 supported values are not sent");
  CHECK(iz::counts_text({}) == "No problems found");
  CHECK(iz::not_sent_text({}).empty());
}

TEST_CASE("JSON of a report has the promised keys", "[write]") {
  const Checked c("PID|1||7^^^X^MR||Doe^Jo^^^^^L||2020|X\r");
  const Json json = c.json();
  CHECK(json["index"] == 3);
  CHECK(json["file"] == "a\"b");
  CHECK(json["control_id"] == "ID-1");
  CHECK(json["profile"] == "Z22");
  CHECK(json["as_of"] == "2026-02-18");
  REQUIRE(json["findings"].size() == c.report.findings.size());
  REQUIRE(!c.report.findings.empty());
  bool found = false;
  for (const Json& f : json["findings"]) {
    for (const char* key :
         {"rule", "kind", "severity", "path", "erl", "line", "begin", "end", "message", "source", "layer", "follows"}) {
      CHECK(f.contains(key));
    }
    if (f["path"] != "PID[1]-8[1]") continue;
    found = true;
    CHECK(f["erl"] == "PID^1^8^1");
    CHECK(f["kind"] == "value_set");
    CHECK(f["line"] == 2);
    CHECK(f["source"]["statement"] == "PID-8 value set binding");
    CHECK(c.message.text().substr(f["begin"], f["end"].get<size_t>() - f["begin"].get<size_t>()) == "X");
    CHECK(f["follows"].is_null());
  }
  CHECK(found);
}

TEST_CASE("JSON is valid whatever the message holds", "[write]") {
  std::string odd = "PID|1||";
  for (int c = 0; c < 256; ++c) {
    if (c != '\r' && c != '\n') odd += static_cast<char>(c);
  }
  const Checked c(odd + "||\"\\\x01\xff||||\xe9\r");
  CHECK(c.json().is_object());
  for (const auto& f : c.report.findings) {
    const auto place = iz::explain(Checked::catalogue(), c.message, c.report, f.span.begin);
    CHECK(Json::accept(iz::explanation_json(Checked::catalogue(), c.message, c.report, place)));
  }
}

TEST_CASE("offsets of the JSON count UTF-16 units when asked to", "[write]") {
  const Checked c("PID|1||7^^^X^MR||D\xc3\xb6\xf0\x9f\xa7\x92^Jo^^^^^L||20200101|X\r");
  const auto begin = [&](iz::Offsets offsets) {
    const Json json = c.json(offsets);
    for (const Json& f : json["findings"]) {
      if (f["path"] == "PID[1]-8[1]") return f["begin"].get<int>();
    }
    return -1;
  };
  CHECK(begin(iz::Offsets::bytes) - begin(iz::Offsets::utf16) == 3);  // 6 bytes are 3 units
}

TEST_CASE("text shows the line with a caret run under the fault", "[write]") {
  const Checked c("PID|1||7^^^X^MR||D\xc3\xb6\xe6\x9d\x8e\t^Jo^^^^^L||20200101|XYZ\r");
  const std::string text = iz::report_text(Checked::catalogue(), c.message, c.report, {.file = "a.hl7"});
  // ö takes one column, the ideograph two, the tab is shown.
  const std::string line = "     2 | PID|1||7^^^X^MR||D\xc3\xb6\xe6\x9d\x8e\xe2\x90\x89^Jo^^^^^L||20200101|XYZ\n";
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring(line + "       | " + std::string(42, ' ') + "^^^\n"));
  CHECK_THAT(text, Catch::Matchers::ContainsSubstring("PID[1]-8[1], line 2, column 42\n"));
}

TEST_CASE("long lines are cut on both sides of the fault", "[write]") {
  const std::string much(500, 'n');
  const Checked c("PID|1||7^^^X^MR||" + much + "^Jo^^^^^L||20200101|XYZ|" + much + "\r");
  const std::string text = iz::report_text(Checked::catalogue(), c.message, c.report, {.file = "a.hl7"});
  const size_t fault = text.find("at PID[1]-8[1]");
  REQUIRE(fault != std::string::npos);
  const size_t line = text.find("     2 | ", fault), next = text.find('\n', line), end = text.find('\n', next + 1);
  const std::string quoted = text.substr(line, next - line), carets = text.substr(next + 1, end - next - 1);
  CHECK(quoted.starts_with("     2 | \xe2\x80\xa6"));
  CHECK(quoted.ends_with("\xe2\x80\xa6"));
  CHECK(quoted.size() < 130);
  CHECK(quoted.substr(carets.find('^') + 2, 3) == "XYZ");  // the ellipsis before it is two bytes longer than wide
  CHECK(carets.ends_with(" ^^^"));
}

TEST_CASE("HTML has a row for each shown finding and escapes what it shows", "[write]") {
  const Checked c("PID|1||7^^^X^MR||<b>\"'^Jo^^^^^L||20200101|<i>&\r");
  const std::string html = iz::problems_html(Checked::catalogue(), c.message, c.report);
  CHECK(is_balanced(html));
  size_t rows = 0;
  for (size_t at = html.find("<tr data-"); at != std::string::npos; at = html.find("<tr data-", at + 1)) ++rows;
  CHECK(rows == iz::fold(c.report).shown.size());
  CHECK_THAT(html, Catch::Matchers::ContainsSubstring("data-path=\"PID[1]-8[1]\" data-severity=\"error\""));
  CHECK_THAT(html, Catch::Matchers::ContainsSubstring("&lt;i&gt;&amp;"));
  CHECK_THAT(html, !Catch::Matchers::ContainsSubstring("<i>"));
  CHECK_THAT(html, !Catch::Matchers::ContainsSubstring("style="));
  const std::string message = iz::message_html(Checked::catalogue(), c.message, c.report);
  CHECK(is_balanced(message));
  CHECK_THAT(message, Catch::Matchers::ContainsSubstring("Administrative Sex"));
  CHECK_THAT(message, Catch::Matchers::ContainsSubstring("&lt;b&gt;&quot;&#39;"));
}

TEST_CASE("HTML lists no more rows than a page can show", "[write]") {
  std::string lines;
  for (int i = 0; i < 2500; ++i) lines += "no segment\r";
  const Checked c(lines);
  REQUIRE(iz::fold(c.report).shown.size() > 2000);
  const std::string html = iz::problems_html(Checked::catalogue(), c.message, c.report);
  CHECK(is_balanced(html));
  size_t rows = 0;
  for (size_t at = html.find("<tr data-"); at != std::string::npos; at = html.find("<tr data-", at + 1)) ++rows;
  CHECK(rows == 2000);
  CHECK_THAT(html, Catch::Matchers::ContainsSubstring("Only the first 2000 of "));
}

TEST_CASE("a message without faults says so and names what was checked", "[write]") {
  iz::Report report;
  report.profile = Checked::catalogue().profile("Z22");
  report.choice = iz::ProfileChoice::msh21;
  report.as_of = {2026, 2, 18};
  CHECK(iz::verdict_text(report) == "No problems found. Checked as Z22 (from MSH-21), as of 2026-02-18.");
  const std::string html = iz::problems_html(Checked::catalogue(), iz::Message{}, report);
  CHECK(html == "<p>No problems found. Checked as Z22 (from MSH-21), as of 2026-02-18.</p>\n");
}

TEST_CASE("the outline names each present place once, in reading order", "[write]") {
  const Checked c("PID|1||7^^^X&1.2&ISO^MR~8||Doe^Jo||2020|X\r");
  std::vector<std::string> paths;
  std::map<std::string, std::string> values;
  iz::for_each_place(Checked::catalogue(), c.message, c.report, [&](const iz::Explanation& e) {
    paths.push_back(iz::to_string(e.path));
    values[paths.back()] = e.value;
    if (paths.back() == "PID[1]-8[1]") CHECK(!e.findings.empty());
    return true;
  });
  CHECK(std::set(paths.begin(), paths.end()).size() == paths.size());
  CHECK(values["PID[1]-3[1].4.2"] == "1.2");
  CHECK(values["PID[1]-3[2].1"] == "8");
  CHECK(values["PID[1]-5[1].1.1"] == "Doe");  // a surname is part of a family name
  CHECK(values["PID[1]-7[1].1"] == "2020");   // a time is part of a time stamp
  CHECK(!values.contains("PID[1]-8[1].1"));   // a code is not divided
  CHECK(!values.contains("PID[1]-2[1]"));     // absent
  int left = 5;
  iz::for_each_place(Checked::catalogue(), c.message, c.report, [&](const iz::Explanation&) { return --left > 0; });
  CHECK(left == 0);
}
