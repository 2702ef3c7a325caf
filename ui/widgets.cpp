#include "ui/widgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "ui/key_words.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float gap = 8;

float centre(float middle, float height) { return std::round(middle - height / 2); }

struct Ground {
  ImU32 fill, border;
};

Ground ground(const Touch& t, const ButtonLook& look) {
  const Theme& c = theme();
  if (!look.enabled) return {c.panel, c.line};
  if (look.primary) return {c.accent, c.accent};
  if (t.held || look.chosen) return {c.asoft, c.aline};
  if (t.hovered) return {c.hover, look.quiet ? c.hover : c.ctl};
  return {c.panel, c.ctl};
}

}  // namespace

void fill(ImDrawList* list, Box b, ImU32 color, float rounding) {
  list->AddRectFilled({b.x0, b.y0}, {b.x1, b.y1}, color, rounding);
}

void frame(ImDrawList* list, Box b, ImU32 color, float rounding, float thickness) {
  if (rounding > 0) {
    const float half = thickness / 2;
    list->PathRect({b.x0 + half, b.y0 + half}, {b.x1 - half, b.y1 - half}, std::max(0.0f, rounding - half));
    list->PathStroke(color, ImDrawFlags_Closed, thickness);
    return;
  }
  fill(list, {b.x0, b.y0, b.x1, b.y0 + thickness}, color);
  fill(list, {b.x0, b.y1 - thickness, b.x1, b.y1}, color);
  fill(list, {b.x0, b.y0 + thickness, b.x0 + thickness, b.y1 - thickness}, color);
  fill(list, {b.x1 - thickness, b.y0 + thickness, b.x1, b.y1 - thickness}, color);
}

void horizontal(ImDrawList* list, float x0, float x1, float y, ImU32 color) {
  fill(list, {x0, y, x1, y + std::max(1.0f, px(1))}, color);
}

void vertical(ImDrawList* list, float x, float y0, float y1, ImU32 color) {
  fill(list, {x, y0, x + std::max(1.0f, px(1)), y1}, color);
}

Touch touch(const char* id, Box b) {
  Touch t;
  t.box = b;
  if (b.width() <= 0 || b.height() <= 0) return t;
  ImGui::SetCursorScreenPos({b.x0, b.y0});
  t.pressed = ImGui::InvisibleButton(id, {b.width(), b.height()});
  t.hovered = ImGui::IsItemHovered();
  t.held = ImGui::IsItemActive();
  t.twice = t.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  return t;
}

bool wants_menu(const Touch& t) {
  if (t.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) return true;
  const ImGuiIO& io = ImGui::GetIO();
  const float before = io.MouseDownDurationPrev[0], now = io.MouseDownDuration[0];
  return t.held && io.MouseSource == ImGuiMouseSource_TouchScreen && before < 0.5f && now >= 0.5f &&
         !ImGui::IsMouseDragging(0, px(10));
}

float button_width(std::string_view text, const ButtonLook& look) {
  const Type type = look.small ? Type::small : Type::row;
  float width = look.small ? px(16) : px(24);
  const auto add = [&](float part) { width += part + px(gap); };
  if (look.icon) add(px(16));
  if (!look.label.empty()) add(text_width(type, look.label));
  if (!look.more.empty()) add(text_width(type, look.more));
  if (!look.key.empty()) add(key_cap_width(look.key));
  if (look.menu) add(px(14));
  if (text.empty()) width -= px(gap);
  return std::round(width + text_width(type, text));
}

