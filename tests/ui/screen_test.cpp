// The workbench drawn and operated without a browser: frames from the rasteriser, input as a platform gives it.
#include "ui/screen.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <random>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/theme.h"

namespace {

using iz::Key;

using iz::test::Desk;

const iz::test::ExampleMessage& faulty() { return iz::test::example_messages()[0]; }

using iz::test::count;

std::string_view selected(const Desk& d) { return d.bench.selected_text(); }

}  // namespace

TEST_CASE("bars and panes stand where the design has them", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  const iz::Image& image = d.frames();
  const iz::Theme& t = iz::theme(iz::Palette::light);
  CHECK(image.at(700, 20) == t.chrome);  // app bar
  CHECK(image.at(700, 47) == t.line);    // its lower edge
  CHECK(image.at(500, 70) == t.bg);      // document bar
  CHECK(image.at(700, 120) == t.panel);  // header of the message
  CHECK(image.at(700, 131) == t.line);
  CHECK(image.at(999, 300) == t.line);    // between left and right
  CHECK(image.at(700, 880) == t.chrome);  // status line
  CHECK(image.at(700, 872) == t.line);
  CHECK(image.at(30, 15) == t.accent);                        // the mark
  CHECK(count(image, {64, 140, 100, 160}, t.accent) > 10);    // MSH
  CHECK(count(image, {36, 340, 64, 362}, t.err) > 20);        // octagon beside line 6
  CHECK(count(image, {1015, 132, 1560, 470}, t.text) > 500);  // tree
}

TEST_CASE("every form and theme draws every kind of text", "[ui][screen]") {
  std::mt19937 random(17);
  std::string binary;
  for (int i = 0; i < 5000; ++i) binary += static_cast<char>(random() & 0xff);
  std::string names = "MSH|^~\\&|";
  for (int i = 0; i < 300; ++i) names += "\rPID|1||" + std::string(300, 'W') + "\xc3\xa9\xe4\xbd\xa0\xf0\x9f\xa7\x92";
  const std::string texts[] = {"",
                               "M",
                               "MSH|^~\\&|",
                               "\r\r\r",
                               std::string(3, '\0'),
                               binary,
                               names,
                               std::string(faulty().text),
                               std::string(iz::test::example_messages()[3].text)};
  for (const auto& [w, h, ratio] :
       {std::tuple{1600, 900, 1.0f}, {1100, 700, 1.25f}, {400, 860, 2.0f}, {320, 200, 1.0f}, {1, 1, 1.0f}}) {
    Desk d(w, h, ratio);
    for (const std::string& text : texts) {
      d.bench.paste(text, iz::InputKind::bytes);
      for (int theme = 0; theme < 4; ++theme) {
        d.bench.view.theme = static_cast<iz::ThemeChoice>(theme);
        d.bench.view.narrow = static_cast<iz::NarrowTab>(theme);
        d.bench.view.side = static_cast<iz::SideTab>(theme % 3);
        d.bench.view.all_fields = theme % 2 == 1;
        d.bench.view.not_sent_open = theme % 2 == 0;
        d.key(Key::f8);
        CHECK(d.frames(2).width == static_cast<int>(static_cast<float>(w) * ratio));
      }
    }
  }
}

TEST_CASE("a message of 2 MB is drawn and edited", "[ui][screen]") {
  Desk d;
  std::string text(faulty().text);
  while (text.size() < 2'000'000) text += std::string(faulty().text.substr(faulty().text.find("ORC|")));
  d.open(text);
  CHECK(d.bench.text().size() == text.size());
  d.key(Key::end, true);
  CHECK(d.bench.selection().caret == text.size());
  d.screen.type("NTE|1");
  d.frames();
  CHECK(d.bench.text().ends_with("NTE|1"));
  // What would be stored is said when nothing has been typed for a moment, or when somebody asks.
  CHECK(d.screen.waits());
  d.frames(30);
  CHECK_FALSE(d.screen.waits());
  CHECK(d.bench.can_predict());
  d.screen.type("x");
  CHECK(d.screen.waits());
  CHECK(d.bench.can_predict());
  CHECK_FALSE(d.screen.waits());
  d.key(Key::f8, false, true);
  CHECK(d.bench.selection().finding >= 0);
}

TEST_CASE("the same frame has the same pixels", "[ui][screen]") {
  const auto draw = [](int frames) {
    Desk d;
    d.open(faulty().text);
    return d.frames(frames).pixels;
  };
  const std::vector<uint32_t> first = draw(3);
  CHECK((first == draw(3)));
  CHECK((first == draw(9)));
}

