#include "ui/layout.h"

#include <catch_amalgamated.hpp>
#include <random>
#include <string>

#include "core/utf8.h"

namespace {

std::vector<std::string> rows(std::string_view text, uint32_t columns) {
  iz::TextLayout layout;
  layout.build(text, {}, columns);
  std::vector<std::string> out;
  for (const iz::TextRow& row : layout.rows()) {
    out.push_back((row.first ? "" : "    ") + std::string(text.substr(row.begin, row.end - row.begin)));
  }
  return out;
}

/// The rows make up the text but for line ends, in order, none wider than allowed.
void check_rows(std::string_view text, uint32_t columns) {
  iz::TextLayout layout;
  layout.build(text, {}, columns);
  uint32_t at = 0;
  REQUIRE(!layout.rows().empty());
  for (size_t i = 0; i < layout.rows().size(); ++i) {
    const iz::TextRow& row = layout.rows()[i];
    if (row.first) {
      while (at < row.begin) {
        REQUIRE((text[at] == '\r' || text[at] == '\n'));
        ++at;
      }
    }
    REQUIRE(row.begin == at);
    REQUIRE(row.end >= row.begin);
    REQUIRE(text.substr(row.begin, row.end - row.begin).find_first_of("\r\n") == std::string_view::npos);
    at = row.end;
    uint32_t cells = 0;
    for (uint32_t p = row.begin; p < row.end; ++cells) p = iz::caret_next(text, p);
    REQUIRE(cells <= columns - (row.first ? 0 : iz::hanging_indent));
  }
  while (at < text.size()) {
    REQUIRE((text[at] == '\r' || text[at] == '\n'));
    ++at;
  }
}

}  // namespace

TEST_CASE("a segment wraps before a field", "[ui][layout]") {
  CHECK(rows("PID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper|F", 30) ==
        std::vector<std::string>{"PID|1||LP-88213^^^LPEDS^MR|", "    |Oakhart^Juniper|F"});
  CHECK(rows("MSH|a\rPID|b\r\nPV1", 40) == std::vector<std::string>{"MSH|a", "PID|b", "PV1"});
  CHECK(rows("", 40) == std::vector<std::string>{""});
  CHECK(rows("A\r", 40) == std::vector<std::string>{"A", ""});
}

TEST_CASE("a field longer than a row wraps before a component, a value longer than a row anywhere", "[ui][layout]") {
  CHECK(rows("OBX|1|CE|64994-7^Vaccine funding program eligibility^LN|1", 40) ==
        std::vector<std::string>{"OBX|1|CE|64994-7", "    ^Vaccine funding program eligibility", "    ^LN|1"});
  CHECK(rows("NTE|" + std::string(50, 'x'), 30).size() == 3);
}

TEST_CASE("rows hold every byte once", "[ui][layout]") {
  std::mt19937 random(7);
  const std::string alphabet = "|^~\\&\r\nAB1 \xc3\xa9\xff\xcc\x81\xf0\x9f\xa7\x92\0";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const auto size = random() % 200;
    for (size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
    check_rows(text, 12 + static_cast<uint32_t>(random() % 40));
  }
}

TEST_CASE("the caret finds its place again", "[ui][layout]") {
  const std::string text = "PID|1||LP-88213^^^LPEDS^MR||Oakhart^Zo\xc3\xab|F\rNK1|1|Vellane\r\n\rORC|RE";
  iz::TextLayout layout;
  layout.build(text, {}, 20);
  for (uint32_t at = 0; at <= text.size(); at = at == text.size() ? at + 1 : iz::caret_next(text, at)) {
    const uint32_t row = layout.row_of(at), column = layout.column_of(at);
    CHECK(layout.offset_at(row, static_cast<float>(column)) == at);
  }
}

TEST_CASE("the caret steps over whole characters", "[ui][layout]") {
  const std::string text =
      "a\xc3\xa9"
      "e\xcc\x81x\r\n\xff\xfez";
  const std::vector<uint32_t> stops = {0, 1, 3, 6, 7, 9, 10, 11, 12};
  for (size_t i = 0; i + 1 < stops.size(); ++i) {
    CHECK(iz::caret_next(text, stops[i]) == stops[i + 1]);
    CHECK(iz::caret_previous(text, stops[i + 1]) == stops[i]);
  }
  CHECK(iz::caret_previous(text, 0) == 0);
  CHECK(iz::caret_next(text, 12) == 12);
}

TEST_CASE("words", "[ui][layout]") {
  const std::string text = "PID|1||LP-88213^^Oak hart";
  CHECK(iz::word_next(text, 0) == 3);
  CHECK(iz::word_next(text, 3) == 4);
  CHECK(iz::word_previous(text, 4) == 3);
  CHECK(iz::word_at(text, 9) == iz::Span{7, 15});
  CHECK(iz::word_at(text, 0) == iz::Span{0, 3});
  CHECK(iz::word_at("", 0) == iz::Span{0, 0});
  CHECK(iz::word_at("\r", 1) == iz::Span{0, 1});
}

TEST_CASE("a hostile text is laid out in one pass", "[ui][layout]") {
  // Each would take minutes if a row looked at the rest of its line.
  for (const std::string& unit : {std::string("|"), std::string("^"), std::string("x"), std::string("\r"),
                                  std::string("\xcc\x81"), std::string("x^"), std::string("\xff")}) {
    std::string text;
    while (text.size() < 2'000'000) text += unit;
    iz::TextLayout layout;
    layout.build(text, {}, 100);
    CHECK(!layout.rows().empty());
    CHECK(layout.row_of(static_cast<uint32_t>(text.size())) == layout.rows().size() - 1);
  }
}
