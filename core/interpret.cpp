#include "core/interpret.h"

#include <algorithm>
#include <unordered_set>

#include "core/error_places.h"
#include "core/error_words.h"
#include "core/interpret_case.h"
#include "core/outcome_rows.h"
#include "core/words.h"

namespace iz {
namespace {

/// D2: the sender is refused. An error whose cause is facility, user, password or enrolment, never a warning, and never
/// one that stands in the data.
bool refuses_sender(const Case& c, uint32_t i) {
  const ErrorReport& e = c.error(i);
  const Remark& r = c.remark(i);
  if (e.msa < c.msas.size() && c.msas[e.msa].foreign) return false;
  if (r.severity == ErrSeverity::warning || r.severity == ErrSeverity::info || r.in_content()) return false;
  const MsaCode code = e.msa < c.msas.size() ? c.msas[e.msa].code : MsaCode::empty;
  if (r.severity == ErrSeverity::none && code != MsaCode::ae && code != MsaCode::ar && code != MsaCode::ce &&
      code != MsaCode::cr)
    return false;
  if (e.local_code.find("-AUTH-") != std::string::npos || r.facts.has(Effect::authorization)) return true;
  const uint32_t field = r.path.field;
  const bool identity = r.region == Region::header && (field == 4 || field == 6 || field == 22);
  const bool missing = e.code == "101" || e.application_code == "7" || e.says_missing;
  const bool refused = r.severity == ErrSeverity::error || code == MsaCode::ar;
  return identity && refused && !missing;
}

/// D2 of an answer in HL7.
bool sender_refused(Case& c) {
  for (uint32_t i = 0; i < c.remarks.size(); ++i) {
    if (!refuses_sender(c, i)) continue;
    c.out.happened = Happened::auth_failure;
    c.out.stored = Stored::no;
    c.out.resend = Resend::after_fix;
    c.out.confidence =
        c.foreign || c.remark(i).severity == ErrSeverity::none ? Confidence::likely : Confidence::certain;
    c.out.main_error = int(i);
    c.step("D2");
    if (c.foreign) c.flag("auth_other_message");
    return true;
  }
  return false;
}

/// D5.
bool other_message(Case& c) {
  if (!c.foreign) return false;
  c.out.happened = Happened::wrong_message;
  c.out.stored = Stored::unknown;
  c.out.resend = Resend::no;
  c.step("D5");
  c.flag("msa2_differs", c.answer.span(c.answer.field(c.msas[0].segment, 2)));
  return true;
}

/// D6.
bool says_nothing(Case& c) {
  const auto usable = [](const MsaGroup& m) {
    return !m.foreign && m.code != MsaCode::empty && m.code != MsaCode::unknown;
  };
  if (std::any_of(c.msas.begin(), c.msas.end(), usable)) return false;
  c.out.confidence = Confidence::guess;
  c.step("D6");
  return true;
}

void set_doses(Outcome& out) {
  for (DoseOutcome& d : out.doses) d.stored = out.stored;
}

void set_who(Outcome& out, const Case* c) {
  switch (out.happened) {
    case Happened::accepted:
    case Happened::accepted_with_info:
    case Happened::accepted_pending:
    case Happened::match:
      out.nobody = true;
      break;
    case Happened::auth_failure:
    case Happened::system_failure:
    case Happened::undetermined:
    case Happened::protected_:
      out.who = Who::iis;
      break;
    case Happened::not_found:
    case Happened::too_many:
      out.who = Who::registration;
      break;
    case Happened::candidates:
      out.who = Who::clinic;
      break;
    case Happened::rejected_technical:
    case Happened::query_rejected:
      out.who = Who::vendor;
      break;
    case Happened::partial:
    case Happened::rejected_data:
    case Happened::accepted_with_loss:
    case Happened::accepted_with_warnings:
    case Happened::query_error: {
      const auto i = size_t(std::max(out.main_error, 0));
      out.who = c && out.main_error >= 0 ? explain_error(c->catalogue, out.errors[i]).who : Who::interface;
      break;
    }
    default:
      out.who = Who::interface;
  }
}

void add_flag(Outcome& out, std::string_view id) { out.flags.push_back({find_flag(id)->id, {}}); }

/// A query stores nothing, whatever came of it.
void leave_storage(Outcome& out) {
  if (out.query) out.stored = Stored::none;
}

bool is_query(const Message* sent) {
  return sent && (same_word(trim_blanks(sent->get("MSH", 9, 1)), "QBP") ||
                  same_word(trim_blanks(sent->get("MSH", 9, 1)), "VXQ"));
}

/// What stands in the way of an answer.
enum class Transport : uint8_t {
  no_answer,  ///< nothing says whether the message arrived
  word,       ///< a sentence, whatever it sounds like
  sender,     ///< the sender is refused
  call,       ///< the call is refused before the message is read
  registry    ///< the registry failed
};

Transport transport_failure(const Catalogue& catalogue, const Answer& answer) {
  // Failures that the hub or the status of HTTP wraps into another kind, and the one that comes after the message was read.
  const std::string_view id = answer.trouble ? std::string_view(answer.trouble->id) : std::string_view{};
  if (id == "security" || id == "registry_security" || id == "http_401") return Transport::sender;
  if (id == "registry_too_large" || id == "registry_unsupported" || id == "http_413") return Transport::call;
  if (id == "response_too_large") return Transport::no_answer;
  if (!answer.fault) {
    if (answer.http_status == 401 || answer.http_status == 403) return Transport::sender;
    return answer.form == AnswerForm::text && answer.http_status == 0 ? Transport::word : Transport::no_answer;
  }
  const auto speaks_of_sender = [&](std::string_view text) {
    return catalogue.phrases.read(text, -1).has(Effect::authorization);
  };
  switch (answer.fault->kind) {
    case FaultKind::security:
      return Transport::sender;
    case FaultKind::message_too_large:
    case FaultKind::unsupported_operation:
    case FaultKind::unknown_destination:
      return Transport::call;
    case FaultKind::connection:
    case FaultKind::hub_client:
      return Transport::no_answer;
    case FaultKind::unknown:
      break;
  }
  const bool sender = speaks_of_sender(answer.fault->reason) || speaks_of_sender(answer.fault->detail);
  return sender ? Transport::sender : Transport::registry;
}

/// D1 to D3, and D10 for a fault: an answer without HL7.
Outcome judge_transport(const Catalogue& catalogue, const Answer& answer, const Message* sent) {
  Outcome out;
  out.paired = sent != nullptr;
  out.query = is_query(sent);
  if (sent && !out.query) out.doses = dose_outcomes(catalogue, *sent);
  if (answer.trouble) out.trouble = answer.trouble->id;
  const auto set = [&](std::string_view row, Happened happened, Stored stored, Resend resend, Confidence confidence) {
    out.happened = happened;
    out.stored = stored;
    out.resend = resend;
    out.confidence = confidence;
    out.reasons.push_back(reason(row));
  };
  const Resend later = answer.strategy == RetryStrategy::correct_message ? Resend::after_fix : Resend::same_later;
  switch (transport_failure(catalogue, answer)) {
    case Transport::sender:
      set("D2", Happened::auth_failure, Stored::no, Resend::after_fix, Confidence::certain);
      break;
    case Transport::call:
      set("D3", Happened::rejected_technical, Stored::no, Resend::after_fix, Confidence::certain);
      break;
    case Transport::registry:
      set("D10", Happened::system_failure, Stored::no, later, Confidence::guess);
      break;
    case Transport::word:
      set("D1", Happened::not_an_ack, Stored::unknown, Resend::unknown, Confidence::likely);
      if (same_word(std::string_view(answer.text).substr(0, 7), "SUCCESS")) add_flag(out, "success_word");
      break;
    case Transport::no_answer:
      set("D1", Happened::not_an_ack, Stored::unknown, later, Confidence::certain);
      if (answer.soap.content == SoapContent::connectivity_response) add_flag(out, "connectivity_test");
  }
  set_doses(out);
  set_who(out, nullptr);
  if (answer.trouble) out.who = answer.trouble->who;
  leave_storage(out);
  return out;
}

/// Which message of a paste is the answer that is meant, and which others are answers.
struct Choice {
  int meant = -1;
  std::vector<uint32_t> answers;  ///< those with an MSA
};

Choice choose(const Answer& answer, const Message* sent) {
  Choice out;
  const std::string control_id = sent ? read_control_id(*sent) : std::string{};
  int silent = -1, first = -1;
  Message m;
  for (uint32_t i = 0; i < answer.messages.size(); ++i) {
    m.parse_view(answer.messages[i].text);
    if (m.find_segment("MSA") < 0) continue;
    out.answers.push_back(i);
    if (first < 0) first = int(i);
    const std::string id = read_control_id(m, m.field(uint32_t(m.find_segment("MSA")), 2));
    if (id.empty() && silent < 0) silent = int(i);
    if (out.meant < 0 && !id.empty() && id == control_id) out.meant = int(i);
  }
  if (out.meant < 0) out.meant = !control_id.empty() && silent >= 0 ? silent : first;
  return out;
}

}  // namespace

Outcome interpret(const Catalogue& catalogue, const Message& answer, const Message* sent, const Report* report) {
  Case c(catalogue, answer, sent, report);
  c.out.family = catalogue.phrases.family_name(c.family);
  if (sender_refused(c) || other_message(c) || says_nothing(c)) {
    set_doses(c.out);
  } else if (c.out.query) {
    judge_query(c);
  } else {
    judge_submission(c);
  }
  leave_storage(c.out);
  set_who(c.out, &c);
  flag_quirks(c);
  return std::move(c.out);
}

Outcome interpret(const Catalogue& catalogue, const Answer& answer, const Message* sent, const Report* report) {
  const Choice choice = choose(answer, sent);
  const bool fault_decides = answer.fault && (choice.meant < 0 || answer.fault->kind == FaultKind::message_too_large ||
                                              answer.fault->kind == FaultKind::unsupported_operation);
  if (answer.messages.empty() || fault_decides) return judge_transport(catalogue, answer, sent);

  const auto index = uint32_t(std::max(choice.meant, 0));
  Message m;
  m.parse_view(answer.messages[index].text);
  Outcome out = interpret(catalogue, m, sent, report);
  // A fault about the sender that quotes an answer says more than that answer.
  if (answer.fault && answer.fault->kind == FaultKind::security && out.happened != Happened::auth_failure)
    return judge_transport(catalogue, answer, sent);
  out.answer = int(index);
  if (answer.fault) add_flag(out, "hl7_in_fault");
  if (answer.form == AnswerForm::soap_request) add_flag(out, "soap_request");
  if (!answer.batch.empty()) add_flag(out, "batch_wrapped");
  if (answer.line_ends_restored) add_flag(out, "no_segment_ends");
  if (choice.answers.size() > 1) {
    add_flag(out, "batch");
    for (const uint32_t i : choice.answers) {
      if (i == index) continue;
      m.parse_view(answer.messages[i].text);
      out.others.push_back({.answer = i,
                            .message = std::string(trim_blanks(m.get("MSA", 2))),
                            .happened = interpret(catalogue, m).happened});
    }
  }
  return out;
}

size_t answered(const Answer& answer, std::span<const Extracted> messages) {
  std::unordered_set<std::string> ids;
  Message m;
  for (const Extracted& found : answer.messages) {
    m.parse_view(found.text);
    for (uint32_t s = 0; s < m.segments().size(); ++s)
      if (m.segments()[s].name == segment_code("MSA")) ids.insert(read_control_id(m, m.field(s, 2)));
  }
  ids.erase("");
  for (size_t i = 0; i < messages.size(); ++i) {
    m.parse_view(messages[i].text);
    if (m.find_segment("MSA") < 0 && ids.count(read_control_id(m)) > 0) return i;
  }
  return 0;
}

}  // namespace iz
