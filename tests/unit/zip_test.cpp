#include "core/zip.h"

#include <catch_amalgamated.hpp>

#include "tests/unit/tables.h"

namespace iz {
namespace {

// 20260105/mvx.txt, deflated by another program.
constexpr char kDeflated[] =
    "\x50\x4b\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x25\x5c\x55\xb7\xa9\xad\x49\x00\x00\x00\xf4\x00"
    "\x00\x00\x10\x00\x00\x00\x32\x30\x32\x36\x30\x31\x30\x35\x2f\x6d\x76\x78\x2e\x74\x78\x74\x0b\x74"
    "\xac\x09\xcf\x2f\xca\x2e\x56\xc8\x4f\x53\x70\xac\xc9\xcc\x2b\x4b\xcd\x2b\x49\x4d\xd1\x51\xc0\x64"
    "\xd5\x38\x26\x97\x64\x96\xa5\xd6\x18\x19\x18\x99\xe9\x1b\x18\x02\x11\x57\xa0\x13\x42\xb3\x13\x69"
    "\x9a\x8d\xb8\x02\x9d\x11\x9a\x9d\x49\xd3\x6c\xcc\x15\xe8\x82\xd0\xec\x42\x9a\x66\x13\x2e\x00\x50"
    "\x4b\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00\x00\x00\x25\x5c\x55\xb7\xa9\xad\x49\x00\x00\x00\xf4"
    "\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x01\x00\x00\x00\x00\x32\x30\x32"
    "\x36\x30\x31\x30\x35\x2f\x6d\x76\x78\x2e\x74\x78\x74\x50\x4b\x05\x06\x00\x00\x00\x00\x01\x00\x01"
    "\x00\x3e\x00\x00\x00\x77\x00\x00\x00\x00\x00";
const std::string deflated(kDeflated, sizeof kDeflated - 1);

TEST_CASE("zip: a file packed by another program") {
  CHECK(is_zip(deflated));
  const Zip zip = read_zip(deflated);
  CHECK(zip.error.empty());
  REQUIRE(zip.files.size() == 1);
  CHECK(zip.files[0].name == "20260105/mvx.txt");
  CHECK(zip.files[0].error.empty());
  CHECK(zip.files[0].bytes.starts_with("QA|Works of A|invented, invented, invented|Active|2026/01/01\n"));
  CHECK(zip.files[0].bytes.size() == 4 * 61);
}

TEST_CASE("zip: stored files, folders left out, a comment at the end") {
  std::string bytes = iz_tables::zip_of({{"a/", ""}, {"a/one.txt", "1"}, {"two.txt", ""}});
  bytes[bytes.size() - 2] = 3;
  const Zip zip = read_zip(bytes + "end");
  REQUIRE(zip.files.size() == 2);
  CHECK(zip.files[0].name == "a/one.txt");
  CHECK(zip.files[0].bytes == "1");
  CHECK(zip.files[1].bytes.empty());
  CHECK(zip.files[1].error.empty());
}

TEST_CASE("zip: damage is told, and nothing else is lost") {
  for (size_t size = 0; size < deflated.size(); size += 7) {
    INFO(size);
    CHECK(read_zip(deflated.substr(0, size)).error == "the zip file is cut: its list of files is missing");
  }
  std::string bytes = iz_tables::zip_of({{"one", "first"}, {"two", "second"}});
  bytes[bytes.find("first")] = 'F';
  Zip zip = read_zip(bytes);
  REQUIRE(zip.files.size() == 2);
  CHECK(zip.files[0].error == "it is damaged: its checksum is wrong");
  CHECK(zip.files[0].bytes.empty());
  CHECK(zip.files[1].bytes == "second");

  bytes = deflated;
  bytes[60] = static_cast<char>(bytes[60] ^ 0x55);
  CHECK(read_zip(bytes).files[0].error.starts_with("it is damaged"));

  zip = read_zip(iz_tables::zip_of({{"one", "12345"}, {"two", "123456"}}), 8);
  CHECK(zip.files[0].error.empty());
  CHECK(zip.files[1].error == "it is too large");
}

}  // namespace
}  // namespace iz
