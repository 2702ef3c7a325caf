// The list of local rules.
#include "ui/pane_local.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/local_changes.h"
#include "core/local_edit.h"
#include "core/local_rows.h"
#include "core/words.h"
#include "ui/commands.h"
#include "ui/fuzzy.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;
constexpr std::string_view unchecked = "not checked";

/// Where the columns of the list begin, and where the last one ends.
struct Columns {
  float place, title, national, here, code, right;
  float first, second;  // of two profiles that are compared
  bool tight;
};
Columns columns(Box box) {
  Columns out{};
  out.tight = box.width() < px(560);
  out.place = box.x0 + px(16);
  out.right = box.x1 - px(16);
  out.title = out.place + px(92);
  out.code = out.right - px(76 + 92);
  out.here = out.code - px(104);
  out.national = out.here - px(128);
  out.first = box.x0 + std::round(box.width() * 0.36f);
  out.second = box.x0 + std::round(box.width() * 0.69f);
  return out;
}

}  // namespace

void severity_words(ImDrawList* list, ImVec2 at, std::optional<Severity> severity, std::string_view none, ImU32 ink,
                    Type type) {
  if (!severity) {
    text(list, Type::row, at, theme().muted, none);
    return;
  }
  shape(list, shape_of(*severity), {at.x, at.y + px(3)}, 14);
  text(list, type, {at.x + px(20), at.y}, ink, label(*severity));
}

float local_tag(ImDrawList* list, float right, float middle, std::string_view kind) {
  const Theme& c = theme();
  ImU32 ground = c.sunken, border = c.line, ink = c.muted;
  if (kind == "tighter") ground = c.asoft, border = c.aline, ink = c.accent;
  if (kind == "new") ground = c.oksoft, border = c.okline, ink = c.ok;
  if (kind == "relaxed") ground = c.warnsoft, border = c.warnline, ink = c.warn;
  const float width = std::round(text_width(Type::tag, kind) + px(14));
  const Box box = {right - width, middle - px(10), right, middle + px(10)};
  fill(list, box, ground, px(4));
  frame(list, box, border, px(4), px(1));
  text(list, Type::tag, {box.x0 + px(7), box.y0 + px(1)}, ink, kind);
  return box.x0;
}

std::vector<LocalRow> local_rows(const Workbench& w) {
  std::vector<LocalRow> out;
  const LocalTab* tab = w.local_tab();
  if (!tab) return out;
  const Catalogue &here = *tab->catalogue, &national = w.national();
  const int against = w.view.local.against;
  if (against >= 0 && against < static_cast<int>(w.locals().size())) {
    const LocalTab& other = w.locals()[static_cast<size_t>(against)];
    const LocalSide a = {here, *tab->profile}, b = {*other.catalogue, *other.profile};
    for (const LocalDifference& d : local_differences(a, &b)) {
      LocalRow& row = out.emplace_back();
      if (d.effect) {
        for (const LocalKey key : {LocalKey::rule, LocalKey::at, LocalKey::profiles, LocalKey::since})
          row.about[key] = d.effect->change[key];
      }
      const Rule* rule = row.about.has(LocalKey::rule) ? here.rule(row.about[LocalKey::rule]) : nullptr;
      row.place = rule ? rule_place(here, *rule) : d.about;
      row.title = d.effect ? plain_title(d.title) : std::string("what it says of " + d.about);
      row.said = d.here;
      row.there = d.there;
    }
    return out;
  }
  for (const TemplateRow& t : template_rows(here, tab->profile.get())) {
    if (t.of == "profile" || (t.of == "national" && !w.view.local.all)) continue;
    LocalRow& row = out.emplace_back();
    for (const LocalKey key : {LocalKey::rule, LocalKey::at, LocalKey::profiles}) row.about[key] = t.values[key];
    if (t.of != "national") row.about[LocalKey::since] = t.values[LocalKey::since];
    LocalChange asked = row.about;
    if (t.of != "national") {
      asked[LocalKey::codes] = t.values[LocalKey::codes];
      asked[LocalKey::usage] = t.values[LocalKey::usage];
    }
    row.national = t.of == "rule" ? std::nullopt : severity_in(national, asked);
    row.here = severity_in(here, asked);
    const Rule* rule = here.rule(row.about[LocalKey::rule]);
    row.place = row.about.has(LocalKey::at) ? row.about[LocalKey::at]
                : rule                      ? rule_place(here, *rule)
                                            : row.about[LocalKey::rule];
    row.title = t.values[LocalKey::title];
    if (row.title.empty() && t.of != "national") row.title = t.values[LocalKey::message];
    if (row.title.empty()) row.title = rule ? rule->title : t.field;
    row.title = plain_title(row.title);
    row.kind = t.kind;
    if (t.kind == "later" || t.kind == "until") row.here = row.national;
    row.code = t.of == "national" ? std::string() : t.values[LocalKey::code];
  }
  return out;
}

