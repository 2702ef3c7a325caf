#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/examples.h"
#include "ui/pane_answer.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

}  // namespace

void menu(const BarContext& b, const char* id, bool open, Box under, const std::vector<MenuItem>& items) {
  if (open) {
    ImGui::OpenPopup(id);
    b.keys.row = -1;
  }
  float width = px(200);
  for (const MenuItem& item : items) width = std::max(width, menu_row_width(item.text, item.more));
  width = std::ceil(width);
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({std::max(px(4), std::min(under.x0, size.x - width - px(8))), under.y1 + px(4)});
  ImGui::SetNextWindowSizeConstraints({0, 0}, {size.x, size.y - under.y1 - px(16)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(1), px(8)});
  if (ImGui::BeginPopup(id)) {
    b.keys.rows = static_cast<int>(items.size());
    for (int i = 0; i < b.keys.rows; ++i) {
      const MenuItem& item = items[static_cast<size_t>(i)];
      const bool here = b.keys.row == i;
      ImGui::PushID(i);
      if (menu_row(item.text, item.more, item.checked, here, width)) b.actions.push_back(item.act);
      if (here && std::exchange(b.keys.press_row, false)) {
        b.actions.push_back(item.act);
        ImGui::CloseCurrentPopup();
      }
      ImGui::PopID();
    }
    ImGui::Dummy({width, 0});
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

namespace {

std::string_view name_of(ThemeChoice choice) {
  switch (choice) {
    case ThemeChoice::system:
      return "As the system";
    case ThemeChoice::light:
      return "Light";
    case ThemeChoice::dark:
      return "Dark";
    case ThemeChoice::contrast:
      break;
  }
  return "High contrast";
}

Shape shape_of_document(const Document& d) {
  if (d.worst) return shape_of(*d.worst);
  return d.checked ? Shape::ok : Shape::unknown;
}

std::vector<MenuItem> example_items() {
  std::vector<MenuItem> items;
  for (const ExampleMessage& e : example_messages()) {
    items.push_back(
        {std::string(e.name), std::string(e.about), false, [&e](Workbench& bench) { bench.paste(e.text); }});
  }
  return items;
}

/// "Z22 VXU": the profile and the message type.
std::string profile_words(const Profile& profile) { return fmt::format("{} {}", profile.id, profile.type); }

/// The newest code set of CDC and its age at the as-of date.
std::string edition_words(const Workbench& w) {
  const CodeSet* cvx = w.catalogue().code_set("CVX");
  if (cvx == nullptr) return {};
  const std::string& date = cvx->edition.date;
  const std::optional<Date> edition = parse_date(date);
  if (!edition || !w.as_of()) return fmt::format("Codes as of {}", date);
  const int64_t days = day_number(w.as_of()) - day_number(*edition);
  if (days < 0) return fmt::format("Codes as of {}", date);
  return fmt::format("Codes as of {} \xc2\xb7 {} old", date, counted(static_cast<size_t>(days), "day", "days"));
}

std::string choice_words(ProfileChoice choice) {
  switch (choice) {
    case ProfileChoice::forced:
      return "Profile chosen by hand";
    case ProfileChoice::msh21:
      return "Profile chosen from MSH-21";
    case ProfileChoice::message_type:
      return "Profile chosen from MSH-9";
    case ProfileChoice::query_name:
      return "Profile chosen from MSH-9 and QPD-1";
    case ProfileChoice::content:
      return "Profile chosen from MSH-9 and the segments";
    case ProfileChoice::segments:
      return "Profile chosen from the segments";
    case ProfileChoice::none:
      break;
  }
  return "No profile fits";
}

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

void BarKeys::step(int direction) {
  const auto count = static_cast<int>(boxes.size());
  if (count == 0) return;
  // Bars of one height are read from the left; a lower one comes later.
  const auto before = [](const Box& a, const Box& b) {
    const float ay = (a.y0 + a.y1) / 2, by = (b.y0 + b.y1) / 2;
    return std::abs(ay - by) > px(12) ? ay < by : a.x0 < b.x0;
  };
  std::vector<int> order(boxes.size());
  for (int i = 0; i < count; ++i) order[static_cast<size_t>(i)] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return before(boxes[static_cast<size_t>(a)], boxes[static_cast<size_t>(b)]); });
  const auto here = std::find(order.begin(), order.end(), item);
  const int rank = here == order.end() ? -direction : static_cast<int>(here - order.begin());
  item = order[static_cast<size_t>((rank + direction + count) % count)];
}

Touch bar_item(const BarContext& b, Touch t) {
  const auto index = static_cast<int>(b.keys.boxes.size());
  b.keys.boxes.push_back(t.box);
  if (b.w.view.focus != Pane::bars || b.keys.item != index) return t;
  const Box ring = {t.box.x0 - px(2), t.box.y0 - px(2), t.box.x1 + px(2), t.box.y1 + px(2)};
  frame(ImGui::GetWindowDrawList(), ring, theme().accent, px(8), px(2));
  if (std::exchange(b.keys.press, false)) t.pressed = true;
  return t;
}

void draw_app_bar(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.chrome);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float middle = middle_of({box.x0, box.y0, box.x1, box.y1 - px(1)});
  const float left = box.x0 + px(b.narrow ? 12 : 16);
  const Box mark = {left, middle - px(14), left + px(28), middle + px(14)};
  fill(list, mark, c.accent, px(6));
  const float sign = text_width(Type::code_bold, "|^");
  text(list, Type::code_bold, {std::round(mark.x0 + (px(28) - sign) / 2), middle - px(10)}, c.accenttext, "|^");
  float x = mark.x1 + px(10);
  if (b.narrow) {
    const Document& d = b.w.documents()[b.w.current()];
    const float room = box.x1 - px(100) - x;
    if (b.w.empty()) {
      text_fit(list, Type::brand, {x, middle - px(10)}, room, c.text, "IZ Workbench");
    } else {
      const float used =
          text(list, Type::brand, {x, middle - px(18)}, c.text, d.type.empty() ? "Message" : d.type.substr(0, 12));
      text_fit(list, Type::code, {x + used + px(8), middle - px(18)}, room - used - px(8), c.muted, d.control_id);
      const Report& r = b.w.report();
      text_fit(list, Type::small, {x, middle}, room, c.muted,
               r.profile == nullptr ? "Not checked" : fmt::format("{}, R1.5 + Addendum", r.profile->id));
    }
  } else {
    x += text(list, Type::brand, {x, middle - px(10)}, c.text, "IZ Workbench") + px(24 + 12);
    for (const auto& [workspace, name] :
         {std::pair{Workspace::analyse, "Analyse"}, std::pair{Workspace::answer, "Answer"}}) {
      const bool on = b.w.view.workspace == workspace;
      const Type type = on ? Type::row_bold : Type::row;
      const float width = text_width(type, name);
      const Touch t = bar_item(b, touch(name, {x - px(12), box.y0 + px(8), x + width + px(12), box.y1 - px(8)}));
      text(list, type, {x, middle - px(10)}, on || t.hovered ? c.text : c.muted, name);
      if (on) fill(list, {std::round(x), box.y1 - px(1), std::round(x + width), box.y1 + px(1)}, c.accent);
      if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      hover_card(t, "F2 changes between the two");
      if (t.pressed && !on) {
        b.actions.push_back([to = workspace](Workbench& bench) {
          if (to == Workspace::analyse) return bench.close_answer();
          bench.open_answer();
        });
      }
      x += width + px(24);
    }
  }

  float right = box.x1 - px(b.narrow ? 8 : 16);
  const auto tool = [&](float size) {
    const Box square = {right - px(size), middle - px(size) / 2, right, middle + px(size) / 2};
    right -= px(size);
    return square;
  };
  const float size = b.narrow ? 44 : 32;
  const Box help = tool(size);
  const Touch h = bar_item(b, touch("help", help));
  if (h.hovered || h.held) fill(list, help, h.held ? c.asoft : c.hover, px(6));
  text(list, Type::brand, {std::round((help.x0 + help.x1 - text_width(Type::brand, "?")) / 2), middle - px(10)},
       c.muted, "?");
  hover_card(h, "Keys, F1");
  if (h.pressed) b.actions.push_back([](Workbench& bench) { bench.view.help = true; });

  const Box sun = tool(size);
  const bool pressed = bar_item(b, icon_button("theme", sun, Icon::sun, "Colours", c.muted)).pressed;
  std::vector<MenuItem> items;
  for (ThemeChoice choice : {ThemeChoice::system, ThemeChoice::light, ThemeChoice::dark, ThemeChoice::contrast}) {
    items.push_back({std::string(name_of(choice)), "", b.w.view.theme == choice,
                     [choice](Workbench& bench) { bench.view.theme = choice; }});
  }
  menu(b, "themes", pressed, sun, items);
  if (b.narrow) {
    const Box more = tool(size);
    std::vector<MenuItem> acts;
    if (b.w.documents().size() > 1) {
      for (uint32_t k = 0; k < b.w.documents().size() && k < 100; ++k) {
        const Document& d = b.w.documents()[k];
        acts.push_back({fmt::format("{}. {} {}", k + 1, d.type, d.control_id.substr(0, 24)), "", k == b.w.current(),
                        [k](Workbench& bench) { bench.open_document(k); }});
      }
    }
    Requests& requests = b.requests;
    acts.push_back({"Paste", "", false, [&requests](Workbench&) { requests.paste = true; }});
    acts.push_back({"Text version and report", "", false, [&requests](Workbench&) { requests.text_view = true; }});
    acts.push_back({"New message", "", false, [](Workbench& bench) { bench.clear(); }});
    for (MenuItem& item : example_items()) {
      item.more.clear();
      acts.push_back(std::move(item));
    }
    menu(b, "acts", bar_item(b, icon_button("more", more, Icon::more, "More", c.muted)).pressed, more, acts);
  }
}

