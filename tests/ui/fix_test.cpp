// Fixes: at the caret, beside a problem, all that are safe.
#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"

namespace {

using iz::Key;
using iz::test::Desk;

struct Open : Desk {
  explicit Open(int w = 1600, int h = 900) : Desk(w, h) { open(iz::test::example_messages()[0].text); }
};

}  // namespace

TEST_CASE("Ctrl+. mends what is at the caret", "[ui][fix]") {
  Open d;
  const std::string before = d.bench.text();
  d.key(Key::f8);
  REQUIRE(iz::to_string(d.bench.selection().path) == "RXA[1]-7[1].1");
  REQUIRE_FALSE(d.bench.fixes_of(d.bench.selection().finding).empty());
  const uint32_t errors = d.bench.folded().errors;
  CHECK(d.key(Key::period, true));
  d.key(Key::enter);
  d.frames();
  CHECK(d.bench.message().get("RXA", 7, 1) == "mL");
  CHECK(d.bench.folded().errors == errors - 1);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
}

TEST_CASE("without a fix it is said", "[ui][fix]") {
  Open d;
  d.bench.set_caret(0, false);
  d.key(Key::period, true);
  d.frames();
  CHECK(d.bench.text() == iz::test::example_messages()[0].text);
  CHECK_FALSE(d.bench.view.notice.empty());
}

TEST_CASE("all that is safe is shown first, then done in one step", "[ui][fix]") {
  Open d;
  const std::string before = d.bench.text();
  REQUIRE(d.bench.safe_fixes() > 0);
  d.bench.plan_fixes();
  d.frames();
  REQUIRE(d.bench.plan());
  CHECK_FALSE(d.bench.plan()->steps.empty());
  CHECK(d.bench.text() == before);
  d.key(Key::escape);
  CHECK_FALSE(d.bench.plan());
  CHECK(d.bench.text() == before);
  d.bench.plan_fixes();
  const std::string planned = d.bench.plan()->text;
  d.frames();
  d.key(Key::enter);
  CHECK(d.bench.text() == planned);
  CHECK(d.bench.message().get("RXA", 7, 1) == "mL");
  CHECK(d.bench.safe_fixes() == 0);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);
}

TEST_CASE("a message without anything to fix", "[ui][fix]") {
  Open d;
  d.open(iz::test::example_messages()[1].text);
  CHECK(d.bench.safe_fixes() == 0);
  d.bench.plan_fixes();
  CHECK_FALSE(d.bench.plan());
  CHECK_FALSE(d.bench.view.notice.empty());
}

TEST_CASE("the button of a row and of the explanation", "[ui][fix]") {
  Open d;
  bool fixed = false;
  for (float y = 671; y < 820 && !fixed; y += 36) {
    d.click(965, y);
    d.key(Key::escape);
    fixed = d.bench.message().get("RXA", 7, 1) == "mL";
  }
  CHECK(fixed);
}
