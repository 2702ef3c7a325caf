// Writes pictures for people to look at. Not compressed: nothing but the tests needs it.
#pragma once
#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "ui/raster.h"

namespace iz::test {

inline void put_chunk(std::string& out, const std::string& type, const std::string& body) {
  static const auto table = [] {
    std::array<uint32_t, 256> t{};
    for (uint32_t n = 0; n < 256; ++n) {
      uint32_t c = n;
      for (int k = 0; k < 8; ++k) c = (c & 1) ? 0xedb88320u ^ (c >> 1) : c >> 1;
      t[n] = c;
    }
    return t;
  }();
  const auto number = [&](uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(v >> shift & 0xff);
  };
  number(static_cast<uint32_t>(body.size()));
  uint32_t crc = 0xffffffffu;
  for (const std::string* part : {&type, &body}) {
    for (char c : *part) crc = table[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ (crc >> 8);
    out += *part;
  }
  number(crc ^ 0xffffffffu);
}

inline bool write_png(const Image& image, const std::string& file) {
  std::string raw;
  for (int y = 0; y < image.height; ++y) {
    raw += '\0';
    for (int x = 0; x < image.width; ++x) {
      const uint32_t p = image.at(x, y);
      raw += static_cast<char>(p & 0xff);
      raw += static_cast<char>(p >> 8 & 0xff);
      raw += static_cast<char>(p >> 16 & 0xff);
    }
  }
  std::string z = "\x78\x01";
  uint32_t a = 1, b = 0;
  for (char c : raw) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  for (size_t at = 0; at < raw.size() || at == 0;) {
    const size_t n = std::min<size_t>(65535, raw.size() - at);
    z += static_cast<char>(at + n == raw.size());
    for (size_t v : {n, n ^ 0xffff}) {
      z += static_cast<char>(v & 0xff);
      z += static_cast<char>(v >> 8 & 0xff);
    }
    z.append(raw, at, n);
    at += n;
    if (n == 0) break;
  }
  for (uint32_t v : {b, a}) {
    z += static_cast<char>(v >> 8 & 0xff);
    z += static_cast<char>(v & 0xff);
  }
  std::string header;
  for (int v : {image.width, image.height}) {
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(v >> shift & 0xff);
  }
  header += std::string("\x08\x02\x00\x00\x00", 5);
  std::string out = "\x89PNG\r\n\x1a\n";
  put_chunk(out, "IHDR", header);
  put_chunk(out, "IDAT", z);
  put_chunk(out, "IEND", "");
  std::FILE* f = std::fopen(file.c_str(), "wb");
  if (f == nullptr) return false;
  const bool written = std::fwrite(out.data(), 1, out.size(), f) == out.size();
  return std::fclose(f) == 0 && written;
}

}  // namespace iz::test
