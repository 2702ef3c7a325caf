// Anything that can be pasted as an answer: changed envelopes, pages and faults, bombs, megabytes of junk. Nothing
// crashes, reads outside its text or takes more than linear time.
#include <catch_amalgamated.hpp>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/mask.h"
#include "core/write_answer.h"
#include "tests/fuzz/growth.h"
#include "tests/fuzz/mutate.h"

namespace {

using iz_fuzz::growth;
using iz_fuzz::kQuadratic;
using iz_fuzz::Random;
using iz_fuzz::repeated;

const std::string kAck =
    "MSH|^~\\&amp;|REG|STATE|EHR|CLINIC|20260218093000-0500||ACK^V04^ACK|7|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS&#xD;"
    "MSA|AE|4711&#xD;ERR||RXA^1^5|103^Table value not found^HL70357|E||||Vaccine code 831&#xD;";

std::vector<std::string> seeds() {
  return {
      "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"c\">]><s:Envelope "
      "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\">"
      "<s:Header/><s:Body><submitSingleMessageResponse xmlns=\"urn:cdc:iisb:2011\"><return>" +
          kAck + "</return></submitSingleMessageResponse></s:Body></s:Envelope>",
      "<Envelope "
      "xmlns='http://www.w3.org/2003/05/soap-envelope'><Body><Fault><Code><Value>Sender</Value></Code><Reason>"
      "<Text xml:lang='en'>Authentication " +
          kAck +
          "</Text></Reason><Detail><SecurityFault xmlns='urn:cdc:iisb:2014'><Code>1"
          "</Code><Detail>x</Detail></SecurityFault><Summary>ReadTimeout</Summary><Retry>NORMAL</Retry></Detail></"
          "Fault></Body>"
          "</Envelope>",
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: "
      "text/html\r\n\r\n<html><head><title>503</title><script>if(a<b){}"
      "</script></head><body onload='x()'>Try &amp; again <!-- no --><br></body></html>",
      iz::soap_wrap("MSH|^~\\&|A|B|||20260218||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||7^^^X^MR||Quill^Zoe||20200131|F\r"
                    "NK1|1|Quill^Ann|MTH\rRXA|0|1|20260218||03^MMR^CVX|999\r"),
      "<return>TVNIfF5+XCZ8QXxCDVBJRHwxfHwyXl5eWF5NUg1SWEF8MHwxDQ==</return>",
      "m=MSH%7C%5E%7E%5C%26%7CA+x%7CB%0DPID%7C1%7C%7C7%7C%7CQuill%5EZoe&password=secret",
      "MSH|^~\\&|A|B|||20260218||ACK^V04^ACK|1|P|2.5.1MSA|AE|1ERR||PID^1^5|101^x^HL70357|EQAK|1|OK"};
}

/// A copy that ends where the text ends, for the address sanitizer.
struct Exact {
  explicit Exact(std::string_view text) : memory(new char[text.size()]), size(text.size()) {
    if (size) std::memcpy(memory.get(), text.data(), size);
  }
  std::string_view view() const { return {memory.get(), size}; }
  std::unique_ptr<char[]> memory;
  size_t size;
};

/// What does not hold of what was read, or nothing.
std::string broken(std::string_view input, bool write) {
  const iz::Answer a = iz::read_answer(input);
  const auto inside = [&](iz::Span s) { return s.begin <= s.end && s.end <= input.size(); };
  if (!inside(a.soap.span) || !inside(a.soap.payload)) return "span of the envelope";
  if (a.fault && !inside(a.fault->span)) return "span of the fault";
  if ((a.form == iz::AnswerForm::soap_fault) != a.fault.has_value()) return "fault";
  if ((a.trouble == nullptr) == a.strategy.has_value()) return "strategy";
  for (const iz::Extracted& m : a.messages) {
    if (!inside(m.input)) return "span of a message";
    uint32_t text = 0;
    for (const iz::Origin& o : m.origins) {
      if (o.text.begin != text || o.text.end < o.text.begin || !inside(o.input)) return "origins";
      text = o.text.end;
    }
    if (text != m.text.size()) return "origins do not reach the end";
  }
  const auto problems = iz::envelope_problems(input, a);
  for (const iz::EnvelopeProblem& p : problems)
    if (!inside(p.span)) return "span of a problem";
  if (!write) return {};
  if (!nlohmann::json::accept(iz::answer_json(input, a, problems, iz::Offsets::utf16))) return "no JSON";
  if (iz::answer_text(input, a, problems).empty()) return "no text";
  return {};
}

}  // namespace

