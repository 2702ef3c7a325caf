// The palette: a field over a list, above everything else.
#include "ui/pane_palette.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/words.h"
#include "imgui_internal.h"
#include "ui/key_words.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// Words with a ground under the letters that were meant.
void words_with_hits(ImDrawList* list, Type type, ImVec2 at, float width, ImU32 color, const PaletteItem& item) {
  const std::string_view words = item.words;
  if (text_width(type, words) <= width) {
    for (size_t i = 0; i < item.hits.size();) {
      if (item.hits[i] == 0) {
        ++i;
        continue;
      }
      size_t end = i;
      while (end < item.hits.size() && item.hits[end] != 0) ++end;
      const float x0 = at.x + text_width(type, words.substr(0, i)), x1 = at.x + text_width(type, words.substr(0, end));
      fill(list, {std::round(x0), at.y + px(1), std::round(x1), at.y + px(19)}, theme().sel, px(2));
      i = end;
    }
  }
  text_fit(list, type, at, width, color, words);
}

}  // namespace

bool PalettePane::update(const Workbench& w) {
  const bool opened = shown_ != w.view.over;
  shown_ = w.view.over;
  const bool asked = list_.update(w, w.view.typed(field_name(w)), w.view.over == Over::gallery);
  if (opened || asked) {
    row_ = -1;
    step(1);
  }
  return !list_.items().empty();
}

const char* PalettePane::field_name(const Workbench& w) { return w.view.over == Over::gallery ? "gallery" : "palette"; }

void PalettePane::step(int direction) {
  const auto& items = list_.items();
  const auto count = static_cast<int>(items.size());
  for (int n = 0; n < count; ++n) {
    row_ = ((row_ < 0 && direction < 0 ? 0 : row_) + direction + count) % count;
    if (items[static_cast<size_t>(row_)].runs) break;
  }
  reveal_ = true;
}

void PalettePane::choose(Workbench& w, Requests& requests, int row) const {
  const auto& items = list_.items();
  if (row < 0 || row >= static_cast<int>(items.size()) || !items[static_cast<size_t>(row)].runs) return;
  const PaletteItem item = items[static_cast<size_t>(row)];
  w.close_over();
  if (!item.id.empty()) {
    std::erase(w.view.recent, item.id);
    w.view.recent.insert(w.view.recent.begin(), item.id);
  }
  item.act(w, requests);
}

std::string PalettePane::chosen() const {
  const auto& items = list_.items();
  if (row_ < 0 || row_ >= static_cast<int>(items.size())) return "Nothing fits this text.";
  const PaletteItem& item = items[static_cast<size_t>(row_)];
  std::string words = item.words;
  append(words, item.more);
  append(words, key_sentence(item.keys));
  return words;
}

bool PalettePane::key(Workbench& w, Requests& requests, KeyPress press) {
  if (press.command || press.alt) return false;
  update(w);
  switch (press.key) {
    case Key::up:
    case Key::down:
      if (!list_.items().empty()) step(press.key == Key::up ? -1 : 1);
      return true;
    case Key::page_up:
    case Key::page_down:
      for (int i = 0; i < 8 && !list_.items().empty(); ++i) step(press.key == Key::page_up ? -1 : 1);
      return true;
    case Key::enter:
      choose(w, requests, row_);
      return true;
    case Key::escape:
      w.close_over();
      return true;
    default:
      return false;
  }
}

