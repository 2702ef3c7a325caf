#include "core/local_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/element_words.h"
#include "core/local_edit.h"
#include "core/predict.h"

namespace iz {
namespace {

using Row = TemplateRow;

std::string written(JsonValue value) {
  std::string out;
  json_write(out, value);
  return out;
}

std::string severity_of(const Catalogue& c, Engine engine) {
  return std::string(to_string(c.rules[size_t(c.rule_index(engine))].severity));
}

/// A place as it is nationally.
Row national_place(const Catalogue& c, const std::string& at, const std::string& name, std::string usage, Usage kind,
                   uint32_t min, uint32_t max, const std::string& codes) {
  Row row{.of = "national", .values = {}, .field = name, .kind = {}, .definition = {}};
  row.values[LocalKey::at] = at;
  row.values[LocalKey::usage] = std::move(usage);
  row.values[LocalKey::min] = std::to_string(min);
  row.values[LocalKey::max] = max == unbounded ? "*" : std::to_string(max);
  row.values[LocalKey::codes] = codes;
  const bool segment = at.find('-') == std::string::npos;
  row.values[LocalKey::severity] =
      severity_of(c, kind == Usage::RE ? (segment ? Engine::segment_not_sent : Engine::element_not_sent)
                                       : (segment ? Engine::segment_missing : Engine::element_missing));
  const Rule& missing = c.rules[size_t(c.rule_index(segment ? Engine::segment_missing : Engine::element_missing))];
  if (kind != Usage::RE)
    std::tie(row.values[LocalKey::err3], row.values[LocalKey::err5]) = usual_answer_codes(c, missing);
  return row;
}

/// All places of a submission that must or should be there, and all rules, as they are nationally.
std::vector<Row> national_rows(const Catalogue& c) {
  std::vector<Row> out;
  const Profile* z22 = c.profile("Z22");
  // What a group that may be left out requires is not required of every message.
  const auto always = [&](const StructureDef& s) {
    const Usage around = s.parent < 0 ? Usage::R : z22->structure[size_t(s.parent)].usage;
    return (s.usage == Usage::R || s.usage == Usage::RE) && around != Usage::O;
  };
  for (const StructureDef& s : z22->structure)
    if (always(s)) {
      const SegmentDef* def = s.group ? nullptr : &z22->segments[size_t(s.segment)];
      if (std::any_of(out.begin(), out.end(), [&](const Row& r) { return r.values[LocalKey::at] == s.name; })) continue;
      out.push_back(national_place(c, s.name, def ? def->title : "Group", std::string(to_string(s.usage)), s.usage,
                                   s.min, s.max, {}));
    }
  for (const SegmentDef& s : z22->segments)
    for (size_t n = 0; n < s.fields.size(); ++n) {
      const ElementDef& e = s.fields[n];
      if (e.unknown || (e.usage != Usage::R && e.usage != Usage::RE && e.usage != Usage::C)) continue;
      out.push_back(national_place(c, fmt::format("{}-{}", s.name, n + 1), e.name, usage_text(e), e.usage, e.min, e.max,
                                   e.binding_name));
    }
  for (const Rule& r : c.rules) {
    Row row{.of = "national", .values = {}, .field = {}, .kind = {}, .definition = {}};
    row.values[LocalKey::rule] = r.id;
    row.values[LocalKey::severity] = to_string(r.severity);
    row.values[LocalKey::title] = r.title;
    row.values[LocalKey::message] = r.message;
    row.values[LocalKey::plain] = r.plain;
    row.values[LocalKey::why] = r.why;
    row.values[LocalKey::fix] = r.fix;
    row.values[LocalKey::plain_fix] = r.plain_fix;
    row.values[LocalKey::who] = to_string(r.who);
    std::tie(row.values[LocalKey::err3], row.values[LocalKey::err5]) = usual_answer_codes(c, r);
    row.values[LocalKey::source] = fmt::format("{}, {}", r.source.document, r.source.statement);
    out.push_back(std::move(row));
  }
  return out;
}

std::string kind_of(const Catalogue& c, const LocalProfile& local, const LocalChange& change) {
  for (const LocalEffect& e : c.local)
    if (e.profile.get() == &local && subject(e.change) == subject(change) &&
        e.says(LocalKey::profiles) == change[LocalKey::profiles] &&
        (e.says(LocalKey::since) == change[LocalKey::since] || !change.has(LocalKey::since)) &&
        e.change.line == change.line)
      return std::string(to_string(e.kind));
  return change.has(LocalKey::since) ? "later" : "until";
}

/// What has usage and cardinality at a place.
struct Held {
  Usage usage = Usage::O;
  const ElementDef* element = nullptr;
  int16_t local = -1;
};
std::optional<Held> held_at(const Catalogue& c, const LocalChange& about) {
  const std::string &at = about[LocalKey::at], &profiles = about[LocalKey::profiles];
  const Profile* profile = c.profile(profiles.empty() ? "Z22" : profiles.substr(0, profiles.find(' ')));
  if (!profile) return std::nullopt;
  const auto path = parse_path(at);
  if (!path || path->field == 0) {
    const auto it = std::find_if(profile->structure.begin(), profile->structure.end(),
                                 [&](const StructureDef& s) { return s.name == at; });
    if (it == profile->structure.end()) return std::nullopt;
    return Held{it->usage, nullptr, it->local};
  }
  const SegmentDef* segment = profile->segment(path->segment);
  if (!segment || path->field > segment->fields.size()) return std::nullopt;
  const ElementDef* element = &segment->fields[path->field - 1];
  for (const uint32_t part : {path->component, path->subcomponent}) {
    if (part == 0) break;
    const auto& parts = profile->types[size_t(element->type)].components;
    if (part > parts.size()) return std::nullopt;
    element = &parts[part - 1];
  }
  return Held{element->usage, element, element->local};
}

}  // namespace

std::optional<Severity> presence_severity(const Catalogue& c, Usage usage, const ElementDef* element) {
  const auto of = [&](Engine e) { return c.rules[size_t(c.rule_index(e))].severity; };
  switch (usage) {
    case Usage::R:
      return of(Engine::element_missing);
    case Usage::RE:
      return of(Engine::element_not_sent);
    case Usage::X:
      return of(Engine::element_not_supported);
    case Usage::C: {
      if (!element) return std::nullopt;
      const auto one = presence_severity(c, element->usage_true, nullptr),
                 two = presence_severity(c, element->usage_false, nullptr);
      return !one || (two && *two < *one) ? two : one;
    }
    case Usage::O:
      break;
  }
  return std::nullopt;
}

std::optional<Severity> severity_in(const Catalogue& c, const LocalChange& about) {
  if (about.has(LocalKey::rule)) {
    const Rule* rule = c.rule(about[LocalKey::rule]);
    return rule && !rule->off ? std::optional(rule->severity) : std::nullopt;
  }
  const auto held = held_at(c, about);
  if (!held) return std::nullopt;
  if (held->local >= 0)
    if (const auto said = severity_named(c.local[size_t(held->local)].says(LocalKey::severity))) return said;
  if (!about.has(LocalKey::codes) || about.has(LocalKey::usage))
    return presence_severity(c, held->usage, held->element);
  const bool checked = held->element && held->element->value_checked &&
                       std::any_of(held->element->binding.begin(), held->element->binding.end(),
                                   [](const auto* s) { return !s->local; });
  return checked ? std::optional(c.rules[size_t(c.rule_index(Engine::code_unknown))].severity) : std::nullopt;
}

std::string rule_place(const Catalogue& c, const Rule& rule) {
  const auto index = static_cast<int>(&rule - c.rules.data());
  const auto place = [](std::string segment, const RelativePlace& at) {
    if (at.segment != 0) segment = segment_name(at.segment);
    for (const uint32_t n : {at.field, at.component, at.subcomponent})
      if (n != 0) segment += (n == at.field && segment.find('-') == std::string::npos ? "-" : ".") + std::to_string(n);
    return segment;
  };
  const auto among = [&](const std::vector<int>& statements, const std::string& on) -> std::string {
    for (const int s : statements) {
      const Statement& statement = c.statements[size_t(s)];
      if (statement.rule != index) continue;
      const RelativePlace& at = statement.target == RelativePlace{} ? statement.requirement.at : statement.target;
      return place(at.segment == 0 && at.field == 0 && on.empty() ? "message" : on, at);
    }
    return {};
  };
  for (const auto& p : c.profiles) {
    for (const SegmentDef& s : p->segments)
      if (std::string out = among(s.statements, s.name); !out.empty()) return out;
    for (const StructureDef& s : p->structure)
      if (std::string out = among(s.statements, "dose"); !out.empty()) return out;
    for (const DataTypeDef& t : p->types)
      if (std::string out = among(t.statements, t.base); !out.empty()) return out;
    if (std::string out = among(p->statements, ""); !out.empty()) return out;
  }
  return "all";
}

std::string usage_in(const Catalogue& c, const LocalChange& about) {
  const auto held = held_at(c, about);
  if (!held) return {};
  return held->element ? usage_text(*held->element) : std::string(to_string(held->usage));
}

std::string place_words(const Catalogue& c, const LocalChange& change) {
  const std::string& at = change[LocalKey::at];
  if (at.empty()) return {};
  const std::string& profiles = change[LocalKey::profiles];
  const Profile* profile = c.profile(profiles.empty() ? "Z22" : profiles.substr(0, profiles.find(' ')));
  const auto path = parse_path(at);
  if (!profile || !path) return at;
  const SegmentDef* segment = profile->segment(path->segment);
  if (!segment) return at;
  if (path->field == 0) return segment->title;
  if (path->field > segment->fields.size()) return at;
  const ElementDef& field = segment->fields[path->field - 1];
  if (path->component == 0) return field.name;
  const auto& parts = profile->types[size_t(field.type)].components;
  return path->component <= parts.size() ? parts[path->component - 1].name + " of " + field.name : field.name;
}

std::vector<TemplateRow> template_rows(const Catalogue& catalogue, const LocalProfile* local) {
  const Catalogue& national = Catalogue::built_in();
  std::vector<Row> out;
  if (local) {
    const JsonValue file = local->file().root();
    for (const std::string_view member : local_members())
      if (const auto value = file.find(member)) {
        Row row{.of = "profile", .values = {}, .field = std::string(member), .kind = {}, .definition = {}};
        row.definition = value->is_text() ? value->get<std::string>() : written(*value);
        out.push_back(std::move(row));
      }
    for (const LocalChange& change : local->changes)
      out.push_back({"change", change, place_words(national, change), kind_of(catalogue, *local, change), {}});
    const auto rules = file.find("rules");
    for (size_t n = 0; rules && n < rules->size(); ++n) {
      const JsonValue rule = rules->at(n);
      Row row{.of = "rule", .values = {}, .field = rule.value("title", ""), .kind = "new", .definition = written(rule)};
      if (!catalogue.rule(rule.value("id", ""))) row.kind = "later";
      for (const LocalKeyDef& key : local_keys())
        if (const auto value = rule.find(key.name); value && value->is_text())
          row.values[*local_key(key.name)] = value->get<std::string>();
      row.values[LocalKey::rule] = rule.value("id", "");
      out.push_back(std::move(row));
    }
  }
  for (Row& row : national_rows(national)) {
    const bool changed =
        local && std::any_of(local->changes.begin(), local->changes.end(), [&](const LocalChange& c) {
          return subject(c) == subject(row.values) && (c[LocalKey::profiles].empty() || c[LocalKey::profiles] == "Z22");
        });
    if (!changed) out.push_back(std::move(row));
  }
  return out;
}

}  // namespace iz
