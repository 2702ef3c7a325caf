#include "core/extract.h"

#include <catch_amalgamated.hpp>
#include <chrono>
#include <random>
#include <set>

#include "core/utf8.h"

using namespace iz;

namespace {

struct Case {
  std::string name;
  std::string input;
  std::vector<std::string> texts;
  std::vector<std::vector<Form>> forms;  ///< per message; the last entry counts for all that follow
  std::vector<std::string> rest = {};
  std::vector<std::string> envelopes = {};
};

/// The bytes of UTF-16.
std::string utf16(std::u16string_view text, bool big) {
  std::string out;
  for (const char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF), high = static_cast<char>(c >> 8);
    out += big ? high : low;
    out += big ? low : high;
  }
  return out;
}

const std::string kNothing;
const std::string kShort = "MSH|^~\\&|A|B\rPID|1||2^^^X^MR\rRXA|0|1\r";

const std::vector<Case>& cases() {
  using F = Form;
  static const std::vector<Case> all = {
      // ---- plain: byte for byte
      {"CR", kShort, {kShort}, {{}}},
      {"LF", "MSH|^~\\&|A\nPID|1\n", {"MSH|^~\\&|A\nPID|1\n"}, {{}}},
      {"CRLF", "MSH|^~\\&|A\r\nPID|1\r\n", {"MSH|^~\\&|A\r\nPID|1\r\n"}, {{}}},
      {"mixed line ends, none at the end",
       "MSH|^~\\&|A\rPID|1\nRXA|0\r\nOBX|1",
       {"MSH|^~\\&|A\rPID|1\nRXA|0\r\nOBX|1"},
       {{}}},
      {"blank lines around and inside", "\n \n\nMSH|^~\\&|A\n\nPID|1\n\n\n", {"MSH|^~\\&|A\n\nPID|1\n"}, {{}}},
      {"MSH alone", "MSH|^~\\&|A|B", {"MSH|^~\\&|A|B"}, {{}}},
      {"other delimiters", "MSH$%*@!$A\rPID$1\rZZ1$x\r", {"MSH$%*@!$A\rPID$1\rZZ1$x\r"}, {{}}},
      {"no encoding characters", "MSH||A\rPID|1\r", {"MSH||A\rPID|1\r"}, {{}}},
      {"lower case", "msh|^~\\&|A\rpid|1\robx\r", {"msh|^~\\&|A\rpid|1\robx\r"}, {{}}},
      {"escapes of HL7 and what looks like line ends in values",
       "MSH|^~\\&|A\rPID|\\.br\\\\R\\XA|\\X0D\\|\\rPID|x\rNTE|1||C:\\nte|<CRP>\r",
       {"MSH|^~\\&|A\rPID|\\.br\\\\R\\XA|\\X0D\\|\\rPID|x\rNTE|1||C:\\nte|<CRP>\r"},
       {{}}},
      {"a line end written as text in a message with real ones stays",
       "MSH|^~\\&|A|AL\\r\rPID|1\rGT1|1\r",
       {"MSH|^~\\&|A|AL\\r\rPID|1\rGT1|1\r"},
       {{}}},
      {"a garbage line inside and one directly behind stay",
       "MSH|^~\\&|A\rgarbage line\rPID|1\rmore garbage\r",
       {"MSH|^~\\&|A\rgarbage line\rPID|1\rmore garbage\r"},
       {{}}},
      {"a value that looks like a header",
       "MSH|^~\\&|A\rERR||\"MSH|^~\\&|X\"|MSH|^~\\&amp;|\r",
       {"MSH|^~\\&|A\rERR||\"MSH|^~\\&|X\"|MSH|^~\\&amp;|\r"},
       {{}}},
      {"ampersand references in a plain message stay",
       "MSH|^~\\&|A\rPID|1|&amp;&lt;\r",
       {"MSH|^~\\&|A\rPID|1|&amp;&lt;\r"},
       {{}}},
      {"MSH twice is one message", "MSH|^~\\&|A\rMSH|^~\\&|A\rPID|1\r", {"MSH|^~\\&|A\rMSH|^~\\&|A\rPID|1\r"}, {{}}},
      {"lines that a mail program broke stay broken",
       "MSH|^~\\&|A\nPID|1||Main\nStreet 5\nRXA|0\n",
       {"MSH|^~\\&|A\nPID|1||Main\nStreet 5\nRXA|0\n"},
       {{}}},
      {"O'Brien with a curly apostrophe",
       "MSH|^~\\&|A\rPID|1|O\u2019Brien|\u201Cx\u201D\r",
       {"MSH|^~\\&|A\rPID|1|O\u2019Brien|\u201Cx\u201D\r"},
       {{}}},
      // ---- several
      {"several",
       "MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rMSH|^~\\&|C\r\n\r\nMSH|^~\\&|D",
       {"MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B\r", "MSH|^~\\&|C\r\n", "MSH|^~\\&|D"},
       {{F::several}}},
      {"captions between",
       "Request:\nMSH|^~\\&|A\nPID|1\n\nResponse:\nMSH|^~\\&|B\nMSA|AA|1\n------\n",
       {"MSH|^~\\&|A\nPID|1\n", "MSH|^~\\&|B\nMSA|AA|1\n"},
       {{F::several}},
       {"Request:", "Response:", "------"}},
      {"batch",
       "FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|A\rPID|1\rMSH|^~\\&|B\rBTS|2\rFTS|1\r",
       {"MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B\r"},
       {{F::batch, F::several}},
       {},
       {"FHS|^~\\&|A", "BHS|^~\\&|A", "BTS|2", "FTS|1"}},
      {"a trailer behind a single message",
       "MSH|^~\\&|A\rPID|1\rFTS|1\r",
       {"MSH|^~\\&|A\rPID|1\r"},
       {{F::batch}},
       {},
       {"FTS|1"}},
      {"bare trailers", "MSH|^~\\&|A\nPID|1\nBTS\nFTS", {"MSH|^~\\&|A\nPID|1\n"}, {{F::batch}}, {}, {"BTS", "FTS"}},
      // ---- encodings
      {"byte-order mark", "\xEF\xBB\xBFMSH|^~\\&|A\rPID|1\r", {"MSH|^~\\&|A\rPID|1\r"}, {{F::byte_order_mark}}},
      {"byte-order mark between joined files",
       "MSH|^~\\&|A\rPID|1\r\xEF\xBB\xBFMSH|^~\\&|B\r",
       {"MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B\r"},
       {{F::several}, {F::byte_order_mark, F::several}}},
      {"UTF-16 little endian with mark",
       "\xFF\xFE" + utf16(u"MSH|^~\\&|A\rPID|1|\u00E9\u4E2D\r", false),
       {"MSH|^~\\&|A\rPID|1|\u00E9\u4E2D\r"},
       {{F::byte_order_mark, F::utf16}}},
      {"UTF-16 big endian with mark",
       "\xFE\xFF" + utf16(u"MSH|^~\\&|A\rPID|1|\xD83D\xDE00\xD800|\r", true),
       {"MSH|^~\\&|A\rPID|1|\U0001F600\uFFFD|\r"},
       {{F::byte_order_mark, F::utf16}}},
      {"UTF-16 little endian without mark, a byte too many",
       utf16(u"\r\nMSH|^~\\&|A\rPID|1|\u00E9\r", false) + "x",
       {"MSH|^~\\&|A\rPID|1|\u00E9\r\uFFFD"},
       {{F::utf16}}},
      {"UTF-16 big endian without mark", utf16(u"MSH|^~\\&|A\rPID|1\r", true), {"MSH|^~\\&|A\rPID|1\r"}, {{F::utf16}}},
      {"Windows-1252",
       "MSH|^~\\&|A\rPID|1|Jos\xE9|\x80\x93\xC3\xA9\x9F\r",
       {"MSH|^~\\&|A\rPID|1|Jos\u00E9|\u20AC\u201C\u00E9\u0178\r"},
       {{F::windows1252}}},
      {"Windows-1252 in one of two",
       "MSH|^~\\&|A\rPID|1|\xE9\rMSH|^~\\&|B\r",
       {"MSH|^~\\&|A\rPID|1|\u00E9\r", "MSH|^~\\&|B\r"},
       {{F::windows1252, F::several}, {F::several}}},
      {"MSH-18 says ISO 8859-1, the bytes are UTF-8",
       "MSH|^~\\&|A|||||||||||||||8859/1\rPID|1|\u00E9\r",
       {"MSH|^~\\&|A|||||||||||||||8859/1\rPID|1|\u00E9\r"},
       {{F::character_set}}},
      {"MSH-18 says UTF-8 and it is",
       "MSH|^~\\&|A|||||||||||||||UNICODE UTF-8\rPID|1|\u00E9\r",
       {"MSH|^~\\&|A|||||||||||||||UNICODE UTF-8\rPID|1|\u00E9\r"},
       {{}}},
      // ---- frames
      {"MLLP", "\x0BMSH|^~\\&|A\rPID|1\r\x1C\r", {"MSH|^~\\&|A\rPID|1\r"}, {{F::mllp}}},
      {"MLLP, several",
       "\x0BMSH|^~\\&|A\rPID|1\r\x1C\r\x0BMSH|^~\\&|B\x1C\r\x0BMSH|^~\\&|C\rPID|2\x1C\x0BMSH|^~\\&|D\r\x1C",
       {"MSH|^~\\&|A\rPID|1\r", "MSH|^~\\&|B", "MSH|^~\\&|C\rPID|2", "MSH|^~\\&|D\r"},
       {{F::mllp, F::several}}},
      {"MLLP, the frame holds all lines",
       "\x0BMSH|^~\\&|A\rPID|1\r\rodd\r\x1C\rMSH",
       {"MSH|^~\\&|A\rPID|1\r\rodd\r"},
       {{F::mllp}},
       {"MSH"}},
      {"MLLP written out",
       "<SB>MSH|^~\\&|A<CR>PID|1<CR><EB><CR>",
       {"MSH|^~\\&|A\rPID|1\r"},
       {{F::mllp, F::cr_markers}}},
      {"a frame byte in a value",
       "MSH|^~\\&|A\rPID|1|a\x1C"
       "b\x0B"
       "c\r",
       {"MSH|^~\\&|A\rPID|1|a\x1C"
        "b\x0B"
        "c\r"},
       {{}}},
      // ---- logs and mail
      {"log",
       "2026-02-18 10:00:00,001 INFO  [main] a.B - received\n2026-02-18 10:00:00,002 INFO  [main] a.B - MSH|^~\\&|A\n"
       "2026-02-18 10:00:00,002 INFO  [main] a.B - PID|1\n2026-02-18 10:00:00,010 WARN  [exec-7] c.D - slow\n"
       "2026-02-18 10:00:00,003 INFO  [main] a.B - RXA|0\n2026-02-18 10:00:00,099 INFO  [main] a.B - sent\n",
       {"MSH|^~\\&|A\nPID|1\nRXA|0\n"},
       {{F::log_prefix}},
       {"2026-02-18 10:00:00,001 INFO  [main] a.B - received", "2026-02-18 10:00:00,010 WARN  [exec-7] c.D - slow",
        "2026-02-18 10:00:00,099 INFO  [main] a.B - sent"}},
      {"log with bars, one line without prefix",
       "10:00 | I | MSH|^~\\&|A\n10:00 | I | PID|1|x\nOBX|1\n10:01 | I | RXA|0\n",
       {"MSH|^~\\&|A\nPID|1|x\nOBX|1\nRXA|0\n"},
       {{F::log_prefix}}},
      {"log, the message on one line",
       "10:00:00 got MSH|^~\\&|A\\rPID|1\\r\n10:00:01 next\n",
       {"MSH|^~\\&|A\rPID|1\r"},
       {{F::log_prefix, F::literal_escapes}},
       {"10:00:01 next"}},
      {"log, two messages",
       "10:00:00 in  MSH|^~\\&|A\n10:00:00 in  PID|1\n10:00:01 out MSH|^~\\&|B\n10:00:01 out MSA|AA\n",
       {"MSH|^~\\&|A\nPID|1\n", "MSH|^~\\&|B\nMSA|AA\n"},
       {{F::log_prefix, F::several}}},
      {"text before it on the line",
       "It was: MSH|^~\\&|A\nPID|1\nRXA|0\n\nThank you\n",
       {"MSH|^~\\&|A\nPID|1\nRXA|0\n"},
       {{F::log_prefix}},
       {"Thank you"}},
      {"numbers of grep", "f.hl7:9:MSH|^~\\&|A\nf.hl7:10:PID|1\n", {"MSH|^~\\&|A\nPID|1\n"}, {{F::log_prefix}}},
      {"mail quote",
       "> MSH|^~\\&|A\n> PID|1\n>\n> RXA|0\n> \n> Ann\n",
       {"MSH|^~\\&|A\nPID|1\n\nRXA|0\n"},
       {{F::quoted}},
       {"> \n> Ann"}},
      {"nested mail quotes",
       "Hi\n>> MSH|^~\\&|A\n>> PID|1\n> > RXA|0\n>>> OBX|1\nbye\n",
       {"MSH|^~\\&|A\nPID|1\nRXA|0\nOBX|1\n"},
       {{F::quoted}},
       {"Hi", "bye"}},
      {"a garbage line in a mail quote",
       "> MSH|^~\\&|A\n> cut here\n> PID|1\n",
       {"MSH|^~\\&|A\ncut here\nPID|1\n"},
       {{F::quoted}}},
      {"indented", "    MSH|^~\\&|A\n    PID|1\n\t  RXA|0\n", {"MSH|^~\\&|A\nPID|1\nRXA|0\n"}, {{F::indented}}},
      {"indented but for the first line", "MSH|^~\\&|A\n    PID|1\n", {"MSH|^~\\&|A\nPID|1\n"}, {{F::indented}}},
      {"a fence of Markdown", "~~~\nMSH|^~\\&|A\nPID|1\n~~~\n", {"MSH|^~\\&|A\nPID|1\n"}, {{}}, {"~~~", "~~~"}},
      // ---- cells
      {"CSV",
       "id,text\n1,\"MSH|^~\\&|A\nPID|1|\"\"\"\"|say \"\"x\"\"\n\",ok\n2,\"MSH|^~\\&|B\nPID|2\",ok\n",
       {"MSH|^~\\&|A\nPID|1|\"\"|say \"x\"\n", "MSH|^~\\&|B\nPID|2"},
       {{F::cell, F::several}},
       {"id,text\n1,", ",ok\n2,", ",ok"}},
      {"quotes around it that are not doubled inside",
       "\"MSH|^~\\&|A\nPID|1|\"\"|x\nRXA|\"\"\n\"",
       {"MSH|^~\\&|A\nPID|1|\"\"|x\nRXA|\"\"\n"},
       {{F::cell}}},
      {"a quote at the end of a segment",
       "'MSH|^~\\&|A\nPID|1|Smith'\nRXA|0'\n",
       {"MSH|^~\\&|A\nPID|1|Smith'\nRXA|0"},
       {{F::cell}}},
      {"a cell that is not closed", "\"MSH|^~\\&|A\nPID|1", {"MSH|^~\\&|A\nPID|1"}, {{F::cell}}},
      {"rows of a spreadsheet",
       "MSH|^~\\&|A\n\"PID|1|\"\"\"\"|x\"\nRXA|0\n",
       {"MSH|^~\\&|A\nPID|1|\"\"|x\nRXA|0\n"},
       {{F::cell}}},
      {"columns",
       "17\tMSH|^~\\&|A\\rPID|1\\rRXA|0\tSENT\n18\tMSH|^~\\&|B\\rPID|2\tSENT\n",
       {"MSH|^~\\&|A\rPID|1\rRXA|0", "MSH|^~\\&|B\rPID|2"},
       {{F::cell, F::literal_escapes, F::several}},
       {"SENT", "SENT"}},
      {"a row for each segment", "1\tMSH|^~\\&|A\n2\tPID|1\n3\tRXA|0\n", {"MSH|^~\\&|A\nPID|1\nRXA|0\n"}, {{F::cell}}},
      {"curly quotes around it",
       "\u201CMSH|^~\\&|A\nPID|1|\u201C\u201D|x\nRXA|0\u201D\n",
       {"MSH|^~\\&|A\nPID|1|\"\"|x\nRXA|0"},
       {{F::cell, F::word_processor}}},
      // ---- strings
      {"JSON",
       R"({"id":1,"m":"MSH|^~\\&|A\rPID|1|\"\"|\u00e9\ud83d\ude00\\F\\\/\rRXA|0\r","n":2})",
       {"MSH|^~\\&|A\rPID|1|\"\"|\u00E9\U0001F600\\F\\/\rRXA|0\r"},
       {{F::json_string}},
       {R"({"id":1,"m":)", R"(,"n":2})"}},
      {"JSON with \\n, \\r\\n and \\u000d",
       R"(["MSH|^~\\\u0026|A\nPID|1\r\nRXA|0\u000dOBX|1"])",
       {"MSH|^~\\&|A\nPID|1\r\nRXA|0\rOBX|1"},
       {{F::json_string}},
       {"[", "]"}},
      {"JSON, several values",
       R"([{"m":"MSH|^~\\&|A\rPID|1"},{"m":"MSH|^~\\&|B\rPID|2\rMSH|^~\\&|C\r"}])",
       {"MSH|^~\\&|A\rPID|1", "MSH|^~\\&|B\rPID|2\r", "MSH|^~\\&|C\r"},
       {{F::json_string, F::several}},
       {R"([{"m":)", R"(},{"m":)", "}]"}},
      {"JSON in JSON",
       R"("{\"m\":\"MSH|^~\\\\&|A\\rPID|1|\\\\R\\\\\\r\"}")",
       {"MSH|^~\\&|A\rPID|1|\\R\\\r"},
       {{F::json_string}},
       {R"("{\"m\":)", R"(}")"}},
      {"JSON in a log",
       R"(10:00 INFO {"m":"MSH|^~\\&|A\rPID|1"} done)",
       {"MSH|^~\\&|A\rPID|1"},
       {{F::json_string}},
       {R"(10:00 INFO {"m":)", "} done"}},
      {"the inside of a string",
       R"(MSH|^~\\&|A\rPID|1|\\T\\|x\r)",
       {"MSH|^~\\&|A\rPID|1|\\T\\|x\r"},
       {{F::json_string}}},
      {"other delimiters in JSON",
       R"({"m":"MSH$%*@!$A\rPID$1"})",
       {"MSH$%*@!$A\rPID$1"},
       {{F::json_string}},
       {R"({"m":)", "}"}},
      {"an array of segments",
       R"(["MSH|^~\\&|A", "PID|1|\"\"", "RXA|0"])",
       {"MSH|^~\\&|A\rPID|1|\"\"\rRXA|0"},
       {{F::json_string}},
       {"[", "]"}},
      {"source code",
       "  s = \"MSH|^~\\\\&|A\\r\" +\n      \"PID|1\\r\";\n",
       {"MSH|^~\\&|A\rPID|1\r"},
       {{F::json_string}},
       {"s =", ";"}},
      {"source code with real line ends",
       "MSH|^~\\\\&|A\\r\nPID|1|\\\"x\\\"\\r\nRXA|0\n",
       {"MSH|^~\\&|A\nPID|1|\"x\"\nRXA|0\n"},
       {{F::json_string, F::literal_escapes}}},
      {"bytes of Python",
       R"(b'\x0bMSH|^~\\&|A\rPID|1|Jos\xc3\xa9\r\x1c\r')",
       {"MSH|^~\\&|A\rPID|1|Jos\u00E9\r"},
       {{F::mllp, F::json_string}},
       {"b"}},
      {"MSH-2 with a doubled backslash and real line ends is a fault of the message",
       "MSH|^~\\\\&|A\rPID|1\r",
       {"MSH|^~\\\\&|A\rPID|1\r"},
       {{}}},
      // ---- line ends written as text
      {"\\r",
       "MSH|^~\\&|A\\rPID|1|\\.br\\\\R\\|\\X0D\\\\rRXA|0\\r",
       {"MSH|^~\\&|A\rPID|1|\\.br\\\\R\\|\\X0D\\\rRXA|0\r"},
       {{F::literal_escapes}}},
      {"\\n and \\r\\n", "MSH|^~\\&|A\\nPID|1\\r\\nRXA|0", {"MSH|^~\\&|A\nPID|1\r\nRXA|0"}, {{F::literal_escapes}}},
      {"\\x0d", "MSH|^~\\&|A\\x0dPID|1\\x0DRXA|0", {"MSH|^~\\&|A\rPID|1\rRXA|0"}, {{F::literal_escapes}}},
      {"\\r in a quoted string with a single backslash in MSH-2",
       R"({"m":"MSH|^~\&|A\rPID|1||""|x\r"})",
       {"MSH|^~\\&|A\rPID|1||\"\"|x\r"},
       {{F::cell, F::literal_escapes}},
       {R"({"m":)", "}"}},
      {"<CR>", "MSH|^~\\&|A<CR>PID|1<cr>odd<CR>RXA|0<CR>", {"MSH|^~\\&|A\rPID|1\rodd\rRXA|0\r"}, {{F::cr_markers}}},
      {"[CR] and <CR><LF>",
       "MSH|^~\\&|A[CR]PID|1<CR><LF>RXA|0[0x0D]OBX|1",
       {"MSH|^~\\&|A\rPID|1\r\nRXA|0\rOBX|1"},
       {{F::cr_markers}}},
      {"<CR> before real line ends",
       "MSH|^~\\&|A<CR>\nPID|1<CR>\nRXA|0\n",
       {"MSH|^~\\&|A\nPID|1\nRXA|0\n"},
       {{F::cr_markers}}},
      {"^M", "MSH|^~\\&|A^MPID|1|^M^MRXA|0|x^My^M", {"MSH|^~\\&|A\rPID|1|\r\rRXA|0|x^My\r"}, {{F::cr_markers}}},
      {"^M at all line ends", "MSH|^~\\&|A^M\nPID|1^M\nRXA|0^M\n", {"MSH|^~\\&|A\nPID|1\nRXA|0\n"}, {{F::cr_markers}}},
      {"^M at one line end is a value", "MSH|^~\\&|A\nPID|1^M\nRXA|0\n", {"MSH|^~\\&|A\nPID|1^M\nRXA|0\n"}, {{}}},
      {"&#xD;",
       "MSH|^~\\&|A&#xD;PID|1&#13;RXA|&amp;0&#xD;&#xA;",
       {"MSH|^~\\&|A\rPID|1\rRXA|&amp;0\r\n"},
       {{F::character_references}}},
      {"a batch on one line",
       "FHS|^~\\&|A\\rMSH|^~\\&|B\\rPID|1\\rFTS|1",
       {"MSH|^~\\&|B\rPID|1\r"},
       {{F::batch, F::literal_escapes}},
       {},
       {"FHS|^~\\&|A", "FTS|1"}},
      // ---- XML
      {"SOAP",
       "<e:Body><hl7Message>MSH|^~\\&amp;|A&#xD;\nPID|1|x&lt;y&amp;amp;&#13;RXA|0</hl7Message></e:Body>",
       {"MSH|^~\\&|A\r\nPID|1|x<y&amp;\rRXA|0"},
       {{F::character_references, F::xml_element}},
       {"<e:Body><hl7Message>", "</hl7Message></e:Body>"}},
      {"CDATA",
       "<r><![CDATA[MSH|^~\\&|A\nMSA|AA|<date/time>&amp;]]></r>",
       {"MSH|^~\\&|A\nMSA|AA|<date/time>&amp;"},
       {{F::xml_element}},
       {"<r><![CDATA[", "]]></r>"}},
      {"XML that is not escaped",
       "<r>\n  MSH|^~\\&|A\n  PID|1|<b|\n</r>",
       {"MSH|^~\\&|A\nPID|1|<b|\n"},
       {{F::indented, F::xml_element}},
       {"<r>", "</r>"}},
      {"the inside of an element",
       "MSH|^~\\&amp;|A\rPID|1|a&amp;b\rMSH|^~\\&|B\rPID|&amp;\r",
       {"MSH|^~\\&|A\rPID|1|a&b\r", "MSH|^~\\&|B\rPID|&amp;\r"},
       {{F::character_references, F::several}, {F::several}}},
      {"XML in XML",
       "<r>&lt;m&gt;MSH|^~\\&amp;amp;|A&amp;#xD;PID|1|a&amp;amp;b&lt;/m&gt;</r>",
       {"MSH|^~\\&|A\rPID|1|a&b"},
       {{F::character_references, F::xml_element}},
       {"<r>&lt;m&gt;", "&lt;/m&gt;</r>"}},
      {"XML in JSON",
       R"({"x":"\u003cm\u003eMSH|^~\\\u0026amp;|A\u0026#xD;PID|1\u003c/m\u003e"})",
       {"MSH|^~\\&|A\rPID|1"},
       {{F::json_string, F::character_references, F::xml_element}},
       {R"({"x":"\u003cm\u003e)", R"(\u003c/m\u003e"})"}},
      {"JSON in XML",
       R"(<x>{&quot;m&quot;:&quot;MSH|^~\\&amp;|A\rPID|1&quot;}</x>)",
       {"MSH|^~\\&|A\rPID|1"},
       {{F::cell, F::json_string, F::character_references, F::xml_element}},
       {"<x>{&quot;m&quot;:", "}</x>"}},
      {"an attribute",
       "<m v=\"MSH|^~\\&amp;|A&#13;PID|1|&quot;&quot;\" w=\"\"/>",
       {"MSH|^~\\&|A\rPID|1|\"\""},
       {{F::character_references}},
       {"<m v=", "w=\"\"/>"}},
      {"a page",
       "<html><pre>MSH|^~\\&amp;|A<br/>PID|1|&nbsp;x<BR>RXA|0</pre></html>",
       {"MSH|^~\\&|A\rPID|1|\u00A0x\rRXA|0"},
       {{F::cr_markers, F::character_references, F::xml_element}},
       {"<html><pre>", "</pre></html>"}},
      // ---- word processors
      {"no-break spaces",
       "\u00A0MSH|^~\\&|A\n\u00A0\u00A0PID\u00A0|1|a\u00A0b\n",
       {"MSH|^~\\&|A\nPID|1|a\u00A0b\n"},
       {{F::word_processor}}},
      {"no-break spaces of Windows-1252",
       "MSH|^~\\&|A\n\xA0PID|1|\x93\x94|\xE9\n",
       {"MSH|^~\\&|A\nPID|1|\"\"|\u00E9\n"},
       {{F::windows1252, F::word_processor}}},
      {"curly quotes for the null",
       "MSH|^~\\&|A\nPID|1|\u201C\u201D|\u201D\u201D^\u201C\u201D|x\u201C\u201D\n",
       {"MSH|^~\\&|A\nPID|1|\"\"|\"\"^\"\"|x\u201C\u201D\n"},
       {{F::word_processor}}},
      {"look-alike delimiters",
       "MSH|\u02C6\u02DC\\&|A\nPID|1|a\u02C6b\u02DCc\n",
       {"MSH|^~\\&|A\nPID|1|a^b~c\n"},
       {{F::word_processor}}},
      {"look-alike bars", "MSH\uFF5C^~\\&\uFF5CA\nPID\uFF5C1\n", {"MSH|^~\\&|A\nPID|1\n"}, {{F::word_processor}}},
      {"a look-alike that is no delimiter stays",
       "MSH|^~\\&|A\nPID|1|a\u02C6b\n",
       {"MSH|^~\\&|A\nPID|1|a\u02C6b\n"},
       {{}}},
      {"line separators", "MSH|^~\\&|A\u2028PID|1\u2029RXA|0", {"MSH|^~\\&|A\rPID|1\rRXA|0"}, {{F::word_processor}}},
      {"soft line breaks", "MSH|^~\\&|A\x0BPID|1\x0BRXA|0\n", {"MSH|^~\\&|A\rPID|1\rRXA|0\n"}, {{F::mllp}}},
      // ---- no header
      {"segments without MSH", "PID|1||2\rRXA|0|1\r", {"PID|1||2\rRXA|0|1\r"}, {{F::missing_header}}},
      {"the end of a message, then another",
       "RXA|0\rOBX|1\rMSH|^~\\&|A\rPID|1\r",
       {"RXA|0\rOBX|1\r", "MSH|^~\\&|A\rPID|1\r"},
       {{F::missing_header, F::several}, {F::several}}},
      {"without MSH in JSON",
       R"({"a":"PID|1||\"\"\rRXA|0"})",
       {"PID|1||\"\"\rRXA|0"},
       {{F::json_string, F::missing_header}},
       {R"({"a":)", "}"}},
      {"without MSH in a log",
       "10:00 start\n10:01 PID|1\n10:02 RXA|0\n",
       {"PID|1\nRXA|0\n"},
       {{F::log_prefix, F::missing_header}},
       {"10:00 start"}},
      {"without MSH in a mail", "> PID|1\n> RXA|0\n", {"PID|1\nRXA|0\n"}, {{F::quoted, F::missing_header}}},
      {"without MSH in XML",
       "<x>PID|1|&amp;&#xD;RXA|0</x>",
       {"PID|1|&\rRXA|0"},
       {{F::character_references, F::missing_header, F::xml_element}},
       {"<x>", "</x>"}},
  };
  return all;
}

