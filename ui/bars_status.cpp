// The line at the bottom, and the tabs of a narrow window.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/words.h"
#include "ui/panes.h"
#include "ui/theme.h"

namespace iz {
namespace {

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

/// The edition of the CVX table and its age at the as-of date, in the longest of the forms that fits into that width.
std::string edition_words(const Workbench& w, float width) {
  const CodeSet* cvx = w.catalogue().code_set("CVX");
  if (cvx == nullptr) return {};
  const std::string edition = iz::edition_words(*cvx), as_of = fmt::format("Codes as of {}", edition);
  std::string with_age = as_of;
  append(with_age, edition_age(*cvx, w.as_of()), " \xc2\xb7 ");
  for (const std::string& words : {with_age, as_of})
    if (text_width(Type::small, words) <= width) return words;
  return fmt::format("Codes {}", edition);
}

std::string checked_words(std::string_view what, double milliseconds) {
  const auto tenths = static_cast<uint64_t>(milliseconds * 10 + 0.5);
  return tenths == 0 ? fmt::format("{} in under 0.1 ms", what)
                     : fmt::format("{} in {} ms", what, decimal(static_cast<double>(tenths) / 10));
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

}  // namespace

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
    constexpr std::string_view promise = "Nothing leaves this page";
    text(list, Type::small, {box.x0 + px(32), y}, c.text, promise);
    put_right(edition_words(b.w, right - box.x0 - px(32 + 12) - text_width(Type::small, promise)), c.muted);
    return;
  }
  put_right(fmt::format(" \xc2\xb7 {} since load", counted(b.w.view.requests, "request", "requests")), c.muted);
  put_right("Nothing leaves this page", c.text);
  right -= px(20);
  icon(list, Icon::lock, {right, middle - px(7)}, 14, c.ok);

  float x = box.x0 + px(16);
  const auto aside = [&](std::string_view words) {
    const float width = text_width(Type::small, words);
    if (words.empty() || right - width - px(48) < x) return;
    right -= px(16);
    vertical(list, std::round(right), middle - px(6), middle + px(6), c.line);
    right -= px(16);
    put_right(words, c.muted);
  };
  aside(edition_words(b.w, right - x - px(48)));  // always there; the rest where there is room

  std::vector<std::string> facts;
  if (b.w.view.workspace == Workspace::codes) {
    if (!b.w.view.notice.empty()) facts.push_back(b.w.view.notice);
    facts.push_back(counted(b.w.catalogue().code_sets.size(), "table", "tables"));
    if (b.w.brought().empty()) {
      facts.push_back("Editions that you load live for this session only");
    } else {
      const std::string own = counted(b.w.brought().size(), "table of yours", "tables of yours");
      facts.push_back(b.w.view.codes.keep ? own + ", kept on this device" : own + ", for this session only");
    }
  } else if (const LocalTab* tab = b.w.local_tab(); tab && b.w.view.workspace == Workspace::local) {
    if (!b.w.view.notice.empty()) facts.push_back(b.w.view.notice);
    facts.push_back(fmt::format("Profile is valid, {}", counted(tab->catalogue->local.size(), "change", "changes")));
    if (const LocalExamples& e = tab->examples; e.run > 0)
      facts.push_back(fmt::format("{} of {} as they should be", e.run - std::min(e.run, e.failed.size()),
                                  counted(e.run, "example", "examples")));
    if (b.w.check_time() >= 0 && !b.w.empty()) facts.push_back(checked_words("Checked again", b.w.check_time()));
  } else if (b.w.empty()) {
    facts.push_back("Ready");
    facts.push_back(fmt::format("Guide R1.5 + Addendum, {} rules", b.w.catalogue().rules.size()));
  } else {
    size_t fields = 0;
    for (const Segment& s : b.w.message().segments()) fields += s.field_count;
    facts.push_back(fmt::format("{}, {}", counted(b.w.message().segments().size(), "segment", "segments"),
                                counted(fields, "field", "fields")));
    if (b.w.check_time() >= 0) facts.push_back(checked_words("Read and checked", b.w.check_time()));
    facts.push_back(choice_words(b.w.report().choice));
  }
  for (const std::string& fact : facts) {
    const float width = text_width(Type::small, fact);
    if (x + width + px(16) > right) break;
    text(list, Type::small, {x, y}, c.muted, fact);
    x += width + px(16);
  }
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
  constexpr std::array<Part, 6> parts = {{{NarrowTab::message, Icon::file, "Message"},
                                          {NarrowTab::tree, Icon::tree, "Tree"},
                                          {NarrowTab::problems, Icon::lines, "Problems"},
                                          {NarrowTab::explain, Icon::book, "Explain"},
                                          {NarrowTab::codes, Icon::search, "Codes"},
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
        if (tab == NarrowTab::codes) return bench.open_codes();
        bench.view.workspace = Workspace::analyse;
        bench.view.narrow = tab;
      });
    }
    x += width;
  }
}

}  // namespace iz
