// `iz deidentify`: copies of messages without the person.
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <random>

#include "core/cli_tables.h"
#include "core/deidentify.h"
#include "core/json.h"

namespace iz::cli {
namespace {

/// A secret that nobody has.
std::string random_seed() {
  std::random_device device;
  std::string seed;
  for (int i = 0; i < 8; ++i) seed += fmt::format("{:08x}", device());
  return seed;
}

}  // namespace

int deidentify(std::span<char* const> words) {
  constexpr std::array<std::string_view, 5> known{"--format", "--profile", "--as-of", "--local", "--seed"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json") return fail(fmt::format("unknown format {}; there are text, json", format));
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().empty()) return fail("deidentify needs a file (- for standard input)");
  if (arguments.has("--seed") && arguments.option("--seed").size() < 16)
    return fail("a seed has at least 16 characters: who guesses it can test who somebody was");
  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  Deidentifier copies(*chosen, arguments.has("--seed") ? std::string(arguments.option("--seed")) : random_seed());
  bool otherwise = false;
  for (const std::string_view name : arguments.rest()) {
    const std::optional<Extraction> found = read_messages(name);
    if (!found) return kCouldNotRun;
    for (const Extracted& message : found->messages) {
      const Deidentified copy = copies.run(message.text, *options);
      otherwise = otherwise || !copy.otherwise.empty();
      if (format == "json") {
        print(deidentified_json(copy) + '\n');
        continue;
      }
      print(copy.text);
      if (!copy.text.ends_with('\r') && !copy.text.ends_with('\n')) print("\r");
      for (const auto* sentences : {&copy.otherwise, &copy.remains})
        for (const std::string& sentence : *sentences) fmt::print(stderr, "iz: {}\n", sentence);
    }
    if (!found->rest.empty()) fmt::print(stderr, "iz: What stands around the messages of {} was left out.\n", name);
  }
  return otherwise ? kErrorsFound : kClean;
}

}  // namespace iz::cli
