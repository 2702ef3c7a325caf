// The tree and the problems: filters, groups, copying, menus, what an edit changed, the way back.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/commands.h"
#include "ui/problem_rows.h"
#include "ui/theme.h"
#include "ui/tree_rows.h"

namespace {

using iz::Key;
using iz::Pane;
using iz::test::Desk;
using Kind = iz::ProblemRow::Kind;

const iz::test::ExampleMessage& faulty() { return iz::test::example_messages()[0]; }

std::vector<std::string> paths(const Desk& d) {
  std::vector<std::string> out;
  for (const iz::TreeRow& row : iz::tree_rows(d.bench)) {
    if (row.kind == iz::TreeRow::Kind::element) out.push_back(iz::to_string(row.path));
  }
  return out;
}

std::vector<std::string> groups(const Desk& d) {
  std::vector<std::string> out;
  for (const iz::ProblemRow& row : iz::problem_rows(d.bench)) {
    if (row.kind == Kind::group) out.push_back(row.words);
  }
  return out;
}

size_t of_kind(const Desk& d, Kind kind) {
  size_t n = 0;
  for (const iz::ProblemRow& row : iz::problem_rows(d.bench)) n += row.kind == kind;
  return n;
}

}  // namespace

TEST_CASE("the title of a rule reads without a finding", "[ui][lists]") {
  CHECK(iz::plain_title("{name} \u201c{value}\u201d is not in {code_set}") == "A value is not in its code set");
  CHECK(iz::plain_title("RXA-2 is \u201c{value}\u201d, not 1") == "RXA-2 is \u201c\u2026\u201d, not 1");
  CHECK(iz::plain_title("\u201c{value}\u201d does not name an eligibility") == "A value does not name an eligibility");
  CHECK(iz::plain_title("{dose} has no funding eligibility") == "A dose has no funding eligibility");
  CHECK(iz::plain_title("Edition {next_edition} is used") == "Edition \u2026 is used");
}

TEST_CASE("the problems are told in plain words where these are chosen", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  const auto headlines = [&] {
    std::vector<std::string> out;
    for (const iz::Finding& f : d.bench.report().findings) out.push_back(d.bench.headline(f));
    return out;
  };
  const std::vector<std::string> analyst = headlines();
  REQUIRE(analyst.size() > 3);
  const auto choose = std::find_if(iz::commands().begin(), iz::commands().end(),
                                   [](const iz::Command& c) { return c.id == "problems.plain"; });
  REQUIRE(choose != iz::commands().end());
  iz::Requests requests;
  choose->act(d.bench, requests);
  const std::vector<std::string> clinician = headlines();
  for (size_t i = 0; i < clinician.size(); ++i) {
    INFO(analyst[i] << " / " << clinician[i]);
    CHECK(clinician[i] != analyst[i]);
    CHECK(clinician[i].ends_with("."));
    CHECK(clinician[i].find("RXA-") == std::string::npos);
  }
  // The filter looks through the words that are shown.
  const size_t all = d.bench.listed().size();
  const iz::Finding& first = d.bench.report().findings[d.bench.listed()[0]];
  d.bench.view.open_field("problems");
  d.screen.type(d.bench.headline(first));
  d.frames();
  CHECK(d.bench.listed().size() >= 1);
  CHECK(d.bench.listed().size() < all);
  choose->act(d.bench, requests);
  CHECK(d.bench.listed().empty());
  CHECK(headlines() == analyst);
}

TEST_CASE("the tree is filtered by path, name, value and meaning", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  d.click(1540, 112);  // Find field
  REQUIRE(d.bench.view.field == "tree");
  d.screen.type("lot number");
  d.frames();
  CHECK(paths(d) == std::vector<std::string>{"RXA[1]-15[1]", "RXA[2]-15[1]"});
  CHECK(iz::tree_rows(d.bench).size() == 6);  // with their doses and segments
  d.key(Key::a, true);
  d.screen.type("varicella");
  CHECK(paths(d) == std::vector<std::string>{"RXA[2]-5[1]", "OBX[5]-5[1]"});  // the vaccine and its leaflet
  d.key(Key::a, true);
  d.screen.type("pid-7");
  CHECK(paths(d) == std::vector<std::string>{"PID[1]-7[1]"});
  d.key(Key::a, true);
  d.screen.type("no such thing");
  CHECK(iz::tree_rows(d.bench).empty());
  d.frames();
  d.key(Key::escape);
  CHECK(d.bench.view.typed("tree").empty());
  CHECK(paths(d).size() > 4);
  // What is absent is found where all fields are shown.
  d.screen.type("dosage form");
  CHECK(paths(d).empty());
  d.bench.view.all_fields = true;
  CHECK(paths(d).size() == 2);
  d.key(Key::enter);
  CHECK(d.bench.view.field.empty());
  CHECK(d.bench.text() == faulty().text);
}

