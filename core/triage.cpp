#include "core/triage.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/date.h"
#include "core/error_places.h"
#include "core/fold.h"
#include "core/interpret.h"
#include "core/predict.h"
#include "core/sort.h"
#include "core/words.h"

namespace iz {

namespace {

constexpr uint16_t kMany = 0xffff;

uint16_t small(size_t n) { return static_cast<uint16_t>(std::min<size_t>(n, kMany)); }

/// Rule and place of a finding as one number: what makes two findings the same cause. Groups are counted by profile.
uint64_t cause_key(const Catalogue& catalogue, const Report& report, const Finding& f) {
  const auto part = [](uint32_t n) { return uint64_t{std::min<uint32_t>(n, 255)}; };
  uint64_t place = f.path.segment & 0xffffff;
  if (f.group >= 0) {
    size_t profile = 0;
    while (profile < catalogue.profiles.size() && catalogue.profiles[profile].get() != report.profile) ++profile;
    place = 0xff0000 | uint64_t{profile & 0xff} << 8 | (static_cast<uint64_t>(f.group) & 0xff);
  }
  return uint64_t{f.rule} << 48 | place << 24 | part(f.path.field) << 16 | part(f.path.component) << 8 |
         part(f.path.subcomponent);
}

/// A text without what is somebody's data: what stands in quotes and every number become dots.
std::string without_values(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool quote = c == '\'' || c == '"';
    const size_t close = quote ? text.find(c, i + 1) : std::string_view::npos;
    if (quote && close != std::string_view::npos) {
      out += "…";
      i = close;
    } else if (c >= '0' && c <= '9') {
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') ++i;
      out += "…";
    } else {
      out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

std::string_view value_at(const Message& m, std::string_view segment, uint32_t field) {
  const std::string_view part = trim_blanks(m.get(segment, field, 1));
  return part.empty() ? trim_blanks(m.get(segment, field)) : part;
}

void add_value(TriageCause& cause, std::string_view value, uint32_t findings) {
  if (const auto known = cause.values.find(value); known != cause.values.end())
    known->second += findings;
  else if (cause.values.size() < TriageCause::max_values)
    cause.values.emplace(value, findings);
  else
    cause.other_values += findings;
}

bool contains_any_case(std::string_view text, std::string_view wanted) {
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? a + 32 : a) == (b >= 'A' && b <= 'Z' ? b + 32 : b);
  };
  return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same) != text.end();
}

}  // namespace

std::string_view to_string(Worst worst) {
  constexpr std::array<std::string_view, 4> words{"clean", "advice", "warnings", "errors"};
  return words[static_cast<size_t>(worst)];
}

std::string_view to_string(TriageBy by) {
  constexpr std::array<std::string_view, 6> words{"cause", "field", "who", "sender", "outcome", "reason"};
  return words[static_cast<size_t>(by)];
}

size_t whole_messages(std::string_view piece) {
  for (size_t end = piece.size(); end > 0;) {
    const size_t at = piece.rfind("MSH", end - 1);
    if (at == std::string_view::npos || at == 0) return 0;
    // The line that holds it begins behind a line end or the byte that opens an MLLP frame.
    const size_t before = piece.find_last_of("\r\n\v", at - 1);
    if (at + 3 < piece.size() && before != std::string_view::npos) return piece[before] == '\v' ? before : before + 1;
    if (before == std::string_view::npos) return 0;
    end = at;
  }
  return 0;
}

struct Triage::Work {
  Work(const Catalogue& catalogue, const CheckOptions& o) : checker(catalogue), options(o), profile(o.profile) {
    options.profile = profile;
  }
  Checker checker;
  CheckOptions options;
  std::string profile;
  Message message;
  Report report;
  std::vector<uint32_t> seen;  // causes of the message at hand
};

Triage::Triage(const Catalogue& catalogue, const CheckOptions& options, bool with_quality)
    : catalogue_(&catalogue),
      quality_(catalogue),
      with_quality_(with_quality),
      work_(std::make_unique<Work>(catalogue, options)) {
  intern({});
}
Triage::~Triage() = default;
Triage::Triage(Triage&&) noexcept = default;
Triage& Triage::operator=(Triage&&) noexcept = default;

uint32_t Triage::intern(std::string_view name) {
  const auto [at, fresh] = name_index_.try_emplace(std::string(name), static_cast<uint32_t>(names_.size()));
  if (fresh) names_.emplace_back(name);
  return at->second;
}

