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
  return Personal::none;
}

Personal in_address(uint32_t component) {
  switch (component) {
    case 1:
    case 2:
      return Personal::street;
    case 3:
      return Personal::city;
    case 5:
      return Personal::zip;
    case 8:
    case 9:
    case 10:
      return Personal::drop;  // smaller than a state: geography, county, census tract
    default:
      return Personal::none;
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

Personal of_type(const PersonalPlace& p) {
  if (p.type == "XPN" || p.type == "PN") return in_name(p.component, false);
  if (p.type == "XCN" || p.type == "CN") return in_name(p.component, true);
  if (p.type == "XAD" || p.type == "AD") return in_address(p.component);
  if (p.type == "XTN" || p.type == "TN") return in_number(p.component);
  if (p.type == "CX" || p.type == "CK" || p.type == "DLN")
    return p.component == 1                      ? Personal::identifier
           : p.type == "DLN" && p.component == 3 ? Personal::date
                                                 : Personal::none;
  if (p.type == "TS" || p.type == "DT" || p.type == "DTM") return p.component == 1 ? Personal::date : Personal::none;
  if (p.type == "DR") return p.component <= 2 ? Personal::date : Personal::none;
  return Personal::none;
}

}  // namespace

Personal personal_kind(const PersonalPlace& p) {
  if (p.segment.empty() || p.segment[0] == 'Z') return Personal::identifier;
  if (p.segment == "MSH" || p.segment == "FHS" || p.segment == "BHS") {
    // Senders, receivers, type, profile and control id stay: they tell where a message is from, not of whom it is.
    if (p.field == 7) return p.component == 1 ? Personal::date : Personal::none;
    return p.field == 8 ? Personal::identifier : Personal::none;
  }
  if (p.segment == "NTE") return p.field == 3 ? Personal::text : Personal::none;
  if (p.segment == "MSA") return p.field == 3 ? Personal::words : Personal::none;
  if (p.segment == "ERR") return p.field >= 5 ? Personal::words : Personal::none;
  if (p.segment == "OBX" && p.field == 5 && is_text(p.type)) return Personal::text;
  if ((p.segment == "ORC" || p.segment == "OBR") && (p.field == 2 || p.field == 3 || p.field == 4))
    return p.component == 1 ? Personal::identifier : Personal::none;
  if (p.segment == "PID" && p.field == 23) return Personal::city;
  if (about_person(p.segment) && is_text(p.type)) return Personal::identifier;
  return of_type(p);
}

}  // namespace iz
