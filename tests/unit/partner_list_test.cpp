// A partner's list beside a table of ours. The codes of our side are invented, too.
#include "codesets/partner_list.h"

#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "core/code_tables.h"
#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;

struct Sides {
  std::shared_ptr<const CodeSet> cvx = table(
      "03|Pox live|pox vaccine, live||Active|False|2026/01/05\n901|Marsh fever|marsh fever "
      "vaccine||Active|False|2026/01/05\n"
      "902|Marsh fever, unspecified|x||Inactive|False|2026/01/05\n903|Old pox|old pox "
      "vaccine||Inactive|False|2026/01/05\n"
      "904|Ague|ague vaccine||Active|False|2026/01/05\n");
  std::shared_ptr<const CodeSet> mvx =
      table("QAB|Works of Quill||Active|2026/01/05\nQCD|Marsh Labs||Inactive|2026/01/05");
  std::shared_ptr<const CodeSet> use = table(
      "70|9999|4001|01|POXAL|POX|Quill|20260101||SYRINGE||901|Pox|False|09999-4001-01|2026-01-05|\n"
      "71|99991|400|01|POXIM|POX|Quill|20260101||SYRINGE||901|Pox|False|99991-0400-01|2026-01-05|\n");
  std::vector<const CodeSet*> all() const { return {cvx.get(), mvx.get(), use.get()}; }
};

std::string kinds(const PartnerList& list) {
  std::string out;
  for (const PartnerCode& c : list.codes)
    out += (out.empty() ? "" : " ") + c.code + ":" + std::string(partner_word(c.kind)) +
           (c.first_line ? "+twice" : "") + (c.name_differs ? "+name" : "") +
           (c.right.empty() || c.right == c.code ? "" : ">" + c.right);
  return out;
}

TEST_CASE("partner list: every finding") {
  const Sides s;
  const PartnerList list = compare_partner(
      "Code,Vaccine\r\n3,Pox live\r\n901,\"Marsh fever\"\r\n902,Marsh fever unspecified\r\n903,Old pox\r\n"
      "901,Ague\r\n998,\"Nothing, \"\"known\"\"\"\r\n",
      s.all());
  REQUIRE(list.table == s.cvx.get());
  CHECK(list.column == 1);
  CHECK(list.name_column == 2);
  CHECK(list.heading);
  CHECK(kinds(list) == "3:misspelt>03 901:same 902:unspecified 903:inactive 901:same+twice+name 998:unknown");
  CHECK(list.codes[0].line == 2);
  CHECK(list.codes[4].first_line == 3);
  CHECK(list.codes[5].name == "Nothing, \"known\"");
  REQUIRE(list.missing.size() == 1);
  CHECK(list.missing[0]->code == "904");
  CHECK(list.codes[0].sentence == "It is written 03.");
  CHECK(list.codes[1].sentence.empty());
  CHECK(list.codes[3].sentence == "Its status is Inactive.");
  CHECK(list.codes[4].sentence == "It stands in line 3 already. Its name is \"Marsh fever\".");
  CHECK(list.codes[5].sentence.starts_with("CVX does not list it"));
}

TEST_CASE("partner list: every way of writing it, the table and the column guessed") {
  const Sides s;
  for (const char* text :
       {"03\n901\n904\n", "03\r901\r904", "CVX\n03\n901\n904", "1\t03\tPox live\n2\t901\tMarsh fever\n3\t904\tAgue\n",
        "Pox live|03\nMarsh fever|901\nAgue|904\n", "\"Pox live\";\"03\"\n\"Marsh fever\";\"901\"\nAgue;904",
        "\xEF\xBB\xBF"
        "03,x\n901,y\n904,z"}) {
    INFO(text);
    const PartnerList list = compare_partner(text, s.all());
    REQUIRE(list.table == s.cvx.get());
    CHECK(list.codes.size() == 3);
    CHECK(list.count(PartnerKind::same) == 3);
    CHECK(list.missing.size() == 2);
  }
  CHECK(compare_partner("QAB,Works of Quill\nqcd,Marsh\n", s.all()).table == s.mvx.get());
  CHECK(kinds(compare_partner("QAB,Works of Quill\nqcd,Marsh\n", s.all())) == "QAB:same qcd:misspelt>QCD");
  // Row numbers hold codes of a table by chance; names that agree decide.
  const PartnerList numbered = compare_partner("901,03,Pox live\n902,901,Marsh fever\n903,904,Ague\n", s.all());
  CHECK(numbered.column == 2);
}

