#include "core/error_locations.h"

#include <catch_amalgamated.hpp>

using namespace iz;

namespace {

std::string named(std::string_view erl, const Delimiters& d = {}) {
  std::string out;
  for (const NamedPlace& n : named_places(erl, d)) {
    if (!out.empty()) out += ' ';
    out += to_string(n.path) + (n.conforming ? "" : "?");
  }
  return out;
}

std::string in_text(std::string_view text) {
  std::string out;
  for (const Path& p : places_in_text(text)) {
    if (!out.empty()) out += ' ';
    out += to_string(p);
  }
  return out;
}

}  // namespace

TEST_CASE("an ERL that conforms is read as it stands") {
  CHECK(named("RXA^1^5^1^1") == "RXA[1]-5[1].1");
  CHECK(named("PID^1^11^1^7") == "PID[1]-11[1].7");
  CHECK(named("PID^1^13^2^4") == "PID[1]-13[2].4");
  CHECK(named("OBX^9^3^1^1^2") == "OBX[9]-3[1].1.2");
  CHECK(named("PID^1^5") == "PID[1]-5");
  CHECK(named("NK1^2") == "NK1[2]");
  CHECK(named("PID^1^3^1") == "PID[1]-3[1]");
  CHECK(named("RXA^1^5^^1") == "RXA[1]-5[1].1");
  CHECK(named(" pid ^ 1 ^ 5 ") == "PID[1]-5");
  CHECK(named("PID^1^5^^^") == "PID[1]-5");
}

TEST_CASE("an ERL of another form is read for what it means, and marked") {
  CHECK(named("PID^7") == "PID-7?");
  CHECK(named("MSH^12^1^1") == "MSH-12[1].1?");
  CHECK(named("PID^2") == "PID-2?");
  CHECK(named("RXA^5") == "RXA[5]");  // a segment that repeats: which is meant depends on the message
  CHECK(named("RXA^1^11.4^1") == "RXA[1]-11[1].4?");
  CHECK(named("RXA^11.4") == "RXA-11[1].4?");
  CHECK(named("PD1^^16") == "PD1-16?");
  CHECK(named("NK1^^0") == "NK1?");
  CHECK(named("PID^1^3^0") == "PID[1]-3[1]?");
  CHECK(named("OBX^2^0") == "OBX[2]?");
  CHECK(named("RXA") == "RXA?");
  CHECK(named("RXA-5") == "RXA-5?");
  CHECK(named("PID-3.5") == "PID-3[1].5?");
  CHECK(named("MSH^1^6^1^1~MSH^1^4^1^1") == "MSH[1]-6[1].1 MSH[1]-4[1].1");
  CHECK(named("RXA&1&5") == "RXA[1]-5");
  CHECK(named("RXA\\S\\1\\S\\5") == "RXA[1]-5");
  CHECK(named("RXA^one^5") == "RXA-5?");
}

TEST_CASE("delimiters of the answer are those of the ERL, and the usual ones hold too") {
  const Delimiters odd{.component = '@', .repetition = '*', .subcomponent = '%'};
  CHECK(named("RXA@1@5*PID@1@7", odd) == "RXA[1]-5 PID[1]-7");
  CHECK(named("RXA^1^5", odd) == "RXA[1]-5");
}

TEST_CASE("what names no place gives none") {
  CHECK(named("").empty());
  CHECK(named("^^^").empty());
  CHECK(named("~~~").empty());
  CHECK(named("vaccine").empty());
  CHECK(named("RXAX^1^5").empty());
}

TEST_CASE("an ERL of any length is read in bounded time") {
  std::string many;
  for (int i = 0; i < 200000; ++i) many += "PID^1^5~";
  CHECK(named_places(many, {}).size() == 32);
  CHECK(named("RXA^99999999999999999999^5") == "RXA[4294967295]-5");
  CHECK(named_places(std::string(1 << 20, '^'), {}).empty());
}

TEST_CASE("places in a text") {
  CHECK(in_text("MESSAGE REJECTED - REQUIRED FIELD PID-3-5 MISSING") == "PID-3[1].5");
  CHECK(in_text("No value was entered for RXA-10.13") == "RXA-10[1].13");
  CHECK(in_text("QPD[1].3[1].1 is required") == "QPD[1]-3[1].1");
  CHECK(in_text("RXA #2 IGNORED") == "RXA[2]");
  CHECK(in_text("RXA#2 IGNORED") == "RXA[2]");
  CHECK(in_text("PID^1^7 and rxa-3 differ") == "PID[1]-7 RXA-3");
  CHECK(in_text("PID is a required segment") == "PID");
  CHECK(in_text("ORDER[0]/RXA/DateTimeEndOfAdministration") == "RXA[1]");
  CHECK(in_text("MSH 6 must match the constraint") == "MSH-6");
  CHECK(in_text("NK1-3 of the NK1 segment") == "NK1-3");
  CHECK(in_text("Dose 2 was not stored") == "RXA[2]");
  CHECK(in_text("RXA-5 not recognized, vaccination #2") == "RXA[2]-5");
  CHECK(in_text("OBX-5 is wrong in repeat #3") == "OBX[3]-5");
}

TEST_CASE("a text that names no place") {
  CHECK(in_text("Value [23A] is not valid for HL70362").empty());
  CHECK(in_text("CVX code: 998").empty());
  CHECK(in_text("3 of 3 immunizations have been added").empty());
  CHECK(in_text("vaccine 998 unknown").empty());
  CHECK(in_text("dose 0.5 mL").empty());
  CHECK(in_text("PIDGIN-5").empty());
  CHECK(in_text("a pid or an obx").empty());
  CHECK(in_text("order 2 of 3").empty());
}
