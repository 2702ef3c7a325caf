// Draws what Dear ImGui asks for into plain memory, without a GPU: the same pixels on every
// machine.
//
//     iz::Image image(1600, 900);
//     iz::draw(*ImGui::GetDrawData(), image, IM_COL32(255, 255, 255, 255));
//
//     iz::Redraw redraw;                           // keeps what the last frame drew
//     for (const iz::PixelRect& r : redraw.draw(data, image, clear)) blit(image, r);
//
// This is the one seam to a renderer. `Redraw` gives the pixels of `draw`, exactly, and touches only those tiles whose
// drawing differs from the last frame's: a pixel depends on the primitives over it and on nothing else. Textures are read where Dear ImGui keeps them
// (ImGuiBackendFlags_RendererHasTextures); glyphs are sampled at pixel centres, so a font that is
// baked with horizontal oversampling gives exact coverage at sub-pixel positions. Triangles are
// filled without gaps or double cover.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "imgui.h"

namespace iz {

/// Pixels, four bytes each (red, green, blue, alpha), rows from the top; as a browser's ImageData
/// wants them.
struct Image {
  int width = 0, height = 0;
  std::vector<uint32_t> pixels;

  Image() = default;
  Image(int w, int h) { resize(w, h); }
  /// Keeps its memory; contents are undefined afterwards.
  void resize(int w, int h) {
    width = w > 0 ? w : 0;
    height = h > 0 ? h : 0;
    pixels.resize(static_cast<size_t>(width) * static_cast<size_t>(height));
  }
  uint32_t at(int x, int y) const {
    return pixels[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
};

/// Pixels x0 <= x < x1, y0 <= y < y1.
struct PixelRect {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

/// Clears `image` to `clear` and draws. Honours pending texture requests of the draw data.
void draw(const ImDrawData& data, Image& image, ImU32 clear);

/// Draws frames into one image and leaves alone what did not change.
class Redraw {
 public:
  /// As `iz::draw`. `image` must hold what the last call left in it, unless its size has changed. Returns the rectangles
  /// that were drawn, without overlap; they stand until the next call.
  [[gnu::noinline]] std::span<const PixelRect> draw(const ImDrawData& data, Image& image, ImU32 clear);
  /// The next frame is drawn whole.
  void forget() { width_ = height_ = -1; }

 private:
  void collect(int columns, int rows);

  int width_ = -1, height_ = -1;
  uint64_t frame_ = 0;
  std::vector<uint64_t> tiles_, last_;  // what is drawn over each tile, in order, as a hash
  std::vector<PixelRect> changed_;
};

}  // namespace iz
