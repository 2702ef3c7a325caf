#include "core/json.h"

namespace iz {

void json_quote(std::string& out, std::string_view text) {
  out += '"';
  size_t plain = 0;  // begin of the bytes that can be copied as they are
  const auto flush = [&](size_t end) { out.append(text, plain, end - plain); };
  for (size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != 0x7F) {
      ++at;
      continue;
    }
    if (c >= 0x80) {
      const Char next = next_char(text, at);
      if (!next.valid) {
        flush(at);
        append_char(out, next.code);
        plain = at + next.size;
      }
      at += next.size;
      continue;
    }
    flush(at);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
    plain = ++at;
  }
  flush(text.size());
  out += '"';
}

}  // namespace iz
