#include "core/deidentify_kinds.h"

#include <algorithm>
#include <array>

namespace iz {
namespace {

template <size_t n>
bool is_one(const std::array<std::string_view, n>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

/// Segments that are about persons: what is no code in them is theirs.
bool about_person(std::string_view segment) {
  static constexpr std::array<std::string_view, 11> list{"PID", "PD1", "NK1", "GT1", "IN1", "IN2",
                                                         "IN3", "MRG", "ACC", "PV1", "PV2"};
  return is_one(list, segment);
}

bool is_text(std::string_view type) {
  static constexpr std::array<std::string_view, 4> list{"ST", "TX", "FT", ""};
  return is_one(list, type);
}

Personal in_name(uint32_t component, bool provider) {
  const uint32_t shift = provider ? 1 : 0;
  if (provider && component == 1) return Personal::npi;
  if (component == 1 + shift) return Personal::family;
  if (component == 2 + shift || component == 3 + shift) return Personal::given;
  if (component >= 4 + shift && component <= 6 + shift) return Personal::affix;
  return Personal::none;
}

Personal in_address(uint32_t component) {
  switch (component) {
    case 1:
    case 2:
      return Personal::street;
    case 3:
      return Personal::city;
    case 4:
    case 6:
    case 7:
      return Personal::short_code;
    case 5:
      return Personal::zip;
    case 8:
    case 9:
    case 10:
      return Personal::drop;  // smaller than a state: geography, county, census tract
    default:
      return Personal::date;  // from when until when it holds
  }
}

Personal in_number(uint32_t component) {
  switch (component) {
    case 4:
      return Personal::email;
    case 1:
    case 6:
    case 7:
    case 8:
    case 12:
      return Personal::phone;
    case 9:
    case 10:
    case 11:
      return Personal::drop;
    default:
      return Personal::none;
  }
}

/// Types whose values are codes, numbers, or of organizations.
bool is_of_nobody(std::string_view type) {
  static constexpr std::array<std::string_view, 26> list{"ID",  "IS",  "SI",  "NM",  "CE",  "CWE", "CNE", "CF",  "SN",
                                                         "CQ",  "HD",  "EI",  "EIP", "XON", "PL",  "LA2", "LA1", "PT",
                                                         "VID", "MSG", "ERL", "ELD", "RCD", "TQ",  "JCC", "RI"};
  return is_one(list, type);
}

Personal of_type(const PersonalPlace& p) {
  if (p.type == "XPN" || p.type == "PN") return in_name(p.component, false);
  if (p.type == "XCN" || p.type == "CN") return in_name(p.component, true);
  if (p.type == "XAD" || p.type == "AD" || p.type == "SAD") return in_address(p.component);
  if (p.type == "LA2" && p.component >= 9)
    return in_address(p.component - 8);  // the facility's, often the patient's town
  if (p.type == "XTN" || p.type == "TN") return in_number(p.component);
  if (p.type == "CX" || p.type == "CK" || p.type == "DLN")
    return p.component == 1                      ? Personal::identifier
           : p.type == "DLN" && p.component == 3 ? Personal::date
                                                 : Personal::none;
  if (p.type == "TS" || p.type == "DT" || p.type == "DTM") return p.component == 1 ? Personal::date : Personal::none;
  if (p.type == "DR") return p.component <= 2 ? Personal::date : Personal::none;
  if (is_of_nobody(p.type) || p.type == "ST" || p.type == "TX" || p.type == "FT" || p.type == "TM")
    return Personal::none;
  return Personal::identifier;  // what nobody describes
}

}  // namespace

Personal personal_kind(const PersonalPlace& p) {
  if (p.segment.empty() || p.segment[0] == 'Z') return Personal::identifier;
  if (p.segment == "MSH" || p.segment == "FHS" || p.segment == "BHS") {
    // Senders, receivers, type, profile and control id stay: they tell where a message is from, not of whom it is.
    if (p.field == 7) return p.component == 1 ? Personal::date : Personal::none;
    if (p.segment == "MSH") {
      if (p.field == 10) return Personal::known_words;
      return p.field == 8 ? Personal::identifier : Personal::none;
    }
    if (p.field == 10) return Personal::text;
    return p.field == 8 || p.field == 9 ? Personal::identifier : Personal::none;
  }
  if (p.segment == "BTS" || p.segment == "FTS") return p.field == 2 ? Personal::text : Personal::none;
  if (p.segment == "NTE") return p.field == 3 ? Personal::text : Personal::none;
  if ((p.segment == "QPD" && p.field == 2) || (p.segment == "QAK" && p.field == 1)) return Personal::known_words;
  if (p.segment == "MSA") return p.field == 2 ? Personal::known_words : p.field == 3 ? Personal::words : Personal::none;
  if (p.segment == "ERR") return p.field >= 5 ? Personal::words : Personal::none;
  if (p.segment == "OBX" && p.field == 5) {
    const Personal kind = is_text(p.type) ? Personal::text : of_type(p);
    return kind == Personal::identifier && p.type != "CX" && p.type != "CK" ? Personal::text : kind;
  }
  if (p.segment == "ORC" && (p.field == 2 || p.field == 3 || p.field == 4))
    return p.component == 1 ? Personal::identifier : Personal::none;
  if (p.segment == "PID" && p.field == 12) return Personal::drop;  // county
  if (p.segment == "PID" && p.field == 23) return Personal::city;
  if (about_person(p.segment) && is_text(p.type)) return Personal::identifier;
  return of_type(p);
}

}  // namespace iz
