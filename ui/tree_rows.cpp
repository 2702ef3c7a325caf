#include "ui/tree_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/decode.h"
#include "core/elements.h"
#include "ui/fuzzy.h"

namespace iz {
namespace {

/// Whether `inner` is `outer` or lies in it. Zeros of `outer` mean "all".
bool holds(const Path& outer, const Path& inner) {
  const auto same = [](uint32_t o, uint32_t i) { return o == 0 || o == i; };
  return outer.segment == inner.segment && outer.occurrence == inner.occurrence && same(outer.field, inner.field) &&
         same(outer.repetition, inner.repetition == 0 ? 1 : inner.repetition) &&
         same(outer.component, inner.component) && same(outer.subcomponent, inner.subcomponent);
}

class Builder {
 public:
  explicit Builder(const Workbench& w)
      : w_(w),
        message_(w.message()),
        filter_(w.view.typed("tree")),
        explainer_(w.catalogue(), w.message(), w.report()),
        decoder_(w.catalogue(), w.message(), w.report(), Decoder::Style::brief) {
    filtered_ = filter_.find_first_not_of(' ') != std::string::npos;
  }

  std::vector<TreeRow> run() {
    const auto segments = message_.segments();
    const auto& doses = w_.summary().doses;
    size_t d = 0;
    for (uint32_t s = 0; s < segments.size();) {
      while (d < doses.size() && doses[d].span.end <= segments[s].begin) ++d;
      if (d == doses.size() || segments[s].begin < doses[d].span.begin) {
        segment(s, 0);
        missing(s++, 0);
        continue;
      }
      uint32_t last = s + 1;
      while (last < segments.size() && segments[last].begin < doses[d].span.end) ++last;
      TreeRow row;
      row.kind = TreeRow::Kind::dose;
      row.dose = static_cast<uint32_t>(d);
      row.segment = s;
      row.last = last;
      row.children = true;
      row.key = dose_key(doses[d].order);
      row.open = is_open(row.key, d == 0 || selected_in(segments[s].begin, segments[last - 1].end));
      const bool open = row.open;
      const size_t before = rows_.size();
      rows_.push_back(std::move(row));
      if (open || filtered_) {
        for (uint32_t i = s; i < last; ++i) {
          segment(i, 1, d == 0 && segments[i].name == segment_code("RXA"));
          missing(i, 1);
        }
      }
      if (filtered_) {
        const bool own = holds_words(fmt::format("dose {} {}", doses[d].order, doses[d].text), filter_);
        keep(before, own);
      }
      s = last;
      ++d;
    }
    return std::move(rows_);
  }

 private:
  bool is_open(const std::string& key, bool by_itself) const {
    if (w_.view.closed.contains(key)) return false;
    return by_itself || w_.view.open.contains(key);
  }
  bool selected_in(uint32_t begin, uint32_t end) const {
    const Selection& s = w_.selection();
    return w_.view.follow[static_cast<size_t>(Pane::tree)] && s.change > 1 && s.path.segment != 0 &&
           s.span.begin >= begin && s.span.begin <= end;
  }

  /// What is missing behind a segment has a row of its own.
  void missing(uint32_t index, uint8_t depth) {
    if (filtered_) return;
    for (const MissingSegment& one : w_.missing()) {
      if (one.behind != message_.segments()[index].end) continue;
      TreeRow row;
      row.kind = TreeRow::Kind::missing;
      row.path = w_.report().findings[one.finding].path;
      row.segment = index;
      row.finding = one.finding;
      row.depth = depth;
      row.present = false;
      row.key = fmt::format("missing {}", one.finding);
      rows_.push_back(std::move(row));
    }
  }

  /// Of what a filter left below a row: nothing, then the row goes unless it is meant itself.
  void keep(size_t row, bool own) {
    if (rows_.size() > row + 1) {
      rows_[row].open = true;
    } else if (own) {
      rows_[row].open = false;
    } else {
      rows_.pop_back();
    }
  }
  bool meant(uint32_t index, const Path& path, bool present) const {
    const Location at = locate(message_, path, index);
    const Explanation e = explainer_.explain(path, at);
    std::string text =
        fmt::format("{}-{} {} {} {}", segment_name(path.segment), path.field, to_string(path), e.name, e.label);
    if (present) {
      text += ' ';
      text += message_.text().substr(at.span.begin, at.span.end - at.span.begin);
      text += ' ';
      text += decoder_.value(path);
    }
    return holds_words(text, filter_);
  }

