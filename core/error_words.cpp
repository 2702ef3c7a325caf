#include "core/error_words.h"

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

}  // namespace

std::optional<CodeWords> explain_code(const Catalogue& catalogue, CodeTable table, std::string_view code) {
  return catalogue.error_codes.words(table, code);
}

Who who_fixes(const Path& place, std::string_view error_code) {
  const uint32_t field = place.field;
  const bool table = error_code == "103", type = error_code == "102", absent = error_code == "100";
  if (is(place, "MSH")) return field == 4 || field == 6 || field == 22 || field == 23 ? Who::iis : Who::vendor;
  if (is(place, "RXA")) {
    if (field == 11) return Who::iis;
    if (type || absent || field <= 2 || field == 21 || field == 22) return Who::vendor;
    return table && (field == 5 || field == 17) ? Who::codes : Who::clinic;
  }
  if (is(place, "RXR")) return table ? Who::codes : Who::clinic;
  if (is(place, "ORC")) return field == 21 ? Who::iis : field == 10 || field == 12 ? Who::clinic : Who::vendor;
  if (is(place, "OBX")) return type || absent || (field > 0 && field != 5) ? Who::vendor : Who::clinic;
  if (is(place, "PID") || is(place, "NK1") || is(place, "PD1")) {
    const bool identifier_parts = is(place, "PID") && field == 3 && place.component >= 4;
    return type || absent || identifier_parts ? Who::vendor : Who::registration;
  }
  if (is(place, "PV1") || is(place, "GT1") || is(place, "IN1")) return Who::registration;
  if (is(place, "QPD")) return field <= 2 ? Who::vendor : Who::registration;
  return Who::vendor;
}

CodeWords explain_error(const Catalogue& catalogue, const ErrorReport& e) {
  for (const std::string_view name : {std::string_view(e.local_code), std::string_view(e.text)})
    if (auto words = explain_code(catalogue, CodeTable::detection, name)) return *words;
  auto words = explain_code(catalogue, CodeTable::application_error, e.application_code);
  if (!words) words = explain_code(catalogue, CodeTable::error_code, e.code);
  if (!words) return {};
  const Path place = place_of(e);
  if (place.segment == 0) return *words;
  const bool table = e.code == "103" || e.application_code == "5";
  if (words->by_place || table) words->who = who_fixes(place, table ? "103" : e.code);
  return *words;
}

}  // namespace iz
