// Every layout in which CDC publishes a table, with invented rows, and what is odd in CDC's files but right.
#include "codesets/import.h"

#include <catch_amalgamated.hpp>

#include "codesets/import_text.h"
#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;

constexpr std::string_view kCvxFlat =
    "901       |Pox, invented|invented pox vaccine|a note|Active|False|2026/01/05\r\n"
    "902       |Pox, unspecified|invented pox, unspecified||Inactive|True|2026/01/06";
constexpr std::string_view kCvxXml =
    "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<CVXCodes>\n"
    "  <CVXInfo>\n    <ShortDescription>Pox, unspecified</ShortDescription>\n"
    "    <FullVaccinename>invented pox, unspecified</FullVaccinename>\n    <CVXCode>902       </CVXCode>\n    "
    "<Notes/>\n"
    "    <Status>Inactive</Status>\n    <LastUpdated>1/6/2026</LastUpdated>\n  </CVXInfo>\n"
    "  <CVXInfo>\n    <ShortDescription>Pox,&#32;invented</ShortDescription>\n"
    "    <FullVaccinename>invented pox vaccine</FullVaccinename>\n    <CVXCode>901</CVXCode>\n    <Notes>a "
    "note</Notes>\n"
    "    <Status>Active</Status>\n    <LastUpdated>1/5/2026</LastUpdated>\n  </CVXInfo>\n</CVXCodes>\n";

/// Name and Value in turn, one record.
std::string named(std::string_view root, std::initializer_list<std::pair<std::string_view, std::string_view>> pairs) {
  std::string out = "<?xml version=\"1.0\"?>\n<" + std::string(root) + ">\n <Info>\n";
  for (const auto& [name, value] : pairs)
    out += "  <Name>" + std::string(name) + "</Name>\n  <Value>" + std::string(value) + "</Value>\n";
  return out + " </Info>\n</" + std::string(root) + ">";
}

TEST_CASE("import: CVX, flat and XML say the same") {
  const auto flat = table(kCvxFlat), xml = table(kCvxXml);
  REQUIRE(flat);
  REQUIRE(xml);
  for (const auto& set : {flat, xml}) {
    CHECK(set->id == "CVX");
    REQUIRE(set->codes().size() == 2);
    const Code* pox = set->find("901");
    REQUIRE(pox);
    CHECK(pox->display == "Pox, invented");
    CHECK(pox->status == "Active");
    CHECK(set->cell(*pox, "full") == "invented pox vaccine");
    CHECK(set->cell(*pox, "notes") == "a note");
    CHECK(set->cell(*pox, "updated") == "2026-01-05");
    CHECK(set->cell(*pox, "unspecified").empty());
    CHECK(set->cell(*set->find("902"), "unspecified") == "yes");
  }
  CHECK(flat->cell(*flat->find("902"), "nonvaccine") == "yes");
  CHECK(xml->column("nonvaccine") == CodeSet::none);
  CHECK(compare_tables(*flat, *xml).none());
}

TEST_CASE("import: what the XML report does not say stays as it is known") {
  const auto known = table(kCvxFlat);
  const Import found =
      import_one(kCvxXml, "cvx.xml", [&](std::string_view id) { return id == "CVX" ? known.get() : nullptr; });
  REQUIRE(found.tables.size() == 1);
  const CodeSet& set = *found.tables[0].set;
  CHECK(set.cell(*set.find("902"), "nonvaccine") == "yes");
  CHECK(set.cell(*set.find("901"), "nonvaccine").empty());
  REQUIRE(found.tables[0].changes);
  CHECK(found.tables[0].changes->none());
}

