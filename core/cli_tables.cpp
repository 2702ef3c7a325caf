#include "core/cli_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace iz::cli {

namespace {

/// The catalogue made for `--codes`; lives as long as the program.
std::unique_ptr<Catalogue>& own_catalogue() {
  static std::unique_ptr<Catalogue> catalogue;
  return catalogue;
}

}  // namespace

std::vector<ImportFile> TableFiles::views() const {
  std::vector<ImportFile> out;
  out.reserve(names.size());
  for (size_t i = 0; i < names.size(); ++i) out.push_back({names[i], bytes[i]});
  return out;
}

bool add_table_files(TableFiles& files, std::string_view name) {
  namespace fs = std::filesystem;
  std::error_code error;
  const bool folder = name != "-" && fs::is_directory(fs::path(name), error);
  std::vector<std::string> names;
  if (folder) {
    fs::recursive_directory_iterator at(fs::path(name), error), end;
    for (; !error && at != end; at.increment(error)) {
      if (at.depth() >= 2) at.disable_recursion_pending();
      if (at->is_regular_file(error) && !at->path().filename().string().starts_with('.'))
        names.push_back(at->path().generic_string());
    }
    if (error) return fail(fmt::format("cannot read {}: {}", name, error.message())), false;
    if (names.empty()) return fail(fmt::format("{} holds no files", name)), false;
    std::sort(names.begin(), names.end());
  } else {
    names.emplace_back(name);
  }
  for (std::string& file : names) {
    auto bytes = read_file(file, true);
    if (!bytes) return false;
    files.names.push_back(std::move(file));
    files.bytes.push_back(std::move(*bytes));
    files.listed.push_back(folder);
  }
  return true;
}

std::optional<std::vector<std::shared_ptr<const CodeSet>>> read_tables(std::string_view name) {
  TableFiles files;
  if (!add_table_files(files, name)) return std::nullopt;
  const Import found = import_tables(files.views());
  bool bad = found.tables.empty();
  for (const ImportRefusal& r : found.refused) {
    const bool other = r.foreign && (files.names.size() > 1 || files.listed[0]);
    fail((other ? "passed over: " : "refused: ") + refusal_text(r));
    bad = bad || !other;
  }
  if (bad) {
    if (found.refused.empty()) fail(fmt::format("{} holds no table", name));
    return std::nullopt;
  }
  std::vector<std::shared_ptr<const CodeSet>> tables;
  tables.reserve(found.tables.size());
  for (const ImportedTable& t : found.tables) tables.push_back(t.set);
  return tables;
}

std::shared_ptr<const LocalProfile> read_local(std::string_view name) {
  auto text = read_file(name);
  if (!text) return nullptr;
  try {
    return LocalProfile::read(std::move(*text));
  } catch (const LocalError& e) {
    fail(fmt::format("{}, {}", name, e.what()));
    return nullptr;
  }
}

/// The tables of `--codes`. Nullopt when they cannot be used; said then.
static std::optional<std::vector<LoadedTable>> tables_for(const Arguments& arguments) {
  std::vector<LoadedTable> loaded;
  if (!arguments.has("--codes")) return loaded;
  TableFiles files;
  if (!add_table_files(files, arguments.option("--codes"))) return std::nullopt;
  const Catalogue& built_in = Catalogue::built_in();
  const Import found = import_tables(files.views(), [&](std::string_view id) { return built_in.code_set(id); });
  bool bad = found.tables.empty();
  for (const ImportRefusal& r : found.refused) {
    const bool other = r.foreign && files.listed[0];
    fail((other ? "passed over: " : "refused: ") + refusal_text(r));
    bad = bad || !other;
  }
  if (bad) return std::nullopt;
  loaded.reserve(found.tables.size());
  for (const ImportedTable& t : found.tables) loaded.push_back({t.set, true});
  return loaded;
}

const Catalogue* catalogue_for(const Arguments& arguments, Date as_of) {
  if (!arguments.has("--codes") && !arguments.has("--local") && !arguments.has("--severity"))
    return &Catalogue::built_in();
  if (own_catalogue()) return own_catalogue().get();
  const auto loaded = tables_for(arguments);
  if (!loaded) return nullptr;
  std::vector<std::shared_ptr<const LocalProfile>> locals;
  if (arguments.has("--local")) {
    locals.push_back(read_local(arguments.option("--local")));
    if (!locals.back()) return nullptr;
  }
  try {
    if (arguments.has("--severity")) locals.push_back(LocalProfile::switches(arguments.option("--severity")));
    own_catalogue() = Catalogue::load(embedded_files(), *loaded, locals, as_of);
  } catch (const LocalError& e) {
    const bool of_file = std::string_view(e.what()).starts_with("line ");
    fail(of_file ? fmt::format("{}, {}", arguments.option("--local"), e.what())
                 : fmt::format("--severity: {}", e.what()));
    return nullptr;
  }
  return own_catalogue().get();
}

}  // namespace iz::cli
