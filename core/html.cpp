#include "core/html.h"

#include "core/utf8.h"

namespace iz {

std::string html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    at += c.size;
    switch (c.code) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\t':
      case '\n':
      case '\r':
        out += ' ';
        break;
      default:
        append_char(out, c.code < 0x20 || c.code == 0x7F ? 0xFFFD : c.code);
    }
  }
  return out;
}

}  // namespace iz
