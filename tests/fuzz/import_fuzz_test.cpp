// Anything that can be dropped as a table, a zip file or a partner's list: changed files of every layout, junk, bombs.
// Nothing crashes or reads outside its bytes, and what is taken is whole.
#include <catch_amalgamated.hpp>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "codesets/import.h"
#include "codesets/partner_list.h"
#include "core/zip.h"
#include "tests/fuzz/growth.h"
#include "tests/fuzz/mutate.h"
#include "tests/unit/tables.h"

namespace {

using iz_fuzz::growth;
using iz_fuzz::kQuadratic;
using iz_fuzz::Random;
using iz_fuzz::repeated;

std::vector<std::string> seeds() {
  const std::string cvx =
      "901       |Pox|pox &#954;||Active|False|2026/01/05\r\n902|Pox two|x|n|Inactive|True|2026/01/06\r\n";
  const std::string use =
      "70|99991|4001|01|POXAL|POX|Works|20260101|20270630|SYRINGE|00399991400101|901|Pox|False|99991-4001-01|2026-01-"
      "05 "
      "00:00:00|00399991400101\n71|99991|4001|02|POXAL|POX\nTWO|Works|20260101||SYRINGE||901|Pox|True|99991-4001-02||"
      "\n";
  std::string wide = "\xFF\xFE";
  for (const char c : cvx) wide += {c, '\0'};
  return {cvx,
          use,
          wide,
          "<?xml version=\"1.0\"?><MVXCodes><MVXInfo><Name>MVX_CODE</Name><Value>QAB</Value><Name>Manufacturer "
          "Name</Name><Value>"
          "W</Value><Name>Notes</Name><Value/><Name>Status</Name><Value>Active</Value><Name>Last "
          "Updated</Name><Value>1/5/2026"
          "</Value></MVXInfo></MVXCodes>",
          "<VISURL><I><VIS_Document_Type_Description_ConceptName>V</VIS_Document_Type_Description_ConceptName>"
          "<VIS_GDTI_document_Conceptcode>0886983000011</VIS_GDTI_document_Conceptcode><VIS_PDF_URL "
          "xlink:href=\"https://e/\"/>"
          "</I></VISURL>",
          "<codebase><codeset><type>VACCINATION_CVX_CODE</type><code><value>901</value><use-date><not-before>20200101"
          "</not-before></use-date><concept-type>vaccine</concept-type></code></codeset></codebase>",
          iz_tables::zip_of({{"20260105/cvx.txt", cvx}, {"use.txt", use}, {"x/", ""}}),
          "Code,\"Name\"\r\n3,MMR\r\n\"9999-4001-01\",\"a \"\"b\"\"\r\nc\"\r\n"};
}

std::string changed(uint64_t number, const std::vector<std::string>& from) {
  Random random(number);
  std::string text = from[random.below(from.size())];
  for (size_t n = random.below(6); n > 0; --n) {
    const size_t at = random.below(text.size() + 1);
    switch (random.below(6)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        if (at < text.size()) text[at] = static_cast<char>(random.next());
        break;
      case 2:
        text.insert(at, from[random.below(from.size())].substr(random.below(40), random.below(60)));
        break;
      case 3:
        text.erase(at, random.below(30));
        break;
      case 4:
        text.insert(at, 1, "|<>&\"\r\n\0,\t;PK"[random.below(13)]);
        break;
      default:
        text.insert(at, text.substr(at, random.below(200)));
    }
  }
  return text;
}

void look(std::string_view bytes) {
  // A copy that ends where the bytes end, for the address sanitizer.
  const std::unique_ptr<char[]> memory(new char[bytes.size()]);
  if (!bytes.empty()) std::memcpy(memory.get(), bytes.data(), bytes.size());
  const std::string_view exact(memory.get(), bytes.size());
  const iz::ImportFile files[] = {{"f-20260105.txt", exact}};
  const iz::Import found = iz::import_tables(files);
  REQUIRE((!found.tables.empty() || !found.refused.empty()));
  for (const iz::ImportedTable& t : found.tables) {
    REQUIRE_FALSE(t.set->codes().empty());
    for (const iz::Code& row : t.set->codes()) REQUIRE_FALSE(row.code.empty());
    REQUIRE(iz::compare_tables(*t.set, *t.set).none());
  }
  for (const iz::ImportRefusal& r : found.refused) REQUIRE_FALSE(r.reason.empty());
  REQUIRE(nlohmann::json::accept(iz::import_json(found)));

  static const auto ours = iz_tables::table("03|MMR|x||Active|False|2026/01/05\n");
  const iz::CodeSet* tables[] = {ours.get()};
  const iz::PartnerList list = iz::compare_partner(exact, tables, {.table = "CVX"});
  REQUIRE(nlohmann::json::accept(iz::partner_json(list)));
  iz::partner_csv(list);
  iz::partner_text(list);
}

TEST_CASE("fuzz: changed tables, zip files and lists", "[fuzz]") {
  const auto from = seeds();
  for (uint64_t number = 0; number < 20000; ++number) {
    INFO("input " << number);
    look(changed(number, from));
  }
}

TEST_CASE("fuzz: large and nested inputs take linear time", "[fuzz]") {
  for (const std::string_view part :
       {"|", "a|b\n", "<a>", "<CVXInfo><CVXCode>901</CVXCode></CVXInfo>", "\"", "\",\"", "&#954;", "PK\5\6",
        "901|Pox|x||Active|False|2026/01/05\n", "\r", "<Name>x</Name>"}) {
    INFO(part);
    CHECK(growth([&](size_t size) { look(repeated(part, size)); }, 200'000) < kQuadratic);
    CHECK(growth([&](size_t size) { look("<CVXCodes>" + repeated(part, size)); }, 200'000) < kQuadratic);
  }
  // A zip file that claims far more than it holds.
  std::string zip = iz_tables::zip_of({{"cvx.txt", "901"}});
  const size_t list = zip.rfind("PK\1\2");
  zip.replace(list + 24, 4, "\xF0\xFF\xFF\x7F");
  zip[list + 10] = 8;
  CHECK_FALSE(iz::read_zip(zip).files[0].error.empty());
}

}  // namespace
