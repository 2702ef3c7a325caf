// Fixes for the codes of a dose (core/dose_check.h).
#include "core/dose_words.h"
#include "core/fix_parts.h"

namespace iz {

void mend_dose(const Mending& m) {
  const auto f = dose_finding(m.catalogue, m.message, m.report, m.finding);
  if (!f) return;
  switch (f->fault) {
    case DoseFault::ndc_form:
      m.write(m.finding.path, f->ndc.text(), m.mend.safe);
      break;
    case DoseFault::ndc_sale:
      if (f->other) m.write(m.finding.path, f->other->code, m.mend.safe);
      break;
    default:
      break;
  }
}

}  // namespace iz
