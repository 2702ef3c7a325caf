// The workspace Local rules: list and form at the left, effect at the right; one of them at a time in a narrow window.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/local_template.h"
#include "ui/screen.h"
#include "ui/theme.h"

namespace iz {
void Screen::local(Box body) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const BarContext bars = this->bars();
  const float one = px(1);
  const bool open = workbench_.local() >= 0;
  const float left = std::round(body.width() * 0.485f);
  const Box column = {body.x0, body.y0, body.x0 + left - one, body.y1};
  const float half = open ? std::round(column.y0 + column.height() * 0.46f) : column.y1;
  const Box rules = {column.x0, column.y0, column.x1, half}, rule = {column.x0, half + one, column.x1, column.y1};
  local_list_.draw(bars, rules, row_height(36));
  if (open) {
    horizontal(list, column.x0, column.x1, half, theme().line);
    local_rule_.draw(bars, rule);
  }
  vertical(list, column.x1, body.y0, body.y1, theme().line);
  const Box effect = {column.x1 + one, body.y0, body.x1, body.y1};
  local_effect_.draw(bars, effect, row_height(36), editor_);
  focus_by_click(workbench_, actions_, rules, Pane::codes);
  focus_by_click(workbench_, actions_, rule, Pane::code_page);
  focus_by_click(workbench_, actions_, effect, Pane::beside);
}

void Screen::local_narrow(Box body) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const BarContext bars = this->bars();
  const Box bar = {body.x0, body.y0, body.x1, body.y0 + px(52)};
  draw_local_bar(bars, bar);
  const Box header = {body.x0, bar.y1, body.x1, bar.y1 + px(44)};
  pane_header(list, header, false);
  float x = header.x0 + px(16);
  struct Part {
    LocalPart part;
    const char* name;
    Pane pane;
  };
  for (const Part& part : {Part{LocalPart::rules, "Rules", Pane::codes},
                           {LocalPart::rule, "Rule", Pane::code_page},
                           {LocalPart::effect, "Effect", Pane::beside}}) {
    if (bar_item(bars, tab(part.name, x, header, part.name, workbench_.view.local.part == part.part)).pressed) {
      actions_.push_back([part](Workbench& w) {
        w.commit_local();
        w.view.close_field();
        w.view.local.part = part.part;
        w.view.focus = part.pane;
      });
    }
    x += px(24);
  }
  const Box rest = {body.x0, header.y1, body.x1, body.y1};
  switch (workbench_.view.local.part) {
    case LocalPart::rules:
      return local_list_.draw(bars, rest, row_height(36));
    case LocalPart::rule:
      return local_rule_.draw(bars, rest);
    case LocalPart::effect:
      return local_effect_.draw(bars, rest, row_height(36), editor_);
  }
}

bool Screen::local_key(KeyPress press) {
  Workbench& w = workbench_;
  switch (w.view.focus) {
    case Pane::code_page:
      if (local_rule_.key(w, press)) return true;
      break;
    case Pane::beside:
      if (local_effect_.key(w, press)) return true;
      break;
    default:
      if (local_list_.key(w, press)) return true;
      break;
  }
  // Nothing of this may reach the message.
  return edits_or_moves(press.key);
}

bool Screen::local_field_key(KeyPress press) {
  return workbench_.view.field.starts_with("local.") && local_rule_.field_key(workbench_, press);
}

/// What was asked for in a menu, once what was typed is in it.
void Screen::take_local_export() {
  const LocalExport wanted = std::exchange(workbench_.view.local.wanted, LocalExport::none);
  const LocalTab* tab = workbench_.local_tab();
  if (wanted == LocalExport::none || tab == nullptr) return;
  const LocalProfile* local = tab->profile.get();
  switch (wanted) {
    case LocalExport::none:
      break;
    case LocalExport::file:
      requests_.file = tab->file;
      requests_.content = workbench_.saved_local();
      break;
    case LocalExport::link:
      requests_.share = local->text();
      break;
    case LocalExport::page:
      requests_.file = local->id + "-errors.html";
      requests_.content = template_html(*tab->catalogue, local);
      break;
    case LocalExport::sheet:
      requests_.file = local->id + "-errors.csv";
      requests_.content = template_csv(*tab->catalogue, local);
      break;
  }
}

}  // namespace iz
