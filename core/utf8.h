// Bytes, characters and UTF-16 units of a text; the one place where offsets are converted for
// JavaScript.
//
//     next_char("\xc3\xa9x", 0)        // {U+00E9, 2 bytes}
//     next_char("\xff" "x", 0)         // {U+FFFD, 1 byte}: what is no UTF-8 counts as one
//     replacement character Utf16Offsets("a\xc3\xa9z")(3)    // 2
//
// Wrong bytes are cut as the WHATWG Encoding standard does (one U+FFFD for each maximal part of a
// character), so that offsets agree with those of a string that a browser decoded.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

/// One character of a text.
struct Char {
  char32_t code = 0;
  uint32_t size = 0;  ///< bytes; 0 at the end of the text
  bool valid = true;  ///< false: these bytes are no UTF-8, `code` is U+FFFD
};
Char next_char(std::string_view text, size_t at);

/// Appends a character as UTF-8.
void append_char(std::string& out, char32_t code);

/// Number of characters.
size_t char_count(std::string_view text);

/// The text with every wrong byte replaced by U+FFFD.
std::string valid_utf8(std::string_view text);

/// Byte offsets of a text as UTF-16 offsets and back. An offset inside a character means its begin.
/// The text must outlive the object. Building is one pass over the text, a conversion looks at no
/// more than 64 bytes.
class Utf16Offsets {
 public:
  explicit Utf16Offsets(std::string_view text);
  /// UTF-16 units before byte `byte`; past the end means the end.
  uint32_t operator()(uint32_t byte) const;
  /// The byte at which UTF-16 unit `unit` begins.
  uint32_t to_byte(uint32_t unit) const;

 private:
  std::string_view text_;
  bool ascii_ = true;
  struct Mark {
    uint32_t byte = 0, unit = 0;
  };
  std::vector<Mark> marks_;  // a character begin at least every 64 bytes; empty when all is ASCII
};

}  // namespace iz
