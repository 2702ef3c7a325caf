#include "ui/fonts_data.h"

#include <algorithm>
#include <utility>

#include "core/sort.h"

namespace iz {
namespace {

/// What is left of a stream.
class Stream {
 public:
  explicit Stream(std::span<const unsigned char> bytes) : rest_(bytes) {}

  unsigned byte() {
    const unsigned b = rest_.front();
    rest_ = rest_.subspan(1);
    return b;
  }
  unsigned two_bytes() {
    const unsigned high = byte();
    return high << 8 | byte();
  }
  std::string bytes(size_t size) {
    std::string out(reinterpret_cast<const char*>(rest_.data()), size);
    rest_ = rest_.subspan(size);
    return out;
  }

 private:
  std::span<const unsigned char> rest_;
};

/// Puts the lowest `size` bytes of a number, the highest first.
void put(std::string& out, unsigned number, unsigned size) {
  while (size--) out += static_cast<char>(number >> 8 * size);
}

/// An outline as its file has it, from the next points.
std::string outline(unsigned contours, Stream& points, Stream& steps) {
  enum : unsigned { on_curve = 1, no_x = 2, no_y = 4, back_x = 8, back_y = 16, last = 32 };
  std::string ends, flags, steps_of[2];
  int at[2] = {}, low[2] = {}, high[2] = {};
  for (unsigned count = 0, open = contours; open; ++count) {
    const unsigned point = points.byte();
    unsigned flag = point & on_curve;
    for (unsigned axis = 0; axis < 2; ++axis) {
      const unsigned is_short = 2u << axis, same_or_forward = 16u << axis;
      const bool back = (point & (back_x << axis)) != 0;
      unsigned step = point & (no_x << axis) ? 0 : steps.byte();
      if (step == 255) step = steps.two_bytes();
      at[axis] += back ? -static_cast<int>(step) : static_cast<int>(step);
      low[axis] = count ? std::min(low[axis], at[axis]) : at[axis];
      high[axis] = count ? std::max(high[axis], at[axis]) : at[axis];
      if (step == 0) {
        flag |= same_or_forward;
      } else if (step < 256) {
        flag |= back ? is_short : is_short | same_or_forward;
        put(steps_of[axis], step, 1);
      } else {
        put(steps_of[axis], back ? 0u - step : step, 2);
      }
    }
    put(flags, flag, 1);
    if (point & last) {
      put(ends, count, 2);
      --open;
    }
  }
  std::string out;
  put(out, contours, 2);
  for (const int* corner : {low, high})
    for (unsigned axis = 0; axis < 2; ++axis) put(out, static_cast<unsigned>(corner[axis]), 2);
  return out + ends + std::string(2, '\0') + flags + steps_of[0] + steps_of[1];  // no instructions
}

using Table = std::pair<std::string, std::string>;  // tag, bytes

/// A file of these tables.
std::string file_of(std::vector<Table> tables) {
  sort_values(tables, std::less<>());
  const auto count = static_cast<unsigned>(tables.size());
  unsigned power = 0;
  while (2u << power <= count) ++power;
  std::string out, body;
  put(out, 0x00010000, 4);
  for (const unsigned part : {count, 16u << power, power, count * 16 - (16u << power)}) put(out, part, 2);
  for (auto& [tag, bytes] : tables) {
    const auto size = static_cast<unsigned>(bytes.size());
    bytes.resize((bytes.size() + 3) / 4 * 4);
    unsigned sum = 0;
    for (size_t i = 0; i < bytes.size(); ++i) sum += static_cast<unsigned char>(bytes[i]) << 8 * (3 - i % 4);
    out += tag;
    put(out, sum, 4);
    put(out, 12 + 16 * count + static_cast<unsigned>(body.size()), 4);
    put(out, size, 4);
    body += bytes;
  }
  return out + body;
}

}  // namespace

std::vector<std::string> unpack_fonts(const PackedFonts& packed) {
  Stream tables(packed.tables), glyphs(packed.glyphs), composites(packed.composites), points(packed.points),
      steps(packed.steps);
  std::vector<std::string> files;
  for (size_t font = 0; font < packed.names.size(); ++font) {
    std::vector<Table> all;
    unsigned count = 0;  // of glyphs
    for (unsigned left = tables.byte(); left; --left) {
      std::string tag = tables.bytes(4);
      const unsigned size = tables.two_bytes();
      std::string bytes = tables.bytes(size);
      if (tag == "maxp") count = static_cast<unsigned char>(bytes[4]) << 8 | static_cast<unsigned char>(bytes[5]);
      all.emplace_back(std::move(tag), std::move(bytes));
    }
    std::string outlines, index;
    put(index, 0, 4);
    for (; count; --count) {
      const unsigned kind = glyphs.byte();
      if (kind == 255)
        outlines += composites.bytes(composites.byte());
      else if (kind)
        outlines += outline(kind, points, steps);
      outlines.resize((outlines.size() + 3) / 4 * 4);
      put(index, static_cast<unsigned>(outlines.size()), 4);
    }
    all.emplace_back("glyf", std::move(outlines));
    all.emplace_back("loca", std::move(index));
    files.push_back(file_of(std::move(all)));
  }
  return files;
}

std::span<const FontData> font_data() {
  static const std::vector<std::string> files = unpack_fonts(packed_fonts());
  static const std::vector<FontData> fonts = [] {
    std::vector<FontData> out;
    out.reserve(files.size());
    for (size_t i = 0; i < files.size(); ++i)
      out.push_back(
          {packed_fonts().names[i], {reinterpret_cast<const unsigned char*>(files[i].data()), files[i].size()}});
    return out;
  }();
  return fonts;
}

}  // namespace iz
