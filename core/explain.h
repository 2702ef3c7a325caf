// Says what a place of a message is and what its value means, in immunization terms.
//
//     explain(catalogue, message, report, *parse_path("RXA-5.1")).decoded    // "MMR (CVX 03)"
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/check.h"

namespace iz {

struct Explanation {
  Path path;             ///< the place asked for, in full
  bool defined = false;  ///< the profile (or the report's) knows this place
  bool present = false;
  Span span;
  std::string name;                ///< element name of the guide: "Administered Code"
  std::string label;               ///< short plain name for a row: "Vaccine"; the name where there is none
  std::string trail;               ///< "Administered vaccine > Administered Code > Identifier"
  std::string data_type;           ///< "CE"
  std::string usage;               ///< "R", "C(R/X)"; empty when the place is known from another profile only
  std::string cardinality;         ///< "[1..1]"
  std::string length;              ///< "1..250"; empty when not limited
  std::string binding;             ///< code set and edition: "CVX, 2025-12-09"
  std::string condition;           ///< the predicate in words, when usage is C
  std::string value;               ///< the text between the delimiters
  std::string decoded;             ///< "White", "June 24, 2015; age 4 years"; empty when nothing is known
  std::string meaning;             ///< what this place is for, in immunization terms
  std::vector<uint32_t> findings;  ///< indices in Report::findings at this place or inside it
};

/// The path is completed as `parse_path` does. A place that the profile lacks has `defined ==
/// false`.
Explanation explain(const Catalogue&, const Message&, const Report&, const Path&);
/// The same for a byte offset.
Explanation explain(const Catalogue&, const Message&, const Report&, uint32_t offset);

class Decoder;

/// Explains many places of one message, each found already: what is the same for all is done once, and findings are left
/// out. All arguments must outlive it.
class Explainer {
 public:
  Explainer(const Catalogue&, const Message&, const Report&);
  ~Explainer();
  Explainer(const Explainer&) = delete;
  Explainer& operator=(const Explainer&) = delete;
  /// `at` is what `locate` finds for the path.
  Explanation explain(const Path& path, const Location& at) const;

 private:
  const Catalogue& catalogue_;
  const Message& message_;
  const Report& report_;
  std::unique_ptr<Decoder> decoder_;
};

/// Short decoded value for a tree row or a table cell: "White", "2015-06-24", "MMR". Empty when the
/// value speaks for itself.
std::string decode(const Catalogue&, const Message&, const Report&, const Path&);

}  // namespace iz
