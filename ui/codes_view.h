// What the workspace Codes shows: search, the page of a code, two editions beside each other, what was brought.
//
// Part of `View`; nothing of it changes the text. What it says of tables is made from the catalogue when it is drawn.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/import.h"

namespace iz {

/// Which tables are searched.
enum class CodeFilter : uint8_t { all, cvx, ndc, mvx, trade, vis, other };
/// What stands beside the page of a code.
enum class Beside : uint8_t { compare, partner, editions };
/// Which differences are listed.
enum class ChangeFilter : uint8_t { all, added, removed, changed };
/// Which codes of a partner's list are shown; `all`: those that need a look.
enum class PartnerFilter : uint8_t { all, unknown, misspelt, inactive, unspecified, missing, same };
/// Columns of a window that shows one or two at a time.
enum class CodesTab : uint8_t { search, page, beside };

/// A code of a code set: where a link to it leads.
struct CodePlace {
  std::string table, code;  ///< "CVX", "208"
  bool operator==(const CodePlace&) const = default;
};

struct CodesView {
  CodeFilter filter = CodeFilter::cvx;
  int row = 0;                     ///< the current hit
  uint32_t reveal = 0;             ///< counts moves of the current hit, so that the list can follow
  CodePlace page;                  ///< the code whose page is open; no table: none
  int link = -1;                   ///< the link on the page that the keyboard is at
  std::vector<CodePlace> visited;  ///< pages that were open, `visit` the current one
  size_t visit = 0;
  CodesTab tab = CodesTab::search;
  Beside beside = Beside::compare;
  std::string table = "CVX";    ///< compared
  int before = -1, after = -1;  ///< editions compared, places in `editions_of`; below 0: the last two
  ChangeFilter changes = ChangeFilter::all;
  bool hide_text = true;  ///< differences of names and notes alone are left out
  int change = -1;        ///< the current difference
  std::string partner;    ///< a partner's list, as it was pasted or dropped
  uint32_t partner_change = 0;
  std::string partner_table;  ///< the table that it is said to be of; empty: as it looks
  PartnerFilter partner_filter = PartnerFilter::all;
  int partner_row = -1;
  bool keep = false;  ///< what was brought is kept on this device, by the page
};

/// A table that somebody brought, as the workbench keeps it.
struct BroughtTable {
  std::shared_ptr<const CodeSet> set;
  std::string file;                          ///< as the user named it, with the date given by hand before it
  std::shared_ptr<const std::string> bytes;  ///< of the file
  bool in_use = true;                        ///< false: only to be compared with
};

/// A file that is to be kept on the device.
struct KeptFile {
  std::string name;
  std::shared_ptr<const std::string> bytes;
  bool in_use = true;
};

/// A file as it was dropped or chosen.
struct NamedFile {
  std::string name;
  std::shared_ptr<const std::string> bytes;
};

/// Files that were dropped or chosen together, read but not used yet.
struct Offer {
  std::vector<NamedFile> files;
  Import found;
  bool empty() const { return files.empty(); }
};

}  // namespace iz
