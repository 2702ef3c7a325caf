// Hands the workbench's own fonts to the page, so that text view and print look alike without another file to load.
#include <emscripten/emscripten.h>

#include "ui/fonts_data.h"

extern "C" {

/// "inter-regular" and so on, NUL-terminated as in the list of fonts; null behind the last one.
EMSCRIPTEN_KEEPALIVE const char* wb_font_name(unsigned index) {
  const auto fonts = iz::font_data();
  return index < fonts.size() ? fonts[index].name.data() : nullptr;
}
EMSCRIPTEN_KEEPALIVE const unsigned char* wb_font(unsigned index) { return iz::font_data()[index].bytes.data(); }
EMSCRIPTEN_KEEPALIVE unsigned wb_font_size(unsigned index) {
  return static_cast<unsigned>(iz::font_data()[index].bytes.size());
}

}  // extern "C"
