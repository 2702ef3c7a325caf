#include "codesets/cdc_tables.h"

#include <algorithm>
#include <cstddef>

#include "codesets/import_text.h"

namespace iz {

namespace {

using enum CellKind;

constexpr CdcColumn kCvx[] = {{"code", cvx, true, "cvxcode"},         {"display", text, true, "shortdescription"},
                              {"status", word, true, "status"},       {"full", text, false, "fullvaccinename"},
                              {"notes", text, false, "notes"},        {"nonvaccine", flag, false, "nonvaccine"},
                              {"updated", date, false, "lastupdated"}};
constexpr FlatLayout kCvxFlat[] = {{"code display full notes status nonvaccine updated"}};

constexpr CdcColumn kMvx[] = {{"code", mvx, true, "mvxcode"},
                              {"display", text, true, "manufacturername"},
                              {"status", word, true, "status"},
                              {"notes", text, false, "notes"},
                              {"updated", date, false, "lastupdated"}};
constexpr FlatLayout kMvxFlat[] = {{"code display notes status updated"}};

constexpr CdcColumn kVg[] = {{"code", cvx, true, "cvxcode"},
                             {"display", word, true, "vaccinegroupname"},
                             {"group", cvx, false, "cvxforvaccinegroup"},
                             {"short", text, false, "shortdescription"},
                             {"status", word, false, "status"}};
constexpr FlatLayout kVgFlat[] = {{"short code status display group"}};

constexpr CdcColumn kTradeName[] = {
    {"code", word, true, "cdcproductname"},        {"display", text, false, "shortdescription"},
    {"status", word, true, "productnamestatus"},   {"cvx", cvx, true, "cvxcode"},
    {"manufacturer", text, false, "manufacturer"}, {"mvx", mvx, false, "mvxcode"},
    {"mvx_status", word, false, "mvxstatus"},      {"updated", date, false, "lastupdated"}};
constexpr FlatLayout kTradeNameFlat[] = {{"code display cvx manufacturer mvx mvx_status status updated"}};

constexpr CdcColumn kNdcUse[] = {
    {"code", ndc11, true}, {"display", text, true}, {"cvx", cvx, true},  {"short", text},   {"generic", text},
    {"labeler", text},     {"start", date},         {"end", date},       {"form", word},    {"gtin", gtin},
    {"ndc10", ndc10},      {"id", number, true},    {"stands_in", flag}, {"updated", date}, {"gtin_again", gtin}};
constexpr FlatLayout kNdcUseFlat[] = {
    {"id ndc10 ndc10 ndc10 display generic labeler start end form gtin cvx short stands_in code updated gtin_again"}};

constexpr CdcColumn kNdcSale[] = {
    {"code", ndc11, true}, {"display", text, true}, {"cvx", cvx, true}, {"short", text},  {"generic", text},
    {"labeler", text},     {"start", date},         {"end", date},      {"form", word},   {"gtin", gtin},
    {"ndc10", ndc10},      {"id", number, true},    {"route", word},    {"updated", date}};
constexpr FlatLayout kNdcSaleFlat[] = {
    {"id ndc10 ndc10 ndc10 display generic labeler start end form route updated cvx short code gtin"}};

constexpr CdcColumn kVis[] = {{"code", vis, true, "visencodedstring"},
                              {"display", text, true, "visdocumenttypedescription"},
                              {"status", word, true, "status"},
                              {"edition", date, true, "editiondate"},
                              {"gdti", gdti, false, "visgdtidocumentcode"},
                              {"updated", date, false, "lastupdated"}};
constexpr FlatLayout kVisFlat[] = {{"display edition code gdti status updated"}};

constexpr CdcColumn kCvxVis[] = {{"code", cvx, true, "cvxcode"},
                                 {"display", text, false, "visdocumentname"},
                                 {"status", word, true, "status"},
                                 {"short", text, false, "cvxvaccinedescription"},
                                 {"vis", vis, true, "fullyencodedstring visfullyencodedtextstring"},
                                 {"edition", date, false, "viseditiondate"}};
constexpr FlatLayout kCvxVisFlat[] = {{"code short vis display edition status"}};

constexpr CdcColumn kLinker[] = {
    {"code", number, true}, {"sale", number, true}, {"use", number, true}, {"mvx", mvx, false}};
constexpr FlatLayout kLinkerFlat[] = {{"code sale use mvx"}};

constexpr CdcColumn kVisUrl[] = {{"code", gdti, true, "visgdtidocumentconceptcode"},
                                 {"display", text, true, "visdocumenttypedescriptionconceptname"},
                                 {"pdf", url, false, "vispdfurl"},
                                 {"html", url, false, "vishtmlurl"}};

constexpr CdcColumn kCpt[] = {{"code", cpt, true, "cptcode"},
                              {"display", text, true, "cptdescription cptdesc"},
                              {"status", word, false, "status"},
                              {"cvx", cvx, false, "cvxcode"},
                              {"short", text, false, "vaccinename shortdescription"},
                              {"notes", text, false, "comments"},
                              {"updated", date, false, "lastupdated"},
                              {"id", number, false, "cptcodeid"}};
constexpr FlatLayout kCptFlat[] = {{"code display - short cvx notes updated id"}};

constexpr CdcColumn kCrosswalk[] = {{"code", ndc11, true},  {"display", text, true},
                                    {"cvx", cvx, true},     {"use", ndc11},
                                    {"labeler", text},      {"form", word},
                                    {"route", word},        {"start", date},
                                    {"end", date},          {"gtin", gtin},
                                    {"updated", date},      {"season", word},
                                    {"ndc10", ndc10},       {"use_ndc10", ndc10},
                                    {"use_form", word},     {"use_start", date},
                                    {"use_end", date},      {"use_gtin", gtin},
                                    {"use_updated", date},  {"stands_in", flag},
                                    {"short", text},        {"cvx_full", text},
                                    {"cvx_status", word},   {"cvx_effective", date},
                                    {"cvx_retired", date},  {"mvx", mvx},
                                    {"manufacturer", text}, {"mvx_status", word},
                                    {"cpt", word},          {"cpt_status", word},
                                    {"id", number}};
constexpr FlatLayout kCrosswalkFlat[] = {
    {"id code display labeler start end gtin updated use stands_in use_gtin use_updated cvx short mvx"},
    // the texts of CPT are left out
    {"code ndc10 display labeler form route start end gtin updated season use use_ndc10 use_form use_start use_end "
     "use_gtin "
     "use_updated cvx short cvx_full cvx_status cvx_effective cvx_retired mvx manufacturer mvx_status cpt - - "
     "cpt_status"}};

constexpr CdcTable kTables[] = {
    {"cvx", "CVX", "Vaccines administered", "CVX", kCvx, "code", kCvxFlat},
    {"mvx", "MVX", "Manufacturers of vaccines", "MVX", kMvx, "code", kMvxFlat},
    {"vg", "VG", "Vaccine groups of each vaccine", "", kVg, "code display", kVgFlat},
    {"tradename", "TradeName", "Trade names of vaccines", "", kTradeName, "code cvx mvx", kTradeNameFlat},
    {"ndc_use", "NDC_Use", "National Drug Codes, unit of use", "NDC", kNdcUse, "code cvx", kNdcUseFlat},
    {"ndc_sale", "NDC_Sale", "National Drug Codes, unit of sale", "NDC", kNdcSale, "code cvx", kNdcSaleFlat},
    {"vis", "PHVS_VISBarcodes_IIS", "Bar codes of Vaccine Information Statements", "cdcgs1vis", kVis, "code", kVisFlat},
    {"cvxvis", "CVX_VIS", "Vaccine Information Statements of each vaccine", "", kCvxVis, "code vis", kCvxVisFlat},
    {"ndc_linker", "NDC_Linker", "Units of sale and the units of use in them", "", kLinker, "code", kLinkerFlat},
    {"vis_url", "VIS_URL", "Web addresses of Vaccine Information Statements", "", kVisUrl, "code", {}},
    {"cpt", "CPT", "CPT codes of vaccines, as imported by you", "CPT", kCpt, "code cvx", kCptFlat},
    {"ndc_crosswalk", "NDC_Crosswalk", "National Drug Codes of sale and use side by side", "NDC", kCrosswalk,
     "code use cvx", kCrosswalkFlat},
};

constexpr CdcColumn kDates[] = {
    {"code", cvx, true}, {"start", date}, {"end", date}, {"display", text}, {"concept", word}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool all_digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), is_digit); }