Touch button(const char* id, float left, float middle, std::string_view text_, const ButtonLook& look) {
  const Theme& c = theme();
  const float height = px(look.height > 0 ? look.height : look.small ? 24 : 32), top = centre(middle, height);
  const Box box = {left, top, left + button_width(text_, look), top + height};
  const Touch t = look.enabled ? touch(id, box) : Touch{.box = box};
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Ground g = ground(t, look);
  const float rounding = px(look.small ? 4 : 6);
  if (!look.quiet || t.hovered || t.held) {
    fill(list, box, g.fill, rounding);
    frame(list, box, g.border, rounding, px(1));
  }
  const Type type = look.small ? Type::small : Type::row;
  const float y = centre(middle, line_height(type));
  float x = left + px(look.small ? 8 : 12);
  if (look.icon) {
    icon(list, *look.icon, {x, centre(middle, px(16))}, 16,
         look.primary   ? c.accenttext
         : look.enabled ? c.muted
                        : c.faint);
    x += px(16 + gap);
  }
  if (!look.label.empty()) x += text(list, type, {x, y}, c.muted, look.label) + px(gap);
  x += text(list, type, {x, y}, look.primary ? c.accenttext : look.enabled ? c.text : c.faint, text_);
  if (!look.more.empty()) x += px(gap) + text(list, type, {x + px(gap), y}, c.muted, look.more);
  if (!look.key.empty()) x = key_cap(list, x + px(gap), middle, look.key);
  if (look.menu) icon(list, Icon::down, {x + px(gap), centre(middle, px(14))}, 14, c.muted);
  return t;
}

Touch icon_button(const char* id, Box box, Icon which, std::string_view name, ImU32 color, bool bordered) {
  const Theme& c = theme();
  const Touch t = touch(id, box);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (bordered || t.hovered || t.held) {
    fill(list, box, t.held ? c.asoft : t.hovered ? c.hover : c.panel, px(6));
    if (bordered) frame(list, box, c.ctl, px(6), px(1));
  }
  const float size = box.height() >= px(44) ? 20 : 16;
  icon(list, which, {(box.x0 + box.x1 - px(size)) / 2, (box.y0 + box.y1 - px(size)) / 2}, size, color);
  hover_card(t, name);
  return t;
}

float tag(ImDrawList* list, float left, float middle, std::string_view words, float max_width) {
  const Theme& c = theme();
  const std::string shown = shorten(Type::tag, words, max_width - px(14));
  const float height = px(20), top = centre(middle, height);
  const Box box = {left, top, std::round(left + px(14) + text_width(Type::tag, shown)), top + height};
  fill(list, box, c.sunken, px(4));
  frame(list, box, c.line, px(4), px(1));
  text(list, Type::tag, {left + px(7), top + px(1)}, c.muted, shown);
  return box.x1;
}

float key_cap_width(std::string_view words) { return std::round(px(12) + text_width(Type::key, key_signs(words))); }

float key_cap(ImDrawList* list, float left, float middle, std::string_view words) {
  const Theme& c = theme();
  const float height = px(20), top = centre(middle, height);
  const Box box = {left, top, left + key_cap_width(words), top + height};
  fill(list, box, c.chrome, px(4));
  frame(list, box, c.ctl, px(4), px(1));
  text(list, Type::key, {left + px(6), top + px(1)}, c.muted, key_signs(words));
  return box.x1;
}

Touch count_chip(const char* id, float left, float middle, Severity severity, std::string_view words, bool on,
                 bool bordered, float& right) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Type type = bordered ? Type::small : Type::row;
  const float pad = bordered ? px(8) : px(6);
  const float width = std::round(pad + px(20) + text_width(type, words) + (bordered ? px(10) : px(6)));
  const float height = px(24), top = centre(middle, height);
  const Box box = {left, top, left + width, top + height};
  const Touch t = touch(id, box);
  if (bordered) {
    ImU32 soft = c.advsoft, line = c.advline;
    if (severity == Severity::error) soft = c.errsoft, line = c.errline;
    if (severity == Severity::warning) soft = c.warnsoft, line = c.warnline;
    fill(list, box, on ? soft : c.panel, height / 2);
    frame(list, box, on ? line : c.line, height / 2, px(1));
  } else if (t.hovered || t.held) {
    fill(list, box, t.held ? c.asoft : c.hover, px(4));
  }
  shape(list, shape_of(severity), {left + pad, centre(middle, px(14))}, 14);
  const float x = left + pad + px(20), y = centre(middle, line_height(type));
  const float drawn = text(list, type, {x, y}, on ? c.text : c.faint, words);
  if (!on) horizontal(list, x, x + drawn, std::round(middle), c.faint);
  right = box.x1;
  return t;
}

