// `iz fix` and `iz diff`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/cli_tables.h"
#include "core/compare_messages.h"
#include "core/write_fix.h"

namespace iz::cli {
namespace {

/// "json" or "text"; nullopt when it is another, said then.
std::optional<bool> json_wanted(std::string_view format) {
  if (format == "json" || format == "text") return format == "json";
  fail(fmt::format("unknown format {}; there are text, json", format));
  return std::nullopt;
}

/// The file with its messages replaced where each stands there as it is; nullopt where one had to be taken out of another
/// form.
std::optional<std::string> replaced(std::string_view file, const Extraction& found, const std::vector<FixPlan>& plans) {
  Edits edits;
  for (size_t i = 0; i < plans.size(); ++i) {
    const Extracted& m = found.messages[i];
    if (m.origins.size() != 1) return std::nullopt;
    const Span in = m.origins[0].input;
    if (file.substr(in.begin, in.end - in.begin) != m.text) return std::nullopt;
    edits.push_back({in, plans[i].text});
  }
  return apply_edits(file, edits);
}

}  // namespace

int fix(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--format", "--profile", "--as-of", "--local"};
  std::vector<char*> others;  // --plan has no value
  bool plan_only = false;
  for (char* const word : words) {
    if (std::string_view(word) == "--plan")
      plan_only = true;
    else
      others.push_back(word);
  }
  Arguments arguments;
  if (!arguments.parse(others, known)) return kCouldNotRun;
  const auto json = json_wanted(arguments.option("--format", "text"));
  const auto options = json ? check_options(arguments) : std::nullopt;
  if (!options) return kCouldNotRun;
  if (arguments.rest().size() != 1) return fail("fix needs one file (- for standard input)");
  const std::string_view name = arguments.rest()[0];
  const auto file = read_file(name);
  if (!file) return kCouldNotRun;
  const auto found = read_messages(*file, name);
  if (!found) return kCouldNotRun;

  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  std::vector<FixPlan> plans;
  for (const Extracted& extracted : found->messages) {
    Message message;
    message.parse_view(extracted.text);
    plans.push_back(plan_safe_fixes(catalogue, message, *options));
  }
  if (*json || plan_only) {
    for (size_t i = 0; i < plans.size(); ++i) {
      if (!*json && plans.size() > 1) print(fmt::format("{}Message {}\n", i ? "\n" : "", i));
      print(*json ? plan_json(catalogue, plans[i]) + '\n' : plan_text(plans[i]));
    }
    return kClean;
  }
  if (const auto text = replaced(*file, *found, plans)) {
    print(*text);
    return kClean;
  }
  for (const FixPlan& plan : plans) {
    print(plan.text);
    if (!plan.text.ends_with('\r') && !plan.text.ends_with('\n')) print("\r");
  }
  return kClean;
}

int diff(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--format", "--profile", "--as-of", "--local"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto json = json_wanted(arguments.option("--format", "text"));
  const auto options = json ? check_options(arguments) : std::nullopt;
  if (!options) return kCouldNotRun;
  if (arguments.rest().size() != 2) return fail("diff needs two files");
  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  Checker checker(catalogue);
  std::array<std::optional<Extraction>, 2> found;
  std::array<Message, 2> messages;
  std::array<Report, 2> reports;
  for (size_t i = 0; i < 2; ++i) {
    found[i] = read_messages(arguments.rest()[i]);
    if (!found[i]) return kCouldNotRun;
    messages[i].parse_view(found[i]->messages[0].text);
    checker.check(messages[i], *options, reports[i]);
  }
  const MessageComparison c = compare_messages(catalogue, messages[0], reports[0], messages[1], reports[1]);
  print(*json ? comparison_json(c, messages[0], messages[1], Offsets::bytes) + '\n' : comparison_text(c));
  return c.differences.empty() ? kClean : kErrorsFound;
}

}  // namespace iz::cli
