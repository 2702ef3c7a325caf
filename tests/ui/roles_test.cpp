#include "ui/roles.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "core/check.h"
#include "tests/ui/examples.h"

namespace {

struct Read {
  iz::Message message;
  iz::Report report;
  explicit Read(std::string_view text) {
    message.parse(text);
    iz::Checker(iz::Catalogue::built_in()).check(message, {.profile = {}, .as_of = {2026, 2, 18}}, report);
  }
  std::vector<iz::Role> all() const { return range(0, static_cast<uint32_t>(message.text().size())); }
  std::vector<iz::Role> range(uint32_t begin, uint32_t end) const {
    std::vector<iz::Role> out;
    iz::assign_roles(message, report, {begin, end}, out);
    return out;
  }
  /// The role of every byte of the first place where `value` stands.
  iz::Role of(std::string_view value) const {
    const size_t at = message.text().find(value);
    REQUIRE(at != std::string_view::npos);
    const auto roles = all();
    for (size_t i = at; i < at + value.size(); ++i) REQUIRE(roles[i] == roles[at]);
    return roles[at];
  }
};

}  // namespace

TEST_CASE("each value has the colour of what it is", "[ui][roles]") {
  const Read r(iz::test::example_messages()[0].text);
  CHECK(r.of("MSH") == iz::Role::segment);
  CHECK(r.of("^~\\&") == iz::Role::escape);
  CHECK(r.of("BrightCharts") == iz::Role::text);
  CHECK(r.of("20260217094512-0500") == iz::Role::date);
  CHECK(r.of("V04") == iz::Role::code);
  CHECK(r.of("20250211") == iz::Role::date);
  CHECK(r.of("2106-3") == iz::Role::code);
  CHECK(r.of("White") == iz::Role::text);
  CHECK(r.of("CDCREC") == iz::Role::system);
  CHECK(r.of("Oakhart") == iz::Role::text);
  CHECK(r.of("ML") == iz::Role::code);
  CHECK(r.of("V02") == iz::Role::code);  // OBX-5 has the type that OBX-2 names
  CHECK(r.of("|||") == iz::Role::delimiter);
}

TEST_CASE("Z-segments, escapes, lines that are none", "[ui][roles]") {
  const Read r("MSH|^~\\&|A\\T\\B|||||20260101||VXU^V04^VXU_V04|1|P|2.5.1\rZPD|local\rno segment here\r");
  CHECK(r.of("ZPD") == iz::Role::other_segment);
  CHECK(r.of("\\T\\") == iz::Role::escape);
  CHECK(r.of("no segment") != iz::Role::segment);
}

TEST_CASE("a part of a message has the roles it has in the whole", "[ui][roles]") {
  for (const iz::test::ExampleMessage& e : iz::test::example_messages()) {
    const Read r(e.text);
    const auto all = r.all();
    for (uint32_t begin = 0; begin < all.size(); begin += 13) {
      const uint32_t end = std::min(begin + 40, static_cast<uint32_t>(all.size()));
      CHECK(r.range(begin, end) == std::vector<iz::Role>(all.begin() + begin, all.begin() + end));
    }
  }
}