bool same_name(std::string_view a, std::string_view b) {
  const auto low = [](char c) { return is_capital(c) ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return low(x) == low(y); });
}

}  // namespace

const CdcTable kCvxDates = {"cvx_dates", "CVX_Dates", "Dates of use of vaccines", "", kDates, "code", {}};

size_t CdcTable::column(std::string_view column_name) const {
  for (size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == column_name) return i;
  return none;
}

std::span<const CdcTable> cdc_tables() { return kTables; }

const CdcTable* cdc_table(std::string_view name) {
  const auto* found = std::find_if(std::begin(kTables), std::end(kTables), [&](const CdcTable& t) {
    return same_name(t.id, name) || same_name(t.short_name, name);
  });
  if (found != std::end(kTables)) return found;
  return same_name(kCvxDates.id, name) || same_name(kCvxDates.short_name, name) ? &kCvxDates : nullptr;
}

std::string_view next_word(std::string_view& words) {
  const size_t end = std::min(words.find(' '), words.size());
  const std::string_view word = words.substr(0, end);
  words.remove_prefix(std::min(end + 1, words.size()));
  return word;
}

bool fits(CellKind kind, std::string_view cell) {
  switch (kind) {
    case text:
    case word:
      return true;
    case flag:
      return same_name(cell, "true") || same_name(cell, "false");
    case date:
      return table_date(cell).has_value();
    case cvx:
      return (cell.size() == 2 || cell.size() == 3) && all_digits(cell);
    case mvx:
      return cell.size() >= 2 && cell.size() <= 4 && std::all_of(cell.begin(), cell.end(), is_capital);
    case cpt:
      return cell.size() == 5 && all_digits(cell.substr(0, 4)) && (is_digit(cell[4]) || is_capital(cell[4]));
    case ndc11:
      return cell.size() == 13 && cell[5] == '-' && cell[10] == '-' && all_digits(cell.substr(0, 5)) &&
             all_digits(cell.substr(6, 4)) && all_digits(cell.substr(11));
    case ndc10:
      return cell.size() <= 13 && std::all_of(cell.begin(), cell.end(), [](char c) { return is_digit(c) || c == '-'; });
    case number:
      return cell.size() <= 9 && all_digits(cell);
    case gtin:
      return cell.size() >= 8 && cell.size() <= 14 && all_digits(cell);
    case vis:
      return cell.size() == 24 && all_digits(cell);
    case gdti:
      return cell.size() == 13 && all_digits(cell);
    case url:
      return cell.starts_with("http");
  }
  return false;
}

std::string_view kind_words(CellKind kind) {
  switch (kind) {
    case text:
    case word:
      return "a text";
    case flag:
      return "True or False";
    case date:
      return "a date";
    case cvx:
      return "a CVX code (2 or 3 digits)";
    case mvx:
      return "an MVX code (2 to 4 capital letters)";
    case cpt:
      return "a CPT code (5 characters)";
    case ndc11:
      return "an 11-digit NDC (5-4-2 with dashes)";
    case ndc10:
      return "a 10-digit NDC";
    case number:
      return "a number";
    case gtin:
      return "a GTIN (14 digits)";
    case vis:
      return "a VIS string (24 digits)";
    case gdti:
      return "a GDTI (13 digits)";
    case url:
      return "a web address";
  }
  return {};
}

}  // namespace iz
