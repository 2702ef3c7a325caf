#include "ui/workbench.h"

#include <catch_amalgamated.hpp>
#include <random>
#include <string>

#include "tests/ui/examples.h"

namespace {

iz::Workbench& fresh(std::unique_ptr<iz::Workbench>& keep) {
  keep = std::make_unique<iz::Workbench>(iz::Catalogue::built_in());
  keep->set_as_of({2026, 2, 18});
  return *keep;
}

const std::string& faulty() {
  static const std::string text(iz::test::example_messages()[0].text);
  return text;
}

int finding_at(const iz::Workbench& w, std::string_view place) {
  for (const iz::Shown& s : w.folded().shown) {
    if (iz::place(w.catalogue(), w.report(), w.report().findings[s.finding]) == place)
      return static_cast<int>(s.finding);
  }
  return -1;
}

}  // namespace

TEST_CASE("the examples find what they promise", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(iz::test::example_messages()[0].text);
  CHECK(w.folded().errors == 2);
  w.paste(iz::test::example_messages()[1].text);
  CHECK(w.folded().errors == 0);
  CHECK(w.summary().doses.size() == 2);
  w.paste(iz::test::example_messages()[2].text);
  CHECK(w.folded().errors == 0);
  CHECK(w.summary().doses.size() == 2);
  // An answer goes beside the message that is there.
  w.paste(iz::test::example_messages()[3].text);
  CHECK(w.documents().size() == 2);
  w.clear();
  w.paste(iz::test::example_messages()[3].text);
  REQUIRE(w.report().profile != nullptr);
  CHECK(w.report().profile->id == "Z23");
}

TEST_CASE("find, go there, mend by typing, gone, undo brings it back", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty());
  CHECK(w.text() == faulty());
  const int finding = finding_at(w, "RXA[1]-7[1].1");
  REQUIRE(finding >= 0);
  w.select_finding(finding, iz::Pane::problems);
  CHECK(w.selected_text() == "ML");
  CHECK(w.view.side == iz::SideTab::explain);
  w.insert("m");
  w.insert("L");
  CHECK(finding_at(w, "RXA[1]-7[1].1") == -1);
  CHECK(w.message().get("RXA", 7, 1) == "mL");
  CHECK(w.selection().path == *iz::parse_path("RXA-7.1"));
  w.undo();
  CHECK(w.text() == faulty());
  CHECK(w.selected_text() == "ML");
  CHECK(finding_at(w, "RXA[1]-7[1].1") >= 0);
  w.redo();
  CHECK(w.message().get("RXA", 7, 1) == "mL");
}

TEST_CASE("what an input method composes is one step of undo", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste("MSH|^~\\&|A");
  w.replace({9, 9}, "\xc2\xb4", true);
  w.replace({9, 11}, "\xc3\xa9", true);
  CHECK(w.text() ==
        "MSH|^~\\&|\xc3\xa9"
        "A");
  w.undo();
  CHECK(w.text() == "MSH|^~\\&|A");
  w.redo();
  CHECK(w.text() ==
        "MSH|^~\\&|\xc3\xa9"
        "A");
}

TEST_CASE("a paste of everything is one step of undo", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  CHECK(w.empty());
  w.paste(faulty());
  w.paste("MSH|^~\\&|A\rPID|1");
  CHECK(w.text() == "MSH|^~\\&|A\rPID|1");
  w.undo();
  CHECK(w.text() == faulty());
  w.undo();
  CHECK(w.empty());
  w.redo();
  CHECK(w.text() == faulty());
}

TEST_CASE("several messages become several documents", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty() + std::string(iz::test::example_messages()[1].text));
  REQUIRE(w.documents().size() == 2);
  CHECK(w.documents()[0].worst == iz::Severity::error);
  CHECK(w.documents()[1].control_id == "LP-20260217-0413");
  CHECK(w.documents()[1].worst != iz::Severity::error);
  w.open_document(1);
  CHECK(w.folded().errors == 0);
  w.edit({0, 0}, "x");
  w.open_document(0);
  CHECK(w.text() == faulty());
  w.undo();  // of the other document: it comes to the front
  CHECK(w.current() == 1);
  CHECK(w.text().starts_with("MSH"));
  w.close_document();
  CHECK(w.documents().size() == 1);
  w.undo();
  CHECK(w.documents().size() == 2);
}

TEST_CASE("what is typed takes the document's line ends", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  for (const std::string end : {"\r", "\n", "\r\n"}) {
    w.paste("MSH|^~\\&|A" + end + "PID|1");
    CHECK(w.line_end() == end);
    w.set_caret(static_cast<uint32_t>(w.text().size()), false);
    w.insert("\nNK1|1\r\nORC|RE");
    CHECK(w.text() == "MSH|^~\\&|A" + end + "PID|1" + end + "NK1|1" + end + "ORC|RE");
  }
}

