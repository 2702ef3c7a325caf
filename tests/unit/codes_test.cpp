// Search over the tables of codes, and the page of a code.
#include <catch_amalgamated.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/code_page.h"
#include "core/code_search.h"
#include "core/write_codes.h"

namespace iz {
namespace {

const Catalogue& built_in() { return Catalogue::built_in(); }

const CodeSearch& search() {
  static const CodeSearch instance(built_in());
  return instance;
}

/// "CVX 208" for the best hit, empty for none.
std::string first(std::string_view text, std::string_view table = {}) {
  const CodeHits found = search().find(text, table);
  return found.hits.empty() ? "" : found.hits[0].set->id + " " + std::string(found.hits[0].code);
}

/// Whether a code is among the first `n` hits.
bool among(std::string_view text, std::string_view wanted, size_t n) {
  const CodeHits found = search().find(text, {}, n);
  return std::any_of(found.hits.begin(), found.hits.end(),
                     [&](const CodeHit& h) { return h.set->id + " " + std::string(h.code) == wanted; });
}

CodePage page(const char* table, std::string_view code) {
  return code_page(built_in(), *built_in().code_set(table), code);
}

std::string links(const CodePage& p, std::string_view title) {
  std::string out;
  for (const CodePage::Links& list : p.links)
    if (list.title == title)
      for (const auto& row : list.rows) out += row.code + ' ';
  return out;
}

std::string fact(const CodePage& p, std::string_view label) {
  for (const CodePage::Fact& f : p.facts)
    if (f.label == label) return f.text;
  return {};
}

}  // namespace

TEST_CASE("search: by what people have", "[codes]") {
  CHECK(first("208") == "CVX 208");
  CHECK(first("cvx 208") == "CVX 208");
  CHECK(first("MSD") == "MVX MSD");
  CHECK(first("GARDASIL 9") == "TradeName Gardasil 9");
  CHECK(first("gardasil") == "TradeName GARDASIL");
  CHECK(first("mmr", "CVX") == "CVX 03");
  CHECK(among("gardasil", "CVX 62", 10));
  CHECK(among("merck", "MVX MSD", 10));
  CHECK(first("DTaP") == "CVX 20");
  CHECK(among("dtap", "VG 107", 3));
  CHECK(among("female", "HL70001_IZ F", 5));
  // Words in any order, beginnings of words.
  CHECK(first("9 gardasil") == "TradeName Gardasil 9");
  CHECK(among("rub mump", "CVX 03", 10));
  CHECK(among("flu-mist", "TradeName FLUMIST", 10));
  CHECK(among("flumist", "TradeName FLUMIST", 10));
  // Typing errors: a letter missing, other, swapped, too much.
  CHECK(among("gardsil", "TradeName GARDASIL", 2));
  CHECK(among("rotatek", "TradeName ROTATEQ", 5));
  CHECK(among("prevanr", "TradeName PREVNAR 20", 10));
  CHECK(among("menactraa", "TradeName MENACTRA", 5));
  CHECK(among("hepattits", "CVX 45", 60));
  // One table only.
  for (const CodeHit& hit : search().find("gardasil", "NDC_Use").hits) CHECK(hit.set->id == "NDC_Use");
  CHECK_FALSE(search().find("gardasil", "NDC_Use").hits.empty());
  // Nothing, and everything.
  CHECK(search().find("qqqqxzzz").total == 0);
  CHECK(search().find("gardasil qqqqxzzz").total == 0);
  CHECK(search().find("", "CVX").total == 288);
  CHECK(search().find("", "CVX").hits.size() == 50);
  CHECK(search().find("", "CVX").hits[0].code == "01");
  CHECK(search().find("", "no such table").total == 0);
}

TEST_CASE("search: National Drug Codes and scans", "[codes]") {
  for (const char* text : {"00006-4109-02", "0006-4109-02", "00006410902", "0006410902", "00300064109023",
                           "(01)00300064109023(17)261231", "]d20100300064109023", "50300064109028"}) {
    INFO(text);
    CHECK(first(text) == "NDC_Sale 00006-4109-02");
  }
  CHECK(first("58160-0821-1") == "NDC_Use 58160-0821-01");
  CHECK(search().find("58160-0821-01").hits[1].code == "58160-0821-01");  // the other of its vaccines
  CHECK(first("253088698300001111200108") == "PHVS_VISBarcodes_IIS 253088698300001111200108");
  CHECK(first("0380631207017") == "NDC_Use 80631-0207-01");
  CHECK(search().find("49281-04").total > 10);
  CHECK(among("4928104", "NDC_Use 49281-0400-88", 60));
}

TEST_CASE("search: any text is taken", "[codes]") {
  for (const char* text : {"'", "---", "\xff\xfe\xc3", "(", "\x1d", "a-b-c-d-e-f-g", "....x", "é", "%s%n"}) {
    INFO(text);
    CHECK(search().find(text).hits.size() <= 50);
  }
  std::string longest(100'000, 'x');
  CHECK(search().find(longest).total == 0);
  for (size_t i = 5; i < longest.size(); i += 6) longest[i] = ' ';
  CHECK(search().find(longest).total == 0);
}

TEST_CASE("page: a vaccine", "[codes]") {
  const CodePage p = page("CVX", "230");
  REQUIRE(p.found);
  CHECK(p.status == "Inactive");
  CHECK(fact(p, "In use from") == "2022-09-23 (by the National Drug Code 80777-0283-02)");
  CHECK(fact(page("CVX", "01"), "In use until") == "1997-01-01 (by AIRA's code base, edition 2025-12-09)");
  CHECK_FALSE(fact(p, "In use until").empty());
  CHECK_FALSE(fact(p, "Changed by CDC").empty());
  const CodePage hpv = page("CVX", "62");
  CHECK(links(hpv, "Trade names") == "GARDASIL ");
  CHECK(links(hpv, "Vaccine groups") == "137 ");
  CHECK(links(hpv, "National Drug Codes, unit of sale").find("00006-4109-02") != std::string::npos);
  CHECK(links(hpv, "National Drug Codes, unit of use").find("00006-4109-01") != std::string::npos);
  CHECK_FALSE(links(hpv, "Vaccine Information Statements").empty());
  CHECK(fact(page("CVX", "107"), "Kind").starts_with("Unspecified"));
  CHECK(fact(page("CVX", "12"), "Kind").starts_with("No vaccine"));
  CHECK(page("CVX", "82").note.starts_with("This CVX code allows reporting"));
  CHECK_FALSE(page("CVX", "no").found);
}

TEST_CASE("page: products, makers, groups, statements", "[codes]") {
  const CodePage two = page("NDC_Use", "58160-821-01");
  CHECK(two.code == "58160-0821-01");
  CHECK(links(two, "Vaccine") == "43 44 ");
  CHECK(links(two, "Manufacturer") == "SKB ");
  CHECK(links(two, "Units of sale that hold it").find("58160-0821-11") != std::string::npos);
  CHECK(links(page("NDC_Sale", "00006-4109-02"), "Units of use in it") == "00006-4109-01 ");
  CHECK(fact(page("NDC_Sale", "00006-4109-02"), "Ten digits") == "0006-4109-02");
  CHECK(links(page("MVX", "MSD"), "Trade names").find("GARDASIL") != std::string::npos);
  const CodePage product = page("TradeName", "GARDASIL");
  CHECK(product.heading == "GARDASIL");
  CHECK(links(product, "Vaccine") == "62 ");
  CHECK(links(product, "Manufacturer") == "MSD ");
  const CodePage group = page("VG", "107");
  CHECK(group.heading == "DTAP");
  CHECK(links(group, "Vaccines of the group").find("20 ") != std::string::npos);
  const CodePage statement = page("PHVS_VISBarcodes_IIS", "253088698300001111200108");
  CHECK(fact(statement, "Edition of the statement") == "2020-01-08");
  CHECK(fact(statement, "PDF").starts_with("https://"));
  CHECK(links(statement, "Vaccines") == "143 ");
  CHECK(page("HL70001_IZ", "F").heading == "Female");
}

TEST_CASE("page: what other editions say", "[codes]") {
  auto set = std::make_shared<CodeSet>("CVX", std::vector<std::string>{"code", "display", "status"});
  const std::string_view cells[] = {"230", "invented", "Active"};
  set->add(cells);
  set->edition.date = "2024-10-01";
  set->index();
  const LoadedTable loaded[] = {{set, false}};
  const auto catalogue = Catalogue::load(embedded_files(), loaded);
  const CodeSet& cvx = *catalogue->code_set("CVX");
  const CodePage there = code_page(*catalogue, cvx, "230");
  REQUIRE(there.editions.size() == 1);
  CHECK(there.editions[0].label == "Edition 2024-10-01");
  CHECK(there.editions[0].text == "invented, Active");
  CHECK(code_page(*catalogue, cvx, "208").editions[0].text == "not there");
}

TEST_CASE("page: its uses in a message", "[codes]") {
  const std::string text =
      "MSH|^~\\&|A|B|C|D|20260217||VXU^V04^VXU_V04|1|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r"
      "PID|1||7^^^X^MR||A^B||20250101|F\r"
      "ORC|RE||1\r"
      "RXA|0|1|20260217||03^MMR^CVX^00006-4681-01^MMR II^NDC|0.5|mL^^UCUM||00^New^NIP001\r"
      "ORC|RE||2\r"
      "RXA|0|1|20260217||0006-4681-01^MMR II^NDC|03\r";
  Message message;
  message.parse(text);
  Report report;
  Checker(built_in()).check(message, {.as_of = {2026, 2, 18}}, report);
  const auto uses = [&](const char* table, const char* code) {
    CodePage p = page(table, code);
    add_uses(p, built_in(), message, report);
    std::string out;
    for (const CodePage::Use& use : p.uses) {
      out += to_string(use.path) + ' ';
      CHECK(text.substr(use.span.begin, use.span.end - use.span.begin).find(code[0]) != std::string::npos);
    }
    return out;
  };
  CHECK(uses("CVX", "03") == "RXA[1]-5[1].1 ");
  CHECK(uses("NDC_Use", "00006-4681-01") == "RXA[1]-5[1].4 RXA[2]-5[1].1 ");
  CHECK(uses("HL70001_IZ", "F") == "PID[1]-8[1] ");
  CHECK(uses("CVX", "208").empty());

  CodePage p = page("CVX", "03");
  add_uses(p, built_in(), message, report);
  CHECK(p.uses[0].text == "Administered Code");
  const auto json = nlohmann::json::parse(code_page_json(p, &message));
  CHECK(json.at("uses")[0].at("path") == "RXA[1]-5[1].1");
  CHECK(json.at("heading") == "MMR");
  CHECK(code_page_text(p).find("In the message\n  RXA[1]-5[1].1") != std::string::npos);
}

TEST_CASE("tables with their age", "[codes]") {
  const auto json = nlohmann::json::parse(code_tables_json(built_in(), {2025, 12, 19}));
  const auto cvx = std::find_if(json.begin(), json.end(), [](const auto& t) { return t.at("id") == "CVX"; });
  REQUIRE(cvx != json.end());
  CHECK(cvx->at("age") == 10);
  CHECK(cvx->at("rows") == 288);
  const auto sex = std::find_if(json.begin(), json.end(), [](const auto& t) { return t.at("id") == "HL70001_IZ"; });
  CHECK(sex->at("age").is_null());  // known to the month only
  CHECK(nlohmann::json::parse(code_tables_json(built_in(), {}))[0].at("age").is_null());
}

}  // namespace iz
