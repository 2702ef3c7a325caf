// The rows of the message text: numbers and marks, colours, boxes, selection, caret; folded doses, missing segments.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/pane_editor_parts.h"
#include "ui/panes.h"
#include "ui/text_run.h"
#include "ui/theme.h"

namespace iz {

using namespace editor_sizes;  // NOLINT(google-build-using-namespace)

Severity worst_of_line(const std::vector<Mark>& marks, Span span, bool& any, uint32_t& finding) {
  Severity worst = Severity::info;
  any = false;
  auto m = std::lower_bound(marks.begin(), marks.end(), span.begin,
                            [](const Mark& mark, uint32_t at) { return mark.span.begin < at; });
  for (; m != marks.end() && m->span.begin <= span.end; ++m) {
    if (!any || m->severity < worst) {
      worst = m->severity;
      finding = m->finding;
    }
    any = true;
  }
  return worst;
}

namespace {

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

/// "RXA-20", "PID-11.5": what can be written in a place that is absent.
std::string short_place(const Path& path) {
  std::string words = fmt::format("{}-{}", segment_name(path.segment), path.field);
  if (path.repetition > 1) words += fmt::format("[{}]", path.repetition);
  if (path.component != 0) words += fmt::format(".{}", path.component);
  if (path.subcomponent != 0) words += fmt::format(".{}", path.subcomponent);
  return words;
}

}  // namespace

uint32_t dose_beginning_at(const Workbench& w, const TextRow& row) {
  if (!row.first) return 0;
  const auto& doses = w.summary().doses;
  const auto dose = std::lower_bound(doses.begin(), doses.end(), row.begin,
                                     [](const Dose& d, uint32_t at) { return d.span.begin < at; });
  return dose != doses.end() && dose->span.begin == row.begin && dose->span.end > row.end ? dose->order : 0;
}

void EditorPane::rows(const Workbench& w, Box box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect({box.x0, box.y0}, {box.x1, box.y1}, true);
  caret_ = {};
  const float height = px(line);
  auto first = static_cast<uint32_t>(std::max(0.0f, (scroll_ - px(top_space)) / height));
  for (uint32_t i = first; i < rows_.count(); ++i) {
    const float y = box.y0 + px(top_space) + static_cast<float>(i) * height - scroll_;
    if (y >= box.y1) break;
    const EditorRow shown = rows_.at(i);
    if (shown.kind == EditorRow::Kind::fold) {
      fold_row(w, box, shown, y);
    } else if (shown.kind == EditorRow::Kind::missing) {
      missing_row(w, box, shown.finding, y);
    } else {
      row(w, box, shown.row, y);
    }
  }
  list->PopClipRect();
}

void EditorPane::gutter(const Workbench& w, Box box, const TextRow& r, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool tight = text_left_ < 64;
  const float right = box.x0 + px(tight ? 24 : 36);
  const std::string number = fmt::format("{}", r.line);
  text_right(list, Type::code, {right, y}, c.faint, number);
  // A dose can be folded away.
  if (!sent_ && dose_beginning_at(w, r) != 0 &&
      right - text_width(Type::code, number) >= box.x0 + px(tight ? 10 : 16)) {
    icon(list, Icon::down, {box.x0 + px(tight ? 0 : 3), y + px(4)}, 12, c.faint);
  }
  bool any = false;
  uint32_t finding = 0;
  const Severity worst = worst_of_line(*marks_, layout_.line_at(r.begin), any, finding);
  if (any) shape(list, shape_of(worst), {right + px(tight ? 5 : 7), y + px(3)}, 14);
}

/// A folded dose: its name in place of its lines.
void EditorPane::fold_row(const Workbench& w, Box box, const EditorRow& shown, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const TextRow& r = layout_.rows()[shown.row];
  const Dose& dose = w.summary().doses[shown.dose];
  const float left = box.x0 + px(text_left_), right = box.x1 - px(bar_width + 16);
  const bool here = layout_.row_of(w.selection().caret) >= shown.row && w.dose_at(w.selection().caret) == dose.order;
  fill(list, {left - px(4), y, right, y + px(line)}, here ? c.asoft : c.sunken);
  const bool tight = text_left_ < 64;
  const float number = box.x0 + px(tight ? 24 : 36);
  text_right(list, Type::code, {number, y}, c.faint, fmt::format("{}", r.line));
  icon(list, Icon::right, {box.x0 + px(tight ? 0 : 3), y + px(4)}, 12, c.muted);
  // The worst of what is folded.
  int worst = 3;
  for (const Mark& mark : *marks_) {
    if (mark.span.begin >= dose.span.begin && mark.span.begin < dose.span.end)
      worst = std::min(worst, static_cast<int>(mark.severity));
  }
  if (worst < 3) shape(list, shape_of(static_cast<Severity>(worst)), {number + px(tight ? 5 : 7), y + px(3)}, 14);
  float x = left + text(list, Type::row_bold, {left, y}, c.text, fmt::format("Dose {}", dose.order)) + px(12);
  size_t lines = 0;
  for (const Segment& s : w.message().segments()) lines += s.begin >= dose.span.begin && s.begin < dose.span.end;
  const std::string count = counted(lines, "line", "lines");
  const float end = right - px(8) - text_width(Type::small, count);
  text_fit(list, Type::row, {x, y}, end - px(12) - x, c.text, dose.text);
  text(list, Type::small, {end, y}, c.muted, count);
  if (layout_.row_of(w.selection().caret) == shown.row) {
    caret_ = {left - px(3), y + px(1), left - px(1), y + px(19)};
    if (w.view.focus == Pane::editor && w.view.field.empty()) fill(list, caret_, c.accent);
  }
}

/// A segment that is missing here.
void EditorPane::missing_row(const Workbench& w, Box box, uint32_t finding, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Finding& f = w.report().findings[finding];
  const bool tight = text_left_ < 64, current = w.selection().finding == static_cast<int>(finding);
  const Box ground = {box.x0 + px(text_left_) - px(4), y, box.x1 - px(bar_width + 16), y + px(line)};
  fill(list, ground, c.errsoft, px(2));
  if (current) frame(list, ground, c.accent, px(2), px(1));
  shape(list, shape_of(f.severity), {box.x0 + px(tight ? 29 : 43), y + px(3)}, 14);
  text_fit(list, Type::row, {box.x0 + px(text_left_), y}, ground.x1 - box.x0 - px(text_left_ + 8), c.err,
           w.headline(f));
}

void EditorPane::row(const Workbench& w, Box box, uint32_t index, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const TextRow& r = layout_.rows()[index];
  const std::string_view text_ = w.text();
  const Selection& selection = w.selection();
  const float advance = mono_advance(Type::mono), left = box.x0 + px(text_left_), bottom = y + px(line);
  const float indent = r.first ? 0 : static_cast<float>(hanging_indent);

  if (r.first) gutter(w, box, r, y);

  const auto x_of = [&](uint32_t offset) {
    return left + static_cast<float>(layout_.column_in(index, offset)) * advance;
  };

  // Grounds: the box of the current place, then selected text.
  const Span here = selection.span;
  const bool caret_here = layout_.row_of(selection.caret) == index;
  const bool empty_here = selection.path.field != 0 && here.begin == here.end && caret_here;
  const bool boxed =
      empty_here || (selection.path.field != 0 && here.begin < here.end && here.begin < r.end && here.end > r.begin);
  // Behind the end of a line there is room for the name of a place that is absent; elsewhere text stands there.
  const bool absent = empty_here && w.at_absent() && selection.caret == r.end;
  float under = bottom;
  Box place_box;
  if (boxed) {
    Box b = {std::round(x_of(std::max(here.begin, r.begin))) - px(1), y,
             std::round(x_of(std::min(here.end, r.end))) + px(1), bottom};
    if (absent) {
      // Room to type into, behind what there is.
      b.x0 += px(6);
      b.x1 = b.x0 + px(12) + text_width(Type::code, short_place(selection.path));
    } else if (empty_here) {
      b.x0 -= px(1);
      b.x1 += px(1);
    }
    fill(list, b, c.asoft, px(2));
    under = bottom + px(2);
    place_box = b;
  }
  const auto& hits = w.found().hits;
  auto hit = std::lower_bound(hits.begin(), hits.end(), r.begin,
                              [](const Hit& one, uint32_t at) { return one.span.begin < at; });
  // One that began on the row before may reach into this one.
  for (int back = 0; hit != hits.begin() && back < 4; ++back) --hit;
  for (; hit != hits.end() && hit->span.begin < r.end; ++hit) {
    if (hit->kind != Hit::Kind::text || hit->span.end <= r.begin) continue;
    fill(list,
         {std::round(x_of(std::max(hit->span.begin, r.begin))), y, std::round(x_of(std::min(hit->span.end, r.end))),
          bottom},
         c.sel);
  }
  const auto [low, high] = std::minmax(selection.anchor, selection.caret);
  if (low < high && low <= r.end && high > r.begin) {
    const bool ends_later = high > r.end;  // the line end is selected too
    const float x0 = x_of(std::max(low, r.begin));
    const float x1 = x_of(std::min(high, r.end)) + (ends_later ? advance / 2 : 0);
    fill(list, {std::round(x0), y, std::round(x1), bottom}, c.sel);
  }
  if (boxed) frame(list, place_box, c.accent, px(2), px(1));
  if (absent) text(list, Type::code, {place_box.x0 + px(6), y}, c.faint, short_place(selection.path));

  roles_.clear();
  assign_roles(w.message(), w.report(), {r.begin, r.end}, roles_);
  draw_run(list, {}, text_, {r.begin, r.end}, roles_, {low, high}, left + indent * advance, y);

  if (preedit.begin < r.end && preedit.end > r.begin && preedit.begin < preedit.end) {
    const float x0 = x_of(std::max(preedit.begin, r.begin)), x1 = x_of(std::min(preedit.end, r.end));
    fill(list, {x0, bottom - px(2), x1, bottom}, c.text);
  }

  // Marks that begin before this row may reach into it.
  const auto& marks = *marks_;
  auto m = std::upper_bound(marks.begin(), marks.end(), r.end,
                            [](uint32_t at, const Mark& mark) { return at < mark.span.begin; });
  for (int looked = 0; m != marks.begin() && looked < 64; ++looked) {
    --m;
    if (m->span.end <= r.begin || m->span.begin >= r.end || m->span.begin == m->span.end) continue;
    const bool in_box = boxed && m->span.begin < here.end && m->span.end > here.begin;
    squiggle(list, m->severity, x_of(std::max(m->span.begin, r.begin)), x_of(std::min(m->span.end, r.end)),
             in_box ? under : bottom);
  }

  if (r.end < text_.size() && is_line_end(text_[r.end])) line_end(w, index, x_of(r.end), y);
  if (caret_here) {
    const float cx = absent ? place_box.x0 + px(3) : std::round(x_of(selection.caret));
    const bool focused = w.view.focus == Pane::editor && w.view.field.empty();
    caret_ = {cx - px(1), y + px(1), cx + px(1), y + px(19)};
    if (focused) fill(list, caret_, c.accent);
  }
}

/// The end of a line where it is not that of the document: it is kept, and shown.
void EditorPane::line_end(const Workbench& w, uint32_t index, float x, float y) {
  const std::string_view text_ = w.text();
  const TextRow& r = layout_.rows()[index];
  const uint32_t size = text_[r.end] == '\r' && r.end + 1 < text_.size() && text_[r.end + 1] == '\n' ? 2 : 1;
  const std::string_view end = text_.substr(r.end, size);
  if (end == usual_end_) return;
  const std::string_view name = end == "\r" ? "CR" : end == "\n" ? "LF" : "CR LF";
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = std::round(x) + px(6), width = text_width(Type::key, name) + px(8);
  frame(list, {left, y + px(2), std::round(left + width), y + px(18)}, theme().line, px(3), px(1));
  text(list, Type::key, {left + px(4), y + px(1)}, theme().esc, name);
}

void EditorPane::scroll_bar(const Workbench& w, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  vertical(list, box.x0, box.y0, box.y1, c.line);
  const float content = content_height();
  const float share = std::min(1.0f, height_ / content);
  const float thumb = std::max(px(24), std::round(box.height() * share));
  const float room = box.height() - thumb, top = content > height_ ? scroll_ / (content - height_) * room : 0;
  const Touch t = touch("scroll", box);
  if (t.held && content > height_) {
    scroll_ = std::round(std::clamp((ImGui::GetIO().MousePos.y - box.y0 - thumb / 2) / room, 0.0f, 1.0f) *
                         (content - height_));
  }
  const BarMarks bar_for = {
      marks_, w.change(), w.answer().change, rows_.builds(), box.y0, std::min(box.height(), content), share};
  if (bar_for != bar_for_) {
    bar_for_ = bar_for;
    bar_marks_.clear();
    const float rows = std::max(1.0f, static_cast<float>(rows_.count()));
    for (int severity = 2; severity >= 0; --severity) {
      float last = -1;
      for (const Mark& m : *marks_) {
        if (static_cast<int>(m.severity) != severity) continue;
        const float row = static_cast<float>(shown_row(m.span.begin));
        const float y =
            std::round(box.y0 + px(top_space) + row / rows * (bar_for.span - px(top_space) * 2) + px(8) * share);
        if (y == last) continue;
        last = y;
        bar_marks_.emplace_back(y, m.severity);
      }
    }
  }
  for (const auto& [y, severity] : bar_marks_) {
    fill(list, {box.x0 + px(2), y, box.x1 - px(2), y + px(3)}, iz::color_of(severity));
  }
  if (share < 1) {
    frame(list, {box.x0, std::round(box.y0 + top), box.x1, std::round(box.y0 + top + thumb)},
          t.hovered || t.held ? c.inp : c.ctl, px(2), px(1));
  }
}

}  // namespace iz
