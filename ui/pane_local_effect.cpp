// What the open message has from a local profile: findings and answer beside the national ones, the text, the answer.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/counts.h"
#include "core/local_edit.h"
#include "ui/pane_local.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

/// "1 error, 2 warnings"
std::string counts_words(const std::array<uint32_t, 3>& counts) {
  std::string out;
  const auto add = [&](uint32_t n, std::string_view one, std::string_view many) {
    if (n == 0) return;
    if (!out.empty()) out += ", ";
    out += counted(n, one, many);
  };
  add(counts[0], "error", "errors");
  add(counts[1], "warning", "warnings");
  add(counts[2], "advice", "advice");
  return out.empty() ? "no findings" : out;
}

/// Before and after, with an arrow between; on two lines where there is no room.
void change_words(ImDrawList* list, Box box, std::string_view head, const std::string& was, const std::string& is) {
  const Theme& c = theme();
  const float x = box.x0 + px(16), room = box.width() - px(32);
  text(list, Type::small, {x, box.y0 + px(10)}, c.muted, head);
  const float y = box.y0 + px(32);
  if (was == is) {
    text_fit(list, Type::row_bold, {x, y}, room, c.text, was + ", as nationally");
    return;
  }
  const float before = text_width(Type::row, was);
  if (before + px(32) + text_width(Type::row_bold, is) <= room) {
    text(list, Type::row, {x, y}, c.muted, was);
    icon(list, Icon::arrow, {x + before + px(8), y + px(4)}, 12, c.muted);
    text(list, Type::row_bold, {x + before + px(28), y}, c.text, is);
    return;
  }
  text_fit(list, Type::row, {x, y - px(4)}, room, c.muted, was);
  icon(list, Icon::arrow, {x, y + px(20)}, 12, c.muted);
  text_fit(list, Type::row_bold, {x + px(20), y + px(16)}, room - px(20), c.text, is);
}

}  // namespace

