// The keyboard in fields of one line.
#include <algorithm>

#include "ui/form_rows.h"
#include "ui/screen.h"
#include "ui/text_field.h"

namespace iz {

/// A field has the keyboard: first what it belongs to, then the line itself. Keys of commands go on.
bool Screen::field_key(KeyPress press) {
  Workbench& w = workbench_;
  if (w.view.over != Over::none) {
    if (palette_.key(w, requests_, press)) return true;
  } else if (w.view.field == "find" || w.view.field == "go") {
    if (strip_key(press)) return true;
  } else if (w.view.field == "form") {
    if (form_.field_key(w, press)) return true;
  } else if (w.view.field == code_field && codes_key(press)) {
    return true;
  } else if (w.view.workspace == Workspace::local && local_field_key(press)) {
    return true;
  } else if (press.key == Key::escape) {
    if (w.view.typed(w.view.field).empty()) {
      w.view.close_field();
    } else {
      w.view.write_field("");
    }
    return true;
  } else if (press.key == Key::enter || press.key == Key::down) {
    w.view.close_field();  // to the list that it filters
    return true;
  }
  const std::string before = w.view.typed(w.view.field);
  if (w.view.fields[w.view.field].key(press)) {
    ++w.view.field_change;
    if (w.view.typed(w.view.field) != before) field_changed();
    return true;
  }
  return press.key == Key::enter || press.key == Key::up || press.key == Key::down || press.key == Key::page_up ||
         press.key == Key::page_down;
}

/// Find and go to.
bool Screen::strip_key(KeyPress press) {
  Workbench& w = workbench_;
  View& view = w.view;
  const bool find = view.field == "find";
  switch (press.key) {
    case Key::escape:
      w.open_strip(Strip::none);
      view.focus = Pane::editor;
      return true;
    case Key::enter:
      if (find) {
        w.step_hit(press.shift ? -1 : 1);
      } else if (w.go_to(view.typed("go"))) {
        w.open_strip(Strip::none);
        view.focus = Pane::editor;
      }
      return true;
    case Key::up:
    case Key::down:
      if (find) w.step_hit(press.key == Key::up ? -1 : 1);
      return true;
    case Key::tab:
      view.close_field();
      view.focus = Pane::editor;
      return true;
    default:
      return false;
  }
}

/// A value of the form whose field has lost the keyboard is written, unless the press was in its list or calendar.
void Screen::follow_form() {
  View& view = workbench_.view;
  if (!view.form.on || view.field == "form") return;
  if (view.field.empty() && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && form_.holds(ImGui::GetIO().MousePos)) {
    view.field = "form";
    ++view.field_change;
    return;
  }
  const std::string field = view.field;
  workbench_.commit_form(false);
  view.field = field;
}

void Screen::set_field(std::string_view text, uint32_t anchor, uint32_t caret) {
  View& view = workbench_.view;
  if (view.field.empty()) return;
  LineText& line = view.fields[view.field];
  const bool other = line.text != text;
  const auto size = static_cast<uint32_t>(text.size());
  line.text = text;
  line.anchor = std::min(anchor, size);
  line.caret = std::min(caret, size);
  if (other) field_changed();
}

/// What follows at once from what was typed.
void Screen::field_changed() {
  if (workbench_.view.field == "find") workbench_.find();
  if (workbench_.view.field == "form") workbench_.form_typed();
}

bool Screen::in_form() const {
  const View& view = workbench_.view;
  return view.field.empty() && view.workspace == Workspace::analyse && view.focus == Pane::side &&
         view.side == SideTab::form && form_segment(workbench_) >= 0;
}

void Screen::type(std::string_view text) {
  View& view = workbench_.view;
  if (!view.field.empty()) {
    view.fields[view.field].insert(text);
    ++view.field_change;
    return field_changed();
  }
  if (view.workspace == Workspace::compare) return;
  if (view.workspace == Workspace::local) {
    if (workbench_.local() < 0) return;
    view.open_field(local_filter);
    return type(text);
  }
  if (view.workspace == Workspace::codes) {
    if (!workbench_.offer().empty()) return;
    workbench_.focus_codes();
    return type(text);
  }
  if (in_form()) {
    // A whole has no field of its own: its first part gets what is typed.
    workbench_.edit_in_form();
    if (view.field == "form") return type(text);
  }
  view.focus = Pane::editor;
  workbench_.insert(text);
}

}  // namespace iz