TEST_CASE("import: every other layout with |") {
  const struct {
    std::string_view id, row;
    std::initializer_list<std::pair<std::string_view, std::string_view>> cells;
  } layouts[] = {
      {"MVX",
       "QAB|Works of Q|a note|Active|2026/01/05",
       {{"code", "QAB"},
        {"display", "Works of Q"},
        {"notes", "a note"},
        {"status", "Active"},
        {"updated", "2026-01-05"}}},
      {"VG",
       "Pox, invented|901       |Active|POX|902",
       {{"code", "901"}, {"display", "POX"}, {"group", "902"}, {"short", "Pox, invented"}, {"status", "Active"}}},
      {"CPT",
       "9990A     |text by the owner||Pox, invented|901       |a note|2026/01/05|77",
       {{"code", "9990A"}, {"display", "text by the owner"}, {"cvx", "901"}, {"notes", "a note"}, {"id", "77"}}},
      {"TradeName",
       "POXAL|Pox, invented|901       |Works of Q|QAB       |Active|Inactive|2026/01/05",
       {{"code", "POXAL"},
        {"cvx", "901"},
        {"mvx", "QAB"},
        {"mvx_status", "Active"},
        {"status", "Inactive"},
        {"manufacturer", "Works of Q"}}},
      {"CVX_VIS",
       "901       |Pox, invented|253088698300001111260105|Pox VIS|2026/01/05|Current",
       {{"code", "901"},
        {"short", "Pox, invented"},
        {"vis", "253088698300001111260105"},
        {"display", "Pox VIS"},
        {"edition", "2026-01-05"},
        {"status", "Current"}}},
      {"PHVS_VISBarcodes_IIS",
       "Pox VIS|2026/01/05|253088698300001111260105|0886983000011|Current|2026/01/06",
       {{"code", "253088698300001111260105"},
        {"display", "Pox VIS"},
        {"edition", "2026-01-05"},
        {"gdti", "0886983000011"},
        {"status", "Current"},
        {"updated", "2026-01-06"}}},
      {"NDC_Use",
       "70|99991|4001|01|POXAL|POX VIRUS, INVENTED|Works of Q|20260101|20270630|SYRINGE, .5 mL|00399991400101|901      "
       " "
       "|Pox, invented|False     |99991-4001-01|2026-01-05 00:00:00|00399991400101",
       {{"code", "99991-4001-01"},
        {"display", "POXAL"},
        {"cvx", "901"},
        {"generic", "POX VIRUS, INVENTED"},
        {"labeler", "Works of Q"},
        {"start", "2026-01-01"},
        {"end", "2027-06-30"},
        {"form", "SYRINGE, .5 mL"},
        {"gtin", "00399991400101"},
        {"ndc10", "99991-4001-01"},
        {"id", "70"},
        {"stands_in", ""},
        {"updated", "2026-01-05"}}},
      {"NDC_Sale",
       "4000|9991|4001|10|POXAL|POX VIRUS, INVENTED|Works of Q|20260101||PACKAGE, 10-SYRINGE|INTRAMUSCULAR|2026-01-05 "
       "00:00:00|901       |Pox, invented|09991-4001-10|",
       {{"code", "09991-4001-10"},
        {"cvx", "901"},
        {"route", "INTRAMUSCULAR"},
        {"ndc10", "9991-4001-10"},
        {"gtin", ""},
        {"end", ""}}},
      {"NDC_Linker", "7|4000|70|QAB", {{"code", "7"}, {"sale", "4000"}, {"use", "70"}, {"mvx", "QAB"}}},
      {"NDC_Crosswalk",
       "1|99991-4001-10|POXAL|Works of "
       "Q|2026/01/01||00399991400108|2026/01/05|99991-4001-01|False|00399991400101|2026/01/05|"
       "901|Pox, invented|QAB",
       {{"code", "99991-4001-10"},
        {"use", "99991-4001-01"},
        {"cvx", "901"},
        {"mvx", "QAB"},
        {"start", "2026-01-01"},
        {"use_gtin", "00399991400101"},
        {"stands_in", ""}}},
      {"NDC_Crosswalk",
       "99991-4001-10|99991-4001-10|POXAL|Works of Q|BOX|INTRAMUSCULAR|2026/01/01||00399991400108|2026/01/05|2026-2027|"
       "99991-4001-01|99991-4001-01|SYRINGE|2026/01/01||00399991400101|2026/01/05|901|Pox, invented|invented pox "
       "vaccine|Active|2026/01/05||QAB|Works of Q|Active|9990A|owner's text|owner's long text|Active",
       {{"code", "99991-4001-10"},
        {"season", "2026-2027"},
        {"cvx_effective", "2026-01-05"},
        {"cpt", "9990A"},
        {"cpt_status", "Active"},
        {"route", "INTRAMUSCULAR"}}},
  };
  for (const auto& layout : layouts) {
    INFO(layout.row);
    for (const std::string_view end : {"", "\n", "\r\n", "\r", "|\n"}) {
      const auto set = table(std::string(layout.row) + std::string(end));
      REQUIRE(set);
      CHECK(set->id == layout.id);
      REQUIRE(set->codes().size() == 1);
      for (const auto& [column, cell] : layout.cells) {
        INFO(column);
        CHECK(set->column(column) != CodeSet::none);
        CHECK(set->cell(set->codes()[0], column) == cell);
      }
    }
  }
}

