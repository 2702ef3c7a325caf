#include "ui/pane_history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.h"
#include "ui/fuzzy.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40, row_height = 28;
constexpr const char* filter_field = "history";

ImU32 ink_of(Validity validity) { return validity == Validity::not_valid ? theme().err : theme().text; }

ImU32 ink_of(DueStatus status) {
  switch (status) {
    case DueStatus::overdue:
      return theme().err;
    case DueStatus::due_now:
      return theme().accent;
    default:
      return theme().muted;
  }
}

/// A header of a part inside a column: its title and a remark, `room` left free at its right end.
float part_header(Column column, float y, std::string_view title, std::string_view remark, float room = 0) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box header = {column.x0, y, column.x1, y + px(header_height)};
  pane_header(list, header, false);
  const float x = pane_title(list, header, title) + px(16);
  text_fit(list, Type::small, {x, y + px(10)}, std::max(0.0f, column.x1 - px(16) - room - x), theme().muted, remark);
  return header.y1;
}

struct Head {
  float x;
  std::string_view name;
};

float heads(Column column, float y, std::initializer_list<Head> names) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const Head& h : names) text(list, Type::small, {h.x, y + px(4)}, theme().muted, h.name);
  y += px(row_height);
  horizontal(list, column.x0, column.x1, y - px(1), theme().line);
  return y;
}

/// A cell that is shortened when it must be; the whole of it stands in the hover card.
void cell(ImDrawList* list, Type type, float x, float y, float width, ImU32 ink, std::string_view words,
          const Touch& touch) {
  if (width <= px(8)) return;
  const std::string shown = shorten(type, words, width);
  text(list, type, {x, y}, ink, shown);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (shown != words && mouse.x >= x && mouse.x < x + width) hover_card(touch, words);
}

/// What was typed to be looked for; empty: all is shown.
std::string_view filter_of(const Workbench& w) { return trim_blanks(w.view.typed(filter_field)); }

bool passes(const Workbench& w, const ForecastItem& f) {
  const std::string_view filter = filter_of(w);
  return filter.empty() || holds_words(fmt::format("{} {} {} {} {} {}", f.series, f.series_name, f.group_code, f.said,
                                                   label(f.status), f.due.text),
                                       filter);
}

std::string chip_words(size_t count, std::string_view word) { return fmt::format("{} {}", count, word); }

}  // namespace

Shape shape_of(Validity validity) {
  switch (validity) {
    case Validity::valid:
      return Shape::valid;
    case Validity::not_valid:
      return Shape::not_valid;
    case Validity::partly:
      return Shape::partly;
    case Validity::not_stated:
      break;
  }
  return Shape::given;
}

Shape shape_of(DueStatus status) {
  switch (status) {
    case DueStatus::overdue:
      return Shape::overdue;
    case DueStatus::due_now:
      return Shape::due;
    case DueStatus::complete:
      return Shape::valid;
    case DueStatus::later:
    case DueStatus::not_due:
    case DueStatus::not_stated:
      break;
  }
  return Shape::later;
}

std::vector<uint32_t> listed_doses(const Workbench& w) {
  std::vector<uint32_t> out;
  const std::string_view filter = filter_of(w);
  const auto& history = w.answer().query.history;
  for (uint32_t i = 0; i < history.size(); ++i) {
    const HistoryDose& d = history[i];
    std::string words =
        fmt::format("{} CVX {} {} {} {} {} {} {} {}", d.vaccine, d.cvx, d.given.text, d.age, d.series, d.lot,
                    d.validity == Validity::not_stated ? "Not evaluated" : label(d.validity), d.says, d.source);
    for (const std::string& group : d.groups) append(words, group, " ");
    if (filter.empty() || holds_words(words, filter)) out.push_back(i);
  }
  return out;
}

void choose_dose(Workbench& w, int dose) {
  const QueryAnswer& q = w.answer().query;
  if (dose < 0 || static_cast<size_t>(dose) >= q.history.size()) return;
  w.view.dose = dose;
  if (!w.has_sent()) w.select_place(q.history[static_cast<size_t>(dose)].path, Pane::side);
  w.view.focus = Pane::side;
}

