// What the codes of an error mean: table 0357 (ERR-3), 0516 (ERR-4), 0533 (ERR-5), and the data-quality detections that
// many registries report by code (MQE0217, DQA0314) or by name.
//
//     auto w = explain_code(catalogue, CodeTable::error_code, "103");
//     w->meaning, w->why, w->fix, label(w->who)
//     explain_code(catalogue, CodeTable::application_error, "77")     // nullopt: nothing is known of it
//     explain_error(catalogue, error).fix                             // the most exact thing known of an error
//
// The data stand in core/answers/*.json, one file for each code system, and are read with the catalogue.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/catalogue.h"
#include "core/outcome.h"

namespace iz {

enum class CodeTable : uint8_t {
  error_code,         ///< HL70357, ERR-3
  severity,           ///< HL70516, ERR-4
  application_error,  ///< HL70533, ERR-5
  detection           ///< data-quality detections: by code (`MQE0217`, `DQA0314`) or by name, any case
};

/// One code in our own words.
struct CodeWords {
  CodeTable table = CodeTable::error_code;
  std::string code;     ///< as the table writes it
  std::string name;     ///< the table's name of it, or what the detection is called: "Vaccine code is not recognized"
  std::string meaning;  ///< one sentence
  std::string why;      ///< what it leads to
  std::string fix;      ///< how to mend it
  Who who = Who::interface;
  Path path;  ///< of a detection: the field it is about (occurrence 0); else none
};

std::optional<CodeWords> explain_code(const Catalogue&, CodeTable, std::string_view code);

/// The most exact explanation of one error: its detection, if the answer names one, else ERR-5, else ERR-3, with who
/// fixes it by the place it is at. Empty texts only when the answer gives no known code.
CodeWords explain_error(const Catalogue&, const ErrorReport&);

}  // namespace iz
