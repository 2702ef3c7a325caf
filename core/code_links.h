// How the tables of codes lead to each other: vaccine, products, manufacturer, groups, information statements.
//
//     const CodeLinks& links = catalogue.links();
//     for (const Code* row : links.use_of_cvx("208")) ...       // National Drug Codes of a vaccine
//     for (const NdcLink& link : links.of_sale(*carton)) ...    // what is in a carton, and who makes it
//     links.find_ndc("0006410902").use[0]                       // a row, in whatever form the code is written
//     links.find_gtin("00300064109023").sale[0]
//
// Made once for a Catalogue, over the tables that it has in use; looking up allocates nothing. Rows come in the order
// of their table. A table that is not there has no rows. Where a table names a code that another does not have, the
// link is left out, but the row itself stays.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"
#include "codesets/ndc.h"

namespace iz {

class Catalogue;

using CodeRows = std::span<const Code* const>;

/// The rows of a table by the text of one of its columns.
class ColumnIndex {
 public:
  ColumnIndex() = default;
  /// `set` may be null.
  ColumnIndex(const CodeSet* set, std::string_view column);
  CodeRows find(std::string_view text) const;

 private:
  std::vector<const Code*> rows_;  // by text, then as in the table
  std::vector<std::string_view> texts_;
};

/// A row of CDC's linker: a unit of sale, a unit of use in it, and the manufacturer (MVX).
struct NdcLink {
  const Code* sale = nullptr;
  const Code* use = nullptr;
  std::string_view mvx;
};

/// Rows of National Drug Codes. One code may stand for two vaccines, so it may have two rows; and a text of ten digits
/// may be two codes.
struct NdcRows {
  NdcForm form = NdcForm::none;  ///< how the text was written; none for a GTIN
  std::vector<const Code*> use, sale;
  bool empty() const { return use.empty() && sale.empty(); }
};

class CodeLinks {
 public:
  explicit CodeLinks(const Catalogue& catalogue);

  // The tables, or null.
  const CodeSet* cvx;       ///< CVX
  const CodeSet* mvx;       ///< MVX
  const CodeSet* groups;    ///< VG: code is CVX, `group` the CVX of the group, display its name
  const CodeSet* trade;     ///< TradeName: code is the product, `cvx`, `mvx`
  const CodeSet* use;       ///< NDC_Use: `cvx`, `gtin`, `start`, `end`, `stands_in`
  const CodeSet* sale;      ///< NDC_Sale: `cvx`, `gtin`, `start`, `end`
  const CodeSet* vis;       ///< PHVS_VISBarcodes_IIS: code is the bar code, `edition`, `gdti`
  const CodeSet* vis_urls;  ///< VIS_URL: code is the document (GDTI), `pdf`, `html`
  const CodeSet* cvx_vis;   ///< CVX_VIS: code is CVX, `vis` the bar code
  const CodeSet* dates;     ///< CVX_Dates: code is CVX, `start`, `end` (core/cvx_period.h)

  // A vaccine, by CVX as the tables write it ("03").
  CodeRows use_of_cvx(std::string_view code) const { return use_by_cvx_.find(code); }
  CodeRows sale_of_cvx(std::string_view code) const { return sale_by_cvx_.find(code); }
  CodeRows trade_of_cvx(std::string_view code) const { return trade_by_cvx_.find(code); }
  std::span<const Code> groups_of_cvx(std::string_view code) const { return rows(groups, code); }
  std::span<const Code> vis_of_cvx(std::string_view code) const { return rows(cvx_vis, code); }
  /// Rows of VG by the CVX of the group.
  CodeRows members_of_group(std::string_view group) const { return groups_by_group_.find(group); }

  // A manufacturer, by MVX.
  CodeRows trade_of_mvx(std::string_view code) const { return trade_by_mvx_.find(code); }
  std::span<const NdcLink> ndcs_of_mvx(std::string_view code) const;
  /// Whether CDC names the manufacturer for this vaccine, by trade name or by a National Drug Code.
  bool makes(std::string_view mvx_code, std::string_view cvx_code) const;

  // A National Drug Code.
  std::span<const NdcLink> of_use(const Code& use_row) const;
  std::span<const NdcLink> of_sale(const Code& sale_row) const;
  /// Every row that the text can stand for: 5-4-2, 4-4-2, 5-3-2, 5-4-1, 11 or 10 digits.
  NdcRows find_ndc(std::string_view text) const;
  /// The rows with this GTIN (8 to 14 digits), or whose ten digits the GTIN carries, whatever it packs.
  NdcRows find_gtin(std::string_view digits) const;

  // A Vaccine Information Statement.
  const Code* find_vis(std::string_view bar_code) const { return vis ? vis->find(bar_code) : nullptr; }
  const Code* url_of_vis(const Code& vis_row) const;
  /// Rows of CVX_VIS by bar code.
  CodeRows cvx_of_vis(std::string_view bar_code) const { return cvx_vis_by_vis_.find(bar_code); }
  /// Editions of a document, rows of the table of bar codes.
  CodeRows vis_of_document(std::string_view gdti) const { return vis_by_document_.find(gdti); }

 private:
  static std::span<const Code> rows(const CodeSet* set, std::string_view code) {
    return set ? set->rows(code) : std::span<const Code>{};
  }
  ColumnIndex use_by_cvx_, sale_by_cvx_, use_by_gtin_, sale_by_gtin_, trade_by_cvx_, trade_by_mvx_, groups_by_group_,
      cvx_vis_by_vis_, vis_by_document_;
  std::vector<NdcLink> by_use_, by_sale_, by_mvx_;
};

}  // namespace iz
