// The second bar: open messages, what they are checked as, what is done with them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/commands.h"
#include "ui/pane_answer.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

Shape shape_of_document(const Document& d) {
  if (d.worst) return shape_of(*d.worst);
  return d.checked ? Shape::ok : Shape::unknown;
}

/// "Z22 VXU": the profile and the message type.
std::string profile_words(const Profile& profile) { return fmt::format("{} {}", profile.id, profile.type); }

void open_tab(Workbench& bench, uint32_t document) {
  if (bench.view.workspace == Workspace::answer && bench.documents()[document].answer) {
    bench.open_answer(document);
  } else {
    bench.open_document(document);
  }
}

/// The documents that have a tab: beside a message, its answer has none of its own.
std::vector<uint32_t> with_tab(const Workbench& w) {
  std::vector<uint32_t> out;
  const std::vector<uint32_t> answers = w.answers();
  for (uint32_t i = 0; i < w.documents().size(); ++i) {
    const bool beside = w.view.workspace == Workspace::answer && w.has_sent() &&
                        std::find(answers.begin(), answers.end(), i) != answers.end();
    if (!beside) out.push_back(i);
  }
  return out;
}

}  // namespace

float draw_document_tabs(const BarContext& b, Box box, float limit) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = middle_of(box);
  float x = box.x0 + px(8);
  const auto& documents = b.w.documents();
  const std::vector<uint32_t> tabs = with_tab(b.w);
  const bool answering = b.w.view.workspace == Workspace::answer && b.w.has_sent() && b.w.answer().shown;
  // The current one is always among those that are shown.
  const auto here = static_cast<size_t>(std::find(tabs.begin(), tabs.end(), b.w.current()) - tabs.begin());
  const size_t from = here < 3 ? 0 : here - 1;
  size_t n = from;
  for (; n < tabs.size(); ++n) {
    const uint32_t i = tabs[n];
    const Document& d = documents[i];
    const bool current = i == b.w.current();
    const std::string name = b.w.empty() ? "New message" : d.type.empty() ? "Message" : d.type.substr(0, 12);
    const std::string id = shorten(Type::code, d.control_id, px(180));
    const std::string_view with = current && answering ? "with its answer" : "";
    const bool blank = b.w.empty();
    float width = px(10 + 10) + text_width(Type::row, name);
    if (!blank) width += px(14 + 8) + (id.empty() ? 0 : px(8) + text_width(Type::code, id)) + (current ? px(22) : 0);
    if (!with.empty()) width += px(8) + text_width(Type::row, with);
    width = std::round(width);
    if (x + width > limit && n > from) break;
    const Box tab_box = {x, middle - px(16), x + width, middle + px(16)};
    ImGui::PushID(static_cast<int>(i));
    const Touch t =
        bar_item(b, touch("document", {x, tab_box.y0, x + width - (current && !blank ? px(26) : 0), tab_box.y1}));
    if (current) {
      fill(list, tab_box, c.panel, px(6));
      frame(list, tab_box, c.line, px(6), px(1));
    } else if (t.hovered) {
      fill(list, tab_box, c.hover, px(6));
    }
    float at = x + px(10);
    if (!blank) {
      const bool judged = (current && answering) || (d.answer && static_cast<int>(i) == b.w.answer_document());
      shape(list, judged ? shape_of(b.w.answer().outcome) : shape_of_document(d), {at, middle - px(7)}, 14);
      at += px(22);
    }
    at += text(list, Type::row, {at, middle - px(10)}, current ? c.text : c.muted, name) + px(8);
    if (!id.empty()) at += text(list, Type::code, {at, middle - px(10)}, current ? c.text : c.muted, id) + px(8);
    text(list, Type::row, {at, middle - px(10)}, c.muted, with);
    if (t.pressed) b.actions.push_back([i](Workbench& bench) { open_tab(bench, i); });
    if (current && !blank) {
      const Box close = {tab_box.x1 - px(25), middle - px(10), tab_box.x1 - px(5), middle + px(10)};
      const Touch k = bar_item(b, touch("close", close));
      if (k.hovered) fill(list, close, c.hover, px(4));
      icon(list, Icon::close, {close.x0 + px(3), close.y0 + px(3)}, 14, c.muted);
      hover_card(k, "Close; undo brings it back");
      if (k.pressed) b.actions.push_back([](Workbench& bench) { bench.close_document(); });
    }
    ImGui::PopID();
    x += width + px(8);
  }
  if (tabs.size() > 1 && (n < tabs.size() || from > 0)) {
    const auto hidden = tabs.size() - (n - from);
    const std::string words = fmt::format("{} more", hidden);
    const float width = button_width(words, {.menu = true, .quiet = true});
    const Touch t = bar_item(b, button("more documents", x, middle, words, {.menu = true, .quiet = true}));
    std::vector<MenuItem> items;
    for (size_t m = 0; m < tabs.size() && items.size() < 400; ++m) {
      if (m >= from && m < n) continue;
      const uint32_t k = tabs[m];
      items.push_back({fmt::format("{}. {} {}", k + 1, documents[k].type, documents[k].control_id.substr(0, 40)), "",
                       false, [k](Workbench& bench) { open_tab(bench, k); }});
    }
    menu(b, "documents", t.pressed, {x, box.y0, x + width, box.y1}, items);
    x += width + px(4);
  }
  return x;
}

