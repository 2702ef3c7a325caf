#include "core/pair_table.h"

#include <algorithm>
#include <stdexcept>

#include "core/date.h"

namespace iz {
namespace {

/// "0.25-0.5" in its two ends; one value is both.
std::pair<std::string_view, std::string_view> ends(std::string_view value) {
  const size_t dash = value.find('-');
  if (dash == std::string_view::npos) return {value, value};
  return {value.substr(0, dash), value.substr(dash + 1)};
}

bool read(std::string_view text, double& out) {
  if (!is_number(text)) return false;
  out = number_value(text);
  return true;
}

}  // namespace

void PairTable::add(const std::vector<std::string>& keys, const std::vector<std::string>& values) {
  Row row;
  row.values = values;
  for (const std::string& value : values) {
    const auto [from, to] = ends(value);
    if (kind == Kind::numbers) {
      Range& r = row.ranges.emplace_back();
      if (!read(from, r.from) || !read(to, r.to)) throw std::invalid_argument("no number: " + value);
    } else if (kind == Kind::prefixes && from.size() != to.size()) {
      throw std::invalid_argument("ends of different length: " + value);
    }
  }
  if (kind == Kind::forms) row.forms = Pattern(values);
  for (const std::string& key : keys)
    if (!TextKey(key).exact() || !row_of_.emplace(TextKey(key), rows_.size()).second)
      throw std::invalid_argument("a second row for " + key + ", or one too long");
  rows_.push_back(std::move(row));
}

const PairTable::Row* PairTable::row(std::string_view key) const {
  const auto at = row_of_.find(TextKey(key));
  return at == row_of_.end() ? nullptr : &rows_[at->second];
}

Truth PairTable::fits(std::string_view key, std::string_view value) const {
  const Row* const found = row(key);
  if (!found) return Truth::unknown;
  const Row& row = *found;
  const auto answer = [](bool fits) { return fits ? Truth::holds : Truth::fails; };
  switch (kind) {
    case Kind::numbers: {
      double n = 0;
      if (!read(value, n)) return Truth::unknown;
      return answer(
          std::any_of(row.ranges.begin(), row.ranges.end(), [n](const Range& r) { return n >= r.from && n <= r.to; }));
    }
    case Kind::codes:
      return answer(std::find(row.values.begin(), row.values.end(), value) != row.values.end());
    case Kind::prefixes:
      return answer(std::any_of(row.values.begin(), row.values.end(), [&](const std::string& v) {
        const auto [from, to] = ends(v);
        const std::string_view head = value.substr(0, from.size());
        return head.size() == from.size() && head >= from && head <= to;
      }));
    case Kind::forms:
      return answer(row.forms.matches(value));
  }
  return Truth::unknown;
}

std::vector<std::string> PairTable::values_of(std::string_view key) const {
  const Row* const found = row(key);
  return found ? found->values : std::vector<std::string>{};
}

}  // namespace iz
