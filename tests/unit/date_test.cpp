#include "core/date.h"

#include <catch_amalgamated.hpp>

using namespace iz;

namespace {
Date day(std::string_view iso) { return *parse_date(iso); }
}  // namespace

TEST_CASE("date: times with their precision") {
  struct Case {
    std::string_view text;
    Precision precision;
    std::string_view iso;
  };
  const Case good[] = {
      {"2015", Precision::year, "2015"},
      {"201506", Precision::month, "2015-06"},
      {"20150624", Precision::day, "2015-06-24"},
      {"2015062408", Precision::hour, "2015-06-24 08"},
      {"201506240847", Precision::minute, "2015-06-24 08:47"},
      {"20150624084727", Precision::second, "2015-06-24 08:47:27"},
      {"20150624084727.6", Precision::fraction, "2015-06-24 08:47:27"},
      {"20150624084727.6551-0500", Precision::fraction, "2015-06-24 08:47:27 -05:00"},
      {"201506240847+0530", Precision::minute, "2015-06-24 08:47 +05:30"},
      {"20150624-0500", Precision::day, "2015-06-24 -05:00"},
      {"2015+0000", Precision::year, "2015 +00:00"},
      {"20160229", Precision::day, "2016-02-29"},
      {"20000229", Precision::day, "2000-02-29"},
      {"201506242359", Precision::minute, "2015-06-24 23:59"},
  };
  for (const Case& c : good) {
    INFO(c.text);
    const auto t = parse_time(c.text);
    REQUIRE(t);
    CHECK(t->precision == c.precision);
    CHECK(to_iso(*t) == c.iso);
    CHECK(is_time(c.text));
  }
  CHECK(parse_time("201506240847-0130")->zone_minutes == -90);
  CHECK(parse_time("201506240847-0130")->has_zone);
  CHECK_FALSE(parse_time("201506240847")->has_zone);
  CHECK(parse_time("2015")->date == Date{2015, 1, 1});
}

TEST_CASE("date: what is no time") {
  for (const std::string_view text : {"",
                                      "2",
                                      "201",
                                      "0000",
                                      "20151",
                                      "2015062",
                                      "20150631",
                                      "20150229",
                                      "19000229",
                                      "20151301",
                                      "20150001",
                                      "20150600",
                                      "2015062424",
                                      "201506240860",
                                      "20150624 ",
                                      " 20150624",
                                      "2015-06-24",
                                      "01/02/2026",
                                      "ZZ9Q",
                                      "20150624084",
                                      "20150624.5",
                                      "201506240847.",
                                      "2015062408472",
                                      "20150624084760",
                                      "20150624084727.",
                                      "20150624084727.12345",
                                      "201506240847-05",
                                      "201506240847-2400",
                                      "201506240847-0560",
                                      "201506240847-05:00",
                                      "201506240847-0500-0500",
                                      "201506240847Z",
                                      "20150624&X",
                                      "-0500",
                                      "\"\"",
                                      "20160105800070+0000",
                                      "202005140100001234567890"}) {
    INFO(text);
    CHECK_FALSE(parse_time(text));
  }
  CHECK_FALSE(parse_time(std::string_view("2015\0", 5)));
}

TEST_CASE("date: formats of the primitive data types") {
  for (const std::string_view s : {"2015", "201506", "20150624"}) CHECK(is_date(s));
  for (const std::string_view s : {"", "20150631", "2015062408", "2015-0500", "201", "2015 "}) CHECK_FALSE(is_date(s));

  for (const std::string_view s : {"08", "0847", "084727", "084727.1", "084727.1234", "0847-0500"}) CHECK(is_clock(s));
  for (const std::string_view s :
       {"", "8", "24", "0860", "084", "08:47", "084727.", "084727.12345", "0847.5", "0847-5"})
    CHECK_FALSE(is_clock(s));

  for (const std::string_view s : {"0", "999", "0.5", ".25", "5.", "-1", "+5", "-.5", "007"}) CHECK(is_number(s));
  for (const std::string_view s : {"", ".", "+", "-.", "1,5", "1.2.3", "1e3", "5 ", " 5", "--1", "abc"})
    CHECK_FALSE(is_number(s));

  for (const std::string_view s : {"1", "0", "01", "99999"}) CHECK(is_set_id(s));
  for (const std::string_view s : {"", "-1", "+1", "1.5", "1 ", "A"}) CHECK_FALSE(is_set_id(s));
  for (const auto& [text, value] : {std::pair{"0.5", 0.5},
                                    {".25", 0.25},
                                    {"-1", -1.0},
                                    {"+5", 5.0},
                                    {"-.5", -0.5},
                                    {"5.", 5.0},
                                    {"007", 7.0},
                                    {"0.1", 0.1},
                                    {"123456789012345", 123456789012345.0}})
    CHECK(iz::number_value(text) == value);
  CHECK(iz::number_value("12345678901234567890") > 1.2e19);
}

