#include "core/completeness.h"

#include <fmt/format.h>
#include <functional>

#include <algorithm>

#include "core/catalogue.h"
#include "core/days.h"
#include "core/evaluate.h"
#include "core/sort.h"

namespace iz {
namespace {

std::string_view value_of(const Message& m, std::span<const uint32_t> segments, uint32_t name, uint32_t field) {
  for (const uint32_t s : segments)
    if (m.segments()[s].name == name) return m.value(m.component(m.repetition(s, field, 1), 1));
  return {};
}

}  // namespace

std::string_view to_string(Measure::Of of) {
  static constexpr std::string_view words[] = {"patient", "dose", "given"};
  return words[static_cast<size_t>(of)];
}

Completeness::Completeness(const Catalogue& catalogue) : catalogue_(&catalogue), counts_(catalogue.measures.size()) {
  if (const auto list = catalogue.limits.find("timeliness"); list != catalogue.limits.end())
    for (const char* name : {"on-time", "late", "very-late"})
      if (const auto days = list->second.find(name); days != list->second.end()) limits_.push_back(days->second);
  sort_values(limits_, std::less<int>());
  int from = 0;
  for (const int limit : limits_) {
    lag_names_.push_back(from == 0 ? fmt::format("within {} days", limit) : fmt::format("{} to {} days", from, limit));
    from = limit + 1;
  }
  lag_names_.push_back(from == 0 ? "on any day" : fmt::format("later than {} days", from - 1));
  lag_names_.emplace_back("not known");
  lags_.resize(lag_names_.size());
}

void Completeness::add_dose(const Message& m, int32_t sent) {
  constexpr uint32_t rxa = segment_code("RXA");
  const std::string_view status = value_of(m, segments_, rxa, 20), action = value_of(m, segments_, rxa, 21);
  if ((status != "CP" && status != "PA") || action == "D") return;
  const bool given = value_of(m, segments_, rxa, 9) == "00";
  const Scope scope = {.context = PlaceContext::group, .segments = segments_};
  for (size_t i = 0; i < counts_.size(); ++i) {
    const Measure& measure = catalogue_->measures[i];
    if (measure.of == Measure::Of::patient || (measure.of == Measure::Of::given && !given)) continue;
    ++counts_[i].of;
    if (evaluate(m, scope, measure.has, Use::antecedent) == Truth::holds) ++counts_[i].present;
  }
  if (!given) return;
  const DayRange day = day_range(value_of(m, segments_, rxa, 3));
  size_t bucket = lags_.size() - 1;
  if (day.known && day.first == day.last && sent >= day.first) {
    const int lag = sent - day.first;
    bucket = static_cast<size_t>(std::lower_bound(limits_.begin(), limits_.end(), lag) - limits_.begin());
  }
  ++lags_[bucket];
}

void Completeness::add(const Message& m) {
  if (m.get("MSH", 9, 1) != "VXU") return;
  const DayRange sent = day_range(m.get("MSH", 7, 1));
  const int32_t sent_day = sent.known ? sent.first : INT32_MIN;
  const auto all = m.segments();
  const auto is = [&](uint32_t s, std::string_view name) { return all[s].name == segment_code(name); };
  uint32_t s = 0;
  segments_.clear();
  for (; s < all.size() && !is(s, "ORC") && !is(s, "RXA"); ++s) segments_.push_back(s);
  const Scope scope = {.context = PlaceContext::group, .segments = segments_};
  for (size_t i = 0; i < counts_.size(); ++i) {
    const Measure& measure = catalogue_->measures[i];
    if (measure.of != Measure::Of::patient) continue;
    ++counts_[i].of;
    if (evaluate(m, scope, measure.has, Use::antecedent) == Truth::holds) ++counts_[i].present;
  }
  // An order begins with ORC; one whose ORC is missing with RXA.
  while (s < all.size()) {
    segments_.clear();
    bool administered = false;
    for (; s < all.size(); ++s) {
      if (!segments_.empty() && (is(s, "ORC") || (administered && is(s, "RXA")))) break;
      administered = administered || is(s, "RXA");
      segments_.push_back(s);
    }
    add_dose(m, sent_day);
  }
}

void Completeness::merge(const Completeness& other) {
  for (size_t i = 0; i < counts_.size(); ++i) {
    counts_[i].of += other.counts_[i].of;
    counts_[i].present += other.counts_[i].present;
  }
  for (size_t i = 0; i < lags_.size(); ++i) lags_[i] += other.lags_[i];
}

}  // namespace iz
