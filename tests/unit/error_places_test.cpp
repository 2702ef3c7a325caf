#include "core/error_places.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/check.h"
#include "core/error_reports.h"
#include "tests/fuzz/mutate.h"

using namespace iz;
namespace fs = std::filesystem;

namespace {

// Invented people and places: two doses, three OBX in the first, two in the second, no NK1.
const std::string two_doses =
    "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-0412|P|2.5.1|||ER|AL|||||"
    "Z22^CDCPHINVS|LPEDS|STATEIIS\r"
    "PID|1||LP-88213^^^LPEDS^MR~99120^^^STATE^SR||Oakhart^Juniper^Wren^^^^L|Vellane^Maribel^^^^^M|20250211|F||2106-3^"
    "White^CDCREC|12 Fern Row^^Brightwater^MT^59711^USA^P||^PRN^PH^^^406^5550117~^NET^^juniper@example.org\r"
    "PD1|||||||||||02^Reminder^HL70215|N|20260217|||A|20260217|20260217\r"
    "ORC|RE||70551-1^LPEDS\r"
    "RXA|0|1|20260217||00006-4171-01^ProQuad^NDC|0.5|mL^^UCUM||00^New record^NIP001||^^^LPEDS||||Y014882|20270531|"
    "MSD^Merck^MVX|||CP|A\r"
    "RXR|C38299^Subcutaneous^NCIT|LT^Left thigh^HL70163\r"
    "OBX|1|CE|64994-7^Eligibility^LN|1|V02^Medicaid^HL70064||||||F|||20260217\r"
    "OBX|2|CE|69764-9^Document type^LN|2|253088698300013411100521^VIS^cdcgs1vis||||||F|||20260217\r"
    "OBX|3|DT|29769-7^Date presented^LN|2|20260217||||||F|||20260217\r"
    "ORC|RE||70551-2^LPEDS\r"
    "RXA|0|1|20260115||03^MMR^CVX|0.5|mL^^UCUM||00^New record^NIP001||^^^LPEDS||||K4471|20270430|"
    "MSD^Merck^MVX|||CP|U\r"
    "OBX|1|CE|64994-7^Eligibility^LN|1|V05^Underinsured^HL70064||||||F|||20260217\r"
    "OBX|9|CE|30963-3^Funding^LN|2|VXC50^Public^CDCPHINVS||||||F|||20260217\r";
const std::string one_dose = two_doses.substr(0, two_doses.rfind("ORC|"));
const std::string query =
    "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||QBP^Q11^QBP_Q11|LP-0413|P|2.5.1|||ER|AL|||||"
    "Z34^CDCPHINVS\r"
    "QPD|Z34^Request Immunization History^CDCPHINVS|LP-0413|LP-88213^^^LPEDS^MR|Oakhart^Juniper^Wren^^^^L|Vellane|"
    "20250211|F\r"
    "RCP|I|5^RD&records&HL70126\r";
const std::string head = "MSH|^~\\&|IIS|STATE|EHR|CLINIC|20261122120000-0500||ACK^V04^ACK|A1|P|2.5.1|||NE|NE|||||Z23\r";

struct Placed_ {
  Message sent, answer;
  std::vector<DoseOutcome> doses;
  std::vector<ErrorReport> errors;
  Report report;
  Placed_(std::string_view sent_text, std::string_view errs) {
    sent.parse(sent_text);
    answer.parse(head + "MSA|AE|LP-0412\r" + std::string(errs));
    const Catalogue& c = Catalogue::built_in();
    doses = dose_outcomes(c, sent);
    errors = read_errors(answer);
    place_errors(c, sent, doses, answer.delimiters(), errors);
    fold_errors(answer.delimiters(), errors);
    Checker(c).check(sent, {.profile = {}, .as_of = *parse_date("2026-02-18")}, report);
    compare_errors(report, errors);
  }
  std::string words(const ErrorReport& e) const {
    std::string out;
    for (const ErrorPlace& p : e.places) {
      if (!out.empty()) out += ' ';
      out += to_string(p.path) + " " + std::string(to_string(p.placed));
      if (p.dose >= 0) out += " d" + std::to_string(p.dose + 1);
      if (p.value_present) out += " =" + std::string(sent.value(p.span).substr(0, 12));
    }
    return out;
  }
};

/// Places of the only error: "RXA[1]-5[1].1 exact d1 =03".
std::string placed(std::string_view sent, std::string_view erl, std::string_view code = "102",
                   std::string_view text = "", std::string_view five = "") {
  Placed_ p(sent, "ERR||" + std::string(erl) + "|" + std::string(code) + "|E|" + std::string(five) + "|||" +
                      std::string(text) + "\r");
  REQUIRE(p.errors.size() == 1);
  return p.words(p.errors[0]);
}

/// Where a place that is absent would stand: the text just before it.
std::string stands_after(std::string_view sent, std::string_view erl, size_t length) {
  Placed_ p(sent, "ERR||" + std::string(erl) + "|101|E\r");
  REQUIRE(p.errors.size() == 1);
  REQUIRE(p.errors[0].places.size() == 1);
  const Span span = p.errors[0].places[0].span;
  CHECK(span.begin == span.end);
  return std::string(sent.substr(span.begin - length, length));
}

std::string follows(std::string_view sent, std::string_view errs) {
  Placed_ p(sent, errs);
  std::string out;
  for (const ErrorReport& e : p.errors) {
    if (!out.empty()) out += ' ';
    out += e.follows < 0 ? "-" : std::to_string(e.follows) + (e.repeats ? "=" : "");
  }
  return out;
}

}  // namespace

