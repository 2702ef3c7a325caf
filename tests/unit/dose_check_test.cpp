// The codes of a dose against CDC's tables, the traps of these tables among them.
#include "core/dose_check.h"

#include <catch_amalgamated.hpp>

#include "core/catalogue.h"
#include "core/check.h"
#include "core/code_links.h"
#include "core/edit.h"
#include "core/embedded.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Catalogue;
using iz::DoseFault;

const Catalogue& catalogue() { return Catalogue::built_in(); }

std::string put(const std::string& text, std::string_view place, std::string_view value) {
  iz::Message m;
  m.parse(text);
  const auto changed = iz::set_value(m, *iz::parse_path(place), value);
  REQUIRE(changed);
  return *changed;
}

/// The faults of the first dose of `text`.
uint32_t faults(const std::string& text, const Catalogue& c = catalogue()) {
  iz::Message m;
  m.parse(text);
  std::vector<uint32_t> segments;
  bool dose = false;
  for (uint32_t s = 0; s < m.segments().size(); ++s) {
    if (m.segments()[s].name == iz::segment_code("ORC")) {
      if (dose) break;
      dose = true;
    }
    if (dose) segments.push_back(s);
  }
  return iz::dose_faults(c.dose_codes(), m, segments);
}

bool has(uint32_t faults, DoseFault fault) { return faults >> static_cast<uint32_t>(fault) & 1; }

/// The first dose of the sample with another code and day.
std::string dose(std::string_view rxa5, std::string_view day = "20260217") {
  return put(put(iz::test::sample("vxu-two-doses"), "RXA[1]-5", rxa5), "RXA[1]-3", day);
}

std::string ndc(std::string_view code) { return "^^^" + std::string(code) + "^x^NDC"; }

}  // namespace

TEST_CASE("Days compare as numbers", "[dose]") {
  CHECK(iz::day_of("20240229") == 20240229);
  CHECK(iz::day_of("2024-02-29") == 20240229);
  CHECK(iz::day_of("202402291530-0500") == 20240229);
  CHECK(iz::day_of("20230229") == 0);
  CHECK(iz::day_of("202402") == 0);
  CHECK(iz::day_of("") == 0);
  CHECK(iz::day_of("2024022x") == 0);
  CHECK(iz::later(20231231, 1) == 20240101);
  CHECK(iz::later(20240301, -1) == 20240229);
  CHECK(iz::later(0, 5) == 0);
}

TEST_CASE("Every check of a dose has a name of its own", "[dose]") {
  CHECK(iz::dose_fault("ndc_ended") == DoseFault::ndc_ended);
  CHECK(iz::dose_fault("vis_unknown") == DoseFault::vis_unknown);
  CHECK(iz::dose_fault("set_id") == DoseFault::count);
  CHECK(iz::dose_fault("") == DoseFault::count);
}

TEST_CASE("A listed National Drug Code is found in each way of writing it, and only that is said", "[dose]") {
  const auto& links = catalogue().links();
  size_t forms = 0, ambiguous = 0;
  for (const iz::CodeSet* set : {links.use, links.sale}) {
    REQUIRE(set);
    for (const iz::Code& row : set->codes()) {
      const std::string whole(row.code);
      INFO(whole);
      CHECK_FALSE(has(faults(dose(ndc(whole))), DoseFault::ndc_form));
      std::string digits = whole;
      std::erase(digits, '-');
      std::vector<std::string> spellings = {digits};
      if (whole[0] == '0') spellings.push_back(whole.substr(1));
      if (whole[6] == '0') spellings.push_back(whole.substr(0, 6) + whole.substr(7));
      if (whole[11] == '0') spellings.push_back(whole.substr(0, 11) + whole.substr(12));
      for (const std::string& spelling : spellings) {
        INFO(spelling);
        CHECK(has(faults(dose(ndc(spelling))), DoseFault::ndc_form));
        ++forms;
        if (spelling.size() != 12) continue;
        std::string ten = spelling;
        std::erase(ten, '-');
        size_t listed = 0;
        const iz::NdcReadings readings = iz::read_ndc(ten);
        for (const iz::Ndc& reading : readings.all())
          listed += catalogue().dose_codes().product(reading.text()) != nullptr;
        REQUIRE(listed > 0);
        ambiguous += listed > 1;
        CHECK(has(faults(dose(ndc(ten))), DoseFault::ndc_form) == (listed == 1));
      }
    }
  }
  CHECK(forms > 2000);
  INFO(ambiguous << " of ten digits can be two codes");
  CHECK(ambiguous < 20);
}

