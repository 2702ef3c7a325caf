// A named table of codes with its edition.
//
// Tables are JSON files of this folder, one row a line (see codesets/README.md), read once and
// looked up by code.
//
//     const CodeSet* cvx = catalogue.code_set("CVX");
//     cvx->find("03")->display          // "MMR"
//     cvx->find("3")                    // nullptr: codes are compared exactly, case counts
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/text_key.h"

namespace iz {

/// One code. All views point into the table's own memory.
struct Code {
  std::string_view code;     ///< as published, without padding
  std::string_view display;  ///< short name
  std::string_view system;   ///< coding system as it stands in the third component (CVX, HL70001,
                             ///< LN); may be empty
  std::string_view status;   ///< as published (Active, Inactive, Never Active, Pending, Non-US,
                             ///< Historical ...); may be empty
  std::string_view extra;    ///< rest of the row as JSON object text (cross-links, dates); may be empty
};

/// A text column of a row that has no member of its own ("cvx" of an NDC); empty when there is none.
std::string extra_member(const Code& row, const char* column);

struct Edition {
  std::string source;    ///< who publishes it
  std::string date;      ///< publication date YYYY-MM-DD, or a coarser one
  std::string document;  ///< file, table or document it was taken from
};

class CodeSet {
 public:
  std::string id;      ///< as bindings name it: CVX, MVX, NDC_Use, HL70001_IZ
  std::string name;    ///< what it is, in words
  std::string system;  ///< coding system of rows that name none
  Edition edition;
  bool open = false;                  ///< others may add codes; an unknown one is not an error of the table
  bool local = false;                 ///< defined by each site (HL70361, 0362, 0363): nothing to look up, any
                                      ///< value is right
  std::vector<std::string> patterns;  ///< forms of further codes: # a digit, * letters or digits ("HL7####")

  const std::vector<Code>& codes() const { return codes_; }
  /// The row with exactly this code, or nullptr. With several, the first.
  const Code* find(std::string_view code) const;
  /// The row with this code and this coding system, or nullptr.
  const Code* find(std::string_view code, std::string_view code_system) const;
  /// Coding system of a row: its own, else the table's.
  std::string_view system_of(const Code& row) const {
    return row.system.empty() ? std::string_view(system) : row.system;
  }
  /// Whether a code has one of the forms that the table allows beside its rows.
  bool matches_pattern(std::string_view code) const { return !patterns.empty() && matches_any_pattern(code); }
  /// Adds a row; the text is copied into the table.
  void add(std::string_view code, std::string_view display, std::string_view system, std::string_view status,
           std::string_view extra);
  /// Up to `n` codes that are nearest to an unknown one, best first: same letters in another case,
  /// one edit away, a missing leading zero or dash.
  std::vector<const Code*> nearest(std::string_view code, size_t n) const;
  /// Builds the look-up; call once after the last `add`.
  void index();

 private:
  std::string_view keep(std::string_view text);
  bool matches_any_pattern(std::string_view code) const;
  template <class Accept>
  const Code* find_row(std::string_view code, Accept accept) const;

  std::vector<Code> codes_;
  struct Slot {
    TextKey key;
    uint32_t row = 0;  // index in codes_ + 1; 0: free
  };
  std::vector<Slot> slots_;  // open addressing
  std::deque<std::string> memory_;
};

}  // namespace iz
