// The workspace Codes drawn and operated without a browser.
#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/code_hits.h"
#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::Workspace;
using iz::test::count;
using iz::test::Desk;

std::string cell(std::string_view text) { return "|" + std::string(text); }

/// CDC's flat file of a table in use, line by line; `edit` may change or drop a row.
template <class Edit>
std::string cvx_file(const iz::Catalogue& catalogue, Edit edit) {
  const iz::CodeSet& cvx = *catalogue.code_set("CVX");
  std::string out;
  for (const iz::Code& row : cvx.codes()) {
    std::string status(row.status), name(row.display);
    if (!edit(row, status, name)) continue;
    std::string updated(cvx.cell(row, "updated"));
    for (char& c : updated) c = c == '-' ? '/' : c;
    out += std::string(row.code) + cell(name) + cell(cvx.cell(row, "full")) + cell(cvx.cell(row, "notes")) +
           cell(status) + cell(cvx.cell(row, "nonvaccine") == "yes" ? "True" : "False") + cell(updated) + "\r\n";
  }
  return out;
}

/// An edition of before: 308 and 28 were active, 334 was not there, MMR had another name.
std::string older_file(const iz::Catalogue& catalogue) {
  return cvx_file(catalogue, [](const iz::Code& row, std::string& status, std::string& name) {
    if (row.code == "308" || row.code == "28") status = "Active";
    if (row.code == "03") name = "M/M/R";
    return row.code != "334";
  });
}

void search(Desk& d, std::string_view text) {
  d.bench.open_codes();
  d.frames();
  d.screen.type(text);
  d.frames();
}

void offer(Desk& d, std::string name, std::string bytes) {
  d.bench.offer_files({{std::move(name), std::make_shared<const std::string>(std::move(bytes))}});
}

const iz::CodePlace& page(const Desk& d) { return d.bench.view.codes.page; }

}  // namespace

TEST_CASE("codes are found by what is typed, arrows move, Enter opens", "[ui][codes]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  const std::string text = d.bench.text();
  search(d, "mmr");
  CHECK(d.bench.view.workspace == Workspace::codes);
  CHECK(d.key(Key::enter));
  CHECK(page(d) == iz::CodePlace{"CVX", "03"});
  CHECK(d.key(Key::down));
  CHECK(d.key(Key::enter));
  CHECK(page(d) != iz::CodePlace{"CVX", "03"});
  CHECK(page(d).table == "CVX");
  const iz::CodePlace second = page(d);
  d.screen.key({.key = Key::left, .alt = true});
  CHECK(page(d) == iz::CodePlace{"CVX", "03"});
  d.screen.key({.key = Key::right, .alt = true});
  CHECK(page(d) == second);
  // Other text: the first hit is the current one again, also for Enter before a frame is drawn.
  d.key(Key::a, true);
  d.screen.type("208");
  d.screen.key({.key = Key::enter});
  CHECK(page(d) == iz::CodePlace{"CVX", "208"});
  CHECK(d.bench.text() == text);
}

TEST_CASE("a scanned bar code opens its statement", "[ui][codes]") {
  Desk d;
  const iz::CodeSet& vis = *d.bench.catalogue().code_set("PHVS_VISBarcodes_IIS");
  const std::string code(vis.codes()[3].code);
  d.bench.open_codes();
  d.bench.filter_codes(iz::CodeFilter::all);
  d.frames();
  for (char c : code) d.screen.type(std::string(1, c));
  d.screen.key({.key = Key::enter});
  CHECK(page(d) == iz::CodePlace{"PHVS_VISBarcodes_IIS", code});
}

TEST_CASE("the links of a page are walked with the keyboard", "[ui][codes]") {
  Desk d;
  search(d, "208");
  d.key(Key::enter);
  d.key(Key::tab);
  CHECK(d.bench.view.focus == iz::Pane::code_page);
  CHECK(d.bench.view.codes.link == 0);
  CHECK(d.key(Key::enter));  // the vaccine group
  CHECK(page(d) == iz::CodePlace{"VG", "213"});
  d.screen.key({.key = Key::left, .alt = true});
  CHECK(page(d) == iz::CodePlace{"CVX", "208"});
  CHECK(d.key(Key::tab));
  CHECK(d.key(Key::tab, false, true));
  CHECK(d.bench.view.focus == iz::Pane::codes);
  CHECK(d.bench.view.field == iz::code_field);
  // F6 goes round.
  std::vector<iz::Pane> seen;
  for (int i = 0; i < 4; ++i) {
    d.key(Key::f6);
    seen.push_back(d.bench.view.focus);
  }
  CHECK(seen == std::vector{iz::Pane::code_page, iz::Pane::beside, iz::Pane::bars, iz::Pane::codes});
}

