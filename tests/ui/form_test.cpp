// The form: fields of a segment with names, pickers, calendar; every change one step of undo.
#include "ui/form_rows.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "ui/form_edit.h"

namespace {

using iz::Key;
using iz::test::Desk;

struct Form : Desk {
  explicit Form(const char* path, int w = 1600, int h = 900) : Desk(w, h) {
    open(iz::test::example_messages()[0].text);
    go(path);
    key(Key::f2);
  }
  void go(const char* path) { bench.select_place(*iz::parse_path(path), iz::Pane::editor); }
  std::string value(const char* path) const {
    return std::string(bench.message().value(iz::locate(bench.message(), *iz::parse_path(path)).span));
  }
  const std::string& typed() const { return bench.view.typed("form"); }
  std::string at() const { return iz::to_string(bench.view.form.path); }
};

}  // namespace

TEST_CASE("F2 edits the selected field, Enter writes it, undo takes it back", "[ui][form]") {
  Form d("RXA-15");
  CHECK(d.bench.view.side == iz::SideTab::form);
  CHECK(d.bench.view.field == "form");
  CHECK(d.typed() == "Y014882");
  const std::string before = d.bench.text();
  d.screen.type("A|B^C");
  CHECK(d.bench.text() == before);  // not before Enter
  d.key(Key::enter);
  CHECK(d.value("RXA-15") == "A\\F\\B\\S\\C");
  CHECK(d.typed() == "A|B^C");
  d.key(Key::escape);
  CHECK(d.bench.view.focus == iz::Pane::editor);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
}

TEST_CASE("F2 opens the first part of a whole", "[ui][form]") {
  for (const auto& [path, part] : {std::pair{"PID-3", "PID[1]-3[1].1"},
                                   {"PID-5", "PID[1]-5[1].1.1"},
                                   {"PID-5.1", "PID[1]-5[1].1.1"},
                                   {"PID-11", "PID[1]-11[1].1.1"},
                                   {"RXA-10", "RXA[1]-10[1].1"},
                                   {"PID", "PID[1]-1[1]"},
                                   {"MSH-9", "MSH[1]-9[1].1"}}) {
    INFO(path);
    Form d(path);
    REQUIRE(d.bench.view.field == "form");
    CHECK(d.at() == part);
    d.screen.type("X7");
    d.key(Key::enter);
    CHECK(d.value(part) == "X7");
    CHECK(d.bench.view.focus == iz::Pane::side);
  }
}

TEST_CASE("F2 on a place far from what is there writes that place and no other", "[ui][form]") {
  for (const char* path : {"PID-3[2].1", "PID-13[2].7", "NK1-2[2].1", "OBX[1]-3.9"}) {
    INFO(path);
    Form d(path);
    const std::string before = d.bench.text();
    CHECK(d.bench.view.field.empty());
    CHECK(d.bench.view.focus == iz::Pane::editor);
    d.screen.type("X99");
    CHECK(d.value(path) == "X99");
    d.bench.undo();
    CHECK(d.bench.text() == before);
  }
  Form d("PID-3[2]");
  CHECK(d.at() == "PID[1]-3[2]");
  d.screen.type("X99");
  d.key(Key::enter);
  CHECK(d.value("PID-3[2].1") == "X99");
}

TEST_CASE("only what may stand there once more is offered, by its name", "[ui][form]") {
  Form d("PID-5");
  const std::vector<std::string> names = d.bench.insertable();
  const auto offered = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  CHECK(offered("NK1"));
  CHECK(offered("VXU_V04.ORDER"));
  CHECK_FALSE(offered("PID"));
  CHECK_FALSE(offered("PD1"));
  // Of a dose is offered what it may have once more: not what only another one lacks, and no beginning of a group alone.
  CHECK_FALSE(offered("RXR"));
  d.bench.select_place(*iz::parse_path("RXA[1]-3"), iz::Pane::tree);
  const std::vector<std::string> of_dose = d.bench.insertable();
  const auto in_dose = [&](const char* name) {
    return std::find(of_dose.begin(), of_dose.end(), name) != of_dose.end();
  };
  CHECK(in_dose("VXU_V04.ORDER.OBSERVATION"));
  CHECK_FALSE(in_dose("RXR"));
  CHECK_FALSE(in_dose("ORC"));
  CHECK_FALSE(in_dose("OBX"));
}

