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

/// Cuts one record at `at` and moves behind its line end.
CsvRecord read_record(std::string_view text, size_t& at, char separator, uint32_t& line) {
  CsvRecord row{line, {}};
  std::string cell;
  bool quoted = false, was_quoted = false;
  for (;; ++at) {
    const bool end = at >= text.size();
    const char c = end ? '\n' : text[at];
    if (!end && (c == '\n' || (c == '\r' && (at + 1 >= text.size() || text[at + 1] != '\n')))) ++line;
    if (quoted && !end) {
      if (c != '"') {
        cell += c;
      } else if (at + 1 < text.size() && text[at + 1] == '"') {
        cell += '"';
        ++at;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.find_first_not_of(" \t") == std::string::npos && !was_quoted && separator) {
      cell.clear();
      quoted = was_quoted = true;
    } else if (c == '\n' || c == '\r') {
      if (!end && c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
      if (!end) ++at;
      row.cells.push_back(std::move(cell));
      return row;
    } else if (separator && c == separator) {
      row.cells.push_back(std::move(cell));
      cell.clear();
      was_quoted = false;
    } else {
      cell += c;
    }
  }
}

}  // namespace

std::vector<CsvRecord> csv_records(std::string_view text, char separator) {
  std::vector<CsvRecord> rows;
  uint32_t line = 1;
  for (size_t at = 0; at < text.size();) rows.push_back(read_record(text, at, separator, line));
  return rows;
}

void csv_line(std::string& out, std::span<const std::string_view> cells) { line(out, cells); }
void csv_line(std::string& out, std::span<const std::string> cells) { line(out, cells); }

}  // namespace iz
