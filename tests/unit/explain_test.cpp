#include "core/explain.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/meanings.h"
#include "tests/catalogue/sample.h"

using namespace iz;
namespace fs = std::filesystem;

namespace {

// Invented people and places.
constexpr std::string_view update =
    "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-0412|P|2.5.1|||ER|AL|||||"
    "Z22^CDCPHINVS|LPEDS|STATEIIS\r"
    "PID|1||LP-88213^^^LPEDS^MR~44120^^^STATEIIS^SR||Oakhart^Juniper^Wren^^^^L|Vellane^Maribel^^^^^M|20250211|F||"
    "2106-3^White^CDCREC|418 Lantern "
    "Row^^Millbrook^NY^12545^USA^P||^PRN^PH^^^845^5550142~^NET^^home@example.org|||||||||"
    "2186-5^Not Hispanic or Latino^CDCREC||N|1\r"
    "PD1|||||||||||02^Reminder/recall - any method^HL70215|N|20260217|||A|20250211|20260217\r"
    "NK1|1|Vellane^Maribel^^^^^L|MTH^Mother^HL70063|418 Lantern Row^^Millbrook^NY^12545^USA^P|^PRN^CP^^^845^5550142\r"
    "ORC|RE||70551-1^LPEDS|||||||7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN||"
    "9105^Brandsted^Ivo^^^^^^LPEDS^L^^^PRN^^^^^^^^MD\r"
    "RXA|0|1|20260217||03^MMR^CVX^00006-4681-00^M-M-R II^NDC|0.5|mL^^UCUM||00^New record^NIP001|"
    "7824^Quillon^Ada^^^^^^LPEDS^L^^^PRN|^^^LPEDS||||Y01\\T\\4882|20270531|MSD^Merck and Co., Inc.^MVX|||CP|A\r"
    "RXR|C38299^Subcutaneous^NCIT|LT^Left thigh^HL70163\r"
    "OBX|1|CE|64994-7^Vaccine funding program eligibility^LN|1|V02^VFC eligible - Medicaid^HL70064||||||F|||20260217|||"
    "VXC40^Eligibility captured at the immunization level^CDCPHINVS\r"
    "OBX|2|DT|29769-7^Date VIS presented^LN|2|20260217||||||F|||20260217\r"
    "ORC|RE||9999^LPEDS\r"
    "RXA|0|1|20260217||831^Hep A, ped^CVX|999||||||||||||00^Parental decision^NIP002||RE|\"\"\r";

struct Read {
  Message message;
  Report report;
  explicit Read(std::string_view text, std::string_view as_of = "2026-02-18") {
    message.parse(text);
    Checker(Catalogue::built_in()).check(message, {.profile = {}, .as_of = *parse_date(as_of)}, report);
  }
  Explanation at(std::string_view path) const {
    INFO(path);
    REQUIRE(parse_path(path));
    return explain(Catalogue::built_in(), message, report, *parse_path(path));
  }
  std::string brief(std::string_view path) const {
    return decode(Catalogue::built_in(), message, report, *parse_path(path));
  }
};

fs::path shared() {
  const char* set = std::getenv("IZ_SHARED");
  return set ? fs::path(set) : fs::path(IZ_SOURCE_DIR) / ".." / "shared";
}

}  // namespace

TEST_CASE("explain: a coded field and its parts") {
  const Read vxu(update);
  REQUIRE(vxu.report.profile);
  const Explanation field = vxu.at("RXA-5");
  CHECK(field.defined);
  CHECK(field.present);
  CHECK(field.name == "Administered Code");
  CHECK(field.label == "Vaccine");
  CHECK(field.trail == "Administered vaccine > Administered Code");
  CHECK(field.data_type == "CE");
  CHECK(field.usage == "R");
  CHECK(field.cardinality == "[1..1]");
  CHECK(field.binding.starts_with("CVX, 20"));
  CHECK(field.value == "03^MMR^CVX^00006-4681-00^M-M-R II^NDC");
  CHECK(field.decoded == "MMR (CVX 03)");
  CHECK(field.meaning.find("NDC") != std::string::npos);

  const Explanation code = vxu.at("RXA-5.1");
  CHECK(code.name == "Identifier");
  CHECK(code.trail == "Administered vaccine > Administered Code > Identifier");
  CHECK(code.data_type == "ST");
  CHECK(code.usage == "R");
  CHECK(code.cardinality == "[1..1]");
  CHECK(code.value == "03");
  CHECK(code.decoded == "MMR (CVX 03)");
  CHECK(code.span == vxu.message.span(vxu.message.component(vxu.message.repetition(5, 5, 1), 1)));
  CHECK(vxu.at("RXA-5.4").decoded == "M-M-R II (NDC 00006-4681-00), MMR (CVX 03)");
  CHECK(vxu.at("RXA-5.2").decoded.empty());
  CHECK(vxu.brief("RXA-5") == "MMR");

  CHECK(vxu.at("PID-10").decoded == "White");
  CHECK(vxu.at("PID-10.1").decoded == "White");
  CHECK(vxu.at("PID-8").decoded == "Female");
  CHECK(vxu.at("PID-24").decoded == "No");
  CHECK(vxu.at("OBX-5").decoded == "VFC eligible - Medicaid/Medicaid Managed Care");
  CHECK(vxu.at("OBX-5.1").name == "Identifier");
  CHECK(vxu.at("RXA[2]-5").decoded.starts_with("not in CVX"));
  CHECK(vxu.brief("RXA[2]-5") == "Hep A, ped");
}

