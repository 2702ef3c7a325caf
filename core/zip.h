// The files inside of a zip file. The container is read here, zlib unpacks.
//
//     iz::Zip zip = iz::read_zip(bytes);
//     for (const iz::ZipFile& f : zip.files) use(f.name, f.bytes);
//     if (!zip.error.empty()) ...                     // "the zip file is cut: its list of files is missing"
//
// PKWARE APPNOTE 4.3: stored and deflated files, without encryption, in one volume; no ZIP64. A damaged file keeps its
// name and gets an `error`; nothing else is lost. Folders are left out.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace iz {

struct ZipFile {
  std::string name;   ///< with its folders, as it stands in the zip file
  std::string bytes;  ///< unpacked; empty when there is an error
  std::string error;  ///< why it could not be unpacked, without a capital and a full stop; empty if it could
};

struct Zip {
  std::vector<ZipFile> files;
  std::string error;  ///< why the list of files could not be read; empty if it could
};

/// Whether bytes begin like a zip file.
bool is_zip(std::string_view bytes);

/// Unpacks all files, in the order of the list at the end, up to `limit` bytes together; what goes beyond has an error.
Zip read_zip(std::string_view bytes, size_t limit = 256u << 20);

}  // namespace iz