TEST_CASE("a table that is brought is shown before it is used", "[ui][codes]") {
  Desk d;
  const std::string file = older_file(d.bench.catalogue());
  offer(d, "2024-10-01/cvx.txt", file);
  REQUIRE(d.bench.offer().found.tables.size() == 1);
  const iz::Image& image = d.frames();
  CHECK(count(image, {440, 80, 1160, 700}, iz::theme(iz::Palette::light).accent) > 500);  // the button
  CHECK(d.bench.brought().empty());
  CHECK(d.bench.catalogue().code_set("CVX")->edition.date == "2025-12-09");

  SECTION("Esc leaves everything as it was") {
    d.key(Key::escape);
    CHECK(d.bench.offer().empty());
    CHECK(d.bench.brought().empty());
    CHECK(d.bench.editions_of("CVX").size() == 1);
  }
  SECTION("an older one is compared with") {
    d.bench.use_offer(false);
    CHECK(d.bench.catalogue().code_set("CVX")->edition.date == "2025-12-09");
    REQUIRE(d.bench.editions_of("CVX").size() == 2);
    CHECK(d.bench.compared_editions().first->edition.date == "2024-10-01");
    d.frames();
    // The first row: status before names.
    d.bench.view.focus = iz::Pane::beside;
    d.key(Key::down);
    CHECK(page(d) == iz::CodePlace{"CVX", "28"});
    d.key(Key::down);
    CHECK(page(d) == iz::CodePlace{"CVX", "308"});
    d.key(Key::down);
    CHECK(page(d) == iz::CodePlace{"CVX", "334"});
    CHECK(d.bench.view.codes.change == 2);
    d.key(Key::down);
    CHECK(d.bench.view.codes.change == 2);  // the name of MMR is hidden
    d.bench.view.codes.hide_text = false;
    d.frames();
    d.key(Key::end);
    CHECK(page(d) == iz::CodePlace{"CVX", "03"});
  }
  SECTION("it can be used") {
    d.bench.use_offer(true);
    CHECK(d.bench.catalogue().code_set("CVX")->edition.date == "2024-10-01");
    CHECK(d.bench.catalogue().code_set("CVX")->find("334") == nullptr);
    d.frames();
    d.bench.forget_table(0);
    CHECK(d.bench.catalogue().code_set("CVX")->find("334") != nullptr);
    d.frames();
  }
}

TEST_CASE("a finding speaks of the edition that was brought", "[ui][codes]") {
  Desk d;
  std::string text(iz::test::example_messages()[0].text);
  const auto sentences = [&] {
    std::string out;
    for (const iz::Finding& f : d.bench.report().findings) {
      out += iz::sentence(d.bench.catalogue(), d.bench.message(), d.bench.report(), f) + "\n";
    }
    return out;
  };
  // A code that only one of the editions knows.
  const size_t at = text.find("^CVX");
  REQUIRE(at != std::string::npos);
  const size_t field = text.rfind('|', at) + 1;
  text.replace(field, text.find('^', field) - field, "334");
  d.open(text);
  CHECK(sentences().find("2024-10-01") == std::string::npos);
  offer(d, "2024-10-01/cvx.txt", older_file(d.bench.catalogue()));
  d.bench.use_offer(true);
  CHECK(sentences().find("2024-10-01") != std::string::npos);
  CHECK(d.bench.documents()[0].worst == iz::Severity::error);
}

TEST_CASE("a broken file is refused and the old edition stays", "[ui][codes]") {
  Desk d;
  offer(d, "cvx.txt", "");
  CHECK(d.bench.offer().found.tables.empty());
  CHECK(d.bench.offer().found.refused.size() == 1);
  const iz::Image& image = d.frames();
  CHECK(count(image, {440, 100, 1160, 300}, iz::theme(iz::Palette::light).err) > 60);
  d.key(Key::enter);  // the first part that the keyboard reaches closes it
  CHECK(d.bench.offer().empty());
  CHECK(d.bench.catalogue().code_set("CVX")->edition.date == "2025-12-09");
}

TEST_CASE("an edition without a date gets the one that is typed", "[ui][codes]") {
  Desk d;
  offer(d, "cvx.txt", cvx_file(d.bench.catalogue(), [](const iz::Code&, std::string&, std::string&) { return true; }));
  REQUIRE(d.bench.offer().found.tables.size() == 1);
  CHECK(d.bench.offer().found.tables[0].set->edition.date.empty());
  d.bench.view.open_field(iz::edition_field(0));
  d.frames();
  d.screen.type("2026-02-10");
  d.frames();
  d.bench.use_offer(true);
  CHECK(d.bench.catalogue().code_set("CVX")->edition.date == "2026-02-10");
}

