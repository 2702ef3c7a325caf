#include "core/answer.h"

#include <catch_amalgamated.hpp>

#include "core/fault.h"

using namespace iz;

namespace {

const std::string kSegments[] = {
    "MSH|^~\\&|REG|STATE|EHR|CLINIC|20260218093000-0500||ACK^V04^ACK|7|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS",
    "MSA|AE|4711", "ERR||RXA^1^5|103^Table value not found^HL70357|E||||Vaccine code 831 & \"lot\" not <known>"};

std::string ack(std::string_view eol) {
  std::string out;
  for (const std::string& s : kSegments) out.append(s).append(eol);
  return out;
}

std::string escaped(std::string_view text, std::string_view eol) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '\r') {
      out += eol;
    } else {
      out += c;
    }
  }
  return out;
}

std::string base64(std::string_view bytes, size_t width = 0, std::string_view eol = "\n") {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t bits = 0;
    for (size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : digits[bits >> (18 - 6 * k) & 63];
  }
  if (width == 0) return out;
  std::string lines;
  for (size_t i = 0; i < out.size(); i += width) lines += (i ? std::string(eol) : "") + out.substr(i, width);
  return lines;
}

/// As a form is sent: a blank as `+`.
std::string url_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '*';
    if (plain) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      static constexpr char digits[] = "0123456789ABCDEF";
      out += '%';
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[c & 15];
    }
  }
  return out;
}

std::string response(std::string_view payload) {
  return "<?xml version='1.0' encoding='UTF-8'?>\n<Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\">\n  "
         "<Header "
         "/>\n   <Body>\n      <submitSingleMessageResponse xmlns=\"urn:cdc:iisb:2011\">\n        <return>" +
         std::string(payload) + "</return>\n      </submitSingleMessageResponse>\n  </Body>\n</Envelope>\n";
}

std::string fault(std::string_view inside) {
  return "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\"><soap:Body><soap:Fault>"
         "<soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code>" +
         std::string(inside) + "</soap:Fault></soap:Body></soap:Envelope>";
}

/// The segments of the only message, trailing line ends left out.
std::vector<std::string> segments(const Answer& a) {
  std::vector<std::string> out;
  if (a.messages.size() != 1) return out;
  std::string line;
  for (const char c : a.messages[0].text + "\r") {
    if (c != '\r' && c != '\n') {
      line += c;
    } else if (!line.empty()) {
      out.push_back(line);
      line.clear();
    }
  }
  return out;
}

const std::vector<std::string> kExpected(std::begin(kSegments), std::end(kSegments));

std::vector<std::string> ids(const std::string& input) {
  std::vector<std::string> out;
  const Answer a = read_answer(input);
  for (const EnvelopeProblem& p : envelope_problems(input, a)) out.push_back(p.id);
  return out;
}
using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("HL7 comes out of a response in whatever form it was written", "[answer]") {
  const std::string text = ack("\r");
  const std::pair<const char*, std::string> cases[] = {
      {"CDATA with CR", response("<![CDATA[" + text + "]]>")},
      {"CDATA with LF", response("<![CDATA[" + ack("\n") + "]]>")},
      {"CDATA with CRLF and blanks", response("\n  <![CDATA[\n" + ack("\r\n") + "]]>  ")},
      {"&#xD;", response(escaped(text, "&#xD;"))},
      {"&#13; and LF", response(escaped(text, "&#13;\n"))},
      {"text with LF", response(escaped(text, "\n"))},
      {"base64", response(base64(text))},
      {"base64 in lines", response(base64(text, 76))},
      {"base64 in lines that end with &#13;", response(base64(text, 64, "&#13;\n"))},
      {"base64, LF inside", response("  " + base64(ack("\n")) + "\n")},
      {"base64 of a MLLP frame", response(base64("\v" + text + "\x1C\r"))},
      {"URL-encoded", response(url_encoded(text))},
      {"base64 in a URL", response(url_encoded(base64(text)))},
      {"escaped twice", response(escaped(escaped(text, "&#xD;"), "&#xD;"))},
      {"MLLP in CDATA", response("<![CDATA[\v" + text + "\x1C\r]]>")},
      {"in one line", response("<![CDATA[" + ack("") + "]]>")},
      {"with blanks for the line ends", response(escaped(ack(" "), ""))},
  };
  for (const auto& [name, input] : cases) {
    INFO(name << "\n" << input);
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_response);
    CHECK(a.soap.content == SoapContent::submit_response);
    CHECK(a.soap.version == SoapVersion::v1_2);
    CHECK(a.soap.service == SoapService::cdc2011);
    CHECK(a.trouble == nullptr);
    auto found = segments(a);
    if (!found.empty()) found.back() = found.back().substr(0, found.back().find_last_not_of(' ') + 1);
    CHECK(found == kExpected);
    REQUIRE(a.messages.size() == 1);
    CHECK(a.messages[0].input.begin >= a.soap.payload.begin);
    CHECK(a.messages[0].input.end <= a.soap.payload.end);
    CHECK(a.line_ends_restored == (std::string_view(name).find("line ends") != std::string_view::npos ||
                                   std::string_view(name) == "in one line"));
  }
}

