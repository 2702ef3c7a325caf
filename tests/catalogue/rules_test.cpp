// Keeps the rule files honest: their form, the places they name, and their examples, which are run.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "core/check.h"
#include "core/edit.h"
#include "core/example.h"
#include "tests/catalogue/sample.h"

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using iz::Catalogue;
using iz::Profile;

constexpr const char* kKeys[] = {"id",        "title", "message",  "plain",      "why",     "fix",
                                 "plain_fix", "who",   "severity", "kind",       "layer",   "first",
                                 "source",    "note",  "mend",     "statements", "examples"};
constexpr const char* kStatementKeys[] = {"profiles", "on", "if", "then", "target"};
constexpr const char* kExampleKeys[] = {"says", "base", "sender", "set", "drop", "add", "after", "cut", "finds"};
constexpr const char* kPlaceholders[] = {
    "place",       "name",         "value",   "segment",       "line",          "group",          "type",
    "usage",       "limit",        "count",   "code_set",      "edition",       "nearest",        "system",
    "beside",      "right_system", "form",    "value_type",    "value_types",   "vis_missing",    "condition",
    "dose",        "kind",         "checked", "profile",       "profiles",      "named_profile",  "next",
    "line_ends",   "line_end",     "misfit",  "misfit_reason", "other_edition", "code_name",      "note",
    "day",         "limit_day",    "basis",   "against",       "against_code",  "against_name",   "vaccines",
    "right_ndc",   "ndc_form",     "makers",  "successor",     "next_edition",  "bar_code_fault", "use_ndc",
    "date",        "other",        "days",    "age",           "allowed",       "counted",        "score",
    "score_parts", "label",        "whole"};

/// Rules that nothing in the built-in profiles can raise; their notes say why.
const std::set<std::string> kUnreachable = {"line_ends_mixed", "line_ends_other", "repetition_missing"};

struct File {
  std::string name;
  Json json;
};

std::vector<File> rule_files() {
  std::vector<File> files;
  for (const auto& entry : fs::directory_iterator(IZ_SOURCE_DIR "/core/rules")) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({entry.path().stem().string(), Json::parse(in)});
  }
  std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.name < b.name; });
  return files;
}

/// The keys of an object are some of the known ones, in their order.
template <size_t N>
void check_keys(const Json& json, const char* const (&known)[N]) {
  size_t next = 0;
  for (const auto& [key, value] : json.items()) {
    const auto at = std::find(std::begin(known), std::end(known), key);
    INFO("key " << key);
    REQUIRE(at != std::end(known));
    CHECK(static_cast<size_t>(at - known) >= next);
    next = static_cast<size_t>(at - known) + 1;
  }
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view e) { return text.ends_with(e); });
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(tolower(c)); });
  return text;
}

void check_placeholders(const std::string& text) {
  for (size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
    const size_t close = text.find('}', open);
    REQUIRE(close != std::string::npos);
    const std::string name = text.substr(open + 1, close - open - 1);
    INFO("placeholder " << name);
    CHECK(std::find(std::begin(kPlaceholders), std::end(kPlaceholders), name) != std::end(kPlaceholders));
  }
}

// ---- places

const iz::DataTypeDef* type_of(const Profile& profile, const iz::ElementDef& element) {
  return element.type < 0 ? nullptr : &profile.types[static_cast<size_t>(element.type)];
}

/// Whether the numbers of a place lead to something defined. Below "varies" anything may stand.
bool defined(const Profile& profile, const std::vector<iz::ElementDef>& elements, const std::vector<uint32_t>& numbers,
             size_t at = 0) {
  if (at == numbers.size()) return true;
  if (!numbers[at] || numbers[at] > elements.size() || elements[numbers[at] - 1].unknown) return false;
  if (at + 1 == numbers.size()) return true;
  const iz::DataTypeDef* type = type_of(profile, elements[numbers[at] - 1]);
  if (!type) return false;
  if (type->format == iz::Format::varies) return true;
  return defined(profile, type->components, numbers, at + 1);
}

