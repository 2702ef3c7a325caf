#include "ui/layout.h"

#include <algorithm>
#include <cstring>

#include "ui/cluster.h"

namespace iz {
namespace {

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

uint32_t line_end_size(std::string_view text, size_t at) {
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
}

enum class Sort : uint8_t { word, blank, line_end, sign };

Sort sort_of(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (is_line_end(c)) return Sort::line_end;
  if (c == ' ' || c == '\t') return Sort::blank;
  const bool letter = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      c == '_' || c == '-' || c == '.';
  return letter ? Sort::word : Sort::sign;
}

constexpr size_t block = 1024;  // compared at once

size_t common_head(std::string_view a, std::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t n = 0;
  while (n + block <= most && std::memcmp(a.data() + n, b.data() + n, block) == 0) n += block;
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

size_t common_tail(std::string_view a, std::string_view b, size_t most) {
  const char *end_a = a.data() + a.size(), *end_b = b.data() + b.size();
  size_t n = 0;
  while (n + block <= most && std::memcmp(end_a - n - block, end_b - n - block, block) == 0) n += block;
  while (n < most && end_a[-1 - static_cast<std::ptrdiff_t>(n)] == end_b[-1 - static_cast<std::ptrdiff_t>(n)]) ++n;
  return n;
}

}  // namespace

void TextLayout::build(std::string_view text, const Delimiters& delimiters, uint32_t columns) {
  columns = std::max(columns, hanging_indent * 2 + 4);
  if (rows_.empty() || columns != columns_ || delimiters != delimiters_) {
    columns_ = columns;
    delimiters_ = delimiters;
    text_ = text;
    rows_ = lay(0, 1, UINT32_MAX);
    return;
  }
  // What stands before and behind the difference.
  const size_t most = std::min(text.size(), text_.size());
  const size_t head = common_head(text, text_);
  if (head == text.size() && head == text_.size()) return;
  const size_t tail = common_tail(text, text_, most - head);
  // From the line of the last byte before it (a line end may have become another) to the first line that begins behind it.
  auto first = rows_.begin() + row_of(static_cast<uint32_t>(head > 0 ? head - 1 : 0));
  while (!first->first) --first;
  const auto behind = static_cast<uint32_t>(text_.size() - tail);
  auto last =
      std::upper_bound(first, rows_.end(), behind, [](uint32_t at, const TextRow& row) { return at < row.begin; });
  while (last != rows_.end() && !last->first) ++last;
  const auto moved = static_cast<uint32_t>(text.size() - text_.size());  // backwards, too: it wraps round
  const uint32_t begin = first->begin, line = first->line, old_line = last == rows_.end() ? 0 : last->line;
  const uint32_t stop = last == rows_.end() ? UINT32_MAX : last->begin + moved;
  text_ = text;
  const std::vector<TextRow> fresh = lay(begin, line, stop);
  const uint32_t lines = fresh.empty() ? 0 : fresh.back().line + 1 - old_line;
  for (auto row = last; row != rows_.end(); ++row) {
    row->begin += moved;
    row->end += moved;
    row->line += lines;
  }
  const auto kept = std::min(last - first, static_cast<std::ptrdiff_t>(fresh.size()));
  std::copy(fresh.begin(), fresh.begin() + kept, first);
  if (kept < last - first) {
    rows_.erase(first + kept, last);
  } else {
    rows_.insert(last, fresh.begin() + kept, fresh.end());
  }
}

/// The rows of the lines from `from`, which begins line number `line`, to the one that begins at `stop` or to the end.
std::vector<TextRow> TextLayout::lay(uint32_t from, uint32_t line, uint32_t stop) const {
  std::vector<TextRow> out;
  const std::string_view text = text_;
  for (size_t at = from; at != stop; ++line) {
    size_t end = at;
    while (end < text.size() && !is_line_end(text[end])) ++end;
    lay_line(static_cast<uint32_t>(at), static_cast<uint32_t>(end), line, out);
    if (end >= text.size()) break;
    at = end + line_end_size(text, end);
  }
  return out;
}

/// One row after the other; each cell is looked at no more than twice.
void TextLayout::lay_line(size_t begin, size_t end, uint32_t line, std::vector<TextRow>& out) const {
  const std::string_view text = text_;
  bool first = true;
  do {
    const uint32_t room = first ? columns_ : columns_ - hanging_indent;
    size_t p = begin, field = 0, component = 0;
    uint32_t cells = 0;
    while (p < end && cells < room) {
      if (p > begin) {
        if (text[p] == delimiters_.field) {
          field = p;
          component = 0;
        } else if (text[p] == delimiters_.component || text[p] == delimiters_.repetition) {
          component = p;
        }
      }
      p += std::min<size_t>(cluster_size(text, p), end - p);
      ++cells;
    }
    size_t cut = p;
    if (p < end && text[p] != delimiters_.field) {
      // The field that does not fit: shorter than a row, it goes to the next row whole.
      const size_t start = field != 0 ? field : begin;
      size_t stop = start + 1;
      while (stop < end && stop - start <= columns_ - hanging_indent && text[stop] != delimiters_.field) ++stop;
      const bool longer = stop - start > columns_ - hanging_indent;
      if (text[p] == delimiters_.component && longer) {
        cut = p;
      } else if (longer && component != 0) {
        cut = component;
      } else if (field != 0) {
        cut = field;
      } else if (component != 0) {
        cut = component;
      }
    }
    out.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(cut), line, first});
    first = false;
    begin = cut;
  } while (begin < end);
}

