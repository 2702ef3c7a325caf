// What `read_answer` found, written: for `iz soap unwrap` and the JavaScript module.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/answer.h"
#include "core/json.h"

namespace iz {

/// `{"form","http_status","soap":{"content","version","service","operation","namespace","username","facility_id",
/// "destination","echo"},"fault":{"kind","element","soap_code","reason","code","detail","summary","retry"},"trouble":
/// {"id","title","what","fix","strategy","advice","who"},"title","text","messages":[{"text","forms","notes","begin",
/// "end"}],"problems":[{"id","title","what","fix","who","begin","end"}]}` on one line. `soap`, `fault` and `trouble` are
/// null where there is none. `begin` and `end` count in `input`.
std::string answer_json(std::string_view input, const Answer& answer, std::span<const EnvelopeProblem> problems,
                        Offsets offsets = Offsets::bytes);

/// The same for people: what it is, what is wrong, what to do, then each message, a segment on a line.
std::string answer_text(std::string_view input, const Answer& answer, std::span<const EnvelopeProblem> problems);

/// What was read, one sentence: "A SOAP 1.2 response (CDC 2011, submitSingleMessageResponse) with one HL7 message."
std::string answer_sentence(const Answer& answer);

}  // namespace iz
