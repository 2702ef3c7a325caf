// `iz interpret`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/cli_tables.h"
#include "core/error_words.h"
#include "core/interpret.h"
#include "core/query_answer.h"
#include "core/write_outcome.h"

namespace iz::cli {

namespace {

/// What the local profile says of the registry's own codes, each once; empty where none is its.
std::string own_codes_text(const Catalogue& catalogue, const Outcome& outcome) {
  std::string out;
  std::vector<std::string_view> told;
  for (const ErrorReport& e : outcome.errors) {
    if (!catalogue.local_code(e.local_code) || std::find(told.begin(), told.end(), e.local_code) != told.end())
      continue;
    told.push_back(e.local_code);
    const CodeWords words = explain_error(catalogue, e);
    out += fmt::format("{}{}  {}\n", out.empty() ? "\nCodes of this registry\n" : "", words.code, words.meaning);
    for (const std::string& more : {words.why, words.fix})
      if (!more.empty()) out += fmt::format("  {}\n", more);
    out += fmt::format("  Who fixes: {}.\n", label(words.who));
  }
  return out;
}

}  // namespace

int interpret(std::span<char* const> words) {
  constexpr std::array<std::string_view, 5> known{"--sent", "--format", "--profile", "--as-of", "--local"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json") return fail(fmt::format("unknown format {}; there are text, json", format));
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().size() != 1) return fail("interpret needs one file (- for standard input)");
  const auto text = read_file(arguments.rest()[0], true);
  if (!text) return kCouldNotRun;
  const Answer answer = read_answer(*text);

  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  Message sent;
  Report report;
  if (arguments.has("--sent")) {
    const auto extraction = read_messages(arguments.option("--sent"));
    if (!extraction) return kCouldNotRun;
    sent.parse(extraction->messages[answered(answer, extraction->messages)].text);
    Checker(catalogue).check(sent, *options, report);
  }
  const Message* known_sent = arguments.has("--sent") ? &sent : nullptr;
  const Outcome outcome = iz::interpret(catalogue, answer, known_sent, known_sent ? &report : nullptr);
  std::string out = format == "json" ? outcome_json(outcome, known_sent) : outcome_text(outcome, known_sent);
  if (outcome.query && outcome.answer >= 0) {
    // What the answer to a query holds beside its outcome.
    Message response;
    response.parse_view(answer.messages[size_t(outcome.answer)].text);
    Report checked;
    Checker(catalogue).check(response, *options, checked);
    const QueryAnswer held = read_query_answer(catalogue, response, checked, known_sent);
    if (format == "json")
      out = with_query_answer(std::move(out), response, held);
    else if (const std::string tables = query_answer_text(held); !tables.empty())
      out += '\n' + tables;
  }
  print(format == "json" ? out + '\n' : out + own_codes_text(catalogue, outcome));
  return kClean;
}

}  // namespace iz::cli
