// Every predicate of every profile, in messages made from the samples: with its condition true and false, its element
// sent and not sent, in each way in which the condition can come about.
#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/check.h"
#include "core/edit.h"
#include "tests/catalogue/sample.h"

namespace {

namespace fs = std::filesystem;
using iz::Catalogue;
using iz::Condition;
using iz::ElementDef;
using iz::Engine;
using iz::Op;
using iz::Path;
using iz::Profile;
using iz::RelativePlace;
using iz::Usage;
using Json = nlohmann::json;

/// What stands at the places of a condition; an empty text: nothing.
struct Setting {
  RelativePlace place;
  std::string text;
};
using Settings = std::vector<Setting>;

bool same(const RelativePlace& a, const RelativePlace& b) {
  return a.segment == b.segment && a.field == b.field && a.component == b.component && a.subcomponent == b.subcomponent;
}

/// `more`, with what `first` says of the same places.
Settings merge(const Settings& first, const Settings& more) {
  Settings out = first;
  for (const Setting& s : more)
    if (std::none_of(first.begin(), first.end(), [&](const Setting& f) { return same(f.place, s.place); }))
      out.push_back(s);
  return out;
}

/// Whether a condition holds when nothing stands but the settings: a value that is absent is none of any list.
bool holds(const Condition& c, const Settings& settings) {
  const auto text = [&](const RelativePlace& place) {
    const auto s =
        std::find_if(settings.begin(), settings.end(), [&](const Setting& x) { return same(x.place, place); });
    return s == settings.end() ? std::string() : s->text;
  };
  switch (c.op) {
    case Op::present:
      return !text(c.at).empty();
    case Op::one_of:
      return !text(c.at).empty() && std::find(c.values.begin(), c.values.end(), text(c.at)) != c.values.end();
    case Op::negate:
      return !holds(c.parts[0], settings);
    default:
      return std::all_of(c.parts.begin(), c.parts.end(), [&](const Condition& part) { return holds(part, settings); });
  }
}

/// Settings to try so that a condition comes to hold, or not to; some do not achieve it.
std::vector<Settings> attempts(const Condition& c, bool hold) {
  std::vector<Settings> out;
  switch (c.op) {
    case Op::present:
      return {{{c.at, hold ? "1" : ""}}};
    case Op::one_of:
      if (!hold) return {{{c.at, ""}}, {{c.at, "zz"}}};
      for (const std::string& value : c.values) out.push_back({{c.at, value}});
      return out;
    case Op::negate:
      return attempts(c.parts[0], !hold);
    case Op::all:
      if (hold) {
        out = {{}};
        for (const Condition& part : c.parts) {
          // A value says more of a place than that something stands there: it comes first.
          std::vector<Settings> longer;
          for (const Settings& so_far : out)
            for (const Settings& way : attempts(part, true))
              longer.push_back(part.op == Op::present ? merge(so_far, way) : merge(way, so_far));
          out = longer;
        }
        return out;
      }
      for (size_t broken = 0; broken < c.parts.size(); ++broken) {
        for (Settings way : attempts(c.parts[broken], false)) {
          for (size_t i = 0; i < c.parts.size(); ++i)
            if (i != broken) way = merge(way, attempts(c.parts[i], true)[0]);
          out.push_back(way);
        }
      }
      return out;
    default:
      FAIL("a predicate of a kind that this test cannot bring about");
      return out;
  }
}

/// The ways in which a condition comes to hold, or not to.
std::vector<Settings> ways(const Condition& c, bool hold) {
  std::vector<Settings> out = attempts(c, hold);
  std::erase_if(out, [&](const Settings& s) { return holds(c, s) != hold; });
  REQUIRE_FALSE(out.empty());
  return out;
}

/// An element with a predicate: a field of a segment, or a component of a data type.
struct Predicate {
  const iz::SegmentDef* segment = nullptr;
  const iz::DataTypeDef* type = nullptr;
  uint32_t number = 0;
  const ElementDef* element = nullptr;
  std::string name() const { return (type ? type->id + "." : segment->name + "-") + std::to_string(number); }
};

std::vector<Predicate> predicates(const Profile& profile) {
  std::vector<Predicate> out;
  for (const iz::SegmentDef& s : profile.segments)
    for (size_t i = 0; i < s.fields.size(); ++i)
      if (s.fields[i].usage == Usage::C) out.push_back({&s, nullptr, static_cast<uint32_t>(i + 1), &s.fields[i]});
  for (const iz::DataTypeDef& t : profile.types)
    for (size_t i = 0; i < t.components.size(); ++i)
      if (t.components[i].usage == Usage::C)
        out.push_back({nullptr, &t, static_cast<uint32_t>(i + 1), &t.components[i]});
  return out;
}

bool can_stand(const ElementDef& e) {
  const bool never = e.usage == Usage::X;
  const bool at_times = e.usage == Usage::C && (e.usage_true == Usage::X || e.usage_false == Usage::X);
  return !e.unknown && e.type >= 0 && !never && !at_times;
}

/// Where an element of a data type may stand in the segments of a message, whatever else they hold.
std::vector<Path> places(const Profile& profile, const iz::DataTypeDef& type, const iz::Message& message) {
  std::vector<Path> out;
  const auto is = [&](const ElementDef& e) { return &profile.types[static_cast<size_t>(e.type)] == &type; };
  for (const iz::Segment& s : message.segments()) {
    const iz::SegmentDef* def = profile.segment(s.name);
    if (!def) continue;
    for (uint32_t f = 1; f <= def->fields.size(); ++f) {
      const ElementDef& field = def->fields[f - 1];
      if (!can_stand(field)) continue;
      if (is(field)) out.push_back({s.name, s.occurrence, f, 1});
      const iz::DataTypeDef& whole = profile.types[static_cast<size_t>(field.type)];
      for (uint32_t c = 1; c <= whole.components.size(); ++c)
        if (can_stand(whole.components[c - 1]) && is(whole.components[c - 1]))
          out.push_back({s.name, s.occurrence, f, 1, c});
    }
    for (const auto& [value, t] : def->value_types)
      if (&profile.types[static_cast<size_t>(t)] == &type && s.name == iz::segment_code("OBX") &&
          message.value(message.field(static_cast<uint32_t>(&s - message.segments().data()), 2)) == value)
        out.push_back({s.name, s.occurrence, 5, 1});
  }
  return out;
}

/// The path of a part of `whole`, which is a segment, a field or a component.
Path part(Path whole, uint32_t number, uint32_t inner = 0) {
  if (!whole.field) {
    whole.field = number;
    whole.repetition = 1;
    whole.component = inner;
  } else if (!whole.component) {
    whole.component = number;
    whole.subcomponent = inner;
  } else {
    whole.subcomponent = number;
  }
  return whole;
}

/// Where a place of the condition of `p` is, when the element of `p` is a part of `whole`.
Path condition_path(const Predicate& p, const Path& whole, const RelativePlace& at) {
  if (p.type) return part(whole, at.component, at.subcomponent);
  Path path = whole;
  if (at.segment) path = {at.segment, whole.occurrence};  // the samples have one of each segment for each ORC
  path.field = at.field;
  path.repetition = 1;
  path.component = at.component;
  path.subcomponent = at.subcomponent;
  return path;
}

std::string put(std::string text, const Path& path, std::string_view value) {
  iz::Message message;
  message.parse(text);
  const auto changed = iz::set_value(message, path, value);
  REQUIRE(changed);
  return *changed;
}

/// The first part of the type that neither the predicate nor its condition speaks of, so that something stands there.
uint32_t bystander(const Predicate& p, const Settings& settings) {
  for (uint32_t n = 1; n <= p.type->components.size(); ++n)
    if (n != p.number &&
        std::none_of(settings.begin(), settings.end(), [&](const Setting& s) { return s.place.component == n; }))
      return n;
  return 0;
}

/// What the engine should say of the element, by HL7's meaning of the usages.
std::optional<Engine> expected(Usage usage, bool sent) {
  if (sent && usage == Usage::X) return Engine::condition_not_supported;
  if (!sent && usage == Usage::R) return Engine::condition_missing;
  if (!sent && usage == Usage::RE) return Engine::condition_not_sent;
  return std::nullopt;
}

/// What it does say.
std::optional<Engine> said(const std::string& text, const Profile& profile, const Path& path) {
  static iz::Checker checker(Catalogue::built_in());
  iz::Message message;
  message.parse(text);
  iz::Report report;
  checker.check(message, {.profile = profile.id, .as_of = {}}, report);
  for (const iz::Finding& f : report.findings) {
    if (!(f.path == path)) continue;
    for (const Engine e : {Engine::condition_missing, Engine::condition_not_sent, Engine::condition_not_supported})
      if (f.rule == Catalogue::built_in().rule_index(e)) return e;
  }
  return std::nullopt;
}

struct Tally {
  size_t fired = 0, silent = 0;
};

/// Tries one predicate at one place in all ways.
void run(const Profile& profile, const Predicate& p, const std::string& base, const Path& whole, Tally& tally) {
  const Path target = part(whole, p.number);
  for (const bool hold : {true, false}) {
    const Usage usage = hold ? p.element->usage_true : p.element->usage_false;
    for (const Settings& way : ways(p.element->when, hold)) {
      for (const bool sent : {true, false}) {
        std::string text = base;
        if (p.type) {
          const uint32_t other = bystander(p, way);
          REQUIRE(other);
          text = put(put(text, whole, ""), part(whole, other), "1");
        }
        for (const Setting& s : way) text = put(text, condition_path(p, whole, s.place), s.text);
        text = put(text, target, sent ? "1" : "");
        INFO(profile.id << " " << p.name() << " at " << to_string(target) << ", condition " << hold << ", sent " << sent
                        << "\n"
                        << text);
        const auto want = expected(usage, sent), is = said(text, profile, target);
        CHECK(is == want);
        ++(is ? tally.fired : tally.silent);
      }
    }
  }
}

/// The samples of a profile, with the segments that they lack added where they may stand.
std::vector<std::string> bases(const Profile& profile) {
  std::vector<std::string> out;
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(IZ_SOURCE_DIR "/tests/samples")) files.insert(entry.path());
  for (const fs::path& file : files) {
    const std::string text = iz::test::sample(file.stem().string());
    if (text.find("|" + profile.id + "^CDCPHINVS") == std::string::npos) continue;
    std::string more;
    for (size_t at = 0; at < text.size();) {
      const size_t end = text.find('\n', at) + 1;
      const std::string line = text.substr(at, end - at);
      more += line;
      if (line.starts_with("MSA|") && text.find("\nERR|") == std::string::npos) more += "ERR||PID^1^5\n";
      at = end;
    }
    out.push_back(more);
  }
  return out;
}

}  // namespace