float state_chip_width(std::string_view words) { return std::round(px(8 + 20 + 10) + text_width(Type::small, words)); }

Box state_chip(ImDrawList* list, float left, float right, float middle, Shape which, std::string_view words) {
  const Theme& c = theme();
  const float width = state_chip_width(words), height = px(24), top = centre(middle, height);
  if (right > 0) left = right - width;
  const Box box = {left, top, left + width, top + height};
  ImU32 soft = c.panel, line = c.line;
  switch (which) {
    case Shape::error:
      soft = c.errsoft, line = c.errline;
      break;
    case Shape::warning:
    case Shape::partly:
      soft = c.warnsoft, line = c.warnline;
      break;
    case Shape::ok:
      soft = c.oksoft, line = c.okline;
      break;
    case Shape::advice:
      soft = c.advsoft, line = c.advline;
      break;
    default:
      break;
  }
  fill(list, box, soft, height / 2);
  frame(list, box, line, height / 2, px(1));
  shape(list, which, {left + px(8), centre(middle, px(14))}, 14);
  text(list, Type::small, {left + px(28), centre(middle, line_height(Type::small))}, c.text, words);
  return box;
}

float check_box_width(std::string_view text) { return px(24) + std::round(text_width(Type::row, text)); }

Touch check_box(const char* id, float right, float middle, std::string_view text_, bool on) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = right - check_box_width(text_);
  const Touch t = touch(id, {left, middle - px(14), right, middle + px(14)});
  const Box box = {left, middle - px(8), left + px(16), middle + px(8)};
  fill(list, box, on ? c.accent : t.hovered ? c.hover : c.panel, px(3));
  if (on) {
    icon(list, Icon::check, {box.x0 + px(1), box.y0 + px(1)}, 14, c.accenttext);
  } else {
    frame(list, box, c.inp, px(3), px(1));
  }
  text(list, Type::row, {box.x1 + px(8), middle - px(10)}, c.text, text_);
  return t;
}

Touch tab(const char* id, float& left, Box bar, std::string_view words, bool active) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Type type = active ? Type::row_bold : Type::row;
  const float width = std::round(text_width(type, words));
  const Touch t = touch(id, {left, bar.y0, left + width, bar.y1});
  text(list, type, {left, centre((bar.y0 + bar.y1) / 2, line_height(type))}, active || t.hovered ? c.text : c.muted,
       words);
  if (active) fill(list, {left, bar.y1 - px(2), left + width, bar.y1}, c.accent);
  left += width;
  return t;
}

float segmented_width(const std::vector<std::string_view>& choices) {
  float width = px(2);
  for (std::string_view choice : choices) width += std::round(text_width(Type::small, choice)) + px(20);
  return width + px(1) * static_cast<float>(choices.size() - 1);
}

int segmented(const char* id, float right, float middle, const std::vector<std::string_view>& choices, int chosen) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float height = px(28), top = centre(middle, height);
  const Box box = {right - segmented_width(choices), top, right, top + height};
  fill(list, box, c.panel, px(4));
  int pressed = -1;
  float x = box.x0 + px(1);
  for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
    const std::string_view choice = choices[static_cast<size_t>(i)];
    const float width = std::round(text_width(Type::small, choice)) + px(20);
    const Touch t = touch(fmt::format("{}{}", id, i).c_str(), {x, top, x + width, top + height});
    if (t.pressed) pressed = i;
    const Box part = {x, top + px(1), x + width, top + height - px(1)};
    if (i == chosen) {
      fill(list, part, c.asoft, i == 0 || i + 1 == static_cast<int>(choices.size()) ? px(3) : 0);
    } else if (t.hovered) {
      fill(list, part, c.hover, px(3));
    }
    text(list, Type::small, {x + px(10), centre(middle, line_height(Type::small))}, i == chosen ? c.accent : c.muted,
         choice);
    x += width;
    if (i + 1 < static_cast<int>(choices.size())) {
      vertical(list, x, top + px(1), top + height - px(1), c.ctl);
      x += px(1);
    }
  }
  frame(list, box, c.ctl, px(4), px(1));
  return pressed;
}

