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
#include "core/fault.h"
#include "core/soap.h"
#include "core/transport.h"

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

/// What is wrong with the envelope of an answer or a request; empty for one that is right and for what is none.
std::vector<EnvelopeProblem> envelope_problems(std::string_view input, const Answer& answer);

}  // namespace iz
