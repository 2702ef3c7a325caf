#include "core/error_reports.h"

#include <catch_amalgamated.hpp>

using namespace iz;

namespace {

const std::string head = "MSH|^~\\&|IIS|STATE|EHR|CLINIC|20261122120000-0500||ACK^V04^ACK|A1|P|2.5.1|||NE|NE|||||Z23\r";

std::vector<ErrorReport> read(const std::string& segments) {
  Message m;
  m.parse(head + segments);
  return read_errors(m);
}

/// The only error of an answer.
ErrorReport one(const std::string& err) {
  const auto errors = read("MSA|AE|M1\r" + err + "\r");
  REQUIRE(errors.size() == 1);
  return errors[0];
}

}  // namespace

TEST_CASE("an ERR as the guide has it") {
  const ErrorReport e = one(
      "ERR||RXA^1^5^1^1|103^Table value not found^HL70357|E|5^Table value not found^HL70533|||Vaccine code not known");
  CHECK(e.err == 0);
  CHECK(e.msa == 0);
  CHECK(e.severity == ErrSeverity::error);
  CHECK(e.erl == "RXA^1^5^1^1");
  CHECK(e.code == "103");
  CHECK(e.code_text == "Table value not found");
  CHECK(e.application_code == "5");
  CHECK(e.local_code.empty());
  CHECK(e.text == "Vaccine code not known");
  CHECK_FALSE(e.says_missing);
}

TEST_CASE("severity: F is an error, anything else unknown is none") {
  CHECK(one("ERR|||207|F").severity == ErrSeverity::error);
  CHECK(one("ERR|||0| i ").severity == ErrSeverity::info);
  CHECK(one("ERR|||102|w").severity == ErrSeverity::warning);
  CHECK(one("ERR|||102|X").severity == ErrSeverity::none);
  CHECK(one("ERR|||102").severity == ErrSeverity::none);
}

TEST_CASE("the registry's own code: second triplet, wrong system, name for code, or inside the text") {
  const ErrorReport second = one(
      "ERR||ORC^2^3^1^1|999^ApplicationError^HL70357|W|3^Illogical Value error^HL70533^WEBIZ-501^Parser fault^L|||Not "
      "done");
  CHECK(second.application_code == "3");
  CHECK(second.local_code == "WEBIZ-501");
  const ErrorReport dqa = one("ERR|||101^^HL70357|W|^^^DQA0314^Facility id is missing^HL70533");
  CHECK(dqa.application_code.empty());
  CHECK(dqa.local_code == "DQA0314");
  CHECK(dqa.text == "Facility id is missing");
  const ErrorReport dotted = one("ERR||PID^1^11|102^^HL70357|W|101.1118^Zip is wrong^L");
  CHECK(dotted.local_code == "101.1118");
  CHECK(dotted.text == "Zip is wrong");
  const ErrorReport name = one("ERR||RXA^1^5|103^^HL70357|W|TableValueNotFound");
  CHECK(name.local_code == "TableValueNotFound");
  CHECK(name.application_code == "5");
  CHECK(one("ERR||NK1^^0|101^^HL70357|W|4^Invalid value^HL70533|||IEE-519::NK1 is missing").local_code == "IEE-519");
  CHECK(one("ERR|||102|W||||[W.207.23] Address was cut").local_code == "W.207.23");
  CHECK(one("ERR|||102|W||||Rejected (WEBIZ-AUTH-625)").local_code == "WEBIZ-AUTH-625");
  CHECK(one("ERR|||102|W||||Value [23A] is not in HL70362, see [PID-3]").local_code.empty());
  const ErrorReport first = one("ERR|||102|W|WEBIZ-12^Odd^L^2^Invalid date^HL70533");
  CHECK(first.application_code == "2");
  CHECK(first.local_code == "WEBIZ-12");
  CHECK(first.text == "Odd");
}

TEST_CASE("the text of an ERR: ERR-8, ERR-9, ERR-7, ERR-5, and bare separators in it") {
  CHECK(one("ERR|||101|E||||In eight").text == "In eight");
  CHECK(one("ERR|||101|E|||||In nine").text == "In nine");
  CHECK(one("ERR|||101|E|||In seven").text == "In seven");
  CHECK(one("ERR|||101|E|||In seven|In eight").text == "In eight");
  CHECK(one("ERR|||101|E|4^In five^HL70533").text == "In five");
  CHECK(one("ERR|||101|E||||In eight|PAT").text == "In eight");
  CHECK(one("ERR|||101|E||||one | two | three").text == "one | two | three");
  CHECK(one("ERR|||999|E|||, Next: |Facility is closed., Next: nothing").text == "Facility is closed., Next: nothing");
  CHECK(one("ERR|||101|E||||A \\T\\ B\\.br\\next  line").text == "A & B next line");
  CHECK(one("ERR|||101^Required field missing^HL70357|E").text.empty());
}

