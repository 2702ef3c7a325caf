// A workbench on a screen for tests: frames from the rasteriser, input as a platform gives it.
#pragma once
#include <string_view>

#include "ui/screen.h"

namespace iz::test {

struct Desk {
  iz::Workbench bench{iz::Catalogue::built_in()};
  iz::Screen screen{bench};
  int width, height;

  explicit Desk(int w = 1600, int h = 900, float ratio = 1) : width(w), height(h) {
    bench.set_as_of({2026, 2, 18});
    screen.resize(static_cast<int>(static_cast<float>(w) * ratio), static_cast<int>(static_cast<float>(h) * ratio),
                  ratio);
    bench.view.theme = iz::ThemeChoice::light;
  }
  const iz::Image& frames(int n = 3) {
    const iz::Image* image = nullptr;
    for (int i = 0; i < n; ++i) image = &screen.frame(0.016f);
    return *image;
  }
  void open(std::string_view text) {
    bench.paste(text);
    frames();
  }
  void move(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frames(2);
  }
  void press(bool down) {
    ImGui::GetIO().AddMouseButtonEvent(0, down);
    frames(2);
  }
  void click(float x, float y) {
    move(x, y);
    press(true);
    press(false);
    frames(12);  // far enough from the next click not to be a double one
  }
  bool key(Key k, bool command = false, bool shift = false) {
    const bool used = screen.key({.key = k, .command = command, .shift = shift});
    frames(2);
    return used;
  }
};

/// How many pixels of a box have a colour.
inline int count(const iz::Image& image, iz::Box box, ImU32 color) {
  int n = 0;
  for (int y = static_cast<int>(box.y0); y < static_cast<int>(box.y1); ++y) {
    for (int x = static_cast<int>(box.x0); x < static_cast<int>(box.x1); ++x) n += image.at(x, y) == color;
  }
  return n;
}

}  // namespace iz::test
