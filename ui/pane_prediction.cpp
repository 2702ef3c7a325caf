// "If you send this now": what a registry that follows the guide would do with the message, and why, step by step.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {

/// At the lower end of the list of problems. Returns its height; 0 when nothing can be said or there is no room.
float ProblemsPane::prediction(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  // Until it is worked out anew, what was so before stands there in muted words.
  const bool due = w.prediction_due();
  if (!due) predicted_ = w.can_predict() ? prediction_words(w.prediction()) : std::string();
  if (predicted_.empty() || box.height() < px(76)) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  static const Prediction none;
  const Prediction& p = due ? none : w.prediction();
  const bool open = w.view.prediction_open;
  const std::string& words = predicted_;
  const ImU32 ink = due ? c.muted : c.text;
  const float width = box.width() - px(32 + 12);
  const std::string_view title_words = "If you send this now", link = b.narrow ? "Answer" : "See the answer";
  const float right = box.x1 - px(16), link_left = right - px(18) - text_width(Type::row, link);
  // In a narrow window the sentence has a line of its own.
  const float said_x = b.narrow ? box.x0 + px(40) : box.x0 + px(16 + 24 + 12) + text_width(Type::row_bold, title_words);
  const float room = (b.narrow ? box.x1 : link_left) - px(16) - said_x;
  const std::string shown = shorten(Type::row, words, std::max(px(20), room));
  // What the steps stand under: the whole sentence, or that there is no step.
  std::string below = shown == words ? "" : words;
  if (below.empty() && p.faults.empty()) {
    below = due || p.outcome.query ? words : "Nothing in this message would be left out.";
  }
  // Each step with its reason; the list takes no more room than it has to say.
  struct Step {
    std::string why;
    float height = 0;
  };
  std::vector<Step> steps_of;
  float content = px(8);
  if (!below.empty()) {
    content += line_height(Type::row) * static_cast<float>(wrap(Type::row, below, width).size()) + px(8);
  }
  for (const PredictedFault& fault : p.faults) {
    if (!open) break;
    Step& step = steps_of.emplace_back();
    step.why = fault_words(p, fault);
    const size_t lines = wrap(Type::row, step.why, width - px(24)).size();
    step.height = px(8) + px(20) + line_height(Type::row) * static_cast<float>(lines) + px(4);
    content += step.height;
  }
  const float bar = px(b.narrow ? 60 : 40);
  const float steps = open ? std::round(std::min({box.height() * 0.75f, px(360), bar + content + px(8)}) - bar) : 0;
  const Box line = {box.x0, box.y1 - bar - steps, box.x1, box.y1 - steps};
  fill(list, line, c.sunken);
  horizontal(list, line.x0, line.x1, line.y0, c.line);
  const float middle = b.narrow ? line.y0 + px(20) : std::round((line.y0 + line.y1) / 2), y = middle - px(10);
  const Touch see = touch("see the answer", {link_left - px(8), line.y0, line.x1, line.y1});
  const Touch t = touch("prediction", {line.x0, line.y0, link_left - px(8), line.y1});
  if (t.hovered) fill(list, {line.x0, line.y0 + px(1), link_left - px(8), line.y1}, c.hover);
  float x = line.x0 + px(16);
  icon(list, open ? Icon::down : Icon::right, {x, middle - px(7)}, 14, c.muted);
  x += px(24);
  text(list, Type::row_bold, {x, y}, c.text, title_words);
  const ImVec2 at = {said_x, b.narrow ? y + px(22) : y};
  if (room > px(60)) text(list, Type::row, at, ink, shown);
  if (shown != words && !open) hover_card(t, words);
  text(list, Type::row, {link_left, y}, c.accent, link);
  icon(list, Icon::right, {right - px(14), middle - px(7)}, 14, c.accent);
  if (t.hovered || see.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (see.pressed) b.actions.push_back([](Workbench& bench) { bench.open_prediction(); });
  if (t.pressed) {
    b.actions.push_back([](Workbench& bench) { bench.view.prediction_open = !bench.view.prediction_open; });
  }
  if (!open) return bar;

  const Box body = {box.x0, line.y1, box.x1, box.y1};
  fill(list, body, c.panel);
  horizontal(list, body.x0, body.x1, body.y0, c.line);
  ImGui::SetCursorScreenPos({body.x0, body.y0 + px(1)});
  ImGui::BeginChild("steps", {body.width(), body.height() - px(1)});
  list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float left = body.x0 + px(16);
  float top = origin.y + px(8);
  if (!below.empty()) top += paragraph(list, Type::row, {left, top}, width, ink, below) + px(8);
  for (size_t i = 0; i < p.faults.size(); ++i) {
    const PredictedFault& fault = p.faults[i];
    const bool known = fault.finding >= 0 && static_cast<size_t>(fault.finding) < w.report().findings.size();
    const float height = steps_of[i].height;
    const Box place = {body.x0, top, body.x1 - px(12), top + height};
    if (place.y1 > body.y0 && place.y0 < body.y1) {
      ImGui::PushID(static_cast<int>(i));
      const Touch step = touch("step", place);
      ImGui::PopID();
      row_ground(list, place, known && fault.finding == w.selection().finding, step.hovered && known);
      std::string name = "The birth date lies after the day of the message";
      Severity severity = Severity::error;
      if (known) {
        const Finding& f = w.report().findings[static_cast<size_t>(fault.finding)];
        name = w.headline(f);
        severity = f.severity;
      }
      shape(list, shape_of(severity), {left, top + px(7)}, 14);
      const std::string where = to_string(fault.path);
      const float where_width = std::min(text_width(Type::code, where), width / 3);
      text_fit(list, Type::row_bold, {left + px(24), top + px(4)}, width - px(40) - where_width, c.text, name);
      text_fit(list, Type::code, {left + width - where_width, top + px(4)}, where_width + px(1), c.muted, where);
      paragraph(list, Type::row, {left + px(24), top + px(26)}, width - px(24), c.muted, steps_of[i].why);
      if (step.pressed && known) {
        b.actions.push_back([finding = fault.finding](Workbench& bench) {
          bench.view.focus = Pane::problems;
          bench.select_finding(finding, Pane::bars);
        });
      }
    }
    top += height;
  }
  ImGui::SetCursorScreenPos({origin.x, top + px(8)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
  return bar + steps;
}

}  // namespace iz
