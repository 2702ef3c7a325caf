// The workspace Answer, drawn and operated without a browser.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"
#include "ui/commands.h"
#include "ui/pane_history.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::test::Desk;

std::string sample(const std::string& name) {
  std::ifstream in(std::string(IZ_SOURCE_DIR "/tests/samples/") + name + ".hl7", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::replace(text.begin(), text.end(), '\n', '\r');
  return text;
}

const char* const fault =
    "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\"><soap:Body><soap:Fault><soap:Code>"
    "<soap:Value>soap:Sender</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">Security failure"
    "</soap:Text></soap:Reason><soap:Detail><SecurityFault xmlns=\"urn:cdc:iisb:2011\"><Code>10</Code><Reason>Security"
    "</Reason><Detail>Invalid user name, password or facility id</Detail></SecurityFault></soap:Detail></soap:Fault>"
    "</soap:Body></soap:Envelope>";

}  // namespace

TEST_CASE("message and answer find each other, whichever is first", "[ui][answer]") {
  const std::string vxu = sample("vxu-two-doses"), ack = sample("ack-errors");
  for (const auto& pastes : {std::vector<std::string>{vxu, ack}, {ack, vxu}, {vxu + "\r" + ack}, {ack + "\r" + vxu}}) {
    Desk d;
    for (const std::string& text : pastes) d.open(text);
    INFO(pastes[0].substr(0, 120));
    CHECK(d.bench.view.workspace == iz::Workspace::answer);
    CHECK(d.bench.documents().size() == 2);
    CHECK(d.bench.text() == vxu);
    CHECK(d.bench.has_sent());
    const iz::AnswerState& s = d.bench.answer();
    REQUIRE(s.shown);
    CHECK(s.pairing == iz::Pairing::matched);
    CHECK(s.outcome.happened == iz::Happened::partial);
    REQUIRE(s.outcome.doses.size() == 2);
    CHECK(s.outcome.doses[0].stored == iz::Stored::no);
    CHECK(s.outcome.doses[1].stored == iz::Stored::yes);
    CHECK(s.cards.size() == 2);
    CHECK(s.marks.size() == 2);
  }
}

TEST_CASE("an answer alone is read and waits for its message", "[ui][answer]") {
  Desk d;
  d.open(sample("ack-errors"));
  CHECK(d.bench.view.workspace == iz::Workspace::answer);
  CHECK_FALSE(d.bench.has_sent());
  CHECK(d.bench.answer().pairing == iz::Pairing::alone);
  CHECK(d.bench.text() == sample("ack-errors"));
  // Keys do not change what a registry has sent.
  d.key(Key::backspace);
  d.key(Key::erase);
  CHECK(d.bench.text() == sample("ack-errors"));
  // A message of somebody else does not push the answer out.
  d.open(sample("vxu-newborn"));
  CHECK(d.bench.answer().pairing == iz::Pairing::differs);
  CHECK(d.bench.answer().outcome.happened == iz::Happened::wrong_message);
  CHECK(d.bench.answer().marks.empty());
  d.open(sample("vxu-two-doses"));
  CHECK(d.bench.documents().size() == 3);
  CHECK(d.bench.answer().pairing == iz::Pairing::matched);
  CHECK(d.bench.text() == sample("vxu-two-doses"));
}

TEST_CASE("a paste at the caret: an answer goes beside the message, text goes into it", "[ui][answer]") {
  Desk d;
  d.open(sample("vxu-two-doses"));
  d.bench.set_caret(8, false);
  d.bench.paste_here(sample("ack-errors"));
  CHECK(d.bench.documents().size() == 2);
  CHECK(d.bench.text() == sample("vxu-two-doses"));
  d.bench.set_caret(9, false);
  d.bench.paste_here("X");
  CHECK(d.bench.text().substr(0, 11) == "MSH|^~\\&|XA");
  CHECK(d.bench.documents().size() == 2);
  // The same answer again is not taken twice.
  d.bench.paste(sample("ack-errors"));
  CHECK(d.bench.documents().size() == 2);
}