TEST_CASE("undo and redo in a field of the form", "[ui][form]") {
  Form d("RXA-15");
  const std::string before = d.bench.text();
  d.screen.type("NEW");
  d.key(Key::y, true);
  CHECK(d.typed() == "NEW");  // there is nothing to do again, and nothing is lost
  d.key(Key::z, true);
  CHECK(d.typed() == "Y014882");
  d.key(Key::y, true);
  CHECK(d.typed() == "NEW");
  d.key(Key::enter);
  CHECK(d.value("RXA-15") == "NEW");
  d.key(Key::z, true);  // nothing is typed: the step before
  CHECK(d.bench.text() == before);
  CHECK(d.bench.view.field == "form");
  d.key(Key::y, true);
  CHECK(d.value("RXA-15") == "NEW");
}

TEST_CASE("what is typed in the form counts for every command", "[ui][form]") {
  Form d("RXA-15");
  d.screen.type("SAVED");
  d.key(Key::s, true);
  const iz::Requests asked = d.screen.take_requests();
  CHECK(asked.file == "vxu.hl7");
  CHECK(asked.content == d.bench.text());
  CHECK(d.value("RXA-15") == "SAVED");
}

TEST_CASE("what is typed at a whole goes to its first part", "[ui][form]") {
  Form d("PID-5");
  d.key(Key::up);
  REQUIRE(d.bench.view.field.empty());
  REQUIRE(d.screen.in_form());
  const std::string before = d.bench.text();
  d.screen.type("Q");
  CHECK(d.bench.text() == before);
  CHECK(d.typed() == "Q");
  d.key(Key::enter);
  CHECK(d.value("PID-5.1.1") == "Q");
}

TEST_CASE("Esc gives the old value back, then leaves", "[ui][form]") {
  Form d("RXA-15");
  const std::string before = d.bench.text();
  d.screen.type("other");
  d.key(Key::escape);
  CHECK(d.typed() == "Y014882");
  CHECK(d.bench.view.field == "form");
  d.key(Key::escape);
  CHECK(d.bench.view.field.empty());
  CHECK(d.bench.text() == before);
}

TEST_CASE("Tab goes on and writes what was typed", "[ui][form]") {
  Form d("RXA-15");
  d.screen.type("L1");
  d.key(Key::tab);
  CHECK(d.value("RXA-15") == "L1");
  CHECK(d.at() == "RXA[1]-16[1]");
  CHECK(d.bench.view.field == "form");
  d.key(Key::tab, false, true);
  CHECK(d.at() == "RXA[1]-15[1]");
  CHECK(d.typed() == "L1");
}

TEST_CASE("a picker filters, and writes code, name and system", "[ui][form]") {
  Form d("RXA-5");
  CHECK(d.typed() == "03");
  d.key(Key::space, true);
  CHECK(d.bench.view.form.list);
  CHECK(d.bench.form_choices().size() > 100);
  d.screen.type("varicella");
  d.frames();
  REQUIRE_FALSE(d.bench.form_choices().empty());
  CHECK(d.bench.form_choices()[0].code->code == "21");
  d.key(Key::enter);
  CHECK(d.value("RXA-5") == "21^varicella^CVX");
  // What no table knows is kept as typed, and said to be wrong.
  d.screen.type("zzz9");
  d.key(Key::enter);
  CHECK(d.value("RXA-5.1") == "zzz9");
  bool said = false;
  for (const iz::FormRow& row : iz::form_rows(d.bench)) said = said || (row.path.field == 5 && row.finding >= 0);
  CHECK(said);
}

TEST_CASE("a missing field is written with its separators", "[ui][form]") {
  Form d("RXR-4");
  REQUIRE(d.bench.view.field == "form");
  d.screen.type("IM");
  d.key(Key::enter);
  CHECK(d.value("RXR-4").substr(0, 2) == "IM");
  CHECK(d.bench.text().find("|LT^Left thigh^HL70163||IM") != std::string::npos);
}

TEST_CASE("components unfold and are written in their place", "[ui][form]") {
  Form d("PID-5.2");
  CHECK(d.at() == "PID[1]-5[1].2");
  CHECK(d.typed() == "Juniper");
  d.screen.type("June");
  d.key(Key::tab);
  CHECK(d.value("PID-5").substr(0, 17) == "Oakhart^June^Wren");
  CHECK(d.at() == "PID[1]-5[1].3");
}

TEST_CASE("another repetition", "[ui][form]") {
  Form d("PID-3");
  const auto rows = iz::form_rows(d.bench);
  const iz::FormRow* more = nullptr;
  for (const iz::FormRow& row : rows) {
    if (row.kind == iz::FormRow::Kind::more && row.path.field == 3) more = &row;
  }
  REQUIRE(more != nullptr);
  d.bench.edit_row(*more);
  d.screen.type("MC-9");
  d.key(Key::enter);
  CHECK(d.value("PID-3[2]") == "MC-9");
}

