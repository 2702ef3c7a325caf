// Files of code tables for the command `iz`: named, or all of a folder.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/import.h"
#include "core/cli.h"

namespace iz::cli {

/// The bytes of files with their names.
struct TableFiles {
  std::vector<std::string> names;
  std::vector<std::string> bytes;
  std::vector<bool> listed;  ///< found in a folder, not named by the user
  std::vector<ImportFile> views() const;
};

/// Adds a file, or all files of a folder and of those in it, sorted by name. False when there is none or one cannot be
/// read; said then.
bool add_table_files(TableFiles& files, std::string_view name);

/// The tables of a file or folder, by id. In a folder, a file that is no table is passed over with a line on standard error;
/// nullopt when a table of it, or a file that was named, is refused; said then.
std::optional<std::vector<std::shared_ptr<const CodeSet>>> read_tables(std::string_view name);

/// What is built in, with the tables of `--codes` in their place, the local profile of `--local` on top as far as it holds on
/// `as_of`, and the severities of `--severity` above that. Nullptr when one cannot be used; said then.
const Catalogue* catalogue_for(const Arguments& arguments, Date as_of = {});

/// A local profile. Nullptr when it cannot be read or is refused; said then.
std::shared_ptr<const LocalProfile> read_local(std::string_view name);

}  // namespace iz::cli