TEST_CASE("what is no HL7 is an answer when it is meant as one", "[ui][answer]") {
  Desk d;
  d.open(sample("vxu-two-doses"));
  d.open(fault);
  CHECK(d.bench.view.workspace == iz::Workspace::answer);
  CHECK(d.bench.answer().text == fault);
  CHECK(d.bench.answer().outcome.happened == iz::Happened::auth_failure);
  CHECK(d.bench.answer().pairing == iz::Pairing::unnamed);
  d.bench.paste_answer("SUCCESS");
  d.frames();
  CHECK(d.bench.answer().text == "SUCCESS");
  CHECK(d.bench.answer().outcome.happened == iz::Happened::not_an_ack);
  CHECK(d.bench.answers().size() == 2);
  d.bench.open_answer(d.bench.answers()[0]);
  CHECK(d.bench.answer().text == fault);
}

TEST_CASE("errors and their places lead to each other", "[ui][answer]") {
  Desk d;
  d.open(sample("vxu-two-doses"));
  d.open(sample("ack-errors"));
  d.frames(4);
  CHECK(d.bench.view.card == 0);
  CHECK(d.bench.selected_text() == "03");
  d.key(Key::f8);
  CHECK(d.bench.view.card == 1);
  CHECK(d.bench.selected_text() == "97999");
  // By pointer: a click on the first card.
  d.click(1200, 380);
  CHECK(d.bench.view.card == 0);
  CHECK(d.bench.selected_text() == "03");
  // From the text to the card.
  d.bench.set_caret(static_cast<uint32_t>(d.bench.text().find("|03^MMR") + 2), false);
  CHECK(d.bench.view.card == 0);
  d.bench.set_caret(0, false);
  CHECK(d.bench.view.card == -1);
  // By keyboard alone: F6 to the answer, down, Enter to the place.
  d.key(Key::escape);
  d.key(Key::f6);
  REQUIRE(d.bench.view.focus == iz::Pane::side);
  d.key(Key::down);
  d.key(Key::down);
  CHECK(d.bench.view.card == 1);
  d.key(Key::enter);
  CHECK(d.bench.view.focus == iz::Pane::editor);
  CHECK(d.bench.selected_text() == "97999");
  d.key(Key::f6);
  d.key(Key::right);
  CHECK(d.bench.view.answer_tab == iz::AnswerTab::segments);
  d.frames();
  d.key(Key::right);
  CHECK(d.bench.view.answer_tab == iz::AnswerTab::reasons);
  d.frames();
  d.key(Key::f9);
  CHECK(d.bench.view.workspace == iz::Workspace::analyse);
  d.key(Key::f9);
  CHECK(d.bench.view.workspace == iz::Workspace::answer);
  // A change of the message is judged at once.
  d.screen.type("X");
  CHECK(d.bench.answer().shown);
}

TEST_CASE("the answer is seen before the message is sent", "[ui][answer]") {
  Desk d;
  d.open(iz::test::example_messages()[0].text);
  REQUIRE(d.bench.can_predict());
  d.click(980, 853);  // "See the answer" under the problems
  CHECK(d.bench.view.workspace == iz::Workspace::answer);
  REQUIRE(d.bench.answer().shown);
  CHECK(d.bench.answer().predicted);
  CHECK(d.bench.answer_document() == -1);
  CHECK(d.bench.answer().message.get("MSA", 2) == d.bench.message().get("MSH", 10));
  CHECK(d.bench.answer().outcome.happened == d.bench.prediction().outcome.happened);
  // A real answer takes its place.
  d.open(iz::test::example_messages()[3].text);
  CHECK_FALSE(d.bench.answer().predicted);
}

TEST_CASE("history, forecast and candidates", "[ui][answer]") {
  Desk d;
  d.open(sample("rsp-z42"));
  d.frames(4);
  REQUIRE(d.bench.answer().has_history());
  CHECK(d.bench.answer().query.history.size() == 1);
  d.click(300, 250);  // the first dose of the table
  CHECK(d.bench.view.dose == 0);
  CHECK(iz::to_string(d.bench.selection().path) == "RXA[1]");
  d.click(1300, 70);  // Table as CSV
  const iz::Requests r = d.screen.take_requests();
  CHECK(r.file.ends_with(".csv"));
  CHECK(r.content.find("MMR") != std::string::npos);
  Desk e;
  e.open(sample("rsp-z31"));
  e.frames(4);
  CHECK(e.bench.answer().has_candidates());
}

