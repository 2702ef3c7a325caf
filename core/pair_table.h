// Which values go with another: ZIP codes of a state, amounts and routes of a vaccine, funding of an eligibility.
//
// A file of core/lists with "match": "pairs":
//
//     {"id": "amounts", "title": "..", "source": "..", "match": "pairs", "kind": "numbers",
//      "rows": [{"of": ["20", "106"], "values": ["0.5"]}]}
//
// `numbers`: a number or a range, "0.25-0.5"; `codes`: the value itself; `prefixes`: what the value begins with, or a range
// of it, "970-979"; `forms`: a pattern (core/pattern.h). Of a key that has no row nothing is known. Internal to check.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "codesets/text_key.h"
#include "core/condition.h"

namespace iz {

class PairTable {
 public:
  enum class Kind : uint8_t { numbers, codes, prefixes, forms };

  std::string id, title, source;
  Kind kind = Kind::codes;

  /// Throws std::invalid_argument for a value that cannot be read and a key that has a row.
  void add(const std::vector<std::string>& keys, const std::vector<std::string>& values);
  /// Unknown where the key has no row or the value is no number.
  Truth fits(std::string_view key, std::string_view value) const;
  /// The values of a key as written; empty where there is none.
  std::vector<std::string> values_of(std::string_view key) const;

 private:
  struct Range {
    double from = 0, to = 0;
  };
  struct Row {
    std::vector<std::string> values;
    std::vector<Range> ranges;  // numbers
    Pattern forms;
  };
  std::vector<Row> rows_;
  struct KeyHash {
    size_t operator()(const TextKey& key) const { return key.hash(); }
  };
  std::unordered_map<TextKey, size_t, KeyHash> row_of_;
  const Row* row(std::string_view key) const;
};

}  // namespace iz
