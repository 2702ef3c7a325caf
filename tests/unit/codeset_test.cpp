// Tables of codes: what the program holds is what the files say; imported tables stand in for built-in ones.
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "codesets/compiled.h"
#include "codesets/gs1.h"
#include "codesets/ndc.h"
#include "core/catalogue.h"
#include "core/code_links.h"
#include "core/cvx_period.h"

namespace iz {
namespace {

const Catalogue& built_in() { return Catalogue::built_in(); }

/// A table with these rows, ready for look-up.
std::shared_ptr<CodeSet> table(const std::string& id, std::vector<std::string> columns,
                               const std::vector<std::vector<std::string>>& rows) {
  auto set = std::make_shared<CodeSet>(id, std::move(columns));
  for (const auto& row : rows) {
    std::vector<std::string_view> cells;
    for (const std::string& cell : row) cells.push_back(set->keep(cell));
    set->add(cells);
  }
  set->index();
  return set;
}

}  // namespace

TEST_CASE("code sets: every cell is that of the file", "[codes]") {
  size_t cells = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(IZ_SOURCE_DIR) + "/codesets")) {
    if (file.path().extension() != ".json") continue;
    std::ifstream stream(file.path());
    const auto content = nlohmann::json::parse(stream);
    for (const auto& json : content.at("tables")) {
      const auto id = json.at("id").get<std::string>();
      INFO(id);
      const CodeSet* set = built_in().code_set(id);
      REQUIRE(set);
      REQUIRE(set->columns() == json.at("columns").get<std::vector<std::string>>());
      const auto& rows = json.at("rows");
      REQUIRE(set->codes().size() == rows.size());
      CHECK(set->edition.date == json.at("edition").at("date").get<std::string>());
      size_t differ = 0;
      for (size_t r = 0; r < rows.size(); ++r)
        for (size_t c = 0; c < rows[r].size(); ++c, ++cells)
          differ += set->cell(set->codes()[r], c) != (rows[r][c].is_null() ? "" : rows[r][c].get<std::string>());
      CHECK(differ == 0);
    }
  }
  CHECK(cells > 25'000);
}

TEST_CASE("code sets: what is not of the compiled form is refused", "[codes]") {
  const auto read = [](std::string_view text) { return read_compiled({&text, 1}); };
  const std::string head =
      R"({"id":"X","name":"x","edition":{"source":"s","date":"2026"},"columns":["code","display"],)";
  CHECK(read(head + "\"rows\":1}\nA\nalpha\n")[0]->find("A")->display == "alpha");
  CHECK_THROWS(read(head + "\"rows\":1}\nA\n"));
  CHECK_THROWS(read(head + "\"rows\":1,\"derived\":{\"display\":[\"code\",\"Y\",\"display\"]}}\nA\n\n"));
  CHECK_THROWS(read("{\"id\":\"X\"}\n"));
  CHECK_THROWS(read("no table\n"));
}

TEST_CASE("code sets: rows, columns and keys", "[codes]") {
  const CodeSet& groups = *built_in().code_set("VG");
  std::vector<std::string> names;
  for (const Code& row : groups.rows("94")) names.emplace_back(row.display);
  CHECK(names == std::vector<std::string>{"MMR", "VARICELLA"});
  CHECK(groups.key_of(*groups.find("94")) == "94|MMR");
  CHECK(groups.rows("no such code").empty());
  const CodeSet& cvx = *built_in().code_set("CVX");
  CHECK(cvx.cell(*cvx.find("03"), "full") == "measles, mumps and rubella virus vaccine");
  CHECK(cvx.cell(*cvx.find("03"), "no such column").empty());
  CHECK(cvx.newest_row() >= "2025-11-19");
  CHECK(edition_words(cvx) == "2025-12-09");
  const auto undated = table("T", {"code", "updated"}, {{"1", "2024-05-06"}, {"2", "2023-01-01"}});
  CHECK(edition_words(*undated) == "unknown, newest row 2024-05-06");
  CHECK(edition_words(*table("T", {"code"}, {})) == "unknown");
}

TEST_CASE("code sets: an imported table stands in for the built-in one", "[codes]") {
  const auto newer =
      table("CVX", {"code", "display", "status"}, {{"03", "MMR", "Active"}, {"997", "invented", "Active"}});
  const auto older = table("MVX", {"code", "display"}, {{"ZZZ", "Old Maker"}});
  const auto cpt = table("CPT", {"code", "display"}, {{"00001", "invented"}});
  const LoadedTable loaded[] = {{newer}, {older, false}, {cpt}, {nullptr}};
  const auto catalogue = Catalogue::load(embedded_files(), loaded);
  CHECK(catalogue->code_set("CVX") == newer.get());
  CHECK(catalogue->code_set("CPT") == cpt.get());
  REQUIRE(catalogue->other_editions("CVX").size() == 1);
  CHECK(catalogue->other_editions("CVX")[0]->codes().size() == 288);
  REQUIRE(catalogue->other_editions("MVX").size() == 1);
  CHECK(catalogue->other_editions("MVX")[0] == older);
  CHECK(catalogue->code_set("MVX")->find("MSD"));
  CHECK(catalogue->other_editions("VG").empty());
  CHECK(catalogue->other_editions("CPT").empty());
  CHECK(catalogue->links().cvx == newer.get());
  // Bindings follow: the profile looks a vaccine up in the table in use.
  const auto& binding = catalogue->profile("Z22")->segment("RXA")->fields[4].binding;
  CHECK(std::find(binding.begin(), binding.end(), newer.get()) != binding.end());
  // What other tables took from the built-in one stays theirs.
  const CodeSet& use = *catalogue->code_set("NDC_Use");
  CHECK(use.cell(*use.find("00006-4109-01"), "short") == "HPV, quadrivalent");
  CHECK(built_in().code_set("CVX") != newer.get());
}