TEST_CASE("an answer with very many errors is drawn", "[ui][answer]") {
  Desk d;
  d.open(sample("vxu-two-doses"));
  std::string ack = sample("ack-errors");
  for (int i = 0; i < 10000; ++i) ack += "ERR||RXA^" + std::to_string(i) + "^5|101|E|||n" + std::to_string(i) + "\r";
  d.open(ack);
  d.frames(3);
  CHECK(d.bench.answer().outcome.errors.size() > 9000);
  d.key(Key::f8, false, true);
  d.frames(2);
}

TEST_CASE("the history has a filter", "[ui][answer][pictures]") {
  Desk d;
  d.open(sample("rsp-z32"));
  REQUIRE(d.bench.answer().has_history());
  const auto& history = d.bench.answer().query.history;
  REQUIRE(history.size() > 1);
  CHECK(iz::listed_doses(d.bench).size() == history.size());
  iz::Requests requests;
  iz::run(iz::command("history.filter"), d.bench, requests);
  CHECK(d.bench.view.field == "history");
  d.frames();
  d.screen.type(history[1].vaccine);
  d.frames();
  const std::vector<uint32_t> listed = iz::listed_doses(d.bench);
  REQUIRE_FALSE(listed.empty());
  CHECK(listed.size() < history.size());
  for (const uint32_t i : listed) CHECK(history[i].vaccine == history[1].vaccine);
  iz::test::check_picture("answer-history-filter", d.frames());
  // The arrows go through what is listed.
  d.key(Key::down);
  CHECK(d.bench.view.field.empty());
  d.key(Key::down);
  CHECK(d.bench.view.dose == static_cast<int>(listed[0]));
  d.bench.view.open_field("history");
  d.bench.view.write_field("no such vaccine");
  d.frames();
  CHECK(iz::listed_doses(d.bench).empty());
  iz::test::check_picture("answer-history-filter-none", d.frames());
  d.key(Key::escape);
  CHECK(iz::listed_doses(d.bench).size() == history.size());
  // It is a filter of this answer, not of the next one.
  d.bench.view.write_field("no such vaccine");
  d.open(sample("rsp-z31"));
  CHECK(iz::listed_doses(d.bench).size() == d.bench.answer().query.history.size());
}

TEST_CASE("pictures of answers", "[ui][pictures]") {
  struct Picture {
    const char* name;
    std::vector<std::string> pastes;
  };
  const Picture pictures[] = {
      {"partial", {sample("vxu-two-doses"), sample("ack-errors")}},
      {"accepted", {sample("vxu-two-doses"), sample("ack-accepted")}},
      {"alone", {sample("ack-errors")}},
      {"mismatch", {sample("vxu-newborn"), sample("ack-errors")}},
      {"fault", {sample("vxu-two-doses"), fault}},
      {"z42", {sample("qbp-z44"), sample("rsp-z42")}},
      {"z31", {sample("qbp-z34"), sample("rsp-z31")}},
  };
  struct Shot {
    const char* name;
    int width, height;
    iz::ThemeChoice theme;
  };
  for (const Picture& p : pictures) {
    for (const Shot& shot :
         {Shot{"light", 1600, 900, iz::ThemeChoice::light}, Shot{"dark", 1600, 900, iz::ThemeChoice::dark},
          Shot{"medium", 1100, 800, iz::ThemeChoice::light}, Shot{"narrow", 400, 860, iz::ThemeChoice::light}}) {
      Desk d(shot.width, shot.height);
      d.bench.view.theme = shot.theme;
      for (const std::string& text : p.pastes) d.open(text);
      d.frames(6);
      CHECK(d.bench.view.workspace == iz::Workspace::answer);
      iz::test::check_picture("answer-" + std::string(p.name) + "-" + shot.name, d.frames());
    }
  }
}