TEST_CASE("an absent field can be selected in the tree", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  d.bench.view.all_fields = true;
  d.bench.select_place(*iz::parse_path("RXA-8"), Pane::tree);
  d.frames();
  const auto rows = iz::tree_rows(d.bench);
  const int at = iz::row_of_selection(rows, d.bench);
  REQUIRE(at >= 0);
  CHECK(iz::to_string(rows[static_cast<size_t>(at)].path) == "RXA[1]-8[1]");
  CHECK_FALSE(rows[static_cast<size_t>(at)].present);
}

TEST_CASE("a missing segment has a row in the tree", "[ui][lists]") {
  Desk d;
  std::string text(faulty().text);
  text.erase(text.find("RXA|"), text.find('\r', text.find("RXA|")) + 1 - text.find("RXA|"));
  d.open(text);
  REQUIRE_FALSE(d.bench.missing().empty());
  const auto rows = iz::tree_rows(d.bench);
  const auto missing =
      std::find_if(rows.begin(), rows.end(), [](const iz::TreeRow& r) { return r.kind == iz::TreeRow::Kind::missing; });
  REQUIRE(missing != rows.end());
  d.bench.select_finding(static_cast<int>(missing->finding), Pane::problems);
  CHECK(iz::row_of_selection(rows, d.bench) == missing - rows.begin());
  // By keyboard it is reached from the row before it.
  d.bench.view.focus = Pane::tree;
  d.frames();
  d.key(Key::up);
  CHECK(d.bench.selection().finding != static_cast<int>(missing->finding));
  d.key(Key::down);
  CHECK(d.bench.selection().finding == static_cast<int>(missing->finding));
  // An absent field is filled where it stands.
  d.bench.view.all_fields = true;
  d.bench.select_place(*iz::parse_path("RXA[1]-8"), Pane::tree);
  d.bench.view.focus = Pane::tree;
  d.key(Key::enter);
  CHECK(d.bench.view.focus == Pane::editor);
  d.screen.type("x");
  CHECK(d.bench.message().get("RXA", 8) == "x");
}

TEST_CASE("the current place is copied from the tree", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  d.bench.select_place(*iz::parse_path("RXA-5"), Pane::tree);
  d.bench.view.focus = Pane::tree;
  CHECK(d.bench.copy_text() == "03^MMR^CVX");
  using As = iz::CopyAs;
  CHECK(d.bench.copy_place(As::path) == "RXA[1]-5[1]");
  CHECK(d.bench.copy_place(As::path_and_value) == "RXA[1]-5[1]\t03^MMR^CVX");
  CHECK(d.bench.copy_place(As::tsv) == "RXA[1]-5[1]\tAdministered Code\t03^MMR^CVX\tMMR (CVX 03)");
  CHECK(d.bench.copy_place(As::markdown) == "| RXA[1]-5[1] | Administered Code | 03^MMR^CVX | MMR (CVX 03) |");
  d.bench.select_place(*iz::parse_path("RXR"), Pane::tree);
  CHECK(d.bench.copy_text().starts_with("RXR|"));
  CHECK(d.bench.copy_place(As::markdown).find("RXR\\|") != std::string::npos);
}

TEST_CASE("the menu of a row by pointer, key and finger", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  const auto popup = [] { return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup); };
  d.move(1300, 176);  // PID in the tree
  ImGui::GetIO().AddMouseButtonEvent(1, true);
  d.frames(3);
  ImGui::GetIO().AddMouseButtonEvent(1, false);
  d.frames(3);
  d.screen.frame(0.016f);
  REQUIRE(popup());
  CHECK(iz::to_string(d.bench.selection().path) == "PID[1]");
  d.key(Key::down);
  d.key(Key::down);  // its path
  d.key(Key::enter);
  d.frames();
  CHECK(d.screen.take_requests().copy == "PID[1]");
  CHECK_FALSE(popup());

  d.bench.select_finding(static_cast<int>(d.bench.folded().shown[0].finding), Pane::problems);
  d.bench.view.focus = Pane::problems;
  d.frames();
  CHECK(d.key(Key::f10, false, true));
  d.frames();
  REQUIRE(popup());
  d.key(Key::down);
  d.key(Key::enter);
  d.frames();
  CHECK(d.screen.take_requests().copy == d.bench.problem_line());

  ImGui::GetIO().AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
  d.move(1300, 232);
  d.press(true);
  d.frames(40);
  CHECK(popup());
  d.press(false);
}

