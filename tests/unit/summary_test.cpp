#include "core/summary.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace iz;
namespace fs = std::filesystem;

namespace {

// Invented people and places.
const std::string header =
    "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-0412|P|2.5.1|||ER|AL|||||"
    "Z22^CDCPHINVS|LPEDS|STATEIIS\r";
const std::string patient = "PID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper^Wren^^^^L|Vellane^Maribel^^^^^M|20250211|F\r";
const std::string given =
    "ORC|RE||70551-1^LPEDS\r"
    "RXA|0|1|20260217||03^MMR^CVX|0.5|mL^^UCUM||00^New record^NIP001||||||Y014882|20270531|MSD^Merck^MVX|||CP|A\r"
    "RXR|C38299^Subcutaneous^NCIT|LT^Left thigh^HL70163\r";

struct Read {
  Message message;
  Report report;
  Summary summary;
  explicit Read(std::string_view text, std::string_view as_of = "2026-02-17") {
    message.parse(text);
    const Date day = as_of.empty() ? Date{} : *parse_date(as_of);
    Checker(Catalogue::built_in()).check(message, {.profile = {}, .as_of = day}, report);
    summary = summarize(Catalogue::built_in(), message, report);
  }
  std::string line(std::string_view label) const {
    for (const Line& l : summary.lines)
      if (l.label == label) return l.text;
    return "(no line)";
  }
  const Line& whole_line(std::string_view label) const {
    for (const Line& l : summary.lines)
      if (l.label == label) return l;
    throw std::runtime_error("no line");
  }
};

std::string one_dose(std::string_view rxa, std::string_view after = "") {
  const Read read(header + patient + "ORC|RE||1^LPEDS\r" + std::string(rxa) + "\r" + std::string(after));
  REQUIRE(read.summary.doses.size() == 1);
  return read.summary.doses[0].text;
}

DoseKind kind_of(std::string_view rxa) {
  const Read read(header + patient + "ORC|RE||1^LPEDS\r" + std::string(rxa) + "\r");
  REQUIRE(read.summary.doses.size() == 1);
  return read.summary.doses[0].kind;
}

}  // namespace

TEST_CASE("summary: an update") {
  const Read vxu(header + patient + given +
                 "ORC|RE||2^LPEDS\rRXA|0|1|20251101||88^influenza^CVX|999|||01^Historical^NIP001|||||||||||CP|A\r");
  CHECK(vxu.summary.headline == "Update with 2 doses for Juniper Wren Oakhart, girl, 1 year 6 days");
  CHECK(vxu.line("Patient") == "Juniper Wren Oakhart, girl, 1 year 6 days");
  CHECK(vxu.line("Born") == "2025-02-11");
  CHECK(vxu.line("From") == "LPEDS (BrightCharts)");
  CHECK(vxu.line("To") == "STATEIIS");
  CHECK(vxu.line("Sent") == "2026-02-17 09:45:12 -05:00");
  CHECK(vxu.line("Mode") == "(no line)");

  // Every line leads to its place.
  for (const Line& l : vxu.summary.lines) {
    INFO(l.label);
    const Location at = locate(vxu.message, l.path);
    CHECK(at.found);
    CHECK(at.span == l.span);
  }
  CHECK(to_string(vxu.whole_line("Patient").path) == "PID[1]-5[1]");
  CHECK(vxu.message.value(vxu.whole_line("From").span) == "LPEDS");

  REQUIRE(vxu.summary.doses.size() == 2);
  const Dose& first = vxu.summary.doses[0];
  CHECK(first.kind == DoseKind::given);
  CHECK(first.vaccine == "MMR");
  CHECK(first.date == "2026-02-17");
  CHECK(first.lot == "Y014882");
  CHECK(first.text == "MMR, given here 2026-02-17, lot Y014882");
  CHECK(first.order == 1);
  CHECK(to_string(first.path) == "RXA[1]");
  CHECK(vxu.message.value(first.span).starts_with("ORC|RE||70551-1"));
  CHECK(vxu.message.value(first.span).ends_with("HL70163"));
  const Dose& second = vxu.summary.doses[1];
  CHECK(second.kind == DoseKind::historical);
  CHECK(second.text == "Influenza, unspecified formulation, history 2025-11-01, source unspecified");
  CHECK(second.order == 2);
  CHECK(to_string(second.path) == "RXA[2]");
}

