// The workspace Local rules drawn and operated without a browser.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <string>

#include "core/embedded.h"
#include "core/local_edit.h"
#include "core/local_template.h"
#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/pane_local.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::LocalKey;
using iz::Workspace;
using iz::test::Desk;

/// One of the profiles that come with the program.
std::string shipped(std::string_view name) {
  for (const iz::EmbeddedFile& f : iz::embedded_files())
    if (f.name == "core/local/" + std::string(name) + ".json") return std::string(f.text);
  FAIL("no profile " << name);
  return {};
}

iz::LocalChange place(std::string at) {
  iz::LocalChange out;
  out[LocalKey::at] = std::move(at);
  return out;
}
iz::LocalChange rule(std::string id) {
  iz::LocalChange out;
  out[LocalKey::rule] = std::move(id);
  return out;
}

void open(Desk& d, std::string_view name = "address-required") {
  d.open(iz::test::example_messages()[1].text);
  REQUIRE(d.bench.open_local_text(shipped(name), std::string(name) + ".json"));
  d.frames();
}

std::string text_of(const Desk& d) { return d.bench.local_tab()->profile->text(); }

size_t errors(const Desk& d) {
  return static_cast<size_t>(std::count_if(d.bench.report().findings.begin(), d.bench.report().findings.end(),
                                           [](const iz::Finding& f) { return f.severity == iz::Severity::error; }));
}

}  // namespace

TEST_CASE("a local profile that is opened is checked with, and stays out when it is closed", "[ui][local]") {
  Desk d;
  open(d, "route-required");
  CHECK(d.bench.view.workspace == Workspace::local);
  CHECK(d.bench.layers() == "R1.5 + Addendum + Westbrook IIS (invented)");
  CHECK(d.bench.catalogue().rule("WB-520") != nullptr);
  CHECK(d.bench.national().rule("WB-520") == nullptr);
  // A message that lacks a route is stored nationally, and not here.
  std::string text(iz::test::example_messages()[1].text);
  const size_t at = text.find("RXR|");
  REQUIRE(at != std::string::npos);
  text.erase(at, text.find_first_of("\r\n", at) + 1 - at);
  d.bench.rewrite(text);
  REQUIRE(errors(d) == 1);
  const iz::LocalImpact& impact = d.bench.local_impact();
  CHECK(impact.is[0] == impact.was[0] + 1);
  CHECK(impact.answer_was != impact.answer_is);
  CHECK(impact.ack.find("WB-520") != std::string::npos);
  const auto own =
      std::find_if(impact.rows.begin(), impact.rows.end(), [](const auto& r) { return r.about == "WB-520"; });
  REQUIRE(own != impact.rows.end());
  CHECK_FALSE(own->national.has_value());
  CHECK(own->here == iz::Severity::error);
  d.bench.choose_local(-1);
  CHECK(errors(d) == 0);
  CHECK(d.bench.layers() == "R1.5 + Addendum");
  d.bench.close_local(0);
  CHECK(d.bench.locals().empty());
}

TEST_CASE("what is no local profile is refused with line and reason, and what was in use stays", "[ui][local]") {
  Desk d;
  open(d);
  CHECK_FALSE(
      d.bench.open_local_text("{\"local_profile\": 1,\n \"id\": \"x\", \"title\": \"X\", \"edition\": \"1\",\n"
                              " \"changes\": [{\"rule\": \"name-jun\", \"code\": \"1\"}]}",
                              "x.json"));
  CHECK(d.bench.view.local.refused.find("line 3: no rule is called name-jun") != std::string::npos);
  REQUIRE(d.bench.local_tab() != nullptr);
  CHECK(d.bench.local_tab()->profile->id == "alderport");
  d.frames();
}

