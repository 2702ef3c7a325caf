// Changes at places: what is written is read back, and nothing else changes.
#include "core/edit.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <filesystem>
#include <random>

#include "core/catalogue.h"
#include "core/check.h"
#include "tests/catalogue/sample.h"

namespace {

using iz::Edits;
using iz::Message;
using iz::Path;

Message parsed(std::string_view text) {
  Message m;
  m.parse(text);
  return m;
}

Path at(std::string_view place) {
  const auto path = iz::parse_path(place);
  REQUIRE(path);
  return *path;
}

std::string put(std::string_view text, std::string_view place, std::string_view value,
                const iz::Profile* profile = nullptr) {
  const Message m = parsed(text);
  const auto edits = put_value(m, profile, at(place), value);
  return edits ? apply_edits(text, *edits) : "nothing";
}

std::string removed(std::string_view text, std::string_view place) {
  const Message m = parsed(text);
  const auto edits = remove_place(m, at(place));
  return edits ? apply_edits(text, *edits) : "nothing";
}

std::string read(const Message& m, const Path& path) {
  const iz::Location where = locate(m, path);
  return where.found ? iz::unescape(m.value(where.span), m.delimiters()) : std::string();
}

/// Every leaf of a message: where it is and its text.
std::vector<std::pair<std::string, std::string>> leaves(const Message& m) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const iz::Segment& s : m.segments()) {
    const auto index = static_cast<uint32_t>(&s - m.segments().data());
    for (uint32_t f = 1; f <= s.field_count; ++f) {
      const iz::Element field = m.field(index, f);
      const bool header = iz::is_header(s.name) && f <= 2;
      for (uint32_t r = 1; r <= (header ? 1 : m.count(field, iz::Level::repetition)); ++r) {
        const iz::Element rep = header ? field : m.repetition(index, f, r);
        for (uint32_t c = 1; c <= (header ? 1 : m.count(rep, iz::Level::component)); ++c) {
          const iz::Element part = header ? rep : m.component(rep, c);
          for (uint32_t k = 1; k <= (header ? 1 : m.count(part, iz::Level::subcomponent)); ++k) {
            const std::string value(m.value(header ? part : m.subcomponent(part, k)));
            if (!value.empty()) out.emplace_back(to_string(Path{s.name, s.occurrence, f, r, c, k}), value);
          }
        }
      }
    }
  }
  return out;
}

const iz::Profile& z22() { return *iz::Catalogue::built_in().profile("Z22"); }

constexpr const char* kSamples[] = {"vxu-two-doses", "vxu-newborn", "vxu-refusal", "qbp-z34",
                                    "rsp-z31",       "rsp-z42",     "ack-errors"};

}  // namespace

TEST_CASE("A value goes to its place with the separators it needs", "[edit]") {
  const std::string text = "MSH|^~\\&|A\rPID|1||7^^^X^MR~8\rZZZ";
  CHECK(put(text, "PID-1", "2") == "MSH|^~\\&|A\rPID|2||7^^^X^MR~8\rZZZ");
  CHECK(put(text, "PID-2", "b") == "MSH|^~\\&|A\rPID|1|b|7^^^X^MR~8\rZZZ");
  CHECK(put(text, "PID-3[2].4", "Y") == "MSH|^~\\&|A\rPID|1||7^^^X^MR~8^^^Y\rZZZ");
  CHECK(put(text, "PID-3[2].4.2", "Y") == "MSH|^~\\&|A\rPID|1||7^^^X^MR~8^^^&Y\rZZZ");
  CHECK(put(text, "PID-3[4]", "9") == "MSH|^~\\&|A\rPID|1||7^^^X^MR~8~~9\rZZZ");
  CHECK(put(text, "PID-6[2].2", "n") == "MSH|^~\\&|A\rPID|1||7^^^X^MR~8|||~^n\rZZZ");
  CHECK(put(text, "ZZZ-2", "n") == "MSH|^~\\&|A\rPID|1||7^^^X^MR~8\rZZZ||n");
  CHECK(put(text, "MSH-5", "n") == "MSH|^~\\&|A||n\rPID|1||7^^^X^MR~8\rZZZ");
  CHECK(put(text, "MSH-2", "^~\\") == "MSH|^~\\|A\rPID|1||7^^^X^MR~8\rZZZ");
  CHECK(put("MSH|", "MSH-2", "^~\\&") == "MSH|^~\\&");
  CHECK(put("MSH|", "MSH-4", "A") == "MSH|||A");
  CHECK(put("MSH|^~\\&|A\rZZZ|1", "MSH-1", "#") == "MSH#^~\\&#A\rZZZ#1");
  CHECK(put(text, "PID-3", "") == "MSH|^~\\&|A\rPID|1||~8\rZZZ");
  CHECK(put(text, "PID-9", "") == text);
  CHECK(put(text, "PID-1", "1") == text);
  CHECK(put(text, "PID", "1") == "nothing");
}

