#include "core/code_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/code_links.h"
#include "core/cvx_period.h"
#include "core/elements.h"

namespace iz {
namespace {

std::string from_until(std::string_view start, std::string_view end) {
  if (start.empty() && end.empty()) return {};
  if (end.empty()) return fmt::format("from {}", start);
  if (start.empty()) return fmt::format("until {}", end);
  return fmt::format("{} to {}", start, end);
}

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts)
    if (!part.empty()) out.append(out.empty() ? "" : ", ").append(part);
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

class Page {
 public:
  Page(const Catalogue& catalogue, const CodeSet& set) : catalogue_(catalogue), links_(catalogue.links()), set_(set) {
    page_.set = &set;
  }

  CodePage make(std::string_view code) {
    rows_ = find(set_, code);
    page_.found = !rows_.empty();
    page_.code = page_.found && set_.id != "VG" ? std::string(rows_[0]->code) : std::string(code);
    if (page_.found) {
      page_.heading = rows_[0]->display;
      page_.status = rows_[0]->status;
      page_.note = cell("notes");
      if (const auto full = cell("full"); full != page_.heading) page_.full = full;
      by_table();
      fact("Changed by CDC", cell("updated"));
    }
    editions(code);
    return std::move(page_);
  }

 private:
  /// Rows of a code; of a National Drug Code in any form, of a trade name in upper or lower case, of a vaccine group by
  /// the CVX of the group.
  static std::vector<const Code*> find(const CodeSet& set, std::string_view code) {
    std::vector<const Code*> out;
    if (set.id == "VG") {
      for (const Code& row : set.codes())
        if (set.cell(row, "group") == code) out.push_back(&row);
      return out;
    }
    const auto take = [&](std::string_view text) {
      for (const Code& row : set.rows(text)) out.push_back(&row);
    };
    take(code);
    if (out.empty() && set.system == "NDC") {
      const NdcReadings readings = read_ndc(code);
      for (const Ndc& ndc : readings.all()) take(ndc.text());
    }
    if (out.empty() && set.id == "TradeName")
      for (const Code& row : set.codes())
        if (lower(row.code) == lower(code)) out.push_back(&row);
    return out;
  }

  std::string_view cell(std::string_view column) const { return set_.cell(*rows_[0], column); }

  void fact(std::string_view label, std::string_view text) {
    if (!text.empty()) page_.facts.push_back({std::string(label), std::string(text)});
  }

  CodePage::Links& section(std::string_view title) {
    page_.links.push_back({std::string(title), {}});
    return page_.links.back();
  }
  void close() {
    if (page_.links.back().rows.empty()) page_.links.pop_back();
  }
  static void link(CodePage::Links& to, std::string_view table, std::string_view code, std::string text,
                   std::string_view status = {}) {
    const bool there = std::any_of(to.rows.begin(), to.rows.end(), [&](const CodePage::Link& l) {
      return l.table == table && l.code == code && l.text == text;
    });
    if (!there) to.rows.push_back({std::string(table), std::string(code), std::move(text), std::string(status)});
  }

  void by_table() {
    if (set_.id == "CVX") return vaccine();
    if (set_.id == "MVX") return manufacturer();
    if (set_.id == "VG") return group();
    if (set_.id == "TradeName") return trade_name();
    if (set_.id == "NDC_Use" || set_.id == "NDC_Sale") return drug_code(set_.id == "NDC_Use");
    if (set_.id == "PHVS_VISBarcodes_IIS") return statement();
    for (const std::string& column : set_.columns())
      if (column != "code" && column != "display" && column != "status" && column != "notes" && column != "full" &&
          column != "updated" && column != "system")
        fact(column, cell(column));
  }

