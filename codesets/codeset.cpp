#include "codesets/codeset.h"

#include <algorithm>
#include <nlohmann/json.hpp>

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

std::string extra_member(const Code& row, const char* column) {
  if (row.extra.empty()) return {};
  const auto json = nlohmann::json::parse(row.extra, nullptr, false);
  if (!json.is_object()) return {};
  const auto it = json.find(column);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

std::string_view CodeSet::keep(std::string_view text) {
  return text.empty() ? std::string_view{} : std::string_view(memory_.emplace_back(text));
}

void CodeSet::add(std::string_view code, std::string_view display, std::string_view code_system,
                  std::string_view status, std::string_view extra) {
  // Neighbours mostly share coding system and status; they are kept once.
  const auto shared = [&](std::string_view text, std::string_view Code::* member) {
    return !codes_.empty() && codes_.back().*member == text ? codes_.back().*member : keep(text);
  };
  const Code row = {keep(code), keep(display), shared(code_system, &Code::system), shared(status, &Code::status),
                    keep(extra)};
  codes_.push_back(row);
}

void CodeSet::index() {
  size_t size = 8;
  while (size < codes_.size() * 2) size *= 2;
  slots_.assign(size, {});
  for (size_t i = 0; i < codes_.size(); ++i) {
    const TextKey key(codes_[i].code);
    size_t s = key.hash() & (size - 1);
    while (slots_[s].row) s = (s + 1) & (size - 1);
    slots_[s] = {key, static_cast<uint32_t>(i + 1)};
  }
}

template <class Accept>
const Code* CodeSet::find_row(std::string_view code, Accept accept) const {
  if (slots_.empty()) return nullptr;
  const TextKey key(code);
  for (size_t s = key.hash() & (slots_.size() - 1); slots_[s].row; s = (s + 1) & (slots_.size() - 1)) {
    if (slots_[s].key != key) continue;
    const Code& row = codes_[slots_[s].row - 1];
    if ((key.exact() || row.code == code) && accept(row)) return &row;
  }
  return nullptr;
}

const Code* CodeSet::find(std::string_view code) const {
  return find_row(code, [](const Code&) { return true; });
}

const Code* CodeSet::find(std::string_view code, std::string_view code_system) const {
  return find_row(code, [&](const Code& row) { return same_text(system_of(row), code_system); });
}

bool CodeSet::matches_any_pattern(std::string_view code) const {
  return std::any_of(patterns.begin(), patterns.end(), [&](const auto& p) { return matches(p, code); });
}

std::vector<const Code*> CodeSet::nearest(std::string_view code, size_t n) const {
  std::vector<std::pair<size_t, const Code*>> found;
  const std::string key = folded(code);
  if (key.empty()) return {};
  const size_t limit = code.size() <= 3 ? 1 : 2;
  for (const Code& row : codes_) {
    const size_t distance = folded(row.code) == key ? 0 : edits(code, row.code, limit);
    if (distance <= limit) found.emplace_back(distance, &row);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<const Code*> out;
  for (size_t i = 0; i < found.size() && out.size() < n; ++i)
    if (out.empty() || out.back()->code != found[i].second->code) out.push_back(found[i].second);
  return out;
}

}  // namespace iz
