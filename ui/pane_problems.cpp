#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/commands.h"
#include "ui/pane_fixes.h"
#include "ui/panes.h"
#include "ui/text_field.h"
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

}  // namespace

void ProblemsPane::make_rows(const Workbench& w) {
  const View& v = w.view;
  Made made = {&w,
               w.change(),
               {v.show[0], v.show[1], v.show[2]},
               v.not_sent_open,
               v.changes_open,
               v.order,
               v.plain_words,
               v.typed("problems"),
               v.follow_ons_open};
  if (made == made_) return;
  made_ = std::move(made);
  rows_ = problem_rows(w);
}

/// Title, counts, and as far as there is room: the order, a filter, the next one. Returns what is left for the rows.
Box ProblemsPane::header(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box bar = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, bar, w.view.focus == Pane::problems);
  const float middle = middle_of(bar);
  float x = pane_title(list, bar, "Problems") + px(10);
  for (Severity severity : {Severity::error, Severity::warning, Severity::info}) {
    if (count_of(w.folded(), severity) == 0) continue;
    const auto index = static_cast<size_t>(severity);
    const Touch t = count_chip(fmt::format("count{}", index).c_str(), x, middle, severity,
                               count_words(w.folded(), severity), w.view.show[index], false, x);
    hover_card(t, w.view.show[index] ? "Leave these out of the list" : "Show these in the list");
    if (t.pressed) b.actions.push_back([index](Workbench& bench) { bench.view.show[index] = !bench.view.show[index]; });
    x += px(4);
  }
  if (w.folded().shown.empty()) return {box.x0, bar.y1, box.x1, box.y1};
  x += px(12);
  Box rest = {box.x0, bar.y1, box.x1, box.y1};
  Box line = bar;  // of filter and order
  float right = bar.x1 - px(12);
  if (b.narrow) {
    line = {box.x0, bar.y1, box.x1, bar.y1 + px(44)};
    horizontal(list, line.x0, line.x1, line.y1 - px(1), c.line);
    rest.y0 = line.y1;
    x = line.x0 + px(12);
  } else if (const float cap = key_cap_width("F8"), word = text_width(Type::small, "Next");
             right - cap - px(6) - word > x) {
    const Box next = {right - cap - px(6) - word, bar.y0 + px(6), right, bar.y1 - px(6)};
    const Touch t = touch("next", next);
    text(list, Type::small, {next.x0, middle - px(10)}, t.hovered ? c.text : c.muted, "Next");
    key_cap(list, right - cap, middle, "F8");
    hover_card(t, "Next problem after the caret. Shift F8 goes back.");
    if (t.pressed) b.actions.push_back([](Workbench& bench) { bench.step_problem(1, Pane::problems); });
    right = next.x0 - px(16);
  }
  const float at = middle_of(line), height = b.narrow ? 16 : 14;
  const std::string_view order = label(w.view.order);
  const float order_width = std::round(text_width(Type::small, order)) + px(20);
  const bool with_order = right - px(112) - px(16) - order_width > x;
  const float field = std::min(px(b.narrow ? 400 : 152), right - x - (with_order ? order_width + px(16) : 0));
  if (field > px(80)) {
    text_field(w, b.actions, "problems", {right - field, at - px(height), right, at + px(height)}, "Filter",
               Icon::filter);
    right -= field + px(16);
  }
  if (with_order) {
    const Box box_of_order = {right - order_width, line.y0 + px(4), right, line.y1 - px(4)};
    const Touch t = touch("order", box_of_order);
    text(list, Type::small, {box_of_order.x0, at - px(10)}, t.hovered ? c.text : c.muted, order);
    icon(list, Icon::down, {right - px(14), at - px(7)}, 14, c.muted);
    if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    std::vector<MenuItem> items;
    for (ProblemOrder by : {ProblemOrder::message, ProblemOrder::rule, ProblemOrder::segment, ProblemOrder::who}) {
      items.push_back(
          {std::string(label(by)), "", w.view.order == by, [by](Workbench& bench) { bench.view.order = by; }});
    }
    items.push_back({"In plain words", "", w.view.plain_words,
                     [](Workbench& bench) { bench.view.plain_words = !bench.view.plain_words; }});
    const bool follows = w.view.follow[static_cast<size_t>(Pane::problems)];
    items.push_back({"Follow the current place", "", follows,
                     [follows](Workbench& bench) { bench.set_follow(Pane::problems, !follows); }});
    menu(b, "orders", t.pressed, box_of_order, items);
  }
  return rest;
}

