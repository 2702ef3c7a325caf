#include "core/soap.h"

#include <catch_amalgamated.hpp>

#include "core/answer.h"

using namespace iz;

namespace {

const std::string kMessage =
    "MSH|^~\\&|EHR|CLINIC|REG|STATE|20260218093000-0500||VXU^V04^VXU_V04|4711|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r"
    "PID|1||7^^^CLINIC&1.2&ISO^MR||O'Brien^Zo\xC3\xAB<b>^^^^^L||20200101|F\r"
    "ORC|RE||5^X\rRXA|0|1|20260218||03^MMR^CVX|999\r";

std::vector<std::string> ids(const std::string& input) {
  std::vector<std::string> out;
  for (const EnvelopeProblem& p : envelope_problems(input, read_answer(input))) out.push_back(p.id);
  return out;
}
using Ids = std::vector<std::string>;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

const SoapCredentials kGiven{.username = "us<er", .password = "p&ss", .facility_id = "F1"};

}  // namespace

TEST_CASE("a message that was wrapped comes out as it was", "[soap]") {
  for (const char* eol : {"\r", "\n", "\r\n"}) {
    std::string message;
    for (const char c : kMessage) message += c == '\r' ? std::string(eol) : std::string(1, c);
    const std::string request = soap_wrap(message, kGiven);
    CHECK(request.find('\r') == std::string::npos);
    CHECK(request.find("Z22^CDCPHINVS&#xD;PID|1|") != std::string::npos);
    CHECK(request.find("MSH|^~\\&amp;|") != std::string::npos);
    const Answer a = read_answer(request);
    CHECK(a.form == AnswerForm::soap_request);
    CHECK(a.soap.content == SoapContent::submit_request);
    CHECK(a.soap.version == SoapVersion::v1_2);
    CHECK(a.soap.service == SoapService::cdc2011);
    CHECK(a.soap.operation == "submitSingleMessage");
    CHECK(a.soap.name_space == "urn:cdc:iisb:2011");
    CHECK(a.soap.username == "us<er");
    CHECK(a.soap.facility_id == "F1");
    CHECK(a.soap.has_password);
    REQUIRE(a.messages.size() == 1);
    CHECK(a.messages[0].text == kMessage);
    CHECK(ids(request) == Ids{});
  }
}

TEST_CASE("what is not given is a placeholder", "[soap]") {
  const std::string request = soap_wrap(kMessage);
  CHECK(request.find(">USERNAME<") != std::string::npos);
  CHECK(request.find(">PASSWORD<") != std::string::npos);
  CHECK(request.find(">FACILITY_ID<") != std::string::npos);
  CHECK(ids(request) == Ids{"placeholder", "placeholder"});
}

TEST_CASE("characters that XML cannot hold are left out", "[soap]") {
  const std::string request = soap_wrap("MSH|^~\\&|A\x01\x0B\x1C|\r");
  CHECK(request.find("MSH|^~\\&amp;|A|&#xD;") != std::string::npos);
}

TEST_CASE("connectivity test", "[soap]") {
  const std::string request = soap_connectivity_test("a & b");
  const Answer a = read_answer(request);
  CHECK(a.form == AnswerForm::soap_request);
  CHECK(a.soap.content == SoapContent::connectivity_request);
  CHECK(a.soap.echo == "a & b");
  CHECK(ids(request) == Ids{});
  const Answer echo = read_answer(
      "<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body><connectivityTestResponse "
      "xmlns='urn:cdc:iisb:2011'><return>You sent: a</return></connectivityTestResponse></Body></Envelope>");
  CHECK(echo.form == AnswerForm::soap_response);
  CHECK(echo.soap.content == SoapContent::connectivity_response);
  CHECK(echo.text == "You sent: a");
  CHECK(echo.trouble == nullptr);
}

TEST_CASE("each thing that is wrong with an envelope has a sentence", "[soap]") {
  const std::string good = soap_wrap(kMessage, kGiven);
  struct Case {
    const char* name;
    std::string input;
    Ids expected;
  };
  std::string plain = good, joined = good, two = good, batch = good;
  for (std::string* text : {&plain, &joined}) {
    for (size_t at = text->find("&#xD;"); at != std::string::npos; at = text->find("&#xD;")) {
      text->replace(at, 5, text == &plain ? "\n" : "");
    }
  }
  two = replaced(two, "</iis:hl7Message>", "MSH|^~\\&amp;|A|B&#xD;PID|1&#xD;</iis:hl7Message>");
  batch = replaced(batch, "MSH|", "FHS|^~\\&amp;|A&#xD;MSH|");
  const Case cases[] = {
      {"plain line ends", plain, {"line_ends_plain"}},
      {"no line ends", joined, {"line_ends_lost"}},
      {"ampersand", replaced(good, "^~\\&amp;", "^~\\&"), {"ampersand_unescaped"}},
      {"less-than", replaced(good, "&lt;b&gt;", "<b>"), {"less_than_unescaped"}},
      {"two messages", two, {"several_messages"}},
      {"batch", batch, {"batch"}},
      {"SOAP 1.1",
       replaced(good, "http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/"),
       {"version_1_1"}},
      {"no SOAP", replaced(good, "http://www.w3.org/2003/05/soap-envelope", "urn:soap"), {"envelope_namespace"}},
      {"namespace", replaced(good, "urn:cdc:iisb:2011", "urn:cdc:iisb:2012"), {"operation_namespace"}},
      {"prefix", replaced(good, "xmlns:iis=\"urn:cdc:iisb:2011\"", ""), {"prefix_undeclared", "operation_namespace"}},
      {"case", replaced(good, "</iis:hl7Message>", "</iis:Hl7Message>"), {"end_tag_case"}},
      {"case of both",
       replaced(replaced(good, "<iis:facilityID>", "<iis:facilityId>"), "</iis:facilityID>", "</iis:facilityId>"),
       {"tag_case"}},
      {"not closed", replaced(good, "</iis:facilityID>", ""), {"tag_not_closed"}},
      {"quote", replaced(good, "soap-envelope\"", "soap-envelope'"), {"tag_broken"}},
      {"text before", "x07" + good, {"text_before"}},
      {"DOCTYPE", replaced(good, "<soap:Envelope", "<!DOCTYPE x><soap:Envelope"), {"doctype"}},
      {"extra", replaced(good, "<iis:hl7Message>", "<iis:more/><iis:hl7Message>"), {"tag_extra"}},
      {"no message",
       replaced(good, good.substr(good.find("MSH|"), good.find("</iis:hl7") - good.find("MSH|")), ""),
       {"message_missing"}},
      {"no body",
       "<soap:Envelope xmlns:soap='http://www.w3.org/2003/05/soap-envelope'></soap:Envelope>",
       {"body_missing"}},
  };
  for (const Case& c : cases) {
    INFO(c.name << "\n" << c.input);
    CHECK(ids(c.input) == c.expected);
    for (const EnvelopeProblem& p : envelope_problems(c.input, read_answer(c.input))) {
      INFO(p.title);
      CHECK(p.title.size() <= 64);
      CHECK(p.title.find('{') == std::string::npos);
      CHECK(p.what.find('{') == std::string::npos);
      CHECK(p.fix.find('{') == std::string::npos);
      CHECK(p.span.end <= c.input.size());
      CHECK(p.span.begin <= p.span.end);
    }
  }
}
