// The keyboard in the form.
#include <algorithm>

#include "ui/pane_form.h"
#include "ui/text_field.h"

namespace iz {

/// To the row before or after the current one; with `writable` past those without a value to type, and those that add one.
bool FormPane::step(Workbench& w, int by, bool writable) {
  const Path here = w.view.form.on ? w.view.form.path : w.selection().path;
  w.commit_form(false);
  rows_ = form_rows(w);
  const auto count = static_cast<int>(rows_.size());
  int at = row_of_place(rows_, here) + by;
  const auto passed = [&](const FormRow& row) { return !row.writable || row.kind == FormRow::Kind::more; };
  while (writable && at >= 0 && at < count && passed(rows_[static_cast<size_t>(at)])) at += by < 0 ? -1 : 1;
  if (at < 0 || at >= count) return false;
  w.edit_row(rows_[static_cast<size_t>(at)]);
  return true;
}

bool FormPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  rows_ = form_rows(w);
  if (rows_.empty()) return false;
  const int at = row_of_place(rows_, w.selection().path);
  const FormRow* row = at < 0 ? nullptr : &rows_[static_cast<size_t>(at)];
  const auto open = [&](bool wanted) {
    if (row == nullptr || !row->parts) return true;
    if (wanted) {
      w.view.open.insert(row->key);
    } else {
      w.view.open.erase(row->key);
    }
    return true;
  };
  switch (press.key) {
    case Key::up:
      return step(w, -1, false), true;
    case Key::down:
      return step(w, 1, false), true;
    case Key::tab:
      if (!step(w, press.shift ? -1 : 1, true)) w.next_pane(press.shift ? -1 : 1);
      return true;
    case Key::right:
      return open(true);
    case Key::left:
      return open(false);
    case Key::enter:
    case Key::space:
      if (row == nullptr) return true;
      if (row->writable) {
        w.edit_row(*row);
        return true;
      }
      return open(!row->open);
    default:
      return false;
  }
}

bool FormPane::calendar_key(Workbench& w, KeyPress press) {
  FormEdit& form = w.view.form;
  const auto move = [&](int days) {
    form.day = days_on(form.day, days);
    return true;
  };
  switch (press.key) {
    case Key::left:
      return move(-1);
    case Key::right:
      return move(1);
    case Key::up:
      return move(-7);
    case Key::down:
      return move(7);
    case Key::page_up:
    case Key::page_down:
      form.day = months_on(form.day, (press.key == Key::page_up ? -1 : 1) * (press.shift ? 12 : 1));
      return true;
    case Key::home:
      if (w.as_of()) form.day = w.as_of();
      return true;
    case Key::tab: {
      // Year, month, day, and the day with the time that is there.
      const int most = form.before.size() > 8 ? 4 : 3;
      const int now = form.precision == Precision::year    ? 0
                      : form.precision == Precision::month ? 1
                      : form.precision == Precision::day   ? 2
                                                           : 3;
      constexpr Precision order[] = {Precision::year, Precision::month, Precision::day, Precision::second};
      form.precision = order[(now + (press.shift ? most - 1 : 1)) % most];
      return true;
    }
    case Key::enter:
      w.take_day(form.day);
      return true;
    case Key::escape:
      form.calendar = false;
      return true;
    default:
      return false;
  }
}

bool FormPane::field_key(Workbench& w, KeyPress press) {
  FormEdit& form = w.view.form;
  if (form.calendar && calendar_key(w, press)) return true;
  if ((press.key == Key::space && press.command) || (press.key == Key::down && press.alt)) {
    w.open_picker();
    return true;
  }
  if (press.command && !press.alt && (press.key == Key::z || press.key == Key::y)) {
    // What is being typed goes first and comes back last; the steps before and behind it are the message's.
    const bool redo = press.key == Key::y || press.shift, changed = w.view.typed("form") != form.before;
    if (changed || (redo && !form.undone.empty())) {
      if (changed && redo) return true;
      std::string undone = redo ? std::string() : w.view.typed("form");
      w.view.write_field(redo ? form.undone : form.before);
      w.form_typed();
      form.undone = std::move(undone);
      return true;
    }
    w.leave_form();
    redo ? w.redo() : w.undo();
    w.view.focus = Pane::side;
    rows_ = form_rows(w);
    const int at = row_of_place(rows_, w.selection().path);
    if (at >= 0 && rows_[static_cast<size_t>(at)].writable) w.edit_row(rows_[static_cast<size_t>(at)]);
    return true;
  }
  if (press.command || press.alt) return false;
  const auto count = form.list ? static_cast<int>(w.form_choices().size()) : 0;
  switch (press.key) {
    case Key::up:
    case Key::down:
    case Key::page_up:
    case Key::page_down: {
      const int by = press.key == Key::up ? -1 : press.key == Key::down ? 1 : press.key == Key::page_up ? -8 : 8;
      if (count > 0) {
        form.row = std::clamp(form.row + by, 0, count - 1);
        return true;
      }
      step(w, by < 0 ? -1 : 1, false);
      return true;
    }
    case Key::enter: {
      const Path path = form.path;
      w.commit_form(true);
      // The row stays the current one, ready for the next value.
      rows_ = form_rows(w);
      for (const FormRow& row : rows_) {
        if (row.path != path || row.kind != FormRow::Kind::element) continue;
        w.edit_row(row);
        if (!row.writable) w.edit_in_form();  // of a repetition that was added, its first part
        break;
      }
      return true;
    }
    case Key::tab:
      if (count > 0 && form.row >= 0) {
        const Path path = form.path;
        w.commit_form(true);
        w.select_place(path, Pane::side);
      }
      if (!step(w, press.shift ? -1 : 1, true)) {
        w.commit_form(true);
        w.next_pane(press.shift ? -1 : 1);
      }
      return true;
    case Key::escape:
      if (form.list) {
        form.list = false;
        form.row = -1;
      } else if (w.view.typed("form") != form.before) {
        w.view.write_field(form.before);
      } else {
        w.leave_form();
        w.view.focus = Pane::editor;
      }
      return true;
    default:
      return false;
  }
}

}  // namespace iz
