// What a file of CDC's says, before it is a table of ours: which table it is, and its rows of clean cells.
//
//     TableRows rows = read_flat(text);      // lines with `|`
//     TableRows rows = read_xml(text);       // XML in any of CDC's ways
//     if (!rows.error.empty()) ...           // "the file is cut: the last line has 9 of 16 columns", rows.error_line
//
// The table is recognised by what the file holds. Cells are as published; nothing but the shape has been looked at.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/cdc_tables.h"

namespace iz {

struct TableRow {
  uint32_t line = 0;               ///< where it begins, from 1
  std::vector<std::string> cells;  ///< one for each column of the table
};

struct TableRows {
  const CdcTable* table = nullptr;   ///< nullptr when none was recognised
  std::vector<bool> present;         ///< for each column of the table: whether this layout has it
  std::vector<TableRow> rows;        ///< in the order of the file
  std::vector<std::string> noticed;  ///< one sentence each
  std::string error;                 ///< why nothing could be read: a sentence without a capital and a full stop
  uint32_t error_line = 0;           ///< from 1; 0 when it is about the file as a whole
};

/// Lines with `|` in one of the layouts of `cdc_tables`. A record may be broken over several lines; a heading is passed
/// over; a `|` may end each line.
TableRows read_flat(std::string_view text);

/// Whether a text begins as XML or HTML does.
bool is_markup(std::string_view text);

/// XML with an element for each column, with `Name` and `Value` in turn, or with attributes `xlink:href`; AIRA's compiled
/// code base, of which the use dates of CVX codes are read. Anything that is not closed is an error.
TableRows read_xml(std::string_view text);

}  // namespace iz
