// Codes offered at the caret.
#include "ui/complete.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "core/edit.h"
#include "core/pair_table.h"
#include "tests/ui/desk.h"
#include "tests/ui/examples.h"

namespace {

using iz::Key;
using iz::test::Desk;

struct Open : Desk {
  Open() { open(iz::test::example_messages()[0].text); }
  void select(const char* path) { bench.select_place(*iz::parse_path(path), iz::Pane::editor); }
  void empty(const char* path) {
    select(path);
    bench.insert("");
    frames();
  }
  std::string field(const char* path) {
    const iz::Location at = iz::locate(bench.message(), *iz::parse_path(path));
    return std::string(bench.message().value(at.span));
  }
  std::string_view first() const { return bench.completion()->choices[0].code->code; }
};

}  // namespace

TEST_CASE("places that take codes, and their tables", "[ui][complete]") {
  Open d;
  const auto at = [&](const char* path) { return iz::coded_place(d.bench, *iz::parse_path(path)); };
  REQUIRE(at("RXA-5"));
  CHECK(iz::to_string(at("RXA-5")->code) == "RXA[1]-5[1].1");
  CHECK(at("RXA-5")->triplet);
  CHECK(at("RXA-5")->sets[0]->id == "CVX");
  REQUIRE(at("RXA-5.1"));
  REQUIRE(at("RXA-5.4"));
  CHECK(at("RXA-5.4")->triplet);
  CHECK_FALSE(at("RXA-5.2"));
  // What an observation may hold follows from its question.
  REQUIRE(at("OBX[1]-5"));
  CHECK(at("OBX[1]-5")->sets[0]->id == "HL70064_IZ");
  CHECK_FALSE(at("OBX[4]-5"));
  REQUIRE(at("PID-8"));
  CHECK_FALSE(at("PID-8")->triplet);
  CHECK(at("MSH-11")->sets[0]->id == "HL70103_IZ");
  CHECK(iz::to_string(at("MSH-11")->code) == "MSH[1]-11[1].1");
  CHECK(at("MSH-15")->sets[0]->id == "HL70155_IZ");
  CHECK_FALSE(at("PID-5"));
  CHECK_FALSE(at("PID-3"));
  CHECK_FALSE(at("RXA-15"));
  CHECK_FALSE(at("MSH-1"));
  CHECK_FALSE(at("ZZZ-1"));
}

TEST_CASE("the answer of an observation is chosen from the table of its question", "[ui][complete]") {
  Open d;
  const auto table_of = [&](const char* question) {
    const iz::Path path = *iz::parse_path("OBX[1]-3.1");
    d.open(*iz::set_value(d.bench.message(), path, question));
    const auto place = iz::coded_place(d.bench, *iz::parse_path("OBX[1]-5"));
    return place && place->triplet ? place->sets[0]->id : std::string();
  };
  CHECK(table_of("64994-7") == "HL70064_IZ");
  CHECK(table_of("30963-3") == "PHVS_ImmunizationFundingSource_IIS");
  CHECK(table_of("38890-0") == "CVX");
  CHECK(table_of("59784-9") == "PHVS_HistoryOfDiseaseAsEvidenceOfImmunity_IIS");
  CHECK(table_of("75505-8") == "PHVS_SerologicalEvidenceOfImmunity_IIS");
  CHECK(table_of("31044-1") == "PHVS_VaccinationReaction_IIS");
  CHECK(table_of("30945-0") == "PHVS_VaccinationContraindication_IIS");
  CHECK(table_of("59785-6") == "PHVS_VaccinationSpecialIndications_IIS");
  CHECK(table_of("59779-9") == "PHVS_ImmunizationScheduleIdentifier_IIS");
  CHECK(table_of("30973-2").empty());
  // Every table of the list is one of ours, with rows.
  const iz::PairTable& list = *d.bench.catalogue().pair_tables.at("tables-offered");
  for (const char* key : {"30956-7", "30979-9", "69764-9", "59781-5", "MSH-16"}) {
    const std::vector<std::string> ids = list.values_of(key);
    REQUIRE(ids.size() == 1);
    const iz::CodeSet* set = d.bench.catalogue().code_set(ids[0]);
    REQUIRE(set);
    CHECK_FALSE(set->codes().empty());
  }
}

TEST_CASE("what was typed chooses among the codes", "[ui][complete]") {
  Open d;
  const auto place = iz::coded_place(d.bench, *iz::parse_path("RXA-5.1"));
  REQUIRE(place);
  CHECK(iz::code_choices(*place, "03", 10)[0].code->code == "03");
  CHECK(iz::code_choices(*place, "varicella", 10)[0].code->code == "21");
  CHECK(iz::code_choices(*place, "VARIC", 10)[0].code->code == "21");
  CHECK(iz::code_choices(*place, "no such vaccine", 10).empty());
  CHECK(iz::code_choices(*place, "", 10).size() == 10);
  // In use before out of use, within one kind of hit.
  bool ended = false;
  for (const iz::CodeChoice& c : iz::code_choices(*place, "", 1000)) {
    const bool used = iz::out_of_use(*c.code).empty();
    CHECK_FALSE((used && ended));
    ended = !used;
  }
}

