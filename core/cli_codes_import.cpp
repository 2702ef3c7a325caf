// `iz codes import`, `diff`, `affected` and `partner`.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "codesets/cdc_tables.h"
#include "codesets/compare.h"
#include "codesets/partner_list.h"
#include "core/affected.h"
#include "core/catalogue.h"
#include "core/cli_tables.h"
#include "core/code_tables.h"
#include "core/json.h"
#include "core/utf8.h"

namespace iz::cli {

namespace {

using Tables = std::vector<std::shared_ptr<const CodeSet>>;

const CodeSet* table_of(const Tables& tables, std::string_view id) {
  for (const auto& set : tables)
    if (set->id == id) return set.get();
  return nullptr;
}

}  // namespace

int codes_import(std::span<char* const> words) {
  constexpr std::array<std::string_view, 1> known{"--format"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json") return fail(fmt::format("unknown format {}; there are text, json", format));
  if (arguments.rest().empty()) return fail("codes import needs a file (- for standard input) or a folder");
  TableFiles files;
  for (const std::string_view name : arguments.rest())
    if (!add_table_files(files, name)) return kCouldNotRun;
  const Catalogue& built_in = Catalogue::built_in();
  Import found = import_tables(files.views(), [&](std::string_view id) { return built_in.code_set(id); });
  if (format == "json") {
    print(import_json(found) + '\n');
  } else {
    Import taken;
    taken.tables = std::move(found.tables);
    print(import_text(taken));
    for (const ImportRefusal& r : found.refused) fail("refused: " + refusal_text(r));
  }
  return found.refused.empty() ? kClean : kErrorsFound;
}

namespace {

/// The tables of `--old` or `--new`; those built in where the option is left out. Nullopt when they cannot be read; said.
std::optional<Tables> side_tables(const Arguments& arguments, std::string_view option) {
  if (arguments.has(option)) return read_tables(arguments.option(option));
  Tables tables;
  for (const auto& [id, set] : Catalogue::built_in().code_sets)
    if (cdc_table(id)) tables.push_back(set);
  return tables;
}

}  // namespace

int codes_diff(std::span<char* const> words) {
  constexpr std::array<std::string_view, 3> known{"--old", "--new", "--format"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json" && format != "csv")
    return fail(fmt::format("unknown format {}; there are text, json, csv", format));
  if (!arguments.rest().empty() || (!arguments.has("--old") && !arguments.has("--new")))
    return fail("codes diff needs --old and --new, a file or folder each; one left out is the edition in this program");
  const auto before = side_tables(arguments, "--old"), after = side_tables(arguments, "--new");
  if (!before || !after) return kCouldNotRun;
  const auto only = [&](const Tables& here, const Tables& there, std::string_view option) {
    if (here.size() < 2 || there.size() < 2) return;  // single files are compared with what fits
    for (const auto& set : here)
      if (arguments.has(option) && !table_of(there, set->id))
        fail(fmt::format("passed over: only {} has the table {}", option, set->id));
  };
  only(*before, *after, "--old");
  only(*after, *before, "--new");
  const std::vector<TableChanges> all =
      compare_editions(*before, *after, format == "json",
                       arguments.has("--old") && arguments.has("--new") ? RowOrder::counts : RowOrder::ignored);
  if (all.empty()) return fail("the two sides have no table in common");
  print(format == "json" ? changes_json(all) + '\n' : format == "csv" ? changes_csv(all) : changes_text(all));
  return kClean;
}

int codes_affected(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--old", "--new", "--texts", "--format"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "jsonl")
    return fail(fmt::format("unknown format {}; there are text, jsonl", format));
  const std::string_view texts = arguments.option("--texts", "no");
  if (texts != "yes" && texts != "no") return fail("--texts is yes or no");
  if (!arguments.has("--old") && !arguments.has("--new")) return fail("codes affected needs --old or --new");
  if (arguments.rest().empty()) return fail("codes affected needs a file of messages (- for standard input)");
  const auto before = side_tables(arguments, "--old"), after = side_tables(arguments, "--new");
  if (!before || !after) return kCouldNotRun;
  const AffectedFinder finder(*before, *after, texts == "yes");
  bool any = false;
  Message message;
  for (const std::string_view name : arguments.rest()) {
    const auto extraction = read_messages(name);
    if (!extraction) return kCouldNotRun;
    uint32_t index = 0;
    for (const Extracted& found : extraction->messages) {
      message.parse_view(found.text);
      const auto codes = finder.find(message);
      any = any || !codes.empty();
      if (format == "jsonl") {
        std::string out;
        {
          JsonObject o(out);
          o.number("index", index);
          o.text("file", name);
          o.text("control_id", message.get("MSH", 10));
          o.key("affected") += affected_json(message, codes);
        }
        print(out + '\n');
      } else if (!codes.empty()) {
        print(fmt::format("{}, message {}, control id {}\n", name, index, valid_utf8(message.get("MSH", 10))));
        print(affected_text(codes));
      }
      ++index;
    }
  }
  if (!any && format == "text") print("No code of these messages means something else in the other edition.\n");
  return kClean;
}

int codes_partner(std::span<char* const> words) {
  constexpr std::array<std::string_view, 4> known{"--table", "--column", "--format", "--codes"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json" && format != "csv")
    return fail(fmt::format("unknown format {}; there are text, json, csv", format));
  if (arguments.rest().size() != 1) return fail("codes partner needs one list (- for standard input)");
  PartnerOptions options{.table = arguments.option("--table")};
  if (arguments.has("--column")) {
    const std::string_view column = arguments.option("--column");
    const auto [end, error] = std::from_chars(column.data(), column.data() + column.size(), options.column);
    if (error != std::errc() || end != column.data() + column.size() || options.column == 0)
      return fail(fmt::format("{} is not a column (counted from 1)", column));
  }
  const auto text = read_file(arguments.rest()[0]);
  if (!text) return kCouldNotRun;
  const Catalogue* catalogue = catalogue_for(arguments);
  if (!catalogue) return kCouldNotRun;
  const PartnerList list = compare_partner(*text, partner_tables(*catalogue, options.table), options);
  if (!list.table) return fail(list.error);
  print(format == "json" ? partner_json(list) + '\n' : format == "csv" ? partner_csv(list) : partner_text(list));
  return list.count(PartnerKind::same) == list.codes.size() ? kClean : kErrorsFound;
}

}  // namespace iz::cli