TEST_CASE("severity, usage, words and codes of a row are changed, taken back and done again", "[ui][local]") {
  Desk d;
  open(d);
  const std::string before = text_of(d);
  d.bench.choose_row(rule("IZ-29"));
  d.bench.set_local(LocalKey::code, "AP-29");
  CHECK(d.bench.view.local.refused.empty());
  CHECK(d.bench.local_tab()->edited());
  CHECK(d.bench.catalogue().rule("IZ-29")->local >= 0);
  // Less than nationally wants a reason; until there is one, what was so stays.
  const std::string with_code = text_of(d);
  d.bench.set_local(LocalKey::severity, "warning");
  CHECK(d.bench.view.local.refused.find("say why") != std::string::npos);
  CHECK(text_of(d) == with_code);
  d.frames();
  d.bench.view.open_field("local.relaxes");
  d.screen.type("Nobody reads it.");
  CHECK(d.bench.local_due());
  d.bench.commit_local();
  CHECK(d.bench.view.local.refused.empty());
  CHECK(d.bench.catalogue().rule("IZ-29")->severity == iz::Severity::warning);
  // And no reason where nothing is relaxed: it goes by itself.
  d.bench.set_local(LocalKey::severity, "");
  CHECK(d.bench.view.local.refused.empty());
  CHECK(text_of(d).find("Nobody") == std::string::npos);
  d.bench.step_local(-1);
  d.bench.step_local(-1);
  d.bench.step_local(-1);
  CHECK(d.bench.catalogue().rule("IZ-29")->local < 0);
  CHECK(iz::LocalProfile::read(text_of(d))->changes.size() == iz::LocalProfile::read(before)->changes.size());
  d.bench.step_local(1);
  CHECK(text_of(d) == with_code);
  // A place: usage and back.
  iz::LocalChange address = place("PID-11");
  address[LocalKey::since] = "2026-01-15";
  d.bench.choose_row(address);
  d.bench.reset_row();
  CHECK(text_of(d).find("AP-311") == std::string::npos);
  CHECK(d.bench.view.local.refused.empty());
}

TEST_CASE("what is typed in the form is taken after a pause", "[ui][local]") {
  Desk d;
  open(d);
  d.bench.choose_row(place("PID-13"));
  d.frames();
  d.bench.view.focus = iz::Pane::code_page;
  d.bench.view.open_field("local.message");
  d.bench.view.write_field("A phone number, please.");
  d.frames();
  CHECK(text_of(d).find("please") == std::string::npos);
  CHECK(d.screen.waits());
  d.screen.frame(iz::Screen::calm + 0.1f);
  d.frames();
  CHECK(text_of(d).find("A phone number, please.") != std::string::npos);
  CHECK_FALSE(d.screen.waits());
  // Esc gives the field back without more ado; what was taken can be undone.
  d.key(Key::escape);
  CHECK(d.bench.view.field.empty());
  d.key(Key::z, true);
  CHECK(text_of(d).find("please") == std::string::npos);
}

TEST_CASE("the list is walked with the keyboard, filtered, and leads to the form", "[ui][local]") {
  Desk d;
  open(d);
  const std::string text = d.bench.text();
  d.bench.view.focus = iz::Pane::codes;
  CHECK(d.key(Key::down));
  CHECK(d.bench.view.local.chosen);
  CHECK(iz::subject(d.bench.view.local.draft) == "PID-11");
  CHECK(d.key(Key::down));
  CHECK(iz::subject(d.bench.view.local.draft) == "PID-11.5");
  CHECK(d.key(Key::enter));
  CHECK(d.bench.view.focus == iz::Pane::code_page);
  // Profile and Reset to national stand first; the next ones are the usages.
  CHECK(d.key(Key::tab));
  CHECK(d.key(Key::tab));
  CHECK(d.key(Key::enter));
  d.frames();
  CHECK(d.bench.view.local.draft[LocalKey::usage].empty());
  d.bench.step_local(-1);
  d.bench.view.focus = iz::Pane::codes;
  d.bench.view.local.all = true;
  const size_t all = iz::local_rows(d.bench).size();
  CHECK(all > 300);
  d.screen.type("newborn");
  d.frames();
  CHECK(d.bench.view.field == iz::local_filter);
  CHECK(d.key(Key::down));
  CHECK(d.key(Key::down));
  CHECK(d.bench.view.local.chosen);
  CHECK(d.bench.text() == text);
}

