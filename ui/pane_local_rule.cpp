// The form of a local rule: what is said about the chosen row, and a new rule.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/local_edit.h"
#include "core/local_rows.h"
#include "core/words.h"
#include "ui/commands.h"
#include "ui/pane_local.h"
#include "ui/problem_rows.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

struct Choice {
  std::string words, value;
  std::optional<Severity> severity{};
};

}  // namespace

/// Rows of labels and what is chosen or typed beside them, from the top downwards.
struct LocalRulePane::Form {
  const BarContext& b;
  ImDrawList* list;
  float x0, x1, y;
  std::vector<const char*>& fields;
  float label_width() const { return x1 - x0 < px(440) ? 0 : px(116); }

  void label(std::string_view words) {
    text(list, Type::row, {x0, y + px(6)}, theme().muted, words);
    if (label_width() == 0) y += px(26);
  }
  float left() const { return x0 + label_width(); }

  /// The value that was pressed.
  std::optional<std::string> choose(std::string_view name, const std::vector<Choice>& choices,
                                    std::string_view chosen) {
    label(name);
    const Theme& c = theme();
    std::optional<std::string> pressed;
    float x = left();
    ImGui::PushID(name.data(), name.data() + name.size());
    for (size_t i = 0; i < choices.size(); ++i) {
      const Choice& choice = choices[i];
      const float width = std::round(px(20) + text_width(Type::small, choice.words) + (choice.severity ? px(20) : 0));
      if (x > left() && x + width > x1) {
        x = left();
        y += px(32);
      }
      const Box box = {x, y, x + width, y + px(28)};
      ImGui::PushID(static_cast<int>(i));
      const Touch t = bar_item(b, touch("choice", box));
      ImGui::PopID();
      const bool on = choice.value == chosen;
      fill(list, box, on || t.held ? c.asoft : t.hovered ? c.hover : c.panel, px(4));
      frame(list, box, on ? c.aline : c.ctl, px(4), px(1));
      float at = x + px(10);
      if (choice.severity) {
        shape(list, shape_of(*choice.severity), {at, y + px(7)}, 14);
        at += px(20);
      }
      text(list, Type::small, {at, y + px(4)}, on ? c.accent : c.text, choice.words);
      if (t.pressed) pressed = choice.value;
      x = box.x1 + px(4);
    }
    ImGui::PopID();
    y += px(40);
    return pressed;
  }

  void field(const char* name, std::string_view placeholder, float from, float to) {
    const Box box = {from, y, to, y + px(32)};
    const Touch t = bar_item(b, text_field(b.w, b.actions, name, box, placeholder, std::nullopt, Type::row));
    // The keyboard comes to it with Enter, too.
    if (t.pressed && b.w.view.field != name)
      b.actions.push_back([name](Workbench& bench) { bench.view.open_field(name); });
    fields.push_back(name);
  }
  /// A field with its label, and muted words under it.
  void line(std::string_view words, const char* name, std::string_view placeholder, std::string_view below = {}) {
    label(words);
    field(name, placeholder, left(), x1);
    y += px(36);
    if (!below.empty()) y += paragraph(list, Type::small, {left(), y}, x1 - left(), theme().muted, below) + px(4);
    y += px(4);
  }
  void sentence(ImU32 ink, std::string_view words) {
    y += paragraph(list, Type::row, {x0, y}, x1 - x0, ink, words) + px(8);
  }
};