TEST_CASE("A code that stands in for a unit of use is no unit of sale", "[dose]") {
  const auto& links = catalogue().links();
  size_t both = 0, stand_ins = 0, sale_only = 0;
  for (const iz::Code& row : links.use->codes()) {
    INFO(row.code);
    CHECK_FALSE(has(faults(dose(ndc(row.code))), DoseFault::ndc_sale));
    both += links.sale->find(row.code) != nullptr;
    stand_ins += !links.use->cell(row, "stands_in").empty();
  }
  for (const iz::Code& row : links.sale->codes())
    if (!links.use->find(row.code)) {
      CHECK(has(faults(dose(ndc(row.code))), DoseFault::ndc_sale));
      ++sale_only;
    }
  CHECK(both >= 63);
  CHECK(stand_ins == 61);
  CHECK(sale_only > 400);
}

TEST_CASE("One National Drug Code may be two vaccines", "[dose]") {
  for (const char* cvx : {"43", "44"})
    CHECK_FALSE(has(faults(dose(std::string(cvx) + "^x^CVX^58160-0821-01^x^NDC")), DoseFault::codes_differ));
  CHECK(has(faults(dose("08^x^CVX^58160-0821-01^x^NDC")), DoseFault::codes_differ));
  CHECK_FALSE(has(faults(dose("43^x^CVX^58160-0821^x^NDC")), DoseFault::codes_differ));
  CHECK_FALSE(has(faults(dose("43^x^CVX^58160-0821-01^x^CPT")), DoseFault::codes_differ));
}

TEST_CASE("Status says what a code is for", "[dose]") {
  const auto& cvx = *catalogue().links().cvx;
  size_t unspecified = 0, never = 0, non_us = 0;
  std::string no_vaccine;
  for (const iz::Code& row : cvx.codes()) {
    INFO(row.code);
    const uint32_t f = faults(dose(std::string(row.code) + "^x^CVX"));
    CHECK(has(f, DoseFault::cvx_never_active) == (row.status == "Never Active"));
    CHECK(has(f, DoseFault::cvx_non_us) == (row.status == "Non-US"));
    never += has(f, DoseFault::cvx_never_active);
    non_us += has(f, DoseFault::cvx_non_us);
    unspecified += has(f, DoseFault::cvx_unspecified);
    if (has(f, DoseFault::cvx_no_vaccine)) no_vaccine += std::string(row.code) + " ";
    CHECK_FALSE(has(f, DoseFault::cvx_none_given) != (row.code == "998"));
  }
  CHECK(never == 18);
  CHECK(non_us == 39);
  // 46 are called unspecified: 196 is Active, 179 and 500 are Non-US, 98 and 999 are no vaccines.
  CHECK(unspecified == 41);
  CHECK(no_vaccine == "76 95 96 97 98 99 999 ");
}

TEST_CASE("Without a date that can be trusted no day is questioned", "[dose]") {
  const auto& cvx = *catalogue().links().cvx;
  for (const iz::Code& row : cvx.codes()) {
    const iz::Vaccine& v = *catalogue().dose_codes().vaccine(row.code);
    INFO(row.code);
    for (const char* day : {"19000101", "20991231"}) {
      const uint32_t f = faults(dose(std::string(row.code) + "^x^CVX", day));
      CHECK(has(f, DoseFault::cvx_not_yet) == (v.start && iz::day_of(day) < v.start));
      CHECK(has(f, DoseFault::cvx_inactive) == (v.end && iz::day_of(day) > v.end));
    }
    if (row.status != "Inactive") CHECK(v.end == 0);
    if (v.start && v.end) CHECK(v.start <= v.end);
  }
  CHECK(catalogue().dose_codes().vaccine("161")->start == 20130610);
  CHECK(catalogue().dose_codes().vaccine("107")->start == 0);
  CHECK(catalogue().dose_codes().vaccine("327")->start == 20240617);  // new with its first product
  CHECK(catalogue().dose_codes().vaccine("119")->start == 0);         // the first one listed is of 2011
}

