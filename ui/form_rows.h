// The rows of the form: the fields of one segment, with their repetitions, components and subcomponents as far as they are
// open, and a row behind a repeating field that adds to it.
//
//     for (const FormRow& row : form_rows(workbench)) ...
//
// Fields that the profile wants or the message has are listed; with "All" those that are optional too.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/elements.h"
#include "ui/workbench.h"

namespace iz {

struct FormRow {
  enum class Kind : uint8_t { element, more };
  Kind kind = Kind::element;
  Path path;  ///< of an element; of `more` the repetition that would be added
  uint8_t depth = 0;
  bool present = false;
  bool parts = false, open = false;  ///< it has components or subcomponents; they are listed
  bool writable = true;              ///< a value can be typed: not into a whole of several parts, not into delimiters
  bool date = false;                 ///< DT, TS or DTM
  int finding = -1;                  ///< the worst shown problem here, index in Report::findings
  std::string key;                   ///< names the row in View::open
};

/// Index of the segment whose form is shown, or -1: that of the current place.
int form_segment(const Workbench& w);
std::vector<FormRow> form_rows(const Workbench& w);
/// The innermost row that holds the current place, or -1.
int row_of_place(const std::vector<FormRow>& rows, const Path& path);
/// What is typed over when a row is edited: its value without escape sequences; of a coded element its code.
std::string form_value(const Workbench& w, const FormRow& row);
/// What may be inserted, in words: of a group "Order: ORC, RXA", of a segment "NK1: Next of kin".
std::string insert_words(const Profile& profile, const std::string& name);

}  // namespace iz
