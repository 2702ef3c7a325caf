// The module's calls for local profiles: a registry's own rules on top of the national ones.
//
// Options: {"as_of", "what"}. The text is the profile, or the template that was edited.
#include <emscripten/emscripten.h>

#include <new>
#include <nlohmann/json.hpp>

#include "core/embedded.h"
#include "core/local_changes.h"
#include "core/local_examples.h"
#include "core/local_template.h"
#include "web/module.h"

namespace {

using Json = nlohmann::json;

template <class Body>
const char* answer(const char* options, size_t options_size, Body body) {
  try {
    const Json json = Json::parse(std::string_view(options, options_size), nullptr, false);
    if (!json.is_object()) return iz::web::give_error("The options are not an object");
    const std::string day = json.value("as_of", "");
    const auto as_of = day.empty() ? std::optional(iz::Date{}) : iz::parse_date(day);
    if (!as_of) return iz::web::give_error(day + " is not a date (YYYY-MM-DD)");
    iz::web::output() = body(*as_of, json.value("what", ""));
    return iz::web::output().c_str();
  } catch (const iz::LocalError& e) {
    return iz::web::give_error(e.what());
  } catch (const std::bad_alloc&) {
    iz::web::output() = std::string();
    return iz::web::give_error("Out of memory");
  }
}

}  // namespace

extern "C" {

/// Uses a local profile from now on; an empty text: none. Gives what it changes and what its examples say.
EMSCRIPTEN_KEEPALIVE const char* iz_localUse(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, [&](iz::Date as_of, const std::string&) {
    iz::web::use_local(size == 0 ? nullptr : iz::LocalProfile::read(std::string(text, size)), as_of);
    const auto& local = iz::web::local();
    if (!local) return std::string("null");
    Json out = {{"id", local->id}, {"title", local->title}, {"edition", local->edition}};
    out["changes"] = Json::parse(iz::local_changes_json({iz::web::catalogue(), *local}));
    const iz::LocalExamples examples =
        iz::run_examples(iz::web::catalogue(), *local, as_of ? as_of : iz::Date{2026, 2, 18});
    out["examples"] = {{"run", examples.run}, {"failed", examples.failed}};
    return out.dump(-1, ' ', false, Json::error_handler_t::replace);
  });
}

/// The data-error template of the profile in use, or of the national rules: as CSV or as a page.
EMSCRIPTEN_KEEPALIVE const char* iz_localTemplate(const char*, size_t, const char* options, size_t options_size) {
  return answer(options, options_size, [](iz::Date, const std::string& what) {
    const auto write = what == "html" ? iz::template_html : iz::template_csv;
    return Json{{"text", write(iz::web::catalogue(), iz::web::local().get())}}.dump(-1, ' ', false,
                                                                                    Json::error_handler_t::replace);
  });
}

/// The JSON Schema of local profiles.
EMSCRIPTEN_KEEPALIVE const char* iz_localSchema(const char*, size_t, const char* options, size_t options_size) {
  return answer(options, options_size,
                [](iz::Date, const std::string&) { return Json{{"text", iz::local_schema()}}.dump(); });
}

/// An edited template as a local profile.
EMSCRIPTEN_KEEPALIVE const char* iz_localImport(const char* text, size_t size, const char* options,
                                                size_t options_size) {
  return answer(options, options_size, [&](iz::Date, const std::string&) {
    return Json{{"text", iz::local_from_csv({text, size})}}.dump(-1, ' ', false, Json::error_handler_t::replace);
  });
}

}  // extern "C"