void LocalEffectPane::draw(const BarContext& b, Box box, float row_height, EditorPane& editor) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, header, w.view.focus == Pane::beside);
  const float title_end = pane_title(list, header, "Effect on the open message");
  const float middle = std::round((header.y0 + header.y1) / 2);
  if (w.empty() || w.local() < 0) {
    const float y = header.y1 + px(16), x = box.x0 + px(16);
    paragraph(list, Type::row, {x, y}, box.width() - px(32), c.muted,
              w.local() < 0 ? "Once a profile is open, this shows what it changes for the message in work."
                            : "Paste a message, or open an example, to see what this profile makes of it.");
    if (w.local() >= 0 &&
        bar_item(b, button("example", x, y + px(48), "Open an example", {.icon = Icon::flask})).pressed)
      b.actions.push_back([](Workbench& bench) { bench.open_over(Over::gallery); });
    return;
  }
  const Document& d = w.documents()[w.current()];
  text_fit(list, Type::code, {title_end + px(12), middle - px(10)}, header.x1 - px(16) - title_end - px(12), c.muted,
           fmt::format("{} {}", d.type, d.control_id));

  const LocalImpact& impact = w.local_impact();
  const bool narrow = box.width() < px(520);
  float y = header.y1;
  const float tall = px(72);
  if (narrow) {
    change_words(list, {box.x0, y, box.x1, y + tall}, "Findings", counts_words(impact.was), counts_words(impact.is));
    y += tall;
    if (!impact.answer_is.empty()) {
      change_words(list, {box.x0, y, box.x1, y + tall}, "Predicted answer", impact.answer_was, impact.answer_is);
      y += tall;
    }
  } else {
    const float half = std::round((box.x0 + box.x1) / 2);
    change_words(list, {box.x0, y, half, y + tall}, "Findings", counts_words(impact.was), counts_words(impact.is));
    vertical(list, half, y, y + tall, c.line);
    if (!impact.answer_is.empty())
      change_words(list, {half, y, box.x1, y + tall}, "Predicted answer", impact.answer_was, impact.answer_is);
    y += tall;
  }
  horizontal(list, box.x0, box.x1, y, c.line);
  y += px(1);

  // Which findings are otherwise.
  const float height = px(row_height);
  const float here_x = box.x0 + px(16 + 124), title_x = here_x + px(108);
  const float rows_room = std::min(static_cast<float>(impact.rows.size()), 5.0f) * height;
  if (!impact.rows.empty()) {
    if (!narrow) text(list, Type::small, {box.x0 + px(16), y + px(4)}, c.muted, "National");
    text(list, Type::small, {narrow ? box.x0 + px(16) : here_x, y + px(4)}, c.muted, "Here");
    text(list, Type::small, {narrow ? box.x0 + px(16 + 100) : title_x, y + px(4)}, c.muted, "Finding");
    text_right(list, Type::small, {box.x1 - px(16), y + px(4)}, c.muted, "Place");
    y += px(28);
    horizontal(list, box.x0, box.x1, y - px(1), c.line);
    ImGui::SetCursorScreenPos({box.x0, y});
    ImGui::BeginChild("effects", {box.width(), rows_room});
    ImDrawList* rows = ImGui::GetWindowDrawList();
    const float top = ImGui::GetCursorScreenPos().y;
    const std::string& chosen = w.view.local.chosen ? subject(w.view.local.draft) : std::string();
    for (size_t i = 0; i < impact.rows.size(); ++i) {
      const LocalImpact::Row& r = impact.rows[i];
      const float at = top + static_cast<float>(i) * height;
      const Box one = {box.x0, at, box.x1, at + height};
      if (!ImGui::IsRectVisible({one.x0, one.y0}, {one.x1, one.y1})) continue;
      ImGui::PushID(static_cast<int>(i));
      const Touch t = touch("effect", one);
      ImGui::PopID();
      const bool here = w.view.focus == Pane::beside ? static_cast<int>(i) == w.view.local.effect
                                                     : !r.about.empty() && r.about == chosen;
      row_ground(rows, one, here, t.hovered);
      horizontal(rows, one.x0, one.x1, one.y1 - px(1), c.line);
      const float line = std::round(at + height / 2) - px(10);
      if (!narrow) {
        severity_words(rows, {box.x0 + px(16), line}, r.national, "none", c.muted);
        icon(rows, Icon::arrow, {here_x - px(24), line + px(4)}, 12, c.muted);
      }
      severity_words(rows, {narrow ? box.x0 + px(16) : here_x, line}, r.here, "none", c.text, Type::row_bold);
      const float left = narrow ? box.x0 + px(16 + 100) : title_x;
      const float place = std::min(text_width(Type::code, r.place), px(140));
      text_fit(rows, Type::row, {left, line}, one.x1 - px(28) - place - left, c.text, r.title);
      text_fit(rows, Type::code, {one.x1 - px(16) - place, line}, place + px(1), c.muted, r.place);
      hover_card(t, r.title);
      if (t.pressed) {
        b.actions.push_back([is = r.is, i](Workbench& bench) {
          bench.view.focus = Pane::beside;
          bench.view.local.effect = static_cast<int>(i);
          bench.select_finding(is, Pane::beside);
        });
      }
    }
    ImGui::SetCursorScreenPos({box.x0, top + static_cast<float>(impact.rows.size()) * height});
    ImGui::Dummy({0, 0});
    ImGui::EndChild();
    y += rows_room;
  } else {
    text_fit(list, Type::row, {box.x0 + px(16), y + px(8)}, box.width() - px(32), c.muted,
             "This message has the same findings as nationally.");
    y += px(36);
  }

  // The answer at the lower end, the text between.
  const float foot_width = box.width() - px(32);
  float foot = 0;
  std::vector<std::string> lines;
  if (!impact.ack.empty()) {
    for (size_t from = 0; from < impact.ack.size();) {
      const size_t end = std::min(impact.ack.find('\r', from), impact.ack.size());
      const std::string segment = impact.ack.substr(from, end - from);
      if (!segment.starts_with("MSH"))
        for (const std::string_view part : wrap(Type::code, segment, foot_width)) lines.emplace_back(part);
      from = end + 1;
    }
    foot = std::min(px(44) + px(20) * static_cast<float>(lines.size()), (box.y1 - y) * 0.45f);
  }
  const Box text_box = {box.x0, y, box.x1, box.y1 - foot};
  if (text_box.height() > px(120)) editor.draw(w, b.actions, text_box, narrow);
  if (foot <= 0) return;
  const Box answer = {box.x0, box.y1 - foot, box.x1, box.y1};
  fill(list, answer, c.sunken);
  horizontal(list, answer.x0, answer.x1, answer.y0, c.line);
  text(list, Type::row_bold, {answer.x0 + px(16), answer.y0 + px(10)}, c.text, "The answer this registry would send");
  ImGui::SetCursorScreenPos({answer.x0, answer.y0 + px(36)});
  ImGui::BeginChild("local answer", {answer.width(), answer.height() - px(36)});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  for (size_t i = 0; i < lines.size(); ++i)
    text(ImGui::GetWindowDrawList(), Type::code, {answer.x0 + px(16), at.y + px(20) * static_cast<float>(i)}, c.text,
         lines[i]);
  ImGui::SetCursorScreenPos({answer.x0, at.y + px(20) * static_cast<float>(lines.size())});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

bool LocalEffectPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt || w.empty() || w.local() < 0) return false;
  const auto& rows = w.local_impact().rows;
  LocalView& v = w.view.local;
  const auto to = list_row(press.key, v.effect, static_cast<int>(rows.size()), 5);
  if (!to) return false;
  v.effect = *to;
  w.select_finding(rows[static_cast<size_t>(*to)].is, Pane::beside);
  return true;
}

}  // namespace iz
