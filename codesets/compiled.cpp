#include "codesets/compiled.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "codesets/gs1.h"
#include "codesets/json_reader.h"
#include "codesets/ndc.h"

namespace iz {
namespace {

using Json = JsonValue;

[[noreturn]] void fail(const std::string& table, const std::string& reason) {
  throw std::invalid_argument(table + ": " + reason);
}

/// The next line, without its end; the rest stays in `text`.
std::string_view line(std::string_view& text) {
  const size_t end = text.find('\n');
  if (end == std::string_view::npos) fail("a table", "the end is missing");
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(end + 1);
  return out;
}

/// How the cells of a column follow from others: its parts are those of `derived` in the head of a table.
struct Derived {
  std::string column;
  std::vector<std::string> how;

  bool is_look_up() const { return how[0] != "ndc11" && how[0] != "gtin" && how[0] != "vis_code"; }
};

struct Table {
  std::unique_ptr<CodeSet> set;
  std::vector<Derived> derived;

  /// Whether a column follows from another table.
  bool looks_up() const {
    return std::any_of(derived.begin(), derived.end(), [](const Derived& d) { return d.is_look_up(); });
  }
};

Table read_table(std::string_view& text) {
  const JsonDocument document(line(text));
  const Json head = document.root();
  Table out;
  out.set =
      std::make_unique<CodeSet>(head.at("id").get<std::string>(), head.at("columns").get<std::vector<std::string>>());
  CodeSet& set = *out.set;
  set.name = head.at("name").get<std::string>();
  set.system = head.value("system", "");
  const Json edition = head.at("edition");
  set.edition = {edition.at("source").get<std::string>(), edition.at("date").get<std::string>(),
                 edition.value("document", "")};
  set.open = head.value("open", false);
  set.local = head.value("local", false);
  set.patterns = head.value("patterns", std::vector<std::string>{});
  if (head.contains("key")) set.key = head.at("key").get<std::vector<std::string>>();
  if (head.contains("derived"))
    for (const auto& [column, how] : head.at("derived").items())
      out.derived.push_back({std::string(column), how.get<std::vector<std::string>>()});
  const size_t rows = head.at("rows").get<size_t>();
  set.resize(rows);
  for (size_t column = 0; column < set.columns().size(); ++column)
    for (size_t row = 0; row < rows; ++row) set.set_cell(row, column, line(text));
  return out;
}

/// The texts of a column that are made here, in one block. `Size` is the length of each.
template <size_t Size, class Make>
void make_cells(CodeSet& set, size_t column, Make make) {
  const size_t rows = set.codes().size();
  std::string block;
  block.reserve(rows * Size);
  for (size_t row = 0; row < rows; ++row) {
    make(block, row);
    if (block.size() != (row + 1) * Size) fail(set.id, "a cell cannot be made of the others");
  }
  const std::string_view kept = set.keep(std::move(block));
  for (size_t row = 0; row < rows; ++row) {
    const std::string_view cell = set.cell(set.codes()[row], column);
    set.set_cell(row, column, cell.empty() ? kept.substr(row * Size, Size) : cell.substr(1));
  }
}

/// Fills the columns that follow from others of the same row.
void compute(Table& table) {
  CodeSet& set = *table.set;
  for (const Derived& derived : table.derived) {
    if (derived.is_look_up()) continue;
    const std::vector<std::string>& how = derived.how;
    const size_t column = set.column(derived.column), from = set.column(how.at(1));
    const auto cell = [&](size_t row, size_t at) { return set.cell(set.codes()[row], at); };
    if (how[0] == "ndc11") {
      make_cells<13>(set, column,
                     [&](std::string& out, size_t row) { out += read_ndc(cell(row, from)).codes[0].text(); });
    } else if (how[0] == "gtin") {
      make_cells<14>(set, column, [&](std::string& out, size_t row) {
        const size_t begin = out.size();
        out += "003";
        for (const char c : cell(row, from))
          if (c != '-') out += c;
        out += gs1_check_digit(std::string_view(out).substr(begin));
      });
    } else {
      const size_t date = set.column(how.at(2));
      make_cells<24>(set, column, [&](std::string& out, size_t row) {
        out.append("253").append(cell(row, from)).append("11");
        for (const char c : cell(row, date).substr(2))
          if (c != '-') out += c;
      });
    }
  }
}

/// Fills the columns that follow from another table.
void look_up(Table& table, std::span<const Table> all) {
  CodeSet& set = *table.set;
  for (const Derived& derived : table.derived) {
    if (!derived.is_look_up()) continue;
    const std::vector<std::string>& how = derived.how;
    const auto other = std::find_if(all.begin(), all.end(), [&](const Table& t) { return t.set->id == how.at(1); });
    if (other == all.end() || other->looks_up()) fail(set.id, "follows from no such table");
    const size_t column = set.column(derived.column), by = set.column(how.at(0));
    const size_t there = other->set->column(how.at(2));
    for (size_t i = 0; i < set.codes().size(); ++i) {
      const std::string_view cell = set.cell(set.codes()[i], column);
      const Code* row = cell.empty() ? other->set->find(set.cell(set.codes()[i], by)) : nullptr;
      if (!cell.empty()) set.set_cell(i, column, cell.substr(1));
      if (row) set.set_cell(i, column, other->set->cell(*row, there));
    }
  }
}

}  // namespace

std::vector<std::unique_ptr<CodeSet>> read_compiled(std::span<const std::string_view> texts) {
  std::vector<Table> tables;
  for (std::string_view text : texts)
    while (!text.empty()) tables.push_back(read_table(text));
  for (Table& table : tables) {
    compute(table);
    if (!table.looks_up()) table.set->index();
  }
  std::vector<std::unique_ptr<CodeSet>> out;
  for (Table& table : tables) {
    if (!table.looks_up()) continue;
    look_up(table, tables);
    table.set->index();
  }
  out.reserve(tables.size());
  for (Table& table : tables) out.push_back(std::move(table.set));
  return out;
}

}  // namespace iz
