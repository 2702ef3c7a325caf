#include "ui/pane_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/decode.h"
#include "ui/code_list.h"
#include "ui/key_words.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

std::string id_of(const Path& path) {
  std::string id =
      path.repetition > 1 ? fmt::format("{}[{}]", path.field, path.repetition) : fmt::format("{}", path.field);
  if (path.component != 0) id += fmt::format(".{}", path.component);
  if (path.subcomponent != 0) id += fmt::format(".{}", path.subcomponent);
  return id;
}

}  // namespace

void FormPane::draw(const BarContext& b, Box box) {
  const Workbench& w = b.w;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  rows_ = form_rows(w);
  field_ = pick_ = popup_ = {};
  const int segment = form_segment(w);
  if (segment < 0) {
    text(list, Type::row_bold, {box.x0 + px(16), box.y0 + px(16)}, c.text, "No segment is chosen.");
    text_fit(list, Type::row, {box.x0 + px(16), box.y0 + px(38)}, box.width() - px(32), c.muted,
             "Choose a place in the message, in the tree or in the list of problems.");
    return;
  }
  const bool touching = w.view.coarse, narrow = box.width() < px(480);
  // What the form is of, and what can be done with the whole of it.
  const Box head = {box.x0, box.y0, box.x1, box.y0 + px(touching ? 56 : 44)};
  const Segment& s = w.message().segments()[static_cast<size_t>(segment)];
  const Path path = {.segment = s.name, .occurrence = s.occurrence};
  const float middle = middle_of(head), height = touching ? 44 : 24;
  float right = head.x1 - px(12);
  const ButtonLook small = {.menu = true, .small = true, .height = height};
  const float add_width = button_width("Insert", small);
  const Box add = {right - add_width, head.y0, right, middle + px(height) / 2};
  const Touch t = button("insert segment", right - add_width, middle, "Insert", small);
  std::vector<MenuItem> items;
  if (w.report().profile != nullptr && (t.pressed || ImGui::IsPopupOpen("insertable"))) {
    for (const std::string& name : w.insertable()) {
      items.push_back(
          {insert_words(*w.report().profile, name), "", false, [name](Workbench& bench) { bench.add_segment(name); }});
    }
  }
  menu(b, "insertable", t.pressed, add, items);
  right -= add_width + px(8);
  const ButtonLook plain = {.small = true, .height = height};
  const float remove_width = button_width("Remove", plain);
  if (button("remove segment", right - remove_width, middle, "Remove", plain).pressed) {
    b.actions.push_back([path](Workbench& bench) { bench.remove(path); });
  }
  right -= remove_width + px(16);
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), path);
  const std::string where = to_string(path);
  float x = box.x0 + px(16);
  x += text(list, Type::code_bold, {x, middle - px(10)}, c.accent, where) + px(12);
  text_fit(list, Type::row_bold, {x, middle - px(10)}, right - x, c.text, e.trail.empty() ? e.name : e.trail);
  horizontal(list, box.x0, box.x1, head.y1 - px(1), c.line);

  const Box body = {box.x0, head.y1, box.x1, box.y1};
  ImGui::SetCursorScreenPos({body.x0, body.y0});
  ImGui::BeginChild("form rows", {body.width(), body.height()});
  const int current = row_of_place(rows_, w.view.form.on ? w.view.form.path : w.selection().path);
  const float row_height = px(touching ? 48 : 36), note = px(22);
  const auto has_note = [&](const FormRow& one) { return one.finding >= 0 && !one.open; };
  if (w.selection().change != seen_) {
    seen_ = w.selection().change;
    float top = 0;
    for (int i = 0; i < current; ++i) top += row_height + (has_note(rows_[static_cast<size_t>(i)]) ? note : 0);
    const float scroll = ImGui::GetScrollY();
    if (current >= 0 && top < scroll) ImGui::SetScrollY(top);
    if (current >= 0 && top + row_height + note > scroll + body.height())
      ImGui::SetScrollY(top + row_height + note - body.height());
  }
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float end = body.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0);
  float y = origin.y + px(4);
  for (size_t i = 0; i < rows_.size(); ++i) {
    const float tall = row_height + (has_note(rows_[i]) ? note : 0);
    // The current one even out of sight: its field must not lose the keyboard.
    const bool visible = static_cast<int>(i) == current || (y + tall >= body.y0 && y <= body.y1);
    if (visible) {
      ImGui::PushID(static_cast<int>(i));
      row(w, b.actions, rows_[i], {body.x0, y, end, y + row_height}, static_cast<int>(i) == current, narrow);
      ImGui::PopID();
    }
    y += tall;
  }
  ImGui::SetCursorScreenPos({origin.x, y + px(8)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
  if (field_.width() <= 0 || !w.view.form.on) return;
  if (w.view.form.calendar) {
    popup_ = draw_calendar(w, b.actions, field_);
    return;
  }
  if (!w.view.form.list) return;
  const std::vector<CodeChoice> choices = w.form_choices();
  if (choices.empty()) return;
  const int pressed = draw_code_list("codes of the form", field_, choices, w.view.form.row, touching, &popup_);
  if (pressed >= 0) {
    b.actions.push_back([pressed](Workbench& bench) {
      bench.view.form.row = pressed;
      bench.commit_form(true);
    });
  }
}

/// A row; what is said about it stands below it.
float FormPane::row(const Workbench& w, Actions& actions, const FormRow& r, Box box, bool current, bool narrow) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool noted = r.finding >= 0 && !r.open;
  const Box whole = {box.x0, box.y0, box.x1, box.y1 + (noted ? px(22) : 0)};
  if (current) {
    fill(list, whole, c.asoft);
    fill(list, {whole.x0, whole.y0, whole.x0 + px(3), whole.y1}, c.accent);
  }
  const float middle = middle_of(box), y = middle - px(10);
  const float left = box.x0 + px(16) + px(narrow ? 12 : 16) * static_cast<float>(r.depth);
  const float share = narrow ? 0.48f : 0.4f;
  const float value_left = box.x0 + std::round(std::min(box.width() * share, px(300)));
  const float usage_left = box.x1 - px(28);
  const Touch label = touch("label", {box.x0, box.y0, value_left - px(8), box.y1});
  if (r.kind == FormRow::Kind::more) {
    const Touch t = touch("more", {value_left, box.y0, box.x1, box.y1});
    const bool on = w.view.form.on && w.view.form.path == r.path;
    if (on) {
      value(w, actions, r, {value_left, box.y0, usage_left - px(4), box.y1}, current);
    } else {
      icon(list, Icon::plus, {value_left + px(8), middle - px(7)}, 14, c.accent);
      text(list, Type::row, {value_left + px(28), y}, c.accent, "Add another");
    }
    if (t.pressed || label.pressed) actions.push_back([r](Workbench& bench) { bench.edit_row(r); });
    return 0;
  }
  const auto toggle = [key = r.key, open = r.open](Workbench& bench) {
    bench.commit_form(false);
    if (open) {
      bench.view.open.erase(key);
    } else {
      bench.view.open.insert(key);
    }
  };
  if (r.parts) icon(list, r.open ? Icon::down : Icon::right, {left, middle - px(7)}, 14, c.muted);
  if (label.pressed && r.parts) {
    actions.push_back(toggle);
  } else if (label.pressed) {
    actions.push_back([r](Workbench& bench) { bench.edit_row(r); });
  }
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), r.path);
  const std::string id = id_of(r.path);
  float x = left + px(20);
  text(list, Type::code, {x, y}, c.muted, id);
  x += std::max(px(narrow ? 24 : 32), text_width(Type::code, id) + px(8));
  const std::string_view name = e.name.empty()                              ? std::string_view("Not in the guide")
                                : r.path.component == 0 && !e.label.empty() ? std::string_view(e.label)
                                                                            : std::string_view(e.name);
  text_fit(list, current ? Type::row_bold : Type::row, {x, y}, value_left - px(8) - x, r.present ? c.text : c.muted,
           name);
  if (label.hovered && rested()) draw_place_card(w, r.path, box);
  const std::string usage = e.usage.substr(0, e.usage.find('('));
  text_right(list, Type::key, {box.x1 - px(14), middle - px(9)}, c.faint, usage);
  value(w, actions, r, {value_left, box.y0, usage_left - px(4), box.y1}, current);
  if (!noted) return 0;
  const Finding& f = w.report().findings[static_cast<size_t>(r.finding)];
  // In a narrow pane it begins under the name, where there is more room.
  const float said_left = narrow ? left + px(20) : value_left;
  shape(list, shape_of(f.severity), {said_left, box.y1 + px(2)}, 14);
  const Touch said = touch("said", {said_left, box.y1, box.x1, whole.y1});
  text_fit(list, Type::small, {said_left + px(20), box.y1 - px(1)}, box.x1 - said_left - px(32), color_of(f.severity),
           w.headline(f));
  if (said.pressed) {
    actions.push_back([finding = r.finding](Workbench& bench) { bench.select_finding(finding, Pane::side); });
  }
  return px(22);
}

