#include "core/dose_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "codesets/gs1.h"
#include "core/code_links.h"
#include "core/cvx_period.h"
#include "core/structure.h"

namespace iz {
namespace {

const Condition* dose_check_of(const Catalogue& catalogue, uint16_t rule) {
  for (const Statement& s : catalogue.statements)
    if (s.rule == rule && s.requirement.op == Op::dose_check) return &s.requirement;
  return nullptr;
}

std::string name_of(const Code* code) { return code ? std::string(code->display) : std::string(); }

/// "CVX 43 or 44": the vaccines that a National Drug Code stands for.
std::string vaccines_of(const Product& p) {
  std::string out;
  for (const Vaccine* v : p.vaccines)
    if (v) out += fmt::format("{}{}", out.empty() ? "CVX " : " or ", v->row->code);
  return out;
}

/// A code with what it is: "CVX 107 (DTaP, unspecified formulation)", "NDC 49281-0286-01 (CVX 106)".
std::string vaccine_words(const DoseCodes& codes, std::string_view code) {
  if (const Vaccine* v = codes.vaccine(code)) return fmt::format("CVX {} ({})", code, v->row->display);
  if (const Product* p = codes.product(code))
    return fmt::format("NDC {} ({}, {})", code, p->row->display, vaccines_of(*p));
  return fmt::format("“{}”", code);
}

/// "Merck and Co., Inc. (MSD) or ...": who makes the product or vaccine, those in business first; at most three.
std::string makers_of(const DoseCodes& codes, std::string_view code) {
  const Vaccine* v = codes.vaccine(code);
  const Product* p = v ? nullptr : codes.product(code);
  if (!v && !p) return {};
  Makers makers = v ? v->makers : p->makers;
  std::stable_partition(makers.begin(), makers.end(),
                        [&](uint16_t n) { return codes.maker_row(n)->status == "Active"; });
  std::string out;
  for (size_t i = 0; i < makers.size() && i < 3; ++i) {
    const Code& row = *codes.maker_row(makers[i]);
    out += fmt::format("{}{} ({})", out.empty() ? "" : " or ", row.display, row.code);
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(tolower(c)); });
  return out;
}

/// The manufacturers in business that CDC's note on one that is gone names ("acquired by Medimmune"), by the first word of
/// their names.
std::string successors_of(const CodeSet& mvx, const Code& gone) {
  const std::string note = lower(mvx.cell(gone, "notes"));
  std::string out;
  for (const Code& row : mvx.codes()) {
    const std::string first = lower(row.display.substr(0, row.display.find_first_of(" ,(")));
    if (row.status != "Active" || first.size() < 4 || first == "other" || first == "unknown") continue;
    const size_t at = note.find(first);
    if (at == std::string::npos || (at > 0 && isalpha(static_cast<unsigned char>(note[at - 1])))) continue;
    out += fmt::format("{}{} ({})", out.empty() ? " In business: " : ", ", row.display, row.code);
  }
  return out.empty() ? out : out + ".";
}

std::string bar_code_fault(std::string_view text) {
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return "has something else than digits";
  if (text.size() != 24) return fmt::format("has {} digits, not 24", text.size());
  if (!text.starts_with("253")) return "does not begin with 253";
  if (const char right = gs1_check_digit(text.substr(3, 12)); right != text[15])
    return fmt::format("has {} as its 16th digit, the check digit, where {} belongs", text[15], right);
  if (text.substr(16, 2) != "11") return "has no 11 behind the document";
  return "ends with a date that does not exist";
}

std::string iso(Day day) { return day ? to_iso(to_date(day)) : std::string("an unknown day"); }

}  // namespace

