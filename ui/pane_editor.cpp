#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/utf8.h"
#include "ui/panes.h"
#include "ui/text_run.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40, crumb_height = 32, bar_width = 12, top_space = 8, line = 20, note_height = 32;

std::string_view line_end_words(std::string_view text) {
  bool cr = false, lf = false, crlf = false;
  for (size_t at = text.find_first_of("\r\n"); at != std::string_view::npos; at = text.find_first_of("\r\n", at)) {
    if (text[at] == '\n') {
      lf = true;
      ++at;
    } else if (at + 1 < text.size() && text[at + 1] == '\n') {
      crlf = true;
      at += 2;
    } else {
      cr = true;
      ++at;
    }
    if (cr + lf + crlf > 1) return "Mixed line ends";
  }
  return cr ? "CR line ends" : lf ? "LF line ends" : crlf ? "CR LF line ends" : "";
}

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

}  // namespace

float pane_title(ImDrawList* list, Box header, std::string_view title) {
  const float y = std::round((header.y0 + header.y1 - line_height(Type::row)) / 2);
  return header.x0 + px(16) + text(list, Type::row_bold, {header.x0 + px(16), y}, theme().text, title);
}

void EditorPane::draw(const Workbench& w, Actions& actions, Box box, bool narrow, bool sent) {
  sent_ = sent;
  marks_ = sent ? &w.answer().marks : &w.marks();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, theme().panel);
  text_left_ = narrow ? 48 : 64;
  Box body = box;
  if (!narrow) {
    header(w, actions, {box.x0, box.y0, box.x1, box.y0 + px(header_height)});
    body.y0 += px(header_height);
  }
  body.y0 += notes(w, actions, body);
  if (!w.empty()) {
    body.y1 -= px(narrow ? 36 : crumb_height);
    crumbs(w, actions, {box.x0, body.y1, box.x1, box.y1}, narrow);
  }
  lay_out(w, body.width() - (narrow ? px(12) : 0));
  height_ = body.height();
  area_ = body;
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    reveal(layout_.row_of(w.selection().caret), height_);
  }
  const Box text_box = w.empty() ? Box{body.x0, body.y0, body.x1, body.y0 + px(36)} : body;
  mouse(w, actions, text_box);
  rows(w, body);
  if (!w.empty()) {
    if (!narrow) scroll_bar({body.x1 - px(bar_width), body.y0, body.x1, body.y1});
    hover(w, body);
  }
}

void EditorPane::lay_out(const Workbench& w, float width) {
  // A little room at the right, so that a full row does not touch the marks.
  const float room = width - px(text_left_) - px(text_left_ < 64 ? 0 : bar_width + 48);
  const auto columns = static_cast<uint32_t>(std::max(12.0f, room / mono_advance(Type::mono)));
  if (laid_change_ == w.change() && laid_columns_ == columns && laid_for_ == &w) return;
  layout_.build(w.text(), w.message().delimiters(), columns);
  laid_change_ = w.change();
  laid_columns_ = columns;
  laid_for_ = &w;
}

void EditorPane::header(const Workbench& w, Actions& actions, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  pane_header(list, box, w.view.focus == Pane::editor && !w.empty());
  const float x = pane_title(list, box, sent_ ? "Sent message" : "Message") + px(16);
  const float y = std::round((box.y0 + box.y1 - line_height(Type::small)) / 2);
  if (w.empty()) {
    text(list, Type::small, {x, y}, c.muted, "empty, start typing or paste");
    return;
  }
  const std::string size = counted(w.message().segments().size(), "segment", "segments");
  if (!sent_) text(list, Type::small, {x, y}, c.muted, size);
  float right = box.x1 - px(12);
  const auto tool = [&](const char* id, Icon which, bool enabled, std::string_view name, void (Workbench::*act)()) {
    const float top = (box.y0 + box.y1) / 2 - px(12);
    const Box b = {right - px(24), top, right, top + px(24)};
    right -= px(28);
    if (icon_button(id, b, which, name, enabled ? c.muted : c.ctl).pressed) {
      actions.push_back([act](Workbench& bench) { (bench.*act)(); });
    }
  };
  tool("redo", Icon::redo, w.can_redo(), "Redo, Ctrl+Y", &Workbench::redo);
  tool("undo", Icon::undo, w.can_undo(), "Undo, Ctrl+Z", &Workbench::undo);
  const std::string_view about = sent_ ? std::string_view(size) : line_end_words(w.text());
  text_right(list, Type::small, {right - px(8), y}, c.muted, about);
  if (sent_) {
    const Document& d = w.documents()[w.current()];
    const float room = right - px(24) - text_width(Type::small, about) - x;
    text_fit(list, Type::code, {x, y}, room, c.muted, fmt::format("{} {}", d.type, d.control_id));
  }
}