std::vector<uint32_t> numbers(std::string_view text) {
  std::vector<uint32_t> out;
  while (!text.empty()) {
    const size_t dot = std::min(text.find('.'), text.size());
    out.push_back(static_cast<uint32_t>(std::strtoul(std::string(text.substr(0, dot)).c_str(), nullptr, 10)));
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return out;
}

/// Whether a segment stands in a group, at any depth.
bool in_group(const Profile& profile, std::string_view group, std::string_view segment) {
  for (const auto& s : profile.structure) {
    if (s.group || s.name != segment) continue;
    for (int up = s.parent; up >= 0; up = profile.structure[static_cast<size_t>(up)].parent)
      if (profile.structure[static_cast<size_t>(up)].name == group) return true;
  }
  return false;
}

bool place_exists(const Profile& profile, const Json& on, std::string_view place) {
  if (place == "sent" || place == "today") return true;
  const bool named = place.size() >= 3 && isupper(static_cast<unsigned char>(place[0]));
  if (named && (on.contains("segment") || on.contains("datatype"))) {  // its own segment, or one of the whole message
    const std::string segment(place.substr(0, 3));
    const bool own = on.contains("segment") && on["segment"] == segment;
    return (own || segment == "PID" || segment == "MSH" || segment == "PD1") &&
           place_exists(profile, {{"segment", segment}}, place.substr(4));
  }
  if (on.contains("segment")) {
    const auto* segment = profile.segment(on["segment"].get<std::string>());
    return segment && defined(profile, segment->fields, numbers(place));
  }
  if (on.contains("datatype")) {
    const auto name = on["datatype"].get<std::string>();
    const auto type =
        std::find_if(profile.types.begin(), profile.types.end(), [&](const auto& t) { return t.id == name; });
    return type != profile.types.end() && defined(profile, type->components, numbers(place));
  }
  const auto* segment = profile.segment(place.substr(0, 3));
  if (!segment) return false;
  const bool of_message = segment->name == "PID" || segment->name == "MSH" || segment->name == "PD1";
  if (on.contains("group") && !of_message && !in_group(profile, on["group"].get<std::string>(), segment->name))
    return false;
  return place.size() == 3 || (place[3] == '-' && defined(profile, segment->fields, numbers(place.substr(4))));
}

/// A condition that rules share, by its name.
Json shared_case(const std::string& name) {
  std::ifstream in(IZ_SOURCE_DIR "/core/lists/cases.json", std::ios::binary);
  return Json::parse(in).at("items").at(name);
}

void collect_places(const Json& condition, std::vector<std::string>& out) {
  if (condition.is_array())
    for (const Json& part : condition) collect_places(part, out);
  if (!condition.is_object()) return;
  for (const auto& [key, value] : condition.items()) {
    for (const char* place : {"at", "to", "present", "some", "of", "count", "unique", "sorted"})
      if (key == place) out.push_back(value.get<std::string>());
    for (const char* inner : {"all", "any", "not", "score", "if"})
      if (key == inner) collect_places(value, out);
    if (key == "case") collect_places(shared_case(value.get<std::string>()), out);
  }
}

// ---- examples

void check(iz::Checker& checker, const iz::Message& message, std::string_view sender, iz::Report& report) {
  const iz::Sender from = sender == "pharmacy" ? iz::Sender::pharmacy : iz::Sender::any;
  checker.check(message, {.profile = {}, .as_of = {2026, 2, 18}, .sent_line_ends = false, .sender = from}, report);
}

iz::Report check(const iz::Message& message, std::string_view sender = {}) {
  iz::Checker checker(Catalogue::built_in());
  iz::Report report;
  check(checker, message, sender, report);
  return report;
}

const iz::Rule& rule_of(const iz::Finding& f) { return Catalogue::built_in().rules[f.rule]; }

}  // namespace

