// Where the errors of an answer stand in the message that was sent, which error is the cause of which, and whether our
// own check sees the same fault.
//
//     std::vector<DoseOutcome> doses = dose_outcomes(catalogue, sent);
//     std::vector<ErrorReport> errors = read_errors(ack);
//     place_errors(catalogue, sent, doses, ack.delimiters(), errors);
//     fold_errors(ack.delimiters(), errors);                       // also right without a sent message
//     compare_errors(report, errors);   // our check of `sent`
//     errors[0].places[0].path, dose_words(doses[1])   // RXA[2]-5; "dose 2: KINRIX, 2015-06-25, lot 88402"
//
// All of it is linear in the sizes of both messages; no error gets more than 32 places.
//
// Implementation Guide Release 1.5 chapter 3 (ERL: the sequence counts occurrences in the whole message), table 3-1
// (what an error takes with it). Core/README.md tells how a place is found when an answer does not keep to that.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "core/outcome.h"
#include "core/report.h"

namespace iz {

/// The order groups of a sent message, `stored` unknown. Empty for a query.
std::vector<DoseOutcome> dose_outcomes(const Catalogue&, const Message& sent);

/// "dose 2: KINRIX, 2015-06-25, lot 88402"; for an entry without a given vaccine "entry 2: ...".
std::string dose_words(const DoseOutcome&);

/// Fills `places` of every error. `sent` may be any message (VXU, QBP or else).
void place_errors(const Catalogue&, const Message& sent, std::span<const DoseOutcome>, const Delimiters& answer,
                  std::vector<ErrorReport>&);

/// Fills `follows` and `repeats`: field, segment and group errors of one cause follow the first of them, an ERR that says
/// the same as an earlier one repeats it. A chain ends at once: the error that another follows follows none itself. What
/// follows does not claim that a value is missing (`says_missing`). Uses `places` where they are, else what ERR-2 names.
void fold_errors(const Delimiters& answer, std::vector<ErrorReport>&);

/// Fills `seen` and `finding` from the check of the sent message; needs `places`. An error without a place, or without a
/// profile to check against, stays `unknown`; one that follows another has the fault of that one.
void compare_errors(const Report&, std::vector<ErrorReport>&);

}  // namespace iz