const std::vector<LocalRow>& LocalListPane::rows(const Workbench& w) {
  Made made = {w.catalogue_change(), w.view.local.against, w.view.local.all, w.view.typed(local_filter)};
  if (made == made_) return rows_;
  made_ = std::move(made);
  rows_ = local_rows(w);
  if (const LocalTab* tab = w.local_tab()) total_ = template_rows(*tab->catalogue, tab->profile.get()).size();
  if (!made_.filter.empty()) {
    std::erase_if(rows_, [&](const LocalRow& r) {
      return !holds_words(fmt::format("{} {} {} {} {}", r.place, r.about[LocalKey::rule], r.title, r.code, r.kind),
                          made_.filter);
    });
  }
  return rows_;
}

void LocalListPane::draw(const BarContext& b, Box box, float row_height) {
  const Workbench& w = b.w;
  const LocalView& v = w.view.local;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, header, w.view.focus == Pane::codes);
  const LocalTab* tab = w.local_tab();
  if (!tab) {
    pane_title(list, header, "Local rules");
    return nothing(b, {box.x0, header.y1, box.x1, box.y1});
  }
  const std::vector<LocalRow>& shown = rows(w);
  const float middle = std::round((header.y0 + header.y1) / 2);
  float right = box.x1 - px(16);
  const float field = px(box.width() < px(620) ? 112 : 148);
  text_field(w, b.actions, local_filter, {right - field, middle - px(14), right, middle + px(14)}, "Find rule");
  right -= field + px(16);
  const bool compared = v.against >= 0 && v.against < static_cast<int>(w.locals().size());
  if (!compared) {
    const std::vector<std::string_view> choices = {"Changed", "All rules"};
    const int pressed = segmented("which rules", right, middle, choices, v.all ? 1 : 0);
    if (pressed >= 0) b.actions.push_back([pressed](Workbench& bench) { bench.view.local.all = pressed == 1; });
    right -= segmented_width(choices) + px(12);
  }
  const std::string_view name = compared ? "What differs between the two"
                                : v.all  ? "All rules and required places"
                                         : "Rules that differ from national";
  const std::string count =
      compared || v.all ? fmt::format("{}", shown.size()) : fmt::format("{} of {}", shown.size(), total_);
  const float room = right - box.x0 - px(16);
  float used = text_width(Type::row_bold, name);
  if (used <= room) {
    text(list, Type::row_bold, {box.x0 + px(16), middle - px(10)}, c.text, name);
  } else {
    used = -px(8);
  }
  if (used + px(8) + text_width(Type::small, count) < room)
    text(list, Type::small, {box.x0 + px(24) + used, middle - px(10)}, c.muted, count);

  // Where the form is out of sight, why something was not taken stands here.
  Box header_end = header;
  if (b.narrow && !v.refused.empty()) {
    const float x = box.x0 + px(16), width = box.width() - px(32);
    header_end.y1 += paragraph(list, Type::row, {x, header.y1 + px(8)}, width, c.err, v.refused) + px(16);
  }

  // Heads, rows, and what can be added.
  const Columns at = columns(box);
  const bool tight = at.tight;
  const Box heads = {box.x0, header_end.y1, box.x1, header_end.y1 + px(28)};
  const float y = heads.y0 + px(4);
  const auto head = [&](float x, std::string_view words) { text(list, Type::small, {x, y}, c.muted, words); };
  if (compared) {
    head(at.place, "Rule");
    text_fit(list, Type::small, {at.first, y}, at.second - at.first - px(12), c.muted, tab->profile->title);
    text_fit(list, Type::small, {at.second, y}, at.right - at.second, c.muted,
             w.locals()[static_cast<size_t>(v.against)].profile->title);
  } else {
    head(at.place, tight ? "Rule and place" : "Place");
    if (!tight) head(at.title, "Rule");
    if (!tight) head(at.national, "National");
    if (!tight) head(at.here, "Here");
    if (!tight) head(at.code, "Local code");
    text_right(list, Type::small, {at.right, y}, c.muted, "Change");
  }
  horizontal(list, box.x0, box.x1, heads.y1 - px(1), c.line);
  const float foot = px(48);
  const Box body = {box.x0, heads.y1, box.x1, box.y1 - foot};
  const float height = px(compared ? 60 : tight ? 52 : row_height);
  page_ = std::max(1.0f, std::floor(body.height() / height) - 1);
  ImGui::SetCursorScreenPos({body.x0, body.y0});
  ImGui::BeginChild("local rules", {body.width(), body.height()});
  int current = -1;
  for (int i = 0; v.chosen && i < static_cast<int>(shown.size()); ++i)
    if (same_change(shown[static_cast<size_t>(i)].about, v.about)) current = i;
  if (shown.empty()) {
    paragraph(ImGui::GetWindowDrawList(), Type::row, {box.x0 + px(16), body.y0 + px(12)}, box.width() - px(32), c.muted,
              !w.view.typed(local_filter).empty() ? "No rule matches this text."
              : compared                          ? "The two say the same."
                                                  : "Nothing is changed yet: choose a rule under All rules.");
  }
  if (seen_ != v.reveal) {
    seen_ = v.reveal;
    const float top = static_cast<float>(current) * height, scroll = ImGui::GetScrollY();
    if (current >= 0 && top < scroll) ImGui::SetScrollY(top);
    if (current >= 0 && top + height > scroll + ImGui::GetWindowHeight())
      ImGui::SetScrollY(top + height - ImGui::GetWindowHeight());
  }
  const RowsInView seen = rows_in_view(shown.size(), height);
  for (int i = seen.first; i < seen.last; ++i) {
    const float top = seen.top + static_cast<float>(i) * height;
    ImGui::PushID(i);
    row(b, shown[static_cast<size_t>(i)], {box.x0, top, box.x1, top + height}, i == current);
    ImGui::PopID();
  }
  ImGui::EndChild();
  const float low = box.y1 - std::round(foot / 2);
  horizontal(list, box.x0, box.x1, box.y1 - foot, c.line);
  const ButtonLook look = {.icon = Icon::plus, .small = true, .height = 28};
  if (bar_item(b, button("add a rule", box.x0 + px(16), low, "Add a rule", look)).pressed)
    b.actions.push_back([](Workbench& bench) { bench.start_rule(); });
  const auto relaxed = static_cast<size_t>(
      std::count_if(shown.begin(), shown.end(), [](const LocalRow& r) { return r.kind == "relaxed"; }));
  if (!tab->examples.failed.empty()) {
    const float x = box.x0 + px(16) + button_width("Add a rule", look) + px(12);
    const std::string& first = tab->examples.failed.front();
    shape(list, Shape::warning, {x, low - px(7)}, 14);
    text_fit(list, Type::small, {x + px(22), low - px(10)}, box.x1 - px(16) - x - px(22), c.warn, first);
    hover_card(touch("examples", {x, low - px(10), box.x1 - px(16), low + px(10)}), first);
  } else if (relaxed > 0) {
    const float x = box.x0 + px(16) + button_width("Add a rule", look) + px(12);
    text_fit(list, Type::small, {x, low - px(10)}, box.x1 - px(16) - x, c.muted,
             fmt::format("{} relaxed, with a reason.", counted(relaxed, "rule is", "rules are")));
  }
}

