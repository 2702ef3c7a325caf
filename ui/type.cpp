#include "ui/type.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <cstring>

#include "core/utf8.h"
#include "ui/fonts_data.h"
#include "ui/theme.h"

namespace iz {
namespace {

enum Face : unsigned char { inter, inter_semibold, mono_regular, mono_semibold, face_count };
constexpr std::array<std::string_view, face_count> face_names = {"inter-regular", "inter-semibold", "mono-regular",
                                                                 "mono-semibold"};

struct Style {
  Face face;
  float size, line;
};

constexpr Style style_of(Type type) {
  switch (type) {
    case Type::headline:
      return {inter_semibold, 32, 40};
    case Type::answer:
      return {inter_semibold, 26, 36};
    case Type::heading:
      return {inter_semibold, 22, 28};
    case Type::lead:
      return {inter, 18, 28};
    case Type::title:
      return {inter_semibold, 18, 24};
    case Type::brand:
      return {inter_semibold, 15, 20};
    case Type::prose:
      return {inter, 15, 22};
    case Type::prose_bold:
      return {inter_semibold, 15, 22};
    case Type::row:
      return {inter, 14, 20};
    case Type::row_bold:
      return {inter_semibold, 14, 20};
    case Type::small:
      return {inter, 13, 20};
    case Type::small_bold:
      return {inter_semibold, 13, 20};
    case Type::tag:
      return {inter, 12, 18};
    case Type::mono:
      return {mono_regular, 14, 20};
    case Type::mono_bold:
      return {mono_semibold, 14, 20};
    case Type::code:
      return {mono_regular, 13, 20};
    case Type::code_bold:
      return {mono_semibold, 13, 20};
    case Type::code_page:
      return {mono_semibold, 36, 44};
    case Type::code_long:
      return {mono_semibold, 22, 28};
    case Type::key:
      break;
  }
  return {mono_regular, 12, 18};
}

struct Loaded {
  ImFont* font = nullptr;
  float ascent = 0, descent = 0;  // for a size of 1
};
std::array<Loaded, face_count> faces;

unsigned big_endian(std::span<const unsigned char> bytes, size_t at, size_t size) {
  unsigned value = 0;
  for (size_t i = 0; i < size && at + i < bytes.size(); ++i) value = value << 8 | bytes[at + i];
  return value;
}

/// Offset of a table of a TrueType file, or 0.
size_t table(std::span<const unsigned char> bytes, std::string_view tag) {
  const unsigned count = big_endian(bytes, 4, 2);
  for (unsigned i = 0; i < count; ++i) {
    const size_t at = 12 + size_t(i) * 16;
    if (at + 16 <= bytes.size() && std::memcmp(bytes.data() + at, tag.data(), 4) == 0)
      return big_endian(bytes, at + 8, 4);
  }
  return 0;
}

void read_metrics(std::span<const unsigned char> bytes, Loaded& face) {
  const size_t head = table(bytes, "head"), hhea = table(bytes, "hhea");
  const float em = static_cast<float>(std::max(1u, big_endian(bytes, head + 18, 2)));
  face.ascent = static_cast<float>(static_cast<short>(big_endian(bytes, hhea + 4, 2))) / em;
  face.descent = -static_cast<float>(static_cast<short>(big_endian(bytes, hhea + 6, 2))) / em;
}

ImFontBaked* baked(Type type) {
  const Style s = style_of(type);
  return faces[s.face].font->GetFontBaked(px(s.size));
}

/// Distance from the top of the line box to the baseline: ascent and descent are rounded, what is left of the line
/// height is shared.
float baseline(Type type) {
  const Style s = style_of(type);
  const float size = px(s.size);
  const float ascent = std::round(faces[s.face].ascent * size), descent = std::round(faces[s.face].descent * size);
  return std::floor((px(s.line) - ascent - descent) / 2) + ascent;
}

unsigned shown(const Char& c) { return c.code < 0x20 || c.code == 0x7f ? ' ' : static_cast<unsigned>(c.code); }

ImWchar wide(unsigned code) { return static_cast<ImWchar>(code > 0xffff ? 0xfffd : code); }

void put(ImDrawList* list, const ImFontGlyph& g, float x, float y, ImU32 color) {
  if (!g.Visible) return;
  list->PrimReserve(6, 4);
  list->PrimRectUV({x + g.X0, y + g.Y0}, {x + g.X1, y + g.Y1}, {g.U0, g.V0}, {g.U1, g.V1}, color);
}

}  // namespace

void load_fonts() {
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  atlas.TexDesiredFormat = ImTextureFormat_Alpha8;
  for (size_t i = 0; i < face_names.size(); ++i) {
    for (const FontData& data : font_data()) {
      if (data.name != face_names[i]) continue;
      read_metrics(data.bytes, faces[i]);
      ImFontConfig config;
      config.FontDataOwnedByAtlas = false;
      config.SizePixels = -14;             // negative: sizes mean the em square, as in CSS
      config.GlyphMaxAdvanceX = -FLT_MAX;  // limits are scaled by the size's sign: no limit
      config.OversampleH = 4;
      config.OversampleV = 1;
      faces[i].font = atlas.AddFontFromMemoryTTF(const_cast<unsigned char*>(data.bytes.data()),
                                                 static_cast<int>(data.bytes.size()), 0, &config);
    }
  }
}

float line_height(Type type) { return px(style_of(type).line); }

float mono_advance(Type type) { return baked(type)->GetCharAdvance('0'); }

float text_width(Type type, std::string_view text) {
  ImFontBaked* font = baked(type);
  float width = 0;
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    at += std::max(1u, c.size);
    width += font->GetCharAdvance(wide(shown(c)));
  }
  return width;
}