TEST_CASE("partner list: National Drug Codes in other forms") {
  const Sides s;
  const PartnerList list =
      compare_partner("9999-4001-01\n99991040001\n09999-4001-01\n9999-4001-02\n09999-4001-10\n", s.all());
  REQUIRE(list.table == s.use.get());
  CHECK(kinds(list) ==
        "9999-4001-01:misspelt>09999-4001-01 99991040001:misspelt>99991-0400-01 09999-4001-01:same+twice "
        "9999-4001-02:unknown 09999-4001-10:unknown");
  CHECK(kinds(compare_partner("09999-4001-01\n09999-4001-1\n", s.all())) ==
        "09999-4001-01:same 09999-4001-1:misspelt+twice>09999-4001-01");
}

TEST_CASE("partner list: one letter off counts where the name says the same") {
  const Sides s;
  const PartnerList list = compare_partner("03,Pox live\n905,Ague\n906,Something else\n901,Marsh fever\n", s.all());
  CHECK(kinds(list) == "03:same 905:misspelt>904 906:unknown 901:same");
}

TEST_CASE("partner list: forced table and column, and what cannot be compared") {
  const Sides s;
  CHECK(compare_partner("998\n999\n", s.all()).error ==
        "No column of the list holds codes of a table that is known here; name the table.");
  PartnerList forced = compare_partner("998\n999\n", s.all(), {.table = "cvx"});
  CHECK(forced.count(PartnerKind::unknown) == 2);
  forced = compare_partner("x,03\ny,901\n", s.all(), {.table = "CVX", .column = 1});
  CHECK(forced.column == 1);
  CHECK(forced.count(PartnerKind::unknown) == 2);
  CHECK(compare_partner("03\n", s.all(), {.table = "NONE"}).error == "There is no table NONE.");
  CHECK(compare_partner("03\n", s.all(), {.column = 2}).error == "The list has 1 column, none with the number 2.");
  CHECK(compare_partner(" \r\n", s.all()).error == "The list is empty.");
  std::string many;
  for (int i = 0; i < 20001; ++i) many += "03\n";
  CHECK(compare_partner(many, s.all()).error == "The list has more than 20000 lines, more than any of these tables.");
}

TEST_CASE("partner list: as text, CSV and JSON") {
  const Sides s;
  const PartnerList list = compare_partner("3,=Pox live\n901,Marsh fever\n902,Ague\n903,Old pox\n", s.all());
  CHECK(partner_csv(list) ==
        "finding,line,code,right,name,our_name,status,note\r\n"
        "misspelt,1,3,03,'=Pox live,Pox live,Active,It is written 03.\r\n"
        "unspecified name,3,902,902,Ague,\"Marsh fever, unspecified\",Inactive,\"A vaccine of unspecified formulation: "
        "for doses "
        "in the past, not for one that was given now. Its name is \"\"Marsh fever, unspecified\"\".\"\r\n"
        "inactive,4,903,903,Old pox,Old pox,Inactive,Its status is Inactive.\r\n"
        "missing,,,904,,Ague,Active,\r\n");
  const auto json = nlohmann::json::parse(partner_json(list));
  CHECK(json["table"] == "CVX");
  CHECK(json["counts"]["misspelt"] == 1);
  CHECK(json["counts"]["missing"] == 1);
  CHECK(json["codes"][0]["right"] == "03");
  CHECK(json["codes"][2]["name_differs"] == true);
  CHECK(json["missing"][0]["code"] == "904");
  CHECK(partner_text(list).find("  904  Ague (Active)\n") != std::string::npos);
  CHECK(nlohmann::json::parse(partner_json(compare_partner("", s.all())))["error"] == "The list is empty.");
}

TEST_CASE("partner list: the tables in the program") {
  const Catalogue& c = Catalogue::built_in();
  const PartnerList list = compare_partner("03\n3\n208\n", partner_tables(c));
  REQUIRE(list.table);
  CHECK(list.table->id == "CVX");
  CHECK(kinds(list) == "03:same 3:misspelt+twice>03 208:inactive");
  CHECK(partner_tables(c, "nothing").empty());
}

}  // namespace
}  // namespace iz