/// Predicates of a data type that no element of the profile has: nothing can be said against them.
const std::set<std::string> kNowhere = {"Z31 XCN_IZ_ST.1", "Z31 XCN_IZ_ST.9", "Z31 XCN_IZ_ST.12"};

TEST_CASE("Every predicate fires and stays silent as its condition says", "[predicates]") {
  size_t count = 0;
  std::set<std::string> untried;
  for (const auto& profile : Catalogue::built_in().profiles) {
    if (profile->type.empty()) continue;  // an envelope has no predicates
    const std::vector<std::string> samples = bases(*profile);
    CHECK_FALSE(samples.empty());
    for (const Predicate& p : predicates(*profile)) {
      Tally tally;
      for (const std::string& base : samples) {
        iz::Message message;
        message.parse(base);
        if (p.type) {
          for (const Path& whole : places(*profile, *p.type, message)) run(*profile, p, base, whole, tally);
        } else if (message.find_segment(p.segment->name) >= 0) {
          run(*profile, p, base, {p.segment->code, 1}, tally);
        }
      }
      if (tally.fired && tally.silent)
        ++count;
      else
        untried.insert(profile->id + " " + p.name());
    }
  }
  CHECK(untried == kNowhere);
  CHECK(count == 204);
}

TEST_CASE("The predicates are those of NIST's profiles", "[predicates]") {
  const char* shared = std::getenv("IZ_SHARED");
  const fs::path facts = fs::path(shared ? shared : IZ_SOURCE_DIR "/../shared") / "data" / "guide" / "guide-facts.json";
  if (!fs::exists(facts)) SKIP("SKIPPED: no " << facts << " (set IZ_SHARED)");
  std::ifstream in(facts, std::ios::binary);
  const Json guide = Json::parse(in);
  size_t listed = 0, known = 0;
  std::set<std::string> unknown;
  for (const auto& [id, facts_of_it] : guide.at("profiles").items()) {
    std::map<std::string, std::string> ours;  // element -> usages
    for (const Predicate& p : predicates(*Catalogue::built_in().profile(id)))
      ours[p.name()] =
          std::string(to_string(p.element->usage_true)) + "/" + std::string(to_string(p.element->usage_false));
    known += ours.size();
    for (const Json& p : facts_of_it.at("predicates")) {
      ++listed;
      std::string name = p.at("appliesTo");
      const std::string target = p.at("target");  // 3[1]; in a group 1[1].12[1]
      const auto number = target.substr(target.rfind('.') + 1, target.rfind('[') - target.rfind('.') - 1);
      if (p.at("level") == "Datatype")
        name = (name.starts_with("EI_IZ") ? "EI_IZ" : name) + "." + number;
      else
        name = (p.at("level") == "Group" ? "ORC" : facts_of_it["segments"][name]["name"].get<std::string>()) + "-" +
               number;
      INFO(id << " " << name);
      CHECK(ours[name] == p.at("trueUsage").get<std::string>() + "/" + p.at("falseUsage").get<std::string>());
    }
  }
  CHECK(listed == 209);
  CHECK(known == 207);  // ORC-12 has two in Z22 and Z32, one of which holds whatever stands there
}
