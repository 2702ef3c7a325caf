// Finds codes by whatever a person has: a code, a name, a trade name, a manufacturer, a National Drug Code in any form,
// what a scanner read from a carton or a Vaccine Information Statement.
//
//     CodeSearch search(catalogue);                   // takes some milliseconds, a search well below one
//     search.find("gardsil 9").hits[0]                // TradeName Gardasil 9: a letter may be missing
//     search.find("0006410902").hits[0]               // NDC_Sale 00006-4109-02
//     search.find("010030006410902317261231").hits    // what the carton's bar code stands for
//     search.find("flu pf", "CVX")                    // one table, beginnings of words in any order
//
// Every word of the text must fit a word of the row, or of what the row leads to (a vaccine is found by its trade
// names): be it, begin it, or differ by a letter (two from eight letters on). Case, accents of punctuation and blanks
// do not count. Rows come best first: what is the code itself, then names, then what leads there.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"

namespace iz {

struct CodeHit {
  const CodeSet* set = nullptr;
  const Code* row = nullptr;
  int32_t score = 0;
  std::string_view code;  ///< what the page of the row is asked by: its code; of a vaccine group the CVX of the group
};

struct CodeHits {
  std::vector<CodeHit> hits;  ///< at most as many as were asked for
  size_t total = 0;           ///< how many there are
};

class CodeSearch {
 public:
  /// The catalogue must outlive it.
  explicit CodeSearch(const Catalogue& catalogue);
  /// `table` is the id of a table, or empty for all. An empty text gives all rows of the table in their order. Only the
  /// first 200 bytes of the text are looked at.
  CodeHits find(std::string_view text, std::string_view table = {}, size_t limit = 50) const;

 private:
  struct Entry {
    const CodeSet* set;
    const Code* row;
    uint16_t length;  // of the name, so that shorter names come first
    int8_t rank;      // of the table and the row: active vaccines first
  };
  struct Word {
    std::string_view text;
    uint32_t letters;      // a bit for each letter or digit that is in it
    uint32_t first, last;  // its postings
  };
  struct Posting {
    uint32_t entry;
    uint32_t weight;
  };
  struct Number {
    std::string digits;  // of a National Drug Code, a GTIN, a bar code
    uint32_t entry;
  };
  class Builder;

  void match_word(std::string_view word, std::vector<int32_t>& scores) const;
  void match_digits(std::string_view digits, std::vector<int32_t>& scores) const;
  void match_scan(std::string_view text, std::vector<int32_t>& scores) const;
  std::string_view page_code(const Entry& entry) const;

  const Catalogue& catalogue_;
  std::vector<Entry> entries_;
  std::string letters_;      // of all words
  std::vector<Word> words_;  // sorted by text
  std::vector<Posting> postings_;
  std::vector<Number> numbers_;  // sorted by digits
};

}  // namespace iz
