// Popup lists, and the keyboard in bars.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/sort.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {

void menu(const BarContext& b, const char* id, bool open, Box under, const std::vector<MenuItem>& items) {
  if (open) {
    ImGui::OpenPopup(id);
    b.keys.row = -1;
  }
  float width = px(200);
  for (const MenuItem& item : items) width = std::max(width, menu_row_width(item.text, item.more));
  width = std::ceil(width);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  // Above its place where there is no room below.
  const float row_height = px(b.w.view.coarse ? 44 : 32);
  const float height = row_height * static_cast<float>(items.size()) + px(16);
  float top = under.y1 + px(4);
  if (top + height > size.y - px(8)) top = std::max(px(8), std::min(under.y0 - px(4), size.y - px(8)) - height);
  ImGui::SetNextWindowPos({std::max(px(4), std::min(under.x0, size.x - width - px(8))), top});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x, size.y - top - px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(1), px(8)});
  if (ImGui::BeginPopup(id)) {
    b.keys.rows = static_cast<int>(items.size());
    for (int i = 0; i < b.keys.rows; ++i) {
      const MenuItem& item = items[static_cast<size_t>(i)];
      const bool here = b.keys.row == i;
      ImGui::PushID(i);
      if (menu_row(item.text, item.more, item.checked, here, width, row_height)) b.actions.push_back(item.act);
      if (here && std::exchange(b.keys.press_row, false)) {
        b.actions.push_back(item.act);
        ImGui::CloseCurrentPopup();
      }
      ImGui::PopID();
    }
    ImGui::Dummy({width, 0});
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

Box menu_place(const BarContext& b, Box row) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (row.holds(mouse) && !b.w.view.context_menu) return {mouse.x, mouse.y - px(4), mouse.x, mouse.y};
  return {row.x0 + px(72), row.y0, row.x1, row.y1};
}

void draw_follow(const BarContext& b, Pane pane, float left, float right, float middle) {
  const std::string_view words = "Follow";
  if (right - check_box_width(words) < left) return;
  const bool on = b.w.view.follow[static_cast<size_t>(pane)];
  ImGui::PushID(static_cast<int>(pane));
  const Touch t = check_box("follow", right, middle, words, on);
  ImGui::PopID();
  hover_card(t, on ? "Shows the current place. Without it, this pane stays where it is."
                   : "Stays where it is. With it, this pane shows the current place.");
  if (t.pressed) b.actions.push_back([pane, on](Workbench& bench) { bench.set_follow(pane, !on); });
}

void BarKeys::step(int direction) {
  const auto count = static_cast<int>(boxes.size());
  if (count == 0) return;
  // Bars of one height are read from the left; a lower one comes later.
  const auto before = [](const Box& a, const Box& b) {
    const float ay = (a.y0 + a.y1) / 2, by = (b.y0 + b.y1) / 2;
    return std::abs(ay - by) > px(12) ? ay < by : a.x0 < b.x0;
  };
  std::vector<int> order(boxes.size());
  for (int i = 0; i < count; ++i) order[static_cast<size_t>(i)] = i;
  sort_values(order,
              [&](int a, int b) { return before(boxes[static_cast<size_t>(a)], boxes[static_cast<size_t>(b)]); });
  const auto here = std::find(order.begin(), order.end(), item);
  const int rank = here == order.end() ? -direction : static_cast<int>(here - order.begin());
  item = order[static_cast<size_t>((rank + direction + count) % count)];
}

Touch bar_item(const BarContext& b, Touch t) {
  const auto index = static_cast<int>(b.keys.boxes.size());
  b.keys.boxes.push_back(t.box);
  if ((b.w.view.focus != Pane::bars && !b.keys.always) || b.keys.item != index) return t;
  const Box ring = {t.box.x0 - px(2), t.box.y0 - px(2), t.box.x1 + px(2), t.box.y1 + px(2)};
  frame(ImGui::GetWindowDrawList(), ring, theme().accent, px(8), px(2));
  if (std::exchange(b.keys.press, false)) t.pressed = true;
  return t;
}

}  // namespace iz
