// Why we say this: the rows of the decision table that led to the sentence, and the contradictions of the answer.
#include <fmt/format.h>

#include <cmath>

#include "core/outcome_words.h"
#include "ui/pane_answer.h"
#include "ui/theme.h"

namespace iz {

float draw_reasons(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const Outcome& o = s.outcome;
  text(list, Type::row_bold, {column.x0, y}, c.text, "What led to this");
  y += px(28);
  for (const Reason& r : o.reasons) {
    const float left = column.x0 + px(48);
    text(list, Type::code, {column.x0, y + px(1)}, c.muted, r.row);
    y += paragraph(list, Type::prose, {left, y}, column.x1 - left, c.text, reason_words(r));
    y += paragraph(list, Type::small, {left, y}, column.x1 - left, c.muted, r.source) + px(12);
  }
  if (o.reasons.empty())
    y += paragraph(list, Type::row, {column.x0, y}, column.width(), c.muted, "Nothing to judge by.");
  if (!o.family.empty()) {
    y += paragraph(list, Type::small, {column.x0, y}, column.width(), c.muted,
                   fmt::format("Phrases of the {} family of registries were used as well.", o.family)) +
         px(12);
  }
  if (!o.flags.empty()) {
    y += px(4);
    horizontal(list, column.x0, column.x1, y, c.line);
    y += px(16);
    text(list, Type::row_bold, {column.x0, y}, c.text, "What is odd about this answer");
    y += px(28);
    for (const Flag& f : o.flags) {
      const Fact words = flag_words(f);
      const float left = column.x0 + px(24);
      shape(list, Shape::advice, {column.x0, y + px(2)}, 16);
      y += paragraph(list, Type::prose_bold, {left, y}, column.x1 - left, c.text, words.title);
      y += paragraph(list, Type::row, {left, y}, column.x1 - left, c.muted, words.detail) + px(12);
    }
  }
  return y + px(8);
}

}  // namespace iz