  void vaccine() {
    if (cell("nonvaccine") == "yes") fact("Kind", "No vaccine: an immune globulin, a skin test or the like");
    if (cell("unspecified") == "yes") fact("Kind", "Unspecified: for doses whose product is not known");
    const CvxPeriod period = cvx_period(catalogue_, page_.code);
    const auto dated = [&](std::string_view date, DateBasis basis, std::string_view ndc) {
      return fmt::format("{} ({})", date, basis_words(catalogue_, basis, ndc));
    };
    if (!period.start.empty()) fact("In use from", dated(period.start, period.start_basis, period.start_ndc));
    if (!period.end.empty())
      fact("In use until", dated(period.end, period.end_basis, period.end_ndc));
    else if (page_.status == "Inactive")
      fact("In use until", "no reliable date is known");

    auto& groups = section("Vaccine groups");
    for (const Code& row : links_.groups_of_cvx(page_.code))
      link(groups, "VG", links_.groups->cell(row, "group"), std::string(row.display));
    close();
    auto& products = section("Trade names");
    for (const Code* row : links_.trade_of_cvx(page_.code))
      link(products, "TradeName", row->code, std::string(links_.trade->cell(*row, "manufacturer")), row->status);
    close();
    drug_codes("National Drug Codes, unit of use", links_.use, links_.use_of_cvx(page_.code));
    drug_codes("National Drug Codes, unit of sale", links_.sale, links_.sale_of_cvx(page_.code));
    auto& statements = section("Vaccine Information Statements");
    for (const Code& row : links_.vis_of_cvx(page_.code))
      link(statements, "PHVS_VISBarcodes_IIS", links_.cvx_vis->cell(row, "vis"),
           fmt::format("{}, {}", row.display, links_.cvx_vis->cell(row, "edition")), row.status);
    close();
  }

  void drug_codes(std::string_view title, const CodeSet* table, CodeRows rows) {
    auto& out = section(title);
    for (const Code* row : rows) link(out, table->id, row->code, drug_code_words(*table, *row));
    close();
  }

  static std::string drug_code_words(const CodeSet& table, const Code& row) {
    return joined({row.display, table.cell(row, "form"), from_until(table.cell(row, "start"), table.cell(row, "end"))});
  }

  void vaccine_link(CodePage::Links& out, std::string_view cvx) const {
    const Code* row = links_.cvx ? links_.cvx->find(cvx) : nullptr;
    if (!cvx.empty())
      link(out, "CVX", cvx, row ? std::string(row->display) : "not in the table", row ? row->status : "");
  }
  void maker_link(CodePage::Links& out, std::string_view mvx) const {
    const Code* row = links_.mvx ? links_.mvx->find(mvx) : nullptr;
    if (!mvx.empty())
      link(out, "MVX", mvx, row ? std::string(row->display) : "not in the table", row ? row->status : "");
  }

  void vaccines() {
    auto& out = section("Vaccine");
    for (const Code* row : rows_) vaccine_link(out, set_.cell(*row, "cvx"));
    close();
  }

  void manufacturer() {
    auto& products = section("Trade names");
    for (const Code* row : links_.trade_of_mvx(page_.code))
      link(products, "TradeName", row->code, fmt::format("CVX {}, {}", links_.trade->cell(*row, "cvx"), row->display),
           row->status);
    close();
    auto& codes = section("National Drug Codes, unit of use");
    for (const NdcLink& l : links_.ndcs_of_mvx(page_.code))
      link(codes, "NDC_Use", l.use->code, drug_code_words(*links_.use, *l.use));
    close();
  }

  void group() {
    page_.status.clear();
    auto& members = section("Vaccines of the group");
    for (const Code* row : rows_) vaccine_link(members, row->code);
    close();
    auto& itself = section("Code of the group");
    vaccine_link(itself, page_.code);
    close();
  }

  void trade_name() {
    page_.heading = page_.code;
    vaccines();
    auto& makers = section("Manufacturer");
    for (const Code* row : rows_) maker_link(makers, set_.cell(*row, "mvx"));
    close();
    for (const Code* row : rows_) {
      const std::string_view mvx = set_.cell(*row, "mvx"), cvx = set_.cell(*row, "cvx");
      auto& codes = section(fmt::format("National Drug Codes of CVX {} by {}", cvx, mvx));
      for (const NdcLink& l : links_.ndcs_of_mvx(mvx))
        if (links_.use->cell(*l.use, "cvx") == cvx)
          link(codes, "NDC_Use", l.use->code, drug_code_words(*links_.use, *l.use));
      close();
    }
  }

