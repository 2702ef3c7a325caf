// The page of a code: the code large, its name and state, what is known of it, where it leads, where the message uses it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/cvx_period.h"
#include "core/words.h"
#include "ui/key_words.h"
#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40, label_width = 120;

/// Lays out the parts of a page under each other and counts its links.
struct Leaf {
  const Workbench& w;
  Actions& actions;
  std::vector<Action>& links;
  float x0, x1, y;
  float seen_top = 0, seen_bottom = 0;  // of the link that the keyboard is at

  float width() const { return x1 - x0; }

  void space(float length) { y += px(length); }
  /// Words that lead somewhere; they are one of the page's links.
  void link(Type type, Box place, std::string_view words, Action act) {
    const Theme& c = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const int index = static_cast<int>(links.size());
    const float shown = text_fit(list, type, {place.x0, place.y0}, place.width(), c.accent, words);
    const Box box = {place.x0, place.y0, place.x0 + shown, place.y1};
    ImGui::PushID(index);
    const Touch t = touch("link", box);
    ImGui::PopID();
    if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (t.hovered || c.high_contrast) horizontal(list, box.x0, box.x1, box.y1 - px(2), c.accent);
    if (w.view.focus == Pane::code_page && w.view.codes.link == index) {
      frame(list, {box.x0 - px(4), box.y0 - px(1), box.x1 + px(4), box.y1 + px(1)}, c.accent, px(4), px(2));
      seen_top = box.y0;
      seen_bottom = box.y1;
    }
    if (t.pressed) {
      actions.push_back([index](Workbench& bench) { bench.view.codes.link = index; });
      actions.push_back(act);
    }
    links.push_back(std::move(act));
  }

  void fact(std::string_view label, std::string_view words) {
    if (words.empty()) return;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float left = x0 + px(label_width);
    y += px(4);
    const float height = paragraph(list, Type::row, {x0, y}, px(label_width - 8), theme().muted, label);
    y += std::max({px(20), height, paragraph(list, Type::row, {left, y}, x1 - left, theme().text, words)});
    y += px(4);
  }

  void decision(std::string_view words) {
    const Theme& c = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float width_of_words = width() - px(12 + 16 + 8 + 12);
    const auto lines = wrap(Type::row, words, width_of_words);
    const Box box = {x0, y + px(4), x1, y + px(4 + 18) + px(20) * static_cast<float>(lines.size())};
    fill(list, box, c.warnsoft, px(6));
    frame(list, box, c.warnline, px(6), px(1));
    shape(list, Shape::warning, {x0 + px(12), box.y0 + px(11)}, 16);
    paragraph(list, Type::row, {x0 + px(36), box.y0 + px(9)}, width_of_words, c.text, words);
    y = box.y1 + px(4);
  }

  void head(std::string_view title, std::string_view remark) {
    const Theme& c = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    y += px(16);
    const float used = text(list, Type::row_bold, {x0, y + px(4)}, c.text, title) + px(8);
    text_fit(list, Type::small, {x0 + used, y + px(4)}, width() - used, c.muted, remark);
    horizontal(list, x0, x1, y + px(27), c.line);
    y += px(28);
  }

  void row(const CodePage::Link& r) {
    const Theme& c = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    float top = y + px(4);
    const bool mono = r.table != "TradeName";
    const Type type = mono ? Type::code : Type::row;
    // A long code has a line of its own.
    const bool long_code = text_width(type, r.code) > px(label_width);
    const float right = status_tag(list, x1, top + px(10), r.status) - px(r.status.empty() ? 0 : 8);
    const Box place = {x0, top, long_code ? right : x0 + px(label_width), top + px(20)};
    link(type, place, r.code,
         [to = CodePlace{r.table, r.code}](Workbench& bench) { bench.open_code(to.table, to.code); });
    float left = x0 + px(label_width + 12);
    if (long_code) {
      if (r.text.empty()) {
        y += px(28);
        return;
      }
      left = x0 + px(16);
      top += px(20);
    }
    const float room = std::max(px(60), (long_code ? x1 : right) - left);
    y = top + std::max(px(20), paragraph(list, Type::row, {left, top}, room, c.text, r.text)) + px(4);
  }

