#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.h"
#include "ui/commands.h"
#include "ui/pane_codes.h"
#include "ui/pane_fixes.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// Writes labelled paragraphs from the top of a scrolling child.
class Sheet {
 public:
  Sheet(Box box, float label_width) : box_(box), label_width_(label_width), y_(box.y0) {}

  void space(float length) { y_ += px(length); }
  float y() const { return y_; }
  Box box() const { return box_; }

  void fact(std::string_view label, std::string_view value, Type type = Type::prose) {
    if (value.empty()) return;
    ImDrawList* list = ImGui::GetWindowDrawList();
    text(list, Type::row, {box_.x0, y_ + px(1)}, theme().muted, label);
    const float left = box_.x0 + px(label_width_);
    y_ += paragraph(list, type, {left, y_}, box_.x1 - left, theme().text, value) + px(12);
  }
  /// A first part in semibold, then the rest on the lines below it.
  void fact(std::string_view label, std::string_view strong, std::string_view rest) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    text(list, Type::row, {box_.x0, y_ + px(1)}, theme().muted, label);
    const float left = box_.x0 + px(label_width_);
    const float used = text(list, Type::prose_bold, {left, y_}, theme().text, strong) + px(5);
    if (text_width(Type::prose, rest) <= box_.x1 - left - used) {
      text(list, Type::prose, {left + used, y_}, theme().muted, rest);
      y_ += line_height(Type::prose);
    } else {
      y_ += line_height(Type::prose);
      y_ += paragraph(list, Type::prose, {left, y_}, box_.x1 - left, theme().muted, rest);
    }
    y_ += px(12);
  }
  /// Words to press; true when they were.
  bool link(std::string_view label, std::string_view words) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    text(list, Type::row, {box_.x0, y_ + px(1)}, theme().muted, label);
    const float left = box_.x0 + px(label_width_);
    const float width = text_fit(list, Type::prose, {left, y_}, box_.x1 - left, theme().accent, words);
    const Box place = {left, y_, left + width, y_ + px(22)};
    y_ += px(34);
    return touch(std::string(label).c_str(), place).pressed;
  }
  void rule() {
    horizontal(ImGui::GetWindowDrawList(), box_.x0, box_.x1, y_, theme().line);
    y_ += px(16);
  }
  float advance(float by) {
    y_ += by;
    return y_;
  }

 private:
  Box box_;
  float label_width_, y_;
};

std::string_view who_does(Who who) {
  switch (who) {
    case Who::registration:
      return "The one who registers the patient corrects or asks for the data.";
    case Who::clinic:
      return "The one who gave or recorded the dose corrects the record.";
    case Who::interface:
      return "The mapping of the sending interface is corrected.";
    case Who::vendor:
      return "The program that builds the message is corrected.";
    case Who::codes:
      return "The owner of the code list maps or adds the code.";
    case Who::iis:
      return "The registry's own set-up is corrected.";
  }
  return {};
}

/// "Administered Units, identifier": a part with what it is a part of.
std::string full_name(const Workbench& w, const Explanation& e) {
  if (e.name.empty()) return "This place is not in the guide";
  if (e.path.component == 0) return e.trail.empty() || e.path.field != 0 ? e.name : e.trail;
  Path field = e.path;
  field.component = field.subcomponent = 0;
  return fmt::format("{}, {}", explain(w.catalogue(), w.message(), w.report(), field).name, lower_case(e.name));
}

/// The way to the page of the code that stands there.
void code_link(Sheet& sheet, const Workbench& w, Actions& actions, const Path& path) {
  const std::optional<CodePlace> place = w.code_at(path);
  if (!place) return;
  if (sheet.link("Code", fmt::format("Open the page of {}", place_words(w.catalogue(), *place)))) {
    actions.push_back([to = *place](Workbench& bench) { bench.open_code(to.table, to.code); });
  }
}

