// Fixes: the menu at the caret, the buttons beside a problem, the dialog about all that are safe.
#include "ui/pane_fixes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace iz {
namespace {

std::vector<MenuItem> fix_items(const Workbench& w, int finding) {
  std::vector<MenuItem> items;
  const std::vector<Fix>& offered = w.fixes_of(finding);
  items.reserve(offered.size());
  for (size_t i = 0; i < offered.size(); ++i) {
    items.push_back({offered[i].label, "", false, [finding, i](Workbench& bench) { bench.fix(finding, i); }});
  }
  return items;
}

/// Text that is taken away: with a line through it.
float struck(ImDrawList* list, ImVec2 at, float width, std::string_view words) {
  const Theme& c = theme();
  const float drawn = text_fit(list, Type::code, at, width, c.err, words.empty() ? "(empty)" : words);
  if (!words.empty()) horizontal(list, at.x, at.x + drawn, at.y + px(10), c.err);
  return drawn;
}

/// The whole field of a finding before and after a fix; empty strings when nothing can be shown in a line.
std::pair<std::string, std::string> change_of(const Workbench& w, const Finding& f, const Fix& fix) {
  Path field = f.path;
  if (field.field == 0) return {};
  field.component = field.subcomponent = 0;
  const Location old = locate(w.message(), field);
  Message message;
  message.parse(apply_edits(w.text(), fix.edits));
  const Location now = locate(message, field);
  std::string before(old.found ? w.message().value(old.span) : std::string_view());
  std::string after(now.found ? message.value(now.span) : std::string_view());
  if (before == after || before.size() > 120 || after.size() > 120) return {};
  return {before, after};
}

}  // namespace

void draw_fix_menu(const BarContext& b, Box caret) {
  const Workbench& w = b.w;
  const bool open = w.view.fix_menu;
  if (open) b.actions.push_back([](Workbench& bench) { bench.view.fix_menu = false; });
  const std::vector<MenuItem> items = fix_items(w, w.selection().finding);
  if (items.empty()) {
    if (open) {
      b.actions.push_back([](Workbench& bench) {
        bench.view.notice = bench.selection().finding < 0
                                ? "There is no problem at the caret. F8 goes to the next one."
                                : "This problem has no fix in the text. The explanation says who can mend it.";
      });
    }
    return;
  }
  if (open) {
    b.keys.row = 0;
    b.keys.press_row = false;
  }
  menu(b, "fixes here", open, caret, items);
  if (open) b.keys.row = 0;  // Enter takes the first
}

float draw_fix_button(const BarContext& b, uint32_t finding, float right, float middle) {
  const std::vector<Fix>& offered = b.w.fixes_of(static_cast<int>(finding));
  if (offered.empty()) return 0;
  const bool several = offered.size() > 1;
  const ButtonLook look = {.menu = several, .small = true, .height = b.w.view.coarse ? 36.0f : 24.0f};
  const std::string_view word =
      several                                                                                          ? "Fix"
      : offered[0].edits.size() == 1 && offered[0].edits[0].span.begin == offered[0].edits[0].span.end ? "Add"
                                                                                                       : "Fix";
  const float width = button_width(word, look);
  const Touch t = button("fix", right - width, middle, word, look);
  hover_card(t, offered[0].label);
  if (several) {
    const float half = px(look.height) / 2;
    menu(b, "fixes of the row", t.pressed, {right - width, middle - half, right, middle + half},
         fix_items(b.w, static_cast<int>(finding)));
  } else if (t.pressed) {
    b.actions.push_back([finding](Workbench& bench) { bench.fix(static_cast<int>(finding), 0); });
  }
  return width;
}

float draw_fix_choices(const Workbench& w, Actions& actions, int finding, Box box, bool tall) {
  const std::vector<Fix>& offered = w.fixes_of(finding);
  if (offered.empty()) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Finding& f = w.report().findings[static_cast<size_t>(finding)];
  float y = box.y0;
  if (const auto [before, after] = change_of(w, f, offered[0]); !before.empty() || !after.empty()) {
    const float room = (box.width() - px(40)) / 2;
    const float drawn = struck(list, {box.x0, y}, room, before);
    icon(list, Icon::arrow, {box.x0 + drawn + px(12), y + px(2)}, 16, c.muted);
    text_fit(list, Type::code, {box.x0 + drawn + px(40), y}, room, c.code, after.empty() ? "(empty)" : after);
    y += px(30);
  }
  const float height = tall ? 44 : 32;
  float x = box.x0;
  for (size_t i = 0; i < offered.size() && i < 6; ++i) {
    ButtonLook look = {.primary = i == 0, .height = height};
    if (i == 0 && !tall) look.key = "Ctrl .";
    const std::string label = shorten(Type::row, offered[i].label, box.width() - px(i == 0 ? 96 : 32));
    const float width = button_width(label, look);
    if (x > box.x0 && x + width > box.x1) {
      x = box.x0;
      y += px(height + 8);
    }
    ImGui::PushID(static_cast<int>(i));
    const Touch t = button("choice", x, std::round(y + px(height) / 2), label, look);
    ImGui::PopID();
    hover_card(t, label == offered[i].label ? std::string_view() : std::string_view(offered[i].label));
    if (t.pressed) actions.push_back([finding, i](Workbench& bench) { bench.fix(finding, i); });
    x += width + px(8);
  }
  return y + px(height) - box.y0;
}