TEST_CASE("A rule file has its keys in order and every sentence", "[rules]") {
  for (const auto& [name, json] : rule_files()) {
    INFO(name);
    check_keys(json, kKeys);
    CHECK(json.at("id") == name);
    for (const char* key : {"title", "message", "why", "fix"}) {
      INFO(key);
      const auto text = json.at(key).get<std::string>();
      CHECK_FALSE(text.empty());
      check_placeholders(text);
    }
    CHECK_FALSE(json.at("source").at("document").get<std::string>().empty());
    CHECK_FALSE(json.at("source").at("statement").get<std::string>().empty());
    for (const Json& s : json.value("statements", Json::array())) check_keys(s, kStatementKeys);
    for (const Json& e : json.at("examples")) {
      check_keys(e, kExampleKeys);
      CHECK_FALSE(e.at("says").get<std::string>().empty());
    }
    const auto kind = json.at("kind").get<std::string>();
    CHECK(json.contains("plain"));
    CHECK(json.contains("statements") == (kind == "statement" || kind == "quality" || kind == "advice"));
  }
}

TEST_CASE("The sentence for clinicians has no words of HL7", "[rules]") {
  const auto check_words = [](const std::string& name, const std::string& text) {
    INFO(name << ": " << text);
    check_placeholders(text);
    CHECK(ends_with_any(text, {".", ".{note}", "{next_edition}", ".{nearest}"}));
    CHECK(text.find("{place}") == std::string::npos);
    for (size_t i = 0; i + 4 < text.size(); ++i) {  // PID-5
      const bool place = isupper(static_cast<unsigned char>(text[i])) &&
                         isupper(static_cast<unsigned char>(text[i + 1])) && text[i + 3] == '-' &&
                         isdigit(static_cast<unsigned char>(text[i + 4]));
      CHECK_FALSE(place);
    }
    for (const char* word : {"HL7", "OBX", "RXA", "segment", "CVX", "MVX", "component", "repetition"}) {
      INFO(word);
      CHECK(text.find(word) == std::string::npos);
    }
  };
  for (const auto& [name, json] : rule_files()) {
    check_words(name, json.at("plain").get<std::string>());
    const std::string who = json.at("who").get<std::string>();
    if (who == "clinic" || who == "registration") check_words(name, json.value("plain_fix", json.at("fix")));
    CHECK((!json.contains("plain_fix") || who == "clinic" || who == "registration"));
  }
}

TEST_CASE("The sentence for clinicians names the part that it is about", "[rules]") {
  iz::Message message;
  std::string text = iz::test::sample("vxu-two-doses");
  message.parse(text);
  const auto told = [&](const char* place, const char* value) {
    iz::Message m;
    m.parse(*iz::set_value(message, *iz::parse_path(place), value));
    std::string out;
    const iz::Report report = check(m);
    for (const iz::Finding& f : report.findings)
      if (iz::place(Catalogue::built_in(), report, f).starts_with(place))
        out += plain(Catalogue::built_in(), m, report, f) + "\n";
    return out;
  };
  CHECK(told("RXA[1]-15", "").find("Lot number is missing") != std::string::npos);
  CHECK(told("RXA[1]-5[1].1", "831").find("Vaccine is “831”") != std::string::npos);
  CHECK(told("PID[1]-3[1].5", "").find("Identifier Type Code of ") != std::string::npos);
  CHECK(told("PID[1]-5[1].1", "").find("Family Name of ") != std::string::npos);  // the given name is there
  CHECK(told("PID[1]-13[1].1", "8455550142").find("Telephone Number of ") != std::string::npos);
  CHECK(told("PID[1]-7[1]", "2025-02-11").find("Date of birth must be") != std::string::npos);
  CHECK(told("RXA[1]-9[1].3", "CVX").find("Information source is a known code") != std::string::npos);
}

