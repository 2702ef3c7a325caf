// A trading partner's list of codes beside a table of ours: what is missing on each side, and what is written otherwise.
//
//     PartnerList list = compare_partner("3,MMR\n999,Nothing\n", {cvx, mvx, use});
//     list.table->id                  // "CVX": guessed by what the list holds
//     for (const PartnerCode& c : list.codes) ...     // line 1: "3", misspelt, right "03"
//     for (const Code* row : list.missing) ...        // codes of ours that the list lacks
//
// The list is CSV with or without quotation marks and heading, TSV, columns with `|` or `;`, or one code a line. Which
// column holds the codes, and of which table they are, follows from what is in it, unless the caller says so.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"

namespace iz {

enum class PartnerKind : uint8_t {
  same,         ///< listed with us, and in use
  misspelt,     ///< `right` is how it is written: leading zero, dashes, case, or one letter of a longer code
  inactive,     ///< listed with us with a status that is not Active or Current
  unspecified,  ///< a vaccine of unknown formulation: for doses in the past only
  unknown       ///< not listed with us
};

struct PartnerCode {
  uint32_t line = 0;  ///< of the list, from 1
  std::string code;   ///< as the partner writes it
  std::string name;   ///< the name beside it, if any
  PartnerKind kind = PartnerKind::same;
  std::string right;          ///< our spelling, where there is one
  const Code* row = nullptr;  ///< our row, where there is one
  uint32_t first_line = 0;    ///< of the same code further up; 0 if this is the first
  bool name_differs = false;  ///< the name beside it is that of another code, or has no word in common with ours
  std::string sentence;       ///< what there is to say; empty for a code that is all right
};

struct PartnerOptions {
  std::string_view table;  ///< id or short name; empty: guess
  uint32_t column = 0;     ///< which column holds the codes, from 1; 0: guess
};

struct PartnerList {
  const CodeSet* table = nullptr;    ///< nullptr when there is an error
  uint32_t column = 0;               ///< that holds the codes, from 1
  uint32_t name_column = 0;          ///< that holds names, from 1; 0 if there is none
  bool heading = false;              ///< the first line is one
  std::vector<PartnerCode> codes;    ///< in the order of the list
  std::vector<const Code*> missing;  ///< rows of ours whose code the list lacks, one for each code
  std::string error;                 ///< why nothing could be compared: a sentence

  size_t count(PartnerKind kind) const;
  size_t duplicates() const;
};

/// Compares a list with the table among `tables` that it is of. Views into `tables` are kept.
PartnerList compare_partner(std::string_view list, std::span<const CodeSet* const> tables,
                            const PartnerOptions& options = {});

/// For people: counts, what needs a look in the order of the list, then what the list lacks.
std::string partner_text(const PartnerList& list);
/// finding,line,code,right,name,our_name,status,note: a line for each code that is not simply the same, and for each that
/// is missing.
std::string partner_csv(const PartnerList& list);
/// {"table","name","edition","column","heading","counts":{...},"codes":[{line, code, name, kind, right, our_name, status,
/// first_line, name_differs, note}],"missing":[{code, name, status, unspecified}]}, or {"error"}.
std::string partner_json(const PartnerList& list);

/// "misspelt", "inactive" ...
std::string_view partner_word(PartnerKind kind);

}  // namespace iz
