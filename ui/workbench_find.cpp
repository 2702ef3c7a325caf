// Finding, going to a place, and moving by fields.
#include <algorithm>

#include "ui/workbench.h"

namespace iz {

void Workbench::open_strip(Strip strip) {
  view.strip = strip;
  if (strip == Strip::none) {
    found_ = {};
    view.close_field();
    return;
  }
  view.open_field(strip == Strip::find ? "find" : "go");
  const std::string_view selected = selected_text();
  if (strip == Strip::find && !selected.empty() && selected.size() <= 80 &&
      selected.find_first_of("\r\n") == std::string_view::npos) {
    view.fields["find"].set(selected);
  }
  if (strip == Strip::find) find_again();
}

void Workbench::find_again() {
  const std::string& query = view.typed("find");
  found_.query = query;
  found_.hits = find_hits(*this, query);
  found_.current = -1;
}

void Workbench::find() {
  find_again();
  if (found_.hits.empty()) return;
  // The hit at the caret, or the next one.
  const uint32_t from = std::min(selection_.caret, selection_.anchor);
  const auto next = std::lower_bound(found_.hits.begin(), found_.hits.end(), from,
                                     [](const Hit& hit, uint32_t at) { return hit.span.begin < at; });
  go_to_hit(next == found_.hits.end() ? 0 : static_cast<int>(next - found_.hits.begin()));
}

void Workbench::go_to_hit(int index) {
  const Hit hit = found_.hits[static_cast<size_t>(index)];
  switch (hit.kind) {
    case Hit::Kind::text:
      select_range(hit.span.begin, hit.span.end, Pane::bars);
      break;
    case Hit::Kind::name:
      select_place(hit.path, Pane::bars);
      break;
    case Hit::Kind::problem:
      select_finding(hit.finding, Pane::bars);
      break;
  }
  leave_summary();
  found_.current = index;
}

void Workbench::step_hit(int direction) {
  if (found_.query != view.typed("find")) find_again();
  const auto count = static_cast<int>(found_.hits.size());
  if (count == 0) return;
  if (found_.current >= 0) return go_to_hit((found_.current + direction + count) % count);
  const uint32_t from = selection_.caret;
  const auto next = std::lower_bound(found_.hits.begin(), found_.hits.end(), from,
                                     [](const Hit& hit, uint32_t at) { return hit.span.begin < at; });
  const auto index = static_cast<int>(next - found_.hits.begin());
  go_to_hit(direction > 0 ? index % count : (index - 1 + count) % count);
}

bool Workbench::go_to(std::string_view typed) {
  const Target target = read_target(*this, typed);
  if (!target.found) return false;
  if (target.path.segment == 0) {
    set_caret(target.at, false, Pane::bars);
  } else {
    select_place(target.path, Pane::bars);
  }
  leave_summary();
  return true;
}

bool Workbench::step_field(int direction) {
  const auto segments = message_.segments();
  if (segments.empty()) return false;
  const uint32_t caret =
      direction > 0 ? std::max(selection_.caret, selection_.anchor) : std::min(selection_.caret, selection_.anchor);
  const auto after = std::upper_bound(segments.begin(), segments.end(), caret,
                                      [](uint32_t at, const Segment& s) { return at < s.begin; });
  auto index = static_cast<int>(after - segments.begin()) - 1;
  // The field that holds the caret; 0 is the name.
  const Path here = selection_.path;
  int field = index < 0 ? -1 : 0;
  if (index >= 0) {
    const Segment& s = segments[static_cast<size_t>(index)];
    if (here.segment == s.name && here.occurrence == s.occurrence && s.name != 0) {
      field = static_cast<int>(here.field);
    } else {
      while (field < static_cast<int>(s.field_count) &&
             message_.span(message_.field(static_cast<uint32_t>(index), static_cast<uint32_t>(field) + 1)).begin <=
                 caret) {
        ++field;
      }
    }
  }
  for (;;) {
    field += direction;
    if (index < 0 || field < 0 || field > static_cast<int>(segments[static_cast<size_t>(index)].field_count)) {
      index += direction;
      if (index < 0 || index >= static_cast<int>(segments.size())) return false;
      field = direction > 0 ? 0 : static_cast<int>(segments[static_cast<size_t>(index)].field_count);
    }
    const Segment& s = segments[static_cast<size_t>(index)];
    if (s.name == 0) {
      select_range(s.begin, s.end);
      return true;
    }
    if (field == 0 && s.field_count > 0) continue;  // a name is passed
    break;
  }
  const Segment& s = segments[static_cast<size_t>(index)];
  Path path = {.segment = s.name, .occurrence = s.occurrence, .field = static_cast<uint32_t>(field)};
  path.repetition = field == 0 ? 0 : 1;
  const Span span = message_.span(message_.field(static_cast<uint32_t>(index), static_cast<uint32_t>(field)));
  select_place(path, Pane::editor);
  if (field != 0) {
    // The whole field with its repetitions, so that typing replaces it.
    selection_.anchor = span.begin;
    selection_.caret = span.end;
  }
  return true;
}

}  // namespace iz
