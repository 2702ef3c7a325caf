#include "core/joined_lines.h"

#include <catch_amalgamated.hpp>

using namespace iz;

namespace {

const std::string kAck =
    "MSH|^~\\&|REG|STATE|EHR|CLINIC|20260218093000-0500||ACK^V04^ACK|7|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\r"
    "MSA|AE|4711\r"
    "ERR||PID^1^5|101^Required field missing^HL70357|E||||No name\r"
    "ERR|||207^Internal error^HL70357|E";

std::string without_line_ends(std::string text, std::string_view by) {
  for (size_t at = text.find('\r'); at != std::string::npos; at = text.find('\r', at + by.size())) {
    text.replace(at, 1, by);
  }
  return text;
}

Extracted extracted(const std::string& text) { return extract(text).messages[0]; }

}  // namespace

TEST_CASE("segments in one line are taken apart", "[joined_lines]") {
  for (const char* by : {"", " ", "  "}) {
    Extracted m = extracted(without_line_ends(kAck, by));
    REQUIRE(restore_line_ends(m));
    CHECK(m.text == kAck);
    CHECK(m.notes.back() == "Line ends between segments were lost: put back before MSA, ERR.");
    uint32_t text = 0, input = 0;
    for (const Origin& o : m.origins) {
      CHECK(o.text.begin == text);
      CHECK(o.input.begin >= input);
      text = o.text.end;
      input = o.input.end;
    }
    CHECK(text == m.text.size());
    CHECK(input == m.input.end);
  }
}

TEST_CASE("a VXU in one line", "[joined_lines]") {
  const std::string vxu =
      "MSH|^~\\&|A|B|||20260218||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||7^^^X^MR||MONTE^DEL^NTE||20200101|F\rPD1||||||||||||"
      "N\r"
      "NK1|1|A^B|MTH^Mother^HL70063\rPV1|1|R\rORC|RE||5^X\rRXA|0|1|20260218||03^MMR^CVX|0.5|mL^mL^UCUM\r"
      "RXR|C38299^Sub^NCIT\rOBX|1|CE|64994-7^E^LN|1|V01^X^HL70064";
  Extracted m = extracted(without_line_ends(vxu, ""));
  REQUIRE(restore_line_ends(m));
  CHECK(m.text == vxu);
}

TEST_CASE("values that look like segments stay", "[joined_lines]") {
  for (const std::string& text : {
           kAck,
           std::string("MSH|^~\\&|A\rPID|1||7||MONTE|X\rNTE|1||see PID|1\rZPID|1|2|3\r"),
           std::string("MSH|^~\\&|A|MSA|AX\rMSA|AA|ERR|no\rERR||RXA^1|x\r"),
           std::string("MSH|^~\\&|A\r  MSA|AA|1\r"),
           std::string("MSH|^~\\&|A\rOBX|1|ST|1^OBX||OBX|x\r"),
       }) {
    INFO(text);
    CHECK(joined_segments(text).empty());
  }
}