void draw_fix_plan(const BarContext& b) {
  const std::optional<FixPlan>& plan = b.w.plan();
  if (!plan) return;
  const Theme& c = theme();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const bool tall = b.narrow || b.w.view.coarse;
  const float button_height = tall ? 44 : 32, row_height = px(b.narrow ? 48 : 24);
  const auto count = plan->steps.size();
  const float width = std::min(px(640), size.x - px(24));
  const float room = size.y - px(160) - px(button_height);
  const float rows = std::min(room, row_height * static_cast<float>(count));
  const std::string_view promise = "All of it is one step of undo. Nothing else changes.";
  const float said =
      px(8) + line_height(Type::row) * static_cast<float>(wrap(Type::row, promise, width - px(48)).size());
  const float height = px(24 + 32) + said + rows + px(20 + button_height + 24);
  const Box box = {std::round((size.x - width) / 2), std::round((size.y - height) / 3),
                   std::round((size.x + width) / 2), std::round((size.y - height) / 3) + height};
  // Nothing behind it can be pressed.
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("fix plan", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel, px(8));
  frame(list, box, c.ctl, px(8), px(1));
  const float left = box.x0 + px(24), right = box.x1 - px(24);
  float y = box.y0 + px(24);
  const std::string what = counted(count, "safe problem", "safe problems");
  text(list, Type::title, {left, y}, c.text, fmt::format("Fix {}?", what));
  y += px(32);
  paragraph(list, Type::row, {left, y}, right - left, c.muted, promise);
  y += said;
  ImGui::SetCursorScreenPos({left, y});
  ImGui::BeginChild("changes", {right - left + px(12), rows});
  ImDrawList* inner = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  float places = px(88);
  for (const PlannedFix& step : plan->steps) places = std::max(places, text_width(Type::code, step.place) + px(24));
  places = std::min(places, px(200));
  for (size_t i = 0; i < count; ++i) {
    const PlannedFix& step = plan->steps[i];
    float at = origin.y + row_height * static_cast<float>(i);
    if (at > box.y1 || at + row_height < box.y0) continue;
    const std::string where = step.place.empty() ? fmt::format("Line {}", step.line) : step.place;
    text_fit(inner, Type::code, {left, at}, b.narrow ? right - left : places - px(12), c.muted, where);
    float x = left + places;
    if (b.narrow) {
      x = left;
      at += px(22);
    }
    const float part = (right - x - px(36)) / 2;
    const float drawn = struck(inner, {x, at}, part, step.before);
    icon(inner, Icon::arrow, {x + drawn + px(10), at + px(2)}, 16, c.muted);
    text_fit(inner, Type::code, {x + drawn + px(36), at}, part, c.code, step.after.empty() ? "(empty)" : step.after);
    ImGui::SetCursorScreenPos({left, at});
    const Touch t = touch(fmt::format("step{}", i).c_str(), {left, at, right, at + px(22)});
    hover_card(t, step.label);
  }
  ImGui::SetCursorScreenPos({left, origin.y + row_height * static_cast<float>(count)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
  const float middle = box.y1 - px(24) - px(button_height) / 2;
  const std::string act = fmt::format("Fix {}", count);
  const ButtonLook doing = {.primary = true, .height = button_height}, cancel = {.key = "Esc", .height = button_height};
  float x = right - button_width(act, doing);
  if (button("fix all", x, middle, act, doing).pressed)
    b.actions.push_back([](Workbench& bench) { bench.carry_out_plan(); });
  x -= button_width("Cancel", cancel) + px(8);
  if (button("cancel", x, middle, "Cancel", cancel).pressed)
    b.actions.push_back([](Workbench& bench) { bench.close_plan(); });
  ImGui::End();
}

}  // namespace iz
