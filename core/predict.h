// What a registry that keeps to the guide would do with a message: the guide's cascade carried out on our own findings,
// and the acknowledgment that would come back.
//
//     Prediction p = predict(catalogue, sent, report, {.control_id = "P1", .time = "20260218093000-0500"});
//     p.outcome.happened, p.outcome.doses[1].stored     // partial; no
//     prediction_words(p)                               // "1 of 2 doses would be stored."
//     p.ack                                             // "MSH|^~\&|...\rMSA|AE|...\rERR||RXA^2^5^1^1|103^..."
//
// The cascade: a bad value counts as empty; what is required and empty makes the part it stands in empty: a component its
// field, a field its segment; a required segment outside of groups (MSH, PID) makes the message rejected, inside of a
// group the group is dropped; a missing required group makes the message rejected. Without any order group left the
// message is rejected, too. Optional and unknown segments and surplus elements are no error.
//
// Severities, usages and conditions are those of the report and its profile, so that a local profile changes the
// prediction. Linear in message and findings.
//
// Implementation Guide Release 1.5 table 3-1, chapter 3 (acknowledgments), tables 6-2 and 10-3, appendix B; Addendum
// 2015.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/outcome.h"
#include "core/report.h"

namespace iz {

/// What the registry does because of a fault, the furthest step of the cascade.
enum class Fate : uint8_t {
  kept,              ///< reported, nothing is lost
  value_dropped,     ///< a component, repetition or field counts as empty, and may be
  segment_dropped,   ///< a segment or an inner group is lost, the dose or patient beside it is kept
  group_dropped,     ///< an order group: the dose is not stored
  message_rejected,  ///< the whole message, for its content
  message_refused    ///< the header asks for what the registry does not support: answered with AR
};
std::string_view to_string(Fate);  ///< "group_dropped"

/// One fault that the registry finds.
struct PredictedFault {
  int finding = -1;  ///< index in Report::findings; -1: the birth date lies after the day
  Path path;         ///< in the sent message
  Path emptied;  ///< the largest element in its field that counts as empty with it; a segment where there is no field
  Span span;     ///< of the sent text
  Fate fate = Fate::kept;
  int dose = -1;   ///< index in Outcome::doses of the order group it lies in
  int error = -1;  ///< index in Outcome::errors, if it has an ERR; -1: it follows from another fault that has one
};

struct PredictOptions {
  std::string control_id;  ///< MSH-10 of the acknowledgment
  std::string time;        ///< its MSH-7, with seconds and zone; empty: that of the message, else its as-of day
};

struct Prediction {
  bool applies = false;  ///< false for a message that is no submission and no query
  /// As `interpret` would read the acknowledgment. `undetermined` for a query without errors: the answer depends on what
  /// the registry holds.
  Outcome outcome;
  std::vector<PredictedFault> faults;  ///< what is reported, and what it takes along; in message order
  std::string ack;                     ///< segments end with CR; empty when none can be told
};

/// `report` must be of `sent`.
Prediction predict(const Catalogue&, const Message& sent, const Report& report, const PredictOptions& = {});

/// ERR-3 and ERR-5 that the guide has for the findings of a rule; empty for what a registry need not report, and where it
/// depends on the value.
std::pair<std::string_view, std::string_view> usual_answer_codes(const Catalogue&, const Rule&);

/// One or two sentences: what would be stored.
std::string prediction_words(const Prediction&);
/// The steps of the cascade for one fault: "RXA-5 counts as empty. RXA needs it and counts as empty, too. Its order
/// group is dropped: dose 2 (MMR) is not stored."
std::string fault_words(const Prediction&, const PredictedFault&);

/// For a terminal: the sentence, each fault with its steps, the acknowledgment.
std::string prediction_text(const Catalogue&, const Message& sent, const Report&, const Prediction&);

/// `{"applies","outcome","stored","resend","who","confidence","summary","doses":[{"group","vaccine","date","lot",
/// "stored"}],"faults":[{"finding","path","begin","end","title","fate","dose","error","words"}],"ack"}`. `dose` and
/// `error` are null where there is none; `error` counts the ERR of the acknowledgment from 0, `dose` the groups from 1.
std::string prediction_json(const Catalogue&, const Message& sent, const Report&, const Prediction&,
                            Offsets = Offsets::bytes);

}  // namespace iz
