#pragma once
// The fonts compiled into the workbench: inter-regular, inter-semibold, mono-regular,
// mono-semibold. The build writes the definition (core/embed.py) from .deps/fonts.
//
//   for (const iz::FontData& font : iz::font_data())
//     if (font.name == "mono-regular") use(font.bytes);

#include <span>
#include <string_view>

namespace iz {

struct FontData {
  std::string_view name;
  std::span<const unsigned char> bytes;  // a TrueType file, subset to what the page shows
};

std::span<const FontData> font_data();

}  // namespace iz
