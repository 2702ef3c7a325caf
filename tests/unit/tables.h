// What the tests of code tables share: importing a text, zip files, the folder of CDC's real files.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/import.h"

namespace iz_tables {

inline iz::Import import_one(std::string_view bytes, std::string_view name = "table.txt",
                             const iz::TableInUse& in_use = {}) {
  const iz::ImportFile files[] = {{name, bytes}};
  return iz::import_tables(files, in_use);
}

/// The only table of a text; nullptr when it was refused.
inline std::shared_ptr<const iz::CodeSet> table(std::string_view bytes, std::string_view name = "table.txt") {
  const iz::Import found = import_one(bytes, name);
  return found.tables.size() == 1 && found.refused.empty() ? found.tables[0].set : nullptr;
}

/// Why a text is refused, with the line: "3: the record has no code"; empty when it is not.
inline std::string refused(std::string_view bytes, std::string_view name = "table.txt",
                           const iz::TableInUse& in_use = {}) {
  const iz::Import found = import_one(bytes, name, in_use);
  if (found.refused.size() != 1 || !found.tables.empty()) return {};
  return std::to_string(found.refused[0].line) + ": " + found.refused[0].reason;
}

inline bool says(const std::vector<std::string>& sentences, std::string_view part) {
  for (const std::string& s : sentences)
    if (s.find(part) != std::string::npos) return true;
  return false;
}

inline uint32_t checksum(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

/// A zip file of stored files.
inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out, list;
  const auto put = [](std::string& to, uint32_t value, int size) {
    for (int i = 0; i < size; ++i) to += static_cast<char>(value >> 8 * i & 0xFF);
  };
  for (const auto& [name, bytes] : files) {
    const auto at = static_cast<uint32_t>(out.size()), size = static_cast<uint32_t>(bytes.size());
    std::string common;
    for (const uint32_t field : {20u, 0u, 0u, 0u, 0u}) put(common, field, 2);
    for (const uint32_t field : {checksum(bytes), size, size}) put(common, field, 4);
    put(common, static_cast<uint32_t>(name.size()), 2);
    put(common, 0, 2);
    out += "PK\3\4" + common + name + bytes;
    list += "PK\1\2";
    put(list, 20, 2);
    list += common;
    put(list, 0, 2);
    put(list, 0, 2);
    put(list, 0, 2);
    put(list, 0, 4);
    put(list, at, 4);
    list += name;
  }
  const auto count = static_cast<uint32_t>(files.size()), begin = static_cast<uint32_t>(out.size());
  out += list + "PK\5\6";
  for (const uint32_t field : {0u, 0u, count, count}) put(out, field, 2);
  put(out, static_cast<uint32_t>(list.size()), 4);
  put(out, begin, 4);
  put(out, 0, 2);
  return out;
}

/// CDC's files in the folder that IZ_SHARED names; empty when there is none.
inline std::filesystem::path real_files() {
  const char* set = std::getenv("IZ_SHARED");
  const std::filesystem::path folder =
      (set ? std::filesystem::path(set) : std::filesystem::path(IZ_SOURCE_DIR) / "../shared") / "data/codesets";
  return std::filesystem::exists(folder) ? folder : std::filesystem::path{};
}

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The tables of one of the real editions.
inline std::vector<iz::ImportedTable> real_edition(std::string_view date) {
  std::vector<std::string> names, bytes;
  for (const auto& entry : std::filesystem::directory_iterator(real_files() / "editions" / date / "cdc-source")) {
    names.push_back(entry.path().generic_string());
    bytes.push_back(bytes_of(entry.path()));
  }
  std::vector<iz::ImportFile> files;
  for (size_t i = 0; i < names.size(); ++i) files.push_back({names[i], bytes[i]});
  return iz::import_tables(files).tables;
}

}  // namespace iz_tables
