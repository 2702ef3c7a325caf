#include "codesets/partner_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "codesets/cdc_tables.h"
#include "codesets/import_text.h"
#include "codesets/ndc.h"
#include "core/csv.h"
#include "core/utf8.h"

namespace iz {

namespace {

constexpr size_t kLooked = 200;  // lines by which column and table are guessed
constexpr size_t kMost = 20000;  // lines of a list

using Row = CsvRecord;

/// The records that hold something, their cells clean.
std::vector<Row> read_rows(std::string_view text, char separator) {
  std::vector<Row> rows = csv_records(text, separator);
  for (Row& row : rows)
    for (std::string& cell : row.cells) cell = clean_cell(cell);
  std::erase_if(rows, [](const Row& row) {
    return std::all_of(row.cells.begin(), row.cells.end(), [](const auto& c) { return c.empty(); });
  });
  return rows;
}

/// The character that cuts most lines into the same number of columns; 0 where each line is one code.
char find_separator(std::string_view text) {
  const std::vector<TextLine> lines = text_lines(text);
  char best = 0;
  size_t most = 0;
  for (const char separator : {'\t', '|', ';', ','}) {
    std::map<long, size_t> counts;
    for (size_t i = 0; i < std::min(lines.size(), kLooked); ++i)
      ++counts[std::count(lines[i].text.begin(), lines[i].text.end(), separator)];
    size_t with = 0;
    for (const auto& [count, times] : counts)
      if (count > 0) with += times;
    if (with * 2 > std::min(lines.size(), kLooked) && with > most) {
      most = with;
      best = separator;
    }
  }
  return best;
}

/// Letters and digits, in small letters: how names are compared.
std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c + 32);
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// Whether two names have a word of three letters or more in common, or one stands in the other.
bool names_agree(std::string_view a, std::string_view b) {
  const std::string x = folded(a), y = folded(b);
  if (x.empty() || y.empty() || x.find(y) != std::string::npos || y.find(x) != std::string::npos) return true;
  std::string_view words = x;
  while (!words.empty()) {
    const std::string_view word = next_word(words);
    if (word.size() >= 3 && (' ' + y + ' ').find(' ' + std::string(word)) != std::string::npos) return true;
  }
  return false;
}

/// Whether a name is one of those that our row has.
bool name_fits(const CodeSet& set, const Code& row, std::string_view name) {
  for (const std::string_view column : {"display", "full", "short", "generic", "labeler"})
    if (const std::string_view ours = set.cell(row, column); !ours.empty() && names_agree(ours, name)) return true;
  return false;
}

/// A code as our table writes it, for all spellings that leave no doubt; nullptr if there is none.
const Code* by_spelling(const CodeSet& set, std::string_view code, bool& exact) {
  exact = true;
  if (const Code* row = set.find(code)) return row;
  exact = false;
  if (set.system == "NDC") {
    const Code* found = nullptr;
    const NdcReadings readings = read_ndc(code);
    for (const Ndc& reading : readings.all()) {
      const Code* row = set.find(reading.text());
      if (row && found) return nullptr;
      if (row) found = row;
    }
    if (found) return found;
  }
  const auto plain = [](std::string_view s) {
    std::string out = folded(s);
    std::erase(out, ' ');
    out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
    return out;
  };
  const std::string wanted = plain(code);
  if (wanted.empty()) return nullptr;
  const Code* found = nullptr;
  for (const Code* row : set.nearest(code, 8)) {
    if (plain(row->code) != wanted) continue;
    if (found && found->code != row->code) return nullptr;
    found = row;
  }
  return found;
}

/// A code that is one letter away, where the name beside it says the same, or the code is too long for chance.
const Code* one_edit_away(const CodeSet& set, std::string_view code, std::string_view name) {
  const auto nearest = set.nearest(code, 8);
  std::vector<const Code*> close;
  for (const Code* row : nearest) {
    const size_t a = row->code.size(), b = code.size();
    if ((a > b ? a - b : b - a) > 1) continue;
    // One letter: what is left of both after the common begin and end is one letter at most.
    size_t front = 0, back = 0;
    while (front < std::min(a, b) && row->code[front] == code[front]) ++front;
    while (back < std::min(a, b) - front && row->code[a - 1 - back] == code[b - 1 - back]) ++back;
    if (std::max(a, b) - front - back <= 1) close.push_back(row);
  }
  if (!name.empty()) {
    std::vector<const Code*> named;
    for (const Code* row : close)
      if (folded(row->display) == folded(name)) named.push_back(row);
    if (named.size() == 1) return named[0];
  }
  return close.size() == 1 && nearest.size() == 1 && code.size() >= 6 ? close[0] : nullptr;
}

bool in_use(const CodeSet& set, const Code& row) {
  if (set.column("status") == CodeSet::none || row.status.empty()) return true;
  return row.status == "Active" || row.status == "Current";
}

/// How well a column holds the codes of a table.
struct Guess {
  const CodeSet* table = nullptr;
  size_t column = 0;
  double score = 0;
};

double score_of(const CodeSet& set, std::span<const Row> rows, size_t column) {
  size_t cells = 0, exact_hits = 0, hits = 0, named = 0;
  std::set<std::string_view> different;
  for (const Row& row : rows.subspan(0, std::min(rows.size(), kLooked))) {
    if (column >= row.cells.size() || row.cells[column].empty()) continue;
    ++cells;
    bool exact = false;
    const Code* ours = by_spelling(set, row.cells[column], exact);
    if (!ours) continue;
    (exact ? exact_hits : hits) += 1;
    different.insert(ours->code);
    for (size_t other = 0; other < row.cells.size(); ++other) {
      if (other == column || row.cells[other].size() < 3 || folded(row.cells[other]).empty()) continue;
      if (folded(ours->display).find(folded(row.cells[other])) != std::string::npos ||
          (ours->display.size() >= 3 && folded(row.cells[other]).find(folded(ours->display)) != std::string::npos)) {
        ++named;
        break;
      }
    }
  }
  if (cells == 0 || (exact_hits + hits) * 3 < cells) return 0;
  const auto share = [&](size_t n) { return static_cast<double>(n) / static_cast<double>(cells); };
  // Names that agree weigh as much as the codes: a column of row numbers holds codes of CVX, too.
  return share(exact_hits) + 0.8 * share(hits) + share(named) + 0.2 * share(different.size());
}

std::string describe(const PartnerList& list, const PartnerCode& c) {
  const CodeSet& set = *list.table;
  std::string out;
  const auto add = [&](const std::string& sentence) { out += (out.empty() ? "" : " ") + sentence; };
  if (c.first_line) add(fmt::format("It stands in line {} already.", c.first_line));
  if (c.kind == PartnerKind::unknown) add(fmt::format("{} does not list it (edition {}).", set.id, edition_words(set)));
  if (!c.row) return out;
  if (c.right != c.code) add(fmt::format("It is written {}.", c.right));
  if (set.cell(*c.row, "unspecified") == "yes") {
    add("A vaccine of unspecified formulation: for doses in the past, not for one that was given now.");
  } else if (!in_use(set, *c.row)) {
    add(fmt::format("Its status is {}.", c.row->status));
  }
  if (c.name_differs) add(fmt::format("Its name is \"{}\".", valid_utf8(c.row->display)));
  return out;
}

}  // namespace

