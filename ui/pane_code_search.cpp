// Search over all tables: the field keeps the keyboard, the arrows move in the hits, Enter opens a page.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/pane_codes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr std::array<std::pair<CodeFilter, std::string_view>, 6> filters = {{{CodeFilter::all, "All"},
                                                                             {CodeFilter::cvx, "CVX"},
                                                                             {CodeFilter::ndc, "NDC"},
                                                                             {CodeFilter::mvx, "MVX"},
                                                                             {CodeFilter::vis, "VIS"},
                                                                             {CodeFilter::other, "HL7 tables"}}};

/// A code that has its own column before the name.
bool is_short(std::string_view code) { return code.size() <= 4; }

}  // namespace

const std::vector<CodeHit>& CodeSearchPane::hits(const Workbench& w) {
  const std::string& typed = w.view.typed(code_field);
  const CodeFilter filter = w.view.codes.filter;
  if (seen_catalogue_ == w.catalogue_change() && seen_text_ == typed && seen_filter_ == filter) return hits_;
  restart_ = seen_catalogue_ != 0;
  seen_catalogue_ = w.catalogue_change();
  seen_text_ = typed;
  seen_filter_ = filter;
  hits_ = find_codes(w.catalogue(), w.code_search(), typed, filter);
  return hits_;
}

void CodeSearchPane::draw(const Workbench& w, Actions& actions, Box box, float row_height) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const bool focused = w.view.focus == Pane::codes;
  const std::vector<CodeHit>& found = hits(w);
  if (restart_) {
    restart_ = false;
    actions.push_back([](Workbench& bench) {
      bench.view.codes.row = 0;
      ++bench.view.codes.reveal;
    });
  }

  // The field takes anything: a code, a name, a National Drug Code, what a scanner types.
  const Box field = {box.x0 + px(16), box.y0 + px(12), box.x1 - px(16), box.y0 + px(48)};
  const Box whole = box;  // a click on a hit leaves the field the keyboard
  text_field(w, actions, code_field, field, "Code, name, NDC or bar code", Icon::search, Type::prose, &whole);

  // Filter and count.
  std::vector<std::string_view> names;
  int chosen = -1;
  const bool tight = box.width() < px(400);
  for (const auto& [filter, name] : filters) {
    if (filter == w.view.codes.filter) chosen = static_cast<int>(names.size());
    names.push_back(tight && filter == CodeFilter::other ? "HL7" : name);
  }
  const float middle = field.y1 + px(8 + 14);
  const float switch_right = box.x0 + px(16) + segmented_width(names);
  const int pressed = segmented("code filter", switch_right, middle, names, chosen);
  if (pressed >= 0) {
    actions.push_back([to = filters[static_cast<size_t>(pressed)].first](Workbench& bench) { bench.filter_codes(to); });
  }
  const std::string count = counted(found.size(), "code", "codes");
  if (box.x1 - px(16) - text_width(Type::small, count) > switch_right + px(8)) {
    text_right(list, Type::small, {box.x1 - px(16), middle - px(10)}, c.muted, count);
  }

  const float foot = px(32);
  const Box rows = {box.x0, middle + px(14 + 8), box.x1, box.y1 - foot};
  horizontal(list, rows.x0, rows.x1, rows.y0, c.line);
  const float height = std::max(px(52), px(row_height));
  page_ = std::max(1.0f, std::floor(rows.height() / height) - 1);
  ImGui::SetCursorScreenPos({rows.x0, rows.y0 + px(1)});
  ImGui::BeginChild("hits", {rows.width(), rows.height() - px(1)});
  if (found.empty()) {
    float y = rows.y0 + px(16);
    const float left = rows.x0 + px(16), width = rows.width() - px(32);
    y += paragraph(ImGui::GetWindowDrawList(), Type::row_bold, {left, y}, width, c.text, "No code matches this text.") +
         px(2);
    y += paragraph(ImGui::GetWindowDrawList(), Type::row, {left, y}, width, c.muted,
                   w.view.codes.filter == CodeFilter::all
                       ? "Searched: all tables, by code, name, trade name, manufacturer, NDC, GTIN and bar code."
                       : "Searched: the chosen table only.") +
         px(8);
    if (w.view.codes.filter != CodeFilter::all) {
      const std::string_view words = "Search all tables";
      text(ImGui::GetWindowDrawList(), Type::row, {left, y}, c.accent, words);
      if (touch("search all", {left, y, left + text_width(Type::row, words), y + px(20)}).pressed) {
        actions.push_back([](Workbench& bench) { bench.filter_codes(CodeFilter::all); });
      }
    }
  }
  const int current = std::clamp(w.view.codes.row, 0, std::max(0, static_cast<int>(found.size()) - 1));
  if (revealed_ != w.view.codes.reveal) {
    revealed_ = w.view.codes.reveal;
    const float top = static_cast<float>(current) * height, scroll = ImGui::GetScrollY();
    if (top < scroll) ImGui::SetScrollY(top);
    if (top + height > scroll + ImGui::GetWindowHeight()) ImGui::SetScrollY(top + height - ImGui::GetWindowHeight());
  }
  const RowsInView seen = rows_in_view(found.size(), height);
  for (int i = seen.first; i < seen.last; ++i) {
    const float at = seen.top + static_cast<float>(i) * height;
    const Box one = {rows.x0, at, rows.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0), at + height};
    ImGui::PushID(i);
    row(w, actions, found[static_cast<size_t>(i)], i, one);
    ImGui::PopID();
  }
  ImGui::EndChild();

  const Box crumb = {box.x0, box.y1 - foot, box.x1, box.y1};
  horizontal(list, crumb.x0, crumb.x1, crumb.y0, c.line);
  text_fit(list, Type::small, {crumb.x0 + px(16), crumb.y0 + px(7)}, crumb.width() - px(32), c.muted,
           "Type a code, a name, a trade name, an NDC, or scan a bar code");
  if (focused) fill(list, {box.x0, box.y0, box.x1, box.y0 + px(2)}, c.accent);
}