TEST_CASE("backspace and delete take a whole character", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste("MSH|^~\\&|\xc3\xa9|e\xcc\x81\r\nPID|1");
  const auto end = static_cast<uint32_t>(w.text().find("\r\n"));
  w.set_caret(end, false);
  w.erase_forward();
  CHECK(w.text() == "MSH|^~\\&|\xc3\xa9|e\xcc\x81PID|1");
  w.undo();
  w.set_caret(end, false);
  w.erase_back();
  CHECK(w.text() == "MSH|^~\\&|\xc3\xa9|\r\nPID|1");
  w.erase_back();
  w.erase_back();
  CHECK(w.text() == "MSH|^~\\&|\r\nPID|1");
}

TEST_CASE("the caret names the place", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty());
  const auto at = static_cast<uint32_t>(w.text().find("|ML^") + 1);
  w.set_caret(at, false);
  CHECK(iz::to_string(w.selection().path) == "RXA[1]-7[1].1");
  CHECK(w.message().value(w.selection().span) == "ML");
  CHECK(w.selection().finding == finding_at(w, "RXA[1]-7[1].1"));
  w.set_caret(at + 2, false);  // behind the value is at the value
  CHECK(w.selection().finding == finding_at(w, "RXA[1]-7[1].1"));
  CHECK(w.dose_at(at) == 1);
  w.select_place(*iz::parse_path("PID-8"), iz::Pane::tree);
  CHECK(w.selected_text() == "F");
  CHECK(w.selection().finding == -1);
  w.select_place(*iz::parse_path("PID-30"), iz::Pane::tree);  // absent
  CHECK(w.selected_text().empty());
}

TEST_CASE("an answer that reports errors is not shown as fine", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  const std::string head =
      "MSH|^~\\&|A|B|C|D|20260217094514-0500||ACK^V04^ACK|7|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\rMSA|";
  w.paste(head + "AA|1\r");
  CHECK(w.documents()[0].checked);
  w.clear();
  w.paste(head + "AE|1\r");
  REQUIRE(w.report().profile != nullptr);
  CHECK_FALSE(w.documents()[0].checked);
}

TEST_CASE("typing at the end of a line does not choose a field that is missing there", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste("MSH|^~\\&|A|B|C|D|20260217094514-0500||VXU^V04^VXU_V04|7|P|2.5.1|||ER|\rPID|1\r");
  const int missing = finding_at(w, "MSH[1]-21[1]");
  REQUIRE(missing >= 0);
  w.set_caret(static_cast<uint32_t>(w.text().find('\r')), false);
  w.insert("AL");
  CHECK(w.selection().path == *iz::parse_path("MSH-16"));
  CHECK(w.selection().finding == -1);
  w.step_problem(1, iz::Pane::editor);
  CHECK(w.selection().path == *iz::parse_path("MSH-21"));
}

TEST_CASE("F8 goes round in message order, from the caret", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty());
  const auto& shown = w.folded().shown;
  REQUIRE(shown.size() >= 2);
  for (size_t i = 0; i <= shown.size(); ++i) {
    w.step_problem(1, iz::Pane::side);
    CHECK(w.selection().finding == static_cast<int>(shown[i % shown.size()].finding));
  }
  w.step_problem(-1, iz::Pane::side);
  CHECK(w.selection().finding == static_cast<int>(shown.back().finding));
  // Behind the first fault, the next is the second.
  w.set_caret(static_cast<uint32_t>(w.text().find("|UCUM") == std::string::npos ? w.text().find("UCUM") + 6 : 0),
              false);
  w.step_problem(1, iz::Pane::side);
  CHECK(w.selection().finding == static_cast<int>(shown[1].finding));
  w.view.show[0] = false;  // errors left out of the list are left out of the way too
  const int before = w.selection().finding;
  w.step_problem(1, iz::Pane::side);
  for (const iz::Shown& s : shown) {
    if (w.report().findings[s.finding].severity != iz::Severity::error) return;
  }
  CHECK(w.selection().finding == before);
}

TEST_CASE("every finding that is shown can be gone to and is marked", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  for (const iz::test::ExampleMessage& e : iz::test::example_messages()) {
    std::string text(e.text);
    text.replace(text.find("PID|") == std::string::npos ? 0 : text.find("PID|"), 3, "QQQ");
    w.paste(text);
    CHECK(w.marks().size() == w.folded().shown.size());
    for (const iz::Mark& m : w.marks()) {
      CHECK(m.span.begin < m.span.end);
      CHECK(m.span.end <= w.text().size());
    }
    for (const iz::Shown& s : w.folded().shown) {
      w.select_finding(static_cast<int>(s.finding), iz::Pane::problems);
      CHECK(w.selection().finding == static_cast<int>(s.finding));
      CHECK(w.selection().caret <= w.text().size());
    }
  }
  w.select_finding(-1, iz::Pane::problems);
  w.select_finding(1 << 20, iz::Pane::problems);
}