float draw_patient(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const QueryAnswer& q = s.query;
  const float mark = a.narrow ? 24 : 32, left = column.x0 + px(mark + (a.narrow ? 12 : 16));
  const float top = y;
  shape(list, shape_of(s.outcome), {column.x0, y + px(a.narrow ? 2 : 14)}, mark);

  size_t valid = 0, not_valid = 0, overdue = 0, due = 0, unjudged = 0;
  for (const HistoryDose& d : q.history) {
    valid += d.validity == Validity::valid;
    not_valid += d.validity == Validity::not_valid;
    unjudged += d.validity == Validity::not_stated;
  }
  for (const ForecastItem& f : q.forecast) {
    overdue += f.status == DueStatus::overdue;
    due += f.status == DueStatus::due_now;
  }
  struct Chip {
    Shape shape;
    std::string words;
  };
  std::vector<Chip> chips;
  if (valid > 0) chips.push_back({Shape::valid, chip_words(valid, "valid")});
  if (unjudged > 0) chips.push_back({Shape::given, chip_words(unjudged, "not evaluated")});
  if (not_valid > 0) chips.push_back({Shape::not_valid, chip_words(not_valid, "not valid")});
  if (overdue > 0) chips.push_back({Shape::overdue, chip_words(overdue, "overdue")});
  if (due > 0) chips.push_back({Shape::due, chip_words(due, "due now")});
  float chips_width = 0;
  for (const Chip& chip : chips) chips_width += state_chip_width(chip.words) + px(12);

  const float right = a.narrow ? column.x1 : column.x1 - chips_width - px(12);
  std::string words = s.headline;
  if (!s.reason.empty()) words += " " + s.reason;
  y += paragraph(list, Type::heading, {left, y}, right - left, c.text, words) + px(4);
  if (!q.patients.empty()) {
    const AnswerPatient& p = q.patients[0];
    std::string about = p.words;
    if (!p.birth.text.empty()) about += fmt::format(" \xc2\xb7 born {}", p.birth.text);
    if (!p.registry_id.empty()) about += fmt::format(" \xc2\xb7 registry id {}", p.registry_id);
    if (!q.schedule.empty()) about += fmt::format(" \xc2\xb7 schedule {}", q.schedule);
    y += paragraph(list, Type::row, {left, y}, right - left, c.muted, about);
  }
  if (a.narrow) {
    y += px(12);
    float x = column.x0;
    for (const Chip& chip : chips) {
      const float width = state_chip_width(chip.words);
      if (x + width > column.x1 && x > column.x0) {
        x = column.x0;
        y += px(32);
      }
      state_chip(list, x, 0, y + px(12), chip.shape, chip.words);
      x += width + px(8);
    }
    return y + px(chips.empty() ? 0 : 24);
  }
  float x = column.x1 - chips_width + px(12);
  for (const Chip& chip : chips) x = state_chip(list, x, 0, top + px(28), chip.shape, chip.words).x1 + px(12);
  return std::max(y, top + px(52));
}

