#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/utf8.h"
#include "ui/code_list.h"
#include "ui/key_words.h"
#include "ui/pane_editor_parts.h"
#include "ui/panes.h"
#include "ui/text_run.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40, crumb_height = 32, note_height = 32, chevron_right = 16;
using namespace editor_sizes;  // NOLINT(google-build-using-namespace)

std::string_view line_end_words(const LineEnds& ends) {
  if ((ends.cr > 0) + (ends.lf > 0) + (ends.crlf > 0) > 1) return "Mixed line ends";
  return ends.cr > 0 ? "CR line ends" : ends.lf > 0 ? "LF line ends" : ends.crlf > 0 ? "CR LF line ends" : "";
}

/// The line end that most lines have.
std::string_view usual_line_end(const LineEnds& ends) {
  return ends.crlf > ends.cr && ends.crlf > ends.lf ? "\r\n" : ends.lf > ends.cr ? "\n" : "\r";
}

/// "0B VT"; empty for a character that is none, and for line ends, which are shown otherwise.
std::string control_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if ((byte >= 0x20 && byte != 0x7f) || c == '\r' || c == '\n') return {};
  constexpr std::string_view names =
      "NULSOHSTXETXEOTENQACKBELBS HT LF VT FF CR SO SI DLEDC1DC2DC3DC4NAKSYNETBCANEM SUBESCFS GS RS US ";
  const std::string_view name = byte == 0x7f ? std::string_view("DEL") : names.substr(size_t(byte) * 3, 3);
  return fmt::format("{:02X} {}", byte, name.substr(0, name.find(' ')));
}

/// Order of the dose whose first line a row is, or 0.
uint32_t dose_of_row(const Workbench& w, const TextLayout& layout, const EditorRow& row) {
  if (row.kind == EditorRow::Kind::fold) return w.summary().doses[row.dose].order;
  return dose_beginning_at(w, layout.rows()[row.row]);
}

}  // namespace

float pane_title(ImDrawList* list, Box header, std::string_view title) {
  const float y = std::round((header.y0 + header.y1 - line_height(Type::row)) / 2);
  return header.x0 + px(16) + text(list, Type::row_bold, {header.x0 + px(16), y}, theme().text, title);
}

void EditorPane::draw(const Workbench& w, Actions& actions, Box box, bool narrow, bool sent) {
  sent_ = sent;
  marks_ = sent ? &w.answer().marks : &w.marks();
  if (counted_change_ != w.change() || counted_for_ != &w) {
    ends_ = count_line_ends(w.text());
    counted_change_ = w.change();
    counted_for_ = &w;
  }
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, theme().panel);
  text_left_ = narrow ? 48 : 64;
  Box body = box;
  if (!narrow) {
    header(w, actions, {box.x0, box.y0, box.x1, box.y0 + px(header_height)});
    body.y0 += px(header_height);
  }
  body.y0 += notes(w, actions, body);
  if (!w.empty()) body.y0 += draw_find_strip(w, actions, body, narrow);
  if (!w.empty()) {
    body.y1 -= px(narrow ? 36 : crumb_height);
    crumbs(w, actions, {box.x0, body.y1, box.x1, box.y1}, narrow);
  }
  lay_out(w, body.width() - (narrow ? px(12) : 0));
  height_ = body.height();
  area_ = body;
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    reveal(shown_row(w.selection().caret), height_);
  }
  const Box text_box = w.empty() ? Box{body.x0, body.y0, body.x1, body.y0 + px(36)} : body;
  mouse(w, actions, text_box);
  rows(w, body);
  if (!w.empty()) {
    if (!narrow) scroll_bar(w, {body.x1 - px(bar_width), body.y0, body.x1, body.y1});
    hover(w, body);
  }
  if (w.completion() && w.view.focus == Pane::editor && w.view.field.empty() && caret_.width() > 0) {
    const int pressed =
        draw_code_list("codes offered", caret_, w.completion()->choices, w.completion()->row, w.view.coarse);
    if (pressed >= 0) actions.push_back([pressed](Workbench& bench) { bench.take_code(pressed); });
  }
}

void EditorPane::lay_out(const Workbench& w, float width) {
  // A little room at the right, so that a full row does not touch the marks.
  const float room = width - px(text_left_) - px(text_left_ < 64 ? 0 : bar_width + 48);
  const auto columns = static_cast<uint32_t>(std::max(12.0f, room / mono_advance(Type::mono)));
  const bool laid = laid_change_ == w.change() && laid_columns_ == columns && laid_for_ == &w;
  if (laid && laid_folds_ == w.view.folded) return;
  usual_end_ = usual_line_end(ends_);
  if (!laid) layout_.build(w.text(), w.message().delimiters(), columns);
  laid_folds_ = w.view.folded;
  rows_.build(w, layout_, sent_);
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
  tool("redo", Icon::redo, w.can_redo(), key_sentence("Redo, Ctrl Y"), &Workbench::redo);
  tool("undo", Icon::undo, w.can_undo(), key_sentence("Undo, Ctrl Z"), &Workbench::undo);
  const Box search = {right - px(24), (box.y0 + box.y1) / 2 - px(12), right, (box.y0 + box.y1) / 2 + px(12)};
  right -= px(28);
  if (icon_button("find", search, Icon::search, key_sentence("Find, Ctrl F"), c.muted).pressed) {
    actions.push_back([](Workbench& bench) { bench.open_strip(Strip::find); });
  }
  const std::string_view about = sent_ ? std::string_view(size) : line_end_words(ends_);
  text_right(list, Type::small, {right - px(8), y}, c.muted, about);
  if (sent_) {
    const Document& d = w.documents()[w.current()];
    const float room = right - px(24) - text_width(Type::small, about) - x;
    text_fit(list, Type::code, {x, y}, room, c.muted, fmt::format("{} {}", d.type, d.control_id));
  }
}

