// What a reader must know before everything else about a message: that it is of another kind, that its profile is not
// known, that its end is missing, that its lines end in another way than HL7's. Internal to check and report.
//
// The rules of these findings have `"first": true` (Rule::first); check puts them before all others.
//
// HL7 v2.5.1 2.5 (message construction), 2.5.4 (segment terminator).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/report.h"
#include "core/structure.h"

namespace iz {

/// How the lines of a message end.
struct LineEnds {
  uint32_t cr = 0, lf = 0, crlf = 0;  ///< how many lines end so
  uint32_t odd = 0;                   ///< index of the first segment that does not end as most do, else of the first
};
LineEnds find_line_ends(const Message& message);

/// A message that was cut off.
struct Truncation {
  struct Place {
    Path path;       ///< a segment
    int group = -1;  ///< structure index of a group
  };
  Path next;                   ///< the field or component that should stand where the text ends; none: the line is cut
  std::vector<Place> missing;  ///< segments and groups that are required behind its end
  uint32_t segment = 0;        ///< index of the last segment
};
/// Whether a message was cut off; `findings` are those of its check. Only what the text shows counts: it has no line end
/// behind its last line, and that line is shorter than a segment name, or lacks two required values at its end, or one
/// where its last value is faulty as well. A whole last line, behind which a segment is required, is no sign of it.
std::optional<Truncation> find_truncation(const Catalogue&, const Message&, const Profile&, const StructureMatch&,
                                          std::span<const Finding> findings);

/// Placeholders of the sentences of these rules: {kind}, {checked}, {profile}, {profiles}, {named_profile}, {next},
/// {line_ends}, {line_end}; of a segment without a place {misfit} and {misfit_reason}. Nullopt for another one.
std::optional<std::string> first_word(std::string_view key, const Catalogue&, const Message&, const Report&,
                                      const Finding&);

}  // namespace iz