TEST_CASE("a click on a problem shows its place everywhere", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.click(300, 671);  // first row of the problems
  CHECK(iz::to_string(d.bench.selection().path) == "RXA[1]-7[1].1");
  CHECK(selected(d) == "ML");
  CHECK(d.bench.view.focus == iz::Pane::problems);
  CHECK(d.bench.view.side == iz::SideTab::explain);
  const iz::Theme& t = iz::theme(iz::Palette::light);
  const iz::Image& image = d.frames();
  CHECK(count(image, {0, 654, 3, 690}, t.accent) > 90);        // bar of the row
  CHECK(count(image, {1000, 132, 1003, 476}, t.accent) > 70);  // bar in the tree
  CHECK(count(image, {330, 338, 370, 362}, t.accent) > 30);    // box in the text
  CHECK(count(image, {1015, 530, 1040, 560}, t.err) > 100);    // octagon of the explanation
  // Typing mends it, from wherever the keyboard is.
  d.screen.type("mL");
  d.frames();
  CHECK(d.bench.message().get("RXA", 7, 1) == "mL");
  CHECK(d.bench.view.focus == iz::Pane::editor);
  CHECK(d.bench.folded().errors == 1);
}

TEST_CASE("the explanation of a problem leads to the page about its rule", "[ui][screen]") {
  Desk d(1600, 2200);
  d.open(faulty().text);
  d.bench.step_problem(-1, iz::Pane::problems);  // one without a fix: no button is pressed on the way
  d.frames();
  REQUIRE(d.bench.selection().finding >= 0);
  REQUIRE(d.bench.fixes_of(d.bench.selection().finding).empty());
  const auto& finding = d.bench.report().findings[static_cast<size_t>(d.bench.selection().finding)];
  // The words stand in the column of the facts, under the source.
  for (float y = 1170; y < 2160 && d.bench.view.rule_page.empty(); y += 12) d.click(1180, y);
  CHECK(d.bench.view.rule_page == d.bench.catalogue().rules[finding.rule].id);
}

TEST_CASE("a click in the text selects in the tree", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.click(64 + 8.4f * 2, 150);
  CHECK(iz::to_string(d.bench.selection().path) == "MSH[1]");
  d.click(64 + 8.4f * 11, 250 - 100 + 40);  // PID, LP-88213
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]-3[1].1");
  d.key(Key::f6);
  CHECK(d.bench.view.focus == iz::Pane::tree);
}

TEST_CASE("selecting with the mouse: drag, double click, triple click, shift", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  const float y = 150, cell = 8.4f;
  d.move(64 + cell * 9, y);
  d.press(true);
  d.move(64 + cell * 21, y);
  d.press(false);
  CHECK(selected(d) == "BrightCharts");
  d.frames(30);
  d.move(64 + cell * 24, y);
  d.press(true);
  d.press(false);
  d.press(true);
  d.press(false);
  CHECK(selected(d) == "LPEDS");
  d.frames(60);
  d.click(64, y);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  d.click(64 + cell * 3, y);
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  CHECK(selected(d) == "MSH");
}

TEST_CASE("the keyboard moves and selects in the text", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  CHECK(d.key(Key::right));
  CHECK(d.bench.selection().caret == 1);
  d.key(Key::right, true);
  CHECK(d.bench.selection().caret == 3);
  d.key(Key::end);
  CHECK(d.bench.selection().caret == faulty().text.find('\r'));
  d.key(Key::home, false, true);
  CHECK(selected(d) == faulty().text.substr(0, faulty().text.find('\r')));
  d.key(Key::down);
  const uint32_t lower = d.bench.selection().caret;
  CHECK(lower > 3);
  d.key(Key::up);
  CHECK(d.bench.selection().caret < lower);
  d.key(Key::a, true);
  CHECK(selected(d) == faulty().text);
  d.key(Key::backspace);
  CHECK(d.bench.empty());
  d.key(Key::z, true);
  CHECK(d.bench.text() == faulty().text);
  d.key(Key::y, true);
  CHECK(d.bench.empty());
  d.key(Key::z, true);
  d.key(Key::end, true);
  d.key(Key::enter);
  CHECK(d.bench.text() == std::string(faulty().text) + "\r");
  d.key(Key::page_up);
  CHECK(d.bench.selection().caret < d.bench.text().size());
}

