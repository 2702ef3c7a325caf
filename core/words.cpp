#include "core/words.h"

namespace iz {
namespace {

constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

std::string sentence_case(std::string text) {
  if (text.size() > 1 && is_lower(text[0]) && (is_lower(text[1]) || text[1] == ' '))
    text[0] = char(text[0] - 'a' + 'A');
  return text;
}

std::string lower_case(std::string text) {
  if (text.size() > 1 && is_upper(text[0]) && is_lower(text[1])) text[0] = char(text[0] - 'A' + 'a');
  return text;
}

std::string lower_words(std::string text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ';
    if (begins && i + 1 < text.size() && is_upper(text[i]) && is_lower(text[i + 1]))
      text[i] = char(text[i] - 'A' + 'a');
  }
  return text;
}

void append(std::string& out, std::string_view text, std::string_view separator) {
  if (text.empty()) return;
  if (!out.empty()) out += separator;
  out += text;
}

std::string_view trim_blanks(std::string_view text) {
  const size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace iz
