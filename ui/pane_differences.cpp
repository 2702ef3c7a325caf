#include "ui/pane_differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/commands.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

ImU32 color_of(Change change) {
  switch (change) {
    case Change::added:
      return theme().ok;
    case Change::removed:
      return theme().err;
    case Change::changed:
      return theme().accent;
    case Change::moved:
      break;
  }
  return theme().muted;
}

Icon icon_of(Change change) {
  switch (change) {
    case Change::added:
      return Icon::plus;
    case Change::removed:
      return Icon::close;
    case Change::changed:
      return Icon::arrow;
    case Change::moved:
      break;
  }
  return Icon::lines;
}

std::string name_of(const Workbench& w, int document) {
  const Document& d = w.documents()[static_cast<size_t>(document)];
  std::string name = fmt::format("{}. {}", document + 1, d.type.empty() ? "Message" : d.type);
  if (!d.control_id.empty()) name += fmt::format(" {}", d.control_id.substr(0, 24));
  return name;
}

/// A path for a reader: "RXA[2]-6"; of what only one message has, that one's.
std::string where(const Difference& d) {
  std::string path = to_string(d.path_b.segment != 0 ? d.path_b : d.path_a);
  if (path.ends_with("[1]") && path.find('-') != std::string::npos) path.resize(path.size() - 3);
  return path;
}

/// What stands on one side: what it means, and the value behind it where that says more.
float draw_value(ImDrawList* list, ImVec2 at, float width, std::string_view value, std::string_view words, ImU32 color,
                 bool struck) {
  const float used =
      text_fit(list, words.empty() ? Type::code : Type::row, at, width, color, words.empty() ? value : words);
  if (struck) horizontal(list, at.x, at.x + used, std::round(at.y + px(10)), color);
  const float beside = used + px(8);
  if (words.empty() || words == value || width - beside < px(40)) return used;
  return beside + text_fit(list, Type::code, {at.x + beside, at.y}, width - beside, theme().muted, value);
}

}  // namespace

/// Which two, how many differences, how they are shown. Returns what is left.
Box DifferencesPane::header(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box bar = {box.x0, box.y0, box.x1, box.y0 + px(40)};
  pane_header(list, bar, w.view.focus == Pane::side);
  const float middle = middle_of(bar);
  float x = b.narrow ? bar.x0 + px(8) : pane_title(list, bar, "Compare") + px(16);
  const float close_left = bar.x1 - px(44);
  if (icon_button("close compare", {close_left, middle - px(14), close_left + px(28), middle + px(14)}, Icon::close,
                  "Back to the message, Esc", c.muted)
          .pressed) {
    b.actions.push_back([](Workbench& bench) { bench.close_compare(); });
  }
  const auto picker = [&](const char* id, int chosen, auto act) {
    const std::string words = chosen < 0 ? "Choose a message" : name_of(w, chosen);
    const float most = (close_left - x - px(48)) / (id[0] == 'l' ? 2 : 1);
    const ButtonLook look = {.menu = true, .quiet = true};
    const std::string shown = shorten(Type::row, words, std::max(px(40), most - px(48)));
    const float width = button_width(shown, look);
    const Touch t = button(id, x, middle, shown, look);
    std::vector<MenuItem> items;
    for (int i = 0; i < static_cast<int>(w.documents().size()) && i < 200; ++i) {
      items.push_back({name_of(w, i), "", i == chosen, [act, i](Workbench& bench) { act(bench, i); }});
    }
    menu(b, id, t.pressed, {x, bar.y0, x + width, bar.y1}, items);
    x += width + px(4);
  };
  picker("left message", w.compared().other, [](Workbench& bench, int i) {
    if (i == static_cast<int>(bench.current())) return bench.swap_compared();
    bench.open_compare(i);
  });
  icon(list, Icon::arrow, {x, middle - px(8)}, 16, c.muted);
  x += px(20);
  picker("right message", static_cast<int>(w.current()), [](Workbench& bench, int i) {
    if (i == bench.compared().other) return bench.swap_compared();
    const int other = bench.compared().other;
    bench.open_document(static_cast<uint32_t>(i));
    bench.open_compare(other);
  });
  return {box.x0, bar.y1, box.x1, box.y1};
}