TEST_CASE("undo undoes any edits", "[ui][workbench]") {
  std::mt19937 random(3);
  const std::string alphabet = "|^~\\&\r\nMSHPID1\xc3\xa9\xff";
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  for (int round = 0; round < 30; ++round) {
    w.paste(round % 2 ? faulty() : "MSH|^~\\&|A\rPID|1||x");
    std::vector<std::string> states = {w.text()};
    int steps = 0;
    for (int i = 0; i < 25; ++i) {
      const auto size = static_cast<uint32_t>(w.text().size());
      std::string piece;
      for (auto n = random() % 4; n > 0; --n) piece += alphabet[random() % alphabet.size()];
      uint32_t a = size ? static_cast<uint32_t>(random() % size) : 0,
               b = std::min(size, a + static_cast<uint32_t>(random() % 9));
      switch (random() % 4) {
        case 0:
          w.edit({a, b}, piece);
          break;
        case 1:
          w.set_caret(a, false);
          w.erase_back();
          break;
        case 2:
          w.select_range(a, b);
          w.insert(piece);
          break;
        default:
          w.set_caret(b, false);
          w.erase_forward();
      }
      REQUIRE(w.message().text() == w.text());
      REQUIRE(w.selection().caret <= w.text().size());
      if (w.text() != states.back()) {
        states.push_back(w.text());
        ++steps;
      }
    }
    const std::string last = w.text();
    for (int guard = 0; w.text() != states.front() && guard < 100; ++guard) w.undo();
    CHECK(w.text() == states.front());
    for (int guard = 0; w.can_redo() && guard < 100; ++guard) w.redo();
    CHECK(w.text() == last);
  }
}

TEST_CASE("any bytes are a text", "[ui][workbench]") {
  std::mt19937 random(5);
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    const auto size = random() % 300;
    for (size_t i = 0; i < size; ++i) text += static_cast<char>(random() & 0xff);
    w.paste(text, iz::InputKind::bytes);
    for (uint32_t at = 0; at <= w.text().size(); at += 7) w.set_caret(at, false);
    w.step_problem(1, iz::Pane::side);
    w.copy_text();
  }
}

TEST_CASE("what kind of sender is checked, too", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty());
  const auto of_pharmacy = [&] {
    return std::count_if(w.report().findings.begin(), w.report().findings.end(),
                         [&](const iz::Finding& f) { return w.catalogue().rules[f.rule].id.starts_with("pharmacy-"); });
  };
  CHECK(of_pharmacy() == 0);
  w.set_sender(iz::Sender::pharmacy);
  CHECK(of_pharmacy() > 0);
  w.set_profile({});
  CHECK(of_pharmacy() > 0);
  w.set_sender(iz::Sender::any);
  CHECK(of_pharmacy() == 0);
}

TEST_CASE("a problem for an email has nothing of what was sent but the number of the message", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  std::string text = faulty();
  text.replace(text.find("Juniper"), 7, "TEST");  // a name that is found fault with
  w.paste(text);
  CHECK(w.problem_mail().empty());
  size_t mails = 0;
  for (size_t i = 0; i < w.folded().shown.size(); ++i) {
    w.select_finding(static_cast<int>(w.folded().shown[i].finding), iz::Pane::problems);
    const std::string mail = w.problem_mail();
    INFO(mail);
    CHECK(mail.starts_with("In message LP-20260217-0412 at "));
    CHECK(mail.find(w.catalogue().rules[w.report().findings[w.folded().shown[i].finding].rule].id) !=
          std::string::npos);
    CHECK(mail.find('{') == std::string::npos);
    for (const char* value : {"ML", "TEST", "Oakhart", "Vellane", "20250211"})
      CHECK(mail.find(value) == std::string::npos);
    ++mails;
  }
  CHECK(mails > 1);
}

TEST_CASE("what is copied", "[ui][workbench]") {
  std::unique_ptr<iz::Workbench> keep;
  iz::Workbench& w = fresh(keep);
  w.paste(faulty());
  w.select_range(0, 3);
  CHECK(w.copy_text() == "MSH");
  w.select_finding(finding_at(w, "RXA[1]-7[1].1"), iz::Pane::problems);
  CHECK(w.copy_text() == "ML");
  w.view.focus = iz::Pane::problems;
  CHECK(w.copy_text().find("RXA[1]-7[1].1") != std::string::npos);
}
