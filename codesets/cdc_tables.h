// The tables that CDC publishes: their columns, what tells a row from all others, and the layouts of the flat files.
//
//     const CdcTable* cvx = cdc_table("CVX");              // or by its short name, "cvx"
//     cvx->columns[cvx->column("updated")].kind            // CellKind::date
//
// A column has one name of ours in whatever layout it comes: `CVX_Code`, `CVXCode` and the first column of cvx.txt are
// `code`. The names are those of the built-in tables (codesets/README.md). CPT's codes and texts belong to the AMA: its
// layout stands here so that users can bring their own copy.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace iz {

/// What a cell must look like.
enum class CellKind : uint8_t {
  text,    ///< a name or note: a change of it changes no meaning
  word,    ///< any text that does more than describe: status, package form, route, season
  flag,    ///< True or False; `yes` or empty with us
  date,    ///< any of CDC's ways; YYYY-MM-DD with us; may be empty
  cvx,     ///< 2 or 3 digits
  mvx,     ///< 2 to 4 capital letters
  cpt,     ///< 4 digits and a digit or capital letter
  ndc11,   ///< 5-4-2 with dashes
  ndc10,   ///< labeler, product and package; where they are columns of their own, they are joined with dashes
  number,  ///< digits
  gtin,    ///< digits; may be empty. One with 13 lacks its leading 0 or its check digit
  vis,     ///< 24 digits
  gdti,    ///< 13 digits
  url
};

struct CdcColumn {
  std::string_view name;  ///< ours
  CellKind kind = CellKind::text;
  bool required = false;      ///< a row without it is refused
  std::string_view xml = {};  ///< CDC's names, with blanks between; lower case, letters and digits alone
};

/// One way of writing a table as lines with `|`: our column for each of theirs, with blanks between; `-` is left out,
/// and columns of theirs that make one of ours are joined with dashes.
struct FlatLayout {
  std::string_view columns;
};

struct CdcTable {
  std::string_view short_name;  ///< as comparisons name it: cvx, ndc_use
  std::string_view id;          ///< of the code set: CVX, NDC_Use
  std::string_view name;        ///< in words
  std::string_view system;      ///< coding system of its codes; may be empty
  std::span<const CdcColumn> columns;
  std::string_view key;  ///< our columns that tell a row from others, with blanks between
  std::span<const FlatLayout> layouts;

  static constexpr size_t none = SIZE_MAX;
  /// Index of a column of ours, or `none`.
  size_t column(std::string_view column_name) const;
};

/// Use dates of CVX codes, made from AIRA's compiled code base; CDC has no such table.
extern const CdcTable kCvxDates;

/// All of CDC's. The first eight are those that a comparison lists.
std::span<const CdcTable> cdc_tables();
/// By id or short name, any case; nullptr for another.
const CdcTable* cdc_table(std::string_view name);

/// The next of several words with blanks between; empty behind the last.
std::string_view next_word(std::string_view& words);

/// Whether a cell that is not empty looks like what its column holds.
bool fits(CellKind kind, std::string_view cell);
/// What it should look like: "a date", "a CVX code (2 or 3 digits)".
std::string_view kind_words(CellKind kind);

}  // namespace iz