std::optional<float> EditorPane::line_middle(uint32_t offset) const {
  if (layout_.rows().empty()) return std::nullopt;
  return area_.y0 + px(top_space) + (static_cast<float>(layout_.row_of(offset)) + 0.5f) * px(line) - scroll_;
}

float EditorPane::notes(const Workbench& w, Actions& actions, Box box) {
  std::vector<std::string> notes;
  if (!w.view.notes_dismissed) notes = w.documents()[w.current()].notes;
  if (!w.view.notice.empty()) notes = {w.view.notice};
  if (notes.empty()) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  std::string all;
  for (const std::string& note : notes) {
    if (!all.empty()) all += ' ';
    all += note;
    if (!note.empty() && note.back() != '.') all += '.';
  }
  const Box strip = {box.x0, box.y0, box.x1, box.y0 + px(note_height)};
  fill(list, strip, c.sunken);
  horizontal(list, strip.x0, strip.x1, strip.y1 - px(1), c.line);
  const Touch t = touch("notes", {strip.x0, strip.y0, strip.x1 - px(40), strip.y1});
  text_fit(list, Type::small, {strip.x0 + px(16), strip.y0 + px(6)}, strip.width() - px(64), c.muted, all);
  hover_card(t, all);
  const Box close = {strip.x1 - px(36), strip.y0 + px(4), strip.x1 - px(12), strip.y0 + px(28)};
  if (icon_button("notes off", close, Icon::close, "Hide this line", c.muted).pressed) {
    actions.push_back([](Workbench& bench) {
      if (bench.view.notice.empty()) bench.view.notes_dismissed = true;
      bench.view.notice.clear();
    });
  }
  return strip.height();
}

float EditorPane::content_height() const {
  return static_cast<float>(layout_.rows().size()) * px(line) + px(top_space) * 2;
}

void EditorPane::reveal(uint32_t row, float height) {
  const float top = static_cast<float>(row) * px(line), bottom = top + px(line) + px(top_space) * 2;
  if (top - px(line) < scroll_) scroll_ = std::max(0.0f, top - px(line));
  if (bottom + px(line) > scroll_ + height) scroll_ = bottom + px(line) - height;
  scroll_ = std::clamp(scroll_, 0.0f, std::max(0.0f, content_height() - height));
}

uint32_t EditorPane::offset_at(ImVec2 point, Box box) const {
  const float row = std::floor((point.y - box.y0 - px(top_space) + scroll_) / px(line));
  const float column = (point.x - box.x0 - px(text_left_)) / mono_advance(Type::mono);
  const auto last = static_cast<float>(layout_.rows().size()) - 1;
  if (row > last) return static_cast<uint32_t>(layout_.rows().empty() ? 0 : layout_.rows().back().end);
  return layout_.offset_at(static_cast<uint32_t>(std::max(0.0f, row)), std::max(0.0f, column));
}

