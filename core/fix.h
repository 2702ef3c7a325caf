// Fixes: what can be done in the text about a finding.
//
//     for (const Fix& fix : fixes(catalogue, message, report, finding))
//       offer(fix.label, fix.safe);                       // "Write 1 in RXA[2]-2"
//     text = apply_edits(message.text(), fix.edits);            // one step of undo
//
//     FixPlan plan = plan_safe_fixes(catalogue, message, options);
//     plan.steps[0].label                                 // told before it is done
//     plan.text                                           // all of it done
//
// Which rules can be mended, and how, stands in the rule's file: "mend" (core/rules/README.md). A fix is safe when it is
// the one right answer and says nothing else about the patient or the dose than what stood there; everything else is a
// choice of the reader.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/edit.h"

namespace iz {

struct Fix {
  std::string label;  ///< names what happens: "Replace 831 with 83"
  bool safe = false;
  Edits edits;  ///< all at once, one step of undo; never empty
};

/// The fixes for one finding, best first; empty when the text alone does not tell what is right.
std::vector<Fix> fixes(const Catalogue&, const Message&, const Report&, const Finding&);

/// One safe fix of a plan.
struct PlannedFix {
  uint16_t rule = 0;          ///< index in Catalogue::rules
  std::string place;          ///< of the finding: "RXA[2]-2[1]"; empty for a line that is no segment
  uint32_t line = 1;          ///< of the message
  std::string label;          ///< "Write 1 in RXA[2]-2"
  std::string before, after;  ///< what stood there, and what does then; empty where that is more than one line
};

struct FixPlan {
  std::vector<PlannedFix> steps;  ///< in the order they are carried out
  std::string text;               ///< the message with all of them; its own text when there are none
};

/// Everything that can be mended safely, again and again until nothing is left (at most a few rounds). A fix that would
/// not remove its finding, or would bring another, is left out. `options` are those of the check.
FixPlan plan_safe_fixes(const Catalogue&, const Message&, const CheckOptions& options);

}  // namespace iz