void draw_document_bar(const BarContext& b, Box box) {
  if (b.w.view.workspace == Workspace::answer) return draw_answer_bar(b, box);
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.bg);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const Box bar = {box.x0, box.y0, box.x1, box.y1 - px(1)};
  const float middle = middle_of(bar);

  // From the right: what is done with the message, then what the check is based on.
  float right = box.x1 - px(12);
  const auto place = [&](float width) { return right -= width; };
  const ButtonLook report_look = {.key = "F4"}, paste_look = {.icon = Icon::clipboard},
                   menu_look = {.menu = true, .quiet = true};
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
  const float paste_left = right;
  right -= px(8);
  if (box.width() >= px(1000)) {
    place(button_width("Examples", menu_look));
    const Touch t = bar_item(b, button("examples", right, middle, "Examples", menu_look));
    menu(b, "example list", t.pressed, {right, box.y0, paste_left, box.y1}, example_items());
    right -= px(9);
  }
  vertical(list, right, middle - px(10), middle + px(10), c.line);
  right -= px(8);

  const Report& r = b.w.report();
  ButtonLook look = {.label = "Checked as", .menu = true, .quiet = true};
  std::string value = "chosen from the message";
  if (!b.w.empty()) {
    value = r.profile == nullptr ? "nothing" : profile_words(*r.profile);
    if (r.profile != nullptr && box.width() >= px(1100)) look.more = "R1.5 + Addendum";
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
  menu(b, "profiles", t.pressed, {right, box.y0, right + width, box.y1}, items);

  const float end = draw_document_tabs(b, bar, right - px(140));
  if (!b.w.empty() && end + px(28) < right) {
    const Box plus = {end, middle - px(14), end + px(28), middle + px(14)};
    if (bar_item(b, icon_button("new", plus, Icon::plus, "New message; undo brings the others back", c.muted))
            .pressed) {
      b.actions.push_back([](Workbench& bench) { bench.clear(); });
    }
  }
}