TEST_CASE("explain: dates, names, numbers") {
  const Read vxu(update);
  CHECK(vxu.at("PID-7").decoded == "February 11, 2025; age 1 year 7 days");
  CHECK(vxu.at("PID-7.1").decoded == "February 11, 2025; age 1 year 7 days");
  CHECK(vxu.at("RXA-3.1").decoded == "February 17, 2026; age 1 year 6 days");
  CHECK(vxu.brief("RXA-3") == "2026-02-17 at 1 year 6 days");
  CHECK(vxu.brief("PID-7") == "2025-02-11, 1 year 7 days");
  CHECK(vxu.at("RXA-7").decoded == "milliliter");
  CHECK(vxu.at("RXA-16").decoded == "May 31, 2027");
  CHECK(vxu.at("OBX[2]-5").decoded == "February 17, 2026");
  CHECK(vxu.at("OBX[2]-5").data_type == "DT");
  CHECK(vxu.at("MSH-7").decoded == "February 17, 2026, 09:45:12 UTC-05:00");
  CHECK(vxu.at("PID-5").decoded == "Juniper Wren Oakhart");
  CHECK(vxu.at("PID-6").decoded == "Maribel Vellane (maiden name)");
  CHECK(vxu.at("PID-3").decoded == "LP-88213 (MR, assigned by LPEDS)");
  CHECK(vxu.at("PID-3[2]").decoded == "44120 (SR, assigned by STATEIIS)");
  CHECK(vxu.at("PID-3[2].5").decoded == "State registry ID");
  CHECK(vxu.at("PID-11").decoded == "418 Lantern Row, Millbrook, NY 12545, USA (permanent)");
  CHECK(vxu.at("PID-13").decoded == "(845) 555-0142, primary residence");
  CHECK(vxu.at("PID-13[2]").decoded == "home@example.org, email");
  CHECK(vxu.at("NK1-5").decoded == "(845) 555-0142, primary residence, cellular phone");
  CHECK(vxu.at("ORC-12").decoded == "Ivo Brandsted, MD, number 9105 of LPEDS");
  CHECK(vxu.brief("ORC-12") == "Ivo Brandsted, MD");
  CHECK(vxu.at("RXA-6").decoded == "0.5 mL");
  CHECK(vxu.at("RXA[2]-6").decoded == "amount not known");
  CHECK(vxu.at("RXA-15").value == "Y01\\T\\4882");
  CHECK(vxu.at("RXA-15").decoded == "Y01&4882");
  CHECK(vxu.at("MSH-9").decoded == "VXU V04: unsolicited vaccination record update");
  CHECK(vxu.at("MSH-15").decoded == "Error/Reject conditions only");
  CHECK(vxu.at("MSH-10").decoded.empty());
  CHECK(vxu.at("RXA[2]-21").decoded == "deliberately emptied");
}

TEST_CASE("explain: units in words") {
  const Read observed("MSH|^~\\&|||||20260217||VXU^V04|1|P|2.5.1\rOBX|1|NM|1^^LN|1|5|mL/dL^^UCUM\r");
  CHECK(observed.at("OBX-6").decoded == "milliliters per deciliter");
  CHECK(observed.at("OBX-5").decoded == "5 mL/dL");
}

TEST_CASE("explain: conditional usage") {
  const Read vxu(update);
  const Explanation unit = vxu.at("RXA-7");
  CHECK(unit.usage == "C(R/X)");
  CHECK(unit.condition == "required if RXA-6 is sent and is not 999, otherwise not sent");
  const Explanation system = vxu.at("PID-3.1");
  CHECK(system.condition.empty());
  CHECK(vxu.at("RXA-20").condition.empty());
}

