// The catalogue as JSON, for the pages about rules, profiles and code sets and for whoever wants the tables.
#include <nlohmann/json.hpp>

#include "core/condition_words.h"
#include "core/element_words.h"
#include "core/example.h"
#include "core/write.h"

namespace iz {

namespace {

using Json = nlohmann::ordered_json;

Json edition_json(const Edition& e) { return {{"source", e.source}, {"date", e.date}, {"document", e.document}}; }

Json element_json(const Profile& profile, const ElementDef& e, uint32_t number, std::string_view segment) {
  Json out = {{"number", number},
              {"name", e.name},
              {"usage", usage_text(e)},
              {"cardinality", cardinality_text(e, segment.empty())},
              {"type", e.type < 0 ? "" : profile.types[static_cast<size_t>(e.type)].id},
              {"length", length_text(e)},
              {"binding", Json::array()},
              {"condition", condition_text(e, e.in_group ? std::string_view() : segment)}};
  for (const CodeSet* set : e.binding) out["binding"].push_back(set->id);
  return out;
}

/// `segment` is empty for the components of a data type.
Json elements_json(const Profile& profile, const std::vector<ElementDef>& elements, std::string_view segment) {
  Json out = Json::array();
  for (uint32_t n = 1; n <= elements.size(); ++n)
    if (!elements[n - 1].unknown) out.push_back(element_json(profile, elements[n - 1], n, segment));
  return out;
}

/// What a statement says of one place of a profile, and whose it is.
struct Use {
  const Profile* profile;
  std::string on;       ///< "RXA", "CE_IZ", "VXU_V04.ORDER", "message"
  std::string context;  ///< for words: the segment's name, or empty
};

/// Where each statement is checked.
std::vector<std::vector<Use>> statement_uses(const Catalogue& catalogue) {
  std::vector<std::vector<Use>> uses(catalogue.statements.size());
  const auto add = [&](const std::vector<int>& statements, const Use& use) {
    for (const int s : statements) uses[static_cast<size_t>(s)].push_back(use);
  };
  for (const auto& profile : catalogue.profiles) {
    add(profile->statements, {profile.get(), "message", ""});
    for (const SegmentDef& s : profile->segments) add(s.statements, {profile.get(), s.name, s.name});
    for (const DataTypeDef& t : profile->types) add(t.statements, {profile.get(), t.id, ""});
    for (const StructureDef& g : profile->structure)
      if (g.group) add(g.statements, {profile.get(), g.name, ""});
  }
  return uses;
}

Json profile_json(const Profile& profile) {
  Json structure = Json::array(), segments = Json::array(), types = Json::array();
  for (const StructureDef& s : profile.structure) {
    int depth = 0;
    for (int at = s.parent; at >= 0; at = profile.structure[static_cast<size_t>(at)].parent) ++depth;
    structure.push_back({{"name", s.name},
                         {"group", s.group},
                         {"depth", depth},
                         {"usage", to_string(s.usage)},
                         {"cardinality", cardinality_text(s.min, s.max)}});
  }
  for (const SegmentDef& s : profile.segments)
    segments.push_back({{"name", s.name}, {"title", s.title}, {"fields", elements_json(profile, s.fields, s.name)}});
  for (const DataTypeDef& t : profile.types)
    types.push_back(
        {{"id", t.id}, {"base", t.base}, {"name", t.name}, {"components", elements_json(profile, t.components, "")}});
  return {{"id", profile.id},
          {"title", profile.title},
          {"type", profile.type},
          {"event", profile.event},
          {"message_structure", profile.message_structure},
          {"source", profile.source},
          {"structure", structure},
          {"segments", segments},
          {"types", types}};
}

Json rule_json(const Catalogue& catalogue, size_t index, const std::vector<std::vector<Use>>& uses) {
  const Rule& r = catalogue.rules[index];
  Json statements = Json::array(), examples = Json::array();
  for (size_t s = 0; s < catalogue.statements.size(); ++s) {
    const Statement& statement = catalogue.statements[s];
    if (statement.rule != static_cast<int>(index)) continue;
    for (const Use& use : uses[s])
      statements.push_back({{"profile", use.profile->id},
                            {"on", use.on},
                            {"if", in_words(statement.antecedent, use.context)},
                            {"then", in_words(statement.requirement, use.context)}});
  }
  for (const Example& e : examples_of(r)) {
    examples.push_back({{"says", e.says}, {"base", e.base}, {"finds", e.finds}});
    if (!e.sender.empty()) examples.back()["sender"] = e.sender;
  }
  return {{"id", r.id},
          {"title", r.title},
          {"message", r.message},
          {"plain", r.plain},
          {"why", r.why},
          {"fix", r.fix},
          {"plain_fix", r.plain_fix},
          {"who", label(r.who)},
          {"severity", to_string(r.severity)},
          {"kind", to_string(r.kind)},
          {"layer", to_string(r.layer)},
          {"source", {{"document", r.source.document}, {"statement", r.source.statement}}},
          {"note", note_of(r)},
          {"statements", statements},
          {"examples", examples}};
}

Json code_set_json(const CodeSet& set) {
  Json codes = Json::array();
  for (const Code& c : set.codes()) {
    Json code = {{"code", c.code}, {"display", c.display}, {"system", set.system_of(c)}, {"status", c.status}};
    for (const std::string& column : set.columns())
      if (!code.contains(column) && !set.cell(c, column).empty()) code["cells"][column] = set.cell(c, column);
    codes.push_back(std::move(code));
  }
  return {{"id", set.id},     {"name", set.name},   {"edition", edition_json(set.edition)},
          {"open", set.open}, {"local", set.local}, {"patterns", set.patterns},
          {"codes", codes}};
}

}  // namespace

std::string catalogue_json(const Catalogue& catalogue) {
  Json profiles = Json::array(), rules = Json::array(), code_sets = Json::array();
  const auto uses = statement_uses(catalogue);
  for (const auto& profile : catalogue.profiles) profiles.push_back(profile_json(*profile));
  for (size_t i = 0; i < catalogue.rules.size(); ++i) rules.push_back(rule_json(catalogue, i, uses));
  for (const auto& [id, set] : catalogue.code_sets) code_sets.push_back(code_set_json(*set));
  return Json{{"profiles", profiles}, {"rules", rules}, {"code_sets", code_sets}}.dump();
}

}  // namespace iz
