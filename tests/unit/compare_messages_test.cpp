// Two messages compared: what differs, paired by content.
#include "core/compare_messages.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <random>

#include "core/edit.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Change;
using iz::Difference;
using iz::Message;
using iz::MessageComparison;

MessageComparison compare(std::string_view a, std::string_view b) {
  const iz::Catalogue& catalogue = iz::Catalogue::built_in();
  iz::Checker checker(catalogue);
  Message x, y;
  x.parse(a);
  y.parse(b);
  iz::Report p, q;
  checker.check(x, {.as_of = {2026, 2, 18}}, p);
  checker.check(y, {.as_of = {2026, 2, 18}}, q);
  return compare_messages(catalogue, x, p, y, q);
}

/// "changed RXA[1]-6[1] RXA[2]-6[1] 0.5 > 0.25".
std::string words(const Difference& d) {
  return std::string(to_string(d.change)) + (d.dose ? " dose " : " ") + to_string(d.path_a) + " " +
         to_string(d.path_b) + " " + d.before + " > " + d.after;
}

std::vector<std::string> differences(std::string_view a, std::string_view b) {
  std::vector<std::string> out;
  for (const Difference& d : compare(a, b).differences) out.push_back(words(d));
  return out;
}

using Strings = std::vector<std::string>;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + '\r';
  return out;
}

constexpr std::string_view kHead = "MSH|^~\\&|A|B|||20260217||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||7^^^X^MR\r";
constexpr std::string_view kMmr = "ORC|RE||11^X\rRXA|0|1|20260217||03^MMR^CVX|0.5\rOBX|1|CE|64994-7^e^LN|1|V01\r";
constexpr std::string_view kDtap = "ORC|RE||12^X\rRXA|0|1|20250318||20^DTaP^CVX|0.5\r";
constexpr std::string_view kFlu = "ORC|RE||13^X\rRXA|0|1|20251001||141^flu^CVX|0.5\r";

std::string with(std::initializer_list<std::string_view> parts) {
  std::string out(kHead);
  for (const std::string_view part : parts) out += part;
  return out;
}