TEST_CASE("explain: absent, unknown and whole places") {
  const Read vxu(update);
  const Explanation absent = vxu.at("PID-29");
  CHECK(absent.defined);
  CHECK_FALSE(absent.present);
  CHECK(absent.value.empty());
  CHECK(absent.decoded.empty());
  CHECK(absent.name == "Patient Death Date and Time");
  for (const std::string_view path : {"PID-99", "PID-3.99", "PID-8.2", "ZZZ-1", "QPD-3", "MSA-1"}) {
    INFO(path);
    CHECK_FALSE(vxu.at(path).defined);
  }
  // The only component of a simple value is that value.
  CHECK(vxu.at("PID-8.1").defined);
  CHECK(vxu.at("PID-8.1").name == "Administrative Sex");
  CHECK(vxu.at("PID-8.1").decoded == "Female");
  CHECK(vxu.at("PID-3[9]").defined);
  CHECK_FALSE(vxu.at("PID-3[9]").present);
  CHECK_FALSE(vxu.at("RXA[9]-5").present);

  CHECK(vxu.at("PID").decoded == "Juniper Wren Oakhart, girl, 1 year 7 days");
  CHECK(vxu.at("PID").label == "Patient");
  CHECK(vxu.at("PID").value.starts_with("PID|1|"));
  CHECK(vxu.brief("NK1") == "Maribel Vellane, mother");
  CHECK(vxu.brief("RXR") == "Subcutaneous, left thigh");
  CHECK(vxu.brief("OBX") ==
        "Vaccine funding program eligibility category: VFC eligible - Medicaid/Medicaid Managed Care");
  CHECK(vxu.brief("RXA") == "MMR, given here 2026-02-17, lot Y01&4882");
  CHECK(explain(Catalogue::built_in(), vxu.message, vxu.report, Path{}).name.empty());
}

TEST_CASE("explain: by offset, and the findings there") {
  const Read vxu(update);
  const auto offset = uint32_t(update.find("831"));
  const Explanation e = explain(Catalogue::built_in(), vxu.message, vxu.report, offset);
  CHECK(to_string(e.path) == "RXA[2]-5[1].1");
  REQUIRE_FALSE(e.findings.empty());
  for (const uint32_t i : e.findings) CHECK(vxu.report.findings[i].path == e.path);
  // The field and the segment have at least the findings of what is inside them.
  CHECK(vxu.at("RXA[2]-5").findings.size() >= e.findings.size());
  CHECK(vxu.at("RXA[2]").findings.size() >= vxu.at("RXA[2]-5").findings.size());
  for (uint32_t at = 0; at <= update.size(); ++at) explain(Catalogue::built_in(), vxu.message, vxu.report, at);
  explain(Catalogue::built_in(), vxu.message, vxu.report, uint32_t(update.size() + 1000));
}

TEST_CASE("explain: an acknowledgment") {
  const Read ack(
      "MSH|^~\\&|STATEIIS|STATEIIS|BrightCharts|LPEDS|20260217094515-0500||ACK^V04^ACK|SI-55|P|2.5.1|||NE|NE|||||"
      "Z23^CDCPHINVS\rMSA|AE|LP-0412\rERR||PID^1^11|102^Data type error^HL70357|W|4^Invalid value^HL70533|||"
      "Address could not be verified\r");
  CHECK(ack.at("MSA-1").decoded == "Application error");
  CHECK(ack.at("ERR-2").decoded == "Address (PID[1]-11[1])");
  CHECK(ack.at("ERR-2").data_type == "ERL");
  CHECK(ack.at("ERR-4").decoded == "Warning");
  CHECK(ack.brief("ERR") == "Address could not be verified: Address (PID[1]-11[1])");
  CHECK_FALSE(ack.at("PID-5").defined);
  CHECK(ack.at("PID-5").name == "Patient Name");
}

TEST_CASE("explain: a message without a profile of ours") {
  const Read query(
      "MSH|^~\\&|||||20260217094515-0500||ADT^A08^ADT_A01|7|P|2.5.1|||ER|AL|||||N1^LOCAL\r"
      "QPD|Z44^Request Evaluated History and "
      "Forecast^CDCPHINVS|37|12^^^LPEDS^MR|Oakhart^Juniper|Vellane^^^^^^M|20250211|F"
      "\rRCP|I|1^RD&Records&HL70126\r");
  REQUIRE_FALSE(query.report.profile);
  CHECK(query.at("QPD-3.4.1").name == "Namespace ID");
  CHECK(query.at("QPD-3.4.1").value == "LPEDS");
  CHECK(query.at("QPD-3.4.1").defined);
  CHECK(query.at("QPD-3").usage.empty());
  CHECK(query.at("QPD-7").decoded == "Female");
  CHECK(query.at("RCP-2").decoded == "1 record");
  CHECK_FALSE(query.at("ZZZ-1").defined);
}

