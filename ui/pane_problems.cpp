#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

/// Where a finding comes from: the statement for conformance statements, else the layer.
std::string origin(const Catalogue& catalogue, const Finding& f) {
  const Rule& rule = catalogue.rules[f.rule];
  if (f.kind == Kind::statement && rule.id.starts_with("IZ-")) return rule.id;
  std::string word(to_string(f.layer));
  if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

/// What the counts call a severity.
std::string count_words(const Folded& folded, Severity severity) {
  switch (severity) {
    case Severity::error:
      return counted(folded.errors, "error", "errors");
    case Severity::warning:
      return counted(folded.warnings, "warning", "warnings");
    case Severity::info:
      break;
  }
  return fmt::format("{} advice", folded.infos);
}

uint32_t count_of(const Folded& folded, Severity severity) {
  return severity == Severity::error ? folded.errors : severity == Severity::warning ? folded.warnings : folded.infos;
}

/// The shown finding that another one goes back to.
uint32_t root_of(const Report& report, uint32_t finding) {
  while (report.findings[finding].follows >= 0) finding = static_cast<uint32_t>(report.findings[finding].follows);
  return finding;
}

}  // namespace

std::vector<ProblemsPane::Row> ProblemsPane::make_rows(const Workbench& w) const {
  std::vector<Row> rows;
  const Report& report = w.report();
  for (const Shown& shown : w.folded().shown) {
    if (!w.view.show[static_cast<size_t>(report.findings[shown.finding].severity)]) continue;
    rows.push_back({Row::Kind::finding, shown.finding, shown.follow_ons});
    if (shown.follow_ons == 0) continue;
    rows.push_back({Row::Kind::fold, shown.finding, shown.follow_ons});
    if (!w.view.follow_ons_open.contains(shown.finding)) continue;
    for (uint32_t i = shown.finding + 1; i < report.findings.size(); ++i) {
      if (report.findings[i].follows >= 0 && root_of(report, i) == shown.finding) {
        rows.push_back({Row::Kind::follow_on, i, 0});
      }
    }
  }
  if (!w.folded().not_sent.empty() && w.view.show[2]) {
    rows.push_back({Row::Kind::not_sent, 0, static_cast<uint32_t>(w.folded().not_sent.size())});
    if (w.view.not_sent_open) {
      for (uint32_t finding : w.folded().not_sent) rows.push_back({Row::Kind::follow_on, finding, 0});
    }
  }
  return rows;
}

