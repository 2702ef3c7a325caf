// Placeholders of newborns, and the message that brings the legal name.
#include <catch_amalgamated.hpp>

#include "core/catalogue.h"
#include "core/edit.h"
#include "core/newborn_follow_up.h"
#include "core/word_list.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::NewbornFollowUp;
using Kind = iz::NewbornFollowUp::Kind;

iz::Message changed(std::initializer_list<std::pair<const char*, const char*>> values) {
  iz::Message m;
  m.parse(iz::test::sample("vxu-newborn"));
  for (const auto& [place, value] : values) m.parse(*iz::set_value(m, *iz::parse_path(place), value));
  return m;
}

bool is_placeholder(std::string_view given) {
  const iz::Message m = changed({});
  const auto& list = *iz::Catalogue::built_in().word_lists.at("newborn-names");
  iz::Message name;
  std::string text(m.text());
  const size_t at = text.find("Babygirl");
  text.replace(at, 8, given);
  name.parse(text);
  return list.holds(name, name.component(name.repetition(static_cast<uint32_t>(name.find_segment("PID")), 5, 1), 2));
}

}  // namespace

TEST_CASE("newborn: words, run together or not, with numbers and the mother’s name", "[newborn]") {
  for (const char* name : {"BabyBoySmith", "BABYBOYSMITH", "BG2", "Girl1Marie", "BOYMARIE", "Twin A", "NB", "boy",
                           "FC1", "BABY-1", "Sunniva's Boy", "GIRLSUNNIVA"}) {
    INFO(name);
    CHECK(is_placeholder(name));
  }
  for (const char* name : {"Babette", "Boyd", "Newborne", "Boyana", "Girlie", "Babylyn", "Twinkle", "Infanta", "Malek",
                           "Bea", "", "B", "Nan", "MC Kenzie", "Rose Baby"}) {
    INFO(name);
    CHECK_FALSE(is_placeholder(name));
  }
}

TEST_CASE("newborn: the follow-up message is recognized and compared", "[newborn]") {
  const auto& c = iz::Catalogue::built_in();
  const iz::Message first = changed({});
  const NewbornFollowUp named = compare_newborn(c, first, changed({{"PID-5.2", "Linnea"}, {"PID-7", "20260216"}}));
  CHECK(named.kind == Kind::named);
  CHECK(named.differing() == 0);
  CHECK(named.items.size() == 9);
  CHECK(named.summary == "Harrowgate^Babygirl is now Harrowgate^Linnea; nothing else that registries compare differs.");

  CHECK(compare_newborn(c, first, first).kind == Kind::unnamed);
  CHECK(compare_newborn(c, changed({{"PID-5.2", "Linnea"}}), changed({{"PID-5.2", "Linn"}})).kind == Kind::renamed);

  const NewbornFollowUp moved =
      compare_newborn(c, first, changed({{"PID-5.2", "Linnea"}, {"PID-3", "AP-9^^^ALDERPED^MR"}}));
  CHECK(moved.kind == Kind::named);  // by the number of its dose
  CHECK(moved.differing() == 1);

  const NewbornFollowUp stranger = compare_newborn(
      c, first, changed({{"PID-5.2", "Linnea"}, {"PID-3", "AP-9^^^ALDERPED^MR"}, {"ORC-3", "9^ALDERPED"}}));
  CHECK(stranger.kind == Kind::unrelated);

  const NewbornFollowUp twin = compare_newborn(
      c, changed({{"PID-24", "Y"}, {"PID-25", "1"}}),
      changed({{"PID-24", "Y"}, {"PID-25", "2"}, {"PID-3", "AP-31881^^^ALDERPED^MR"}, {"PID-5.2", "Linnea"}}));
  CHECK(twin.kind == Kind::other_child);
  CHECK(twin.summary == "Two children of one birth: number 1 and number 2.");
  CHECK(compare_newborn(c, iz::Message(), iz::Message()).kind == Kind::unrelated);

  // In whichever order the two are compared; of others nothing is said.
  const iz::Message after = changed({{"PID-5.2", "Linnea"}});
  CHECK(iz::newborn_follow_up(c, first, after)->kind == Kind::named);
  CHECK(iz::newborn_follow_up(c, after, first)->summary == iz::newborn_follow_up(c, first, after)->summary);
  CHECK_FALSE(iz::newborn_follow_up(c, after, after));
  CHECK_FALSE(iz::newborn_follow_up(
      c, first,
      changed(
          {{"PID-5.2", "Linnea"}, {"PID-7", "20260101"}, {"PID-3", "AP-9^^^ALDERPED^MR"}, {"ORC-3", "9^ALDERPED"}})));
  const std::string told =
      iz::items_text(*iz::newborn_follow_up(c, first, changed({{"PID-5.2", "Linnea"}, {"PID-8", "M"}})));
  CHECK(told.find("Differs: sex.") != std::string::npos);
  CHECK(told.find("Same: record number, birth date") == 0);
}
