// What can go wrong between sender and registry, in words: the entries of core/answers/transport.json.
//
//     const Trouble* t = trouble_of_status(503);
//     t->title, t->what, t->fix, t->strategy
//
// The strategies are those of the IZ Gateway (izgw-core, RetryStrategy). The words are ours.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/rule.h"

namespace iz {

/// What to do before the same message is sent again.
enum class RetryStrategy : uint8_t {
  normal,            ///< it passes by itself: send again now, then after 5 and 10 minutes, then hours later
  correct_message,   ///< the message or the credentials are the cause: a person mends them first
  check_iis_status,  ///< the registry does not respond: ask for its state first
  contact_support    ///< a setting is wrong: whoever runs the connection mends it
};
std::string_view to_string(RetryStrategy);  ///< "CORRECT_MESSAGE"
/// The advice for a strategy, one or two sentences.
std::string_view advice(RetryStrategy);

/// A failure that has an explanation.
struct Trouble {
  std::string id;     ///< "http_503", "security", "read_timeout"
  std::string title;  ///< names it, no full stop
  std::string what;   ///< what happened, and whether the message got there
  std::string fix;    ///< what to do
  RetryStrategy strategy = RetryStrategy::contact_support;
  Who who = Who::interface;
  std::vector<std::string> faults;     ///< kinds of fault that it explains: "security"
  std::vector<std::string> codes;      ///< codes of the IZ Gateway for these faults
  std::vector<std::string> summaries;  ///< summaries of the IZ Gateway, lower case without blanks
  std::vector<std::string> phrases;    ///< parts of sentences that show it, lower case
  std::vector<uint32_t> statuses;      ///< of HTTP
};

/// All of them, in the order in which they are tried.
const std::vector<Trouble>& troubles();
/// The one of that id, or null.
const Trouble* find_trouble(std::string_view id);
/// What a status of HTTP means; null for one that is no failure (below 400).
const Trouble* trouble_of_status(uint32_t status);
/// What a sentence shows by its phrases, of those that explain faults of kind `fault` (empty: any); null if none does.
const Trouble* trouble_of_text(std::string_view text, std::string_view fault = {});

/// The status of HTTP that headers or a sentence name ("HTTP/1.1 503 ...", "status code: 401", "404 Not Found"); 0 for
/// none. Of several status lines the last that is final.
uint32_t status_in_headers(std::string_view input);
uint32_t status_in_words(std::string_view text);

}  // namespace iz