TEST_CASE("Delimiters and line ends in a value are escaped", "[edit]") {
  CHECK(put("MSH|^~\\&|A\rPID|1", "PID-5.1", "O&N|^~\\\r\n") ==
        "MSH|^~\\&|A\rPID|1||||O\\T\\N\\F\\\\S\\\\R\\\\E\\\\X0D\\\\X0A\\");
  CHECK(put("MSH#:*%!#A\rPID#1", "PID-5.2", "a:b^c") == "MSH#:*%!#A\rPID#1####:a%S%b^c");
}

TEST_CASE("Any value at any place is read back, and all others stay as they were", "[edit]") {
  std::mt19937 random(20260218);
  const auto upto = [&](uint32_t n) { return static_cast<uint32_t>(random() % n); };
  constexpr std::string_view letters = "ab|^~\\&\r\nZ9 .\"\xC3\xA9";
  size_t inserted = 0;
  for (const char* name : kSamples) {
    const std::string text = iz::test::sample(name);
    const Message m = parsed(text);
    for (int i = 0; i < 300; ++i) {
      const iz::Segment& s = m.segments()[upto(static_cast<uint32_t>(m.segments().size()))];
      const bool header = iz::is_header(s.name);
      Path path{s.name, s.occurrence, upto(30) + (header ? 3 : 1), upto(3) + 1, upto(3) ? upto(8) + 1 : 0, 0};
      if (path.component && upto(4) == 0) path.subcomponent = upto(3) + 1;
      std::string value;
      for (uint32_t n = upto(6) + 1; n > 0; --n) value += letters[upto(static_cast<uint32_t>(letters.size()))];
      INFO(name << " " << to_string(path) << " = " << value);
      const auto edits = put_value(m, nullptr, path, value);
      REQUIRE(edits);
      const Message now = parsed(apply_edits(text, *edits));
      CHECK(read(now, path) == value);
      CHECK(now.check_consistency().empty());
      // Everything outside of the place is the same.
      const auto outside = [&](const Message& message) {
        auto all = leaves(message);
        const std::string prefix = to_string(path);
        std::erase_if(all, [&](const auto& leaf) {
          const Path p = at(leaf.first);
          return p.segment == path.segment && p.occurrence == path.occurrence && p.field == path.field &&
                 p.repetition == path.repetition && (!path.component || p.component == path.component) &&
                 (!path.subcomponent || p.subcomponent == path.subcomponent);
        });
        return all;
      };
      CHECK(outside(now) == outside(m));
      // One edit, and the text around it is the old one.
      REQUIRE(edits->size() <= 1);
      inserted += !edits->empty() && edits->front().span.begin == edits->front().span.end;
    }
  }
  CHECK(inserted > 100);
}

TEST_CASE("A missing segment is inserted where the structure has it", "[edit]") {
  const std::string text = "MSH|^~\\&|A\nPID|1\nORC|RE\nRXA|0\nOBX|1\nORC|RE\nRXA|0\nOBX|1\n";
  CHECK(put(text, "PD1-12", "N", &z22()) ==
        "MSH|^~\\&|A\nPID|1\nPD1||||||||||||N\nORC|RE\nRXA|0\nOBX|1\nORC|RE\nRXA|0\nOBX|1\n");
  CHECK(put(text, "RXR-1.2", "x&y", &z22()) ==
        "MSH|^~\\&|A\nPID|1\nORC|RE\nRXA|0\nRXR|^x\\T\\y\nOBX|1\nORC|RE\nRXA|0\nOBX|1\n");
  CHECK(put(text, "OBX[3]-1", "2", &z22()) == text + "OBX|2\n");
  CHECK(put(text, "OBX[4]-1", "2", &z22()) == "nothing");
  CHECK(put(text, "QPD-1", "2", &z22()) == "nothing");
  CHECK(put(text, "PID[2]-1", "2", nullptr) == text + "PID|2\n");
  CHECK(put("MSH|^~\\&|A", "PID-1", "1", &z22()) == "MSH|^~\\&|A\rPID|1");
  CHECK(put("MSH|^~\\&|A\r\n", "PID-1", "1", &z22()) == "MSH|^~\\&|A\r\nPID|1\r\n");
}

