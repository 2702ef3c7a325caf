#include "core/local.h"

#include <algorithm>
#include <charconv>

#include "core/catalogue.h"
#include "core/loader.h"
#include "core/path.h"
#include "core/utf8.h"
#include "core/words.h"

namespace iz {
namespace {

using Json = JsonValue;

constexpr LocalKeyDef kKeys[] = {
    {"rule", LocalForm::text, "Id of a rule. A change is about a rule or about a place, not both."},
    {"at", LocalForm::text, "A place: a segment (RXR), group (VXU_V04.ORDER), field (PID-11) or component (PID-3.4)."},
    {"profiles", LocalForm::words, "Profiles in which the place is changed; Z22 if left out."},
    {"usage", LocalForm::usage, "R required, RE required if known, O optional, X not supported."},
    {"min", LocalForm::number, "How often it must be there."},
    {"max", LocalForm::number, "How often it may be there; * for any number."},
    {"codes", LocalForm::text, "Id of the code set, one of code_sets or of the national ones, that the place takes."},
    {"severity", LocalForm::severity,
     "error, warning or info; off for a rule that is not used. At a place: of what is missing, or of a code that is "
     "not in "
     "codes."},
    {"title", LocalForm::text, "Names the fault, at most 60 characters."},
    {"message", LocalForm::text, "One sentence; it also is what the registry writes in ERR-8."},
    {"plain", LocalForm::text, "The same for clinic and registration, without words of HL7."},
    {"why", LocalForm::text, "What the registry does because of it."},
    {"fix", LocalForm::text, "How to mend it."},
    {"plain_fix", LocalForm::text, "The same without words of HL7."},
    {"who", LocalForm::who, "Who mends it: registration, clinic, interface, vendor, codes or iis."},
    {"err3", LocalForm::text, "ERR-3 of the answer, a code of table 0357."},
    {"err5", LocalForm::text, "ERR-5 of the answer, a code of table 0533."},
    {"code", LocalForm::text, "The registry's own code, second triplet of ERR-5."},
    {"loses", LocalForm::loss,
     "What the registry does not store because of it: nothing, the value, its segment, the dose or all "
     "of the message. What the guide's table 3-1 says, if left out."},
    {"since", LocalForm::date, "Day from which the change holds, YYYY-MM-DD."},
    {"source", LocalForm::text, "Where the registry says so."},
    {"contact", LocalForm::text, "Whom to ask about it."},
    {"relaxes", LocalForm::text, "Why less is asked than nationally. Without a reason that is refused."}};
static_assert(std::size(kKeys) == size_t(LocalKey::count));

constexpr std::string_view kUsages[] = {"R", "RE", "O", "X"};
constexpr std::string_view kSeverities[] = {"error", "warning", "info", "off"};
constexpr std::string_view kWho[] = {"registration", "clinic", "interface", "vendor", "codes", "iis"};
constexpr std::string_view kLosses[] = {"nothing", "value", "segment", "dose", "message"};

/// The members of a profile beside `changes`, with what they say.
struct Member {
  std::string_view name, type, says;
};
constexpr Member kMembers[] = {
    {"local_profile", "number", "1, the version of this form."},
    {"id", "string", "A short name without blanks."},
    {"title", "string", "The registry's name."},
    {"edition", "string", "Which edition of its rules; a day is best."},
    {"contact", "string", "Whom to ask."},
    {"source", "string", "The document it was taken from."},
    {"note", "string", "Anything a reader should know."},
    {"changes", "array", "What differs from the national rules, one object each."},
    {"rules", "array", "Rules of the registry's own, as the national ones are written, with code, err3 and err5."},
    {"code_sets", "array", "Tables of the registry's own, and parts of national ones."},
    {"answers", "object", "How its acknowledgments are written: senders, phrases, lists."},
    {"timeliness", "array", "Limits of days from a dose to its message."}};

[[noreturn]] void refuse(uint32_t line, const std::string& reason) {
  throw LocalError("line " + std::to_string(line) + ": " + reason);
}

std::string listed(std::span<const std::string_view> names) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    out += i == 0 ? "" : i + 1 == names.size() ? " or " : ", ";
    out += names[i];
  }
  return out;
}