std::optional<DoseFinding> dose_finding(const Catalogue& catalogue, const Message& message, const Report& report,
                                        const Finding& finding) {
  const Condition* check = dose_check_of(catalogue, finding.rule);
  if (!check || !report.profile) return std::nullopt;
  StructureMatch match;
  match.match(message, *report.profile);
  const auto all = match.segments_of(-1);
  const auto orders = match.orders();
  const int segment = locate(message, {finding.path.segment, finding.path.occurrence}).segment;
  const auto here = std::find(all.begin(), all.end(), static_cast<uint32_t>(segment));
  if (here == all.end()) return std::nullopt;
  const uint32_t order = orders[static_cast<size_t>(here - all.begin())];
  std::vector<uint32_t> segments;
  for (size_t i = 0; i < all.size(); ++i)
    if (orders[i] == order) segments.push_back(all[i]);
  for (DoseFinding& f : find_dose_faults(*check->dose_codes, message, segments, static_cast<DoseFault>(check->check)))
    if (f.spot.path == finding.path) return f;
  return std::nullopt;
}

std::vector<const CodeSet*> tables_of(const Catalogue& catalogue, DoseFault fault) {
  const CodeLinks& links = catalogue.links();
  std::vector<const CodeSet*> out;
  switch (fault) {
    case DoseFault::mvx_inactive:
      out = {links.mvx};
      break;
    case DoseFault::ndc_form:
    case DoseFault::ndc_sale:
    case DoseFault::ndc_ended:
    case DoseFault::ndc_not_yet:
    case DoseFault::codes_differ:
    case DoseFault::ndc_maker:
      out = {links.use, links.sale};
      break;
    case DoseFault::cvx_maker:
    case DoseFault::trade_name:
      out = {links.trade};
      break;
    case DoseFault::vis_other_vaccine:
      out = {links.cvx_vis};
      break;
    case DoseFault::vis_outdated:
    case DoseFault::vis_too_early:
    case DoseFault::vis_bar_code:
    case DoseFault::vis_unknown:
      out = {links.vis};
      break;
    default:
      out = {links.cvx};
  }
  std::erase(out, nullptr);
  return out;
}

std::optional<std::string> dose_word(std::string_view key, const Catalogue& catalogue, const DoseFinding& f,
                                     std::string_view value) {
  const DoseCodes& codes = catalogue.dose_codes();
  const CodeLinks& links = catalogue.links();
  if (key == "code_name") return name_of(f.code);
  if (key == "day") return iso(f.day);
  if (key == "limit_day") return iso(f.limit);
  if (key == "against") return f.other ? vaccine_words(codes, f.other->code) : std::string();
  if (key == "against_name") return name_of(f.other);
  if (key == "against_code") return f.other ? std::string(f.other->code) : std::string();
  if (key == "makers") return f.other ? makers_of(codes, f.other->code) : std::string();
  if (key == "right_ndc") return std::string(f.ndc.text());
  if (key == "bar_code_fault") return bar_code_fault(value);
  if (key == "vaccines") {
    const Product* p = f.code ? codes.product(f.code->code) : nullptr;
    return p ? vaccines_of(*p) : f.code ? fmt::format("CVX {}", f.code->code) : std::string();
  }
  if (key == "ndc_form") {
    const NdcForm form = read_ndc(value).form;
    return form == NdcForm::ndc_5_4_2 ? std::string("with blanks") : fmt::format("as {}", to_string(form));
  }
  if (key == "use_ndc")
    return f.other ? fmt::format(" The one unit of use in it is {}.", f.other->code) : std::string();
  if (key == "note") {
    const CodeSet* table = f.fault == DoseFault::mvx_inactive ? links.mvx : links.cvx;
    const std::string_view note = table && f.code ? table->cell(*f.code, "notes") : std::string_view{};
    if (note.empty()) return std::string();
    return fmt::format(" CDC's note: {}{}", note, note.back() == '.' ? "" : ".");
  }
  if (key == "successor") {
    return links.mvx && f.code ? successors_of(*links.mvx, *f.code) : std::string();
  }
  if (key == "basis") {
    const CvxPeriod p = f.code ? cvx_period(catalogue, f.code->code) : CvxPeriod{};
    return f.fault == DoseFault::cvx_inactive ? basis_words(catalogue, p.end_basis, p.end_ndc)
                                              : basis_words(catalogue, p.start_basis, p.start_ndc);
  }
  if (key == "next_edition")
    return links.vis && f.other ? std::string(links.vis->cell(*f.other, "edition")) : std::string();
  return std::nullopt;
}

}  // namespace iz
