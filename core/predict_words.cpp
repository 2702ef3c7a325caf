// The sentences of a prediction, as text and as JSON.
#include <fmt/format.h>

#include <algorithm>

#include "core/predict.h"
#include "core/utf8.h"
#include "core/words.h"
#include "core/write.h"

namespace iz {
namespace {

/// "Doses 2 and 3", "Dose 2".
std::string number_list(std::string_view noun, const std::vector<uint32_t>& numbers) {
  std::string out = sentence_case(std::string(noun)) + ' ';
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
  if (path.component > 0) out += fmt::format(".{}", path.component);
  if (path.subcomponent > 0) out += fmt::format(".{}", path.subcomponent);
  return out;
}

}  // namespace

std::string prediction_words(const Prediction& p) {
  if (!p.applies) return "This is no message that a registry answers.";
  const Outcome& o = p.outcome;
  const size_t total = o.doses.size();
  std::vector<uint32_t> lost;
  for (const DoseOutcome& d : o.doses)
    if (d.stored == Stored::no) lost.push_back(d.group);
  const bool doses_only = std::all_of(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.dose; });
  const std::string_view one = doses_only ? "dose" : "entry", many = doses_only ? "doses" : "entries";
  const auto stored = [&] {
    if (total == 0) return std::string("The message would be accepted");
    if (total == 1) return fmt::format("The {} would be stored", one);
    if (total == 2) return fmt::format("Both {} would be stored", many);
    return fmt::format("All {} {} would be stored", total, many);
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
      return fmt::format("{} of {} {} would be stored. {} would be dropped.", total - lost.size(), total, many,
                         number_list(lost.size() == 1 ? one : many, lost));
    case Happened::rejected_data:
      return total == 0 ? std::string("The message would be rejected.")
                        : "The message would be rejected. No dose would be stored.";
    case Happened::rejected_technical:
      return "The registry would refuse the message for what its header says. Nothing would be stored.";
    case Happened::query_error:
      return "The registry would answer with an error and no data: the query has to be mended first.";
    case Happened::query_rejected:
      return "The registry would refuse the query for what its header says.";
    default:
      return fmt::format("The query can be carried out{}. What comes back depends on what the registry holds.",
                         p.faults.empty() ? "" : ", without what counts as empty");
  }
}

std::string fault_words(const Prediction& p, const PredictedFault& fault) {
  const std::string place = place_name(fault.emptied);
  const std::string segment = segment_name(fault.path.segment);
  const auto whole = [&] {
    return fault.path.field > 0
               ? fmt::format("{} counts as empty. {} needs it and counts as empty, too.", place, segment)
               : fmt::format("{} is not read.", segment.empty() ? "It" : segment);
  };
  const auto dose = [&] {
    if (fault.dose < 0 || size_t(fault.dose) >= p.outcome.doses.size()) return std::string("the dose");
    const DoseOutcome& d = p.outcome.doses[size_t(fault.dose)];
    const std::string number = fmt::format("{} {}", d.dose ? "dose" : "entry", d.group);
    return d.vaccine.empty() ? number : fmt::format("{} ({})", number, d.vaccine);
  };
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

/// The title of the finding behind a fault.
static std::string fault_title(const Catalogue& catalogue, const Message& sent, const Report& report,
                               const PredictedFault& f) {
  if (f.finding < 0) return "The birth date lies after the day of the message";
  return title(catalogue, sent, report, report.findings[size_t(f.finding)]);
}

std::string prediction_text(const Catalogue& catalogue, const Message& sent, const Report& report,
                            const Prediction& p) {
  std::string out = prediction_words(p) + "\n";
  for (const PredictedFault& f : p.faults) {
    const std::string title_words = f.finding >= 0 ? title(catalogue, sent, report, report.findings[size_t(f.finding)])
                                                   : "The birth date lies after the day of the message";
    out += fmt::format("  {}  {}\n      {}\n", to_string(f.path), title_words, fault_words(p, f));
  }
  if (!p.ack.empty()) {
    out += "The acknowledgment would be:\n";
    std::string ack = p.ack;
    std::replace(ack.begin(), ack.end(), '\r', '\n');
    out += ack;
  }
  return valid_utf8(out);
}

std::string prediction_json(const Catalogue& catalogue, const Message& sent, const Report& report, const Prediction& p,
                            Offsets offsets) {
  const OffsetCounter count(sent.text(), offsets);
  const Outcome& o = p.outcome;
  std::string out;
  {
    JsonObject object(out);
    object.boolean("applies", p.applies);
    object.text("outcome", to_string(o.happened));
    object.text("stored", to_string(o.stored));
    object.text("resend", to_string(o.resend));
    if (o.nobody || !p.applies)
      object.null("who");
    else
      object.text("who", to_string(o.who));
    object.text("confidence", to_string(o.confidence));
    object.text("summary", prediction_words(p));
    json_list(object.key("doses"), o.doses, [&](const DoseOutcome& d) {
      JsonObject dose(out);
      dose.number("group", d.group);
      dose.text("vaccine", d.vaccine);
      dose.text("date", d.date);
      dose.text("lot", d.lot);
      dose.text("stored", to_string(d.stored));
    });
    json_list(object.key("faults"), p.faults, [&](const PredictedFault& f) {
      JsonObject fault(out);
      if (f.finding < 0)
        fault.null("finding");
      else
        fault.number("finding", f.finding);
      fault.text("path", to_string(f.path));
      json_span(fault, count, f.span);
      fault.text("title", fault_title(catalogue, sent, report, f));
      fault.text("fate", to_string(f.fate));
      if (f.dose < 0)
        fault.null("dose");
      else
        fault.number("dose", f.dose + 1);
      if (f.error < 0)
        fault.null("error");
      else
        fault.number("error", f.error);
      fault.text("words", fault_words(p, f));
    });
    object.text("ack", p.ack);
  }
  return out;
}

}  // namespace iz
