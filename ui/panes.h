// The panes: each draws one part of the window from a `const Workbench&` and posts what was asked for.
//
// A pane knows its box in device pixels. What is only a matter of drawing (scroll places, wrapped rows) stays in the
// pane; everything that another pane could want to know is in the workbench.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ui/keys.h"
#include "ui/layout.h"
#include "ui/roles.h"
#include "ui/tree_rows.h"
#include "ui/widgets.h"
#include "ui/workbench.h"

namespace iz {

/// The message text: colours, marks, caret, selection by mouse and keyboard, breadcrumb.
class EditorPane {
 public:
  /// `sent`: beside its answer, with the places of the answer's errors as marks.
  void draw(const Workbench& w, Actions& actions, Box box, bool narrow, bool sent = false);
  /// The middle of the row that shows a byte, in device pixels; it may lie outside of `area`.
  std::optional<float> line_middle(uint32_t offset) const;
  /// Where the text was drawn.
  Box area() const { return area_; }
  /// Whether the key was used.
  bool key(Workbench& w, KeyPress press);
  /// Where the caret was drawn, for input methods; empty when it is out of sight.
  Box caret() const { return caret_; }

 private:
  void lay_out(const Workbench& w, float width);
  void header(const Workbench& w, Actions& actions, Box box);
  float notes(const Workbench& w, Actions& actions, Box box);
  void rows(const Workbench& w, Box box);
  void row(const Workbench& w, Box box, uint32_t index, float y);
  void mouse(const Workbench& w, Actions& actions, Box box);
  void scroll_bar(Box box);
  void crumbs(const Workbench& w, Actions& actions, Box box, bool narrow);
  void hover(const Workbench& w, Box box);
  void reveal(uint32_t row, float height);
  float content_height() const;
  uint32_t offset_at(ImVec2 point, Box box) const;
  uint32_t hover_offset_ = UINT32_MAX;
  double hover_since_ = 0;

  TextLayout layout_;
  uint32_t laid_change_ = UINT32_MAX, laid_columns_ = 0;
  const Workbench* laid_for_ = nullptr;
  uint32_t seen_ = 0;
  float scroll_ = 0;      // device pixels
  float height_ = 0;      // of the text area in the last frame
  float text_left_ = 64;  // of the design
  int goal_ = -1;         // column that vertical moves keep
  bool dragging_ = false, sent_ = false;
  const std::vector<Mark>* marks_ = nullptr;
  Box area_;
  float touch_from_ = 0, touch_scroll_ = 0;
  Box caret_;
  std::vector<Role> roles_;
};

/// Names and decoded values.
class TreePane {
 public:
  /// With `title` under a header of its own.
  void draw(const Workbench& w, Actions& actions, Box box, float row_height, bool title);
  bool key(Workbench& w, KeyPress press);

 private:
  void row(const Workbench& w, Actions& actions, const TreeRow& row, Box box, bool selected, float value_left);
  std::vector<TreeRow> rows_;
  int selected_ = -1;
  uint32_t seen_ = 0;
};

/// What is wrong, in message order.
class ProblemsPane {
 public:
  void draw(const Workbench& w, Actions& actions, Box box, float row_height, bool narrow);
  bool key(Workbench& w, KeyPress press);

 private:
  struct Row {
    enum class Kind : unsigned char { finding, follow_on, fold, not_sent } kind;
    uint32_t finding = 0;
    uint32_t count = 0;
  };
  std::vector<Row> make_rows(const Workbench& w) const;
  float prediction(const Workbench& w, Actions& actions, Box box);
  void row(const Workbench& w, Actions& actions, const Row& row, Box box, bool narrow);
  uint32_t seen_ = 0;
};

/// The problem under the cursor, or what the current place is.
void draw_explain(const Workbench& w, Actions& actions, Box box);
/// The same, short, under the editor of a narrow window.
void draw_explain_card(const Workbench& w, Actions& actions, Box box);
/// A hover card that says what a place is and holds, below `line` or above it.
void draw_place_card(const Workbench& w, const Path& path, Box line);
/// The message in a few sentences.
void draw_summary(const Workbench& w, Actions& actions, Box box);

/// What the window can ask of the page.
struct Requests {
  bool paste = false;         ///< read the clipboard if the browser lets us
  bool paste_answer = false;  ///< the same; what is there is read as an answer
  bool text_view = false;     ///< show the text version
  std::string copy;           ///< put this on the clipboard; empty: nothing
  std::string file, content;  ///< save this under that name; empty: nothing
};

/// The keyboard in the bars, the cards of the first visit and in menus: which part it is at, and whether it was used.
struct BarKeys {
  int item = 0;            ///< in the order of drawing
  std::vector<Box> boxes;  ///< of the parts drawn in this frame
  bool press = false;
  int row = -1, rows = 0;  ///< of the open menu
  bool press_row = false;
  /// Goes to the next part as one reads, from the left and from the top.
  void step(int direction);
};

struct BarContext {
  const Workbench& w;
  Actions& actions;
  Requests& requests;
  BarKeys& keys;
  bool narrow = false;
};
/// Makes a part one that the keyboard reaches: draws its ring and presses it.
Touch bar_item(const BarContext& context, Touch touch);
struct MenuItem {
  std::string text, more;
  bool checked = false;
  Action act;
};
/// A popup list under (or over) a button; opened by `open`.
void menu(const BarContext& context, const char* id, bool open, Box under, const std::vector<MenuItem>& items);
/// The examples as rows of a menu.
std::vector<MenuItem> example_items();
void draw_app_bar(const BarContext& context, Box box);
/// What is open, what it is judged by, what can be done; in the workspace Answer its own.
void draw_document_bar(const BarContext& context, Box box);
void draw_answer_bar(const BarContext& context, Box box);
/// Tabs of the open messages, up to `limit`; returns the right edge.
float draw_document_tabs(const BarContext& context, Box box, float limit);
void draw_status(const BarContext& context, Box box);
void draw_bottom_tabs(const BarContext& context, Box box);

/// Nothing loaded yet: what can be done. Stands beside the editor's first line.
void draw_first_visit(const BarContext& context, Box box);

/// How many problems of each severity, as chips that lead to the first one.
void draw_count_chips(const Workbench& w, Actions& actions, Box box);
/// The switch between used and all fields, at the right end of a header.
void draw_used_switch(const Workbench& w, Actions& actions, Box header);
/// Title of the pane whose header this is.
float pane_title(ImDrawList* list, Box header, std::string_view title);

}  // namespace iz
