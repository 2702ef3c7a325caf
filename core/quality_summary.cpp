#include "core/quality_summary.h"

#include <set>

#include "core/catalogue.h"
#include "core/fold.h"
#include "core/message.h"

namespace iz {

void QualitySummary::add(const Message& m, const Report& report) {
  const std::string_view type = m.get("MSH", 9, 1);
  if ((report.profile && report.profile->from_registry()) || type == "ACK" || type == "RSP") return;
  ++messages;
  completeness.add(m);
  const Folded folded = fold(report);
  ++worst[folded.errors ? 0 : folded.warnings ? 1 : folded.infos ? 2 : 3];
  std::set<Cause*> seen;
  std::set<std::string> places;
  std::array<bool, static_cast<size_t>(Who::iis) + 1> mends{};
  for (const Shown& shown : folded.shown) {
    const Finding& f = report.findings[shown.finding];
    const std::string place = general_place(report, f);
    Cause& cause = causes[{f.rule, place}];
    if (cause.messages == 0) {
      cause.severity = f.severity;
      cause.title = general_title(*catalogue, m, report, f);
    }
    if (!seen.insert(&cause).second) continue;
    ++cause.messages;
    mends[static_cast<size_t>(who_fixes(*catalogue, report, f))] = true;
    // Of a component its field; a group stays whole.
    const size_t dash = place.find('-');
    std::string field = dash == std::string::npos ? place : place.substr(0, place.find('.', dash));
    if (field.empty()) field = "the message";
    if (places.insert(field).second) ++fields[field];
  }
  for (size_t i = 0; i < who.size(); ++i) who[i] += mends[i];
}

void QualitySummary::merge(const QualitySummary& other) {
  completeness.merge(other.completeness);
  messages += other.messages;
  for (size_t i = 0; i < worst.size(); ++i) worst[i] += other.worst[i];
  for (size_t i = 0; i < who.size(); ++i) who[i] += other.who[i];
  for (const auto& [field, n] : other.fields) fields[field] += n;
  for (const auto& [key, cause] : other.causes) {
    Cause& to = causes[key];
    if (to.messages == 0)
      to = cause;
    else
      to.messages += cause.messages;
  }
}

}  // namespace iz