/// The value: a field while it is typed, else what it says, with the code beside it.
void FormPane::value(const Workbench& w, Actions& actions, const FormRow& r, Box box, bool current) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = middle_of(box), y = middle - px(10);
  const float half = px(w.view.coarse ? 22 : 14);
  Box field = {box.x0, middle - half, box.x1, middle + half};
  const std::optional<CodedPlace> coded = coded_place(w, r.path);
  const bool picks = r.kind == FormRow::Kind::element && r.writable && (coded || r.date);
  if (picks) field.x1 -= field.height() + px(4);
  if (w.view.form.on && w.view.form.path == r.path && w.view.field == "form") {
    field_ = field;
    text_field(w, actions, "form", field,
               coded    ? "Code or name"
               : r.date ? "YYYYMMDD"
                        : "Empty",
               coded ? Icon::search : Icon::lines, Type::code);
    if (r.finding >= 0 && w.report().findings[static_cast<size_t>(r.finding)].severity == Severity::error)
      frame(list, field, c.err, px(4), px(1));
    if (picks) {
      pick_ = {field.x1 + px(4), field.y0, box.x1, field.y1};
      if (icon_button("pick", pick_, Icon::down, key_sentence(coded ? "Codes, Ctrl Space" : "Calendar, Ctrl Space"),
                      c.muted, true)
              .pressed) {
        actions.push_back([](Workbench& bench) { bench.open_picker(); });
      }
    }
    return;
  }
  if (r.kind == FormRow::Kind::more) return;
  const Touch t = touch("value", {box.x0, box.y0, box.x1, box.y1});
  if (t.pressed) actions.push_back([r](Workbench& bench) { bench.edit_row(r); });
  if (r.writable && (t.hovered || !r.present)) {
    frame(list, {box.x0, field.y0, picks ? field.x1 + field.height() + px(4) : field.x1, field.y1},
          t.hovered ? c.inp : c.line, px(4), px(1));
  }
  if (t.hovered && r.writable) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
  if (!r.present) return;
  const Location at = locate(w.message(), r.path);
  const std::string plain = unescape(w.message().value(at.span).substr(0, 2000), w.message().delimiters());
  const std::string words = Decoder(w.catalogue(), w.message(), w.report(), Decoder::Style::brief).value(r.path);
  const float left = box.x0 + px(8), room = box.x1 - left - px(4);
  const Type type = current ? Type::row_bold : Type::row;
  if (words.empty()) {
    text_fit(list, r.parts ? Type::code : type, {left, y}, room, c.text, plain);
    return;
  }
  const float drawn = text_fit(list, type, {left, y}, room, c.text, words);
  const std::string_view first = std::string_view(plain).substr(0, plain.find_first_of("^&~"));
  if (first != words && !first.empty() && drawn + px(8) + text_width(Type::code, first) <= room)
    text(list, Type::code, {left + drawn + px(8), y}, coded ? c.code : r.date ? c.date : c.muted, first);
}

}  // namespace iz