std::string text_of(const Json& value, LocalForm form) {
  if (form == LocalForm::words && value.is_list()) {
    std::string out;
    for (const auto& word : value.get<std::vector<std::string>>()) out += (out.empty() ? "" : " ") + word;
    return out;
  }
  if (form == LocalForm::number && !value.is_text()) return std::to_string(value.get<uint32_t>());
  return value.get<std::string>();
}

LocalChange read_change(const JsonDocument& file, const Json& json) {
  LocalChange out;
  out.line = file.line(json);
  for (const auto& [name, value] : json.items()) {
    const auto key = local_key(name);
    if (!key) refuse(file.line(value), "a change has no \"" + std::string(name) + "\"");
    if (out.has(*key)) refuse(file.line(value), "\"" + std::string(name) + "\" is there twice");
    try {
      out[*key] = trim_blanks(text_of(value, kKeys[size_t(*key)].form));
    } catch (const JsonError& e) {
      refuse(file.line(value), "\"" + std::string(name) + "\": " + e.what());
    }
    if (const std::string why = local_misfit(*key, out[*key]); !why.empty())
      refuse(file.line(value), "\"" + std::string(name) + "\": " + why);
    if (!out.has(*key)) refuse(file.line(value), "\"" + std::string(name) + "\" is empty: leave it out");
  }
  try {
    check_change(out);
  } catch (const LocalError& e) {
    refuse(out.line, e.what());
  }
  return out;
}

}  // namespace

std::span<const LocalKeyDef> local_keys() { return kKeys; }

std::span<const std::string_view> local_values(LocalForm form) {
  switch (form) {
    case LocalForm::usage:
      return kUsages;
    case LocalForm::severity:
      return kSeverities;
    case LocalForm::who:
      return kWho;
    case LocalForm::loss:
      return kLosses;
    case LocalForm::text:
    case LocalForm::words:
    case LocalForm::number:
    case LocalForm::date:
      break;
  }
  return {};
}

std::string local_misfit(LocalKey key, const std::string& value) {
  const LocalForm form = kKeys[size_t(key)].form;
  if (const auto names = local_values(form); !names.empty())
    return std::find(names.begin(), names.end(), value) == names.end() ? value + " is not " + listed(names)
                                                                       : std::string();
  if (form == LocalForm::date && !parse_date(value)) return value + " is no day; write YYYY-MM-DD";
  const bool digits =
      value.size() <= 6 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (form == LocalForm::number && !digits && !(key == LocalKey::max && value == "*"))
    return value + " is no number" + (key == LocalKey::max ? " and not *" : "");
  return {};
}

std::optional<LocalKey> local_key(std::string_view name) {
  for (size_t i = 0; i < std::size(kKeys); ++i)
    if (kKeys[i].name == name) return static_cast<LocalKey>(i);
  return std::nullopt;
}

std::optional<Severity> severity_named(std::string_view name) {
  for (const Severity s : {Severity::error, Severity::warning, Severity::info})
    if (to_string(s) == name) return s;
  return std::nullopt;
}

std::optional<Who> who_named(std::string_view name) {
  for (const Who w : {Who::registration, Who::clinic, Who::interface, Who::vendor, Who::codes, Who::iis})
    if (to_string(w) == name) return w;
  return std::nullopt;
}

std::string_view to_string(LocalKind kind) {
  static constexpr std::string_view names[] = {"tighter", "new", "relaxed", "wording"};
  return names[size_t(kind)];
}

