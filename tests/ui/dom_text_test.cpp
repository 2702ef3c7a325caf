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
