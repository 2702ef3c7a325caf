#include "core/loader.h"

#include <algorithm>

#include "codesets/compiled.h"
#include "core/dose_check.h"
#include "core/evaluate.h"
#include "core/loader_parts.h"
#include "core/sort.h"

namespace iz {
namespace {

constexpr std::pair<std::string_view, Format> kFormats[] = {
    {"st", Format::st}, {"tx", Format::tx},   {"ft", Format::ft},        {"nm", Format::nm},
    {"si", Format::si}, {"id", Format::id},   {"is", Format::is},        {"dt", Format::dt},
    {"tm", Format::tm}, {"dtm", Format::dtm}, {"varies", Format::varies}};
constexpr std::pair<std::string_view, Usage> kUsages[] = {{"R", Usage::R}, {"RE", Usage::RE}, {"O", Usage::O},
                                                          {"X", Usage::X}, {"B", Usage::O},   {"C", Usage::O}};

template <class E, E last>
bool pick_enum(std::string_view name, E& out) {  // by the names that to_string gives
  for (size_t i = 0; i <= static_cast<size_t>(last); ++i) {
    if (to_string(static_cast<E>(i)) != name) continue;
    out = static_cast<E>(i);
    return true;
  }
  return false;
}

constexpr std::string_view kEngineRules[] = {"segment_unexpected",     "segment_lower_case",
                                             "line_unreadable",        "segment_missing",
                                             "group_missing",          "segment_not_sent",
                                             "segment_repeated",       "segment_not_supported",
                                             "element_missing",        "element_not_sent",
                                             "element_not_supported",  "condition_missing",
                                             "condition_not_sent",     "condition_not_supported",
                                             "repetition_excess",      "repetition_missing",
                                             "length_wrong",           "format_wrong",
                                             "separator_unescaped",    "element_extra",
                                             "value_type_unknown",     "code_unknown",
                                             "code_system_wrong",      "code_incomplete",
                                             "alternate_code_unknown", "alternate_system_wrong",
                                             "header_missing",         "message_foreign",
                                             "message_unknown",        "message_truncated",
                                             "profile_unknown",        "profile_contradicted",
                                             "line_ends_other",        "line_ends_mixed",
                                             "batch_trailer_missing",  "batch_header_missing",
                                             "batch_count_wrong",      "batch_message_outside"};
static_assert(std::size(kEngineRules) == static_cast<size_t>(Engine::count));

uint32_t count(const JsonValue& max) {
  return max.is_text() && max.get<std::string_view>() == "*" ? unbounded : max.get<uint32_t>();
}

}  // namespace

void Loader::fail(const std::string& reason) const { throw CatalogueError(file_ + ": " + reason); }

JsonDocument Loader::read(std::string_view name, std::string_view text) {
  file_ = name;
  JsonDocument json(text);
  if (!json.root().is_object()) fail("not a JSON object");
  return json;
}

JsonValue Loader::need(const Json& json, const char* key) const {
  if (const auto found = json.find(key)) return *found;
  fail(std::string("\"") + key + "\" is missing");
}

std::string Loader::text(const Json& json, const char* key) const {
  const Json value = need(json, key);
  if (!value.is_text()) fail(std::string("\"") + key + "\" is no text");
  return value.get<std::string>();
}

void Loader::load(std::span<const EmbeddedFile> files, std::span<const LoadedTable> loaded,
                  std::span<const std::shared_ptr<const LocalProfile>> locals, Date as_of) {
  as_of_ = as_of;
  const auto each = [&](std::string_view folder, const auto& f) {
    for (const EmbeddedFile& file : files) {
      if (!file.name.starts_with(folder)) continue;
      try {
        f(read(file.name, file.text), file.name.substr(folder.size()));
      } catch (const JsonError& e) {
        fail(e.what());
      }
    }
  };
  load_code_sets(files);
  take(loaded);
  for (const EmbeddedFile& file : files)
    if (file.name == "core/lists/cases.json") cases_ = read(file.name, file.text);
  each("core/lists/", [&](const JsonDocument& file, std::string_view name) {
    const Json json = file.root();
    if (text(json, "id") + ".json" != name) fail("file name and id differ");
    try {
      load_list(json);
    } catch (const std::invalid_argument& e) {
      fail(e.what());
    }
  });

  each("core/registries/", [&](const JsonDocument& file, std::string_view name) {
    const Json json = file.root();
    if (text(json, "id") + ".json" != name) fail("file name and id differ");
    try {
      catalogue_.phrases.add(json);
    } catch (const std::invalid_argument& e) {
      fail(e.what());
    }
  });

  for (const Local& local : locals) local->steps->tables(*this, local);

  each("core/answers/", [&](const JsonDocument& file, std::string_view name) {
    const Json json = file.root();
    if (!json.contains("table")) return;  // not a table of codes
    if (text(json, "table") + ".json" != name) fail("file name and table differ");
    try {
      catalogue_.error_codes.add(json);
    } catch (const std::invalid_argument& e) {
      fail(e.what());
    }
  });

  // A profile may lie on top of another: read all, then merge along "on".
  std::map<std::string, JsonDocument> profiles;
  each("core/profiles/", [&](JsonDocument file, std::string_view name) {
    const std::string id = text(file.root(), "id");
    if (id + ".json" != name) fail("file name and id differ");
    profiles.emplace(id, std::move(file));
  });
  for (const auto& [id, file] : profiles) {
    file_ = "core/profiles/" + id + ".json";
    std::vector<Json> layers = {file.root()};
    while (layers.back().contains("on") && !layers.back().at("on").is_null()) {
      const auto below = profiles.find(text(layers.back(), "on"));
      if (below == profiles.end() || layers.size() > profiles.size()) fail("\"on\" names no profile");
      layers.push_back(below->second.root());
    }
    std::optional<JsonDocument> merged;
    Json whole = layers.back();
    for (size_t i = layers.size() - 1; i-- > 0;) {
      JsonDocument next(whole, layers[i]);
      merged = std::move(next);
      whole = merged->root();
    }
    try {
      load_profile(whole);
    } catch (const JsonError& e) {
      fail(e.what());
    }
  }
  std::vector<JsonDocument> kept;
  std::vector<std::pair<std::string, Json>> with_statements;  // file and content
  each("core/rules/", [&](JsonDocument file, std::string_view name) {
    const Json json = file.root();
    if (text(json, "id") + ".json" != name) fail("file name and id differ");
    load_rule(json);
    if (!json.contains("statements")) return;
    with_statements.emplace_back(file_, json);
    kept.push_back(std::move(file));
  });
  for (const Local& local : locals) local->steps->own_rules(*this, local, with_statements);
  // Rules are in the order of their files; statements refer to them by index, so sort before they are read.
  sort_values(catalogue_.rules, [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (size_t i = 0; i < std::size(kEngineRules); ++i) {
    file_ = "core/rules";
    const Rule* rule = catalogue_.rule(kEngineRules[i]);
    if (!rule) fail("no file for the rule " + std::string(kEngineRules[i]));
    catalogue_.engine_rules_[i] = static_cast<int>(rule - catalogue_.rules.data());
  }
  for (const Local& local : locals) local->steps->rules(*this, local);
  for (const auto& [name, json] : with_statements) {
    file_ = name;
    const auto rule = static_cast<int>(catalogue_.rule(text(json, "id")) - catalogue_.rules.data());
    if (catalogue_.rules[static_cast<size_t>(rule)].off) continue;
    size_t n = 0;
    const bool own = catalogue_.rules[static_cast<size_t>(rule)].layer == Layer::local;
    try {
      for (const Json s : json.at("statements")) load_statement(s, rule, ++n);
    } catch (const JsonError& e) {
      if (own) throw LocalError(file_ + ": " + e.what());
      fail(e.what());
    } catch (const CatalogueError& e) {
      if (own) throw LocalError(e.what());
      throw;
    }
  }
  for (const Local& local : locals) local->steps->places(*this, local);
  for (const auto& profile : catalogue_.profiles) compile(*profile);
}

// ---- code sets

void Loader::load_code_sets(std::span<const EmbeddedFile> files) {
  file_ = "codesets";
  std::vector<std::string_view> texts;
  for (const EmbeddedFile& file : files)
    if (file.name.starts_with("codesets/")) texts.push_back(file.text);
  try {
    for (auto& set : read_compiled(texts)) {
      const std::string id = set->id;
      if (!catalogue_.code_sets.emplace(id, std::move(set)).second) fail("a second table " + id);
    }
  } catch (const std::exception& e) {
    fail(e.what());
  }
}

void Loader::take(std::span<const LoadedTable> loaded) {
  for (const LoadedTable& table : loaded) {
    std::shared_ptr<const CodeSet> set = table.set;
    if (!set) continue;
    auto& beside = catalogue_.other_editions_[set->id];
    if (table.in_use) std::swap(catalogue_.code_sets[set->id], set);
    if (set) beside.push_back(std::move(set));
  }
}

const CodeSet* Loader::code_set(const std::string& id) const {
  const CodeSet* set = catalogue_.code_set(id);
  if (!set) fail("no code set " + id);
  return set;
}

// ---- profiles

void Loader::load_profile(const Json& file) {
  auto profile = std::make_unique<Profile>();
  profile->id = text(file, "id");
  profile->title = text(file, "title");
  profile->source = text(file, "source");
  if (file.contains("message")) {
    const Json message = file.at("message");
    profile->type = text(message, "type");
    profile->event = text(message, "event");
    profile->message_structure = text(message, "structure");
  }
  load_types(need(file, "types"), *profile);
  load_segments(need(file, "segments"), *profile);
  if (file.contains("structure")) load_structure(file.at("structure"), -1, *profile);
  if (file.contains("group_predicates")) load_group_predicates(file.at("group_predicates"), *profile);
  catalogue_.profiles.push_back(std::move(profile));
}

/// Of a condition on a data type: whether it looks at nothing beside the element.
static bool self_contained(const Condition& c) {
  const auto beside = [](const RelativePlace& at) { return at.outside || at.segment || at.clock != Clock::none; };
  if (c.op == Op::check || c.op == Op::dose_check || c.op == Op::sender || beside(c.at) || beside(c.to)) return false;
  return std::all_of(c.parts.begin(), c.parts.end(), self_contained);
}

/// Says of each data type whether its value alone decides what is found in it; after all conditions are known.
void Loader::mark_self_contained(Profile& profile) const {
  const auto alone = [&](const DataTypeDef& t) {
    return std::none_of(t.components.begin(), t.components.end(),
                        [&](const ElementDef& e) {
                          return e.in_group || !self_contained(e.when) ||
                                 (!e.unknown && !profile.types[static_cast<size_t>(e.type)].self_contained);
                        }) &&
           std::none_of(t.statements.begin(), t.statements.end(), [&](int n) {
             const Statement& s = catalogue_.statements[static_cast<size_t>(n)];
             return !self_contained(s.antecedent) || !self_contained(s.requirement);
           });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (DataTypeDef& t : profile.types) {
      if (!t.self_contained || alone(t)) continue;
      t.self_contained = false;
      changed = true;
    }
  }
}

/// Makes the tables that checking reads.
void Loader::compile(Profile& profile) const {
  const auto& statements = catalogue_.statements;
  for (DataTypeDef& t : profile.types) {
    t.table.compile(PlaceContext::data_type, t.components, profile.types);
    for (const int n : t.statements) t.table.add(n, statements[static_cast<size_t>(n)]);
    t.table.make_blocks();
    t.alone = !t.primitive() && !t.coded && t.table.first_may_stand_alone();
  }
  for (DataTypeDef& t : profile.types)
    for (ElementCell& cell : t.table.cells) cell.alone = cell.type && cell.type->alone && !cell.bound;
  mark_self_contained(profile);
  for (SegmentDef& d : profile.segments) {
    const std::span<const ElementDef> fields = d.fields;
    for (size_t first = 0; first < fields.size(); first += ElementTable::most) {
      ElementTable& table = d.tables.emplace_back();
      table.compile(PlaceContext::segment,
                    fields.subspan(first, std::min(fields.size() - first, size_t{ElementTable::most})), profile.types);
      for (ElementCell& cell : table.cells)
        cell.varies = cell.type && !d.value_types.empty() && cell.type->format == Format::varies;
    }
    if (d.tables.empty()) d.tables.emplace_back();
    // Quality goes into the first table while there is room, where much is known of the segment already.
    std::vector<int> quality;
    for (const bool later : {false, true})
      for (const int n : d.statements) {
        const Statement& one = statements[static_cast<size_t>(n)];
        if (one.quality != later) continue;
        if (!later || !d.tables[0].facts.full())
          d.tables[0].add(n, one);
        else
          quality.push_back(n);
      }
    d.tables[0].make_blocks();
    add_statements(d.quality, quality, statements);
  }
  for (StructureDef& g : profile.structure) {
    // What asks the codes of a dose is in one table, so that they are looked up once.
    std::vector<int> order = g.statements;
    std::stable_partition(order.begin(), order.end(), [&](int n) {
      const Statement& s = statements[static_cast<size_t>(n)];
      return !s.quality || s.requirement.op == Op::dose_check;
    });
    add_statements(g.tables, order, statements);
  }
  add_statements(profile.tables, profile.statements, statements);
}

int Loader::type(std::string_view id, const Profile& profile) const {
  const auto it = std::find_if(profile.types.begin(), profile.types.end(), [&](const auto& t) { return t.id == id; });
  if (it == profile.types.end()) fail("no data type " + std::string(id));
  return static_cast<int>(it - profile.types.begin());
}

void Loader::load_types(const Json& types, Profile& profile) {
  for (const auto& [id, json] : types.items()) {
    DataTypeDef def;
    def.id = id;
    def.base = text(json, "base");
    def.name = text(json, "name");
    def.coded = def.base == "CE" || def.base == "CWE" || def.base == "CNE";
    if (json.contains("format") && !pick(text(json, "format"), kFormats, def.format)) fail(def.id + ": unknown format");
    profile.types.push_back(std::move(def));
  }
  for (DataTypeDef& def : profile.types) {
    const Json json = types.at(def.id);
    if (!json.contains("components")) {
      if (def.format == Format::none) fail(def.id + ": neither format nor components");
      continue;
    }
    for (const auto& [key, component] : json.at("components").items()) {
      const uint32_t n = number(key);
      if (!n) fail(def.id + ": component " + std::string(key));
      if (n > Parts::most) fail(def.id + ": more components than a check can hold");
      if (def.components.size() < n) def.components.resize(n);
    }
    for (ElementDef& e : def.components) e.unknown = true;
    for (const auto& [key, component] : json.at("components").items())
      load_element(component, def.components[number(key) - 1], profile, PlaceContext::data_type, {});
  }
}

void Loader::load_segments(const Json& segments, Profile& profile) {
  for (const auto& [name, json] : segments.items()) {
    SegmentDef def;
    def.name = name;
    def.title = text(json, "title");
    def.code = segment_code(name);
    for (const auto& [key, field] : need(json, "fields").items()) {
      const uint32_t n = number(key);
      if (!n) fail(def.name + ": field " + std::string(key));
      if (def.fields.size() < n) def.fields.resize(n);
    }
    for (ElementDef& e : def.fields) e.unknown = true;
    for (const auto& [key, field] : json.at("fields").items())
      load_element(field, def.fields[number(key) - 1], profile, PlaceContext::segment, name);
    if (json.contains("value_types"))
      for (const auto& [value, id] : json.at("value_types").items())
        def.value_types.emplace_back(value, type(id.get<std::string_view>(), profile));
    profile.segments.push_back(std::move(def));
  }
}

// "C(R/X)" is a conditional usage with what it becomes when its predicate holds and when it does not.
Usage Loader::usage(std::string_view text, ElementDef* element) const {
  Usage out{};
  if (pick(text, kUsages, out)) return out;
  const size_t slash = text.find('/');
  if (element && text.starts_with("C(") && text.ends_with(")") && slash != std::string_view::npos &&
      pick(text.substr(2, slash - 2), kUsages, element->usage_true) &&
      pick(text.substr(slash + 1, text.size() - slash - 2), kUsages, element->usage_false))
    return Usage::C;
  fail("usage " + std::string(text));
}

void Loader::load_element(const Json& json, ElementDef& element, Profile& profile, PlaceContext context,
                          std::string_view segment) {
  element = {};
  element.name = text(json, "name");
  const auto how = need(json, "usage").get<std::string_view>();
  element.usage = usage(how, &element);
  element.value_checked = how != "O";
  if (element.usage == Usage::C) element.when = condition(need(json, "when"), {context, std::string(segment)});
  element.min = json.value("min", 0u);
  if (const auto max = json.find("max")) element.max = count(*max);
  element.type = type(need(json, "type").get<std::string_view>(), profile);
  if (const auto length = json.find("length")) {
    element.min_length = length->at(0).get<uint32_t>();
    if (!length->at(1).is_null()) element.max_length = length->at(1).get<uint32_t>();
  }
  const auto binding = json.find("binding");
  if (!binding) return;
  element.binding_name = binding->get<std::string>();
  element.binding_component = json.value("binding_component", 0u);
  for (size_t from = 0; from <= element.binding_name.size();) {
    const size_t to = std::min(element.binding_name.find(':', from), element.binding_name.size());
    element.binding.push_back(code_set(element.binding_name.substr(from, to - from)));
    from = to + 1;
  }
}

void Loader::load_structure(const Json& list, int parent, Profile& profile) {
  for (const Json json : list) {
    StructureDef def;
    def.group = json.contains("group");
    def.name = text(json, def.group ? "group" : "segment");
    def.usage = usage(text(json, "usage"), nullptr);
    def.min = json.value("min", 0u);
    def.max = count(need(json, "max"));
    def.parent = parent;
    if (!def.group) {
      const SegmentDef* segment = profile.segment(def.name);
      if (!segment) fail("structure names no segment " + def.name);
      def.code = segment->code;
      def.segment = static_cast<int>(segment - profile.segments.data());
    }
    const auto self = static_cast<int>(profile.structure.size());
    profile.structure.push_back(def);
    if (parent >= 0) profile.structure[static_cast<size_t>(parent)].children.push_back(self);
    if (def.group) load_structure(need(json, "children"), self, profile);
  }
}

void Loader::load_group_predicates(const Json& list, Profile& profile) {
  for (const Json json : list) {
    const std::string group = text(json, "group"), name = text(json, "segment");
    const auto g = std::find_if(profile.structure.begin(), profile.structure.end(),
                                [&](const auto& s) { return s.name == group; });
    const SegmentDef* found = profile.segment(name);
    if (g == profile.structure.end() || !found) fail("group predicate on " + group + " " + name);
    auto& fields = profile.segments[static_cast<size_t>(found - profile.segments.data())].fields;
    const auto n = json.at("field").get<uint32_t>();
    if (!n || n > fields.size()) fail("group predicate on field " + std::to_string(n));
    fields[n - 1].usage = usage(text(json, "usage"), &fields[n - 1]);
    fields[n - 1].value_checked = true;
    fields[n - 1].when = condition(need(json, "when"), {PlaceContext::group, {}});
    fields[n - 1].in_group = true;
  }
}

// ---- rules

Rule& Loader::load_rule(const Json& file, const LocalProfile* own) {
  Rule rule;
  rule.id = text(file, "id");
  rule.title = text(file, "title");
  rule.message = text(file, "message");
  rule.plain = file.value("plain", "");
  rule.why = text(file, "why");
  rule.fix = text(file, "fix");
  rule.plain_fix = file.value("plain_fix", "");
  if (!pick_enum<Who, Who::iis>(text(file, "who"), rule.who)) fail("who");
  if (!pick_enum<Severity, Severity::info>(text(file, "severity"), rule.severity)) fail("severity");
  if (!pick_enum<Kind, Kind::advice>(own ? "statement" : text(file, "kind"), rule.kind)) fail("kind");
  if (!pick_enum<Layer, Layer::advice>(own ? "local" : text(file, "layer"), rule.layer)) fail("layer");
  rule.first = file.value("first", false);
  if (own)
    rule.source = {own->title + ", " + own->edition, file.value("source", rule.id.c_str())};
  else
    rule.source = {text(need(file, "source"), "document"), text(need(file, "source"), "statement")};
  if (file.contains("mend"))
    for (const Json json : file.at("mend")) {
      const Mend mend{mend_way(text(json, "way")), json.value("at", ""), json.value("safe", false)};
      if (mend.way < 0) fail("no way to mend " + text(json, "way"));
      rule.mends.push_back(mend);
    }
  return catalogue_.rules.emplace_back(std::move(rule));
}

// Registers a statement at what it stands on in one profile and gives the context of its places.
void Loader::attach(const Json& on, int statement, Profile& profile, Reading& reading) {
  if (on.contains("segment")) {
    const std::string name = text(on, "segment");
    reading = {PlaceContext::segment, name};
    for (SegmentDef& s : profile.segments)
      if (s.name == name) return s.statements.push_back(statement);
    fail("no segment " + name + " in " + profile.id);
  } else if (on.contains("datatype")) {
    reading = {PlaceContext::data_type, {}};
    profile.types[static_cast<size_t>(type(text(on, "datatype"), profile))].statements.push_back(statement);
  } else if (on.contains("group")) {
    reading = {PlaceContext::group, {}};
    const std::string name = text(on, "group");
    for (StructureDef& g : profile.structure)
      if (g.group && g.name == name) return g.statements.push_back(statement);
    fail("no group " + name + " in " + profile.id);
  } else if (on.contains("message")) {
    reading = {PlaceContext::group, {}};
    profile.statements.push_back(statement);
  } else {
    fail("\"on\" names no segment, datatype, group or message");
  }
}

void Loader::load_statement(const Json& json, int rule, size_t n) {
  const auto index = static_cast<int>(catalogue_.statements.size());
  Reading reading;
  for (const Json value : need(json, "profiles")) {
    const auto id = value.get<std::string_view>();
    const auto p = std::find_if(catalogue_.profiles.begin(), catalogue_.profiles.end(),
                                [&](const auto& q) { return q->id == id; });
    if (p == catalogue_.profiles.end()) fail("statement " + std::to_string(n) + " names no profile " + std::string(id));
    attach(need(json, "on"), index, **p, reading);
    if (catalogue_.rules[static_cast<size_t>(rule)].layer == Layer::local) reading.own = p->get();
  }
  Statement s;
  s.rule = rule;
  if (json.contains("if")) s.antecedent = condition(json.at("if"), reading);
  s.requirement = condition(need(json, "then"), reading);
  if (json.contains("target")) s.target = place(json.at("target"), reading);
  const Layer layer = catalogue_.rules[static_cast<size_t>(rule)].layer;
  s.quality = layer == Layer::quality || layer == Layer::advice;
  catalogue_.statements.push_back(std::move(s));
}

}  // namespace iz
