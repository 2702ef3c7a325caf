// The text of a table's file: from bytes in any of the encodings seen at CDC to clean cells.
//
//     TableText text = table_text(bytes);      // UTF-16 with or without a mark, UTF-8, Windows-1252
//     clean_cell(" 306       ")                // "306": padding goes, references are undone, blanks are single
//     table_date("7/14/2011")                  // "2011-07-14"
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

struct TableText {
  std::string text;      ///< UTF-8 without a byte order mark
  std::string encoding;  ///< "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252": what it was read as
};

/// Reads the bytes of a file: by its byte order mark, else as UTF-8, else as Windows-1252 (which has all printable
/// characters of ISO 8859-1). What an XML declaration says is not needed for that, and is sometimes wrong.
TableText table_text(std::string_view bytes);

/// A cell without padding (blanks, no-break spaces, NUL), with single blanks inside and references undone.
std::string clean_cell(std::string_view text);

/// M/D/YYYY, YYYY/MM/DD, YYYYMMDD or YYYY-MM-DD, with or without a time behind a blank or T, as YYYY-MM-DD. Empty stays
/// empty; nullopt for anything else and for days that are none.
std::optional<std::string> table_date(std::string_view text);

/// A date written in a name or folder (`20251209`, `2025-12-09`, `2025_12_09`) as YYYY-MM-DD; the last one counts. Empty
/// if there is none.
std::string date_in_name(std::string_view name);

/// A line of a text.
struct TextLine {
  std::string_view text;
  uint32_t number = 0;  ///< from 1
};
/// Lines that hold something else than blanks; they end with CR, LF or both.
std::vector<TextLine> text_lines(std::string_view text);

/// The line, from 1, in which a byte stands.
uint32_t line_of(std::string_view text, size_t at);

}  // namespace iz