TEST_CASE("explain: a query") {
  const Read query(iz::test::sample("qbp-z44"));
  REQUIRE(query.report.profile);
  CHECK(query.at("MSH-21.1").decoded == "Request Evaluated History and Forecast");
  CHECK(query.at("QPD-3.4.1").usage == "C(R/O)");
  CHECK(query.at("QPD-7").decoded == "Female");
  CHECK(query.at("RCP-2").decoded == "1 record");
  CHECK_FALSE(query.at("RXA-5").defined);
}

TEST_CASE("explain: any bytes") {
  for (const std::string_view text :
       {std::string_view(""), std::string_view("MSH"), std::string_view("PID|||^^^^&&&&\r\rZZ"),
        std::string_view("MSH|^~\\&|\r\xff\xfe|\r"), std::string_view("RXA|||||^^^^^^^^~~~\rOBX||XX|||a^b&c")}) {
    const Read any(text);
    for (const std::string_view path :
         {"MSH-7", "PID-5", "RXA-5", "RXA-5.1", "OBX-5", "OBX-5.1.1", "ERR-2", "RXA", "OBX"})
      any.at(path);
  }
}

TEST_CASE("explain: the rows of meanings") {
  // Each row can be found, so the table is sorted and none stands twice.
  for (const std::string_view segment : {"DSC", "ERR", "IN1", "MSA", "MSH", "NK1", "NTE", "OBX", "ORC", "PD1", "PID",
                                         "PV1", "QAK", "QPD", "RCP", "RXA", "RXR", "SFT"}) {
    INFO(segment);
    const Meaning* m = find_meaning(segment_code(segment), 0);
    REQUIRE(m);
    CHECK(m->segment == segment);
  }
  const Profile* z22 = Catalogue::built_in().profile("Z22");
  REQUIRE(z22);
  // Every field that the guide wants sent says what it is for.
  for (const std::string_view name : {"MSH", "PID", "PD1", "NK1", "ORC", "RXA", "RXR", "OBX"}) {
    const SegmentDef* segment = z22->segment(name);
    REQUIRE(segment);
    for (uint32_t n = 1; n <= segment->fields.size(); ++n) {
      const Usage usage = segment->fields[n - 1].usage;
      if (usage == Usage::O || usage == Usage::X) continue;
      INFO(name << "-" << n);
      const Meaning* m = find_meaning(segment->code, n);
      REQUIRE(m);
      CHECK_FALSE(m->text.empty());
      CHECK(m->text.back() == '.');
    }
  }
}

TEST_CASE("explain: values and names of the NIST messages") {
  const fs::path folder = shared() / "data" / "explain";
  if (!fs::exists(folder)) SKIP("SKIPPED: " << folder << " is not there");
  size_t files = 0, places = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const auto test_case = nlohmann::json::parse(text.str());
    const Read read(test_case["er7"].get<std::string>(), "2018-01-01");

    // The places of one segment come after another without the segment's number: it is the next segment of that name
    // when a place does not come after the last one.
    std::map<std::string, std::pair<uint32_t, Path>> last;
    for (const auto& row : test_case["content"]) {
      const auto location = row[0].get<std::string>();
      auto path = parse_path(location);
      INFO(entry.path().filename() << " " << location);
      REQUIRE(path);
      auto& [occurrence, before] = last[location.substr(0, 3)];
      const auto key = [](const Path& p) { return std::tuple(p.field, p.repetition, p.component, p.subcomponent); };
      if (occurrence == 0 || key(*path) <= key(before)) ++occurrence;
      before = *path;
      path->occurrence = occurrence;
      const Explanation e = explain(Catalogue::built_in(), read.message, read.report, *path);
      ++places;
      // The test plans leave out blanks at the ends of a value; ours is the text between the delimiters.
      std::string value = e.value;
      while (!value.empty() && value.back() == ' ') value.pop_back();
      value.erase(0, value.find_first_not_of(' ') == std::string::npos ? 0 : value.find_first_not_of(' '));
      if (value != row[2].get<std::string>() || e.name != row[1].get<std::string>() || !e.defined) {
        CHECK(value == row[2].get<std::string>());
        CHECK(e.name == row[1].get<std::string>());
        CHECK(e.defined);
      }
    }
  }
  CHECK(files == 43);
  CHECK(places > 10000);
}