void place_facts(Sheet& sheet, const Explanation& e) {
  sheet.fact("Value", std::string_view(e.value).substr(0, 1000), Type::mono);
  sheet.fact("Means", e.decoded);
  sheet.fact("For", e.meaning);
  std::string shape;
  const auto add = [&](std::string_view label, std::string_view value) {
    if (value.empty()) return;
    if (!shape.empty()) shape += ", ";
    shape += label;
    shape += value;
  };
  add("usage ", e.usage);
  add("cardinality ", e.cardinality);
  add("length ", e.length);
  sheet.fact("Data type", e.data_type, shape);
  sheet.fact("Required", e.condition);
  sheet.fact("Codes", e.binding);
}

}  // namespace

void draw_explain(const Workbench& w, Actions& actions, Box box) {
  const Theme& c = theme();
  // Without following it stays at the place where it was told to.
  Selection s = w.selection();
  if (!w.view.follow[static_cast<size_t>(Pane::side)]) {
    s.path = w.view.pinned;
    s.finding = w.problem_at(s.path);
  }
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("explain", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const bool small = box.width() < px(480);
  Sheet sheet({box.x0 + px(16), origin.y + px(16), box.x1 - px(20), box.y1}, small ? 108 : 116);
  const Box page = sheet.box();

  const bool known = s.path.segment != 0;
  const Explanation e = known ? explain(w.catalogue(), w.message(), w.report(), s.path) : Explanation();
  if (s.finding >= 0) {
    const Finding& f = w.report().findings[static_cast<size_t>(s.finding)];
    const Rule& rule = w.catalogue().rules[f.rule];
    const std::string where = place(w.catalogue(), w.report(), f);
    shape(list, shape_of(f.severity), {page.x0, sheet.y() + px(2)}, 20);
    const float place_width = text_width(Type::code, where);
    text_right(list, Type::code, {page.x1, sheet.y() + px(2)}, c.muted, where);
    const float left = page.x0 + px(28);
    sheet.advance(
        paragraph(list, Type::title, {left, sheet.y()}, page.x1 - left - place_width - px(16), c.text, w.headline(f)) +
        px(12));
    if (!w.view.plain_words) sheet.fact("What", sentence(w.catalogue(), w.message(), w.report(), f));
    sheet.fact("Why it matters", why(w.catalogue(), w.message(), w.report(), f));
    sheet.fact("How to fix", (w.view.plain_words ? plain_fix : how_to_fix)(w.catalogue(), w.message(), w.report(), f));
    const Box choices = {page.x0 + px(small ? 108 : 116), sheet.y(), page.x1, box.y1};
    if (const float used = draw_fix_choices(w, actions, s.finding, choices, w.view.coarse); used > 0)
      sheet.advance(used + px(16));
    const Who who = who_fixes(w.catalogue(), w.report(), f);
    sheet.fact("Who fixes", fmt::format("{}.", label(who)), who_does(who));
    const Source source = source_of(w.catalogue(), w.report(), f);
    sheet.fact("Source", fmt::format("{},", source.document), source.statement);
    if (sheet.link("Rule", fmt::format("More about {}", rule.id))) {
      actions.push_back([id = rule.id](Workbench& bench) { bench.view.rule_page = id; });
    }
    if (f.follows >= 0) {
      const auto cause = static_cast<uint32_t>(f.follows);
      const Finding& root = w.report().findings[cause];
      const std::string words = w.headline(root);
      if (sheet.link("Follows from", words)) {
        actions.push_back([cause](Workbench& bench) { bench.select_finding(static_cast<int>(cause), Pane::side); });
      }
    }
    if (known && (e.present || e.defined)) {
      sheet.space(4);
      sheet.rule();
      text_fit(list, Type::row_bold, {page.x0, sheet.y()}, page.width(), c.text, e.trail.empty() ? e.name : e.trail);
      sheet.advance(px(28));
      place_facts(sheet, e);
      code_link(sheet, w, actions, e.path);
    }
  } else if (!known) {
    text(list, Type::row_bold, {page.x0, sheet.y()}, c.text,
         w.empty() ? "Nothing to explain yet." : "No segment stands here.");
    sheet.space(22);
    sheet.advance(paragraph(list, Type::row, {page.x0, sheet.y()}, page.width(), c.muted,
                            "Choose a place in the message, in the tree or in the list of problems."));
  } else {
    const std::string where = to_string(s.path);
    const float place_width = text_width(Type::code, where);
    text_right(list, Type::code, {page.x1, sheet.y() + px(2)}, c.muted, where);
    const std::string name = full_name(w, e);
    sheet.advance(
        paragraph(list, Type::title, {page.x0, sheet.y()}, page.width() - place_width - px(16), c.text, name));
    if (!e.trail.empty() && e.trail != e.name) {
      sheet.space(2);
      text_fit(list, Type::small, {page.x0, sheet.y()}, page.width(), c.muted, e.trail);
      sheet.space(20);
    }
    sheet.space(12);
    place_facts(sheet, e);
    code_link(sheet, w, actions, e.path);
    // Problems inside this place: one may be looking for them.
    for (uint32_t finding : e.findings) {
      const Finding& f = w.report().findings[finding];
      if (is_not_sent(f) || f.follows >= 0) continue;
      const float y = sheet.y();
      ImGui::PushID(static_cast<int>(finding));
      const Touch t = touch("inside", {page.x0, y, page.x1, y + px(28)});
      ImGui::PopID();
      if (t.hovered) fill(list, {page.x0 - px(8), y, page.x1, y + px(28)}, c.hover, px(4));
      shape(list, shape_of(f.severity), {page.x0, y + px(6)}, 16);
      text_fit(list, Type::row, {page.x0 + px(24), y + px(4)}, page.width() - px(24), c.text, w.headline(f));
      if (t.pressed) {
        actions.push_back([finding](Workbench& bench) { bench.select_finding(static_cast<int>(finding), Pane::side); });
      }
      sheet.advance(px(28));
      if (sheet.y() > origin.y + px(6000)) break;
    }
  }
  ImGui::SetCursorScreenPos({box.x0, sheet.y() + px(8)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void draw_explain_card(const Workbench& w, Actions& actions, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  const Selection& s = w.selection();
  const float left = box.x0 + px(16), right = box.x1 - px(16);
  float y = box.y0 + px(18);
  const auto step = [&](const char* id, Icon which, float x, int direction, std::string_view name) {
    const Box b = {x, box.y0 + px(6), x + px(44), box.y0 + px(50)};
    if (icon_button(id, b, which, name, c.text, true).pressed) {
      actions.push_back([direction](Workbench& bench) { bench.step_problem(direction, Pane::side); });
    }
  };
  const auto& shown = w.folded().shown;
  if (!shown.empty()) {
    step("previous", Icon::up, right - px(92), -1, "Previous problem");
    step("next", Icon::down, right - px(44), 1, "Next problem");
  }
  std::string heading, words, foot;
  if (s.finding >= 0) {
    const Finding& f = w.report().findings[static_cast<size_t>(s.finding)];
    shape(list, shape_of(f.severity), {left, y + px(1)}, 18);
    float x = left + px(26);
    x += text(list, Type::row_bold, {x, y}, color_of(f.severity), label(f.severity)) + px(8);
    const auto here = std::find_if(shown.begin(), shown.end(),
                                   [&](const Shown& one) { return static_cast<int>(one.finding) == s.finding; });
    if (here != shown.end()) {
      text(list, Type::small, {x, y}, c.muted, fmt::format("{} of {}", here - shown.begin() + 1, shown.size()));
    }
    heading = w.headline(f);
    words = why(w.catalogue(), w.message(), w.report(), f);
    if (!w.view.plain_words) words = sentence(w.catalogue(), w.message(), w.report(), f) + " " + words;
    foot = fmt::format("{} fixes this", label(who_fixes(w.catalogue(), w.report(), f)));
  } else if (s.path.segment != 0) {
    const Explanation e = explain(w.catalogue(), w.message(), w.report(), s.path);
    text(list, Type::code, {left, y}, c.muted, to_string(s.path));
    heading = full_name(w, e);
    words = e.decoded.empty() ? e.meaning : e.decoded;
  } else {
    heading = w.summary().headline;
    words = shown.empty() ? "No problems found." : fmt::format("{}.", counts_text(w.folded()));
  }
  y += px(36);
  list->PushClipRect({box.x0, box.y0}, {box.x1, box.y1}, true);
  y += paragraph(list, Type::title, {left, y}, right - left, c.text, heading) + px(8);
  y += paragraph(list, Type::prose, {left, y}, right - left, c.text, words) + px(12);
  if (s.finding >= 0) {
    if (const float used = draw_fix_choices(w, actions, s.finding, {left, y, right, box.y1}, true); used > 0)
      y += used + px(12);
  }
  text(list, Type::small, {left, y}, c.muted, foot);
  list->PopClipRect();
}

void draw_place_card(const Workbench& w, const Path& path, Box line) {
  const Theme& c = theme();
  const Explanation e = explain(w.catalogue(), w.message(), w.report(), path);
  std::string first(std::string_view(e.value).substr(0, 200));
  std::string facts;
  const auto add = [&](std::string_view words) {
    if (words.empty()) return;
    if (!facts.empty()) facts += ". ";
    facts += words;
  };
  add(e.condition);
  if (!e.length.empty()) add(fmt::format("Length {}", e.length));
  if (!e.binding.empty()) add(fmt::format("Codes {}", e.binding));
  if (w.code_at(path))
    add(fmt::format("With the caret here, {} opens the page of the code", keys_of(command("codes.here"))));
  const float width = px(376);
  const auto lines = wrap(Type::small, facts, width);
  const auto decoded = wrap(Type::row, e.decoded, width);
  // Tags that leave the name no room go to a line of their own.
  const std::string path_words = to_string(path), name = e.name.empty() ? "Not in the guide" : e.name;
  float tags = 0;
  for (std::string_view fact : {std::string_view(e.data_type), std::string_view(e.usage)}) {
    if (!fact.empty()) tags += text_width(Type::tag, fact) + px(14 + 8);
  }
  const float name_room = width - text_width(Type::code_bold, path_words) - px(8);
  const bool below = text_width(Type::row_bold, name) > name_room - tags;
  float height = px(20) + (below && tags > 0 ? px(24) : 0) + (first.empty() ? 0 : px(24)) +
                 (e.decoded.empty() ? 0 : px(20) * static_cast<float>(decoded.size()) + px(4)) +
                 (facts.empty() ? 0 : px(20) * static_cast<float>(lines.size()) + px(4));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(12), px(11)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(6));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, px(1));
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float outer = height + px(22);
  const float top = line.y1 + px(8) + outer > size.y ? line.y0 - px(8) - outer : line.y1 + px(8);
  ImGui::SetNextWindowPos({std::clamp(line.x0, px(4), std::max(px(4), size.x - width - px(28))), std::max(px(4), top)});
  ImGui::BeginTooltip();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::Dummy({width, height});
  float x = at.x, y = at.y;
  x += text(list, Type::code_bold, {x, y}, c.accent, path_words) + px(8);
  text_fit(list, Type::row_bold, {x, y}, name_room - (below ? 0 : tags), c.text, name);
  if (below && tags > 0) y += px(24);
  float tag_x = below ? at.x : at.x + width - tags + px(8);
  for (std::string_view fact : {std::string_view(e.usage), std::string_view(e.data_type)}) {
    if (!fact.empty()) tag_x = tag(list, std::round(tag_x), y + px(10), fact) + px(8);
  }
  y += px(24);
  if (!first.empty()) {
    text_fit(list, Type::code, {at.x, y}, width, c.code, first);
    y += px(24);
  }
  if (!e.decoded.empty()) {
    for (std::string_view one : decoded) text(list, Type::row, {at.x, y}, c.text, one), y += px(20);
    y += px(4);
  }
  for (std::string_view one : lines) text(list, Type::small, {at.x, y}, c.muted, one), y += px(20);
  ImGui::EndTooltip();
  ImGui::PopStyleVar(3);
}

}  // namespace iz
