#include "core/cvx_period.h"

#include <fmt/format.h>

#include "core/code_links.h"

namespace iz {
namespace {

struct Bound {
  std::string_view date, ndc;
  DateBasis basis = DateBasis::none;
};

/// Takes an earlier start, or a later end.
void widen(Bound& bound, std::string_view date, DateBasis basis, std::string_view ndc, bool later) {
  if (date.empty() || (!bound.date.empty() && (later ? date <= bound.date : date >= bound.date))) return;
  bound = {date, ndc, basis};
}

}  // namespace

CvxPeriod cvx_period(const Catalogue& catalogue, std::string_view cvx) {
  const CodeLinks& links = catalogue.links();
  const Code* code = links.cvx ? links.cvx->find(cvx) : nullptr;
  if (!code) return {};
  Bound start, end;
  if (const Code* row = links.dates ? links.dates->find(cvx) : nullptr) {
    widen(start, links.dates->cell(*row, "start"), DateBasis::aira, {}, false);
    widen(end, links.dates->cell(*row, "end"), DateBasis::aira, {}, true);
  }
  bool in_use = false;  // a National Drug Code without an end
  const auto add = [&](const CodeSet* set, CodeRows rows) {
    if (!set) return;
    const size_t from = set->column("start"), to = set->column("end");
    for (const Code* row : rows) {
      widen(start, set->cell(*row, from), DateBasis::ndc, row->code, false);
      widen(end, set->cell(*row, to), DateBasis::ndc, row->code, true);
      in_use |= set->cell(*row, to).empty();
    }
  };
  add(links.use, links.use_of_cvx(cvx));
  add(links.sale, links.sale_of_cvx(cvx));
  if (code->status != "Inactive" || in_use) end = {};
  return {start.date, end.date, start.basis, end.basis, start.ndc, end.ndc};
}

std::string basis_words(const Catalogue& catalogue, DateBasis basis, std::string_view ndc) {
  if (basis == DateBasis::ndc) return fmt::format("by the National Drug Code {}", ndc);
  const CodeSet* dates = catalogue.links().dates;
  if (basis == DateBasis::aira && dates) return fmt::format("by AIRA's code base, edition {}", edition_words(*dates));
  return {};
}

}  // namespace iz