RowsInView rows_in_view(size_t count, float height) {
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const auto rows = static_cast<int>(count);
  ImGui::SetCursorScreenPos({origin.x, origin.y + static_cast<float>(count) * height});
  ImGui::Dummy({0, 0});
  const float scroll = ImGui::GetScrollY();
  const int first = static_cast<int>(scroll / height),
            last = static_cast<int>((scroll + ImGui::GetWindowHeight()) / height) + 1;
  return {std::clamp(first, 0, rows), std::clamp(last, 0, rows), origin.y};
}

void row_ground(ImDrawList* list, Box box, bool selected, bool hovered) {
  if (selected) {
    fill(list, box, theme().asoft);
    fill(list, {box.x0, box.y0, box.x0 + px(3), box.y1}, theme().accent);
  } else if (hovered) {
    fill(list, box, theme().hover);
  }
}

void pane_header(ImDrawList* list, Box box, bool focused) {
  fill(list, box, theme().panel);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), theme().line);
  if (focused) fill(list, {box.x0, box.y0, box.x1, box.y0 + px(2)}, theme().accent);
}

bool rested() { return ImGui::IsItemHovered(ImGuiHoveredFlags_DelayNormal | ImGuiHoveredFlags_NoSharedDelay); }

void hover_card(const Touch& t, std::string_view words) {
  if (words.empty() || !t.hovered || !rested()) return;
  const Theme& c = theme();
  const std::vector<std::string_view> lines = wrap(Type::small, words, px(396));
  float width = 0;
  for (std::string_view line : lines) width = std::max(width, text_width(Type::small, line));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(12), px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, px(1));
  const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
  const float height = line_height(Type::small) * static_cast<float>(lines.size()) + px(16);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float left = std::max(px(4), std::min(low.x, size.x - width - px(28)));
  const float top = high.y + px(8) + height > size.y ? low.y - px(8) - height : high.y + px(8);
  ImGui::SetNextWindowPos({left, top});
  ImGui::BeginTooltip();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({std::ceil(width), line_height(Type::small) * static_cast<float>(lines.size())});
  float y = at.y;
  for (std::string_view line : lines) {
    text(ImGui::GetWindowDrawList(), Type::small, {at.x, y}, c.text, line);
    y += line_height(Type::small);
  }
  ImGui::EndTooltip();
  ImGui::PopStyleVar(3);
}

float menu_row_width(std::string_view words, std::string_view more) {
  return px(12 + 24 + 16 + 12) + text_width(Type::row, words) + text_width(Type::small, more);
}

bool menu_row(std::string_view words, std::string_view more, bool checked, bool here, float width, float height) {
  const Theme& c = theme();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Box box = {at.x, at.y, at.x + width, at.y + height};
  const Touch t = touch(std::string(words).c_str(), box);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (t.hovered || here) fill(list, box, here ? c.asoft : c.hover);
  const float middle = (box.y0 + box.y1) / 2;
  if (checked) icon(list, Icon::check, {box.x0 + px(12), centre(middle, px(14))}, 14, c.accent);
  text(list, Type::row, {box.x0 + px(36), centre(middle, line_height(Type::row))}, c.text, words);
  text_right(list, Type::small, {box.x1 - px(12), centre(middle, line_height(Type::small))}, c.muted, more);
  ImGui::SetCursorScreenPos({box.x0, box.y1});
  if (t.pressed) ImGui::CloseCurrentPopup();
  return t.pressed;
}

}  // namespace iz