std::string replace(std::string text, std::string_view what, std::string_view by) {
  const size_t at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_CASE("A message does not differ from itself", "[compare]") {
  for (const char* name : {"vxu-two-doses", "vxu-newborn", "vxu-refusal", "qbp-z34", "rsp-z31", "rsp-z32", "rsp-z42",
                           "ack-errors", "batch"}) {
    INFO(name);
    const std::string text = iz::test::sample(name);
    const MessageComparison c = compare(text, text);
    CHECK(c.differences.empty());
    CHECK(counts_text(c) == "No differences");
    CHECK(std::all_of(c.lines.begin(), c.lines.end(), [](const auto& l) { return l.same(); }));
    CHECK(c.lines.size() == lines_of(text).size());
  }
}

TEST_CASE("A changed value is told at its place in both", "[compare]") {
  const std::string a = with({kMmr, kDtap});
  CHECK(differences(a, replace(a, "|0.5\rOBX", "|0.25\rOBX")) == Strings{"changed RXA[1]-6[1] RXA[1]-6[1] 0.5 > 0.25"});
  CHECK(differences(a, replace(a, "20^DTaP", "106^DTaP")) == Strings{"changed RXA[2]-5[1].1 RXA[2]-5[1].1 20 > 106"});
  CHECK(differences(a, replace(a, "|0.5\rOBX", "|\rOBX")) == Strings{"removed RXA[1]-6[1]  0.5 > "});
  CHECK(differences(replace(a, "|0.5\rOBX", "\rOBX"), a) == Strings{"added  RXA[1]-6[1]  > 0.5"});
  const MessageComparison c = compare(a, replace(a, "03^MMR", "94^MMR"));
  REQUIRE(c.differences.size() == 1);
  CHECK(c.differences[0].name.find("Administered Code") == 0);
  CHECK(c.differences[0].before_words.find("MMR") != std::string::npos);
  CHECK(c.differences[0].after_words.find("MMRV") != std::string::npos);
}

TEST_CASE("Doses are paired by what they are", "[compare]") {
  const std::string a = with({kMmr, kDtap});
  // One more in front: the others stay paired.
  CHECK(differences(a, with({kFlu, kMmr, kDtap})) == Strings{"added dose  ORC[1]  > ORC|RE||13^X"});
  CHECK(compare(a, with({kFlu, kMmr, kDtap})).differences[0].name.find("2025-10-01") != std::string::npos);
  CHECK(differences(a, with({kDtap})) == Strings{"removed dose ORC[1]  ORC|RE||11^X > "});
  // In another order: moved, not changed.
  const Strings moved = differences(a, with({kDtap, kMmr}));
  REQUIRE(moved.size() == 1);
  CHECK(moved[0].starts_with("moved dose ORC["));
  // Another order number, and all else the same.
  CHECK(differences(a, replace(with({kDtap, kMmr}), "12^X", "99^X")).size() == 2);
  // The same order number with another vaccine and date is the same dose.
  CHECK(differences(a, replace(replace(a, "20^DTaP", "106^DTaP"), "20250318", "20250319")).size() == 2);
}

TEST_CASE("Observations, relatives and identifiers are paired by content", "[compare]") {
  const std::string obx = with({kMmr}) + "OBX|2|CE|30963-3^f^LN|1|VXC50\r";
  const std::string swapped =
      with({"ORC|RE||11^X\rRXA|0|1|20260217||03^MMR^CVX|0.5\r"
            "OBX|1|CE|30963-3^f^LN|1|VXC50\rOBX|2|CE|64994-7^e^LN|1|V01\r"});
  for (const std::string& d : differences(obx, swapped))
    CHECK((d.starts_with("moved ") || d.find("-1[1]") != std::string::npos));
  const std::string relatives = with({"NK1|1|Ash^Odile|MTH\rNK1|2|Ash^Teo|FTH\r"});
  CHECK(differences(relatives, with({"NK1|1|Ash^Teo|FTH\r"})) ==
        Strings{"removed NK1[1]  NK1|1|Ash^Odile|MTH > ", "changed NK1[2]-1[1] NK1[1]-1[1] 2 > 1"});
  const std::string ids = replace(with({kMmr}), "7^^^X^MR", "7^^^X^MR~8^^^Y^SR");
  CHECK(differences(ids, with({kMmr})) == Strings{"removed PID[1]-3[2]  8^^^Y^SR > "});
  CHECK(differences(ids, replace(with({kMmr}), "7^^^X^MR", "9^^^Z^PI~7^^^X^MR~8^^^Y^SR")) ==
        Strings{"added  PID[1]-3[1]  > 9^^^Z^PI"});
}

TEST_CASE("Other separators make no difference, subcomponents do", "[compare]") {
  const std::string a = "MSH|^~\\&|A\rPID|1||7^^^X&1&ISO^MR||A\\T\\B\r";
  const std::string b = "MSH#:*%!#A\rPID#1##7:::X!1!ISO:MR##A&B\r";
  for (const std::string& d : differences(a, b)) CHECK(d.find("MSH[1]-") != std::string::npos);
  CHECK(differences(a, replace(a, "X&1&ISO", "X&2&ISO")) == Strings{"changed PID[1]-3[1].4.2 PID[1]-3[1].4.2 1 > 2"});
}

TEST_CASE("As text, lines are paired and the fields that differ are marked", "[compare]") {
  const std::string a = with({kMmr, kDtap});
  const std::string b = replace(with({kFlu, kMmr, kDtap}), "|0.5\rOBX", "|0.25\rOBX");
  const MessageComparison c = compare(a, b);
  REQUIRE(c.lines.size() == 9);
  CHECK(std::count_if(c.lines.begin(), c.lines.end(), [](const auto& l) { return l.line_a < 0; }) == 2);
  const auto changed = std::find_if(c.lines.begin(), c.lines.end(),
                                    [](const auto& l) { return l.line_a >= 0 && l.line_b >= 0 && !l.same(); });
  REQUIRE(changed != c.lines.end());
  REQUIRE(changed->parts_a.size() == 1);
  CHECK(a.substr(changed->parts_a[0].begin, 3) == "0.5");
  CHECK(b.substr(changed->parts_b[0].begin, 4) == "0.25");
}

TEST_CASE("Either direction finds the same", "[compare]") {
  std::mt19937 random(7);
  const auto upto = [&](size_t n) { return static_cast<size_t>(random() % n); };
  for (const char* name : {"vxu-two-doses", "vxu-newborn", "rsp-z31", "rsp-z42"}) {
    const std::string text = iz::test::sample(name);
    for (int i = 0; i < 40; ++i) {
      std::vector<std::string> lines = lines_of(text);
      for (int change = 0; change < 3; ++change) {
        const size_t at = 1 + upto(lines.size() - 1);
        switch (upto(4)) {
          case 0:
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
            break;
          case 1:
            std::swap(lines[at], lines[1 + upto(lines.size() - 1)]);
            break;
          case 2:
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), lines[at]);
            break;
          default:
            lines[at] += "|x^y~z";
        }
      }
      const std::string other = joined(lines);
      const MessageComparison forward = compare(text, other), back = compare(other, text);
      INFO(name << "\n" << other);
      CHECK(forward.count(Change::changed) == back.count(Change::changed));
      CHECK(forward.count(Change::added) == back.count(Change::removed));
      CHECK(forward.count(Change::removed) == back.count(Change::added));
      // Every line of both stands once in the text comparison, in its order.
      int next_a = 0, next_b = 0;
      for (const auto& l : forward.lines) {
        if (l.line_a >= 0) CHECK(l.line_a == next_a++);
        if (l.line_b >= 0) CHECK(l.line_b == next_b++);
      }
      CHECK(next_a == static_cast<int>(lines_of(text).size()));
      CHECK(next_b == static_cast<int>(lines.size()));
    }
  }
}