TEST_CASE("a conforming ERL is exact, counted over the whole message") {
  CHECK(placed(two_doses, "RXA^2^5^1^1") == "RXA[2]-5[1].1 exact d2 =03");
  CHECK(placed(two_doses, "OBX^5^5^1^1") == "OBX[5]-5[1].1 exact d2 =VXC50");
  CHECK(placed(two_doses, "PID^1^13^2^4") == "PID[1]-13[2].4 exact =juniper@exam");
  CHECK(placed(two_doses, "PID^1^5") == "PID[1]-5 exact =Oakhart^Juni");
  CHECK(placed(two_doses, "PID^1^3^2") == "PID[1]-3[2] exact =99120^^^STAT");
  CHECK(placed(two_doses, "RXA^2^18^1^1") == "RXA[2]-18[1].1 exact d2");
  CHECK(placed(two_doses, "RXA^1", "100") == "RXA[1] exact d1 =RXA|0|1|2026");
  CHECK(placed(two_doses, "MSH^1^6^1^1~MSH^1^4^1^1") == "MSH[1]-6[1].1 exact =STATEIIS MSH[1]-4[1].1 exact =LPEDS");
}

TEST_CASE("an ERL of another form with one reading is repaired") {
  CHECK(placed(two_doses, "PID^7") == "PID[1]-7 repaired =20250211");
  CHECK(placed(two_doses, "MSH^12^1^1") == "MSH[1]-12[1].1 repaired =2.5.1");
  CHECK(placed(two_doses, "PD1^^16") == "PD1[1]-16 repaired =A");
  CHECK(placed(two_doses, "PID^1^3^0") == "PID[1]-3[1] repaired =LP-88213^^^L");
  CHECK(placed(two_doses, "RXA^1^11.4^1") == "RXA[1]-11[1].4 repaired d1 =LPEDS");
  CHECK(placed(one_dose, "RXA^5") == "RXA[1]-5 repaired d1 =00006-4171-0");
  CHECK(placed(one_dose, "ORC^^3") == "ORC[1]-3 repaired d1 =70551-1^LPED");
  CHECK(placed(one_dose, "RXA") == "RXA[1] repaired d1 =RXA|0|1|2026");
  CHECK(placed(one_dose, "RXR^0^2") == "RXR[1]-2 repaired d1 =LT^Left thig");
  CHECK(placed(two_doses, "OBX^2^3^0", "204") == "OBX[2]-3[1] repaired d1 =69764-9^Docu");
  CHECK(placed(two_doses, "PID-11.5") == "PID[1]-11[1].5 repaired =59711");
  CHECK(placed(two_doses, "RXA^2^0") == "RXA[2] repaired d2 =RXA|0|1|2026");
}

