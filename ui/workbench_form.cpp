// Editing in the form: values are shown without escape sequences and written with them; every change is a step of undo.
#include <algorithm>

#include "core/edit.h"
#include "ui/form_rows.h"
#include "ui/tree_rows.h"
#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_choices = 500;

/// Where a row's own value stands: of a coded element its code, of a whole its first part.
Path place_of(const Workbench& w, const FormRow& row) {
  if (const std::optional<CodedPlace> coded = coded_place(w, row.path)) return coded->code;
  Path path = row.path;
  if (row.parts) (path.component == 0 ? path.component : path.subcomponent) = 1;
  return path;
}

/// Whether a row is the current place itself, not a whole that would hold it.
bool is_place_of(const Workbench& w, const FormRow& row) {
  Path here = w.selection().path;
  if (here.field == 0) return true;  // the segment: its first field
  here.repetition = std::max(1u, here.repetition);
  return row.path == here || place_of(w, row) == here;
}

/// Whether a group is that of a dose.
bool is_dose(const Profile& profile, int def) {
  const StructureDef& d = profile.structure[static_cast<size_t>(def)];
  return d.group && std::any_of(d.children.begin(), d.children.end(), [&](int child) {
           return profile.structure[static_cast<size_t>(child)].code == segment_code("RXA");
         });
}

/// How often a segment or group may stand, by itself and the groups around it, in a dose or the whole message; `in_dose`
/// says which.
uint32_t allowed(const Profile& profile, int def, bool& in_dose) {
  uint64_t most = 1;
  in_dose = false;
  for (int d = def; d >= 0 && !in_dose; d = profile.structure[static_cast<size_t>(d)].parent) {
    in_dose = d != def && is_dose(profile, d);
    if (!in_dose) most = std::min<uint64_t>(unbounded, most * profile.structure[static_cast<size_t>(d)].max);
  }
  return static_cast<uint32_t>(most);
}

}  // namespace

bool Workbench::carry_out(const std::optional<Edits>& edits) {
  if (!edits || edits->empty()) return false;
  const Edit one = as_one(text(), *edits);
  if (one.span.begin == one.span.end && one.text.empty()) return false;
  edit(one.span, one.text);
  join_ = false;
  completion_.reset();
  return true;
}

bool Workbench::put(const Path& path, std::string_view value) {
  const bool changed = carry_out(put_value(message_, report_.profile, path, value));
  if (changed) select_place(path, Pane::side);
  return changed;
}

bool Workbench::remove(const Path& path) {
  if (!carry_out(remove_place(message_, path))) return false;
  if (path.field != 0) select_place(path, Pane::side);
  return true;
}

std::vector<std::string> Workbench::insertable() const {
  std::vector<std::string> out;
  if (report_.profile == nullptr) return out;
  const auto& structure = report_.profile->structure;
  const int here = form_segment(*this);
  const uint32_t order = here < 0 ? 0 : dose_at(message_.segments()[static_cast<size_t>(here)].begin);
  Span dose;
  for (const Dose& one : summary_.doses) {
    if (order != 0 && one.order == order) dose = one.span;
  }
  for (size_t i = 0; i < structure.size(); ++i) {
    const StructureDef& d = structure[i];
    // A group is inserted as a whole, not by its first segment.
    if (!d.group && d.parent >= 0 && structure[static_cast<size_t>(d.parent)].children[0] == static_cast<int>(i))
      continue;
    bool in_dose = false;
    const uint32_t most = allowed(*report_.profile, static_cast<int>(i), in_dose);
    if (in_dose && order == 0) continue;
    const std::vector<std::string> lines = group_lines(*report_.profile, d.name);
    const uint32_t first = d.group ? (lines.empty() ? 0 : segment_code(lines[0])) : d.code;
    const auto there = std::count_if(message_.segments().begin(), message_.segments().end(), [&](const Segment& s) {
      return s.name == first && (!in_dose || (s.begin >= dose.begin && s.begin < dose.end));
    });
    const bool may = d.usage != Usage::X && d.code != segment_code("MSH") && static_cast<uint64_t>(there) < most;
    if (may && std::find(out.begin(), out.end(), d.name) == out.end()) out.push_back(d.name);
  }
  return out;
}

bool Workbench::add_segment(std::string_view name) {
  if (report_.profile == nullptr) return false;
  std::vector<std::string> lines = group_lines(*report_.profile, name);
  if (lines.empty()) lines.emplace_back(name);
  const int behind = form_segment(*this);
  const std::optional<Edits> edits = insert_segments(message_, report_.profile, lines, behind);
  if (!edits || edits->empty()) return false;
  const Edit one = as_one(text(), *edits);
  if (!carry_out(edits)) return false;
  // The first of the new lines becomes the current place.
  for (const Segment& s : message_.segments()) {
    if (s.begin < one.span.begin || segment_name(s.name) != lines[0].substr(0, 3)) continue;
    select_place({.segment = s.name, .occurrence = s.occurrence}, Pane::side);
    break;
  }
  return true;
}