TEST_CASE("eight things that servers do wrong", "[answer]") {
  const std::string message = "<![CDATA[" + ack("\r") + "]]>";
  SECTION("no white space, the body not closed") {
    const std::string input =
        "<?xml version='1.0'?><Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\"><Header /><Body>"
        "<submitSingleMessageResponse xmlns=\"urn:cdc:iisb:2011\"><return>" +
        message + "</return></submitSingleMessageResponse></Envelope>";
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_response);
    CHECK(segments(a) == kExpected);
    CHECK(ids(input) == Ids{"tag_not_closed"});
  }
  SECTION("tags of another case and name") {
    const std::string input =
        "<Envelope xmlns=\"http://www.w3.org/2003/05/soap-envelope\"><head /><body>"
        "<SubmitSingleMessageResponse xmlns=\"urn:cdc:iisb:2011\"><message>" +
        message + "</message></SubmitSingleMessageResponse></body></Envelope>";
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_response);
    CHECK(a.soap.content == SoapContent::submit_response);
    CHECK(segments(a) == kExpected);
    CHECK(ids(input) == Ids{"tag_other_name", "tag_case", "tag_case", "tag_other_name"});
    const auto problems = envelope_problems(input, a);
    CHECK(problems[3].title == "<message> should be <return>");
    CHECK(problems[3].who == Who::iis);
    CHECK(input.substr(problems[3].span.begin, 9) == "<message>");
  }
  SECTION("XML that is cut off") {
    const std::string whole = response(message);
    const std::string input = whole.substr(0, whole.find("]]>"));
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_response);
    CHECK(segments(a) == kExpected);
    CHECK(ids(input) == Ids{"cut_off"});
  }
  SECTION("base64") { CHECK(ids(response(base64(ack("\r")))) == Ids{"base64"}); }
  SECTION("URL-encoded") { CHECK(ids(response(url_encoded(ack("\r")))) == Ids{"url_encoded"}); }
  SECTION("an additional tag") {
    const std::string whole = response(message), end = "</return>";
    std::string input = whole;
    input.insert(input.find(end) + end.size(), "<surprise reason=\"none\"/>");
    CHECK(segments(read_answer(input)) == kExpected);
    CHECK(ids(input) == Ids{"tag_extra"});
  }
  SECTION("a sentence instead of an acknowledgment") {
    const std::string input = response("We have your message and will look at it soon. Call us for news.");
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_response);
    CHECK(a.messages.empty());
    CHECK(a.text == "We have your message and will look at it soon. Call us for news.");
    REQUIRE(a.trouble);
    CHECK(a.trouble->id == "unusable_reply");
    CHECK(ids(input) == Ids{"sentence"});
  }
  SECTION("a fault without reason, detail or value") {
    const std::string input =
        "<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body><Fault><Code><Value></Value>"
        "</Code></Fault></Body></Envelope>";
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::soap_fault);
    REQUIRE(a.fault);
    CHECK(a.fault->kind == FaultKind::unknown);
    CHECK(a.trouble->id == "unknown_fault");
    CHECK(ids(input) == Ids{"fault_incomplete", "fault_incomplete", "fault_incomplete"});
  }
  SECTION("right") { CHECK(ids(response(message)) == Ids{}); }
}

