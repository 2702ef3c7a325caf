#include <algorithm>
#include <cmath>

#include "core/templates.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float card_width = 304, card_height = 212;

/// A card that can be pressed: an icon, what it does, a line about it.
Touch card(const BarContext& b, const char* id, Box box, Icon which, std::string_view name, std::string_view about,
           bool usual) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Touch t = touch(id, box);
  if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  fill(list, box, t.held ? c.asoft : t.hovered ? c.hover : c.panel, px(8));
  if (usual) {
    const Box outer = {box.x0 - px(1), box.y0 - px(1), box.x1 + px(1), box.y1 + px(1)};
    frame(list, outer, c.accent, px(9), px(2));
  } else {
    frame(list, box, c.ctl, px(8), px(1));
  }
  const Box badge = {box.x0 + px(25), box.y0 + px(24), box.x0 + px(65), box.y0 + px(64)};
  fill(list, badge, c.asoft, px(8));
  icon(list, which, {badge.x0 + px(10), badge.y0 + px(10)}, 20, c.accent);
  text(list, Type::title, {box.x0 + px(25), box.y0 + px(80)}, c.text, name);
  paragraph(list, Type::row, {box.x0 + px(25), box.y0 + px(108)}, box.width() - px(50), c.muted, about);
  return bar_item(b, t);
}

}  // namespace

void draw_first_visit(const BarContext& b, Box box) {
  const Theme& c = theme();
  fill(ImGui::GetWindowDrawList(), box, c.panel);
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("first visit", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const bool narrow = box.width() < px(card_width * 2 + 32 + 48);
  const float width = narrow ? std::min(box.width() - px(32), px(560)) : px(card_width * 2 + 32);
  const float full = std::min(px(976), box.width() - px(32));
  const float left = std::round(box.x0 + (box.width() - (narrow ? width : full)) / 2);
  const float column = narrow ? width : full;
  float y = origin.y + px(narrow ? 16 : 84);

  y += paragraph(list, Type::headline, {left, y}, column, c.text, "Read, check and repair an immunization message.") +
       px(12);
  y += paragraph(list, Type::lead, {left, y}, column, c.muted,
                 "Paste a VXU or its ACK, see what a registry will say to it, and mend it by typing.") +
       px(40);

  const float one = narrow ? width : px(card_width);
  Box first = {left, y, left + one, y + px(card_height)};
  if (card(b, "paste card", first, Icon::clipboard, "Paste a message",
           "From a log, a file, a SOAP call. Any line ends, any number of messages.", true)
          .pressed) {
    b.requests.paste = true;
  }
  const float key = key_cap(list, first.x0 + px(25), first.y1 - px(30), "Ctrl V");
  text(list, Type::small, {key + px(8), first.y1 - px(40)}, c.muted, "or drop a file anywhere");
  Box second = narrow ? Box{left, first.y1 + px(16), left + one, first.y1 + px(16) + px(card_height)}
                      : Box{first.x1 + px(32), y, first.x1 + px(32) + one, first.y1};
  static const std::string example = first_example(b.w.as_of()).title;
  if (card(b, "example card", second, Icon::flask, "Open an example",
           "Invented messages, each with something to find in it.", false)
          .pressed) {
    b.actions.push_back([](Workbench& bench) { bench.paste(first_example(bench.as_of()).text); });
  }
  const float link =
      second.x0 + px(25) + text(list, Type::row, {second.x0 + px(25), second.y1 - px(40)}, c.accent, example);
  icon(list, Icon::right, {link + px(4), second.y1 - px(37)}, 14, c.accent);
  y = second.y1 + px(32);

  const std::string_view pledge =
      "Your message never leaves this page: nothing is sent, and nothing is kept when you close it.";
  const auto lines = wrap(Type::prose, pledge, column - px(80));
  const Box privacy = {left, y, left + column,
                       y + px(34) + line_height(Type::prose) * static_cast<float>(lines.size())};
  fill(list, privacy, c.oksoft, px(8));
  frame(list, privacy, c.okline, px(8), px(1));
  icon(list, Icon::lock, {privacy.x0 + px(25), (privacy.y0 + privacy.y1) / 2 - px(9)}, 18, c.ok);
  float line = privacy.y0 + px(17);
  for (std::string_view words : lines) {
    text(list, Type::prose, {privacy.x0 + px(57), line}, c.text, words);
    line += line_height(Type::prose);
  }
  y = privacy.y1 + px(32);

  if (!narrow) {
    float x = left;
    for (const auto& [cap, words] : {std::pair<std::string_view, std::string_view>{"F1", "all keys"},
                                     {"F8", "next problem"},
                                     {"F6", "next pane"},
                                     {"F4", "text version and report"}}) {
      x = key_cap(list, x, y + px(10), cap) + px(8);
      x += text(list, Type::small, {x, y}, c.muted, words) + px(32);
    }
    y += px(36);
  }
  ImGui::SetCursorScreenPos({box.x0, y});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

}  // namespace iz
