// The keyboard in the message text.
#include <algorithm>
#include <utility>

#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {

/// Keys of the list of codes while it is open.
bool EditorPane::code_key(Workbench& w, KeyPress press) {
  if (press.key == Key::space && press.command) {
    w.offer_codes(true);
    return w.completion().has_value();
  }
  if (!w.completion() || press.command || press.alt || press.shift) return false;
  switch (press.key) {
    case Key::up:
    case Key::down:
      w.step_code(press.key == Key::up ? -1 : 1);
      return true;
    case Key::page_up:
    case Key::page_down:
      w.step_code(press.key == Key::page_up ? -8 : 8);
      return true;
    case Key::enter:
    case Key::tab:
      w.take_code(w.completion()->row);
      return true;
    case Key::escape:
      w.close_codes();
      return true;
    default:
      return false;
  }
}

bool EditorPane::key(Workbench& w, KeyPress press) {
  if (code_key(w, press)) return true;
  if (press.key == Key::escape) {
    const uint32_t card_for = std::exchange(w.view.card_for, 0);
    return card_for != 0 && card_for == w.selection().change;
  }
  const Selection& s = w.selection();
  const std::string_view text_ = w.text();
  const auto move = [&](uint32_t to) {
    w.set_caret(to, press.shift);
    w.leave_summary();
    return true;
  };
  const auto vertical_move = [&](int by) {
    if (goal_ < 0) goal_ = static_cast<int>(layout_.column_of(s.caret));
    const int count = static_cast<int>(rows_.count()), goal = goal_;
    int to = static_cast<int>(shown_row(s.caret)) + by;
    // A row without text is passed over.
    while (to >= 0 && to < count && rows_.at(static_cast<uint32_t>(to)).kind == EditorRow::Kind::missing)
      to += by < 0 ? -1 : 1;
    if (to < 0) {
      move(0);
    } else if (to >= count) {
      move(static_cast<uint32_t>(text_.size()));
    } else {
      const EditorRow row = rows_.at(static_cast<uint32_t>(to));
      const bool fold = row.kind == EditorRow::Kind::fold;
      move(fold ? layout_.rows()[row.row].begin : layout_.offset_at(row.row, static_cast<float>(goal)));
    }
    goal_ = goal;
    return true;
  };
  const int page = std::max(1, static_cast<int>(height_ / line_height(Type::mono)) - 1);
  if (press.alt) return false;
  // The wrapped rows are those of the last frame; an edit since then has changed them.
  if (laid_for_ == &w && laid_change_ != w.change()) {
    layout_.build(w.text(), w.message().delimiters(), std::max(12u, laid_columns_));
    laid_change_ = w.change();
  }
  rows_.build(w, layout_, sent_);
  laid_folds_ = w.view.folded;
  if (press.key != Key::up && press.key != Key::down && press.key != Key::page_up && press.key != Key::page_down)
    goal_ = -1;
  switch (press.key) {
    case Key::left:
      if (press.command) return move(word_previous(text_, s.caret));
      if (!press.shift && s.caret != s.anchor) return move(std::min(s.caret, s.anchor));
      return move(caret_previous(text_, s.caret));
    case Key::right:
      if (press.command) return move(word_next(text_, s.caret));
      if (!press.shift && s.caret != s.anchor) return move(std::max(s.caret, s.anchor));
      return move(caret_next(text_, s.caret));
    case Key::up:
      return vertical_move(-1);
    case Key::down:
      return vertical_move(1);
    case Key::page_up:
      return vertical_move(-page);
    case Key::page_down:
      return vertical_move(page);
    case Key::home:
      return move(press.command ? 0 : layout_.line_at(s.caret).begin);
    case Key::end:
      return move(press.command ? static_cast<uint32_t>(text_.size()) : layout_.line_at(s.caret).end);
    case Key::a:
      if (!press.command) return false;
      w.select_range(0, static_cast<uint32_t>(text_.size()));
      return true;
    case Key::backspace:
      if (press.command && s.caret == s.anchor) {
        w.edit({word_previous(text_, s.caret), s.caret}, "");
      } else {
        w.erase_back();
      }
      return true;
    case Key::erase:
      if (press.command && s.caret == s.anchor) {
        w.edit({s.caret, word_next(text_, s.caret)}, "");
      } else {
        w.erase_forward();
      }
      return true;
    case Key::tab:
      if (press.command) return false;
      if (!w.step_field(press.shift ? -1 : 1)) return true;
      w.leave_summary();
      return true;
    case Key::enter:
      w.insert("\n");
      return true;
    default:
      return false;
  }
}

}  // namespace iz
