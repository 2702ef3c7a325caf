#include "core/csv.h"

#include "core/utf8.h"

namespace iz {

namespace {

template <class Cells>
void line(std::string& out, const Cells& cells) {
  bool first = true;
  for (const auto& cell : cells) {
    if (!first) out += ',';
    first = false;
    std::string text = valid_utf8(cell);
    if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) text.insert(0, "'");
    if (text.find_first_of(",\"\r\n") == std::string::npos) {
      out += text;
      continue;
    }
    out += '"';
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += "\r\n";
}

}  // namespace

void csv_line(std::string& out, std::span<const std::string_view> cells) { line(out, cells); }
void csv_line(std::string& out, std::span<const std::string> cells) { line(out, cells); }

}  // namespace iz
