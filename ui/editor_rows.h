// The rows of the editor: the wrapped rows of the text, without those of folded doses, and a row of its own for each
// segment that is missing where its place is known.
//
//     EditorRows rows;
//     rows.build(workbench, layout);
//     const EditorRow row = rows.at(7);                 // the eighth row of the screen
//     rows.index_of(layout.row_of(caret))               // where the caret is seen
//
// Only what differs from the text is kept, so the cost is that of folds and missing segments.
#pragma once
#include <cstdint>
#include <vector>

#include "ui/layout.h"
#include "ui/workbench.h"

namespace iz {

struct EditorRow {
  enum class Kind : uint8_t { text, fold, missing };
  Kind kind = Kind::text;
  uint32_t row = 0;      ///< in TextLayout::rows(): the row itself, the first one of the fold, the one it stands behind
  uint32_t dose = 0;     ///< fold: index in Summary::doses
  uint32_t finding = 0;  ///< missing: index in Report::findings
};

class EditorRows {
 public:
  /// `sent`: beside its answer nothing is folded and nothing is missing.
  void build(const Workbench& w, const TextLayout& layout, bool sent);
  uint32_t count() const { return count_; }
  /// Counts the calls of `build`.
  uint32_t builds() const { return builds_; }
  EditorRow at(uint32_t index) const;
  /// Index of the row that shows a row of the text: of a hidden one, its fold.
  uint32_t index_of(uint32_t text_row) const;

 private:
  /// From here on: `rows` rows of the text are shown as `shown` rows.
  struct Part {
    EditorRow first;
    uint32_t index = 0;  // on the screen
    uint32_t rows = 0, shown = 0;
  };
  std::vector<Part> parts_;
  uint32_t count_ = 0, builds_ = 0;
};

}  // namespace iz
