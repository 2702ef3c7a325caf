// What CDC's tables say that matters for a dose, prepared at load, so that a check of a dose is a few look-ups.
//
//     const DoseCodes& codes = catalogue.dose_codes();
//     const Vaccine* v = codes.vaccine("161");      // not_before 20130610: the first National Drug Code of it
//     const Product* p = codes.product("49281-0514-25");
//     codes.vaccine("831")                          // nullptr: not in the table
//
// Days are numbers YYYYMMDD that compare as days do, 0 where none is known. A limit has what is sensible already added to
// the date that CDC gives (`tolerances` below), so that a dose on the limit is right.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"
#include "core/date.h"

namespace iz {

class Catalogue;
class CodeLinks;

/// A day as YYYYMMDD.
using Day = int32_t;
/// The day that a text begins with, YYYYMMDD or YYYY-MM-DD; 0 where it begins with none.
Day day_of(std::string_view text);
/// `days` later.
Day later(Day day, int days);
Date to_date(Day day);

/// How far CDC's dates are taken at their word, in days. Each is a reading of ours, told in core/rules/README.md.
namespace tolerances {
constexpr int new_vaccine = 183;    ///< CDC lists a vaccine at most so long before its first product
constexpr int ndc_start = 60;       ///< a product is given so long before the start that its labeler named
constexpr int ndc_shelf = 3 * 365;  ///< a lot keeps so long after a product is no longer sold
constexpr int season = 400;         ///< a product sold no longer than that is one of a season, its end is its expiry
constexpr int season_end = 31;      ///< after the end of a season
constexpr int new_statement = 183;  ///< after a new edition of a statement, the old one may be used up
}  // namespace tolerances

/// Rows of MVX, by their number in the table.
using Makers = std::vector<uint16_t>;

/// One CVX code.
struct Vaccine {
  const Code* row = nullptr;
  Day start = 0, end = 0;  ///< of its use, as far as that can be trusted (core/cvx_period.h)
  Day not_before = 0;      ///< a dose before that day was given before the vaccine was known
  Day not_after = 0;       ///< a dose after that day was given when the vaccine was no longer used
  uint64_t groups = 0;     ///< one bit for each vaccine group
  uint64_t documents = 0;  ///< one bit for each Vaccine Information Statement
  Makers makers;           ///< empty where CDC does not name all
  bool never_active = false;
  bool non_us = false;
  bool unspecified = false;  ///< says of which kind only, and is not in use for doses of today
  bool none_given = false;   ///< 998
  bool no_vaccine = false;   ///< a skin test, an unknown substance; not an immune globulin or antitoxin
};

/// One National Drug Code, of all rows that have it.
struct Product {
  const Code* row = nullptr;  ///< the first row, of use before sale
  std::array<const Vaccine*, 2> vaccines{};
  Day start = 0, end = 0;  ///< as listed
  Day not_before = 0, not_after = 0;
  bool use = false, sale = false;  ///< in which tables it stands
  const Code* use_row = nullptr;   ///< of a unit of sale: the one unit of use that it holds, if there is one only
  Makers makers;
};

/// One bar code of a Vaccine Information Statement.
struct VisEdition {
  const Code* row = nullptr;
  uint64_t document = 0;       ///< one bit, as in Vaccine::documents
  Day edition = 0;             ///< as listed
  Day first = 0;               ///< the earlier of that and the date in the bar code
  Day outdated = 0;            ///< after that day a newer edition should have been used; 0: there is none
  const Code* next = nullptr;  ///< the edition that came next
};

/// A manufacturer.
struct Maker {
  const Code* row = nullptr;
  Day inactive_since = 0;  ///< CDC says Inactive, on that day at the latest; 0: not
};

class DoseCodes {
 public:
  /// Knows no code.
  DoseCodes() = default;
  DoseCodes(const DoseCodes&) = delete;  // its parts point to each other
  DoseCodes& operator=(const DoseCodes&) = delete;
  /// Reads the tables that the catalogue has in use; a table that is not there has no codes. Once.
  void compile(const Catalogue& catalogue);

  const Vaccine* vaccine(std::string_view cvx) const { return find(cvx_, vaccines_, cvx); }
  const Maker* maker(std::string_view mvx) const { return find(mvx_, makers_, mvx); }
  /// By the code as CDC writes it, 5-4-2.
  const Product* product(std::string_view ndc) const {
    if (const Code* row = use_ ? use_->find(ndc) : nullptr) return &products_[use_->number(*row)];
    const Code* row = sale_ ? sale_->find(ndc) : nullptr;
    return row ? &products_[use_rows_ + sale_->number(*row)] : nullptr;
  }
  const VisEdition* vis(std::string_view bar_code) const { return find(vis_, editions_, bar_code); }
  bool has_statements() const { return vis_; }
  /// The vaccine groups that a document is about; one bit, as in VisEdition.
  uint64_t groups_of(uint64_t document) const { return groups_of_[static_cast<size_t>(std::countr_zero(document))]; }
  /// The vaccines that have a text as their trade name, in any case and with any punctuation; empty for another text.
  std::span<const Vaccine* const> vaccines_named(std::string_view text) const;
  /// Editions of the documents whose bits are set.
  template <class Use>
  void each_edition(uint64_t documents, Use use) const {
    for (const VisEdition& e : editions_)
      if (e.document & documents) use(e);
  }
  /// Number of a maker, as in `Makers`.
  uint16_t number(const Maker& maker) const { return static_cast<uint16_t>(&maker - makers_.data()); }
  const Code* maker_row(uint16_t number) const { return makers_[number].row; }

 private:
  template <class T>
  static const T* find(const CodeSet* set, const std::vector<T>& facts, std::string_view code) {
    const Code* row = set ? set->find(code) : nullptr;
    return row ? &facts[set->number(*row)] : nullptr;
  }
  void compile_vaccines(const Catalogue& catalogue);
  void compile_products(const CodeLinks& links);
  void compile_statements(const CodeLinks& links);
  void compile_names(const CodeLinks& links);

  const CodeSet *cvx_ = nullptr, *mvx_ = nullptr, *use_ = nullptr, *sale_ = nullptr, *vis_ = nullptr;
  std::vector<Vaccine> vaccines_;  // as the rows of their tables
  std::vector<Maker> makers_;
  std::vector<Product> products_;  // units of use, then of sale
  std::vector<VisEdition> editions_;
  size_t use_rows_ = 0;
  std::array<uint64_t, 64> groups_of_{};  // by the number of the document's bit
  struct Name {
    uint64_t key = 0;
    uint32_t first = 0, count = 0;  // in named_
  };
  std::vector<Name> names_;  // by key
  std::vector<const Vaccine*> named_;
};

}  // namespace iz