TEST_CASE("summary: what happened to a dose") {
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|0.5|||00^^NIP001||||||A1||||||CP") ==
        "Varicella, given here 2026-02-17, lot A1");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|999||||||||||||00^Parental^NIP002||RE") ==
        "Varicella, refused 2026-02-17: parental decision");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|999||||||||||||||NA") == "Varicella, not given 2026-02-17");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|0.2|||00^^NIP001||||||A1|||||PA") ==
        "Varicella, partly given 2026-02-17, lot A1");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|999") == "Varicella, source not stated 2026-02-17");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|0.5|||00^^NIP001||||||A1|||||CP|D") ==
        "Varicella, given here 2026-02-17, lot A1, to be deleted");
  // By NDC, by the alternate code, and as the message calls it.
  CHECK(one_dose("RXA|0|1|20260217||00006-4681-00^M-M-R II^NDC|0.5|||00^^NIP001") == "MMR, given here 2026-02-17");
  CHECK(one_dose("RXA|0|1|20260217||90707^MMR vaccine^C4^03^MMR^CVX|0.5|||00^^NIP001") == "MMR, given here 2026-02-17");
  CHECK(one_dose("RXA|0|1|20260217||831^Hep A, ped^CVX|0.5|||00^^NIP001") == "Hep A, ped, given here 2026-02-17");
  CHECK(one_dose("RXA|0|1|||^^CVX|0.5|||00^^NIP001") == "Vaccine not stated, given here");
  CHECK(one_dose("RXA|0|1|not a day||03^^CVX|0.5|||00^^NIP001") == "MMR, given here");

  CHECK(kind_of("RXA|0|1|20260217||21^x^CVX|999||||||||||||||RE") == DoseKind::refused);
  CHECK(kind_of("RXA|0|1|20260217||21^x^CVX|0.2|||00^^NIP001|||||||||||PA") == DoseKind::partial);
  CHECK(kind_of("RXA|0|1|20260217||21^x^CVX|999") == DoseKind::unknown);
  CHECK(kind_of("RXA|0|1|20260217||998^no vaccine^CVX|999") == DoseKind::observation);
}

TEST_CASE("summary: no vaccine, but a statement") {
  CHECK(one_dose("RXA|0|1|20260217||998^no vaccine administered^CVX|999|||||||||||||||NA",
                 "OBX|1|CE|59784-9^Disease with presumed immunity^LN|1|38907003^Varicella infection^SCT||||||F\r") ==
        "Evidence of immunity: varicella (disorder) (history of disease)");
  const Read read(header + patient + "ORC|RE||9999^LPEDS\rRXA|0|1|20260217||998^none^CVX|999\r");
  CHECK(read.summary.headline ==
        "Update with 1 statement without a dose for Juniper Wren Oakhart, girl, 1 year 6 days");
  CHECK(one_dose("RXA|0|1|20260217||21^x^CVX|999||||||||||||||NA",
                 "OBX|1|CE|30945-0^Contraindication^LN|1|VXC99^egg allergy^99LOCAL||||||F\r") ==
        "Varicella, not given 2026-02-17: contraindication: egg allergy");
}

TEST_CASE("summary: people") {
  const auto patient_line = [](std::string_view pid, std::string_view as_of = "2026-02-17") {
    return Read(header + std::string(pid) + "\r", as_of).line("Patient");
  };
  CHECK(patient_line("PID|1||1||Reed^Tobias||19900101|M") == "Tobias Reed, man, 36 years");
  CHECK(patient_line("PID|1||1||Reed^Tobias||20260217|M") == "Tobias Reed, boy, newborn");
  CHECK(patient_line("PID|1||1||Reed^Ida^^Jr||20200101|F") == "Ida Reed Jr, girl, 6 years 1 month");
  CHECK(patient_line("PID|1||1||Reed^Ida||2020|F") == "Ida Reed, female");
  CHECK(patient_line("PID|1||1||Reed^Ida||20270101|F") == "Ida Reed, female");
  CHECK(patient_line("PID|1||1||||20200101|U") == "6 years 1 month");
  // Without a given day the message's own counts.
  CHECK(patient_line("PID|1||1||Reed^Ida||20200217|F", "") == "Ida Reed, girl, 6 years");
  CHECK(Read(header + "PID|1||1||Reed^Ida||20200101|F|||||||||||||||||||||20250301|Y\r").line("Died") == "2025-03-01");
  CHECK(Read("MSH|^~\\&|||||20260217||VXU^V04|1|T|2.5.1\r").line("Mode") == "Training, not real data");
}

TEST_CASE("summary: an acknowledgment") {
  const Read ack(
      "MSH|^~\\&|STATEIIS|STATEIIS|BrightCharts|LPEDS|20260217094515-0500||ACK^V04^ACK|SI-55|P|2.5.1|||NE|NE|||||"
      "Z23^CDCPHINVS\rMSA|AE|LP-0412\rERR||PID^1^11|102^Data type error^HL70357|W|4^Invalid value^HL70533|||"
      "Address could not be verified\rERR||RXA^3^5^1^1|103^Table value not found^HL70357|E\r");
  CHECK(ack.summary.headline == "Answer to message LP-0412: with something to report (AE), 1 error, 1 warning");
  CHECK(ack.line("Answer to") == "LP-0412");
  CHECK(ack.line("Warning") == "Address could not be verified: Address (PID[1]-11[1])");
  CHECK(ack.line("Error") == "Table value not found: Vaccine, Identifier (RXA[3]-5[1].1)");
  CHECK(ack.summary.doses.empty());
  CHECK(Read("MSH|^~\\&|A|B|C|D|20260217||ACK|1|P|2.5.1\rMSA|AA|7\r").summary.headline ==
        "Answer to message 7: accepted (AA)");
  CHECK(Read("MSH|^~\\&|A|B|C|D|20260217||ACK|1|P|2.5.1\rMSA|AR|\r").summary.headline ==
        "Answer to a message that it does not name: rejected (AR)");
}

