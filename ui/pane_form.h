// The form: the segment of the current place as labelled fields.
//
// The row of the current place has the field in it; moving to another row writes what was typed. Bound codes have a list,
// dates a calendar under the field.
#pragma once
#include <vector>

#include "ui/form_rows.h"
#include "ui/panes.h"

namespace iz {

class FormPane {
 public:
  void draw(const BarContext& context, Box box);
  /// A key while the form has the keyboard and no value is typed.
  bool key(Workbench& w, KeyPress press);
  /// A key while a value is typed.
  bool field_key(Workbench& w, KeyPress press);
  /// Whether a point lies in the list, the calendar or the button of the field, as drawn last.
  bool holds(ImVec2 point) const { return popup_.holds(point) || pick_.holds(point); }

 private:
  float row(const Workbench& w, Actions& actions, const FormRow& row, Box box, bool current, bool visible);
  void value(const Workbench& w, Actions& actions, const FormRow& row, Box box, bool current);
  bool calendar_key(Workbench& w, KeyPress press);
  bool step(Workbench& w, int by, bool writable);
  std::vector<FormRow> rows_;
  uint32_t seen_ = 0;
  Box field_, pick_, popup_;  // of the value that is typed, as drawn in this frame
};

/// The calendar under a field; what is done in it is posted. Returns its box.
Box draw_calendar(const Workbench& w, Actions& actions, Box under);

}  // namespace iz