TEST_CASE("MSA-3 is the text of the ERRs that have none, else an entry of its own") {
  const auto given = read(
      "MSA|AA|M1|No value stored.\rERR||OBX^2^3^0|204^Unknown key identifier^HL70357\r"
      "MSA|AA|M1|Sent to queue\rMSA|AE|M1\rERR|||102|W||||Own text\r");
  REQUIRE(given.size() == 3);
  CHECK(given[0].text == "No value stored.");
  CHECK(given[0].msa == 0);
  CHECK(given[1].text == "Sent to queue");
  CHECK(given[1].err == ErrorReport::no_err);
  CHECK(given[1].msa == 1);
  CHECK(given[1].severity == ErrSeverity::none);
  CHECK(given[2].text == "Own text");
  CHECK(given[2].err == 1);
  CHECK(given[2].msa == 2);
  const auto both = read("MSA|AE|M1|Vaccine code is wrong\rERR||RXA^1^5|103|E||||CVX code 999 is not known\r");
  REQUIRE(both.size() == 2);
  CHECK(both[0].err == ErrorReport::no_err);
  CHECK(both[0].text == "Vaccine code is wrong");
  CHECK(both[1].err == 0);
  CHECK(read("MSA|AE|M1|Same words\rERR|||102|E||||Same words\r").size() == 1);
}

TEST_CASE("the code of MSA-6, also where it stands too early") {
  const auto six = read("MSA|AA|M1||0||0^Message Accepted^HL70357\r");
  REQUIRE(six.size() == 1);
  CHECK(six[0].code == "0");
  CHECK(six[0].code_text == "Message Accepted");
  const auto four = read("MSA|AE|M1||207^Application internal error^HL70357\r");
  REQUIRE(four.size() == 1);
  CHECK(four[0].code == "207");
  CHECK(read("MSA|AA|M1|\r").empty());
}

TEST_CASE("ERR-1 of older versions, one error for each repetition") {
  const auto old = read(
      "MSA|AE|M1\rERR|MSH^1^5^1006&Required field missing&Local&&MSH/ReceivingApplication~"
      "RXA^1^4^101&Required field missing&HL70357|\r");
  REQUIRE(old.size() == 2);
  CHECK(old[0].erl == "MSH^1^5");
  CHECK(old[0].local_code == "1006");
  CHECK(old[0].code.empty());
  CHECK(old[0].text == "Required field missing: MSH/ReceivingApplication");
  CHECK(old[0].says_missing);
  CHECK(old[1].erl == "RXA^1^4");
  CHECK(old[1].code == "101");
  CHECK(old[1].err == 0);
  const ErrorReport newer = one("ERR|PID^1^7|RXA^1^5|103|E");
  CHECK(newer.erl == "RXA^1^5");
  const ErrorReport words = one("ERR|The patient is not known");
  CHECK(words.erl.empty());
  CHECK(words.text == "The patient is not known");
}

TEST_CASE("what claims that a value is missing") {
  CHECK(one("ERR||PID^1^8|101^Required field missing^HL70357|E").says_missing);
  CHECK(one("ERR||PID|100^required segment missing^HL70357|E").says_missing);
  CHECK(one("ERR||RXA^1^9|102|W||||RXA-9 is required").says_missing);
  CHECK_FALSE(one("ERR||RXA^1^5|101^Duplicate record^HL70357|W|||||Already on file").says_missing);
  CHECK_FALSE(one("ERR||PID^1^7|101^required field missing^HL70357|E|1^illogical date^HL70533||||Birth after today")
                  .says_missing);
  CHECK(one("ERR||RXA^1^10|0|W||||No value was entered for RXA-10.13").says_missing);
  CHECK_FALSE(one("ERR||OBX^2^5|204|W||||Inaccurate or missing value. No value stored.").says_missing);
  CHECK_FALSE(one("ERR||RXA^1^5|103^Table value not found^HL70357|E").says_missing);
  CHECK_FALSE(one("ERR||RXA^1^5|100^Segment sequence error^HL70357|W||||Possible duplicate").says_missing);
}

TEST_CASE("an answer without errors, or none at all") {
  CHECK(read("MSA|AA|M1\r").empty());
  Message m;
  m.parse("");
  CHECK(read_errors(m).empty());
  m.parse("SUCCESS");
  CHECK(read_errors(m).empty());
  m.parse("ERR|||101|E\rMSA|AE|M1\rERR|||102|E");
  const auto before = read_errors(m);
  REQUIRE(before.size() == 2);
  CHECK(before[0].msa == 0);
  CHECK(before[1].msa == 0);
}

TEST_CASE("ten thousand ERR, and fields of any length") {
  std::string many = "MSA|AE|M1|text\r";
  for (int i = 0; i < 10000; ++i) many += "ERR||RXA^" + std::to_string(i) + "^5|103|E\r";
  CHECK(read(many).size() == 10000);
  std::string old = "ERR|";
  for (int i = 0; i < 100000; ++i) old += "PID^1^5^101~";
  CHECK(read(old).size() == 1000);
  CHECK(one("ERR|||101|E||||" + std::string(100000, '[')).code == "101");
}