TEST_CASE("faults", "[answer][fault]") {
  struct Case {
    const char* name;
    std::string input;
    FaultKind kind;
    const char* trouble;
    RetryStrategy strategy;
  };
  const auto detail = [](std::string_view element, std::string_view inside) {
    return fault("<soap:Reason><soap:Text xml:lang='en'>It went wrong</soap:Text></soap:Reason><soap:Detail><f:" +
                 std::string(element) + " xmlns:f='urn:cdc:iisb:2011'>" + std::string(inside) +
                 "</f:" + std::string(element) + "></soap:Detail>");
  };
  const auto hub = [](std::string_view element, std::string_view beside) {
    return fault("<soap:Reason><soap:Text>no</soap:Text></soap:Reason><soap:Detail><h:" + std::string(element) +
                 " xmlns:h='urn:cdc:iisb:hub:2014'><h:DestinationId>zz</h:DestinationId></h:" + std::string(element) +
                 ">" + std::string(beside) + "</soap:Detail>");
  };
  const auto fault11 = [](std::string_view text) {
    return "<s:Envelope "
           "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault><faultcode>s:Client</faultcode>"
           "<faultstring>" +
           std::string(text) + "</faultstring></s:Fault></s:Body></s:Envelope>";
  };
  using R = RetryStrategy;
  using K = FaultKind;
  const Case cases[] = {
      {"security", detail("SecurityFault", "<f:Code>10</f:Code><f:Reason>Security</f:Reason><f:Detail>Nope</f:Detail>"),
       K::security, "security", R::correct_message},
      {"too large", detail("MessageTooLargeFault", "<Code>1</Code>"), K::message_too_large, "message_too_large",
       R::correct_message},
      {"several messages", detail("MessageTooLargeFault", "<Detail>Only one message in each call</Detail>"),
       K::message_too_large, "several_messages", R::correct_message},
      {"unsupported", detail("UnsupportedOperationFault", ""), K::unsupported_operation, "unsupported_operation",
       R::contact_support},
      {"unknown", detail("fault", "<Code>7</Code><Reason>x</Reason><Detail>A surprise</Detail>"), K::unknown,
       "unknown_fault", R::contact_support},
      {"a fixed reason alone", fault("<soap:Detail><Reason>MessageTooLarge</Reason></soap:Detail>"),
       K::message_too_large, "message_too_large", R::correct_message},
      {"gateway: timeout", hub("DestinationConnectionFault", "<Summary>ReadTimeout</Summary><Retry>NORMAL</Retry>"),
       K::connection, "read_timeout", R::normal},
      {"gateway: code", hub("DestinationConnectionFault", "<Code>13</Code><Retry>CHECK_IIS_STATUS</Retry>"),
       K::connection, "dns", R::check_iis_status},
      {"gateway: maintenance", hub("DestinationConnectionFault", "<Summary>UnderMaintenance</Summary>"), K::connection,
       "maintenance", R::check_iis_status},
      {"gateway: nothing said", hub("DestinationConnectionFault", ""), K::connection, "destination_connection",
       R::check_iis_status},
      {"gateway: HTTP", hub("HubClientFault", "<Summary>HTTPError503</Summary><Retry>CHECK_IIS_STATUS</Retry>"),
       K::hub_client, "http_503", R::check_iis_status},
      {"gateway: security at the registry", hub("HubClientFault", "<Summary>DestinationThrewSecurityFault</Summary>"),
       K::hub_client, "registry_security", R::correct_message},
      {"gateway: its own advice wins", hub("HubClientFault", "<Retry> contact_support </Retry>"), K::hub_client,
       "hub_client", R::contact_support},
      {"gateway: destination", hub("UnknownDestinationFault", "<Summary>IISNotRegistered</Summary>"),
       K::unknown_destination, "destination_not_registered", R::contact_support},
      {"1.1, credentials", fault11("Invalid username or password"), K::security, "security", R::correct_message},
      {"1.1, action", fault11("Server did not recognize the value of HTTP Header SOAPAction: urn:x."),
       K::unsupported_operation, "unsupported_operation", R::contact_support},
      {"1.1, timeout", fault11("java.net.SocketTimeoutException: Read timed out"), K::connection, "read_timeout",
       R::normal},
      {"1.1, nothing", fault11("Object reference not set"), K::unknown, "unknown_fault", R::contact_support},
  };
  for (const Case& c : cases) {
    INFO(c.name << "\n" << c.input);
    const Answer a = read_answer(c.input);
    CHECK(a.form == AnswerForm::soap_fault);
    REQUIRE(a.fault);
    CHECK(to_string(a.fault->kind) == to_string(c.kind));
    REQUIRE(a.trouble);
    CHECK(a.trouble->id == c.trouble);
    CHECK(a.strategy == c.strategy);
    CHECK(a.messages.empty());
  }
  const Fault first = *read_answer(cases[0].input).fault;
  CHECK(first.element == "SecurityFault");
  CHECK(first.soap_code == "Receiver");
  CHECK(first.reason == "It went wrong");
  CHECK(first.code == "10");
  CHECK(first.detail == "Nope");
  CHECK(read_answer(cases[14].input).soap.version == SoapVersion::v1_1);
  CHECK(read_answer(cases[14].input).fault->soap_code == "Client");
}

