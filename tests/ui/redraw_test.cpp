// Drawing only what changed gives the pixels of a full drawing, always.
#include <catch_amalgamated.hpp>
#include <random>
#include <string>

#include "imgui_internal.h"
#include "tests/ui/desk.h"
#include "tests/ui/examples.h"

namespace {

using iz::Key;
using iz::test::Desk;

/// The last frame, drawn whole.
iz::Image whole() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  iz::Image image(static_cast<int>(size.x), static_cast<int>(size.y));
  iz::draw(*ImGui::GetDrawData(), image, iz::theme().bg);
  return image;
}

size_t changed_pixels(const Desk& desk) {
  size_t n = 0;
  for (const iz::PixelRect& r : desk.screen.changed()) {
    n += static_cast<size_t>(r.x1 - r.x0) * static_cast<size_t>(r.y1 - r.y0);
  }
  return n;
}

}  // namespace

TEST_CASE("a frame that redraws only what changed has the pixels of a whole one", "[ui][redraw]") {
  std::mt19937 random(20260218);
  const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  for (const float ratio : {1.0f, 1.25f, 2.0f}) {
    Desk desk(1300, 700, ratio);
    desk.open(iz::test::example_messages()[0].text);
    const auto device = [&](int below) { return static_cast<float>(number(below)) * ratio; };
    const Key keys[] = {Key::left, Key::right, Key::up, Key::down, Key::home,  Key::end,   Key::page_down,
                        Key::f8,   Key::f6,    Key::f2, Key::f1,   Key::enter, Key::erase, Key::backspace};
    size_t partial = 0;
    for (int step = 0; step < 60; ++step) {
      ImGuiIO& io = ImGui::GetIO();
      switch (number(8)) {
        case 0:
          desk.screen.key({.key = keys[number(14)], .command = number(4) == 0, .shift = number(3) == 0});
          break;
        case 1:
          desk.screen.type(std::string(1, static_cast<char>('!' + number(90))));
          break;
        case 2:
          io.AddMousePosEvent(device(1300), device(700));
          break;
        case 3:
          io.AddMouseButtonEvent(0, number(2) == 0);
          break;
        case 4:
          io.AddMouseWheelEvent(0, static_cast<float>(number(5) - 2));
          break;
        case 5:
          desk.bench.view.theme = static_cast<iz::ThemeChoice>(1 + number(3));
          break;
        case 6:
          desk.screen.type("\xc3\xa9\xce\xa9\xd0\x96");
          break;
        default:
          break;
      }
      const iz::Image& image = desk.screen.frame(0.1f);
      partial += changed_pixels(desk) < image.pixels.size();
      INFO("step " << step << " at ratio " << ratio);
      REQUIRE((image.pixels == whole().pixels));
    }
    CHECK(partial > 30);
  }
}

TEST_CASE("an idle frame draws nothing, typing draws a small part", "[ui][redraw]") {
  Desk desk(1600, 900);
  desk.open(iz::test::example_messages()[0].text);
  desk.frames(5);
  CHECK(desk.screen.changed().empty());
  desk.screen.frame(0.016f);
  desk.screen.forget_picture();
  desk.screen.frame(0.016f);
  REQUIRE(desk.screen.changed().size() == 1);
  CHECK(changed_pixels(desk) == size_t{1600} * 900);
  desk.screen.key({.key = Key::right});
  desk.screen.frame(0.016f);
  CHECK(changed_pixels(desk) > 0);
  CHECK(changed_pixels(desk) < size_t{1600} * 900 / 2);
}
