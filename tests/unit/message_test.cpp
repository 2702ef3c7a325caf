#include "core/message.h"

#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <memory>

#include "core/path.h"

using namespace iz;

namespace {

/// One line per segment: fields in brackets, repetitions by ~, components by ^, subcomponents by &,
/// so that a test reads as what the parser understood, whatever the delimiters were.
std::string dump(const Message& m) {
  std::string out;
  for (uint32_t s = 0; s < m.segments().size(); ++s) {
    const Segment& seg = m.segments()[s];
    out += seg.name ? segment_name(seg.name) : "?";
    for (uint32_t f = seg.name ? 1 : 0; f <= seg.field_count; ++f) {
      out += '[';
      const Element e = m.field(s, f);
      for (uint32_t i = e.first; i < e.last; ++i) {
        if (i > e.first)
          out += m.nodes()[i].starts == Level::repetition ? '~' : m.nodes()[i].starts == Level::component ? '^' : '&';
        out += m.value(Span{m.nodes()[i].begin, m.nodes()[i].end});
      }
      out += ']';
    }
    out += '\n';
  }
  return out;
}

std::string parsed(std::string_view text) {
  Message m;
  m.parse(text);
  CHECK(m.check_consistency() == "");
  CHECK(m.text() == text);
  return dump(m);
}

}  // namespace

TEST_CASE("a message is cut at its delimiters") {
  CHECK(parsed("MSH|^~\\&|A\rPID|1||7^^^X&1.2&ISO^MR~8||") == "MSH[|][^~\\&][A]\nPID[1][][7^^^X&1.2&ISO^MR~8][][]\n");
  CHECK(parsed("MSH|^~\\&|A\nPID|1\r\nPV1\r\r\nORC|") == "MSH[|][^~\\&][A]\nPID[1]\nPV1\nORC[]\n");
  CHECK(parsed("") == "");
  CHECK(parsed("\r\n \r") == "");
  CHECK(parsed("PID") == "PID\n");
}

TEST_CASE("delimiters come from the header") {
  CHECK(parsed("MSH$%*!?$A%B*C?D\rPID$1%2?3") == "MSH[$][%*!?][A^B~C&D]\nPID[1^2&3]\n");
  Message m;
  m.parse("MSH|^~\\&#|");
  CHECK(m.delimiters().truncation == '#');
  CHECK(m.has_header());
  m.parse("MSH|^|A~B");
  CHECK(m.delimiters().component == '^');
  CHECK(m.delimiters().repetition == '~');
  m.parse("PID|1^2");
  CHECK_FALSE(m.has_header());
  CHECK(m.get("PID", 1, 2) == "2");
  m.parse("MSHA|x");
  CHECK_FALSE(m.has_header());
  CHECK(parsed("MSH") == "MSH\n");
  CHECK(parsed("MSH|") == "MSH[|][]\n");
}

TEST_CASE("lines that are no segment are kept whole") {
  CHECK(parsed("MSH|^~\\&\rgarbage|a^b\rPI|1\rPID|2") == "MSH[|][^~\\&]\n?[garbage|a^b]\n?[PI|1]\nPID[2]\n");
  Message m;
  m.parse("MSH|^~\\&\rpid|1\rPID|2\rZZ1|x");
  CHECK(m.segments()[1].lower_case);
  CHECK(m.segments()[1].name == segment_code("PID"));
  CHECK(m.segments()[2].occurrence == 2);
  CHECK(m.segments()[3].line == 4);
}

TEST_CASE("lines are counted as an editor counts them") {
  Message m;
  m.parse("MSH|^~\\&\r\n\r\nPID|1\n\nPV1|1\r");
  REQUIRE(m.segments().size() == 3);
  CHECK(m.segments()[1].line == 3);
  CHECK(m.segments()[2].line == 5);
  CHECK(m.line_count() == 5);
}

TEST_CASE("elements are reached by number, absent ones are empty") {
  Message m;
  m.parse("MSH|^~\\&|A\rPID|1||7^^^X&1&ISO^MR~8^^^Y|\"\"|  ^ ");
  CHECK(m.value(m.repetition(1, 3, 2)) == "8^^^Y");
  CHECK(m.value(m.component(m.repetition(1, 3, 1), 4)) == "X&1&ISO");
  CHECK(m.value(m.subcomponent(m.component(m.repetition(1, 3, 1), 4), 3)) == "ISO");
  CHECK_FALSE(m.subcomponent(m.component(m.repetition(1, 3, 1), 4), 4));
  CHECK_FALSE(m.repetition(1, 3, 3));
  CHECK_FALSE(m.field(1, 99));
  CHECK(m.value(m.component(m.repetition(1, 1, 1), 1)) == "1");
  CHECK(m.count(m.field(1, 3), Level::repetition) == 2);
  CHECK(m.count(m.repetition(1, 3, 1), Level::component) == 5);
  CHECK_FALSE(m.present(m.field(1, 2)));
  CHECK_FALSE(m.present(m.field(1, 5)));
  CHECK(m.is_null(m.field(1, 4)));
}