TEST_CASE("import: XML with Name and Value, with underscores, with links as attributes") {
  auto set = table(named("MVXCodes", {{"MVX_CODE", "QAB"},
                                      {"Manufacturer Name", "Works of Q"},
                                      {"Notes", ""},
                                      {"Status", "Active"},
                                      {"Last Updated", "1/5/2026"}}));
  REQUIRE(set);
  CHECK(set->id == "MVX");
  CHECK(set->cell(*set->find("QAB"), "updated") == "2026-01-05");
  CHECK(compare_tables(*set, *table("QAB|Works of Q||Active|2026/01/05")).none());

  set = table(
      "<?xml version=\"1.0\"?><MVXCodes><MVXInfo><MVX_CODE>QAB</MVX_CODE><Manufacturer_Name>Works of Q"
      "</Manufacturer_Name><Notes/><Status>Active</Status><LastUpdated>1/5/2026</LastUpdated></MVXInfo></MVXCodes>");
  REQUIRE(set);
  CHECK(set->find("QAB")->display == "Works of Q");

  set = table(named("VGCodes", {{"ShortDescription", "Pox"},
                                {"CVXCode", "901 "},
                                {"Status", "Active"},
                                {"Vaccine Group Name", "POX"},
                                {"CVX for Vaccine Group", "902"}}));
  REQUIRE(set);
  CHECK(set->id == "VG");
  CHECK(set->key_of(set->codes()[0]) == "901|POX");

  set = table(named("productnames", {{"CDC Product Name", "POXAL"},
                                     {"Short Description", "Pox"},
                                     {"CVXCode", "901"},
                                     {"Manufacturer", "Works of Q"},
                                     {"MVX Code", "QAB"},
                                     {"MVX Status", "Active"},
                                     {"Product name Status", "Inactive"},
                                     {"Last Updated", "1/5/2026"}}));
  REQUIRE(set);
  CHECK(set->id == "TradeName");
  CHECK(set->key_of(set->codes()[0]) == "POXAL|901|QAB");
  CHECK(set->codes()[0].status == "Inactive");

  set = table(named("CPTCodes", {{"CPT Code", "9990A"},
                                 {"CPT Desc", "text"},
                                 {"Status", ""},
                                 {"Comments", ""},
                                 {"Vaccine Name", "Pox"},
                                 {"CVX Code", "901"},
                                 {"LastUpdated", "1/5/2026"}}));
  REQUIRE(set);
  CHECK(set->id == "CPT");

  set = table(
      "<CVXVIS><CVXVISMapping><CVXCode>901  </CVXCode><CVXVaccineDescription>Pox</CVXVaccineDescription>"
      "<Fully-encodedString>253088698300001111260105</Fully-encodedString><VISDocumentName>Pox VIS"
      "</VISDocumentName><VISEditionDate>1/5/2026</VISEditionDate><Status>Current</Status></CVXVISMapping></CVXVIS>");
  REQUIRE(set);
  CHECK(set->id == "CVX_VIS");
  CHECK(set->cell(set->codes()[0], "display") == "Pox VIS");

  set = table(
      "<VISLookup><VISInfo><VIS_Document_Type_Description>Pox VIS</VIS_Document_Type_Description><Edition_Date>"
      "1/5/2026</Edition_Date><VIS_encoded_string>253088698300001111260105</VIS_encoded_string>"
      "<VIS_GDTI_document_code>0886983000011</VIS_GDTI_document_code><status>Current</status><Lastupdated>1/6/2026"
      "</Lastupdated></VISInfo></VISLookup>");
  REQUIRE(set);
  CHECK(set->id == "PHVS_VISBarcodes_IIS");
  CHECK(set->codes()[0].status == "Current");

  set = table(
      "<VISURL xmlns:xlink=\"http://www.w3.org/1999/xlink\"><VISURLInfo><VIS_Document_Type_Description_ConceptName>Pox "
      "VIS</VIS_Document_Type_Description_ConceptName><VIS_GDTI_document_Conceptcode>0886983000011"
      "</VIS_GDTI_document_Conceptcode><VIS_PDF_URL xlink:type=\"simple\" "
      "xlink:href=\"https://example.org/pox.pdf\"/><VIS_HTML_URL xlink:type=\"simple\" "
      "xlink:href=\"https://example.org/pox.html?a=1&amp;b=2\"/></VISURLInfo></VISURL>");
  REQUIRE(set);
  CHECK(set->id == "VIS_URL");
  CHECK(set->cell(set->codes()[0], "pdf") == "https://example.org/pox.pdf");
  CHECK(set->cell(set->codes()[0], "html") == "https://example.org/pox.html?a=1&b=2");
}

