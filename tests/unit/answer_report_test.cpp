// What is written of an answer: verdict, HTML, mail.
#include "core/answer_report.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "core/check.h"
#include "core/interpret.h"

namespace {

const std::string vxu =
    "MSH|^~\\&|A|B|C|D|20260217094512-0500||VXU^V04^VXU_V04|M1|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r"
    "PID|1||K1^^^B^MR||Quillby^Zaneta^Wren^^^^L||20250211|F\r"
    "ORC|RE||1^B\rRXA|0|1|20260217||03^MMR^CVX|0.5|mL^mL^UCUM||00^New^NIP001|||||||LOT1\r"
    "ORC|RE||2^B\rRXA|0|1|20260217||831^Hep A^CVX|0.5|mL^mL^UCUM||00^New^NIP001|||||||LOT2\r";

std::string ack(std::string_view text) {
  return "MSH|^~\\&|C|D|A|B|20260217094514-0500||ACK^V04^ACK|7|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\rMSA|AE|M1\r"
         "ERR||RXA^2^5^1^1|103^Table value not found^HL70357|E||||" +
         std::string(text) + "\r";
}

struct Judged {
  iz::Message sent, answer;
  iz::Report report;
  iz::Outcome outcome;
  explicit Judged(std::string_view text) {
    sent.parse(vxu);
    answer.parse(ack(text));
    iz::Checker(iz::Catalogue::built_in()).check(sent, {.profile = {}, .as_of = {2026, 2, 18}}, report);
    outcome = iz::interpret(iz::Catalogue::built_in(), answer, &sent, &report);
  }
};

}  // namespace

TEST_CASE("an error in lines", "[answer_report]") {
  const Judged j("Vaccine code 831 not recognized. Ask the help desk.");
  REQUIRE(j.outcome.errors.size() == 1);
  const iz::ErrorLines e = iz::error_lines(iz::Catalogue::built_in(), j.outcome, 0, &j.sent, &j.report);
  CHECK(e.title == "Vaccine code 831 not recognized");
  CHECK(e.rest == "Ask the help desk.");
  CHECK(e.received == "ERR 1  RXA^2^5^1^1");
  CHECK(e.place == "RXA[2]-5[1].1");
  CHECK(e.placed == "place exact");
  CHECK(e.dose.starts_with("dose 2"));
  CHECK(e.seen.starts_with("We see the same fault"));
  CHECK_FALSE(e.fix.empty());
  // Without the sent message no place is claimed.
  const iz::ErrorLines alone = iz::error_lines(iz::Catalogue::built_in(), j.outcome, 0, nullptr, nullptr);
  CHECK(alone.place.empty());
  CHECK(alone.seen.empty());
}

TEST_CASE("the answer as HTML: doses, errors with their place, nothing executed", "[answer_report]") {
  const Judged j("<script>alert(1)</script> & more");
  const std::string html = iz::answer_html(iz::Catalogue::built_in(), j.outcome, {}, &j.sent, &j.report);
  CHECK(html.find("<script") == std::string::npos);
  CHECK(html.find("&lt;script&gt;") != std::string::npos);
  CHECK(html.find("data-dose=\"1\" data-stored=\"yes\"") != std::string::npos);
  CHECK(html.find("data-dose=\"2\" data-stored=\"no\"") != std::string::npos);
  const size_t begin = vxu.find("831");
  CHECK(html.find("data-path=\"RXA[2]-5[1].1\" data-severity=\"E\" data-begin=\"" + std::to_string(begin) +
                  "\" data-end=\"" + std::to_string(begin + 3) + "\"") != std::string::npos);
  CHECK(iz::answer_verdict(j.outcome, &j.sent).find("Send again?") != std::string::npos);
}

TEST_CASE("a mail names no patient", "[answer_report]") {
  const Judged j("Patient QUILLBY ZANETA born 20250211: code 831 not recognized");
  const std::string mail = iz::answer_mail(iz::Catalogue::built_in(), j.outcome, &j.sent);
  CHECK(mail.find("M1") != std::string::npos);
  CHECK(mail.find("RXA[2]-5[1].1") != std::string::npos);
  for (const char* secret : {"Quillby", "QUILLBY", "Zaneta", "ZANETA", "20250211", "2025-02-11", "K1"}) {
    INFO(secret);
    CHECK(mail.find(secret) == std::string::npos);
  }
}