uint32_t Triage::cause_of(const Finding& f) {
  const uint64_t key = cause_key(*catalogue_, work_->report, f);
  const auto [at, fresh] = cause_index_.try_emplace(key, static_cast<uint32_t>(causes_.size()));
  if (fresh) {
    const Report& report = work_->report;
    TriageCause& cause = causes_.emplace_back();
    cause_keys_.push_back(key);
    cause.rule = f.rule;
    cause.severity = f.severity;
    cause.layer = f.layer;
    cause.who = who_fixes(*catalogue_, report, f);
    cause.place = general_place(report, f);
    cause.title = general_title(*catalogue_, work_->message, report, f);
    cause.first = static_cast<uint32_t>(rows_.size());
  }
  return at->second;
}

void Triage::add_findings(TriageRow& row) {
  const Report& report = work_->report;
  const Folded folded = fold(report);
  row.errors = small(folded.errors);
  row.warnings = small(folded.warnings);
  row.infos = small(folded.infos);
  row.unchecked = !report.profile;
  row.worst = folded.errors     ? Worst::error
              : folded.warnings ? Worst::warning
              : folded.infos    ? Worst::info
                                : Worst::clean;
  work_->seen.clear();
  for (const Shown& shown : folded.shown) {
    const Finding& f = report.findings[shown.finding];
    const uint32_t index = cause_of(f);
    TriageCause& cause = causes_[index];
    ++cause.findings;
    add_value(cause, work_->message.value(f.span).substr(0, 80), 1);
    if (std::find(work_->seen.begin(), work_->seen.end(), index) != work_->seen.end()) continue;
    work_->seen.push_back(index);
    ++cause.messages;
  }
  row.first_cause = static_cast<uint32_t>(row_causes_.size());
  row.cause_count = small(work_->seen.size());
  row_causes_.insert(row_causes_.end(), work_->seen.begin(), work_->seen.begin() + row.cause_count);
}

void Triage::add_answer(TriageRow& row) {
  const Outcome outcome = interpret(*catalogue_, work_->message);
  row.is_answer = true;
  row.happened = outcome.happened;
  const int main = outcome.main_error >= 0 ? outcome.main_error : outcome.errors.empty() ? -1 : 0;
  if (main < 0) return;
  const ErrorReport& e = outcome.errors[static_cast<size_t>(main)];
  std::string words = e.local_code;
  append(words, without_values(e.text.empty() ? e.code_text : e.text), ": ");
  row.reason = intern(words.empty() ? "no text" : words);
}

void Triage::add_doses(TriageRow& row) {
  const auto count = [&](const std::vector<DoseOutcome>& doses, bool all) {
    for (const DoseOutcome& d : doses) {
      if (!d.dose) continue;
      if (row.doses == 0) row.vaccine = intern(d.vaccine);
      row.doses = small(row.doses + size_t{1});
      if (all || d.stored == Stored::yes) row.stored = small(row.stored + size_t{1});
    }
  };
  row.predicted = true;
  if (row.errors == 0) {
    row.happened = row.warnings ? Happened::accepted_with_warnings : Happened::accepted;
    return count(dose_outcomes(*catalogue_, work_->message), true);
  }
  const Prediction p = predict(*catalogue_, work_->message, work_->report);
  row.happened = p.outcome.happened;
  count(p.outcome.doses, false);
}

void Triage::add(std::string_view text, const TriagePlace& place) {
  Message& message = work_->message;
  message.parse_view(text);
  work_->checker.check(message, work_->options, work_->report);
  TriageRow row;
  row.place = place;
  const auto keep = [&](std::string_view id, uint32_t& begin, uint16_t& size) {
    begin = static_cast<uint32_t>(ids_.size());
    size = small(std::min<size_t>(id.size(), 200));
    ids_.append(id.substr(0, size));
  };
  keep(trim_blanks(message.get("MSH", 10)), row.id_begin, row.id_size);
  std::string_view sender = value_at(message, "MSH", 4);
  if (sender.empty()) sender = value_at(message, "MSH", 3);
  row.sender = intern(sender.substr(0, 100));
  if (const auto time = parse_time(message.get("MSH", 7, 1)); time && time->precision >= Precision::hour)
    row.hour = static_cast<int16_t>(time->hour);
  add_findings(row);
  const std::string_view type = message.get("MSH", 9, 1);
  if ((work_->report.profile && work_->report.profile->from_registry()) || type == "ACK" || type == "RSP") {
    add_answer(row);
    keep(trim_blanks(message.get("MSA", 2)), row.answers_begin, row.answers_size);
  } else if (message.find_segment("RXA") >= 0) {
    add_doses(row);
  }
  if (with_quality_) quality_.add(message, work_->report);
  rows_.push_back(row);
}