void LocalListPane::row(const BarContext& b, const LocalRow& r, Box box, bool chosen) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Columns at = columns(box);
  const Touch t = touch("row", box);
  row_ground(list, box, chosen, t.hovered);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float middle = std::round((box.y0 + box.y1) / 2), y = middle - px(10);
  const bool compared = !r.said.empty() || !r.there.empty();
  const ImU32 ink = r.about.has(LocalKey::at) ? c.accent : c.muted;
  const Type type = chosen ? Type::row_bold : Type::row;
  const auto two_lines = [&](float x, float width, ImU32 color, std::string_view words) {
    const auto lines = wrap(Type::small, words, width);
    const float top = lines.size() > 1 ? middle - px(20) : y;
    if (!lines.empty()) text(list, Type::small, {x, top}, color, lines[0]);
    if (lines.size() > 1)
      text_fit(list, Type::small, {x, top + px(20)}, width, color, words.substr(lines[1].data() - words.data()));
  };
  if (compared) {
    const float room = at.first - px(12) - at.place;
    text_fit(list, type, {at.place, middle - px(20)}, room, c.text, r.title);
    text_fit(list, Type::code, {at.place, middle}, room, ink, r.place);
    two_lines(at.first, at.second - at.first - px(12), c.text, r.said);
    two_lines(at.second, at.right - at.second, c.muted, r.there);
    hover_card(t, fmt::format("{} One: {}. The other: {}.", r.title, r.said, r.there));
  } else if (at.tight) {
    const float tag_left = r.kind.empty() ? at.right : local_tag(list, at.right, middle, r.kind);
    text_fit(list, type, {at.place, middle - px(21)}, tag_left - px(8) - at.place, c.text, r.title);
    float x = at.place;
    x += text_fit(list, Type::code, {x, middle + px(1)}, px(88), ink, r.place) + px(12);
    severity_words(list, {x, middle + px(1)}, r.here, unchecked, c.text);
  } else {
    text_fit(list, Type::code, {at.place, y}, at.title - at.place - px(8), ink, r.place);
    const std::string title = shorten(type, r.title, at.national - px(12) - at.title);
    text(list, type, {at.title, y}, c.text, title);
    severity_words(list, {at.national, y}, r.national, unchecked, r.kind.empty() ? c.text : c.muted);
    icon(list, Icon::arrow, {at.here - px(26), middle - px(6)}, 12, c.muted);
    severity_words(list, {at.here, y}, r.here, unchecked, c.text);
    text_fit(list, Type::code, {at.code, y}, px(88), c.muted, r.code);
    if (!r.kind.empty()) local_tag(list, at.right, middle, r.kind);
    if (title != r.title) hover_card(t, r.title);
  }
  if (t.pressed && (r.about.has(LocalKey::rule) || r.about.has(LocalKey::at))) {
    b.actions.push_back([about = r.about](Workbench& bench) {
      bench.commit_local();
      bench.view.focus = Pane::codes;
      bench.view.close_field();
      bench.choose_row(about);
      if (bench.view.width == Width::narrow) bench.view.local.part = LocalPart::rule;
    });
  }
}

