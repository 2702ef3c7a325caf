// What a value says, in words: codes by their tables, dates, ages, names, addresses, phones, identifiers, amounts.
//
//     Decoder d(catalogue, message, report, Decoder::Style::full);
//     d.value(path)             // RXA-5: "MMR (CVX 03)"; PID-7: "June 24, 2011; age 4 years"
//     d.vaccine(segment)        // of an RXA: "MMR"
//     d.coded(s, 9)             // RXA-9: "New immunization record"
//
// A value that speaks for itself decodes to nothing. Nothing is invented: a code that no table knows gives the text that
// the message sends with it.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/elements.h"
#include "core/report.h"

namespace iz {

/// A code and the table it was found in.
struct FoundCode {
  const Code* code = nullptr;
  const CodeSet* set = nullptr;
  explicit operator bool() const { return code != nullptr; }
};

class Decoder {
 public:
  enum class Style : uint8_t {
    brief,  ///< for a row or a cell: "MMR", "2015-06-24"
    full    ///< for an explanation: "MMR (CVX 03)", "June 24, 2015; age 4 years"
  };
  Decoder(const Catalogue& catalogue, const Message& message, const Report& report, Style style);

  /// The value at a place; empty when it speaks for itself or nothing is known.
  std::string value(const Path& path) const;
  /// The same for a place already looked up.
  std::string value(const Path& path, const Place& place, const Location& at) const;
  /// The same for the first repetition of a field of a segment, without looking for the segment.
  std::string value(uint32_t segment, uint32_t field) const;

  /// Of a coded field (first repetition): the table's words, else the text sent with the code, else the code.
  std::string coded(uint32_t segment, uint32_t field, uint32_t repetition = 1) const;
  /// Of an RXA: the vaccine's short name by CVX, by NDC, or as the message calls it.
  std::string vaccine(uint32_t segment) const;
  /// The person's name in a field of type XPN or XCN.
  std::string name(uint32_t segment, uint32_t field) const;
  /// A date or time at a field, as far as it can be read.
  std::optional<Time> time(uint32_t segment, uint32_t field) const;
  /// The first text of a field: first component, first subcomponent, without escapes.
  std::string text(uint32_t segment, uint32_t field, uint32_t component = 1) const;
  /// The patient's date of birth (first PID-7), if it is given to the day.
  Date birth() const { return birth_; }
  /// The day the message is looked at: the report's, else the day of MSH-7.
  Date day() const { return day_; }
  /// A code by its coding system, among the tables bound to the place first.
  FoundCode find_code(const std::vector<const CodeSet*>& bound, std::string_view code, std::string_view system) const;

 private:
  /// An element and the level of its parts.
  struct Whole {
    Element element;
    Level inner = Level::component;
  };
  std::string part(Whole whole, uint32_t n) const;
  Whole inside(Whole whole, uint32_t n) const;
  std::string complex(const Path& path, const Place& place, Whole whole) const;
  std::string primitive(const Path& path, const Place& place, int segment, std::string_view raw) const;
  std::string triple(const std::vector<const CodeSet*>& bound, Whole whole, uint32_t first) const;
  std::string coded_element(const std::vector<const CodeSet*>& bound, Whole whole) const;
  std::string code_words(const FoundCode& found) const;
  std::string table_word(std::string_view code_set, std::string_view code) const;
  std::string person(Whole whole, bool with_id) const;
  std::string address(Whole whole, uint32_t first) const;
  std::string phone(Whole whole) const;
  std::string identifier(Whole whole) const;
  std::string amount(const Path& path, int segment, std::string_view raw) const;
  std::string date(const Path& path, std::string_view raw) const;
  std::string message_type(Whole whole) const;
  std::string error_location(Whole whole) const;

  const Catalogue& catalogue_;
  const Message& message_;
  const Report& report_;
  Style style_;
  Date birth_, day_;
};

}  // namespace iz