TEST_CASE("several readings: the text decides, else all are listed") {
  CHECK(placed(two_doses, "RXA^5") == "RXA[1]-5 ambiguous d1 =00006-4171-0 RXA[2]-5 ambiguous d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "RXA^5", "103", "RXA #2 IGNORED") == "RXA[2]-5 guessed d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "RXA^5", "103", "CVX code 03 is not active") == "RXA[2]-5 guessed d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "ORC^^3", "101") ==
        "ORC[1]-3 ambiguous d1 =70551-1^LPED ORC[2]-3 ambiguous d2 =70551-2^LPED");
  CHECK(placed(two_doses, "ORC^^3", "101", "missing in repeat #2") == "ORC[2]-3 guessed d2 =70551-2^LPED");
  CHECK(placed(two_doses, "OBX^^5", "103", "Dose 2: code VXC50 unknown") == "OBX[5]-5 guessed d2 =VXC50^Public");
  CHECK(placed(two_doses, "OBX^^5", "103", "Dose 2: code unknown") ==
        "OBX[4]-5 ambiguous d2 =V05^Underins OBX[5]-5 ambiguous d2 =VXC50^Public");
  CHECK(placed(two_doses, "ORC^^3", "101", "Vaccination #2 has no number") == "ORC[2]-3 guessed d2 =70551-2^LPED");
  CHECK(placed(two_doses, "RXA^2", "100") == "RXA[2] exact d2 =RXA|0|1|2026");
  CHECK(placed(two_doses, "RXA^2", "101") ==
        "RXA[2] ambiguous d2 =RXA|0|1|2026 RXA[1]-2 ambiguous d1 =1 RXA[2]-2 ambiguous d2 =1");
  CHECK(placed(two_doses, "RXA^2", "101", "RXA #2 is not complete") == "RXA[2] guessed d2 =RXA|0|1|2026");
  CHECK(placed(one_dose, "OBX^3", "103", "OBX-3 is not known") ==
        "OBX[1]-3 ambiguous d1 =64994-7^Elig OBX[2]-3 ambiguous d1 =69764-9^Docu OBX[3]-3 ambiguous d1 =29769-7^Date");
}