TEST_CASE("HL7 that a fault quotes is taken out once", "[answer][fault]") {
  const std::string quoted = "Authentication error\r\n\r\nWhat came\r\n" + escaped(ack("\r"), "\r\n");
  const std::string input =
      fault("<soap:Reason><soap:Text>" + quoted + "</soap:Text></soap:Reason><soap:Detail><soap:Text>" + quoted +
            "</soap:Text></soap:Detail>");
  const Answer a = read_answer(input);
  CHECK(a.form == AnswerForm::soap_fault);
  CHECK(a.fault->kind == FaultKind::security);
  CHECK(segments(a) == kExpected);
  CHECK(
      std::none_of(a.messages[0].forms.begin(), a.messages[0].forms.end(), [](Form f) { return f == Form::several; }));
}

TEST_CASE("envelopes of the other services", "[answer]") {
  const Answer of2014 = read_answer(
      "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><SubmitSingleMessageResponse "
      "xmlns='urn:cdc:iisb:2014'><Hl7Message>" +
      escaped(ack("\r"), "&#xD;") + "</Hl7Message></SubmitSingleMessageResponse></e:Body></e:Envelope>");
  CHECK(of2014.form == AnswerForm::soap_response);
  CHECK(of2014.soap.service == SoapService::cdc2014);
  CHECK(segments(of2014) == kExpected);
  const std::string hub =
      "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Header><h:HubRequestHeader "
      "xmlns:h='urn:cdc:iisb:hub:2014'><h:DestinationId>zz</h:DestinationId></h:HubRequestHeader></e:Header><e:Body>"
      "<SubmitSingleMessageRequest xmlns='urn:cdc:iisb:2014'><Username>u</Username><Password>p</Password><FacilityID>f"
      "</FacilityID><Hl7Message>MSH|^~\\&amp;|A|B|||20260218||VXU^V04^VXU_V04|1|P|2.5.1&#xD;PID|1||2"
      "</Hl7Message></SubmitSingleMessageRequest></e:Body></e:Envelope>";
  const Answer request = read_answer(hub);
  CHECK(request.form == AnswerForm::soap_request);
  CHECK(request.soap.service == SoapService::hub2014);
  CHECK(request.soap.username == "u");
  CHECK(request.soap.facility_id == "f");
  CHECK(request.soap.destination == "zz");
  CHECK(request.messages.size() == 1);
  CHECK(ids(hub) == Ids{});
  // An operation that nobody knows: what it holds decides.
  const std::string other =
      "<E:Envelope xmlns:E='http://schemas.xmlsoap.org/soap/envelope/'><E:Body><x:processResult "
      "xmlns:x='urn:x'><x:out>" +
      escaped(ack("\r"), "\n") + "</x:out></x:processResult></E:Body></E:Envelope>";
  const Answer unknown = read_answer(other);
  CHECK(unknown.form == AnswerForm::soap_response);
  CHECK(unknown.soap.content == SoapContent::other);
  CHECK(segments(unknown) == kExpected);
  CHECK(ids(other) == Ids{"version_1_1"});
  // Only the body was copied.
  const Answer part = read_answer("<submitSingleMessageResponse><return>" + escaped(ack("\r"), "&#xD;") + "</return>");
  CHECK(part.form == AnswerForm::soap_response);
  CHECK(segments(part) == kExpected);
  // A log shows the envelope escaped.
  const Answer log =
      read_answer("2026-02-18 09:30 received: " + escaped(fault("<soap:Detail><SecurityFault/></soap:Detail>"), ""));
  CHECK(log.form == AnswerForm::soap_fault);
  CHECK(log.fault->kind == FaultKind::security);
}

