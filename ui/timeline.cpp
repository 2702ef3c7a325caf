// The timeline: what was given and what is due, to scale.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/pane_history.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40, axis_height = 32, row_height = 28, disc = 12;

/// The day that lies some months after another, as a number; the last day of a short month.
int64_t months_after(Date day, int months) {
  const int all = day.month - 1 + months;
  Date to = {day.year + all / 12, all % 12 + 1, day.day};
  to.day = std::min(to.day, days_in_month(to.year, to.month));
  return day_number(to);
}

/// What the axis shows: whole years from the origin.
struct Scale {
  int first_year = 0, last_year = 2;  // from the origin
};

struct Axis {
  const Timeline& line;
  float x0, x1;
  int64_t from, to;
  float at(int64_t day) const {
    return x0 + (x1 - x0) * static_cast<float>(day - from) / static_cast<float>(std::max<int64_t>(1, to - from));
  }
  bool holds(int64_t day) const { return day >= from && day <= to; }
};

int years_to(const Timeline& t, int64_t day) {
  int years = 1;
  while (years < 130 && months_after(t.origin, years * 12) - day_number(t.origin) < day) ++years;
  return years;
}

/// The near scale: up to the first round age that leaves room behind the as-of date and the doses.
int near_years(const Timeline& t) {
  int64_t last = t.as_of;
  for (const TimelineRow& row : t.rows) {
    for (const TimelineMark& m : row.marks) {
      if (m.dose >= 0) last = std::max(last, m.to);
    }
  }
  const int needed = years_to(t, last + 120);
  for (int years : {2, 4, 6, 12, 18}) {
    if (needed <= years) return years;
  }
  return needed + 4;
}

void legend(Box header, float right) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = std::round((header.y0 + header.y1) / 2);
  const auto words = [&](std::string_view text_) {
    right -= text_width(Type::small, text_);
    text(list, Type::small, {right, middle - px(10)}, c.muted, text_);
  };
  const auto bar = [&](ImU32 ground, ImU32 border) {
    right -= px(26);
    const Box box = {std::round(right), middle - px(5), std::round(right) + px(20), middle + px(5)};
    fill(list, box, ground);
    frame(list, box, border, 0, px(1));
    right -= px(16);
  };
  const auto sign = [&](Shape which) {
    right -= px(20);
    shape(list, which, {right, middle - px(7)}, 14);
    right -= px(16);
  };
  words("later");
  bar(c.advsoft, c.muted);
  words("overdue");
  bar(c.err, c.err);
  words("due until overdue");
  bar(c.asoft, c.accent);
  words("given, not valid");
  sign(Shape::not_valid);
  words("given, valid");
  sign(Shape::valid);
}

void ticks(const Axis& axis, int years, Box body) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Timeline& t = axis.line;
  // Months between lines with a label, and between ticks.
  int big = years <= 2 ? 3 : years <= 4 ? 6 : years <= 6 ? 12 : years <= 18 ? 24 : years <= 60 ? 60 : 120;
  const int small = years <= 2 ? 1 : years <= 6 ? 3 : 12;
  const float room = (axis.x1 - axis.x0) / (static_cast<float>(years) * 12 / static_cast<float>(big));
  if (room < px(56)) big *= room < px(28) ? 4 : 2;
  float free = 0;
  for (int month = 0; month <= years * 12; month += small) {
    const int64_t day = months_after(t.origin, month) - day_number(t.origin);
    if (!axis.holds(day)) continue;
    const float x = std::round(axis.at(day));
    if (month % big != 0) {
      vertical(list, x, body.y0 - px(4), body.y0, c.line);
      continue;
    }
    vertical(list, x, body.y0 - px(6), body.y1, c.line);
    std::string words;
    if (t.by_age) {
      words = month == 0 ? "Birth" : month % 12 == 0 ? fmt::format("{} y", month / 12) : fmt::format("{} mo", month);
    } else {
      const int all = t.origin.month - 1 + month;
      words = fmt::format("{}-{:02}", t.origin.year + all / 12, all % 12 + 1);
    }
    const float width = text_width(Type::small, words);
    const float left = std::min(x - width / 2, body.x1 - px(8) - width);
    if (left < free) continue;
    text(list, Type::small, {std::round(left), body.y0 - px(28)}, c.muted, words);
    free = left + width + px(8);
  }
}

struct Bar {
  ImU32 ground, border;
};
Bar bar_of(DueStatus status) {
  const Theme& c = theme();
  if (status == DueStatus::overdue) return {c.errsoft, c.err};
  if (status == DueStatus::due_now) return {c.asoft, c.accent};
  return {c.advsoft, c.muted};
}