TEST_CASE("summary: queries and their answers") {
  const Read query(
      "MSH|^~\\&|||||20260217094515-0500||QBP^Q11^QBP_Q11|7|P|2.5.1|||ER|AL|||||Z44^CDCPHINVS\r"
      "QPD|Z44^Request Evaluated History and "
      "Forecast^CDCPHINVS|37|12^^^LPEDS^MR|Oakhart^Juniper|Vellane^^^^^^M|20250211|F"
      "\rRCP|I|1^RD&Records&HL70126\r");
  CHECK(query.summary.headline == "Query for history and doses due for Juniper Oakhart, girl, 1 year 6 days");
  CHECK(query.line("Patient") == "Juniper Oakhart, girl, 1 year 6 days");

  const Read answer(
      "MSH|^~\\&|||||20260217094515-0500||RSP^K11^RSP_K11|8|P|2.5.1|||NE|NE|||||Z42^CDCPHINVS\rMSA|AA|7\r"
      "QAK|37|OK|Z44^^CDCPHINVS\rQPD|Z44^^CDCPHINVS|37\r" +
      patient + given +
      "ORC|RE||9999^IIS\rRXA|0|1|20260217||998^none^CVX|999|||||||||||||||NA\r"
      "OBX|1|CE|30956-7^Vaccine type^LN|1|21^varicella^CVX||||||F\rOBX|2|DT|30980-7^Due^LN|1|20260301||||||F\r");
  CHECK(answer.summary.headline ==
        "Answer to a query: data found, 1 dose and 1 dose due for Juniper Wren Oakhart, girl, 1 year 6 days");
  REQUIRE(answer.summary.doses.size() == 2);
  CHECK(answer.summary.doses[0].text == "MMR, given 2026-02-17, lot Y014882");
  CHECK(answer.summary.doses[1].text == "Varicella due 2026-03-01");
  CHECK(answer.summary.doses[1].kind == DoseKind::due);

  const Read none(
      "MSH|^~\\&|||||20260217||RSP^K11^RSP_K11|8|P|2.5.1|||NE|NE|||||Z33^CDCPHINVS\rMSA|AA|7\rQAK|37|NF|Z44\r");
  CHECK(none.summary.headline == "Answer to a query: no data found");
  const Read several(
      "MSH|^~\\&|||||20260217||RSP^K11^RSP_K11|8|P|2.5.1\rMSA|AA|7\rQAK|37|OK\rPID|1||1||A^B\rPID|2||2||C^D\r");
  CHECK(several.summary.headline == "Answer to a query: data found with 2 patients");
  CHECK(several.line("Patient 2") == "D C");
}

TEST_CASE("summary: what is hardly a message") {
  CHECK(Read("").summary.headline == "Nothing to read");
  CHECK(Read("garbage").summary.doses.empty());
  CHECK(Read(patient + given).summary.headline == "Update with 1 dose for Juniper Wren Oakhart, girl, 1 year 6 days");
  CHECK(Read("MSH|^~\\&|\r").summary.headline == "Message of unknown type");
  CHECK(Read(header).summary.headline == "Update without doses");
  CHECK(Read(header + "RXA\rRXA\rORC\rORC\rRXA|||||\r").summary.doses.size() == 3);
  std::string many = header;
  for (int i = 0; i < 20000; ++i) many += "PID|1||1||A^B\rRXA|0|1|20260217||998^^CVX\rERR\r";
  CHECK(Read(many).summary.doses.size() == 20000);
}

TEST_CASE("summary: NIST's messages name their patients") {
  const char* set = std::getenv("IZ_SHARED");
  const fs::path folder = (set ? fs::path(set) : fs::path(IZ_SOURCE_DIR) / ".." / "shared") / "data" / "explain";
  if (!fs::exists(folder)) SKIP("SKIPPED: " << folder << " is not there");
  size_t names = 0, doses = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const auto test_case = nlohmann::json::parse(text.str());
    const Read read(test_case["er7"].get<std::string>(), "2018-01-01");
    INFO(entry.path().filename());
    size_t stated = 0;
    for (const auto& fact : test_case["facts"]) {
      const auto what = fact[1].get<std::string>(), value = fact[2].get<std::string>();
      if (fact[0] == "Patient Information" && what == "Patient Name") {
        ++names;
        CHECK(read.line("Patient").starts_with(value));
      }
      if (what == "Date/Time Start of Administration") ++stated;
    }
    if (stated == 0) continue;
    CHECK(read.summary.doses.size() == stated);
    doses += stated;
  }
  CHECK(names == 30);
  CHECK(doses > 200);
}
