#include "ui/raster.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

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

/// The channels of two pixels side by side, as numbers that can be multiplied.
using Channels [[gnu::vector_size(16)]] = uint16_t;

/// Both pixels of one colour.
inline Channels channels(uint32_t color) {
  Channels out = {};
  for (int i = 0; i < 8; ++i) out[i] = static_cast<uint16_t>((color >> (i % 4 * 8)) & 0xff);
  return out;
}

/// x / 255 in each channel, as `div255`.
inline Channels div255(Channels x) {
  x += 128;
  return (x + (x >> 8)) >> 8;
}

/// Two opaque pixels with `source` over them, as `blend`, with a coverage for each channel.
inline void blend2(uint32_t* pixels, Channels source, Channels cover) {
  using Bytes [[gnu::vector_size(8)]] = unsigned char;
  Bytes target;
  std::memcpy(&target, pixels, sizeof target);
  const Channels mixed = source * cover + __builtin_convertvector(target, Channels) * (255 - cover);
  target = __builtin_convertvector(div255(mixed), Bytes);
  std::memcpy(pixels, &target, sizeof target);
}

/// Two pixels with their coverages, of which `alpha` counts.
inline void blend2(uint32_t* pixels, Channels source, uint16_t a, uint16_t b, uint32_t alpha) {
  if ((a | b) == 0) return;
  const Channels cover = {a, a, a, a, b, b, b, b};
  blend2(pixels, source, alpha == 255 ? cover : div255(cover * static_cast<uint16_t>(alpha)));
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
  /// The first texel of the row nearest to `y`.
  const unsigned char* row(int y) const {
    return texels + static_cast<size_t>(std::clamp(y, 0, height - 1)) * static_cast<size_t>(width * bytes);
  }
  uint32_t coverage(int x, int y) const {
    const int i = std::clamp(x, 0, width - 1) * bytes;
    return row(y)[bytes == 1 ? i : i + 3];
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
    textured(a, c, x0, y0, x1, y1);
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
      const auto a = static_cast<uint16_t>(alpha);
      const Channels source = channels(color), cover = {a, a, a, a, a, a, a, a};
      int x = x0;
      for (; x + 2 <= x1; x += 2) blend2(p + x, source, cover);
      if (x < x1) p[x] = blend(p[x], color, alpha);
    }
  }

  /// The part of a textured rectangle from `a` to `c` that is to be drawn. Where in the texture a pixel looks depends on
  /// the pixel alone, not on where the part begins.
  [[gnu::noinline]] void textured(const ImDrawVert& a, const ImDrawVert& c, int x0, int y0, int x1, int y1) {
    const uint32_t alpha = a.col >> 24, color = a.col | 0xff000000u;
    const auto width = static_cast<float>(texture_.width), height = static_cast<float>(texture_.height);
    const float du = (c.uv.x - a.uv.x) * width / (c.pos.x - a.pos.x);
    const float dv = (c.uv.y - a.uv.y) * height / (c.pos.y - a.pos.y);
    const float u = a.uv.x * width, v = a.uv.y * height, left = a.pos.x - 0.5f, top = a.pos.y - 0.5f;
    const auto column = [&](int x) { return static_cast<int>(u + (static_cast<float>(x) - left) * du); };
    const int first = column(x0), last = column(x1 - 1);
    // From pixel to pixel it is a whole number of texels, as in letters.
    const auto step = static_cast<int>(du + 0.5f);
    const bool even = texture_.bytes == 1 && std::abs(du - static_cast<float>(step)) < 0.001f &&
                      last - first == step * (x1 - 1 - x0) && first >= 0 && last < texture_.width;
    const Channels source = channels(color);
    for (int y = y0; y < y1; ++y) {
      const int line = static_cast<int>(v + (static_cast<float>(y) - top) * dv);
      uint32_t* p = row(y);
      int x = x0;
      if (even) {
        const unsigned char* cover = texture_.row(line) + first;
        for (; x + 2 <= x1; x += 2, cover += 2 * step) blend2(p + x, source, cover[0], cover[step], alpha);
      }
      for (; x < x1; ++x) put(p[x], color, alpha, texture_.coverage(column(x), line));
    }
  }

  static void put(uint32_t& pixel, uint32_t color, uint32_t alpha, uint32_t cover) {
    if (cover == 0) return;
    const uint32_t a = alpha == 255 ? cover : div255(cover * alpha);
    pixel = a == 255 ? color : blend(pixel, color, a);
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

void honour(const ImDrawData& data) {
  if (data.Textures == nullptr) return;
  for (ImTextureData* texture : *data.Textures) honour(*texture);
}

Clip clip_of(const ImDrawData& data, const ImDrawCmd& command, const Image& image) {
  return {pixel(command.ClipRect.x - data.DisplayPos.x, image.width),
          pixel(command.ClipRect.y - data.DisplayPos.y, image.height),
          pixel(command.ClipRect.z - data.DisplayPos.x, image.width),
          pixel(command.ClipRect.w - data.DisplayPos.y, image.height)};
}

/// Calls `rectangle(a, c)` or `triangle(a, b, c)` for all that a command draws, in order.
template <class Rectangle, class Triangle>
void each(const ImDrawList& list, const ImDrawCmd& command, Rectangle&& rectangle, Triangle&& triangle) {
  const ImDrawIdx* index = list.IdxBuffer.Data + command.IdxOffset;
  const ImDrawIdx* end = index + command.ElemCount;
  const ImDrawVert* vertex = list.VtxBuffer.Data + command.VtxOffset;
  while (end - index >= 3) {
    const ImDrawVert &a = vertex[index[0]], &b = vertex[index[1]], &c = vertex[index[2]];
    if (end - index >= 6 && is_rectangle(index, a, b, c, vertex[index[5]])) {
      rectangle(a, c);
      index += 6;
    } else {
      triangle(a, b, c);
      index += 3;
    }
  }
}

/// Clears and draws the pixels of `part`.
void draw_part(const ImDrawData& data, Image& image, ImU32 clear, PixelRect part) {
  for (int y = part.y0; y < part.y1; ++y) {
    uint32_t* row = image.pixels.data() + static_cast<size_t>(y) * static_cast<size_t>(image.width);
    std::fill(row + part.x0, row + part.x1, clear | 0xff000000u);
  }
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      Clip clip = clip_of(data, command, image);
      clip = {std::max(clip.x0, part.x0), std::max(clip.y0, part.y0), std::min(clip.x1, part.x1),
              std::min(clip.y1, part.y1)};
      if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) continue;
      const Texture texture(command.TexRef._TexData);
      Painter painter(image, clip, texture);
      each(
          *list, command, [&](const ImDrawVert& a, const ImDrawVert& c) { painter.rectangle(a, c); },
          [&](const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) { painter.triangle(a, b, c); });
    }
  }
}

}  // namespace