TEST_CASE("a dropped file goes where it belongs", "[ui][codes]") {
  Desk d;
  const auto drop = [&](std::string name, std::string bytes) {
    d.bench.open_files({{std::move(name), std::make_shared<const std::string>(std::move(bytes))}});
    d.frames();
  };
  drop("a.hl7", std::string(iz::test::example_messages()[0].text));
  CHECK(d.bench.view.workspace == Workspace::analyse);
  CHECK(d.bench.text().starts_with("MSH"));
  drop("cvx.txt", older_file(d.bench.catalogue()));
  CHECK(d.bench.view.workspace == Workspace::codes);
  CHECK(d.bench.offer().found.tables.size() == 1);
  d.bench.drop_offer();
  drop("list.csv", "3,MMR\n208,COVID-19\n");
  CHECK(d.bench.offer().found.refused.size() == 1);  // nobody asked for a partner's list
  d.bench.drop_offer();
  d.bench.show_beside(iz::Beside::partner);
  drop("list.csv", "3,MMR\n208,COVID-19\n");
  CHECK(d.bench.offer().empty());
  CHECK(d.bench.view.codes.partner.starts_with("3,MMR"));
  drop("b.hl7", std::string(iz::test::example_messages()[1].text));
  CHECK(d.bench.view.workspace == Workspace::analyse);
  CHECK(d.bench.text() == iz::test::example_messages()[1].text);
}

TEST_CASE("nothing is kept unless that was chosen", "[ui][codes]") {
  Desk d;
  offer(d, "2024-10-01/cvx.txt", older_file(d.bench.catalogue()));
  d.bench.use_offer(true);
  CHECK(d.bench.kept_files().empty());
  d.bench.keep_tables(true);
  const std::vector<iz::KeptFile> kept = d.bench.kept_files();
  REQUIRE(kept.size() == 1);
  // As the next visit finds it.
  iz::Workbench next(iz::Catalogue::built_in());
  next.restore_files(kept);
  CHECK(next.editions_of("CVX").size() == 2);
  CHECK(next.catalogue().code_set("CVX")->edition.date == "2025-12-09");  // ours is newer by now
  CHECK(next.view.codes.keep);
  d.bench.keep_tables(false);
  CHECK(d.bench.kept_files().empty());
}

TEST_CASE("the code at a place of the message leads to its page and back", "[ui][codes]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  const auto at = [&](std::string_view path) { return d.bench.code_at(*iz::parse_path(path)); };
  const auto vaccine = at("RXA-5.1");
  REQUIRE(vaccine);
  CHECK(vaccine->table == "CVX");
  CHECK(at("RXA-5") == vaccine);
  CHECK_FALSE(at("RXA-5.2"));
  CHECK_FALSE(at("MSH-10"));
  CHECK(at("PID-8")->table.starts_with("HL70001"));
  CHECK(at("RXA-17.1")->table == "MVX");
  d.bench.open_code(vaccine->table, vaccine->code);
  d.frames();
  // Its uses are the last links of the page.
  d.bench.view.focus = iz::Pane::code_page;
  d.key(Key::end);
  d.key(Key::enter);
  CHECK(d.bench.view.workspace == Workspace::analyse);
  CHECK(iz::to_string(d.bench.selection().path).starts_with("RXA["));
  CHECK(d.bench.selected_text() == vaccine->code);

  // And from the caret by key; at a place without a code the key does nothing.
  CHECK(d.key(Key::enter, true));
  CHECK(d.bench.view.workspace == Workspace::codes);
  CHECK(d.bench.view.codes.page.code == vaccine->code);
  d.bench.view.workspace = Workspace::analyse;
  d.bench.select_place(*iz::parse_path("MSH-10"), iz::Pane::tree);
  d.key(Key::enter, true);
  CHECK(d.bench.view.workspace == Workspace::analyse);
}

TEST_CASE("a partner's list is compared and walked", "[ui][codes]") {
  Desk d;
  d.bench.open_codes();
  d.bench.show_beside(iz::Beside::partner);
  d.frames();
  d.bench.set_partner("code,name\n3,MMR\n997,Nothing\n28,DT\n208,COVID-19\n");
  d.frames();
  CHECK(d.key(Key::down));  // 997, which leads nowhere
  CHECK(page(d).table.empty());
  CHECK(d.key(Key::down));
  CHECK(page(d) == iz::CodePlace{"CVX", "03"});
  d.bench.view.codes.partner_filter = iz::PartnerFilter::missing;
  d.frames();
  d.key(Key::home);
  CHECK(page(d) == iz::CodePlace{"CVX", "01"});
}