TEST_CASE("A product of a season ends with its season, another keeps for years", "[dose]") {
  const iz::Product* season = catalogue().dose_codes().product("49281-0514-00");
  REQUIRE(season);
  CHECK(season->end == 20150630);
  CHECK(season->not_after == 20150731);
  const iz::Product* other = catalogue().dose_codes().product("00005-1971-01");
  REQUIRE(other);
  CHECK(other->end == 20250930);
  CHECK(other->not_after == iz::later(20250930, iz::tolerances::ndc_shelf));
  CHECK(has(faults(dose(ndc("49281-0514-00"), "20150801")), DoseFault::ndc_ended));
  CHECK_FALSE(has(faults(dose(ndc("49281-0514-00"), "20150731")), DoseFault::ndc_ended));
}

TEST_CASE("No edition of a statement is questioned on its own day", "[dose]") {
  // Of 20 bar codes the date inside is another one than that of the list.
  size_t other_date = 0;
  const auto& vis = *catalogue().links().vis;
  for (const iz::Code& row : vis.codes()) {
    INFO(row.code);
    std::string day(vis.cell(row, "edition"));
    std::erase(day, '-');
    other_date += row.code.substr(18) != std::string_view(day).substr(2);
    const std::string text = put(put(iz::test::sample("vxu-two-doses"), "OBX[3]-5.1", row.code), "OBX[4]-5", day);
    const uint32_t f = faults(text);
    CHECK_FALSE(has(f, DoseFault::vis_too_early));
    CHECK_FALSE(has(f, DoseFault::vis_outdated));
    CHECK_FALSE(has(f, DoseFault::vis_bar_code));
    CHECK_FALSE(has(f, DoseFault::vis_unknown));
    CHECK(iz::is_vis_bar_code(row.code));
    // A year after the end of an edition it is outdated, and never while CDC calls it Current.
    const iz::VisEdition& e = *catalogue().dose_codes().vis(row.code);
    if (row.status == "Current") CHECK(e.outdated == 0);
    if (e.outdated)
      CHECK(has(faults(put(text, "OBX[4]-5", std::to_string(iz::later(e.outdated, 1)))), DoseFault::vis_outdated));
  }
  CHECK(other_date == 20);
}

TEST_CASE("Every statement goes with the vaccines that CDC lists it for", "[dose]") {
  const auto& table = *catalogue().links().cvx_vis;
  size_t pairs = 0;
  for (const iz::Code& row : table.codes()) {
    const std::string text = put(dose(std::string(row.code) + "^x^CVX"), "OBX[3]-5.1", table.cell(row, "vis"));
    INFO(row.code << " " << table.cell(row, "vis"));
    CHECK_FALSE(has(faults(text), DoseFault::vis_other_vaccine));
    ++pairs;
  }
  CHECK(pairs == 548);
  // MMR with the statement about hepatitis B.
  CHECK(has(faults(put(dose("03^MMR^CVX"), "OBX[3]-5.1", "253088698300005911250131")), DoseFault::vis_other_vaccine));
  // MMRV with that about MMR: a part of it.
  CHECK_FALSE(
      has(faults(put(dose("94^MMRV^CVX"), "OBX[3]-5.1", "253088698300012711250131")), DoseFault::vis_other_vaccine));
}

TEST_CASE("Every product goes with its own vaccines and makers", "[dose]") {
  const auto& links = catalogue().links();
  for (const iz::CodeSet* set : {links.use, links.sale}) {
    for (const iz::Code& row : set->codes()) {
      INFO(row.code);
      const std::string text = dose(std::string(set->cell(row, "cvx")) + "^x^CVX^" + std::string(row.code) + "^x^NDC");
      CHECK_FALSE(has(faults(text), DoseFault::codes_differ));
      for (const iz::NdcLink& link : set == links.use ? links.of_use(row) : links.of_sale(row)) {
        INFO(link.mvx);
        CHECK_FALSE(has(faults(put(text, "RXA[1]-17", link.mvx)), DoseFault::ndc_maker));
      }
    }
  }
}

