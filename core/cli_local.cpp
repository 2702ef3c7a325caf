// `iz local`: a registry's own rules.
#include <fmt/format.h>

#include <array>

#include "core/cli_tables.h"
#include "core/local_changes.h"
#include "core/local_examples.h"
#include "core/local_template.h"

namespace iz::cli {

namespace {

/// A profile with the catalogue that holds it; nullopt when it is refused, which has been said then.
struct Loaded {
  std::shared_ptr<const LocalProfile> local;
  std::unique_ptr<Catalogue> catalogue;
};
std::optional<Loaded> load_local(std::string_view name) {
  Loaded out{read_local(name), nullptr};
  if (!out.local) return std::nullopt;
  try {
    out.catalogue = Catalogue::load(embedded_files(), {}, {&out.local, 1});
  } catch (const LocalError& e) {
    fail(fmt::format("{}, {}", name, e.what()));
    return std::nullopt;
  }
  return out;
}

std::string counted(size_t n, std::string_view one) { return fmt::format("{} {}{}", n, one, n == 1 ? "" : "s"); }

int validate(const Arguments& arguments) {
  if (arguments.rest().empty()) return fail("local validate needs a file (- for standard input)");
  bool refused = false;
  for (const std::string_view name : arguments.rest()) {
    const auto loaded = load_local(name);
    if (!loaded) {
      refused = true;
      continue;
    }
    const LocalExamples examples = run_examples(*loaded->catalogue, *loaded->local, {2026, 2, 18});
    for (const std::string& failed : examples.failed) fail(fmt::format("{}, {}", name, failed));
    refused = refused || !examples.failed.empty();
    std::array<size_t, 4> kinds{};
    for (const LocalEffect& e : loaded->catalogue->local) ++kinds[size_t(e.kind)];
    std::string how;
    for (size_t k = 0; k < kinds.size(); ++k)
      if (kinds[k] > 0)
        how += fmt::format("{}{} {}", how.empty() ? "" : ", ", kinds[k], to_string(static_cast<LocalKind>(k)));
    print(fmt::format("{}: {}, {}: {}{}; {} run, {} failed\n", name, loaded->local->title, loaded->local->edition,
                      counted(loaded->catalogue->local.size(), "change"), how.empty() ? "" : " (" + how + ")",
                      counted(examples.run, "example"), examples.failed.size()));
  }
  return refused ? kErrorsFound : kClean;
}

int differences(const Arguments& arguments) {
  if (arguments.rest().empty() || arguments.rest().size() > 2) return fail("local diff needs one or two files");
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json" && format != "csv")
    return fail(fmt::format("unknown format {}; there are text, json, csv", format));
  const auto first = load_local(arguments.rest()[0]);
  if (!first) return kCouldNotRun;
  const auto second = arguments.rest().size() == 2 ? load_local(arguments.rest()[1]) : std::nullopt;
  if (arguments.rest().size() == 2 && !second) return kCouldNotRun;
  const LocalSide a{*first->catalogue, *first->local};
  const auto other = second ? std::optional<LocalSide>({*second->catalogue, *second->local}) : std::nullopt;
  const LocalSide* b = other ? &*other : nullptr;
  const auto write = format == "json" ? local_changes_json : format == "csv" ? local_changes_csv : local_changes_text;
  print(write(a, b));
  return local_changes_json(a, b) == "[]\n" ? kClean : kErrorsFound;
}

int write_template(const Arguments& arguments) {
  if (arguments.rest().size() > 1) return fail("local template takes one file");
  const std::string_view format = arguments.option("--format", "csv");
  if (format != "html" && format != "csv") return fail(fmt::format("unknown format {}; there are csv, html", format));
  const auto loaded = arguments.rest().empty() ? std::nullopt : load_local(arguments.rest()[0]);
  if (!arguments.rest().empty() && !loaded) return kCouldNotRun;
  const auto write = format == "html" ? template_html : template_csv;
  print(write(loaded ? *loaded->catalogue : Catalogue::built_in(), loaded ? loaded->local.get() : nullptr));
  return kClean;
}

int import(const Arguments& arguments) {
  if (arguments.rest().size() != 1) return fail("local import needs one file (- for standard input)");
  const auto csv = read_file(arguments.rest()[0]);
  if (!csv) return kCouldNotRun;
  try {
    print(local_from_csv(*csv));
  } catch (const LocalError& e) {
    return fail(fmt::format("{}, {}", arguments.rest()[0], e.what()));
  }
  return kClean;
}

}  // namespace

int local(std::span<char* const> words) {
  if (words.empty()) return fail("local needs validate, diff, template, import or schema");
  const std::string_view what = words[0];
  constexpr std::array<std::string_view, 1> known{"--format"};
  const bool formats = what == "diff" || what == "template";
  Arguments arguments;
  if (!arguments.parse(words.subspan(1),
                       formats ? std::span<const std::string_view>(known) : std::span<const std::string_view>()))
    return kCouldNotRun;
  if (what == "validate") return validate(arguments);
  if (what == "diff") return differences(arguments);
  if (what == "template") return write_template(arguments);
  if (what == "import") return import(arguments);
  if (what == "schema") {
    if (!arguments.rest().empty()) return fail("local schema takes no file");
    print(local_schema());
    return kClean;
  }
  return fail(fmt::format("local has no {}; there are validate, diff, template, import, schema", what));
}

}  // namespace iz::cli