float draw_history(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const QueryAnswer& q = a.w.answer().query;
  const auto valid = static_cast<size_t>(std::count_if(
      q.history.begin(), q.history.end(), [](const HistoryDose& d) { return d.validity == Validity::valid; }));
  const std::string doses = counted(q.history.size(), "dose", "doses");
  const std::vector<uint32_t> listed = listed_doses(a.w);
  const bool filtered = !filter_of(a.w).empty();
  const float field = q.history.size() > 1 ? std::min(px(200), (column.width() - px(32)) / 2) : 0;
  const float middle = y + px(header_height / 2), end = column.x1 - px(12);
  y = part_header(column, y, "History",
                  filtered    ? fmt::format("{} of {}", listed.size(), doses)
                  : valid > 0 ? fmt::format("{}, {} valid", doses, valid)
                              : doses,
                  field);
  if (field > 0) {
    text_field(a.w, a.actions, filter_field, {end - field, middle - px(14), end, middle + px(14)}, "Filter doses",
               Icon::filter);
  }
  if (q.history.empty()) {
    text(list, Type::row_bold, {column.x0 + px(16), y + px(16)}, c.text, "No doses on file.");
    return y + px(52);
  }
  if (listed.empty()) {
    text(list, Type::row_bold, {column.x0 + px(16), y + px(12)}, c.text, "No dose is left by the filter.");
    const std::string words = fmt::format("Show all {}", doses);
    const Box place = {column.x0 + px(16), y + px(34), column.x0 + px(16) + text_width(Type::row, words), y + px(54)};
    const Touch t = touch("show all doses", place);
    text(list, Type::row, {place.x0, place.y0}, c.accent, words);
    if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (t.pressed) a.actions.push_back([](Workbench& w) { w.view.fields.erase(filter_field); });
    return y + px(66);
  }
  const bool narrow = column.width() < px(560), wide = column.width() >= px(880);
  const float left = column.x0 + px(16), right = column.x1 - px(12);
  // Given, at age, vaccine, CVX, series, dose, evaluation, what the registry says.
  const float age_x = left + px(104), vaccine_x = age_x + px(72),
              cvx_x = wide ? vaccine_x + px(184) : right - px(100 + 48), series_x = cvx_x + px(48),
              dose_x = series_x + px(wide ? 116 : 0), judged_x = wide ? dose_x + px(60) : right - px(100),
              says_x = judged_x + px(104);
  if (!narrow) {
    if (wide) {
      y = heads(column, y,
                {{left, "Given"},
                 {age_x, "At age"},
                 {vaccine_x, "Vaccine"},
                 {cvx_x, "CVX"},
                 {series_x, "Series"},
                 {dose_x, "Dose"},
                 {judged_x, "Evaluation"},
                 {says_x, "What the registry says"}});
    } else {
      y = heads(column, y,
                {{left, "Given"}, {age_x, "At age"}, {vaccine_x, "Vaccine"}, {cvx_x, "CVX"}, {judged_x, "Evaluation"}});
    }
  }
  const float height = px(narrow ? 52 : row_height);
  for (const uint32_t i : listed) {
    const HistoryDose& d = q.history[i];
    const Box row = {column.x0, y, column.x1, y + height};
    y += height;
    if (!ImGui::IsRectVisible({row.x0, row.y0}, {row.x1, row.y1})) continue;
    ImGui::PushID(static_cast<int>(i));
    const Touch t = touch("dose given", row);
    ImGui::PopID();
    row_ground(list, row, a.w.view.dose == static_cast<int>(i), t.hovered);
    if (t.pressed) a.actions.push_back([dose = static_cast<int>(i)](Workbench& w) { choose_dose(w, dose); });
    const float top = row.y0 + px(4);
    const std::string_view judged = d.validity == Validity::not_stated ? "Not evaluated" : label(d.validity);
    if (narrow) {
      shape(list, shape_of(d.validity), {left, top + px(4)}, 14);
      cell(list, Type::row_bold, left + px(24), top, right - left - px(24), c.text, d.vaccine, t);
      std::string more = fmt::format("{} at {}", d.given.text, d.age.empty() ? "unknown age" : d.age);
      if (!judged.empty())
        more += fmt::format(", {}", d.validity == Validity::not_valid ? "not valid"
                                    : d.validity == Validity::valid   ? "valid"
                                                                      : "not evaluated");
      if (!d.says.empty()) more += fmt::format(": {}", d.says);
      cell(list, Type::small, left + px(24), top + px(22), right - left - px(24),
           d.validity == Validity::not_valid ? c.err : c.muted, more, t);
      continue;
    }
    cell(list, Type::code, left, top, px(96), c.text, d.given.text, t);
    text_right(list, Type::code, {age_x + px(48), top}, c.muted, d.age);
    cell(list, Type::row_bold, vaccine_x, top, cvx_x - vaccine_x - px(12), c.text, d.vaccine, t);
    cell(list, Type::code, cvx_x, top, px(40), c.code, d.cvx, t);
    if (wide) {
      cell(list, Type::row, series_x, top, dose_x - series_x - px(8), c.muted, d.series, t);
      cell(list, Type::row, dose_x, top, judged_x - dose_x - px(4), c.muted, d.dose, t);
      cell(list, Type::small, says_x, top, right - says_x, c.muted, d.says, t);
    }
    shape(list, shape_of(d.validity), {judged_x, top + px(3)}, 14);
    text(list, Type::row, {judged_x + px(20), top}, ink_of(d.validity),
         d.validity == Validity::not_stated ? std::string_view("Not said") : judged);
  }
  for (const AnswerStatement& s : q.statements) {
    y += px(4);
    shape(list, Shape::advice, {left, y + px(3)}, 14);
    y += paragraph(list, Type::row, {left + px(24), y}, right - left - px(24), c.text, s.text) + px(4);
  }
  return y + px(4);
}