void draw_status(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.chrome);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  const float middle = middle_of({box.x0, box.y0 + px(1), box.x1, box.y1}), y = middle - px(10);
  float right = box.x1 - px(b.narrow ? 12 : 16);
  const auto put_right = [&](std::string_view words, ImU32 color) {
    right -= text_width(Type::small, words);
    text(list, Type::small, {right, y}, color, words);
  };
  if (b.narrow) {
    icon(list, Icon::lock, {box.x0 + px(12), middle - px(7)}, 14, c.ok);
    text(list, Type::small, {box.x0 + px(32), y}, c.text, "Nothing leaves this page");
    return;
  }
  put_right(fmt::format(" \xc2\xb7 {} since load", counted(b.w.view.requests, "request", "requests")), c.muted);
  put_right("Nothing leaves this page", c.text);
  right -= px(20);
  icon(list, Icon::lock, {right, middle - px(7)}, 14, c.ok);

  std::vector<std::string> facts;
  if (b.w.empty()) {
    facts.push_back("Ready");
    facts.push_back(fmt::format("Guide R1.5 + Addendum, {} rules", b.w.catalogue().rules.size()));
  } else {
    size_t fields = 0;
    for (const Segment& s : b.w.message().segments()) fields += s.field_count;
    facts.push_back(fmt::format("{}, {}", counted(b.w.message().segments().size(), "segment", "segments"),
                                counted(fields, "field", "fields")));
    if (b.w.check_time() >= 0) {
      facts.push_back(b.w.check_time() < 0.1 ? "Read and checked in under 0.1 ms"
                                             : fmt::format("Read and checked in {:.1f} ms", b.w.check_time()));
    }
    facts.push_back(choice_words(b.w.report().choice));
  }
  float x = box.x0 + px(16);
  for (const std::string& fact : facts) {
    const float width = text_width(Type::small, fact);
    if (x + width + px(16) > right) break;
    text(list, Type::small, {x, y}, c.muted, fact);
    x += width + px(16);
  }
  const auto aside = [&](std::string_view words) {
    const float width = text_width(Type::small, words);
    if (words.empty() || right - width - px(48) < x) return;
    right -= px(16);
    vertical(list, std::round(right), middle - px(6), middle + px(6), c.line);
    right -= px(16);
    put_right(words, c.muted);
  };
  aside(edition_words(b.w));
  if (b.w.as_of()) aside(fmt::format("As of {}", to_iso(b.w.as_of())));
}