void check_change(const LocalChange& change) {
  const auto need = [](bool right, const std::string& reason) {
    if (!right) throw LocalError(reason);
  };
  for (size_t i = 0; i < std::size(kKeys); ++i) {
    const auto key = static_cast<LocalKey>(i);
    if (!change.has(key)) continue;
    const std::string why = local_misfit(key, change[key]);
    need(why.empty(), "\"" + std::string(kKeys[i].name) + "\": " + why);
  }
  const bool place = change.has(LocalKey::at);
  need(place != change.has(LocalKey::rule), "a change has either a \"rule\" or a place \"at\"");
  for (const LocalKey key : {LocalKey::usage, LocalKey::min, LocalKey::max, LocalKey::codes, LocalKey::profiles})
    need(place || !change.has(key),
         "\"" + std::string(kKeys[size_t(key)].name) + "\" is for a place \"at\", not for a rule");
  need(!place || change[LocalKey::severity] != "off", "a place cannot be off: give it the usage O");
  constexpr LocalKey beside[] = {LocalKey::rule,   LocalKey::at,      LocalKey::profiles, LocalKey::since,
                                 LocalKey::source, LocalKey::contact, LocalKey::relaxes};
  bool says = false;
  for (size_t i = 0; i < std::size(kKeys); ++i) {
    const auto key = static_cast<LocalKey>(i);
    says = says || (change.has(key) && std::find(std::begin(beside), std::end(beside), key) == std::end(beside));
  }
  need(says, "the change changes nothing");
  const std::string &usage = change[LocalKey::usage], &min = change[LocalKey::min], &max = change[LocalKey::max];
  const auto count = [](const std::string& text) {
    return text == "*" ? 0xffffffffu : static_cast<unsigned>(std::stoul(text));
  };
  need(min.empty() || max.empty() || count(min) <= count(max), "\"min\" " + min + " is above \"max\" " + max);
  need(usage != "X" || min.empty() || min == "0", "usage X and \"min\" " + min + " contradict each other");
  need(usage != "R" || max != "0", "usage R and \"max\" 0 contradict each other");
  need(usage != "R" || min != "0", "usage R and \"min\" 0 contradict each other");
}

std::shared_ptr<const LocalProfile> LocalProfile::read(std::string text) {
  auto out = std::make_shared<LocalProfile>();
  out->steps = &Loader::local_steps;
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (valid_utf8(text) != text) throw LocalError("line 1: the file is no UTF-8: save it as UTF-8");
  out->text_ = std::move(text);
  try {
    out->file_.emplace(out->text_);
    const JsonDocument& file = *out->file_;
    const Json root = file.root();
    if (!root.is_object()) refuse(1, "a local profile is a JSON object");
    std::vector<std::string_view> seen;
    for (const auto& [name, value] : root.items()) {
      if (std::find(seen.begin(), seen.end(), name) != seen.end())
        refuse(file.line(value), "\"" + std::string(name) + "\" is there twice");
      seen.push_back(name);
      if (std::none_of(std::begin(kMembers), std::end(kMembers), [&](const Member& m) { return m.name == name; }))
        refuse(file.line(value), "a local profile has no \"" + std::string(name) + "\"");
    }
    const auto form = root.find("local_profile");
    if (!form) refuse(1, "\"local_profile\": 1 is missing, so this is no local profile");
    const auto take = [&](const char* key, bool needed, std::string& into) {
      const auto value = root.find(key);
      if (!value && needed) refuse(1, std::string("\"") + key + "\" is missing");
      if (!value) return;
      if (!value->is_text()) refuse(file.line(*value), std::string("\"") + key + "\" is no text");
      into = value->get<std::string>();
      if (needed && into.empty()) refuse(file.line(*value), std::string("\"") + key + "\" is empty");
    };
    if (form->kind() != Json::Kind::number || form->get<double>() != 1)
      refuse(file.line(*form), "this program reads version 1 of local profiles");
    take("id", true, out->id);
    if (out->id.find_first_of(" \t\r\n/\\") != std::string::npos)
      refuse(file.line(root.at("id")), "\"id\" has blanks in it");
    take("title", true, out->title);
    take("edition", true, out->edition);
    take("contact", false, out->contact);
    take("source", false, out->source);
    std::string note;
    take("note", false, note);
    constexpr size_t most = 2000;
    for (const char* list : {"changes", "rules", "code_sets"})
      if (const auto items = root.find(list); items && items->size() > most)
        refuse(file.line(*items), std::string("\"") + list + "\" has more than " + std::to_string(most) + " items");
    if (const auto answers = root.find("answers")) {
      if (!answers->is_object()) refuse(file.line(*answers), "\"answers\" is no object");
      const auto said = answers->find("lists");
      if (said && !said->is_text()) refuse(file.line(*said), "\"lists\" is no text");
      const std::string lists = said ? said->get<std::string>() : "all";
      if (lists != "all" && lists != "errors")
        refuse(file.line(*answers), "\"lists\": " + lists + " is not all or errors");
      out->errors_only = lists == "errors";
    }
    if (const auto changes = root.find("changes")) {
      if (!changes->is_list()) refuse(file.line(*changes), "\"changes\" is no list");
      for (const Json change : *changes) {
        if (!change.is_object()) refuse(file.line(change), "a change is no object");
        out->changes.push_back(read_change(file, change));
      }
    }
  } catch (const JsonError& e) {
    throw LocalError(e.what());
  }
  return out;
}

