// The editor: folded doses, missing segments, places that are absent, line ends.
#include "ui/editor_rows.h"

#include <catch_amalgamated.hpp>
#include <string>

#include "tests/ui/desk.h"
#include "tests/ui/examples.h"
#include "ui/theme.h"

namespace {

using iz::Key;
using iz::test::count;
using iz::test::Desk;

struct Open : Desk {
  explicit Open(std::string_view text = iz::test::example_messages()[0].text) { open(text); }
  void go(const char* path) { bench.select_place(*iz::parse_path(path), iz::Pane::editor); }
  iz::EditorRows rows() {
    layout.build(bench.text(), bench.message().delimiters(), 100);
    iz::EditorRows out;
    out.build(bench, layout, false);
    return out;
  }
  bool alt(Key k, bool shift = false) {
    const bool used = screen.key({.key = k, .shift = shift, .alt = true});
    frames(2);
    return used;
  }
  iz::TextLayout layout;
};

constexpr std::string_view no_rxa =
    "MSH|^~\\&|BrightCharts|LPEDS||STATEIIS|20260217094512-0500||VXU^V04^VXU_V04|LP-3|P|2.5.1|||ER|AL|||||"
    "Z22^CDCPHINVS|LPEDS|STATEIIS\rPID|1||LP-88213^^^LPEDS^MR||Oakhart^Juniper^^^^^L||20250211|F\r"
    "ORC|RE||70551-1^LPEDS\r";

}  // namespace

TEST_CASE("a folded dose is one row, and every row of the text leads to a row", "[ui][editor]") {
  Open d;
  const uint32_t all = d.rows().count();
  CHECK(all == d.layout.rows().size());
  d.bench.fold_dose(1, true);
  const iz::EditorRows rows = d.rows();
  CHECK(rows.count() < all);
  uint32_t folds = 0, last = 0;
  for (uint32_t i = 0; i < rows.count(); ++i) folds += rows.at(i).kind == iz::EditorRow::Kind::fold;
  CHECK(folds == 1);
  for (uint32_t r = 0; r < d.layout.rows().size(); ++r) {
    const uint32_t index = rows.index_of(r);
    CHECK(index >= last);
    CHECK(index < rows.count());
    last = index;
    const iz::EditorRow row = rows.at(index);
    if (row.kind == iz::EditorRow::Kind::text) CHECK(row.row == r);
  }
  d.bench.fold_doses(true);
  CHECK(d.rows().count() < rows.count());
  d.bench.fold_doses(false);
  CHECK(d.rows().count() == all);
}

TEST_CASE("what is typed at a folded dose is seen", "[ui][editor]") {
  Open d;
  d.go("RXA-15");
  d.bench.fold_dose(1, true);
  d.bench.fold_dose(2, true);
  d.bench.insert("Q");
  CHECK_FALSE(d.bench.view.folded.contains(1));
  CHECK(d.bench.view.folded.contains(2));
  Open other;  // erasing, too
  other.go("RXA-15");
  other.bench.fold_dose(1, true);
  REQUIRE(other.bench.view.folded.contains(1));
  other.bench.erase_forward();
  CHECK_FALSE(other.bench.view.folded.contains(1));
}

TEST_CASE("doses fold by key and by the sign in the margin; what is current is seen", "[ui][editor]") {
  Open d;
  d.go("RXA-5");
  CHECK(d.alt(Key::up));
  CHECK(d.bench.view.folded.contains(1));
  CHECK(d.bench.dose_at(d.bench.selection().caret) == 1);  // at its begin, where the fold is
  d.key(Key::down);
  CHECK(d.bench.dose_at(d.bench.selection().caret) == 2);  // over the fold
  d.key(Key::up);
  CHECK(d.bench.view.folded.contains(1));
  CHECK(d.alt(Key::down));
  CHECK(d.bench.view.folded.empty());
  CHECK(d.alt(Key::up, true));
  CHECK(d.bench.view.folded.size() == 2);
  d.key(Key::f8);  // a problem inside
  CHECK(d.bench.selection().finding >= 0);
  CHECK(d.bench.view.folded.size() == 1);
  d.bench.fold_doses(false);
  d.frames();
  const std::string before = d.bench.text();
  d.click(9, 312);  // beside line 5, the first ORC
  CHECK(d.bench.view.folded.contains(1));
  d.click(400, 312);
  CHECK(d.bench.view.folded.empty());
  CHECK(d.bench.text() == before);
}

