// `iz soap`.
#include <fmt/format.h>

#include <array>

#include "core/cli.h"
#include "core/write_answer.h"

namespace iz::cli {

namespace {

int wrap(std::span<char* const> words) {
  constexpr std::array<std::string_view, 3> known{"--username", "--password", "--facility"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  if (arguments.rest().size() != 1) return fail("soap wrap needs one file (- for standard input)");
  const auto extraction = read_messages(arguments.rest()[0]);
  if (!extraction) return kCouldNotRun;
  if (extraction->messages.size() > 1) {
    return fail(
        fmt::format("{} holds {} messages: a call takes one", arguments.rest()[0], extraction->messages.size()));
  }
  print(soap_wrap(extraction->messages[0].text, {.username = arguments.option("--username"),
                                                 .password = arguments.option("--password"),
                                                 .facility_id = arguments.option("--facility")}));
  return kClean;
}

int unwrap(std::span<char* const> words) {
  constexpr std::array<std::string_view, 1> known{"--format"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json") {
    return fail(fmt::format("unknown format {}; there are text, json", format));
  }
  if (arguments.rest().size() != 1) return fail("soap unwrap needs one file (- for standard input)");
  const auto text = read_file(arguments.rest()[0]);
  if (!text) return kCouldNotRun;
  const Answer answer = read_answer(*text);
  const auto problems = envelope_problems(*text, answer);
  print(format == "json" ? answer_json(*text, answer, problems) + '\n' : answer_text(*text, answer, problems));
  return answer.trouble || !problems.empty() ? kErrorsFound : kClean;
}

int test(std::span<char* const> words) {
  Arguments arguments;
  if (!arguments.parse(words, {})) return kCouldNotRun;
  if (arguments.rest().size() > 1) return fail("soap test takes one text to be sent back");
  print(soap_connectivity_test(arguments.rest().empty() ? "Hello" : arguments.rest()[0]));
  return kClean;
}

}  // namespace

int soap(std::span<char* const> words) {
  const std::string_view name = words.empty() ? std::string_view{} : words[0];
  if (name == "wrap") return wrap(words.subspan(1));
  if (name == "unwrap") return unwrap(words.subspan(1));
  if (name == "test") return test(words.subspan(1));
  return fail(name.empty() ? "soap needs wrap, unwrap or test"
                           : fmt::format("soap has no {}; there are wrap, unwrap, test", name));
}

}  // namespace iz::cli
