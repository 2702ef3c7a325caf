#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/decode.h"
#include "core/segment_words.h"
#include "core/words.h"
#include "ui/commands.h"
#include "ui/panes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

/// Shapes with their counts, from the right, worst at the left. Returns the new right edge.
float shape_counts(ImDrawList* list, float right, float middle, const uint32_t counts[3]) {
  for (int severity = 2; severity >= 0; --severity) {
    if (counts[severity] == 0) continue;
    const std::string number = fmt::format("{}", counts[severity]);
    text_right(list, Type::small, {right, middle - px(10)}, theme().text, number);
    right -= std::round(text_width(Type::small, number)) + px(22);
    shape(list, shape_of(static_cast<Severity>(severity)), {right, middle - px(7)}, 14);
    right -= px(8);
  }
  return right;
}

void count_segment(const Workbench& w, uint32_t segment, uint32_t counts[3]) {
  for (uint32_t i : w.shown_of_segment(segment)) {
    ++counts[static_cast<size_t>(w.report().findings[w.folded().shown[i].finding].severity)];
  }
}

/// Whether a finding stands at an element or inside it.
bool stands_in(const Path& place, const Path& finding) {
  return place.segment == finding.segment && place.occurrence == finding.occurrence && place.field == finding.field &&
         (place.repetition == std::max(1u, finding.repetition)) &&
         (place.component == 0 || place.component == finding.component) &&
         (place.subcomponent == 0 || place.subcomponent == finding.subcomponent);
}

}  // namespace

void TreePane::make_rows(const Workbench& w) {
  const View& v = w.view;
  Made made = {&w,
               w.change(),
               w.selection().change,
               v.all_fields,
               v.follow[static_cast<size_t>(Pane::tree)],
               v.typed("tree"),
               v.tree_row,
               v.open,
               v.closed};
  if (made != made_) {
    made_ = std::move(made);
    rows_ = tree_rows(w);
  }
  selected_ = row_of_selection(rows_, w);
}

/// From the right: filter, used or all, whether it follows.
void TreePane::header(const BarContext& b, Box bar, bool title) {
  const Workbench& w = b.w;
  ImDrawList* list = ImGui::GetWindowDrawList();
  pane_header(list, bar, w.view.focus == Pane::tree);
  float left = bar.x0 + px(16);
  if (title) left = pane_title(list, bar, "Message tree") + px(12);
  const float middle = middle_of(bar);
  float right = bar.x1 - px(12);
  const std::vector<std::string_view> choices = {"Used", "All"};
  const float used = segmented_width(choices);
  const float field = std::clamp(right - left - used - px(16), px(96), px(title ? 136 : 400));
  text_field(w, b.actions, "tree", {right - field, middle - px(14), right, middle + px(14)}, "Find field");
  right -= field + px(16);
  const int pressed = segmented("used", right, middle, choices, w.view.all_fields ? 1 : 0);
  if (pressed >= 0) b.actions.push_back([pressed](Workbench& bench) { bench.view.all_fields = pressed == 1; });
  right -= used + px(16);
  draw_follow(b, Pane::tree, left, right, middle);
}

/// The menu of the current row: a right click, a long press, Shift F10.
void TreePane::context_menu(const BarContext& b, Box row, bool open) {
  if (open) menu_at_ = menu_place(b, row);
  std::vector<MenuItem> items;
  for (std::string_view id : {"copy.value", "copy.path", "copy.both", "copy.tsv", "copy.markdown"}) {
    items.push_back(menu_item(b, id));
  }
  items.push_back({"Edit this value", "Enter", false, [](Workbench& bench) { bench.edit_place(); }});
  menu(b, "tree menu", open, menu_at_, items);
}

void TreePane::choose(const BarContext& b, const TreeRow& row, bool edit) {
  Path path = row.path;
  if (row.kind == TreeRow::Kind::dose) path = b.w.summary().doses[row.dose].path;
  const uint32_t at = b.w.message().segments()[row.segment].begin;
  if (row.kind == TreeRow::Kind::missing) {
    b.actions.push_back([finding = row.finding, key = row.key](Workbench& bench) {
      bench.view.tree_row = key;
      bench.view.focus = Pane::tree;
      bench.select_finding(static_cast<int>(finding), Pane::tree);
    });
    return;
  }
  b.actions.push_back([path, at, edit, key = row.key](Workbench& bench) {
    bench.view.tree_row = key;
    bench.view.focus = Pane::tree;
    if (path.segment == 0) {
      bench.set_caret(at, false, Pane::tree);
    } else {
      bench.select_place(path, Pane::tree);
    }
    bench.leave_summary();
    if (edit) bench.edit_place();
  });
}

