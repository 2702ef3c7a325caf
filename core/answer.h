// Reads whatever people paste as the answer of a registry: an ACK or RSP in any packing, an envelope of SOAP with a
// response or a fault, a page of HTML, a status of HTTP, the error of a program that could not connect, a sentence,
// nothing. Says what it is and takes the HL7 out; what the HL7 means is for `interpret`.
//
//     const Answer a = read_answer(bytes);
//     if (a.fault) ...                     // a.fault->kind, a.advice
//     for (const Extracted& m : a.messages) message.parse_view(m.text);
//
// Never fails. Nothing is executed or fetched. Linear in the input.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/extract.h"
#include "core/soap.h"

namespace iz {

enum class AnswerForm : uint8_t {
  nothing,        ///< no bytes, or only blanks; with `http_status`, headers without a body
  hl7,            ///< HL7 in any packing but an envelope of SOAP
  soap_request,   ///< an envelope that holds a request: not an answer, but read like one
  soap_response,  ///< an envelope that holds a response; `messages` is empty if there is no HL7 in it
  soap_fault,     ///< a fault; `messages` holds HL7 that it quotes, if any
  html,           ///< a page without HL7
  xml,            ///< other markup without HL7
  http,           ///< a status of HTTP or the error of a program, and nothing else
  text,           ///< a word or sentence
  binary          ///< bytes that are no text
};
std::string_view to_string(AnswerForm);  ///< "soap_fault"

enum class FaultKind : uint8_t {
  security,               ///< SecurityFault
  message_too_large,      ///< MessageTooLargeFault
  unsupported_operation,  ///< UnsupportedOperationFault
  unknown_destination,    ///< UnknownDestinationFault of the hub
  connection,             ///< DestinationConnectionFault of the hub: the registry could not be reached
  hub_client,             ///< HubClientFault: the registry's reply could not be used
  unknown                 ///< `fault`, or none of these
};
std::string_view to_string(FaultKind);  ///< "message_too_large"

/// A fault. Texts are decoded and cut at 64 KB; they may quote the message that was sent.
struct Fault {
  FaultKind kind = FaultKind::unknown;
  std::string element;    ///< name of the element in the detail as written, without prefix: "SecurityFault"
  std::string soap_code;  ///< "Sender", "Receiver" (1.2), "Client", "Server" (1.1), without prefix
  std::string reason;     ///< the Text of the Reason (1.2), faultstring (1.1)
  std::string code;       ///< Code in the detail
  std::string detail;     ///< Detail in the detail, or its text
  std::string summary;    ///< Summary of the IZ Gateway
  std::string retry;      ///< Retry of the IZ Gateway: "CORRECT_MESSAGE"
  Span span;              ///< of the input
};

/// When and by whom something is to be done after a fault or a failed call.
enum class RetryStrategy : uint8_t { normal, correct_message, check_iis_status, contact_support };
std::string_view to_string(RetryStrategy);  ///< "CORRECT_MESSAGE"

/// A failure of the transport that has an explanation: an entry of core/answers/transport.json.
struct Trouble {
  std::string id;     ///< "http_503", "security", "read_timeout"
  std::string title;  ///< names it, no full stop
  std::string what;   ///< what happened, and whether the message got there
  std::string fix;    ///< what to do
  RetryStrategy strategy = RetryStrategy::contact_support;
  Who who = Who::interface;
};
/// The entry of that id, or null.
const Trouble* find_trouble(std::string_view id);

struct Answer {
  AnswerForm form = AnswerForm::nothing;
  std::vector<Extracted> messages;  ///< the HL7 in it; empty when there is none. `input` spans count in the bytes given
  std::vector<Envelope> batch;      ///< FHS, BHS, BTS, FTS lines
  std::vector<Span> rest;           ///< bytes that are no HL7
  SoapEnvelope soap;
  std::optional<Fault> fault;
  uint32_t http_status = 0;          ///< 0: none seen
  std::string title;                 ///< of a page of HTML
  std::string text;                  ///< what a person would read where there is no HL7: sentence, text of the page
  const Trouble* trouble = nullptr;  ///< what went wrong in transport; null for HL7, and for what is not known
  /// What to do about `trouble`: that of the fault itself (Retry), else of the entry.
  std::optional<RetryStrategy> strategy;
  bool line_ends_restored = false;  ///< the segments stood in one line and were taken apart
};

/// Reads an answer. `kind` as for `extract`.
Answer read_answer(std::string_view input, InputKind kind = InputKind::bytes);

/// What is wrong with the envelope of an answer or a request, in the order of the input; empty for one that is right or
/// for what is no envelope and does not try to be one.
std::vector<EnvelopeProblem> envelope_problems(std::string_view input, const Answer& answer);

/// A copy in which what can tell who a person is has been replaced (letters by X, digits by 9): names, addresses,
/// numbers, dates of PID, NK1, QPD and the like, the same words elsewhere in the text, dates and numbers of persons in
/// sentences, user name and password of an envelope. Codes, delimiters and the registry's words stay. For text that
/// leaves the page: copies and shared reports.
std::string masked(std::string_view text);

}  // namespace iz
