// Writers of a Triage: text for a terminal, CSV for a spreadsheet, JSON.
//
// None of them writes a value of a message but control ids, senders, vaccines, and a value that three messages or more share.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/triage.h"

namespace iz {

/// The counts in sentences, each on a line.
std::string triage_counts_text(const Triage&);
/// Counts and the groups, at most `limit` of them; what is left out is counted.
std::string triage_text(const Triage&, TriageBy by, size_t limit = 30);

/// `{"counts":{"messages","answers","answered","clean","advice","warnings","errors","unchecked","submissions","whole","doses",
/// "stored","ids_twice","error_hours":[24]},"cause":[group],"field":[..],"who":[..],"sender":[..],"outcome":[..],"reason":
/// [..],` and what core/write_quality.h writes `}`; a group is `{"title","severity","messages","findings"}`, of a cause also `"rule","place","who","layer","first"`.
std::string triage_json(const Triage&);

/// One row on a line: `{"file","begin","size","control_id","sender","vaccine","hour","worst","errors","warnings","infos",
/// "doses","stored","outcome","predicted","answer","causes":[rule and place]}`. `answer` is the control id of the message's
/// answer, or null.
void append_triage_row_json(std::string& out, const Triage&, const TriageRow&, std::span<const std::string> files);
/// The first line of the CSV, and one for each row.
void append_triage_csv_head(std::string& out);
void append_triage_csv(std::string& out, const Triage&, const TriageRow&, std::span<const std::string> files);

}  // namespace iz
