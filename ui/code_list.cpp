#include "ui/code_list.h"

#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace iz {

int draw_code_list(const char* id, Box under, const std::vector<CodeChoice>& choices, int row, bool coarse,
                   Box* drawn) {
  const Theme& c = theme();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float height = px(coarse ? 44 : 28), pad = px(4);
  const auto count = static_cast<int>(choices.size());
  // As wide as the first rows want, so that it does not change while one moves in it.
  float codes = px(40), names = px(120), sides = 0;
  for (int i = 0; i < std::min(count, 60); ++i) {
    const CodeChoice& one = choices[static_cast<size_t>(i)];
    codes = std::max(codes, text_width(Type::code, one.code->code));
    names = std::max(names, text_width(Type::row, one.code->display));
    const std::string_view state = out_of_use(*one.code);
    sides = std::max(sides, text_width(Type::small, state.empty() ? one.set->system_of(*one.code) : state));
  }
  codes = std::min(codes, px(160));
  const float most = std::min(px(520), size.x - px(16));
  const float width = std::round(std::min(most, px(12) + codes + px(12) + names + px(16) + sides + px(24)));
  const float below = size.y - under.y1 - px(12), above = under.y0 - px(12);
  const int rows = std::clamp(static_cast<int>((std::max(below, above) - pad * 2) / height), 1, 8);
  const float box_height = height * static_cast<float>(std::min(count, rows)) + pad * 2;
  const bool up = box_height > below && above > below;
  const float left = std::clamp(under.x0 - px(12), px(4), std::max(px(4), size.x - width - px(8)));
  const float top = up ? under.y0 - px(4) - box_height : under.y1 + px(4);
  ImGui::SetNextWindowPos({std::round(left), std::round(top)});
  ImGui::SetNextWindowSize({width, box_height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin(id, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoBackground);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box box = {std::round(left), std::round(top), std::round(left) + width, std::round(top) + box_height};
  fill(list, box, c.panel, px(6));
  if (drawn != nullptr) *drawn = box;
  // The current row is in sight; the wheel goes on from there.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID first_id = ImGui::GetID("first"), row_id = ImGui::GetID("row");
  int first = kept->GetInt(first_id, 0);
  if (kept->GetInt(row_id, -1) != row) {
    if (row < first) first = row;
    if (row >= first + rows) first = row - rows + 1;
    kept->SetInt(row_id, row);
  }
  if (ImGui::IsWindowHovered() && ImGui::GetIO().MouseWheel != 0) {
    first -= static_cast<int>(std::round(ImGui::GetIO().MouseWheel * 3));
  }
  first = std::clamp(first, 0, std::max(0, count - rows));
  kept->SetInt(first_id, first);
  int pressed = -1;
  const bool scrolls = count > rows;
  const float right = box.x1 - px(scrolls ? 16 : 8);
  for (int i = first; i < std::min(count, first + rows); ++i) {
    const CodeChoice& one = choices[static_cast<size_t>(i)];
    const float y0 = box.y0 + pad + static_cast<float>(i - first) * height;
    const Box line = {box.x0 + px(4), y0, right, y0 + height};
    ImGui::PushID(i);
    const Touch t = touch("code", line);
    ImGui::PopID();
    if (t.pressed) pressed = i;
    if (i == row || t.hovered) fill(list, line, i == row ? c.asoft : c.hover, px(4));
    const float y = std::round((line.y0 + line.y1) / 2 - px(10));
    const float name = box.x0 + px(12) + codes + px(12);
    const bool used = out_of_use(*one.code).empty();
    text_fit(list, Type::code, {box.x0 + px(12), y}, codes, used ? c.code : c.muted, one.code->code);
    const std::string_view side = used ? one.set->system_of(*one.code) : out_of_use(*one.code);
    const float side_left = right - px(8) - text_width(Type::small, side);
    text_fit(list, i == row ? Type::row_bold : Type::row, {name, y}, side_left - px(12) - name, used ? c.text : c.muted,
             one.code->display);
    text(list, Type::small, {side_left, y}, used ? c.muted : c.warn, side);
  }
  if (scrolls) {
    const float room = box_height - pad * 2, share = static_cast<float>(rows) / static_cast<float>(count);
    const float thumb = std::max(px(16), room * share);
    const float at = box.y0 + pad + (room - thumb) * static_cast<float>(first) / static_cast<float>(count - rows);
    fill(list, {box.x1 - px(9), std::round(at), box.x1 - px(5), std::round(at + thumb)}, c.ctl, px(2));
  }
  frame(list, box, c.ctl, px(6), px(1));
  ImGui::End();
  ImGui::PopStyleVar(3);
  return pressed;
}

}  // namespace iz