void EditorPane::mouse(const Workbench& w, Actions& actions, Box box) {
  const Box area = {box.x0, box.y0, box.x1 - (w.empty() ? 0 : px(bar_width)), box.y1};
  const ImGuiIO& io = ImGui::GetIO();
  const Touch t = touch("text", area);
  if (t.hovered) {
    const float left = box.x0 + px(text_left_);
    ImGui::SetMouseCursor(io.MousePos.x >= left ? ImGuiMouseCursor_TextInput : ImGuiMouseCursor_Arrow);
    if (io.MouseWheel != 0) scroll_ -= io.MouseWheel * px(70);
  }
  scroll_ = std::round(std::clamp(scroll_, 0.0f, std::max(0.0f, content_height() - height_)));
  if (ImGui::IsItemActivated()) {
    actions.push_back([](Workbench& bench) { bench.view.focus = Pane::editor; });
    goal_ = -1;
  }
  if (io.MouseSource == ImGuiMouseSource_TouchScreen) {
    // A finger scrolls; a tap puts the caret.
    if (ImGui::IsItemActivated()) touch_from_ = io.MousePos.y, touch_scroll_ = scroll_;
    if (t.held) scroll_ = touch_scroll_ + touch_from_ - io.MousePos.y;
    if (t.pressed && std::abs(io.MousePos.y - touch_from_) < px(8)) {
      const uint32_t at = offset_at(io.MousePos, box);
      actions.push_back([at](Workbench& bench) {
        bench.set_caret(at, false);
        bench.leave_summary();
      });
    }
    scroll_ = std::round(std::clamp(scroll_, 0.0f, std::max(0.0f, content_height() - height_)));
    return;
  }
  if (ImGui::IsItemActivated()) {
    const uint32_t at = offset_at(io.MousePos, box);
    dragging_ = false;
    if (io.MousePos.x < box.x0 + px(text_left_) && !w.empty()) {
      // The gutter: the worst problem of the line, else the whole line.
      const Span span = layout_.line_at(at);
      bool any = false;
      uint32_t finding = 0;
      worst_of_line(*marks_, span, any, finding);
      actions.push_back([any, finding, span, sent = sent_](Workbench& bench) {
        if (any && sent) return bench.select_card(static_cast<int>(finding), Pane::editor);
        if (any) return bench.select_finding(static_cast<int>(finding), Pane::editor);
        bench.select_range(span.begin, span.end);
      });
      return;
    }
    const int clicks = ImGui::GetMouseClickedCount(ImGuiMouseButton_Left);
    if (clicks == 2) {
      const Span word = word_at(w.text(), at);
      actions.push_back([word](Workbench& bench) { bench.select_range(word.begin, word.end); });
    } else if (clicks >= 3) {
      actions.push_back([at](Workbench& bench) {
        bench.set_caret(at, false);
        bench.select_place(bench.selection().path, Pane::editor);
      });
    } else {
      const bool extend = io.KeyShift;
      dragging_ = true;
      actions.push_back([at, extend](Workbench& bench) {
        bench.set_caret(at, extend);
        bench.leave_summary();
      });
    }
  } else if (t.held && dragging_ && ImGui::IsMouseDragging(ImGuiMouseButton_Left, px(3))) {
    const uint32_t at = offset_at(io.MousePos, box);
    if (at != w.selection().caret) actions.push_back([at](Workbench& bench) { bench.set_caret(at, true); });
  }
}

void EditorPane::rows(const Workbench& w, Box box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect({box.x0, box.y0}, {box.x1, box.y1}, true);
  caret_ = {};
  const float height = px(line);
  auto first = static_cast<uint32_t>(std::max(0.0f, (scroll_ - px(top_space)) / height));
  for (uint32_t i = first; i < layout_.rows().size(); ++i) {
    const float y = box.y0 + px(top_space) + static_cast<float>(i) * height - scroll_;
    if (y >= box.y1) break;
    row(w, box, i, y);
  }
  list->PopClipRect();
}

