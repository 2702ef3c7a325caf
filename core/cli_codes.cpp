// `iz codes`: the tables of codes.
#include <fmt/format.h>

#include <algorithm>

#include "core/catalogue.h"
#include "core/cli.h"

namespace iz::cli {

namespace {

/// A table by its id, in upper or lower case.
const CodeSet* table_named(const Catalogue& catalogue, std::string_view id) {
  const auto lower = [](std::string_view s) {
    std::string out(s);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  };
  for (const auto& [name, set] : catalogue.code_sets)
    if (lower(name) == lower(id)) return set.get();
  return nullptr;
}

int show(std::span<char* const> words) {
  Arguments arguments;
  if (!arguments.parse(words, {})) return kCouldNotRun;
  if (arguments.rest().size() != 2) return fail("codes show needs a table and a code: iz codes show CVX 208");
  const CodeSet* set = table_named(Catalogue::built_in(), arguments.rest()[0]);
  if (!set) return fail(fmt::format("there is no table {} (iz version lists them)", arguments.rest()[0]));
  const auto rows = set->rows(arguments.rest()[1]);
  if (rows.empty()) return fail(fmt::format("{} has no code {}", set->id, arguments.rest()[1]));
  std::string out = fmt::format("{}, edition {}\n", set->name, edition_words(*set));
  for (const Code& row : rows)
    for (const std::string& column : set->columns())
      if (const auto text = set->cell(row, column); !text.empty()) out += fmt::format("  {:<12}{}\n", column, text);
  print(out);
  return kClean;
}

struct Subcommand {
  std::string_view name;
  int (*run)(std::span<char* const>);
};

constexpr Subcommand kSubcommands[] = {{"show", show}, {"import", codes_import}, {"diff", codes_diff}, {"affected", codes_affected}, {"partner", codes_partner}};

}  // namespace

int codes(std::span<char* const> words) {
  const std::string_view name = words.empty() ? std::string_view{} : words[0];
  for (const Subcommand& command : kSubcommands)
    if (command.name == name) return command.run(words.subspan(1));
  return fail("codes takes show, import, diff, affected or partner (iz help says more)");
}

}  // namespace iz::cli