/// No profile is in use: what one is, and how to come to one.
void LocalListPane::nothing(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float left = box.x0 + px(16), width = std::min(px(560), box.width() - px(32));
  float y = box.y0 + px(16);
  y += paragraph(list, Type::title, {left, y}, width, c.text, "What does your registry ask otherwise?") + px(8);
  y += paragraph(list, Type::prose, {left, y}, width, c.muted,
                 "A local profile is one file with only what differs from the national rules: what must be sent, how "
                 "serious a fault is, the registry's own codes and words. Drop or paste one, begin a new one, or look "
                 "at an example.") +
       px(16);
  if (!b.w.view.local.refused.empty())
    y += paragraph(list, Type::row, {left, y}, width, c.err, b.w.view.local.refused) + px(12);
  float x = left;
  const auto act = [&](std::string_view words, const ButtonLook& look) {
    const float room = button_width(words, look);
    if (x + room > left + width) {
      x = left;
      y += px(40);
    }
    const bool pressed = bar_item(b, button(std::string(words).c_str(), x, y + px(16), words, look)).pressed;
    x += room + px(8);
    return pressed;
  };
  if (act("New profile", {.icon = Icon::plus, .primary = true}))
    b.actions.push_back([](Workbench& bench) { bench.new_local(); });
  if (act("Open a file", {.icon = Icon::file})) b.requests.choose_files = true;
  if (act("Paste", {.icon = Icon::clipboard})) b.requests.paste = true;
}

bool LocalListPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt || w.local() < 0) return false;
  const std::vector<LocalRow>& shown = rows(w);
  const LocalView& v = w.view.local;
  int current = -1;
  for (int i = 0; v.chosen && i < static_cast<int>(shown.size()); ++i)
    if (same_change(shown[static_cast<size_t>(i)].about, v.about)) current = i;
  if ((press.key == Key::enter || press.key == Key::tab) && !press.shift && v.chosen) {
    w.view.focus = Pane::code_page;
    w.view.local.part = LocalPart::rule;
    return true;
  }
  if (press.key == Key::erase && v.chosen) {
    w.reset_row();
    return true;
  }
  const auto to = list_row(press.key, current, static_cast<int>(shown.size()), static_cast<int>(page_));
  if (!to) return false;
  w.commit_local();
  w.choose_row(shown[static_cast<size_t>(*to)].about);
  return true;
}

}  // namespace iz
