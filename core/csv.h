// Comma-separated values (RFC 4180) for spreadsheets.
//
//     std::string out;
//     csv_line(out, {"code", "name"});      // code,name and CR LF
#pragma once
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace iz {

/// Appends one line. Cells are quoted where they have to be; bytes that are no UTF-8 become U+FFFD; a cell that a
/// spreadsheet would run as a formula gets an apostrophe in front.
void csv_line(std::string& out, std::span<const std::string_view> cells);
void csv_line(std::string& out, std::span<const std::string> cells);
inline void csv_line(std::string& out, std::initializer_list<std::string_view> cells) {
  csv_line(out, std::span<const std::string_view>(cells.begin(), cells.size()));
}

}  // namespace iz
