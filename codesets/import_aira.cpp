#include "codesets/import_aira.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "codesets/import_text.h"
#include "core/markup.h"

namespace iz {

namespace {

constexpr size_t kBulk = 5;
constexpr size_t kCode = 0, kStart = 1, kEnd = 2, kDisplay = 3, kConcept = 4;  // columns of kCvxDates

}  // namespace

void read_code_base(const Markup& m, TableRows& out) {
  const auto& elements = m.elements();
  const std::string_view text = m.input();
  out.table = &kCvxDates;
  out.present.assign(kCvxDates.columns.size(), true);
  size_t sets = 0, codes = 0;
  bool cvx = false;  // the code set that is read now
  uint32_t code = Markup::none, line = 1;
  size_t counted = 0;
  for (uint32_t i = 1; i < elements.size(); ++i) {
    const MarkupElement& e = elements[i];
    const auto value = [&] { return clean_cell(m.text(e, 1000)); };
    if (e.parent == 0) {
      ++sets;
      cvx = false;
    } else if (elements[e.parent].parent == 0) {
      if (e.local == "type") cvx = value() == "VACCINATION_CVX_CODE";
      if (e.local != "code") continue;
      ++codes;
      if (!cvx) continue;
      line += line_of(text.substr(counted), e.outer.begin - counted) - 1;
      counted = e.outer.begin;
      out.rows.push_back({line, std::vector<std::string>(kCvxDates.columns.size())});
      code = i;
    } else if (cvx && code != Markup::none) {
      auto& cells = out.rows.back().cells;
      if (e.parent == code) {
        if (e.local == "value") cells[kCode] = value();
        if (e.local == "label") cells[kDisplay] = value();
        if (e.local == "concept-type") cells[kConcept] = value();
      } else if (elements[e.parent].parent == code && elements[e.parent].local == "use-date") {
        if (e.local == "not-before") cells[kStart] = value();
        if (e.local == "not-after") cells[kEnd] = value();
      }
    }
  }
  if (out.rows.empty()) {
    out.error = "it is AIRA's code base, but it has none of the CVX codes whose dates of use are read";
    return;
  }
  out.noticed.push_back(fmt::format(
      "This is AIRA's compiled code base: of {} CVX codes the first and last dates of use are read. Its {} other "
      "tables with {} codes are not, nor are expected dates, ages and links.",
      out.rows.size(), sets - 1, codes - out.rows.size()));
}

void trust_dates(TableRows& rows, const CodeSet* cvx) {
  std::map<std::string_view, size_t> changes, stated;
  const size_t updated = cvx ? cvx->column("updated") : CodeSet::none;
  if (updated != CodeSet::none)
    for (const Code& row : cvx->codes()) ++changes[cvx->cell(row, updated)];
  for (const TableRow& row : rows.rows) {
    for (const size_t column : {kStart, kEnd})
      if (!row.cells[column].empty() && (column == kStart || row.cells[kStart] != row.cells[kEnd]))
        ++stated[row.cells[column]];
  }
  std::map<std::string, size_t> bulk;  // a copy: the cells are changed below
  for (const auto& [day, count] : stated)
    if (count >= kBulk) bulk.emplace(day, count);
  for (const auto& [day, count] : changes)
    if (count >= kBulk) bulk.emplace(day, count);

  size_t dates = 0, kept = 0;
  std::erase_if(rows.rows, [&](TableRow& row) {
    const Code* known = cvx ? cvx->find(row.cells[kCode]) : nullptr;
    const bool unspecified = known && cvx->cell(*known, "unspecified") == "yes";
    const bool vaccine = row.cells[kConcept] == "vaccine" && !unspecified;
    for (const size_t column : {kStart, kEnd}) {
      std::string& day = row.cells[column];
      if (day.empty()) continue;
      ++dates;
      const bool change = known && updated != CodeSet::none && cvx->cell(*known, updated) == day;
      if (!vaccine || change || bulk.contains(day)) day.clear();
    }
    if (!row.cells[kStart].empty() && !row.cells[kEnd].empty() && row.cells[kStart] > row.cells[kEnd]) return true;
    kept += !row.cells[kStart].empty();
    kept += !row.cells[kEnd].empty();
    return row.cells[kStart].empty() && row.cells[kEnd].empty();
  });
  rows.noticed.push_back(fmt::format(
      "{} of its {} dates were taken. The others are of codes that are no single vaccine, or repeat a day on "
      "which CDC changed the row, or stand at {} codes or more.",
      kept, dates, kBulk));
}

}  // namespace iz
