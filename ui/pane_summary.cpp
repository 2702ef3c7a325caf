#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/counts.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

std::string_view word_of(DoseKind kind) {
  switch (kind) {
    case DoseKind::given:
      return "Given here";
    case DoseKind::historical:
      return "History";
    case DoseKind::refused:
      return "Refused";
    case DoseKind::not_given:
      return "Not given";
    case DoseKind::partial:
      return "Partly given";
    case DoseKind::due:
      return "Due";
    case DoseKind::observation:
      return "Observation";
    case DoseKind::unknown:
      break;
  }
  return "Dose";
}

/// How much of what registries measure is there, as bars, with what is not. Returns where it ends.
float draw_completeness(const Workbench& w, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Completeness& complete = w.completeness();
  float y = box.y0;
  for (const auto& [of, label] : {std::pair{Measure::Of::patient, "Patient"}, std::pair{Measure::Of::dose, "Doses"},
                                  std::pair{Measure::Of::given, "Given here"}}) {
    uint32_t all = 0, present = 0;
    std::string without;
    for (size_t i = 0; i < complete.counts().size(); ++i) {
      const Completeness::Count& n = complete.counts()[i];
      const Measure& measure = w.catalogue().measures[i];
      if (measure.of != of) continue;
      all += n.of;
      present += n.present;
      if (n.present == n.of) continue;
      std::string name = measure.name;
      name[0] = static_cast<char>(name[0] | 0x20);
      without += (without.empty() ? "" : ", ") + name;
    }
    if (all == 0) continue;
    if (y == box.y0) {
      y += px(4);
      horizontal(list, box.x0, box.x1, y - px(4), c.line);
      y += px(10);
      text(list, Type::row_bold, {box.x0, y}, c.text, "What registries measure");
      y += px(28);
    }
    const float at = box.x0 + px(box.width() < px(440) ? 92 : 116), wide = std::min(px(160), (box.x1 - at) / 2);
    text(list, Type::row, {box.x0, y}, c.muted, label);
    const Box bar = {at, y + px(5), at + wide, y + px(15)};
    fill(list, bar, c.sunken, px(3));
    fill(list,
         {bar.x0, bar.y0, bar.x0 + std::round(wide * static_cast<float>(present) / static_cast<float>(all)), bar.y1},
         present == all ? c.ok : c.accent, px(3));
    frame(list, bar, c.ctl, px(3), px(1));
    text(list, Type::row, {bar.x1 + px(12), y}, c.text, fmt::format("{} of {}", grouped(present), grouped(all)));
    y += px(24);
    if (!without.empty())
      y += paragraph(list, Type::small, {at, y}, box.x1 - at, c.muted, "Without " + without + ".") + px(4);
  }
  return y;
}

}  // namespace

void draw_count_chips(const Workbench& w, Actions& actions, Box box) {
  const Folded& folded = w.folded();
  const float middle = std::round((box.y0 + box.y1) / 2);
  float x = box.x0 + px(box.height() > px(30) ? 12 : 16);
  if (folded.shown.empty()) {
    const bool checked = w.report().profile != nullptr;
    const bool answer = is_answer(w.message());
    ImDrawList* list = ImGui::GetWindowDrawList();
    x = box.x0 + px(16);
    shape(list, checked && !reports_trouble(w.message()) ? Shape::ok : Shape::unknown, {x, middle - px(8)}, 16);
    text(list, Type::row, {x + px(24), middle - px(10)}, theme().text,
         !checked ? "Not checked: no profile fits this message"
         : answer ? "No problems in the form of this answer"
                  : "No problems found");
    return;
  }
  for (const auto& [severity, count, words] :
       {std::tuple{Severity::error, folded.errors, counted(folded.errors, "error", "errors")},
        std::tuple{Severity::warning, folded.warnings, counted(folded.warnings, "warning", "warnings")},
        std::tuple{Severity::info, folded.infos, fmt::format("{} advice", folded.infos)}}) {
    if (count == 0) continue;
    const Touch t = count_chip(fmt::format("chip{}", static_cast<int>(severity)).c_str(), x, middle, severity, words,
                               true, true, x);
    x += px(8);
    if (!t.pressed) continue;
    for (const Shown& shown : folded.shown) {
      if (w.report().findings[shown.finding].severity != severity) continue;
      actions.push_back(
          [finding = shown.finding](Workbench& bench) { bench.select_finding(static_cast<int>(finding), Pane::side); });
      break;
    }
  }
}

void draw_summary(const Workbench& w, Actions& actions, Box box) {
  const Theme& c = theme();
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("summary", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float left = box.x0 + px(16), right = box.x1 - px(20), label_width = px(box.width() < px(480) ? 92 : 116);
  float y = origin.y + px(16);
  const Summary& summary = w.summary();

  y += paragraph(list, Type::title, {left, y}, right - left, c.text, summary.headline) + px(12);
  draw_count_chips(w, actions, {left - px(16), y, right, y + px(24)});
  y += px(40);

  // Each line leads to its place.
  int id = 0;
  const auto entry = [&](std::string_view label, std::string_view words, const Path& path) {
    const float at = left + label_width;
    const auto lines = wrap(Type::prose, words, right - at);
    const float height = line_height(Type::prose) * static_cast<float>(lines.size());
    const bool here = path.segment != 0 && w.selection().path == path;
    const Box row = {box.x0, y - px(5), box.x1, y + height + px(5)};
    const Touch t = touch(fmt::format("entry{}", id++).c_str(), row);
    row_ground(list, row, here, t.hovered);
    text(list, Type::row, {left, y + px(1)}, c.muted, label);
    float top = y;
    for (std::string_view one : lines) {
      text(list, Type::prose, {at, top}, c.text, one);
      top += line_height(Type::prose);
    }
    y += height + px(10);
    if (t.pressed && path.segment != 0) {
      actions.push_back([path](Workbench& bench) {
        bench.view.focus = Pane::side;
        bench.select_place(path, Pane::side);
      });
    }
  };
  for (const Line& one : summary.lines) entry(one.label, one.text, one.path);
  if (!summary.doses.empty()) {
    y += px(4);
    horizontal(list, left, right, y - px(4), c.line);
    y += px(10);
  }
  for (const Dose& dose : summary.doses) {
    if (y > origin.y + px(20000)) break;
    std::string words = dose.text;
    if (words.empty()) words = std::string(word_of(dose.kind));
    entry(fmt::format("Dose {}", dose.order), words, dose.path);
  }
  y = draw_completeness(w, {left, y, right, y});
  ImGui::SetCursorScreenPos({box.x0, y + px(8)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

}  // namespace iz
