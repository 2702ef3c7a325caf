#include "ui/editor_rows.h"
#include "core/sort.h"

#include <algorithm>

namespace iz {

void EditorRows::build(const Workbench& w, const TextLayout& layout, bool sent) {
  parts_.clear();
  count_ = 0;
  ++builds_;
  const auto total = static_cast<uint32_t>(layout.rows().size());
  uint32_t next = 0;  // row of the text
  const auto text_to = [&](uint32_t row) {
    if (row <= next) return;
    parts_.push_back({{EditorRow::Kind::text, next, 0, 0}, count_, row - next, row - next});
    count_ += row - next;
    next = row;
  };
  if (!sent) {
    // Folds and missing segments in the order of the text.
    struct Turn {
      uint32_t row, last;  // of the text: from where, and behind the last one
      EditorRow shown;
    };
    std::vector<Turn> changes;
    const auto& doses = w.summary().doses;
    for (uint32_t d = 0; d < doses.size(); ++d) {
      if (!w.view.folded.contains(doses[d].order)) continue;
      const uint32_t first = layout.row_of(doses[d].span.begin);
      const uint32_t last = layout.row_of(std::max(doses[d].span.begin, doses[d].span.end)) + 1;
      changes.push_back({first, last, {EditorRow::Kind::fold, first, d, 0}});
    }
    for (const MissingSegment& missing : w.missing()) {
      // The fix that inserts it knows its place best.
      uint32_t behind = missing.behind;
      if (const std::vector<Fix>& offered = w.fixes_of(static_cast<int>(missing.finding)); !offered.empty()) {
        const Span at = offered[0].edits[0].span;
        if (at.begin == at.end && at.begin > 0) behind = at.begin - 1;
      }
      const uint32_t row = layout.row_of(behind) + 1;
      changes.push_back({row, row, {EditorRow::Kind::missing, row - 1, 0, missing.finding}});
    }
    // At one place what is missing stands before the next dose.
    sort_values(changes, [](const Turn& a, const Turn& b) {
      return a.row != b.row ? a.row < b.row : a.shown.kind > b.shown.kind;
    });
    for (const Turn& change : changes) {
      const bool hidden = change.row < next;  // in a fold
      const bool behind_fold = change.row == next && change.shown.kind == EditorRow::Kind::missing && !parts_.empty() &&
                               parts_.back().first.kind == EditorRow::Kind::fold;
      if (hidden || behind_fold) continue;
      text_to(change.row);
      parts_.push_back({change.shown, count_, change.last - change.row, 1});
      ++count_;
      next = change.last;
    }
  }
  text_to(total);
}

EditorRow EditorRows::at(uint32_t index) const {
  auto part =
      std::upper_bound(parts_.begin(), parts_.end(), index, [](uint32_t at, const Part& p) { return at < p.index; });
  if (part == parts_.begin()) return {};
  --part;
  EditorRow row = part->first;
  if (row.kind == EditorRow::Kind::text) row.row += std::min(index - part->index, std::max(1u, part->rows) - 1);
  return row;
}

uint32_t EditorRows::index_of(uint32_t text_row) const {
  // Parts without rows of the text (a missing segment) are passed over.
  auto part = std::upper_bound(parts_.begin(), parts_.end(), text_row, [](uint32_t row, const Part& p) {
    return row < (p.rows == 0 ? p.first.row + 1 : p.first.row);
  });
  while (part != parts_.begin()) {
    --part;
    if (part->rows == 0) continue;
    return part->first.kind == EditorRow::Kind::text
               ? part->index + std::min(text_row - part->first.row, part->rows - 1)
               : part->index;
  }
  return 0;
}

}  // namespace iz