/// Nothing to list is an answer, too: what was checked. Returns its height.
float ProblemsPane::nothing(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Report& report = b.w.report();
  const float left = box.x0 + px(16), width = box.width() - px(32);
  float y = box.y0 + px(16);
  std::string_view words = "No problems found.";
  std::string more;
  if (report.profile == nullptr) {
    words = "Nothing was checked.";
    more =
        "No profile fits this message. The workbench checks updates (VXU), queries (QBP) and their "
        "answers (ACK, RSP).";
  } else {
    if (is_answer(b.w.message())) words = "No problems in the form of this answer.";
    more = fmt::format("{}, R1.5 + Addendum, {} rules.", report.profile->id, b.w.catalogue().rules.size());
  }
  text(list, Type::row_bold, {left, y}, c.text, words);
  y += px(22);
  y += paragraph(list, Type::row, {left, y}, width, c.muted, more);
  return y + px(12) - box.y0;
}

void ProblemsPane::draw(const BarContext& b, Box box, float row_height) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  Box body = header(b, box);
  body.y1 -= prediction(b, {box.x0, body.y0, box.x1, box.y1});
  area_ = body;
  make_rows(w);
  float top = body.y0;
  if (!w.problem_change().empty()) {
    // It stays in sight while the list is scrolled.
    const Box line = {body.x0, top, body.x1, top + px(row_height < 44 ? 28 : row_height)};
    folding_row(b, {.kind = ProblemRow::Kind::change}, line);
    top = body.y0 = line.y1;
  }
  const bool changes = w.view.changes_open && !w.problem_change().empty();
  if (changes) {
    // Nothing else is listed.
  } else if (w.folded().shown.empty()) {
    top += nothing(b, body);
  } else if (w.listed().empty()) {
    const float left = body.x0 + px(16);
    text(list, Type::row_bold, {left, top + px(12)}, c.text, "No problem is left by the filter.");
    const std::string_view link = "Show all of them";
    const Box place = {left, top + px(34), left + text_width(Type::row, link), top + px(54)};
    const Touch t = touch("show all", place);
    text(list, Type::row, {place.x0, place.y0}, c.accent, link);
    if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (t.pressed) {
      b.actions.push_back([](Workbench& bench) {
        bench.view.fields.erase("problems");
        for (bool& shown : bench.view.show) shown = true;
      });
    }
    top += px(66);
  }
  if (rows_.empty()) return;
  ImGui::SetCursorScreenPos({body.x0, top});
  ImGui::BeginChild("problem rows", {body.width(), std::max(px(36), body.y1 - top)});
  const float tall = px(b.narrow ? std::max(row_height, 56.0f) : row_height);
  const auto height_of = [&](const ProblemRow& row) {
    return row.kind == ProblemRow::Kind::group && row_height < 44 ? px(28) : row.problem() ? tall : px(row_height);
  };
  std::vector<float> tops;
  float content = 0;
  for (const ProblemRow& one : rows_) {
    tops.push_back(content);
    content += height_of(one);
  }
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    for (size_t i = 0; i < rows_.size() && w.view.follow[static_cast<size_t>(Pane::problems)]; ++i) {
      if (!rows_[i].problem() || static_cast<int>(rows_[i].finding) != w.selection().finding) continue;
      const float scroll = ImGui::GetScrollY(), room = body.y1 - top;
      if (tops[i] < scroll) ImGui::SetScrollY(tops[i]);
      if (tops[i] + tall > scroll + room) ImGui::SetScrollY(tops[i] + tall - room);
      break;
    }
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = body.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0), scroll = ImGui::GetScrollY();
  const auto first = std::upper_bound(tops.begin(), tops.end(), scroll) - tops.begin();
  const bool due = std::exchange(menu_due_, false);
  Box current = {body.x0, body.y0, right, body.y0};
  for (size_t i = first > 0 ? static_cast<size_t>(first) - 1 : 0; i < rows_.size(); ++i) {
    const float y = origin.y + tops[i];
    if (y > body.y1) break;
    ImGui::PushID(static_cast<int>(i));
    const Box place = {body.x0, y, right, y + height_of(rows_[i])};
    if (rows_[i].problem()) {
      if (static_cast<int>(rows_[i].finding) == w.selection().finding) current = place;
      row(b, rows_[i], place);
    } else {
      folding_row(b, rows_[i], place);
    }
    ImGui::PopID();
  }
  const bool asked = w.view.context_menu && w.view.focus == Pane::problems && w.selection().finding >= 0;
  if (asked) b.actions.push_back([](Workbench& bench) { bench.view.context_menu = false; });
  context_menu(b, current, asked || due);
  ImGui::SetCursorScreenPos({origin.x, origin.y + content});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

