// What the parts of predict share. Internal to predict.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/predict.h"

namespace iz {

/// Why something is reported: the words of ERR-8 and the codes of ERR-3 and ERR-5 follow from it.
enum class Cause : uint8_t {
  missing,        ///< a required element
  illegal_date,   ///< a date that contradicts another
  bad_date,       ///< a date that cannot be read
  bad_value,      ///< any other value that cannot be read
  not_in_table,   ///< a code that is not in its table
  statement,      ///< a value that a conformance statement forbids
  observation,    ///< an observation that a conformance statement asks for
  not_supported,  ///< an element that must not be sent
  too_many,       ///< more repetitions or segments than allowed
  out_of_order,   ///< a segment at another place than the structure has it
  lower_case,     ///< a segment name in lower case
  no_segment,     ///< a required segment
  unreadable,     ///< a line that is no segment
  message_type,   ///< MSH-9.1
  event,          ///< MSH-9.2
  processing,     ///< MSH-11
  version         ///< MSH-12
};

/// A fault with what its ERR needs.
struct CascadeFault {
  PredictedFault fault;
  Cause cause = Cause::bad_value;
  int segment = -1;       ///< index in the sent message
  Path erl;               ///< the place that ERR-2 names; no segment: the message as a whole
  bool reported = false;  ///< gets an ERR
  std::string statement;  ///< id of the conformance statement
};

/// Why a finding of the engine's rules is reported; nothing for other rules, where it depends on the value.
std::optional<Cause> cause_of_engine(const Catalogue&, int rule);

/// Faults of a message and what the cascade makes of them; sorted by place.
std::vector<CascadeFault> cascade(const Catalogue&, const Message& sent, const Report& report,
                                  const std::vector<DoseOutcome>& doses);

/// Writes the acknowledgment to `p.ack` and the errors that it reports to `p.outcome.errors`; gives the reported faults
/// their `error`.
void write_acknowledgment(const Catalogue&, const Message& sent, const Report& report, const PredictOptions& options,
                          std::vector<CascadeFault>& faults, Prediction& p);

}  // namespace iz