void draw(const ImDrawData& data, Image& image, ImU32 clear) {
  honour(data);
  draw_part(data, image, clear, {0, 0, image.width, image.height});
}

// ---- only what changed

namespace {

constexpr int tile = 64;

/// Mixes `value` into an order-dependent hash.
inline uint64_t mix(uint64_t hash, uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}
inline uint64_t mix(uint64_t hash, const ImDrawVert& v) {
  hash = mix(hash, std::bit_cast<uint64_t>(v.pos));
  hash = mix(hash, std::bit_cast<uint64_t>(v.uv));
  return mix(hash, v.col);
}

/// Whether the texels from `a` to `c` are among those that this frame brings new.
bool is_new(const ImTextureData* texture, ImVec2 a, ImVec2 c) {
  if (texture == nullptr || texture->Status != ImTextureStatus_WantUpdates) return false;
  const ImTextureRect& r = texture->UpdateRect;
  const auto w = static_cast<float>(texture->Width), h = static_cast<float>(texture->Height);
  return c.x * w >= static_cast<float>(r.x) && a.x * w <= static_cast<float>(r.x + r.w) &&
         c.y * h >= static_cast<float>(r.y) && a.y * h <= static_cast<float>(r.y + r.h);
}

}  // namespace

std::span<const PixelRect> Redraw::draw(const ImDrawData& data, Image& image, ImU32 clear) {
  const int columns = (image.width + tile - 1) / tile, rows = (image.height + tile - 1) / tile;
  const bool whole = width_ != image.width || height_ != image.height;
  width_ = image.width;
  height_ = image.height;
  changed_.clear();
  if (columns == 0 || rows == 0) {
    honour(data);
    return changed_;
  }
  last_.swap(tiles_);
  tiles_.assign(static_cast<size_t>(columns) * static_cast<size_t>(rows), mix(0, clear));
  ++frame_;
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      const Clip clip = clip_of(data, command, image);
      if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) continue;
      const ImTextureData* texture = command.TexRef._TexData;
      const uint64_t seed = texture != nullptr ? static_cast<uint64_t>(texture->UniqueID) + 1 : 0;
      // The clip rectangle counts in each tile as far as it cuts something off there.
      const auto add = [&](uint64_t hash, ImVec2 low, ImVec2 high) {
        const int x0 = std::max(clip.x0, pixel(low.x, image.width)), y0 = std::max(clip.y0, pixel(low.y, image.height));
        const int x1 = std::min(clip.x1, pixel(high.x + 1, image.width)),
                  y1 = std::min(clip.y1, pixel(high.y + 1, image.height));
        if (x0 >= x1 || y0 >= y1) return;
        for (int y = y0 / tile; y <= (y1 - 1) / tile; ++y) {
          const uint64_t upright = static_cast<uint64_t>(std::max(y0 - y * tile, 0)) << 8 |
                                   static_cast<uint64_t>(std::min(y1 - y * tile, tile));
          for (int x = x0 / tile; x <= (x1 - 1) / tile; ++x) {
            const uint64_t across = static_cast<uint64_t>(std::max(x0 - x * tile, 0)) << 8 |
                                    static_cast<uint64_t>(std::min(x1 - x * tile, tile));
            uint64_t& t = tiles_[static_cast<size_t>(y) * static_cast<size_t>(columns) + static_cast<size_t>(x)];
            t = mix(t, hash ^ (across << 16 | upright));
          }
        }
      };
      each(
          *list, command,
          [&](const ImDrawVert& a, const ImDrawVert& c) {
            uint64_t hash = mix(mix(seed, a), c);
            if (a.uv.x != c.uv.x && is_new(texture, a.uv, c.uv)) hash = mix(hash, frame_);
            add(hash, a.pos, c.pos);
          },
          [&](const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) {
            uint64_t hash = mix(mix(mix(seed + 1000000, a), b), c);
            if (texture != nullptr && texture->Status == ImTextureStatus_WantUpdates) hash = mix(hash, frame_);
            add(hash, {std::min({a.pos.x, b.pos.x, c.pos.x}), std::min({a.pos.y, b.pos.y, c.pos.y})},
                {std::max({a.pos.x, b.pos.x, c.pos.x}), std::max({a.pos.y, b.pos.y, c.pos.y})});
          });
    }
  }
  honour(data);
  if (whole) {
    changed_.push_back({0, 0, image.width, image.height});
  } else {
    collect(columns, rows);
  }
  for (const PixelRect& part : changed_) draw_part(data, image, clear, part);
  return changed_;
}