float draw_forecast(const AnswerContext& a, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const QueryAnswer& q = a.w.answer().query;
  const auto passing =
      std::count_if(q.forecast.begin(), q.forecast.end(), [&](const ForecastItem& f) { return passes(a.w, f); });
  y = part_header(column, y, "Forecast",
                  filter_of(a.w).empty() || q.forecast.empty()
                      ? std::string("shown as the registry sent it; nothing is computed here")
                      : fmt::format("{} of {}", passing, counted(q.forecast.size(), "series", "series")));
  const float left = column.x0 + px(16), right = column.x1 - px(12);
  if (q.forecast.empty()) {
    text(list, Type::row_bold, {left, y + px(16)}, c.text, "No forecast in this answer.");
    return y + px(52);
  }
  const bool narrow = column.width() < px(430), wide = column.width() >= px(580);
  const float dates = wide ? px(100 * 3) : px(100 * 2);
  const float earliest_x = right - dates, due_x = wide ? earliest_x + px(100) : earliest_x, overdue_x = due_x + px(100),
              status_x = earliest_x - px(104), next_x = status_x - px(64);
  if (!narrow) {
    if (wide) {
      y = heads(column, y,
                {{left, "Series"},
                 {next_x, "Next"},
                 {status_x, "Status"},
                 {earliest_x, "Earliest"},
                 {due_x, "Due"},
                 {overdue_x, "Overdue from"}});
    } else {
      y = heads(column, y, {{left, "Series"}, {status_x, "Status"}, {due_x, "Due"}, {overdue_x, "Overdue from"}});
    }
  }
  const float height = px(narrow ? 52 : row_height);
  for (size_t i = 0; i < q.forecast.size(); ++i) {
    const ForecastItem& f = q.forecast[i];
    if (!passes(a.w, f)) continue;
    const Box row = {column.x0, y, column.x1, y + height};
    y += height;
    if (!ImGui::IsRectVisible({row.x0, row.y0}, {row.x1, row.y1})) continue;
    ImGui::PushID(static_cast<int>(i));
    const Touch t = touch("due", row);
    ImGui::PopID();
    row_ground(list, row, false, t.hovered);
    const float top = row.y0 + px(4);
    const std::string next = f.dose_number.empty() ? std::string() : fmt::format("Dose {}", f.dose_number);
    const std::string status =
        f.status == DueStatus::not_stated ? (f.said.empty() ? "Not said" : f.said) : std::string(label(f.status));
    if (narrow) {
      shape(list, shape_of(f.status), {left, top + px(4)}, 14);
      cell(list, Type::row_bold, left + px(24), top, right - left - px(24), c.text, f.series, t);
      std::string more = status;
      if (!next.empty()) more += ", " + next;
      if (!f.due.text.empty()) more += fmt::format(", due {}", f.due.text);
      if (!f.overdue.text.empty()) more += fmt::format(", overdue from {}", f.overdue.text);
      cell(list, Type::small, left + px(24), top + px(22), right - left - px(24), ink_of(f.status), more, t);
      continue;
    }
    cell(list, Type::row_bold, left, top, (wide ? next_x : status_x) - left - px(8), c.text, f.series, t);
    if (wide) cell(list, Type::row, next_x, top, px(56), c.muted, next, t);
    shape(list, shape_of(f.status), {status_x, top + px(3)}, 14);
    cell(list, Type::row, status_x + px(20), top, px(80), ink_of(f.status), status, t);
    if (wide) cell(list, Type::code, earliest_x, top, px(92), c.text, f.earliest.text, t);
    cell(list, Type::code, due_x, top, px(92), c.text, f.due.text, t);
    cell(list, Type::code, overdue_x, top, right - overdue_x, c.muted, f.overdue.text, t);
  }
  if (q.carriers > 0) {
    y += px(12);
    const std::string words =
        q.carriers == 1 ? "1 RXA with CVX 998 carries this forecast. It is not a dose."
                        : fmt::format("{} RXA with CVX 998 carry this forecast. They are not doses.", q.carriers);
    const float width = column.width() - px(32 + 44);
    const auto lines = wrap(Type::row, words, width);
    const Box box = {left, y, column.x1 - px(16), y + px(16) + px(20) * static_cast<float>(lines.size())};
    fill(list, box, c.advsoft, px(6));
    frame(list, box, c.advline, px(6), px(1));
    shape(list, Shape::advice, {box.x0 + px(12), y + px(10)}, 16);
    paragraph(list, Type::row, {box.x0 + px(36), y + px(8)}, width, c.text, words);
    y = box.y1 + px(12);
  }
  return y;
}

}  // namespace iz
