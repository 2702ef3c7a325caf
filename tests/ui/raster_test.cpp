// Pixels of the rasteriser, from draw lists made by hand.
#include "ui/raster.h"

#include <catch_amalgamated.hpp>

#include "imgui_internal.h"

namespace {

constexpr ImU32 white = IM_COL32(255, 255, 255, 255), red = IM_COL32(255, 0, 0, 255);

/// A draw list without fonts, drawn into a small image.
class Canvas {
 public:
  Canvas(int width, int height) : list(&shared_), image_(width, height) {
    shared_.ClipRectFullscreen = {0, 0, static_cast<float>(width), static_cast<float>(height)};
    shared_.CurveTessellationTol = 1.25f;
    shared_.SetCircleTessellationMaxError(0.3f);
    list._ResetForNewFrame();
    list.PushClipRectFullScreen();
    list.Flags = ImDrawListFlags_AntiAliasedFill | ImDrawListFlags_AntiAliasedLines | ImDrawListFlags_AllowVtxOffset;
  }
  const iz::Image& draw() {
    ImDrawData data;
    data.Valid = true;
    data.DisplaySize = {static_cast<float>(image_.width), static_cast<float>(image_.height)};
    data.AddDrawList(&list);
    iz::draw(data, image_, white);
    return image_;
  }

 private:
  ImDrawListSharedData shared_;

 public:
  ImDrawList list;

 private:
  iz::Image image_;
};

}  // namespace

TEST_CASE("a rectangle covers its pixels and no others", "[ui][raster]") {
  Canvas c(10, 10);
  c.list.AddRectFilled({2, 3}, {5, 7}, red);
  const iz::Image& image = c.draw();
  for (int y = 0; y < 10; ++y) {
    for (int x = 0; x < 10; ++x) CHECK(image.at(x, y) == (x >= 2 && x < 5 && y >= 3 && y < 7 ? red : white));
  }
}

TEST_CASE("half coverage blends exactly", "[ui][raster]") {
  Canvas c(4, 4);
  c.list.AddRectFilled({0, 0}, {4, 4}, IM_COL32(0, 0, 0, 128));
  CHECK(c.draw().at(1, 1) == IM_COL32(127, 127, 127, 255));
}

TEST_CASE("nothing is drawn outside the clip rectangle or the image", "[ui][raster]") {
  Canvas c(8, 8);
  c.list.PushClipRect({2, 2}, {4, 4});
  c.list.AddRectFilled({-100, -100}, {100, 100}, red);
  c.list.AddTriangleFilled({-50, -50}, {500, 3}, {-50, 500}, red);
  c.list.PopClipRect();
  const iz::Image& image = c.draw();
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) CHECK(image.at(x, y) == (x >= 2 && x < 4 && y >= 2 && y < 4 ? red : white));
  }
}

TEST_CASE("triangles that share an edge neither overlap nor leave gaps", "[ui][raster]") {
  // See-through, so that a pixel drawn twice is darker.
  Canvas c(40, 40);
  const ImU32 veil = IM_COL32(0, 0, 0, 100);
  const ImVec2 middle = {17.3f, 21.8f};
  const ImVec2 corner[] = {{3.2f, 2.7f}, {36.1f, 5.9f}, {33.4f, 37.6f}, {1.9f, 30.2f}};
  for (int i = 0; i < 4; ++i) {
    c.list.PrimReserve(3, 3);
    for (const ImVec2& p : {middle, corner[i], corner[(i + 1) % 4]}) c.list.PrimVtx(p, {0, 0}, veil);
  }
  const iz::Image& image = c.draw();
  const uint32_t once = IM_COL32(155, 155, 155, 255);
  int covered = 0;
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 40; ++x) {
      CHECK((image.at(x, y) == white || image.at(x, y) == once));
      covered += image.at(x, y) == once;
    }
  }
  CHECK(covered > 900);
  CHECK(image.at(17, 21) == once);
}

TEST_CASE("wild numbers draw nothing and harm nothing", "[ui][raster]") {
  Canvas c(8, 8);
  const float inf = std::numeric_limits<float>::infinity(), nan = std::numeric_limits<float>::quiet_NaN();
  for (const float v : {inf, -inf, nan, 1e30f, -1e30f}) {
    for (const ImVec2& p : {ImVec2{v, 1}, ImVec2{1, v}, ImVec2{v, v}}) {
      c.list.PrimReserve(3, 3);
      c.list.PrimVtx(p, {0, 0}, red);
      c.list.PrimVtx({1, 1}, {0, 0}, red);
      c.list.PrimVtx({1, 6}, {0, 0}, red);
      c.list.PrimReserve(6, 4);
      c.list.PrimRect({1, 1}, p, red);
    }
  }
  CHECK(c.draw().width == 8);
}

TEST_CASE("a disc is round", "[ui][raster]") {
  Canvas c(40, 40);
  c.list.AddCircleFilled({20, 20}, 15, red, 64);
  const iz::Image& image = c.draw();
  CHECK(image.at(20, 20) == red);
  CHECK(image.at(20, 6) == red);
  CHECK(image.at(7, 7) == white);
  for (int i = 0; i < 40; ++i) CHECK(image.at(i, 20) == image.at(39 - i, 19));
}
