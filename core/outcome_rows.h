// The rows of the decision table: what each says and where it comes from.
#pragma once
#include <span>
#include <string_view>

#include "core/outcome.h"

namespace iz {

struct Row {
  std::string_view id;      ///< "D14"
  std::string_view source;  ///< document and place
  std::string_view says;    ///< one sentence
};

/// All rows, in the order in which they are tried.
std::span<const Row> decision_rows();
/// The row of that id as a step of reasoning. The id must be one of the table.
Reason reason(std::string_view row);

/// A contradiction or a quirk of an answer, in words.
struct FlagText {
  std::string_view id;
  std::string_view title;   ///< names it
  std::string_view detail;  ///< what it means for the reader
};

/// All flags that an outcome can have.
std::span<const FlagText> flag_texts();
/// The flag of that id; nullptr when there is none.
const FlagText* find_flag(std::string_view id);

}  // namespace iz
