// Shared by the parts of the command `iz`: arguments, files, output and errors.
//
// Exit status: 0 no errors in the messages, 1 errors found, 2 could not run; each failure is one line on stderr.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/extract.h"

namespace iz::cli {

inline constexpr int kClean = 0, kErrorsFound = 1, kCouldNotRun = 2;

/// Says why a command could not run, on one line, and returns `kCouldNotRun`.
int fail(std::string_view why);

/// The arguments of one command: values of the options that it knows, and the rest.
class Arguments {
 public:
  /// Reads `--name value` and `--name=value` in any place; `--` ends the options, `-` is a file. False when an option is
  /// not in `known`, stands twice or has no value; the failure has been said then.
  bool parse(std::span<char* const> words, std::span<const std::string_view> known);
  /// The value of an option, or `otherwise`.
  std::string_view option(std::string_view name, std::string_view otherwise = {}) const;
  bool has(std::string_view name) const;
  const std::vector<std::string_view>& rest() const { return rest_; }

 private:
  std::vector<std::pair<std::string_view, std::string_view>> options_;
  std::vector<std::string_view> rest_;
};

/// The options that choose how a message is checked: `--profile`, `--as-of` (today if not given), `--sender`. Nullopt when
/// one of them cannot be used; the failure has been said then.
std::optional<CheckOptions> check_options(const Arguments& arguments);

/// The bytes of a file, `-` for standard input. Nullopt when it cannot be read or, unless `may_be_empty`, is empty; said
/// then.
std::optional<std::string> read_file(std::string_view name, bool may_be_empty = false);

/// The messages of a file. Nullopt when it cannot be read or holds none; said then.
std::optional<Extraction> read_messages(std::string_view name);
/// The same of text that was read already.
std::optional<Extraction> read_messages(std::string_view text, std::string_view name);

/// Writes to standard output.
void print(std::string_view text);

// The commands. Each gets the words after its name.
int check(std::span<char* const> words);
int explain(std::span<char* const> words);
int summary(std::span<char* const> words);
int predict(std::span<char* const> words);
int soap(std::span<char* const> words);
int interpret(std::span<char* const> words);
int codes(std::span<char* const> words);
int triage(std::span<char* const> words);
int fix(std::span<char* const> words);
int deidentify(std::span<char* const> words);
int diff(std::span<char* const> words);
int local(std::span<char* const> words);
int codes_import(std::span<char* const> words);
int codes_diff(std::span<char* const> words);
int codes_affected(std::span<char* const> words);
int codes_partner(std::span<char* const> words);
int bench(std::span<char* const> words);

}  // namespace iz::cli
