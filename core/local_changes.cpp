#include "core/local_changes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/csv.h"
#include "core/json.h"
#include "core/local_edit.h"
#include "core/local_rows.h"

namespace iz {
namespace {

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

/// What a profile says of a member beside rules and places.
std::string member_of(const LocalSide* side, std::string_view name) {
  const auto value = side ? side->local.file().root().find(name) : std::nullopt;
  if (!value) return "as nationally";
  std::string out;
  json_write(out, *value);
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

std::vector<LocalDifference> local_differences(const LocalSide& a, const LocalSide* b) {
  const std::vector<Shown> left = shown(a.catalogue), right = b ? shown(b->catalogue) : std::vector<Shown>();
  std::vector<LocalDifference> out;
  for (const Pair& p : pairs(left, b ? &right : nullptr)) {
    const Shown& s = p.any();
    LocalDifference& d = out.emplace_back();
    d.about = s.about;
    d.title = s.title;
    d.effect = s.effect;
    d.here = b ? side(p.a, s) : here_words(*s.effect);
    d.there = b ? side(p.b, s) : s.effect->national;
  }
  for (const std::string_view name : {"answers", "timeliness", "code_sets"}) {
    std::string here = member_of(&a, name), there = member_of(b, name);
    if (here == there) continue;
    LocalDifference& d = out.emplace_back();
    d.about = name;
    d.here = std::move(here);
    d.there = std::move(there);
  }
  return out;
}

std::string local_changes_text(const LocalSide& a, const LocalSide* b) {
  std::string out;
  for (const LocalDifference& d : local_differences(a, b)) {
    out += d.effect ? fmt::format("{}: {}\n", d.about, d.title) : d.about + '\n';
    if (b) {
      out += fmt::format("  first: {}\n  second: {}\n", d.here, d.there);
      continue;
    }
    if (!d.effect) {
      out += fmt::format("  {}\n", d.here);
      continue;
    }
    out += fmt::format("  {}: {}", to_string(d.effect->kind), d.here);
    if (!d.there.empty()) out += fmt::format(", nationally {}", d.there);
    out += '\n';
    const std::string& relaxes = d.effect->says(LocalKey::relaxes);
    if (!relaxes.empty()) out += fmt::format("  relaxed because: {}\n", relaxes);
  }
  return out.empty() ? "no changes\n" : out;
}

std::string local_changes_csv(const LocalSide& a, const LocalSide* b) {
  std::string out;
  if (b)
    csv_line(out, {"place or rule", "title", "first", "second"});
  else
    csv_line(out, {"place", "rule", "title", "national", "here", "kind", "code", "since", "source", "reason"});
  for (const LocalDifference& d : local_differences(a, b)) {
    if (b) {
      csv_line(out, {d.about, d.title, d.here, d.there});
    } else if (!d.effect) {
      csv_line(out, {d.about, "", "", "", d.here, "", "", "", "", ""});
    } else {
      const LocalEffect& e = *d.effect;
      csv_line(out,
               {e.says(LocalKey::at), e.says(LocalKey::rule), d.title, d.there, d.here, to_string(e.kind),
                e.says(LocalKey::code), e.says(LocalKey::since), e.says(LocalKey::source), e.says(LocalKey::relaxes)});
    }
  }
  return out;
}

std::string local_changes_json(const LocalSide& a, const LocalSide* b) {
  std::string out;
  json_list(out, local_differences(a, b), [&](const LocalDifference& d) {
    JsonObject o(out);
    const auto says = [&](LocalKey key) { return d.effect ? std::string_view(d.effect->says(key)) : ""; };
    o.text("at", says(LocalKey::at));
    o.text("rule", says(LocalKey::rule));
    o.text("title", d.effect ? d.title : d.about);
    if (b) {
      o.text("here", d.here);
      o.text("there", d.there);
      return;
    }
    if (!d.effect) return o.text("here", d.here);
    o.text("national", d.there);
    o.text("here", d.here);
    o.text("kind", to_string(d.effect->kind));
    for (const LocalKey key : {LocalKey::code, LocalKey::since, LocalKey::source, LocalKey::relaxes})
      o.text(local_keys()[size_t(key)].name, says(key));
  });
  return out + '\n';
}

}  // namespace iz