TEST_CASE("import: encodings") {
  const std::string row = "901       |Pox \xCE\xBA-\xC3\xA9|x|\xE2\x80\x93|Active|False|2026/01/05\r\n";
  std::string little = "\xFF\xFE", big = "\xFE\xFF";
  for (const char16_t c : std::u16string(u"901       |Pox \u03BA-\u00E9|x|\u2013|Active|False|2026/01/05\r\n")) {
    little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
    big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
  }
  for (const std::string& bytes : {row, "\xEF\xBB\xBF" + row, little, big, little.substr(2), big.substr(2)}) {
    const auto set = table(bytes);
    REQUIRE(set);
    CHECK(set->find("901")->display == "Pox \xCE\xBA-\xC3\xA9");
    CHECK(set->cell(*set->find("901"), "notes") == "\xE2\x80\x93");
  }
  // Windows-1252, declared or not: the dash is a byte that ISO 8859-1 does not have.
  const Import latin = import_one("901|Pox \xE9|x|\x96|Active|False|2026/01/05");
  REQUIRE(latin.tables.size() == 1);
  CHECK(latin.tables[0].set->find("901")->display == "Pox \xC3\xA9");
  CHECK(latin.tables[0].set->cell(latin.tables[0].set->codes()[0], "notes") == "\xE2\x80\x93");
  CHECK(says(latin.tables[0].noticed, "Windows-1252"));
  std::string xml(kCvxXml);
  xml.replace(xml.find("a note"), 6, "\xE9t\xE9");
  const auto notes = [](std::string_view text) {
    const auto set = table(text);
    REQUIRE(set);
    return std::string(set->cell(*set->find("901"), "notes"));
  };
  CHECK(notes(xml) == "\xC3\xA9t\xC3\xA9");
  // The Greek letter that CDC's XML writes as a reference, once more escaped or not.
  for (const std::string_view kappa : {"&#954;", "&amp;#954;", "&#x3BA;"}) {
    std::string with(kCvxXml);
    with.replace(with.find("a note"), 6, kappa);
    CHECK(notes(with) == "\xCE\xBA");
  }
}

TEST_CASE("import: records broken over lines are put together") {
  const std::string one =
      "4000|99991|4001|10|POXAL|POX VIRUS,\r\nINVENTED|Works of Q|20260101||PACKAGE|INTRAMUSCULAR|2026-01-05 "
      "00:00:00|901|Pox"
      "|99991-4001-10|00399991400101\r\n";
  const std::string two =
      "4001|99991|4001|20|POXAL|POX|Works of Q|20260101||PACKAGE|INTRAMUSCULAR|2026-01-05 "
      "00:00:00|901|Pox|99991-4001-20|\r\n";
  const Import found = import_one(one + two + one.substr(0, 4) + one.substr(4));
  REQUIRE(found.tables.size() == 1);
  CHECK(found.tables[0].set->codes().size() == 3);
  CHECK(says(found.tables[0].noticed, "2 records were broken over several lines"));
  CHECK(found.tables[0].set->cell(found.tables[0].set->codes()[0], "generic") == "POX VIRUS, INVENTED");
}

TEST_CASE("import: a heading is passed over, blank lines are nothing") {
  const Import found =
      import_one("\nMVX Code|Manufacturer|Notes|Status|Last updated\n\nQAB|Works of Q||Active|2026/01/05\n\n");
  REQUIRE(found.tables.size() == 1);
  CHECK(found.tables[0].set->codes().size() == 1);
  CHECK(says(found.tables[0].noticed, "heading"));
}

