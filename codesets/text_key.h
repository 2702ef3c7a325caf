// A short text as two numbers, so that texts are compared without a call and hashed at once.
//
//     TextKey("CVX") == TextKey("CVX")      // true
//     same_text("HL70001", "HL70002")       // false
//
// Codes and coding systems are mostly shorter than 16 bytes; for these the key is the text.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace iz {

struct TextKey {
  uint64_t head = 0, tail = 0;  ///< the first and the last eight bytes; of up to eight only `head`
  uint32_t size = 0;

  TextKey() = default;
  explicit TextKey(std::string_view s) : size(static_cast<uint32_t>(s.size())) {
    const char* p = s.data();
    if (size >= 8) {
      head = load<uint64_t>(p);
      if (size > 8) tail = load<uint64_t>(p + size - 8);
    } else if (size >= 4) {
      head = uint64_t{load<uint32_t>(p)} << 32 | load<uint32_t>(p + size - 4);
    } else if (size) {
      head =
          uint64_t{load<uint8_t>(p)} << 16 | uint64_t{load<uint8_t>(p + size / 2)} << 8 | load<uint8_t>(p + size - 1);
    }
  }
  bool operator==(const TextKey&) const = default;
  /// Whether equal keys mean equal texts; longer texts must be compared themselves.
  bool exact() const { return size <= 16; }
  uint32_t hash() const {
    uint64_t h = (head ^ size) * 0x9E3779B97F4A7C15ull;
    h = (h ^ h >> 32 ^ tail) * 0xff51afd7ed558ccdull;
    return static_cast<uint32_t>(h >> 32);
  }

 private:
  template <class Word>
  static Word load(const char* p) {
    Word word;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
};

/// `a == b`, mostly without a call.
inline bool same_text(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.size() <= 16 ? TextKey(a) == TextKey(b) : a == b);
}

}  // namespace iz