/// Counts that can be switched off, places or text, the filter.
Box DifferencesPane::tools(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box bar = {box.x0, box.y0, box.x1, box.y0 + px(44)};
  fill(list, bar, c.panel);
  horizontal(list, bar.x0, bar.x1, bar.y1 - px(1), c.line);
  const float middle = middle_of(bar);
  float right = bar.x1 - px(12);
  const int pressed = segmented("compare as", right, middle, {"Places", "Text"}, w.view.compare_text ? 1 : 0);
  if (pressed >= 0) b.actions.push_back([pressed](Workbench& bench) { bench.view.compare_text = pressed == 1; });
  right -= segmented_width({"Places", "Text"}) + px(12);
  if (w.view.compare_text) {
    text_fit(list, Type::row, {bar.x0 + px(16), middle - px(10)}, right - bar.x0 - px(16), c.text,
             counts_text(w.compared().result) + ".");
    return {box.x0, bar.y1, box.x1, box.y1};
  }
  const float field = b.narrow ? px(110) : px(152);
  text_field(w, b.actions, "compare", {right - field, middle - px(14), right, middle + px(14)}, "Filter", Icon::filter);
  right -= field + px(12);
  float x = bar.x0 + px(16);
  for (Change change : {Change::changed, Change::added, Change::removed, Change::moved}) {
    const uint32_t n = w.compared().result.count(change);
    if (n == 0) continue;
    std::string name(label(change));
    name[0] = static_cast<char>(name[0] - 'A' + 'a');
    const std::string words = b.narrow ? fmt::format("{}", n) : fmt::format("{} {}", n, name);
    const float width = px(36) + std::round(text_width(Type::small, words));
    if (x + width > right) break;
    const auto index = static_cast<size_t>(change);
    const bool on = w.view.show_change[index];
    const Box chip = {x, middle - px(12), x + width, middle + px(12)};
    const Touch t = touch(name.c_str(), chip);
    fill(list, chip, t.hovered ? c.hover : on ? c.panel : c.sunken, px(12));
    frame(list, chip, on ? c.ctl : c.line, px(12), px(1));
    icon(list, icon_of(change), {x + px(8), middle - px(7)}, 14, on ? color_of(change) : c.faint);
    text(list, Type::small, {x + px(26), middle - px(10)}, on ? c.text : c.faint, words);
    hover_card(t, on ? fmt::format("Leave out what is {}", name) : fmt::format("Show what is {}", name));
    if (t.pressed) {
      b.actions.push_back(
          [index](Workbench& bench) { bench.view.show_change[index] = !bench.view.show_change[index]; });
    }
    x += width + px(8);
  }
  return {box.x0, bar.y1, box.x1, box.y1};
}

/// A newborn's placeholder that gave way to a name, or did not: what ties the two messages together. Returns its height.
float DifferencesPane::newborn(const BarContext& b, Box box) {
  const auto& follow_up = b.w.compared().result.newborn;
  if (!follow_up) return 0;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = box.x0 + px(40), width = box.x1 - px(16) - left;
  const std::string items = items_text(*follow_up);
  const auto lines = wrap(Type::row_bold, follow_up->summary, width).size() + wrap(Type::row, items, width).size();
  const float height = px(16) + line_height(Type::row) * static_cast<float>(lines);
  const Box band = {box.x0, box.y0, box.x1, box.y0 + std::round(height)};
  fill(list, band, c.sunken);
  horizontal(list, band.x0, band.x1, band.y1 - px(1), c.line);
  using Same = NewbornFollowUp::Kind;
  const bool same = follow_up->kind == Same::named || follow_up->kind == Same::unnamed;
  if (same) {
    icon(list, Icon::check, {box.x0 + px(16), band.y0 + px(10)}, 16, c.ok);
  } else {
    shape(list, shape_of(Severity::info), {box.x0 + px(16), band.y0 + px(10)}, 16);
  }
  float y = band.y0 + px(8);
  y += paragraph(list, Type::row_bold, {left, y}, width, c.text, follow_up->summary);
  paragraph(list, Type::row, {left, y}, width, c.muted, items);
  return band.height();
}

/// Nothing to compare with yet.
void DifferencesPane::choose(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = box.x0 + px(16);
  text(list, Type::row_bold, {left, box.y0 + px(16)}, c.text, "There is no other message to compare with yet.");
  paragraph(list, Type::row, {left, box.y0 + px(38)}, box.width() - px(32), c.muted,
            key_sentence("Paste the other one here (Ctrl V), or drop its file. It is put beside this message."));
  if (button("paste other", left, box.y0 + px(100), "Paste the other message", {.icon = Icon::clipboard}).pressed) {
    b.requests.paste = true;
  }
}

void DifferencesPane::draw(const BarContext& b, Box box, float row_height) {
  const Theme& c = theme();
  fill(ImGui::GetWindowDrawList(), box, c.panel);
  Box body = header(b, box);
  if (b.w.compared().other < 0) return choose(b, body);
  body = tools(b, body);
  body.y0 += newborn(b, body);
  if (b.w.view.compare_text) {
    texts(b, body);
  } else {
    places(b, body, row_height);
  }
}

