#include "tests/ui/picture.h"

#include <fmt/format.h>

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "tests/ui/png.h"

namespace iz::test {
namespace {

constexpr int bands = 24;

const std::string list_file = IZ_SOURCE_DIR "/tests/golden/pictures.list";

std::map<std::string, std::string> read_list() {
  std::map<std::string, std::string> out;
  std::ifstream in(list_file);
  for (std::string line; std::getline(in, line);) {
    const size_t blank = line.find(' ');
    if (blank != std::string::npos) out[line.substr(0, blank)] = line.substr(blank + 1);
  }
  return out;
}

void accept(const std::string& name, const std::string& now) {
  auto list = read_list();
  list[name] = now;
  std::ofstream out(list_file, std::ios::binary);
  for (const auto& [each, value] : list) out << each << ' ' << value << '\n';
}

/// FNV-1a over some rows.
uint64_t hash_of(const Image& image, int from, int to) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (int y = from; y < to; ++y) {
    for (int x = 0; x < image.width; ++x) hash = (hash ^ image.at(x, y)) * 0x100000001b3u;
  }
  return hash;
}

int band_begin(const Image& image, int band) { return image.height * band / bands; }

std::string describe(const Image& image) {
  std::string out = fmt::format("{}x{} {:016x} ", image.width, image.height, hash_of(image, 0, image.height));
  for (int i = 0; i < bands; ++i) {
    const uint64_t hash = hash_of(image, band_begin(image, i), band_begin(image, i + 1));
    out += fmt::format("{:04x}", (hash ^ hash >> 16 ^ hash >> 32 ^ hash >> 48) & 0xffff);
  }
  return out;
}

}  // namespace

void check_picture(const std::string& name, const Image& image) {
  const std::filesystem::path folder = std::filesystem::path(IZ_SOURCE_DIR) / "build/pictures";
  std::filesystem::create_directories(folder);
  REQUIRE(write_png(image, (folder / (name + ".png")).string()));
  const std::string now = describe(image);
  if (std::getenv("IZ_ACCEPT") != nullptr) return accept(name, now);
  static const auto list = read_list();
  const auto accepted = list.find(name);
  INFO("build/pictures/" << name << ".png; when it is as it should be: tests/accept");
  REQUIRE(accepted != list.end());
  std::string where;
  const std::string& before = accepted->second;
  if (before.size() == now.size()) {
    const size_t first = now.size() - size_t{bands} * 4;
    for (int i = 0; i < bands; ++i) {
      const size_t at = first + static_cast<size_t>(i) * 4;
      if (before.compare(at, 4, now, at, 4) == 0) continue;
      where += fmt::format(" {} to {}", band_begin(image, i), band_begin(image, i + 1));
    }
  }
  INFO("rows that differ:" << where);
  const bool same = now == before;
  CHECK(same);
}

}  // namespace iz::test
