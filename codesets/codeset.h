// A named table of codes with its edition.
//
// Tables are JSON files of this folder, one row a line (see codesets/README.md), compiled into the program; or a newer
// edition that the user brought (codesets/import.h). A table is filled once and looked up by code.
//
//     const CodeSet* cvx = catalogue.code_set("CVX");
//     cvx->find("03")->display                    // "MMR"
//     cvx->find("3")                              // nullptr: codes are compared exactly, case counts
//     cvx->cell(*cvx->find("03"), "full")         // "measles, mumps and rubella virus vaccine"
//     for (const Code& row : vg->rows("94")) ...  // MMR, VARICELLA: a code may have several rows
//
//     CodeSet set("TradeName", {"code", "display", "cvx", "mvx"});   // a table of one's own
//     set.key = {"code", "cvx", "mvx"};
//     const std::string_view text = set.keep(std::move(file));       // the rows are views in it
//     set.add(cells);                                                // ... sorted by key
//     set.index();
#pragma once
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/text_key.h"

namespace iz {

/// One row, by the columns that all tables share; the others are asked with `CodeSet::cell`. Views point into the table's
/// memory or into the program.
struct Code {
  std::string_view code;     ///< as published, without padding
  std::string_view display;  ///< short name
  std::string_view system;   ///< coding system as it stands in the third component (CVX, HL70001,
                             ///< LN); may be empty
  std::string_view status;   ///< as published (Active, Inactive, Never Active, Pending, Non-US,
                             ///< Historical ...); may be empty
};

struct Edition {
  std::string source;    ///< who publishes it
  std::string date;      ///< publication date YYYY-MM-DD, or a coarser one; empty where it is not known (CDC's files
                         ///< carry none)
  std::string document;  ///< file, table or document it was taken from
};

/// Whether two codes are the same but for the case of letters, dashes, blanks and zeros in front: "3" and "03".
bool same_but_spelling(std::string_view a, std::string_view b);

class CodeSet {
 public:
  static constexpr size_t none = SIZE_MAX;

  std::string id;      ///< as bindings name it: CVX, MVX, NDC_Use, HL70001_IZ
  std::string name;    ///< what it is, in words
  std::string system;  ///< coding system of rows that name none
  Edition edition;
  bool open = false;                        ///< others may add codes; an unknown one is not an error of the table
  bool local = false;                       ///< defined by each site (HL70361, 0362, 0363): nothing to look up, any
                                            ///< value is right
  std::vector<std::string> patterns;        ///< forms of further codes: # a digit, * letters or digits ("HL7####")
  std::vector<std::string> key = {"code"};  ///< the columns that tell a row from all others, apart from rows that CDC
                                            ///< itself lists twice

  CodeSet() : CodeSet({}, {"code", "display"}) {}
  /// An empty table with these columns; `code` must be one of them.
  CodeSet(std::string id, std::vector<std::string> columns);
  CodeSet(const CodeSet&) = delete;  // rows are views
  CodeSet& operator=(const CodeSet&) = delete;

  const std::vector<std::string>& columns() const { return columns_; }
  /// Index of a column, or `none`.
  size_t column(std::string_view column_name) const;
  const std::vector<Code>& codes() const { return codes_; }
  /// Place of a row of this table in `codes()`.
  size_t number(const Code& row) const { return static_cast<size_t>(&row - codes_.data()); }
  /// A cell by its column, as published; dates are YYYY-MM-DD, flags "yes" or empty. Empty for a column that the table
  /// does not have.
  std::string_view cell(const Code& row, size_t column_index) const {
    return column_index < columns_.size() ? cells_[number(row) * columns_.size() + column_index] : std::string_view{};
  }
  std::string_view cell(const Code& row, std::string_view column_name) const { return cell(row, column(column_name)); }
  /// The cells of `key`, joined with `|`: "52|DTAP".
  std::string key_of(const Code& row) const;

  /// The row with exactly this code, or nullptr. With several, the first.
  const Code* find(std::string_view code) const;
  /// The row with this code and this coding system, or nullptr.
  const Code* find(std::string_view code, std::string_view code_system) const;
  /// All rows with this code, where they stand together, as they do in a table that is sorted by `key`.
  std::span<const Code> rows(std::string_view code) const;
  /// Coding system of a row: its own, else the table's.
  std::string_view system_of(const Code& row) const {
    return row.system.empty() ? std::string_view(system) : row.system;
  }
  /// Whether a code has one of the forms that the table allows beside its rows.
  bool matches_pattern(std::string_view code) const { return !patterns.empty() && matches_any_pattern(code); }
  /// Up to `n` codes that are nearest to an unknown one, best first: same letters in another case,
  /// one edit away, a missing leading zero or dash.
  std::vector<const Code*> nearest(std::string_view code, size_t n) const;
  /// The newest date of column `updated`, YYYY-MM-DD; empty for a table without.
  std::string_view newest_row() const;

  /// Keeps a text as long as the table lives. Views into what is returned stay right.
  std::string_view keep(std::string text);
  /// Adds a row: a cell for each column, missing ones are empty. The texts are not copied: see `keep`.
  void add(std::span<const std::string_view> cells);
  /// Adds or takes rows at the end until there are so many; new ones are empty.
  void resize(size_t rows);
  /// Puts another text in a cell, before `index`. It is not copied.
  void set_cell(size_t row, size_t column_index, std::string_view text);
  /// Builds the look-up; call once after the last `add`.
  void index();

 private:
  bool matches_any_pattern(std::string_view code) const;
  template <class Accept>
  const Code* find_row(std::string_view code, Accept accept) const;

  std::vector<std::string> columns_;
  std::vector<Code> codes_;
  std::vector<std::string_view> cells_;  // columns_.size() for each row
  struct Slot {
    TextKey key;
    uint32_t row = 0;  // index in codes_ + 1; 0: free
  };
  std::vector<Slot> slots_;  // open addressing
  std::deque<std::string> memory_;
};

/// What stands after the word "edition": "2025-12-09", or "unknown, newest row 2025-11-19".
std::string edition_words(const CodeSet& set);

}  // namespace iz