std::optional<float> EditorPane::line_middle(uint32_t offset) const {
  if (layout_.rows().empty()) return std::nullopt;
  return area_.y0 + px(top_space) + (static_cast<float>(shown_row(offset)) + 0.5f) * px(line) - scroll_;
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

float EditorPane::content_height() const { return static_cast<float>(rows_.count()) * px(line) + px(top_space) * 2; }

void EditorPane::reveal(uint32_t row, float height) {
  const float top = static_cast<float>(row) * px(line), bottom = top + px(line) + px(top_space) * 2;
  if (top - px(line) < scroll_) scroll_ = std::max(0.0f, top - px(line));
  if (bottom + px(line) > scroll_ + height) scroll_ = bottom + px(line) - height;
  scroll_ = std::clamp(scroll_, 0.0f, std::max(0.0f, content_height() - height));
}

uint32_t EditorPane::offset_at(ImVec2 point, Box box) const {
  const float index = std::floor((point.y - box.y0 - px(top_space) + scroll_) / px(line));
  const float column = (point.x - box.x0 - px(text_left_)) / mono_advance(Type::mono);
  if (layout_.rows().empty()) return 0;
  if (index >= static_cast<float>(rows_.count())) return layout_.rows().back().end;
  const EditorRow row = rows_.at(static_cast<uint32_t>(std::max(0.0f, index)));
  if (row.kind == EditorRow::Kind::fold) return layout_.rows()[row.row].begin;
  if (row.kind == EditorRow::Kind::missing) return layout_.rows()[row.row].end;
  return layout_.offset_at(row.row, std::max(0.0f, column));
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
    const float index = std::floor((io.MousePos.y - box.y0 - px(top_space) + scroll_) / px(line));
    const EditorRow on = rows_.at(static_cast<uint32_t>(std::max(0.0f, index)));
    const bool inside = index < static_cast<float>(rows_.count());
    if (inside && on.kind == EditorRow::Kind::missing) {
      actions.push_back(
          [finding = on.finding](Workbench& bench) { bench.select_finding(static_cast<int>(finding), Pane::editor); });
      return;
    }
    const bool at_chevron = io.MousePos.x < box.x0 + px(chevron_right);
    if (inside && !sent_ && (on.kind == EditorRow::Kind::fold || at_chevron)) {
      const uint32_t order = dose_of_row(w, layout_, on);
      const bool fold = on.kind != EditorRow::Kind::fold;
      if (order != 0) {
        actions.push_back([order, fold, at](Workbench& bench) {
          bench.set_caret(at, false);
          bench.fold_dose(order, fold);
        });
        return;
      }
    }
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
    crumb(Type::small, s.path.field == 0 && !e.trail.empty() ? e.trail : e.name, s.path, true);
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
  // A control character has no picture; at the caret it is named.
  if (s.caret < w.text().size()) fact(control_name(w.text()[s.caret]));
  fact(e.data_type);
  fact(e.condition.empty() ? e.usage : e.condition);
}

/// What stands under the pointer, once it rests there, or at the caret, when asked by key.
void EditorPane::hover(const Workbench& w, Box box) {
  if (w.view.card_for != 0 && w.view.card_for == w.selection().change && caret_.width() > 0) {
    return draw_place_card(w, w.selection().path, {caret_.x0, caret_.y0 - px(1), caret_.x1, caret_.y1 + px(1)});
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const Box area = {box.x0 + px(text_left_), box.y0, box.x1 - px(bar_width), box.y1};
  const bool over = area.holds(mouse) && ImGui::IsWindowHovered() && !ImGui::IsAnyItemActive();
  const uint32_t at = over ? offset_at(mouse, box) : UINT32_MAX;
  if (at != hover_offset_) {
    hover_offset_ = at;
    hover_since_ = ImGui::GetTime();
  }
  if (!over || ImGui::GetTime() - hover_since_ < 0.35) return;
  const uint32_t row = over ? shown_row(at) : 0;
  const float row_top = box.y0 + px(top_space) + static_cast<float>(row) * px(line) - scroll_;
  if (mouse.y > row_top + px(line)) return;
  const Path path = path_at(w.message(), at);
  if (path.field == 0) return;
  draw_place_card(w, path, {mouse.x, row_top, mouse.x, row_top + px(line)});
}

}  // namespace iz
