// Draws what Dear ImGui asks for into plain memory, without a GPU: the same pixels on every
// machine.
//
//     iz::Image image(1600, 900);
//     iz::draw(*ImGui::GetDrawData(), image, IM_COL32(255, 255, 255, 255));
//
// This is the one seam to a renderer. Textures are read where Dear ImGui keeps them
// (ImGuiBackendFlags_RendererHasTextures); glyphs are sampled at pixel centres, so a font that is
// baked with horizontal oversampling gives exact coverage at sub-pixel positions. Triangles are
// filled without gaps or double cover.
#pragma once
#include <cstdint>
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

/// Clears `image` to `clear` and draws. Honours pending texture requests of the draw data.
void draw(const ImDrawData& data, Image& image, ImU32 clear);

}  // namespace iz
