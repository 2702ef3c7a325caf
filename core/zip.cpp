#include "core/zip.h"

#include <fmt/format.h>
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace iz {

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr size_t kLocalHeader = 30, kListEntry = 46, kListEnd = 22;

uint32_t number(std::string_view bytes, size_t at, size_t size) {
  uint32_t value = 0;
  for (size_t i = size; i > 0; --i) value = value << 8 | static_cast<uint8_t>(bytes[at + i - 1]);
  return value;
}

/// Where the record that ends the list of files begins: the last one whose comment reaches to the end of the file.
size_t find_list_end(std::string_view bytes) {
  for (size_t at = bytes.rfind("PK\5\6"); at != npos; at = at ? bytes.rfind("PK\5\6", at - 1) : npos) {
    if (bytes.size() - at >= kListEnd && at + kListEnd + number(bytes, at + 20, 2) <= bytes.size()) return at;
    if (bytes.size() - at > kListEnd + 0xFFFF) break;
  }
  return npos;
}

/// One entry of the list of files.
struct Entry {
  uint32_t flags, method, checksum, packed, unpacked, local;
};

std::string unpack(std::string_view bytes, const Entry& e, size_t limit, std::string& out) {
  if (e.flags & 1) return "it is encrypted";
  if (e.method != 0 && e.method != 8) return fmt::format("it is packed in a way that is not read here ({})", e.method);
  if (e.packed == 0xFFFFFFFF || e.unpacked == 0xFFFFFFFF || e.local == 0xFFFFFFFF) return "it is too large";
  if (e.unpacked > limit) return "it is too large";
  if (e.local > bytes.size() || bytes.size() - e.local < kLocalHeader ||
      bytes.substr(e.local, 4) != std::string_view("PK\3\4"))
    return "it is damaged: its beginning is missing";
  const size_t begin = e.local + kLocalHeader + number(bytes, e.local + 26, 2) + number(bytes, e.local + 28, 2);
  if (begin > bytes.size() || bytes.size() - begin < e.packed) return "it is cut";
  const std::string_view packed = bytes.substr(begin, e.packed);
  if (e.method == 0) {
    if (e.packed != e.unpacked) return "it is damaged: its length is not what the list says";
    out = packed;
  } else {
    // Deflate packs at most 1 : 1032; what claims more cannot be right, and gets no memory.
    if (e.unpacked / 1040 > packed.size()) return "it is damaged: its length is not what the list says";
    out.resize(e.unpacked);
    z_stream stream{};
    if (inflateInit2(&stream, -15) != Z_OK) return "there is no memory for it";
    uint8_t none = 0;
    stream.next_in = reinterpret_cast<const Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = out.empty() ? &none : reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int end = inflate(&stream, Z_FINISH);
    const bool complete = end == Z_STREAM_END && stream.total_out == e.unpacked;
    inflateEnd(&stream);
    if (!complete) return "it is damaged: it cannot be unpacked";
  }
  if (crc32(0, reinterpret_cast<const Bytef*>(out.data()), static_cast<uInt>(out.size())) != e.checksum)
    return "it is damaged: its checksum is wrong";
  return {};
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\3\4") || bytes.starts_with("PK\5\6"); }

Zip read_zip(std::string_view bytes, size_t limit) {
  Zip zip;
  const size_t end = find_list_end(bytes);
  if (end == npos) return zip.error = "the zip file is cut: its list of files is missing", zip;
  const uint32_t count = number(bytes, end + 10, 2);
  size_t at = number(bytes, end + 16, 4);
  for (uint32_t i = 0; i < count; ++i) {
    if (at > end || end - at < kListEntry || bytes.substr(at, 4) != std::string_view("PK\1\2")) {
      zip.error = "the zip file is damaged: its list of files cannot be read";
      break;
    }
    const uint32_t name = number(bytes, at + 28, 2);
    const size_t next = at + kListEntry + name + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
    if (next > end) {
      zip.error = "the zip file is damaged: its list of files cannot be read";
      break;
    }
    const Entry entry{number(bytes, at + 8, 2),  number(bytes, at + 10, 2), number(bytes, at + 16, 4),
                      number(bytes, at + 20, 4), number(bytes, at + 24, 4), number(bytes, at + 42, 4)};
    ZipFile file;
    file.name = bytes.substr(at + kListEntry, name);
    at = next;
    if (file.name.ends_with('/')) continue;
    file.error = unpack(bytes, entry, limit, file.bytes);
    if (!file.error.empty()) file.bytes.clear();
    limit -= std::min(limit, file.bytes.size());
    zip.files.push_back(std::move(file));
  }
  return zip;
}

}  // namespace iz
