#include "core/interpret.h"

#include <catch_amalgamated.hpp>
#include <fstream>
#include <sstream>

#include "core/error_words.h"
#include "core/outcome_rows.h"
#include "core/outcome_words.h"

namespace iz {
namespace {

std::string sample(const std::string& name) {
  std::ifstream file(std::string(IZ_SOURCE_DIR) + "/tests/samples/" + name + ".hl7", std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

constexpr std::string_view kHead =
    "MSH|^~\\&|NORTHIIS|NORTHIIS|ALDERCHART|ALDERPED|20260217094514-0500||ACK^V04^ACK|NS-1|P|2.5.1|||NE|NE|||||"
    "Z23^CDCPHINVS\r";

std::string ack(std::string_view segments) { return std::string(kHead) + std::string(segments); }

/// A message with RXA-21 of its first dose set to another action.
std::string with_action(std::string text, char action) {
  const size_t at = text.find("CP|A");
  text[at + 3] = action;
  return text;
}

std::string rsp(std::string_view profile, std::string_view segments) {
  return "MSH|^~\\&|NORTHIIS|NORTHIIS|ALDERCHART|ALDERPED|20260217094514-0500||RSP^K11^RSP_K11|NS-2|P|2.5.1|||NE|NE||||"
         "|" +
         std::string(profile) + "^CDCPHINVS\r" + std::string(segments);
}

struct Told {
  Happened happened;
  Stored stored;
  Resend resend;
  std::string_view row;
  std::vector<Stored> doses = {};
};

struct Trial {
  std::string_view what;
  std::string answer;
  Told told;
};

void check(const Trial& trial, const Message* sent) {
  const Outcome o = interpret(Catalogue::built_in(), read_answer(trial.answer), sent);
  INFO(trial.what << "\n" << trial.answer << "\n" << headline(o, sent));
  CHECK(to_string(o.happened) == to_string(trial.told.happened));
  CHECK(to_string(o.stored) == to_string(trial.told.stored));
  CHECK(to_string(o.resend) == to_string(trial.told.resend));
  REQUIRE_FALSE(o.reasons.empty());
  CHECK(o.reasons[0].row == trial.told.row);
  CHECK_FALSE(o.reasons[0].source.empty());
  for (size_t i = 0; i < trial.told.doses.size() && i < o.doses.size(); ++i)
    CHECK(to_string(o.doses[i].stored) == to_string(trial.told.doses[i]));
  if (!trial.told.doses.empty()) CHECK(o.doses.size() == trial.told.doses.size());
  CHECK_FALSE(headline(o, sent).empty());
  for (const Flag& f : o.flags) CHECK(find_flag(f.id) != nullptr);
}

constexpr Stored yes = Stored::yes, no = Stored::no, unknown = Stored::unknown, not_yet = Stored::not_yet;
const std::string kId = "AP-20260217-0101";

TEST_CASE("interpret: rows D1 to D20 with the message that was sent, two order groups") {
  const std::string text = sample("vxu-two-doses");
  Message sent;
  sent.parse_view(text);
  const std::string aa = "MSA|AA|" + kId + "\r", ae = "MSA|AE|" + kId + "\r", ar = "MSA|AR|" + kId + "\r";
  using H = Happened;
  using R = Resend;
  const Trial trials[] = {
      {"D1 nothing", "", {H::not_an_ack, unknown, R::same_later, "D1", {unknown, unknown}}},
      {"D1 a page",
       "<html><head><title>Error</title></head><body>Error</body></html>",
       {H::not_an_ack, unknown, R::same_later, "D1"}},
      {"D1 a status of HTTP",
       "HTTP/1.1 503 Service Unavailable\r\n\r\n",
       {H::not_an_ack, unknown, R::same_later, "D1"}},
      {"D1 a sentence", "Thank you", {H::not_an_ack, unknown, R::unknown, "D1", {unknown, unknown}}},
      {"D1 an envelope without an answer",
       "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><submitSingleMessageResponse "
       "xmlns='urn:cdc:iisb:2011'><return></return></submitSingleMessageResponse></s:Body></s:Envelope>",
       {H::not_an_ack, unknown, R::same_later, "D1"}},
      {"D2 a fault",
       "<s:Envelope "
       "xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value>"
       "</s:Code><s:Reason><s:Text>no</s:Text></s:Reason><s:Detail><SecurityFault "
       "xmlns='urn:cdc:iisb:2011'><Code>1</Code>"
       "<Reason>Security</Reason><Detail>no</Detail></SecurityFault></s:Detail></s:Fault></s:Body></s:Envelope>",
       {H::auth_failure, no, R::after_fix, "D2", {no, no}}},
      {"D2 a status of HTTP", "HTTP/1.1 401 Unauthorized\r\n\r\n", {H::auth_failure, no, R::after_fix, "D2"}},
      {"D2 an enrolment",
       ack(ae + "ERR|||999^Application error^HL70357|E||||Facility is not enrolled\r"),
       {H::auth_failure, no, R::after_fix, "D2", {no, no}}},
      {"D2 a sender that is not known",
       ack(ar + "ERR||MSH^1^4^1^1|103^Table value not found^HL70357|E||||Not recognized\r"),
       {H::auth_failure, no, R::after_fix, "D2"}},
      {"D2 not for a warning",
       ack(ae + "ERR||MSH^1^6^1^1|103^Table value not found^HL70357|W||||Facility is not enrolled\r"),
       {H::accepted_with_warnings, yes, R::no, "D16"}},
      {"D2 not for the place where a dose was given",
       ack(ae + "ERR||RXA^1^11^1^4|103^Table value not found^HL70357|E||||Facility is not active\r"),
       {H::partial, Stored::partly, R::after_fix, "D14", {no, yes}}},
      {"D3",
       "<s:Envelope "
       "xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value>"
       "</s:Code><s:Reason><s:Text>too large</s:Text></s:Reason><s:Detail><MessageTooLargeFault "
       "xmlns='urn:cdc:iisb:2011'>"
       "<Code>2</Code><Reason>MessageTooLarge</Reason><Detail>too "
       "large</Detail></MessageTooLargeFault></s:Detail></s:Fault>"
       "</s:Body></s:Envelope>",
       {H::rejected_technical, no, R::after_fix, "D3", {no, no}}},
      {"D5", ack("MSA|AA|OTHER\r"), {H::wrong_message, unknown, R::no, "D5", {unknown, unknown}}},
      {"D5 equal but for case and blanks",
       ack("MSA|AA| ap-20260217-0101 \r"),
       {H::accepted, yes, R::no, "D19", {yes, yes}}},
      {"D6 no MSA", ack(""), {H::undetermined, unknown, R::unknown, "D6", {unknown, unknown}}},
      {"D6 no code", ack("MSA|OK|" + kId + "\r"), {H::undetermined, unknown, R::unknown, "D6"}},
      {"D7 CA", ack("MSA|CA|" + kId + "\r"), {H::accepted_pending, unknown, R::no, "D7", {unknown, unknown}}},
      {"D7 CE", ack("MSA|CE|" + kId + "\r"), {H::rejected_technical, no, R::after_fix, "D7", {no, no}}},
      {"D7 CR", ack("MSA|CR|" + kId + "\r"), {H::rejected_technical, no, R::after_fix, "D7", {no, no}}},
      {"D8 AR", ack(ar), {H::rejected_technical, no, R::after_fix, "D8", {no, no}}},
      {"D8 by its code",
       ack(ae + "ERR||MSH^1^11|202^Unsupported processing ID^HL70357|E\r"),
       {H::rejected_technical, no, R::after_fix, "D8"}},
      {"D9 by place",
       ack(ar + "ERR||RXA^1^3|102^Data type error^HL70357|E\r"),
       {H::rejected_data, no, R::after_fix, "D9"}},
      {"D9 by text",
       ack(ar + "ERR|||101^Required field missing^HL70357|E||||Patient birth date missing\r"),
       {H::rejected_data, no, R::after_fix, "D9"}},
      {"D10",
       ack(ae + "ERR|||206^Application record locked^HL70357|E\r"),
       {H::system_failure, no, R::same_later, "D10", {no, no}}},
      {"D10 without severity",
       ack(ae + "ERR|||207^Application internal error^HL70357\r"),
       {H::system_failure, no, R::same_later, "D10"}},
      {"D11 at AA and W",
       ack(aa + "ERR|||0^Message accepted^HL70357|W||||PID #1 IGNORED - NO NAME\r"),
       {H::rejected_data, no, R::after_fix, "D11", {no, no}}},
      {"D11 in MSA-3", ack("MSA|AA|" + kId + "|BAD MESSAGE\r"), {H::rejected_data, no, R::after_fix, "D11"}},
      {"D11, one word in MSA-3", ack("MSA|AA|" + kId + "|Rejected.\r"), {H::rejected_data, no, R::after_fix, "D11"}},
      {"D12 by number",
       ack(aa + "ERR|||0^Message accepted^HL70357|W||||RXA #2 IGNORED\r"),
       {H::partial, Stored::partly, R::after_fix, "D12", {yes, no}}},
      {"D12 both",
       ack(ae + "ERR||RXA^1^5|103^x^HL70357|W||||RECORD REJECTED\rERR||RXA^2^5|103^x^HL70357|W||||RECORD REJECTED\r"),
       {H::rejected_data, no, R::after_fix, "D12", {no, no}}},
      {"D12 and D14, one dose each",
       ack(ae + "ERR||RXA^1^5|103^x^HL70357|W||||RECORD REJECTED\rERR||RXA^2^3|102^x^HL70357|E\r"),
       {H::rejected_data, no, R::after_fix, "D12", {no, no}}},
      {"D12 nobody knows which",
       ack(ae + "ERR|||100^x^HL70357|E||||Record rejected\r"),
       {H::partial, Stored::partly, R::after_fix, "D12", {unknown, unknown}}},
      {"D13 patient",
       ack(ae + "ERR||PID^1^29|102^x^HL70357|E\r"),
       {H::rejected_data, no, R::after_fix, "D13", {no, no}}},
      {"D13 header", ack(ae + "ERR||MSH^1^7|102^x^HL70357|E\r"), {H::rejected_data, no, R::after_fix, "D13"}},
      {"D13 no place",
       ack(ae + "ERR|||999^Application error^HL70357|E||||No\r"),
       {H::rejected_data, no, R::after_fix, "D13"}},
      {"D13 not when only the field was dropped",
       ack(ae + "ERR||PID^1^13|102^x^HL70357|E||||Phone number not stored\r"),
       {H::accepted_with_loss, yes, R::optional_after_fix, "D15", {yes, yes}}},
      {"D14 ORC",
       ack(ae + "ERR||ORC^2^3|101^x^HL70357|E\r"),
       {H::partial, Stored::partly, R::after_fix, "D14", {yes, no}}},
      {"D14 all groups",
       ack(ae + "ERR||ORC^2^3|101^x^HL70357|E\rERR||RXA^1^5|103^x^HL70357|E\r"),
       {H::rejected_data, no, R::after_fix, "D14", {no, no}}},
      {"D14 an occurrence that is not there",
       ack(ae + "ERR||RXA^7^5^1|102^x^HL70357|E\r"),
       {H::partial, Stored::partly, R::after_fix, "D14", {unknown, unknown}}},
      {"D14 an OBX that takes its dose",
       ack(ae + "ERR||OBX^2^5|103^x^HL70357|E||||Funding source not known, vaccination was not added\r"),
       {H::partial, Stored::partly, R::after_fix, "D12", {no, yes}}},
      {"D15",
       ack(ae + "ERR||OBX^2^5|103^x^HL70357|E\r"),
       {H::accepted_with_loss, yes, R::optional_after_fix, "D15", {yes, yes}}},
      {"D15 beside D14 the dose counts",
       ack(ae + "ERR||NK1^1^3|101^x^HL70357|E\rERR||RXA^1^5|103^x^HL70357|E\r"),
       {H::partial, Stored::partly, R::after_fix, "D14", {no, yes}}},
      {"D16", ack(ae + "ERR||PID^1^24|101^x^HL70357|W\r"), {H::accepted_with_warnings, yes, R::no, "D16", {yes, yes}}},
      {"D16 something lost",
       ack(ae + "ERR||RXR^1^2|103^x^HL70357|W||||Site not known, it was not saved\r"),
       {H::accepted_with_warnings, yes, R::optional_after_fix, "D16"}},
      {"D16 a duplicate that is ignored is on file",
       ack(ae + "ERR||RXA^1^5|205^Duplicate key identifier^HL70357|W||||Duplicate immunization ignored\r"),
       {H::accepted_with_warnings, yes, R::no, "D16", {yes, yes}}},
      {"D17", ack(ae + "ERR|||0^Message accepted^HL70357|I\r"), {H::accepted_with_info, yes, R::no, "D17", {yes, yes}}},
      {"D18 no ERR", ack(ae), {H::undetermined, unknown, R::unknown, "D18", {unknown, unknown}}},
      {"D18 no severity", ack(ae + "ERR||RXA^1^5|103^x^HL70357\r"), {H::undetermined, unknown, R::unknown, "D18"}},
      {"D18 a severity that nobody knows",
       ack(ae + "ERR||RXA^1^5|103^x^HL70357|X\r"),
       {H::undetermined, unknown, R::unknown, "D18"}},
      {"D19", ack(aa), {H::accepted, yes, R::no, "D19", {yes, yes}}},
      {"D19 information",
       ack(aa + "ERR|||0^Message accepted^HL70357|I||||2 of 2 immunizations have been added\r"),
       {H::accepted, yes, R::no, "D19"}},
      {"D19 1 of 2 before the warning",
       ack(ae + "ERR|||0^x^HL70357|I||||1 of 2 immunizations have been added\rERR||PID^1^24|101^x^HL70357|W\r"),
       {H::partial, Stored::partly, R::unknown, "D19", {unknown, unknown}}},
      {"D19 0 of 2",
       ack(aa + "ERR|||0^x^HL70357|I||||0 of 2 immunizations have been added\r"),
       {H::rejected_data, no, R::after_fix, "D19", {no, no}}},
      {"D19 a queue",
       ack("MSA|AA|" + kId + "|Placed in staging\r"),
       {H::accepted_pending, not_yet, R::no, "D19", {not_yet, not_yet}}},
      {"D19 a queue behind a warning",
       ack(ae + "ERR||PID^1^24|101^x^HL70357|W\rERR|||0^x^HL70357|I||||Message was sent to the queue\r"),
       {H::accepted_pending, not_yet, R::no, "D19"}},
      {"D20 the worst counts",
       ack(aa + ae + "ERR||PID^1^7|102^x^HL70357|E\r" + aa),
       {H::rejected_data, no, R::after_fix, "D13", {no, no}}},
      {"D20 an AE without a reason beside an AA",
       ack(aa + ae),
       {H::undetermined, unknown, R::unknown, "D18", {unknown, unknown}}},
      {"D20 one dose each",
       ack(ae + "ERR||RXA^1^5|103^x^HL70357|E\r" + ae + "ERR||RXA^2^5|103^x^HL70357|E\r"),
       {H::rejected_data, no, R::after_fix, "D14", {no, no}}},
      {"D20 an MSA for another message is left aside",
       ack(aa + "MSA|AE|OTHER\rERR||RXA^1^5|103^x^HL70357|E\r"),
       {H::accepted, yes, R::no, "D19", {yes, yes}}},
      {"D13 not when a text names the field that was left out",
       ack(ae + "ERR||PID^1^13|102^x^HL70357|E||||PID-13 ignored\r"),
       {H::accepted_with_loss, yes, R::optional_after_fix, "D15", {yes, yes}}},
      {"identical errors count once",
       ack(ae + "ERR||RXA^1^5|103^x^HL70357|E||||no\rERR||RXA^1^5|103^x^HL70357|E||||no\r"),
       {H::partial, Stored::partly, R::after_fix, "D14", {no, yes}}},
      {"codes in any case", ack("msa|aa|" + kId + "\r"), {H::accepted, yes, R::no, "D19"}},
      {"codes in any case, blanks",
       ack("MSA| ae |" + kId + "\rERR||NK1^1|100^x^HL70357| w \r"),
       {H::accepted_with_warnings, yes, R::no, "D16"}},
  };
  for (const Trial& trial : trials) check(trial, &sent);
}

TEST_CASE("interpret: without the sent message a rejected dose leaves the rest unknown") {
  const std::string ae = "MSA|AE|X\r";
  const Trial trials[] = {
      {"D12",
       ack(ae + "ERR|||100^x^HL70357|E||||Record rejected\r"),
       {Happened::partial, unknown, Resend::after_fix, "D12"}},
      {"D14", ack(ae + "ERR||RXA^1^5|103^x^HL70357|E\r"), {Happened::partial, unknown, Resend::after_fix, "D14"}},
      {"D19",
       ack(ae + "ERR|||0^x^HL70357|I||||1 of 2 immunizations have been added\r"),
       {Happened::partial, Stored::partly, Resend::unknown, "D19"}},
  };
  for (const Trial& trial : trials) check(trial, nullptr);
  const Outcome o = interpret(Catalogue::built_in(), read_answer(trials[1].answer));
  CHECK(headline(o).find("if it was the only one, nothing was stored") != std::string::npos);
}

TEST_CASE("interpret: one order group, a dose to be changed or deleted") {
  const std::string ae = "MSA|AE|AP-20260216-0077\r", aa = "MSA|AA|AP-20260216-0077\r";
  const std::string text = sample("vxu-newborn"), change = with_action(text, 'U'), removal = with_action(text, 'D');
  Message sent;
  sent.parse_view(text);
  check({"D14 the only group",
         ack(ae + "ERR||RXA^1^5|103^x^HL70357|E\r"),
         {Happened::rejected_data, no, Resend::after_fix, "D14", {no}}},
        &sent);
  check({"D12 the only group, no place",
         ack(ae + "ERR|||100^x^HL70357|W||||Not processing order group\r"),
         {Happened::rejected_data, no, Resend::after_fix, "D12", {no}}},
        &sent);
  check({"204 on an added dose says nothing",
         ack(ae + "ERR||RXA^1^5|204^x^HL70357|W\r"),
         {Happened::accepted_with_warnings, yes, Resend::no, "D16", {yes}}},
        &sent);
  sent.parse_view(change);
  check({"the change was made", ack(aa), {Happened::accepted, yes, Resend::no, "D19", {yes}}}, &sent);
  check({"the change found nothing",
         ack(ae + "ERR||RXA^1^5|204^x^HL70357|E\r"),
         {Happened::rejected_data, no, Resend::after_fix, "D14", {no}}},
        &sent);
  sent.parse_view(removal);
  const Trial none{"nothing to delete",
                   ack(ae + "ERR||RXA^1^5|204^x^HL70357|W\r"),
                   {Happened::accepted_with_warnings, no, Resend::no, "D16", {no}}};
  check(none, &sent);
  const Outcome o = interpret(Catalogue::built_in(), read_answer(none.answer), &sent);
  CHECK(std::any_of(o.flags.begin(), o.flags.end(), [](const Flag& f) { return f.id == "dose_not_found"; }));
  CHECK(headline(interpret(Catalogue::built_in(), read_answer(ack(aa)), &sent), &sent) == "The dose was deleted.");
}

TEST_CASE("interpret: what is told of the doses never goes beyond the answer") {
  const std::string aa = "MSA|AA|AP-20260217-0101\r", ae = "MSA|AE|AP-20260217-0101\r";
  Message sent;
  sent.parse(sample("vxu-two-doses"));
  const auto told = [&](std::string_view segments) {
    return interpret(Catalogue::built_in(), read_answer(ack(segments)), &sent);
  };
  // One dose rejected, the rest waiting in a queue.
  Outcome o = told("MSA|AA|AP-20260217-0101|Message sent to queue for updates\rERR||RXA^1^5|103^x^HL70357|E\r");
  CHECK(o.happened == Happened::partial);
  REQUIRE(o.doses.size() == 2);
  CHECK(o.doses[0].stored == no);
  CHECK(o.doses[1].stored == Stored::not_yet);
  CHECK(headline(o, &sent).starts_with("1 of 2 doses was received but not stored yet. The first was rejected"));
  o = told("MSA|AA|AP-20260217-0101|Message sent to queue for updates\rERR||RXA^1^5|103^x^HL70357|W\r");
  CHECK(o.happened == Happened::accepted_pending);
  CHECK(o.stored == Stored::not_yet);
  // A warning beside an error without severity.
  o = told(ae + "ERR||RXA^1^5|103^x^HL70357\rERR||PID^1^8|102^x^HL70357|W\r");
  CHECK(o.happened == Happened::accepted_with_warnings);
  CHECK(o.confidence == Confidence::guess);
  // An information that says of a dose that it was not stored.
  o = told(ae + "ERR||RXA^2|0^x^HL70357|I||||Vaccination was not stored\r");
  CHECK(o.happened == Happened::partial);
  CHECK(o.doses[1].stored == no);
  CHECK(told("MSA|AA|AP-20260217-0101|0 errors, no record rejected\r").happened == Happened::accepted);
  // A dose to be deleted beside one to be stored.
  sent.parse(with_action(sample("vxu-two-doses"), 'D'));
  CHECK(headline(told(aa), &sent) == "Both doses were stored or deleted.");
  o = told(ae + "ERR||RXA^1^5|204^x^HL70357|W||||Unknown\r");
  CHECK(headline(o, &sent).find("Not every dose was found") != std::string::npos);
  CHECK(headline(told("MSA|CE|AP-20260217-0101\r"), &sent) ==
        "No dose was stored or deleted. The registry did not take the message.");
}

TEST_CASE("interpret: a control id with delimiters is compared as text") {
  std::string text = sample("vxu-newborn");
  text.replace(text.find("AP-20260216-0077"), 16, "A^B&C~D");
  Message sent;
  sent.parse(text);
  const auto told = [&](std::string_view id) {
    return interpret(Catalogue::built_in(), read_answer(ack("MSA|AA|" + std::string(id) + "\r")), &sent).happened;
  };
  CHECK(told("A^B&C~D") == Happened::accepted);
  CHECK(told("a\\S\\B\\T\\C\\R\\D") == Happened::accepted);
  CHECK(told("A^B") == Happened::wrong_message);
}

TEST_CASE("interpret: who acts is who the main error's explanation names") {
  Message sent;
  sent.parse(sample("vxu-newborn"));
  for (const char* error :
       {"ERR||PID^1^11|102^x^HL70357|E\r", "ERR||RXA^1^3|102^x^HL70357|E\r", "ERR|||103^x^HL70357|E\r",
        "ERR||OBX^1^5|100^x^HL70357|E\r", "ERR|||999^x^HL70357|E||||MQE0142\r", "ERR||NK1^1|100^x^HL70357|E\r"}) {
    INFO(error);
    const Outcome o =
        interpret(Catalogue::built_in(), read_answer(ack("MSA|AE|AP-20260216-0077\r" + std::string(error))), &sent);
    REQUIRE(o.main_error == 0);
    CHECK(o.who == explain_error(Catalogue::built_in(), o.errors[0]).who);
  }
}

TEST_CASE("interpret: rows Q1 to Q8") {
  const std::string pid = "PID|1||9^^^NORTHIIS^SR||Thistlewood^Marlo^^^^^L||20250114|M\r";
  const std::string other = "PID|2||10^^^NORTHIIS^SR||Thistlewood^Marla^^^^^L||20250114|F\r";
  const std::string rxa = "ORC|RE||1^NORTHIIS\rRXA|0|1|20260217||03^MMR^CVX|999\r";
  const std::string qpd = "QPD|Z34^Request Immunization History^CDCPHINVS|T\r";
  const auto qak = [](std::string_view status) { return "QAK|T|" + std::string(status) + "|Z34^Request^CDCPHINVS\r"; };
  const std::string aa = "MSA|AA|Q\r", ae = "MSA|AE|Q\r", ar = "MSA|AR|Q\r";
  const std::string error = "ERR||QPD^1^4|101^Required field missing^HL70357|E\r";
  const auto q = [](Happened h, std::string_view row) { return Told{h, Stored::none, Resend::none, row}; };
  using H = Happened;
  const Trial trials[] = {
      {"Q1", rsp("Z32", aa + qak("OK") + qpd + pid + rxa), q(H::match, "Q1")},
      {"Q1 nothing on file", rsp("Z42", aa + qak("OK") + qpd + pid), q(H::match, "Q1")},
      {"Q1 although AE", rsp("Z32", ae + error + qak("AE") + qpd + pid + rxa), q(H::match, "Q1")},
      {"Q2 a list of one", rsp("Z31", aa + qak("OK") + qpd + pid), q(H::candidates, "Q2")},
      {"Q2 two under Z32", rsp("Z32", aa + qak("OK") + qpd + pid + other), q(H::candidates, "Q2")},
      {"Q3", rsp("Z33", aa + qak("NF") + qpd), q(H::not_found, "Q3")},
      {"Q3 counts before AE", rsp("Z33", ae + error + qak("NF") + qpd), q(H::not_found, "Q3")},
      {"Q4", rsp("Z33", aa + qak("TM") + qpd), q(H::too_many, "Q4")},
      {"Q5", rsp("Z33", aa + qak("PD") + qpd), q(H::protected_, "Q5")},
      {"Q6 by QAK", rsp("Z33", aa + qak("AE") + qpd), q(H::query_error, "Q6")},
      {"Q6 by MSA", rsp("Z33", ae + error + qpd), q(H::query_error, "Q6")},
      {"Q6 a failure of the registry", rsp("Z33", ae + "ERR|||207^x^HL70357|E\r" + qak("AE") + qpd),
       q(H::query_error, "Q6")},
      {"Q7 by QAK", rsp("Z33", ae + qak("AR") + qpd), q(H::query_rejected, "Q7")},
      {"Q8 a history under Z31", rsp("Z31", aa + qak("OK") + qpd + pid + rxa), q(H::match, "Q1")},
      {"Q8 a patient although NF", rsp("Z32", aa + qak("NF") + qpd + pid + rxa), q(H::match, "Q1")},
      {"a PID without a person is none", rsp("Z33", aa + qak("NF") + qpd + "PID|1\r"), q(H::not_found, "Q3")},
      {"D6", rsp("Z33", "MSA||Q\r" + qak("OK") + qpd), Told{H::undetermined, Stored::none, Resend::unknown, "D6"}},
  };
  for (const Trial& trial : trials) check(trial, nullptr);
  const std::string refused = "MSH|^~\\&|A|B|C|D|20260217||ACK^Q11^ACK|1|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\rMSA|AR|Q\r";
  check({"Q7", refused, q(H::query_rejected, "Q7")}, nullptr);
  const std::string text = sample("qbp-z34");
  Message sent;
  sent.parse_view(text);
  const std::string id(sent.get("MSH", 10));
  check({"Q6 an ACK for a query", ack("MSA|AE|" + id + "\r" + error), q(H::query_error, "Q6")}, &sent);
  check({"D2 in a query",
         rsp("Z33", "MSA|AE|" + id + "\rERR||MSH^1^6|999^x^HL70357|E|4^Invalid value^HL70533^WEBIZ-AUTH-625^no^L\r" +
                        qak("AE")),
         Told{H::auth_failure, Stored::none, Resend::after_fix, "D2"}},
        &sent);
  check(
      {"D5 in a query", rsp("Z32", aa + qak("OK") + pid + rxa), Told{H::wrong_message, Stored::none, Resend::no, "D5"}},
      &sent);
}

TEST_CASE("interpret: of several answers the one with the control id of the sent message is meant") {
  const std::string text = sample("vxu-two-doses");
  Message sent;
  sent.parse_view(text);
  const std::string paste = ack("MSA|AR|FIRST\r") + ack("MSA|AA|" + kId + "\r") + ack("MSA|AE|THIRD\r");
  const Answer answer = read_answer(paste);
  const Outcome o = interpret(Catalogue::built_in(), answer, &sent);
  CHECK(o.happened == Happened::accepted);
  CHECK(o.answer == 1);
  REQUIRE(o.others.size() == 2);
  CHECK(o.others[0].message == "FIRST");
  CHECK(o.others[0].happened == Happened::rejected_technical);
  CHECK(o.others[1].happened == Happened::undetermined);
  CHECK(interpret(Catalogue::built_in(), answer).happened == Happened::rejected_technical);

  const Extraction pasted = extract(text + ack("MSA|AA|X\r"));
  CHECK(answered(answer, pasted.messages) == 0);
  const Extraction several = extract(sample("vxu-newborn") + text);
  REQUIRE(several.messages.size() == 2);
  CHECK(answered(answer, several.messages) == 1);
}

TEST_CASE("interpret: family files refine and are never needed") {
  std::vector<EmbeddedFile> base;
  for (const EmbeddedFile& file : embedded_files())
    if (!file.name.starts_with("core/registries/") || file.name == "core/registries/base.json") base.push_back(file);
  REQUIRE(base.size() < embedded_files().size());
  const auto bare = Catalogue::load(base);
  const std::string text = sample("vxu-two-doses");
  Message sent;
  sent.parse_view(text);
  const std::string segments[] = {
      "MSA|AA|" + kId + "\r",
      "MSA|AE|" + kId + "\r",
      "MSA|AR|" + kId + "\rERR||PID^1^7|101^x^HL70357|E\r",
      "MSA|AA|" + kId + "|Message had been sent to queue for updates.\rERR|||0|I\r",
      "MSA|AE|" + kId + "\rERR||ORC^2^3|999^x^HL70357|W||||Not processing order group\r",
      "MSA|AE|" + kId + "\rERR||RXA^1^3|102^x^HL70357|W||||RXA #1 IGNORED - REQUIRED FIELD RXA-3\r",
      "MSA|AE|" + kId + "\rERR||PID^1^3|101^x^HL70357|E||||MESSAGE REJECTED - REQUIRED FIELD PID-3-5 MISSING\r",
      "MSA|AA|" + kId + "|Record Rejected\rERR||RXA^2^5|204^x^HL70357\r",
      "MSA|AE|" + kId + "\rERR|||207^Application internal error^HL70357|E\r",
  };
  for (const char* sender : {"WebIZ.25.1", "WIR", "CAIR IIS4.0.0", "NMSIIS2.2", "ICARE", "IWEB", "MCIR", "IIS"}) {
    for (const std::string& body : segments) {
      std::string answer = ack(body);
      answer.replace(answer.find("NORTHIIS"), 8, sender);
      const Answer read = read_answer(answer);
      const Outcome with = interpret(Catalogue::built_in(), read, &sent), without = interpret(*bare, read, &sent);
      INFO(answer);
      CHECK(with.happened == without.happened);
      CHECK(with.stored == without.stored);
      CHECK(with.resend == without.resend);
      CHECK(without.family.empty());
    }
  }
}

TEST_CASE("interpret: every row has words and a source, every flag a title and a detail") {
  CHECK(decision_rows().size() == 28);
  for (const Row& row : decision_rows()) {
    CHECK_FALSE(reason(row.id).source.empty());
    CHECK_FALSE(reason_words(reason(row.id)).empty());
  }
  for (const FlagText& flag : flag_texts()) {
    CHECK_FALSE(flag.title.empty());
    CHECK(flag.title.back() != '.');
    CHECK(flag.detail.back() == '.');
    CHECK(find_flag(flag.id) == &flag);
  }
}

TEST_CASE("interpret: a great many errors, and junk") {
  const std::string text = sample("vxu-two-doses");
  Message sent;
  sent.parse_view(text);
  std::string many = ack("MSA|AE|" + kId + "\r");
  for (int i = 0; i < 10'000; ++i) {
    many +=
        "ERR||RXA^" + std::to_string(i % 5) + "^5|101^x^HL70357|E||||Record rejected, RXA #" + std::to_string(i) + "\r";
    if (i % 3 == 0) many += "MSA|AE|" + kId + "|Record rejected\r";
  }
  const Outcome o = interpret(Catalogue::built_in(), read_answer(many), &sent);
  CHECK(o.happened == Happened::rejected_data);
  CHECK(o.errors.size() >= 10'000);
  std::string erl = ack("MSA|AE|" + kId + "\rERR||");
  for (int i = 0; i < 20'000; ++i) erl += "RXA^1^5~";
  CHECK(interpret(Catalogue::built_in(), read_answer(erl + "|103|E\r"), &sent).errors.size() == 1);
  CHECK(interpret(Catalogue::built_in(), read_answer(std::string(1'000'000, '|')), &sent).happened ==
        Happened::not_an_ack);
  CHECK(interpret(Catalogue::built_in(), read_answer(ack(std::string(200'000, '^')))).happened ==
        Happened::undetermined);
}

}  // namespace
}  // namespace iz