TEST_CASE("a rule of one's own is added, found and removed", "[ui][local]") {
  Desk d;
  open(d);
  d.bench.start_rule();
  d.frames();
  CHECK(d.bench.view.field == iz::new_place);
  d.bench.add_rule();
  CHECK(d.bench.view.local.refused.find("Name the place") != std::string::npos);
  const auto fill = [&](const char* field, std::string_view words) { d.bench.view.fields[field].set(words); };
  fill(iz::new_place, "RXA-15");
  fill(iz::new_code, "AP-515");
  fill(iz::new_values, "[0-9]{3}");
  fill(iz::new_message, "Lots have three digits here.");
  d.bench.view.local.test = iz::NewTest::like;
  d.bench.add_rule();
  INFO(d.bench.view.local.refused);
  CHECK_FALSE(d.bench.view.local.adding);
  REQUIRE(d.bench.catalogue().rule("AP-515") != nullptr);
  const auto& findings = d.bench.report().findings;
  CHECK(std::any_of(findings.begin(), findings.end(),
                    [&](const iz::Finding& f) { return d.bench.catalogue().rules[f.rule].id == "AP-515"; }));
  d.frames();
  d.bench.set_local(LocalKey::severity, "info");
  CHECK(d.bench.catalogue().rule("AP-515")->severity == iz::Severity::info);
  d.bench.reset_row();
  CHECK(d.bench.catalogue().rule("AP-515") == nullptr);
}

TEST_CASE("files, templates and pasted profiles are told from messages", "[ui][local]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  const auto file = [](std::string name, std::string bytes) {
    return iz::NamedFile{std::move(name), std::make_shared<const std::string>(std::move(bytes))};
  };
  d.bench.open_files({file("quillbay.json", shipped("facility-must-match"))});
  REQUIRE(d.bench.local_tab() != nullptr);
  CHECK(d.bench.local_tab()->profile->id == "quillbay");
  const std::string csv = iz::template_csv(d.bench.catalogue(), d.bench.local_tab()->profile.get());
  CHECK(iz::is_local_file(csv));
  CHECK_FALSE(iz::is_local_file(d.bench.text()));
  CHECK_FALSE(iz::is_local_file("{\"resourceType\": \"Bundle\"}"));
  std::string edited = csv;
  const size_t at = edited.find("QB-40");
  REQUIRE(at != std::string::npos);
  edited.replace(at, 5, "QB-99");
  d.bench.open_files({file("edited.csv", edited), file("m.hl7", std::string(iz::test::example_messages()[1].text))});
  CHECK(d.bench.locals().size() == 1);
  CHECK(d.bench.local_tab()->profile->text().find("QB-99") != std::string::npos);
  CHECK(d.bench.local_tab()->edited());
  CHECK(d.bench.view.workspace == Workspace::analyse);
  // The other text of the same registry can be taken back.
  d.bench.step_local(-1);
  CHECK(d.bench.local_tab()->profile->text().find("QB-40") != std::string::npos);
}

TEST_CASE("two profiles are compared, and one with changes is not thrown away by one press", "[ui][local]") {
  Desk d;
  open(d);
  REQUIRE(d.bench.open_local_text(shipped("route-required"), "westbrook.json"));
  d.bench.compare_local(0);
  d.frames();
  const auto rows = iz::local_rows(d.bench);
  REQUIRE(rows.size() > 3);
  CHECK(std::any_of(rows.begin(), rows.end(), [](const iz::LocalRow& r) {
    return r.place == "PID-11" && r.said.starts_with("as nationally") && r.there.find("AP-311") != std::string::npos;
  }));
  d.bench.choose_row(rule("IZ-29"));
  d.bench.set_local(LocalKey::code, "WB-1");
  d.bench.close_local(1);
  CHECK(d.bench.locals().size() == 2);
  CHECK(d.bench.view.local.refused.find("not saved") != std::string::npos);
  d.bench.close_local(1);
  CHECK(d.bench.locals().size() == 1);
}