TEST_CASE("A rule speaks in the project's words", "[rules]") {
  for (const auto& [name, json] : rule_files()) {
    INFO(name);
    const auto title = json.at("title").get<std::string>();
    CHECK(characters(title) <= 60);
    CHECK_FALSE(ends_with_any(title, {".", "!", "?", ":"}));
    CHECK((isupper(static_cast<unsigned char>(title[0])) || title.starts_with("{") || title.starts_with("“")));
    CHECK(title.find(json.at("id").get<std::string>()) == std::string::npos);
    for (const char* key : {"message", "why", "fix"})
      CHECK(ends_with_any(json.at(key).get<std::string>(), {".", ".{nearest}", "{other_edition}", ".{use_ndc}"}));
    for (const char* key : {"title", "message", "why", "fix"}) {
      const std::string text = lower(json.at(key).get<std::string>());
      for (const char* word : {"invalid", "failed", "please", "oops", "successful", "administered", "resubmit"}) {
        INFO(key << " has \"" << word << "\"");
        CHECK(text.find(word) == std::string::npos);
      }
    }
  }
}

TEST_CASE("Every place that a statement names exists in each of its profiles", "[rules]") {
  const Catalogue& catalogue = Catalogue::built_in();
  for (const auto& [name, json] : rule_files()) {
    for (const Json& statement : json.value("statements", Json::array())) {
      std::vector<std::string> places;
      collect_places(statement.value("if", Json()), places);
      collect_places(statement.at("then"), places);
      if (statement.contains("target")) places.push_back(statement["target"].get<std::string>());
      CHECK_FALSE(places.empty());
      for (const Json& id : statement.at("profiles")) {
        const Profile* profile = catalogue.profile(id.get<std::string>());
        REQUIRE(profile);
        for (const std::string& place : places) {
          INFO(name << " in " << profile->id << ": " << statement.at("on").dump() << " " << place);
          CHECK(place_exists(*profile, statement.at("on"), place));
        }
      }
    }
  }
}

TEST_CASE("The samples have no error and no warning", "[rules]") {
  for (const auto& entry : fs::directory_iterator(IZ_SOURCE_DIR "/tests/samples")) {
    INFO(entry.path().filename());
    iz::Message message;
    message.parse(iz::test::sample(entry.path().stem().string()));
    const iz::Report report = check(message);
    REQUIRE(report.profile);
    for (const iz::Finding& f : report.findings) {
      INFO(place(Catalogue::built_in(), report, f) << " " << title(Catalogue::built_in(), message, report, f));
      CHECK(f.severity == iz::Severity::info);
    }
  }
}

TEST_CASE("Every example is found where it says and nowhere else", "[rules]") {
  const Catalogue& catalogue = Catalogue::built_in();
  for (const iz::Rule& rule : catalogue.rules) {
    size_t finding = 0, clean = 0;
    for (const iz::Example& example : iz::examples_of(rule)) {
      INFO(rule.id << ": " << example.says);
      ++(example.finds.empty() ? clean : finding);
      iz::Message message;
      message.parse(iz::build_example(example, iz::test::sample(example.base)));
      const iz::Report report = check(message, example.sender);
      std::vector<std::string> places, others;
      for (const iz::Finding& f : report.findings) {
        const bool own = rule_of(f).id == rule.id;
        if (own) places.push_back(place(catalogue, report, f));
        if (!own && f.kind == iz::Kind::statement && f.severity == iz::Severity::error) others.push_back(rule_of(f).id);
      }
      std::vector<std::string> expected = example.finds;
      std::sort(expected.begin(), expected.end());
      std::sort(places.begin(), places.end());
      CHECK(places == expected);
      // A rule raises only itself.
      if (example.finds.empty() || rule.kind != iz::Kind::statement) continue;
      for (const std::string& other : others) FAIL_CHECK(other << " is raised too");
    }
    INFO(rule.id);
    CHECK(clean > 0);
    CHECK((finding == 0) == (kUnreachable.count(rule.id) > 0));
    if (!finding) CHECK_FALSE(iz::note_of(rule).empty());
    // NIST's outcomes have no case of these, so that ours are the only ones.
    static const std::set<std::string> unjudged = {"IZ-24", "IZ-36", "IZ-37", "IZ-66"};
    if (unjudged.count(rule.id)) CHECK((finding >= 4 && clean >= 4));
  }
}