void EditorPane::row(const Workbench& w, Box box, uint32_t index, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const TextRow& r = layout_.rows()[index];
  const std::string_view text_ = w.text();
  const Selection& selection = w.selection();
  const float advance = mono_advance(Type::mono), left = box.x0 + px(text_left_), bottom = y + px(line);
  const float indent = r.first ? 0 : static_cast<float>(hanging_indent);

  if (r.first) {
    const float right = box.x0 + px(text_left_ < 64 ? 24 : 36);
    text_right(list, Type::code, {right, y}, c.faint, fmt::format("{}", r.line));
    bool any = false;
    uint32_t finding = 0;
    const Severity worst = worst_of_line(*marks_, layout_.line_at(r.begin), any, finding);
    if (any) shape(list, shape_of(worst), {right + px(text_left_ < 64 ? 5 : 7), y + px(3)}, 14);
  }

  const auto x_of = [&](uint32_t offset) {
    return left + static_cast<float>(layout_.column_in(index, offset)) * advance;
  };

  // Grounds: the box of the current place, then selected text.
  const Span here = selection.span;
  const bool boxed = selection.path.field != 0 && here.begin < here.end && here.begin < r.end && here.end > r.begin;
  float under = bottom;
  Box place_box;
  if (boxed) {
    const Box b = {std::round(x_of(std::max(here.begin, r.begin))) - px(1), y,
                   std::round(x_of(std::min(here.end, r.end))) + px(1), bottom};
    fill(list, b, c.asoft, px(2));
    under = bottom + px(2);
    place_box = b;
  }
  const auto [low, high] = std::minmax(selection.anchor, selection.caret);
  if (low < high && low <= r.end && high > r.begin) {
    const bool ends_later = high > r.end;  // the line end is selected too
    const float x0 = x_of(std::max(low, r.begin));
    const float x1 = x_of(std::min(high, r.end)) + (ends_later ? advance / 2 : 0);
    fill(list, {std::round(x0), y, std::round(x1), bottom}, c.sel);
  }
  if (boxed) frame(list, place_box, c.accent, px(2), px(1));

  roles_.clear();
  assign_roles(w.message(), w.report(), {r.begin, r.end}, roles_);
  draw_run(list, {}, text_, {r.begin, r.end}, roles_, {low, high}, left + indent * advance, y);

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

  if (layout_.row_of(selection.caret) == index) {
    const float cx = std::round(x_of(selection.caret));
    const bool focused = w.view.focus == Pane::editor;
    caret_ = {cx - px(1), y + px(1), cx + px(1), y + px(19)};
    if (focused) fill(list, caret_, c.accent);
  }
}

void EditorPane::scroll_bar(Box box) {
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
  const float rows = std::max(1.0f, static_cast<float>(layout_.rows().size()));
  const float span = std::min(box.height(), content);
  float last = -1;
  for (int severity = 2; severity >= 0; --severity) {
    for (const Mark& m : *marks_) {
      if (static_cast<int>(m.severity) != severity) continue;
      const float row = static_cast<float>(layout_.row_of(m.span.begin));
      const float y = std::round(box.y0 + px(top_space) + row / rows * (span - px(top_space) * 2) + px(8) * share);
      if (y == last) continue;
      last = y;
      fill(list, {box.x0 + px(2), y, box.x1 - px(2), y + px(3)}, iz::color_of(m.severity));
    }
    last = -1;
  }
  if (share < 1) {
    frame(list, {box.x0, std::round(box.y0 + top), box.x1, std::round(box.y0 + top + thumb)},
          t.hovered || t.held ? c.inp : c.ctl, px(2), px(1));
  }
}

