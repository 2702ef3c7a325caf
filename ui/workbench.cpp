#include "ui/workbench.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/batch.h"
#include "core/sort.h"
#include "core/write_quality.h"
#include "ui/layout.h"
#include "ui/problem_rows.h"

namespace iz {
namespace {

constexpr size_t undo_limit = size_t{64} << 20;  // bytes of text kept for undo

/// Line ends of any kind become `end`.
std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' || text[i] == '\n') {
      out += end;
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

uint32_t size_of(std::string_view text) { return static_cast<uint32_t>(text.size()); }

}  // namespace

Workbench::Workbench(const Catalogue& catalogue)
    : catalogue_(&catalogue), first_(&catalogue), checker_(std::make_unique<Checker>(catalogue)), documents_(1) {
  recheck();
}

const std::vector<uint32_t>& Workbench::shown_of_segment(uint32_t segment) const {
  static const std::vector<uint32_t> none;
  return segment < by_segment_.size() ? by_segment_[segment] : none;
}

int Workbench::segment_of(const Finding& finding) const {
  const auto segments = message_.segments();
  const auto after = std::upper_bound(segments.begin(), segments.end(), finding.line,
                                      [](uint32_t line, const Segment& s) { return line < s.line; });
  return static_cast<int>(after - segments.begin()) - 1;
}

std::string_view Workbench::line_end() const {
  const std::string& t = text();
  const size_t at = t.find_first_of("\r\n");
  if (at == std::string::npos || t[at] == '\n') return at == std::string::npos ? "\r" : "\n";
  return at + 1 < t.size() && t[at + 1] == '\n' ? "\r\n" : "\r";
}

std::string_view Workbench::selected_text() const {
  const auto [low, high] = std::minmax(selection_.caret, selection_.anchor);
  return std::string_view(text()).substr(low, high - low);
}

uint32_t Workbench::dose_at(uint32_t offset) const {
  for (const Dose& dose : summary_.doses) {
    if (offset >= dose.span.begin && offset <= dose.span.end) return dose.order;
  }
  return 0;
}

std::string Workbench::headline(const Finding& f) const { return headline(message_, report_, f); }

std::string Workbench::headline(const Message& message, const Report& report, const Finding& f) const {
  return view.plain_words ? plain(*catalogue_, message, report, f) : title(*catalogue_, message, report, f);
}

std::string Workbench::problem_line() const {
  if (selection_.finding < 0) return {};
  const Finding& f = report_.findings[static_cast<size_t>(selection_.finding)];
  return fmt::format("{}\t{}\t{}\t{}", label(f.severity), place(*catalogue_, report_, f), headline(f),
                     catalogue_->rules[f.rule].id);
}

std::string Workbench::problem_mail() const {
  if (selection_.finding < 0) return {};
  const Finding& f = report_.findings[static_cast<size_t>(selection_.finding)];
  const Rule& rule = catalogue_->rules[f.rule];
  const std::string& id = documents_[current_].control_id;
  std::string out = id.empty() ? std::string("In a message") : fmt::format("In message {}", id);
  const std::string where = place(*catalogue_, report_, f);
  if (!where.empty()) out += fmt::format(" at {}", where);
  out += fmt::format(": {}. {} It is mended by: {}. ({} {}, {})", general_title(*catalogue_, message_, report_, f),
                     plain_title(rule.fix), label(who_fixes(*catalogue_, report_, f)), label(f.severity), rule.id,
                     rule.source.document);
  return out;
}

std::string Workbench::quality_summary() const {
  QualitySummary summary(*catalogue_);
  Message message;
  Report report;
  for (uint32_t i = 0; i < documents_.size(); ++i) {
    if (i == current_) {
      summary.add(message_, report_);
      continue;
    }
    message.parse_view(documents_[i].text);
    checker_->check(message, options(documents_[i]), report);
    summary.add(message, report);
  }
  return quality_html(summary);
}

const Completeness& Workbench::completeness() const {
  if (!completeness_ || completeness_change_ != change_) {
    completeness_.emplace(*catalogue_);
    if (text().size() < late_size) completeness_->add(message_);
    completeness_change_ = change_;
  }
  return *completeness_;
}

bool Workbench::unsaved() const {
  return (edits_ != saved_edits_ && !empty()) ||
         std::any_of(locals_.begin(), locals_.end(), [](const LocalTab& t) { return t.edited(); });
}

std::string Workbench::file_name() const {
  std::string type = documents_[current_].type;
  type = type.substr(0, type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"));
  for (char& c : type) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return (type.empty() ? "message" : type) + ".hl7";
}

std::string Workbench::copy_text() const {
  if (view.workspace == Workspace::codes) return code_line();
  if (view.focus == Pane::problems && selection_.finding >= 0) return problem_line();
  if (view.focus == Pane::tree && selection_.path.segment != 0) return copy_place(CopyAs::value);
  return std::string(selected_text());
}

// ---- the text

void Workbench::set_text(std::string text) {
  documents_[current_].text = std::move(text);
  ++text_change_;
  typing_ = true;
  recheck();
  typing_ = false;
}

CheckOptions Workbench::options(const Document& document) const {
  return {.profile = profile_, .as_of = as_of_, .sent_line_ends = document.kind == InputKind::bytes, .sender = sender_};
}

void Workbench::recheck() {
  const double start = clock_ ? clock_() : 0;
  Document& document = documents_[current_];
  message_.parse(document.text);
  checker_->check(message_, options(document), report_);
  if (clock_) check_time_ = clock_() - start;
  folded_ = fold(report_);
  summary_ = summarize(*catalogue_, message_, report_);
  describe(document, message_, report_);
  mark();
  judge();
  compare_again();
  ++change_;
  if (view.strip == Strip::find) find_again();
  const uint32_t size = size_of(document.text);
  selection_.caret = std::min(selection_.caret, size);
  selection_.anchor = std::min(selection_.anchor, size);
  selection_.span = {std::min(selection_.span.begin, size), std::min(selection_.span.end, size)};
  selection_.finding = -1;
  completion_.reset();
}

bool reports_trouble(const Message& message) {
  const std::string_view code = message.get("MSA", 1);
  return is_answer(message) && code != "AA" && code != "CA";
}

bool is_answer(const Message& message) { return message.find_segment("MSA") >= 0; }

void Workbench::describe(Document& document, const Message& message, const Report& report) {
  const bool envelope = is_batch(message);
  document.type = envelope ? batch_profile : message.get("MSH", 9, 1);
  document.control_id = envelope ? std::string_view() : message.get("MSH", 10);
  document.answer = is_answer(message) || (document.answer && !message.has_header());
  document.reply_to = message.get("MSA", 2);
  // An answer that reports errors is not fine only because it is well formed.
  document.checked = report.profile != nullptr && !reports_trouble(message);
  document.worst.reset();
  for (const Finding& f : report.findings) {
    if (is_not_sent(f)) continue;
    if (!document.worst || f.severity < *document.worst) document.worst = f.severity;
  }
}

void Workbench::mark() {
  marks_.clear();
  by_segment_.assign(message_.segments().size(), {});
  for (uint32_t i = 0; i < folded_.shown.size(); ++i) {
    const uint32_t index = folded_.shown[i].finding;
    const Finding& f = report_.findings[index];
    const int segment = segment_of(f);
    if (segment < 0) continue;
    by_segment_[static_cast<size_t>(segment)].push_back(i);
    const Segment& s = message_.segments()[static_cast<size_t>(segment)];
    Span span = f.span;
    if (f.path.field == 0) {
      // About a whole segment, a group or one that is missing: the name of the segment it belongs to.
      span = s.name == 0 ? Span{s.begin, s.end} : Span{s.begin, std::min(s.end, s.begin + 3)};
    } else {
      span.begin = std::clamp(span.begin, s.begin, s.end);
      span.end = std::clamp(span.end, span.begin, s.end);
      // Something absent: the delimiter at its place.
      if (span.begin == span.end) {
        if (span.end < s.end) {
          ++span.end;
        } else if (span.begin > s.begin) {
          --span.begin;
        }
      }
    }
    marks_.push_back({span, f.severity, index});
  }
  mark_missing();
  sort_values(marks_, [](const Mark& a, const Mark& b) { return a.span.begin < b.span.begin; });
}

void Workbench::start_document() {
  view.notes_dismissed = false;
  view.notice.clear();
  view.open.clear();
  view.closed.clear();
  view.tree_row.clear();
  view.follow_ons_open.clear();
  view.folded.clear();
  view.not_sent_open = false;
  view.side = SideTab::summary;
  problem_change_ = {};
  const uint32_t selections = selection_.change;
  selection_ = Selection();
  selection_.change = selections;
  ++text_change_;
  recheck();
  set_caret(0, false);
}

void Workbench::replace_documents(std::vector<Document> documents, uint32_t current) {
  if (documents.empty()) documents.emplace_back();
  Step step;
  step.whole = true;
  step.caret = selection_.caret;
  step.anchor = selection_.anchor;
  step.current = current_;
  step.documents = std::move(documents_);
  documents_ = std::move(documents);
  current_ = std::min(current, static_cast<uint32_t>(documents_.size()) - 1);
  push(std::move(step));
  forget_answer();
  forget_places();
  start_document();
}

void Workbench::clear() { replace_documents({}, 0); }

void Workbench::close_document() {
  std::vector<Document> rest = documents_;
  rest.erase(rest.begin() + current_);
  replace_documents(std::move(rest), current_);
}

void Workbench::insert(std::string_view typed) {
  const auto [low, high] = std::minmax(selection_.caret, selection_.anchor);
  replace({low, high}, typed);
}

bool Workbench::replace(Span range, std::string_view typed, bool composing) {
  if (!composing) padded_ = 0;
  range = {range.begin + padded_, range.end + padded_};
  const bool one_line = !typed.empty() && typed.find_first_of("\r\n") == std::string_view::npos;
  if (one_line && range.begin == range.end && range.begin == selection_.caret && at_absent()) {
    const size_t before = text().size();
    if (type_absent(typed)) {
      const auto more = size_of(text()) - static_cast<uint32_t>(before + typed.size());
      if (composing) padded_ = more;
      return more == 0;
    }
  }
  edit(range, with_line_ends(typed, line_end()), composing);
  return padded_ == 0;
}

void Workbench::edit(Span range, std::string_view replacement, bool composing) {
  const std::string& old = text();
  range.end = std::min(range.end, size_of(old));
  range.begin = std::min(range.begin, range.end);
  if (range.begin == range.end && replacement.empty()) return;
  // What is changed is seen.
  for (const Dose& dose : summary_.doses)
    if (range.begin <= dose.span.end && range.end >= dose.span.begin) view.folded.erase(dose.order);
  const bool had_selection = selection_.anchor != selection_.caret;
  Step step;
  step.document = current_;
  step.at = range.begin;
  step.removed = old.substr(range.begin, range.end - range.begin);
  step.inserted = std::string(replacement);
  step.caret = selection_.caret;
  step.anchor = selection_.anchor;
  std::string text = old;
  text.replace(range.begin, range.end - range.begin, replacement);
  const bool one = !step.inserted.empty() && caret_next(step.inserted, 0) == step.inserted.size() &&
                   step.inserted.find_first_of("\r\n") == std::string::npos;
  const bool typed = one && step.removed.empty();
  Step* last =
      undo_.empty() || !join_ || undo_.back().whole || undo_.back().document != current_ ? nullptr : &undo_.back();
  const uint32_t caret = range.begin + size_of(replacement);
  if (last != nullptr && composing && range.begin >= last->at && range.end <= last->at + last->inserted.size()) {
    last->inserted.replace(range.begin - last->at, step.removed.size(), replacement);
    redo_.clear();
  } else if (last != nullptr && typed && last->at + last->inserted.size() == step.at) {
    last->inserted += step.inserted;
    redo_.clear();
  } else {
    keep_before();
    push(std::move(step));
  }
  const bool offered = completion_.has_value(), asked = offered && completion_->asked;
  set_text(std::move(text));
  compare_problems();
  set_caret(caret, false);
  // What is typed over a selection, or where one was deleted, is one step with it.
  join_ = one || composing || (replacement.empty() && had_selection);
  if (one || (offered && replacement.empty())) offer_codes(asked);
}

void Workbench::erase_back() {
  const uint32_t caret = selection_.caret;
  if (caret != selection_.anchor) return insert("");
  if (caret > 0) edit({caret_previous(text(), caret), caret}, "");
}

void Workbench::erase_forward() {
  const uint32_t caret = selection_.caret;
  if (caret != selection_.anchor) return insert("");
  if (caret < text().size()) edit({caret, caret_next(text(), caret)}, "");
}

void Workbench::push(Step step) {
  const auto weight = [](const Step& s) {
    size_t bytes = s.removed.size() + s.inserted.size();
    for (const Document& d : s.documents) bytes += d.text.size();
    return bytes;
  };
  redo_.clear();
  if (!step.whole) ++edits_;
  undo_bytes_ += weight(step);
  undo_.push_back(std::move(step));
  size_t drop = 0;
  while (undo_bytes_ > undo_limit && drop + 1 < undo_.size())
    undo_bytes_ -= std::min(undo_bytes_, weight(undo_[drop++]));
  undo_.erase(undo_.begin(), undo_.begin() + static_cast<std::ptrdiff_t>(drop));
  join_ = false;
}

void Workbench::undo() {
  if (undo_.empty()) return;
  Step step = std::move(undo_.back());
  undo_.pop_back();
  if (step.whole) {
    std::swap(documents_, step.documents);
    std::swap(current_, step.current);
    forget_answer();
    forget_places();
    ++text_change_;
    recheck();
  } else {
    show_document(step.document);
    std::string text = documents_[current_].text;
    text.replace(step.at, step.inserted.size(), step.removed);
    keep_before();
    set_text(std::move(text));
    compare_problems();
  }
  select_range(step.anchor, step.caret);
  redo_.push_back(std::move(step));
  join_ = false;
}

void Workbench::redo() {
  if (redo_.empty()) return;
  Step step = std::move(redo_.back());
  redo_.pop_back();
  if (step.whole) {
    std::swap(documents_, step.documents);
    std::swap(current_, step.current);
    forget_answer();
    forget_places();
    ++text_change_;
    recheck();
    set_caret(0, false);
  } else {
    show_document(step.document);
    std::string text = documents_[current_].text;
    text.replace(step.at, step.removed.size(), step.inserted);
    keep_before();
    set_text(std::move(text));
    compare_problems();
    set_caret(step.at + size_of(step.inserted), false);
  }
  undo_.push_back(std::move(step));
  join_ = false;
}

// ---- choosing

/// For a step of undo in another document: it is brought in with its own report.
void Workbench::show_document(uint32_t index) {
  if (index == current_) return;
  current_ = index;
  forget_answer();
  recheck();
}

void Workbench::open_document(uint32_t index) {
  if (index >= documents_.size() || index == current_) return;
  current_ = index;
  forget_answer();
  start_document();
}

void Workbench::set_as_of(Date date) {
  if (date == as_of_) return;
  as_of_ = date;
  problem_change_ = {};
  // What a local profile says may wait for its day.
  if (locals_.empty()) {
    recheck();
  } else {
    rebuild();
  }
}

void Workbench::set_profile(std::string id) {
  profile_ = std::move(id);
  problem_change_ = {};
  recheck();
  set_caret(selection_.caret, false);
}

void Workbench::set_sender(Sender sender) {
  sender_ = sender;
  problem_change_ = {};
  recheck();
  set_caret(selection_.caret, false);
}

void Workbench::touch(Pane origin) {
  selection_.origin = origin;
  ++selection_.change;
  join_ = false;
  remember();
  completion_.reset();
  unfold_current();
}

int Workbench::finding_at(uint32_t offset) const {
  // The innermost shown fault whose mark holds the offset; the end counts, as a caret behind a value is at the value.
  int best = -1;
  uint32_t best_size = UINT32_MAX;
  const auto after = std::upper_bound(marks_.begin(), marks_.end(), offset,
                                      [](uint32_t at, const Mark& m) { return at < m.span.begin; });
  for (auto m = marks_.begin(); m != after; ++m) {
    const Finding& f = report_.findings[m->finding];
    const uint32_t size = m->span.end - m->span.begin;
    if (offset > m->span.end || size >= best_size) continue;
    // A mark on the name of a segment counts only there; one on a delimiter stands for something absent.
    if (f.path.field == 0 && offset >= m->span.end) continue;
    best = static_cast<int>(m->finding);
    best_size = size;
  }
  return best;
}

int Workbench::finding_of(const Path& path) const {
  int inside = -1;
  for (const Shown& s : folded_.shown) {
    const Path& p = report_.findings[s.finding].path;
    if (p == path) return static_cast<int>(s.finding);
    if (inside < 0 && path.field != 0 && p.segment == path.segment && p.occurrence == path.occurrence &&
        p.field == path.field && (path.component == 0 || p.component == path.component) &&
        (path.repetition == 0 || p.repetition == path.repetition)) {
      inside = static_cast<int>(s.finding);
    }
  }
  return inside;
}

void Workbench::set_caret(uint32_t offset, bool extend, Pane origin) {
  select_range(extend ? selection_.anchor : offset, offset, origin);
}

void Workbench::select_range(uint32_t anchor, uint32_t caret, Pane origin) {
  const uint32_t size = size_of(text());
  selection_.caret = std::min(caret, size);
  selection_.anchor = std::min(anchor, size);
  selection_.path = path_at(message_, selection_.caret);
  selection_.span = locate(message_, selection_.path).span;
  selection_.finding = finding_at(selection_.caret);
  // Behind the last field of a line stand the marks of fields that are missing there: the caret is not at those.
  if (selection_.finding >= 0) {
    const Finding& f = report_.findings[static_cast<size_t>(selection_.finding)];
    if (f.span.begin == f.span.end && f.path.field != selection_.path.field) selection_.finding = -1;
  }
  view.card = answer_.card_at(selection_.caret);
  touch(origin);
}

void Workbench::select_place(const Path& path, Pane origin) {
  const Location where = locate(message_, path);
  selection_.path = path;
  selection_.span = where.span;
  selection_.anchor = where.span.begin;
  selection_.caret = path.field == 0 ? where.span.begin : where.span.end;
  selection_.finding = finding_of(path);
  touch(origin);
}

void Workbench::select_finding(int index, Pane origin) {
  if (index < 0 || static_cast<size_t>(index) >= report_.findings.size()) return;
  const Finding& f = report_.findings[static_cast<size_t>(index)];
  const uint32_t size = size_of(text());
  selection_.path = f.path;
  selection_.span = {std::min(f.span.begin, size), std::min(f.span.end, size)};
  selection_.anchor = selection_.span.begin;
  selection_.caret = selection_.span.end;
  if (f.path.field == 0) {
    // A group or an absent segment: the segment whose name is marked stands for it.
    if (const int segment = segment_of(f); segment >= 0) {
      const Segment& s = message_.segments()[static_cast<size_t>(segment)];
      selection_.path = {.segment = s.name, .occurrence = s.occurrence};
      selection_.span = {s.begin, s.end};
      selection_.caret = selection_.anchor = s.begin;
    }
  }
  selection_.finding = index;
  view.side = SideTab::explain;
  touch(origin);
}

void Workbench::step_problem(int direction, Pane origin) {
  const std::vector<uint32_t> order = listed();
  if (order.empty()) return;
  const auto size = static_cast<int>(order.size());
  const auto here = std::find(order.begin(), order.end(), static_cast<uint32_t>(selection_.finding));
  int next = 0;
  if (selection_.finding >= 0 && here != order.end()) {
    next = static_cast<int>(here - order.begin()) + direction;
  } else if (direction > 0) {
    while (next < size && report_.findings[order[static_cast<size_t>(next)]].span.begin < selection_.caret) ++next;
  } else {
    next = size - 1;
    while (next >= 0 && report_.findings[order[static_cast<size_t>(next)]].span.begin >= selection_.caret) --next;
  }
  next = (next % size + size) % size;
  select_finding(static_cast<int>(order[static_cast<size_t>(next)]), origin);
}

void Workbench::edit_place() {
  view.focus = Pane::editor;
  view.narrow = NarrowTab::message;
  touch(Pane::side);
}

}  // namespace iz