void DifferencesPane::places(const BarContext& b, Box box, float row_height) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  const std::vector<uint32_t> listed = w.listed_differences();
  if (listed.empty()) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool none = w.compared().result.differences.empty();
    text(list, Type::row_bold, {box.x0 + px(16), box.y0 + px(16)}, c.text,
         none ? "The two messages say the same." : "No difference is left by the filter.");
    if (none) {
      text_fit(list, Type::row, {box.x0 + px(16), box.y0 + px(38)}, box.width() - px(32), c.muted,
               "Each value of one has its equal in the other. Line ends and absent fields do not count.");
    }
    return;
  }
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("differences", {box.width(), box.height()});
  const float height = px(b.narrow ? 64 : row_height);
  const auto count = static_cast<int>(listed.size());
  if (std::exchange(reveal_, false)) {
    const auto here = std::find(listed.begin(), listed.end(), static_cast<uint32_t>(w.view.difference));
    const float at = static_cast<float>(here - listed.begin()) * height, scroll = ImGui::GetScrollY();
    if (at < scroll) ImGui::SetScrollY(at);
    if (at + height > scroll + box.height()) ImGui::SetScrollY(at + height - box.height());
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float right = box.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0);
  const int first = std::max(0, static_cast<int>(ImGui::GetScrollY() / height));
  const int last = std::min(count, first + static_cast<int>(box.height() / height) + 2);
  for (int i = first; i < last; ++i) {
    const float y = origin.y + static_cast<float>(i) * height;
    ImGui::PushID(i);
    row(b, listed[static_cast<size_t>(i)], {box.x0, y, right, y + height});
    ImGui::PopID();
  }
  ImGui::SetCursorScreenPos({origin.x, origin.y + static_cast<float>(count) * height});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void DifferencesPane::row(const BarContext& b, uint32_t index, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Difference& d = b.w.compared().result.differences[index];
  const Touch t = touch("difference", box);
  const bool here = b.w.view.difference == static_cast<int>(index);
  row_ground(list, box, here, t.hovered);
  if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (t.pressed) {
    b.actions.push_back([index, twice = t.twice](Workbench& bench) {
      bench.view.focus = Pane::side;
      bench.select_difference(static_cast<int>(index));
      if (twice) bench.go_to_difference();
    });
  }
  const float left = box.x0 + px(16), right = box.x1 - px(16);
  const float y = b.narrow ? box.y0 + px(8) : middle_of(box) - px(10);
  const ImU32 ink = color_of(d.change);
  icon(list, icon_of(d.change), {left, y + px(2)}, 16, ink);
  const float word = text(list, Type::row, {left + px(24), y}, ink, label(d.change));
  const Type name_type = d.dose || here ? Type::row_bold : Type::row;
  const std::string place = where(d);
  const bool before = d.change != Change::added, after = d.change != Change::removed;
  if (b.narrow) {
    const float name = left + px(24) + word + px(12);
    const float code = std::min(text_width(Type::code, place), (right - name) / 2);
    text_fit(list, name_type, {name, y}, right - name - code - px(8), c.text, d.name);
    text_fit(list, Type::code, {right - code, y}, code + px(1), c.muted, place);
    float x = left + px(24);
    const float room = (right - x - px(32)) / (before && after ? 2 : 1), line = y + px(24);
    if (before) x += draw_value(list, {x, line}, room, d.before, d.before_words, c.err, after) + px(8);
    if (before && after) {
      icon(list, Icon::arrow, {x, line + px(2)}, 16, c.muted);
      x += px(24);
    }
    if (after) draw_value(list, {x, line}, right - x, d.after, d.after_words, c.code, false);
    return;
  }
  const float name = left + px(120), path = name + std::round(box.width() * 0.22f), value = path + px(144);
  text_fit(list, name_type, {name, y}, path - name - px(12), c.text, d.name);
  text_fit(list, Type::code, {path, y}, px(136), c.muted, place);
  float x = value;
  const float room = (right - value - px(40)) / (before && after ? 2 : 1);
  if (d.change == Change::moved) {
    const std::string from = to_string(d.path_a);
    text_fit(list, Type::row, {x, y}, right - x, c.muted, fmt::format("was {}", from));
    return;
  }
  if (before) x += draw_value(list, {x, y}, room, d.before, d.before_words, c.err, after) + px(12);
  if (before && after) {
    icon(list, Icon::arrow, {x, y + px(2)}, 16, c.muted);
    x += px(28);
  }
  if (after) draw_value(list, {x, y}, right - x, d.after, d.after_words, c.code, false);
}

// ---- as text