TEST_CASE("HTTP around an answer, and instead of one", "[answer]") {
  const Answer ok =
      read_answer("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n" + response(escaped(ack("\r"), "&#xD;")));
  CHECK(ok.form == AnswerForm::soap_response);
  CHECK(ok.http_status == 200);
  CHECK(segments(ok) == kExpected);
  const Answer plain = read_answer("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + ack("\r"));
  CHECK(plain.form == AnswerForm::hl7);
  CHECK(plain.http_status == 200);
  CHECK(segments(plain) == kExpected);

  const auto check = [](const std::string& input, AnswerForm form, uint32_t status, const char* trouble) {
    INFO(input);
    const Answer a = read_answer(input);
    CHECK(to_string(a.form) == to_string(form));
    CHECK(a.http_status == status);
    REQUIRE(a.trouble);
    CHECK(a.trouble->id == trouble);
    CHECK(a.strategy);
    CHECK(a.messages.empty());
  };
  using F = AnswerForm;
  check("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 60\r\n\r\n", F::http, 503, "http_503");
  check("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", F::nothing, 200, "empty_answer");
  check("HTTP/1.1 401 Unauthorized\r\n\r\n<html><title>No</title></html>", F::html, 401, "http_401");
  check("<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>", F::html, 404,
        "http_404");
  check("<!DOCTYPE html><html><head><title>Sign in</title><script>var a='<b>';</script></head><body>User</body></html>",
        F::html, 0, "html_page");
  check("<html><body><p>The system is under maintenance.</p></body></html>", F::html, 0, "maintenance");
  check("Error: connect ECONNREFUSED 10.0.0.1:443", F::http, 0, "connection_rejected");
  check("The request failed with HTTP status 403: Forbidden.", F::http, 403, "http_401");
  check("<result><message>busy</message></result>", F::xml, 0, "unusable_reply");
  check("SUCCESS", F::text, 0, "unusable_reply");
  check("", F::nothing, 0, "empty_answer");
  check(" \r\n\t ", F::nothing, 0, "empty_answer");
  check(std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0", 29), F::binary, 0, "unusable_reply");
  check(std::string(64, '\0'), F::binary, 0, "unusable_reply");
  check("\v\x1C\r", F::nothing, 0, "empty_answer");
  check(response(""), F::soap_response, 0, "empty_answer");
  check("<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body/></Envelope>", F::soap_response, 0,
        "empty_answer");
  CHECK(read_answer("<html><head><title>Sign in</title></head><body>User</body></html>").title == "Sign in");
  CHECK(read_answer("  Thank   you\n").text == "Thank you");
}

TEST_CASE("HL7 as it is", "[answer]") {
  const Answer a = read_answer("FHS|^~\\&|A\rBHS|^~\\&|A\r" + ack("\r") + "BTS|1\rFTS|1\r");
  CHECK(a.form == AnswerForm::hl7);
  CHECK(a.batch.size() == 4);
  CHECK(segments(a) == kExpected);
  CHECK(a.trouble == nullptr);
  CHECK(read_answer("\v" + ack("\r") + "\x1C\r").messages.size() == 1);
  CHECK(read_answer(ack("\r") + "\r\n" + ack("\r")).messages.size() == 2);
  CHECK(segments(read_answer("{\"response\": \"" + base64(ack("\r")) + "\"}")) == kExpected);
  CHECK(segments(read_answer("status=ok&hl7=" + url_encoded(ack("\r")) + "&id=7")) == kExpected);
  // XML that is no SOAP.
  CHECK(segments(read_answer("<response><data>" + escaped(ack("\r"), "&#13;") + "</data></response>")) == kExpected);
  // UTF-16, as some editors save.
  std::string utf16 = "\xFF\xFE";
  for (const char c : response(escaped(ack("\r"), "&#xD;"))) utf16 += {c, '\0'};
  const Answer wide = read_answer(utf16);
  CHECK(wide.form == AnswerForm::soap_response);
  CHECK(segments(wide) == kExpected);
  CHECK(wide.soap.payload.end <= utf16.size());
}
