#include "core/mask.h"

#include <catch_amalgamated.hpp>

#include "core/soap.h"

using namespace iz;

namespace {

const std::string kMessage =
    "MSH|^~\\&|EHR|CLINIC|REG|STATE|20260218093000-0500||VXU^V04^VXU_V04|4711|P|2.5.1\r"
    "PID|1||A7-99^^^CLINIC^MR||Quillfeather^Zo\xC3\xAB^^^^^L|Maple^Ann|20200131|F||2106-3^White^CDCREC|12 Elm "
    "St^^Ely^MN^"
    "55731^USA^P||^PRN^PH^^^218^5550123\r"
    "ORC|RE||5-11^REG\rRXA|0|1|20260218||03^MMR^CVX|0.5|mL^mL^UCUM||00^New^NIP001|9^Moss^Ivy\r"
    "OBX|1|CE|64994-7^E^LN|1|V01^X^HL70064\rOBX|2|TS|29768-9^D^LN|1|20200131\rNTE|1||Zo\xC3\xAB QUILLFEATHER, born "
    "01/31/2020\r";

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }

void check_nothing_told(const std::string& text) {
  for (const char* told : {"Quillfeather", "QUILLFEATHER", "Zo\xC3\xAB", "Maple", "A7-99", "20200131", "01/31/2020",
                           "Elm", "55731", "5550123", "Moss", "5-11", "20260218|"}) {
    INFO(told);
    CHECK_FALSE(has(text, told));
  }
}

}  // namespace

TEST_CASE("a masked message keeps its form and its codes", "[mask]") {
  const std::string out = masked(kMessage);
  INFO(out);
  check_nothing_told(out);
  CHECK(has(out, "MSH|^~\\&|EHR|CLINIC|REG|STATE|20260218093000-0500||VXU^V04^VXU_V04|4711|P|2.5.1\r"));
  CHECK(has(out,
            "PID|1||X9-99^^^CLINIC^MR||XXXXXXXXXXXX^XXX^^^^^L|XXXXX^XXX|99999999|F||2106-3^White^CDCREC|99 XXX XX^^"
            "XXX^MN^99999^USA^P||^PRN^PH^^^999^9999999\r"));
  CHECK(has(out, "RXA|0|1|99999999||03^MMR^CVX|0.5|mL^mL^UCUM||00^New^NIP001|9^XXXX^XXX\r"));
  CHECK(has(out, "OBX|1|CE|64994-7^E^LN|1|V01^X^HL70064\r"));
  CHECK(has(out, "OBX|2|TS|29768-9^D^LN|1|99999999\r"));
  CHECK(has(out, "NTE|1||XXX XXXXXXXXXXXX, born 99/99/9999\r"));
}

TEST_CASE("an envelope is masked, credentials too", "[mask]") {
  const std::string out = masked(soap_wrap(kMessage, {.username = "me", .password = "secret", .facility_id = "F1"}));
  INFO(out);
  check_nothing_told(out);
  CHECK_FALSE(has(out, "secret"));
  CHECK_FALSE(has(out, ">me<"));
  CHECK(has(out, "<iis:facilityID>F1<"));
  CHECK(has(out, "&#xD;PID|1||X9-99^^^CLINIC^MR||"));
}

TEST_CASE("a fault that quotes the message, with and without a header", "[mask]") {
  const std::string pid = kMessage.substr(kMessage.find("PID|"), kMessage.find("ORC|") - kMessage.find("PID|"));
  const std::string out = masked(
      "<Fault><Reason>Patient Quillfeather, Zo\xC3\xAB (DOB 2020-01-31, SSN 123-45-6789, "
      "a.b@mail.example) is not known</Reason><Detail>" +
      pid + "</Detail></Fault>");
  INFO(out);
  check_nothing_told(out);
  for (const char* told : {"2020-01-31", "123-45-6789", "a.b@mail"}) CHECK_FALSE(has(out, told));
  CHECK(
      has(out,
          "<Fault><Reason>Patient XXXXXXXXXXXX, XXX (DOB 9999-99-99, SSN 999-99-9999, X.X@XXXX.XXXXXXX) is not known"));
  // Where one message has a header and another part has none.
  const std::string both = masked("MSH|^~\\&|A|B\rMSA|AE|1\r\nBelow what was sent:\r\n\r\n# copy:\r\n" + pid);
  INFO(both);
  check_nothing_told(both);
}

TEST_CASE("what cannot be changed in place is left out", "[mask]") {
  const std::string out = masked("<return>TVNIfF5+XCZ8QXxCDVBJRHwxfHw3fHxRdWlsbGZlYXRoZXJeWm9lDQ==</return>");
  CHECK(out == "<return>[HL7 left out]</return>");
  CHECK(masked("{\"password\": \"hush\", \"x\": 1}") == "{\"password\": \"[left out]\", \"x\": 1}");
}

TEST_CASE("plain text stays", "[mask]") {
  for (const char* text :
       {"", "SUCCESS", "HTTP/1.1 503 Service Unavailable\r\n\r\n", "Invalid Username, Password or FacilityID",
        "CVX 03, NDC 00006-4681-00, lot X027310, version 2.5.1", "xmlns='http://www.w3.org/2003/05/soap'"}) {
    CHECK(masked(text) == text);
  }
}
