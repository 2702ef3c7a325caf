// The module's calls for tables of codes: import, comparison, a partner's list.
//
// Options: {"files": [{"name", "size", "old"}], "table", "column", "texts"}. The bytes of the files stand one behind the other at
// the beginning of the text; what is left is the text itself.
#include <emscripten/emscripten.h>
#include <fmt/format.h>

#include <new>
#include <nlohmann/json.hpp>

#include "codesets/cdc_tables.h"
#include "codesets/import.h"
#include "codesets/partner_list.h"
#include "core/affected.h"
#include "core/code_tables.h"
#include "core/embedded.h"
#include "core/extract.h"
#include "web/module.h"

namespace {

using Json = nlohmann::json;
using Tables = std::vector<std::shared_ptr<const iz::CodeSet>>;

/// What came in, taken apart. The texts are views of the caller's memory, the names are kept here.
struct Call {
  std::vector<std::string> names;
  std::vector<iz::ImportFile> files[2];  ///< new, old
  bool given[2] = {false, false};
  std::string_view text;
  std::string table;
  uint32_t column = 0;
  bool texts = false, bytes = false;
};

bool read_call(std::string_view text, std::string_view options, Call& call) {
  const Json json = Json::parse(options, nullptr, false);
  if (!json.is_object()) return false;
  const Json files = json.value("files", Json::array());
  call.names.reserve(files.size());
  for (const Json& file : files) {
    const size_t size = file.value("size", size_t{0}), old = file.value("old", false) ? 1 : 0;
    if (size > text.size()) return false;
    call.names.push_back(file.value("name", ""));
    call.files[old].push_back({call.names.back(), text.substr(0, size)});
    text.remove_prefix(size);
  }
  call.given[0] = json.value("has_new", !call.files[0].empty());
  call.given[1] = json.value("has_old", !call.files[1].empty());
  call.text = text;
  call.table = json.value("table", "");
  call.column = json.value("column", 0u);
  call.texts = json.value("texts", false);
  call.bytes = json.value("text_bytes", false);
  return true;
}

template <class Body>
const char* answer(const char* text, size_t size, const char* options, size_t options_size, Body body) {
  try {
    Call call;
    if (!read_call({text, size}, {options, options_size}, call))
      return iz::web::give_error("The options are not an object");
    iz::web::output().clear();
    return body(call);
  } catch (const std::bad_alloc&) {
    iz::web::output() = std::string();
    return iz::web::give_error(fmt::format("Out of memory: the files have {} bytes", size));
  }
}

const iz::CodeSet* built_in(std::string_view id) { return iz::Catalogue::built_in().code_set(id); }
const iz::CodeSet* in_use(std::string_view id) { return iz::web::catalogue().code_set(id); }

/// The tables of one side of a comparison, those in the program where none were given; false with an error given where a
/// file is refused.
bool side_tables(const Call& call, size_t side, Tables& tables) {
  if (!call.given[side]) {
    for (const auto& [id, set] : iz::Catalogue::built_in().code_sets)
      if (iz::cdc_table(id)) tables.push_back(set);
    return true;
  }
  const iz::Import found = iz::import_tables(call.files[side]);
  for (const iz::ImportRefusal& r : found.refused) {
    if (r.foreign && call.files[side].size() > 1) continue;
    iz::web::give_error(iz::refusal_text(r));
    return false;
  }
  for (const iz::ImportedTable& t : found.tables) tables.push_back(t.set);
  return true;
}

}  // namespace

extern "C" {

/// What tables the files hold and what they would change, as `iz codes import --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_codeImport(const char* text, size_t size, const char* options,
                                               size_t options_size) {
  return answer(text, size, options, options_size, [](const Call& call) {
    iz::web::output() = iz::import_json(iz::import_tables(call.files[0], in_use));
    return iz::web::output().c_str();
  });
}

/// The same, and uses the tables from now on in place of those in the program; without files the latter again.
EMSCRIPTEN_KEEPALIVE const char* iz_codeUse(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(text, size, options, options_size, [](const Call& call) {
    const iz::Import found = iz::import_tables(call.files[0], built_in);
    std::vector<iz::LoadedTable> loaded;
    for (const iz::ImportedTable& t : found.tables) loaded.push_back({t.set, true});
    iz::web::use_tables(std::move(loaded));
    iz::web::output() = iz::import_json(found);
    return iz::web::output().c_str();
  });
}

/// Two editions compared, as `iz codes diff --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_codeDiff(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(text, size, options, options_size, [](const Call& call) {
    Tables before, after;
    if (!side_tables(call, 1, before) || !side_tables(call, 0, after)) return iz::web::output().c_str();
    iz::web::output() = iz::changes_json(iz::compare_editions(
        before, after, true, call.given[0] && call.given[1] ? iz::RowOrder::counts : iz::RowOrder::ignored));
    return iz::web::output().c_str();
  });
}

/// For each message of the text, which of its codes mean something else in the other edition.
EMSCRIPTEN_KEEPALIVE const char* iz_codeAffected(const char* text, size_t size, const char* options,
                                                 size_t options_size) {
  return answer(text, size, options, options_size, [](const Call& call) {
    Tables before, after;
    if (!side_tables(call, 1, before) || !side_tables(call, 0, after)) return iz::web::output().c_str();
    const iz::AffectedFinder finder(before, after, call.texts);
    const iz::Extraction extraction = iz::extract(call.text, call.bytes ? iz::InputKind::bytes : iz::InputKind::text);
    std::string& out = iz::web::output();
    iz::Message message;
    uint32_t index = 0;
    iz::json_list(out, extraction.messages, [&](const iz::Extracted& found) {
      message.parse_view(found.text);
      iz::JsonObject o(out);
      o.number("index", index++);
      o.text("control_id", message.get("MSH", 10));
      o.key("affected") += iz::affected_json(message, finder.find(message), iz::Offsets::utf16);
    });
    return out.c_str();
  });
}

/// A partner's list beside the table in use, as `iz codes partner --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_partnerList(const char* text, size_t size, const char* options,
                                                size_t options_size) {
  return answer(text, size, options, options_size, [](const Call& call) {
    const auto tables = iz::partner_tables(iz::web::catalogue(), call.table);
    iz::web::output() =
        iz::partner_json(iz::compare_partner(call.text, tables, {.table = call.table, .column = call.column}));
    return iz::web::output().c_str();
  });
}

}  // extern "C"
