#include "ui/raster.h"

#include <algorithm>
#include <cmath>

namespace iz {
namespace {

struct Clip {
  int x0, y0, x1, y1;
};

/// x / 255, rounded, for 0 <= x <= 255 * 255.
inline uint32_t div255(uint32_t x) {
  x += 128;
  return (x + (x >> 8)) >> 8;
}

/// `source` with coverage `alpha` (0..255) over an opaque pixel.
inline uint32_t blend(uint32_t target, uint32_t source, uint32_t alpha) {
  const uint32_t rest = 255 - alpha;
  uint32_t rb = (source & 0xff00ff) * alpha + (target & 0xff00ff) * rest + 0x800080;
  rb = ((rb + ((rb >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
  uint32_t g = ((source >> 8) & 0xff) * alpha + ((target >> 8) & 0xff) * rest;
  g = div255(g) << 8;
  return 0xff000000u | rb | g;
}

/// A texture of Dear ImGui; `texels` is nullptr when there is none.
struct Texture {
  const unsigned char* texels = nullptr;
  int width = 0, height = 0, bytes = 1;

  explicit Texture(const ImTextureData* data) {
    if (data == nullptr || data->Pixels == nullptr) return;
    texels = data->Pixels;
    width = data->Width;
    height = data->Height;
    bytes = data->BytesPerPixel;
  }
  uint32_t coverage(int x, int y) const {
    x = std::clamp(x, 0, width - 1);
    y = std::clamp(y, 0, height - 1);
    const size_t i = static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
    return bytes == 1 ? texels[i] : texels[i * 4 + 3];
  }
};

class Painter {
 public:
  Painter(Image& image, Clip clip, const Texture& texture) : image_(image), clip_(clip), texture_(texture) {}

  /// An axis-parallel rectangle in one colour, textured when `u0 != u1`.
  void rectangle(const ImDrawVert& a, const ImDrawVert& c) {
    const int x0 = std::max(clip_.x0, edge(a.pos.x)), x1 = std::min(clip_.x1, edge(c.pos.x));
    const int y0 = std::max(clip_.y0, edge(a.pos.y)), y1 = std::min(clip_.y1, edge(c.pos.y));
    if (x0 >= x1 || y0 >= y1) return;
    const uint32_t alpha = a.col >> 24;
    if (alpha == 0) return;
    const uint32_t color = a.col | 0xff000000u;
    if (a.uv.x == c.uv.x || texture_.texels == nullptr) {
      for (int y = y0; y < y1; ++y) span(x0, x1, y, color, alpha);
      return;
    }
    const float du = (c.uv.x - a.uv.x) * static_cast<float>(texture_.width) / (c.pos.x - a.pos.x);
    const float dv = (c.uv.y - a.uv.y) * static_cast<float>(texture_.height) / (c.pos.y - a.pos.y);
    const float u0 = a.uv.x * static_cast<float>(texture_.width) + (static_cast<float>(x0) + 0.5f - a.pos.x) * du;
    for (int y = y0; y < y1; ++y) {
      const float v = a.uv.y * static_cast<float>(texture_.height) + (static_cast<float>(y) + 0.5f - a.pos.y) * dv;
      glyph_row(x0, x1, y, u0, du, static_cast<int>(v), color, alpha);
    }
  }

  void triangle(const ImDrawVert& p, const ImDrawVert& q, const ImDrawVert& r) {
    const ImDrawVert* v[3] = {&p, &q, &r};
    // From top to bottom; the order of equal heights does not matter.
    if (v[1]->pos.y < v[0]->pos.y) std::swap(v[0], v[1]);
    if (v[2]->pos.y < v[1]->pos.y) std::swap(v[1], v[2]);
    if (v[1]->pos.y < v[0]->pos.y) std::swap(v[0], v[1]);
    const int y0 = std::max(clip_.y0, edge(v[0]->pos.y));
    const int y1 = std::min(clip_.y1, edge(v[2]->pos.y));
    if (y0 >= y1) return;
    const float area = (q.pos.x - p.pos.x) * (r.pos.y - p.pos.y) - (r.pos.x - p.pos.x) * (q.pos.y - p.pos.y);
    if (area == 0 || !std::isfinite(area)) return;
    const bool flat = p.col == q.col && q.col == r.col;
    const bool plain = texture_.texels == nullptr || (p.uv.x == q.uv.x && q.uv.x == r.uv.x);
    for (int y = y0; y < y1; ++y) {
      const float cy = static_cast<float>(y) + 0.5f;
      float left = cross(*v[0], *v[2], cy);
      float right = cy < v[1]->pos.y ? cross(*v[0], *v[1], cy) : cross(*v[1], *v[2], cy);
      if (left > right) std::swap(left, right);
      const int x0 = std::max(clip_.x0, edge(left)), x1 = std::min(clip_.x1, edge(right));
      if (x0 >= x1) continue;
      if (flat && plain) {
        if (p.col >> 24) span(x0, x1, y, p.col | 0xff000000u, p.col >> 24);
      } else {
        shaded_row(p, q, r, 1.0f / area, x0, x1, y, plain);
      }
    }
  }

 private:
  /// First pixel whose centre is not left of `x`.
  static int edge(float x) {
    if (!(x > -1e6f)) return -1000000;
    if (!(x < 1e6f)) return 1000000;
    return static_cast<int>(std::ceil(x - 0.5f));
  }

  /// Where the edge from `a` down to `b` crosses the height `y`. Both triangles of an edge compute
  /// the same number.
  static float cross(const ImDrawVert& a, const ImDrawVert& b, float y) {
    const float height = b.pos.y - a.pos.y;
    if (height <= 0) return a.pos.x;
    return a.pos.x + (b.pos.x - a.pos.x) * ((y - a.pos.y) / height);
  }

  uint32_t* row(int y) { return image_.pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(image_.width); }

  void span(int x0, int x1, int y, uint32_t color, uint32_t alpha) {
    uint32_t* p = row(y);
    if (alpha == 255) {
      std::fill(p + x0, p + x1, color);
    } else {
      for (int x = x0; x < x1; ++x) p[x] = blend(p[x], color, alpha);
    }
  }

  void glyph_row(int x0, int x1, int y, float u, float du, int v, uint32_t color, uint32_t alpha) {
    uint32_t* p = row(y);
    for (int x = x0; x < x1; ++x, u += du) {
      const uint32_t cover = texture_.coverage(static_cast<int>(u), v);
      if (cover == 0) continue;
      const uint32_t a = alpha == 255 ? cover : div255(cover * alpha);
      p[x] = a == 255 ? color : blend(p[x], color, a);
    }
  }

  /// A row of a triangle whose corners differ in colour (anti-aliased edges) or in texture place.
  void shaded_row(const ImDrawVert& p, const ImDrawVert& q, const ImDrawVert& r, float scale, int x0, int x1, int y,
                  bool plain) {
    uint32_t* target = row(y);
    const float cy = static_cast<float>(y) + 0.5f;
    for (int x = x0; x < x1; ++x) {
      const float cx = static_cast<float>(x) + 0.5f;
      float wp = ((q.pos.x - cx) * (r.pos.y - cy) - (r.pos.x - cx) * (q.pos.y - cy)) * scale;
      float wq = ((r.pos.x - cx) * (p.pos.y - cy) - (p.pos.x - cx) * (r.pos.y - cy)) * scale;
      wp = std::clamp(wp, 0.0f, 1.0f);
      wq = std::clamp(wq, 0.0f, 1.0f - wp);
      const float wr = 1.0f - wp - wq;
      uint32_t color = 0;
      for (int shift = 0; shift < 32; shift += 8) {
        const float c = wp * static_cast<float>((p.col >> shift) & 0xff) +
                        wq * static_cast<float>((q.col >> shift) & 0xff) +
                        wr * static_cast<float>((r.col >> shift) & 0xff);
        color |= static_cast<uint32_t>(c + 0.5f) << shift;
      }
      uint32_t alpha = color >> 24;
      if (!plain) {
        const float u = (wp * p.uv.x + wq * q.uv.x + wr * r.uv.x) * static_cast<float>(texture_.width);
        const float v = (wp * p.uv.y + wq * q.uv.y + wr * r.uv.y) * static_cast<float>(texture_.height);
        alpha = div255(alpha * texture_.coverage(static_cast<int>(u), static_cast<int>(v)));
      }
      if (alpha) target[x] = blend(target[x], color | 0xff000000u, alpha);
    }
  }

  Image& image_;
  Clip clip_;
  const Texture& texture_;
};

/// Whether two triangles (six indices) are an axis-parallel rectangle in one colour, corners a b c
/// / a c d.
bool is_rectangle(const ImDrawIdx* i, const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c,
                  const ImDrawVert& d) {
  return i[0] == i[3] && i[2] == i[4] && a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y &&
         d.pos.x == a.pos.x && a.pos.x < c.pos.x && a.pos.y < c.pos.y && a.col == b.col && b.col == c.col &&
         c.col == d.col && a.uv.y == b.uv.y && b.uv.x == c.uv.x && c.uv.y == d.uv.y && d.uv.x == a.uv.x;
}

/// A limit in whole pixels inside 0..size.
int pixel(float x, int size) {
  if (!(x > 0)) return 0;
  if (x >= static_cast<float>(size)) return size;
  return static_cast<int>(x);
}

/// Texture pixels stay where Dear ImGui keeps them, so that a request needs no copy.
void honour(ImTextureData& texture) {
  if (texture.Status == ImTextureStatus_WantCreate || texture.Status == ImTextureStatus_WantUpdates) {
    texture.SetTexID(static_cast<ImTextureID>(texture.UniqueID) + 1);
    texture.SetStatus(ImTextureStatus_OK);
  } else if (texture.Status == ImTextureStatus_WantDestroy && texture.UnusedFrames > 0) {
    texture.SetTexID(ImTextureID_Invalid);
    texture.SetStatus(ImTextureStatus_Destroyed);
  }
}

}  // namespace

void draw(const ImDrawData& data, Image& image, ImU32 clear) {
  std::fill(image.pixels.begin(), image.pixels.end(), clear | 0xff000000u);
  if (data.Textures != nullptr) {
    for (ImTextureData* texture : *data.Textures) honour(*texture);
  }
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      const Clip clip = {pixel(command.ClipRect.x - data.DisplayPos.x, image.width),
                         pixel(command.ClipRect.y - data.DisplayPos.y, image.height),
                         pixel(command.ClipRect.z - data.DisplayPos.x, image.width),
                         pixel(command.ClipRect.w - data.DisplayPos.y, image.height)};
      if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) continue;
      const Texture texture(command.TexRef._TexData);
      Painter painter(image, clip, texture);
      const ImDrawIdx* index = list->IdxBuffer.Data + command.IdxOffset;
      const ImDrawIdx* end = index + command.ElemCount;
      const ImDrawVert* vertex = list->VtxBuffer.Data + command.VtxOffset;
      while (end - index >= 3) {
        const ImDrawVert &a = vertex[index[0]], &b = vertex[index[1]], &c = vertex[index[2]];
        if (end - index >= 6 && is_rectangle(index, a, b, c, vertex[index[5]])) {
          painter.rectangle(a, c);
          index += 6;
        } else {
          painter.triangle(a, b, c);
          index += 3;
        }
      }
    }
  }
}

}  // namespace iz