TEST_CASE("a header inside the message does not disturb the others") {
  CHECK(parsed("MSH|^~\\&|A\rMSH|^~\\&|B\rPID|1") == "MSH[|][^~\\&][A]\nMSH[|][^~\\&][B]\nPID[1]\n");
}

TEST_CASE("many different segment names are counted too") {
  std::string text = "MSH|^~\\&\r";
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 200; ++i)
      text += std::string("Z") + static_cast<char>('A' + i / 10) + static_cast<char>('0' + i % 10) + "|1\r";
  Message m;
  m.parse(text);
  CHECK(m.segments().size() == 401);
  for (size_t i = 1; i < m.segments().size(); ++i) REQUIRE(m.segments()[i].occurrence == (i <= 200 ? 1 : 2));
}

TEST_CASE("parsing reads nothing beyond the text") {
  const std::string text = "MSH|^~\\&|A|B^C&D~E\rPID|1||77\rOBX|1|CE|X^Y^LN\r";
  for (size_t n = 0; n <= text.size(); ++n) {
    const auto exact = std::make_unique<char[]>(n);
    std::memcpy(exact.get(), text.data(), n);
    Message m;
    m.parse_view({exact.get(), n});
    REQUIRE(m.check_consistency() == "");
  }
}

TEST_CASE("escape sequences") {
  const Delimiters d;
  CHECK(unescape("A\\T\\B \\F\\ \\S\\ \\R\\ \\E\\", d) == "A&B | ^ ~ \\");
  CHECK(unescape("x\\X4142\\y\\.br\\z\\H\\!\\N\\", d) == "xABy\nz!");
  CHECK(unescape("C:\\dir", d) == "C:\\dir");
  CHECK(unescape("\\X4\\ \\Q\\ \\", d) == "\\X4\\ \\Q\\ \\");
  CHECK(escape("a|b^c&d~e\\f", d) == "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f");
  for (std::string_view s : {"plain", "a|b", "\\", "x\r\ny", "^&~"}) CHECK(unescape(escape(s, d), d) == s);
}

TEST_CASE("paths are read and printed") {
  CHECK(to_string(*parse_path("PID-5[2].1.1")) == "PID[1]-5[2].1.1");
  CHECK(to_string(*parse_path("OBX[3]-5")) == "OBX[3]-5[1]");
  CHECK(to_string(*parse_path("OBX^3^5^1^1")) == "OBX[3]-5[1].1");
  CHECK(to_string(*parse_path("PID.5.1")) == "PID[1]-5[1].1");
  CHECK(to_string(*parse_path("RXA")) == "RXA[1]");
  CHECK(to_string(*parse_path("RXA^2")) == "RXA[2]");
  CHECK(to_string(*parse_path("PID^1^11^^5")) == "PID[1]-11[1].5");
  CHECK(to_erl(*parse_path("RXA[2]-5[1].1")) == "RXA^2^5^1^1");
  for (std::string_view bad : {"", "PI", "PID-", "PID-0", "PID-five", "PID-5.", "PID-5.1.1.1", "pid-5", "PID[0]",
                               "PID-5[", "PID-5[1", "PID-99999999999", "PID^1^x", "PID-5 "})
    CHECK_FALSE(parse_path(bad));
}

TEST_CASE("a place is found in the text and back") {
  Message m;
  m.parse("MSH|^~\\&|A\rPID|1||7^^^X&1&ISO^MR~8\r");
  const auto at = [&](std::string_view needle) {
    return to_string(path_at(m, static_cast<uint32_t>(m.text().find(needle))));
  };
  CHECK(at("MSH") == "MSH[1]");
  CHECK(to_string(path_at(m, 3)) == "MSH[1]-1[1]");
  CHECK(at("^~\\&") == "MSH[1]-2[1]");
  CHECK(at("1||") == "PID[1]-1[1]");
  CHECK(at("7^") == "PID[1]-3[1].1");
  CHECK(at("X&") == "PID[1]-3[1].4.1");
  CHECK(at("ISO") == "PID[1]-3[1].4.3");
  CHECK(at("MR") == "PID[1]-3[1].5");
  CHECK(at("8\r") == "PID[1]-3[2]");
  CHECK(locate(m, *parse_path("PID-3.4.3")).span == Span{26, 29});
  CHECK(m.value(locate(m, *parse_path("PID-3.4")).span) == "X&1&ISO");
  CHECK_FALSE(locate(m, *parse_path("PID-9")).found);
  CHECK(locate(m, *parse_path("PID-9")).segment == 1);
  CHECK_FALSE(locate(m, *parse_path("OBX")).found);
  for (uint32_t p = 0; p <= m.text().size(); ++p) {
    const Location l = locate(m, path_at(m, p));
    REQUIRE(l.found);
    REQUIRE((l.span.begin <= p && p <= l.span.end + 1));
  }
}
