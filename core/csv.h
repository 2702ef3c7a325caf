// Comma-separated values (RFC 4180) for spreadsheets.
//
//     std::string out;
//     csv_line(out, {"code", "name"});      // code,name and CR LF
#pragma once
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

/// Appends one line. Cells are quoted where they have to be; bytes that are no UTF-8 become U+FFFD; a cell that a
/// spreadsheet would run as a formula gets an apostrophe in front.
void csv_line(std::string& out, std::span<const std::string_view> cells);
void csv_line(std::string& out, std::span<const std::string> cells);
inline void csv_line(std::string& out, std::initializer_list<std::string_view> cells) {
  csv_line(out, std::span<const std::string_view>(cells.begin(), cells.size()));
}

/// One record of a file, its cells as they stand in it.
struct CsvRecord {
  uint32_t line = 0;  ///< on which it begins, from 1; a quoted cell may reach over several
  std::vector<std::string> cells;
};
/// All records of a text, blank ones too; with `separator` 0 each line is one cell. Any text can be read.
std::vector<CsvRecord> csv_records(std::string_view text, char separator);

}  // namespace iz
