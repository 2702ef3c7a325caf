// Pictures of the editor's states, for people to look at: build/pictures.
#include <catch_amalgamated.hpp>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "tests/ui/picture.h"

using iz::Key;
using iz::test::Desk;

TEST_CASE("pictures of the editor", "[ui][pictures]") {
  struct State {
    const char* name;
    std::function<void(Desk&)> make;
  };
  const auto at = [](Desk& d, const char* path) { d.bench.select_place(*iz::parse_path(path), iz::Pane::editor); };
  const State states[] = {
      {"find",
       [](Desk& d) {
         d.key(Key::f, true);
         d.screen.type("lpeds");
         d.key(Key::enter);
       }},
      {"find-none",
       [](Desk& d) {
         d.key(Key::f, true);
         d.screen.type("measles, live");
       }},
      {"go",
       [](Desk& d) {
         d.key(Key::g, true);
         d.screen.type("rxa[2]-5");
       }},
      {"complete",
       [at](Desk& d) {
         at(d, "RXA-5");
         d.bench.insert("");
         d.screen.type("v");
         d.screen.type("a");
       }},
      {"absent", [at](Desk& d) { at(d, "RXR-4"); }},
      {"empty-field", [at](Desk& d) { at(d, "RXA-4"); }},
      {"detail",
       [at](Desk& d) {
         at(d, "RXA-5");
         d.key(Key::i, true);
       }},
      {"hover",
       [](Desk& d) {
         d.move(d.width < 900 ? 150.0f : 330.0f, 170);
         d.frames(30);  // until the pointer has rested
       }},
      {"folded", [](Desk& d) { d.bench.fold_dose(1, true); }},
      {"missing",
       [](Desk& d) {
         d.bench.paste(
             "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-3|P|2.5.1|||ER|AL|||||"
             "Z22^CDCPHINVS|LPEDS|STATEIIS\rPID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper^^^^^L||20250211|F\r"
             "ORC|RE||70551-1^LPEDS\r");
       }},
      {"form",
       [at](Desk& d) {
         at(d, "RXA-5");
         d.key(Key::f2);
       }},
      {"form-parts",
       [at](Desk& d) {
         at(d, "PID-5.2");
         d.key(Key::f2);
       }},
      {"form-picker",
       [at](Desk& d) {
         at(d, "RXA-5");
         d.key(Key::f2);
         d.screen.type("vari");
       }},
      {"form-calendar",
       [at](Desk& d) {
         at(d, "PID-7");
         d.key(Key::f2);
         d.key(Key::space, true);
       }},
      {"form-wrong",
       [at](Desk& d) {
         at(d, "RXA-7");
         d.key(Key::f2);
       }},
      {"fix-explain", [](Desk& d) { d.key(Key::f8); }},
      {"fix-menu",
       [](Desk& d) {
         d.key(Key::f8);
         d.key(Key::period, true);
       }},
      {"fix-plan", [](Desk& d) { d.bench.plan_fixes(); }},
      {"clean",
       [](Desk& d) {
         std::ifstream in(IZ_SOURCE_DIR "/tests/samples/vxu-two-doses.hl7", std::ios::binary);
         d.open(std::string(std::istreambuf_iterator<char>(in), {}));
         CHECK(d.bench.folded().shown.empty());
       }},
      {"line-ends",
       [](Desk& d) {
         std::string text(iz::test::example_messages()[0].text);
         text.replace(text.find("\rPID"), 1, "\r\n");
         text.replace(text.find("\rNK1"), 1, "\n");
         text.insert(text.find("Oakhart"), "\x0b");
         d.bench.paste(text, iz::InputKind::bytes);
         const size_t odd = d.bench.text().find('\x0b');
         if (odd != std::string::npos) d.bench.set_caret(static_cast<uint32_t>(odd), false);
       }},
  };
  struct Look {
    const char* name;
    int width, height;
    iz::ThemeChoice theme;
  };
  const Look looks[] = {{"light", 1600, 900, iz::ThemeChoice::light},
                        {"dark", 1600, 900, iz::ThemeChoice::dark},
                        {"narrow", 400, 860, iz::ThemeChoice::light}};
  for (const State& state : states) {
    for (const Look& look : looks) {
      Desk d(look.width, look.height);
      d.bench.view.theme = look.theme;
      d.open(iz::test::example_messages()[0].text);
      state.make(d);
      iz::test::check_picture(std::string("editor-") + state.name + "-" + look.name, d.frames(6));
    }
  }
}
