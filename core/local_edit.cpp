#include "core/local_edit.h"

#include <algorithm>

#include "core/json.h"

namespace iz {
namespace {

constexpr std::string_view kMembers[] = {"local_profile", "id",   "title",   "edition",    "contact",
                                         "source",        "note", "answers", "timeliness", "code_sets"};

std::string quoted(std::string_view text) {
  std::string out;
  json_quote(out, text);
  return out;
}

std::string value_json(LocalKey key, const std::string& text) {
  const LocalForm form = local_keys()[size_t(key)].form;
  if (form == LocalForm::number && text != "*") return text;
  if (form != LocalForm::words) return quoted(text);
  std::string out = "[";
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) out += (out.size() > 1 ? "," : "") + quoted(text.substr(at, end - at));
    at = end + 1;
  }
  return out + "]";
}

/// Whether it says anything beside what it is about.
bool says_something(const LocalChange& change) {
  for (size_t k = 0; k < local_keys().size(); ++k) {
    const auto key = static_cast<LocalKey>(k);
    if (key != LocalKey::rule && key != LocalKey::at && key != LocalKey::profiles && key != LocalKey::since &&
        change.has(key))
      return true;
  }
  return false;
}

}  // namespace

std::span<const std::string_view> local_members() { return kMembers; }

void json_write(std::string& out, JsonValue value) {
  switch (value.kind()) {
    case JsonValue::Kind::null:
      out += "null";
      break;
    case JsonValue::Kind::boolean:
      out += value.get<bool>() ? "true" : "false";
      break;
    case JsonValue::Kind::number:
      out += value.number();
      break;
    case JsonValue::Kind::text:
      json_quote(out, value.get<std::string_view>());
      break;
    case JsonValue::Kind::list:
      json_list(out, value, [&](JsonValue item) { json_write(out, item); });
      break;
    case JsonValue::Kind::object: {
      bool first = true;
      out += '{';
      for (const auto& [name, member] : value.items()) {
        if (!first) out += ',';
        first = false;
        json_quote(out, name);
        out += ':';
        json_write(out, member);
      }
      out += '}';
    }
  }
}

std::string change_json(const LocalChange& change) {
  std::string out;
  {
    JsonObject o(out);
    for (size_t k = 0; k < local_keys().size(); ++k) {
      const auto key = static_cast<LocalKey>(k);
      if (change.has(key)) o.key(local_keys()[k].name) += value_json(key, change[key]);
    }
  }
  return out;
}

std::string rule_json(JsonValue rule, std::span<const std::pair<std::string_view, std::string>> values) {
  const auto given = [&](std::string_view name) {
    return std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
  };
  std::string out;
  {
    JsonObject o(out);
    for (const auto& [name, value] : rule.items()) {
      const auto other = given(name);
      if (other == values.end()) {
        json_write(o.key(name), value);
      } else if (!other->second.empty()) {
        o.text(name, other->second);
      }
    }
    for (const auto& [name, value] : values)
      if (!rule.contains(name) && !value.empty()) o.text(name, value);
  }
  return out;
}

std::string LocalParts::write(std::vector<uint32_t>* change_lines, std::vector<uint32_t>* rule_lines) const {
  std::string out;
  uint32_t line = 1;
  const auto start = [&](std::string_view name) {
    out += out.empty() ? "{\n  " : ",\n  ";
    ++line;
    json_quote(out, name);
    out += ": ";
  };
  for (const auto& [name, value] : members) {
    start(name);
    out += value;
  }
  const auto list = [&](std::string_view name, const std::vector<std::string>& items, std::vector<uint32_t>* lines) {
    if (items.empty()) return;
    start(name);
    out += '[';
    for (const std::string& item : items) {
      out += &item == items.data() ? "\n    " : ",\n    ";
      ++line;
      if (lines) lines->push_back(line);
      out += item;
    }
    out += "\n  ]";
    ++line;
  };
  list("changes", changes, change_lines);
  list("rules", rules, rule_lines);
  return (out.empty() ? "{" : out) + "\n}\n";
}