std::shared_ptr<const LocalProfile> LocalProfile::switches(std::string_view list) {
  auto out = std::make_shared<LocalProfile>();
  out->steps = &Loader::local_steps;
  out->id = "switches";
  out->title = "your switches";
  out->by_user = true;
  out->text_ = "{}";
  out->file_.emplace(out->text_);
  while (!list.empty()) {
    const size_t end = std::min(list.find(','), list.size());
    const std::string_view one = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    const size_t equals = one.find('=');
    if (equals == std::string_view::npos || equals == 0 || equals + 1 == one.size())
      throw LocalError("a switch is RULE=SEVERITY or PLACE=SEVERITY, not " + std::string(one));
    LocalChange change;
    const std::string name(one.substr(0, equals));
    const Catalogue& national = Catalogue::built_in();
    const bool group = std::any_of(national.profiles.begin(), national.profiles.end(), [&](const auto& p) {
      return std::any_of(p->structure.begin(), p->structure.end(),
                         [&](const StructureDef& s) { return s.name == name; });
    });
    const bool place = (group || parse_path(name).has_value()) && !national.rule(name);
    change[place ? LocalKey::at : LocalKey::rule] = name;
    change[LocalKey::severity] = one.substr(equals + 1);
    change[LocalKey::relaxes] = "you chose it";
    check_change(change);
    out->changes.push_back(std::move(change));
  }
  return out;
}

std::string local_schema() {
  const auto quoted = [](std::string_view text) { return "\"" + std::string(text) + "\""; };
  std::string out =
      "{\n\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n\"title\": \"Local profile of an "
      "immunization "
      "registry\",\n\"type\": \"object\",\n\"additionalProperties\": false,\n\"required\": [\"local_profile\", \"id\", "
      "\"title\", \"edition\"],\n\"properties\": {\n";
  for (const Member& m : kMembers) {
    out += "  " + quoted(m.name) + ": {";
    if (m.name == "local_profile")
      out += "\"const\": 1, ";
    else
      out += "\"type\": " + quoted(m.type) + ", ";
    if (m.name == "id") out += "\"pattern\": \"^[^ \\\\t\\\\r\\\\n/\\\\\\\\]+$\", ";
    if (m.name == "changes") out += "\"items\": {\"$ref\": \"#/$defs/change\"}, ";
    if (m.name == "timeliness") out += "\"items\": {\"type\": \"integer\", \"minimum\": 0}, ";
    if (m.name == "rules" || m.name == "code_sets")
      out += "\"items\": {\"type\": \"object\", \"required\": [\"id\"]}, ";
    out += "\"description\": " + quoted(m.says) + "},\n";
  }
  out.resize(out.size() - 2);
  out +=
      "\n},\n\"$defs\": {\"change\": {\n\"type\": \"object\",\n\"additionalProperties\": false,\n\"oneOf\": "
      "[{\"required\": "
      "[\"rule\"]}, {\"required\": [\"at\"]}],\n\"properties\": {\n";
  for (const LocalKeyDef& key : kKeys) {
    out += "  " + quoted(key.name) + ": {";
    if (const auto names = local_values(key.form); !names.empty()) {
      out += "\"enum\": [";
      for (const std::string_view name : names) out += (name == names[0] ? "" : ", ") + quoted(name);
      out += "]";
    } else if (key.form == LocalForm::words) {
      out += R"("type": "array", "items": {"type": "string"}, "minItems": 1)";
    } else if (key.form == LocalForm::date) {
      out += R"("type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")";
    } else if (key.form == LocalForm::number) {
      out += R"("anyOf": [{"type": "integer", "minimum": 0, "maximum": 999999}, {"const": "*"}])";
    } else {
      out += R"("type": "string", "minLength": 1)";
    }
    out += ", \"description\": " + quoted(key.says) + "},\n";
  }
  out.resize(out.size() - 2);
  return out + "\n}}}\n}\n";
}

}  // namespace iz