TEST_CASE("the problems are filtered and grouped", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  const size_t all = d.bench.listed().size();
  REQUIRE(all == 3);
  CHECK(groups(d).empty());
  d.bench.view.order = iz::ProblemOrder::who;
  CHECK(groups(d) == std::vector<std::string>{"Code-set owner", "Clinic staff"});
  d.bench.view.order = iz::ProblemOrder::segment;
  CHECK(groups(d).size() == 2);
  d.bench.view.order = iz::ProblemOrder::rule;
  CHECK(groups(d).size() == 3);
  d.frames();
  d.bench.view.focus = Pane::problems;
  d.key(Key::down);
  const int first = d.bench.selection().finding;
  d.key(Key::down);
  d.key(Key::down);
  const int last = d.bench.selection().finding;
  CHECK(last != first);
  d.key(Key::down);  // there is no other
  CHECK(d.bench.selection().finding == last);
  d.key(Key::up);
  d.key(Key::up);
  CHECK(d.bench.selection().finding == first);

  d.bench.view.order = iz::ProblemOrder::message;
  d.bench.view.open_field("problems");
  d.frames();
  d.screen.type("eligibility");
  d.frames();
  REQUIRE(d.bench.listed().size() == 1);
  d.key(Key::f8);  // goes only to what is listed
  CHECK(d.bench.selection().finding == static_cast<int>(d.bench.listed()[0]));
  d.key(Key::f8);
  CHECK(d.bench.selection().finding == static_cast<int>(d.bench.listed()[0]));
  d.bench.view.open_field("problems");
  d.frames();
  d.screen.type("xyz");
  d.frames();
  CHECK(d.bench.listed().empty());
  d.click(60, 654 + 44);  // show all of them
  CHECK(d.bench.listed().size() == all);
}

TEST_CASE("what the last edit made of the problems", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  CHECK(d.bench.problem_change().empty());
  d.bench.step_problem(1, Pane::problems);
  REQUIRE(d.bench.selected_text() == "ML");
  d.screen.type("mL");
  CHECK(iz::change_words(d.bench.problem_change()) == "1 gone");
  CHECK(d.bench.problem_change().gone[0].title.find("ML") != std::string::npos);
  CHECK(of_kind(d, Kind::gone) == 0);
  d.frames();
  d.click(120, 654 + 14);  // the line about the edit opens
  CHECK(of_kind(d, Kind::gone) == 1);
  d.key(Key::z, true);
  CHECK(iz::change_words(d.bench.problem_change()) == "1 new");
  const std::vector<iz::ProblemRow> rows = iz::problem_rows(d.bench);
  CHECK(std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.fresh; }) == 1);
  for (const uint32_t finding : d.bench.problem_change().added) {
    CHECK(std::count_if(rows.begin(), rows.end(),
                        [&](const auto& row) { return row.problem() && row.finding == finding; }) == 1);
  }
  // Typing is one edit, compared with what it began with: no such code, and too long. What moves by it is not new.
  d.key(Key::y, true);
  d.bench.select_place(*iz::parse_path("PID-8"), Pane::tree);
  d.screen.type("Q");
  d.screen.type("Q");
  CHECK(iz::change_words(d.bench.problem_change()) == "2 new");
  d.bench.set_caret(0, false);
  d.bench.insert("\r");
  for (const uint32_t finding : d.bench.problem_change().added) CHECK(d.bench.report().findings[finding].line == 1);
  d.bench.set_profile("Z23");
  CHECK(d.bench.problem_change().empty());
}

TEST_CASE("back and forward through the places", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  const auto here = [&] { return iz::to_string(d.bench.selection().path); };
  const auto alt = [&](Key k) {
    const bool used = d.screen.key({.key = k, .alt = true});
    d.frames(2);
    return used;
  };
  CHECK_FALSE(alt(Key::left));  // nothing before: the key is the browser's
  d.bench.select_place(*iz::parse_path("PID-5"), Pane::tree);
  d.bench.select_place(*iz::parse_path("RXA-5"), Pane::tree);
  d.bench.select_place(*iz::parse_path("OBX[3]-5"), Pane::tree);
  CHECK(alt(Key::left));
  CHECK(here() == "RXA[1]-5[1]");
  CHECK(alt(Key::left));
  CHECK(here() == "PID[1]-5[1]");
  CHECK(alt(Key::right));
  CHECK(here() == "RXA[1]-5[1]");
  // An edit moves the places behind it, not the way to them.
  d.bench.insert("a longer value");
  CHECK(alt(Key::right));
  CHECK(here() == "OBX[3]-5[1]");
  // The caret going from line to line is one place.
  d.bench.view.focus = Pane::editor;
  for (int i = 0; i < 5; ++i) d.key(Key::up);
  const std::string last = here();
  d.bench.select_place(*iz::parse_path("MSH-10"), Pane::tree);
  CHECK(alt(Key::left));
  CHECK(here().substr(0, 3) == last.substr(0, 3));
  CHECK(alt(Key::left));
  CHECK(here() == "OBX[3]-5[1]");
  d.bench.paste("MSH|^~\\&|other");
  CHECK_FALSE(d.bench.can_go(-1));
}

