// Everything a check needs: profiles, rules and code sets, compiled at load, immutable afterwards; and the phrases of
// registries.
//
//     const iz::Catalogue& c = iz::Catalogue::built_in();   // from the files embedded in the
//     program const iz::Profile* z22 = c.profile("Z22");
//
// A broken file of ours is a build failure: `load` throws CatalogueError with file and reason, and
// the build runs it.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/codeset.h"
#include "core/completeness.h"
#include "core/embedded.h"
#include "core/error_codes.h"
#include "core/local.h"
#include "core/phrases.h"
#include "core/profile.h"
#include "core/rule.h"

namespace iz {

class CodeLinks;
class DoseCodes;
class PairTable;
class WordList;

class CatalogueError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The rules that the engine itself raises; each has a file of this name in core/rules with its
/// words.
enum class Engine : uint8_t {
  segment_unexpected,       ///< a segment that does not fit the structure at this point
  segment_lower_case,       ///< a segment name written with lower-case letters
  line_unreadable,          ///< a line that is no segment
  segment_missing,          ///< required segment absent
  group_missing,            ///< required group absent
  segment_not_sent,         ///< supported (RE) segment or group absent
  segment_repeated,         ///< more occurrences than allowed
  segment_not_supported,    ///< usage X
  element_missing,          ///< usage R, absent
  element_not_sent,         ///< usage RE, absent
  element_not_supported,    ///< usage X, present
  condition_missing,        ///< predicate gives R, absent
  condition_not_sent,       ///< predicate gives RE, absent
  condition_not_supported,  ///< predicate gives X, present
  repetition_excess,        ///< more repetitions than allowed
  repetition_missing,       ///< fewer
  length_wrong,
  format_wrong,
  separator_unescaped,
  element_extra,           ///< more components or fields than defined
  value_type_unknown,      ///< OBX-2 names no type, OBX-5 not checked
  code_unknown,            ///< not in the bound code set
  code_system_wrong,       ///< code known, coding system another
  code_incomplete,         ///< code without coding system, coding system or alternate text without code
  alternate_code_unknown,  ///< not in the table of the alternate coding system
  alternate_system_wrong,  ///< the alternate code is one of the element's binding, its system is named wrongly
  header_missing,          ///< message does not begin with MSH
  message_foreign,         ///< MSH-9 names a kind of message that no profile is for
  message_unknown,         ///< nothing says what kind of message it is
  message_truncated,       ///< the end is missing
  profile_unknown,         ///< MSH-21 names no profile that is known
  profile_contradicted,    ///< MSH-21 and MSH-9 name different kinds of message
  line_ends_other,         ///< lines end with something else than CR
  line_ends_mixed,         ///< lines end in different ways
  batch_trailer_missing,   ///< BTS or FTS is missing
  batch_header_missing,    ///< BHS or FHS is missing
  batch_count_wrong,       ///< BTS-1 or FTS-1 is not what was counted
  batch_message_outside,   ///< a message beside the batch
  count
};

/// A table that the user brought. Of several in use with one id the last stands in for the built-in one.
struct LoadedTable {
  std::shared_ptr<const CodeSet> set;
  bool in_use = true;  ///< false: only to be compared with, one of `other_editions`
};

class Catalogue {
 public:
  Catalogue();
  ~Catalogue();
  static const Catalogue& built_in();
  /// Builds from JSON files named `core/profiles/X.json`, `core/rules/X.json`, `core/registries/X.json`,
  /// `core/answers/X.json` (those with a "table"), `core/lists/X.json`, `codesets/X.json`.
  /// Tables in `loaded` stand in for built-in ones, or lie beside them. A Catalogue never changes: whoever imports a table
  /// builds a new one. So does whoever loads local profiles: they lie on top in their order, as far as they hold on
  /// `as_of` (all of it, if that is no date). Throws LocalError when one of them is wrong.
  static std::unique_ptr<Catalogue> load(std::span<const EmbeddedFile> files, std::span<const LoadedTable> loaded = {},
                                         std::span<const std::shared_ptr<const LocalProfile>> locals = {},
                                         Date as_of = {});

  const Profile* profile(std::string_view id) const;
  const CodeSet* code_set(std::string_view id) const;
  /// Editions of a table that are there but not in use, the built-in one among them where another stands in for it.
  std::span<const std::shared_ptr<const CodeSet>> other_editions(std::string_view id) const;
  /// How the tables in use lead to each other (core/code_links.h).
  const CodeLinks& links() const { return *links_; }
  /// What the tables in use say that matters for a dose (core/dose_codes.h).
  const DoseCodes& dose_codes() const { return *dose_codes_; }
  const Rule* rule(std::string_view id) const;
  int rule_index(Engine e) const { return engine_rules_[size_t(e)]; }

  std::vector<Rule> rules;  ///< sorted by id
  std::vector<Statement> statements;
  std::vector<std::unique_ptr<Profile>> profiles;                                ///< sorted by id
  std::map<std::string, std::shared_ptr<const CodeSet>, std::less<>> code_sets;  ///< in use, by id
  PhraseBook phrases;
  ErrorCodes error_codes;
  std::map<std::string, std::unique_ptr<const WordList>, std::less<>> word_lists;    ///< of core/lists, by id
  std::map<std::string, std::unique_ptr<const PairTable>, std::less<>> pair_tables;  ///< the same
  std::vector<Measure> measures;                                                     ///< in the order of their list
  std::map<std::string, std::map<std::string, int>, std::less<>> limits;             ///< days, by list and name
  std::map<std::vector<std::string>, Pattern> patterns;                              ///< by their forms
  std::vector<LocalEffect> local;    ///< what local profiles changed; empty without them
  bool answers_list_errors = false;  ///< acknowledgments of this registry have no ERR but for errors

  /// What a local profile says of a code that is its own, by `code`, and of several the one about that place; nullptr for
  /// a code that is of nobody.
  const LocalEffect* local_code(std::string_view code, const Path& place = {}) const;

 private:
  friend class Loader;
  std::map<std::string, std::vector<std::shared_ptr<const CodeSet>>, std::less<>> other_editions_;
  std::unique_ptr<const CodeLinks> links_;
  std::unique_ptr<DoseCodes> dose_codes_;
  int engine_rules_[size_t(Engine::count)] = {};
};

}  // namespace iz
