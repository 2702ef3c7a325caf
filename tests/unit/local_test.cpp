// Local profiles in the engine: what a catalogue with one on top says. How they are read, refused, exported and compared
// is tested through the command line (tests/cli/local.py).
#include <array>
#include <catch_amalgamated.hpp>
#include <fstream>
#include <sstream>

#include "core/check.h"
#include "core/completeness.h"
#include "core/interpret.h"
#include "core/local_edit.h"
#include "core/local_examples.h"
#include "core/local_template.h"
#include "core/predict.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Catalogue;
using iz::LocalProfile;

constexpr iz::Date day{2026, 2, 18};

std::shared_ptr<const LocalProfile> profile(const std::string& members) {
  return LocalProfile::read(R"({"local_profile": 1, "id": "x", "title": "X", "edition": "1", )" + members + "}");
}

std::unique_ptr<Catalogue> with(std::initializer_list<std::shared_ptr<const LocalProfile>> locals) {
  const std::vector<std::shared_ptr<const LocalProfile>> all(locals);
  return Catalogue::load(iz::embedded_files(), {}, all, day);
}

std::string text_of(const char* name) {
  std::ifstream in(std::string(IZ_SOURCE_DIR "/core/local/") + name + ".json", std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Checked {
  iz::Message message;
  iz::Report report;
  Checked(const Catalogue& catalogue, std::string text) {
    message.parse(std::move(text));
    iz::Checker(catalogue).check(message, {.profile = {}, .as_of = day, .sent_line_ends = false}, report);
  }
  /// The finding of a rule at a place, or nullptr.
  const iz::Finding* find(const Catalogue& catalogue, std::string_view rule, std::string_view where) const {
    for (const iz::Finding& f : report.findings)
      if (catalogue.rules[f.rule].id == rule && place(catalogue, report, f) == where) return &f;
    return nullptr;
  }
};

std::string sample(std::string_view from = {}, std::string_view to = {}) {
  std::string text = iz::test::sample("vxu-two-doses");
  if (!from.empty()) {
    const size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

TEST_CASE("A document tells the line of its values", "[local]") {
  const std::string text = "{\n\"a\": [1,\n\"\\u0041\",\n{\"b\":\n  true}]\n}";
  const iz::JsonDocument file(text);
  CHECK(file.line(file.root()) == 1);
  CHECK(file.line(file.root().at("a")) == 2);
  CHECK(file.line(file.root().at("a").at(0)) == 2);
  CHECK(file.line(file.root().at("a").at(1)) == 2);  // its text lies elsewhere
  CHECK(file.line(file.root().at("a").at(2)) == 4);
  CHECK(file.line(file.root().at("a").at(2).at("b")) == 5);
}

TEST_CASE("A part of a field is changed in that field alone", "[local]") {
  const auto catalogue = with({profile(R"("changes": [{"at": "PID-11.2", "usage": "R"}])")});
  std::string text = sample();
  size_t both = 0;
  for (size_t at; (at = text.find("^Unit 3^")) != std::string::npos; ++both) text.erase(at + 1, 6);
  REQUIRE(both >= 2);
  // The address of the next of kin has the same data type, and may do without.
  const iz::Profile& z22 = *Catalogue::built_in().profile("Z22");
  REQUIRE(z22.segment("PID")->fields[10].type == z22.segment("NK1")->fields[3].type);
  const Checked c(*catalogue, text);
  const iz::Finding* missing = c.find(*catalogue, "element_missing", "PID[1]-11[1].2");
  REQUIRE(missing != nullptr);
  CHECK(missing->layer == iz::Layer::local);
  CHECK(c.find(*catalogue, "element_missing", "NK1[1]-4[1].2") == nullptr);
}

TEST_CASE("A registry's own table and a part of a national one are what a place takes", "[local]") {
  const auto catalogue = with({profile(R"("code_sets": [
      {"id": "SITES", "codes": [["ELSEWHERE", "Elsewhere"]]},
      {"id": "SEXES", "of": "HL70001_IZ", "keep": ["F"]},
      {"id": "MORE", "of": "HL70001_IZ", "add": [["Z", "Zed"]]}],
    "changes": [{"at": "MSH-4", "codes": "SITES", "severity": "warning", "message": "{value} is not enrolled."},
                {"at": "PID-8", "codes": "SEXES"}])")});
  const Checked c(*catalogue, sample());
  const iz::Finding* site = c.find(*catalogue, "code_unknown", "MSH[1]-4[1].1");
  REQUIRE(site != nullptr);
  CHECK(site->severity == iz::Severity::warning);
  CHECK(title(*catalogue, c.message, c.report, *site) == "ALDERPED is not enrolled");
  const iz::Finding* sex = c.find(*catalogue, "code_unknown", "PID[1]-8[1]");
  REQUIRE(sex != nullptr);
  CHECK(sex->severity == iz::Severity::error);
  // A table with more codes than nationally asks for less.
  const auto more = profile(R"("code_sets": [{"id": "MORE", "of": "HL70001_IZ", "add": [["Z", "Zed"]]}],
      "changes": [{"at": "PID-8", "codes": "MORE"}])");
  CHECK_THROWS_WITH(with({more}), Catch::Matchers::ContainsSubstring("asks for less than nationally"));
}

TEST_CASE("Profiles lie on each other in their order", "[local]") {
  const auto first =
      profile(R"("changes": [{"rule": "name-junk", "severity": "error", "code": "A-1", "err3": "102"}])");
  const auto switches = LocalProfile::switches("name-junk=info");
  const std::string junk = sample("Thistlewood^Marlo", "Thistlewood^Unknown");
  const auto severity = [&](const Catalogue& catalogue) {
    const Checked c(catalogue, junk);
    const iz::Finding* f = c.find(catalogue, "name-junk", "PID[1]-5[1].2");
    REQUIRE(f != nullptr);
    return f->severity;
  };
  CHECK(severity(Catalogue::built_in()) == iz::Severity::warning);
  CHECK(severity(*with({first})) == iz::Severity::error);
  CHECK(severity(*with({first, switches})) == iz::Severity::info);
  CHECK(severity(*with({switches, first})) == iz::Severity::error);
  const auto both = with({first, switches});
  REQUIRE(both->local_code("A-1") != nullptr);
  CHECK(both->rule("name-junk")->severity == iz::Severity::info);
  CHECK_THROWS_AS(LocalProfile::switches("name-junk"), iz::LocalError);
  CHECK_THROWS_AS(with({LocalProfile::switches("no-such-rule=info")}), iz::LocalError);
}

TEST_CASE("A registry's phrases and limits of days are those of its profile", "[local]") {
  const auto local = LocalProfile::read(text_of("errors-only"));
  const auto catalogue = with({local, LocalProfile::read(text_of("address-required"))});
  const int family = catalogue->phrases.family("HMIIS", "");
  CHECK(catalogue->phrases.family_name(family) == "Harrowmere IIS (invented)");
  CHECK(catalogue->phrases.read("Entry 2 was turned away", family).has(iz::Effect::dose_rejected));
  CHECK_FALSE(Catalogue::built_in().phrases.read("Entry 2 was turned away", -1).has(iz::Effect::dose_rejected));
  CHECK(Catalogue::built_in().phrases.family("HMIIS", "") == -1);
  CHECK(catalogue->limits.find("timeliness")->second.at("on-time") == 1);
  CHECK(Catalogue::built_in().limits.find("timeliness")->second.at("on-time") == 3);
}

TEST_CASE("A registry reads its own acknowledgment as it was meant", "[local]") {
  const auto catalogue = with({LocalProfile::read(text_of("route-required"))});
  std::string text = sample();
  const size_t at = text.find("RXR|");
  text.erase(at, text.find_first_of("\r\n", at) + 1 - at);
  const Checked c(*catalogue, text);
  const iz::Prediction p = iz::predict(*catalogue, c.message, c.report);
  REQUIRE(p.outcome.doses.size() == 2);
  CHECK(p.outcome.doses[0].stored == iz::Stored::no);
  const iz::Outcome read = iz::interpret(*catalogue, iz::read_answer(p.ack), &c.message, &c.report);
  CHECK(read.happened == p.outcome.happened);
  CHECK(read.doses[0].stored == iz::Stored::no);
  CHECK(read.doses[1].stored == iz::Stored::yes);
  REQUIRE(read.errors.size() == 1);
  CHECK(read.errors[0].local_code == "WB-520");
}

TEST_CASE("The template of a profile of all rules goes and comes", "[local]") {
  // Every rule changed, as far as it may be: what is large is as right as what is small.
  std::string changes = "\"changes\": [";
  for (const iz::Rule& rule : Catalogue::built_in().rules) {
    const bool up = rule.severity != iz::Severity::error;
    changes += changes.back() == '[' ? "" : ",";
    changes += "{\"rule\": \"" + rule.id + "\", " + (up ? "\"severity\": \"error\", " : "") + "\"code\": \"L-" +
               rule.id + "\"}";
  }
  const auto local = profile(changes + "]");
  const auto catalogue = with({local});
  CHECK(catalogue->local.size() == Catalogue::built_in().rules.size());
  const std::string json = iz::local_json(*local);
  CHECK(iz::local_from_csv(iz::template_csv(*catalogue, local.get())) == json);
  CHECK(iz::local_json(*LocalProfile::read(json)) == json);
  const Checked national(Catalogue::built_in(), sample()), here(*catalogue, sample());
  REQUIRE(national.report.findings.size() == here.report.findings.size());
  for (const iz::Finding& f : here.report.findings) {
    CHECK(f.severity == iz::Severity::error);
    CHECK(f.local >= 0);
  }
}

TEST_CASE("Examples of a registry's own rules are run", "[local]") {
  const auto local = LocalProfile::read(text_of("facility-must-match"));
  const auto catalogue = with({local});
  const iz::LocalExamples all = run_examples(*catalogue, *local, day);
  CHECK(all.run == 2);
  CHECK(all.failed.empty());
  std::string wrong = text_of("facility-must-match");
  wrong.replace(wrong.find("\"finds\": []"), 11, "\"finds\": [\"RXA[1]-2[1]\"]");
  const auto broken = LocalProfile::read(wrong);
  const iz::LocalExamples failed = run_examples(*with({broken}), *broken, day);
  REQUIRE(failed.failed.size() == 1);
  CHECK(failed.failed[0].find("it finds nothing, not RXA[1]-2[1]") != std::string::npos);
}

TEST_CASE("Of two changes of one place the later one that has begun holds", "[local]") {
  const auto local = profile(R"("changes": [
    {"at": "PID-13", "severity": "warning", "since": "2026-01-01"},
    {"at": "PID-13", "usage": "R", "since": "2026-03-01"}])");
  const std::shared_ptr<const LocalProfile> all[] = {local};
  const auto usage = [&](iz::Date as_of) {
    const auto c = Catalogue::load(iz::embedded_files(), {}, all, as_of);
    return iz::to_string(c->profile("Z22")->segment(iz::segment_code("PID"))->fields[12].usage);
  };
  CHECK(usage({2026, 2, 18}) == "RE");
  CHECK(usage({2026, 3, 1}) == "R");
  CHECK(usage({}) == "R");
  // One day for both: nobody knows which holds.
  CHECK_THROWS_AS(with({profile(R"("changes": [{"at": "PID-13", "severity": "warning", "since": "2026-01-01"},
                                               {"at": "PID-13", "usage": "R", "since": "2026-01-01"}])")}),
                  iz::LocalError);
}
