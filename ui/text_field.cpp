#include "ui/text_field.h"

#include <algorithm>
#include <cmath>

#include "ui/layout.h"
#include "ui/theme.h"

namespace iz {

FieldSeen& field_seen() {
  static FieldSeen seen;
  return seen;
}

Touch text_field(const Workbench& w, Actions& actions, const char* name, Box box, std::string_view placeholder,
                 std::optional<Icon> which, Type type, const Box* keep) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool on = w.view.field == name;
  const auto found = w.view.fields.find(name);
  const LineText empty;
  const LineText& line = found == w.view.fields.end() ? empty : found->second;
  const float middle = std::round((box.y0 + box.y1) / 2), y = middle - std::round(line_height(type) / 2);
  // A button at the right end takes the text away again.
  float right = box.x1 - px(8);
  Touch clear;
  if (!line.text.empty()) {
    ImGui::PushID(name);
    clear = touch("clear", {box.x1 - px(26), middle - px(10), box.x1 - px(6), middle + px(10)});
    ImGui::PopID();
    right = clear.box.x0 - px(4);
  }
  const Touch t = touch(name, {box.x0, box.y0, line.text.empty() ? box.x1 : clear.box.x0, box.y1});
  if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  fill(list, box, c.panel, px(4));
  frame(list, box, on ? c.accent : c.inp, px(4), px(on ? 2 : 1));
  if (which) icon(list, *which, {box.x0 + px(8), middle - px(7)}, 14, c.muted);
  if (!line.text.empty()) {
    if (clear.hovered) fill(list, clear.box, c.hover, px(4));
    icon(list, Icon::close, {clear.box.x0 + px(3), clear.box.y0 + px(3)}, 14, c.muted);
    if (clear.pressed) {
      actions.push_back([name](Workbench& bench) {
        bench.view.open_field(name);
        bench.view.write_field("");
      });
    }
  }
  const float left = box.x0 + px(which ? 28 : 8), room = right - left;
  const std::string_view all = line.text;
  const float before = text_width(type, all.substr(0, line.caret));
  const float shift = on ? std::max(0.0f, before + px(4) - room) : 0;
  const auto x_of = [&](uint32_t at) { return std::round(left - shift + text_width(type, all.substr(0, at))); };
  list->PushClipRect({left - px(1), box.y0}, {right + px(1), box.y1}, true);
  if (all.empty()) {
    text(list, type, {left, y}, c.faint, placeholder);
  } else {
    if (on && line.caret != line.anchor) {
      const auto [low, high] = std::minmax(line.caret, line.anchor);
      fill(list, {x_of(low), y + px(1), x_of(high), y + line_height(type) - px(1)}, c.sel);
    }
    text(list, type, {std::round(left - shift), y}, c.text, all);
  }
  if (on) {
    const float x = x_of(line.caret);
    const Box caret = {x, y + px(2), x + std::max(1.0f, px(1)), y + line_height(type) - px(2)};
    fill(list, caret, c.accent);
    field_seen() = {true, caret, placeholder};
  }
  list->PopClipRect();

  if (t.hovered && ImGui::IsMouseClicked(0)) {
    // The caret goes to the nearest edge of a character.
    const float mouse = ImGui::GetIO().MousePos.x;
    uint32_t at = 0;
    for (uint32_t next = caret_next(all, at); at < all.size(); next = caret_next(all, at)) {
      if (mouse < (x_of(at) + x_of(next)) / 2) break;
      at = next;
    }
    actions.push_back([name, at, was = on](Workbench& bench) {
      if (!was) return bench.view.open_field(name);
      LineText& typed = bench.view.fields[name];
      typed.caret = typed.anchor = at;
      ++bench.view.field_change;
    });
  } else if (on && ImGui::IsMouseClicked(0) && !(keep != nullptr ? *keep : box).holds(ImGui::GetIO().MousePos)) {
    actions.push_back([name](Workbench& bench) {
      if (bench.view.field == name) bench.view.close_field();
    });
  }
  return t;
}

}  // namespace iz
