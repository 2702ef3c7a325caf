// The messages to begin with: templates are clean on any day, examples have the faults they say.
#include "core/templates.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <set>

#include "core/check.h"

namespace {

/// Errors and warnings as the gallery lists them; not what follows from another.
std::vector<std::string> faults(const std::string& text, iz::Date as_of, std::string* profile = nullptr) {
  const iz::Catalogue& catalogue = iz::Catalogue::built_in();
  iz::Message message;
  message.parse(text);
  iz::Report report;
  iz::Checker(catalogue).check(message, {.profile = {}, .as_of = as_of, .sent_line_ends = true}, report);
  std::vector<std::string> out;
  for (const iz::Finding& f : report.findings)
    if (f.severity != iz::Severity::info && f.follows < 0)
      out.push_back(catalogue.rules[f.rule].id + " " + place(catalogue, report, f));
  if (profile) *profile = report.profile ? report.profile->id : "none";
  return out;
}

constexpr iz::Date kDays[] = {{2026, 2, 18}, {2028, 2, 29}, {2030, 12, 31}};

}  // namespace

TEST_CASE("Every template is clean whatever the day", "[templates]") {
  std::set<std::string> ids, profiles;
  for (const iz::Template& t : iz::templates()) {
    CHECK(ids.insert(t.id).second);
    CHECK_FALSE(t.says.empty());
    CHECK(t.text.find('\n') == std::string::npos);
    for (const iz::Date day : kDays) {
      INFO(t.id << " on " << to_iso(day));
      const std::string text = iz::fill_dates(t.text, day);
      CHECK(text.find('{') == std::string::npos);
      std::string profile;
      CHECK(faults(text, day, &profile) == std::vector<std::string>{});
      profiles.insert(profile);
    }
  }
  for (const char* id : {"administered", "historical", "refusal", "immunity", "newborn"}) CHECK(ids.count(id) == 1);
  CHECK(profiles == std::set<std::string>{"Z22", "Z34", "Z44"});
}

TEST_CASE("Every example of the gallery has the faults it says and no others", "[templates]") {
  std::set<std::string> titles, found, kinds;
  for (const iz::Date day : kDays) {
    const auto gallery = iz::gallery(day);
    CHECK(gallery.size() >= 24);
    for (const iz::GalleryExample& e : gallery) {
      INFO(e.title << " on " << to_iso(day));
      titles.insert(e.title);
      std::string profile;
      std::vector<std::string> is = faults(e.text, day, &profile), should = e.finds;
      std::sort(is.begin(), is.end());
      std::sort(should.begin(), should.end());
      CHECK(is == should);
      CHECK(e.text.find('{') == std::string::npos);
      CHECK(e.title.size() <= 40);
      CHECK(e.says.size() <= 60);
      kinds.insert(profile);
      for (const std::string& f : e.finds) found.insert(f.substr(0, f.find(' ')));
    }
    CHECK(titles.size() == gallery.size());
  }
  CHECK(found.size() >= 12);
  for (const char* id : {"Z22", "Z23", "Z31", "Z32", "Z33", "Z34", "Z42", "Z44"}) CHECK(kinds.count(id) == 1);
}

TEST_CASE("Days are counted from the as-of date", "[templates]") {
  CHECK(iz::fill_dates("{d} {d-1} {d+10} {d-365}", {2026, 3, 1}) == "20260301 20260228 20260311 20250301");
  CHECK(iz::fill_dates("{d+1}", {2024, 2, 28}) == "20240229");
  CHECK(iz::fill_dates("{d}", {}) == "19700101");
  CHECK(iz::fill_dates("{e} {d", {2026, 3, 1}) == "{e} {d");
  for (int shift = -800; shift < 800; ++shift) {
    const std::string text =
        iz::fill_dates("{d" + std::string(shift < 0 ? "" : "+") + std::to_string(shift) + "}", {2026, 2, 18});
    const auto time = iz::parse_time(text);
    REQUIRE(time);
    CHECK(day_number(time->date) == iz::day_number({2026, 2, 18}) + shift);
  }
}
