// Two messages compared: by place, and as text side by side.
#pragma once
#include <vector>

#include "ui/layout.h"
#include "ui/panes.h"

namespace iz {

class DifferencesPane {
 public:
  void draw(const BarContext& context, Box box, float row_height);
  bool key(Workbench& w, KeyPress press);

 private:
  /// One line of the text: the rows it takes on either side; in a narrow window one side under the other.
  struct Line {
    TextLayout a, b;
    float top = 0, height = 0;  // of the design's rows: 20 each
  };
  Box header(const BarContext& b, Box box);
  Box tools(const BarContext& b, Box box);
  float newborn(const BarContext& b, Box box);
  void choose(const BarContext& b, Box box);
  void places(const BarContext& b, Box box, float row_height);
  void row(const BarContext& b, uint32_t index, Box box);
  void texts(const BarContext& b, Box box);
  void lay_out(const Workbench& w, uint32_t columns, bool stacked);
  std::vector<Line> lines_;
  uint32_t laid_change_ = 0, laid_columns_ = 0, laid_text_ = 0;
  bool reveal_ = false;
};

}  // namespace iz