LocalParts local_parts(const LocalProfile& local) {
  LocalParts out;
  const JsonValue file = local.file().root();
  for (const std::string_view member : kMembers)
    if (const auto value = file.find(member)) json_write(out.members.emplace_back(member, "").second, *value);
  for (const LocalChange& change : local.changes) out.changes.push_back(change_json(change));
  if (const auto rules = file.find("rules"))
    for (const JsonValue rule : *rules) json_write(out.rules.emplace_back(), rule);
  return out;
}

std::string local_json(const LocalProfile& local) { return local_parts(local).write(); }

std::string new_local_profile(std::string_view id, std::string_view edition) {
  return LocalParts{
      {{"local_profile", "1"}, {"id", quoted(id)}, {"title", quoted("New profile")}, {"edition", quoted(edition)}},
      {},
      {}}
      .write();
}

const std::string& subject(const LocalChange& change) {
  return change.has(LocalKey::rule) ? change[LocalKey::rule] : change[LocalKey::at];
}

bool same_change(const LocalChange& a, const LocalChange& b) {
  const auto profiles = [](const LocalChange& c) {
    return c.has(LocalKey::profiles) ? std::string_view(c[LocalKey::profiles]) : "Z22";
  };
  return subject(a) == subject(b) && a[LocalKey::since] == b[LocalKey::since] &&
         (a.has(LocalKey::rule) || profiles(a) == profiles(b));
}

const LocalChange* change_like(const LocalProfile& local, const LocalChange& about) {
  const auto it = std::find_if(local.changes.begin(), local.changes.end(),
                               [&](const LocalChange& c) { return same_change(c, about); });
  return it == local.changes.end() ? nullptr : &*it;
}

std::optional<JsonValue> own_rule(const LocalProfile& local, std::string_view id) {
  const auto rules = local.file().root().find("rules");
  if (!rules || id.empty()) return std::nullopt;
  for (const JsonValue rule : *rules)
    if (const auto named = rule.find("id"); named && named->is_text() && named->get<std::string_view>() == id)
      return rule;
  return std::nullopt;
}

std::string with_change(const LocalProfile& local, const LocalChange& about, const LocalChange& change) {
  LocalParts parts = local_parts(local);
  const LocalChange* before = change_like(local, about);
  if (const auto rule = own_rule(local, about[LocalKey::rule]); rule && !before) {
    std::vector<std::pair<std::string_view, std::string>> values;
    for (size_t k = 0; k < local_keys().size(); ++k) {
      const auto key = static_cast<LocalKey>(k);
      const std::string_view name = local_keys()[k].name;
      const auto member = rule->find(name);
      // A source may be an object with document and statement: that one stays.
      if (key == LocalKey::rule || (member && !member->is_text())) continue;
      values.emplace_back(name, change[key]);
    }
    std::string old;
    json_write(old, *rule);
    *std::find(parts.rules.begin(), parts.rules.end(), old) = rule_json(*rule, values);
    return parts.write();
  }
  if (!before) {
    if (says_something(change)) parts.changes.push_back(change_json(change));
  } else if (const auto at = before - local.changes.data(); says_something(change)) {
    parts.changes[size_t(at)] = change_json(change);
  } else {
    parts.changes.erase(parts.changes.begin() + at);
  }
  return parts.write();
}

std::string with_rule(const LocalProfile& local, std::string rule) {
  LocalParts parts = local_parts(local);
  parts.rules.push_back(std::move(rule));
  return parts.write();
}

std::string without_rule(const LocalProfile& local, std::string_view id) {
  LocalParts parts = local_parts(local);
  if (const auto rule = own_rule(local, id)) {
    std::string old;
    json_write(old, *rule);
    parts.rules.erase(std::find(parts.rules.begin(), parts.rules.end(), old));
  }
  return parts.write();
}

std::string with_member(const LocalProfile& local, std::string_view name, std::string_view value) {
  LocalParts parts = local_parts(local);
  auto it = std::find_if(parts.members.begin(), parts.members.end(), [&](const auto& m) { return m.first == name; });
  if (it == parts.members.end()) it = parts.members.emplace(it, name, "");
  it->second = quoted(value);
  if (value.empty() && name != "title" && name != "id" && name != "edition") parts.members.erase(it);
  return parts.write();
}

}  // namespace iz