TEST_CASE("an exported template is what is in use", "[ui][local]") {
  Desk d;
  open(d);
  d.bench.view.local.wanted = iz::LocalExport::sheet;
  d.frames(1);
  const iz::Requests sheet = d.screen.take_requests();
  CHECK(sheet.file == "alderport-errors.csv");
  CHECK(iz::LocalProfile::read(iz::local_from_csv(sheet.content))->changes.size() == 4);
  d.bench.view.local.wanted = iz::LocalExport::page;
  d.frames(1);
  const iz::Requests page = d.screen.take_requests();
  CHECK(page.file == "alderport-errors.html");
  CHECK(page.content.find("AP-311") != std::string::npos);
}

TEST_CASE("of two dated changes the one that is meant is edited", "[ui][local]") {
  Desk d;
  d.open(iz::test::example_messages()[1].text);
  REQUIRE(d.bench.open_local_text(R"({"local_profile": 1, "id": "x", "title": "X", "edition": "1", "changes": [
    {"at": "PID-13", "severity": "warning", "code": "OLD"},
    {"at": "PID-13", "severity": "error", "code": "NEW", "since": "2026-01-01"}]})",
                                  "x.json"));
  const auto rows = iz::local_rows(d.bench);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].kind == "until");
  CHECK(rows[1].kind == "tighter");
  d.bench.choose_row(rows[1].about);
  CHECK(d.bench.view.typed("local.code") == "NEW");
  d.bench.set_local(LocalKey::severity, "warning");
  CHECK(d.bench.view.local.refused.empty());
  CHECK(text_of(d).find("\"severity\":\"error\"") == std::string::npos);
  d.bench.reset_row();
  CHECK(text_of(d).find("OLD") != std::string::npos);
  CHECK(text_of(d).find("NEW") == std::string::npos);
}

TEST_CASE("a rule that waits for its day is read, edited and removed", "[ui][local]") {
  Desk d;
  open(d, "route-required");
  d.bench.choose_row(rule("WB-515"));
  d.bench.set_local(LocalKey::since, "2090-01-01");
  CHECK(d.bench.view.local.refused.empty());
  CHECK(d.bench.catalogue().rule("WB-515") == nullptr);
  d.frames();
  d.bench.choose_row(rule("WB-515"));
  CHECK(d.bench.view.typed("local.message").starts_with("{place}"));
  d.bench.set_local(LocalKey::since, "");
  CHECK(d.bench.catalogue().rule("WB-515") != nullptr);
  // What waits is wrong today, too.
  CHECK_FALSE(d.bench.open_local_text(R"({"local_profile": 1, "id": "x", "title": "X", "edition": "1", "changes": [
    {"rule": "nope", "severity": "error", "since": "2090-01-01"}]})",
                                      "x.json"));
}

