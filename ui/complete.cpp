#include "ui/complete.h"

#include <algorithm>

#include "core/edit.h"
#include "core/pair_table.h"
#include "core/sort.h"
#include "ui/workbench.h"

namespace iz {
namespace {

char small(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) {
  return (c >= '0' && c <= '9') || (small(c) >= 'a' && small(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool begins(std::string_view text, std::string_view typed) {
  return text.size() >= typed.size() &&
         std::equal(typed.begin(), typed.end(), text.begin(), [](char a, char b) { return small(a) == small(b); });
}

/// How well a name holds what was typed: 0 its begin, 1 the begin of a word, 2 anywhere, 3 not at all.
int in_name(std::string_view name, std::string_view typed) {
  int best = 3;
  for (size_t at = 0; at + typed.size() <= name.size(); ++at) {
    if (!begins(name.substr(at), typed)) continue;
    if (at == 0) return 0;
    best = std::min(best, is_word(name[at - 1]) ? 2 : 1);
  }
  return best;
}

/// Tables for a place that no profile binds: of a field by its name, of OBX-5 by the question in OBX-3.
std::vector<const CodeSet*> offered_tables(const Workbench& w, const Path& path) {
  std::vector<const CodeSet*> out;
  const auto table = w.catalogue().pair_tables.find("tables-offered");
  if (table == w.catalogue().pair_tables.end()) return out;
  std::string key = to_string(Path{.segment = path.segment, .field = path.field});
  if (key == "OBX-5") {
    const Location question = locate(w.message(), {path.segment, path.occurrence, 3, 1, 1, 0});
    key = question.found ? std::string(w.message().value(question.element)) : std::string();
  }
  for (const std::string& id : table->second->values_of(key)) {
    if (const CodeSet* set = w.catalogue().code_set(id)) out.push_back(set);
  }
  return out;
}

}  // namespace

std::string_view out_of_use(const Code& code) {
  return code.status.empty() || code.status == "Active" ? std::string_view() : code.status;
}

std::optional<CodedPlace> coded_place(const Workbench& w, const Path& path) {
  if (path.segment == 0 || path.field == 0 || is_header(path.segment)) {
    if (path.segment == 0 || path.field <= 2) return std::nullopt;
  }
  CodedPlace out;
  out.code = path;
  out.code.occurrence = std::max(1u, path.occurrence);
  out.code.repetition = std::max(1u, path.repetition);
  Place place = find_place(w.catalogue(), w.message(), w.report().profile, path);
  if (place.element == nullptr) return std::nullopt;
  const bool coded = place.type != nullptr && place.type->coded;
  const bool in_coded = place.parent != nullptr && place.parent->coded;
  if (in_coded && path.component == 4 && place.codes.empty()) {
    // The alternate code is one of the same tables.
    Path first = path;
    first.component = 1;
    place.codes = find_place(w.catalogue(), w.message(), w.report().profile, first).codes;
  }
  if (place.codes.empty() && (path.component == 0 || (in_coded && path.component == 1)))
    place.codes = offered_tables(w, out.code);
  if (place.codes.empty() && path.component == 0 && !coded && place.type != nullptr &&
      !place.type->components.empty()) {
    // The code of PT, CQ and their like is the first component.
    Path first = path;
    first.component = 1;
    place.codes = find_place(w.catalogue(), w.message(), w.report().profile, first).codes;
    place.binding_component = 1;
  }
  if (coded) {
    if (path.component != 0 || place.binding_component > 1) return std::nullopt;
    out.code.component = 1;
    out.triplet = true;
  } else if (in_coded) {
    if (path.subcomponent > 1) return std::nullopt;
    out.triplet = path.component == 1 || path.component == 4;
  } else if (place.binding_component != 0) {
    if (path.component != 0) {
      if (path.subcomponent == 0) out.code.subcomponent = place.binding_component;
    } else {
      out.code.component = place.binding_component;
    }
  }
  for (const CodeSet* set : place.codes) {
    if (!set->local && !set->codes().empty()) out.sets.push_back(set);
  }
  if (out.sets.empty()) return std::nullopt;
  return out;
}

std::vector<CodeChoice> code_choices(const CodedPlace& place, std::string_view typed, size_t most) {
  struct Ranked {
    int rank;
    CodeChoice choice;
  };
  std::vector<Ranked> found;
  for (const CodeSet* set : place.sets) {
    for (const Code& code : set->codes()) {
      int rank = 0;
      if (!typed.empty() && code.code != typed) {
        rank = begins(code.code, typed) ? 1 : 2 + in_name(code.display, typed);
        if (rank == 5) continue;
      }
      found.push_back({rank * 2 + (out_of_use(code).empty() ? 0 : 1), {&code, set}});
    }
  }
  sort_values(found, [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  if (found.size() > most) found.resize(most);
  std::vector<CodeChoice> out;
  out.reserve(found.size());
  for (const Ranked& one : found) out.push_back(one.choice);
  return out;
}

std::optional<std::string> with_choice(const Workbench& w, const CodedPlace& place, const CodeChoice& choice) {
  const Delimiters& d = w.message().delimiters();
  std::optional<std::string> text = set_value(w.message(), place.code, escape(choice.code->code, d));
  if (!text || !place.triplet) return text;
  Message message;
  const auto set = [&](uint32_t behind, std::string_view value) {
    message.parse(*text);
    Path path = place.code;
    path.subcomponent = 0;
    path.component += behind;
    if (std::optional<std::string> next = set_value(message, path, escape(value, d))) text = std::move(next);
  };
  const auto stands = [&](uint32_t behind) {
    Path path = place.code;
    path.subcomponent = 0;
    path.component += behind;
    const Location at = locate(w.message(), path);
    return at.found ? unescape(w.message().value(at.element), d) : std::string();
  };
  const std::string_view system = choice.set->system_of(*choice.code);
  const std::string code = stands(0);
  // A name that was sent with this very code stays; that of another code would contradict it.
  const std::string name = stands(1);
  const bool other = std::any_of(place.sets.begin(), place.sets.end(), [&](const CodeSet* one) {
    return std::any_of(one->codes().begin(), one->codes().end(),
                       [&](const Code& row) { return row.display == name && row.code != choice.code->code; });
  });
  const bool same = code == choice.code->code && !other && (system.empty() || stands(2).empty() || stands(2) == system);
  if (!same || name.empty()) set(1, choice.code->display);
  if (!system.empty() && stands(2) != system) set(2, system);
  return text;
}

}  // namespace iz
