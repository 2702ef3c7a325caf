// The list of keys.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {

void draw_help(const BarContext& b) {
  if (!b.w.view.help) return;
  const Theme& c = theme();
  struct KeyLine {
    std::string_view key, what;
  };
  constexpr std::array<KeyLine, 13> lines = {{{"F8", "next problem after the caret, next error of the answer"},
                                              {"Shift F8", "previous problem"},
                                              {"F6", "next pane or the bars, Shift F6 the one before"},
                                              {"F2", "from Analyse to Answer and back"},
                                              {"F4", "text version and report"},
                                              {"Ctrl V", "paste; over all text, messages are looked for in it"},
                                              {"Ctrl A", "select the whole text"},
                                              {"Ctrl Z", "undo, also after a paste"},
                                              {"Ctrl Y", "redo"},
                                              {"Enter", "in the tree and the problems: edit that value"},
                                              {"Ctrl Left", "word by word, Ctrl Right forward"},
                                              {"Ctrl C", "copy the selected text, the problem or the value"},
                                              {"Esc", "close this, or back to the message"}}};
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float width = std::min(px(500), size.x - px(32)), height = px(72) + px(28) * static_cast<float>(lines.size());
  const Box box = {std::round((size.x - width) / 2), std::max(px(8), std::round((size.y - height) / 3)),
                   std::round((size.x + width) / 2), std::max(px(8), std::round((size.y - height) / 3)) + height};
  ImGui::SetNextWindowPos({box.x0, box.y0});
  ImGui::SetNextWindowSize({box.width(), box.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("Keys", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel, px(8));
  frame(list, box, c.ctl, px(8), px(1));
  text(list, Type::title, {box.x0 + px(24), box.y0 + px(20)}, c.text, "Keys");
  const Box close = {box.x1 - px(44), box.y0 + px(16), box.x1 - px(16), box.y0 + px(44)};
  if (icon_button("close keys", close, Icon::close, "Close", c.muted).pressed) {
    b.actions.push_back([](Workbench& bench) { bench.view.help = false; });
  }
  float y = box.y0 + px(56);
  for (const KeyLine& line : lines) {
    key_cap(list, box.x0 + px(24), y + px(14), line.key);
    text_fit(list, Type::row, {box.x0 + px(124), y + px(4)}, box.x1 - box.x0 - px(140), c.text, line.what);
    y += px(28);
  }
  if (!ImGui::IsWindowFocused() && !ImGui::IsWindowAppearing()) {
    b.actions.push_back([](Workbench& bench) { bench.view.help = false; });
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace iz