  void use(const CodePage::Use& u) {
    const Theme& c = theme();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const std::string where = to_string(u.path);
    const float top = y + px(6), code_width = text_width(Type::code, where);
    link(Type::code, {x0, top, x0 + code_width + px(1), top + px(20)}, where, [path = u.path](Workbench& bench) {
      bench.close_answer();
      bench.view.narrow = NarrowTab::message;
      bench.select_place(path, Pane::bars);
      bench.view.focus = Pane::editor;
    });
    // What the check says of this place.
    std::optional<Severity> worst;
    for (const Finding& f : w.report().findings) {
      if (f.span.begin < u.span.end && f.span.end > u.span.begin && !is_not_sent(f) &&
          (!worst || f.severity < *worst)) {
        worst = f.severity;
      }
    }
    std::string words = u.text;
    if (const uint32_t dose = w.dose_at(u.span.begin); dose > 0) words = fmt::format("{}, dose {}", words, dose);
    if (worst) words += fmt::format(": {}", lower_case(std::string(label(*worst))));
    const float left = x0 + code_width + px(12), room = x1 - px(26) - left;
    y = top + std::max(px(20), paragraph(list, Type::row, {left, top}, room, c.muted, words)) + px(6);
    shape(list, worst ? shape_of(*worst) : Shape::ok, {x1 - px(14), top + px(3)}, 14);
  }
};

/// "Inactive; was active in edition 2024-10-01"
std::string state_words(const Workbench& w, const CodePage& page) {
  std::string out = page.status;
  const Code* here = page.set->find(page.code);
  if (here == nullptr) return out;
  for (const CodeSet* other : w.editions_of(page.set->id)) {
    const Code* there = other->find(page.code);
    if (other == page.set || there == nullptr || there->status == here->status || there->status.empty()) continue;
    const bool older = edition_words(*other) < edition_words(*page.set);
    append(out,
           fmt::format("{} {} in edition {}", older ? "was" : "is", lower_case(std::string(there->status)),
                       edition_words(*other)),
           "; ");
  }
  return out;
}

/// What is trusted about the end of a vaccine's use; empty where nothing is to be said.
std::string date_decision(const Catalogue& catalogue, const CodePage& page) {
  const Code* row = page.set->id == "CVX" ? page.set->find(page.code) : nullptr;
  if (row == nullptr || row->status != "Inactive" || page.set->cell(*row, "unspecified") == "yes") return {};
  const CvxPeriod period = cvx_period(catalogue, page.code);
  if (period.end.empty()) {
    return "No reliable date says since when this code is inactive: no dose is questioned for the day it was given.";
  }
  return fmt::format("We trust {}, {}: a dose given up to then is not questioned.", period.end,
                     basis_words(catalogue, period.end_basis, period.end_ndc));
}

}  // namespace

