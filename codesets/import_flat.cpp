// Reads the files whose columns are separated by `|`.
#include <fmt/format.h>

#include <algorithm>

#include "codesets/import_rows.h"
#include "codesets/import_text.h"

namespace iz {

namespace {

constexpr size_t kLooked = 60;  // lines by which the layout is recognised

/// A layout with the index of our column for each of its columns; `CdcTable::none` for one that is left out.
struct Layout {
  const CdcTable* table = nullptr;
  std::vector<size_t> columns;
};

std::vector<Layout> all_layouts() {
  std::vector<Layout> layouts;
  for (const CdcTable& table : cdc_tables()) {
    for (const FlatLayout& flat : table.layouts) {
      Layout layout{&table, {}};
      std::string_view words = flat.columns;
      while (!words.empty()) layout.columns.push_back(table.column(next_word(words)));
      layouts.push_back(std::move(layout));
    }
  }
  return layouts;
}

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> fields;
  for (size_t at = 0;;) {
    const size_t bar = line.find('|', at);
    fields.push_back(line.substr(at, bar - at));
    if (bar == std::string_view::npos) return fields;
    at = bar + 1;
  }
}

/// Whether a line has so many columns; a `|` at its end makes no further one.
bool has_columns(const std::vector<std::string_view>& fields, size_t count) {
  return fields.size() == count ||
         (fields.size() == count + 1 && std::all_of(fields.back().begin(), fields.back().end(),
                                                    [](char c) { return static_cast<uint8_t>(c) <= 0x20; }));
}

/// Whether the fields of a line hold what the layout's columns do.
bool line_fits(const Layout& layout, const std::vector<std::string_view>& fields) {
  if (!has_columns(fields, layout.columns.size())) return false;
  for (size_t i = 0; i < layout.columns.size(); ++i) {
    if (layout.columns[i] == CdcTable::none) continue;
    const CdcColumn& column = layout.table->columns[layout.columns[i]];
    const std::string cell = clean_cell(fields[i]);
    if (cell.empty() ? column.required : !fits(column.kind, cell)) return false;
  }
  return true;
}

/// Whether a line is a heading: the right number of columns, and words where codes or dates should stand.
bool is_heading(const Layout& layout, const std::vector<std::string_view>& fields) {
  if (!has_columns(fields, layout.columns.size())) return false;
  for (size_t i = 0; i < layout.columns.size(); ++i) {
    if (layout.columns[i] == CdcTable::none) continue;
    const CellKind kind = layout.table->columns[layout.columns[i]].kind;
    const std::string cell = clean_cell(fields[i]);
    if (kind != CellKind::text && kind != CellKind::word && !cell.empty() && fits(kind, cell) && kind != CellKind::mvx)
      return false;
  }
  return true;
}

/// The layout that most of the first lines fit; its table is nullptr when none does.
Layout recognise(const std::vector<TextLine>& lines, const std::vector<std::vector<std::string_view>>& fields) {
  Layout best;
  size_t most = 0;
  for (Layout& layout : all_layouts()) {
    size_t fitting = 0;
    for (size_t i = 0; i < std::min(lines.size(), kLooked); ++i) fitting += line_fits(layout, fields[i]);
    if (fitting > most) {
      most = fitting;
      best = std::move(layout);
    }
  }
  return best;
}

std::string no_layout(size_t columns) {
  if (columns < 2) return "no line of it has columns with |, so it is none of CDC's flat files";
  return fmt::format("no line of it looks like a row of one of CDC's tables (the first has {} columns)", columns);
}

/// Reads the records of a file whose layout is known.
class FlatReader {
 public:
  FlatReader(const Layout& layout, std::string_view text, TableRows& out) : layout_(layout), text_(text), out_(out) {}

