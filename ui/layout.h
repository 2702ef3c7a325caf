// Where the bytes of a message stand on the screen: lines wrapped into rows of character cells.
//
//     iz::TextLayout layout;
//     layout.build(text, delimiters, 104);       // rows of at most 104 cells
//     layout.row_of(offset), layout.column_of(offset), layout.offset_at(row, column)
//
// A line breaks only before a field separator, or before a component separator when the field is longer than a row, or
// anywhere when a value is. Wrapped rows hang by four cells. A character as a reader sees it (ui/cluster.h) is one
// cell and one step of the caret.
//
// A text that differs from the one before in one place, as after an edit, costs a comparison and the lines of that place.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace iz {

inline constexpr uint32_t hanging_indent = 4;

struct TextRow {
  uint32_t begin = 0, end = 0;  ///< bytes, without the line end
  uint32_t line = 1;            ///< of the text, from 1
  bool first = true;            ///< the line begins here
};

class TextLayout {
 public:
  /// Keeps a copy of the text.
  void build(std::string_view text, const Delimiters& delimiters, uint32_t columns);

  const std::vector<TextRow>& rows() const { return rows_; }
  uint32_t lines() const { return rows_.empty() ? 1 : rows_.back().line; }
  /// The row that shows the caret at a byte offset.
  uint32_t row_of(uint32_t offset) const;
  /// Cell of the caret in its row, the hanging indent included.
  uint32_t column_of(uint32_t offset) const;
  /// Cell of `offset` counted in the row `row`.
  uint32_t column_in(uint32_t row, uint32_t offset) const;
  /// The offset whose left edge is nearest to a cell; inside the row.
  uint32_t offset_at(uint32_t row, float column) const;
  /// Bytes of the line that an offset stands in, without the line end.
  Span line_at(uint32_t offset) const;

 private:
  void lay_line(size_t begin, size_t end, uint32_t line, std::vector<TextRow>& out) const;
  std::vector<TextRow> lay(uint32_t from, uint32_t line, uint32_t stop) const;

  std::string text_;
  Delimiters delimiters_;
  uint32_t columns_ = 0;
  std::vector<TextRow> rows_;
};

/// How many lines end with what.
struct LineEnds {
  size_t cr = 0, lf = 0, crlf = 0;
};
LineEnds count_line_ends(std::string_view text);

/// The next and previous place of the caret: whole characters as a reader sees them; CR LF is one step.
uint32_t caret_next(std::string_view text, uint32_t offset);
uint32_t caret_previous(std::string_view text, uint32_t offset);
/// Next and previous begin of a word: a run of letters and digits, or of the same kind of sign.
uint32_t word_next(std::string_view text, uint32_t offset);
uint32_t word_previous(std::string_view text, uint32_t offset);
/// The word around an offset.
Span word_at(std::string_view text, uint32_t offset);

}  // namespace iz