void TreePane::draw(const BarContext& b, Box box, float row_height, bool title) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  header(b, {box.x0, box.y0, box.x1, box.y0 + px(header_height)}, title);
  make_rows(w);
  const Box body = {box.x0, box.y0 + px(header_height), box.x1, box.y1};
  area_ = body;
  if (rows_.empty()) {
    const bool filtered = !w.view.typed("tree").empty();
    text(list, Type::row, {body.x0 + px(16), body.y0 + px(16)}, c.muted,
         !filtered           ? "No segment in the message yet"
         : w.view.all_fields ? "No field holds this text"
                             : "No used field holds this text; All looks in the absent ones too");
    return;
  }
  ImGui::SetCursorScreenPos({body.x0, body.y0});
  ImGui::BeginChild("tree rows", {body.width(), body.height()});
  const float height = px(row_height), pad = px(4);
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    if (!w.view.follow[static_cast<size_t>(Pane::tree)] && w.selection().origin != Pane::tree) {
      // It stays where it is.
    } else if (selected_ >= 0 && w.selection().origin != Pane::tree) {
      const float top = pad + static_cast<float>(selected_) * height, scroll = ImGui::GetScrollY();
      if (top < scroll + height) ImGui::SetScrollY(std::max(0.0f, top - height));
      if (top + height * 2 > scroll + body.height()) ImGui::SetScrollY(top + height * 2 - body.height());
    } else if (selected_ >= 0) {
      const float top = pad + static_cast<float>(selected_) * height, scroll = ImGui::GetScrollY();
      if (top < scroll) ImGui::SetScrollY(top);
      if (top + height > scroll + body.height()) ImGui::SetScrollY(top + height - body.height());
    }
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = body.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0);
  const auto count = static_cast<int>(rows_.size());
  const int first = std::max(0, static_cast<int>((ImGui::GetScrollY() - pad) / height));
  const int last = std::min(count, first + static_cast<int>(body.height() / height) + 2);
  // A narrow pane gives more of itself to the names, which are long in the guide.
  const float share = body.width() >= px(560) ? 0.4734f : 0.55f;
  const float value_left = body.x0 + std::round(std::min(body.width() * share, px(360)));
  const bool due = std::exchange(menu_due_, false);
  for (int i = first; i < last; ++i) {
    const float top = origin.y + pad + static_cast<float>(i) * height;
    ImGui::PushID(i);
    row(b, rows_[static_cast<size_t>(i)], {body.x0, top, right, top + height}, i == selected_, value_left);
    ImGui::PopID();
  }
  // The menu belongs to the current row: a right click made it that, and the menu opens with the next frame.
  const float top = origin.y + pad + static_cast<float>(std::max(0, selected_)) * height;
  const bool asked = w.view.context_menu && w.view.focus == Pane::tree && selected_ >= 0;
  context_menu(b, {body.x0, top, right, top + height}, asked || (due && selected_ >= 0));
  if (asked) b.actions.push_back([](Workbench& bench) { bench.view.context_menu = false; });
  ImGui::SetCursorScreenPos({origin.x, origin.y + pad * 2 + static_cast<float>(count) * height});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void TreePane::row(const BarContext& b, const TreeRow& row, Box box, bool selected, float value_left) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  // A tall row in a narrow pane has two lines: the name, and under it what stands there.
  const bool two = box.width() < px(480) && box.height() >= px(44);
  const float indent = px(two ? 12 : 16) * static_cast<float>(row.depth), middle = middle_of(box);
  const float one_y = middle - px(10);  // of a single line
  const float y = two ? middle - px(20) : one_y, below = two ? middle : y;
  if (row.kind == TreeRow::Kind::dose) fill(list, box, c.sunken);

  float x = box.x0 + px(16) + indent;
  Touch chevron;
  if (row.children) chevron = touch("open", {x - px(4), box.y0, x + px(18), box.y1});
  const Touch t = touch("row", {row.children ? x + px(18) : box.x0, box.y0, box.x1, box.y1});
  const bool rest = t.hovered && rested();
  row_ground(list, box, selected, t.hovered || chevron.hovered);
  if (row.children) icon(list, row.open ? Icon::down : Icon::right, {x, middle - px(7)}, 14, c.muted);
  x += px(20);

  if (row.kind == TreeRow::Kind::missing) {
    if (!selected) fill(list, box, t.hovered ? c.hover : c.errsoft);
    if (t.pressed) choose(b, row, false);
    const Finding& f = w.report().findings[row.finding];
    shape(list, shape_of(f.severity), {x - px(20), middle - px(7)}, 14);
    text_fit(list, selected ? Type::row_bold : Type::row, {x, one_y}, box.x1 - px(16) - x, c.text, w.headline(f));
    return;
  }

  const auto toggle = [key = row.key, open = row.open](Workbench& bench) {
    (open ? bench.view.open : bench.view.closed).erase(key);
    (open ? bench.view.closed : bench.view.open).insert(key);
  };
  if (chevron.pressed || (t.twice && row.children)) b.actions.push_back(toggle);
  if (t.pressed) choose(b, row, t.twice && !row.children);
  if (wants_menu(t)) {
    choose(b, row, false);
    menu_due_ = true;
  }

  uint32_t counts[3] = {0, 0, 0};
  float right = box.x1 - px(12);
  if (row.kind == TreeRow::Kind::dose) {
    for (uint32_t s = row.segment; s < row.last; ++s) count_segment(w, s, counts);
    right = shape_counts(list, right, middle, counts);
    const Dose& dose = w.summary().doses[row.dose];
    x += text(list, Type::row_bold, {x, y}, c.text, fmt::format("Dose {}", dose.order));
    x = std::max(x + px(12), box.x0 + px(92));
    const bool named = !dose.vaccine.empty() && dose.text.starts_with(dose.vaccine);
    std::string rest_of = named ? dose.text.substr(dose.vaccine.size()) : dose.text;
    const float after = named ? text_fit(list, Type::row_bold, {x, y}, right - x, c.text, dose.vaccine) : 0;
    if (two && named && rest_of.starts_with(", ")) rest_of = sentence_case(rest_of.substr(2));
    text_fit(list, Type::row, {two ? x : x + after, below}, right - x - (two ? 0 : after), c.muted, rest_of);
    return;
  }

  if (row.kind == TreeRow::Kind::segment) {
    if (!row.open) {
      count_segment(w, row.segment, counts);
      right = shape_counts(list, right, middle, counts);
    } else {
      // What is said of the segment itself; the rest is with its fields.
      for (uint32_t i : w.shown_of_segment(row.segment)) {
        const Finding& f = w.report().findings[w.folded().shown[i].finding];
        if (f.path.field == 0) ++counts[static_cast<size_t>(f.severity)];
      }
      right = shape_counts(list, right, middle, counts);
    }
    const Segment& s = w.message().segments()[row.segment];
    if (s.name == 0) {
      const std::string_view line = w.message().text().substr(s.begin, s.end - s.begin);
      text(list, Type::code, {x, one_y}, c.zseg, fmt::format("Line {}", s.line));
      text_fit(list, Type::code, {x + px(72), one_y}, right - x - px(72), c.muted, line.substr(0, 400));
      return;
    }
    const std::string name = segment_name(s.name);
    const Explanation e = explain(w.catalogue(), w.message(), w.report(), row.path);
    text(list, Type::code_bold, {x, two && row.depth > 0 && s.name == segment_code("RXA") ? one_y : y},
         e.defined ? c.accent : c.zseg, name);
    x += px(two ? 44 : 56);
    std::string title = e.trail.empty() ? e.name : e.trail;
    if (s.name == segment_code("OBX")) {
      const Decoder decoder(w.catalogue(), w.message(), w.report(), Decoder::Style::brief);
      if (std::string what = decoder.coded(row.segment, 3); !what.empty()) title = sentence_case(what);
    }
    // A line alone stands in the middle.
    const bool alone = row.depth > 0 && s.name == segment_code("RXA");
    text_fit(list, Type::row_bold, {x, two && alone ? one_y : y}, (two ? right : value_left - px(8)) - x, c.text,
             title);
    // Under a dose its RXA would say again what the dose's row says.
    if (alone) return;
    const float left = two ? x : value_left;
    std::string words =
        segment_words(Decoder(w.catalogue(), w.message(), w.report(), Decoder::Style::brief), w.message(), row.segment);
    if (two) words = sentence_case(std::move(words));
    text_fit(list, Type::row, {left, below}, right - left, c.muted, words);
    return;
  }

  // A field, one of its repetitions, or a part of it.
  int worst = 3;
  for (uint32_t i : w.shown_of_segment(row.segment)) {
    const Finding& f = w.report().findings[w.folded().shown[i].finding];
    if (stands_in(row.path, f.path)) worst = std::min(worst, static_cast<int>(f.severity));
  }
  if (worst < 3) shape(list, shape_of(static_cast<Severity>(worst)), {box.x1 - px(26), middle - px(7)}, 14);
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), row.path);
  const std::string usage = e.usage.substr(0, e.usage.find('('));
  text_right(list, Type::key, {box.x1 - px(36), middle - px(9)}, c.faint, usage);
  right = box.x1 - px(36) - px(32);

  std::string id = fmt::format("{}", row.path.field);
  if (row.path.subcomponent != 0) {
    id = fmt::format("{}.{}.{}", row.path.field, row.path.component, row.path.subcomponent);
  } else if (row.path.component != 0) {
    id = fmt::format("{}.{}", row.path.field, row.path.component);
  } else if (row.path.repetition > 1) {
    id = fmt::format("{}[{}]", row.path.field, row.path.repetition);
  }
  const ImU32 ink = row.present ? c.text : c.faint;
  const bool alone = two && !row.present;
  text(list, Type::code, {x, alone ? one_y : y}, row.present ? c.muted : c.faint, id);
  x += px(two ? 44 : 56);
  if (two) value_left = x;
  const std::string& short_name = e.label.empty() ? e.name : e.label;
  const std::string name = short_name.empty() ? "Not in the guide" : short_name;
  const Type name_type = selected ? Type::row_bold : Type::row;
  const float name_room = (two ? right : value_left - px(8)) - x;
  text_fit(list, name_type, {x, alone ? one_y : y}, name_room, ink, name);
  const auto card_if = [&](bool cut) {
    if (rest && cut) draw_place_card(w, row.path, box);
  };
  const bool name_cut = text_width(name_type, name) > name_room;
  if (!row.present) return card_if(name_cut);
  std::string value = unescape(std::string_view(e.value).substr(0, 2000), w.message().delimiters());
  const Decoder decoder(w.catalogue(), w.message(), w.report(), Decoder::Style::brief);
  const std::string words = decoder.value(row.path);
  if (words.empty()) {
    text_fit(list, Type::row, {value_left, below}, right - value_left, two ? c.muted : ink, value);
    return card_if(name_cut || text_width(Type::row, value) > right - value_left);
  }
  const float drawn = text_fit(list, Type::row, {value_left, below}, right - value_left, two ? c.muted : ink, words);
  // The code or date as it is sent, where it is short and says more.
  const std::string_view first = std::string_view(value).substr(0, value.find_first_of("^&~"));
  const float beside = value_left + drawn + px(8);
  if (first != words && !first.empty() && beside + text_width(Type::code, first) <= right) {
    text(list, Type::code, {beside, below}, c.muted, first);
  }
  card_if(name_cut || text_width(Type::row, words) > right - value_left);
}