void ProblemsPane::draw(const Workbench& w, Actions& actions, Box box, float row_height, bool narrow) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, header, w.view.focus == Pane::problems);
  float x = pane_title(list, header, "Problems") + px(10);
  for (Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    if (count_of(w.folded(), severity) == 0) continue;
    const auto index = static_cast<size_t>(severity);
    const Touch t = count_chip(fmt::format("count{}", index).c_str(), x, middle_of(header), severity,
                               count_words(w.folded(), severity), w.view.show[index], false, x);
    hover_card(t, w.view.show[index] ? "Leave these out of the list" : "Show these in the list");
    if (t.pressed) actions.push_back([index](Workbench& bench) { bench.view.show[index] = !bench.view.show[index]; });
    x += px(4);
  }
  if (!narrow && !w.folded().shown.empty()) {
    const float right = header.x1 - px(12), cap = key_cap_width("F8"), word = text_width(Type::small, "Next");
    const Box next = {right - cap - px(6) - word, header.y0 + px(6), right, header.y1 - px(6)};
    if (next.x0 > x) {
      const Touch t = touch("next", next);
      const float y = middle_of(header) - px(10);
      text(list, Type::small, {next.x0, y}, t.hovered ? c.text : c.muted, "Next");
      key_cap(list, right - cap, middle_of(header), "F8");
      hover_card(t, "Next problem after the caret. Shift+F8 goes back.");
      if (t.pressed) actions.push_back([](Workbench& bench) { bench.step_problem(1, Pane::problems); });
    }
  }

  Box body = {box.x0, header.y1, box.x1, box.y1};
  body.y1 -= prediction(w, actions, {box.x0, box.y1 - px(40), box.x1, box.y1});
  const std::vector<Row> rows = make_rows(w);
  float top = body.y0;
  if (w.folded().shown.empty()) {
    // An answer, not an absence: what was checked.
    const Report& report = w.report();
    const float left = body.x0 + px(16);
    float y = body.y0 + px(16);
    const float width = body.width() - px(32);
    if (report.profile == nullptr) {
      text(list, Type::row_bold, {left, y}, c.text, "Nothing was checked.");
      y += px(22);
      y += paragraph(list, Type::row, {left, y}, width, c.muted,
                     "No profile fits this message. The workbench checks updates (VXU), queries (QBP) and their "
                     "answers (ACK, RSP).");
    } else {
      text(list, Type::row_bold, {left, y}, c.text,
           is_answer(w.message()) ? "No problems in the form of this answer." : "No problems found.");
      y += px(22);
      y += paragraph(list, Type::row, {left, y}, width, c.muted,
                     fmt::format("{}, R1.5 + Addendum, {} rules.", report.profile->id, w.catalogue().rules.size()));
    }
    top = y + px(12);
  }
  if (rows.empty()) return;
  ImGui::SetCursorScreenPos({body.x0, top});
  ImGui::BeginChild("problem rows", {body.width(), std::max(px(36), body.y1 - top)});
  const float height = px(narrow ? std::max(row_height, 56.0f) : row_height);
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    for (size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].kind != Row::Kind::finding || static_cast<int>(rows[i].finding) != w.selection().finding) continue;
      const float at = static_cast<float>(i) * height, scroll = ImGui::GetScrollY(), room = body.y1 - top;
      if (at < scroll) ImGui::SetScrollY(at);
      if (at + height > scroll + room) ImGui::SetScrollY(at + height - room);
    }
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = body.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0);
  const auto count = static_cast<int>(rows.size());
  const int first = std::max(0, static_cast<int>(ImGui::GetScrollY() / height));
  const int last = std::min(count, first + static_cast<int>(body.height() / height) + 2);
  for (int i = first; i < last; ++i) {
    const float y = origin.y + static_cast<float>(i) * height;
    ImGui::PushID(i);
    row(w, actions, rows[static_cast<size_t>(i)], {body.x0, y, right, y + height}, narrow);
    ImGui::PopID();
  }
  ImGui::SetCursorScreenPos({origin.x, origin.y + static_cast<float>(count) * height});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

/// What sending the message as it is would lead to. Returns its height; 0 when nothing can be said.
float ProblemsPane::prediction(const Workbench& w, Actions& actions, Box box) {
  if (!w.can_predict() || box.y0 - px(80) < ImGui::GetWindowPos().y) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.sunken);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  const float middle = middle_of(box), y = middle - px(10);
  const std::string_view link = "See the answer";
  const float right = box.x1 - px(16), link_left = right - px(18) - text_width(Type::row, link);
  float x = box.x0 + px(16);
  x += text(list, Type::row_bold, {x, y}, c.text, "If you send this now") + px(12);
  const Touch t = touch("prediction", box);
  const std::string words = prediction_words(w.prediction());
  const std::string shown = shorten(Type::row, words, std::max(px(20), link_left - px(16) - x));
  text(list, Type::row, {x, y}, c.text, shown);
  if (shown != words) hover_card(t, words);
  text(list, Type::row, {link_left, y}, c.accent, link);
  icon(list, Icon::right, {right - px(14), middle - px(7)}, 14, c.accent);
  if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (t.pressed) actions.push_back([](Workbench& bench) { bench.open_prediction(); });
  return box.height();
}

