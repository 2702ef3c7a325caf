// `iz explain` and `iz summary`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/cli_tables.h"
#include "core/element_words.h"
#include "core/outline.h"
#include "core/write.h"

namespace iz::cli {

namespace {

std::optional<bool> read_json_wanted(std::string_view format) {
  if (format == "text") return false;
  if (format == "json") return true;
  fail(fmt::format("unknown format {}; there are text, json", format));
  return std::nullopt;
}

std::optional<uint32_t> read_message_number(std::string_view text, size_t count) {
  uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    fail(fmt::format("{} is no number of a message", text));
    return std::nullopt;
  }
  if (number >= count) {
    fail(fmt::format("there is no message {}: the file holds {}, counted from 0", number, count));
    return std::nullopt;
  }
  return number;
}

/// Prints every place of the message that holds something.
void print_all(const Catalogue& catalogue, const Message& message, const Report& report, bool json) {
  bool first = true;
  for_each_place(catalogue, message, report, [&](const Explanation& e) {
    if (json) {
      print(first ? "[\n" : ",\n");
      print(explanation_json(catalogue, message, report, e));
    } else {
      print(place_text(e));
    }
    first = false;
    return true;
  });
  if (json) print(first ? "[]\n" : "\n]\n");
}

/// A group as `check` names it: "VXU_V04.ORDER[2]", the first where no number stands.
struct GroupPlace {
  std::string_view name;
  uint32_t number = 1;
};

std::optional<GroupPlace> parse_group(std::string_view text) {
  GroupPlace group{text};
  if (const size_t open = text.find('['); open != std::string_view::npos) {
    group.name = text.substr(0, open);
    const char* const begin = text.data() + open + 1;
    const char* const stop = text.data() + text.size() - 1;
    if (text.back() != ']' || begin > stop) return std::nullopt;
    const auto [end, error] = std::from_chars(begin, stop, group.number);
    if (error != std::errc{} || end != stop || group.number == 0) return std::nullopt;
  }
  if (group.name.find('.') == std::string_view::npos) return std::nullopt;
  return group;
}

/// Name, usage, cardinality and findings of a group.
int explain_group(const Catalogue& catalogue, const Message& message, const Report& report, const GroupPlace& at,
                  bool json) {
  const std::string where = fmt::format("{}[{}]", at.name, at.number);
  if (!report.profile) return fail("no profile fits, so no group is known");
  const auto& structure = report.profile->structure;
  const auto def = std::find_if(structure.begin(), structure.end(),
                                [&](const StructureDef& d) { return d.group && d.name == at.name; });
  if (def == structure.end()) return fail(fmt::format("{} has no {}", report.profile->id, where));
  const std::string usage(to_string(def->usage)), cardinality = cardinality_text(def->min, def->max);
  std::vector<uint32_t> findings;
  for (uint32_t i = 0; i < report.findings.size(); ++i)
    if (report.findings[i].group >= 0 && place(catalogue, report, report.findings[i]) == where) findings.push_back(i);
  if (json) {
    const nlohmann::ordered_json out{
        {"path", where}, {"name", def->name}, {"usage", usage}, {"cardinality", cardinality}, {"findings", findings}};
    print(out.dump(2) + '\n');
    return kClean;
  }
  std::string out = fmt::format("{}\n  {:<12}{}\n  {:<12}{}\n", where, "Usage", usage, "Cardinality", cardinality);
  for (const uint32_t i : findings) {
    const Finding& f = report.findings[i];
    out += fmt::format("  {:<12}{}\n", to_string(f.severity), visible_text(title(catalogue, message, report, f)));
  }
  print(out);
  return kClean;
}

}  // namespace

int explain(std::span<char* const> words) {
  constexpr std::array<std::string_view, 6> known{"--at", "--format", "--profile", "--as-of", "--local", "--message"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto json = read_json_wanted(arguments.option("--format", "text"));
  if (!json) return kCouldNotRun;
  const std::string_view at = arguments.option("--at");
  const auto path = parse_path(at);
  const auto group = path ? std::nullopt : parse_group(at);
  if (arguments.has("--at") && !path && !group) return fail(fmt::format("{} is not a place (RXA-5.1)", at));
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().size() != 1) return fail("explain needs one file (- for standard input)");
  const auto extraction = read_messages(arguments.rest()[0]);
  if (!extraction) return kCouldNotRun;
  const auto number = read_message_number(arguments.option("--message", "0"), extraction->messages.size());
  if (!number) return kCouldNotRun;

  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  Message message;
  message.parse_view(extraction->messages[*number].text);
  Report report;
  Checker(catalogue).check(message, *options, report);
  if (group) return explain_group(catalogue, message, report, *group, *json);
  if (!path) {
    print_all(catalogue, message, report, *json);
    return kClean;
  }
  const Explanation explanation = iz::explain(catalogue, message, report, *path);
  // Without a profile nothing is known of the places, but what stands there can be told.
  if (!explanation.defined && report.profile) {
    return fail(fmt::format("{} has no {}", report.profile->id, to_string(*path)));
  }
  print(*json ? explanation_json(catalogue, message, report, explanation) + '\n'
              : explanation_text(catalogue, message, report, explanation));
  return kClean;
}

int summary(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--format", "--profile", "--as-of", "--local"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto json = read_json_wanted(arguments.option("--format", "text"));
  if (!json) return kCouldNotRun;
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().empty()) return fail("summary needs a file (- for standard input)");

  const Catalogue* const chosen = catalogue_for(arguments, options->as_of);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  Checker checker(catalogue);
  Message message;
  Report report;
  bool could_not_run = false, first = true;
  for (const std::string_view name : arguments.rest()) {
    const auto extraction = read_messages(name);
    if (!extraction) {
      could_not_run = true;
      continue;
    }
    for (const Extracted& found : extraction->messages) {
      message.parse_view(found.text);
      checker.check(message, *options, report);
      const Summary result = summarize(catalogue, message, report);
      if (*json) {
        print(first ? "[\n" : ",\n");
        print(summary_json(message, result));
      } else {
        if (!first) print("\n");
        print(summary_text(result));
      }
      first = false;
    }
  }
  if (*json) print(first ? "[]\n" : "\n]\n");
  return could_not_run ? kCouldNotRun : kClean;
}

}  // namespace iz::cli