TEST_CASE("keys of the browser are left alone", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  for (const Key k : {Key::c, Key::tab, Key::none, Key::f2, Key::f4}) CHECK_FALSE(d.key(k, true));
  CHECK_FALSE(d.key(Key::a));
  CHECK_FALSE(d.key(Key::z));
  CHECK_FALSE(d.screen.key({.key = Key::left, .command = false, .shift = false, .alt = true}));
}

TEST_CASE("the tree by keyboard", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.key(Key::f6);
  REQUIRE(d.bench.view.focus == iz::Pane::tree);
  d.key(Key::home);
  CHECK(iz::to_string(d.bench.selection().path) == "MSH[1]");
  d.key(Key::down);
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]");
  d.key(Key::right);
  d.key(Key::right);
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]-1[1]");
  d.key(Key::left);
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]");
  d.key(Key::left);
  d.key(Key::down);
  CHECK(iz::to_string(d.bench.selection().path) == "PD1[1]");
  d.key(Key::down);
  d.key(Key::down);  // dose 1
  CHECK(d.bench.view.tree_row == iz::dose_key(1));
  d.key(Key::left);
  d.key(Key::down);
  CHECK(d.bench.view.tree_row == iz::dose_key(2));
  d.key(Key::right);
  CHECK(iz::to_string(d.bench.selection().path) == "ORC[2]");
  d.key(Key::backspace);
  CHECK(d.bench.text() == faulty().text);  // a list does not delete
  d.key(Key::enter);
  CHECK(d.bench.view.focus == iz::Pane::editor);
}

TEST_CASE("the problems by keyboard", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.key(Key::f6);
  d.key(Key::f6);
  REQUIRE(d.bench.view.focus == iz::Pane::problems);
  d.key(Key::down);
  CHECK(selected(d) == "ML");
  d.key(Key::down);
  CHECK(selected(d) != "ML");
  d.key(Key::up);
  d.key(Key::enter);
  CHECK(d.bench.view.focus == iz::Pane::editor);
  CHECK(selected(d) == "ML");
  d.key(Key::f6, false, true);
  CHECK(d.bench.view.focus == iz::Pane::bars);
  d.key(Key::f6, false, true);
  CHECK(d.bench.view.focus == iz::Pane::side);
  d.key(Key::left);
  CHECK(d.bench.view.side == iz::SideTab::summary);
  d.key(Key::escape);
  CHECK(d.bench.view.focus == iz::Pane::editor);
}

TEST_CASE("used and all fields", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  const size_t used = iz::tree_rows(d.bench).size();
  d.click(1416, 112);  // All
  CHECK(d.bench.view.all_fields);
  CHECK(iz::tree_rows(d.bench).size() > used);
}

TEST_CASE("menus: profile and colours", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.click(1536, 24);   // the sun
  d.click(1500, 130);  // third row: dark
  CHECK(d.bench.view.theme == iz::ThemeChoice::dark);
  CHECK(d.frames().at(700, 20) == iz::theme(iz::Palette::dark).chrome);
  d.click(1536, 24);
  d.key(Key::escape);
  d.frames();
  d.click(1040, 70);   // checked as
  d.click(1010, 184);  // Z23
  CHECK(d.bench.forced_profile() == "Z23");
  CHECK(d.bench.report().choice == iz::ProfileChoice::forced);
}

TEST_CASE("bars and menus by keyboard", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.key(Key::f6, false, true);
  REQUIRE(d.bench.view.focus == iz::Pane::bars);
  // From the left: the theme's menu is the first in the upper bar or next to it.
  for (int i = 0; i < 60 && d.bench.view.theme == iz::ThemeChoice::light; ++i) {
    d.key(Key::right);
    if (d.key(Key::enter) && d.bench.view.over != iz::Over::none) d.key(Key::escape);
    d.bench.view.workspace = iz::Workspace::analyse;
    d.bench.view.focus = iz::Pane::bars;
    if (d.bench.text() != faulty().text) d.bench.undo();
    d.frames(1);
    if (!ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup)) continue;
    d.key(Key::up);  // the last row of the menu
    d.key(Key::enter);
  }
  CHECK(d.bench.view.theme == iz::ThemeChoice::contrast);
}

TEST_CASE("the first visit by keyboard", "[ui][screen]") {
  Desk d;
  d.frames();
  d.key(Key::f6);
  REQUIRE(d.bench.view.focus == iz::Pane::bars);
  bool pasted = false;
  for (int i = 0; i < 12 && !pasted; ++i) {
    d.key(Key::right);
    d.key(Key::space);
    d.key(Key::escape);
    d.bench.view.focus = iz::Pane::bars;
    pasted = d.screen.take_requests().paste;
  }
  CHECK(pasted);
}

