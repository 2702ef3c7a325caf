#include "core/predict.h"

#include <catch_amalgamated.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/check.h"
#include "core/edit.h"
#include "core/interpret.h"
#include "tests/catalogue/sample.h"
#include "tests/fuzz/mutate.h"

using namespace iz;

namespace {

const Catalogue& catalogue() { return Catalogue::built_in(); }

/// A message, its check and what is predicted of it.
struct Predicted {
  Message sent;
  Report report;
  Prediction p;
  explicit Predicted(std::string_view text, std::string_view as_of = "2026-02-18") {
    sent.parse(text);
    Checker(catalogue()).check(sent, {.profile = {}, .as_of = *parse_date(as_of)}, report);
    p = predict(catalogue(), sent, report, {.control_id = "NS-1", .time = "20260218093000-0500"});
  }
  Message ack() const {
    Message m;
    m.parse(p.ack);
    return m;
  }
  std::vector<std::string> stored() const {
    std::vector<std::string> out;
    for (const DoseOutcome& d : p.outcome.doses) out.emplace_back(to_string(d.stored));
    return out;
  }
  std::string happened() const { return std::string(to_string(p.outcome.happened)); }
  /// The furthest that a fault goes.
  std::string fate() const {
    Fate furthest = Fate::kept;
    REQUIRE_FALSE(p.faults.empty());
    for (const PredictedFault& f : p.faults) furthest = std::max(furthest, f.fate);
    return std::string(to_string(furthest));
  }
};

std::string changed(std::string_view sample, const std::vector<std::pair<std::string, std::string>>& values) {
  std::string text = test::sample(sample);
  for (const auto& [place, value] : values) {
    Message m;
    m.parse(text);
    text = set_value(m, *parse_path(place), value).value();
  }
  return text;
}

std::string without(std::string text, std::string_view segment) {
  Message m;
  m.parse(text);
  const Location at = locate(m, *parse_path(segment));
  REQUIRE(at.segment >= 0);
  const Segment& s = m.segments()[size_t(at.segment)];
  text.erase(s.begin, s.end - s.begin + 1);
  return text;
}

using Doses = std::vector<std::string>;

/// What does not agree between the prediction and the reading of its own acknowledgment; empty when all does.
std::string disagreement(const Predicted& sent) {
  const Outcome read = interpret(catalogue(), sent.ack(), &sent.sent, &sent.report);
  const Outcome& told = sent.p.outcome;
  std::string out;
  if (read.happened != told.happened) out += std::string(to_string(read.happened)) + " ";
  if (read.stored != told.stored) out += std::string(to_string(read.stored)) + " stored ";
  if (read.resend != told.resend) out += std::string(to_string(read.resend)) + " resend ";
  if (read.doses.size() != told.doses.size()) return out + "doses";
  for (size_t d = 0; d < read.doses.size(); ++d)
    if (read.doses[d].stored != told.doses[d].stored) out += "dose " + std::to_string(d + 1);
  return out;
}

/// Whether an acknowledgment can be right about the message it names: a control id with delimiters is no control id.
bool can_be_named(const Message& sent) {
  const std::string_view id = sent.get("MSH", 10);
  return !id.empty() && id == sent.get("MSH", 10, 1, 1) && id.find('\\') == std::string_view::npos &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

uint32_t acknowledgment_errors(const Predicted& sent) {
  Report report;
  Checker(catalogue()).check(sent.ack(), {}, report);
  return report.count(Severity::error);
}

}  // namespace

// ---- the guide's worked cases (Release 1.5, appendix B)

TEST_CASE("a clean message is accepted") {
  const Predicted m(test::sample("vxu-two-doses"));
  CHECK(m.happened() == "accepted");
  CHECK(m.stored() == Doses{"yes", "yes"});
  CHECK(m.p.outcome.nobody);
  CHECK(m.p.faults.empty());
  CHECK(m.p.ack ==
        "MSH|^~\\&|NORTHIIS|NORTHIIS|ALDERCHART|ALDERPED|20260218093000-0500||ACK^V04^ACK|NS-1|P|2.5.1|||NE|NE|||||"
        "Z23^CDCPHINVS\rMSA|AA|AP-20260217-0101\r");
  CHECK(prediction_words(m.p) == "Both doses would be stored.");
}

TEST_CASE("without a patient's name the message is rejected") {
  const Predicted m(changed("vxu-two-doses", {{"PID-5", ""}}));
  CHECK(m.happened() == "rejected_data");
  CHECK(m.stored() == Doses{"no", "no"});
  CHECK(m.p.outcome.resend == Resend::after_fix);
  CHECK(m.fate() == "message_rejected");
  CHECK(m.p.outcome.errors.size() == 1);
  CHECK(m.ack().get("MSA", 1) == "AE");
  CHECK(m.ack().get("ERR", 2) == "PID^1^5^1");
  CHECK(m.ack().get("ERR", 3, 1) == "101");
  CHECK(m.ack().get("ERR", 4) == "E");
}

TEST_CASE("an unknown vaccine code drops its order group only") {
  const std::string text = changed("vxu-two-doses", {{"RXA[2]-5", "831^DTaP^CVX"}});
  const Predicted m(text);
  CHECK(m.happened() == "partial");
  CHECK(m.stored() == Doses{"yes", "no"});
  CHECK(m.p.outcome.who == Who::codes);
  CHECK(m.fate() == "group_dropped");
  CHECK(m.ack().get("ERR", 2, 1) == "RXA");
  CHECK(m.ack().get("ERR", 2, 2) == "2");
  CHECK(m.ack().get("ERR", 2, 3) == "5");
  CHECK(m.ack().get("ERR", 3, 1) == "103");
  CHECK(m.ack().get("ERR", 5, 1) == "5");
  CHECK(prediction_words(m.p) == "1 of 2 doses would be stored. Dose 2 would be dropped.");
  CHECK(
      fault_words(m.p, m.p.faults.back()) ==
      "RXA-5 counts as empty. RXA needs it and counts as empty, too. Its order group is dropped: dose 2 (DTaP) is not "
      "stored.");

  SECTION("as the only order group it takes the message along") {
    const Predicted one(changed("vxu-newborn", {{"RXA-5", "831^Hep B^CVX"}}));
    CHECK(one.happened() == "rejected_data");
    CHECK(one.stored() == Doses{"no"});
    CHECK(one.fate() == "group_dropped");
  }
}

TEST_CASE("next of kin without relationship is dropped, the message is not") {
  const Predicted m(changed("vxu-two-doses", {{"NK1-3", ""}}));
  CHECK(m.happened() == "accepted_with_loss");
  CHECK(m.stored() == Doses{"yes", "yes"});
  CHECK(m.p.outcome.resend == Resend::optional_after_fix);
  CHECK(m.fate() == "segment_dropped");
  CHECK(m.ack().get("MSA", 1) == "AE");
  CHECK(m.ack().get("ERR", 2) == "NK1^1^3^1");
  CHECK(m.ack().get("ERR", 4) == "E");
  REQUIRE(m.p.outcome.lost.size() == 1);
  CHECK(to_string(m.p.outcome.lost[0].path) == "NK1[1]");
}

TEST_CASE("data that the guide does not support are passed over: AA with a warning") {
  const Predicted m(changed("vxu-two-doses", {{"PID-2", "4711"}}));
  CHECK(m.happened() == "accepted_with_warnings");
  CHECK(m.stored() == Doses{"yes", "yes"});
  CHECK(m.p.outcome.resend == Resend::no);
  CHECK(m.ack().get("MSA", 1) == "AA");
  CHECK(m.ack().get("ERR", 2) == "PID^1^2^1");
  CHECK(m.ack().get("ERR", 4) == "W");
}

TEST_CASE("a birth date after the day rejects the message") {
  const Predicted m(changed("vxu-two-doses", {{"PID-7", "20260301"}}));
  CHECK(m.happened() == "rejected_data");
  CHECK(m.p.outcome.who == Who::registration);
  CHECK(m.ack().get("ERR", 2) == "PID^1^7^1");
  CHECK(m.ack().get("ERR", 3, 1) == "101");
  CHECK(m.ack().get("ERR", 5, 1) == "1");
  CHECK(m.p.faults[0].finding == -1);

  SECTION("the as-of date decides") {
    CHECK(Predicted(changed("vxu-two-doses", {{"PID-7", "20260301"}}), "2026-03-02").happened() == "accepted");
  }
}

TEST_CASE("an unsupported version is refused with AR") {
  const Predicted m(changed("vxu-two-doses", {{"MSH-12", "10.0"}}));
  CHECK(m.happened() == "rejected_technical");
  CHECK(m.stored() == Doses{"no", "no"});
  CHECK(m.ack().get("MSA", 1) == "AR");
  CHECK(m.ack().get("ERR", 3, 1) == "203");
  CHECK(m.p.outcome.who == Who::vendor);
  // A message that is refused is not looked into.
  const Predicted both(changed("vxu-two-doses", {{"PID-5", ""}, {"MSH-12", "10.0"}}));
  CHECK(both.p.outcome.errors.size() == 1);
  CHECK(both.happened() == "rejected_technical");
}

// ---- steps of the cascade

TEST_CASE("how far a fault goes") {
  const auto fate = [](std::string_view place, std::string_view value) {
    return Predicted(changed("vxu-two-doses", {{std::string(place), std::string(value)}})).fate();
  };
  CHECK(fate("PID-11.7", "Q") == "value_dropped");               // a field that may be empty, by its component
  CHECK(fate("PID-22", "x") == "value_dropped");                 // a field that may be empty
  CHECK(fate("RXA-3", "20261340") == "group_dropped");           // a required field of a required segment in a group
  CHECK(fate("ORC-3", "") == "group_dropped");                   // the same of ORC
  CHECK(fate("RXA-9", "77^Unknown^NIP001") == "group_dropped");  // required by condition
  CHECK(fate("RXR-1", "XX^Unknown^NCIT") == "segment_dropped");  // a segment that may be missing
  CHECK(fate("OBX-14", "yesterday") == "value_dropped");
  CHECK(fate("MSH-16", "NE") == "message_rejected");
  CHECK(fate("MSH-9.1", "ADT") == "message_refused");
  CHECK(fate("MSH-9.2", "A04") == "message_refused");
  CHECK(fate("MSH-11", "X") == "message_refused");
}

TEST_CASE("of several repetitions each is lost by itself") {
  const std::string good = "AP-30417^^^ALDERPED^MR", bad = "77^^^ALDERPED^ZZZ";
  CHECK(Predicted(changed("vxu-two-doses", {{"PID-3", good + "~" + bad}})).fate() == "value_dropped");
  const Predicted none(changed("vxu-two-doses", {{"PID-3", bad + "~" + bad}}));
  CHECK(none.happened() == "rejected_data");
  CHECK(none.p.outcome.errors.size() == 2);
}

TEST_CASE("what is missing or out of its place") {
  const std::string text = test::sample("vxu-two-doses");
  CHECK(Predicted(without(text, "PID")).happened() == "rejected_data");
  // Without its ORC a dose belongs nowhere, without its RXA an ORC is no dose.
  CHECK(Predicted(without(text, "ORC[2]")).stored() == Doses{"yes", "no"});
  const Predicted no_rxa(without(text, "RXA[1]"));
  CHECK(no_rxa.stored() == Doses{"no", "yes"});
  CHECK(no_rxa.ack().get("ERR", 2) == "ORC^1");  // RXA^1 would be the second dose
  CHECK(Predicted(without(text, "RXR")).happened() == "accepted");
  CHECK(Predicted(without(text, "MSH")).happened() == "rejected_technical");
  CHECK(Predicted(without(without(text, "OBX[4]"), "OBX[3]")).happened() == "accepted_with_warnings");  // IZ-24

  // A next of kin behind the doses is lost, the doses are not.
  Message m;
  m.parse(text);
  const Segment& nk1 = m.segments()[size_t(m.find_segment("NK1"))];
  const std::string moved = without(text, "NK1") + "\r" + text.substr(nk1.begin, nk1.end - nk1.begin) + "\r";
  CHECK(Predicted(moved).happened() == "accepted_with_loss");
  // A segment that the guide does not know is passed over without a word.
  CHECK(Predicted(text + "\rZPD|1|x\r").happened() == "accepted");
  // Surplus fields are, too.
  CHECK(Predicted(changed("vxu-two-doses", {{"NK1-60", "x"}})).happened() == "accepted");
}

TEST_CASE("severities of the report decide") {
  Predicted m(changed("vxu-two-doses", {{"RXA[2]-5", "831^DTaP^CVX"}}));
  for (Finding& f : m.report.findings)
    if (f.severity == Severity::error) f.severity = Severity::warning;
  const Prediction lenient = predict(catalogue(), m.sent, m.report);
  CHECK(lenient.outcome.happened == Happened::accepted_with_warnings);
  CHECK(lenient.outcome.doses[1].stored == Stored::yes);
  m.report.findings.clear();
  CHECK(predict(catalogue(), m.sent, m.report).outcome.happened == Happened::accepted);
}

// ---- queries

TEST_CASE("queries") {
  const Predicted clean(test::sample("qbp-z34"));
  CHECK(clean.p.applies);
  CHECK(clean.happened() == "undetermined");
  CHECK(clean.p.ack.empty());
  CHECK(prediction_words(clean.p) ==
        "The query can be carried out. What comes back depends on what the registry holds.");

  const Predicted wrong(changed("qbp-z34", {{"QPD-1", "Z34"}, {"QPD-5", "x^y^^^^^ZZZ"}}));
  CHECK(wrong.happened() == "query_error");
  const Message answer = wrong.ack();
  CHECK(answer.get("MSH", 9) == "RSP^K11^RSP_K11");
  CHECK(answer.get("MSH", 21, 1) == "Z33");
  CHECK(answer.get("MSA", 1) == "AE");
  CHECK(answer.get("QAK", 2) == "AE");
  CHECK(answer.get("QAK", 1) == wrong.sent.get("QPD", 2));
  CHECK(answer.get("QPD", 6) == wrong.sent.get("QPD", 6));
  CHECK(answer.find_segment("ERR", 1) >= 0);
  CHECK(answer.find_segment("ERR", 2) < 0);  // an answer to a query has room for one

  const Predicted refused(changed("qbp-z44", {{"MSH-12", "2.3.1"}}));
  CHECK(refused.happened() == "query_rejected");
  CHECK(refused.ack().get("MSH", 9) == "ACK^Q11^ACK");
  CHECK(refused.ack().get("MSA", 1) == "AR");
}

TEST_CASE("what is no submission and no query is left alone") {
  for (const std::string_view sample : {"ack-accepted", "rsp-z32", "rsp-z42"}) {
    const Predicted m(test::sample(sample));
    CHECK_FALSE(m.p.applies);
    CHECK(m.p.ack.empty());
  }
  CHECK_FALSE(Predicted("").p.applies);
}

// ---- the acknowledgment

TEST_CASE("the acknowledgment has no data of the patient, and no delimiter breaks it") {
  const Predicted m(changed("vxu-two-doses", {{"PID-5", "Thistlewood^Marlo^^^^^Q9"},
                                              {"PID-8", "Marlo"},
                                              {"PID-11.5", "Thistlewood"},
                                              {"MSH-3", "A\\T\\B\\F\\C"}}));
  CHECK(m.p.outcome.errors.size() >= 2);
  CHECK(m.p.ack.find("Thistle") == std::string::npos);
  CHECK(m.p.ack.find("Marlo") == std::string::npos);
  CHECK(m.ack().get("MSH", 5) == "A\\T\\B\\F\\C");
  CHECK(acknowledgment_errors(m) == 0);
}

TEST_CASE("time and control id are the caller's") {
  Message sent;
  sent.parse(test::sample("vxu-newborn"));
  Report report;
  Checker(catalogue()).check(sent, {}, report);
  CHECK(predict(catalogue(), sent, report, {"A|B", "20260218093000-0500"}).ack.find("|A\\F\\B|") != std::string::npos);
  // A time without zone would be wrong in an acknowledgment: then that of the message stands.
  CHECK(predict(catalogue(), sent, report, {"A", "2026"}).ack.find("|20260216231005-0500|") != std::string::npos);
}

TEST_CASE("other delimiters than usual") {
  std::string text = test::sample("vxu-two-doses");
  for (char& c : text) c = c == '|' ? '!' : c == '^' ? '@' : c;
  const Predicted m(text);
  CHECK(m.ack().get("MSA", 2) == "AP-20260217-0101");
  CHECK(acknowledgment_errors(m) == 0);
  std::string query = changed("qbp-z34", {{"QPD-1", "Z34"}, {"QPD-5", "x^y^^^^^ZZZ"}});
  for (char& c : query) c = c == '^' ? '@' : c;
  CHECK(Predicted(query).ack().get("QPD", 1, 1) == "Z34");
}

TEST_CASE("JSON of a prediction") {
  const Predicted m(changed("vxu-two-doses", {{"RXA[2]-5", "831^DTaP^CVX"}}));
  const auto json = nlohmann::json::parse(prediction_json(catalogue(), m.sent, m.report, m.p));
  CHECK(json["outcome"] == "partial");
  CHECK(json["stored"] == "partly");
  CHECK(json["resend"] == "after_fix");
  CHECK(json["doses"][1]["stored"] == "no");
  const auto& fault = json["faults"].back();
  CHECK(fault["fate"] == "group_dropped");
  CHECK(fault["dose"] == 2);
  CHECK(fault["error"] == 0);
  CHECK(m.sent.text()
            .substr(fault["begin"], fault["end"].get<size_t>() - fault["begin"].get<size_t>())
            .starts_with("831"));
  CHECK(json["ack"] == m.p.ack);
  CHECK(prediction_text(catalogue(), m.sent, m.report, m.p).starts_with("1 of 2 doses would be stored."));
}

// ---- what interpret makes of our own acknowledgments

TEST_CASE("an acknowledgment of ours is read as it was meant: samples") {
  for (const std::string_view sample : {"vxu-newborn", "vxu-refusal", "vxu-two-doses"}) {
    const Predicted m(test::sample(sample));
    CAPTURE(sample);
    CHECK(disagreement(m).empty());
    CHECK(acknowledgment_errors(m) == 0);
  }
}

TEST_CASE("an acknowledgment of ours is read as it was meant: every element of a message emptied, filled, repeated") {
  int compared = 0, partial = 0;
  for (const std::string_view sample : {"vxu-two-doses", "vxu-refusal", "qbp-z34", "qbp-z44"}) {
    const std::string text = test::sample(sample);
    Message m;
    m.parse(text);
    for (uint32_t s = 0; s < m.segments().size(); ++s) {
      const Segment& segment = m.segments()[s];
      for (uint32_t n = segment.name == segment_code("MSH") ? 3 : 1; n <= segment.field_count + 1; ++n) {
        if (segment.name == segment_code("MSH") && n == 10) continue;
        for (const std::string_view value : {"", "x", "1~2", "\"\""}) {
          const Path path{segment.name, segment.occurrence, n, 1, 0, 0};
          const auto edited = set_value(m, path, value);
          REQUIRE(edited);
          const Predicted predicted(*edited);
          if (predicted.p.ack.empty()) continue;
          CAPTURE(sample, to_string(path), value, predicted.p.ack);
          CHECK(disagreement(predicted).empty());
          if (!predicted.p.outcome.query || predicted.happened() == "query_rejected")
            CHECK(acknowledgment_errors(predicted) == 0);
          ++compared;
          partial += predicted.happened() == "partial";
        }
      }
    }
  }
  CHECK(compared > 500);
  CHECK(partial > 20);
}

TEST_CASE("an acknowledgment of ours is read as it was meant: changed messages") {
  const std::vector<std::string> seeds{test::sample("vxu-two-doses"), test::sample("vxu-newborn"),
                                       test::sample("qbp-z44")};
  int compared = 0;
  for (uint64_t number = 0; number < 1500; ++number) {
    const Predicted m(iz_fuzz::make_input(number, seeds));
    if (m.p.ack.empty() || !can_be_named(m.sent)) continue;
    CAPTURE(number, m.sent.text(), m.p.ack);
    CHECK(disagreement(m).empty());
    ++compared;
  }
  CHECK(compared > 200);
}

TEST_CASE("a long message with many faults is predicted in linear time") {
  std::string text =
      "MSH|^~\\&|A|B|C|D|20260217094512-0500||VXU^V04^VXU_V04|1|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\rPID|1\r";
  for (int i = 0; i < 10000; ++i) text += "ORC|RE||" + std::to_string(i) + "^A\rRXA|0|1|2026|||x\r";
  const Predicted m(text);
  CHECK(m.happened() == "rejected_data");
  CHECK(m.p.outcome.doses.size() == 10000);
  CHECK(m.p.outcome.errors.size() > 10000);
}