TEST_CASE("changed answers do no harm", "[fuzz]") {
  const auto all = seeds();
  size_t faults = 0, messages = 0;
  for (uint64_t number = 0; number < 20000; ++number) {
    const Exact input(iz_fuzz::make_input(number, all));
    const std::string wrong = broken(input.view(), number % 4 == 0);
    if (!wrong.empty()) {
      INFO("input " << number);
      REQUIRE(wrong == "");
    }
    if (number % 4 == 1) CHECK(iz::masked(input.view()).size() <= input.size * 2 + 64);
    const iz::Answer a = iz::read_answer(input.view());
    faults += a.fault.has_value();
    messages += !a.messages.empty();
  }
  CHECK(faults > 500);
  CHECK(messages > 5000);
}

TEST_CASE("bombs and megabytes of junk take linear time", "[fuzz]") {
  const size_t mega = size_t{1} << 20, unit = mega / 8;
  std::string laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
  for (int i = 1; i < 10; ++i) {
    const std::string last = i == 1 ? "lol" : "lol" + std::to_string(i - 1);
    laughs += "<!ENTITY lol" + std::to_string(i) + " \"" + repeated("&" + last + ";", 60) + "\">";
  }
  laughs +=
      "]><Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body><submitSingleMessageResponse><return>&lol9;"
      "</return></submitSingleMessageResponse></Body></Envelope>";
  const std::string head = "<Envelope xmlns='http://www.w3.org/2003/05/soap-envelope'><Body>";
  const std::pair<const char*, std::string> parts[] = {
      {"deep nesting", "<a>"},
      {"deep nesting with namespaces", "<a:b xmlns:a='urn:x'>"},
      {"open and stray tags", "<a></b>"},
      {"end tags", "</a>"},
      {"less-than", "<"},
      {"ampersands", "&"},
      {"references", "&amp;"},
      {"comments not closed", "<!-- "},
      {"CDATA not closed", "<![CDATA["},
      {"DOCTYPE", "<!DOCTYPE a ["},
      {"DOCTYPE with brackets", "<!DOCTYPE a [ ] "},
      {"instructions", "<?x "},
      {"scripts", "<script>"},
      {"quotes", "<a b='\" c=\"'"},
      {"one tag of quotes", "'\" "},
      {"faults", "<Fault><Detail><SecurityFault>"},
      {"envelopes", "<Envelope><Body><Fault>"},
      {"reasons", "<Reason><Text>"},
      {"base64", "TVNIfF5+XCZ8QXxCDVBJRHwxfHwyXl5eWF5NUg1SWEF8MHwxDQ==\n"},
      {"one run of base64", "TVNIfF5+XCZ8"},
      {"base64 of nothing", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n"},
      {"URL-encoded", "MSH%7C%5E~%5C%26%7C"},
      {"percent signs", "%41"},
      {"percent signs in fields", "%26&"},
      {"headers of HTTP", "HTTP/1.1 100 Continue\r\n\r\n"},
      {"statuses", "HTTP/1.1 503 x "},
      {"segments in one line", "MSH|^~\\&|A|MSA|AE|1|ERR||PID^1|x|"},
      {"segments in one line, one message", "|ERR||PID^1|x"},
      {"words", "Quill^Zoe 20200131 password=x 1-2-3 a@b "},
      {"at signs", "@"},
      {"dates", "2020-01-31-"},
      {"passwords", "password "},
      {"PID lines", "PID|1||7||Quill^Zoe\r\n"},
      {"blanks", " "},
      {"zeros", std::string_view("\0", 1).data()},
  };
  const auto run = [&](const std::string& input) {
    CHECK(broken(input, false) == "");
    CHECK(iz::masked(input).size() <= input.size() * 8 + 64);
  };
  run(head);  // the tables are loaded
  for (const auto& [name, part] : parts) {
    if (part.empty()) continue;
    for (const std::string& before : {std::string(), head, std::string("MSH|^~\\&|A|B")}) {
      INFO(name << " behind \"" << before << "\"");
      CHECK(growth([&](size_t size) { run(before + repeated(part, size)); }, unit) < kQuadratic);
    }
  }
  run(laughs);
  const iz::Answer bomb = iz::read_answer(laughs);
  CHECK(bomb.text == "&lol9;");
  CHECK(growth([&](size_t size) { run(head + "<a b='" + repeated("x", size) + "'/>"); }, 4 * mega) < kQuadratic);
  Random random(7);
  std::string junk;
  for (size_t i = 0; i < 4 * mega / 8; ++i) {
    const uint64_t word = random.next();
    junk.append(reinterpret_cast<const char*>(&word), 8);
  }
  CHECK(growth([&](size_t size) { run(junk.substr(0, size)); }, 4 * mega) < kQuadratic);
}