TEST_CASE("the differences say which messages they touch", "[ui][codes]") {
  Desk d;
  std::string text(iz::test::example_messages()[0].text);
  d.open(text);
  offer(d, "2024-10-01/cvx.txt", older_file(d.bench.catalogue()));
  d.bench.use_offer(false);
  const iz::Theme& t = iz::theme(iz::Palette::light);
  const iz::Box foot = {1000, 760, 1040, 866};
  CHECK(count(d.frames(), foot, t.warn) == 0);
  const size_t at = text.find("^CVX");
  const size_t field = text.rfind('|', at) + 1;
  text.replace(field, text.find('^', field) - field, "308");
  d.open(text);
  d.bench.open_codes();
  CHECK(count(d.frames(), foot, t.warn) > 40);
}

TEST_CASE("the workspace Codes is drawn in every form and theme", "[ui][codes]") {
  for (const auto& [w, h, ratio] :
       {std::tuple{1600, 900, 1.0f}, {1100, 700, 1.25f}, {400, 860, 2.0f}, {320, 200, 1.0f}, {1, 1, 1.0f}}) {
    Desk d(w, h, ratio);
    search(d, "covid");
    offer(d, "2024-10-01/cvx.txt", older_file(d.bench.catalogue()));
    d.frames();
    d.bench.use_offer(false);
    for (int theme = 0; theme < 4; ++theme) {
      d.bench.view.theme = static_cast<iz::ThemeChoice>(theme);
      for (const iz::CodesTab tab : {iz::CodesTab::search, iz::CodesTab::page, iz::CodesTab::beside}) {
        d.bench.view.codes.tab = tab;
        d.bench.view.codes.beside = theme % 2 == 0 ? iz::Beside::compare : iz::Beside::editions;
        d.bench.show_code(theme % 2 == 0 ? "CVX" : "NDC_Use", theme % 2 == 0 ? "308" : "nothing like it");
        CHECK(d.frames(2).width == static_cast<int>(static_cast<float>(w) * ratio));
      }
    }
  }
}

TEST_CASE("pictures of the workspace Codes", "[ui][codes][pictures]") {
  const auto save = [](Desk& d, const char* name) { iz::test::check_picture(name, d.frames(4)); };
  const auto with_two = [&](Desk& d) {
    d.open(iz::test::example_messages()[0].text);
    offer(d, "2024-10-01/cvx.txt", older_file(d.bench.catalogue()));
    d.bench.use_offer(false);
    search(d, "covid");
    d.key(Key::enter);
  };
  for (const bool dark : {false, true}) {
    const auto theme = dark ? iz::ThemeChoice::dark : iz::ThemeChoice::light;
    Desk d;
    d.bench.view.theme = theme;
    with_two(d);
    save(d, dark ? "codes-dark" : "codes-light");
    offer(d, "cvx.txt", older_file(d.bench.catalogue()));
    save(d, dark ? "codes-import-dark" : "codes-import-light");
    d.bench.drop_offer();
    Desk n(400, 860);
    n.bench.view.theme = theme;
    with_two(n);
    n.bench.view.codes.tab = iz::CodesTab::search;
    save(n, dark ? "codes-search-narrow-dark" : "codes-search-narrow");
    n.bench.view.codes.tab = iz::CodesTab::page;
    save(n, dark ? "codes-page-narrow-dark" : "codes-page-narrow");
    n.bench.view.codes.tab = iz::CodesTab::beside;
    save(n, dark ? "codes-compare-narrow-dark" : "codes-compare-narrow");
    offer(n, "cvx.txt", older_file(n.bench.catalogue()));
    save(n, dark ? "codes-import-narrow-dark" : "codes-import-narrow");
  }
  Desk d;
  d.bench.open_codes();
  save(d, "codes-empty");
  offer(d, "NDC_Unit_use.txt", "");
  save(d, "codes-refused");
  d.bench.drop_offer();
  d.bench.filter_codes(iz::CodeFilter::ndc);
  d.bench.open_code("NDC_Use", d.bench.catalogue().code_set("NDC_Use")->codes()[40].code);
  d.bench.show_beside(iz::Beside::editions);
  save(d, "codes-editions");
  d.bench.set_partner("code,name\n3,MMR\n997,Nothing\n28,DT\n208,COVID-19\n213,SARS-COV-2\n141,Influenza\n");
  save(d, "codes-partner");
  d.bench.set_partner({});
  save(d, "codes-partner-empty");
  Desk m(1100, 800);
  with_two(m);
  save(m, "codes-medium");
}