float text(ImDrawList* list, Type type, ImVec2 top_left, ImU32 color, std::string_view text) {
  ImFontBaked* font = baked(type);
  const float y = std::round(top_left.y) + baseline(type) - font->Ascent, start = std::round(top_left.x);
  const float right = list->GetClipRectMax().x;
  float x = start;
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    at += std::max(1u, c.size);
    if (x <= right) put(list, *font->FindGlyph(wide(shown(c))), x, y, color);
    x += font->GetCharAdvance(wide(shown(c)));
  }
  return x - start;
}

void text_right(ImDrawList* list, Type type, ImVec2 top_right, ImU32 color, std::string_view value) {
  text(list, type, {top_right.x - text_width(type, value), top_right.y}, color, value);
}

std::string shorten(Type type, std::string_view text, float width) {
  constexpr std::string_view ellipsis = "\xe2\x80\xa6";
  if (text_width(type, text) <= width) return std::string(text);
  ImFontBaked* font = baked(type);
  std::vector<uint32_t> starts;
  std::vector<float> advances;
  float total = 0;
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    starts.push_back(static_cast<uint32_t>(at));
    at += std::max(1u, c.size);
    advances.push_back(font->GetCharAdvance(wide(shown(c))));
    total += advances.back();
    // What is far too long is looked at only as far as it can matter at its begin.
    if (total > width * 4 && at < text.size()) {
      const size_t keep = std::min(text.size() - at, size_t{64});
      at = text.size() - keep;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    }
  }
  starts.push_back(static_cast<uint32_t>(text.size()));
  float room = width - text_width(type, ellipsis);
  size_t front = 0, back = advances.size();
  // Two thirds of the room for the begin, which tells more.
  float begin_room = room * 2 / 3;
  while (front < back && advances[front] <= begin_room) {
    begin_room -= advances[front];
    room -= advances[front];
    ++front;
  }
  while (back > front && advances[back - 1] <= room) {
    room -= advances[back - 1];
    --back;
  }
  return std::string(text.substr(0, starts[front])) + std::string(ellipsis) + std::string(text.substr(starts[back]));
}

float text_fit(ImDrawList* list, Type type, ImVec2 top_left, float width, ImU32 color, std::string_view value) {
  if (width <= 0) return 0;
  return text(list, type, top_left, color, shorten(type, value, width));
}

std::vector<std::string_view> wrap(Type type, std::string_view text, float width) {
  ImFontBaked* font = baked(type);
  std::vector<std::string_view> lines;
  size_t begin = 0, last_blank = std::string_view::npos;
  float x = 0;
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    const size_t next = at + std::max(1u, c.size);
    if (c.code == '\n') {
      lines.push_back(text.substr(begin, at - begin));
      begin = next;
      last_blank = std::string_view::npos;
      x = 0;
      at = next;
      continue;
    }
    if (c.code == ' ') last_blank = at;
    x += font->GetCharAdvance(wide(shown(c)));
    if (x > width && c.code != ' ' && at > begin) {
      const bool word = last_blank != std::string_view::npos && last_blank > begin;
      const size_t end = word ? last_blank : at;
      lines.push_back(text.substr(begin, end - begin));
      begin = word ? end + 1 : at;
      last_blank = std::string_view::npos;
      x = 0;
      at = begin;
      continue;
    }
    at = next;
  }
  if (begin < text.size() || lines.empty()) lines.push_back(text.substr(begin));
  return lines;
}

float paragraph(ImDrawList* list, Type type, ImVec2 top_left, float width, ImU32 color, std::string_view value) {
  float y = top_left.y;
  for (std::string_view line : wrap(type, value, width)) {
    text(list, type, {top_left.x, y}, color, line);
    y += line_height(type);
  }
  return y - top_left.y;
}

void glyph(ImDrawList* list, Type type, float x, float top, ImU32 color, unsigned code) {
  ImFontBaked* font = baked(type);
  put(list, *font->FindGlyph(wide(code)), x, top + baseline(type) - font->Ascent, color);
}

bool has_glyph(Type type, unsigned code) {
  return code <= 0xffff && baked(type)->FindGlyphNoFallback(static_cast<ImWchar>(code)) != nullptr;
}

}  // namespace iz
