// Files that must not replace what is there: each with the reason and, where there is one, the line.
#include <catch_amalgamated.hpp>

#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;

std::string row(int code, std::string_view name = "Pox", std::string_view date = "2026/01/05") {
  return std::to_string(code) + "|" + std::string(name) + "|pox vaccine||Active|False|" + std::string(date) + "\n";
}

constexpr std::string_view kXml =
    "<?xml version=\"1.0\"?>\n<CVXCodes>\n<CVXInfo>\n<ShortDescription>Pox</ShortDescription>\n<CVXCode>901</CVXCode>\n"
    "<Status>Active</Status>\n<LastUpdated>1/5/2026</LastUpdated>\n</CVXInfo>\n</CVXCodes>\n";

TEST_CASE("import: empty files are refused") {
  CHECK(refused("") == "0: the file is empty");
  CHECK(refused(" \r\n\r\n") == "0: the file holds nothing but blanks");
  CHECK(refused(std::string(64, '\0')) == "0: the file holds nothing but blanks");
  CHECK(refused("\xEF\xBB\xBF") != "");
  CHECK(refused("\xFF\xFE") != "");
  CHECK(refused("<?xml version=\"1.0\"?>\n<CVXCodes>\n</CVXCodes>") == "0: the report has no records");
}

TEST_CASE("import: a cut file is refused, wherever it was cut") {
  REQUIRE(table(kXml));
  for (size_t size = 1; size + 1 < kXml.size(); ++size) {
    INFO(size);
    CHECK(refused(kXml.substr(0, size)) != "");
  }
  CHECK(refused(kXml.substr(0, kXml.size() - 20)) == "3: the XML is not complete: <CVXInfo> is not closed");
  CHECK(refused(kXml.substr(0, 100)) == "5: the XML is not complete: <CVXCode> is not closed");

  const std::string flat = row(901) + row(902) + row(903);
  CHECK(refused(flat.substr(0, flat.size() - 14)) == "3: the file is cut: its last line has 6 of 7 columns");
  CHECK(refused(flat.substr(0, flat.size() - 4)) == "3: \"2026/01\" is not a date (column updated)");

  std::string little = "\xFF\xFE";
  for (const char c : row(901)) little += {c, '\0'};
  REQUIRE(table(little));
  CHECK(refused(little.substr(0, little.size() - 1)) == "0: the file is cut within a character");

  const std::string sale =
      "4000|99991|4001|10|POXAL|POX|Q|20260101||BOX|IM|2026-01-05|901|Pox|99991-4001-10|0039999140";
  CHECK(refused(sale) == "1: the file is cut: it ends in a GTIN, after 10 digits");
  CHECK(refused(zip_of({{"cvx.txt", flat}}).substr(0, 100)) == "0: the zip file is cut: its list of files is missing");
}

TEST_CASE("import: a line that does not fit is refused with its number") {
  CHECK(refused(row(901) + "902|Pox|x\n" + row(903)) ==
        "2: the line has too few columns, and what follows does not complete it to 7");
  CHECK(refused(row(901) + row(902) + "903|Pox|a|b|Active|False|2026/01/05|more|more\n") ==
        "3: the line has 9 columns instead of 7");
  CHECK(refused(row(901) + row(902, "") + row(903)) == "2: the record has no name");
  CHECK(refused(row(901) + row(902) + "   |Pox|||Active|False|2026/01/05\n") == "3: the record has no code");
  CHECK(refused(row(901) + row(902) + "9|Pox|||Active|False|2026/01/05\n") ==
        "3: \"9\" is not a CVX code (2 or 3 digits) (column code)");
  CHECK(refused(row(901) + row(902, "Pox", "2026/02/30") + row(903)) ==
        "2: \"2026/02/30\" is not a date (column updated)");
  std::string xml(kXml);
  xml.replace(xml.find("1/5/2026"), 8, "soon");
  CHECK(refused(xml) == "3: \"soon\" is not a date (column updated)");
  // What looks odd but is neither code, name nor date stays.
  const Import odd = import_one(row(901) + "902|Pox|||Active|maybe|2026/01/05\n");
  REQUIRE(odd.tables.size() == 1);
  CHECK(says(odd.tables[0].noticed, "1 cell of column nonvaccine is not True or False: maybe."));
}