void draw_bottom_tabs(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.chrome);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  struct Part {
    NarrowTab tab;
    Icon icon;
    std::string_view name;
  };
  constexpr std::array<Part, 5> parts = {{{NarrowTab::message, Icon::file, "Message"},
                                          {NarrowTab::tree, Icon::tree, "Tree"},
                                          {NarrowTab::problems, Icon::lines, "Problems"},
                                          {NarrowTab::explain, Icon::book, "Explain"},
                                          {NarrowTab::answer, Icon::out, "Answer"}}};
  const float width = box.width() / static_cast<float>(parts.size());
  float x = box.x0;
  for (const Part& part : parts) {
    const bool on = b.w.view.narrow == part.tab;
    const Box cell = {x, box.y0, x + width, box.y1};
    const Touch t = bar_item(b, touch(std::string(part.name).c_str(), cell));
    if (t.hovered && !on) fill(list, {cell.x0, cell.y0 + px(1), cell.x1, cell.y1}, c.hover);
    if (on) fill(list, {cell.x0 + px(12), cell.y0, cell.x1 - px(12), cell.y0 + px(2)}, c.accent);
    const ImU32 ink = on ? c.accent : c.muted;
    const float centre = (cell.x0 + cell.x1) / 2;
    icon(list, part.icon, {centre - px(10), cell.y0 + px(11)}, 20, ink);
    const Type type = on ? Type::small_bold : Type::small;
    text(list, type, {std::round(centre - text_width(type, part.name) / 2), cell.y0 + px(34)}, ink, part.name);
    const auto count = b.w.folded().shown.size();
    if (part.tab == NarrowTab::problems && count > 0) {
      const std::string number = fmt::format("{}", count);
      const float room = text_width(Type::tag, number) + px(10);
      const Box dot = {std::round(centre + px(4)), cell.y0 + px(5), std::round(centre + px(4) + room),
                       cell.y0 + px(21)};
      const bool errors = b.w.folded().errors > 0;
      fill(list, dot, errors ? c.err : c.adv, px(8));
      text(list, Type::tag, {dot.x0 + px(5), dot.y0 - px(1)}, errors ? c.onerr : c.panel, number);
    }
    if (t.pressed) {
      b.actions.push_back([tab = part.tab](Workbench& bench) {
        if (tab == NarrowTab::answer) return bench.open_answer();
        bench.view.workspace = Workspace::analyse;
        bench.view.narrow = tab;
      });
    }
    x += width;
  }
}

}  // namespace iz