std::string names(const std::vector<Form>& forms) {
  std::string out;
  for (const Form f : forms) out += std::string(to_string(f)) + ' ';
  return out;
}

/// What holds for every input. Empty, or what does not hold.
std::string broken(std::string_view input, const Extraction& d) {
  if (d.messages.empty()) return "no message";
  std::vector<char> covered(input.size());
  const auto cover = [&](Span s) {
    if (s.begin > s.end || s.end > input.size()) return false;
    std::fill(covered.begin() + s.begin, covered.begin() + s.end, 1);
    return true;
  };
  uint32_t last = 0;
  for (const Extracted& m : d.messages) {
    if (!cover(m.input)) return "span of a message";
    if (m.input.begin < last) return "messages overlap";
    last = m.input.end;
    if (!m.found && (d.messages.size() != 1 || m.text != input)) return "nothing found, but the text changed";
    if (m.found && valid_utf8(m.text) != m.text) return "text is no UTF-8";
    if (m.found && m.text.empty()) return "an empty message";
    if (m.notes.size() < m.forms.size()) return "a form without a note";
    if (!std::is_sorted(m.forms.begin(), m.forms.end()) ||
        std::adjacent_find(m.forms.begin(), m.forms.end()) != m.forms.end()) {
      return "forms out of order";
    }
    const std::set<Form> forms(m.forms.begin(), m.forms.end());
    uint32_t text_at = 0, input_at = m.input.begin;
    for (const Origin& o : m.origins) {
      if (o.text.begin != text_at || o.text.end <= o.text.begin) return "origins do not tile the text";
      if (o.input.begin < input_at || o.input.end < o.input.begin || o.input.end > m.input.end)
        return "origins out of order";
      text_at = o.text.end;
      input_at = o.input.end;
      const std::string_view text = std::string_view(m.text).substr(o.text.begin, o.text.end - o.text.begin);
      if (o.input.end == o.input.begin) {
        if (text.find_first_not_of("\r\n") != std::string_view::npos) return "made-up text that is no line end";
      } else if (text.size() == o.input.end - o.input.begin && !forms.count(Form::utf16) &&
                 !forms.count(Form::word_processor) && !forms.count(Form::windows1252) &&
                 text != input.substr(o.input.begin, text.size())) {
        return "a piece differs from its origin";
      }
    }
    if (text_at != m.text.size()) return "origins do not cover the text";
  }
  for (const Envelope& e : d.envelopes) {
    if (!cover(e.input)) return "span of an envelope";
  }
  last = 0;
  for (const Span s : d.rest) {
    if (s.begin < last || s.begin >= s.end || !cover(s)) return "rest out of order";
    last = s.end;
  }
  const bool utf16 = !d.messages[0].forms.empty() && std::find(d.messages[0].forms.begin(), d.messages[0].forms.end(),
                                                               Form::utf16) != d.messages[0].forms.end();
  for (size_t i = 0; i < input.size(); ++i) {
    if (covered[i]) continue;
    const char c = input[i];
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r') || c == 0x1C || (utf16 && c == 0);
    if (blank || (c & 0x80)) continue;  // no-break spaces and byte-order marks are more than one byte
    return "byte " + std::to_string(i) + " is lost";
  }
  return {};
}