void row_marks(const AnswerContext& a, const Axis& axis, const TimelineRow& row, Box box, int index) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = std::round((box.y0 + box.y1) / 2);
  float end = axis.x0;  // of what is drawn, for the words behind it
  bool beyond = false;
  for (const TimelineMark& m : row.marks) {
    if (m.dose >= 0) continue;
    if (m.from > axis.to || m.to < axis.from) {
      beyond |= m.from > axis.to;
      continue;
    }
    const float x0 = std::round(axis.at(std::max(m.from, axis.from)));
    const float x1 = std::round(m.open ? axis.x1 : axis.at(std::min(m.to, axis.to)));
    switch (m.kind) {
      case MarkKind::wait:
        for (float x = x0; x < x1; x += px(6)) {
          horizontal(list, x, std::min(x + px(3), x1), middle, c.muted);
        }
        break;
      case MarkKind::overdue:
        fill(list, {x0, middle - px(5), std::max(x1, x0 + px(2)), middle + px(5)}, c.err);
        break;
      default: {
        const Bar look = bar_of(row.status);
        const Box bar = {x0, middle - px(5), std::max(x1, x0 + px(3)), middle + px(5)};
        fill(list, bar, look.ground);
        frame(list, bar, look.border, 0, px(1));
        // An end that the answer does not state stays open.
        if (m.open) fill(list, {bar.x1 - px(1), bar.y0 + px(1), bar.x1, bar.y1 - px(1)}, look.ground);
      }
    }
    end = std::max(end, x1);
  }
  for (const TimelineMark& m : row.marks) {
    if (m.dose < 0) continue;
    if (!axis.holds(m.from)) {
      beyond |= m.from > axis.to;
      continue;
    }
    const float x = std::round(axis.at(m.from));
    Shape which = Shape::given;
    if (m.kind == MarkKind::valid) which = Shape::valid;
    if (m.kind == MarkKind::not_valid) which = Shape::not_valid;
    ImGui::PushID(index * 100000 + m.dose);
    const Touch t = touch("mark", {x - px(12), box.y0 + px(2), x + px(12), box.y1 - px(2)});
    ImGui::PopID();
    if (m.dose == a.w.view.dose || t.hovered) {
      list->AddCircle({x, middle}, px(disc / 2 + 4), c.accent, 0, px(2));
    }
    if (m.kind == MarkKind::not_given) {
      icon(list, Icon::close, {x - px(7), middle - px(7)}, 14, c.muted);
    } else {
      shape(list, which, {x - px(8), middle - px(8)}, 16);
    }
    const HistoryDose& d = a.w.answer().query.history[static_cast<size_t>(m.dose)];
    hover_card(t, fmt::format("{}, {}{}{}", d.vaccine, d.given.text, d.says.empty() ? "" : ": ", d.says));
    if (t.pressed) a.actions.push_back([dose = m.dose](Workbench& w) { choose_dose(w, dose); });
    end = std::max(end, x + px(6));
  }
  if (row.label.empty()) return;
  const ImU32 ink = row.status == DueStatus::overdue ? c.err : row.status == DueStatus::due_now ? c.text : c.muted;
  std::string words = row.label;
  const float as_of = axis.at(axis.line.as_of);
  if (row.status == DueStatus::overdue) end = std::max(end, as_of);
  float left = std::round(end + px(12));
  if (beyond && row.status != DueStatus::complete) {
    words += ", beyond this scale";
    left = std::max(left, axis.x1 - px(8) - text_width(Type::small, words));
  }
  words = shorten(Type::small, words, box.x1 - px(8) - axis.x0);
  const float width = text_width(Type::small, words);
  if (left + width > box.x1 - px(4)) left = box.x1 - px(8) - width;
  // Where there is no room behind the marks, the words stand on the ground of the pane.
  if (left < end + px(4)) fill(list, {left - px(4), middle - px(9), left + width + px(4), middle + px(9)}, c.panel);
  text(list, Type::small, {left, middle - px(10)}, ink, words);
}

}  // namespace

float draw_timeline(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Timeline& t = a.w.answer().timeline;
  if (t.rows.empty() || !t.origin) return y;
  const Box header = {column.x0, y, column.x1, y + px(header_height)};
  pane_header(list, header, false);
  const float title_end = pane_title(list, header, t.by_age ? "Timeline by age" : "Timeline");
  const int near = near_years(t);
  const int far = std::max(18, years_to(t, t.last));
  const std::string near_words = fmt::format("0 to {} y", near), far_words = fmt::format("0 to {} y", far);
  float right = header.x1 - px(12);
  if (far > near) {
    const std::vector<std::string_view> choices = {near_words, far_words};
    const int pressed = segmented("scale", right, (header.y0 + header.y1) / 2, choices, a.w.view.whole_life ? 1 : 0);
    if (pressed >= 0) a.actions.push_back([pressed](Workbench& w) { w.view.whole_life = pressed == 1; });
    right -= segmented_width(choices) + px(24);
  }
  if (right - title_end > px(560)) legend(header, right);
  const int years = a.w.view.whole_life && far > near ? far : near;

  const float names = a.narrow ? 96 : 152;
  const float height = px(row_height) * static_cast<float>(t.rows.size());
  const Box body = {column.x0, header.y1 + px(axis_height), column.x1, header.y1 + px(axis_height) + height};
  const Axis axis = {t, column.x0 + px(names), column.x1 - px(a.narrow ? 16 : 32), 0,
                     months_after(t.origin, years * 12) - day_number(t.origin)};
  ticks(axis, years, body);
  horizontal(list, column.x0, column.x1, body.y0, c.line);
  float top = body.y0;
  for (size_t i = 0; i < t.rows.size(); ++i) {
    const Box row = {column.x0, top, column.x1, top + px(row_height)};
    top = row.y1;
    if (!ImGui::IsRectVisible({row.x0, row.y0}, {row.x1, row.y1})) continue;
    text_fit(list, Type::row, {column.x0 + px(16), row.y0 + px(4)}, px(names - 24), c.text, t.rows[i].series);
    horizontal(list, column.x0, column.x1, row.y1, c.line);
    row_marks(a, axis, t.rows[i], row, static_cast<int>(i));
  }
  if (axis.holds(t.as_of)) {
    const float x = std::round(axis.at(t.as_of));
    vertical(list, x, body.y0 - px(4), body.y1, c.text);
    const QueryAnswer& q = a.w.answer().query;
    const std::string words = fmt::format("As of {}", to_iso(q.as_of));
    const float width = text_width(Type::small_bold, words) + px(16);
    const float left = std::min(x, column.x1 - px(8) - width);
    fill(list, {left, body.y0 - px(28), left + width, body.y0 - px(8)}, c.text);
    text(list, Type::small_bold, {left + px(8), body.y0 - px(28)}, c.panel, words);
  }
  return body.y1 + px(8);
}

}  // namespace iz