TEST_CASE("import: what is no table is refused in plain words") {
  CHECK(refused(
            "<!DOCTYPE html><html><head><title>404 - Page &amp; more</title></head><body><p>Not found</body></html>") ==
        "0: it is a web page (\"404 - Page & more\"), not a table");
  CHECK(refused("<html><table><tr><td>901</table>") == "0: it is a web page, not a table");
  CHECK(refused("Service unavailable, try again later.") ==
        "0: no line of it has columns with |, so it is none of CDC's flat files");
  CHECK(refused("a|b|c\nd|e|f\n") ==
        "0: no line of it looks like a row of one of CDC's tables (the first has 3 columns)");
  CHECK(refused("{\"tables\": []}") != "");
  CHECK(refused("<catalog><book><title>x</title></book></catalog>") ==
        "1: <catalog> is none of CDC's reports: its columns are those of none of the tables");
  CHECK(refused("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><CVXCodes><x/></CVXCodes>") != "");
  CHECK(refused(std::string("\x7F") + "ELF\x01\x00\x00|\x00" + std::string(40, '\x02')) != "");
  CHECK(refused(std::string(kXml) + "<CVXCodes><CVXInfo/></CVXCodes>") ==
        "9: more than one XML document stands in the file");
  CHECK(refused("MSH|^~\\&|A|B|C|D|20260105||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1\r") != "");
  CHECK(refused("<codebase><codeset><type>BODY_SITE</type><code><value>LA</value></code></codeset></codebase>") != "");
}

TEST_CASE("import: zip files that hold something else") {
  CHECK(refused(zip_of({})) == "0: the zip file holds no files");
  CHECK(refused(zip_of({{"a.zip", zip_of({})}})) == "0: it is a zip file within a zip file");
  CHECK(refused(zip_of({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<w/>"}})).find("workbook") !=
        std::string::npos);
  const Import both = import_one(zip_of({{"a.txt", row(901)}, {"b.txt", row(902)}, {"c.txt", ""}}), "x.zip");
  CHECK(both.tables.size() == 1);
  REQUIRE(both.refused.size() == 2);
  CHECK(refusal_text(both.refused[0]) == "x.zip/b.txt: it holds the table cvx, as x.zip/a.txt does");
  CHECK(refusal_text(both.refused[1]) == "x.zip/c.txt: the file is empty");
}

TEST_CASE("import: only what is neither called nor made like a table may be passed over") {
  const auto foreign = [](std::string_view bytes, std::string_view name) {
    return import_one(bytes, name).refused.at(0).foreign;
  };
  CHECK(foreign("read me", "folder/README.txt"));
  CHECK_FALSE(foreign("read me", "folder/cvx.txt"));
  CHECK_FALSE(foreign("", "x.txt"));
  CHECK_FALSE(foreign(row(901) + "902|x\n", "x.txt"));
}

TEST_CASE("import: a table that lost a tenth of its codes is refused; one that is older is not") {
  std::string all, most, few;
  for (int code = 900; code < 940; ++code) {
    all += row(code, "Pox", code < 920 ? "2025/01/05" : "2026/01/05");
    if (code < 937) most += row(code, "Pox", code < 920 ? "2025/01/05" : "2026/01/05");
    if (code < 936) few += row(code, "Pox", code < 920 ? "2025/01/05" : "2026/01/05");
  }
  const auto known = table(all, "2026-01-05/cvx.txt");
  const TableInUse in_use = [&](std::string_view id) { return id == "CVX" ? known.get() : nullptr; };
  const Import kept = import_one(most, "cvx.txt", in_use);
  REQUIRE(kept.tables.size() == 1);
  CHECK(kept.tables[0].changes->removed.size() == 3);
  CHECK_FALSE(kept.tables[0].older);
  CHECK(refused(few, "cvx.txt", in_use) ==
        "0: the table cvx has shrunk: 4 of the 40 codes in use are missing from its 36 rows");

  std::string older;
  for (int code = 900; code < 920; ++code) older += row(code, "Pox", "2025/01/05");
  const Import old = import_one(older, "2025-02-01/cvx.txt", in_use);
  REQUIRE(old.tables.size() == 1);
  CHECK(old.tables[0].older);
  CHECK(says(old.tables[0].noticed, "older than the one in use"));
  // An older edition lacks what came later, but nothing else.
  CHECK(refused(older.substr(older.size() / 2), "2025-02-01/cvx.txt", in_use) != "");
}

}  // namespace
}  // namespace iz