TEST_CASE("Segments and groups are inserted behind a place of their dose", "[edit]") {
  const std::string text = "MSH|^~\\&|A\rPID|1\rORC|RE\rRXA|0\rOBX|1\rORC|RE\rRXA|0\rOBX|1\r";
  const Message m = parsed(text);
  const auto insert = [&](std::vector<std::string> lines, int behind) {
    const auto edits = insert_segments(m, &z22(), lines, behind);
    return edits ? apply_edits(text, *edits) : "nothing";
  };
  CHECK(insert({"OBX|2"}, 3) == "MSH|^~\\&|A\rPID|1\rORC|RE\rRXA|0\rOBX|1\rOBX|2\rORC|RE\rRXA|0\rOBX|1\r");
  CHECK(insert({"RXR|x"}, 6) == "MSH|^~\\&|A\rPID|1\rORC|RE\rRXA|0\rOBX|1\rORC|RE\rRXA|0\rRXR|x\rOBX|1\r");
  CHECK(group_lines(z22(), "VXU_V04.ORDER") == std::vector<std::string>{"ORC", "RXA"});
  CHECK(group_lines(z22(), "NONE").empty());
  CHECK(insert(group_lines(z22(), "VXU_V04.ORDER"), 7) == text + "ORC\rRXA\r");
  CHECK(insert({"MSA"}, -1) == "nothing");
  const std::string dose = "ORC\rRXA\r";
  // A dose is never put into another: behind the one of the place, or last where the place is in none.
  for (const int behind : {2, 3, 4})
    CHECK(insert(group_lines(z22(), "VXU_V04.ORDER"), behind) ==
          "MSH|^~\\&|A\rPID|1\rORC|RE\rRXA|0\rOBX|1\r" + dose + "ORC|RE\rRXA|0\rOBX|1\r");
  CHECK(insert(group_lines(z22(), "VXU_V04.ORDER"), 1) == text + dose);
  // What belongs before the place goes there.
  CHECK(insert({"NK1|1"}, 6) == "MSH|^~\\&|A\rPID|1\rNK1|1\rORC|RE\rRXA|0\rOBX|1\rORC|RE\rRXA|0\rOBX|1\r");
  CHECK(insert({"SFT|v"}, 4).starts_with("MSH|^~\\&|A\rSFT|v\rPID|1\r"));
}

TEST_CASE("Observations and notes are inserted in the dose of the place", "[edit]") {
  const std::string first = "MSH|^~\\&|A\rPID|1\rORC|RE\rRXA|0\rRXR|x\r", second = "ORC|RE\rRXA|0\rRXR|y\r";
  const auto insert = [](const std::string& text, std::vector<std::string> lines, int behind) {
    const Message m = parsed(text);
    const auto edits = insert_segments(m, &z22(), lines, behind);
    return edits ? apply_edits(text, *edits) : "nothing";
  };
  // The other dose lacks what is required; it is not put there for that.
  CHECK(insert(first + "OBX|1\rOBX|2\r" + second, {"OBX|3"}, 3) == first + "OBX|1\rOBX|2\rOBX|3\r" + second);
  CHECK(insert(first + "OBX|1\rOBX|2\rOBX|3\r" + second, {"NTE|1"}, 5) ==
        first + "OBX|1\rNTE|1\rOBX|2\rOBX|3\r" + second);
  CHECK(insert(first + "OBX|1\rNTE|1\r" + second, {"OBX|2"}, 3) == first + "OBX|1\rNTE|1\rOBX|2\r" + second);
}

TEST_CASE("Segments and repetitions are removed with one separator", "[edit]") {
  const std::string text = "MSH|^~\\&|A\r\nPID|1||7^X~8~9|a^b\r\nZZZ|1";
  CHECK(removed(text, "PID") == "MSH|^~\\&|A\r\nZZZ|1");
  CHECK(removed(text, "ZZZ") == "MSH|^~\\&|A\r\nPID|1||7^X~8~9|a^b\r\n");
  CHECK(removed(text, "PID-3") == "MSH|^~\\&|A\r\nPID|1||8~9|a^b\r\nZZZ|1");
  CHECK(removed(text, "PID-3[2]") == "MSH|^~\\&|A\r\nPID|1||7^X~9|a^b\r\nZZZ|1");
  CHECK(removed(text, "PID-3[3]") == "MSH|^~\\&|A\r\nPID|1||7^X~8|a^b\r\nZZZ|1");
  CHECK(removed(text, "PID-4") == "MSH|^~\\&|A\r\nPID|1||7^X~8~9|\r\nZZZ|1");
  CHECK(removed(text, "PID-4.1") == "MSH|^~\\&|A\r\nPID|1||7^X~8~9|^b\r\nZZZ|1");
  CHECK(removed(text, "PID-3[4]") == "nothing");
  CHECK(removed(text, "MSH-1") == "nothing");
}

TEST_CASE("A message of one dose can be built again value by value", "[edit]") {
  for (const char* name : {"vxu-newborn", "vxu-refusal", "qbp-z34", "ack-errors"}) {
    const Message m = parsed(iz::test::sample(name));
    iz::Report report;
    iz::Checker(iz::Catalogue::built_in()).check(m, {}, report);
    REQUIRE(report.profile);
    Message now = parsed("MSH|^~\\&");
    for (const auto& [place, value] : leaves(m)) {
      const Path path = at(place);
      if (path.segment == iz::segment_code("MSH") && path.field <= 2) continue;
      INFO(name << " " << place);
      const auto edits = put_value(now, report.profile, path, iz::unescape(value, m.delimiters()));
      REQUIRE(edits);
      now.parse(apply_edits(now.text(), *edits));
    }
    CHECK(leaves(now) == leaves(m));
  }
}

TEST_CASE("All edits as one do the same", "[edit]") {
  const Edits edits{{{1, 2}, "xx"}, {{3, 3}, "y"}, {{4, 5}, ""}};
  CHECK(iz::apply_edits("abcdef", edits) == "axxcydf");
  const iz::Edit one = as_one("abcdef", edits);
  CHECK(one.span == iz::Span{1, 5});
  CHECK(iz::apply_edits("abcdef", {one}) == "axxcydf");
}
