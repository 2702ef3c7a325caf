// What the ways of mending share. Internal to fix.
//
// A way is a function that looks at one finding and adds the fixes it knows. Each has a name for the rules' files, in one
// table in fix.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fix.h"

namespace iz {

/// One finding that is to be mended in one way.
struct Mending {
  const Catalogue& catalogue;
  const Message& message;
  const Report& report;
  const Finding& finding;
  const Mend& mend;
  std::vector<Fix>& out;

  bool is(Engine engine) const { return finding.rule == catalogue.rule_index(engine); }
  std::string_view value() const { return message.value(finding.span); }
  /// Index of the finding's segment, or -1.
  int segment() const { return locate(message, {finding.path.segment, finding.path.occurrence}).segment; }
  /// Adds a fix unless there is nothing to do or one that does the same.
  void add(std::string label, std::optional<Edits> edits, bool safe) const;
  /// "Write 1 in RXA[2]-2": the text at a place, delimiters count.
  void write(const Path& path, std::string_view text, bool safe) const;
};

/// A place as labels name it: occurrences and repetitions only where there are several.
std::string short_place(const Message& message, const Path& path);
/// A value as labels quote it: one line, not too long.
std::string short_value(std::string_view value);

// ---- values (fix_values.cpp, fix_codes.cpp, fix_forms.cpp)

void mend_required(const Mending&);  ///< what the statement asks for, or what the guide fixes at an absent place
void mend_code(const Mending&);      ///< the code in the table's spelling, or the nearest ones
void mend_system(const Mending&);    ///< the coding system that has the code
void mend_form(const Mending&);      ///< a date, time or number in the form of its type
void mend_number(const Mending&);    ///< set ids counted anew
void mend_count(const Mending&);     ///< what was counted
void mend_profile(const Mending&);   ///< the profile that the message was checked against, in MSH-21
void mend_dose(const Mending&);      ///< the code of a dose that CDC's tables have instead (fix_doses.cpp)
void mend_trim(const Mending&);      ///< blanks around a value, where the value fits without them

// ---- text (fix_text.cpp, fix_segments.cpp)

void mend_empty(const Mending&);       ///< nothing at the place
void mend_remove(const Mending&);      ///< without the segment, repetition or parts
void mend_upper_case(const Mending&);  ///< the name in capitals
void mend_escape(const Mending&);      ///< separators as escape sequences
void mend_line_ends(const Mending&);   ///< CR at the end of each line
void mend_delimiters(const Mending&);  ///< the separators of the guide in the whole message
void mend_join(const Mending&);        ///< the line as part of the one before
void mend_move(const Mending&);        ///< the segment where the structure wants it

}  // namespace iz