size_t PartnerList::count(PartnerKind kind) const {
  return static_cast<size_t>(std::count_if(codes.begin(), codes.end(), [&](const auto& c) { return c.kind == kind; }));
}

size_t PartnerList::duplicates() const {
  return static_cast<size_t>(std::count_if(codes.begin(), codes.end(), [](const auto& c) { return c.first_line > 0; }));
}

PartnerList compare_partner(std::string_view list, std::span<const CodeSet* const> tables,
                            const PartnerOptions& options) {
  PartnerList out;
  const auto fail = [&](std::string why) -> PartnerList& {
    out.error = std::move(why);
    return out;
  };
  const TableText decoded = table_text(list);
  const std::vector<Row> rows = read_rows(decoded.text, find_separator(decoded.text));
  if (rows.empty()) return fail("The list is empty.");
  if (rows.size() > kMost)
    return fail(fmt::format("The list has more than {} lines, more than any of these tables.", kMost));
  size_t width = 0;
  for (const Row& row : rows) width = std::max(width, row.cells.size());
  if (options.column > width)
    return fail(fmt::format("The list has {} {}, none with the number {}.", width, width == 1 ? "column" : "columns",
                            options.column));
  const CdcTable* wanted = cdc_table(options.table);
  Guess best;
  bool there = options.table.empty();
  for (const CodeSet* set : tables) {
    if (!set || set->codes().empty()) continue;
    if (!options.table.empty() && set->id != options.table && !(wanted && wanted->id == set->id)) continue;
    there = true;
    for (size_t column = 0; column < std::min<size_t>(width, 64); ++column) {
      if (options.column && column + 1 != options.column) continue;
      const double score = score_of(*set, rows, column);
      if (score > best.score || (!best.table && !options.table.empty() && options.column)) best = {set, column, score};
    }
    // A table that was named is taken even where hardly a code is right: then the first column counts.
    if (!best.table && !options.table.empty()) best = {set, 0, 0};
  }
  if (!there) return fail(fmt::format("There is no table {}.", options.table));
  if (!best.table) return fail("No column of the list holds codes of a table that is known here; name the table.");
  out.table = best.table;
  out.column = static_cast<uint32_t>(best.column + 1);
  const CodeSet& set = *best.table;

  // The column of names is the one that agrees most often.
  std::vector<size_t> agree(width);
  for (const Row& row : rows) {
    bool exact = false;
    const Code* ours = best.column < row.cells.size() ? by_spelling(set, row.cells[best.column], exact) : nullptr;
    for (size_t i = 0; ours && i < row.cells.size(); ++i)
      if (i != best.column && row.cells[i].size() > 2 && !folded(row.cells[i]).empty() &&
          name_fits(set, *ours, row.cells[i]))
        ++agree[i];
  }
  const auto most = std::max_element(agree.begin(), agree.end());
  if (*most * 3 >= rows.size()) out.name_column = static_cast<uint32_t>(most - agree.begin() + 1);

  std::map<std::string, uint32_t> seen;
  std::set<std::string_view> have;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (best.column >= row.cells.size() || row.cells[best.column].empty()) continue;
    PartnerCode c;
    c.line = row.line;
    c.code = row.cells[best.column];
    if (out.name_column && out.name_column <= row.cells.size()) c.name = row.cells[out.name_column - 1];
    bool exact = false;
    c.row = by_spelling(set, c.code, exact);
    if (i == 0 && !c.row && c.code.find_first_of("0123456789") == std::string::npos &&
        (c.code.size() > 4 || folded(c.code) == folded(set.id) || folded(c.code) == "code")) {
      out.heading = true;
      continue;
    }
    if (!c.row) c.row = one_edit_away(set, c.code, c.name);
    if (c.row) {
      c.right = c.row->code;
      have.insert(c.row->code);
      c.kind = !exact                                     ? PartnerKind::misspelt
               : set.cell(*c.row, "unspecified") == "yes" ? PartnerKind::unspecified
               : !in_use(set, *c.row)                     ? PartnerKind::inactive
                                                          : PartnerKind::same;
      c.name_differs = !c.name.empty() && !name_fits(set, *c.row, c.name);
    } else {
      c.kind = PartnerKind::unknown;
    }
    const auto [first, fresh] = seen.emplace(c.row ? c.right : c.code, c.line);
    if (!fresh) c.first_line = first->second;
    c.sentence = describe(out, c);
    out.codes.push_back(std::move(c));
  }
  for (const Code& row : set.codes())
    if (have.insert(row.code).second) out.missing.push_back(&row);
  return out;
}

}  // namespace iz
