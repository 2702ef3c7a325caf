// Finding in the message, in the names of its places and in its problems, and reading what names a place.
//
//     std::vector<Hit> hits = find_hits(workbench, "lot");      // in message order
//     Target t = read_target(workbench, "rxa 5 1");             // RXA[1]-5[1].1
//     read_target(workbench, "5").path                          // field 5 of the segment at the caret
//     read_target(workbench, "lot number").path                 // by name
//
// Capital and small letters of ASCII count as the same.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/path.h"

namespace iz {

class Workbench;

struct Hit {
  enum class Kind : uint8_t { text, name, problem };
  Kind kind = Kind::text;
  Span span;         ///< of a text hit its bytes, else of its place
  Path path;         ///< of a name
  int finding = -1;  ///< of a problem, index in Report::findings
};

/// Everything that holds `query`: bytes of the text, names of present segments and fields (a place such as "RXA-5" is one
/// too), titles of shown problems. Sorted by place. At most `most_hits`.
inline constexpr size_t most_hits = 100000;
std::vector<Hit> find_hits(const Workbench& w, std::string_view query);

/// A search and where it stands.
struct HitList {
  std::string query;
  std::vector<Hit> hits;
  int current = -1;  ///< index in `hits`
};

/// What somebody typed to go somewhere.
struct Target {
  bool found = false;
  Path path;          ///< the place, absent or not; no segment: a line
  uint32_t at = 0;    ///< of a line: its first byte
  std::string words;  ///< what stands there, or why nothing was found
};

/// Reads `RXA-5.1`, `OBX[3]-5`, `rxa 5 1`, `pid5`, `OBX^3^5`, `5.1` (of the segment at the caret), `line 12`, `dose 2`, or the
/// name of a segment or field.
Target read_target(const Workbench& w, std::string_view typed);

}  // namespace iz
