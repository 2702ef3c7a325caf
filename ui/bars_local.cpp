// The bar of the workspace Local rules: the open profiles, the examples, what can be done with the one in use.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "codesets/json_reader.h"
#include "core/embedded.h"
#include "core/local_edit.h"
#include "ui/pane_local.h"
#include "ui/theme.h"

namespace iz {
namespace {

struct Shipped {
  std::string_view text;
  std::string title, id, file;
};

/// The profiles that come with the program (core/local).
const std::vector<Shipped>& shipped() {
  static const std::vector<Shipped> all = [] {
    std::vector<Shipped> out;
    for (const EmbeddedFile& f : embedded_files()) {
      constexpr std::string_view folder = "core/local/";
      if (!f.name.starts_with(folder)) continue;
      const JsonDocument file(f.text);
      out.push_back({f.text, file.root().value("title", ""), file.root().value("id", ""),
                     std::string(f.name.substr(folder.size()))});
    }
    return out;
  }();
  return all;
}

/// As its file should be written.
std::string written(const Shipped& e) { return local_json(*LocalProfile::read(std::string(e.text))); }

}  // namespace

void draw_local_bar(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.bg);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float middle = std::round((box.y0 + box.y1 - px(1)) / 2);
  const Workbench& w = b.w;
  const LocalTab* tab = w.local_tab();
  const bool wide = box.width() >= px(1200);

  const auto write = [](LocalExport which) {
    return [which](Workbench& bench) {
      bench.commit_local();
      bench.view.local.wanted = which;
    };
  };
  std::vector<MenuItem> templates, sides, others, begin;
  if (tab) {
    templates = {{"Error template for people", "HTML", false, write(LocalExport::page)},
                 {"Error template for spreadsheets", "CSV, can come back", false, write(LocalExport::sheet)}};
    sides = {{"Compare with what holds nationally", "", w.view.local.against < 0,
              [](Workbench& bench) { bench.compare_local(-1); }}};
  }
  const auto& open = w.locals();
  for (int i = 0; i < static_cast<int>(open.size()); ++i) {
    const std::string& title = open[static_cast<size_t>(i)].profile->title;
    others.push_back({title, "", i == w.local(), [i](Workbench& bench) { bench.choose_local(i); }});
    if (i == w.local()) continue;
    sides.push_back({fmt::format("Compare with {}", title), "", w.view.local.against == i,
                     [i](Workbench& bench) { bench.compare_local(i); }});
  }
  if (sides.size() == 1) sides.push_back({"Open a second profile to compare with", "", false, [](Workbench&) {}});
  for (const Shipped& e : shipped()) {
    if (std::any_of(open.begin(), open.end(), [&](const LocalTab& t) { return t.profile->id == e.id; })) continue;
    begin.push_back({e.title, "example", false, [&e](Workbench& bench) { bench.open_local_text(written(e), e.file); }});
  }
  const MenuItem fresh = {"New local profile", "", false, [](Workbench& bench) { bench.new_local(); }};

  // From the right: what can be done with the profile.
  float right = box.x1 - px(12);
  const auto act = [&](const char* id, std::string_view words, const ButtonLook& look = {}) {
    right -= button_width(words, look);
    const Touch t = bar_item(b, button(id, right, middle, words, look));
    right -= px(8);
    return t;
  };
  if (b.narrow) {
    // Everything but saving stands in one menu.
    const Box more = {right - px(44), middle - px(22), right, middle + px(22)};
    const bool pressed = bar_item(b, icon_button("local more", more, Icon::more, "More", c.muted)).pressed;
    right = more.x0 - px(8);
    std::vector<MenuItem> items = templates;
    if (tab) {
      items.push_back({"Copy a link to it", "", false, [](Workbench& bench) {
                         bench.commit_local();
                         bench.view.local.wanted = LocalExport::link;
                       }});
    }
    if (others.size() > 1) items.insert(items.end(), others.begin(), others.end());
    if (tab) items.insert(items.end(), sides.begin(), sides.end());
    items.insert(items.end(), begin.begin(), begin.end());
    items.push_back(fresh);
    menu(b, "local acts", pressed, more, items);
  }
  if (tab) {
    if (act("save", "Save file", {.primary = !w.view.local.adding}).pressed) {
      b.actions.push_back([](Workbench& bench) {
        bench.commit_local();
        bench.view.local.wanted = LocalExport::file;
      });
    }
  }
  if (tab && !b.narrow) {
    if (act("share", wide ? "Copy link" : "Link").pressed) b.actions.push_back(write(LocalExport::link));
    const Touch t = act("template", wide ? "Error template" : "Template", {.menu = true});
    menu(b, "templates", t.pressed, t.box, templates);
    const Touch s = act("compare with", "Compare", {.menu = true});
    menu(b, "sides", s.pressed, s.box, sides);
    if (wide) {
      right -= px(4);
      const std::string_view layers = "R1.5 + Addendum";
      right -= text_width(Type::row, layers);
      text(list, Type::row, {right, middle - px(10)}, c.text, layers);
      right -= px(8) + text_width(Type::row, "on top of");
      text(list, Type::row, {right, middle - px(10)}, c.muted, "on top of");
      right -= px(12);
    }
  }