TEST_CASE("import: odd but CDC's: a GTIN of 13 digits, one code for two vaccines, a row twice") {
  const auto row = [](std::string_view code, std::string_view cvx, std::string_view gtin, std::string_view stands_in) {
    return "70|99991|4001|01|POXAL|POX|Works of Q|20260101||SYRINGE|" + std::string(gtin) + "|" + std::string(cvx) +
           "|Pox|" + std::string(stands_in) + "|" + std::string(code) + "|2026-01-05 00:00:00|" + std::string(gtin) +
           "\n";
  };
  const Import found = import_one(row("99991-4001-01", "901", "0399991400101", "True") +
                                  row("99991-4001-02", "903", "00399991400101", "True") +
                                  row("99991-4001-02", "902", "00399991400101", "False") +
                                  row("99991-4001-03", "901", "", "True") + row("99991-4001-03", "901", "", "False"));
  REQUIRE(found.tables.size() == 1);
  const ImportedTable& t = found.tables[0];
  CHECK(says(t.noticed, "1 GTIN does not have 14 digits: 0399991400101 for 99991-4001-01."));
  CHECK(says(t.noticed, "1 key stands twice: 99991-4001-03|901."));
  CHECK(t.set->codes().size() == 5);
  REQUIRE(t.set->rows("99991-4001-02").size() == 2);
  CHECK(t.set->key_of(t.set->rows("99991-4001-02")[0]) == "99991-4001-02|902");
  // Rows of one key stay in the order of the file.
  CHECK(t.set->cell(t.set->rows("99991-4001-03")[0], "stands_in") == "yes");
  CHECK(t.set->cell(t.set->rows("99991-4001-03")[1], "stands_in").empty());
}

TEST_CASE("import: a bar code with another date than its edition is right") {
  const Import found = import_one("EUA Sheet|2026/01/05|253088698300001111211212|0886983000011|Current|2026/01/06");
  REQUIRE(found.tables.size() == 1);
  CHECK(says(found.tables[0].noticed, "1 bar code holds another date than its edition"));
  CHECK(import_one("Old VIS|1998/12/16|253088698300001111981216|0886983000011|Historic|2026/01/06")
            .tables[0]
            .noticed.empty());
}

TEST_CASE("import: links to products that are not listed are told") {
  const std::string sale =
      "4000|99991|4001|10|POXAL|POX|Works of Q|20260101||BOX|IM|2026-01-05 00:00:00|901|Pox|99991-4001-10|";
  const std::string use =
      "70|99991|4001|01|POXAL|POX|Works of Q|20260101||SYRINGE||901|Pox|False|99991-4001-01|2026-01-05 00:00:00|";
  const std::string zip = zip_of({{"c/NDC_Linker.txt", "1|4000|70|QAB\n2|4000|71|QAB\n3|4009|70|\n"},
                                  {"c/NDC_Unit_sale.txt", sale},
                                  {"c/NDC_Unit_use.txt", use},
                                  {"__MACOSX/c/._x", "x"}});
  const Import found = import_one(zip, "cdc-20260105.zip");
  CHECK(found.refused.empty());
  REQUIRE(found.tables.size() == 3);
  CHECK(found.tables[0].table == "ndc_linker");
  CHECK(says(found.tables[0].noticed, "2 links name a product that is not listed: 2, 3."));
  for (const ImportedTable& t : found.tables) CHECK(t.set->edition.date == "2026-01-05");
}

TEST_CASE("import: the edition is the date in a name, else it is unknown and the newest change is told") {
  const auto edition = [](std::string_view name) { return import_one(kCvxFlat, name).tables[0].set->edition.date; };
  CHECK(edition("cvx_20260105.txt") == "2026-01-05");
  CHECK(edition("editions/2026-01-05/cdc-source/cvx.txt") == "2026-01-05");
  CHECK(edition("2025-01-01/cvx-2026_01_05.txt") == "2026-01-05");
  CHECK(edition("cvx.txt").empty());
  CHECK(edition("cvx-20261305.txt").empty());
  CHECK(edition("cvx-120260105.txt").empty());
  CHECK(import_one(kCvxFlat, "cvx.txt").tables[0].newest == "2026-01-06");
  CHECK(import_text(import_one(kCvxFlat, "cvx.txt")).find("edition unknown, newest change 2026-01-06, 2 rows") !=
        std::string::npos);
}

