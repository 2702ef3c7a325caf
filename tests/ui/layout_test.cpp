#include "ui/layout.h"

#include <algorithm>
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

TEST_CASE("what a reader sees as one character is one step", "[ui][layout]") {
  const std::vector<std::string> clusters = {
      "\U0001F468\u200D\U0001F469\u200D\U0001F467",  // a family, joined
      "\U0001F44B\U0001F3FD",                        // a hand and its colour
      "\u2764\uFE0F",                                // a heart, as a picture
      "\U0001F1FA\U0001F1F8",                        // a flag
      "\U0001F1EB\U0001F1F7",                        // another one right behind it
      "1\uFE0F\u20E3",                               // a key
      "\u0928\u093F",                                // a syllable of Devanagari
      "\u0E01\u0E33",                                // two of Thai: this vowel has a width of its own
      "\u1112\u1161\u11AB",                          // a syllable of Hangul
      "e\u0301\u0323",
      "|",
      "\u00EB",
      "\r\n",
  };
  std::string text;
  std::vector<uint32_t> stops = {0};
  for (const std::string& cluster : clusters) {
    text += cluster;
    stops.push_back(static_cast<uint32_t>(text.size()));
  }
  stops.insert(stops.begin() + 8, stops[7] + 3);
  for (size_t i = 0; i + 1 < stops.size(); ++i) {
    CHECK(iz::caret_next(text, stops[i]) == stops[i + 1]);
    CHECK(iz::caret_previous(text, stops[i + 1]) == stops[i]);
  }
}

TEST_CASE("the caret goes through any bytes, forwards and back", "[ui][layout]") {
  std::mt19937 random(11);
  const std::vector<std::string> parts = {"|",
                                          "a",
                                          "\r",
                                          "\n",
                                          "\xc3\xa9",
                                          "\xcc\x81",
                                          "\xff",
                                          "\x80",
                                          "\xf0\x9f\x91\xa8",
                                          "\xe2\x80\x8d",
                                          "\xf0\x9f\x87\xba",
                                          "\xf0\x9f"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t n = random() % 30; n > 0; --n) text += parts[random() % parts.size()];
    const auto size = static_cast<uint32_t>(text.size());
    std::vector<uint32_t> forwards = {0}, back = {size};
    while (forwards.back() < size) forwards.push_back(iz::caret_next(text, forwards.back()));
    while (back.back() > 0) back.push_back(iz::caret_previous(text, back.back()));
    std::reverse(back.begin(), back.end());
    CHECK(forwards == back);
  }
  // A run without end is cut somewhere, and is left in both directions.
  std::string marks = "e";
  for (int i = 0; i < 2000; ++i) marks += "\xcc\x81";
  for (auto at = static_cast<uint32_t>(marks.size()); at > 0;) {
    const uint32_t before = iz::caret_previous(marks, at);
    REQUIRE(before < at);
    at = before;
  }
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

TEST_CASE("after an edit the rows are as if laid anew", "[ui][layout]") {
  std::mt19937 random(2718);
  const auto number = [&](size_t below) { return static_cast<size_t>(random() % below); };
  const std::string_view parts[] = {
      "\r", "\n", "\r\n", "|", "^", "x", "PID|1|", "\xc3\xa9", "\xe2\x80", "\r\r", "abcdefghijklmnopqrstuvwxyz"};
  for (int round = 0; round < 60; ++round) {
    std::string text;
    for (size_t i = number(80); i > 0; --i) text += parts[number(std::size(parts))];
    iz::TextLayout layout;
    for (int edit = 0; edit < 60; ++edit) {
      const uint32_t columns = number(20) == 0 ? 16 : 24;
      layout.build(text, {}, columns);
      iz::TextLayout fresh;
      fresh.build(text, {}, columns);
      REQUIRE(layout.rows().size() == fresh.rows().size());
      for (size_t i = 0; i < fresh.rows().size(); ++i) {
        const iz::TextRow &a = layout.rows()[i], &b = fresh.rows()[i];
        REQUIRE((a.begin == b.begin && a.end == b.end && a.line == b.line && a.first == b.first));
      }
      const size_t at = number(text.size() + 1), gone = number(std::min<size_t>(12, text.size() - at + 1));
      text.replace(at, gone, number(3) == 0 ? std::string_view() : parts[number(std::size(parts))]);
      if (number(30) == 0) text.clear();
    }
  }
}