/// The reader finds what `extract` finds.
std::string differs(std::string_view input, const Extraction& d) {
  size_t i = 0;
  MessageReader reader(input);
  for (; reader.next(); ++i) {
    if (i >= d.messages.size()) return "more messages";
    const Extracted& m = d.messages[i];
    if (reader.text() != m.text || reader.found() != m.found) return "another text";
  }
  if (i != d.messages.size()) return "fewer messages";
  return reader.rest() == d.rest && reader.envelopes().size() == d.envelopes.size() ? "" : "another rest";
}

std::string printable(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    if (c >= ' ' && c < 0x7F) {
      out += c;
    } else {
      constexpr std::string_view hex = "0123456789ABCDEF";
      out += std::string("<<") + hex[static_cast<unsigned char>(c) >> 4] + hex[c & 15] + ">>";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("extract: every form", "[extract]") {
  for (const Case& c : cases()) {
    INFO(c.name);
    INFO(printable(c.input));
    const Extraction d = extract(c.input);
    std::vector<std::string> texts, rest, envelopes;
    for (const Extracted& m : d.messages) texts.push_back(m.text);
    for (const Span s : d.rest) rest.push_back(c.input.substr(s.begin, s.end - s.begin));
    for (const Envelope& e : d.envelopes) envelopes.push_back(e.text);
    CHECK(texts == c.texts);
    CHECK(rest == c.rest);
    CHECK(envelopes == c.envelopes);
    for (size_t i = 0; i < d.messages.size(); ++i) {
      INFO("message " << i);
      CHECK(d.messages[i].found);
      CHECK(names(d.messages[i].forms) == names(c.forms[std::min(i, c.forms.size() - 1)]));
    }
    CHECK(broken(c.input, d) == kNothing);
    CHECK(differs(c.input, d) == kNothing);
  }
}

TEST_CASE("extract: a plain message is one piece without notes", "[extract]") {
  const Extraction d = extract(kShort);
  REQUIRE(d.messages.size() == 1);
  const Extracted& m = d.messages[0];
  const Span all{0, static_cast<uint32_t>(kShort.size())};
  CHECK(m.notes.empty());
  CHECK(m.forms.empty());
  CHECK(m.input == all);
  REQUIRE(m.origins.size() == 1);
  CHECK(m.origins[0].text == all);
  CHECK(m.origins[0].input == all);
}

TEST_CASE("extract: where no message is, the bytes come back", "[extract]") {
  std::string bytes;
  for (int i = 0; i < 512; ++i) bytes += static_cast<char>(i * 7);
  for (const std::string& input :
       {std::string(), std::string("hello"), std::string("a|b|c\n1|2|3\n"), bytes, std::string("\xFF\xFE"),
        std::string("MSH"), std::string("MSH: the header"), std::string("\r\n \r\n"), std::string("FTS|1")}) {
    INFO(printable(input));
    const Extraction d = extract(input);
    REQUIRE(d.messages.size() == 1);
    CHECK_FALSE(d.messages[0].found);
    CHECK(d.messages[0].text == input);
    CHECK(d.rest.empty());
    CHECK(broken(input, d) == kNothing);
  }
}

TEST_CASE("extract: what is said", "[extract]") {
  const auto note = [](std::string_view input, InputKind kind = InputKind::bytes) {
    const Extraction d = extract(input, kind);
    return d.messages[0].notes.empty() ? std::string() : d.messages[0].notes[0];
  };
  const std::string head = "MSH|^~\\&|A|||||||||||||||";
  CHECK(note(head + "UNICODE UTF-8\rPID|1|\xE9\r") ==
        "MSH-18 says UNICODE UTF-8, but 1 byte is not UTF-8: read as Windows-1252.");
  CHECK(note(head + "\rPID|1|\xE9\xE8\r") == "2 bytes are not UTF-8: read as Windows-1252.");
  CHECK(note(head + "8859/1\rPID|1|\xE9\r") == "1 byte is not UTF-8: read as Windows-1252.");
  CHECK(note(head + "8859/1\rPID|1|\u00E9\r") == "MSH-18 says 8859/1, but the bytes are UTF-8: read as UTF-8.");
  CHECK(note(head + "8859/1\rPID|1|\u00E9\r", InputKind::text).empty());
  CHECK(note("MSH|^~\\&|A<CR>PID|1") == "<CR> is written as text: read as a line end.");
  CHECK(note("10:00 INFO MSH|^~\\&|A\n10:01 INFO PID|1\n") == "Text before a segment was left out: 10:00 INFO");
  CHECK(note("PID|1\r") == "It has no MSH segment: the usual delimiters |^~\\& are assumed.");
  CHECK(extract("MSH|^~\\&|A\rMSH|^~\\&|B\r").messages[1].notes == std::vector<std::string>{"Message 2 of 2."});
}

TEST_CASE("extract: origins lead back to the bytes", "[extract]") {
  const std::string input = R"({"m":"MSH|^~\\&|A\rPID|1|\u00e9|Oak\rRXA|0"})";
  const Extracted m = extract(input).messages.at(0);
  // The place of a byte of the text in the input.
  const auto where = [&](std::string_view what) {
    const auto at = static_cast<uint32_t>(m.text.find(what));
    for (const Origin& o : m.origins) {
      if (at >= o.text.begin && at < o.text.end) {
        return o.input.begin + (at - o.text.begin) * (o.input.end - o.input.begin) / (o.text.end - o.text.begin);
      }
    }
    return uint32_t(-1);
  };
  for (const std::string_view what : {"MSH", "\\&|A", "PID", "|Oak", "RXA|0"}) {
    CHECK(where(what) == (what == "\\&|A" ? input.find("\\\\&|A") : input.find(what)));
  }
  CHECK(where("\u00e9") == input.find("\\u00e9"));
  CHECK(where("\rPID") == input.find("\\rPID"));
}

TEST_CASE("extract: mutated inputs keep what holds", "[extract]") {
  std::mt19937 random(20260218);
  const auto below = [&](size_t n) { return n ? random() % n : 0; };
  const std::vector<std::string> pieces = {"\\",
                                           "\\r",
                                           "\\\\",
                                           "\"",
                                           "\"\"",
                                           "'",
                                           ">",
                                           "> ",
                                           "<",
                                           "</a>",
                                           "<a>",
                                           "<CR>",
                                           "&#xD;",
                                           "&amp;",
                                           "^M",
                                           "\r",
                                           "\n",
                                           "\x0B",
                                           "\x1C",
                                           "\x1C\r",
                                           "\t",
                                           " ",
                                           "\xC2\xA0",
                                           "\xEF\xBB\xBF",
                                           "\xE2\x80\xA8",
                                           "\u201C",
                                           "\u201D",
                                           "\xE9",
                                           "\xA0",
                                           "|",
                                           "MSH",
                                           "MSH|^~\\&|",
                                           "MSH|^~\\\\&|",
                                           "MSH|^~\\&amp;|",
                                           "PID|",
                                           "PID|1\r",
                                           "FHS|^~\\&|",
                                           "BTS|1\r",
                                           "10:00 ",
                                           ":",
                                           "]]>",
                                           "<![CDATA[",
                                           ",",
                                           "[",
                                           "]",
                                           "{",
                                           "}",
                                           std::string(1, '\0')};
  size_t found = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string input = cases()[below(cases().size())].input;
    if (below(4) == 0) input += cases()[below(cases().size())].input;
    for (size_t n = below(8); n > 0; --n) {
      const size_t at = below(input.size() + 1);
      switch (below(4)) {
        case 0:
          input.insert(at, pieces[below(pieces.size())]);
          break;
        case 1:
          input.erase(at, below(12));
          break;
        case 2:
          input.insert(at, input.substr(below(input.size()), below(40)));
          break;
        default:
          if (at < input.size()) input[at] = static_cast<char>(random());
      }
    }
    const Extraction d = extract(input);
    found += d.messages[0].found;
    const std::string what = broken(input, d), reader = differs(input, d);
    if (what.empty() && reader.empty()) continue;
    INFO(printable(input));
    CHECK(what == kNothing);
    CHECK(reader == kNothing);
  }
  CHECK(found > 3000);
}

TEST_CASE("extract: time grows with the size and no faster", "[extract]") {
  const std::vector<std::string> units = {"\\",
                                          ">",
                                          "\"",
                                          "\x0B",
                                          "<",
                                          "&",
                                          "^",
                                          "\\r",
                                          "\\\\",
                                          "\r",
                                          "\n",
                                          " ",
                                          "\xC2\xA0",
                                          "MSH|^~\\&|",
                                          "MSH|^~\\&|\r",
                                          "x MSH|^~\\\\&|",
                                          "\"MSH|^~\\&|",
                                          "\"MSH|^~\\\\&|",
                                          "\\\"MSH|^~&|\\\",",
                                          "MSH|^~\\&amp;|\nMSH|^~\\&|\n",
                                          "<a>MSH|^~\\&amp;|",
                                          "\x0B>",
                                          "PID|",
                                          "PID ",
                                          "1:22 PID|1\r",
                                          "<CR>PID|1",
                                          "\"PID|1\"+",
                                          "\u201CMSH|^~\\&|",
                                          "\xFF",
                                          "]]>"};
  const std::vector<std::string> heads = {"", "MSH|^~\\&|A\r", "\"MSH|^~\\\\&|", "<a>MSH|^~\\&amp;|", "x MSH|^~\\&|A|"};
  const auto time = [](const std::string& head, const std::string& unit, size_t size) {
    std::string input = head;
    while (input.size() < size) input += unit;
    const auto begin = std::chrono::steady_clock::now();
    const Extraction d = extract(input);
    CHECK(!d.messages.empty());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  // What is quadratic takes minutes here; the limit is far above what a slow machine needs.
  for (const std::string& head : heads) {
    for (const std::string& unit : units) {
      INFO(printable(head) << " then " << printable(unit));
      CHECK(time(head, unit, 300'000) < 20);
    }
  }
}