TEST_CASE("date: named formats of the guide") {
  const auto to_day = [](std::string_view s) { return is_format(s, NamedFormat::date_to_day); };
  for (const std::string_view s :
       {"20150624", "2015062408", "201506240847", "20150624084727", "20150624084727.1234", "20150631", "00000101"})
    CHECK(to_day(s));
  for (const std::string_view s : {"", "2015", "201506", "20150632", "20151301", "20150624-0500", "20150624084727.123",
                                   "20150624084727.12345", "20150624084727.", "2015062", "20150624 "})
    CHECK_FALSE(to_day(s));

  CHECK(is_format("201506", NamedFormat::date_to_month));
  CHECK(is_format("20150624", NamedFormat::date_to_month));
  CHECK_FALSE(is_format("2015", NamedFormat::date_to_month));
  CHECK_FALSE(is_format("201513", NamedFormat::date_to_month));

  const auto zoned = [](std::string_view s) { return is_format(s, NamedFormat::time_with_zone); };
  for (const std::string_view s : {"20150624084727-0500", "20150624084727.655-0500", "20150624084727+9999",
                                   "20150624084727.6551234+0000", "20150624084727-0500-0500"})
    CHECK(zoned(s));
  for (const std::string_view s : {"20150624084727", "201506240847-0500", "20150624084727-500", "20150624084727-0500 ",
                                   "20150624084760-0500", "-0500"})
    CHECK_FALSE(zoned(s));

  const auto oid = [](std::string_view s) { return is_format(s, NamedFormat::oid); };
  for (const std::string_view s : {"0", "2", "2.16.840.1.113883", "1.0.0", "2.999"}) CHECK(oid(s));
  for (const std::string_view s : {"", "3.1", "2.", "2..1", "2.01", ".1", "2.16a", "22.1", "2 "}) CHECK_FALSE(oid(s));
}

TEST_CASE("date: calendar") {
  CHECK(days_in_month(2016, 2) == 29);
  CHECK(days_in_month(1900, 2) == 28);
  CHECK(days_in_month(2000, 2) == 29);
  CHECK(days_in_month(2015, 4) == 30);
  CHECK(days_in_month(2015, 13) == 0);
  CHECK(day_number({1970, 1, 1}) == 0);
  CHECK(day_number({2000, 3, 1}) == 11017);
  CHECK(day_number({1969, 12, 31}) == -1);
  // Every day from 1900 to 2100 is one more than the day before.
  int64_t n = day_number({1899, 12, 31});
  for (int y = 1900; y <= 2100; ++y)
    for (int m = 1; m <= 12; ++m)
      for (int d = 1; d <= days_in_month(y, m); ++d)
        if (day_number({y, m, d}) != ++n) FAIL(to_iso(Date{y, m, d}));

  CHECK(day("2026-02-18") == Date{2026, 2, 18});
  for (const std::string_view s :
       {"", "2026-2-18", "20260218", "2026-02-30", "2026-13-01", "0000-01-01", "2026-02-18 ", "2026-02-1x"})
    CHECK_FALSE(parse_date(s));
  CHECK_FALSE(bool(Date{}));
  CHECK(day("2026-02-18") < day("2026-03-01"));
}

TEST_CASE("date: words") {
  CHECK(to_words(*parse_time("2015")) == "2015");
  CHECK(to_words(*parse_time("201506")) == "June 2015");
  CHECK(to_words(*parse_time("20150624")) == "June 24, 2015");
  CHECK(to_words(*parse_time("2015062408")) == "June 24, 2015, 08 h");
  CHECK(to_words(*parse_time("201506240847")) == "June 24, 2015, 08:47");
  CHECK(to_words(*parse_time("20150624084727.655-0500")) == "June 24, 2015, 08:47:27 UTC-05:00");
}

TEST_CASE("date: ages") {
  const auto age = [](std::string_view birth, std::string_view on) { return age_in_words(day(birth), day(on)); };
  CHECK(age("2025-02-11", "2026-02-17") == "1 year 6 days");
  CHECK(age("2025-02-11", "2025-02-11") == "born that day");
  CHECK(age("2025-02-11", "2025-02-12") == "1 day");
  CHECK(age("2025-02-11", "2025-05-13") == "3 months 2 days");
  CHECK(age("2011-06-24", "2015-06-24") == "4 years");
  CHECK(age("2011-03-04", "2015-06-24") == "4 years 3 months");
  CHECK(age("1983-06-15", "2015-06-24") == "32 years");
  CHECK(age("2025-02-11", "2025-02-10").empty());
  CHECK(age_in_words({}, day("2025-02-10")).empty());
  // A day the month does not have is reached on the first of the next one.
  CHECK(age("2020-02-29", "2021-02-28") == "11 months 30 days");
  CHECK(age("2020-02-29", "2021-03-01") == "1 year");
  CHECK(age("2025-01-31", "2025-02-28") == "28 days");
  CHECK(age("2025-01-31", "2025-03-01") == "1 month");

  CHECK(age_in_years(day("2020-02-29"), day("2021-02-28")) == 0);
  CHECK(age_in_years(day("2020-02-29"), day("2021-03-01")) == 1);
  CHECK(age_in_years(day("2011-06-24"), day("2015-06-23")) == 3);
  CHECK(age_in_years(day("2011-06-24"), day("2015-06-24")) == 4);
  CHECK(age_in_years(day("2011-06-24"), day("2011-06-23")) == -1);
}
