// National Drug Codes as people write them, and the codes that they can stand for.
//
//     read_ndc("0006-4109-02")      // form ndc_4_4_2, one code: 00006-4109-02
//     read_ndc("0006410902")        // digits_10: 00006-4109-02, 00064-0109-02, 00064-1090-02; only a table can tell
//     read_ndc("00006-4109-02").codes[0].text()
//
// FDA gives ten digits in three parts: 4-4-2, 5-3-2 or 5-4-1. CDC and HL7 messages write eleven, 5-4-2, with a zero in
// front of the short part.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace iz {

enum class NdcForm : uint8_t {
  none,  ///< no National Drug Code
  ndc_5_4_2,
  ndc_4_4_2,
  ndc_5_3_2,
  ndc_5_4_1,
  digits_11,  ///< 5-4-2 without dashes
  digits_10,  ///< any of the ten-digit forms without dashes
};

/// A code as CDC lists it, 5-4-2 with dashes.
struct Ndc {
  std::array<char, 13> characters{};
  std::string_view text() const { return {characters.data(), characters.size()}; }
  bool operator==(const Ndc&) const = default;
};

struct NdcReadings {
  NdcForm form = NdcForm::none;
  std::array<Ndc, 3> codes{};  ///< what the text can stand for; more than one only for ten digits without dashes
  uint8_t count = 0;
  std::span<const Ndc> all() const& { return {codes.data(), count}; }
  std::span<const Ndc> all() const&& = delete;  // a view of what is gone
};

/// Blanks around the text, and blanks instead of dashes, are passed over.
NdcReadings read_ndc(std::string_view text);

/// "5-4-2", "4-4-2", "5-3-2", "5-4-1", "11 digits", "10 digits"; empty for none.
std::string_view to_string(NdcForm form);

}  // namespace iz
