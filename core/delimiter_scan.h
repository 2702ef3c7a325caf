// Finds delimiters 64 bytes at a time: one bit for each byte that belongs to a small set of
// characters.
//
// Each byte is looked up by its two halves (a table for the low four bits, one for the high four),
// which tests any set of up to eight characters at once. Internal to core/message.cpp.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>
#if defined(__SSSE3__)
#include <tmmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace iz {

class DelimiterScan {
 public:
  /// `set`: at most eight distinct characters.
  explicit DelimiterScan(std::string_view set) {
    uint8_t high_bit[16] = {};
    uint8_t next = 1;
    for (char ch : set) {
      const auto c = static_cast<unsigned char>(ch);
      member_[c] = true;
      uint8_t& bit = high_bit[c >> 4];
      if (!bit) {
        bit = next;
        next = static_cast<uint8_t>(next << 1);
      }
      high_[c >> 4] = bit;
      low_[c & 15] = static_cast<uint8_t>(low_[c & 15] | bit);
    }
  }

  /// Bit i is set when p[i] is in the set; reads exactly 64 bytes.
  uint64_t mask64(const char* p) const {
#if defined(__SSSE3__)
    const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(low_));
    const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(high_));
    const __m128i half = _mm_set1_epi8(15);
    uint64_t mask = 0;
    for (int k = 0; k < 4; ++k) {
      const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * k));
      const __m128i a = _mm_shuffle_epi8(low, _mm_and_si128(x, half));
      const __m128i b = _mm_shuffle_epi8(high, _mm_and_si128(_mm_srli_epi16(x, 4), half));
      const __m128i none = _mm_cmpeq_epi8(_mm_and_si128(a, b), _mm_setzero_si128());
      mask |= uint64_t(static_cast<uint16_t>(~_mm_movemask_epi8(none))) << (16 * k);
    }
    return mask;
#elif defined(__wasm_simd128__)
    const v128_t low = wasm_v128_load(low_);
    const v128_t high = wasm_v128_load(high_);
    const v128_t half = wasm_i8x16_splat(15);
    uint64_t mask = 0;
    for (int k = 0; k < 4; ++k) {
      const v128_t x = wasm_v128_load(p + 16 * k);
      const v128_t a = wasm_i8x16_swizzle(low, wasm_v128_and(x, half));
      const v128_t b = wasm_i8x16_swizzle(high, wasm_u8x16_shr(x, 4));
      const v128_t hit = wasm_i8x16_ne(wasm_v128_and(a, b), wasm_i8x16_splat(0));
      mask |= uint64_t(wasm_i8x16_bitmask(hit)) << (16 * k);
    }
    return mask;
#else
    return mask_tail(p, 64);
#endif
  }

  /// The same for the last `n` < 64 bytes, one at a time.
  uint64_t mask_tail(const char* p, size_t n) const {
    uint64_t mask = 0;
    for (size_t i = 0; i < n; ++i) mask |= uint64_t(member_[static_cast<unsigned char>(p[i])]) << i;
    return mask;
  }

 private:
  uint8_t low_[16] = {}, high_[16] = {};
  bool member_[256] = {};
};

}  // namespace iz
