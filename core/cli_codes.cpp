// `iz codes`: the tables of codes. Each subcommand gets the words after its name.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/cli_tables.h"
#include "core/write_codes.h"

namespace iz::cli {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

/// A table by its id in upper or lower case; "vis" is that of the bar codes. Null, and said, when there is none.
const CodeSet* table_named(const Catalogue& catalogue, std::string_view id) {
  const std::string wanted = lower(id) == "vis" ? "phvs_visbarcodes_iis" : lower(id);
  for (const auto& [name, set] : catalogue.code_sets)
    if (lower(name) == wanted) return set.get();
  fail(fmt::format("there is no table {} (iz version lists them)", id));
  return nullptr;
}

/// Whether JSON is wanted; nullopt, and said, for a format that there is not.
std::optional<bool> json_wanted(const Arguments& arguments) {
  const std::string_view format = arguments.option("--format", "text");
  if (format == "json") return true;
  if (format == "text") return false;
  fail(fmt::format("unknown format {}; there are text, json", format));
  return std::nullopt;
}

int show(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--format", "--message", "--as-of", "--codes"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto json = json_wanted(arguments);
  if (!json) return kCouldNotRun;
  if (arguments.rest().size() < 2) return fail("codes show needs a table and a code: iz codes show CVX 208");
  const Catalogue* chosen = catalogue_for(arguments);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  const CodeSet* set = table_named(catalogue, arguments.rest()[0]);
  if (!set) return kCouldNotRun;
  std::string code;  // a trade name may be several words
  for (const std::string_view word : std::span(arguments.rest()).subspan(1))
    code.append(code.empty() ? "" : " ").append(word);
  CodePage page = code_page(catalogue, *set, code);
  if (!page.found) {
    std::string near;
    for (const Code* row : set->nearest(code, 3)) near.append(near.empty() ? "; nearest: " : ", ").append(row->code);
    return fail(fmt::format("{} has no code {} in edition {}{}", set->id, code, edition_words(*set), near));
  }
  Message message;
  std::optional<Extraction> extraction;
  if (arguments.has("--message")) {
    const auto options = check_options(arguments);
    if (!options) return kCouldNotRun;
    if (!(extraction = read_messages(arguments.option("--message")))) return kCouldNotRun;
    message.parse_view(extraction->messages[0].text);
    Report report;
    Checker(catalogue).check(message, *options, report);
    add_uses(page, catalogue, message, report);
  }
  print(*json ? code_page_json(page, &message) + '\n' : code_page_text(page));
  return kClean;
}

int search(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--format", "--table", "--limit", "--codes"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto json = json_wanted(arguments);
  if (!json) return kCouldNotRun;
  std::string text;
  for (const std::string_view word : arguments.rest()) text.append(text.empty() ? "" : " ").append(word);
  if (text.empty()) return fail("codes search needs what to look for: iz codes search gardasil");
  const Catalogue* chosen = catalogue_for(arguments);
  if (!chosen) return kCouldNotRun;
  const Catalogue& catalogue = *chosen;
  std::string_view table;
  if (arguments.has("--table")) {
    const CodeSet* set = table_named(catalogue, arguments.option("--table"));
    if (!set) return kCouldNotRun;
    table = set->id;
  }
  size_t limit = 20;
  if (const std::string_view asked = arguments.option("--limit", "20"); true) {
    const auto [end, error] = std::from_chars(asked.data(), asked.data() + asked.size(), limit);
    if (error != std::errc{} || end != asked.data() + asked.size() || limit == 0)
      return fail(fmt::format("{} is no number of rows", asked));
  }
  const CodeHits found = CodeSearch(catalogue).find(text, table, limit);
  if (*json)
    print(code_hits_json(found) + '\n');
  else
    print(found.hits.empty() ? "Nothing was found.\n" : code_hits_text(found));
  return kClean;
}

struct Subcommand {
  std::string_view name;
  int (*run)(std::span<char* const>);
};

constexpr Subcommand kSubcommands[] = {{"show", show},       {"search", search},           {"import", codes_import},
                                       {"diff", codes_diff}, {"affected", codes_affected}, {"partner", codes_partner}};

}  // namespace

int codes(std::span<char* const> words) {
  const std::string_view name = words.empty() ? std::string_view{} : words[0];
  std::string names;
  for (const Subcommand& command : kSubcommands) {
    if (command.name == name) return command.run(words.subspan(1));
    names.append(names.empty() ? "" : ", ").append(command.name);
  }
  return fail(fmt::format("codes takes one of {} (iz help says more)", names));
}

}  // namespace iz::cli
