// What differs between two messages: by place, with what repeats paired by what it says instead of by its number; and as
// text, line by line.
//
//     MessageComparison c = compare_messages(catalogue, a, report_a, b, report_b);
//     c.differences[0].path_a, .path_b      // RXA[1]-6[1], RXA[2]-6[1]: the dose has moved
//     c.differences[0].before, .after       // "0.5", "0.25"
//
// Patients are paired by identifiers and names, doses by order number, vaccine, date and lot, observations by their
// identifier, group and value, repetitions (such as PID-3) by their parts. A dose or segment that only one message has is
// one difference. What stands in another order without another change is "moved".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/json.h"
#include "core/newborn_follow_up.h"

namespace iz {

enum class Change : uint8_t { changed, added, removed, moved };
std::string_view to_string(Change);  ///< "changed"

struct Difference {
  Change change = Change::changed;
  bool dose = false;                      ///< a whole order group; the path is that of its first segment
  Path path_a, path_b;                    ///< in either message; segment 0 where it has none
  Span span_a, span_b;                    ///< empty where absent
  std::string name;                       ///< the guide's name of the place, or what the dose is: "MMR, 2026-02-17"
  std::string before, after;              ///< the values, escape sequences resolved; of segments the line
  std::string before_words, after_words;  ///< what they mean; empty when they speak for themselves
};

/// A line of the text comparison.
struct ComparedLine {
  int line_a = -1, line_b = -1;        ///< index of the segment in either message; -1: none
  std::vector<Span> parts_a, parts_b;  ///< of a line that both have: the fields that differ
  bool same() const { return line_a >= 0 && line_b >= 0 && parts_a.empty() && parts_b.empty(); }
};

struct MessageComparison {
  std::vector<Difference> differences;     ///< in the order of the first message; what only the second has in its place
  std::vector<ComparedLine> lines;         ///< all lines of both
  std::optional<NewbornFollowUp> newborn;  ///< where one of both has a placeholder for the child's name
  uint32_t count(Change change) const;
};

MessageComparison compare_messages(const Catalogue&, const Message& a, const Report& report_a, const Message& b,
                                   const Report& report_b);

/// "3 changed, 1 added"; "No differences".
std::string counts_text(const MessageComparison&);
/// One line each, for people.
std::string comparison_text(const MessageComparison&);
/// The same as one JSON object; `offsets` says what spans count.
std::string comparison_json(const MessageComparison&, const Message& a, const Message& b, Offsets offsets);

}  // namespace iz