/// The menu of the current problem: a right click, a long press, Shift F10.
void ProblemsPane::context_menu(const BarContext& b, Box row, bool open) {
  if (open) menu_at_ = menu_place(b, row);
  std::vector<MenuItem> items;
  for (std::string_view id : {"copy.problem", "copy.mail", "copy.path", "copy.value", "rule.page"}) {
    items.push_back(menu_item(b, id));
  }
  items.push_back({"Edit the value", "Enter", false, [](Workbench& bench) { bench.edit_place(); }});
  menu(b, "problem menu", open, menu_at_, items);
}

/// A row that opens others, or names them.
void ProblemsPane::folding_row(const BarContext& b, const ProblemRow& row, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = middle_of(box), y = middle - px(10), left = box.x0 + px(16), right = box.x1 - px(12);
  using K = ProblemRow::Kind;
  if (row.kind == K::group) {
    fill(list, box, c.sunken);
    const std::string count = fmt::format("{}", row.count);
    text_right(list, Type::code, {right, y}, c.muted, count);
    const float room = right - px(48) - left;
    const float more = std::min(text_width(Type::code, row.more), room / 3);
    const float used = text_fit(list, Type::row_bold, {left, y}, room - more - px(12), c.text, row.words);
    text_fit(list, Type::code, {left + used + px(12), y}, more + px(1), c.muted, row.more);
    return;
  }
  const Touch t = touch("row", box);
  if (row.kind == K::gone) {
    const ProblemChange::Gone& gone = w.problem_change().gone[row.count];
    row_ground(list, box, false, false);
    icon(list, Icon::check, {left, middle - px(8)}, 16, c.ok);
    text(list, Type::row, {left + px(24), y}, c.muted, "Gone");
    const float start = left + px(b.narrow ? 72 : 96);
    text_fit(list, Type::row, {start, y}, right - px(b.narrow ? 8 : 128) - start, c.muted, gone.title);
    if (!b.narrow) text_fit(list, Type::code, {right - px(120), y}, px(120), c.muted, gone.place);
    return;
  }
  bool open = false;
  std::string words;
  float indent = 0;
  if (row.kind == K::change) {
    open = w.view.changes_open;
    fill(list, box, t.hovered ? c.hover : c.sunken);
  } else {
    row_ground(list, box, false, t.hovered);
    open = row.kind == K::not_sent ? w.view.not_sent_open : w.view.follow_ons_open.contains(row.finding);
    if (row.kind == K::fold && !b.narrow) indent = px(96);
    words = row.kind == K::not_sent
                ? not_sent_text(w.folded())
                : fmt::format("{}{}", counted(row.count, "follow-on error", "follow-on errors"), open ? "" : " folded");
  }
  icon(list, open ? Icon::down : Icon::right, {left + indent, middle - px(7)}, 14, c.muted);
  float x = left + indent + px(24);
  if (row.kind == K::change) {
    x += text(list, Type::small, {x, y}, c.muted, "Your last edit") + px(8);
    x += text_fit(list, Type::small_bold, {x, y}, right - x, c.text, change_words(w.problem_change())) + px(8);
    if (open && x < right)
      text_fit(list, Type::small, {x, y}, right - x, c.muted, "Only this is listed; press to list all.");
  } else {
    text_fit(list, Type::row, {x, y}, right - x, c.muted, words);
  }
  if (t.pressed) {
    b.actions.push_back([kind = row.kind, finding = row.finding](Workbench& bench) {
      bench.view.focus = Pane::problems;
      if (kind == K::change) {
        bench.view.changes_open = !bench.view.changes_open;
      } else if (kind == K::not_sent) {
        bench.view.not_sent_open = !bench.view.not_sent_open;
      } else if (bench.view.follow_ons_open.erase(finding) == 0) {
        bench.view.follow_ons_open.insert(finding);
      }
    });
  }
}

