// Finding, going to a place, moving by fields, and fields of one line.
#include "ui/find.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::test::Desk;

const iz::test::ExampleMessage& faulty() { return iz::test::example_messages()[0]; }

struct Open : Desk {
  explicit Open(int w = 1600, int h = 900) : Desk(w, h) { open(faulty().text); }
  std::string place() const { return iz::to_string(bench.selection().path); }
  std::string went(std::string_view typed) {
    key(Key::g, true);
    screen.type(typed);
    frames();
    key(Key::enter);
    return bench.view.strip == iz::Strip::none ? place() : "nowhere";
  }
};

}  // namespace

TEST_CASE("find goes over text, names and problems", "[ui][find]") {
  Open d;
  const auto count = [&](std::string_view query, iz::Hit::Kind kind) {
    int n = 0;
    for (const iz::Hit& hit : iz::find_hits(d.bench, query)) n += hit.kind == kind;
    return n;
  };
  CHECK(count("oakhart", iz::Hit::Kind::text) == 1);
  CHECK(count("lot number", iz::Hit::Kind::name) == 2);  // of each dose
  CHECK(count("lot number", iz::Hit::Kind::text) == 0);
  CHECK(count("unit", iz::Hit::Kind::problem) == 1);
  CHECK(count("RXA-5", iz::Hit::Kind::name) == 2);
  CHECK(count("rxa[2]-5", iz::Hit::Kind::name) == 1);
  CHECK(iz::find_hits(d.bench, "").empty());
  CHECK(iz::find_hits(d.bench, "no such words").empty());
  uint32_t last = 0;
  for (const iz::Hit& hit : iz::find_hits(d.bench, "a")) {
    CHECK(hit.span.begin >= last);
    last = hit.span.begin;
  }
}

TEST_CASE("Ctrl+F, typing, F3 and Esc", "[ui][find]") {
  Open d;
  CHECK(d.key(Key::f, true));
  CHECK(d.bench.view.field == "find");
  d.screen.type("lpeds");
  const iz::Image& image = d.frames();
  CHECK(d.bench.text() == faulty().text);  // nothing is typed into the message
  CHECK(iz::test::count(image, {64, 170, 960, 560}, iz::theme(iz::Palette::light).sel) > 1000);
  CHECK(d.bench.selected_text() == "LPEDS");
  const uint32_t first = d.bench.selection().caret;
  d.key(Key::enter);
  const uint32_t second = d.bench.selection().caret;
  CHECK(second > first);
  d.key(Key::f3);
  CHECK(d.bench.selection().caret > second);
  d.key(Key::f3, false, true);
  CHECK(d.bench.selection().caret == second);
  d.key(Key::enter, false, true);
  CHECK(d.bench.selection().caret == first);
  d.key(Key::f3, false, true);  // round at the ends
  CHECK(d.bench.selection().caret > second);
  CHECK_FALSE(d.key(Key::f, true));  // twice: the browser's own
  d.key(Key::escape);
  CHECK(d.bench.view.strip == iz::Strip::none);
  CHECK(d.bench.view.field.empty());
  CHECK(d.bench.selected_text() == "LPEDS");  // one goes on from there
  d.screen.type("X");
  CHECK(d.bench.text() != faulty().text);
}

TEST_CASE("a problem that was found becomes the current one", "[ui][find]") {
  Open d;
  d.key(Key::f, true);
  d.screen.type("not in ucum");
  d.frames();
  REQUIRE(d.bench.selection().finding >= 0);
  CHECK(d.place() == "RXA[1]-7[1].1");
}

TEST_CASE("what is selected is looked for; hits follow the text", "[ui][find]") {
  Open d;
  const size_t at = d.bench.text().find("LPEDS");
  d.bench.select_range(static_cast<uint32_t>(at), static_cast<uint32_t>(at + 5));
  d.key(Key::f, true);
  CHECK(d.bench.view.typed("find") == "LPEDS");
  const size_t before = d.bench.found().hits.size();
  CHECK(before > 3);
  d.bench.edit({static_cast<uint32_t>(at), static_cast<uint32_t>(at + 5)}, "OTHER");
  CHECK(d.bench.found().hits.size() == before - 1);
}