void ProblemsPane::row(const Workbench& w, Actions& actions, const Row& row, Box box, bool narrow) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Touch t = touch("row", box);
  const float middle = middle_of(box);
  float y = middle - px(10);
  const float left = box.x0 + px(16);

  if (row.kind == Row::Kind::fold || row.kind == Row::Kind::not_sent) {
    const bool not_sent = row.kind == Row::Kind::not_sent;
    const bool open = not_sent ? w.view.not_sent_open : w.view.follow_ons_open.contains(row.finding);
    row_ground(list, box, false, t.hovered);
    const float indent = not_sent || narrow ? 0 : px(96);
    icon(list, open ? Icon::down : Icon::right, {left + indent, middle - px(7)}, 14, c.muted);
    const std::string words = not_sent ? not_sent_text(w.folded())
                                       : fmt::format("{} {}", counted(row.count, "follow-on error", "follow-on errors"),
                                                     open ? "" : "folded");
    text_fit(list, Type::row, {left + indent + px(24), y}, box.x1 - left - indent - px(36), c.muted, words);
    if (t.pressed) {
      actions.push_back([not_sent, finding = row.finding](Workbench& bench) {
        bench.view.focus = Pane::problems;
        if (not_sent) {
          bench.view.not_sent_open = !bench.view.not_sent_open;
        } else if (bench.view.follow_ons_open.erase(finding) == 0) {
          bench.view.follow_ons_open.insert(finding);
        }
      });
    }
    return;
  }

  const Finding& f = w.report().findings[row.finding];
  const bool selected = w.selection().finding == static_cast<int>(row.finding);
  row_ground(list, box, selected, t.hovered);
  if (t.pressed) {
    const bool twice = t.twice;
    actions.push_back([twice, finding = row.finding](Workbench& bench) {
      bench.view.focus = Pane::problems;
      bench.select_finding(static_cast<int>(finding), Pane::problems);
      if (twice) bench.edit_place();
    });
  }
  const std::string words = title(w.catalogue(), w.message(), w.report(), f);
  const std::string where = place(w.catalogue(), w.report(), f);
  const bool quiet = row.kind == Row::Kind::follow_on;
  if (narrow) {
    shape(list, shape_of(f.severity), {left, box.y0 + px(10)}, 16);
    text_fit(list, selected ? Type::row_bold : Type::row, {left + px(24), box.y0 + px(8)}, box.x1 - left - px(40),
             c.text, words);
    text_fit(list, Type::code, {left + px(24), box.y0 + px(28)}, box.x1 - left - px(40), c.muted, where);
    return;
  }
  // What there is no room for goes: who fixes, then the origin.
  const bool with_who = box.width() >= px(900), with_tag = box.width() >= px(640);
  const float who_left = box.x1 - (with_who ? px(12 + 132 + 16) : 0), tag_left = who_left - (with_tag ? px(84) : 0),
              place_left = tag_left - px(128);
  if (!quiet) {
    shape(list, shape_of(f.severity), {left, middle - px(8)}, 16);
    text(list, Type::row, {left + px(24), y}, color_of(f.severity), label(f.severity));
  }
  const float title_left = left + px(96), room = place_left - title_left - px(16);
  text_fit(list, selected ? Type::row_bold : Type::row, {title_left, y}, room, quiet ? c.muted : c.text, words);
  if (text_width(Type::row_bold, words) > room) hover_card(t, words);
  text_fit(list, Type::code, {place_left, y}, px(120), c.muted, where);
  if (with_tag) tag(list, tag_left, middle, origin(w.catalogue(), f), px(80));
  if (with_who)
    text_fit(list, Type::small, {who_left, y}, px(144), c.muted, label(who_fixes(w.catalogue(), w.report(), f)));
}

bool ProblemsPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  switch (press.key) {
    case Key::up:
      w.step_problem(-1, Pane::problems);
      return true;
    case Key::down:
      w.step_problem(1, Pane::problems);
      return true;
    case Key::home:
    case Key::end:
      w.set_caret(press.key == Key::home ? 0 : static_cast<uint32_t>(w.text().size()), false, Pane::problems);
      w.step_problem(press.key == Key::home ? 1 : -1, Pane::problems);
      return true;
    case Key::enter:
      if (w.selection().finding >= 0) w.edit_place();
      return true;
    case Key::left:
    case Key::right:
      if (w.selection().finding >= 0) {
        const auto finding = static_cast<uint32_t>(w.selection().finding);
        if (press.key == Key::right) {
          w.view.follow_ons_open.insert(finding);
        } else {
          w.view.follow_ons_open.erase(finding);
        }
      }
      return true;
    default:
      return false;
  }
}

}  // namespace iz