void draw_document_bar(const BarContext& b, Box box) {
  if (b.w.view.workspace == Workspace::answer) return draw_answer_bar(b, box);
  if (b.w.view.workspace == Workspace::codes) return draw_codes_bar(b, box);
  if (b.w.view.workspace == Workspace::local) return draw_local_bar(b, box);
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.bg);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const Box bar = {box.x0, box.y0, box.x1, box.y1 - px(1)};
  const float middle = middle_of(bar);

  // From the right: what is done with the message, then what the check is based on.
  float right = box.x1 - px(12);
  const auto place = [&](float width) { return right -= width; };
  const ButtonLook report_look = {.key = "F4"}, paste_look = {.icon = Icon::clipboard};
  if (const size_t safe = b.w.safe_fixes(); safe > 0) {
    const std::string words = fmt::format("Fix all safe ({})", safe);
    if (bar_item(b, button("fix all safe", place(button_width(words, {})), middle, words)).pressed)
      b.actions.push_back([](Workbench& bench) { bench.plan_fixes(); });
    right -= px(8);
  }
  if (!b.w.empty()) {
    if (bar_item(b, button("report", place(button_width("Report", report_look)), middle, "Report", report_look))
            .pressed) {
      b.requests.text_view = true;
    }
    right -= px(8);
  }
  if (bar_item(b, button("paste", place(button_width("Paste", paste_look)), middle, "Paste", paste_look)).pressed) {
    b.requests.paste = true;
  }
  right -= px(8);
  if (box.width() >= px(1000)) {
    const bool compare = !b.w.empty();
    const std::string_view words = compare ? "Compare" : "Examples";
    const ButtonLook quiet = {.quiet = true};
    place(button_width(words, quiet));
    const Touch t = bar_item(b, button("compare or examples", right, middle, words, quiet));
    if (t.pressed) b.actions.push_back(menu_item(b, compare ? "compare" : "new").act);
    right -= px(9);
  }
  vertical(list, right, middle - px(10), middle + px(10), c.line);
  right -= px(8);

  const Report& r = b.w.report();
  const std::string layers = b.w.layers();
  ButtonLook look = {.label = "Checked as", .menu = true, .quiet = true};
  std::string value = "chosen from the message";
  if (!b.w.empty()) {
    value = r.profile == nullptr ? "nothing" : profile_words(*r.profile);
    if (r.profile != nullptr && b.w.sender() == Sender::pharmacy) value += ", pharmacy";
    if (r.profile != nullptr && box.width() >= px(1100)) look.more = layers;
  } else if (!b.w.forced_profile().empty()) {
    value = b.w.forced_profile();
  }
  if (box.width() < px(1000)) look.label = {};
  const float width = button_width(value, look);
  place(width);
  const Touch t = bar_item(b, button("profile", right, middle, value, look));
  std::vector<MenuItem> items;
  items.push_back(
      {"Chosen from the message", "", b.w.forced_profile().empty(), [](Workbench& bench) { bench.set_profile({}); }});
  for (const auto& profile : b.w.catalogue().profiles) {
    if (profile->type.empty()) continue;  // of an envelope, not of a message
    items.push_back({profile_words(*profile), profile->title, b.w.forced_profile() == profile->id,
                     [id = profile->id](Workbench& bench) { bench.set_profile(id); }});
  }
  const bool pharmacy = b.w.sender() == Sender::pharmacy;
  items.push_back({"Sent by a pharmacy", "has rules of its own", pharmacy,
                   [pharmacy](Workbench& bench) { bench.set_sender(pharmacy ? Sender::any : Sender::pharmacy); }});
  for (int i = 0; i < static_cast<int>(b.w.locals().size()); ++i) {
    const bool on = i == b.w.local();
    items.push_back({b.w.locals()[static_cast<size_t>(i)].profile->title, "local rules", on,
                     [to = on ? -1 : i](Workbench& bench) { bench.choose_local(to); }});
  }
  menu(b, "profiles", t.pressed, {right, box.y0, right + width, box.y1}, items);

  const float end = draw_document_tabs(b, bar, right - px(140));
  if (!b.w.empty() && end + px(28) < right) {
    const Box plus = {end, middle - px(14), end + px(28), middle + px(14)};
    if (bar_item(b, icon_button("new", plus, Icon::plus, "New message; undo brings the others back", c.muted))
            .pressed) {
      b.actions.push_back(menu_item(b, "new").act);
    }
  }
}

}  // namespace iz