void Triage::merge(const Triage& other) {
  quality_.merge(other.quality_);
  std::vector<uint32_t> names, causes;
  names.reserve(other.names_.size());
  for (const std::string& name : other.names_) names.push_back(intern(name));
  const auto rows_before = static_cast<uint32_t>(rows_.size());
  for (size_t i = 0; i < other.causes_.size(); ++i) {
    const TriageCause& from = other.causes_[i];
    const auto [at, fresh] = cause_index_.try_emplace(other.cause_keys_[i], static_cast<uint32_t>(causes_.size()));
    causes.push_back(at->second);
    if (fresh) {
      causes_.push_back(from);
      cause_keys_.push_back(other.cause_keys_[i]);
      causes_.back().first += rows_before;
      continue;
    }
    TriageCause& to = causes_[at->second];
    to.messages += from.messages;
    to.findings += from.findings;
    to.other_values += from.other_values;
    for (const auto& [value, n] : from.values) add_value(to, value, n);
  }
  const auto ids = static_cast<uint32_t>(ids_.size()), first = static_cast<uint32_t>(row_causes_.size());
  ids_ += other.ids_;
  for (const uint32_t c : other.row_causes_) row_causes_.push_back(causes[c]);
  for (TriageRow row : other.rows_) {
    row.id_begin += ids;
    row.answers_begin += ids;
    row.first_cause += first;
    row.sender = names[row.sender];
    row.vaccine = names[row.vaccine];
    if (row.reason != TriageRow::none) row.reason = names[row.reason];
    rows_.push_back(row);
  }
}

void Triage::finish() {
  sort_values(rows_, [](const TriageRow& a, const TriageRow& b) {
    return std::tie(a.place.file, a.place.begin) < std::tie(b.place.file, b.place.begin);
  });
  for (TriageCause& cause : causes_) cause.first = TriageRow::none;
  std::unordered_map<std::string_view, uint32_t> sent;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const TriageRow& row = rows_[i];
    for (uint32_t c = 0; c < row.cause_count; ++c) {
      uint32_t& first_row = causes_[row_causes_[row.first_cause + c]].first;
      first_row = std::min(first_row, i);
    }
    if (!row.is_answer && row.id_size) sent.try_emplace(control_id(row), i);
  }
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const TriageRow& answer = rows_[i];
    if (!answer.is_answer || !answer.answers_size) continue;
    const auto at = sent.find(answers(answer));
    if (at == sent.end()) continue;
    TriageRow& row = rows_[at->second];
    if (row.answer != TriageRow::none) continue;
    row.answer = i;
    row.predicted = false;
    row.happened = answer.happened;
    switch (answer.happened) {
      case Happened::accepted:
      case Happened::accepted_with_info:
      case Happened::accepted_with_warnings:
      case Happened::accepted_with_loss:
        row.stored = row.doses;
        break;
      case Happened::partial:
        // How many is told where both messages are read together; here what we predict, but not all.
        row.stored = std::min<uint16_t>(row.stored, small(row.doses - std::min<size_t>(row.doses, 1)));
        break;
      default:
        row.stored = 0;
    }
  }
}

std::vector<uint32_t> Triage::causes_of(const TriageRow& r) const {
  const auto first = row_causes_.begin() + r.first_cause;
  return {first, first + r.cause_count};
}

TriageCounts Triage::counts() const {
  TriageCounts n;
  std::unordered_map<std::string_view, uint32_t> ids;
  for (const TriageRow& row : rows_) {
    if (row.id_size && ids[control_id(row)]++ > 0) ++n.ids_twice;
    if (row.is_answer) {
      ++n.answers;
      continue;
    }
    ++n.messages;
    ++n.worst[static_cast<size_t>(row.worst)];
    n.unchecked += row.unchecked;
    if (row.answer != TriageRow::none) ++n.answered;
    if (row.worst == Worst::error && row.hour >= 0 && row.hour < 24) ++n.error_hours[static_cast<size_t>(row.hour)];
    if (row.doses == 0) continue;
    ++n.submissions;
    n.doses += row.doses;
    n.stored += row.stored;
    n.whole += row.doses == row.stored;
  }
  return n;
}

namespace {

/// The key of a row in a grouping that has one for each row, or none.
uint32_t own_key(const TriageRow& row, TriageBy by) {
  switch (by) {
    case TriageBy::sender:
      return row.is_answer ? TriageRow::none : row.sender;
    case TriageBy::outcome:
      return row.is_answer || row.doses ? static_cast<uint32_t>(row.happened) : TriageRow::none;
    case TriageBy::reason:
      return row.is_answer ? row.reason : TriageRow::none;
    default:
      return TriageRow::none;
  }
}

}  // namespace

