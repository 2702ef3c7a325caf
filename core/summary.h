// The message in a few sentences: who, from whom to whom, when, and each dose in words; each part
// linked to its place.
#pragma once
#include <string>
#include <vector>

#include "core/check.h"

namespace iz {

/// One statement and where it comes from.
struct Line {
  std::string label;  ///< "Patient", "From", "To", "Sent", "Answer to"
  std::string text;   ///< "Juniper Wren Oakhart, girl, 1 year 6 days"
  Path path;
  Span span;
};

enum class DoseKind : uint8_t {
  given,
  historical,  ///< known from another source
  refused,
  not_given,
  partial,      ///< given in part
  due,          ///< no dose: the registry says when one is due
  observation,  ///< no dose: immunity and the like
  unknown
};

struct Dose {
  DoseKind kind = DoseKind::unknown;
  std::string vaccine;  ///< "MMR"
  std::string date;     ///< "2026-02-17"
  std::string lot;
  std::string text;    ///< "MMR, given here 2026-02-17, lot Y014884"
  uint32_t order = 0;  ///< n-th ORC/RXA group, from 1
  Path path;           ///< its RXA
  Span span;           ///< from its ORC (or RXA) to its last segment
};

struct Summary {
  std::string headline;  ///< "Update with 2 doses for Juniper Wren Oakhart, girl, 1 year 6 days"
  std::vector<Line> lines;
  std::vector<Dose> doses;
};

/// `report` gives profile and as-of date (for the age); without an as-of date the message's own
/// date is used.
Summary summarize(const Catalogue&, const Message&, const Report&);

}  // namespace iz
