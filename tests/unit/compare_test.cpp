// Two editions of a table: what is added, removed, changed, in which column, and in the text only.
#include "codesets/compare.h"

#include <catch_amalgamated.hpp>

#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;

std::vector<std::string> lines(const TableChanges& c) {
  static constexpr const char* kinds[] = {"meaning", "text", "order"};
  std::vector<std::string> out;
  for (const CellChange& x : c.changed)
    out.push_back(x.key + " " + x.column + " " + x.before + ">" + x.after + " " + kinds[static_cast<int>(x.kind)]);
  return out;
}

using Lines = std::vector<std::string>;

const std::string kOld =
    "901|Pox|pox vaccine|a|Active|False|2026/01/05\n902|Pox two|second||Active|False|2026/01/05\n"
    "903|Pox three|third||Active|False|2026/01/05\n";

TEST_CASE("compare: rows by key, changes by column, texts apart") {
  const auto before = table(kOld, "2026-01-05/cvx.txt");
  const auto after = table(
      "904|Pox four|fourth||Active|False|2026/02/01\n902|Pox two|second||Inactive|False|2026/02/01\n"
      "901|Pox|pox  vaccine, new name|b|Active|False|2026/02/01\n",
      "2026-02-01/cvx.txt");
  const TableChanges c = compare_tables(*before, *after);
  CHECK(c.table == "cvx");
  CHECK(c.before_edition.date == "2026-01-05");
  CHECK(c.after_edition.date == "2026-02-01");
  CHECK(c.added == Lines{"904"});
  CHECK(c.removed == Lines{"903"});
  CHECK(lines(c) == Lines{"901 full pox vaccine>pox vaccine, new name text", "901 notes a>b text",
                          "901 updated 2026-01-05>2026-02-01 text", "902 status Active>Inactive meaning",
                          "902 updated 2026-01-05>2026-02-01 text"});
  CHECK(c.changed_keys() == 2);
  CHECK(c.keys_of(ChangeKind::text) == 1);
  CHECK(changes_in_short(c) == "+1 -1 ~2 (1 in texts only)");
  CHECK_FALSE(c.none());
  CHECK(compare_tables(*before, *before).none());
  CHECK(changes_in_short(compare_tables(*before, *before)) == "no change");
}

TEST_CASE("compare: order of rows, layout, padding and way of writing dates are no changes") {
  const auto before = table("Pox|901       |Active|POX|902\nPox|901|Active|OTHER|903\n");
  const auto after = table(
      "<V><I><Name>ShortDescription</Name><Value>Pox</Value><Name>CVXCode</Name><Value>901</Value><Name>Status</"
      "Name><Value>"
      "Active</Value><Name>Vaccine Group Name</Name><Value>OTHER</Value><Name>CVX for Vaccine "
      "Group</Name><Value>903</Value>"
      "</I><I><Name>ShortDescription</Name><Value>Pox</Value><Name>CVXCode</Name><Value>901</Value><Name>Status</"
      "Name><Value>"
      "Active</Value><Name>Vaccine Group Name</Name><Value>POX</Value><Name>CVX for Vaccine "
      "Group</Name><Value>902</Value>"
      "</I></V>");
  REQUIRE(before);
  REQUIRE(after);
  CHECK(compare_tables(*before, *after).none());
}

TEST_CASE("compare: composite keys; a key that stands twice has its values in the order of the file") {
  const auto use = [](std::string_view code, std::string_view cvx, std::string_view stands_in, std::string_view end) {
    return "7|99991|1|1|POXAL|POX|Q|20260101|" + std::string(end) + "|SYRINGE||" + std::string(cvx) + "|Pox|" +
           std::string(stands_in) + "|" + std::string(code) + "|2026-01-05 00:00:00|\n";
  };
  const std::string a = use("99991-0001-01", "901", "True", ""), b = use("99991-0001-01", "901", "False", "");
  const std::string c = use("99991-0001-01", "902", "False", ""), c2 = use("99991-0001-01", "902", "False", "20270101");
  const TableChanges same = compare_tables(*table(a + b + c), *table(c + a + b));
  CHECK(same.none());
  const TableChanges swapped = compare_tables(*table(a + b + c), *table(b + a + c2));
  CHECK(lines(swapped) ==
        Lines{"99991-0001-01|901 stands_in yes / ->- / yes order", "99991-0001-01|902 end >2027-01-01 meaning"});
  CHECK(changes_in_short(swapped) == "+0 -0 ~2 (1 in the order of rows only)");
  CHECK(compare_tables(*table(a + b), *table(b + a), RowOrder::ignored).none());
  CHECK(lines(compare_tables(*table(a + b), *table(b))) == Lines{"99991-0001-01|901 stands_in yes / -> meaning"});
  CHECK(compare_tables(*table(b + b), *table(b)).none());
}

TEST_CASE("compare: a column that one edition lacks is not compared, and named") {
  const auto flat = table(kOld);
  const auto xml = table(
      "<C><I><CVXCode>901</CVXCode><ShortDescription>Pox</ShortDescription><FullVaccinename>pox "
      "vaccine</FullVaccinename>"
      "<Notes>a</Notes><Status>Active</Status><LastUpdated>1/5/2026</LastUpdated></I></C>");
  const TableChanges c = compare_tables(*flat, *xml);
  CHECK(c.changed.empty());
  CHECK(c.only_one == Lines{"nonvaccine"});
  CHECK(c.columns == Lines{"display", "status", "full", "notes", "updated"});
}

TEST_CASE("compare: as JSON, CSV and text") {
  const TableChanges all[] = {compare_tables(
      *table("QAB|Works, of Q||Active|2026/01/05\nQAC|C||Active|2026/01/05", "2026-01-05/mvx.txt"),
      *table("QAB|Works, of Q||Inactive|2026/01/05\nQAD|=D|\"n\"|Active|2026/01/05", "2026-02-01/mvx.txt"))};
  CHECK(
      changes_json(all) ==
      R"({"tables":{"mvx":{"added":["QAD"],"removed":["QAC"],"changed":[{"key":"QAB","column":"status","old":"Active",)"
      R"("new":"Inactive"}]}}})");
  CHECK(changes_csv(all) ==
        "table,change,kind,key,column,old,new\r\nmvx,added,,QAD,,,\r\nmvx,removed,,QAC,,,\r\n"
        "mvx,changed,meaning,QAB,status,Active,Inactive\r\n");
  CHECK(changes_text(all) ==
        "mvx (Manufacturers of vaccines): +1 -1 ~1\n  2026-01-05 to 2026-02-01, 2 rows to 2\n  added:\n    QAD\n"
        "  removed:\n    QAC\n  changed:\n    QAB  status: Active -> Inactive\n");
  CHECK(changes_json({}) == R"({"tables":{}})");
}

}  // namespace
}  // namespace iz
