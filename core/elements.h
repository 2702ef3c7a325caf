// What the guide says of a place: its definition, its names from the segment inward, its data type and code sets.
//
//     Place p = find_place(catalogue, message, report.profile, *parse_path("RXA-5.1"));
//     p.name()            // "Identifier"
//     p.names[0]          // "Administered Code"
//     p.codes             // CVX, NDC unit of use, NDC unit of sale
//     find_place(catalogue, message, z22, *parse_path("PID-99")).defined    // false
//
// A segment that the checked profile lacks, or any segment when no profile is checked, is looked up in the other
// profiles, so that every message can be read.
#pragma once
#include <array>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "core/message.h"
#include "core/path.h"

namespace iz {

struct Place {
  bool defined = false;                   ///< the checked profile knows this place; without one: any of ours does
  const Profile* profile = nullptr;       ///< where the definition stands; its type indices belong to it
  const SegmentDef* segment = nullptr;    ///< null for a segment that no profile has
  const ElementDef* element = nullptr;    ///< innermost definition; null for a segment
  const DataTypeDef* type = nullptr;      ///< type of the innermost element; null when not known
  const DataTypeDef* parent = nullptr;    ///< type that the innermost component is part of; null for a field
  std::string_view title;                 ///< the segment's title
  std::array<std::string_view, 3> names;  ///< names of field, component and subcomponent, as far as asked for
  std::vector<const CodeSet*> codes;      ///< code sets bound to this element or to a component of it
  uint32_t binding_component = 0;         ///< component that carries the code; 0: the element itself
  std::string_view type_id;               ///< base data type as the standard names it: "CE"

  /// Name of the innermost element, else the segment's title.
  std::string_view name() const;
};

/// `checked` may be null. The path's occurrence matters only for OBX-5, whose type is that of OBX-2. `segment` is the
/// index of the path's segment if the caller has it; otherwise it is looked for where it is needed.
Place find_place(const Catalogue&, const Message&, const Profile* checked, const Path&, int segment = -1);

/// Whether a profile's structure has a segment of this name.
bool has_segment(const Profile&, uint32_t segment);

}  // namespace iz
