// Local profiles laid on top of what the files of the program say.
//
// Code sets, phrases and limits come first, since bindings and conditions name them; own rules stand among the national
// ones; then rules and places are changed, before the tables that checking reads are made.
#include <algorithm>

#include "core/element_words.h"
#include "core/loader.h"
#include "core/loader_parts.h"
#include "core/local_rows.h"

namespace iz {
namespace {

/// Usages from the one that asks least; X asks for absence and compares with O alone.
int strictness(Usage u) { return u == Usage::R ? 2 : u == Usage::RE ? 1 : 0; }

/// Whether a message that keeps to `here` keeps to `national`, too.
bool within(Usage here, Usage national) {
  if (here == national || national == Usage::O) return true;
  return here != Usage::X && national != Usage::X && strictness(here) >= strictness(national);
}

Usage usage_named(std::string_view name) {
  for (const Usage u : {Usage::R, Usage::RE, Usage::O, Usage::X})
    if (to_string(u) == name) return u;
  return Usage::O;
}

/// What is written for people.
constexpr LocalKey worded[] = {LocalKey::title, LocalKey::message, LocalKey::plain,
                               LocalKey::why,   LocalKey::fix,     LocalKey::plain_fix};

/// How much a severity asks: 0 for none.
int rank(std::optional<Severity> s) { return s ? 3 - static_cast<int>(*s) : 0; }
std::string words_of(std::optional<Severity> s) { return s ? std::string(to_string(*s)) : "not checked"; }

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// What a change makes stricter, laxer, or leaves.
struct Comparison {
  bool tighter = false, relaxed = false;
  std::string national, here;
  void say(const std::string& what, const std::string& was, const std::string& is) {
    const auto add = [&](std::string& to, const std::string& value) {
      if (!to.empty()) to += ", ";
      to += what.empty() ? value : what + " " + value;
    };
    add(national, was);
    add(here, is);
  }
  /// What another place of the same change comes to counts, too.
  void add(const Comparison& other) {
    tighter = tighter || other.tighter;
    relaxed = relaxed || other.relaxed;
    if (national.empty() || (other.relaxed && !other.national.empty())) {
      national = other.national;
      here = other.here;
    }
  }
  LocalKind kind() const { return relaxed ? LocalKind::relaxed : tighter ? LocalKind::tighter : LocalKind::wording; }
};

std::string count_words(uint32_t n) { return n == unbounded ? "*" : std::to_string(n); }

/// Whether every code of `own` is one of the national ones, or these leave it to each site.
bool part_of(const CodeSet& own, std::span<const CodeSet* const> national) {
  return std::all_of(own.codes().begin(), own.codes().end(), [&](const Code& code) {
    return std::any_of(national.begin(), national.end(),
                       [&](const CodeSet* set) { return set->local || set->open || set->find(code.code); });
  });
}

}  // namespace

const LocalSteps Loader::local_steps = {
    [](Loader& l, const Local& local) { l.take_local(local); },
    [](Loader& l, const Local& local, LocalSteps::Statements& rules) { l.load_own_rules(local, rules); },
    [](Loader& l, const Local& local) { l.change_rules(local); },
    [](Loader& l, const Local& local) { l.change_places(local); }};

/// Whether a change holds on the day: it has begun, and no later one of the same profile about the same has.
bool Loader::in_force(const LocalProfile& local, const LocalChange& change) const {
  const auto begun = [&](const LocalChange& c) {
    const auto since = parse_date(c[LocalKey::since]);
    return !since || !as_of_ || *since <= as_of_;
  };
  return begun(change) && std::none_of(local.changes.begin(), local.changes.end(), [&](const LocalChange& other) {
           return &other != &change && other[LocalKey::rule] == change[LocalKey::rule] &&
                  other[LocalKey::at] == change[LocalKey::at] &&
                  other[LocalKey::profiles] == change[LocalKey::profiles] &&
                  other[LocalKey::since] > change[LocalKey::since] && begun(other);
         });
}

/// Placeholders are those that some national rule has; of a misspelt one nobody would read what it stands for.
void Loader::check_words(const LocalChange& change) {
  const auto each = [](std::string_view text, const auto& use) {
    for (size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
      const std::string_view name = text.substr(open + 1, std::min(text.find('}', open), text.size()) - open - 1);
      const bool named = !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == name.npos;
      if (named && open + 1 + name.size() < text.size()) use(name);
    }
  };
  if (placeholders_.empty())
    for (const Rule& r : catalogue_.rules)
      for (const std::string* text : {&r.title, &r.message, &r.plain, &r.why, &r.fix, &r.plain_fix})
        each(*text, [&](std::string_view name) { placeholders_.emplace(name); });
  for (const LocalKey key : worded)
    each(change[key], [&](std::string_view name) {
      if (!placeholders_.contains(name))
        fail("\"" + std::string(local_keys()[static_cast<size_t>(key)].name) + "\": there is no placeholder {" +
             std::string(name) + "}");
    });
}

// ---- tables, phrases, limits

void Loader::take_local(const Local& local) try {
  const Json root = local->file().root();
  if (local->errors_only) catalogue_.answers_list_errors = true;
  take_local_codes(*local);
  if (const auto answers = root.find("answers")) {
    file_ = "line " + std::to_string(local->file().line(*answers));
    for (const auto& [name, value] : answers->items())
      if (name != "senders" && name != "phrases" && name != "traits" && name != "lists")
        fail("\"answers\" has no \"" + std::string(name) + "\"");
    try {
      catalogue_.phrases.add(*answers, local->title);
    } catch (const std::invalid_argument& e) {
      fail(e.what());
    }
  }
  if (const auto days = root.find("timeliness")) {
    file_ = "line " + std::to_string(local->file().line(*days));
    const auto limits = days->get<std::vector<uint32_t>>();
    if (limits.size() != 3 || !std::is_sorted(limits.begin(), limits.end()) || limits[2] > 36500)
      fail("\"timeliness\" has three numbers of days, each above the one before: on time, late, very late");
    auto& own = catalogue_.limits["timeliness"];
    own["on-time"] = static_cast<int>(limits[0]);
    own["late"] = static_cast<int>(limits[1]);
    own["very-late"] = static_cast<int>(limits[2]);
  }
} catch (const JsonError& e) {
  throw LocalError(file_ + ": " + e.what());
} catch (const CatalogueError& e) {
  throw LocalError(e.what());
}

void Loader::take_local_codes(const LocalProfile& local) {
  const auto sets = local.file().root().find("code_sets");
  if (!sets) return;
  file_ = "line " + std::to_string(local.file().line(*sets));
  for (const Json json : *sets) {
    file_ = "line " + std::to_string(local.file().line(json));
    const std::string id = text(json, "id");
    if (catalogue_.code_set(id)) fail("a code set " + id + " is there already: give it another id");
    auto set = std::make_shared<CodeSet>(id, std::vector<std::string>{"code", "display", "system", "status"});
    set->name = json.value("name", id);
    set->system = json.value("system", "");
    set->edition = {local.title, local.edition, local.source};
    const auto add = [&](const Json& row) {
      const std::string_view cells[] = {set->keep(row.at(0).get<std::string>()),
                                        set->keep(row.size() > 1 ? row.at(1).get<std::string>() : std::string())};
      if (cells[0].empty()) fail("a code of " + id + " is empty");
      set->add(cells);
    };
    for (const auto& [name, value] : json.items())
      if (name != "id" && name != "name" && name != "system" && name != "codes" && name != "of" && name != "keep" &&
          name != "drop" && name != "add")
        fail("a code set has no \"" + std::string(name) + "\"");
    if (!json.contains("of") && (json.contains("keep") || json.contains("drop")))
      fail(id + " keeps or drops codes of no table: name it in \"of\"");
    if (json.contains("of")) {
      const CodeSet* national = catalogue_.code_set(text(json, "of"));
      if (!national) fail("no code set is called " + text(json, "of"));
      if (json.contains("codes")) fail(id + " has \"codes\" or \"of\", not both");
      const auto keep = json.value("keep", std::vector<std::string>()),
                 drop = json.value("drop", std::vector<std::string>());
      for (const auto* named : {&keep, &drop})
        for (const std::string& code : *named)
          if (!national->find(code)) fail(national->id + " has no code " + code);
      const auto among = [](const std::vector<std::string>& list, std::string_view code) {
        return std::find(list.begin(), list.end(), code) != list.end();
      };
      if (set->system.empty()) set->system = national->system;
      for (const Code& row : national->codes()) {
        if (!keep.empty() && !among(keep, row.code)) continue;
        if (among(drop, row.code)) continue;
        const std::string_view cells[] = {set->keep(std::string(row.code)), set->keep(std::string(row.display)),
                                          set->keep(std::string(row.system)), set->keep(std::string(row.status))};
        set->add(cells);
      }
    }
    for (const char* key : {"codes", "add"})
      if (const auto rows = json.find(key))
        for (const Json row : *rows) add(row);
    if (set->codes().empty()) fail(id + " has no codes");
    set->index();
    catalogue_.code_sets.emplace(id, std::move(set));
  }
}

// ---- effects

int16_t Loader::add_effect(const Local& local, const LocalChange& change, int below, LocalEffect effect) {
  effect.profile = local;
  effect.change = change;
  if (below >= 0) {
    const LocalEffect& lower = catalogue_.local[static_cast<size_t>(below)];
    for (size_t k = 0; k < effect.change.values.size(); ++k) {
      const auto key = static_cast<LocalKey>(k);
      if (!change.has(key)) effect.change[key] = lower.change[key];
    }
    effect.presence = effect.presence || lower.presence;
    effect.values = effect.values || lower.values;
    if (effect.kind == LocalKind::wording) effect.kind = lower.kind;
    // What holds nationally is what the lowest of them changed.
    if (!lower.national.empty()) effect.national = lower.national;
    if (effect.here.empty()) effect.here = lower.here;
    effect.cardinality = effect.cardinality || lower.cardinality;
  }
  if (catalogue_.local.size() >= INT16_MAX) fail("too many changes");
  catalogue_.local.push_back(std::move(effect));
  return static_cast<int16_t>(catalogue_.local.size() - 1);
}

void Loader::check_answer_codes(const LocalChange& change) const {
  const auto known = [&](LocalKey key, CodeTable table, const char* name) {
    if (change.has(key) && !catalogue_.error_codes.words(table, change[key]))
      fail(change[key] + " is no code of table " + name);
  };
  known(LocalKey::err3, CodeTable::error_code, "0357");
  known(LocalKey::err5, CodeTable::application_error, "0533");
}

// ---- rules

void Loader::load_own_rules(const Local& local, std::vector<std::pair<std::string, Json>>& with_statements) try {
  const JsonDocument& file = local->file();
  const auto rules = file.root().find("rules");
  if (!rules) return;
  file_ = "line " + std::to_string(file.line(*rules));
  if (!rules->is_list()) fail("\"rules\" is no list");
  constexpr std::string_view keys[] = {
      "id",   "title", "message",    "plain",    "why",  "fix",  "plain_fix", "who",   "severity", "kind",   "layer",
      "note", "mend",  "statements", "examples", "code", "err3", "err5",      "loses", "since",    "source", "contact"};
  for (const Json json : *rules) {
    file_ = "line " + std::to_string(file.line(json));
    for (const auto& [name, value] : json.items())
      if (std::find(std::begin(keys), std::end(keys), name) == std::end(keys))
        fail("a rule has no \"" + std::string(name) + "\"");
    const std::string id = text(json, "id");
    for (const char* key : {"id", "title", "message"})
      if (text(json, key).empty()) fail(std::string("\"") + key + "\" is empty");
    if (std::any_of(catalogue_.rules.begin(), catalogue_.rules.end(), [&](const Rule& r) { return r.id == id; }))
      fail("a rule " + id + " is there already: give it another id");
    LocalChange change;
    change.line = file.line(json);
    change[LocalKey::rule] = id;
    for (const LocalKey key :
         {LocalKey::code, LocalKey::err3, LocalKey::err5, LocalKey::loses, LocalKey::since, LocalKey::contact}) {
      const std::string_view name = local_keys()[static_cast<size_t>(key)].name;
      change[key] = json.value(name, "");
      if (!change.has(key)) continue;
      if (const std::string why = local_misfit(key, change[key]); !why.empty())
        fail("\"" + std::string(name) + "\": " + why);
    }
    if (const auto source = json.find("source"); source && source->is_text())
      change[LocalKey::source] = source->get<std::string>();
    if (!json.contains("statements") || json.at("statements").size() == 0)
      fail("a rule of one's own needs \"statements\"");
    for (const Json statement : json.at("statements"))
      for (const auto& [name, value] : statement.items())
        if (name != "profiles" && name != "on" && name != "if" && name != "then" && name != "target")
          fail("a statement has no \"" + std::string(name) + "\"");
    LocalChange said;
    for (const LocalKey key : worded) said[key] = json.value(local_keys()[static_cast<size_t>(key)].name, "");
    check_words(said);
    if (!in_force(*local, change)) continue;
    Rule& rule = load_rule(json, local.get());
    LocalEffect effect;
    effect.kind = LocalKind::added;
    effect.national = "not checked";
    effect.here = to_string(rule.severity);
    check_answer_codes(change);
    rule.local = add_effect(local, change, -1, std::move(effect));
    with_statements.emplace_back(file_, json);
  }
} catch (const JsonError& e) {
  throw LocalError(file_ + ": " + e.what());
} catch (const CatalogueError& e) {
  throw LocalError(e.what());
}

void Loader::change_rules(const Local& local) try {
  for (const LocalChange& change : local->changes)
    if (change.has(LocalKey::rule) && in_force(*local, change)) change_rule(local, change);
} catch (const CatalogueError& e) {
  throw LocalError(e.what());
}

void Loader::change_rule(const Local& local, const LocalChange& change) {
  file_ = change.line > 0 ? "line " + std::to_string(change.line) : "--severity";
  const std::string& id = change[LocalKey::rule];
  const auto found = std::lower_bound(catalogue_.rules.begin(), catalogue_.rules.end(), id,
                                      [](const Rule& r, const std::string& name) { return r.id < name; });
  if (found == catalogue_.rules.end() || found->id != id) fail("no rule is called " + id);
  Rule& rule = *found;
  if (rule.local >= 0 && catalogue_.local[static_cast<size_t>(rule.local)].profile == local)
    fail(id + " is changed twice, in line " +
         std::to_string(catalogue_.local[static_cast<size_t>(rule.local)].change.line) + ", too");
  check_answer_codes(change);
  check_words(change);
  Comparison compared;
  if (change.has(LocalKey::severity)) {
    const auto here = severity_named(change[LocalKey::severity]);
    const auto engine = static_cast<int>(&rule - catalogue_.rules.data());
    if (!here && std::find(std::begin(catalogue_.engine_rules_), std::end(catalogue_.engine_rules_), engine) !=
                     std::end(catalogue_.engine_rules_))
      fail(id + " speaks of the tables of a profile and cannot be off: change the place, or make it info");
    if (here == rule.severity && !local->by_user) fail(id + " already has the severity " + change[LocalKey::severity]);
    if (here == rule.severity) return;  // a switch to what is so already
    compared.say("", words_of(rule.severity), here ? words_of(here) : "off");
    compared.tighter = rank(here) > rank(rule.severity);
    compared.relaxed = rank(here) < rank(rule.severity);
    if (here) rule.severity = *here;
    rule.off = !here;
  }
  if (const auto who = who_named(change[LocalKey::who])) rule.who = *who;
  LocalEffect effect;
  effect.kind = compared.kind();
  effect.national = compared.national;
  effect.here = compared.here;
  if (change[LocalKey::loses] == "nothing") {
    effect.kind = LocalKind::relaxed;
    effect.here += effect.here.empty() ? "loses nothing" : ", loses nothing";
  }
  if (effect.kind == LocalKind::relaxed && !change.has(LocalKey::relaxes))
    fail(id + " asks for less than nationally (" + effect.national + ", here " + effect.here +
         "): say why in \"relaxes\"");
  if (effect.kind != LocalKind::relaxed && change.has(LocalKey::relaxes) && !local->by_user)
    fail(id + " relaxes nothing: leave \"relaxes\" out");
  rule.local = add_effect(local, change, rule.local, std::move(effect));
}

// ---- places

void Loader::change_places(const Local& local) try {
  for (const LocalChange& change : local->changes)
    if (change.has(LocalKey::at) && in_force(*local, change)) change_place(local, change);
} catch (const CatalogueError& e) {
  throw LocalError(e.what());
}

/// A copy of a data type for one element, so that a change of its parts changes nothing else.
int Loader::own_type(Profile& profile, int type) {
  const auto own = std::pair<const Profile*, int>(&profile, type);
  if (std::find(own_types_.begin(), own_types_.end(), own) != own_types_.end()) return type;
  DataTypeDef copy = profile.types[static_cast<size_t>(type)];
  profile.types.push_back(std::move(copy));
  const auto index = static_cast<int>(profile.types.size() - 1);
  own_types_.emplace_back(&profile, index);
  return index;
}

ElementDef& Loader::element_at(Profile& profile, const Path& path, const std::string& at) {
  const auto segment = std::find_if(profile.segments.begin(), profile.segments.end(),
                                    [&](const SegmentDef& s) { return s.code == path.segment; });
  if (segment == profile.segments.end()) fail(profile.id + " has no segment " + segment_name(path.segment));
  if (path.field > segment->fields.size() || segment->fields[path.field - 1].unknown)
    fail(profile.id + " has no " + segment_name(path.segment) + "-" + std::to_string(path.field));
  ElementDef* element = &segment->fields[path.field - 1];
  for (const uint32_t part : {path.component, path.subcomponent}) {
    if (part == 0) break;
    const int type = own_type(profile, element->type);
    // The element may lie in the list of types, which has grown.
    ElementDef& holder =
        element == &segment->fields[path.field - 1]
            ? *element
            : profile.types[static_cast<size_t>(segment->fields[path.field - 1].type)].components[path.component - 1];
    holder.type = type;
    auto& parts = profile.types[static_cast<size_t>(type)].components;
    if (part > parts.size() || parts[part - 1].unknown) fail(profile.id + " has no " + at);
    element = &parts[part - 1];
  }
  return *element;
}

void Loader::change_place(const Local& local, const LocalChange& change) {
  file_ = change.line > 0 ? "line " + std::to_string(change.line) : "--severity";
  const std::string& at = change[LocalKey::at];
  check_answer_codes(change);
  check_words(change);
  const CodeSet* codes = change.has(LocalKey::codes) ? catalogue_.code_set(change[LocalKey::codes]) : nullptr;
  if (change.has(LocalKey::codes) && !codes) fail("no code set is called " + change[LocalKey::codes]);
  const auto path = parse_path(at);
  if (path && at.find('[') != std::string::npos)
    fail(at + ": a place is meant in all its occurrences, write it without [ ]");
  const bool whole = !path || path->field == 0, limits = change.has(LocalKey::min) || change.has(LocalKey::max);
  if (whole && codes) fail(at + " is no field, so it takes no codes");
  if (path && path->component && limits) fail(at + " is a component, which is there once or not: change its usage");
  if (whole && change.has(LocalKey::min)) fail(at + " is required by the usage R, not by \"min\"");
  // The severity is that of codes where these are changed and nothing else is; else of what is missing.
  const bool of_codes = codes && !change.has(LocalKey::usage) && !limits;
  Comparison all;
  LocalEffect effect;
  int below = -1;
  std::vector<int16_t*> marks;
  const Profile* in = nullptr;
  // One thing that has usage and cardinality: an element, a segment, a group.
  const auto change_one = [&](Usage& usage, uint32_t& min, uint32_t& max, int16_t& mark, ElementDef* element) {
    if (mark >= 0) {
      const LocalEffect& other = catalogue_.local[static_cast<size_t>(mark)];
      if (other.profile == local)
        fail(at + " is changed twice, in line " + std::to_string(other.change.line) + ", too");
      below = mark;
    }
    Comparison c;
    const Usage was = usage;
    const auto was_presence = presence_severity(catalogue_, was, element);
    auto presence = was_presence;
    const std::string was_text = element ? usage_text(*element) : std::string(to_string(was));
    if (change.has(LocalKey::usage)) {
      const Usage here = usage_named(change[LocalKey::usage]);
      if (here == was && !local->by_user) fail(at + " already has the usage " + change[LocalKey::usage]);
      const bool right = was == Usage::C && element
                             ? within(here, element->usage_true) && within(here, element->usage_false)
                             : within(here, was);
      c.say("usage", was_text, change[LocalKey::usage]);
      (right ? c.tighter : c.relaxed) = true;
      usage = here;
      presence = presence_severity(catalogue_, here, element);
      if (here == Usage::R && min == 0) min = 1;
      if (here == Usage::O || here == Usage::RE) min = 0;
    }
    const auto limit = [&](LocalKey key, const char* name, uint32_t& now, bool up) {
      if (!change.has(key)) return;
      const uint32_t here = change[key] == "*" ? unbounded : number(change[key]);
      if (here == now && !local->by_user) fail(at + " already has " + name + " " + change[key]);
      c.say(name, count_words(now), count_words(here));
      ((here > now) == up ? c.tighter : c.relaxed) = true;
      now = here;
    };
    limit(LocalKey::min, "min", min, true);
    limit(LocalKey::max, "max", max, false);
    if (change.has(LocalKey::min) && usage != Usage::R) fail(at + ": \"min\" needs the usage R");
    if (min > max) fail(at + ": min " + count_words(min) + " is above max " + count_words(max));
    // A table that each site defines is no table nationally.
    const bool was_checked =
        element && element->value_checked &&
        std::any_of(element->binding.begin(), element->binding.end(), [](const CodeSet* set) { return !set->local; });
    const Severity of_unknown_code =
        catalogue_.rules[static_cast<size_t>(catalogue_.rule_index(Engine::code_unknown))].severity;
    if (codes && element) {
      const DataTypeDef& type = in->types[static_cast<size_t>(element->type)];
      if (type.format == Format::varies)
        fail(at + " has another type from one to the other: write a rule of your own for its codes");
      if (!type.primitive() && !type.coded && element->binding_component == 0)
        fail(at + " has several parts: name the component that takes the codes, " + at + ".1");
      const std::string was_name = element->binding_name.empty() ? "no table" : element->binding_name;
      if (element->binding_name == codes->id && !local->by_user) fail(at + " already takes " + codes->id);
      const bool part = element->binding.empty() || part_of(*codes, element->binding);
      (part ? c.tighter : c.relaxed) = true;
      c.say("codes", was_name, codes->id);
      element->binding = {codes};
      element->binding_name = codes->id;
    }
    if (const auto severity = severity_named(change[LocalKey::severity])) {
      std::optional<Severity> checked;
      if (was_checked) checked = of_unknown_code;
      const std::optional<Severity> national = of_codes ? checked : was_presence, now = of_codes ? checked : presence;
      if (severity == now && (of_codes || usage == was) && !local->by_user)
        fail(at + " already has the severity " + change[LocalKey::severity]);
      if (!of_codes && !presence)
        fail(at + " may be left out (usage O), so nothing is found there: give it a usage, too");
      c.say("", words_of(national), words_of(severity));
      if (rank(severity) > rank(national)) c.tighter = true;
      if (rank(severity) < rank(national)) c.relaxed = true;
      // What is there too often nationally is an error.
      if (limits && severity != Severity::error) c.relaxed = true;
    }
    if (element && usage != Usage::C) {
      element->when = {};
      element->in_group = false;
    }
    if (element)
      element->value_checked = codes || (usage == Usage::O ? element->value_checked && was == Usage::O : true);
    all.add(c);
    marks.push_back(&mark);
  };
  const std::vector<std::string> ids =
      change.has(LocalKey::profiles) ? words(change[LocalKey::profiles]) : std::vector<std::string>{"Z22"};
  for (const std::string& id : ids) {
    const auto it = std::find_if(catalogue_.profiles.begin(), catalogue_.profiles.end(),
                                 [&](const auto& p) { return p->id == id; });
    if (it == catalogue_.profiles.end()) fail("no profile is called " + id);
    Profile& profile = **it;
    in = &profile;
    if (change[LocalKey::loses] == "dose") {
      const std::string name = whole ? at : segment_name(path->segment);
      if (std::none_of(profile.structure.begin(), profile.structure.end(),
                       [&](const StructureDef& s) { return s.name == name && (s.parent >= 0 || s.group); }))
        fail(at + " lies in no dose, so \"loses\" cannot be dose: write segment or message");
    }
    if (whole) {
      bool any = false;
      for (size_t n = 0; n < profile.structure.size(); ++n) {
        StructureDef& s = profile.structure[n];
        if (s.name != at) continue;
        any = true;
        // What opens a group tells where it begins.
        const bool opens =
            s.parent >= 0 && profile.structure[static_cast<size_t>(s.parent)].children.front() == static_cast<int>(n);
        if (opens && change.has(LocalKey::usage)) fail(at + " opens its group, so its usage stays");
        change_one(s.usage, s.min, s.max, s.local, nullptr);
      }
      if (!any) fail(id + " has no segment and no group " + at);
    } else {
      ElementDef& e = element_at(profile, *path, at);
      change_one(e.usage, e.min, e.max, e.local, &e);
    }
  }
  if (change[LocalKey::loses] == "nothing") {
    all.relaxed = true;
    all.here += all.here.empty() ? "loses nothing" : ", loses nothing";
  }
  effect.kind = all.kind();
  effect.national = all.national;
  effect.here = all.here;
  effect.values = codes != nullptr;
  effect.cardinality = limits;
  effect.presence = change.has(LocalKey::usage) || (!codes && !limits) || (limits && change.has(LocalKey::severity));
  if (effect.kind == LocalKind::relaxed && !change.has(LocalKey::relaxes))
    fail(at + " asks for less than nationally (" + effect.national + ", here " + effect.here +
         "): say why in \"relaxes\"");
  if (effect.kind != LocalKind::relaxed && change.has(LocalKey::relaxes) && !local->by_user)
    fail(at + " relaxes nothing: leave \"relaxes\" out");
  const int16_t index = add_effect(local, change, below, std::move(effect));
  for (int16_t* mark : marks) *mark = index;
}

}  // namespace iz
