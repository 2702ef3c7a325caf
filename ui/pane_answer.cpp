// The upper part of the answer: the sentence, the three facts, the doses; and the reasoning behind them.
#include "ui/pane_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/outcome_words.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// A label, what is so, and a line about it.
float fact(ImDrawList* list, Column column, float y, std::string_view label, std::string_view strong,
           std::string_view more) {
  const Theme& c = theme();
  text(list, Type::small, {column.x0, y - px(2)}, c.muted, label);
  y += px(20);
  y += paragraph(list, Type::prose_bold, {column.x0, y}, column.width(), c.text, strong);
  if (!more.empty()) y += paragraph(list, Type::row, {column.x0, y}, column.width(), c.muted, more);
  return y;
}

/// The day that all doses share; empty when they do not.
std::string common_day(const std::vector<DoseOutcome>& doses) {
  for (const DoseOutcome& d : doses) {
    if (d.date != doses[0].date) return {};
  }
  return doses.empty() ? std::string() : doses[0].date;
}

}  // namespace

Shape shape_of(Stored stored) {
  switch (stored) {
    case Stored::yes:
      return Shape::ok;
    case Stored::no:
      return Shape::error;
    case Stored::partly:
      return Shape::partly;
    case Stored::not_yet:
    case Stored::unknown:
    case Stored::none:
      break;
  }
  return Shape::unknown;
}

std::string_view word_of(Stored stored, char action) {
  const bool deletion = action == 'D', update = action == 'U';
  switch (stored) {
    case Stored::yes:
      return deletion ? "Deleted" : update ? "Updated" : "Stored";
    case Stored::no:
      return deletion ? "Not deleted" : update ? "Not updated" : "Not stored";
    case Stored::partly:
      return "Partly stored";
    case Stored::not_yet:
      return "Not yet stored";
    case Stored::unknown:
      return "Not known";
    case Stored::none:
      break;
  }
  return "No dose";
}

Shape shape_of(const Outcome& outcome) {
  switch (outcome.happened) {
    case Happened::accepted:
    case Happened::accepted_with_info:
    case Happened::match:
      return Shape::ok;
    case Happened::accepted_with_warnings:
    case Happened::wrong_message:
    case Happened::candidates:
    case Happened::not_found:
    case Happened::too_many:
    case Happened::protected_:
      return Shape::warning;
    case Happened::accepted_with_loss:
    case Happened::partial:
      return Shape::partly;
    case Happened::rejected_data:
    case Happened::rejected_technical:
    case Happened::auth_failure:
    case Happened::system_failure:
    case Happened::query_error:
    case Happened::query_rejected:
      return Shape::error;
    case Happened::accepted_pending:
    case Happened::not_an_ack:
    case Happened::undetermined:
    case Happened::count:
      break;
  }
  return Shape::unknown;
}

Shape shape_of(ErrSeverity severity) {
  switch (severity) {
    case ErrSeverity::error:
      return Shape::error;
    case ErrSeverity::warning:
      return Shape::warning;
    case ErrSeverity::info:
      return Shape::advice;
    case ErrSeverity::none:
      break;
  }
  return Shape::unknown;
}

ImU32 color_of(ErrSeverity severity) {
  switch (severity) {
    case ErrSeverity::error:
      return theme().err;
    case ErrSeverity::warning:
      return theme().warn;
    case ErrSeverity::info:
      return theme().adv;
    case ErrSeverity::none:
      break;
  }
  return theme().muted;
}

float draw_verdict(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const float mark = a.narrow ? 24 : 32, gap = a.narrow ? 12 : 16;
  shape(list, shape_of(s.outcome), {column.x0, y + px(a.narrow ? 2 : 3)}, mark);
  const float left = column.x0 + px(mark + gap);
  const Type type = a.narrow ? Type::heading : Type::answer;
  if (s.predicted) {
    const std::string_view note =
        "Predicted: nobody has sent this answer. It is what a registry that follows the guide would send.";
    y += paragraph(list, Type::row, {left, y}, column.x1 - left, c.muted, note) + px(4);
  }
  y += paragraph(list, type, {left, y}, column.x1 - left, c.text, s.headline);
  if (!s.reason.empty()) y += paragraph(list, type, {left, y}, column.x1 - left, c.text, s.reason);
  y += px(a.narrow ? 16 : 24);
  struct Said {
    std::string_view label, strong, more;
  };
  const Said facts[] = {
      {"Who acts", s.who, s.who_more}, {"Send again?", s.resend, s.resend_more}, {"How sure", s.sure, s.sure_more}};
  if (a.narrow) {
    for (const Said& f : facts) y = fact(list, {left, column.x1}, y, f.label, f.strong, f.more) + px(12);
    return y;
  }
  const float width = (column.x1 - left - px(64)) / 3;
  float x = left, lower = y;
  for (const Said& f : facts) {
    lower = std::max(lower, fact(list, {std::round(x), std::round(x + width)}, y, f.label, f.strong, f.more));
    x += width + px(32);
  }
  return lower;
}

float draw_doses(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Outcome& o = a.w.answer().outcome;
  const std::string day = common_day(o.doses);
  text(list, Type::row_bold, {column.x0, y + px(4)}, c.text, "Doses in the sent message");
  if (!day.empty()) text_right(list, Type::small, {column.x1, y + px(4)}, c.muted, fmt::format("given {}", day));
  y += px(28);
  for (size_t i = 0; i < o.doses.size(); ++i) {
    const DoseOutcome& d = o.doses[i];
    const std::string_view word = word_of(d.stored, d.action);
    std::string more = d.lot.empty() ? std::string() : fmt::format("lot {}", d.lot);
    if (day.empty() && !d.date.empty()) more = more.empty() ? d.date : fmt::format("{}, {}", d.date, more);
    // What does not fit beside the name stands below it.
    const float name_left = column.x0 + px(68), name_end = column.x1 - state_chip_width(word) - px(12),
                more_left = std::max(name_left + px(100), name_left + text_width(Type::row_bold, d.vaccine) + px(12));
    const bool below = !more.empty() && more_left + text_width(Type::row, more) > name_end;
    const float height = px(below ? 60 : 44), middle = std::round(y + height / 2), top = middle - px(below ? 20 : 10);
    ImGui::PushID(static_cast<int>(i));
    const Touch t = touch("dose", {column.x0, y, column.x1, y + height - px(1)});
    ImGui::PopID();
    if (t.hovered) fill(list, {column.x0 - px(8), y, column.x1 + px(8), y + height - px(1)}, c.hover, px(4));
    state_chip(list, 0, column.x1, middle, shape_of(d.stored), word);
    text(list, Type::row, {column.x0, top}, c.muted, fmt::format("{} {}", d.dose ? "Dose" : "Entry", i + 1));
    text_fit(list, Type::row_bold, {name_left, top}, name_end - name_left, c.text, d.vaccine);
    text_fit(list, Type::row, {below ? name_left : more_left, below ? top + px(20) : top},
             name_end - (below ? name_left : more_left), c.muted, more);
    if (text_width(Type::row_bold, d.vaccine) > name_end - name_left) hover_card(t, d.vaccine);
    if (t.pressed && d.rxa >= 0) {
      a.actions.push_back([segment = static_cast<uint32_t>(d.rxa)](Workbench& bench) {
        if (!bench.has_sent() || segment >= bench.message().segments().size()) return;
        const Segment& r = bench.message().segments()[segment];
        bench.select_place({.segment = r.name, .occurrence = r.occurrence}, Pane::side);
      });
    }
    y += height;
    horizontal(list, column.x0, column.x1, y - px(1), c.line);
  }
  return y;
}

}  // namespace iz
