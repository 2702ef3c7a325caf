#include "ui/cluster.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"

namespace iz {
namespace {

struct Range {
  char32_t first, last;
};

/// Marks that stand on, under or behind what they follow; sorted.
constexpr std::array<Range, 42> marks = {{
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5c7},     {0x610, 0x61a},     {0x64b, 0x65f},
    {0x670, 0x670},   {0x6d6, 0x6ed},   {0x900, 0x903},   {0x93a, 0x93c},     {0x93e, 0x94f},     {0x951, 0x957},
    {0x962, 0x963},   {0x981, 0x983},   {0x9bc, 0x9bc},   {0x9be, 0x9d7},     {0xa01, 0xa03},     {0xa3c, 0xa51},
    {0xa81, 0xa83},   {0xabc, 0xabc},   {0xabe, 0xacd},   {0xb82, 0xb82},     {0xbbe, 0xbcd},     {0xc00, 0xc04},
    {0xc3e, 0xc56},   {0xcbc, 0xcd6},   {0xd3e, 0xd4d},   {0xe31, 0xe31},     {0xe34, 0xe3a},     {0xe47, 0xe4e},
    {0x102b, 0x103e}, {0x1160, 0x11ff}, {0x17b4, 0x17d3}, {0x1ab0, 0x1aff},   {0x1dc0, 0x1dff},   {0x200c, 0x200d},
    {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0x1f3fb, 0x1f3ff}, {0xe0020, 0xe007f}, {0xe0100, 0xe01ef},
}};

bool is_mark(char32_t code) {
  const auto after =
      std::upper_bound(marks.begin(), marks.end(), code, [](char32_t c, Range r) { return c < r.first; });
  return after != marks.begin() && code <= (after - 1)->last;
}
bool is_indicator(char32_t code) { return code >= 0x1f1e6 && code <= 0x1f1ff; }
bool is_picture(char32_t code) { return (code >= 0x2190 && code <= 0x2bff) || (code >= 0x1f000 && code <= 0x1faff); }

}  // namespace

uint32_t cluster_size(std::string_view text, size_t at) {
  const Char head = static_cast<unsigned char>(text[at]) < 0x80 ? Char{static_cast<unsigned char>(text[at]), 1, true}
                                                                : next_char(text, at);
  size_t end = at + std::max(1u, head.size);
  if (!head.valid || head.code < ' ') return static_cast<uint32_t>(end - at);
  bool joined = false, alone = is_indicator(head.code);
  while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) {
    const Char c = next_char(text, end);
    if (!c.valid) break;
    if (is_mark(c.code)) {
      joined = c.code == 0x200d;
    } else if (alone && is_indicator(c.code)) {
      joined = false;
    } else if (joined && is_picture(c.code)) {
      joined = false;
    } else {
      break;
    }
    alone = false;
    end += c.size;
  }
  return static_cast<uint32_t>(end - at);
}

uint32_t cluster_before(std::string_view text, uint32_t end) {
  // A sign of ASCII begins a cluster: from there the clusters are counted. What stands behind the last one of 256 bytes is
  // cut as if it began there.
  uint32_t begin = end - 1;
  const uint32_t limit = end > 256 ? end - 256 : 0;
  while (begin > limit && static_cast<unsigned char>(text[begin]) >= 0x80) --begin;
  while (begin < end && begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80 &&
         begin > limit - std::min(limit, 3u)) {
    --begin;
  }
  uint32_t at = begin;
  for (;;) {
    const uint32_t next = at + cluster_size(text, at);
    if (next >= end) return at;
    at = next;
  }
}

}  // namespace iz
