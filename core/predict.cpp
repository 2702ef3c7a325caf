#include "core/predict.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error_places.h"
#include "core/outcome_rows.h"
#include "core/predict_parts.h"

namespace iz {
namespace {

/// Whether the message asks for something, as far as it can be told.
bool is_query(const Message& sent, const Report& report) {
  const std::string_view type = sent.get("MSH", 9, 1);
  return type == "QBP" || type == "VXQ" || (report.profile && report.profile->type == "QBP") ||
         sent.find_segment("QPD") >= 0;
}

/// The furthest that any fault goes, and the first fault that goes so far.
const CascadeFault* worst(const std::vector<CascadeFault>& faults) {
  const auto at = std::max_element(faults.begin(), faults.end(), [](const CascadeFault& a, const CascadeFault& b) {
    return a.fault.fate < b.fault.fate;
  });
  return at == faults.end() ? nullptr : &*at;
}

/// The header is the vendor's, whatever is wrong with it.
Who who_mends(const Catalogue& catalogue, const Report& report, const CascadeFault& f) {
  if (f.fault.path.segment == segment_code("MSH")) return Who::vendor;
  if (f.fault.finding < 0) return Who::registration;
  return who_fixes(catalogue, report, report.findings[size_t(f.fault.finding)]);
}

void store_all(Outcome& o, Stored stored) {
  for (DoseOutcome& d : o.doses) d.stored = stored;
}

/// What becomes of each dose of a submission, and of the whole.
void judge_submission(const std::vector<CascadeFault>& faults, Outcome& o) {
  const Fate furthest = faults.empty() ? Fate::kept : worst(faults)->fault.fate;
  if (furthest >= Fate::message_rejected) {
    o.happened = furthest == Fate::message_refused ? Happened::rejected_technical : Happened::rejected_data;
    o.stored = Stored::no;
    o.resend = Resend::after_fix;
    o.reasons.push_back(reason(furthest == Fate::message_refused ? "D8" : "D13"));
    store_all(o, Stored::no);
    return;
  }
  store_all(o, Stored::yes);
  for (const CascadeFault& f : faults)
    if (f.fault.fate == Fate::group_dropped && f.fault.dose >= 0) o.doses[size_t(f.fault.dose)].stored = Stored::no;
  const auto dropped = size_t(
      std::count_if(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.stored == Stored::no; }));
  o.stored = Stored::yes;
  o.resend = Resend::no;
  if (dropped > 0) {
    o.happened = dropped == o.doses.size() ? Happened::rejected_data : Happened::partial;
    o.stored = dropped == o.doses.size() ? Stored::no : Stored::partly;
    o.resend = Resend::after_fix;
    o.reasons.push_back(reason("D14"));
  } else if (furthest >= Fate::segment_dropped) {
    o.happened = Happened::accepted_with_loss;
    o.resend = Resend::optional_after_fix;
    o.reasons.push_back(reason("D15"));
  } else if (!faults.empty()) {
    o.happened = Happened::accepted_with_warnings;
    const bool lost = std::any_of(faults.begin(), faults.end(), [](const CascadeFault& f) {
      return f.fault.fate == Fate::value_dropped && f.cause != Cause::not_supported;
    });
    if (lost) o.resend = Resend::optional_after_fix;
    o.reasons.push_back(reason("D16"));
  } else {
    o.happened = Happened::accepted;
    o.nobody = true;
    o.reasons.push_back(reason("D19"));
  }
}

void judge_query(const std::vector<CascadeFault>& faults, Outcome& o) {
  o.stored = Stored::none;
  o.resend = Resend::none;
  const Fate furthest = faults.empty() ? Fate::kept : worst(faults)->fault.fate;
  if (furthest == Fate::message_refused) {
    o.happened = Happened::query_rejected;
    o.reasons.push_back(reason("Q7"));
  } else if (furthest >= Fate::segment_dropped) {
    o.happened = Happened::query_error;
    o.reasons.push_back(reason("Q6"));
  } else {
    o.happened = Happened::undetermined;
    o.nobody = true;
  }
}

/// The segments and values that are lost beside the stored doses.
void list_losses(const std::vector<CascadeFault>& faults, Outcome& o) {
  for (const CascadeFault& f : faults) {
    if (f.fault.fate != Fate::value_dropped && f.fault.fate != Fate::segment_dropped) continue;
    LostPart part{f.fault.emptied, f.fault.dose, f.fault.error, true};
    if (f.fault.fate == Fate::segment_dropped)
      part.path.field = part.path.repetition = part.path.component = part.path.subcomponent = 0;
    o.lost.push_back(part);
  }
}

}  // namespace

std::string_view to_string(Fate fate) {
  constexpr std::string_view names[] = {"kept",          "value_dropped",    "segment_dropped",
                                        "group_dropped", "message_rejected", "message_refused"};
  return names[size_t(fate)];
}

Prediction predict(const Catalogue& catalogue, const Message& sent, const Report& report,
                   const PredictOptions& options) {
  Prediction p;
  Outcome& o = p.outcome;
  o.confidence = Confidence::likely;
  o.stored = Stored::unknown;
  const bool other = report.profile && report.profile->type != "VXU" && report.profile->type != "QBP";
  if (sent.segments().empty() || other || sent.find_segment("MSA") >= 0) return p;
  p.applies = true;
  o.paired = true;
  o.query = is_query(sent, report);
  if (!o.query) o.doses = dose_outcomes(catalogue, sent);
  std::vector<CascadeFault> faults = cascade(catalogue, sent, report, o.doses);
  // What cannot be read as a message is not looked at further.
  const CascadeFault* deciding = worst(faults);
  if (deciding && deciding->fault.fate == Fate::message_refused)
    for (CascadeFault& f : faults) f.reported = f.reported && f.fault.fate == Fate::message_refused;
  if (o.query)
    judge_query(faults, o);
  else
    judge_submission(faults, o);
  if (deciding && !o.nobody) o.who = who_mends(catalogue, report, *deciding);
  if (o.happened != Happened::undetermined) write_acknowledgment(catalogue, sent, report, options, faults, p);
  if (o.stored != Stored::no) list_losses(faults, o);
  p.faults.reserve(faults.size());
  for (const CascadeFault& f : faults) p.faults.push_back(f.fault);
  return p;
}

}  // namespace iz
