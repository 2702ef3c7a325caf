// Writers of an Outcome: JSON and text.
//
//     outcome_json(outcome, &sent)    // {"outcome":"partial","stored":"partly",...}
//     outcome_text(outcome, &sent)    // the sentence, the doses, each error with its line of the sent message
#pragma once
#include <string>

#include "core/json.h"
#include "core/outcome.h"

namespace iz {

/// One line: `{"outcome","stored","resend","who","confidence","summary","doses":[{"group","vaccine","date","stored","lot",
/// "action","dose"}],"errors":[{"severity","text","erl","located","cause_of":[..],"also_located":[..],"follows","code",
/// "application_code","local_code","seen","says_missing"}],"flags":[id],"reasons":[{"row","source","says"}]}`, then
/// `remarks` (texts that stand in no ERR), `lost`, `explained` (the flags in words), `who_acts`, `send_again`, `how_sure`,
/// `added`, `family`, `message`, `others`.
///
/// `errors` has one entry for each ERR of the answer, in order; `cause_of` and `follows` count in it. A place is
/// `{"path","begin","end","confidence","dose","value","value_present"}`: `begin` and `end` are offsets into the text of
/// the sent message (as `extract` gives it), `dose` counts `doses` from 1. `located` is null when there is none. `who` is
/// null when nobody has to act; `stored` and `resend` are "n/a" for a query.
std::string outcome_json(const Outcome&, const Message* sent = nullptr, Offsets = Offsets::bytes);

/// Several lines, each with its line end.
std::string outcome_text(const Outcome&, const Message* sent = nullptr);

}  // namespace iz