  // From the left: open profiles, then the examples.
  float x = box.x0 + px(8);
  size_t tabs = 0;
  const float here_width =
      tab ? px(34 + 32 + 58) + std::min(px(220), text_width(Type::row_bold, tab->profile->title)) : 0;
  const float limit = right - px(b.narrow ? 0 : 44);
  for (int i = 0; i < static_cast<int>(open.size()); ++i) {
    const LocalTab& t = open[static_cast<size_t>(i)];
    const bool on = i == w.local();
    const std::string name =
        shorten(on ? Type::row_bold : Type::row, t.profile->title, b.narrow ? limit - x - px(66) : px(220));
    const float mark = t.edited() && !b.narrow ? px(58) : 0;
    const float width =
        std::round(px(34) + text_width(on ? Type::row_bold : Type::row, name) + mark + (on ? px(32) : px(10)));
    // The one in use always has its tab; what does not fit stands in a menu.
    if (on ? false : b.narrow || x + width > limit - here_width) continue;
    const Box place = {x, middle - px(16), x + width, middle + px(16)};
    ImGui::PushID(i);
    const Touch touched = bar_item(b, touch("profile", {place.x0, place.y0, place.x1 - (on ? px(26) : 0), place.y1}));
    if (on) {
      fill(list, place, c.panel, px(6));
      frame(list, place, c.line, px(6), px(1));
    } else if (touched.hovered) {
      fill(list, place, c.hover, px(6));
    }
    icon(list, Icon::file, {x + px(10), middle - px(7)}, 14, c.muted);
    const float used =
        text(list, on ? Type::row_bold : Type::row, {x + px(30), middle - px(10)}, on ? c.text : c.muted, name);
    if (t.edited() && !b.narrow) tag(list, x + px(36) + used, middle, "edited");
    hover_card(touched, fmt::format("{}, edition {}", t.profile->title, t.profile->edition));
    if (touched.pressed && !on) b.actions.push_back([i](Workbench& bench) { bench.choose_local(i); });
    if (on) {
      const Box close = {place.x1 - px(25), middle - px(10), place.x1 - px(5), middle + px(10)};
      const Touch k = bar_item(b, touch("close", close));
      if (k.hovered) fill(list, close, c.hover, px(4));
      icon(list, Icon::close, {close.x0 + px(3), close.y0 + px(3)}, 14, c.muted);
      hover_card(k, "Close; messages are checked without it");
      if (k.pressed) b.actions.push_back([i](Workbench& bench) { bench.close_local(i); });
    }
    ImGui::PopID();
    ++tabs;
    x += width + px(8);
  }
  if (!b.narrow && tabs < open.size()) {
    const std::string words = fmt::format("{} more", open.size() - tabs);
    const Touch t = bar_item(b, button("more profiles", x, middle, words, {.menu = true, .quiet = true}));
    menu(b, "profiles open", t.pressed, t.box, others);
    x = t.box.x1 + px(4);
  }
  const ButtonLook quiet = {.menu = true, .quiet = true};
  if (!begin.empty() && x + button_width("Examples", quiet) < limit) {
    const Touch t = bar_item(b, button("local examples", x, middle, "Examples", quiet));
    menu(b, "local example", t.pressed, t.box, begin);
    x = t.box.x1 + px(4);
  }
  if (!b.narrow && x + px(28) <= right) {
    const Box plus = {x, middle - px(14), x + px(28), middle + px(14)};
    if (bar_item(b, icon_button("new profile", plus, Icon::plus, "New local profile", c.muted)).pressed)
      b.actions.push_back(fresh.act);
  }
}

}  // namespace iz