void LocalRulePane::draw(const BarContext& context, Box box) {
  const Workbench& w = context.w;
  const LocalView& v = w.view.local;
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const bool focused = w.view.focus == Pane::code_page;
  keys_.boxes.clear();
  keys_.always = focused && w.view.field.empty();
  fields_.clear();
  const BarContext b = {context.w, context.actions, context.requests, keys_, context.narrow};
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  pane_header(list, header, focused);
  const float middle = std::round((header.y0 + header.y1) / 2);
  if (w.local() < 0) return;
  float right = box.x1 - px(16);
  const bool of_profile = !v.chosen && !v.adding;
  if (of_profile) {
    const float end = pane_title(list, header, "Profile");
    text_fit(list, Type::small, {end + px(12), middle - px(10)}, header.x1 - px(28) - end, c.muted,
             "Choose a rule in the list to change it");
  } else if (v.adding) {
    pane_title(list, header, "New rule");
  } else {
    const Rule* rule = w.catalogue().rule(v.draft[LocalKey::rule]);
    const bool own = own_rule(*w.local_tab()->profile, v.draft[LocalKey::rule]).has_value();
    const std::string_view act = own ? "Remove rule" : "Reset to national";
    const float act_left = right - button_width(act, {.small = true});
    right = act_left - px(8) - button_width("Profile", {.small = true});
    if (bar_item(b, button("profile", right, middle, "Profile", {.small = true})).pressed)
      b.actions.push_back([](Workbench& bench) { bench.leave_row(); });
    if (bar_item(b, button("reset", act_left, middle, act, {.small = true})).pressed)
      b.actions.push_back([](Workbench& bench) { bench.reset_row(); });
    right -= px(12);
    const std::string title = rule ? plain_title(rule->title) : place_words(w.national(), v.draft);
    const float used = text_fit(list, Type::code_bold, {box.x0 + px(16), middle - px(10)}, box.width() * 0.4f, c.accent,
                                subject(v.draft));
    text_fit(list, Type::row_bold, {box.x0 + px(28) + used, middle - px(10)}, right - box.x0 - px(28) - used, c.text,
             title == subject(v.draft) ? std::string() : title);
  }
  ImGui::SetCursorScreenPos({box.x0, header.y1});
  ImGui::BeginChild("local rule", {box.width(), box.y1 - header.y1});
  list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Form form = {b, list, box.x0 + px(16), box.x1 - px(28), origin.y + px(12), fields_};
  if (!v.refused.empty()) form.sentence(c.err, v.refused);
  if (of_profile) {
    for (const LocalMember& m : local_member_fields) form.line(m.label, m.name, m.label);
  } else if (v.adding) {
    rule(form);
  } else {
    change(form);
  }
  ImGui::SetCursorScreenPos({box.x0, form.y + px(16)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void LocalRulePane::change(Form& f) {
  const Workbench& w = f.b.w;
  const LocalChange& draft = w.view.local.draft;
  const Catalogue& national = w.national();
  const bool place = draft.has(LocalKey::at);
  const Rule* rule = national.rule(draft[LocalKey::rule]);
  const bool own = own_rule(*w.local_tab()->profile, draft[LocalKey::rule]).has_value();
  const auto set = [&](LocalKey key, const std::optional<std::string>& pressed) {
    if (pressed) f.b.actions.push_back([key, value = *pressed](Workbench& bench) { bench.set_local(key, value); });
  };
  LocalChange bare;
  for (const LocalKey key : {LocalKey::rule, LocalKey::at, LocalKey::profiles}) bare[key] = draft[key];
  if (place) {
    const std::string usage = usage_in(national, bare);
    std::vector<Choice> choices = {{fmt::format("As national: {}", usage.empty() ? "none" : usage), ""}};
    for (const auto& [value, words] :
         {std::pair{"R", "R required"}, {"RE", "RE if known"}, {"O", "O optional"}, {"X", "X not allowed"}})
      if (usage != value) choices.push_back({words, value});
    set(LocalKey::usage, f.choose("Usage", choices, draft[LocalKey::usage]));
  }
  // With another usage the severity is what that usage has.
  auto of_nation = own ? std::nullopt : severity_in(national, bare);
  for (const Usage u : {Usage::R, Usage::RE, Usage::O, Usage::X})
    if (place && draft[LocalKey::usage] == to_string(u)) of_nation = presence_severity(national, u, nullptr);
  std::vector<Choice> severities;
  if (!own) severities.push_back({draft.has(LocalKey::usage) ? "As the usage has it" : "As national", "", of_nation});
  for (const Severity s : {Severity::error, Severity::warning, Severity::info})
    if (own || s != of_nation) severities.push_back({std::string(label(s)), std::string(to_string(s)), s});
  if (rule) severities.push_back({"Off", "off"});
  set(LocalKey::severity, f.choose("Severity", severities, draft[LocalKey::severity]));
  // Its reason stands where it is asked for.
  const auto reason = [&] {
    f.line("Reason to relax", "local.relaxes", "Why less is asked than nationally",
           "A change that asks for less is taken with its reason only, and each finding says so.");
  };
  const LocalTab* tab = w.local_tab();
  const LocalChange* taken = tab ? change_like(*tab->profile, w.view.local.about) : nullptr;
  const bool relaxing = draft.has(LocalKey::relaxes) || (taken && taken->has(LocalKey::relaxes)) ||
                        w.view.local.refused.find("relaxes") != std::string::npos;
  if (relaxing) reason();
  const auto nationally = [](std::string_view words) {
    return words.empty() ? std::string() : fmt::format("Nationally: {}", plain_title(words));
  };
  f.line("Message", "local.message", "What the sender reads", rule ? nationally(rule->message) : std::string());

  f.label("Answer codes");
  const float space = f.x1 - f.left(), third = (space - px(16)) / 3;
  float x = f.left();
  for (const auto& [name, words] :
       {std::pair{"local.code", "Local code"}, {"local.err3", "ERR-3"}, {"local.err5", "ERR-5"}}) {
    f.field(name, words, x, x + third);
    x += third + px(8);
  }
  f.y += px(40);
  std::vector<Choice> losses = {{"As the guide has it", ""}};
  for (const std::string_view loss : local_values(LocalForm::loss))
    losses.push_back({std::string(loss), std::string(loss)});
  set(LocalKey::loses, f.choose("Not stored", losses, draft[LocalKey::loses]));
  std::vector<Choice> people;
  if (!own) people.push_back({rule ? fmt::format("As national: {}", label(rule->who)) : "As national", ""});
  for (const std::string_view who : local_values(LocalForm::who))
    if (const auto named = who_named(who)) people.push_back({std::string(label(*named)), std::string(who)});
  set(LocalKey::who, f.choose("Who fixes", people, draft[LocalKey::who]));
  f.line("Why it matters", "local.why", "Why the registry asks for it");
  f.line("How to fix", "local.fix", "What the sender has to do", rule ? nationally(rule->fix) : std::string());
  if (const auto path = parse_path(draft[LocalKey::at]); place && path && path->field != 0) {
    if (path->component == 0) {
      f.label("How often");
      f.field("local.min", "At least", f.left(), f.left() + px(96));
      f.field("local.max", "At most", f.left() + px(104), f.left() + px(200));
      f.y += px(40);
    }
    f.line("Codes", "local.codes", "Id of a code set, national or the registry's own");
  }
  f.label("From");
  f.field("local.since", "Since, YYYY-MM-DD", f.left(), f.left() + px(160));
  f.field("local.source", "Where the registry says so", f.left() + px(168), f.x1);
  f.y += px(40);
  if (!relaxing) reason();
}

void LocalRulePane::rule(Form& f) {
  const LocalView& v = f.b.w.view.local;
  f.line("Code", new_code, "The registry's own code, such as WB-515");
  f.line("Place", new_place, "Segment and field, such as RXA-15");
  const auto test = f.choose("Must be", {{"sent", "0"}, {"one of some values", "1"}, {"of a form", "2"}},
                             std::to_string(static_cast<int>(v.test)));
  if (test) {
    f.b.actions.push_back(
        [to = static_cast<NewTest>((*test)[0] - '0')](Workbench& bench) { bench.view.local.test = to; });
  }
  if (v.test != NewTest::present) {
    f.line(v.test == NewTest::one_of ? "Values" : "Forms", new_values,
           v.test == NewTest::one_of ? "Values with blanks between" : "Such as [A-Z0-9]{5,10}");
  }
  if (f.b.w.view.typed(new_place).starts_with("RXA")) {
    const auto of = f.choose("For", {{"doses given", "1"}, {"all doses", "0"}}, v.doses_only ? "1" : "0");
    if (of) f.b.actions.push_back([on = *of == "1"](Workbench& bench) { bench.view.local.doses_only = on; });
  }
  std::vector<Choice> severities;
  for (const Severity s : {Severity::error, Severity::warning, Severity::info})
    severities.push_back({std::string(label(s)), std::string(to_string(s)), s});
  const auto severity = f.choose("Severity", severities, to_string(v.severity));
  if (severity) {
    f.b.actions.push_back([to = *severity_named(*severity)](Workbench& bench) { bench.view.local.severity = to; });
  }
  f.line("Message", new_message, "What the sender reads, as a sentence");
  const float x = f.left();
  if (bar_item(f.b, button("add", x, f.y + px(16), "Add the rule", {.primary = true})).pressed)
    f.b.actions.push_back([](Workbench& bench) { bench.add_rule(); });
  const float next = x + button_width("Add the rule", {}) + px(8);
  if (bar_item(f.b, button("cancel", next, f.y + px(16), "Cancel", {})).pressed)
    f.b.actions.push_back([](Workbench& bench) {
      bench.view.local.adding = false;
      bench.view.local.refused.clear();
    });
  f.y += px(44);
}

bool LocalRulePane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  switch (press.key) {
    case Key::tab:
      if (press.shift ? keys_.item <= 0 : keys_.item + 1 >= static_cast<int>(keys_.boxes.size())) {
        w.next_pane(press.shift ? -1 : 1);
        return true;
      }
      keys_.item += press.shift ? -1 : 1;
      return true;
    case Key::left:
    case Key::up:
      keys_.step(-1);
      return true;
    case Key::right:
    case Key::down:
      keys_.step(1);
      return true;
    case Key::enter:
    case Key::space:
      keys_.press = true;
      return true;
    case Key::escape:
      w.view.local.adding = false;
      w.view.focus = Pane::codes;
      w.view.local.part = LocalPart::rules;
      return true;
    default:
      return false;
  }
}

bool LocalRulePane::field_key(Workbench& w, KeyPress press) {
  if (press.command && !press.alt && (press.key == Key::z || press.key == Key::y)) {
    w.step_local(press.key == Key::z && !press.shift ? -1 : 1);
    return true;
  }
  const auto here = std::find_if(fields_.begin(), fields_.end(), [&](const char* f) { return w.view.field == f; });
  if (here == fields_.end()) return false;
  switch (press.key) {
    case Key::tab:
    case Key::up:
    case Key::down: {
      const auto at = here - fields_.begin() + (press.key == Key::up || press.shift ? -1 : 1);
      w.commit_local();
      w.view.focus = Pane::code_page;
      if (at < 0 || at >= static_cast<std::ptrdiff_t>(fields_.size())) {
        w.view.close_field();
      } else {
        w.view.open_field(fields_[static_cast<size_t>(at)]);
      }
      return true;
    }
    case Key::enter:
      if (w.view.local.adding) {
        w.add_rule();
      } else {
        w.commit_local();
      }
      return true;
    case Key::escape:
      if (w.view.local.adding) {
        w.view.local.adding = false;
      } else if (w.view.local.chosen && w.local_due()) {
        w.choose_row(w.view.local.about);
      }
      w.view.close_field();
      w.view.focus = Pane::code_page;
      return true;
    default:
      return false;
  }
}

}  // namespace iz