// A checker remembers values in which it found nothing: that must never hide what a new one finds.
TEST_CASE("A checker that has seen every example says of each what a new one says", "[rules]") {
  const Catalogue& catalogue = Catalogue::built_in();
  iz::Checker used(catalogue);
  size_t messages = 0, findings = 0;
  for (const int round : {1, 2}) {
    for (const iz::Rule& rule : catalogue.rules) {
      for (const iz::Example& example : iz::examples_of(rule)) {
        INFO(rule.id << ": " << example.says << ", round " << round);
        iz::Message message;
        message.parse(iz::build_example(example, iz::test::sample(example.base)));
        iz::Report now;
        const iz::Report fresh = check(message, example.sender);
        check(used, message, example.sender, now);
        REQUIRE(now.findings.size() == fresh.findings.size());
        CHECK(now.undecided == fresh.undecided);
        for (size_t i = 0; i < now.findings.size(); ++i) {
          CHECK(now.findings[i].rule == fresh.findings[i].rule);
          CHECK(place(catalogue, now, now.findings[i]) == place(catalogue, fresh, fresh.findings[i]));
        }
        ++messages;
        findings += now.findings.size();
      }
    }
  }
  CHECK(messages > 1000);
  CHECK(findings > messages);
}

TEST_CASE("The words of every finding in the examples are filled in", "[rules]") {
  const Catalogue& catalogue = Catalogue::built_in();
  for (const iz::Rule& rule : catalogue.rules) {
    for (const iz::Example& example : iz::examples_of(rule)) {
      iz::Message message;
      message.parse(iz::build_example(example, iz::test::sample(example.base)));
      const iz::Report report = check(message, example.sender);
      for (const iz::Finding& f : report.findings) {
        const std::string words = title(catalogue, message, report, f);
        const std::string whole = sentence(catalogue, message, report, f);
        INFO(rule_of(f).id << " at " << place(catalogue, report, f) << ": " << words << " / " << whole);
        REQUIRE_FALSE(words.empty());
        CHECK(words[0] != ' ');  // no placeholder is empty at the beginning
        CHECK(characters(words) <= 80);
        CHECK(words.find('{') == std::string::npos);
        CHECK(whole.find('{') == std::string::npos);
        CHECK(whole.find("  ") == std::string::npos);
        CHECK(ends_with_any(whole, {".", ")"}));
        const std::string simple = plain(catalogue, message, report, f);
        CHECK_FALSE(simple.empty());
        CHECK(simple.find('{') == std::string::npos);
      }
    }
  }
}

TEST_CASE("Every statement that NIST's profiles carry has a rule", "[rules]") {
  const char* shared = std::getenv("IZ_SHARED");
  const fs::path facts = fs::path(shared ? shared : IZ_SOURCE_DIR "/../shared") / "data" / "guide" / "guide-facts.json";
  if (!fs::exists(facts)) SKIP("SKIPPED: no " << facts << " (set IZ_SHARED)");
  std::ifstream in(facts, std::ios::binary);
  const Json guide = Json::parse(in);
  std::set<std::pair<std::string, std::string>> ours;
  for (const auto& [name, json] : rule_files())
    for (const Json& s : json.value("statements", Json::array()))
      for (const Json& profile : s.at("profiles")) ours.emplace(profile.get<std::string>(), name);
  size_t seen = 0;
  for (const auto& [profile, facts_of_it] : guide.at("profiles").items()) {
    for (const Json& s : facts_of_it.at("conformanceStatements")) {
      INFO(profile << " " << s.at("id"));
      CHECK(ours.count({profile, s.at("id").get<std::string>()}) == 1);
      ++seen;
    }
  }
  CHECK(seen == 198);
}
