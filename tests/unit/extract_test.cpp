#include "core/extract.h"

#include <catch_amalgamated.hpp>
#include <random>
#include <set>

#include "core/utf8.h"
#include "tests/fuzz/growth.h"
#include "tests/unit/extract_cases.h"

using namespace iz;
using extract_cases::Case;
using extract_cases::cases;
using extract_cases::kShort;

namespace {

const std::string kNothing;

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
                 !forms.count(Form::url_encoded) && !forms.count(Form::base64) &&
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
  const auto run = [](const std::string& head, const std::string& unit, size_t size) {
    CHECK(!extract(head + iz_fuzz::repeated(unit, size)).messages.empty());
  };
  for (const std::string& head : heads) {
    for (const std::string& unit : units) {
      INFO(printable(head) << " then " << printable(unit));
      CHECK(iz_fuzz::growth([&](size_t size) { run(head, unit, size); }, 100'000) < iz_fuzz::kQuadratic);
    }
  }
}
