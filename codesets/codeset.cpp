#include "codesets/codeset.h"
#include "core/sort.h"

#include <algorithm>

namespace iz {
namespace {

/// In a pattern # is one digit, @ one letter and * one or more letters or digits.
bool matches(std::string_view pattern, std::string_view code) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  const auto alnum = [&](char c) { return digit(c) || letter(c); };
  size_t i = 0;
  for (char p : pattern) {
    if (i >= code.size()) return false;
    if (p == '*') {
      const size_t from = i;
      while (i < code.size() && alnum(code[i])) ++i;
      if (i == from) return false;
    } else if (p == '#' ? !digit(code[i]) : p == '@' ? !letter(code[i]) : code[i] != p) {
      return false;
    } else {
      ++i;
    }
  }
  return i == code.size();
}

/// Number of single-letter edits between two short codes, at most `limit` + 1.
size_t edits(std::string_view a, std::string_view b, size_t limit) {
  const size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit || a.size() > 64 || b.size() > 64) return limit + 1;
  size_t row[65];
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string folded(std::string_view code) {  // letters in one case, without dashes, blanks and leading zeros
  std::string out;
  for (char c : code)
    if (c != '-' && c != ' ' && c != '\t') out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  out.erase(0, std::min(out.find_first_not_of('0'), out.size()));
  return out;
}

}  // namespace

bool same_but_spelling(std::string_view a, std::string_view b) { return folded(a) == folded(b); }

CodeSet::CodeSet(std::string table_id, std::vector<std::string> columns)
    : id(std::move(table_id)), columns_(std::move(columns)) {}

size_t CodeSet::column(std::string_view column_name) const {
  const auto it = std::find(columns_.begin(), columns_.end(), column_name);
  return it == columns_.end() ? none : static_cast<size_t>(it - columns_.begin());
}

std::string CodeSet::key_of(const Code& row) const {
  std::string out;
  for (const std::string& part : key) {
    if (&part != &key.front()) out += '|';
    out += cell(row, part);
  }
  return out;
}

std::string_view CodeSet::keep(std::string text) { return memory_.emplace_back(std::move(text)); }

void CodeSet::add(std::span<const std::string_view> cells) {
  resize(codes_.size() + 1);
  std::copy_n(cells.begin(), std::min(cells.size(), columns_.size()),
              cells_.end() - static_cast<ptrdiff_t>(columns_.size()));
}

void CodeSet::resize(size_t rows) {
  codes_.resize(rows);
  cells_.resize(rows * columns_.size());
}

void CodeSet::set_cell(size_t row, size_t column_index, std::string_view text) {
  cells_[row * columns_.size() + column_index] = text;
}

std::string_view CodeSet::newest_row() const {
  std::string_view newest;
  if (const size_t updated = column("updated"); updated != none)
    for (const Code& row : codes_) newest = std::max(newest, cell(row, updated));
  return newest;
}

std::string edition_words(const CodeSet& set) {
  if (!set.edition.date.empty()) return set.edition.date;
  const std::string_view newest = set.newest_row();
  return newest.empty() ? "unknown" : "unknown, newest row " + std::string(newest);
}

void CodeSet::index() {
  const size_t shared[] = {column("code"), column("display"), column("system"), column("status")};
  for (Code& row : codes_)
    row = {cell(row, shared[0]), cell(row, shared[1]), cell(row, shared[2]), cell(row, shared[3])};
  size_t size = 8;
  while (size < codes_.size() * 2) size *= 2;
  slots_.assign(size, {});
  for (size_t i = 0; i < codes_.size(); ++i) {
    const TextKey code_key(codes_[i].code);
    size_t s = code_key.hash() & (size - 1);
    while (slots_[s].row) s = (s + 1) & (size - 1);
    slots_[s] = {code_key, static_cast<uint32_t>(i + 1)};
  }
}

template <class Accept>
const Code* CodeSet::find_row(std::string_view code, Accept accept) const {
  if (slots_.empty()) return nullptr;
  const TextKey wanted(code);
  for (size_t s = wanted.hash() & (slots_.size() - 1); slots_[s].row; s = (s + 1) & (slots_.size() - 1)) {
    if (slots_[s].key != wanted) continue;
    const Code& row = codes_[slots_[s].row - 1];
    if ((wanted.exact() || row.code == code) && accept(row)) return &row;
  }
  return nullptr;
}

const Code* CodeSet::find(std::string_view code) const {
  return find_row(code, [](const Code&) { return true; });
}

const Code* CodeSet::find(std::string_view code, std::string_view code_system) const {
  return find_row(code, [&](const Code& row) { return same_text(system_of(row), code_system); });
}

std::span<const Code> CodeSet::rows(std::string_view code) const {
  const Code* first = find(code);
  if (!first) return {};
  const Code* last = first;
  while (last != codes_.data() + codes_.size() && same_text(last->code, code)) ++last;
  return {first, last};
}

bool CodeSet::matches_any_pattern(std::string_view code) const {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& p) { return matches(p, code); });
}

std::vector<const Code*> CodeSet::nearest(std::string_view code, size_t n) const {
  std::vector<std::pair<size_t, const Code*>> found;
  const std::string wanted = folded(code);
  if (wanted.empty()) return {};
  const size_t limit = code.size() <= 3 ? 1 : 2;
  for (const Code& row : codes_) {
    const size_t distance = folded(row.code) == wanted ? 0 : edits(code, row.code, limit);
    if (distance <= limit) found.emplace_back(distance, &row);
  }
  sort_values(found, [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Code*> out;
  for (size_t i = 0; i < found.size() && out.size() < n; ++i)
    if (out.empty() || out.back()->code != found[i].second->code) out.push_back(found[i].second);
  return out;
}

}  // namespace iz