TEST_CASE("nothing that was typed is lost", "[ui][local]") {
  Desk d;
  open(d);
  // Another profile is opened while something is typed.
  d.bench.choose_row(place("PID-13"));
  d.bench.view.fields["local.message"].set("Typed a moment ago.");
  REQUIRE(d.bench.open_local_text(shipped("route-required"), "westbrook.json"));
  CHECK(d.bench.locals()[0].profile->text().find("Typed a moment ago.") != std::string::npos);
  // What is refused is there again when the row is.
  d.bench.choose_row(rule("name-junk"));
  d.bench.set_local(LocalKey::severity, "info");
  CHECK_FALSE(d.bench.view.local.refused.empty());
  d.bench.view.fields["local.message"].set("A long sentence.");
  d.bench.choose_row(rule("IZ-29"));
  d.bench.choose_row(rule("name-junk"));
  CHECK(d.bench.view.local.draft[LocalKey::severity] == "info");
  // A name of the profile is taken back by undo, and stays so.
  d.bench.leave_row();
  d.bench.view.open_field("local.p.title");
  d.bench.view.write_field("County IIS");
  d.bench.commit_local();
  CHECK(d.bench.local_tab()->profile->title == "County IIS");
  d.key(Key::z, true);
  d.screen.frame(iz::Screen::calm + 0.1f);
  d.screen.frame(iz::Screen::calm + 0.1f);
  CHECK(d.bench.local_tab()->profile->title == "Westbrook IIS (invented)");
  // Two new profiles are two.
  d.bench.new_local();
  d.bench.new_local();
  CHECK(d.bench.locals().size() == 4);
  // Closing asks anew after each edit.
  d.bench.view.fields["local.p.title"].set("A");
  d.bench.close_local(3);
  d.bench.view.fields["local.p.title"].set("B");
  d.bench.close_local(3);
  CHECK(d.bench.locals().size() == 4);
  d.bench.close_local(3);
  CHECK(d.bench.locals().size() == 3);
}

TEST_CASE("members of a wrong kind are refused", "[ui][local]") {
  Desk d;
  for (const char* member : {"note", "title", "id", "edition", "contact", "source"}) {
    INFO(member);
    std::string text =
        R"({"local_profile": 1, "id": "x", "title": "X", "edition": "1", "note": "n", "contact": "c", "source": "s"})";
    const size_t at = text.find("\"" + std::string(member) + "\": \"") + std::string(member).size() + 4;
    text.replace(at, text.find('"', at + 1) + 1 - at, "7");
    CHECK_FALSE(d.bench.open_local_text(text, "x.json"));
    CHECK(d.bench.view.local.refused.find("is no text") != std::string::npos);
  }
  d.frames();
}

TEST_CASE("the code sets are searched anew with another profile", "[ui][local]") {
  Desk d;
  open(d);
  for (int i = 0; i < 6; ++i) {
    d.bench.open_codes();
    d.frames();
    d.bench.open_local();
    d.bench.choose_row(rule("IZ-29"));
    d.bench.set_local(LocalKey::code, "AP-" + std::to_string(i));
    d.bench.set_local(LocalKey::err3, i % 2 == 0 ? "101" : "103");
    d.frames();
  }
  d.bench.open_codes();
  d.frames();
  CHECK(d.bench.catalogue_change() > 6);
}

TEST_CASE("the workspace Local rules as pictures", "[ui][local][pictures]") {
  const auto scene = [](Desk& d) {
    open(d, "route-required");
    std::string text(iz::test::example_messages()[1].text);
    const size_t at = text.find("RXR|");
    text.erase(at, text.find_first_of("\r\n", at) + 1 - at);
    d.bench.rewrite(text);
    d.bench.choose_row(rule("WB-520"));
    d.bench.view.focus = iz::Pane::code_page;
    d.frames(4);
  };
  {
    Desk d;
    scene(d);
    iz::test::check_picture("local-light", d.frames());
    d.bench.view.theme = iz::ThemeChoice::dark;
    iz::test::check_picture("local-dark", d.frames());
  }
  {
    Desk d;
    open(d);
    REQUIRE(d.bench.open_local_text(shipped("route-required"), "westbrook.json"));
    d.bench.compare_local(0);
    iz::test::check_picture("local-compare", d.frames());
  }
  {
    Desk d;
    d.bench.open_local();
    iz::test::check_picture("local-empty", d.frames());
  }
  {
    Desk d;
    open(d);
    d.bench.start_rule();
    iz::test::check_picture("local-new-rule", d.frames());
  }
  Desk narrow(400, 860);
  scene(narrow);
  iz::test::check_picture("local-narrow", narrow.frames());
  narrow.bench.view.local.part = iz::LocalPart::rule;
  iz::test::check_picture("local-narrow-rule", narrow.frames());
  narrow.bench.view.local.part = iz::LocalPart::effect;
  iz::test::check_picture("local-narrow-effect", narrow.frames());
}