TEST_CASE("a pane that does not follow stays", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  d.bench.step_problem(1, Pane::problems);
  d.frames();
  const iz::Box explain = {1001, 490, 1590, 860}, tree = {1001, 133, 1590, 470};
  const auto copy = [&](iz::Box box) {
    std::vector<uint32_t> out;
    const iz::Image& image = d.frames(6);
    for (int y = static_cast<int>(box.y0); y < static_cast<int>(box.y1); ++y) {
      for (int x = static_cast<int>(box.x0); x < static_cast<int>(box.x1); ++x) out.push_back(image.at(x, y));
    }
    return out;
  };
  d.bench.set_follow(Pane::side, false);
  const auto before = copy(explain);
  d.bench.step_problem(1, Pane::problems);
  CHECK((copy(explain) == before));
  d.bench.set_follow(Pane::side, true);
  CHECK((copy(explain) != before));
  d.bench.set_follow(Pane::tree, false);
  const auto rows = iz::tree_rows(d.bench).size();
  d.bench.select_place(*iz::parse_path("PID-5"), Pane::editor);
  copy(tree);
  CHECK(iz::tree_rows(d.bench).size() <= rows);
  d.bench.set_follow(Pane::tree, true);
  CHECK(iz::row_of_selection(iz::tree_rows(d.bench), d.bench) >= 0);
}

TEST_CASE("the steps to the predicted answer", "[ui][lists]") {
  Desk d;
  d.open(faulty().text);
  d.click(100, 852);  // the line under the problems
  CHECK(d.bench.view.prediction_open);
  CHECK(d.bench.view.workspace == iz::Workspace::analyse);
  d.click(300, 800);  // a step
  CHECK(d.bench.selection().finding >= 0);
  d.bench.view.prediction_open = false;
  d.frames();
  d.click(930, 852);  // see the answer
  CHECK(d.bench.view.workspace == iz::Workspace::answer);
}

TEST_CASE("pictures of the lists", "[ui][pictures]") {
  const auto save = [](Desk& d, const std::string& name) { iz::test::check_picture(name, d.frames(6)); };
  for (const auto theme : {iz::ThemeChoice::light, iz::ThemeChoice::dark}) {
    const std::string end = theme == iz::ThemeChoice::light ? "-light" : "-dark";
    Desk d;
    d.bench.view.theme = theme;
    d.open(iz::test::example_messages()[1].text);
    d.bench.view.order = iz::ProblemOrder::who;
    d.bench.view.all_fields = true;
    d.bench.step_problem(1, Pane::problems);
    d.screen.type("x");
    d.bench.step_problem(1, Pane::problems);
    d.bench.view.changes_open = true;
    d.bench.view.prediction_open = true;
    save(d, "lists" + end);
    d.bench.view.prediction_open = false;
    d.bench.view.all_fields = false;
    d.bench.view.open_field("tree");
    d.frames();
    d.screen.type("vaccine");
    d.bench.view.focus = Pane::tree;
    d.bench.view.context_menu = true;
    save(d, "tree-filter" + end);
  }
  for (const iz::NarrowTab tab : {iz::NarrowTab::problems, iz::NarrowTab::tree}) {
    Desk d(400, 860);
    d.open(iz::test::example_messages()[1].text);
    d.bench.view.narrow = tab;
    d.bench.view.order = iz::ProblemOrder::who;
    d.bench.view.prediction_open = true;
    d.bench.step_problem(1, Pane::problems);
    save(d, tab == iz::NarrowTab::tree ? "tree-narrow" : "problems-narrow");
  }
  for (const auto& [name, order] : {std::pair{"problems-by-rule", iz::ProblemOrder::rule},
                                    {"problems-by-segment", iz::ProblemOrder::segment},
                                    {"problems-plain", iz::ProblemOrder::who},
                                    {"problems-filter", iz::ProblemOrder::message}}) {
    Desk d;
    d.open(faulty().text);
    d.bench.view.order = order;
    d.bench.view.plain_words = order == iz::ProblemOrder::who;
    if (d.bench.view.plain_words) d.bench.step_problem(1, Pane::problems);
    d.bench.view.focus = Pane::problems;
    if (order == iz::ProblemOrder::message) {
      d.bench.view.open_field("problems");
      d.frames();
      d.screen.type("no problem has this");
    }
    save(d, name);
  }
  Desk d(1100, 800);
  d.open(faulty().text);
  d.bench.view.side = iz::SideTab::tree;
  save(d, "tree-medium");
}
