// New messages and the comparison of two.
#include <catch_amalgamated.hpp>
#include <string>

#include "core/templates.h"
#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/commands.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::test::Desk;

const iz::test::ExampleMessage& faulty() { return iz::test::example_messages()[0]; }

std::string mended() {
  std::string text(faulty().text);
  text.replace(text.find("|ML^^UCUM"), 9, "|mL^^UCUM");
  return text;
}

}  // namespace

TEST_CASE("a new message is made from a template by keyboard", "[ui][new]") {
  Desk d;
  d.frames();
  d.key(Key::k, true);
  d.screen.type("new message");
  d.key(Key::enter);
  REQUIRE(d.bench.view.over == iz::Over::gallery);
  REQUIRE(d.bench.view.field == "gallery");
  d.frames();
  const auto all = iz::templates();
  REQUIRE_FALSE(all.empty());
  d.screen.type(all[1].title);
  d.key(Key::enter);
  d.frames();
  CHECK(d.bench.view.over == iz::Over::none);
  CHECK(d.bench.text() == iz::fill_dates(all[1].text, d.bench.as_of()));
  CHECK(d.bench.documents().size() == 1);
  CHECK(d.bench.folded().errors == 0);
  // The next one is put beside it, and is one step of undo.
  const std::string first = d.bench.text();
  d.bench.add(faulty().text);
  CHECK(d.bench.documents().size() == 2);
  CHECK(d.bench.text() == faulty().text);
  d.bench.undo();
  CHECK(d.bench.documents().size() == 1);
  CHECK(d.bench.text() == first);
}

TEST_CASE("each example of the gallery opens", "[ui][new]") {
  Desk d;
  for (const iz::GalleryExample& e : iz::gallery(d.bench.as_of())) {
    INFO(e.title);
    d.bench.clear();
    d.bench.add(e.text);
    d.frames(1);
    CHECK_FALSE(d.bench.empty());
  }
}

TEST_CASE("two messages are compared by place and as text", "[ui][compare]") {
  Desk d;
  d.open(faulty().text);
  d.bench.add(mended());
  d.frames();
  d.key(Key::k, true);
  d.screen.type("compare with");
  d.key(Key::enter);
  d.frames();
  REQUIRE(d.bench.view.workspace == iz::Workspace::compare);
  REQUIRE(d.bench.compared().other == 0);
  const auto& differences = d.bench.compared().result.differences;
  REQUIRE(differences.size() == 1);
  CHECK(differences[0].before == "ML");
  CHECK(differences[0].after == "mL");
  d.click(500, 92 + 40 + 44 + 18);
  CHECK(d.bench.view.difference == 0);
  CHECK(iz::to_string(d.bench.selection().path).starts_with("RXA[1]-7"));
  d.key(Key::enter);
  CHECK(d.bench.view.workspace == iz::Workspace::analyse);
  CHECK(d.bench.selected_text() == "mL");
  CHECK(d.bench.view.focus == iz::Pane::editor);
  // An edit changes what differs.
  d.screen.type("ML");
  d.bench.open_compare();
  CHECK(d.bench.compared().result.differences.empty());
  d.bench.undo();
  d.frames();
  CHECK(differences.size() == 1);
  d.bench.swap_compared();
  CHECK(d.bench.current() == 0);
  CHECK(d.bench.compared().result.differences[0].after == "ML");
  d.bench.view.compare_text = true;
  const iz::Theme& t = iz::theme(iz::Palette::light);
  const iz::Image& image = d.frames();
  CHECK(iz::test::count(image, {0, 176, 800, 860}, t.errsoft) > 50);    // ML at the left
  CHECK(iz::test::count(image, {800, 176, 1600, 860}, t.oksoft) > 50);  // mL at the right
  d.key(Key::escape);
  CHECK(d.bench.view.workspace == iz::Workspace::analyse);
}

TEST_CASE("differences are filtered", "[ui][compare]") {
  Desk d;
  d.open(faulty().text);
  std::string text = mended();
  text.replace(text.find("LP-20260217-0412"), 16, "LP-OTHER");
  text += "NTE|1||added";
  d.bench.add(text);
  d.bench.open_compare();
  d.frames();
  const size_t all = d.bench.listed_differences().size();
  CHECK(all >= 3);
  d.bench.view.open_field("compare");
  d.frames();
  d.screen.type("lp-other");
  CHECK(d.bench.listed_differences().size() == 1);
  CHECK(d.bench.text() == text);
  d.bench.view.fields.clear();
  d.bench.view.close_field();
  d.bench.view.show_change[static_cast<size_t>(iz::Change::added)] = false;
  CHECK(d.bench.listed_differences().size() < all);
}

TEST_CASE("the other message is pasted", "[ui][compare]") {
  Desk d;
  d.open(faulty().text);
  d.bench.open_compare();
  d.frames();
  CHECK(d.bench.compared().other < 0);
  d.click(100, 92 + 40 + 100);  // paste the other message
  CHECK(d.screen.take_requests().paste);
  d.bench.paste_here(mended());
  d.frames();
  CHECK(d.bench.text() == faulty().text);
  REQUIRE(d.bench.compared().other == 1);
  CHECK(d.bench.compared().result.differences.size() == 1);
  d.bench.undo();
  d.frames();
  CHECK(d.bench.documents().size() == 1);
  CHECK(d.bench.compared().other < 0);
}

TEST_CASE("a copy without the person stands beside the message, each change to be seen", "[ui][compare]") {
  Desk d;
  d.open(faulty().text);
  const std::string original = d.bench.text();
  iz::Requests asked;
  iz::run(iz::command("deidentify"), d.bench, asked);
  REQUIRE(asked.copy_without_person);
  d.bench.add_copy_without_person("a secret of the tests");
  d.frames();
  REQUIRE(d.bench.documents().size() == 2);
  CHECK(d.bench.documents()[0].text == original);
  CHECK(d.bench.text().find("Oakhart") == std::string::npos);
  CHECK(d.bench.view.workspace == iz::Workspace::compare);
  CHECK(d.bench.compared().other == 0);
  CHECK(d.bench.compared().result.differences.size() > 20);
  CHECK(d.bench.documents()[1].notes.size() >= 3);
  // What is the same in both, and which problems: those of the original.
  CHECK(d.bench.report().findings.size() > 0);
  d.bench.undo();
  CHECK(d.bench.documents().size() == 1);
}

TEST_CASE("pictures of new messages and comparisons", "[ui][pictures]") {
  const auto save = [](Desk& d, const std::string& name) { iz::test::check_picture(name, d.frames(6)); };
  std::string text = mended();
  text.replace(text.find("LP-20260217-0412"), 16, "LP-20260218-0007");
  text.replace(text.find("|0.5|mL"), 4, "|0.25");
  text.erase(text.find("OBX|4"), text.find('\r', text.find("OBX|4")) + 1 - text.find("OBX|4"));
  for (const auto& [w, h, dark] :
       {std::tuple{1600, 900, false}, {1600, 900, true}, {1100, 800, false}, {400, 860, false}}) {
    const std::string end = std::to_string(w) + (dark ? "-dark" : "-light");
    Desk d(w, h);
    d.bench.view.theme = dark ? iz::ThemeChoice::dark : iz::ThemeChoice::light;
    d.open(faulty().text);
    d.bench.add(text);
    d.bench.open_compare();
    d.frames();
    d.key(Key::down);
    save(d, "compare-" + end);
    d.bench.view.compare_text = true;
    save(d, "compare-text-" + end);
    d.bench.close_compare();
    d.bench.open_over(iz::Over::gallery);
    save(d, "gallery-" + end);
  }
}