TEST_CASE("an occurrence out of range: set id, text, else absent") {
  CHECK(placed(two_doses, "OBX^9^5") == "OBX[5]-5 guessed d2 =VXC50^Public");
  CHECK(placed(two_doses, "RXA^3^5", "103", "Value [03] is not known") == "RXA[2]-5 guessed d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "RXA^3^5", "103") == "RXA[3]-5 absent");
  CHECK(placed(one_dose, "RXR^2^1^1", "999") == "RXR[1]-2[1].1 guessed d1 =LT");
  CHECK(placed(two_doses, "PID^2^8", "101") == "PID[1]-8 repaired =F");
}

TEST_CASE("a repetition that is not there was meant as a component") {
  CHECK(placed(two_doses, "PID^1^11^5", "999", "59711 is not known") == "PID[1]-11[1].5 guessed =59711");
  CHECK(placed(two_doses, "PID^1^8^3") == "PID[1]-8[3] exact");
}

TEST_CASE("something absent: the place where it would stand") {
  CHECK(placed(two_doses, "NK1^1^3", "101") == "NK1[1]-3 absent");
  CHECK(placed(two_doses, "NK1^^0", "101") == "NK1[1] absent");
  CHECK(stands_after(two_doses, "NK1^^0", 17) == "20260217|20260217");
  CHECK(placed(two_doses, "RXR^2^1", "101") == "RXR[2]-1 absent d2");
  CHECK(stands_after(two_doses, "RXR^2^1", 5) == "|CP|U");
  CHECK(stands_after(two_doses, "NTE^1", 26) == "20260217||||||F|||20260217");
  const std::string no_route = one_dose.substr(0, one_dose.find("RXR|")) + one_dose.substr(one_dose.find("OBX|"));
  CHECK(placed(no_route, "RXR^1^1", "101") == "RXR[1]-1 absent d1");
  CHECK(stands_after(no_route, "RXR^1^1", 5) == "|CP|A");
  CHECK(stands_after(two_doses, "PID^1^30", 11) == "example.org");
  CHECK(placed("", "PID^1^5") == "PID[1]-5 absent");
}

TEST_CASE("no location: a place, a value or a word in the text") {
  CHECK(placed(two_doses, "", "101", "REQUIRED FIELD PID-3-5 MISSING") == "PID[1]-3[1].5 guessed =MR");
  CHECK(placed(two_doses, "", "103", "RXA-5 not known") ==
        "RXA[1]-5 ambiguous d1 =00006-4171-0 RXA[2]-5 ambiguous d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "", "103", "RXA #2: RXA-5 not known") == "RXA[2]-5 guessed d2 =03^MMR^CVX");
  CHECK(placed(two_doses, "", "103", "CVX code: 03 is not usable") == "RXA[2]-5[1].1 guessed d2 =03");
  CHECK(placed(one_dose, "", "103", "CVX code: 998 is not usable") == "RXA[1]-5 guessed d1 =00006-4171-0");
  CHECK(placed(two_doses, "", "102", "59711 is not a zip code") == "PID[1]-11[1].5 guessed =59711");
  CHECK(placed(two_doses, "", "102", "Lot K4471 has expired") == "RXA[2]-15[1] guessed d2 =K4471");
  CHECK(placed(two_doses, "", "102", "Dose of 2026-01-15 is too early") == "RXA[2]-3[1] guessed d2 =20260115");
  CHECK(placed(two_doses, "", "101", "HL7 PV1 segment is missing") == "PV1[1] absent");
  CHECK(placed(two_doses, "", "207", "Application failed").empty());
  CHECK(placed(query, "QPD^1^8^1^7", "101") == "QPD[1]-8[1].7 exact");
  CHECK(placed(query, "", "101", "QPD[1].3[1].1 is wrong") == "QPD[1]-3[1].1 guessed =LP-88213");
  CHECK(placed(query, "PID^1^7", "101") == "PID[1]-7 absent");
}

TEST_CASE("ERR-1 that names a place is exact") {
  Placed_ p(two_doses, "ERR|RXA^2^5^103&Table value not found&HL70357\r");
  REQUIRE(p.errors.size() == 1);
  CHECK(p.words(p.errors[0]) == "RXA[2]-5 exact d2 =03^MMR^CVX");
}

TEST_CASE("field, segment and group errors of one cause fold into it") {
  // Guide, appendix B: one bad code, three ERR. The last ones do not say which RXA they mean.
  const std::string cascade =
      "ERR||RXA^2^5|103^table value not found^HL70357|E|5||||Code not known\r"
      "ERR||RXA^2^5|101^required field missing^HL70357|E|7||||RXA-5 is required\r"
      "ERR||RXA|100^required segment missing^HL70357|E|||||RXA is required\r";
  Placed_ p(two_doses, cascade);
  REQUIRE(p.errors.size() == 3);
  CHECK(p.words(p.errors[2]) == "RXA[2] guessed d2 =RXA|0|1|2026");
  CHECK(follows(two_doses, cascade) == "- 0 0");
  CHECK(follows("", cascade) == "- 0 0");                                // of a message that has no RXA at all
  fold_errors(p.answer.delimiters(), p.errors = read_errors(p.answer));  // also without a sent message
  CHECK(p.errors[0].follows == -1);
  CHECK(p.errors[1].follows == 0);
  CHECK(p.errors[2].follows == 0);
  CHECK_FALSE(p.errors[1].says_missing);
  CHECK_FALSE(p.errors[2].says_missing);
  CHECK(follows(two_doses, "ERR||PID^1^5|101|E|7||||Name is required\rERR||PID|100|E||||PID is required\r") == "- 0");
  CHECK(follows(two_doses, cascade + "ERR||RXA^1^5|103|E\rERR||RXA|100|E\r") == "- 0 0 - 3");
}

TEST_CASE("what does not follow") {
  CHECK(follows(two_doses, "ERR||RXA^1^5|103|E\rERR||RXA^2^5|101|E\r") == "- -");
  CHECK(follows(two_doses, "ERR||RXA^1^5|103|E\rERR||RXA^1^3|101|E\r") == "- -");
  CHECK(follows(two_doses, "ERR||RXA^1^5|103|E\rERR||RXA^1^5|102|E||||Other\r") == "- -");
  CHECK(follows(two_doses, "ERR||RXA^1^9|103|W\rERR||RXA|100|E\r") == "- -");
  CHECK(follows(two_doses, "ERR||RXA|100|E\rERR||RXA^1^5|103|E\r") == "- -");
  CHECK(follows(two_doses, "ERR|||207|E||||One\rERR|||207|E||||Two\r") == "- -");
}

TEST_CASE("identical errors count once") {
  CHECK(follows(two_doses, "ERR||PID^1^8|102|W||||Sex\rERR||PID^1^8|102|W||||Sex\rERR||PID^1^8|102|W||||Sex\r") ==
        "- 0= 0=");
  Placed_ p(two_doses, "ERR||PID^1^8|101|W||||Sex is missing\rERR||PID^1^8|101|W||||SEX IS MISSING\r");
  CHECK(p.errors[1].follows == 0);
}

TEST_CASE("our own check of the sent message is asked") {
  // The second dose has no eligibility that is wrong, the first an unknown unit.
  std::string bad = two_doses;
  bad.replace(bad.find("mL^^UCUM"), 2, "ML");
  Placed_ p(bad,
            "ERR||RXA^1^7^1^1|103^Table value not found^HL70357|W||||Unit\r"
            "ERR||RXA^2^7^1^1|103^Table value not found^HL70357|W||||Unit\r"
            "ERR|||207|E\r"
            "ERR||PID^1^30|101|W||||PID-30 is missing\r");
  REQUIRE(p.errors.size() == 4);
  CHECK(p.errors[0].seen == Seen::same_fault);
  REQUIRE(p.errors[0].finding >= 0);
  CHECK(to_string(p.report.findings[size_t(p.errors[0].finding)].path) == "RXA[1]-7[1].1");
  CHECK(p.errors[1].seen == Seen::no_fault);
  CHECK(p.errors[1].finding == -1);
  CHECK(p.errors[2].seen == Seen::unknown);
}

TEST_CASE("the same fault in other words") {
  // No name, an unknown vaccine code, no eligibility in the second dose.
  std::string bad = two_doses;
  bad.replace(bad.find("Oakhart^Juniper^Wren^^^^L"), 25, "");
  bad.replace(bad.find("03^MMR^CVX"), 10, "0X^MMR^CVX");
  Placed_ p(bad,
            "ERR||PID^1^5|101^Required field missing^HL70357|E|||||Name is required\r"
            "ERR||PID|100^Required segment missing^HL70357|E|||||PID is required\r"
            "ERR||RXA^2^5|101^Required field missing^HL70357|E||||RXA-5 is required\r"  // the code was put aside
            "ERR||RXA^2|100^Segment sequence error^HL70357|E||||Dose\r"
            "ERR||PID^1^8|103^Table value not found^HL70357|E||||Sex\r");
  REQUIRE(p.errors.size() == 5);
  const auto rule = [&](size_t i) {
    const int f = p.errors[i].finding;
    return f < 0 ? std::string("none") : Catalogue::built_in().rules[p.report.findings[size_t(f)].rule].id;
  };
  CHECK(p.errors[0].seen == Seen::same_fault);
  CHECK(rule(0) == "element_missing");
  CHECK(rule(1) == "element_missing");  // what follows has the fault of its cause
  CHECK(p.errors[2].places[0].value_present);
  CHECK(rule(2) == "code_unknown");
  CHECK(rule(3) == "code_unknown");
  CHECK(p.errors[4].seen == Seen::no_fault);
}

TEST_CASE("doses of a sent message in words") {
  Message m;
  m.parse(two_doses + "ORC|RE||9\rRXA|0|1|20260217||998^No vaccine^CVX|999||||||||||||||NA|A\rORC|RE||10\r");
  const auto doses = dose_outcomes(Catalogue::built_in(), m);
  REQUIRE(doses.size() == 4);
  CHECK(dose_words(doses[0]) == "dose 1: ProQuad, 2026-02-17, lot Y014882");
  CHECK(dose_words(doses[1]) == "dose 2: MMR, 2026-01-15, lot K4471");
  CHECK(doses[1].action == 'U');
  CHECK(doses[1].group == 2);
  CHECK_FALSE(doses[2].dose);
  CHECK(doses[3].rxa == -1);
  CHECK_FALSE(doses[3].dose);
  Message q;
  q.parse(query);
  CHECK(dose_outcomes(Catalogue::built_in(), q).empty());
}

TEST_CASE("ten thousand errors against a large message, in linear time") {
  std::string sent = two_doses, errs;
  for (int i = 0; i < 3000; ++i) sent += "OBX|" + std::to_string(i) + "|ST|1^2^LN||" + std::string(50, '~') + "\r";
  for (int i = 0; i < 10000; ++i)
    errs += "ERR||" +
            std::string(i % 3 == 0   ? "OBX^^5"
                        : i % 3 == 1 ? ""
                                     : "RXA^1^5") +
            "|10" + std::to_string(i % 4) + "|E||||\"" + std::to_string(i) + "\" is wrong in OBX-" +
            std::to_string(i % 50) + "\r";
  Placed_ p(sent, errs);
  CHECK(p.errors.size() == 10000);
  for (const ErrorReport& e : p.errors) CHECK(e.places.size() <= 32);
}

TEST_CASE("answers and messages that were changed at random do no harm") {
  const std::string answer =
      head +
      "MSA|AE|LP-0412|No value stored.||0^x^HL70357\rERR||RXA^2^5^1^1~PID^7|103^Not found^HL70357|E|"
      "5^x^HL70533^DQA0314^y^L|p|d|RXA #2: \"03\" in OBX-5[2].1, dose 2|more\r"
      "ERR|MSH^1^5^101&x&HL70357~RXA^^4^1006&y||||\rERR||RXA|100|E\rERR||NK1^^0|101|W\r";
  for (uint64_t n = 0; n < 3000; ++n) {
    iz_fuzz::Random random(n);
    const auto change = [&](std::string text) {
      for (size_t k = random.below(12); k > 0; --k) {
        const size_t at = random.below(text.size());
        static constexpr std::string_view bytes = "|^~\\&\r\n0123456789RXAOBX#[]-. \"\xff";
        if (random.one_in(3))
          text.erase(at, random.below(20));
        else if (random.one_in(2))
          text.insert(at, 1 + random.below(3), bytes[random.below(bytes.size())]);
        else
          text[at] = bytes[random.below(bytes.size())];
      }
      return text;
    };
    Message sent, changed;
    sent.parse(change(random.one_in(4) ? query : two_doses));
    changed.parse(change(answer));
    const auto doses = dose_outcomes(Catalogue::built_in(), sent);
    auto errors = read_errors(changed);
    place_errors(Catalogue::built_in(), sent, doses, changed.delimiters(), errors);
    fold_errors(changed.delimiters(), errors);
    Report report;
    Checker(Catalogue::built_in()).check(sent, {}, report);
    compare_errors(report, errors);
    INFO("input " << n);
    bool good = true;
    for (size_t i = 0; i < errors.size(); ++i) {
      const ErrorReport& e = errors[i];
      good = good && e.span.begin <= e.span.end && e.span.end <= changed.text().size() && e.places.size() <= 32;
      good = good && e.follows < int(i) && (e.follows < 0 || errors[size_t(e.follows)].follows == -1);
      good = good && e.finding < int(report.findings.size()) && (e.finding >= 0) == (e.seen == Seen::same_fault);
      for (const ErrorPlace& p : e.places) {
        good = good && p.span.begin <= p.span.end && p.span.end <= sent.text().size() && p.dose < int(doses.size());
        good = good && p.path.segment != 0 && p.path.occurrence != 0;
      }
    }
    CHECK(good);
  }
}

TEST_CASE("NIST's answers, each with the message it answers") {
  const char* given = std::getenv("IZ_SHARED");
  const fs::path folder = fs::path(given ? given : IZ_SOURCE_DIR "/../shared") / "data" / "acks" / "nist-hit-iz";
  if (!fs::exists(folder)) SKIP("SKIPPED: no " << folder << " (set IZ_SHARED)");
  const auto read = [&](const std::string& name) {
    std::ifstream in(folder / name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  const auto placed_in = [&](const std::string& name) {
    Message sent, answer;
    sent.parse(read(name + ".original.hl7"));
    answer.parse(read(name + ".hl7"));
    auto errors = read_errors(answer);
    place_errors(Catalogue::built_in(), sent, dose_outcomes(Catalogue::built_in(), sent), answer.delimiters(), errors);
    std::string out;
    for (const ErrorReport& e : errors)
      for (const ErrorPlace& p : e.places) out += to_string(p.path) + " " + std::string(to_string(p.placed)) + "; ";
    return out;
  };
  CHECK(placed_in("IZ-AD-7.2_Receive_ACK_Z23") == "RXA[1]-5[1].1 exact; ");
  CHECK(placed_in("IZ-AD-8.2_Receive_ACK_Z23") == "RXR[1]-2[1].1 exact; ");
  CHECK(placed_in("IZ-AD-9.2_Receive_ACK_Z23") == "RXR[1]-2[1].1 exact; RXR[2]-2[1].1 exact; ");
  CHECK(placed_in("IZ-AD-10.2_Receive_ACK_Z23") == "MSH[1]-12[1].1 exact; ");
}

TEST_CASE("a data-quality detection is placed at its field") {
  CHECK(placed(two_doses, "", "101", "", "^^^DQA0051^PV1 is missing^HL70533") == "PV1[1] absent");
  CHECK(placed(one_dose, "", "101", "", "^^^DQA0314^Facility^HL70533") == "RXA[1]-11[1].4 guessed d1 =LPEDS");
  CHECK(placed(one_dose, "", "101", "patient registry status is missing") == "PD1[1]-16 guessed =A");
  // Told by an observation: the one with the code, or where it would stand.
  CHECK(placed(one_dose, "", "103", "Vaccination financial eligibility code is unrecognized") ==
        "OBX[1]-5 guessed d1 =V02^Medicaid");
  CHECK(placed(one_dose, "", "101", "Vaccination funding source code is missing") == "OBX[4]-5 absent");
}

// The worked cases of the shared data: every location with its confidence, every cascade.
TEST_CASE("worked cases") {
  const char* given = std::getenv("IZ_SHARED");
  const fs::path file =
      fs::path(given ? given : IZ_SOURCE_DIR "/../shared") / "data" / "acks" / "tricky" / "cases.json";
  if (!fs::exists(file)) SKIP("SKIPPED: no " << file << " (set IZ_SHARED)");
  const auto json = nlohmann::json::parse(std::ifstream(file));
  size_t locations = 0;
  for (const auto& c : json.at("cases")) {
    const std::string original = c.at("original");
    INFO("case " << c.at("id").get<std::string>());
    std::string sent =
        json.at("originals").contains(original) ? json.at("originals").at(original).get<std::string>() : std::string{};
    if (original == "QBP_addr") {
      sent = json.at("originals").at("QBP");
      sent.insert(sent.find("\rRCP"), "|10 East Main St^^Myfaircity^GA^30333^USA");
    } else if (original == "three") {
      sent = json.at("originals").at("two");
      sent += "ORC|RE||9\rRXA|0|1|20150625||83^Hep A^CVX|0.5\rOBX|1|CE|1^2^LN|1|V01\rOBX|2|CE|1^2^LN|1|V01\r";
    }
    Message m, answer;
    m.parse(sent);
    std::string text = c.at("response");
    if (const size_t at = text.find("MSH|"); at != std::string::npos) text = text.substr(at, text.find("]]>", at) - at);
    answer.parse(text);
    const auto doses = dose_outcomes(Catalogue::built_in(), m);
    auto errors = read_errors(answer);
    place_errors(Catalogue::built_in(), m, doses, answer.delimiters(), errors);
    fold_errors(answer.delimiters(), errors);
    const auto error = [&](uint32_t err) -> const ErrorReport& {
      for (const ErrorReport& e : errors)
        if (e.err == err) return e;
      throw std::runtime_error("no such ERR");
    };
    for (const auto& want : c.at("expect").at("locations")) {
      ++locations;
      const ErrorReport& e = error(want.at("err"));
      const auto number = [&](const char* key) {
        return want.contains(key) && want[key].is_number() ? int(want[key]) : 0;
      };
      const ErrorPlace* found = nullptr;
      for (const ErrorPlace& p : e.places) {
        if (segment_name(p.path.segment) != want.at("segment").get<std::string>() ||
            int(p.path.field) != number("field"))
          continue;
        if (int(p.path.occurrence) == number("occurrence")) found = &p;
      }
      REQUIRE(found);
      CHECK(int(found->path.repetition) == number("repetition"));
      CHECK(int(found->path.component) == number("component"));
      CHECK(to_string(found->placed) == want.at("confidence").get<std::string>());
      if (want.contains("dose")) CHECK(found->dose + 1 == number("dose"));
      if (want.contains("value_in_original"))
        CHECK(m.value(found->span) == want.at("value_in_original").get<std::string>());
    }
    if (!c.at("expect").contains("cascade")) continue;
    const auto& cascade = c.at("expect").at("cascade");
    for (const auto& err : cascade.at("consequences")) {
      const int cause = error(err).follows;
      REQUIRE(cause >= 0);
      CHECK(errors[size_t(cause)].err == cascade.at("root").get<uint32_t>());
    }
  }
  CHECK(locations > 0);
}