void ProblemsPane::row(const BarContext& b, const ProblemRow& row, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = middle_of(box), y = middle - px(10), left = box.x0 + px(16);
  const Finding& f = w.report().findings[row.finding];
  // Where there is room, the right end is the button of its fixes.
  const bool fixable = !b.narrow && !w.fixes_of(static_cast<int>(row.finding)).empty();
  const float whole_right = box.x1;
  const Touch t = touch("row", {box.x0, box.y0, box.x1 - (fixable ? px(76) : 0), box.y1});
  const bool selected = w.selection().finding == static_cast<int>(row.finding);
  if (wants_menu(t)) {
    b.actions.push_back([finding = row.finding](Workbench& bench) {
      bench.view.focus = Pane::problems;
      bench.select_finding(static_cast<int>(finding), Pane::problems);
    });
    menu_due_ = true;
  }
  row_ground(list, box, selected, t.hovered);
  if (!b.narrow) box.x1 -= px(64);
  if (fixable) draw_fix_button(b, row.finding, whole_right - px(12), middle);
  if (t.pressed) {
    const bool twice = t.twice;
    b.actions.push_back([twice, finding = row.finding](Workbench& bench) {
      bench.view.focus = Pane::problems;
      bench.select_finding(static_cast<int>(finding), Pane::problems);
      if (twice) bench.edit_place();
    });
  }
  const std::string words = w.headline(f);
  const std::string where = place(w.catalogue(), w.report(), f);
  const bool quiet = row.kind == ProblemRow::Kind::follow_on;
  if (b.narrow) {
    shape(list, shape_of(f.severity), {left, box.y0 + px(10)}, 16);
    text_fit(list, selected ? Type::row_bold : Type::row, {left + px(24), box.y0 + px(8)}, box.x1 - left - px(40),
             c.text, words);
    text_fit(list, Type::code, {left + px(24), box.y0 + px(28)}, box.x1 - left - px(40), c.muted, where);
    return;
  }
  // What there is no room for goes: who fixes, then the origin.
  const bool with_who = box.width() >= px(836), with_tag = box.width() >= px(576);
  const float who_left = box.x1 - (with_who ? px(12 + 132 + 16) : 0), tag_left = who_left - (with_tag ? px(84) : 0),
              place_left = tag_left - px(128);
  if (!quiet) {
    shape(list, shape_of(f.severity), {left, middle - px(8)}, 16);
    text(list, Type::row, {left + px(24), y}, color_of(f.severity), row.fresh ? "New" : label(f.severity));
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
  make_rows(w);
  // In groups the arrows go from row to row, in message order on from the caret.
  const auto by_row = [&](int direction) {
    const auto count = static_cast<int>(rows_.size());
    int at = -1;
    for (int i = 0; i < count && w.selection().finding >= 0; ++i) {
      const ProblemRow& one = rows_[static_cast<size_t>(i)];
      if (one.problem() && static_cast<int>(one.finding) == w.selection().finding) at = i;
    }
    if (at < 0 && direction < 0) at = count;
    for (int i = at + direction; i >= 0 && i < count; i += direction) {
      if (!rows_[static_cast<size_t>(i)].problem()) continue;
      return w.select_finding(static_cast<int>(rows_[static_cast<size_t>(i)].finding), Pane::problems);
    }
  };
  const bool grouped = w.view.order != ProblemOrder::message || (w.view.changes_open && !w.problem_change().empty());
  switch (press.key) {
    case Key::up:
    case Key::down: {
      const int direction = press.key == Key::up ? -1 : 1;
      if (grouped) {
        by_row(direction);
      } else {
        w.step_problem(direction, Pane::problems);
      }
      return true;
    }
    case Key::home:
    case Key::end:
      w.set_caret(press.key == Key::home ? 0 : static_cast<uint32_t>(w.text().size()), false, Pane::problems);
      if (grouped) {
        by_row(press.key == Key::home ? 1 : -1);
      } else {
        w.step_problem(press.key == Key::home ? 1 : -1, Pane::problems);
      }
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