TEST_CASE("go to a place, however it is written", "[ui][find]") {
  Open d;
  CHECK(d.went("RXA-5.1") == "RXA[1]-5[1].1");
  CHECK(d.went("rxa 5 1") == "RXA[1]-5[1].1");
  CHECK(d.went("rxa5.1") == "RXA[1]-5[1].1");
  CHECK(d.went("OBX[3]-5") == "OBX[3]-5[1]");
  CHECK(d.went("obx(3).5") == "OBX[3]-5[1]");
  CHECK(d.went("OBX^3^5^1^1") == "OBX[3]-5[1].1");
  CHECK(d.went("pid") == "PID[1]");
  CHECK(d.went("rxa[2]") == "RXA[2]");
  CHECK(d.went("6") == "RXA[2]-6[1]");  // of the segment at the caret
  CHECK(d.went("dose 1") == "RXA[1]");
  CHECK(d.went("lot number") == "RXA[1]-15[1]");
  CHECK(d.went("lot number") == "RXA[2]-15[1]");  // the next one
  CHECK(d.went("line 3") == "PD1[1]");
  CHECK(d.went("pid-40") == "PID[1]-40[1]");  // absent, yet a place
  for (const char* typed :
       {"obx[90]-5", "zzz-1", "no such name", "line 900", "dose 7", "0", "rxa-0", "-", "rxa-5.1.1.1"}) {
    INFO(typed);
    CHECK(d.went(typed) == "nowhere");
    CHECK_FALSE(iz::read_target(d.bench, typed).words.empty());
    d.key(Key::escape);
  }
}

TEST_CASE("Tab goes from field to field and selects it; after Esc it leaves", "[ui][find]") {
  Open d;
  d.bench.select_place(*iz::parse_path("RXA-5.1"), iz::Pane::editor);
  CHECK(d.key(Key::tab));
  CHECK(d.place() == "RXA[1]-6[1]");
  CHECK(d.bench.selected_text() == "0.5");
  d.key(Key::tab, false, true);
  CHECK(d.bench.selected_text().substr(0, 6) == "03^MMR");
  d.key(Key::tab, false, true);  // an empty field is a stop too
  CHECK(d.place() == "RXA[1]-4[1]");
  CHECK(d.bench.selected_text().empty());
  d.screen.type("20260217");
  CHECK(d.bench.message().get("RXA", 4) == "20260217");
  // On to the next segment and back.
  d.bench.select_place(*iz::parse_path("RXA-21"), iz::Pane::editor);
  d.key(Key::tab);
  CHECK(d.place() == "RXR[1]-1[1]");
  d.key(Key::tab, false, true);
  CHECK(d.place() == "RXA[1]-21[1]");
  CHECK_FALSE(d.key(Key::tab, true));
  CHECK_FALSE(d.key(Key::escape));
  CHECK_FALSE(d.key(Key::tab));
  CHECK(d.key(Key::tab));
}

TEST_CASE("a field keeps the keyboard until somebody goes elsewhere", "[ui][find]") {
  Open d;
  d.key(Key::f, true);
  d.screen.set_field("oak", 3, 3);
  CHECK(d.bench.view.typed("find") == "oak");
  d.key(Key::left);
  d.key(Key::backspace);
  CHECK(d.bench.view.typed("find") == "ok");
  CHECK(d.bench.text() == faulty().text);
  CHECK(d.screen.caret().x0 > 16);
  d.click(400, 300);
  CHECK(d.bench.view.field.empty());
  CHECK(d.bench.view.strip == iz::Strip::find);
  d.click(150, 150);  // back into the field
  CHECK(d.bench.view.field == "find");
  d.screen.type("quillon");
  CHECK(d.bench.view.typed("find") == "quillon");
}

TEST_CASE("a strip in a narrow window", "[ui][find]") {
  Open d(400, 860);
  d.bench.view.narrow = iz::NarrowTab::tree;
  d.key(Key::g, true);
  CHECK(d.bench.view.narrow == iz::NarrowTab::message);
  d.screen.type("rxa");
  d.frames();
  d.key(Key::enter);
  CHECK(d.place() == "RXA[1]");
}
