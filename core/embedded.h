#pragma once
// The data files compiled into the engine: profiles, rules and code sets.
//
//   for (const iz::EmbeddedFile& file : iz::embedded_files())   // sorted by name
//     if (file.name.starts_with("core/rules/")) load_rule(file.text);
//
// The build writes the definition (core/embed.py): JSON without blanks, known to parse; the tables of codes in a form of
// their own (codesets/compiled.h). Nothing else is known about it here; a file with a wrong shape is for the catalogue to
// refuse.

#include <span>
#include <string_view>

namespace iz {

struct EmbeddedFile {
  std::string_view name;  // path from the root of the project: "core/rules/IZ-1.json"
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_files();

/// The examples of each rule, a list of JSON by the name of the rule's file. They stand apart because nothing but the
/// tests and the reference pages reads them: a program that does not ask for them does not hold them.
std::span<const EmbeddedFile> embedded_examples();
/// The note of each rule that has one, as text, by the name of the rule's file; apart for the same reason.
std::span<const EmbeddedFile> embedded_notes();

}  // namespace iz