  void segment(uint32_t index, uint8_t depth, bool open = false) {
    const Segment& s = message_.segments()[index];
    TreeRow row;
    row.path = {.segment = s.name, .occurrence = s.occurrence};
    row.segment = index;
    row.depth = depth;
    row.children = s.name != 0 && s.field_count > 0;
    if (s.name == 0) row.path = {};
    row.key = s.name == 0 ? fmt::format("line {}", s.line) : place_key(row.path);
    const Selection& selection = w_.selection();
    open = open || (w_.view.follow[static_cast<size_t>(Pane::tree)] && selection.path.field != 0 &&
                    holds(row.path, selection.path) && s.name != 0 && selection.change > 1);
    row.open = row.children && is_open(row.key, open);
    const bool descend = row.open || (filtered_ && row.children);
    const Path path = row.path;
    const size_t before = rows_.size();
    rows_.push_back(std::move(row));
    if (!descend) {
      if (filtered_) keep(before, holds_words(message_.text().substr(s.begin, s.end - s.begin), filter_));
      return;
    }
    const SegmentDef* def = find_place(w_.catalogue(), message_, w_.report().profile, path).segment;
    uint32_t count = s.field_count;
    if (w_.view.all_fields && def != nullptr) count = std::max(count, static_cast<uint32_t>(def->fields.size()));
    for (uint32_t n = 1; n <= count; ++n) field(index, path, n, static_cast<uint8_t>(depth + 1));
    if (!filtered_) return;
    const Location at = {.found = true, .segment = static_cast<int>(index), .element = {}, .span = {s.begin, s.end}};
    const Explanation e = explainer_.explain(path, at);
    keep(before, holds_words(fmt::format("{} {} {}", to_string(path), e.name, e.trail), filter_));
  }

  void field(uint32_t index, Path path, uint32_t n, uint8_t depth) {
    const Element element = message_.field(index, n);
    const bool present = message_.present(element);
    if (!present && !w_.view.all_fields) return;
    path.field = n;
    const bool delimiters = path.segment == segment_code("MSH") && n <= 2;
    const uint32_t repetitions = present && !delimiters ? message_.count(element, Level::repetition) : 1;
    for (uint32_t r = 1; r <= repetitions; ++r) {
      path.repetition = r;
      if (filtered_ && !meant(index, path, present)) continue;
      this->element(index, path, delimiters ? Element{} : message_.repetition(index, n, r), Level::component, depth,
                    present);
    }
  }

  void element(uint32_t index, Path path, Element element, Level inner, uint8_t depth, bool present) {
    TreeRow row;
    row.kind = TreeRow::Kind::element;
    row.path = path;
    row.segment = index;
    row.depth = depth;
    row.present = present;
    const uint32_t parts = inner == Level::segment ? 0 : message_.count(element, inner);
    row.children = parts > 1;
    row.key = place_key(path);
    row.open = row.children && is_open(row.key, false);
    const bool open = row.open;
    rows_.push_back(std::move(row));
    if (!open) return;
    for (uint32_t k = 1; k <= parts; ++k) {
      const Element part = message_.part(element, inner, k);
      const bool there = message_.present(part);
      if (!there && !w_.view.all_fields) continue;
      Path p = path;
      (inner == Level::component ? p.component : p.subcomponent) = k;
      this->element(index, p, part, inner == Level::component ? Level::subcomponent : Level::segment,
                    static_cast<uint8_t>(depth + 1), there);
    }
  }

  const Workbench& w_;
  const Message& message_;
  const std::string& filter_;
  const Explainer explainer_;
  const Decoder decoder_;
  bool filtered_ = false;
  std::vector<TreeRow> rows_;
};

}  // namespace

std::vector<TreeRow> tree_rows(const Workbench& workbench) { return Builder(workbench).run(); }

int row_of_selection(const std::vector<TreeRow>& rows, const Workbench& workbench) {
  const Selection& selection = workbench.selection();
  if (selection.origin == Pane::tree) {
    for (size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].key == workbench.view.tree_row) return static_cast<int>(i);
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].kind == TreeRow::Kind::missing && static_cast<int>(rows[i].finding) == selection.finding) {
      return static_cast<int>(i);
    }
  }
  if (selection.path.segment == 0) return -1;
  const auto segments = workbench.message().segments();
  int best = -1;
  for (size_t i = 0; i < rows.size(); ++i) {
    const TreeRow& row = rows[i];
    if (row.kind == TreeRow::Kind::missing) continue;
    const bool inside = row.kind == TreeRow::Kind::dose ? segments[row.segment].begin <= selection.span.begin &&
                                                              selection.span.begin <= segments[row.last - 1].end
                                                        : row.path.segment != 0 && holds(row.path, selection.path);
    if (inside) best = static_cast<int>(i);
  }
  return best;
}

std::string dose_key(uint32_t order) { return fmt::format("dose {}", order); }

std::string place_key(const Path& path) { return to_string(path); }

}  // namespace iz
