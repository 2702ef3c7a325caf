// Days of stated precision, forms, lists and tables of pairs.
#include <catch_amalgamated.hpp>

#include "core/days.h"
#include "core/pair_table.h"
#include "core/pattern.h"
#include "core/word_list.h"

namespace {

using iz::Compare;
using iz::DateShift;
using iz::Truth;

Truth days(const char* a, Compare how, const char* b, DateShift shift = {}) {
  return iz::compare(iz::day_range(a), how, shifted(iz::day_range(b), shift));
}

}  // namespace

TEST_CASE("days: with the precision that is stated", "[quality]") {
  CHECK(days("20150224", Compare::lt, "20150225") == Truth::holds);
  CHECK(days("20150224", Compare::lt, "201502241030-0500") == Truth::fails);
  CHECK(days("20150224", Compare::eq, "201502241030") == Truth::holds);
  CHECK(days("201502", Compare::lt, "20150301") == Truth::holds);
  CHECK(days("201502", Compare::lt, "20150215") == Truth::unknown);
  CHECK(days("201502", Compare::ge, "20150301") == Truth::fails);
  CHECK(days("2015", Compare::gt, "201412") == Truth::holds);
  CHECK(days("2015", Compare::ne, "2016") == Truth::holds);
  CHECK(days("2015", Compare::eq, "2015") == Truth::unknown);
  for (const char* none : {"", "2015022", "20150230", "201513", "24.02.2015", "20150x", "0000", "15"}) {
    INFO(none);
    CHECK_FALSE(iz::day_range(none).known);
  }
}

TEST_CASE("days: later by days, months and years", "[quality]") {
  using Unit = DateShift::Unit;
  CHECK(days("20250228", Compare::eq, "20240229", {1, Unit::years}) == Truth::holds);
  CHECK(days("20240229", Compare::eq, "20240131", {1, Unit::months}) == Truth::holds);
  CHECK(days("20231231", Compare::eq, "20240131", {-1, Unit::months}) == Truth::holds);
  CHECK(days("20240301", Compare::eq, "20240131", {30, Unit::days}) == Truth::holds);
  CHECK(days("19060218", Compare::eq, "20260218", {-120, Unit::years}) == Truth::holds);
  for (int32_t n = -200000; n < 60000; n += 17) REQUIRE(iz::day_number(iz::date_of(n)) == n);
}

TEST_CASE("pattern: the whole value", "[quality]") {
  const auto matches = [](std::initializer_list<std::string> forms, const char* value) {
    return iz::Pattern(std::vector<std::string>(forms)).matches(value);
  };
  CHECK(matches({"[A-Z]{2}[0-9]+"}, "AB12"));
  CHECK_FALSE(matches({"[A-Z]{2}[0-9]+"}, "AB12x"));
  CHECK_FALSE(matches({"[A-Z]{2}[0-9]+"}, "AB"));
  CHECK(matches({".*-S"}, "W0-S-S"));
  CHECK_FALSE(matches({".*-S"}, "W0-S-"));
  CHECK(matches({"a?b{1,2}"}, "bb"));
  CHECK(matches({"a?b{1,2}"}, "ab"));
  CHECK_FALSE(matches({"a?b{1,2}"}, "bbb"));
  CHECK(matches({"x{2,}"}, "xxxx"));
  CHECK_FALSE(matches({"x{2,}"}, "x"));
  CHECK(matches({"[^0-9-]*"}, "x"));
  CHECK(matches({"[^0-9-]*"}, ""));
  CHECK_FALSE(matches({"[^0-9-]*"}, "-"));
  CHECK(matches({"\\."}, "."));
  CHECK(matches({""}, ""));
  CHECK(matches({"abc", "ab.*d", "x"}, "abzzd"));
  CHECK(matches({"abc", "ab.*d", "x"}, "abc"));
  CHECK_FALSE(matches({"abc", "ab.*d", "x"}, "abzz"));
  CHECK(matches({".*[0-9].*"}, "Marlo 2nd"));
  CHECK_FALSE(iz::Pattern().matches(""));
  for (const char* wrong : {"[a", "a{", "a{2,1}", "*", "(a)", "a|b", "\\", "a{x}", "a{}", "a{,3}"}) {
    INFO(wrong);
    CHECK_THROWS_AS(iz::Pattern(std::vector<std::string>{wrong}), std::invalid_argument);
  }
}

TEST_CASE("lists: whole, at the ends, within, and of names", "[quality]") {
  const auto list = [](iz::WordList::Match match, std::initializer_list<const char*> items) {
    iz::WordList l;
    l.match = match;
    for (const char* item : items) l.add(item);
    return l;
  };
  using Match = iz::WordList::Match;
  CHECK(list(Match::whole, {"NO NAME"}).holds("no-name"));
  CHECK_FALSE(list(Match::whole, {"NO NAME"}).holds("no names"));
  CHECK(list(Match::begin, {"LOT"}).holds("lot 7"));
  CHECK_FALSE(list(Match::begin, {"LOT"}).holds("plot"));
  CHECK(list(Match::end, {"-S"}).holds("W7-s"));
  CHECK(list(Match::within, {"ICE3"}).holds("W7ice3x"));
  iz::Message m;
  m.parse("MSH|^~\\&|\rPID|1||||Duck2^Daisy");
  const auto ducks = list(Match::names, {"DUCK^DONALD|DAISY"});
  CHECK(ducks.holds(m, m.repetition(1, 5, 1)));
  m.parse("MSH|^~\\&|\rPID|1||||Duckworth^Daisy");
  CHECK_FALSE(ducks.holds(m, m.repetition(1, 5, 1)));
  CHECK_THROWS_AS(list(Match::names, {"DUCK"}), std::invalid_argument);
  CHECK_THROWS_AS(list(Match::whole, {""}), std::invalid_argument);
}

TEST_CASE("pairs: what goes with a key", "[quality]") {
  iz::PairTable t;
  t.kind = iz::PairTable::Kind::prefixes;
  t.add({"OR"}, {"970-979"});
  CHECK(t.fits("OR", "97999-1234") == Truth::holds);
  CHECK(t.fits("OR", "94110") == Truth::fails);
  CHECK(t.fits("OR", "97") == Truth::fails);
  CHECK(t.fits("ZZ", "94110") == Truth::unknown);
  CHECK(t.values_of("OR") == std::vector<std::string>{"970-979"});
  CHECK_THROWS_AS(t.add({"OR"}, {"1"}), std::invalid_argument);
  iz::PairTable n;
  n.kind = iz::PairTable::Kind::numbers;
  n.add({"20"}, {"0.25-1", "5"});
  CHECK(n.fits("20", "0.5") == Truth::holds);
  CHECK(n.fits("20", "5") == Truth::holds);
  CHECK(n.fits("20", "2") == Truth::fails);
  CHECK(n.fits("20", "x") == Truth::unknown);
  CHECK_THROWS_AS(n.add({"21"}, {"x"}), std::invalid_argument);
}