void EditorPane::crumbs(const Workbench& w, Actions& actions, Box box, bool narrow) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  const Selection& s = w.selection();
  const float middle = std::round((box.y0 + px(1) + box.y1) / 2), y = middle - px(10);
  const uint32_t caret_row = layout_.row_of(s.caret);
  const uint32_t line_number = layout_.rows().empty() ? 1 : layout_.rows()[caret_row].line;
  const Span whole = layout_.line_at(s.caret);
  const auto column = char_count(std::string_view(w.text()).substr(whole.begin, s.caret - whole.begin)) + 1;
  std::string where = narrow ? fmt::format("Ln {}", line_number) : fmt::format("Ln {}, Col {}", line_number, column);
  const Type where_type = sent_ && !narrow ? Type::small : Type::code;
  if (sent_ && !narrow) where = "Change here, then send again";
  float right = box.x1 - px(narrow ? 12 : 16) - text_width(where_type, where);
  text(list, where_type, {right, y}, c.muted, where);
  right -= px(16);
  if (s.path.segment == 0) return;

  float x = box.x0 + px(narrow ? 12 : 16);
  int part = 0;
  const auto crumb = [&](Type type, std::string_view words, const Path& path, bool last) {
    if (x >= right) return;
    if (part > 0) {
      icon(list, Icon::right, {x, middle - px(6)}, 12, c.muted);
      x += px(20);
    }
    const std::string shown = shorten(type, words, std::max(px(24), right - x));
    const float width = text_width(type, shown);
    const Touch t = touch(fmt::format("crumb{}", part++).c_str(), {x, box.y0, x + width, box.y1});
    if (t.hovered && !last) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    text(list, type, {x, y}, last ? c.text : t.hovered ? c.accent : c.muted, shown);
    x += width + px(8);
    if (t.pressed) actions.push_back([path](Workbench& bench) { bench.select_place(path, Pane::editor); });
  };
  Path segment = s.path;
  segment.field = segment.repetition = segment.component = segment.subcomponent = 0;
  if (const uint32_t dose = w.dose_at(s.caret); dose != 0) {
    Path first = segment;
    for (const Dose& d : w.summary().doses) {
      if (d.order == dose) first = d.path;
    }
    crumb(Type::small, fmt::format("Dose {}", dose), first, false);
  }
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), s.path);
  if (narrow) {
    crumb(Type::code, to_string(s.path), s.path, false);
    crumb(Type::small, e.name, s.path, true);
    return;
  }
  crumb(Type::code, to_string(segment), segment, false);
  if (s.path.field == 0) crumb(Type::small, e.trail.empty() ? e.name : e.trail, segment, true);
  if (s.path.field != 0) {
    Path field = segment;
    field.field = s.path.field;
    field.repetition = s.path.repetition;
    const auto name = [&](const Path& p) { return explain(w.catalogue(), w.message(), w.report(), p).name; };
    crumb(Type::small, fmt::format("{} {}", field.field, name(field)), field, s.path.component == 0);
    if (s.path.component != 0) {
      Path component = field;
      component.component = s.path.component;
      crumb(Type::small, fmt::format("{} {}", component.component, name(component)), component,
            s.path.subcomponent == 0);
      if (s.path.subcomponent != 0) crumb(Type::small, fmt::format("{} {}", s.path.subcomponent, e.name), s.path, true);
    }
  }
  x += px(4);
  const auto fact = [&](std::string_view words) {
    if (words.empty() || x + px(48) > right) return;
    x = tag(list, x, middle, words, right - x) + px(8);
  };
  fact(e.data_type);
  fact(e.condition.empty() ? e.usage : e.condition);
}

/// What stands under the pointer, once it rests there.
void EditorPane::hover(const Workbench& w, Box box) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Box area = {box.x0 + px(text_left_), box.y0, box.x1 - px(bar_width), box.y1};
  const bool over = area.holds(mouse) && ImGui::IsWindowHovered() && !ImGui::IsAnyItemActive();
  const uint32_t at = over ? offset_at(mouse, box) : UINT32_MAX;
  if (at != hover_offset_) {
    hover_offset_ = at;
    hover_since_ = ImGui::GetTime();
  }
  if (!over || ImGui::GetTime() - hover_since_ < 0.35) return;
  const uint32_t row = layout_.row_of(at);
  const float row_top = box.y0 + px(top_space) + static_cast<float>(row) * px(line) - scroll_;
  if (mouse.y > row_top + px(line)) return;
  const Path path = path_at(w.message(), at);
  if (path.field == 0) return;
  draw_place_card(w, path, {mouse.x, row_top, mouse.x, row_top + px(line)});
}

}  // namespace iz
