#include "core/dose_codes.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "core/catalogue.h"
#include "core/code_links.h"
#include "core/cvx_period.h"
#include "core/date.h"

namespace iz {
namespace {

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// An immune globulin, antitoxin or antibody: no vaccine, but given and recorded like one.
bool is_passive(std::string_view full_name) {
  if (holds(full_name, "unknown")) return false;  // 999 is either
  for (const std::string_view word : {"globulin", "antitoxin", "antibody", "Rho(D)"})
    if (holds(full_name, word)) return true;
  return false;
}

/// A name without case and punctuation, as a number; 0 for a text that is too long or has no letter.
uint64_t name_key(std::string_view text) {
  constexpr size_t longest = 60;
  if (text.empty() || text.size() > longest) return 0;
  uint64_t hash = 0xcbf29ce484222325ull;  // FNV-1a
  bool any = false;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) continue;
    any = any || c > '9';
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  }
  return any ? hash : 0;
}

/// The bit of a text among those seen so far; 0 when there are more than fit.
class Bits {
 public:
  uint64_t of(std::string_view text) {
    const auto [at, fresh] = bits_.try_emplace(text, bits_.size());
    return at->second < 64 ? uint64_t{1} << at->second : 0;
  }

 private:
  std::map<std::string_view, size_t> bits_;
};

/// Whether the start of a period can be trusted. Where it is of a National Drug Code alone, that may be a later one of an
/// old vaccine. So it counts only for codes of three digits, those of two were there when the table began, from 2000 on,
/// and not where CDC last changed the row long before (119): the vaccine was there without the product.
bool is_start(const CodeLinks& links, const Code& row, const CvxPeriod& period) {
  if (period.start_basis != DateBasis::ndc) return true;
  const Code* dates = links.dates ? links.dates->find(row.code) : nullptr;
  if (dates && !links.dates->cell(*dates, "start").empty()) return true;
  const Day start = day_of(period.start), changed = day_of(links.cvx->cell(row, "updated"));
  return row.code.size() >= 3 && start >= 20000101 && changed >= later(start, -tolerances::new_vaccine);
}

std::string_view document_of(const CodeLinks& links, const Code& row) { return links.vis->cell(row, "gdti"); }

}  // namespace

Day day_of(std::string_view text) {
  Day day = 0;
  size_t digits = 0;
  for (size_t i = 0; i < text.size() && digits < 8; ++i) {
    if (text[i] == '-' && (i == 4 || i == 7)) continue;
    if (text[i] < '0' || text[i] > '9') return 0;
    day = day * 10 + (text[i] - '0');
    ++digits;
  }
  if (digits < 8) return 0;
  const int month = day / 100 % 100;
  if (month < 1 || month > 12 || day % 100 < 1) return 0;
  return day % 100 <= days_in_month(day / 10000, month) ? day : 0;
}

Day later(Day day, int days) {
  if (!day) return 0;
  using namespace std::chrono;
  const sys_days from = year{day / 10000} / (day / 100 % 100) / (day % 100);
  const year_month_day to{from + std::chrono::days(days)};
  return static_cast<int>(to.year()) * 10000 + static_cast<int>(static_cast<unsigned>(to.month())) * 100 +
         static_cast<int>(static_cast<unsigned>(to.day()));
}

Date to_date(Day day) { return {day / 10000, day / 100 % 100, day % 100}; }

std::span<const Vaccine* const> DoseCodes::vaccines_named(std::string_view text) const {
  const uint64_t key = names_.empty() ? 0 : name_key(text);
  if (!key) return {};
  const auto at =
      std::lower_bound(names_.begin(), names_.end(), key, [](const Name& n, uint64_t k) { return n.key < k; });
  if (at == names_.end() || at->key != key) return {};
  return std::span(named_).subspan(at->first, at->count);
}

void DoseCodes::compile(const Catalogue& catalogue) {
  const CodeLinks& links = catalogue.links();
  cvx_ = links.cvx;
  mvx_ = links.mvx;
  use_ = links.use;
  sale_ = links.sale;
  vis_ = links.vis;
  if (mvx_) {
    const size_t updated = mvx_->column("updated");
    for (const Code& row : mvx_->codes())
      makers_.push_back({&row, row.status == "Inactive" ? day_of(mvx_->cell(row, updated)) : 0});
  }
  compile_vaccines(catalogue);
  compile_products(links);
  compile_statements(links);
  compile_names(links);
}

void DoseCodes::compile_vaccines(const Catalogue& catalogue) {
  const CodeLinks& links = catalogue.links();
  if (!cvx_) return;
  const size_t full = cvx_->column("full"), nonvaccine = cvx_->column("nonvaccine"),
               unspecified = cvx_->column("unspecified");
  Bits groups;
  for (const Code& row : cvx_->codes()) {
    Vaccine& v = vaccines_.emplace_back();
    v.row = &row;
    v.never_active = row.status == "Never Active";
    v.non_us = row.status == "Non-US";
    const bool inactive = row.status == "Inactive";
    v.none_given = row.code == "998";
    v.no_vaccine = inactive && !cvx_->cell(row, nonvaccine).empty() && !is_passive(cvx_->cell(row, full));
    // An active code that leaves something open (196) is meant for doses of today.
    v.unspecified = inactive && !v.no_vaccine && !cvx_->cell(row, unspecified).empty();
    if (!v.never_active && !v.unspecified && cvx_->cell(row, nonvaccine).empty()) {
      const CvxPeriod period = cvx_period(catalogue, row.code);
      v.start = v.not_before = is_start(links, row, period) ? day_of(period.start) : 0;
      v.end = day_of(period.end);
      v.not_after = later(v.end, period.end_basis == DateBasis::ndc ? tolerances::ndc_shelf : 0);
    }
    for (const Code& group : links.groups_of_cvx(row.code)) v.groups |= groups.of(links.groups->cell(group, "group"));
    // A trade name without a manufacturer: not all of them are known.
    std::set<uint16_t> makers;
    bool all = true;
    const auto add = [&](std::string_view code) {
      const Maker* m = maker(code);
      if (m)
        makers.insert(number(*m));
      else
        all = false;
    };
    for (const Code* trade : links.trade_of_cvx(row.code)) add(links.trade->cell(*trade, "mvx"));
    for (const Code* use : links.use_of_cvx(row.code))
      for (const NdcLink& link : links.of_use(*use)) add(link.mvx);
    for (const Code* sale : links.sale_of_cvx(row.code))
      for (const NdcLink& link : links.of_sale(*sale)) add(link.mvx);
    if (all) v.makers.assign(makers.begin(), makers.end());
  }
}

