// The workspace Codes: search, page and what stands beside it; fewer at a time where the window is narrower.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/screen.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

std::string_view name_of(Beside which) {
  switch (which) {
    case Beside::compare:
      return "Compare editions";
    case Beside::partner:
      return "Partner list";
    case Beside::editions:
      break;
  }
  return "Editions";
}

}  // namespace

void focus_by_click(const Workbench& w, Actions& actions, Box box, Pane pane) {
  if (!ImGui::IsMouseClicked(0) || !box.holds(ImGui::GetIO().MousePos) || w.view.focus == pane) return;
  actions.push_back([pane](Workbench& bench) { bench.view.focus = pane; });
}

void Screen::codes(Box body) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const CodesView& v = workbench_.view.codes;
  const float one = px(1);
  const bool wide = width() == Width::wide;
  const float left = std::round(wide ? std::min(px(432), body.width() * 0.3f) : body.width() * 0.42f);
  const Box search = {body.x0, body.y0, body.x0 + left - one, body.y1};
  search_.draw(workbench_, actions_, search, row_height(52));
  vertical(list, search.x1, body.y0, body.y1, theme().line);
  focus_by_click(workbench_, actions_, search, Pane::codes);
  if (wide) {
    const float x = std::round(search.x1 + one + std::min(px(560), body.width() * 0.36f));
    const Box page = {search.x1 + one, body.y0, x - one, body.y1};
    page_.draw(workbench_, actions_, requests_, page);
    vertical(list, x - one, body.y0, body.y1, theme().line);
    const Box right = {x, body.y0, body.x1, body.y1};
    beside(right);
    focus_by_click(workbench_, actions_, page, Pane::code_page);
    focus_by_click(workbench_, actions_, right, Pane::beside);
    return;
  }
  const Box right = {search.x1 + one, body.y0, body.x1, body.y1};
  if (v.tab == CodesTab::beside) {
    beside(right);
    focus_by_click(workbench_, actions_, right, Pane::beside);
  } else {
    page_.draw(workbench_, actions_, requests_, right);
    focus_by_click(workbench_, actions_, right, Pane::code_page);
  }
}

void Screen::codes_narrow(Box body) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const CodesView& v = workbench_.view.codes;
  // Three tabs: what stands side by side in a wide window.
  const Box header = {body.x0, body.y0, body.x1, body.y0 + px(44)};
  pane_header(list, header, false);
  float x = header.x0 + px(16);
  const BarContext bars = {workbench_, actions_, requests_, keys_, true};
  struct Part {
    CodesTab tab;
    std::string_view name;
    Pane pane;
  };
  for (const Part& part : {Part{CodesTab::search, "Search", Pane::codes},
                           {CodesTab::page, "Code", Pane::code_page},
                           {CodesTab::beside, name_of(v.beside), Pane::beside}}) {
    if (bar_item(bars, tab(std::string(part.name).c_str(), x, header, part.name, v.tab == part.tab)).pressed) {
      actions_.push_back([part](Workbench& w) {
        w.view.codes.tab = part.tab;
        w.view.focus = part.pane;
        w.view.close_field();
      });
    }
    x += px(24);
  }
  const Box rest = {body.x0, header.y1, body.x1, body.y1};
  switch (v.tab) {
    case CodesTab::search:
      search_.draw(workbench_, actions_, rest, row_height(52));
      break;
    case CodesTab::page:
      page_.draw(workbench_, actions_, requests_, rest);
      break;
    case CodesTab::beside:
      beside(rest);
      break;
  }
}

void Screen::beside(Box box) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, theme().panel);
  const CodesView& v = workbench_.view.codes;
  const BarContext bars = {workbench_, actions_, requests_, keys_, width() == Width::narrow};
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, header, workbench_.view.focus == Pane::beside);
  float x = header.x0 + px(16);
  for (const Beside which : {Beside::compare, Beside::partner, Beside::editions}) {
    const std::string_view name = name_of(which);
    if (bar_item(bars, tab(std::string(name).c_str(), x, header, name, v.beside == which)).pressed) {
      actions_.push_back([which](Workbench& w) { w.show_beside(which); });
    }
    x += px(20);
  }
  const Box rest = {box.x0, header.y1, box.x1, box.y1};
  switch (v.beside) {
    case Beside::compare:
      compare_.tools(bars, header, x);
      compare_.draw(bars, rest, row_height(52));
      break;
    case Beside::partner:
      partner_.tools(bars, header, x);
      partner_.draw(bars, rest);
      break;
    case Beside::editions:
      draw_editions(bars, rest);
      break;
  }
}

bool Screen::codes_key(KeyPress press) {
  Workbench& w = workbench_;
  View& view = w.view;
  switch (view.focus) {
    case Pane::code_page:
      if (page_.key(w, press)) return true;
      break;
    case Pane::beside:
      if (view.codes.beside == Beside::compare && compare_.key(w, press)) return true;
      if (view.codes.beside == Beside::partner && partner_.key(w, press)) return true;
      break;
    default:
      if (press.key == Key::tab && !press.command && !press.alt) {
        if (press.shift || view.codes.page.table.empty()) return false;
        view.close_field();
        view.focus = Pane::code_page;
        view.codes.tab = CodesTab::page;
        view.codes.link = 0;
        return true;
      }
      if (search_.key(w, press)) return true;
      break;
  }
  if (!view.field.empty()) return false;
  // Nothing of this may reach the message.
  return edits_or_moves(press.key);
}

}  // namespace iz
