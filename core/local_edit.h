// A local profile with something changed: what an editor does to its file.
//
//     LocalChange c;
//     c[LocalKey::at] = "PID-13";
//     c[LocalKey::severity] = "warning";
//     const std::string text = with_change(*local, c);     // the file again; `LocalProfile::read` takes it
//
// Each gives a whole file in the form of `local_json`: members in their order, a change or rule a line. Whether what it
// says holds is for `LocalProfile::read` and `Catalogue::load` to say.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codesets/json_reader.h"
#include "core/local.h"

namespace iz {

/// The members of a file beside `changes` and `rules`, in their order.
std::span<const std::string_view> local_members();

/// A value as JSON in one line.
void json_write(std::string& out, JsonValue value);
/// A change as JSON in one line.
std::string change_json(const LocalChange& change);
/// An own rule with other values for some of its members; an empty one takes the member away.
std::string rule_json(JsonValue rule, std::span<const std::pair<std::string_view, std::string>> values);

/// A file from its parts, each as JSON. `change_lines` and `rule_lines` get the line of each, from 1.
struct LocalParts {
  std::vector<std::pair<std::string_view, std::string>> members;
  std::vector<std::string> changes, rules;
  std::string write(std::vector<uint32_t>* change_lines = nullptr, std::vector<uint32_t>* rule_lines = nullptr) const;
};
LocalParts local_parts(const LocalProfile& local);

/// A profile as its file should be written.
std::string local_json(const LocalProfile& local);
/// A file that changes nothing yet.
std::string new_local_profile(std::string_view id, std::string_view edition);

/// What a change is about: the id of a rule, or a place.
const std::string& subject(const LocalChange& change);
/// Whether two changes are about the same, in the same profiles, from the same day.
bool same_change(const LocalChange& a, const LocalChange& b);
/// The change of a profile that is the same as `about`; nullptr: none.
const LocalChange* change_like(const LocalProfile& local, const LocalChange& about);
/// The rule of a profile's own by its id, or nothing.
std::optional<JsonValue> own_rule(const LocalProfile& local, std::string_view id);

/// With a change in the place of the one that is the same as `about`; one that says nothing but what it is about goes away.
/// Of a rule of the profile's own its members are changed.
std::string with_change(const LocalProfile& local, const LocalChange& about, const LocalChange& change);
/// With one more rule, written as JSON.
std::string with_rule(const LocalProfile& local, std::string rule);
/// Without a rule of its own.
std::string without_rule(const LocalProfile& local, std::string_view id);
/// With another value of a member that is a text: id, title, edition, contact, source, note; the last three may be empty.
std::string with_member(const LocalProfile& local, std::string_view name, std::string_view value);

}  // namespace iz
