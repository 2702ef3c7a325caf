// New editions of tables, from the files as CDC publishes them.
//
//     const ImportFile files[] = {{"20251209/cvx.txt", bytes}};
//     const Import found = import_tables(files, in_use);
//     for (const ImportedTable& t : found.tables) ...     // t.set: the table; t.changes: what it would change
//     for (const ImportRefusal& r : found.refused) ...    // refusal_text(r): "cvx.txt, line 12: ..."
//
// Taken are all layouts of the flat files and of the XML reports, in UTF-8, UTF-16 or Windows-1252, and zip files of them;
// of AIRA's compiled code base the use dates of CVX codes. The table is recognised by what a file holds. A file that is
// empty, cut, damaged, shrunken or no table is refused whole, with the reason; nothing is used until the caller does so
// (`Catalogue::load`), so that the old edition stays. CPT can be imported, but is never part of the program.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"
#include "codesets/compare.h"

namespace iz {

struct ImportedTable {
  std::string file;                     ///< name of the file, with its place in a zip file
  std::string table;                    ///< short name: cvx
  std::shared_ptr<const CodeSet> set;   ///< sorted by key; `edition.date` from a date in the name, else empty
  std::string newest;                   ///< the newest date of change in it, YYYY-MM-DD; empty for a table without
  bool older = false;                   ///< than the edition in use
  std::vector<std::string> noticed;     ///< a sentence each: records put together, keys that stand twice, odd GTINs ...
  std::optional<TableChanges> changes;  ///< against the edition in use, if there is one
};

struct ImportRefusal {
  std::string file;
  uint32_t line = 0;     ///< from 1; 0 when it is about the file as a whole
  std::string reason;    ///< without a capital and a full stop
  bool foreign = false;  ///< neither its name nor what it holds is that of a table: among others, it may be passed over
};

struct Import {
  std::vector<ImportedTable> tables;
  std::vector<ImportRefusal> refused;
};

/// A file as it was given. Views: both texts must live as long as the call.
struct ImportFile {
  std::string_view name;  ///< with its folders; only a date in it is used
  std::string_view bytes;
};

/// The table in use with this id, or nullptr.
using TableInUse = std::function<const CodeSet*(std::string_view id)>;

/// Reads files that belong together; a table may stand in one of them only. Without `in_use` nothing is said of changes,
/// and a small table is not called shrunken. Refused is what has no code or name, or a date that is none; other cells that
/// look odd are kept and noticed.
Import import_tables(std::span<const ImportFile> files, const TableInUse& in_use = {});

/// "cvx.txt, line 12: ..." in one line.
std::string refusal_text(const ImportRefusal& refusal);
/// What was found, for people: table, edition, rows, what was noticed, changes in short.
std::string import_text(const Import& import);
/// The same as JSON: {"tables":[{file, table, id, name, edition, newest, rows, older, noticed, changes}], "refused":[{file,
/// line, reason}]}; "changes" is null without an edition in use, else {added, removed, changed, text_only, short}.
std::string import_json(const Import& import);

}  // namespace iz
