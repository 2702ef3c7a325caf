#include "core/seen_values.h"

#include <catch_amalgamated.hpp>
#include <string>

TEST_CASE("A value is seen only as what it was remembered as, and whole", "[seen]") {
  iz::SeenValues seen;
  const int name = 0, address = 0, text = 0;
  const iz::SeenValues::As as_name{&name}, as_address{&address}, as_text{&name, &text};
  const std::string value = "Sunniva^Ingrid^Q^^^^L", beside = "Sunniva^Ingrid^X^^^^L";  // differ in the middle alone
  CHECK_FALSE(seen.holds(as_name, value));
  seen.add(as_name, value);
  CHECK(seen.holds(as_name, value));
  CHECK_FALSE(seen.holds(as_address, value));
  CHECK_FALSE(seen.holds(as_text, value));
  CHECK_FALSE(seen.holds(as_name, beside));
  CHECK_FALSE(seen.holds(as_name, value.substr(0, 20)));
  CHECK_FALSE(seen.holds(as_name, value + "^"));
  CHECK_FALSE(seen.holds(as_name, ""));
}

TEST_CASE("A value that is wanted stays once when another comes to its place", "[seen]") {
  iz::SeenValues seen;
  const int element = 0;
  const iz::SeenValues::As as{&element};
  const std::string first = "ABCDEFGH-1-STUVWXYZ", second = "ABCDEFGH-2-STUVWXYZ";  // one place for both
  seen.add(as, first);
  REQUIRE(seen.holds(as, first));
  seen.add(as, second);
  CHECK_FALSE(seen.holds(as, second));
  CHECK(seen.holds(as, first));
  seen.add(as, second);
  seen.add(as, second);
  CHECK(seen.holds(as, second));
  CHECK_FALSE(seen.holds(as, first));
}

TEST_CASE("Values of any size and any bytes are asked for and remembered, long ones not", "[seen]") {
  iz::SeenValues seen;
  const int element = 0;
  for (size_t size = 0; size < 400; ++size) {
    std::string value(size, '\0');
    for (size_t i = 0; i < size; ++i) value[i] = static_cast<char>(i * 37 + size);
    const iz::SeenValues::As as{&element, &value};
    seen.add(as, value);
    seen.add(as, value);
    CHECK(seen.holds(as, value) == (size <= 103));
  }
}
