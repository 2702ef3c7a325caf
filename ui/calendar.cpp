// The calendar under a date of the form.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/pane_form.h"
#include "ui/theme.h"

namespace iz {

Box draw_calendar(const Workbench& w, Actions& actions, Box under) {
  const Theme& c = theme();
  const FormEdit& form = w.view.form;
  const bool touching = w.view.coarse;
  const float cell = px(touching ? 44 : 32), pad = px(12), head = px(touching ? 48 : 36), foot = px(touching ? 56 : 44);
  const float width = cell * 7 + pad * 2, height = pad + head + px(24) + cell * 6 + foot + px(28);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float left = std::round(std::clamp(under.x0, px(4), std::max(px(4), size.x - width - px(8))));
  const bool up = under.y1 + px(4) + height > size.y && under.y0 > size.y - under.y1;
  const float top =
      std::round(std::max(px(4), up ? under.y0 - px(4) - height : std::min(under.y1 + px(4), size.y - height - px(4))));
  const Box box = {left, top, left + width, top + height};
  ImGui::SetNextWindowPos({left, top});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("calendar", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoBackground);
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel, px(8));
  frame(list, box, c.ctl, px(8), px(1));
  const auto with = [&](auto change) { actions.push_back(change); };
  touch("ground", {left, top, left + width, top + px(1)});

  constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
  float y = top + pad;
  const float middle = std::round(y + head / 2) - px(2);
  const auto arrow = [&](const char* id, float x, Icon which, std::string_view name, int by) {
    const float half = px(touching ? 22 : 14);
    const Box b = {x, middle - half, x + half * 2, middle + half};
    if (icon_button(id, b, which, name, c.muted).pressed)
      with([by](Workbench& bench) { bench.view.form.day = months_on(bench.view.form.day, by); });
    return b.x1;
  };
  float x = left + pad;
  x +=
      text(list, Type::row_bold, {x, middle - px(10)}, c.text, months[static_cast<size_t>(form.day.month - 1)]) + px(4);
  x = arrow("month before", x, Icon::up, "Month before, Page Up", -1);
  arrow("month after", x, Icon::down, "Month after, Page Down", 1);
  const std::string year = fmt::format("{}", form.day.year);
  const float arrows = px(touching ? 88 : 56);
  x = left + width - pad - arrows;
  text_right(list, Type::row_bold, {x - px(4), middle - px(10)}, c.text, year);
  x = arrow("year before", x, Icon::up, "Year before, Shift Page Up", -12);
  arrow("year after", x, Icon::down, "Year after, Shift Page Down", 12);
  y += head;
  constexpr std::array<std::string_view, 7> days = {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"};
  for (size_t i = 0; i < days.size(); ++i) {
    const float at = left + pad + cell * static_cast<float>(i) + (cell - text_width(Type::small, days[i])) / 2;
    text(list, Type::small, {std::round(at), y}, c.muted, days[i]);
  }
  y += px(24);
  const Date first = {form.day.year, form.day.month, 1};
  const int before = weekday(first), count = days_in_month(first.year, first.month);
  for (int n = 1; n <= count; ++n) {
    const int place = before + n - 1;
    const int week = place / 7;
    const Box b = {left + pad + cell * static_cast<float>(place % 7), y + cell * static_cast<float>(week),
                   left + pad + cell * static_cast<float>(place % 7 + 1), y + cell * static_cast<float>(week + 1)};
    const Date day = {first.year, first.month, n};
    ImGui::PushID(n);
    const Touch t = touch("day", b);
    ImGui::PopID();
    const Box in = {b.x0 + px(2), b.y0 + px(2), b.x1 - px(2), b.y1 - px(2)};
    const bool on = day == form.day;
    if (on || t.hovered) fill(list, in, on ? c.asoft : c.hover, px(4));
    if (on) frame(list, in, c.accent, px(4), px(1));
    const std::string number = fmt::format("{}", n);
    const bool later = w.as_of() && day > w.as_of();
    text(list, on ? Type::code_bold : Type::code,
         {std::round((b.x0 + b.x1 - text_width(Type::code, number)) / 2), std::round((b.y0 + b.y1) / 2) - px(10)},
         later ? c.faint : c.text, number);
    if (day == w.as_of()) fill(list, {in.x0 + px(8), in.y1 - px(4), in.x1 - px(8), in.y1 - px(2)}, c.accent);
    if (t.pressed) with([day](Workbench& bench) { bench.take_day(day); });
  }
  y += cell * 6 + foot / 2;
  std::vector<std::string_view> choices = {"Year", "Month", "Day"};
  if (form.before.size() > 8) choices.emplace_back("With time");
  const int chosen = form.precision == Precision::year    ? 0
                     : form.precision == Precision::month ? 1
                     : form.precision == Precision::day   ? 2
                                                          : 3;
  const int pressed = segmented("precision", left + pad + segmented_width(choices), y, choices, chosen);
  if (pressed >= 0) {
    constexpr std::array<Precision, 4> order = {Precision::year, Precision::month, Precision::day, Precision::second};
    with([to = order[static_cast<size_t>(pressed)]](Workbench& bench) { bench.view.form.precision = to; });
  }
  text_fit(list, Type::small, {left + pad, y + foot / 2 - px(2)}, width - pad * 2, c.muted,
           fmt::format("Enter writes {}", with_day(form.before, form.day, form.precision)));
  ImGui::End();
  ImGui::PopStyleVar();
  return box;
}

}  // namespace iz
