// The codes of errors in our own words, read from core/answers/*.json: tables 0357, 0516 and 0533, and the detections of
// registries' data-quality software.
//
//     catalogue.error_codes.words(CodeTable::error_code, "103")->meaning
//     catalogue.error_codes.place("DQA0314")->path    // RXA-11.4
//
// A detection has a field and a fault; its sentences are put together from the words of both when somebody reads them.
// core/answers/derive.py writes the facts of the detections.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/path.h"
#include "core/rule.h"

namespace iz {

class JsonValue;

enum class CodeTable : uint8_t {
  error_code,         ///< HL70357, ERR-3
  severity,           ///< HL70516, ERR-4
  application_error,  ///< HL70533, ERR-5
  detection           ///< data-quality detections: by code (`MQE0217`, `DQA0217`) or by name, case and blanks aside
};

/// One code in our own words.
struct CodeWords {
  CodeTable table = CodeTable::error_code;
  std::string code;     ///< as the table writes it
  std::string name;     ///< the table's name of it, or a short one: "The vaccine code is not known to the registry"
  std::string meaning;  ///< one sentence
  std::string why;      ///< what it leads to
  std::string fix;      ///< how to mend it
  Who who = Who::interface;
  bool nobody = false;    ///< nobody has to act
  bool by_place = false;  ///< who fixes it depends on the place of the error; `who` is a guess
  Path path;              ///< of a detection: the place it is about (occurrence 0); else none
};

class ErrorCodes {
 public:
  /// Adds a file of core/answers that has a "table". Throws std::invalid_argument with the reason when it is wrong.
  void add(const JsonValue& file);

  std::optional<CodeWords> words(CodeTable table, std::string_view code) const;

  /// What a detection is about: a place without occurrence, and the code in OBX-3 of the observation that tells it.
  struct AboutPlace {
    Path path;
    std::string_view observation;
  };
  /// By code or name; nullopt for one that is not known or has no place.
  std::optional<AboutPlace> place(std::string_view detection) const;
  /// How many detections there are.
  size_t detections() const { return detections_.size(); }
  /// Code of the n-th detection, "MQE0217".
  std::string detection_code(size_t n) const;

 private:
  struct Field {
    Path path;
    std::string place, observation, what, matters, kind;
    Who who = Who::interface;
  };
  struct Fault {
    std::string name, meaning, why, fix, who;
  };
  struct Detection {
    uint32_t number = 0;
    int field = 0, fault = 0;  ///< indices
    char severity = 'A';
  };
  void add_codes(CodeTable table, const JsonValue& file);
  void add_detections(const JsonValue& file);
  const Detection* find(std::string_view detection) const;
  CodeWords words(const Detection& detection) const;

  std::array<std::vector<CodeWords>, 3> tables_;  ///< by CodeTable
  std::vector<Field> fields_;
  std::vector<Fault> faults_;
  std::unordered_map<char, std::string> severities_;
  std::vector<Detection> detections_;                ///< by number
  std::unordered_map<std::string, size_t> by_name_;  ///< letters and digits of the name -> index
};

}  // namespace iz
