#include "core/local_changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/csv.h"
#include "core/local_template.h"

namespace iz {
namespace {

using Json = nlohmann::ordered_json;

struct Shown {
  const LocalEffect* effect;
  std::string about, title;
};

std::vector<Shown> shown(const Catalogue& c) {
  std::vector<Shown> out;
  for (const LocalEffect& e : c.local) {
    const Rule* rule = c.rule(e.says(LocalKey::rule));
    std::string title = e.says(LocalKey::title);
    if (title.empty()) title = e.says(LocalKey::message);
    if (title.empty()) title = rule ? rule->title : place_words(c, e.change);
    std::string about = subject(e.change);
    if (!e.says(LocalKey::profiles).empty() && e.says(LocalKey::profiles) != "Z22")
      about += fmt::format(" ({})", e.says(LocalKey::profiles));
    out.push_back({&e, std::move(about), std::move(title)});
  }
  return out;
}

/// What a change comes to, with the codes of its answer: "error, code WB-311, err3 101".
std::string here_words(const LocalEffect& e) {
  std::string out = e.here;
  for (const LocalKey key : {LocalKey::code, LocalKey::err3, LocalKey::err5, LocalKey::loses, LocalKey::since})
    if (!e.says(key).empty())
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", local_keys()[size_t(key)].name, e.says(key));
  return out.empty() ? "other words" : out;
}

/// What a profile says beside rules and places, in itself or beside another.
struct Member {
  std::string name, a, b;
};
std::vector<Member> members(const LocalSide& a, const LocalSide* b) {
  const auto of = [](const LocalSide* side, const char* name) {
    const Json file = side ? Json::parse(side->local.text(), nullptr, false) : Json::object();
    const auto it = file.find(name);
    return it == file.end() ? std::string("as nationally") : it->dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  std::vector<Member> out;
  for (const char* name : {"answers", "timeliness", "code_sets"})
    if (of(&a, name) != of(b, name)) out.push_back({name, of(&a, name), of(b, name)});
  return out;
}

/// A line of a comparison: `b` is nullptr where there is one profile only, or where that one says nothing of it.
struct Pair {
  const Shown *a = nullptr, *b = nullptr;
  const Shown& any() const { return a ? *a : *b; }
};

std::vector<Pair> pairs(const std::vector<Shown>& a, const std::vector<Shown>* b) {
  std::vector<Pair> out;
  const auto same = [](const Shown& x, const Shown& y) {
    for (size_t k = 0; k < local_keys().size(); ++k)
      if (x.effect->change.values[k] != y.effect->change.values[k]) return false;
    return true;
  };
  for (const Shown& x : a) {
    if (!b) {
      out.push_back({&x, nullptr});
      continue;
    }
    const auto it = std::find_if(b->begin(), b->end(), [&](const Shown& y) { return y.about == x.about; });
    if (it == b->end())
      out.push_back({&x, nullptr});
    else if (!same(x, *it))
      out.push_back({&x, &*it});
  }
  if (b)
    for (const Shown& y : *b)
      if (std::none_of(a.begin(), a.end(), [&](const Shown& x) { return x.about == y.about; }))
        out.push_back({nullptr, &y});
  return out;
}

std::string side(const Shown* s, const Shown& other) {
  if (s) return here_words(*s->effect);
  const std::string& national = other.effect->national;
  return national.empty() ? "as nationally" : fmt::format("as nationally ({})", national);
}

}  // namespace

std::string local_changes_text(const LocalSide& a, const LocalSide* b) {
  const std::vector<Shown> left = shown(a.catalogue), right = b ? shown(b->catalogue) : std::vector<Shown>();
  std::string out;
  for (const Pair& p : pairs(left, b ? &right : nullptr)) {
    const Shown& s = p.any();
    out += fmt::format("{}: {}\n", s.about, s.title);
    if (b) {
      out += fmt::format("  first: {}\n  second: {}\n", side(p.a, s), side(p.b, s));
      continue;
    }
    const LocalEffect& e = *s.effect;
    out += fmt::format("  {}: {}", to_string(e.kind), here_words(e));
    if (!e.national.empty()) out += fmt::format(", nationally {}", e.national);
    out += '\n';
    if (!e.says(LocalKey::relaxes).empty()) out += fmt::format("  relaxed because: {}\n", e.says(LocalKey::relaxes));
  }
  for (const Member& m : members(a, b))
    out +=
        b ? fmt::format("{}\n  first: {}\n  second: {}\n", m.name, m.a, m.b) : fmt::format("{}\n  {}\n", m.name, m.a);
  return out.empty() ? "no changes\n" : out;
}

std::string local_changes_csv(const LocalSide& a, const LocalSide* b) {
  const std::vector<Shown> left = shown(a.catalogue), right = b ? shown(b->catalogue) : std::vector<Shown>();
  std::string out;
  if (b)
    csv_line(out, {"place or rule", "title", "first", "second"});
  else
    csv_line(out, {"place", "rule", "title", "national", "here", "kind", "code", "since", "source", "reason"});
  for (const Pair& p : pairs(left, b ? &right : nullptr)) {
    const Shown& s = p.any();
    const LocalEffect& e = *s.effect;
    if (b)
      csv_line(out, {s.about, s.title, side(p.a, s), side(p.b, s)});
    else
      csv_line(out,
               {e.says(LocalKey::at), e.says(LocalKey::rule), s.title, e.national, here_words(e), to_string(e.kind),
                e.says(LocalKey::code), e.says(LocalKey::since), e.says(LocalKey::source), e.says(LocalKey::relaxes)});
  }
  for (const Member& m : members(a, b)) {
    if (b)
      csv_line(out, {m.name, "", m.a, m.b});
    else
      csv_line(out, {m.name, "", "", "", m.a, "", "", "", "", ""});
  }
  return out;
}

std::string local_changes_json(const LocalSide& a, const LocalSide* b) {
  const std::vector<Shown> left = shown(a.catalogue), right = b ? shown(b->catalogue) : std::vector<Shown>();
  Json out = Json::array();
  for (const Pair& p : pairs(left, b ? &right : nullptr)) {
    const Shown& s = p.any();
    const LocalEffect& e = *s.effect;
    Json row = {{"at", e.says(LocalKey::at)}, {"rule", e.says(LocalKey::rule)}, {"title", s.title}};
    if (b) {
      row["here"] = side(p.a, s);
      row["there"] = side(p.b, s);
    } else {
      row["national"] = e.national;
      row["here"] = here_words(e);
      row["kind"] = to_string(e.kind);
      row["code"] = e.says(LocalKey::code);
      row["since"] = e.says(LocalKey::since);
      row["source"] = e.says(LocalKey::source);
      row["relaxes"] = e.says(LocalKey::relaxes);
    }
    out.push_back(std::move(row));
  }
  for (const Member& m : members(a, b)) {
    Json row = {{"at", ""}, {"rule", ""}, {"title", m.name}, {"here", m.a}};
    if (b) row["there"] = m.b;
    out.push_back(std::move(row));
  }
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace iz