TEST_CASE("A trade name goes with each vaccine that has it", "[dose]") {
  const auto& trade = *catalogue().links().trade;
  for (const iz::Code& row : trade.codes()) {
    INFO(row.code << " " << trade.cell(row, "cvx"));
    const std::string code(trade.cell(row, "cvx"));
    CHECK_FALSE(has(faults(dose(code + "^" + std::string(row.code) + "^CVX")), DoseFault::trade_name));
    if (const std::string mvx(trade.cell(row, "mvx")); !mvx.empty())
      CHECK_FALSE(has(faults(put(dose(code + "^x^CVX"), "RXA[1]-17", mvx)), DoseFault::cvx_maker));
  }
  CHECK(has(faults(dose("03^VARIVAX^CVX")), DoseFault::trade_name));
}

TEST_CASE("Broken doses do no harm", "[dose]") {
  const std::string base = iz::test::sample("vxu-two-doses");
  for (const char* value :
       {"", "\"\"", "^^^^^", "^^CVX^^^NDC", "3^^CVX", "~03^MMR^CVX", "03&1^MMR&x^CVX", "99999999999999999999^x^NDC"})
    CHECK_NOTHROW(faults(put(base, "RXA[1]-5", value)));
  std::string many = base;
  for (int i = 0; i < 40; ++i) many = put(many, "OBX[4]-5", "20200101");
  CHECK_NOTHROW(faults(many));
  CHECK(iz::dose_faults(iz::DoseCodes(), iz::Message(), {}) == 0);
  CHECK(faults("ORC|RE\nOBX|1|CE|69764-9|1|253") == 0);
}

TEST_CASE("A finding names the age of the edition and what another one says", "[dose]") {
  // An edition that is to come: 01 is in use again, 777 is new.
  auto set = std::make_shared<iz::CodeSet>("CVX", std::vector<std::string>{"code", "display", "status"});
  set->name = "Vaccines";
  set->system = "CVX";
  set->edition = {"CDC", "2026-06-01", "cvx.xml"};
  for (const auto& row : {std::array<std::string_view, 3>{"58", "Hep C", "Active"}, {"777", "Something new", "Active"}})
    set->add(row);
  set->index();
  const iz::LoadedTable beside{set, false};
  const auto with = Catalogue::load(iz::embedded_files(), {&beside, 1});
  const auto said = [&](std::string_view rxa5, iz::Date as_of, std::string_view rule) {
    iz::Message m;
    m.parse(put(iz::test::sample("vxu-two-doses"), "RXA[1]-5", rxa5));
    iz::Checker checker(*with);
    iz::Report report;
    checker.check(m, {.profile = {}, .as_of = as_of}, report);
    for (const iz::Finding& f : report.findings)
      if (with->rules[f.rule].id == rule) return sentence(*with, m, report, f);
    return std::string();
  };
  const auto contains = [](const std::string& text) { return Catch::Matchers::ContainsSubstring(text); };
  const std::string never = said("58^Hep C^CVX", {2026, 2, 18}, "cvx-never-active");
  CHECK_THAT(never, contains("edition 2025-12-09, 71 days old"));
  CHECK_THAT(never, contains("The edition 2026-06-01, which is loaded too, has it as Active."));
  CHECK_THAT(said("777^Something new^CVX", {2026, 2, 18}, "code_unknown"),
             contains("The edition 2026-06-01, which is loaded too, has it: Something new (Active)."));
  CHECK_THAT(said("58^Hep C^CVX", {}, "cvx-never-active"), contains("(CVX, edition 2025-12-09)"));
  CHECK_THAT(said("58^Hep C^CVX", {2024, 1, 1}, "cvx-never-active"), contains("(CVX, edition 2025-12-09)"));
  CHECK_THAT(said("888^x^CVX", {2026, 2, 18}, "code_unknown"), !contains("loaded"));
}