TEST_CASE("segments and doses are inserted in their place and removed", "[ui][form]") {
  Form d("RXA-5");
  d.key(Key::escape);
  const std::string before = d.bench.text();
  REQUIRE(d.bench.add_segment("NTE"));
  CHECK(d.bench.message().find_segment("NTE") >= 0);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
  REQUIRE(d.bench.add_segment("VXU_V04.ORDER"));
  CHECK(d.bench.message().find_segment("RXA", 3) >= 0);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
  REQUIRE(d.bench.remove(*iz::parse_path("NK1")));
  CHECK(d.bench.message().find_segment("NK1") < 0);
  CHECK_FALSE(d.bench.add_segment("ZZZ"));
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
}

TEST_CASE("dates as people write them", "[ui][form]") {
  CHECK(iz::date_digits("2026-02-18") == "20260218");
  CHECK(iz::date_digits("2026-2-8") == "20260208");
  CHECK(iz::date_digits("2/18/2026") == "20260218");
  CHECK(iz::date_digits("2026-02") == "202602");
  for (const char* kept : {"20260218", "2026-02-30", "soon", "1-2-3", "2026--2", "-1", "", "2026-02-18 09:00"})
    CHECK(iz::date_digits(kept) == kept);
  CHECK(iz::with_day("20260217094512-0500", {2026, 3, 1}, iz::Precision::second) == "20260301094512-0500");
  CHECK(iz::with_day("20260217", {2026, 3, 1}, iz::Precision::month) == "202603");
  CHECK(iz::days_on({2026, 3, 1}, -1) == iz::Date{2026, 2, 28});
  CHECK(iz::days_on({2024, 2, 28}, 1) == iz::Date{2024, 2, 29});
  CHECK(iz::days_on({2025, 12, 31}, 7) == iz::Date{2026, 1, 7});
  CHECK(iz::months_on({2026, 1, 31}, 1) == iz::Date{2026, 2, 28});
  CHECK(iz::months_on({2026, 1, 31}, -12) == iz::Date{2025, 1, 31});
  CHECK(iz::weekday({2026, 2, 18}) == 3);  // a Wednesday
  CHECK(iz::weekday({1969, 12, 31}) == 3);
}

TEST_CASE("the calendar by keyboard", "[ui][form]") {
  Form d("RXA-16");
  REQUIRE(d.typed() == "20270531");
  d.key(Key::space, true);
  REQUIRE(d.bench.view.form.calendar);
  CHECK(d.bench.view.form.day == iz::Date{2027, 5, 31});
  d.key(Key::right);
  d.key(Key::down);
  d.key(Key::page_up);
  CHECK(d.bench.view.form.day == iz::Date{2027, 5, 8});
  d.key(Key::escape);
  CHECK_FALSE(d.bench.view.form.calendar);
  CHECK(d.value("RXA-16") == "20270531");
  d.key(Key::space, true);
  d.key(Key::left);
  d.key(Key::enter);
  CHECK(d.value("RXA-16") == "20270530");
  d.key(Key::space, true);
  d.key(Key::tab);  // to the year
  d.key(Key::tab);  // to the month
  d.key(Key::enter);
  CHECK(d.value("RXA-16") == "202705");
}

TEST_CASE("the form by pointer", "[ui][form]") {
  Form d("RXA-15");
  d.key(Key::escape);
  d.go("RXR-1");
  d.frames();
  // The first rows of the form: RXR-1 and RXR-2. A press on the second value edits it.
  d.click(1300, 619);
  REQUIRE(d.bench.view.field == "form");
  CHECK(d.at() == "RXR[1]-2[1]");
  d.screen.type("RT");
  d.click(300, 300);  // elsewhere: written
  CHECK(d.value("RXR-2.1") == "RT");
  CHECK(d.bench.view.field.empty());
}

TEST_CASE("a picker by pointer", "[ui][form]") {
  Form d("RXR-2");
  d.screen.type("left arm");
  d.frames();
  const iz::Box caret = d.screen.caret();
  REQUIRE_FALSE(d.bench.form_choices().empty());
  const std::string wanted(d.bench.form_choices()[0].code->code);
  d.click(caret.x0 - 10, caret.y1 + 28);  // the first row below the field
  CHECK(d.value("RXR-2.1") == wanted);
}

TEST_CASE("the form in a narrow window", "[ui][form]") {
  Form d("RXA-15", 400, 860);
  CHECK(d.bench.view.narrow == iz::NarrowTab::explain);
  d.screen.type("N1");
  d.key(Key::enter);
  CHECK(d.value("RXA-15") == "N1");
}