void CodePagePane::draw(const Workbench& w, Actions& actions, Requests& requests, Box box) {
  const Theme& c = theme();
  ImDrawList* outer = ImGui::GetWindowDrawList();
  fill(outer, box, c.panel);
  links_.clear();
  const CodesView& v = w.view.codes;
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(outer, header, w.view.focus == Pane::code_page);
  const float middle = std::round((header.y0 + header.y1) / 2);
  const auto square = [&](float right) { return Box{right - px(28), middle - px(14), right, middle + px(14)}; };
  float right = header.x1 - px(12);
  const bool open = !v.page.table.empty();
  if (open) {
    if (icon_button("copy code", square(right), Icon::copy, key_sentence("Copy code and name, Ctrl C"), c.muted)
            .pressed) {
      requests.copy = w.code_line();
    }
    right -= px(36);
    const bool ahead = v.visit + 1 < v.visited.size(), behind = v.visit > 0;
    const Touch f =
        icon_button("forward", square(right), Icon::arrow, key_sentence("Forward, Alt Right"), ahead ? c.muted : c.ctl);
    if (f.pressed) actions.push_back([](Workbench& bench) { bench.step_page(1); });
    right -= px(36);
    const Touch b =
        icon_button("back", square(right), Icon::back, key_sentence("Back, Alt Left"), behind ? c.muted : c.ctl);
    if (b.pressed) actions.push_back([](Workbench& bench) { bench.step_page(-1); });
    right -= px(36);
    text_fit(outer, Type::code, {header.x0 + px(16), middle - px(10)}, right - header.x0 - px(16), c.muted,
             place_words(w.catalogue(), v.page));
  }
  ImGui::SetCursorScreenPos({box.x0, header.y1});
  ImGui::BeginChild("code page", {box.width(), box.y1 - header.y1});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float pad = px(box.width() < px(420) ? 16 : 24);
  Leaf leaf = {w, actions, links_, box.x0 + pad, box.x1 - pad, origin.y + px(16)};
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (!open) {
    leaf.y += paragraph(list, Type::row_bold, {leaf.x0, leaf.y}, leaf.width(), c.text, "No code is open.") + px(2);
    leaf.y += paragraph(list, Type::row, {leaf.x0, leaf.y}, leaf.width(), c.muted,
                        "Choose one in the list: its state, its dates, what belongs to it, and where the open message "
                        "uses it.");
  } else {
    read(w);
    const CodePage& page = page_;
    const std::string state = page.set ? state_words(w, page) : std::string();
    const std::string name = page.found ? page.heading : std::string("Not in the edition in use");
    // The code, its name beside it where there is room, its state below.
    const bool short_code = page.code.size() <= 5 && leaf.width() >= px(260);
    const Type type = short_code ? Type::code_page : Type::code_long;
    float left = leaf.x0, y = leaf.y;
    if (short_code) {
      left += text(list, type, {left, y}, c.code, page.code) + px(16);
    } else if (page.code != name) {
      y += paragraph(list, type, {left, y}, leaf.width(), c.code, page.code) + px(4);
    }
    y += std::max(px(24), paragraph(list, Type::title, {left, y}, leaf.x1 - left, c.text, name));
    if (!state.empty()) {
      y += px(8);
      const Shape which = shape_of_status(page.status);
      if (state_chip_width(state) <= leaf.x1 - left) {
        state_chip(list, left, 0, y + px(12), which, state);
        y += px(24);
      } else {
        shape(list, which, {left, y + px(3)}, 14);
        y += paragraph(list, Type::small, {left + px(20), y}, leaf.x1 - left - px(20), c.text, state);
      }
    }
    leaf.y = std::max(y, short_code ? leaf.y + px(44) : y) + px(12);
    leaf.fact("Full name", page.full);
    if (!page.note.empty()) leaf.fact("CDC note", fmt::format("\xe2\x80\x9c{}\xe2\x80\x9d", page.note));
    for (const CodePage::Fact& f : page.facts) leaf.fact(f.label, f.text);
    for (const CodePage::Fact& f : page.editions) leaf.fact(f.label, f.text);
    if (page.found) {
      leaf.fact("Table", fmt::format("{}, edition {}", page.set->name, edition_words(*page.set)));
      if (const std::string words = date_decision(w.catalogue(), page); !words.empty()) leaf.decision(words);
    }
    for (const CodePage::Links& group : page.links) {
      leaf.head(group.title, fmt::format("{}", group.rows.size()));
      for (const CodePage::Link& r : group.rows) leaf.row(r);
    }
    if (w.has_sent()) {
      leaf.head("In the open message", page.uses.empty() ? "not used" : counted(page.uses.size(), "use", "uses"));
      for (const CodePage::Use& u : page.uses) leaf.use(u);
    }
    if (leaf.seen_bottom > 0) {
      // The link that the keyboard is at stays in sight.
      const float top = header.y1, bottom = box.y1;
      if (leaf.seen_top < top + px(8)) ImGui::SetScrollY(ImGui::GetScrollY() - (top + px(24) - leaf.seen_top));
      if (leaf.seen_bottom > bottom - px(8)) {
        ImGui::SetScrollY(ImGui::GetScrollY() + leaf.seen_bottom - bottom + px(24));
      }
    }
    if (seen_page_ != v.page) {
      seen_page_ = v.page;
      ImGui::SetScrollY(0);
    }
  }
  ImGui::SetCursorScreenPos({box.x0, leaf.y + px(16)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void CodePagePane::read(const Workbench& w) {
  const CodePlace& place = w.view.codes.page;
  if (read_catalogue_ == w.catalogue_change() && read_place_ == place && read_change_ == w.change()) return;
  read_catalogue_ = w.catalogue_change();
  read_place_ = place;
  read_change_ = w.change();
  page_ = {};
  page_.code = place.code;
  const CodeSet* set = w.catalogue().code_set(place.table);
  if (set == nullptr) return;
  page_ = code_page(w.catalogue(), *set, place.code);
  if (w.has_sent()) add_uses(page_, w.catalogue(), w.message(), w.report());
}

bool CodePagePane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  CodesView& v = w.view.codes;
  const int size = static_cast<int>(links_.size());
  switch (press.key) {
    case Key::up:
    case Key::down:
      if (size > 0) v.link = std::clamp(v.link + (press.key == Key::up ? -1 : 1), 0, size - 1);
      return true;
    case Key::tab: {
      // Off the ends the browser takes over, or the list gets the keyboard again.
      const int to = v.link + (press.shift ? -1 : 1);
      if (to >= size) return false;
      if (to < 0) {
        w.focus_codes();
        return true;
      }
      v.link = to;
      return true;
    }
    case Key::home:
    case Key::end:
      v.link = press.key == Key::home ? 0 : size - 1;
      return true;
    case Key::enter:
    case Key::space:
      if (v.link >= 0 && v.link < size) {
        const Action act = links_[static_cast<size_t>(v.link)];
        act(w);
      }
      return true;
    default:
      return false;
  }
}

}  // namespace iz
