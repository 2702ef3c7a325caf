// What a scanner reads from a carton, a vial or a Vaccine Information Statement (GS1 General Specifications, chapter 3).
//
//     read_gs1("00300064109023")                   // gtin 00300064109023
//     read_gs1("010030006410902317261231105T3K9")  // gtin, expiry 261231, lot 5T3K9
//     read_gs1("(01)00300064109023(10)5T3K9")      // the same as people type it
//     read_gs1("253088698300001111140611")         // a VIS: gdti 0886983000011, edition 140611, vis() the whole
//     is_gtin("00300064109023")                    // true: 14 digits and the check digit is right
#pragma once
#include <string>
#include <string_view>

namespace iz {

/// Views into the text that was read; empty where the scan does not say it.
struct Gs1Scan {
  std::string_view gtin;     ///< application identifier 01, or bare: 8, 12, 13 or 14 digits
  std::string_view lot;      ///< 10
  std::string_view expiry;   ///< 17, YYMMDD
  std::string_view serial;   ///< 21
  std::string_view gdti;     ///< 253: a document, 13 digits
  std::string_view edition;  ///< 11 beside 253, YYMMDD
  explicit operator bool() const { return !gtin.empty() || !gdti.empty(); }
  /// The bar code of a statement as CDC lists it, 24 digits: 253, document, 11, date. Empty for another scan.
  std::string vis() const;
};

/// A scan with or without the symbology's prefix (]d2, ]C1), with parentheses or the separator GS. Empty when the text is
/// none. Check digits are not looked at.
Gs1Scan read_gs1(std::string_view text);

/// Eight, 12, 13 or 14 digits whose last one is the check digit.
bool is_gtin(std::string_view digits);
/// The check digit that belongs behind these digits, '0' to '9'.
char gs1_check_digit(std::string_view digits);

}  // namespace iz
