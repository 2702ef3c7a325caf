// A registry's own rules on top of the national ones: a local profile, one JSON file that says only what differs.
//
//     const auto local = LocalProfile::read(text);               // throws LocalError: "line 12: ..."
//     const auto catalogue = Catalogue::load(embedded_files(), {}, std::array{local}, as_of);
//     catalogue->local[size_t(finding.local)].says(LocalKey::code)   // "WB-311"
//
// A change is about a rule ("rule": "name-junk") or about a place of a profile ("at": "PID-11"). Values are kept as the
// text that the file has; the table of keys is what the reader, the schema, the template and the comparison go by, so that
// a new key is one line there and what it does in core/loader_local.cpp. core/local/README.md is for those who write one.
//
// Implementation Guide Release 1.5, chapter 1 (a local guide may constrain it further and may not contradict it).
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/json_reader.h"
#include "core/date.h"
#include "core/rule.h"

namespace iz {

/// Why a local profile is refused: "line 12: no rule is called name-jun".
class LocalError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What a change may say.
enum class LocalKey : uint8_t {
  rule,
  at,
  profiles,
  usage,
  min,
  max,
  codes,
  severity,
  title,
  message,
  plain,
  why,
  fix,
  plain_fix,
  who,
  err3,
  err5,
  code,
  loses,
  since,
  source,
  contact,
  relaxes,
  count
};

/// How the value of a key is written.
enum class LocalForm : uint8_t { text, words, usage, number, severity, who, loss, date };

struct LocalKeyDef {
  std::string_view name;
  LocalForm form;
  std::string_view says;  ///< for those who write a profile
};
/// By LocalKey.
std::span<const LocalKeyDef> local_keys();
/// The values that a form allows; empty where they are no list. Of `usage`, `severity`, `who` and `loss`.
std::span<const std::string_view> local_values(LocalForm form);
/// Why a value has not the form of its key, "fatal is not error, warning, info or off"; empty when it has.
std::string local_misfit(LocalKey key, const std::string& value);
/// The key of that name, or nothing.
std::optional<LocalKey> local_key(std::string_view name);

/// One change. `profiles` are separated by blanks; `max` is a number or `*`.
struct LocalChange {
  std::array<std::string, size_t(LocalKey::count)> values;
  uint32_t line = 0;  ///< of the file, from 1; 0: of no file

  const std::string& operator[](LocalKey key) const { return values[size_t(key)]; }
  std::string& operator[](LocalKey key) { return values[size_t(key)]; }
  bool has(LocalKey key) const { return !(*this)[key].empty(); }
};

/// Reads a change's values as they stand in a cell or an option. Throws LocalError, without a line, when one has not the
/// form of its key or when they contradict each other.
void check_change(const LocalChange& change);

/// "off" beside the three severities: the rule is not used.
std::optional<Severity> severity_named(std::string_view name);
std::optional<Who> who_named(std::string_view name);

struct LocalSteps;

class LocalProfile {
 public:
  /// Reads a file; what names something of the national rules is looked up when a catalogue is loaded with it. Throws
  /// LocalError with line and reason.
  static std::shared_ptr<const LocalProfile> read(std::string text);
  /// Severities that a user chooses, "name-junk=error,PID-13=info": a profile of its own that may relax. Throws LocalError.
  static std::shared_ptr<const LocalProfile> switches(std::string_view list);

  std::string id;       ///< "westbrook"
  std::string title;    ///< "Westbrook IIS"
  std::string edition;  ///< "2026-01-15", or how the registry counts them
  std::string contact;  ///< whom to ask
  std::string source;   ///< the document it was taken from
  std::vector<LocalChange> changes;
  bool by_user = false;               ///< the switches of a user
  bool errors_only = false;           ///< acknowledgments list what is of severity E only
  const LocalSteps* steps = nullptr;  ///< how the loader lays it on top

  /// The file as it was read, and its values; `rules`, `code_sets`, `answers` and `timeliness` are read by the loader.
  const std::string& text() const { return text_; }
  const JsonDocument& file() const { return *file_; }

  LocalProfile() = default;
  LocalProfile(const LocalProfile&) = delete;  // values are views of the text
  LocalProfile& operator=(const LocalProfile&) = delete;

 private:
  std::string text_;
  std::optional<JsonDocument> file_;
};

/// The JSON Schema (2020-12) of a local profile, from the same table of keys.
std::string local_schema();

/// What a change makes of the national rule.
enum class LocalKind : uint8_t { tighter, added, relaxed, wording };
std::string_view to_string(LocalKind);  ///< "tighter", "new", "relaxed", "wording"

/// A change as a catalogue carries it out.
struct LocalEffect {
  std::shared_ptr<const LocalProfile> profile;
  LocalChange change;  ///< with what a profile below it says of the same
  LocalKind kind = LocalKind::tighter;
  std::string national;      ///< what it changes: "usage RE", "severity warning, usage RE"
  std::string here;          ///< what it becomes: "usage R"
  bool presence = false;     ///< of a place: it is about whether something is there
  bool cardinality = false;  ///< about how often
  bool values = false;       ///< about its code

  const std::string& says(LocalKey key) const { return change[key]; }
};

}  // namespace iz