void DifferencesPane::lay_out(const Workbench& w, uint32_t columns, bool stacked) {
  const CompareState& s = w.compared();
  if (laid_change_ == s.change && laid_columns_ == columns && laid_text_ == w.text_change()) return;
  laid_change_ = s.change;
  laid_columns_ = columns;
  laid_text_ = w.text_change();
  lines_.clear();
  const auto build = [&](TextLayout& layout, const Message& message, int index) -> size_t {
    if (index < 0) return 0;
    const Segment& segment = message.segments()[static_cast<size_t>(index)];
    layout.build(message.text().substr(segment.begin, segment.end - segment.begin), message.delimiters(), columns);
    return layout.rows().size();
  };
  float top = 0;
  for (const ComparedLine& one : s.result.lines) {
    Line& line = lines_.emplace_back();
    const size_t a = build(line.a, s.message, one.line_a), b = build(line.b, w.message(), one.line_b);
    line.top = top;
    line.height = 20 * static_cast<float>(!stacked ? std::max(a, b) : one.same() ? b : a + b);
    top += line.height;
  }
}

void DifferencesPane::texts(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  const CompareState& s = w.compared();
  const float middle = std::round((box.x0 + box.x1) / 2), pad = px(12), mark = px(20);
  const float room = (b.narrow ? box.x1 : middle) - box.x0 - pad * 2 - mark - px(12);
  const float cell = mono_advance(Type::mono);
  lay_out(w, static_cast<uint32_t>(std::max(12.0f, room / cell)), b.narrow);
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("compared text", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float top = origin.y + px(8);
  const auto side = [&](const Message& message, int index, const TextLayout& layout, const std::vector<Span>& parts,
                        float left, float y, Change alone, bool lonely) {
    if (index < 0) return;
    const Segment& segment = message.segments()[static_cast<size_t>(index)];
    const std::string_view all = message.text();
    const ImU32 soft = alone == Change::added ? c.oksoft : c.errsoft;
    if (lonely || !parts.empty()) {
      // Lines under each other are told apart by their sign, too.
      const bool own_sign = lonely || b.narrow;
      text(list, Type::code_bold, {left, y}, alone == Change::added ? c.ok : c.err,
           !own_sign                ? "~"
           : alone == Change::added ? "+"
                                    : "-");
    }
    for (const TextRow& row : layout.rows()) {
      const uint32_t from = segment.begin + row.begin, to = segment.begin + row.end;
      const float x = left + mark + (row.first ? 0 : cell * static_cast<float>(hanging_indent));
      const auto x_of = [&](uint32_t at) { return x + text_width(Type::mono, all.substr(from, at - from)); };
      const auto ground = [&](uint32_t begin, uint32_t end) {
        begin = std::max(begin, from);
        end = std::min(end, to);
        if (begin < end) fill(list, {std::round(x_of(begin)), y, std::round(x_of(end)), y + px(20)}, soft, px(2));
      };
      if (lonely) ground(from, to);
      for (const Span& part : parts) ground(part.begin, part.end);
      text(list, Type::mono, {x, y}, c.text, all.substr(from, to - from));
      y += px(20);
    }
  };
  for (size_t i = 0; i < lines_.size(); ++i) {
    const float y = top + px(lines_[i].top);
    if (y + px(lines_[i].height) < box.y0) continue;
    if (y > box.y1) break;
    const ComparedLine& one = s.result.lines[i];
    float y_b = y;
    if (!b.narrow || !one.same()) {
      side(s.message, one.line_a, lines_[i].a, one.parts_a, box.x0 + pad, y, Change::removed, one.line_b < 0);
      if (b.narrow && one.line_a >= 0) y_b += px(20) * static_cast<float>(lines_[i].a.rows().size());
    }
    side(w.message(), one.line_b, lines_[i].b, one.parts_b, (b.narrow ? box.x0 : middle) + pad, y_b, Change::added,
         one.line_a < 0);
  }
  if (!b.narrow) vertical(list, middle, box.y0, box.y1, c.line);
  const float height = lines_.empty() ? 0 : px(lines_.back().top + lines_.back().height + 16);
  ImGui::SetCursorScreenPos({origin.x, origin.y + height});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

bool DifferencesPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  const std::vector<uint32_t> listed = w.listed_differences();
  const auto count = static_cast<int>(listed.size());
  const auto here = std::find(listed.begin(), listed.end(), static_cast<uint32_t>(w.view.difference));
  const int at = here == listed.end() ? -1 : static_cast<int>(here - listed.begin());
  if (const auto to = list_row(press.key, at, count, 10)) {
    w.select_difference(static_cast<int>(listed[static_cast<size_t>(*to)]));
    reveal_ = true;
    return true;
  }
  switch (press.key) {
    case Key::up:
    case Key::down:
    case Key::page_up:
    case Key::page_down:
    case Key::home:
    case Key::end:
      return true;  // an empty list
    case Key::enter:
      w.go_to_difference();
      return true;
    case Key::escape:
      w.close_compare();
      return true;
    default:
      return false;
  }
}

}  // namespace iz
