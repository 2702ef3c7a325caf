// Codes that may stand at a place: what completion in the text and the picker of the form offer.
//
//     std::optional<CodePlace> at = code_place(workbench, path);       // RXA-5: the code is RXA-5.1, with name and system
//     std::vector<CodeChoice> list = code_choices(*at, "mea", 200);        // best first
//     taken(workbench, *at, list[0])                                   // "94^MMRV^CVX" at RXA-5[1], the rest kept
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/elements.h"
#include "core/path.h"

namespace iz {

class Workbench;

/// A place that takes codes of a table.
struct CodedPlace {
  Path code;                         ///< where the code itself stands
  bool triplet = false;              ///< the two components behind it are its name and its coding system
  std::vector<const CodeSet*> sets;  ///< tables that each site defines are left out
};
/// Nullopt when no table is bound to the place, or it is not one of code, or of the whole element.
std::optional<CodedPlace> coded_place(const Workbench& w, const Path& path);

struct CodeChoice {
  const Code* code = nullptr;
  const CodeSet* set = nullptr;
  bool operator==(const CodeChoice&) const = default;
};
/// Rows whose code begins with what was typed, then those whose name has it: at the begin of a word first. Codes in use
/// stand before others. With nothing typed all rows.
std::vector<CodeChoice> code_choices(const CodedPlace& place, std::string_view typed, size_t most);

/// Words about a row that is not in use: "Inactive"; empty for all others.
std::string_view out_of_use(const Code& code);

/// The text with a choice at its place: the code, and where it is a triplet its name and coding system, unless these say
/// something of it already. Nullopt when the segment is absent.
std::optional<std::string> with_choice(const Workbench& w, const CodedPlace& place, const CodeChoice& choice);

/// What is offered at the caret.
struct Completion {
  CodedPlace place;
  std::vector<CodeChoice> choices;
  int row = 0;         ///< the one that Enter takes
  bool asked = false;  ///< by key; else while typing
};

}  // namespace iz
