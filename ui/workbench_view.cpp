// What is shown of a message: fields that are typed in, the way back, what an edit did to the problems.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "core/sort.h"
#include "ui/fuzzy.h"
#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_visits = 200;

bool same_field(const Path& a, const Path& b) {
  return a.segment == b.segment && a.occurrence == b.occurrence && a.field == b.field && a.repetition == b.repetition;
}

}  // namespace

const std::string& View::typed(std::string_view name) const {
  static const std::string nothing;
  const auto found = fields.find(name);
  return found == fields.end() ? nothing : found->second.text;
}

void View::open_field(std::string_view name) {
  field = name;
  LineText& line = fields[field];
  line.anchor = 0;
  line.caret = static_cast<uint32_t>(line.text.size());
  ++field_change;
}

void View::close_field() {
  field.clear();
  ++field_change;
}

void View::write_field(std::string_view text) {
  if (field.empty()) return;
  LineText& line = fields[field];
  line.set(text);
  line.anchor = line.caret;
  ++field_change;
}

// ---- the problems

std::vector<uint32_t> Workbench::listed() const {
  std::vector<uint32_t> out;
  const std::string& filter = view.typed("problems");
  for (const Shown& s : folded_.shown) {
    const Finding& f = report_.findings[s.finding];
    if (!view.show[static_cast<size_t>(f.severity)]) continue;
    if (!filter.empty()) {
      const std::string words =
          fmt::format("{} {} {} {} {}", label(f.severity), headline(f), place(*catalogue_, report_, f),
                      catalogue_->rules[f.rule].id, label(who_fixes(*catalogue_, report_, f)));
      if (!holds_words(words, filter)) continue;
    }
    out.push_back(s.finding);
  }
  return out;
}

void Workbench::keep_before() {
  before_text_ = text();
  before_report_ = report_;
}

void Workbench::compare_problems() {
  problem_change_ = {};
  const Report& report = before_report_;
  // The same fault in the same field, wherever its segment stands now; first those at the very place.
  struct Fault {
    uint32_t finding;
    Path path;
    bool met = false;
  };
  struct Faults {
    std::vector<Fault> all;
    size_t next = 0;  // the first that was not met
    void meet(Fault& fault) {
      fault.met = true;
      while (next < all.size() && all[next].met) ++next;
    }
  };
  using FaultKey = std::tuple<uint16_t, uint32_t, uint32_t, uint32_t, uint32_t>;
  const auto key_of = [](const Finding& f) {
    return FaultKey(f.rule, f.path.segment, f.path.field, f.path.component, f.path.subcomponent);
  };
  std::map<FaultKey, Faults> old;
  for (const Shown& s : fold(report).shown) {
    const Finding& f = report.findings[s.finding];
    old[key_of(f)].all.push_back({s.finding, f.path});
  }
  std::vector<uint32_t> left;
  for (const Shown& s : folded_.shown) {
    const Finding& f = report_.findings[s.finding];
    const auto found = old.find(key_of(f));
    if (found == old.end()) {
      problem_change_.added.push_back(s.finding);
      continue;
    }
    // Both are in message order: mostly it is the next one.
    Faults& faults = found->second;
    const auto same = std::find_if(faults.all.begin() + static_cast<std::ptrdiff_t>(faults.next), faults.all.end(),
                                   [&](const Fault& o) { return !o.met && o.path == f.path; });
    if (same == faults.all.end()) {
      left.push_back(s.finding);
    } else {
      faults.meet(*same);
    }
  }
  for (uint32_t finding : left) {
    Faults& faults = old[key_of(report_.findings[finding])];
    if (faults.next == faults.all.size()) {
      problem_change_.added.push_back(finding);
    } else {
      faults.meet(faults.all[faults.next]);
    }
  }
  sort_values(problem_change_.added, std::less<>());
  std::vector<uint32_t> gone;
  for (const auto& [key, faults] : old) {
    for (const Fault& fault : faults.all) {
      if (!fault.met) gone.push_back(fault.finding);
    }
  }
  if (gone.empty()) return;
  sort_values(gone, std::less<>());
  Message before;
  before.parse(before_text_);
  for (uint32_t finding : gone) {
    const Finding& f = report.findings[finding];
    problem_change_.gone.push_back({f.severity, headline(before, report, f), place(*catalogue_, report, f)});
  }
}

// ---- copying

std::string Workbench::copy_place(CopyAs as) const {
  const Path& path = selection_.path;
  if (path.segment == 0) return {};
  const Location at = locate(message_, path);
  std::string value;
  if (at.segment >= 0 && path.field == 0) {
    const Segment& s = message_.segments()[static_cast<size_t>(at.segment)];
    value = message_.text().substr(s.begin, s.end - s.begin);
  } else if (at.segment >= 0) {
    value = message_.text().substr(at.span.begin, at.span.end - at.span.begin);
  }
  std::string where = to_string(path);
  switch (as) {
    case CopyAs::value:
      return value;
    case CopyAs::path:
      return where;
    case CopyAs::path_and_value:
      return fmt::format("{}\t{}", where, value);
    case CopyAs::tsv:
    case CopyAs::markdown:
      break;
  }
  const Explanation e = explain(*catalogue_, message_, report_, path);
  std::string cells[] = {where, e.name, value, e.decoded};
  std::string out;
  for (std::string& cell : cells) {
    for (size_t i = 0; i < cell.size(); ++i) {
      if (static_cast<unsigned char>(cell[i]) < 0x20) cell[i] = ' ';
      if (as == CopyAs::markdown && cell[i] == '|') cell.insert(i++, 1, '\\');
    }
    if (as == CopyAs::markdown) {
      out += "| " + cell + " ";
    } else {
      if (&cell != cells) out += '\t';
      out += cell;
    }
  }
  return as == CopyAs::markdown ? out + "|" : out;
}

