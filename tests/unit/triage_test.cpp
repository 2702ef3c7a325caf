#include "core/triage.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "core/write_triage.h"
#include "tests/catalogue/sample.h"

namespace iz {
namespace {

using Json = nlohmann::json;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

const std::string& clean() {
  static const std::string text = iz::test::sent_sample("vxu-two-doses");
  return text;
}

std::string with_id(std::string_view id, std::string text = clean()) {
  return replaced(std::move(text), "AP-20260217-0101", id);
}

/// The clean message with a sex code that is none, a patient name that is nobody's, and its own control id.
std::string wrong_sex(std::string_view id, std::string_view code = "X") {
  return replaced(with_id(id), "|20250114|M||", "|20250114|" + std::string(code) + "||");
}

Triage fresh() { return Triage(Catalogue::built_in(), {.as_of = {2026, 2, 18}}); }

uint32_t add(Triage& t, std::string_view text, uint64_t begin) {
  t.add(text, {.file = 0, .begin = begin, .size = static_cast<uint32_t>(text.size())});
  return static_cast<uint32_t>(t.size() - 1);
}

TEST_CASE("a piece of a file ends where a message begins", "[triage]") {
  CHECK(whole_messages("MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B") == 17);
  CHECK(whole_messages("MSH|^~\\&|A\rPID|1\r") == 0);
  CHECK(whole_messages("") == 0);
  CHECK(whole_messages("MSH|a\n2026-02-18 INFO MSH|b") == 6);  // the line of a log
  CHECK(whole_messages("\vMSH|a\r\x1c\r\vMSH|b") == 9);        // the frame stays with its message
  CHECK(whole_messages("MSH|a\rNTE|1||see MSH|") == 6);        // a value that looks like one: cut before its line
  CHECK(whole_messages("MSH|a\rMS") == 0);                     // what may become one is not known yet
}

TEST_CASE("findings of many messages become causes, without what is somebody's", "[triage]") {
  Triage t = fresh();
  add(t, clean(), 0);
  for (int i = 0; i < 3; ++i) add(t, wrong_sex("X-" + std::to_string(i)), 10000 * (1 + static_cast<uint64_t>(i)));
  add(t, replaced(with_id("Y-1"), "Thistlewood^Marlo", "^"), 50000);
  t.finish();
  const TriageCounts n = t.counts();
  CHECK(n.messages == 5);
  CHECK(n.worst[static_cast<size_t>(Worst::error)] == 4);
  CHECK(n.worst[static_cast<size_t>(Worst::clean)] == 1);
  CHECK(n.submissions == 5);
  CHECK(n.doses == 10);
  CHECK(n.ids_twice == 0);
  CHECK(n.error_hours[9] == 4);

  const std::vector<TriageGroup> causes = t.groups(TriageBy::cause);
  REQUIRE(causes.size() >= 2);
  CHECK(causes[0].place == "PID-8");
  CHECK(causes[0].messages == 3);
  CHECK(causes[0].title.find("“X”") != std::string::npos);  // three messages share it
  const std::vector<uint32_t> rows = t.rows({.by = TriageBy::cause, .key = causes[0].key});
  REQUIRE(rows.size() == 3);
  CHECK(t.control_id(t.row(rows[0])) == "X-0");
  CHECK(t.causes()[causes[0].key].first == rows[0]);
  for (const TriageGroup& g : t.groups(TriageBy::who)) {
    CHECK(t.rows({.by = TriageBy::who, .key = g.key}).size() == g.messages);
  }
  for (const TriageGroup& g : t.groups(TriageBy::field)) {
    CHECK(t.rows({.by = TriageBy::field, .key = g.key}).size() == g.messages);
  }
  CHECK(t.groups(TriageBy::sender).size() == 1);
  CHECK(t.groups(TriageBy::sender)[0].title == "ALDERPED");
  CHECK(t.rows({.text = "y-1"}) == std::vector<uint32_t>{4});
  CHECK(t.rows({.worst = Worst::clean}) == std::vector<uint32_t>{0});
  CHECK(t.rows({.text = "no such"}).empty());
}

TEST_CASE("a value of one message stands in no title and in no output", "[triage]") {
  Triage t = fresh();
  add(t, wrong_sex("X-1", "Quillfeather"), 0);
  t.finish();
  const std::vector<std::string> files{"a.hl7"};
  std::string all = triage_text(t, TriageBy::cause) + triage_json(t);
  append_triage_csv(all, t, t.row(0), files);
  append_triage_row_json(all, t, t.row(0), files);
  CHECK(all.find("PID-8") != std::string::npos);
  for (const std::string_view secret : {"Quillfeather", "Thistlewood", "Marlo", "Heron", "AP-30417", "20250114"})
    CHECK(all.find(secret) == std::string::npos);
}

TEST_CASE("what two threads have added is what one would have", "[triage]") {
  std::vector<std::string> texts;
  for (int i = 0; i < 12; ++i)
    texts.push_back(i % 3 ? wrong_sex("M-" + std::to_string(i), i % 2 ? "X" : "Y") : with_id("M-" + std::to_string(i)));
  Triage one = fresh(), left = fresh(), right = fresh();
  for (size_t i = 0; i < texts.size(); ++i) {
    add(one, texts[i], i * 10000);
    add(i % 2 ? left : right, texts[i], i * 10000);
  }
  left.merge(right);
  left.finish();
  one.finish();
  REQUIRE(left.size() == one.size());
  for (uint32_t i = 0; i < one.size(); ++i) {
    CHECK(left.control_id(left.row(i)) == one.control_id(one.row(i)));
    CHECK(left.row(i).worst == one.row(i).worst);
    CHECK(left.row(i).cause_count == one.row(i).cause_count);
  }
  CHECK(Json::parse(triage_json(left)) == Json::parse(triage_json(one)));
}

TEST_CASE("an answer stands beside its message and decides what was stored", "[triage]") {
  Triage t = fresh();
  add(t, clean(), 0);
  add(t, with_id("Z-2"), 10000);
  add(t, with_id("Z-3"), 20000);
  add(t, iz::test::sent_sample("ack-errors"), 30000);  // answers the first: dose 1 not stored
  add(t, replaced(iz::test::sent_sample("ack-accepted"), "AP-20260217-0101", "Z-2"), 40000);
  add(t, replaced(iz::test::sent_sample("ack-accepted"), "AP-20260217-0101", "NOBODY"), 50000);  // to nothing here
  t.finish();
  CHECK(t.counts().answers == 3);
  CHECK(t.counts().answered == 2);
  CHECK(t.row(0).answer == 3);
  CHECK_FALSE(t.row(0).predicted);
  CHECK(t.row(0).stored < t.row(0).doses);
  CHECK(t.row(1).answer == 4);
  CHECK(t.row(1).stored == 2);
  CHECK(t.row(2).answer == TriageRow::none);
  CHECK(t.row(2).predicted);
  const std::vector<TriageGroup> reasons = t.groups(TriageBy::reason);
  REQUIRE(reasons.size() == 1);
  CHECK(reasons[0].title == "The registry does not know vaccine code …. Dose … was not stored.");
  const Json row = [&] {
    std::string out;
    append_triage_row_json(out, t, t.row(0), {});
    return Json::parse(out);
  }();
  CHECK(row["answer"] == "NS-556121");
  CHECK(row["predicted"] == false);
}

TEST_CASE("what is no message of ours is an error, not clean", "[triage]") {
  Triage t = fresh();
  add(t, "MSH|^~\\&|A|B|C|D|20260217||ADT^A01|1|P|2.5.1\rPID|1\r", 0);
  add(t, "MSH", 100);
  t.finish();
  CHECK(t.counts().worst[static_cast<size_t>(Worst::clean)] == 0);
  CHECK(t.counts().unchecked >= 1);
  CHECK(triage_counts_text(t).find("no profile") != std::string::npos);
}

}  // namespace
}  // namespace iz