void PalettePane::draw(const BarContext& b, float row_height) {
  if (b.w.view.over == Over::none) {
    shown_ = Over::none;
    return;
  }
  update(b.w);
  const Theme& c = theme();
  const auto& items = list_.items();
  const bool gallery = b.w.view.over == Over::gallery;
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float margin = px(b.narrow ? 8 : 16), width = std::min(px(680), size.x - margin * 2);
  const float field_height = px(56), foot = b.narrow ? px(8) : px(32), group_height = px(28);
  const float height = px(gallery ? 52 : row_height);
  // Where each row stands, under its heading.
  std::vector<float> tops;
  float content = px(4);
  for (size_t i = 0; i < items.size(); ++i) {
    if (i == 0 || items[i].group != items[i - 1].group) content += group_height;
    tops.push_back(content);
    content += height;
  }
  content += px(4);
  if (items.empty()) content = px(60);
  const float most = size.y - px(b.narrow ? 16 : 112) - field_height - foot;
  const float room = std::max(px(80), std::min({content + px(1), most, px(560)}));
  const float left = std::round((size.x - width) / 2), top = px(b.narrow ? 8 : 56);
  const Box box = {left, top, left + width, top + field_height + room + foot};

  ImGui::SetNextWindowPos({box.x0, box.y0});
  ImGui::SetNextWindowSize({box.width(), box.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("palette", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel, px(8));
  text_field(b.w, b.actions, field_name(b.w), {box.x0 + px(12), box.y0 + px(12), box.x1 - px(12), box.y0 + px(48)},
             gallery ? "Find an example or a template" : "Search or run a command", Icon::search, Type::row, &box);
  const Box body = {box.x0 + px(1), box.y0 + field_height, box.x1 - px(1), box.y0 + field_height + room};
  horizontal(list, body.x0, body.x1, body.y0, c.line);
  if (items.empty()) {
    text(list, Type::row_bold, {body.x0 + px(16), body.y0 + px(10)}, c.text, "Nothing fits this text.");
    text_fit(list, Type::row, {body.x0 + px(16), body.y0 + px(32)}, body.width() - px(32), c.muted,
             "Commands, problems, rules, codes, and the names, paths and values of this message are looked through.");
  } else {
    ImGui::SetCursorScreenPos({body.x0, body.y0 + px(1)});
    ImGui::BeginChild("palette rows", {body.width(), room - px(1)});
    if (std::exchange(reveal_, false) && row_ >= 0) {
      const float at = tops[static_cast<size_t>(row_)], scroll = ImGui::GetScrollY();
      const bool heading =
          row_ == 0 || items[static_cast<size_t>(row_)].group != items[static_cast<size_t>(row_ - 1)].group;
      if (at - (heading ? group_height : 0) < scroll) ImGui::SetScrollY(at - (heading ? group_height + px(4) : 0));
      if (at + height > scroll + room) ImGui::SetScrollY(at + height - room + px(4));
    }
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float right = body.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0);
    for (size_t i = 0; i < items.size(); ++i) {
      const float y = origin.y + tops[i];
      if (y > body.y1) break;
      if (i == 0 || items[i].group != items[i - 1].group) {
        const Box group = {body.x0, y - group_height, right, y};
        if (group.y1 > body.y0) {
          fill(ImGui::GetWindowDrawList(), group, c.sunken);
          text(ImGui::GetWindowDrawList(), Type::small, {group.x0 + px(15), group.y0 + px(4)}, c.muted, items[i].group);
        }
      }
      if (y + height < body.y0) continue;
      ImGui::PushID(static_cast<int>(i));
      row(b, static_cast<int>(i), {body.x0, y, right, y + height});
      ImGui::PopID();
    }
    ImGui::SetCursorScreenPos({origin.x, origin.y + content});
    ImGui::Dummy({0, 0});
    ImGui::EndChild();
  }
  if (!b.narrow) {
    horizontal(list, body.x0, body.x1, body.y1, c.line);
    float x = box.x0 + px(16);
    const float middle = std::round((body.y1 + box.y1) / 2);
    for (const auto& [cap, words] :
         {std::pair<std::string_view, std::string_view>{"Enter", gallery ? "opens it" : "does it"},
          {"Up, Down", "choose"},
          {"Esc", "closes"}}) {
      x = key_cap(list, x, middle, cap) + px(8);
      x += text(list, Type::small, {x, middle - px(10)}, c.muted, words) + px(24);
    }
  }
  frame(list, box, c.ctl, px(8), px(1));
  if (ImGui::IsMouseClicked(0) && !box.holds(ImGui::GetIO().MousePos)) {
    b.actions.push_back([](Workbench& bench) { bench.close_over(); });
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

void PalettePane::row(const BarContext& b, int index, Box box) {
  const Theme& c = theme();
  const PaletteItem& item = list_.items()[static_cast<size_t>(index)];
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Touch t = touch("item", box);
  const bool here = index == row_;
  row_ground(list, box, here, t.hovered && item.runs);
  if (t.hovered && item.runs) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const float middle = std::round((box.y0 + box.y1) / 2);
  float x = box.x0 + px(15), right = box.x1 - px(16);
  const Type type = here ? Type::row_bold : Type::row;
  if (b.w.view.over == Over::gallery) {
    words_with_hits(list, Type::row_bold, {x, box.y0 + px(6)}, right - x, c.text, item);
    text_fit(list, Type::small, {x, box.y0 + px(26)}, right - x, c.muted, item.more);
  } else {
    if (!item.keys.empty()) {
      right -= key_cap_width(item.keys);
      key_cap(list, right, middle, item.keys);
      right -= px(16);
    }
    if (item.kind == PaletteItem::Kind::problem) {
      shape(list, shape_of(item.severity), {x, middle - px(7)}, 14);
      x += px(24);
    }
    if (!item.more.empty()) {
      const float width = std::min(text_width(Type::code, item.more), (right - x) / 2);
      text_fit(list, Type::code, {right - width, middle - px(10)}, width, c.muted, item.more);
      right -= width + px(16);
    }
    words_with_hits(list, type, {x, middle - px(10)}, right - x, item.runs ? c.text : c.muted, item);
  }
  if (t.pressed && item.runs) {
    b.actions.push_back([this, index, &requests = b.requests](Workbench& bench) { choose(bench, requests, index); });
  }
}

}  // namespace iz
