// What CDC's tables say against a dose: the codes, dates and statements of one order group taken together.
//
//     dose_faults(codes, message, segments)                          // one bit for each DoseFault
//     for (const DoseFinding& f : find_dose_faults(codes, message, segments, DoseFault::ndc_ended)) f.spot.path
//
// A rule file asks for one by its name, {"check": "ndc_ended"}; for which doses it is asked (given here, from history,
// refused) stands in the rule's `if`. What cannot be told, because a code is unknown or CDC gives no reliable date, is
// no fault. Internal to check and report.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "codesets/ndc.h"
#include "core/dose_codes.h"
#include "core/evaluate.h"

namespace iz {

enum class DoseFault : uint8_t {
  cvx_never_active,   ///< a code that was never in use
  cvx_inactive,       ///< the vaccine was no longer used on the day of the dose
  cvx_not_yet,        ///< nor known yet
  cvx_unspecified,    ///< says of which kind only
  cvx_non_us,         ///< not licensed in the United States
  cvx_no_vaccine,     ///< a skin test, an unknown substance
  cvx_none_given,     ///< 998
  mvx_inactive,       ///< the manufacturer was gone on the day of the dose
  ndc_form,           ///< a listed National Drug Code written in another form than 5-4-2
  ndc_sale,           ///< a carton, not what was given
  ndc_ended,          ///< no longer sold on the day of the dose
  ndc_not_yet,        ///< not sold yet
  codes_differ,       ///< the two triplets of RXA-5 name different vaccines
  ndc_maker,          ///< RXA-17 does not make the product
  cvx_maker,          ///< RXA-17 does not make the vaccine, and no product is named
  trade_name,         ///< the text is the trade name of another vaccine
  vis_other_vaccine,  ///< a statement about another vaccine
  vis_outdated,       ///< an edition that had been replaced when it was handed out
  vis_too_early,      ///< an edition from after that day
  vis_bar_code,       ///< no bar code of a statement at all
  vis_unknown,        ///< one that is not listed
  vis_after_dose,     ///< handed out after the day of the dose
  vis_long_before,    ///< handed out more than a month before it
  count
};

/// Whether a text has the form of a statement's bar code, whatever table it stands in: 253, the document with its check
/// digit, 11, a date; 24 digits.
bool is_vis_bar_code(std::string_view text);

/// By its name as rule files write it ("ndc_ended"), or `count`.
DoseFault dose_fault(std::string_view name);

/// One fault of a dose.
struct DoseFinding {
  DoseFault fault{};
  Spot spot;
  const Code* code = nullptr;   ///< the row of the value that is questioned
  const Code* other = nullptr;  ///< the row that it does not go with, or that is right
  Day day = 0;                  ///< of the dose, or the day the statement was handed out
  Day limit = 0;                ///< the date in the tables that speaks against it, without tolerance
  Ndc ndc;                      ///< `ndc_form`: as CDC writes it
};

/// The faults of the dose of an order group; `segments` are indices in the message. Bit n is `DoseFault` n.
uint32_t dose_faults(const DoseCodes& codes, const Message& message, std::span<const uint32_t> segments);
/// Where one of them is found, in message order, and why.
std::vector<DoseFinding> find_dose_faults(const DoseCodes& codes, const Message& message,
                                          std::span<const uint32_t> segments, DoseFault fault);

}  // namespace iz
