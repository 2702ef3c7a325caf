#include "core/predict.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error_places.h"
#include "core/predict_parts.h"
#include "core/words.h"

namespace iz {
namespace {

Reason reason(std::string_view row) { return {std::string(row), "Implementation Guide Release 1.5, table 3-1"}; }

/// The furthest that any fault goes, and the first fault that goes so far.
const CascadeFault* worst(const std::vector<CascadeFault>& faults) {
  const auto at = std::max_element(faults.begin(), faults.end(), [](const CascadeFault& a, const CascadeFault& b) {
    return a.fault.fate < b.fault.fate;
  });
  return at == faults.end() ? nullptr : &*at;
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
  o.stored = o.doses.empty() ? Stored::none : Stored::yes;
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
  const Fate furthest = faults.empty() ? Fate::kept : worst(faults)->fault.fate;
  if (furthest == Fate::message_refused) {
    o.happened = Happened::query_rejected;
    o.resend = Resend::after_fix;
    o.reasons.push_back({"Q7", "Implementation Guide Release 1.5, appendix B"});
  } else if (furthest >= Fate::segment_dropped) {
    o.happened = Happened::query_error;
    o.resend = Resend::after_fix;
    o.reasons.push_back({"Q6", "Implementation Guide Release 1.5, table 10-3"});
  } else {
    o.happened = Happened::undetermined;
    o.resend = Resend::no;
    o.nobody = true;
  }
}

/// The segments and values that are lost beside the stored doses.
void list_losses(const std::vector<CascadeFault>& faults, Outcome& o) {
  for (const CascadeFault& f : faults) {
    if (f.fault.fate != Fate::value_dropped && f.fault.fate != Fate::segment_dropped) continue;
    LostPart part{f.fault.path, f.fault.dose, f.fault.error, true};
    if (f.fault.fate == Fate::segment_dropped)
      part.path.field = part.path.repetition = part.path.component = part.path.subcomponent = 0;
    o.lost.push_back(part);
  }
}

/// "Doses 2 and 3", "Dose 2".
std::string dose_list(const std::vector<uint32_t>& numbers) {
  std::string out = numbers.size() == 1 ? "Dose " : "Doses ";
  constexpr size_t most = 8;
  for (size_t i = 0; i < numbers.size() && i < most; ++i) {
    if (i > 0) out += i + 1 == numbers.size() ? " and " : ", ";
    out += std::to_string(numbers[i]);
  }
  if (numbers.size() > most) out += fmt::format(" and {} more", numbers.size() - most);
  return out;
}

std::string place_name(const Path& path) {
  std::string out = segment_name(path.segment);
  if (path.field > 0) out += fmt::format("-{}", path.field);
  return out;
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
  if (sent.segments().empty() || (report.profile && report.profile->type != "VXU" && report.profile->type != "QBP"))
    return p;
  p.applies = true;
  o.paired = true;
  o.query = report.profile ? report.profile->type == "QBP" : sent.get("MSH", 9, 1) == "QBP";
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
  if (deciding && !o.nobody)
    o.who = deciding->fault.finding < 0 ? Who::registration
                                        : catalogue.rules[report.findings[size_t(deciding->fault.finding)].rule].who;
  if (o.happened != Happened::undetermined) write_acknowledgment(catalogue, sent, report, options, faults, p);
  if (o.stored != Stored::no) list_losses(faults, o);
  p.faults.reserve(faults.size());
  for (const CascadeFault& f : faults) p.faults.push_back(f.fault);
  return p;
}

std::string prediction_words(const Prediction& p) {
  if (!p.applies) return "This is no message that a registry answers.";
  const Outcome& o = p.outcome;
  const size_t total = o.doses.size();
  std::vector<uint32_t> lost;
  for (const DoseOutcome& d : o.doses)
    if (d.stored == Stored::no) lost.push_back(d.group);
  const auto stored = [&] {
    if (total == 0) return std::string("The message would be accepted");
    if (total == 1) return std::string("The dose would be stored");
    return fmt::format("All {} doses would be stored", total);
  };
  switch (o.happened) {
    case Happened::accepted:
      return stored() + ".";
    case Happened::accepted_with_warnings: {
      const size_t n = o.errors.size();
      return fmt::format("{}, with {}.", stored(), n == 1 ? "1 warning" : fmt::format("{} warnings", n));
    }
    case Happened::accepted_with_loss:
      return stored() + ", but a part beside would be lost.";
    case Happened::partial:
      return fmt::format("{} of {} doses would be stored. {} would be dropped.", total - lost.size(), total,
                         dose_list(lost));
    case Happened::rejected_data:
      return total == 0 ? "The message would be rejected." : "The message would be rejected. No dose would be stored.";
    case Happened::rejected_technical:
      return "The registry would refuse the message for what its header says. Nothing would be stored.";
    case Happened::query_error:
      return "The registry would answer with an error and no data: the query has to be mended first.";
    case Happened::query_rejected:
      return "The registry would refuse the query for what its header says.";
    default:
      return "The query can be carried out. What comes back depends on what the registry holds.";
  }
}

std::string fault_words(const Message& sent, const Prediction& p, const PredictedFault& fault) {
  const std::string place = place_name(fault.path);
  const std::string segment = segment_name(fault.path.segment);
  const auto whole = [&] {
    return fault.path.field > 0
               ? fmt::format("{} counts as empty. {} needs it and counts as empty, too.", place, segment)
               : fmt::format("{} is not read.", segment.empty() ? "It" : segment);
  };
  const auto dose = [&] {
    return fault.dose >= 0 && size_t(fault.dose) < p.outcome.doses.size()
               ? dose_words(p.outcome.doses[size_t(fault.dose)])
               : std::string("the dose");
  };
  static_cast<void>(sent);
  switch (fault.fate) {
    case Fate::kept:
      return "Reported; nothing is lost.";
    case Fate::value_dropped:
      return fmt::format("{} counts as empty, and may be. Nothing else is lost.", place);
    case Fate::segment_dropped:
      return whole() + " The rest is kept.";
    case Fate::group_dropped:
      return fmt::format("{} Its order group is dropped: {} is not stored.", whole(), dose());
    case Fate::message_rejected:
      return whole() + " The message cannot be without it: it is rejected.";
    case Fate::message_refused:
      return "The header asks for what the registry does not support. The message is refused (AR).";
  }
  return {};
}

std::string prediction_text(const Catalogue& catalogue, const Message& sent, const Report& report,
                            const Prediction& p) {
  std::string out = prediction_words(p) + "\n";
  for (const PredictedFault& f : p.faults) {
    const std::string title_words = f.finding >= 0 ? title(catalogue, sent, report, report.findings[size_t(f.finding)])
                                                   : "The birth date lies after the day of the message";
    out += fmt::format("  {}  {}\n      {}\n", to_string(f.path), title_words, fault_words(sent, p, f));
  }
  if (!p.ack.empty()) {
    out += "The acknowledgment would be:\n";
    std::string ack = p.ack;
    std::replace(ack.begin(), ack.end(), '\r', '\n');
    out += ack;
  }
  return out;
}

}  // namespace iz
