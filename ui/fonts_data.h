#pragma once
// The fonts compiled into the workbench: inter-regular, inter-semibold, mono-regular,
// mono-semibold. The build writes the packed form (ui/pack_fonts.py) from .deps/fonts.
//
//   for (const iz::FontData& font : iz::font_data())
//     if (font.name == "mono-regular") use(font.bytes);

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

struct FontData {
  std::string_view name;
  std::span<const unsigned char> bytes;  // a TrueType file, subset to what the page shows
};

/// Unpacked when first asked for; they stay.
std::span<const FontData> font_data();

/// The same fonts with what is alike beside each other, which compresses better by a quarter: ui/pack_fonts.py says how.
struct PackedFonts {
  std::span<const std::string_view> names;
  std::span<const unsigned char> tables, glyphs, composites, points, steps;
};
PackedFonts packed_fonts();

/// TrueType files as packed; files that pack_fonts.py did not write are not understood.
std::vector<std::string> unpack_fonts(const PackedFonts& packed);

}  // namespace iz
