#include "core/phrases.h"

#include <catch_amalgamated.hpp>

#include "codesets/json_reader.h"
#include "core/catalogue.h"

namespace iz {
namespace {

TextFacts read(std::string_view text, int family = -1) { return Catalogue::built_in().phrases.read(text, family); }

bool says(std::string_view text, Effect effect) { return read(text).has(effect); }

TEST_CASE("phrases: what rejects a message, in any case and with any signs between the words") {
  for (const char* text :
       {"MESSAGE REJECTED - REQUIRED FIELD PID-3-5 MISSING", "File rejected.", "|BAD MESSAGE|", "PID #1 IGNORED",
        "Message had been ignored", "all immunizations invalid", "Unknown code; the message has been rejected!",
        "Vaccine code not recognized - message rejected", "No immunizations were added"}) {
    INFO(text);
    CHECK(says(text, Effect::message_rejected));
  }
  for (const char* text :
       {"The message is not rejected", "no message rejected", "no bad message", "PID-13 IGNORED", "PID 13 ignored",
        "messages rejected by others", "field rejected", "the message. Rejected values are listed"}) {
    INFO(text);
    CHECK_FALSE(says(text, Effect::message_rejected));
  }
}

TEST_CASE("phrases: what rejects one dose") {
  for (const char* text : {"RECORD REJECTED", "WARNING:  RXA #2 IGNORED - REQUIRED FIELD RXA-5", "rxa#12 ignored",
                           "Not processing order group", "segment-group rejected", "Order group was not processed"}) {
    INFO(text);
    CHECK(says(text, Effect::dose_rejected));
    CHECK_FALSE(says(text, Effect::message_rejected));
  }
  for (const char* text : {"Record 2 of 3 rejected", "RXA segment 2 was ignored", "RXA no 2 rejected",
                           "Dose #2 rejected", "2 records were rejected", "1 accepted, 2 rejected"}) {
    INFO(text);
    CHECK(says(text, Effect::dose_rejected));
  }
  CHECK(says("Vaccination 2 was not stored", Effect::dose_dropped));
  CHECK_FALSE(says("RXA-5 ignored", Effect::dose_rejected));
  CHECK_FALSE(says("PID-13 rejected", Effect::dose_rejected));
  CHECK_FALSE(says("RXA-5 is required segment rejected", Effect::dose_rejected));
  CHECK_FALSE(says("observation not stored", Effect::dose_dropped));
  CHECK(says("Vaccination could not be stored", Effect::dose_dropped));
  CHECK(says("Duplicate vaccination ignored", Effect::duplicate));
}

TEST_CASE("phrases: that nothing was rejected says nothing, the phrases inside it included") {
  for (const char* text :
       {"No record was rejected.", "0 records rejected", "Zero doses skipped", "3 accepted, 0 rejected",
        "No errors found; nothing was ignored", "No vaccinations were ignored"}) {
    INFO(text);
    CHECK_FALSE(says(text, Effect::part_lost));
    CHECK_FALSE(says(text, Effect::dose_rejected));
    CHECK_FALSE(says(text, Effect::dose_dropped));
  }
  CHECK(says("Error 0. Record rejected", Effect::dose_rejected));
  CHECK(says("Reason: no. Record rejected", Effect::dose_rejected));
  CHECK(says("No value was stored", Effect::part_lost));
}

TEST_CASE("phrases: how many were added") {
  const TextFacts two = read("1 of 2 immunizations have been added to IIS");
  CHECK(two.has(Effect::count_added));
  CHECK(two.added == 1);
  CHECK(two.of == 2);
  const TextFacts less = read("2 out of 5 doses were rejected");
  CHECK(less.added == 3);
  CHECK(less.of == 5);
  CHECK(read("3 of 3 immunizations have been added to IIS").added == 3);
  CHECK(read("dose 1 of 3 in the series").of == -1);
  CHECK(read("5 of 3 doses were added").of == -1);
  CHECK(read("999999999999 of 999999999999 doses were added").added == 999999999);
}

TEST_CASE("phrases: pending, permission, lost values") {
  CHECK(says("Message had been sent to queue for updates.", Effect::pending));
  CHECK(says("placed in the staging table", Effect::pending));
  CHECK_FALSE(says("Record stored but flagged for review", Effect::pending));
  CHECK(says("Facility is inactive or suspended", Effect::authorization));
  CHECK(says("Invalid Username, Password or FacilityID", Effect::authorization));
  CHECK(says("Invalid Receiving Facility for Incoming Message", Effect::authorization));
  CHECK_FALSE(says("Vaccination facility id is missing", Effect::authorization));
  CHECK(says("Administration Site not recognized - site data will not be saved", Effect::part_lost));
  CHECK(says("INACCURATE OR MISSING OBSERVATION VALUE. NO VALUE STORED.", Effect::part_lost));
  CHECK(says("PID-2 is not supported -- data ignored", Effect::field_dropped));
  CHECK_FALSE(says("nothing was ignored? not ignored", Effect::dose_dropped));
}

TEST_CASE("phrases: those of a family hold for it alone") {
  const PhraseBook& book = Catalogue::built_in().phrases;
  const int webiz = book.family("WebIZ.25.1.0.7", "");
  REQUIRE(webiz >= 0);
  CHECK(book.family_name(webiz) == "WebIZ");
  CHECK(book.has_trait(webiz, Effect::ae_when_stored));
  CHECK(read("Application Internal Error", webiz).has(Effect::internal_error));
  CHECK_FALSE(read("Application Internal Error").has(Effect::internal_error));
  CHECK(book.family("IIS", "STATE") == -1);
  CHECK(book.family("", "wir") >= 0);
}

TEST_CASE("phrases: any bytes, any length") {
  CHECK(read("").effects == 0);
  CHECK(read("\xff\xfe# ' #").effects == 0);
  std::string junk;
  for (int i = 0; i < 100'000; ++i) junk += "message not rxa # 1 of 2 ";
  CHECK_FALSE(read(junk).has(Effect::message_rejected));
  CHECK(read(std::string(1'000'000, 'a')).effects == 0);
}

TEST_CASE("phrases: a wrong file is refused") {
  PhraseBook book;
  CHECK_THROWS_AS(book.add(iz::JsonDocument(R"({"phrases":[{"effect":"odd","says":["a"]}]})").root()),
                  std::invalid_argument);
  CHECK_THROWS_AS(book.add(iz::JsonDocument(R"({"phrases":[{"effect":"pending","says":["a [b"]}]})").root()),
                  std::invalid_argument);
  CHECK_THROWS_AS(book.add(iz::JsonDocument(R"({"phrases":[{"effect":"pending","says":[" - "]}]})").root()),
                  std::invalid_argument);
  CHECK_THROWS_AS(book.add(iz::JsonDocument(R"({"phrases":[{"effect":"pending","says":["[a|] [|b]"]}]})").root()),
                  std::invalid_argument);
  CHECK_NOTHROW(book.add(iz::JsonDocument(R"({"phrases":[{"effect":"pending","says":["[a|b] [c|]"]}]})").root()));
  CHECK(book.read("b", -1).has(iz::Effect::pending));
}

}  // namespace
}  // namespace iz