TEST_CASE("import: AIRA's code base gives dates of use, those that can be trusted") {
  const auto code = [](std::string_view value, std::string_view concept_type, std::string_view from,
                       std::string_view to) {
    return "<code><value>" + std::string(value) +
           "</value><label>Pox</label><reference><link-to codeset=\"X\">7</link-to>"
           "</reference><use-date><not-before>" +
           std::string(from) + "</not-before><not-after>" + std::string(to) + "</not-after></use-date><concept-type>" +
           std::string(concept_type) + "</concept-type></code>";
  };
  std::string many;
  for (int i = 910; i < 915; ++i) many += code(std::to_string(i), "vaccine", "20200101", "20240707");
  const std::string xml =
      "<codebase><codeset><label>Other</label><type>BODY_SITE</type><code><value>LA</value></code></codeset><codeset>"
      "<type>VACCINATION_CVX_CODE</type>" +
      code("901", "vaccine", "20210203", "20260105") + code("902", "vaccine", "20190101", "20200304") +
      code("903", "unspecified", "20210203", "") + code("904", "vaccine", "20230101", "20220101") + many +
      "</codeset></codebase>";
  const auto cvx = table(kCvxFlat);
  const Import found = import_one(xml, "aira-2026-01-05/Compiled.xml",
                                  [&](std::string_view id) { return id == "CVX" ? cvx.get() : nullptr; });
  REQUIRE(found.tables.size() == 1);
  const CodeSet& set = *found.tables[0].set;
  CHECK(set.id == "CVX_Dates");
  CHECK(set.edition.date == "2026-01-05");
  REQUIRE(set.codes().size() == 1);  // 902 is unspecified, 904 ends before it starts, 910 to 914 share a bulk date
  CHECK(set.cell(set.codes()[0], "start") == "2021-02-03");
  CHECK(set.cell(set.codes()[0], "end").empty());  // the day of CDC's last change
  CHECK(says(found.tables[0].noticed, "of 9 CVX codes"));
  CHECK(says(found.tables[0].noticed, "1 other tables with 1 codes"));
}

TEST_CASE("import: as JSON and as text") {
  const auto old = table("QAB|Works of Q||Active|2026/01/05\nQAC|Works of C||Active|2026/01/05");
  const ImportFile files[] = {
      {"20260201/mvx.txt", "QAB|Works of Q||Inactive|2026/02/01\nQAC|Works of C||Active|2026/01/05"}, {"x.txt", ""}};
  const Import found = import_tables(files, [&](std::string_view id) { return id == "MVX" ? old.get() : nullptr; });
  CHECK(import_json(found) ==
        R"({"tables":[{"file":"20260201/mvx.txt","table":"mvx","id":"MVX","name":"Manufacturers of vaccines",)"
        R"("edition":"2026-02-01","newest":"2026-02-01","rows":2,"older":false,"noticed":[],"changes":{"against":null,)"
        R"("added":0,"removed":0,"changed":1,"text_only":0,"short":"+0 -0 ~1"}}],)"
        R"("refused":[{"file":"x.txt","line":null,"reason":"the file is empty"}]})");
  CHECK(import_text(found) ==
        "20260201/mvx.txt: mvx (Manufacturers of vaccines), edition 2026-02-01, 2 rows\n"
        "  against the edition in use: +0 -0 ~1\nrefused: x.txt: the file is empty\n");
}

TEST_CASE("import: dates") {
  CHECK(table_date("1/5/2026") == "2026-01-05");
  CHECK(table_date("01/05/2026 12:00:00 AM") == "2026-01-05");
  CHECK(table_date("2026/1/5") == "2026-01-05");
  CHECK(table_date("2026-01-05T00:00:00") == "2026-01-05");
  CHECK(table_date("20260105") == "2026-01-05");
  CHECK(table_date("") == "");
  for (const char* none :
       {"2/30/2026", "2026/13/01", "5-1-2026", "20260230", "2026", "1/5/26", "today", "00000000", "1//2026"}) {
    INFO(none);
    CHECK_FALSE(table_date(none));
  }
}

}  // namespace
}  // namespace iz