TEST_CASE("National Drug Codes in every form", "[codes]") {
  const auto all = [](std::string_view text) {
    std::vector<std::string> out;
    const NdcReadings readings = read_ndc(text);
    for (const Ndc& ndc : readings.all()) out.emplace_back(ndc.text());
    return std::pair{readings.form, out};
  };
  using Codes = std::vector<std::string>;
  CHECK(all("00006-4109-02") == std::pair{NdcForm::ndc_5_4_2, Codes{"00006-4109-02"}});
  CHECK(all("0006-4109-02") == std::pair{NdcForm::ndc_4_4_2, Codes{"00006-4109-02"}});
  CHECK(all("58160-821-01") == std::pair{NdcForm::ndc_5_3_2, Codes{"58160-0821-01"}});
  CHECK(all("58160-0821-1") == std::pair{NdcForm::ndc_5_4_1, Codes{"58160-0821-01"}});
  CHECK(all(" 00006410902 ") == std::pair{NdcForm::digits_11, Codes{"00006-4109-02"}});
  CHECK(all("0006410902") == std::pair{NdcForm::digits_10, Codes{"00006-4109-02", "00064-0109-02", "00064-1090-02"}});
  for (const char* text : {"", "0006", "000064109021", "0006-4109", "0006-4109-02-1", "0006-4109-021", "A006-4109-02",
                           "--", "0006--02", "006-4109-02", "0006/4109/02"}) {
    INFO(text);
    CHECK(all(text) == std::pair{NdcForm::none, Codes{}});
  }
}

TEST_CASE("scans of cartons and statements", "[codes]") {
  CHECK(read_gs1("00300064109023").gtin == "00300064109023");
  const Gs1Scan carton = read_gs1(
      "]d201003000641090231726123110A1B2C3\x1d"
      "21SERIAL");
  CHECK(carton.gtin == "00300064109023");
  CHECK(carton.expiry == "261231");
  CHECK(carton.lot == "A1B2C3");
  CHECK(carton.serial == "SERIAL");
  const Gs1Scan typed = read_gs1("(01)00300064109023(17)261231(10)5T3K9");
  CHECK(typed.gtin == carton.gtin);
  CHECK(typed.lot == "5T3K9");
  CHECK(read_gs1("253088698300001111140611").vis() == "253088698300001111140611");
  CHECK(read_gs1("(253)0886983000011(11)140611").vis() == "253088698300001111140611");
  for (const char* text : {"", "MMR", "253", "2530886983000011", "2530886983000011119906311", "(01)003", "0006-4109-02",
                           "(01", "01003000641A9028"}) {
    INFO(text);
    CHECK_FALSE(read_gs1(text));
  }
  CHECK(is_gtin("00300064109023"));
  CHECK_FALSE(is_gtin("00300064109024"));
  CHECK(is_gtin("0380631207017"));
  CHECK_FALSE(is_gtin("030006410902"));
  CHECK_FALSE(is_gtin("003000641090A8"));
}

