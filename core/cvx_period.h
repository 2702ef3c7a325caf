// From when until when a vaccine was in use, as far as that is known.
//
//     const CvxPeriod p = cvx_period(catalogue, "161");
//     p.start, p.end       // "2013-01-01", "" : no end that can be trusted
//     p.end_basis          // why, e.g. DateBasis::ndc: every National Drug Code of it has ended
//
// CDC gives no dates of use for CVX. The start is the earliest of AIRA's date and the first start of a National Drug Code.
// An end is given only for a code that CDC lists as Inactive: the latest of AIRA's date and the last end of its National
// Drug Codes, and none while one of these has not ended. AIRA's dates count only where they do not merely repeat the date
// of CDC's last change (codesets/update.py).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/catalogue.h"

namespace iz {

enum class DateBasis : uint8_t { none, aira, ndc };

struct CvxPeriod {
  std::string_view start, end;  ///< YYYY-MM-DD, empty where none is known; views into the tables
  DateBasis start_basis = DateBasis::none, end_basis = DateBasis::none;
  std::string_view start_ndc, end_ndc;  ///< the National Drug Code that the date is of
};

/// The period of a code as the tables in use know it; empty for an unknown code.
CvxPeriod cvx_period(const Catalogue& catalogue, std::string_view cvx);

/// "by the National Drug Code 58160-0879-52", "by AIRA's code base, edition 2025-12-09"; empty for none.
std::string basis_words(const Catalogue& catalogue, DateBasis basis, std::string_view ndc);

}  // namespace iz