// ---- the way back

void Workbench::remember() {
  if (going_ || selection_.path.segment == 0) return;
  Visit now = {current_, selection_.path, selection_.origin == Pane::editor};
  if (!visits_.empty()) {
    Visit& here = visits_[visit_];
    const auto near = [&] {
      const int a = locate(message_, here.path).segment, b = locate(message_, now.path).segment;
      return a >= 0 && b >= 0 && std::abs(a - b) <= 1;
    };
    const bool same_document = here.document == now.document;
    if (same_document && same_field(here.path, now.path)) {
      here.path = now.path;
      return;
    }
    if (same_document && here.by_caret && now.by_caret && near()) {
      here = now;
      return;
    }
    visits_.resize(visit_ + 1);
  }
  if (visits_.size() == most_visits) visits_.erase(visits_.begin());
  visits_.push_back(now);
  visit_ = visits_.size() - 1;
}

void Workbench::forget_places() {
  visits_.clear();
  visit_ = 0;
  problem_change_ = {};
}

bool Workbench::can_go(int direction) const { return direction < 0 ? visit_ > 0 : visit_ + 1 < visits_.size(); }

void Workbench::go(int direction) {
  going_ = true;
  while (can_go(direction)) {
    visit_ = direction < 0 ? visit_ - 1 : visit_ + 1;
    const Visit to = visits_[visit_];
    if (to.document >= documents_.size()) continue;
    open_document(to.document);
    if (locate(message_, to.path).segment < 0) continue;  // its segment is gone
    select_place(to.path, Pane::bars);
    leave_summary();
    break;
  }
  going_ = false;
}

// ---- where the keyboard is

void Workbench::next_pane(int direction) {
  if (!view.field.empty()) view.close_field();
  if (view.workspace == Workspace::compare) {
    view.focus = view.focus == Pane::bars ? Pane::side : Pane::bars;
    return;
  }
  if (view.workspace == Workspace::codes || view.workspace == Workspace::local) {
    constexpr std::array<Pane, 4> order = {Pane::codes, Pane::code_page, Pane::beside, Pane::bars};
    const auto here = std::find(order.begin(), order.end(), view.focus);
    const int at = here == order.end() ? 0 : static_cast<int>(here - order.begin());
    view.focus = order[static_cast<size_t>((at + direction + 4) % 4)];
    view.codes.link = -1;
    // What has the keyboard is seen.
    if (view.workspace == Workspace::local) {
      if (view.focus != Pane::bars) view.local.part = static_cast<LocalPart>((at + direction + 4) % 4);
      return;
    }
    if (view.focus == Pane::codes) return focus_codes();
    if (view.focus != Pane::bars) {
      view.codes.tab = view.focus == Pane::code_page ? CodesTab::page : CodesTab::beside;
    }
    return;
  }
  if (view.workspace == Workspace::answer && view.width != Width::narrow) {
    // Message, answer, bars.
    constexpr std::array<Pane, 3> order = {Pane::editor, Pane::side, Pane::bars};
    const auto here = std::find(order.begin(), order.end(), view.focus);
    const int at = here == order.end() ? 0 : static_cast<int>(here - order.begin());
    view.focus = order[static_cast<size_t>((at + direction + 3) % 3)];
    if (view.focus == Pane::editor && !has_sent()) view.focus = direction > 0 ? Pane::side : Pane::bars;
    return;
  }
  const int next = (static_cast<int>(view.focus) + direction + 5) % 5;
  view.focus = static_cast<Pane>(next);
  // What has the keyboard is seen; the tabs of a narrow window are in the order of the panes.
  if (view.width == Width::narrow && view.focus != Pane::bars) view.narrow = static_cast<NarrowTab>(next);
  // Nothing loaded: there are only the text and the bars.
  if (empty()) view.focus = view.focus == Pane::editor || direction < 0 ? Pane::editor : Pane::bars;
  if (view.focus == Pane::tree && view.width == Width::medium) view.side = SideTab::tree;
  if (view.focus == Pane::side && view.side == SideTab::tree) view.side = SideTab::explain;
}

void Workbench::set_follow(Pane pane, bool follow) {
  view.follow[static_cast<size_t>(pane)] = follow;
  if (pane == Pane::side) view.pinned = selection_.path;
  if (follow) touch(Pane::bars);
}

void Workbench::open_over(Over over) {
  if (view.over != Over::none) close_over();
  view.over = over;
  view.open_field(over == Over::palette ? "palette" : "gallery");
  view.write_field("");
}

void Workbench::close_over() {
  view.over = Over::none;
  view.close_field();
}

}  // namespace iz
