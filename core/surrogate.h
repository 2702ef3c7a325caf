// Invented values in the place of real ones: the same one for the same value and key. Internal to deidentify.
//
//     Surrogates s(seed);
//     s.family("THISTLEWOOD")       // "FERNCASTLE"
//     s.identifier("AP-30417")      // "QX-72881"
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

/// Letters, digits and bytes above ASCII.
inline bool in_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80) != 0;
}
std::string in_capitals(std::string_view text);
/// The words of a text, in order.
std::vector<std::string_view> words_in(std::string_view text);
/// The text with each run of bytes for which `in` holds replaced by what `with` makes of it; the run is a part of `text`.
template <class In, class With>
std::string replace_runs(std::string_view text, In in, With with) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && in(text[end])) ++end;
    if (end == i) {
      out += text[i++];
    } else {
      out += with(text.substr(i, end - i));
      i = end;
    }
  }
  return out;
}

class Surrogates {
 public:
  explicit Surrogates(std::string_view seed);

  /// Names word by word, in the same case; what is no letter stays. An initial is another letter.
  std::string family(std::string_view name) const { return words(name, Names::family); }
  std::string given(std::string_view name) const { return words(name, Names::given); }
  std::string city(std::string_view name) const;
  /// Words such as Street, Apt or N stay.
  std::string street(std::string_view line) const;
  /// The first three digits stay.
  std::string zip(std::string_view code) const;
  /// Letters by letters of the same case, digits by digits, a first digit that is not 0 by another one.
  std::string identifier(std::string_view id) const;
  /// The same; of a National Provider Identifier the result has a right check digit.
  std::string provider(std::string_view id) const;
  std::string phone(std::string_view number) const;
  std::string email(std::string_view address) const;
  /// A number that follows from the key and a name, for other choices.
  uint64_t number(std::string_view name) const { return hash(0, name); }

 private:
  enum class Names : uint8_t { family, given, street };
  std::string words(std::string_view text, Names names) const;
  uint64_t hash(uint8_t kind, std::string_view text) const;
  std::array<uint64_t, 2> key_{};
};

/// SipHash-2-4 (Aumasson and Bernstein 2012) of a text.
uint64_t sip_hash(const std::array<uint64_t, 2>& key, std::string_view text);

}  // namespace iz