  void drug_code(bool use) {
    fact("Generic name", cell("generic"));
    fact("Labeler", cell("labeler"));
    fact("Package", cell("form"));
    fact("Route", cell("route"));
    fact("Marketed", from_until(cell("start"), cell("end")));
    fact("Ten digits", cell("ndc10"));
    fact("GTIN", cell("gtin"));
    if (std::all_of(rows_.begin(), rows_.end(), [&](const Code* row) { return set_.cell(*row, "stands_in") == "yes"; }))
      fact("Unit", "CDC lists no unit-of-use code for the product; this is its unit-of-sale code");
    vaccines();
    CodePage::Links makers{"Manufacturer", {}}, others{use ? "Units of sale that hold it" : "Units of use in it", {}};
    for (const Code* row : rows_)
      for (const NdcLink& l : use ? links_.of_use(*row) : links_.of_sale(*row)) {
        maker_link(makers, l.mvx);
        if (use)
          link(others, "NDC_Sale", l.sale->code, drug_code_words(*links_.sale, *l.sale));
        else
          link(others, "NDC_Use", l.use->code, drug_code_words(*links_.use, *l.use));
      }
    for (CodePage::Links* list : {&makers, &others})
      if (!list->rows.empty()) page_.links.push_back(std::move(*list));
  }

  void statement() {
    fact("Edition of the statement", cell("edition"));
    fact("Document", cell("gdti"));
    if (const Code* url = links_.url_of_vis(*rows_[0])) {
      fact("PDF", links_.vis_urls->cell(*url, "pdf"));
      fact("Web page", links_.vis_urls->cell(*url, "html"));
    }
    auto& vaccines_of_it = section("Vaccines");
    for (const Code* row : links_.cvx_of_vis(page_.code)) vaccine_link(vaccines_of_it, row->code);
    close();
    auto& others = section("Other editions of the document");
    for (const Code* row : links_.vis_of_document(cell("gdti")))
      if (row != rows_[0])
        link(others, set_.id, row->code, fmt::format("{}, {}", row->display, set_.cell(*row, "edition")), row->status);
    close();
  }

  void editions(std::string_view code) {
    for (const auto& other : catalogue_.other_editions(set_.id)) {
      const auto rows = find(*other, code);
      std::string text = "not there";
      if (!rows.empty()) text = joined({rows[0]->display, rows[0]->status});
      page_.editions.push_back({fmt::format("Edition {}", edition_words(*other)), std::move(text)});
    }
  }

  const Catalogue& catalogue_;
  const CodeLinks& links_;
  const CodeSet& set_;
  std::vector<const Code*> rows_;
  CodePage page_;
};

}  // namespace

CodePage code_page(const Catalogue& catalogue, const CodeSet& set, std::string_view code) {
  return Page(catalogue, set).make(code);
}

void add_uses(CodePage& page, const Catalogue& catalogue, const Message& message, const Report& report) {
  const auto same = [&](std::string_view value) {
    if (value == page.code) return true;
    if (page.set->system != "NDC" || value.empty()) return false;
    const NdcReadings readings = read_ndc(value);
    return std::any_of(readings.all().begin(), readings.all().end(),
                       [&](const Ndc& n) { return n.text() == page.code; });
  };
  const auto bound = [&](const Place& place) {
    return std::any_of(place.codes.begin(), place.codes.end(), [&](const CodeSet* s) { return s->id == page.set->id; });
  };
  for (uint32_t s = 0; s < message.segments().size(); ++s) {
    const Segment& segment = message.segments()[s];
    if (!segment.name) continue;
    for (uint32_t f = 1; f <= segment.field_count; ++f) {
      const uint32_t repetitions = message.count(message.field(s, f), Level::repetition);
      for (uint32_t r = 1; r <= repetitions; ++r) {
        const Element whole = message.repetition(s, f, r);
        const uint32_t components = message.count(whole, Level::component);
        for (uint32_t c = 1; c <= components; ++c) {
          const Element part = message.component(whole, c);
          if (!same(message.value(part))) continue;
          Path path{segment.name, segment.occurrence, f, r, components > 1 ? c : 0, 0};
          const Place place = find_place(catalogue, message, report.profile, path, static_cast<int>(s));
          const std::string_view system = message.value(message.component(whole, c + 2));
          const bool named = !page.set->system.empty() && system == page.set->system;
          // An element that is bound says in which component the code stands.
          if (!named && !(bound(place) && (system.empty() || components < 2))) continue;
          page.uses.push_back({path, message.span(part), std::string(place.names[0])});
        }
      }
    }
  }
}

}  // namespace iz
