// `iz predict`.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "core/cli_tables.h"
#include "core/predict.h"

namespace iz::cli {

int predict(std::span<char* const> words) {
  constexpr std::array<std::string_view, 6> known{"--format", "--profile",    "--as-of",
                                                  "--local",  "--control-id", "--time"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json") return fail(fmt::format("unknown format {}; there are text, json", format));
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().size() != 1) return fail("predict needs one file (- for standard input)");
  const auto extraction = read_messages(arguments.rest()[0]);
  if (!extraction) return kCouldNotRun;

  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  const PredictOptions answer{std::string(arguments.option("--control-id")), std::string(arguments.option("--time"))};
  Checker checker(catalogue);
  Message message;
  Report report;
  bool first = true, accepted = true;
  for (const Extracted& found : extraction->messages) {
    message.parse_view(found.text);
    checker.check(message, *options, report);
    const Prediction p = iz::predict(catalogue, message, report, answer);
    for (const PredictedFault& f : p.faults) accepted = accepted && f.fate < Fate::segment_dropped;
    if (format == "json") {
      print(prediction_json(catalogue, message, report, p) + '\n');
    } else {
      if (!first) print("\n");
      print(prediction_text(catalogue, message, report, p));
    }
    first = false;
  }
  return accepted ? kClean : kErrorsFound;
}

}  // namespace iz::cli
