// Who acts, whether to send again, how sure we are (declared in core/outcome_words.h).
#include <fmt/format.h>

#include <algorithm>

#include "core/meanings.h"
#include "core/outcome_words.h"
#include "core/transport.h"
#include "core/words.h"

namespace iz {
namespace {

const ErrorReport* main_error(const Outcome& o) {
  const auto i = static_cast<size_t>(o.main_error);
  return o.main_error >= 0 && i < o.errors.size() ? &o.errors[i] : nullptr;
}

bool has_flag(const Outcome& o, std::string_view id) {
  return std::any_of(o.flags.begin(), o.flags.end(), [&](const Flag& f) { return f.id == id; });
}

/// "birth date (PID-7)"; empty when the error has no field.
std::string field_words(const ErrorReport& e) {
  if (e.places.empty() || e.places[0].path.field == 0) return {};
  const Path& path = e.places[0].path;
  const std::string at = fmt::format("{}-{}", segment_name(path.segment), path.field);
  const Meaning* meaning = find_meaning(path.segment, path.field);
  return meaning ? fmt::format("{} ({})", lower_case(std::string(meaning->label)), at) : at;
}

/// What the person who acts does.
std::string what_to_do(const Outcome& o) {
  if (const Trouble* trouble = o.trouble.empty() ? nullptr : find_trouble(o.trouble)) return trouble->fix;
  const ErrorReport* e = main_error(o);
  const std::string field = e ? field_words(*e) : std::string{};
  switch (o.happened) {
    case Happened::auth_failure:
      return "Have the registry enable facility and user; the patient's data are fine.";
    case Happened::system_failure:
      return "If it happens again, tell the registry the time and MSH-10.";
    case Happened::undetermined:
      return "Ask the registry what became of the message; its answer does not say.";
    case Happened::rejected_technical:
    case Happened::query_rejected:
      return field.empty() ? "Compare MSH-9, MSH-11, MSH-12 and the address with what the registry asks for."
                           : fmt::format("Set {} as the registry asks for.", field);
    case Happened::wrong_message:
      return "Load the message whose MSH-10 this answer names.";
    case Happened::not_an_ack:
      return "Find out whether the registry received the message.";
    case Happened::candidates:
      return "Choose the patient; ask again with the registry's id.";
    case Happened::not_found:
      return "Compare name, birth date and address; add ids.";
    case Happened::too_many:
      return "Add an address, a phone number, the mother's name or an id; raise RCP-2.";
    case Happened::protected_:
      return "Ask for consent at the registry.";
    default:
      break;
  }
  if (field.empty()) return e ? "Read the text of the error, it names no field." : "";
  if (e->says_missing && !e->places[0].value_present) return fmt::format("Fill in {}.", field);
  if (o.who == Who::codes) return fmt::format("Map {} to a code that the registry knows.", field);
  return fmt::format("Correct {}.", field);
}

/// "only dose 3, same ORC-3", for the doses that were not stored.
std::string again_details(const Outcome& o) {
  if (o.doses.empty()) return "The whole message, same ORC-3.";
  std::vector<uint32_t> gone;
  for (const DoseOutcome& d : o.doses)
    if (d.stored == Stored::no) gone.push_back(d.group);
  if (gone.empty() || gone.size() == o.doses.size()) return "The whole message, same ORC-3.";
  if (gone.size() == 1) return fmt::format("The same message or only dose {}, same ORC-3.", gone[0]);
  return "The same message or only the doses not stored, same ORC-3.";
}

}  // namespace

std::string_view label(Stored s) {
  static constexpr std::string_view words[] = {"Stored",         "Not stored", "Partly stored",
                                               "Not yet stored", "Not known",  "Nothing to store"};
  return words[static_cast<size_t>(s)];
}

std::string_view label(Happened h) {
  static constexpr std::string_view words[] = {"Accepted",
                                               "Accepted with information",
                                               "Accepted with warnings",
                                               "Accepted with loss",
                                               "Accepted, not stored yet",
                                               "Partly accepted",
                                               "Rejected for its data",
                                               "Rejected for its header or configuration",
                                               "Sender not accepted",
                                               "Registry failed",
                                               "Answer to another message",
                                               "Not an answer",
                                               "Not known",
                                               "Patient found",
                                               "Patients to choose from",
                                               "No patient returned",
                                               "Too many patients",
                                               "Record protected",
                                               "Query with an error",
                                               "Query refused"};
  static_assert(std::size(words) == static_cast<size_t>(Happened::count));
  return words[static_cast<size_t>(h)];
}

Fact who_acts(const Outcome& o) {
  if (o.nobody)
    return {"Nobody", o.happened == Happened::accepted_pending ? "Ask later with a query if it was stored." : ""};
  return {std::string(label(o.who)), what_to_do(o)};
}

Fact send_again(const Outcome& o) {
  switch (o.resend) {
    case Resend::no:
      if (o.happened == Happened::wrong_message) return {"No", "First find the answer to this message."};
      if (o.happened == Happened::accepted_with_warnings) return {"No", "Mend the cause for the next message."};
      return {"No", ""};
    case Resend::after_fix:
      if (o.query) return {"Yes, after the fix", "The same query."};
      return {"Yes, after the fix", again_details(o)};
    case Resend::optional_after_fix:
      return {"Only if the lost part matters",
              "After the fix, the same message; for a detail of a dose with RXA-21 U."};
    case Resend::same_later:
      return {"Yes, the same message later", o.query ? "" : "Same MSH-10 and ORC-3, so that no dose is stored twice."};
    case Resend::unknown:
      return {"Not before asking", "Ask with a query what the registry has, or ask the registry."};
    case Resend::none:
      break;
  }
  return {"Nothing to send", ""};
}

Fact how_sure(const Outcome& o) {
  static constexpr std::string_view titles[] = {"Certain", "Likely", "A guess"};
  Fact out{std::string(titles[static_cast<size_t>(o.confidence)]), {}};
  const ErrorReport* e = main_error(o);
  const bool placed = e && !e->places.empty();
  if (o.happened == Happened::undetermined) {
    out = {"Not known", "The answer does not say it."};
  } else if (has_flag(o, "all_added_with_error")) {
    out.detail = "The answer contradicts itself.";
  } else if (o.happened == Happened::partial && o.added >= 0 && o.doses.empty()) {
    out.detail = "The registry counts the doses.";
  } else if (!o.paired && !o.query && (o.happened == Happened::partial || o.happened == Happened::rejected_data)) {
    out.detail = "Without the sent message the doses are not known.";
  } else if (placed && o.happened == Happened::partial) {
    static constexpr std::string_view places[] = {"Error place is exact", "Error place was put right",
                                                  "Error place is guessed", "Error place has several readings",
                                                  "Error place is not in the message"};
    out.detail = fmt::format("{}, {} order {} sent.", places[static_cast<size_t>(e->places[0].placed)], o.doses.size(),
                             o.doses.size() == 1 ? "group" : "groups");
  } else if (has_flag(o, "text_contradicts")) {
    out.detail = "The text and the codes of the answer do not agree; the text counts.";
  } else if (has_flag(o, "aa_with_error")) {
    out.detail = "MSA-1 and the error do not agree; the error counts.";
  } else if (has_flag(o, "severity_missing")) {
    out.detail = "An error has no severity.";
  } else if (o.confidence == Confidence::certain && o.happened != Happened::not_an_ack) {
    out.detail = "The answer says it, and nothing in it says otherwise.";
  }
  return out;
}

}  // namespace iz
