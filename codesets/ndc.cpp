#include "codesets/ndc.h"

#include <algorithm>

namespace iz {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The ten or eleven digits, given as three parts, with a zero in front of the short one.
Ndc padded(std::string_view labeler, std::string_view product, std::string_view package) {
  Ndc out;
  out.characters.fill('0');
  const auto put = [&](size_t end, std::string_view part) {
    std::copy(part.begin(), part.end(), out.characters.begin() + static_cast<ptrdiff_t>(end - part.size()));
  };
  put(5, labeler);
  put(10, product);
  put(13, package);
  out.characters[5] = out.characters[10] = '-';
  return out;
}

}  // namespace

NdcReadings read_ndc(std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  NdcReadings out;
  std::array<char, 11> digits{};
  std::array<size_t, 3> lengths{};
  size_t count = 0, part = 0;
  for (const char c : text) {
    if (digit(c)) {
      if (count == digits.size()) return out;
      digits[count++] = c;
      ++lengths[part];
    } else if ((c == '-' || c == ' ') && part < 2 && lengths[part]) {
      ++part;
    } else {
      return out;
    }
  }
  const std::string_view all(digits.data(), count);
  const auto add = [&](size_t labeler, size_t product) {
    out.codes[out.count++] =
        padded(all.substr(0, labeler), all.substr(labeler, product), all.substr(labeler + product));
  };
  if (part == 0 && count == 11) {
    out.form = NdcForm::digits_11;
    add(5, 4);
  } else if (part == 0 && count == 10) {
    out.form = NdcForm::digits_10;
    add(4, 4);
    add(5, 3);
    add(5, 4);
  } else if (part == 2) {
    using Lengths = std::array<size_t, 3>;
    out.form = lengths == Lengths{5, 4, 2}   ? NdcForm::ndc_5_4_2
               : lengths == Lengths{4, 4, 2} ? NdcForm::ndc_4_4_2
               : lengths == Lengths{5, 3, 2} ? NdcForm::ndc_5_3_2
               : lengths == Lengths{5, 4, 1} ? NdcForm::ndc_5_4_1
                                             : NdcForm::none;
    if (out.form != NdcForm::none) add(lengths[0], lengths[1]);
  }
  return out;
}

std::string_view to_string(NdcForm form) {
  static constexpr std::string_view names[] = {"", "5-4-2", "4-4-2", "5-3-2", "5-4-1", "11 digits", "10 digits"};
  return names[static_cast<size_t>(form)];
}

}  // namespace iz
