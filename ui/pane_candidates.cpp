// The candidates of an answer side by side: what differs from the query is marked.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/pane_history.h"
#include "ui/theme.h"

namespace iz {

float draw_candidates(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const QueryAnswer& q = a.w.answer().query;
  const Box header = {column.x0, y, column.x1, y + px(40)};
  pane_header(list, header, a.w.view.focus == Pane::side);
  float x = pane_title(list, header, "Candidates") + px(16);
  const auto count = q.patients.size();
  const float left = column.x0 + px(16), right = column.x1 - px(16);
  const float label_width = px(a.narrow ? 96 : 176);
  const bool asked =
      std::any_of(q.candidates.begin(), q.candidates.end(), [](const CandidateRow& r) { return !r.asked.empty(); });
  const float room = right - left - label_width;
  const float least = px(a.narrow ? 130 : 220);
  const auto fitting = std::max<size_t>(1, static_cast<size_t>(room / least) - (asked && room > least * 2 ? 1 : 0));
  const size_t shown = std::min(count, fitting);
  const size_t from = std::min(static_cast<size_t>(std::max(0, a.w.view.dose)), count - shown);
  const bool with_asked = asked && room > least * 2;
  const float width = std::floor(room / static_cast<float>(shown + (with_asked ? 1 : 0)));
  const std::string range =
      shown == count ? fmt::format("{}; what differs from the query is marked", counted(count, "patient", "patients"))
                     : fmt::format("{} to {} of {}", from + 1, from + shown, count);
  text_fit(list, Type::small, {x, y + px(10)}, header.x1 - x - px(100), c.muted, range);
  if (shown < count) {
    const auto step = [&](const char* id, Icon which, float at, int by, std::string_view name) {
      if (icon_button(id, {at, y + px(8), at + px(24), y + px(32)}, which, name, c.muted).pressed) {
        const int next = std::clamp(static_cast<int>(from) + by, 0, static_cast<int>(count - shown));
        a.actions.push_back([next](Workbench& w) { w.view.dose = next; });
      }
    };
    step("earlier", Icon::up, header.x1 - px(68), -1, "Earlier candidates");
    step("later", Icon::down, header.x1 - px(40), 1, "Later candidates");
  }
  y = header.y1;

  const auto column_x = [&](size_t i) { return left + label_width + width * static_cast<float>(i); };
  size_t at = 0;
  if (with_asked) text(list, Type::small, {column_x(at++), y + px(4)}, c.muted, "Asked for");
  for (size_t i = 0; i < shown; ++i) {
    text(list, Type::small_bold, {column_x(at++), y + px(4)}, c.text, fmt::format("Candidate {}", from + i + 1));
  }
  y += px(28);
  horizontal(list, column.x0, column.x1, y - px(1), c.line);
  for (const CandidateRow& row : q.candidates) {
    const float inner = width - px(16 + 24);
    size_t lines = 1;
    if (with_asked) lines = std::max(lines, wrap(Type::row, row.asked, width - px(16)).size());
    for (size_t i = 0; i < shown && from + i < row.cells.size(); ++i) {
      lines = std::max(lines, wrap(Type::row, row.cells[from + i].text, inner).size());
    }
    const float height = px(16) + px(20) * static_cast<float>(lines);
    text_fit(list, row.differs ? Type::row_bold : Type::row, {left, y + px(8)}, label_width - px(8),
             row.differs ? c.text : c.muted, row.label);
    at = 0;
    if (with_asked) paragraph(list, Type::row, {column_x(at++), y + px(8)}, width - px(16), c.muted, row.asked);
    for (size_t i = 0; i < shown && from + i < row.cells.size(); ++i) {
      const CandidateRow::Cell& cell = row.cells[from + i];
      const float cx = column_x(at++);
      if (cell.differs_from_query) {
        fill(list, {cx - px(8), y + px(2), cx + width - px(16), y + height - px(3)}, c.warnsoft, px(4));
        shape(list, Shape::warning, {cx, y + px(11)}, 14);
      }
      paragraph(list, cell.differs_from_query ? Type::row_bold : Type::row,
                {cx + (cell.differs_from_query ? px(22) : 0), y + px(8)}, inner, cell.text.empty() ? c.faint : c.text,
                cell.text.empty() ? std::string_view("not sent") : std::string_view(cell.text));
    }
    y += height;
    horizontal(list, column.x0, column.x1, y - px(1), c.line);
  }
  return y + px(12);
}

}  // namespace iz