TEST_CASE("what the page is asked for", "[ui][screen]") {
  Desk d;
  d.frames();
  d.click(450, 450);  // the card "Paste a message"
  CHECK(d.screen.take_requests().paste);
  d.click(800, 450);  // the card "Open an example"
  CHECK(d.bench.text() == faulty().text);
  d.click(1420, 70);  // report
  const iz::Requests r = d.screen.take_requests();
  CHECK(r.text_view);
  CHECK_FALSE(r.paste);
}

TEST_CASE("what stands beside a splitter is hit", "[ui][screen]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  // The order of the problems, right below the line between them and the text; the tab behind that beside the tree.
  for (const float y : {622.0f, 634.0f, 646.0f}) {
    INFO(y);
    d.move(690, y);
    d.frames(2);
    CHECK(d.screen.cursor() == ImGuiMouseCursor_Hand);
  }
  d.click(1120, 497);
  CHECK(d.bench.view.side == iz::SideTab::explain);
}

TEST_CASE("splitters move", "[ui][screen]") {
  Desk d;
  d.open(faulty().text);
  d.move(999, 400);
  d.press(true);
  d.move(1100, 400);
  d.press(false);
  CHECK(std::abs(d.bench.view.split_x - 1100.0f / 1600) < 0.01f);
  d.move(600, 400);
  CHECK(d.frames().at(1099, 300) == iz::theme(iz::Palette::light).line);
}

TEST_CASE("the wheel scrolls, the caret comes back into sight", "[ui][screen]") {
  Desk d;
  std::string text(faulty().text);
  for (int i = 0; i < 50; ++i) text += "NTE|1||line\r";
  d.open(text);
  const std::vector<uint32_t> top = d.frames().pixels;
  d.move(400, 400);
  ImGui::GetIO().AddMouseWheelEvent(0, -5);
  d.frames();
  CHECK((d.frames().pixels != top));
  CHECK(d.screen.caret().width() == 0);  // out of sight
  d.key(Key::right);
  CHECK(d.screen.caret().y0 > 132);
}

TEST_CASE("a narrow window has one column and tabs", "[ui][screen]") {
  Desk d(400, 860);
  d.open(faulty().text);
  d.click(120, 830);
  CHECK(d.bench.view.narrow == iz::NarrowTab::tree);
  d.click(166, 830);
  CHECK(d.bench.view.narrow == iz::NarrowTab::problems);
  d.click(200, 168);  // first problem, under the filter
  CHECK(selected(d) == "ML");
  d.click(40, 830);
  d.click(361, 492);  // next problem
  CHECK(selected(d) != "ML");
}

TEST_CASE("long notes, many documents", "[ui][screen]") {
  Desk d;
  std::string many;
  for (int i = 0; i < 60; ++i) many += faulty().text;
  d.bench.paste(many);
  CHECK(d.bench.documents().size() == 60);
  d.frames();
  d.bench.open_document(59);
  CHECK(d.frames().width == 1600);
  d.bench.view.notice = std::string(2000, 'n');
  d.frames();
}

TEST_CASE("pictures of the workbench", "[ui][pictures]") {
  struct Picture {
    const char* name;
    int width, height;
    float ratio;
    iz::ThemeChoice theme;
    int problem;
  };
  for (const Picture& p : {Picture{"analyse-light", 1600, 900, 1, iz::ThemeChoice::light, 1},
                           Picture{"analyse-dark", 1600, 900, 1, iz::ThemeChoice::dark, 1},
                           Picture{"analyse-contrast", 1600, 900, 1, iz::ThemeChoice::contrast, 1},
                           Picture{"summary-light", 1600, 900, 1, iz::ThemeChoice::light, 0},
                           Picture{"medium-light", 1100, 800, 1, iz::ThemeChoice::light, 1},
                           Picture{"narrow", 400, 860, 1, iz::ThemeChoice::light, 1},
                           Picture{"analyse-light-2x", 1280, 800, 2, iz::ThemeChoice::light, 1},
                           Picture{"first-visit-light", 1600, 900, 1, iz::ThemeChoice::light, -1},
                           Picture{"first-visit-narrow", 400, 860, 1, iz::ThemeChoice::dark, -1}}) {
    Desk d(p.width, p.height, p.ratio);
    d.bench.view.theme = p.theme;
    if (p.problem >= 0) d.open(faulty().text);
    if (p.problem > 0) d.key(Key::f8);
    iz::test::check_picture(p.name, d.frames());
  }
}