/// Changed tiles as rectangles: runs of a row, small gaps included, joined with the same run above; what would be many
/// parts is one.
void Redraw::collect(int columns, int rows) {
  constexpr size_t most = 24;  // each part goes through all of the draw data once
  constexpr int gap = 3;
  for (int y = 0; y < rows; ++y) {
    const auto differs = [&, row = static_cast<size_t>(y) * static_cast<size_t>(columns)](int x) {
      const size_t at = row + static_cast<size_t>(x);
      return tiles_[at] != last_[at];
    };
    for (int x = 0; x < columns; ++x) {
      if (!differs(x)) continue;
      int end = x + 1;
      for (int next = end; next < columns && next - end <= gap; ++next) {
        if (differs(next)) end = next + 1;
      }
      const PixelRect run = {x * tile, y * tile, std::min(end * tile, width_), std::min((y + 1) * tile, height_)};
      x = end;
      const auto above = std::find_if(changed_.begin(), changed_.end(), [&](const PixelRect& r) {
        return r.x0 == run.x0 && r.x1 == run.x1 && r.y1 == run.y0;
      });
      if (above != changed_.end()) {
        above->y1 = run.y1;
      } else {
        changed_.push_back(run);
      }
    }
  }
  if (changed_.size() <= most) return;
  PixelRect all = changed_.front();
  for (const PixelRect& r : changed_) {
    all = {std::min(all.x0, r.x0), std::min(all.y0, r.y0), std::max(all.x1, r.x1), std::max(all.y1, r.y1)};
  }
  changed_.assign(1, all);
}

}  // namespace iz