TEST_CASE("links: traps of CDC's tables", "[codes]") {
  const CodeLinks& links = built_in().links();
  const auto codes = [](const auto& rows) {
    std::vector<std::string> out;
    for (const Code* row : rows) out.emplace_back(row->code);
    return out;
  };
  SECTION("one National Drug Code, two vaccines") {
    const NdcRows found = links.find_ndc("58160-821-01");
    REQUIRE(found.use.size() == 2);
    CHECK(links.use->cell(*found.use[0], "cvx") == "43");
    CHECK(links.use->cell(*found.use[1], "cvx") == "44");
    CHECK(found.sale.empty());
    CHECK(found.form == NdcForm::ndc_5_3_2);
  }
  SECTION("ten digits without dashes: the table tells") {
    CHECK(codes(links.find_ndc("0006410902").sale) == std::vector<std::string>{"00006-4109-02"});
    CHECK(links.find_ndc("9999999999").empty());
  }
  SECTION("a GTIN of 13 digits, with and without its zero") {
    CHECK(codes(links.find_gtin("0380631207017").use) == std::vector<std::string>{"80631-0207-01"});
    CHECK(codes(links.find_gtin("00380631207017").use) == std::vector<std::string>{"80631-0207-01"});
  }
  SECTION("a GTIN that CDC does not list leads by the digits in it; so does one of a case of cartons") {
    CHECK(codes(links.find_gtin("00300064109023").sale) == std::vector<std::string>{"00006-4109-02"});
    CHECK(codes(links.find_gtin("50300064109028").sale) == std::vector<std::string>{"00006-4109-02"});
    CHECK(links.find_gtin("123").empty());
    CHECK(links.find_gtin("123456789012345").empty());
  }
  SECTION("rows of the linker that name ids that are gone are left out") {
    const CodeSet& linker = *built_in().code_set("NDC_Linker");
    size_t linked = 0;
    for (const Code& row : links.use->codes()) linked += links.of_use(row).size();
    size_t dangling = 0;
    const ColumnIndex use(links.use, "id"), sale(links.sale, "id");
    for (const Code& row : linker.codes())
      dangling += use.find(linker.cell(row, "use")).empty() || sale.find(linker.cell(row, "sale")).empty();
    CHECK(dangling == 5);
    CHECK(linked > linker.codes().size() - dangling);  // an id that stands for two vaccines is linked for both
    CHECK(links.of_use(*links.use->find("49281-0415-88")).empty());  // CDC links it to nothing
  }
  SECTION("several units of sale for a unit of use, and back") {
    const Code& use = *links.use->find("00006-4109-01");
    std::vector<std::string> cartons;
    for (const NdcLink& link : links.of_use(use)) {
      cartons.emplace_back(link.sale->code);
      CHECK(link.mvx == "MSD");
      bool back = false;
      for (const NdcLink& l : links.of_sale(*link.sale)) back |= l.use == &use;
      CHECK(back);
    }
    CHECK(cartons.size() > 1);
  }
  SECTION("makers, products, groups") {
    CHECK(links.makes("MSD", "62"));
    CHECK(links.makes("SKB", "43"));
    CHECK_FALSE(links.makes("MSD", "133"));
    CHECK_FALSE(links.makes("", "43"));
    CHECK(codes(links.trade_of_cvx("62")) == std::vector<std::string>{"GARDASIL"});
    CHECK(links.members_of_group("107").size() > 5);
    CHECK(links.groups_of_cvx("94").size() == 2);
  }
  SECTION("statements") {
    const Code* statement = links.find_vis("253088698300001111200108");
    REQUIRE(statement);
    const Code* url = links.url_of_vis(*statement);
    REQUIRE(url);
    CHECK(links.vis_urls->cell(*url, "pdf").starts_with("https://www.cdc.gov/"));
    CHECK(codes(links.cvx_of_vis(statement->code)) == std::vector<std::string>{"143"});
    CHECK(links.vis_of_document("0886983000011").size() == 3);
    CHECK_FALSE(links.vis_of_cvx("143").empty());
  }
}

TEST_CASE("when a vaccine was in use", "[codes]") {
  const CvxPeriod retired = cvx_period(built_in(), "230");
  CHECK(retired.start == "2022-09-23");  // AIRA says 2022-10-14: a National Drug Code is older
  CHECK(retired.start_basis == DateBasis::ndc);
  CHECK(cvx_period(built_in(), "01").end == "1997-01-01");
  CHECK(retired.end >= "2023-09-11");
  const CvxPeriod active = cvx_period(built_in(), "03");
  CHECK(active.end.empty());
  CHECK(active.start < "2010-05-28");  // AIRA's date repeats CDC's last change: a National Drug Code is older
  CHECK(active.start_basis == DateBasis::ndc);
  CHECK(basis_words(built_in(), active.start_basis, active.start_ndc).starts_with("by the National Drug Code 0"));
  CHECK(cvx_period(built_in(), "no code").start.empty());

  const auto cvx = table("CVX", {"code", "display", "status"},
                         {{"A1", "a", "Inactive"}, {"A2", "b", "Inactive"}, {"A3", "c", "Active"}});
  const auto use = table("NDC_Use", {"code", "cvx", "start", "end"},
                         {{"00001-0001-01", "A1", "2001-01-01", "2003-01-01"},
                          {"00001-0001-02", "A2", "2001-01-01", "2003-01-01"},
                          {"00001-0001-03", "A2", "2002-01-01", ""},
                          {"00001-0001-04", "A3", "2001-01-01", "2003-01-01"}});
  const auto sale =
      table("NDC_Sale", {"code", "cvx", "start", "end"}, {{"00001-0002-01", "A1", "2000-01-01", "2004-01-01"}});
  const auto dates =
      table("CVX_Dates", {"code", "start", "end"}, {{"A1", "2000-06-01", "2003-06-01"}, {"A2", "", "2009-01-01"}});
  const LoadedTable loaded[] = {{cvx}, {use}, {sale}, {dates}};
  const auto catalogue = Catalogue::load(embedded_files(), loaded);
  const CvxPeriod a1 = cvx_period(*catalogue, "A1"), a2 = cvx_period(*catalogue, "A2"),
                  a3 = cvx_period(*catalogue, "A3");
  CHECK(a1.start == "2000-01-01");
  CHECK(a1.end == "2004-01-01");
  CHECK(a1.end_ndc == "00001-0002-01");
  CHECK(a2.end.empty());  // one of its National Drug Codes has not ended
  CHECK(a3.end.empty());  // not Inactive
}

}  // namespace iz
