// The palette on the screen; what it lists is `PaletteList`'s (ui/palette.h).
#pragma once
#include "ui/palette.h"

namespace iz {

class PalettePane {
 public:
  /// Draws it over everything else when `View::over` says so.
  void draw(const BarContext& context, float row_height);
  /// Chooses, runs, closes. Whether the key was one of these; the others are the field's.
  bool key(Workbench& w, Requests& requests, KeyPress press);
  /// The row that Enter runs, in words, for screen readers.
  std::string chosen() const;

 private:
  bool update(const Workbench& w);
  void step(int direction);
  void choose(Workbench& w, Requests& requests, int row) const;
  void row(const BarContext& b, int index, Box box);
  static const char* field_name(const Workbench& w);
  PaletteList list_;
  int row_ = -1;
  bool reveal_ = false;
  Over shown_ = Over::none;
};

}  // namespace iz
