// What the workspace Local rules holds: the profiles that are open, the row that is edited, and what the open message has
// from it.
//
// `Workbench` owns it (ui/workbench_local.cpp); the panes (ui/pane_local.h) draw from it.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "core/fold.h"
#include "core/local_examples.h"
#include "core/predict.h"
#include "core/report.h"

namespace iz {

/// A local profile that is open.
struct LocalTab {
  std::shared_ptr<const LocalProfile> profile;
  std::shared_ptr<const Catalogue> catalogue;  ///< with it on top
  std::string file;                            ///< name of its file
  LocalExamples examples;                      ///< of its own rules, run
  std::string saved;                           ///< its text as it was opened or saved
  std::vector<std::string> undo, redo;         ///< texts before and after
  std::map<std::string, LocalChange> refused;  ///< what was typed about a row and not taken, by `local_row_key`
  bool edited() const { return profile->text() != saved; }
};

/// Parts of the workspace where a window shows one at a time.
enum class LocalPart : uint8_t { rules, rule, effect };

/// What of the profile was asked for: its file, a link with it, the data-error template as a page or for spreadsheets.
enum class LocalExport : uint8_t { none, file, link, page, sheet };

/// A new rule: what has to hold at a place.
enum class NewTest : uint8_t { present, one_of, like };

struct LocalView {
  bool all = false;     ///< all rules, not only what is changed
  bool chosen = false;  ///< a row is chosen
  LocalChange about;    ///< which: rule or place, profiles and day as they stand in the file
  LocalChange draft;    ///< what is to be said about the chosen row
  std::string refused;  ///< why the last edit was not taken; empty: it was
  int against = -1;     ///< the open profile that this one is compared with; -1: what holds nationally
  int closing = -1;     ///< the open profile whose closing was asked for once, though it has changes
  bool adding = false;  ///< a rule of one's own is written
  NewTest test = NewTest::present;
  bool doses_only = true;  ///< the new rule is about doses given
  Severity severity = Severity::error;
  LocalPart part = LocalPart::rules;
  int effect = -1;      ///< the current row of the effects
  uint32_t reveal = 0;  ///< counts choices, so that the list can follow
  LocalExport wanted = LocalExport::none;
};

/// A row of the list.
struct LocalRow {
  LocalChange about;  ///< rule or place, its profiles and its day
  std::string place, title;
  std::optional<Severity> national, here;  ///< nothing: not checked
  std::string there, said;                 ///< compared with another profile: what each says
  std::string kind, code;                  ///< kind is empty where nothing is changed
};

/// What the open message has from a profile: its findings and answer beside the national ones.
struct LocalImpact {
  struct Row {
    int is = -1;  ///< index of the finding in the report in use; -1: it is a national one that is gone
    std::string title, place;
    std::optional<Severity> national, here;
    std::string about;  ///< the rule or place of the profile that it is from
  };
  std::vector<Row> rows;     ///< what is otherwise than nationally
  bool plain_words = false;  ///< the voice of their titles
  std::array<uint32_t, 3> was{}, is{};
  std::string answer_was, answer_is;  ///< "AE, 1 of 2 stored"; empty: none is known
  std::string ack;                    ///< that this registry would send
};

/// Fields of the form about a row; each is a key of a change.
struct LocalField {
  LocalKey key;
  const char* name;  ///< of the field
};
inline constexpr LocalField local_fields[] = {
    {LocalKey::message, "local.message"}, {LocalKey::why, "local.why"},       {LocalKey::fix, "local.fix"},
    {LocalKey::code, "local.code"},       {LocalKey::err3, "local.err3"},     {LocalKey::err5, "local.err5"},
    {LocalKey::min, "local.min"},         {LocalKey::max, "local.max"},       {LocalKey::codes, "local.codes"},
    {LocalKey::since, "local.since"},     {LocalKey::source, "local.source"}, {LocalKey::relaxes, "local.relaxes"}};
/// Fields of the form about the profile itself; each is a member of its file.
struct LocalMember {
  std::string_view member;
  const char* name;
  const char* label;
};
inline constexpr LocalMember local_member_fields[] = {
    {"title", "local.p.title", "Registry"},     {"id", "local.p.id", "Short name"},
    {"edition", "local.p.edition", "Edition"},  {"contact", "local.p.contact", "Contact"},
    {"source", "local.p.source", "Taken from"}, {"note", "local.p.note", "Note"}};
/// A row of the list by what it is about.
std::string local_row_key(const LocalChange& about);
/// The field that filters the list, and those of a new rule.
inline constexpr const char *local_filter = "local", *new_place = "local.new.place", *new_values = "local.new.values",
                            *new_message = "local.new.message", *new_code = "local.new.code";

}  // namespace iz