void Workbench::edit_in_form() {
  if (form_segment(*this) < 0) {
    if (message_.segments().empty()) return;
    select_place({.segment = message_.segments()[0].name, .occurrence = 1}, Pane::side);
  }
  view.workspace = Workspace::analyse;
  view.side = SideTab::form;
  view.focus = Pane::side;
  view.narrow = NarrowTab::explain;
  // The parts around the place are opened.
  Path path = selection_.path;
  if (path.component != 0 && path.field != 0) {
    Path whole = path;
    whole.subcomponent = whole.component = 0;
    const std::optional<CodedPlace> coded = coded_place(*this, whole);
    if (coded && coded->code == path) {
      select_place(whole, Pane::side);  // the code of a coded element is its own row's value
    } else {
      view.open.insert("form " + place_key(whole));
      whole.component = path.component;
      if (path.subcomponent != 0) view.open.insert("form " + place_key(whole));
    }
  }
  // A whole of several parts is edited at its first one.
  for (;;) {
    const std::vector<FormRow> rows = form_rows(*this);
    const int at = selection_.path.field == 0 && !rows.empty() ? 0 : row_of_place(rows, selection_.path);
    if (at < 0 || !is_place_of(*this, rows[static_cast<size_t>(at)])) break;
    const FormRow& row = rows[static_cast<size_t>(at)];
    const auto below = static_cast<size_t>(at) + 1;
    const bool inside =
        !row.writable && row.parts && (!row.open || (below < rows.size() && rows[below].depth > row.depth));
    if (!inside) return edit_row(row);
    if (row.open)
      select_place(rows[below].path, Pane::side);
    else
      view.open.insert(row.key);
  }
  // The form has no row for a place far from what is there: it is written in the text, where it is the current one.
  view.focus = Pane::editor;
  view.narrow = NarrowTab::message;
}

void Workbench::edit_row(const FormRow& row) {
  commit_form(false);
  view.form = {};
  select_place(row.path, Pane::side);
  view.focus = Pane::side;
  if (!row.writable) {
    view.close_field();
    return;
  }
  view.form.on = true;
  view.form.path = row.path;
  view.form.before = form_value(*this, row);
  view.fields["form"].set(view.form.before);
  view.open_field("form");
}

std::vector<CodeChoice> Workbench::form_choices() const {
  const std::optional<CodedPlace> place = coded_place(*this, view.form.path);
  if (!place) return {};
  const std::string& typed = view.typed("form");
  return code_choices(*place, typed == view.form.before ? std::string_view() : std::string_view(typed), most_choices);
}

void Workbench::form_typed() {
  FormEdit& form = view.form;
  if (!form.on) return;
  form.row = -1;
  form.undone.clear();
  form.list = coded_place(*this, form.path).has_value();
  if (form.list && view.typed("form") != form.before && !form_choices().empty() && !view.typed("form").empty())
    form.row = 0;
}

void Workbench::commit_form(bool chosen) {
  if (!view.form.on) return;
  const FormEdit form = view.form;
  view.form = {};
  std::string typed = view.typed("form");
  if (view.field == "form") view.close_field();
  if (form_segment(*this) < 0) return;
  const std::optional<CodedPlace> place = coded_place(*this, form.path);
  std::optional<CodeChoice> choice;
  if (place && chosen && form.list && form.row >= 0) {
    const std::vector<CodeChoice> choices =
        code_choices(*place, typed == form.before ? std::string_view() : std::string_view(typed), most_choices);
    if (form.row < static_cast<int>(choices.size())) choice = choices[static_cast<size_t>(form.row)];
  } else if (place && typed != form.before) {
    // A code typed in full takes its name with it.
    const std::vector<CodeChoice> choices = code_choices(*place, typed, 1);
    if (!choices.empty() && choices[0].code->code == typed) choice = choices[0];
  }
  if (choice) {
    if (const std::optional<std::string> next = with_choice(*this, *place, *choice)) {
      if (*next != text()) rewrite(*next);
      select_place(form.path, Pane::side);
    }
    return;
  }
  if (typed == form.before) return;
  FormRow row;
  row.path = form.path;
  std::vector<FormRow> rows = form_rows(*this);
  for (const FormRow& one : rows) {
    if (one.path == form.path) row = one;
  }
  if (row.date) typed = date_digits(typed);
  if (put(place_of(*this, row), typed)) select_place(form.path, Pane::side);
}

void Workbench::open_picker() {
  FormEdit& form = view.form;
  if (!form.on) return;
  if (coded_place(*this, form.path)) {
    form.list = true;
    const std::vector<CodeChoice> choices = form_choices();
    for (size_t i = 0; i < choices.size(); ++i)
      if (choices[i].code->code == view.typed("form")) form.row = static_cast<int>(i);
    return;
  }
  for (const FormRow& row : form_rows(*this)) {
    if (row.path != form.path || !row.date) continue;
    const std::optional<Time> now = parse_time(date_digits(view.typed("form")));
    form.day = now ? now->date : as_of_ ? as_of_ : Date{2000, 1, 1};
    form.precision = !now ? Precision::day : now->precision > Precision::day ? Precision::second : now->precision;
    form.calendar = true;
  }
}

void Workbench::take_day(Date day) {
  if (!view.form.on) return;
  const Path path = view.form.path;
  view.write_field(with_day(view.form.before, day, view.form.precision));
  view.form.calendar = false;
  commit_form(false);
  for (const FormRow& row : form_rows(*this)) {
    if (row.path == path) return edit_row(row);
  }
}

void Workbench::leave_form() {
  view.form = {};
  if (view.field == "form") view.close_field();
}

}  // namespace iz