TEST_CASE("typing in a bound field offers codes; Enter writes the triplet", "[ui][complete]") {
  Open d;
  const std::string whole = d.field("RXA-5");
  d.empty("RXA-5");
  REQUIRE(d.field("RXA-5").empty());
  CHECK_FALSE(d.bench.completion());
  d.screen.type("v");
  d.screen.type("a");
  d.screen.type("r");
  d.frames();
  REQUIRE(d.bench.completion());
  CHECK(d.first() == "21");
  d.key(Key::enter);
  CHECK(d.field("RXA-5") == "21^varicella^CVX");
  CHECK_FALSE(d.bench.completion());
  CHECK(iz::to_string(d.bench.selection().path) == "RXA[1]-5[1].1");
  d.key(Key::z, true);
  CHECK(d.field("RXA-5") == "var");
  d.key(Key::z, true);
  CHECK(d.field("RXA-5") == whole);  // what was deleted and typed over is one step
}

TEST_CASE("what is typed over a selection is one step, and compared with what was there before it", "[ui][complete]") {
  Open d;
  const std::string before = d.bench.text();
  d.select("RXA-5.1");
  for (const char* letter : {"9", "9", "9"}) d.bench.insert(letter);
  CHECK(d.field("RXA-5.1") == "999");
  CHECK(d.bench.problem_change().gone.empty());
  CHECK_FALSE(d.bench.problem_change().added.empty());
  d.bench.undo();
  CHECK(d.bench.text() == before);
  // The same by Backspace first.
  d.select("PID-7");
  d.key(Key::backspace);
  for (const char* letter : {"2", "0", "2", "5", "x"}) d.screen.type(letter);
  CHECK(d.bench.problem_change().gone.empty());
  CHECK_FALSE(d.bench.problem_change().added.empty());
  d.bench.undo();
  CHECK(d.bench.text() == before);
}

TEST_CASE("a selected field offers its own codes, not coding systems", "[ui][complete]") {
  for (const auto& [path, code] : {std::pair{"RXR-1", "RXR[1]-1[1].1"},
                                   {"RXA-17", "RXA[1]-17[1].1"},
                                   {"OBX[1]-5", "OBX[1]-5[1].1"},
                                   {"NK1-3", "NK1[1]-3[1].1"}}) {
    INFO(path);
    Open d;
    d.select(path);
    REQUIRE(d.bench.selected_text() == d.field(path));
    d.bench.offer_codes(true);
    REQUIRE(d.bench.completion());
    CHECK(iz::to_string(d.bench.completion()->place.code) == code);
    CHECK(d.bench.completion()->choices.size() > 1);
  }
}

TEST_CASE("the list of codes begins at the one that stands there", "[ui][complete]") {
  Open d;
  const std::string before = d.bench.text();
  d.select("MSH-15");
  REQUIRE(d.bench.selected_text() == "ER");
  CHECK(d.key(Key::space, true));
  REQUIRE(d.bench.completion());
  CHECK(d.bench.completion()->choices[static_cast<size_t>(d.bench.completion()->row)].code->code == "ER");
  d.key(Key::enter);
  CHECK(d.bench.text() == before);
}

TEST_CASE("a name that belongs to another code does not stay", "[ui][complete]") {
  Open d;
  d.select("RXA-5.1");
  REQUIRE(d.bench.selected_text() == "03");
  CHECK(d.key(Key::space, true));
  REQUIRE(d.bench.completion());
  CHECK(d.bench.completion()->choices.size() > 100);  // a selected value does not filter
  d.key(Key::escape);
  CHECK_FALSE(d.bench.completion());
  d.bench.insert("2");
  REQUIRE(d.bench.completion());
  d.screen.type("1");
  d.key(Key::tab);
  CHECK(d.field("RXA-5") == "21^varicella^CVX");
  // The same code again keeps the words that the sender chose.
  d.select("RXA-5.2");
  d.bench.insert("Varicella, live");
  d.select("RXA-5.1");
  d.key(Key::space, true);
  while (d.first() != "21" &&
         d.bench.completion()->choices[static_cast<size_t>(d.bench.completion()->row)].code->code != "21")
    d.key(Key::down);
  d.key(Key::enter);
  CHECK(d.field("RXA-5") == "21^Varicella, live^CVX");
}

TEST_CASE("a simple code has no name; elsewhere nothing is offered", "[ui][complete]") {
  Open d;
  d.empty("PID-8");
  d.screen.type("M");
  REQUIRE(d.bench.completion());
  d.key(Key::down);
  d.key(Key::up);
  d.key(Key::enter);
  CHECK(d.field("PID-8") == "M");
  d.empty("RXA-15");
  d.screen.type("Y");
  CHECK_FALSE(d.bench.completion());
  CHECK_FALSE(d.key(Key::space, true));
  // Moving away closes the list.
  d.empty("PID-8");
  d.screen.type("F");
  REQUIRE(d.bench.completion());
  d.key(Key::left);
  CHECK_FALSE(d.bench.completion());
}

TEST_CASE("the list of codes by pointer", "[ui][complete]") {
  Open d;
  d.empty("RXA-5");
  d.screen.type("v");
  d.frames();
  REQUIRE(d.bench.completion());
  const iz::Box caret = d.screen.caret();
  const std::string wanted(d.bench.completion()->choices[1].code->code);
  d.click(caret.x0 + 30, caret.y1 + 4 + 4 + 28 + 14);  // the second row
  CHECK(d.field("RXA-5.1") == wanted);
}