std::vector<TriageGroup> Triage::groups(TriageBy by) const {
  std::vector<TriageGroup> out;
  if (by == TriageBy::cause) {
    for (uint32_t i = 0; i < causes_.size(); ++i) {
      const TriageCause& c = causes_[i];
      out.push_back({i, c.title, c.place, c.severity, c.messages, c.findings});
      // One value in several messages is a habit of a system; in one it may be a person's.
      if (c.values.size() != 1 || c.other_values || c.messages < 3 || c.values.begin()->first.empty()) continue;
      std::string& title = out.back().title;
      if (const size_t dots = title.find("“…”"); dots != std::string::npos)
        title.replace(dots, std::string_view("“…”").size(), "“" + c.values.begin()->first + "”");
    }
  } else if (by == TriageBy::field || by == TriageBy::who) {
    // A message counts once in each group, however many of its causes are in it.
    std::map<std::string, uint32_t> place_group;
    std::map<Who, uint32_t> who_group;
    std::vector<uint32_t> group_of;
    for (const TriageCause& c : causes_) {
      const auto next = static_cast<uint32_t>(out.size());
      const uint32_t g = by == TriageBy::field ? place_group.try_emplace(c.place, next).first->second
                                               : who_group.try_emplace(c.who, next).first->second;
      if (g == next) {
        const auto who = static_cast<uint32_t>(c.who);
        out.push_back({by == TriageBy::who ? who : static_cast<uint32_t>(group_of.size()),
                       by == TriageBy::who ? std::string(label(c.who)) : c.place,
                       {},
                       c.severity,
                       0,
                       0});
      }
      group_of.push_back(g);
      out[g].severity = std::min(out[g].severity, c.severity);
      out[g].findings += c.findings;
    }
    std::vector<uint32_t> last(out.size(), TriageRow::none);
    for (uint32_t i = 0; i < rows_.size(); ++i)
      for (uint32_t c = 0; c < rows_[i].cause_count; ++c) {
        const uint32_t g = group_of[row_causes_[rows_[i].first_cause + c]];
        if (last[g] == i) continue;
        last[g] = i;
        ++out[g].messages;
      }
  } else {
    std::map<uint32_t, uint32_t> group;
    for (const TriageRow& row : rows_) {
      const uint32_t key = own_key(row, by);
      if (key == TriageRow::none) continue;
      const auto [at, fresh] = group.try_emplace(key, static_cast<uint32_t>(out.size()));
      if (fresh) {
        std::string title = by == TriageBy::outcome ? std::string(to_string(static_cast<Happened>(key))) : names_[key];
        out.push_back({key, title.empty() ? "(none)" : std::move(title), {}, Severity::info, 0, 0});
      }
      TriageGroup& g = out[at->second];
      ++g.messages;
      g.findings += row.errors + uint32_t{row.warnings} + row.infos;
      if (row.worst == Worst::error) g.severity = Severity::error;
      if (row.worst == Worst::warning) g.severity = std::min(g.severity, Severity::warning);
    }
  }
  sort_values(out, [by](const TriageGroup& a, const TriageGroup& b) {
    if (by == TriageBy::cause && a.severity != b.severity) return a.severity < b.severity;
    return a.messages > b.messages;
  });
  return out;
}

bool Triage::has(const TriageRow& row, TriageBy by, uint32_t key) const {
  if (by != TriageBy::cause && by != TriageBy::field && by != TriageBy::who) return own_key(row, by) == key;
  for (uint32_t i = 0; i < row.cause_count; ++i) {
    const uint32_t index = row_causes_[row.first_cause + i];
    if (by == TriageBy::cause ? index == key
        : by == TriageBy::who ? static_cast<uint32_t>(causes_[index].who) == key
                              : key < causes_.size() && causes_[index].place == causes_[key].place)
      return true;
  }
  return false;
}

std::vector<uint32_t> Triage::rows(const TriageFilter& filter) const {
  std::vector<bool> named;  // names that hold the text, so that each is looked at once
  if (!filter.text.empty())
    for (const std::string& name : names_) named.push_back(contains_any_case(name, filter.text));
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const TriageRow& row = rows_[i];
    if (filter.worst && row.worst != *filter.worst) continue;
    if (filter.by && !has(row, *filter.by, filter.key)) continue;
    if (!filter.text.empty() && !named[row.sender] && !named[row.vaccine] &&
        !contains_any_case(control_id(row), filter.text))
      continue;
    out.push_back(i);
  }
  return out;
}

}  // namespace iz
