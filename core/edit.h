// Changes to a message's text at a place, leaving everything else byte for byte as it was.
//
//     put_value(message, z22, *parse_path("PID-5[2].1"), "O&Neil")   // ~ inserted, & written as \T\ , one step of undo
//     apply_edits(message.text(), *edits)                                  // the text with it
//     put_text(message, *parse_path("RXA[2]-2"), "1")                // delimiters in the text count
//     put_text(message, *parse_path("ZZZ-1"), "x")                   // nullopt: there is no such segment
//
// Missing separators are inserted before a place that is absent, missing segments where the structure of the profile
// wants them. HL7 v2.5.1 2.5 (message construction), 2.7 (escape sequences).
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"
#include "core/path.h"
#include "core/profile.h"

namespace iz {

/// A range of bytes of the text and what takes its place.
struct Edit {
  Span span;
  std::string text;
  bool operator==(const Edit&) const = default;
};
/// What is done in one step: in the order of the text, without overlap. Empty: nothing has to be done.
using Edits = std::vector<Edit>;

/// The text with all edits carried out at once.
std::string apply_edits(std::string_view text, const Edits& edits);
/// The range of the old text that differs and what stands there afterwards: all edits as one.
Edit as_one(std::string_view text, const Edits& edits);

/// Replaces the text at a place; delimiters in `text` count. MSH-1 (and FHS-1, BHS-1) stands for every field separator of
/// the message; a path without repetition is the first one. Nullopt when the path names no field or its segment is absent.
std::optional<Edits> put_text(const Message& message, const Path& path, std::string_view text);
/// Writes a value at a place: delimiters and line ends in it are escaped (not in MSH-1, MSH-2). A segment that is absent
/// is inserted as the next of its name; `profile` says where, without one it goes to the end. Nullopt when the path names
/// no field, or an occurrence that is not the next.
std::optional<Edits> put_value(const Message& message, const Profile* profile, const Path& path,
                               std::string_view value);
/// Removes a segment with its line end, or a repetition with one separator; a component or subcomponent is emptied, as is
/// the only repetition of a field. Nullopt when the place is absent, or is MSH-1 or MSH-2.
std::optional<Edits> remove_place(const Message& message, const Path& path);

/// Inserts whole lines together as near behind the segment with index `behind` (-1: the beginning) as the structure takes
/// them, or before it where they belong there; no other segment comes to another dose by it. Nullopt when there is no
/// place for the first of them by the profile.
std::optional<Edits> insert_segments(const Message& message, const Profile* profile, std::span<const std::string> lines,
                                     int behind);
/// The lines, names only, that one occurrence of a group must have: "ORC", "RXA". Empty when there is no such group.
std::vector<std::string> group_lines(const Profile& profile, std::string_view group);

/// What ends the lines of a message: the first line end in it, else CR.
std::string_view line_end(const Message& message);

/// The message's text with the text at a place replaced, as `put_text` does it.
std::optional<std::string> set_value(const Message& message, const Path& path, std::string_view text);

}  // namespace iz
