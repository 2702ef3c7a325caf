#include "core/error_words.h"

#include <utility>

#include "core/error_locations.h"

namespace iz {
namespace {

bool is(const Path& place, std::string_view segment) { return place.segment == segment_code(segment); }

/// The place that an error speaks of: in the sent message, else as its ERL or its text names it.
Path place_of(const ErrorReport& e) {
  if (!e.places.empty()) return e.places[0].path;
  if (const auto named = named_places(e.erl, {}); !named.empty()) return named[0].path;
  if (const auto said = places_in_text(e.text); !said.empty()) return said[0];
  return {};
}

/// A value that was not found in a table: ERR-3 103, or ERR-5 5 from a registry that always writes another code.
bool unknown_code(const ErrorReport& e) { return e.code == "103" || e.application_code == "5"; }

/// By the place; 102 is no sign of the vendor, for registries use it of any wrong value. `words` are those of the code.
Who who_fixes(const ErrorReport& e, const Path& place, const CodeWords& words) {
  const uint32_t field = place.field;
  if (e.code == "206" || e.code == "207") return Who::iis;
  if (place.segment == 0) return e.code == "102" ? Who::vendor : words.by_place ? Who::interface : words.who;
  if (is(place, "MSH") || is(place, "FHS") || is(place, "BHS"))
    return field == 4 || field == 6 || field == 22 || field == 23 ? Who::iis : Who::vendor;
  if (is(place, "PID")) return field == 3 && place.component > 3 ? Who::vendor : Who::registration;
  if (e.code == "100" && field == 0) return Who::vendor;  // the segment is missing or out of order
  if (is(place, "QPD") || is(place, "RCP")) return field <= 2 ? Who::vendor : Who::registration;
  if (is(place, "RXR")) return unknown_code(e) ? Who::codes : Who::clinic;
  if (is(place, "OBX")) return field != 5 && field != 0 ? Who::vendor : Who::clinic;
  if (is(place, "NTE")) return Who::clinic;
  if (is(place, "ORC")) return field == 10 || field == 12 ? Who::clinic : Who::vendor;
  if (is(place, "RXA")) {
    if (field == 5 || field == 17) return unknown_code(e) ? Who::codes : Who::clinic;
    if (field == 11) return Who::iis;
    return field == 2 || field == 9 || field == 21 ? Who::vendor : Who::clinic;
  }
  return is(place, "PV1") || is(place, "SFT") ? Who::vendor : Who::registration;
}

/// What the registry's own profile says of its code; of what it leaves out, what the rule says.
CodeWords local_words(const Catalogue& catalogue, const LocalEffect& own, const ErrorReport& e) {
  const Rule* rule = catalogue.rule(own.says(LocalKey::rule));
  const auto words = [&](LocalKey key, std::string Rule::* part) {
    const std::string& text = !own.says(key).empty() || !rule ? own.says(key) : rule->*part;
    return text.find('{') == std::string::npos ? text : std::string();  // a sentence that needs the value
  };
  CodeWords out;
  out.code = e.local_code;
  out.name = words(LocalKey::title, &Rule::title);
  out.meaning = words(LocalKey::message, &Rule::message);
  if (out.name.empty()) out.name = out.meaning;
  if (out.name.empty()) out.name = rule ? "Rule " + rule->id : own.says(LocalKey::at) + ": " + own.here;
  if (out.meaning.empty()) out.meaning = out.name + " (" + own.profile->title + ").";
  out.why = words(LocalKey::why, &Rule::why);
  out.fix = words(LocalKey::fix, &Rule::fix);
  const auto who = who_named(own.says(LocalKey::who));
  out.who = who ? *who : rule ? rule->who : who_fixes(e, place_of(e), out);
  if (const auto path = parse_path(own.says(LocalKey::at)); path && path->field) out.path = *path;
  return out;
}

}  // namespace

std::optional<CodeWords> explain_code(const Catalogue& catalogue, CodeTable table, std::string_view code) {
  return catalogue.error_codes.words(table, code);
}

CodeWords explain_error(const Catalogue& catalogue, const ErrorReport& e) {
  if (const LocalEffect* own = catalogue.local_code(e.local_code, place_of(e))) return local_words(catalogue, *own, e);
  for (const std::string_view name : {std::string_view(e.local_code), std::string_view(e.text)})
    if (auto words = explain_code(catalogue, CodeTable::detection, name)) return *words;
  auto words = explain_code(catalogue, CodeTable::application_error, e.application_code);
  if (!words) words = explain_code(catalogue, CodeTable::error_code, e.code);
  CodeWords out = words ? std::move(*words) : CodeWords{};
  out.who = who_fixes(e, place_of(e), out);
  return out;
}

}  // namespace iz