uint32_t TextLayout::row_of(uint32_t offset) const {
  const auto after = std::upper_bound(rows_.begin(), rows_.end(), offset,
                                      [](uint32_t at, const TextRow& row) { return at < row.begin; });
  return after == rows_.begin() ? 0 : static_cast<uint32_t>(after - rows_.begin()) - 1;
}

uint32_t TextLayout::column_in(uint32_t row, uint32_t offset) const {
  const TextRow& r = rows_[row];
  uint32_t column = r.first ? 0 : hanging_indent;
  for (size_t p = r.begin; p < std::min(offset, r.end);) {
    p += cluster_size(text_, p);
    if (p > offset) break;
    ++column;
  }
  return column;
}

uint32_t TextLayout::column_of(uint32_t offset) const { return rows_.empty() ? 0 : column_in(row_of(offset), offset); }

uint32_t TextLayout::offset_at(uint32_t row, float column) const {
  if (rows_.empty()) return 0;
  const TextRow& r = rows_[std::min<size_t>(row, rows_.size() - 1)];
  float left = r.first ? 0 : static_cast<float>(hanging_indent);
  size_t p = r.begin;
  while (p < r.end && column >= left + 0.5f) {
    const size_t next = p + cluster_size(text_, p);
    // The end of a wrapped row is the begin of the next one.
    if (next >= r.end && row + 1 < rows_.size() && rows_[row + 1].begin == r.end) break;
    p = next;
    left += 1;
  }
  return static_cast<uint32_t>(std::min<size_t>(p, r.end));
}

Span TextLayout::line_at(uint32_t offset) const {
  if (rows_.empty()) return {};
  size_t low = row_of(offset), high = low;
  while (low > 0 && !rows_[low].first) --low;
  while (high + 1 < rows_.size() && !rows_[high + 1].first) ++high;
  return {rows_[low].begin, rows_[high].end};
}

LineEnds count_line_ends(std::string_view text) {
  LineEnds out;
  for (size_t at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1)) {
    ++(at + 1 < text.size() && text[at + 1] == '\n' ? out.crlf : out.cr);
  }
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++out.lf;
  out.lf -= out.crlf;
  return out;
}

uint32_t caret_next(std::string_view text, uint32_t offset) {
  if (offset >= text.size()) return static_cast<uint32_t>(text.size());
  if (is_line_end(text[offset])) return offset + line_end_size(text, offset);
  return offset + cluster_size(text, offset);
}

uint32_t caret_previous(std::string_view text, uint32_t offset) {
  if (offset == 0) return 0;
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  if (text[offset - 1] == '\n' && offset >= 2 && text[offset - 2] == '\r') return offset - 2;
  return cluster_before(text, offset);
}

uint32_t word_next(std::string_view text, uint32_t offset) {
  if (offset >= text.size()) return static_cast<uint32_t>(text.size());
  const Sort sort = sort_of(text[offset]);
  if (sort == Sort::line_end) return caret_next(text, offset);
  while (offset < text.size() && sort_of(text[offset]) == sort) ++offset;
  while (offset < text.size() && sort_of(text[offset]) == Sort::blank) ++offset;
  return offset;
}

uint32_t word_previous(std::string_view text, uint32_t offset) {
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  while (offset > 0 && sort_of(text[offset - 1]) == Sort::blank) --offset;
  if (offset == 0) return 0;
  const Sort sort = sort_of(text[offset - 1]);
  if (sort == Sort::line_end) return caret_previous(text, offset);
  while (offset > 0 && sort_of(text[offset - 1]) == sort) --offset;
  return offset;
}

Span word_at(std::string_view text, uint32_t offset) {
  if (text.empty()) return {};
  offset = std::min(offset, static_cast<uint32_t>(text.size()));
  if (offset == text.size() || (is_line_end(text[offset]) && offset > 0)) --offset;
  const Sort sort = sort_of(text[offset]);
  uint32_t begin = offset, end = offset + 1;
  while (begin > 0 && sort_of(text[begin - 1]) == sort) --begin;
  while (end < text.size() && sort_of(text[end]) == sort) ++end;
  return {begin, end};
}

}  // namespace iz
