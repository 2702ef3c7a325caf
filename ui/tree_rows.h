// The rows of the message tree: doses, segments, fields, repetitions, components, as far as they are open.
//
// A row is closed until somebody opens it; the first dose with its RXA is open from the beginning, and what holds the
// current place opens by itself. Only the rows of open parents are made, so a large message costs what is open.
#pragma once
#include <string>
#include <vector>

#include "ui/workbench.h"

namespace iz {

struct TreeRow {
  enum class Kind : uint8_t { dose, segment, element, missing };
  Kind kind = Kind::segment;
  Path path;             ///< of a segment or element
  uint32_t segment = 0;  ///< its index in the message; of a dose, its first segment
  uint32_t last = 0;     ///< of a dose: index behind its last segment
  uint32_t dose = 0;     ///< of a dose: index in Summary::doses
  uint32_t finding = 0;  ///< of a missing segment: index in Report::findings; it stands behind `segment`
  uint8_t depth = 0;
  bool children = false, open = false, present = true;
  std::string key;  ///< names the row in View::open and View::closed
};

/// With a filter ("tree" of `View::fields`) the fields that hold each of its words in path, name, value or meaning, with
/// what they stand in.
std::vector<TreeRow> tree_rows(const Workbench& workbench);
/// The innermost row that holds the current place, or -1.
int row_of_selection(const std::vector<TreeRow>& rows, const Workbench& workbench);
/// Keys of a dose and of a place.
std::string dose_key(uint32_t order);
std::string place_key(const Path& path);

}  // namespace iz
