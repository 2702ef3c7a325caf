// Commands, the palette, and fields that are typed in.
#include <catch_amalgamated.hpp>
#include <set>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/commands.h"
#include "ui/fuzzy.h"
#include "ui/palette.h"

namespace {

using iz::Key;
using iz::test::Desk;

const iz::test::ExampleMessage& faulty() { return iz::test::example_messages()[0]; }

std::vector<iz::PaletteItem> found(const iz::Workbench& w, std::string_view query) {
  iz::PaletteList list;
  list.update(w, query);
  return list.items();
}

}  // namespace

TEST_CASE("what was typed is found in a text", "[ui][palette]") {
  CHECK(iz::match("Next problem", "problem") > 0);
  CHECK(iz::match("Next problem", "np") > 0);
  CHECK(iz::match("Next problem", "PROB next") > iz::match("Next problem", "np"));
  CHECK(iz::match("Next problem", "ext") > 0);
  CHECK(iz::match("Next problem", "next") > iz::match("Next problem", "ext"));
  CHECK(iz::match("Next problem", "xyz") == 0);
  CHECK(iz::match("Next problem", "pn") == 0);
  CHECK(iz::match("Next problem", "") == 0);
  CHECK(iz::match("Redo", "redo") > iz::match("Redo what was undone", "redo"));
  std::vector<uint8_t> hits;
  iz::match("Next problem", "np", &hits);
  CHECK(hits == std::vector<uint8_t>{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
  CHECK(iz::holds_words("Lot X027310 expired", "expired LOT"));
  CHECK_FALSE(iz::holds_words("Lot X027310 expired", "expired dose"));
  CHECK(iz::holds_words("anything", "  "));
}

TEST_CASE("each command has one id, words, and keys of its own", "[ui][palette]") {
  std::set<std::string_view> ids;
  std::set<std::string> keys;
  for (const iz::Command& c : iz::commands()) {
    INFO(c.id);
    CHECK(ids.insert(c.id).second);
    CHECK_FALSE(c.words.empty());
    CHECK(&iz::command(c.id) == &c);
    if (c.act == nullptr) {
      CHECK_FALSE(c.keys.empty());
      continue;
    }
    for (const iz::KeyPress press : {c.press, c.other}) {
      if (press.key != Key::none) CHECK(keys.insert(iz::key_words(press)).second);
    }
  }
  CHECK(keys.contains("Ctrl K"));
  CHECK(keys.contains("Shift F8"));
  const std::string html = iz::commands_html();
  for (const std::string& key : keys) CHECK(html.find(key) != std::string::npos);
}

TEST_CASE("every command runs on any message", "[ui][palette]") {
  for (const std::string_view text : {std::string_view(), faulty().text, std::string_view("no HL7")}) {
    for (const iz::Command& c : iz::commands()) {
      INFO(c.id);
      Desk d;
      if (!text.empty()) d.bench.paste(text);
      iz::Requests requests;
      iz::run(c, d.bench, requests);
      CHECK(d.frames().width == 1600);
    }
  }
}

TEST_CASE("the palette lists commands, places, problems and rules", "[ui][palette]") {
  Desk d;
  d.open(faulty().text);
  const auto all = found(d.bench, "");
  CHECK(all.size() > 20);
  CHECK(all.front().keys == "F8");
  CHECK(found(d.bench, "dark").front().words == "Dark colours");
  CHECK(found(d.bench, "rxa-7.1").front().more == "RXA[1]-7[1].1");
  CHECK(found(d.bench, "rxa-99").front().more == "RXA[1]-99[1]");
  CHECK(found(d.bench, "zzz-1").empty());
  const auto lot = found(d.bench, "Y014882");
  REQUIRE_FALSE(lot.empty());
  CHECK(lot.front().more == "RXA[1]-15");
  CHECK(lot.front().words == "Lot number, Y014882");
  const auto unit = found(d.bench, "ucum code");
  REQUIRE_FALSE(unit.empty());
  CHECK(unit.front().kind == iz::PaletteItem::Kind::problem);
  const auto rule = found(d.bench, "IZ-23");
  CHECK(std::any_of(rule.begin(), rule.end(),
                    [](const iz::PaletteItem& i) { return i.kind == iz::PaletteItem::Kind::rule; }));
}

TEST_CASE("the palette finds codes and opens their pages", "[ui][palette]") {
  Desk d;
  d.open(faulty().text);
  const auto codes = [&](std::string_view query) {
    auto items = found(d.bench, query);
    std::erase_if(items, [](const iz::PaletteItem& i) { return i.kind != iz::PaletteItem::Kind::code; });
    return items;
  };
  const auto cvx = found(d.bench, "cvx 208");
  REQUIRE_FALSE(cvx.empty());
  CHECK(cvx.front().kind == iz::PaletteItem::Kind::code);
  CHECK(cvx.front().more == "CVX 208");
  REQUIRE_FALSE(codes("gardasil").empty());
  CHECK(codes("gardsil 9").front().words.starts_with("Gardasil 9"));  // a letter may be missing
  CHECK(codes("mvx merck").front().more == "MVX MSD");
  CHECK(codes("ndc 00006").size() == 9);  // eight of them, and the way to all
  CHECK(codes("ndc 00006").back().words.starts_with("See all "));
  CHECK(codes("nothing of that kind").empty());
  CHECK(codes("cvx").size() <= 9);  // only the name of a table
  // What the message holds comes before what only fits by its words.
  const auto vaccine = found(d.bench, "mmr");
  REQUIRE_FALSE(codes("mmr").empty());
  CHECK(vaccine.front().kind != iz::PaletteItem::Kind::code);

  d.key(Key::k, true);
  d.screen.type("cvx 208");
  d.frames();
  d.key(Key::enter);
  CHECK(d.bench.view.over == iz::Over::none);
  CHECK(d.bench.view.workspace == iz::Workspace::codes);
  CHECK(d.bench.view.codes.page == iz::CodePlace{"CVX", "208"});
  CHECK(d.bench.text() == faulty().text);
  iz::Requests requests;
  codes("ndc 00006").back().act(d.bench, requests);
  CHECK(d.bench.view.field == "codes");
  CHECK(d.bench.view.typed("codes") == "ndc 00006");
  CHECK(d.bench.view.codes.filter == iz::CodeFilter::all);
}

TEST_CASE("keys are called as on the machine", "[ui][palette][pictures]") {
  CHECK(iz::key_signs("Ctrl Shift Z") == "Ctrl Shift Z");
  CHECK(iz::key_sentence("Undo, Ctrl Z") == "Undo, Ctrl Z");
  struct Mac {
    Mac() { iz::set_mac_keys(true); }
    ~Mac() { iz::set_mac_keys(false); }
  } mac;
  CHECK(iz::key_signs("Ctrl K") == "\u2318K");
  CHECK(iz::key_signs("Ctrl K, F1") == "\u2318K, F1");
  CHECK(iz::key_signs("Ctrl Y, Ctrl Shift Z") == "\u21e7\u2318Z");  // redo has one key there
  CHECK(iz::key_signs("Alt Shift Up") == "\u2325\u21e7\u2191");
  CHECK(iz::key_signs("Shift F10, Menu") == "\u21e7F10");  // no key for menus
  CHECK(iz::key_signs("Ctrl Space") == "\u2325\u238b");    // the other one is the system's
  CHECK(iz::key_signs("Up, Down") == "\u2191, \u2193");
  CHECK(iz::key_signs("Page Down") == "Page Down");
  CHECK(iz::key_signs("Enter") == "Return");
  CHECK(iz::key_sentence("Redo, Ctrl Y") == "Redo, Shift Command Z");
  CHECK(iz::key_sentence("Word by word, Ctrl Right forward") == "Word by word, Option Right forward");
  CHECK(iz::key_sentence("Enter the Left arm, Up to date") == "Enter the Left arm, Up to date");
  for (const iz::Command& c : iz::commands()) {
    INFO(c.id);
    const std::string signs = iz::key_signs(iz::keys_of(c, true)), words = iz::key_sentence(c.words);
    for (const char* other : {"Ctrl", "Alt", "Shift", "Menu"}) {
      CHECK(signs.find(other) == std::string::npos);
      if (other[0] == 'C' || other[0] == 'A') CHECK(words.find(std::string(other) + " ") == std::string::npos);
    }
  }
  CHECK(iz::commands_html().find("Ctrl") == std::string::npos);
  Desk d;
  d.open(faulty().text);
  CHECK_FALSE(found(d.bench, "command k").empty());
  d.key(Key::k, true);
  iz::test::check_picture("palette-mac", d.frames());
}

TEST_CASE("the palette by keyboard", "[ui][palette]") {
  Desk d;
  d.open(faulty().text);
  CHECK(d.key(Key::k, true));
  CHECK(d.bench.view.over == iz::Over::palette);
  CHECK(d.bench.view.field == "palette");
  d.screen.type("dark");
  d.frames();
  CHECK(d.bench.text() == faulty().text);  // what is typed is not the message's
  d.key(Key::enter);
  CHECK(d.bench.view.theme == iz::ThemeChoice::dark);
  CHECK(d.bench.view.over == iz::Over::none);
  CHECK(d.bench.view.field.empty());
  // What was run stands first the next time.
  d.key(Key::f1);
  CHECK(found(d.bench, "").front().words == "Dark colours");
  d.screen.type("ucum code");
  d.key(Key::enter);
  CHECK(d.bench.selected_text() == "ML");
  CHECK(d.bench.view.focus == iz::Pane::editor);
  d.key(Key::k, true);
  d.screen.type("nothing of that kind");
  d.key(Key::enter);
  CHECK(d.bench.view.over == iz::Over::palette);
  d.key(Key::escape);
  CHECK(d.bench.view.over == iz::Over::none);
  d.screen.type("x");
  CHECK(d.bench.text() != faulty().text);
}

TEST_CASE("a command's key closes the palette first", "[ui][palette]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  const std::string before = d.bench.text();
  d.key(Key::k, true);
  d.screen.type("remove this seg");
  d.frames();
  d.key(Key::g, true);
  CHECK(d.bench.view.over == iz::Over::none);
  d.screen.type("PID-7");
  d.key(Key::enter);
  CHECK(d.bench.text() == before);
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]-7[1]");
}

TEST_CASE("what cannot be done now is found, and says so", "[ui][palette]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  iz::PaletteList list;
  list.update(d.bench, "everything in the usual size");
  REQUIRE_FALSE(list.items().empty());
  CHECK_FALSE(list.items()[0].runs);
  CHECK(list.items()[0].more == "not now");
}

TEST_CASE("the palette by pointer", "[ui][palette]") {
  Desk d;
  d.open(faulty().text);
  d.click(1300, 24);  // what looks like a field in the upper bar
  REQUIRE(d.bench.view.over == iz::Over::palette);
  d.screen.type("high contrast");
  d.frames();
  d.click(600, 56 + 56 + 4 + 28 + 18);  // first row under its heading
  CHECK(d.bench.view.theme == iz::ThemeChoice::contrast);
  d.click(1576, 24);  // the question mark
  REQUIRE(d.bench.view.over == iz::Over::palette);
  d.click(300, 400);  // elsewhere
  CHECK(d.bench.view.over == iz::Over::none);
  CHECK(d.bench.view.field.empty());
}

TEST_CASE("a line of text is edited", "[ui][palette]") {
  iz::LineText line;
  line.insert("one two\rthree");
  CHECK(line.text == "one two three");
  line.key({.key = Key::backspace, .command = true});
  CHECK(line.text == "one two ");
  line.key({.key = Key::home});
  line.key({.key = Key::right, .command = true, .shift = true});
  CHECK(line.selected() == "one ");
  line.insert("\xc3\xa9");
  CHECK(line.text == "\xc3\xa9two ");
  line.key({.key = Key::left});
  CHECK(line.caret == 0);
  line.key({.key = Key::erase});
  CHECK(line.text == "two ");
  line.key({.key = Key::a, .command = true});
  CHECK(line.selected() == "two ");
  line.key({.key = Key::backspace});
  CHECK(line.text.empty());
  CHECK(line.key({.key = Key::backspace}));
  CHECK_FALSE(line.key({.key = Key::f8}));
}

TEST_CASE("pictures of the palette", "[ui][pictures]") {
  struct Picture {
    const char* name;
    int width, height;
    iz::ThemeChoice theme;
    const char* typed;
  };
  for (const Picture& p : {Picture{"palette-light", 1600, 900, iz::ThemeChoice::light, ""},
                           Picture{"palette-typed-dark", 1600, 900, iz::ThemeChoice::dark, "lot"},
                           Picture{"palette-codes", 1600, 900, iz::ThemeChoice::light, "cvx covid"},
                           Picture{"palette-narrow", 400, 860, iz::ThemeChoice::light, "unit"},
                           Picture{"palette-nothing", 1100, 800, iz::ThemeChoice::light, "qqqq"}}) {
    Desk d(p.width, p.height);
    d.bench.view.theme = p.theme;
    d.open(faulty().text);
    d.key(Key::k, true);
    d.screen.type(p.typed);
    iz::test::check_picture(p.name, d.frames());
  }
}
