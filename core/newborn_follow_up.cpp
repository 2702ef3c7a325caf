#include "core/newborn_follow_up.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/catalogue.h"
#include "core/word_list.h"

namespace iz {
namespace {

using Same = NewbornFollowUp::Same;

/// Texts are the same without regard to case and punctuation; dates by what both of them state.
Same same(std::string_view a, std::string_view b, bool date) {
  if (a.empty() || b.empty()) return Same::missing;
  if (date) {
    const size_t n = std::min({a.size(), b.size(), size_t{8}});
    return a.substr(0, n) == b.substr(0, n) ? Same::yes : Same::no;
  }
  std::array<char, 128> room_a, room_b;
  return folded(a, room_a) == folded(b, room_b) ? Same::yes : Same::no;
}

/// The number of the type MR in PID-3, else the first one.
std::string_view record_number(const Message& m) {
  const int pid = m.find_segment("PID");
  if (pid < 0) return {};
  const Element field = m.field(static_cast<uint32_t>(pid), 3);
  const uint32_t n = m.count(field, Level::repetition);
  for (uint32_t r = 1; r <= n; ++r) {
    const Element one = m.part(field, Level::repetition, r);
    if (m.value(m.component(one, 5)) == "MR") return m.value(m.component(one, 1));
  }
  return m.get("PID", 3, 1);
}

/// The mother among the next of kin: family^given.
std::string mother(const Message& m) {
  for (uint32_t s = 0; s < m.segments().size(); ++s) {
    if (m.segments()[s].name != segment_code("NK1")) continue;
    if (m.value(m.component(m.repetition(s, 3, 1), 1)) != "MTH") continue;
    const Element name = m.repetition(s, 2, 1);
    return fmt::format("{}^{}", m.value(m.component(name, 1)), m.value(m.component(name, 2)));
  }
  return {};
}

std::string joined(const Message& m, uint32_t field, std::initializer_list<uint32_t> components) {
  std::string out;
  for (const uint32_t k : components) {
    const std::string_view part = m.get("PID", field, k);
    if (part.empty()) continue;
    out += out.empty() ? "" : ", ";
    out += part;
  }
  return out;
}

bool is_placeholder(const Catalogue& catalogue, const Message& m) {
  const auto list = catalogue.word_lists.find("newborn-names"),
             families = catalogue.word_lists.find("newborn-family-names");
  const int pid = m.find_segment("PID");
  if (pid < 0 || list == catalogue.word_lists.end() || families == catalogue.word_lists.end()) return false;
  const Element name = m.repetition(static_cast<uint32_t>(pid), 5, 1);
  return list->second->holds(m, m.component(name, 2)) || families->second->holds(m, m.component(name, 1));
}

/// Whether an order number of one message stands in the other: the birth dose is the same.
Same same_orders(const Message& a, const Message& b, std::string& before, std::string& after) {
  before = a.get("ORC", 3, 1);
  after = b.get("ORC", 3, 1);
  if (before.empty() || after.empty()) return Same::missing;
  for (uint32_t s = 0; s < b.segments().size(); ++s)
    if (b.segments()[s].name == segment_code("ORC") && b.value(b.component(b.repetition(s, 3, 1), 1)) == before) {
      after = before;
      return Same::yes;
    }
  return Same::no;
}

}  // namespace

size_t NewbornFollowUp::differing() const {
  return static_cast<size_t>(
      std::count_if(items.begin(), items.end(), [](const Item& i) { return i.same == Same::no; }));
}

NewbornFollowUp compare_newborn(const Catalogue& catalogue, const Message& a, const Message& b) {
  NewbornFollowUp out;
  out.name_before = fmt::format("{}^{}", a.get("PID", 5, 1), a.get("PID", 5, 2));
  out.name_after = fmt::format("{}^{}", b.get("PID", 5, 1), b.get("PID", 5, 2));
  const auto add = [&](std::string what, std::string_view before, std::string_view after, bool date = false) {
    out.items.push_back({std::move(what), std::string(before), std::string(after), same(before, after, date)});
  };
  add("Record number", record_number(a), record_number(b));
  add("Birth date", a.get("PID", 7, 1), b.get("PID", 7, 1), true);
  add("Sex", a.get("PID", 8), b.get("PID", 8));
  add("Birth order", a.get("PID", 25), b.get("PID", 25));
  add("Multiple birth", a.get("PID", 24), b.get("PID", 24));
  add("Mother’s maiden name", joined(a, 6, {1, 2}), joined(b, 6, {1, 2}));
  add("Mother", mother(a), mother(b));
  add("Address", joined(a, 11, {1, 3, 4, 5}), joined(b, 11, {1, 3, 4, 5}));
  std::string before, after;
  const Same orders = same_orders(a, b, before, after);
  out.items.push_back({"Number of the birth dose", before, after, orders});

  using What = NewbornFollowUp::Kind;
  const auto& number = out.items[0];
  const auto& birth = out.items[1];
  const auto& order = out.items[3];
  const bool was = is_placeholder(catalogue, a), is = is_placeholder(catalogue, b);
  const bool family = out.items[5].same == Same::yes || out.items[6].same == Same::yes;
  if (order.same == Same::no && birth.same == Same::yes && family)
    out.kind = What::other_child;
  else if (number.same != Same::yes && orders != Same::yes)
    out.kind = What::unrelated;
  else
    out.kind = is ? What::unnamed : was ? What::named : What::renamed;

  const size_t n = out.differing();
  const std::string rest = n == 0 ? "nothing else that registries compare differs."
                                  : fmt::format("{} of {} things that registries compare differ.", n, out.items.size());
  switch (out.kind) {
    case What::named:
      out.summary = fmt::format("{} is now {}; {}", out.name_before, out.name_after, rest);
      break;
    case What::unnamed:
      out.summary = fmt::format("The same child, still without a legal name ({}); {}", out.name_after, rest);
      break;
    case What::renamed:
      out.summary =
          fmt::format("The same record; the first message had a name already ({}); {}", out.name_before, rest);
      break;
    case What::other_child:
      out.summary = fmt::format("Two children of one birth: number {} and number {}.", order.before, order.after);
      break;
    case What::unrelated:
      out.summary = "No record number and no dose in common: a registry can merge these two only by hand.";
      break;
  }
  return out;
}

std::optional<NewbornFollowUp> newborn_follow_up(const Catalogue& catalogue, const Message& a, const Message& b) {
  const bool first = is_placeholder(catalogue, a);
  if (!first && !is_placeholder(catalogue, b)) return std::nullopt;
  NewbornFollowUp out = first ? compare_newborn(catalogue, a, b) : compare_newborn(catalogue, b, a);
  // The same birth date alone makes it worth a word that nothing ties them together.
  if (out.kind == NewbornFollowUp::Kind::unrelated && out.items[1].same != Same::yes) return std::nullopt;
  return out;
}

std::string_view to_string(NewbornFollowUp::Kind kind) {
  static constexpr std::string_view words[] = {"named", "unnamed", "renamed", "other_child", "unrelated"};
  return words[static_cast<size_t>(kind)];
}

std::string items_text(const NewbornFollowUp& f) {
  std::string out;
  for (const auto& [same, words] : {std::pair<Same, std::string_view>{Same::yes, "Same: "},
                                    {Same::no, "Differs: "},
                                    {Same::missing, "Not in both: "}}) {
    std::string list;
    for (const NewbornFollowUp::Item& item : f.items) {
      if (item.same != same) continue;
      std::string what = item.what;
      what[0] = static_cast<char>(what[0] | 0x20);
      list += (list.empty() ? "" : ", ") + what;
    }
    if (!list.empty()) out += fmt::format("{}{}{}.", out.empty() ? "" : " ", words, list);
  }
  return out;
}

}  // namespace iz