  void read(const std::vector<TextLine>& lines, const std::vector<std::vector<std::string_view>>& fields) {
    size_t i = 0;
    if (lines.size() > 1 && is_heading(layout_, fields[0]) && !line_fits(layout_, fields[0])) {
      out_.noticed.emplace_back("The first line is a heading; it was passed over.");
      i = 1;
    }
    for (; i < lines.size() && out_.error.empty(); ++i) {
      if (pending_.empty() && has_columns(fields[i], layout_.columns.size())) {
        take(fields[i], lines[i].number);
      } else {
        join(lines[i]);
      }
    }
    if (!out_.error.empty()) return;
    if (!pending_.empty()) {
      fail(pending_line_, fmt::format("the file is cut: its last line has {} of {} columns", split(pending_).size(),
                                      layout_.columns.size()));
    } else if (joined_) {
      out_.noticed.push_back(
          joined_ == 1 ? "1 record was broken over several lines; it was put together."
                       : fmt::format("{} records were broken over several lines; they were put together.", joined_));
    }
    if (out_.error.empty()) last_cell();
  }

 private:
  void fail(uint32_t line, std::string why) {
    out_.error = std::move(why);
    out_.error_line = line;
  }

  /// A line with too few columns goes on in the next one: a line end stood in a text.
  void join(const TextLine& line) {
    if (pending_.empty()) {
      pending_line_ = line.number;
      pending_ = line.text;
    } else {
      pending_ += ' ';
      pending_ += line.text;
    }
    const auto fields = split(pending_);
    if (fields.size() < layout_.columns.size()) return;
    if (!has_columns(fields, layout_.columns.size())) {
      return fail(pending_line_,
                  pending_line_ == line.number
                      ? fmt::format("the line has {} columns instead of {}", fields.size(), layout_.columns.size())
                      : fmt::format("the line has too few columns, and what follows does not complete it to {}",
                                    layout_.columns.size()));
    }
    take(fields, pending_line_);
    ++joined_;
    pending_.clear();
  }

  void take(const std::vector<std::string_view>& fields, uint32_t line) {
    TableRow row{line, std::vector<std::string>(layout_.table->columns.size())};
    for (size_t i = 0; i < layout_.columns.size(); ++i) {
      const size_t column = layout_.columns[i];
      if (column == CdcTable::none) continue;
      std::string& cell = row.cells[column];
      if (i && layout_.columns[i - 1] == column) cell += '-';
      cell += clean_cell(fields[i]);
    }
    out_.rows.push_back(std::move(row));
  }

  /// A file that ends without a line end, within a GTIN, was cut.
  void last_cell() {
    if (text_.empty() || text_.back() == '\n' || text_.back() == '\r' || out_.rows.empty()) return;
    const size_t column = layout_.columns.back();
    if (column == CdcTable::none || layout_.table->columns[column].kind != CellKind::gtin) return;
    const TableRow& row = out_.rows.back();
    const size_t digits = row.cells[column].size();
    if (digits > 0 && digits < 14)
      fail(row.line, fmt::format("the file is cut: it ends in a GTIN, after {} digits", digits));
  }

  const Layout& layout_;
  std::string_view text_;
  TableRows& out_;
  std::string pending_;  // of a record that is not complete
  uint32_t pending_line_ = 0;
  size_t joined_ = 0;
};

}  // namespace

TableRows read_flat(std::string_view text) {
  TableRows out;
  const std::vector<TextLine> lines = text_lines(text);
  std::vector<std::vector<std::string_view>> fields;
  fields.reserve(lines.size());
  for (const TextLine& line : lines) fields.push_back(split(line.text));
  const Layout layout = recognise(lines, fields);
  if (!layout.table) {
    out.error = no_layout(fields.empty() ? 0 : fields[0].size());
    return out;
  }
  out.table = layout.table;
  out.present.assign(layout.table->columns.size(), false);
  for (const size_t column : layout.columns)
    if (column != CdcTable::none) out.present[column] = true;
  FlatReader(layout, text, out).read(lines, fields);
  return out;
}

}  // namespace iz
