#include "core/code_links.h"

#include <algorithm>

#include "codesets/gs1.h"
#include "core/catalogue.h"
#include "core/sort.h"

namespace iz {
namespace {

/// Links in the order of one member.
template <class Member>
void sort_by(std::vector<NdcLink>& links, Member member) {
  sort_values(links, [&](const NdcLink& a, const NdcLink& b) { return a.*member < b.*member; });
}

template <class Value>
std::span<const NdcLink> range(const std::vector<NdcLink>& links, Value NdcLink::* member, const Value& value) {
  const auto first = std::lower_bound(links.begin(), links.end(), value,
                                      [&](const NdcLink& link, const Value& v) { return link.*member < v; });
  const auto last = std::upper_bound(first, links.end(), value,
                                     [&](const Value& v, const NdcLink& link) { return v < link.*member; });
  return {first, last};
}

void append(std::vector<const Code*>& out, const CodeSet* set, std::string_view code) {
  if (!set) return;
  for (const Code& row : set->rows(code)) out.push_back(&row);
}

void append(std::vector<const Code*>& out, CodeRows rows) {
  for (const Code* row : rows)
    if (std::find(out.begin(), out.end(), row) == out.end()) out.push_back(row);
}

}  // namespace

ColumnIndex::ColumnIndex(const CodeSet* set, std::string_view column_name) {
  if (!set) return;
  const size_t column = set->column(column_name);
  for (const Code& row : set->codes())
    if (!set->cell(row, column).empty()) rows_.push_back(&row);
  sort_values(rows_, [&](const Code* a, const Code* b) { return set->cell(*a, column) < set->cell(*b, column); });
  texts_.reserve(rows_.size());
  for (const Code* row : rows_) texts_.push_back(set->cell(*row, column));
}

CodeRows ColumnIndex::find(std::string_view text) const {
  const auto [first, last] = std::equal_range(texts_.begin(), texts_.end(), text);
  return CodeRows(rows_).subspan(static_cast<size_t>(first - texts_.begin()), static_cast<size_t>(last - first));
}

CodeLinks::CodeLinks(const Catalogue& catalogue)
    : cvx(catalogue.code_set("CVX")),
      mvx(catalogue.code_set("MVX")),
      groups(catalogue.code_set("VG")),
      trade(catalogue.code_set("TradeName")),
      use(catalogue.code_set("NDC_Use")),
      sale(catalogue.code_set("NDC_Sale")),
      vis(catalogue.code_set("PHVS_VISBarcodes_IIS")),
      vis_urls(catalogue.code_set("VIS_URL")),
      cvx_vis(catalogue.code_set("CVX_VIS")),
      dates(catalogue.code_set("CVX_Dates")),
      use_by_cvx_(use, "cvx"),
      sale_by_cvx_(sale, "cvx"),
      use_by_gtin_(use, "gtin"),
      sale_by_gtin_(sale, "gtin"),
      trade_by_cvx_(trade, "cvx"),
      trade_by_mvx_(trade, "mvx"),
      groups_by_group_(groups, "group"),
      cvx_vis_by_vis_(cvx_vis, "vis"),
      vis_by_document_(vis, "gdti") {
  const CodeSet* linker = catalogue.code_set("NDC_Linker");
  if (!linker || !use || !sale) return;
  const ColumnIndex use_by_id(use, "id"), sale_by_id(sale, "id");
  const size_t sale_column = linker->column("sale"), use_column = linker->column("use"), maker = linker->column("mvx");
  for (const Code& row : linker->codes())
    for (const Code* s : sale_by_id.find(linker->cell(row, sale_column)))
      for (const Code* u : use_by_id.find(linker->cell(row, use_column)))
        by_use_.push_back({s, u, linker->cell(row, maker)});
  by_sale_ = by_mvx_ = by_use_;
  sort_by(by_use_, &NdcLink::use);
  sort_by(by_sale_, &NdcLink::sale);
  sort_by(by_mvx_, &NdcLink::mvx);
}

std::span<const NdcLink> CodeLinks::of_use(const Code& row) const { return range(by_use_, &NdcLink::use, &row); }
std::span<const NdcLink> CodeLinks::of_sale(const Code& row) const { return range(by_sale_, &NdcLink::sale, &row); }
std::span<const NdcLink> CodeLinks::ndcs_of_mvx(std::string_view code) const {
  return range(by_mvx_, &NdcLink::mvx, code);
}

bool CodeLinks::makes(std::string_view mvx_code, std::string_view cvx_code) const {
  for (const Code* row : trade_of_mvx(mvx_code))
    if (trade->cell(*row, "cvx") == cvx_code) return true;
  for (const NdcLink& link : ndcs_of_mvx(mvx_code))
    if (use->cell(*link.use, "cvx") == cvx_code || sale->cell(*link.sale, "cvx") == cvx_code) return true;
  return false;
}

NdcRows CodeLinks::find_ndc(std::string_view text) const {
  const NdcReadings readings = read_ndc(text);
  NdcRows out;
  out.form = readings.form;
  for (const Ndc& ndc : readings.all()) {
    append(out.use, use, ndc.text());
    append(out.sale, sale, ndc.text());
  }
  return out;
}

NdcRows CodeLinks::find_gtin(std::string_view digits) const {
  NdcRows out;
  if (digits.size() < 8 || digits.size() > 14) return out;
  // One number may be written with more or fewer zeros in front.
  char padded[14];
  std::fill(padded, padded + 14, '0');
  std::copy(digits.begin(), digits.end(), padded + 14 - digits.size());
  const std::string_view whole(padded, 14);
  for (size_t zeros = 0; zeros <= 6 && (zeros == 0 || whole[zeros - 1] == '0'); ++zeros) {
    append(out.use, use_by_gtin_.find(whole.substr(zeros)));
    append(out.sale, sale_by_gtin_.find(whole.substr(zeros)));
  }
  // "03", the ten digits, a check digit; in front what it packs.
  if (whole.substr(1, 2) == "03") {
    const NdcRows by_digits = find_ndc(whole.substr(3, 10));
    append(out.use, by_digits.use);
    append(out.sale, by_digits.sale);
  }
  return out;
}

const Code* CodeLinks::url_of_vis(const Code& row) const {
  return vis && vis_urls ? vis_urls->find(vis->cell(row, "gdti")) : nullptr;
}

}  // namespace iz
