#include "ui/dom_text.h"

#include <catch_amalgamated.hpp>
#include <random>
#include <string>

#include "core/utf8.h"
#include "ui/layout.h"

TEST_CASE("a text area has LF for every line end", "[ui][dom]") {
  CHECK(iz::dom_text("MSH|\r\nPID|\rNK1|\n") == "MSH|\nPID|\nNK1|\n");
  CHECK(iz::dom_text("\r\r\n\n\r") == "\n\n\n\n");
  CHECK(iz::dom_text("a\xff") == "a\xef\xbf\xbd");
}

TEST_CASE("places in both", "[ui][dom]") {
  const std::string text = "A\r\n\xc3\xa9\xf0\x9f\xa7\x92z\xff.";
  CHECK(iz::to_dom(text, 0) == 0);
  CHECK(iz::to_dom(text, 1) == 1);
  CHECK(iz::to_dom(text, 3) == 2);
  CHECK(iz::to_dom(text, 5) == 3);
  CHECK(iz::to_dom(text, 9) == 5);
  CHECK(iz::to_dom(text, 99) == 8);
  CHECK(iz::from_dom(text, 2) == 3);
  CHECK(iz::from_dom(text, 3) == 5);
  CHECK(iz::from_dom(text, 4) == 5);  // inside a pair means its begin
  CHECK(iz::from_dom(text, 5) == 9);
  CHECK(iz::from_dom(text, 99) == text.size());
}

TEST_CASE("places go there and back in any bytes", "[ui][dom]") {
  std::mt19937 random(11);
  const std::string alphabet = "AB|\r\n\xc3\xa9\xff\xf0\x9f\xa7\x92\xcc\x81";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    const auto size = random() % 60;
    for (size_t i = 0; i < size; ++i) text += alphabet[random() % alphabet.size()];
    const std::string dom = iz::dom_text(text);
    CHECK(iz::to_dom(text, static_cast<uint32_t>(text.size())) ==
          iz::Utf16Offsets(dom)(static_cast<uint32_t>(dom.size())));
    for (uint32_t unit = 0; unit <= iz::to_dom(text, static_cast<uint32_t>(text.size())); ++unit) {
      const uint32_t byte = iz::from_dom(text, unit), back = iz::to_dom(text, byte);
      CHECK(back <= unit);
      CHECK(unit - back <= 1);
    }
  }
}

TEST_CASE("a text area holds all of a short text and the lines around the caret of a long one", "[ui][dom]") {
  CHECK(iz::box_window("MSH|\rPID|", 3, 100) == iz::Span{0, 9});
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "OBX|" + std::to_string(1000 + i) + "\r\n";  // 10 bytes each
  for (const uint32_t caret : {0u, 4u, 5000u, 5003u, 5009u, 9990u, 10000u}) {
    const iz::Span window = iz::box_window(text, caret, 400);
    CHECK(window.begin <= caret);
    CHECK(window.end >= caret);
    CHECK(window.end - window.begin <= 400);
    CHECK(window.end - window.begin >= 150);
    CHECK(window.begin % 10 == 0);
    CHECK((window.end == text.size() || window.end % 10 == 8));
  }
}

TEST_CASE("the part of a text in a text area is cut between characters", "[ui][dom]") {
  std::mt19937 random(5);
  const std::vector<std::string> parts = {"|", "a", "\r", "\n", "\r\n", "\xc3\xa9", "\xf0\x9f\xa7\x92", "xxxxxxxxxxxx"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    std::vector<uint32_t> places = {0};
    for (size_t n = random() % 60; n > 0; --n) {
      text += parts[random() % parts.size()];
      places.push_back(static_cast<uint32_t>(text.size()));
    }
    const uint32_t caret = places[random() % places.size()];
    const iz::Span window = iz::box_window(text, caret, 24);
    const std::string_view part = std::string_view(text).substr(window.begin, window.end - window.begin);
    CHECK(window.begin <= caret);
    CHECK(window.end >= caret);
    CHECK(part.size() <= 28);
    CHECK(iz::dom_text(part).find("\xef\xbf\xbd") == std::string::npos);
  }
}