bool TreePane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt || rows_.empty()) return false;
  make_rows(w);
  const auto count = static_cast<int>(rows_.size());
  const auto go = [&](int index) {
    const TreeRow& row = rows_[static_cast<size_t>(std::clamp(index, 0, count - 1))];
    const Path path = row.kind == TreeRow::Kind::dose ? w.summary().doses[row.dose].path : row.path;
    w.view.tree_row = row.key;
    if (row.kind == TreeRow::Kind::missing) {
      w.select_finding(static_cast<int>(row.finding), Pane::tree);
    } else if (path.segment == 0) {
      w.set_caret(w.message().segments()[row.segment].begin, false, Pane::tree);
    } else {
      w.select_place(path, Pane::tree);
    }
    w.leave_summary();
    return true;
  };
  const TreeRow* row = selected_ >= 0 ? &rows_[static_cast<size_t>(selected_)] : nullptr;
  const auto set_open = [&](bool open) {
    const std::string key = row->key;
    (open ? w.view.closed : w.view.open).erase(key);
    (open ? w.view.open : w.view.closed).insert(key);
    return true;
  };
  switch (press.key) {
    case Key::up:
      return go(selected_ - 1);
    case Key::down:
      return go(selected_ + 1);
    case Key::page_up:
      return go(selected_ - 10);
    case Key::page_down:
      return go(selected_ + 10);
    case Key::home:
      return go(0);
    case Key::end:
      return go(count - 1);
    case Key::right:
      if (row == nullptr || !row->children) return true;
      return row->open ? go(selected_ + 1) : set_open(true);
    case Key::left: {
      if (row == nullptr) return true;
      if (row->children && row->open) return set_open(false);
      int parent = selected_;
      while (parent > 0 && rows_[static_cast<size_t>(parent)].depth >= row->depth) --parent;
      return go(parent);
    }
    case Key::enter:
      w.edit_place();
      return true;
    default:
      return false;
  }
}

}  // namespace iz
