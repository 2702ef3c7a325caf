// Small things done to English text and to values on the way to it.
//
//     sentence_case("varicella")    // "Varicella"
//     lower_case("DTaP")            // "DTaP": an abbreviation stays
//     append(out, "", ", ")         // nothing: an empty part brings no separator
#pragma once
#include <string>
#include <string_view>

namespace iz {

/// The first letter in upper case, where that does not change a name such as "pH".
std::string sentence_case(std::string text);
/// The first letter in lower case, where the word is no abbreviation.
std::string lower_case(std::string text);
/// The same for each word: "Left Thigh" -> "left thigh".
std::string lower_words(std::string text);
/// Adds `text` after a separator, if both sides have something.
void append(std::string& out, std::string_view text, std::string_view separator = ", ");
/// Without the blanks at both ends.
std::string_view trim_blanks(std::string_view text);

/// A text with `value(key)` in the place of each `{key}`; a brace without its end stays.
template <class Value>
std::string fill_placeholders(std::string_view text, Value value) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += text[i++];
      continue;
    }
    out += value(text.substr(i + 1, close - i - 1));
    i = close + 1;
  }
  return out;
}

}  // namespace iz