TEST_CASE("a missing segment has a row of its own that leads to its problem", "[ui][editor]") {
  Open d(no_rxa);
  REQUIRE_FALSE(d.bench.missing().empty());
  const iz::EditorRows rows = d.rows();
  uint32_t missing = 0, at = 0;
  for (uint32_t i = 0; i < rows.count(); ++i) {
    if (rows.at(i).kind != iz::EditorRow::Kind::missing) continue;
    ++missing;
    at = i;
  }
  CHECK(missing == d.bench.missing().size());
  const float y = 132 + 8 + 20 * static_cast<float>(at) + 10;
  CHECK(count(d.frames(), {100, y - 9, 900, y + 9}, iz::theme(iz::Palette::light).errsoft) > 1000);
  d.click(300, y);
  CHECK(d.bench.selection().finding == static_cast<int>(rows.at(at).finding));
  CHECK(d.bench.view.side == iz::SideTab::explain);
  // Moving goes past it.
  d.key(Key::end, true);
  d.key(Key::up);
  d.key(Key::down);
  CHECK(d.bench.text() == no_rxa);
}

TEST_CASE("what is typed at an absent place brings its separators", "[ui][editor]") {
  Open d;
  d.go("RXR-4");
  CHECK(d.bench.at_absent());
  const iz::Box caret = d.screen.caret();
  d.frames();
  CHECK(d.screen.caret().width() > 0);
  CHECK(count(d.frames(), {caret.x0 + 8, caret.y0, caret.x0 + 40, caret.y1}, iz::theme(iz::Palette::light).asoft) >= 0);
  const std::string before = d.bench.text();
  d.screen.type("I");
  d.screen.type("M");
  CHECK(d.bench.message().get("RXR", 4) == "IM");
  CHECK(d.bench.text().find("HL70163||IM\r") != std::string::npos);
  d.key(Key::z, true);
  CHECK(d.bench.text() == before);  // one step
  // A component, and what an input method composes.
  d.go("RXR-1.4");
  CHECK_FALSE(d.bench.replace({d.bench.selection().caret, d.bench.selection().caret}, "x", true));
  d.bench.replace({d.bench.selection().caret - 2, d.bench.selection().caret - 1}, "y", true);
  CHECK(d.bench.message().get("RXR", 1, 4) == "y");
  d.go("RXR-2");
  CHECK_FALSE(d.bench.at_absent());
}

TEST_CASE("an empty field that is the current place is boxed", "[ui][editor]") {
  Open d;
  d.go("RXA-4");
  const iz::Image& image = d.frames();
  const iz::Box caret = d.screen.caret();
  CHECK(count(image, {caret.x0 - 6, caret.y0 - 2, caret.x1 + 6, caret.y1 + 2}, iz::theme(iz::Palette::light).accent) >
        40);
}

TEST_CASE("line ends that are not the usual ones are shown", "[ui][editor]") {
  std::string text(iz::test::example_messages()[0].text);
  // How many pixels behind the end of the third line (PD1) have ink.
  const auto ink = [](std::string_view message) {
    Desk d;
    d.bench.paste(message, iz::InputKind::bytes);
    const iz::Theme& t = iz::theme(iz::Palette::light);
    return 60 * 18 - count(d.frames(), {800, 241, 860, 259}, t.panel);
  };
  CHECK(ink(text) == 0);
  text.replace(text.find("\rNK1"), 1, "\n");
  CHECK(ink(text) > 20);
}

TEST_CASE("Ctrl+I shows what stands at the caret", "[ui][editor]") {
  Open d;
  d.go("RXA-5.1");
  const std::vector<uint32_t> without = d.frames().pixels;
  CHECK(d.key(Key::i, true));
  d.frames();
  CHECK((d.frames().pixels != without));
  CHECK(d.key(Key::escape));
  d.frames(4);
  CHECK((d.frames().pixels == without));
}
