#include "core/utf8.h"

#include <catch_amalgamated.hpp>

using iz::next_char;
using iz::Utf16Offsets;
using iz::valid_utf8;

TEST_CASE("characters of one to four bytes", "[utf8]") {
  CHECK(next_char("a", 0).code == 'a');
  CHECK(next_char("\xc3\xa9", 0).code == 0xE9);
  CHECK(next_char("\xe6\x9d\x8e", 0).code == 0x674E);
  CHECK(next_char("\xf0\x9f\xa7\x92", 0).code == 0x1F9D2);
  CHECK(next_char("\xf0\x9f\xa7\x92", 0).size == 4);
  CHECK(next_char("a", 1).size == 0);
}

TEST_CASE("what is no UTF-8 becomes one replacement for each maximal part", "[utf8]") {
  const std::string_view replacement = "\xef\xbf\xbd";
  const auto replaced = [&](size_t n) {
    std::string out;
    while (n--) out += replacement;
    return out;
  };
  CHECK(valid_utf8("\xff") == replaced(1));
  CHECK(valid_utf8("\xe9") == replaced(1));              // Windows-1252 é
  CHECK(valid_utf8("\xe6\x9d") == replaced(1));          // cut short
  CHECK(valid_utf8("\xe6\x9dx") == replaced(1) + "x");   //
  CHECK(valid_utf8("\xc0\xaf") == replaced(2));          // overlong
  CHECK(valid_utf8("\xe0\x80\x80") == replaced(3));      // overlong
  CHECK(valid_utf8("\xed\xa0\x80") == replaced(3));      // a surrogate
  CHECK(valid_utf8("\xf5\x80\x80\x80") == replaced(4));  // above U+10FFFF
  CHECK(valid_utf8("\xf0\x9f\xa7") == replaced(1));
  CHECK(valid_utf8("\x80") == replaced(1));
  CHECK(valid_utf8("a\xc3\xa9z") == "a\xc3\xa9z");
}

TEST_CASE("append_char writes what next_char reads", "[utf8]") {
  for (const char32_t code : {0x1u, 0x7Fu, 0x80u, 0x7FFu, 0x800u, 0xFFFDu, 0x10000u, 0x10FFFFu}) {
    std::string text;
    iz::append_char(text, code);
    const iz::Char c = next_char(text, 0);
    CHECK(c.valid);
    CHECK(c.code == code);
    CHECK(c.size == text.size());
  }
}

TEST_CASE("UTF-16 offsets and back", "[utf8]") {
  CHECK(Utf16Offsets("abc")(2) == 2);
  CHECK(Utf16Offsets("abc")(9) == 3);
  CHECK(Utf16Offsets("")(0) == 0);
  const std::string_view text = "a\xc3\xa9\xf0\x9f\xa7\x92z\xffz";
  const Utf16Offsets units(text);
  CHECK(units(1) == 1);
  CHECK(units(2) == 1);  // inside é
  CHECK(units(3) == 2);
  CHECK(units(5) == 2);  // inside the child
  CHECK(units(7) == 4);
  CHECK(units(8) == 5);
  CHECK(units(9) == 6);
  CHECK(units(10) == 7);
  CHECK(units.to_byte(2) == 3);
  CHECK(units.to_byte(3) == 3);  // between two surrogates
  CHECK(units.to_byte(4) == 7);
  CHECK(units.to_byte(99) == text.size());
}

TEST_CASE("UTF-16 offsets over a long text agree with counting", "[utf8]") {
  std::string text;
  const std::string_view parts[] = {"x", "\xc3\xa9", "\xe6\x9d\x8e", "\xf0\x9f\xa7\x92", "\xff"};
  const uint32_t lengths[] = {1, 1, 1, 2, 1};
  std::vector<std::pair<uint32_t, uint32_t>> expected;
  uint32_t unit = 0, random = 1;
  for (int i = 0; i < 5000; ++i) {
    random = random * 1664525 + 1013904223;
    const size_t k = random >> 24 & 3 ? 0 : (random >> 16) % 5;
    expected.emplace_back(static_cast<uint32_t>(text.size()), unit);
    text += parts[k];
    unit += lengths[k];
  }
  const Utf16Offsets units(text);
  size_t wrong = 0;
  for (const auto& [byte, expected_unit] : expected) {
    wrong += units(byte) != expected_unit || units.to_byte(expected_unit) != byte;
  }
  CHECK(wrong == 0);
  CHECK(units(static_cast<uint32_t>(text.size())) == unit);
}
