#include "codesets/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "codesets/import_aira.h"
#include "codesets/import_rows.h"
#include "codesets/import_text.h"
#include "core/sort.h"
#include "core/utf8.h"
#include "core/zip.h"

namespace iz {

namespace {

std::string_view base_name(std::string_view name) {
  const size_t slash = name.find_last_of("/\\");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// Whether a file is called as CDC calls one of its tables.
bool is_cdc_name(std::string_view name) {
  std::string low(base_name(name));
  low.resize(std::min(low.find('.'), low.size()));
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  for (const std::string_view known : {"cvx", "mvx", "vg", "vac2vg", "tradename", "ndc_unit_use", "ndc_unit_sale",
                                       "ndc_linker", "vis", "visurl", "cvxvis", "cvx_vis", "vis-barcode-lookup-table",
                                       "cpt", "get_all_ndc_display", "get_all_ndc_display2", "compiled"})
    if (low == known) return true;
  return false;
}

std::string shown(std::string_view cell) {
  std::string text = valid_utf8(cell.substr(0, 40));
  return cell.size() > 40 ? text + "..." : text;
}

std::string count_of(size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// Names up to three keys: "58160-0821-01, 58160-0821-11 and 4 more".
std::string some(const std::vector<std::string>& keys) {
  std::string out;
  for (size_t i = 0; i < std::min<size_t>(keys.size(), 3); ++i) out += (i ? ", " : "") + shown(keys[i]);
  if (keys.size() > 3) out += fmt::format(" and {} more", keys.size() - 3);
  return out;
}

/// Looks at every cell, and writes dates, flags and National Drug Codes our way.
class CellReader {
 public:
  explicit CellReader(TableRows& rows) : rows_(rows) {}

  /// False, with the reason, at the first record that cannot be used.
  bool read() {
    for (TableRow& row : rows_.rows)
      for (size_t i = 0; i < row.cells.size(); ++i)
        if (!cell(row, i)) return false;
    for (const auto& [column, odd] : odd_)
      rows_.noticed.push_back(fmt::format("{}: {}.", odd_words(column, odd.size()), some(odd)));
    return true;
  }

 private:
  bool refuse(const TableRow& row, std::string why) {
    rows_.error = std::move(why);
    rows_.error_line = row.line;
    return false;
  }

  std::string odd_words(size_t column, size_t count) const {
    const CdcColumn& c = rows_.table->columns[column];
    return count_of(count, fmt::format("cell of column {} is not {}", c.name, kind_words(c.kind)),
                    fmt::format("cells of column {} are not {}", c.name, kind_words(c.kind)));
  }

  bool cell(TableRow& row, size_t at) {
    const CdcColumn& column = rows_.table->columns[at];
    std::string& text = row.cells[at];
    const bool needed = column.name == "code" || column.name == "display";
    if (text.empty()) {
      if (column.required && needed)
        return refuse(row, fmt::format("the record has no {}", column.name == "code" ? "code" : "name"));
      return true;
    }
    if (column.kind == CellKind::ndc11 && text.size() == 11 && text.find('-') == std::string::npos)
      text.insert(9, "-").insert(5, "-");
    if (!fits(column.kind, text)) {
      if (column.name == "code" || column.kind == CellKind::date)
        return refuse(row,
                      fmt::format("\"{}\" is not {} (column {})", shown(text), kind_words(column.kind), column.name));
      odd_[at].push_back(text);
    } else if (column.kind == CellKind::date) {
      text = table_date(text).value_or("");
    } else if (column.kind == CellKind::flag) {
      text = text[0] == 'T' || text[0] == 't' ? "yes" : "";
    }
    return true;
  }

  TableRows& rows_;
  std::map<size_t, std::vector<std::string>> odd_;  // by column
};

/// A CVX code for a vaccine whose formulation nobody wrote down: CDC says so in words only.
bool is_unspecified(std::string_view display, std::string_view full, std::string_view notes) {
  for (const std::string_view name : {display, full}) {
    std::string low(name);
    for (char& c : low)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (low.find("unspecified") != std::string::npos || low.find("unknown") != std::string::npos) return true;
  }
  return notes.find("(NOS)") != std::string_view::npos;
}

/// Turns checked rows into a table of ours.
class TableMaker {
 public:
  TableMaker(TableRows& rows, const CodeSet* in_use, ImportedTable& out) : rows_(rows), in_use_(in_use), out_(out) {}

  void make(Edition edition) {
    notice();
    choose_columns();
    auto set = std::make_shared<CodeSet>(std::string(rows_.table->id), names_);
    set->name = rows_.table->name;
    set->system = rows_.table->system;
    set->edition = std::move(edition);
    set->key.clear();
    std::string_view words = rows_.table->key;
    std::vector<size_t> key;
    while (!words.empty()) {
      const std::string_view word = next_word(words);
      set->key.emplace_back(word);
      key.push_back(rows_.table->column(word));
    }
    sort_values(rows_.rows, [&](const TableRow& a, const TableRow& b) {
      for (const size_t column : key)
        if (const int order = a.cells[column].compare(b.cells[column]); order != 0) return order < 0;
      return false;
    });
    fill(*set);
    set->index();
    repeated(*set);
    out_.newest = set->newest_row();
    out_.set = std::move(set);
  }

 private:
  size_t at(std::string_view column) const {
    const size_t found = rows_.table->column(column);
    return found != CdcTable::none && rows_.present[found] ? found : CdcTable::none;
  }

  /// What is odd, but CDC's.
  void notice() {
    std::vector<std::string> short_gtins, two_gtins, dates;
    const size_t gtin = at("gtin"), again = at("gtin_again");
    for (TableRow& row : rows_.rows) {
      if (gtin != CdcTable::none && again != CdcTable::none) {
        if (row.cells[gtin].empty()) row.cells[gtin] = row.cells[again];
        if (!row.cells[again].empty() && row.cells[again] != row.cells[gtin]) two_gtins.push_back(row.cells[0]);
      }
      if (gtin != CdcTable::none && !row.cells[gtin].empty() && row.cells[gtin].size() != 14)
        short_gtins.push_back(fmt::format("{} for {}", row.cells[gtin], row.cells[0]));
      if (rows_.table->short_name == "vis") {
        const std::string& code = row.cells[0];
        const std::string& edition = row.cells[rows_.table->column("edition")];
        if (fmt::format("{}-{}-{}", code.substr(18, 2), code.substr(20, 2), code.substr(22, 2)) != edition.substr(2))
          dates.push_back(code);
      }
    }
    const auto say = [&](const std::vector<std::string>& list, std::string_view one, std::string_view many) {
      if (list.empty()) return;
      out_.noticed.push_back(fmt::format("{}: {}.", count_of(list.size(), one, many), some(list)));
    };
    say(short_gtins, "GTIN does not have 14 digits", "GTINs do not have 14 digits");
    say(two_gtins, "row has two GTINs that differ; the first counts",
        "rows have two GTINs that differ; the first counts");
    say(dates, "bar code holds another date than its edition", "bar codes hold another date than their edition");
  }

  void choose_columns() {
    for (size_t i = 0; i < rows_.table->columns.size(); ++i) {
      if (!rows_.present[i] || rows_.table->columns[i].name == "gtin_again") continue;
      names_.emplace_back(rows_.table->columns[i].name);
      sources_.push_back(i);
    }
    if (rows_.table->short_name != "cvx") return;
    names_.emplace_back("unspecified");
    // The XML report does not say what is no vaccine: then what is known of the code stays.
    if (at("nonvaccine") == CdcTable::none && in_use_ && in_use_->column("nonvaccine") != CodeSet::none) {
      names_.emplace_back("nonvaccine");
      keeps_nonvaccine_ = true;
    }
  }

  void fill(CodeSet& set) {
    size_t size = 0;
    for (const TableRow& row : rows_.rows)
      for (const size_t column : sources_) size += row.cells[column].size();
    std::string all;
    all.reserve(size);
    for (const TableRow& row : rows_.rows)
      for (const size_t column : sources_) all += row.cells[column];
    const std::string_view text = set.keep(std::move(all));
    size_t from = 0;
    std::vector<std::string_view> cells;
    const size_t full = at("full"), notes = at("notes");
    for (const TableRow& row : rows_.rows) {
      cells.clear();
      for (const size_t column : sources_) {
        cells.push_back(text.substr(from, row.cells[column].size()));
        from += row.cells[column].size();
      }
      if (rows_.table->short_name == "cvx") {
        const auto cell = [&](size_t column) {
          return column == CdcTable::none ? std::string_view{} : std::string_view(row.cells[column]);
        };
        cells.push_back(is_unspecified(row.cells[1], cell(full), cell(notes)) ? "yes" : "");
        if (keeps_nonvaccine_) {
          const Code* known = in_use_->find(row.cells[0]);
          cells.push_back(known && in_use_->cell(*known, "nonvaccine") == "yes" ? "yes" : "");
        }
      }
      set.add(cells);
    }
  }

  void repeated(const CodeSet& set) {
    std::vector<std::string> keys;
    std::string before;
    for (const Code& row : set.codes()) {
      std::string key = set.key_of(row);
      if (key == before && (keys.empty() || keys.back() != key)) keys.push_back(key);
      before = std::move(key);
    }
    if (keys.empty()) return;
    out_.noticed.push_back(fmt::format("{}: {}. All rows are kept.",
                                       count_of(keys.size(), "key stands twice", "keys stand twice"), some(keys)));
  }

  TableRows& rows_;
  const CodeSet* in_use_;
  ImportedTable& out_;
  std::vector<std::string> names_;
  std::vector<size_t> sources_;  // column of the file for each column of the table that is not derived
  bool keeps_nonvaccine_ = false;
};

/// By which column a row is dated; empty for a table without dates.
std::string_view date_column(const CodeSet& set) {
  for (const std::string_view name : {"updated", "edition"})
    if (set.column(name) != CodeSet::none) return name;
  return {};
}

std::string newest_date(const CodeSet& set) {
  std::string_view newest;
  const size_t column = set.column(date_column(set));
  for (const Code& row : set.codes()) newest = std::max(newest, set.cell(row, column));
  return std::string(newest);
}

/// How many codes of the table in use a new one lacks. Of an older edition nothing is expected that came after it.
size_t lost_codes(const CodeSet& in_use, const CodeSet& set, bool older) {
  const size_t dates = in_use.column(date_column(in_use));
  const std::string newest = newest_date(set);
  std::set<std::string_view> lost;
  for (const Code& row : in_use.codes()) {
    if (set.find(row.code)) continue;
    const bool came_later = older && (dates == CodeSet::none || newest.empty() || in_use.cell(row, dates) > newest);
    if (!came_later) lost.insert(row.code);
  }
  return lost.size();
}

size_t distinct_codes(const CodeSet& set) {
  std::set<std::string_view> codes;
  for (const Code& row : set.codes()) codes.insert(row.code);
  return codes.size();
}

class Importer {
 public:
  Importer(const TableInUse& in_use, Import& out) : in_use_(in_use), out_(out) {}

  void file(std::string_view bytes, const std::string& name) {
    const auto refuse = [&](std::string why, uint32_t line = 0, bool foreign = false) {
      out_.refused.push_back({name, line, std::move(why), foreign && !is_cdc_name(name)});
    };
    if (bytes.find_first_not_of(std::string_view("\0\r\n\t ", 5)) == std::string_view::npos)
      return refuse(bytes.empty() ? "the file is empty" : "the file holds nothing but blanks");
    const TableText text = table_text(bytes);
    if (text.encoding.starts_with("UTF-16") && bytes.size() % 2) return refuse("the file is cut within a character");
    if (text.text.find('\0') != std::string::npos) return refuse("it is not a text file", 0, true);
    TableRows rows = is_markup(text.text) ? read_xml(text.text) : read_flat(text.text);
    if (!rows.error.empty() || !CellReader(rows).read()) return refuse(rows.error, rows.error_line, !rows.table);
    if (rows.table == &kCvxDates) trust_dates(rows, beside("CVX"));
    if (rows.rows.empty()) return refuse("it has no records");
    take(rows, text, name);
  }

  void archive(std::string_view bytes, const std::string& name) {
    const Zip zip = read_zip(bytes);
    if (!zip.error.empty()) out_.refused.push_back({name, 0, zip.error});
    const bool workbook = std::any_of(zip.files.begin(), zip.files.end(),
                                      [](const ZipFile& f) { return f.name == "[Content_Types].xml"; });
    if (workbook) {
      out_.refused.push_back(
          {name, 0, "it is a workbook or document of an office program; save its table as text first"});
      return;
    }
    if (zip.error.empty() && zip.files.empty()) out_.refused.push_back({name, 0, "the zip file holds no files"});
    for (const ZipFile& f : zip.files) {
      if (f.name.starts_with("__MACOSX/") || base_name(f.name).starts_with('.')) continue;
      const std::string inside = name + '/' + valid_utf8(f.name);
      if (!f.error.empty()) {
        out_.refused.push_back({inside, 0, f.error});
      } else if (is_zip(f.bytes)) {
        out_.refused.push_back({inside, 0, "it is a zip file within a zip file"});
      } else {
        file(f.bytes, inside);
      }
    }
  }

  /// The rows of CDC's linker name products that must be in the tables beside it.
  void check_links() {
    for (ImportedTable& t : out_.tables) {
      if (t.table != "ndc_linker") continue;
      const CodeSet* sale = beside("NDC_Sale");
      const CodeSet* use = beside("NDC_Use");
      if (!sale || !use) continue;
      const auto ids = [](const CodeSet& set) {
        std::set<std::string_view> all;
        for (const Code& row : set.codes()) all.insert(set.cell(row, "id"));
        return all;
      };
      const auto sales = ids(*sale), uses = ids(*use);
      std::vector<std::string> open;
      for (const Code& row : t.set->codes())
        if (!sales.contains(t.set->cell(row, "sale")) || !uses.contains(t.set->cell(row, "use")))
          open.emplace_back(row.code);
      if (!open.empty())
        t.noticed.push_back(fmt::format("{} a product that is not listed: {}.",
                                        count_of(open.size(), "link names", "links name"), some(open)));
    }
  }

 private:
  const CodeSet* beside(std::string_view id) const {
    for (const ImportedTable& t : out_.tables)
      if (t.set->id == id) return t.set.get();
    return in_use_ ? in_use_(id) : nullptr;
  }

  void take(TableRows& rows, const TableText& text, const std::string& name) {
    ImportedTable t;
    t.file = name;
    t.table = rows.table->short_name;
    for (const ImportedTable& other : out_.tables) {
      if (other.table != t.table) continue;
      out_.refused.push_back({name, 0, fmt::format("it holds the table {}, as {} does", t.table, other.file)});
      return;
    }
    t.noticed = std::move(rows.noticed);
    if (text.encoding != "UTF-8") t.noticed.push_back(fmt::format("The file was read as {}.", text.encoding));
    const CodeSet* old = in_use_ ? in_use_(rows.table->id) : nullptr;
    const size_t count = rows.rows.size();
    TableMaker(rows, old, t)
        .make({t.table == "cvx_dates" ? "AIRA" : "CDC", date_in_name(name), std::string(base_name(name))});
    if (old && !old->codes().empty()) {
      const std::string newest = newest_date(*t.set), newest_in_use = newest_date(*old);
      const std::string& date = t.set->edition.date;
      t.older = date.empty() || old->edition.date.empty() ? newest < newest_in_use : date < old->edition.date;
      const size_t lost = lost_codes(*old, *t.set, t.older), codes = distinct_codes(*old);
      if (lost * 10 >= codes) {
        out_.refused.push_back(
            {name, 0,
             fmt::format("the table {} has shrunk: {} of the {} codes in use are missing from its {} rows", t.table,
                         lost, codes, count)});
        return;
      }
      if (t.older) t.noticed.emplace_back("This edition is older than the one in use.");
      t.changes = compare_tables(*old, *t.set, RowOrder::ignored);
    }
    out_.tables.push_back(std::move(t));
  }

  const TableInUse& in_use_;
  Import& out_;
};

}  // namespace

Import import_tables(std::span<const ImportFile> files, const TableInUse& in_use) {
  Import out;
  Importer importer(in_use, out);
  for (const ImportFile& file : files) {
    const std::string name = valid_utf8(file.name);
    if (is_zip(file.bytes)) {
      importer.archive(file.bytes, name);
    } else {
      importer.file(file.bytes, name);
    }
  }
  importer.check_links();
  return out;
}

std::string refusal_text(const ImportRefusal& r) {
  return r.line ? fmt::format("{}, line {}: {}", r.file, r.line, r.reason) : fmt::format("{}: {}", r.file, r.reason);
}

}  // namespace iz
