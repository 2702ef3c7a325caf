// How codes and their states are written in the workspace Codes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace iz {

std::string short_name(const CodeSet& set) {
  switch (filter_of(set.id)) {
    case CodeFilter::ndc:
      return "NDC";
    case CodeFilter::trade:
      return "Trade";
    case CodeFilter::vis:
      return "VIS";
    default:
      return set.system.empty() ? set.id : set.system;
  }
}

std::string place_words(const Catalogue& catalogue, const CodePlace& place) {
  const CodeSet* set = catalogue.code_set(place.table);
  return fmt::format("{} {}", set ? short_name(*set) : place.table, place.code);
}

Shape shape_of_status(std::string_view status) {
  if (status == "Active" || status == "Current") return Shape::ok;
  if (status == "Inactive" || status == "Ended" || status == "Historic") return Shape::warning;
  return Shape::advice;
}

float status_tag(ImDrawList* list, float right, float middle, std::string_view status) {
  if (status.empty()) return right;
  const Theme& c = theme();
  ImU32 ink = c.muted, soft = c.sunken, line = c.line;
  switch (shape_of_status(status)) {
    case Shape::ok:
      ink = c.ok, soft = c.oksoft, line = c.okline;
      break;
    case Shape::warning:
      ink = c.warn, soft = c.warnsoft, line = c.warnline;
      break;
    default:
      break;
  }
  const float width = std::round(px(14) + text_width(Type::tag, status)), top = std::round(middle - px(10));
  const Box box = {right - width, top, right, top + px(20)};
  fill(list, box, soft, px(4));
  frame(list, box, line, px(4), px(1));
  text(list, Type::tag, {box.x0 + px(7), top + px(1)}, ink, status);
  return box.x0;
}

std::string_view kind_word(ChangeFilter kind) {
  return kind == ChangeFilter::added ? "Added" : kind == ChangeFilter::removed ? "Removed" : "Changed";
}
std::string_view kind_sign(ChangeFilter kind) {
  return kind == ChangeFilter::added ? "+" : kind == ChangeFilter::removed ? "-" : "~";
}
ImU32 kind_color(ChangeFilter kind) {
  const Theme& c = theme();
  return kind == ChangeFilter::added ? c.ok : kind == ChangeFilter::removed ? c.err : c.accent;
}

std::string short_table_words(const Catalogue& catalogue, std::string_view table) {
  if (table == "NDC_Use") return "NDC, unit of use";
  if (table == "NDC_Sale") return "NDC, unit of sale";
  if (table == "NDC_Linker") return "NDC linker";
  if (table == "TradeName") return "Trade names";
  if (table == "VG") return "Vaccine groups";
  if (table == "PHVS_VISBarcodes_IIS") return "VIS";
  if (table == "VIS_URL") return "VIS addresses";
  if (table == "CVX_VIS") return "VIS of each CVX";
  if (table == "CVX_Dates") return "Dates of CVX";
  const CodeSet* set = catalogue.code_set(table);
  return std::string(set == nullptr || table.size() <= 4 ? table : set->name);
}

const char* edition_field(size_t n) {
  static constexpr std::array<const char*, 12> names = {"edition 1", "edition 2",  "edition 3",  "edition 4",
                                                        "edition 5", "edition 6",  "edition 7",  "edition 8",
                                                        "edition 9", "edition 10", "edition 11", "edition 12"};
  return names[std::min(n, names.size() - 1)];
}

Touch choice_chip(const char* id, float left, float middle, std::string_view sign, ImU32 ink, std::string_view words,
                  bool on) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float sign_width = sign.empty() ? 0 : text_width(Type::code_bold, sign) + px(6);
  const float width = std::round(px(20) + sign_width + text_width(Type::small, words));
  const Box box = {left, middle - px(12), left + width, middle + px(12)};
  const Touch t = touch(id, box);
  fill(list, box, on ? c.asoft : t.hovered ? c.hover : c.panel, px(12));
  frame(list, box, on ? c.aline : c.line, px(12), px(1));
  if (!sign.empty()) text(list, Type::code_bold, {left + px(10), middle - px(10)}, ink, sign);
  text(list, Type::small, {left + px(10) + sign_width, middle - px(10)}, on ? c.accent : c.text, words);
  return t;
}

}  // namespace iz
