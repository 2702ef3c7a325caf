// The upper bar: name, workspaces, search, colours, help.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/commands.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

std::string_view name_of(ThemeChoice choice) {
  switch (choice) {
    case ThemeChoice::system:
      return "As the system";
    case ThemeChoice::light:
      return "Light";
    case ThemeChoice::dark:
      return "Dark";
    case ThemeChoice::contrast:
      break;
  }
  return "High contrast";
}

}  // namespace

void draw_app_bar(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.chrome);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float middle = middle_of({box.x0, box.y0, box.x1, box.y1 - px(1)});
  const float left = box.x0 + px(b.narrow ? 12 : 16);
  const Box mark = {left, middle - px(14), left + px(28), middle + px(14)};
  fill(list, mark, c.accent, px(6));
  const float sign = text_width(Type::code_bold, "|^");
  text(list, Type::code_bold, {std::round(mark.x0 + (px(28) - sign) / 2), middle - px(10)}, c.accenttext, "|^");
  float x = mark.x1 + px(10);
  if (b.narrow) {
    const Document& d = b.w.documents()[b.w.current()];
    const float room = box.x1 - px(100) - x;
    if (b.w.empty()) {
      text_fit(list, Type::brand, {x, middle - px(10)}, room, c.text, "IZ Workbench");
    } else {
      const float used =
          text(list, Type::brand, {x, middle - px(18)}, c.text, d.type.empty() ? "Message" : d.type.substr(0, 12));
      text_fit(list, Type::code, {x + used + px(8), middle - px(18)}, room - used - px(8), c.muted, d.control_id);
      const Report& r = b.w.report();
      text_fit(list, Type::small, {x, middle}, room, c.muted,
               r.profile == nullptr ? "Not checked" : fmt::format("{}, {}", r.profile->id, b.w.layers()));
    }
  } else {
    x += text(list, Type::brand, {x, middle - px(10)}, c.text, "IZ Workbench") + px(24 + 12);
    for (const auto& [workspace, name] :
         {std::pair{Workspace::analyse, "Analyse"}, std::pair{Workspace::answer, "Answer"},
          std::pair{Workspace::codes, "Codes"}, std::pair{Workspace::local, "Local rules"}}) {
      const bool on = b.w.view.workspace == workspace ||
                      (workspace == Workspace::analyse && b.w.view.workspace == Workspace::compare);
      const Type type = on ? Type::row_bold : Type::row;
      const float width = text_width(type, name);
      const Touch t = bar_item(b, touch(name, {x - px(12), box.y0 + px(8), x + width + px(12), box.y1 - px(8)}));
      text(list, type, {x, middle - px(10)}, on || t.hovered ? c.text : c.muted, name);
      if (on) fill(list, {std::round(x), box.y1 - px(1), std::round(x + width), box.y1 + px(1)}, c.accent);
      if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      hover_card(t, workspace == Workspace::codes   ? "The code sets: search, pages, editions"
                    : workspace == Workspace::local ? "What a registry asks otherwise than nationally"
                                                    : "F9 changes between Analyse and Answer");
      if (t.pressed && b.w.view.workspace != workspace) {
        b.actions.push_back([to = workspace](Workbench& bench) {
          if (bench.view.workspace == Workspace::compare) bench.close_compare();
          if (to == Workspace::analyse) return bench.close_answer();
          if (to == Workspace::codes) return bench.open_codes();
          if (to == Workspace::local) return bench.open_local();
          bench.open_answer();
        });
      }
      x += width + px(24);
    }
  }

  float right = box.x1 - px(b.narrow ? 8 : 16);
  const auto tool = [&](float size) {
    const Box square = {right - px(size), middle - px(size) / 2, right, middle + px(size) / 2};
    right -= px(size);
    return square;
  };
  const float size = b.narrow ? 44 : 32;
  const Box more = b.narrow ? tool(size) : Box();
  const auto open_palette = [](Workbench& bench) { bench.open_over(Over::palette); };
  if (b.narrow) {
    const Touch t = bar_item(b, icon_button("search", tool(size), Icon::search, "Search, or run a command", c.muted));
    if (t.pressed) b.actions.push_back(open_palette);
  } else {
    const Box help = tool(size);
    const Touch h = bar_item(b, touch("help", help));
    if (h.hovered || h.held) fill(list, help, h.held ? c.asoft : c.hover, px(6));
    text(list, Type::brand, {std::round((help.x0 + help.x1 - text_width(Type::brand, "?")) / 2), middle - px(10)},
         c.muted, "?");
    hover_card(h, "All commands and keys, F1");
    if (h.pressed) b.actions.push_back(open_palette);

    const Box sun = tool(size);
    const bool pressed = bar_item(b, icon_button("theme", sun, Icon::sun, "Colours", c.muted)).pressed;
    std::vector<MenuItem> items;
    for (ThemeChoice choice : {ThemeChoice::system, ThemeChoice::light, ThemeChoice::dark, ThemeChoice::contrast}) {
      items.push_back({std::string(name_of(choice)), "", b.w.view.theme == choice,
                       [choice](Workbench& bench) { bench.view.theme = choice; }});
    }
    menu(b, "themes", pressed, sun, items);
  }
  if (!b.narrow && right - px(8) - px(304) > x) {
    // What looks like a field opens the palette, which has one.
    const Box search = {right - px(8 + 304), middle - px(16), right - px(8), middle + px(16)};
    const Touch t = bar_item(b, touch("search", search));
    fill(list, search, t.held ? c.asoft : t.hovered ? c.hover : c.panel, px(6));
    frame(list, search, c.ctl, px(6), px(1));
    icon(list, Icon::search, {search.x0 + px(11), middle - px(8)}, 16, c.muted);
    text(list, Type::row, {search.x0 + px(35), middle - px(10)}, c.muted, "Search or run a command");
    key_cap(list, search.x1 - px(9) - key_cap_width("Ctrl K"), middle, "Ctrl K");
    if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (t.pressed) b.actions.push_back(open_palette);
    right = search.x0;
  }
  if (!b.narrow && right - px(8 + 64) > x) {
    right -= px(8);
    const std::pair<int, std::string_view> ways[] = {{1, "place.forward"}, {-1, "place.back"}};
    for (const auto& [direction, id] : ways) {
      const Command& go = command(id);
      const bool can = b.w.can_go(direction);
      const std::string name = fmt::format("{}, {}", go.words, keys_of(go));
      const Touch t = bar_item(b, icon_button(direction > 0 ? "forward" : "back", tool(size),
                                              direction > 0 ? Icon::forward : Icon::back, name, can ? c.muted : c.ctl));
      if (t.pressed) b.actions.push_back(menu_item(b, id).act);
    }
  }
  if (b.narrow) {
    std::vector<MenuItem> acts;
    if (b.w.documents().size() > 1) {
      for (uint32_t k = 0; k < b.w.documents().size() && k < 100; ++k) {
        const Document& d = b.w.documents()[k];
        acts.push_back({fmt::format("{}. {} {}", k + 1, d.type, d.control_id.substr(0, 24)), "", k == b.w.current(),
                        [k](Workbench& bench) { bench.open_document(k); }});
      }
    }
    for (std::string_view id : {"paste", "report", "new", "compare", "local"}) {
      acts.push_back(menu_item(b, id));
      acts.back().more.clear();
    }
    for (ThemeChoice choice : {ThemeChoice::system, ThemeChoice::light, ThemeChoice::dark, ThemeChoice::contrast}) {
      acts.push_back({std::string(name_of(choice)), "", b.w.view.theme == choice,
                      [choice](Workbench& bench) { bench.view.theme = choice; }});
    }
    menu(b, "acts", bar_item(b, icon_button("more", more, Icon::more, "More", c.muted)).pressed, more, acts);
  }
}

}  // namespace iz