void DoseCodes::compile_products(const CodeLinks& links) {
  std::map<std::string_view, Product> by_code;
  const auto read = [&](const CodeSet* set, bool of_use) {
    if (!set) return;
    const size_t cvx = set->column("cvx"), start = set->column("start"), end = set->column("end");
    for (const Code& row : set->codes()) {
      const auto [at, fresh] = by_code.try_emplace(row.code);
      Product& p = at->second;
      const Day from = day_of(set->cell(row, start)), to = day_of(set->cell(row, end));
      if (fresh) p.row = &row;
      // Of several rows the widest period holds; a row without a date leaves that side open.
      p.start = fresh ? from : std::min(p.start, from);
      p.end = fresh ? to : p.end && to ? std::max(p.end, to) : 0;
      (of_use ? p.use : p.sale) = true;
      if (const Vaccine* v = vaccine(set->cell(row, cvx)); v && v != p.vaccines[0] && v != p.vaccines[1])
        (p.vaccines[0] ? p.vaccines[1] : p.vaccines[0]) = v;
      std::set<uint16_t> makers(p.makers.begin(), p.makers.end());
      std::set<const Code*> uses;
      for (const NdcLink& link : of_use ? links.of_use(row) : links.of_sale(row)) {
        if (const Maker* m = maker(link.mvx)) makers.insert(number(*m));
        uses.insert(link.use);
      }
      p.makers.assign(makers.begin(), makers.end());
      if (!of_use && uses.size() == 1 && (fresh || p.use_row == *uses.begin())) p.use_row = *uses.begin();
    }
  };
  read(use_, true);
  read(sale_, false);
  for (auto& [code, p] : by_code) {
    const bool season = p.start && p.end && p.end <= later(p.start, tolerances::season);
    p.not_after = later(p.end, season ? tolerances::season_end : tolerances::ndc_shelf);
    p.not_before = later(p.start, -tolerances::ndc_start);
  }
  for (const CodeSet* set : {use_, sale_}) {
    if (!set) continue;
    for (const Code& row : set->codes()) products_.push_back(by_code.at(row.code));
    if (set == use_) use_rows_ = products_.size();
  }
}

void DoseCodes::compile_statements(const CodeLinks& links) {
  if (!vis_) return;
  const size_t edition = vis_->column("edition");
  Bits documents;
  for (const Code& row : vis_->codes()) {
    VisEdition& e = editions_.emplace_back();
    e.row = &row;
    e.document = documents.of(document_of(links, row));
    e.edition = e.first = day_of(vis_->cell(row, edition));
    // 253, document (13), 11, YYMMDD
    if (row.code.size() == 24)
      if (const Day inside = day_of("20" + std::string(row.code.substr(18)))) e.first = std::min(e.first, inside);
  }
  for (VisEdition& e : editions_) {
    for (const VisEdition& other : editions_) {
      if (!e.document || other.document != e.document || other.edition <= e.edition) continue;
      const Day outdated = later(other.edition, tolerances::new_statement);
      if (e.outdated && outdated >= e.outdated) continue;
      e.outdated = outdated;
      e.next = other.row;
    }
  }
  if (!links.cvx_vis) return;
  const size_t bar_code = links.cvx_vis->column("vis");
  for (const Code& row : links.cvx_vis->codes()) {
    const Code* v = cvx_ ? cvx_->find(row.code) : nullptr;
    if (const VisEdition* e = vis(links.cvx_vis->cell(row, bar_code)); v && e)
      vaccines_[cvx_->number(*v)].documents |= e->document;
  }
  for (const Vaccine& v : vaccines_)
    for (uint64_t rest = v.documents; rest; rest &= rest - 1)
      groups_of_[static_cast<size_t>(std::countr_zero(rest))] |= v.groups;
}

void DoseCodes::compile_names(const CodeLinks& links) {
  if (!links.trade) return;
  std::map<uint64_t, std::set<const Vaccine*>> by_key;
  for (const Code& row : links.trade->codes())
    if (const Vaccine* v = vaccine(links.trade->cell(row, "cvx"))) by_key[name_key(row.code)].insert(v);
  // Products go by their trade names, too, and not all of these are in the list of trade names.
  for (const CodeSet* set : {use_, sale_})
    for (size_t i = 0; set && i < set->codes().size(); ++i)
      if (const auto at = by_key.find(name_key(set->codes()[i].display)); at != by_key.end())
        if (const Vaccine* v = vaccine(set->cell(set->codes()[i], "cvx"))) at->second.insert(v);
  for (const auto& [key, vaccines] : by_key) {
    names_.push_back({key, static_cast<uint32_t>(named_.size()), static_cast<uint32_t>(vaccines.size())});
    named_.insert(named_.end(), vaccines.begin(), vaccines.end());
  }
}

}  // namespace iz
