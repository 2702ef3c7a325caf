// The bar of the workspace Codes: the tables with their counts, how old they are, what can be brought.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <optional>

#include "core/counts.h"
#include "core/date.h"
#include "ui/code_hits.h"
#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace iz {
std::string edition_age(const CodeSet& set, Date as_of) {
  const std::optional<Date> edition = parse_date(set.edition.date);
  if (!edition || !as_of) return {};
  const int64_t days = day_number(as_of) - day_number(*edition);
  return days < 0 ? std::string() : counted(static_cast<size_t>(days), "day", "days") + " old";
}

void draw_codes_bar(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.bg);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float middle = std::round((box.y0 + box.y1 - px(1)) / 2);
  const CodesView& v = b.w.view.codes;

  // From the right: what can be brought, then how old the tables are.
  float right = box.x1 - px(12);
  const auto act = [&](const char* id, std::string_view words) {
    right -= button_width(words, {});
    const Touch t = bar_item(b, button(id, right, middle, words, {}));
    right -= px(8);
    return t.pressed;
  };
  if (act("import tables", box.width() < px(1000) ? "Import" : "Import from CDC files")) b.requests.choose_files = true;
  if (act("partner list", box.width() < px(1000) ? "Partner list" : "Check a partner list")) {
    b.actions.push_back([](Workbench& bench) { bench.show_beside(Beside::partner); });
  }
  right -= px(1);
  vertical(list, right, middle - px(10), middle + px(10), c.line);
  right -= px(8);
  if (const CodeSet* cvx = b.w.catalogue().code_set("CVX")) {
    std::string words = fmt::format("Edition {}", cvx->edition.date.empty() ? "unknown" : cvx->edition.date);
    if (const std::string age = edition_age(*cvx, b.w.as_of()); !age.empty() && box.width() >= px(1000)) {
      words += ", " + age;
    }
    const float width = text_width(Type::small, words) + px(20 + 16);
    right -= width;
    const Touch t = bar_item(b, touch("editions", {right, middle - px(14), right + width, middle + px(14)}));
    if (t.hovered || t.held) fill(list, t.box, t.held ? c.asoft : c.hover, px(6));
    icon(list, Icon::clock, {right + px(8), middle - px(7)}, 14, c.muted);
    text(list, Type::small, {right + px(28), middle - px(10)}, c.muted, words);
    hover_card(t, "Which editions are loaded, and what is kept on this device");
    if (t.pressed) b.actions.push_back([](Workbench& bench) { bench.show_beside(Beside::editions); });
  }

  struct Table {
    CodeFilter filter;
    const char* name;
  };
  constexpr std::array<Table, 6> tables = {{{CodeFilter::cvx, "CVX"},
                                            {CodeFilter::ndc, "NDC"},
                                            {CodeFilter::mvx, "MVX"},
                                            {CodeFilter::trade, "Trade names"},
                                            {CodeFilter::vis, "VIS"},
                                            {CodeFilter::other, "HL7 and CDC tables"}}};
  float x = box.x0 + px(8);
  for (const Table& table : tables) {
    const std::string count = grouped(count_codes(b.w.catalogue(), table.filter));
    const float width = std::round(px(10 + 8 + 10) + text_width(Type::row, table.name) + text_width(Type::code, count));
    if (x + width > right) break;
    const bool on = v.filter == table.filter;
    const Box place = {x, middle - px(16), x + width, middle + px(16)};
    const Touch t = bar_item(b, touch(table.name, place));
    if (on) {
      fill(list, place, c.panel, px(6));
      frame(list, place, c.line, px(6), px(1));
    } else if (t.hovered) {
      fill(list, place, c.hover, px(6));
    }
    const float used = text(list, Type::row, {x + px(10), middle - px(10)}, on ? c.text : c.muted, table.name);
    text(list, Type::code, {x + px(18) + used, middle - px(10)}, c.muted, count);
    if (t.pressed) b.actions.push_back([to = table.filter](Workbench& bench) { bench.filter_codes(to); });
    x += width + px(8);
  }
}

}  // namespace iz