void CodeSearchPane::row(const Workbench& w, Actions& actions, const CodeHit& hit, int index, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool chosen = index == w.view.codes.row;
  const Touch t = touch("hit", box);
  row_ground(list, box, chosen, t.hovered);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float top = box.y0 + px(6), left = box.x0 + px(16);
  const HitWords words = hit_words(w.catalogue(), hit, w.view.typed(code_field));
  if (is_short(words.code)) {
    text(list, Type::mono_bold, {left, top}, c.code, words.code);
  } else {
    text(list, Type::small, {left, top}, c.muted, short_name(*hit.set));
  }
  const float name_x = left + px(44), tag_left = status_tag(list, box.x1 - px(12), top + px(10), words.status);
  const Type type = chosen ? Type::row_bold : Type::row;
  const float room = tag_left - px(8) - name_x;
  const std::string name = shorten(type, words.name, room);
  // What was typed stands on the ground of a search hit, up to where the name is shortened.
  const auto differs = std::mismatch(name.begin(), name.end(), words.name.begin(), words.name.end()).first;
  for (const Span s : words.marks) {
    if (s.end > static_cast<size_t>(differs - name.begin())) continue;
    const float x0 = name_x + text_width(type, std::string_view(name).substr(0, s.begin));
    const float x1 = name_x + text_width(type, std::string_view(name).substr(0, s.end));
    fill(list, {std::round(x0), top + px(1), std::round(x1), top + px(19)}, c.sel, px(2));
  }
  text(list, type, {name_x, top}, c.text, name);
  float x = name_x;
  if (!is_short(words.code)) {
    const float right = box.x1 - px(12);
    x += text_fit(list, Type::code, {x, top + px(20)}, right - x, c.code, words.code) + px(8);
  }
  if (x < box.x1 - px(40)) {
    text_fit(list, Type::small, {x, top + px(20)}, box.x1 - px(12) - x, c.muted, words.second);
  }
  if (name != words.name) hover_card(t, words.name);
  if (t.pressed) {
    actions.push_back([index, place = CodePlace{hit.set->id, std::string(hit.code)}](Workbench& bench) {
      bench.view.codes.row = index;
      bench.open_code(place.table, place.code);
    });
  }
}

bool CodeSearchPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  const auto size = static_cast<int>(hits(w).size());
  CodesView& v = w.view.codes;
  if (std::exchange(restart_, false)) v.row = 0;
  if (press.key == Key::enter) {
    if (v.row >= 0 && v.row < size) {
      const CodeHit& hit = hits_[static_cast<size_t>(v.row)];
      w.open_code(hit.set->id, hit.code);
    }
    return true;
  }
  if (press.key == Key::home || press.key == Key::end) return false;  // of the text that is typed
  const auto to = list_row(press.key, v.row, size, static_cast<int>(page_));
  if (!to) return false;
  v.row = *to;
  ++v.reveal;
  return true;
}

}  // namespace iz
