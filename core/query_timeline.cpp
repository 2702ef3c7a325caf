// Doses and forecast of one patient on an axis of days.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "core/query_answer.h"
#include "core/sort.h"
#include "core/words.h"

namespace iz {
namespace {

MarkKind mark_of(DoseKind kind, Validity validity) {
  if (kind == DoseKind::refused || kind == DoseKind::not_given) return MarkKind::not_given;
  if (validity == Validity::valid) return MarkKind::valid;
  return validity == Validity::not_valid ? MarkKind::not_valid : MarkKind::given;
}

/// "Dose 3", "Next dose".
std::string dose_words(const ForecastItem& f) {
  return f.dose_number.empty() || f.dose_number == "0" ? "Next dose" : "Dose " + f.dose_number;
}

std::string row_label(const ForecastItem& f, Date as_of) {
  const std::string dose = dose_words(f);
  const std::string& due = f.due.text.empty() ? f.earliest.text : f.due.text;
  switch (f.status) {
    case DueStatus::overdue:
      if (f.overdue.date && f.overdue.date <= as_of) return fmt::format("{} overdue since {}", dose, f.overdue.text);
      return due.empty() ? dose + " overdue" : fmt::format("{} overdue, due {}", dose, due);
    case DueStatus::due_now:
      return dose + " due now";
    case DueStatus::later:
      return fmt::format("{} due {}", dose, due);
    case DueStatus::complete:
      return "complete";
    case DueStatus::not_due:
      return f.said.empty() ? "not due" : lower_words(f.said);
    case DueStatus::not_stated:
      break;
  }
  return due.empty() ? f.said : fmt::format("{} due {}", dose, due);
}

struct Range {
  size_t first = 0, last = 0;
};

/// The entries of one patient: they stand in the order of the patients.
template <class Entry>
Range of_patient(const std::vector<Entry>& entries, uint32_t patient) {
  const auto begin =
      std::partition_point(entries.begin(), entries.end(), [&](const Entry& e) { return e.patient < patient; });
  const auto end = std::partition_point(begin, entries.end(), [&](const Entry& e) { return e.patient == patient; });
  return {size_t(begin - entries.begin()), size_t(end - entries.begin())};
}

class Builder {
 public:
  Builder(const QueryAnswer& answer, uint32_t patient)
      : answer_(answer),
        patient_(patient),
        history_(of_patient(answer.history, patient)),
        forecast_(of_patient(answer.forecast, patient)) {}

  Timeline build() {
    find_origin();
    out_.as_of = answer_.as_of ? on_axis(answer_.as_of) : 0;
    out_.first = std::min<int64_t>(0, out_.as_of);
    out_.last = std::max<int64_t>(0, out_.as_of);
    for (size_t i = history_.first; i < history_.last; ++i) add_dose(int(i));
    for (TimelineRow& row : out_.rows)
      sort_values(row.marks, [](const TimelineMark& a, const TimelineMark& b) { return a.from < b.from; });
    sort_values(out_.rows,
                [](const TimelineRow& a, const TimelineRow& b) { return a.marks[0].from < b.marks[0].from; });
    for (size_t r = 0; r < out_.rows.size(); ++r) index_[out_.rows[r].series] = r;
    for (size_t i = forecast_.first; i < forecast_.last; ++i) add_forecast(int(i));
    return std::move(out_);
  }

 private:
  void find_origin() {
    if (patient_ < answer_.patients.size()) out_.origin = answer_.patients[patient_].birth.date;
    out_.by_age = bool(out_.origin);
    if (out_.by_age) return;
    const auto consider = [&](const StatedDay& d) {
      if (d.date && (!out_.origin || d.date < out_.origin)) out_.origin = d.date;
    };
    for (size_t i = history_.first; i < history_.last; ++i) consider(answer_.history[i].given);
    for (size_t i = forecast_.first; i < forecast_.last; ++i)
      for (const StatedDay* d : {&answer_.forecast[i].earliest, &answer_.forecast[i].due, &answer_.forecast[i].overdue})
        consider(*d);
    if (!out_.origin) out_.origin = answer_.as_of;
  }

  int64_t on_axis(Date d) const { return day_number(d) - day_number(out_.origin); }

  TimelineRow& row(const std::string& series) {
    const auto [at, is_new] = index_.try_emplace(series, out_.rows.size());
    if (is_new) out_.rows.emplace_back().series = series;
    return out_.rows[at->second];
  }

  void add_mark(TimelineRow& to, TimelineMark mark) {
    out_.first = std::min(out_.first, mark.from);
    out_.last = std::max(out_.last, mark.to);
    to.marks.push_back(mark);
  }

  void add_dose(int i) {
    const HistoryDose& h = answer_.history[size_t(i)];
    if (!h.given.date) return;
    const int64_t day = on_axis(h.given.date);
    const auto point = [&](const std::string& series, Validity validity) {
      add_mark(row(series), {mark_of(h.kind, validity), day, day, false, i, -1});
    };
    if (h.evaluations.empty())
      for (const std::string& group : h.groups) point(group, Validity::not_stated);
    for (const Evaluation& e : h.evaluations)
      point(e.series.empty() && !h.groups.empty() ? h.groups[0] : e.series, e.validity);
  }

  /// Bars: may be given (dashed), due until overdue, overdue until the as-of date.
  void add_forecast(int i) {
    const ForecastItem& f = answer_.forecast[size_t(i)];
    TimelineRow& to = row(f.series);
    const bool first_overdue = f.status == DueStatus::overdue && to.status != DueStatus::overdue;
    if (to.label.empty() || first_overdue) {
      to.status = f.status;
      to.label = row_label(f, answer_.as_of);
    }
    const Date due = f.due.date ? f.due.date : f.earliest.date;
    if (f.status == DueStatus::complete || f.status == DueStatus::not_due) return;
    if (f.earliest.date && due && f.earliest.date < due)
      add_mark(to, {MarkKind::wait, on_axis(f.earliest.date), on_axis(due), false, -1, i});
    const bool is_overdue = f.status == DueStatus::overdue;
    if (due) {
      const int64_t from = on_axis(due);
      const bool open = !f.overdue.date || f.overdue.date < due;
      const int64_t to_day = open ? std::max(from, out_.as_of) : on_axis(f.overdue.date);
      add_mark(to, {MarkKind::window, from, to_day, open, -1, i});
    }
    if (is_overdue && f.overdue.date && on_axis(f.overdue.date) < out_.as_of)
      add_mark(to, {MarkKind::overdue, on_axis(f.overdue.date), out_.as_of, false, -1, i});
  }

  const QueryAnswer& answer_;
  uint32_t patient_;
  Range history_, forecast_;
  Timeline out_;
  std::unordered_map<std::string, size_t> index_;
};

}  // namespace

std::string_view to_string(MarkKind kind) {
  constexpr std::string_view names[] = {"given", "valid", "not_valid", "not_given", "wait", "window", "overdue"};
  return names[size_t(kind)];
}

Timeline timeline(const QueryAnswer& answer, uint32_t patient) { return Builder(answer, patient).build(); }

std::string axis_label(int64_t days) {
  if (days == 0) return "Birth";
  const std::string_view sign = days < 0 ? "-" : "";
  // A month of the axis is a twelfth of a year.
  const int64_t months = (std::abs(days) * 4800 + 73050) / 146100;
  if (months == 0) return fmt::format("{} d", days);
  if (months < 12) return fmt::format("{}{} mo", sign, months);
  if (months % 12 == 0) return fmt::format("{}{} y", sign, months / 12);
  return fmt::format("{}{} y {} mo", sign, months / 12, months % 12);
}

}  // namespace iz
