// The strip over the text: what is looked for with its hits, or the place to go to.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/panes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

std::string_view kind_words(Hit::Kind kind) {
  switch (kind) {
    case Hit::Kind::text:
      return "in the text";
    case Hit::Kind::name:
      return "by name";
    case Hit::Kind::problem:
      break;
  }
  return "a problem";
}

}  // namespace

float draw_find_strip(const Workbench& w, Actions& actions, Box box, bool narrow) {
  if (w.view.strip == Strip::none) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool find = w.view.strip == Strip::find;
  const float size = narrow || w.view.coarse ? 44 : 28;
  const Box strip = {box.x0, box.y0, box.x1, box.y0 + px(size + 8)};
  fill(list, strip, c.panel);
  horizontal(list, strip.x0, strip.x1, strip.y1 - px(1), c.line);
  const float middle = std::round((strip.y0 + strip.y1 - px(1)) / 2), y = middle - px(10);
  float right = strip.x1 - px(narrow ? 4 : 12);
  const auto tool = [&](const char* id, Icon which, std::string_view name, auto act) {
    const Box b = {right - px(size), middle - px(size) / 2, right, middle + px(size) / 2};
    right -= px(size);
    if (icon_button(id, b, which, name, c.muted).pressed) actions.push_back(act);
  };
  tool("strip off", Icon::close, "Close, Esc", [](Workbench& bench) {
    bench.open_strip(Strip::none);
    bench.view.focus = Pane::editor;
  });
  if (find) {
    const auto step = [](int direction) {
      return [direction](Workbench& bench) {
        bench.step_hit(direction);
        bench.view.open_field("find");
      };
    };
    tool("hit after", Icon::down, "Next, F3", step(1));
    tool("hit before", Icon::up, "Previous, Shift F3", step(-1));
  }
  const float left = strip.x0 + px(narrow ? 12 : 16);
  const Box field = {left, middle - px(size) / 2, std::min(left + px(264), right - px(narrow ? 72 : 120)),
                     middle + px(size) / 2};
  const char* name = find ? "find" : "go";
  const std::string& typed = w.view.typed(name);
  std::string words;
  bool wrong = false;
  if (!find) {
    const Target target = read_target(w, typed);
    words = typed.empty() ? "A place, a line or a name, then Enter" : target.words;
    wrong = !typed.empty() && !target.found;
  } else if (!typed.empty()) {
    const HitList& found = w.found();
    wrong = found.hits.empty();
    if (wrong) {
      words = narrow ? "None" : "Not in the text, the names or the problems";
    } else if (found.current < 0) {
      words = narrow ? fmt::format("{}", found.hits.size()) : counted(found.hits.size(), "hit", "hits");
    } else {
      words = fmt::format("{} of {}", found.current + 1, found.hits.size());
      if (!narrow) words += fmt::format(", {}", kind_words(found.hits[static_cast<size_t>(found.current)].kind));
    }
  }
  text_field(w, actions, name, field, find ? "Find text, name or problem" : "Go to a place: RXA-5.1",
             find ? Icon::search : Icon::arrow, find ? Type::small : Type::code);
  if (wrong) frame(list, field, c.err, px(4), px(1));
  text_fit(list, Type::small, {field.x1 + px(12), y}, right - field.x1 - px(20), wrong ? c.err : c.muted, words);
  return strip.height();
}

}  // namespace iz
