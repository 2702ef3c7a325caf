// The panes: each draws one part of the window from a `const Workbench&` and posts what was asked for.
//
// A pane knows its box in device pixels. What is only a matter of drawing (scroll places, wrapped rows) stays in the
// pane; everything that another pane could want to know is in the workbench.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ui/editor_rows.h"
#include "ui/keys.h"
#include "ui/layout.h"
#include "ui/problem_rows.h"
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
  Span preedit{};  ///< what an input method is composing; underlined

 private:
  void lay_out(const Workbench& w, float width);
  void header(const Workbench& w, Actions& actions, Box box);
  float notes(const Workbench& w, Actions& actions, Box box);
  bool code_key(Workbench& w, KeyPress press);
  void rows(const Workbench& w, Box box);
  void row(const Workbench& w, Box box, uint32_t index, float y);
  void gutter(const Workbench& w, Box box, const TextRow& row, float y);
  void line_end(const Workbench& w, uint32_t index, float x, float y);
  void fold_row(const Workbench& w, Box box, const EditorRow& row, float y);
  void missing_row(const Workbench& w, Box box, uint32_t finding, float y);
  uint32_t shown_row(uint32_t offset) const { return rows_.index_of(layout_.row_of(offset)); }
  void mouse(const Workbench& w, Actions& actions, Box box);
  void scroll_bar(const Workbench& w, Box box);
  void crumbs(const Workbench& w, Actions& actions, Box box, bool narrow);
  void hover(const Workbench& w, Box box);
  void reveal(uint32_t row, float height);
  float content_height() const;
  uint32_t offset_at(ImVec2 point, Box box) const;
  uint32_t hover_offset_ = UINT32_MAX;
  double hover_since_ = 0;

  TextLayout layout_;
  EditorRows rows_;
  LineEnds ends_;
  uint32_t counted_change_ = UINT32_MAX;
  const Workbench* counted_for_ = nullptr;
  std::string_view usual_end_ = "\r";  // of most lines
  /// The marks on the scrollbar, made anew when these change.
  struct BarMarks {
    const std::vector<Mark>* marks = nullptr;
    uint32_t change = UINT32_MAX, answer_change = UINT32_MAX, builds = 0;
    float top = 0, span = 0, share = 0;
    bool operator==(const BarMarks&) const = default;
  };
  BarMarks bar_for_;
  std::vector<std::pair<float, Severity>> bar_marks_;
  std::set<uint32_t> laid_folds_;
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

/// The problem under the cursor, or what the current place is.
void draw_explain(const Workbench& w, Actions& actions, Box box);
/// The same, short, under the editor of a narrow window.
void draw_explain_card(const Workbench& w, Actions& actions, Box box);
/// A hover card that says what a place is and holds, below `line` or above it.
void draw_place_card(const Workbench& w, const Path& path, Box line);
/// The message in a few sentences.
void draw_summary(const Workbench& w, Actions& actions, Box box);

/// The strip for finding and going to a place, at the top of `box`. Returns its height, 0 when it is closed.
float draw_find_strip(const Workbench& w, Actions& actions, Box box, bool narrow);

/// What the window can ask of the page.
struct Requests {
  bool paste = false;          ///< read the clipboard if the browser lets us
  bool paste_answer = false;   ///< the same; what is there is read as an answer
  bool paste_partner = false;  ///< the same; what is there is read as a partner's list
  bool choose_files = false;   ///< let the user choose files, messages or tables
  bool text_view = false;      ///< show the text version
  std::string copy;            ///< put this on the clipboard; empty: nothing
  std::string file, content;   ///< save these bytes under that name; empty: nothing
  std::string share;           ///< put a link to the page with this local profile on the clipboard; empty: nothing
  bool renderer = false;       ///< draw with the graphics processor, or no longer
  bool copy_without_person = false;  ///< a secret for `Workbench::add_copy_without_person`
};

/// The keyboard in the bars, the cards of the first visit and in menus: which part it is at, and whether it was used.
struct BarKeys {
  int item = 0;            ///< in the order of drawing
  std::vector<Box> boxes;  ///< of the parts drawn in this frame
  bool press = false;
  int row = -1, rows = 0;  ///< of the open menu
  bool press_row = false;
  bool always = false;  ///< whichever pane has the keyboard: for what lies over the panes
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
/// Where the menu of a row opens: at the pointer, or under the row when it was asked for with a key.
Box menu_place(const BarContext& context, Box row);
void draw_app_bar(const BarContext& context, Box box);
/// What is open, what it is judged by, what can be done; in the workspace Answer its own.
void draw_document_bar(const BarContext& context, Box box);
void draw_answer_bar(const BarContext& context, Box box);
void draw_codes_bar(const BarContext& context, Box box);
void draw_local_bar(const BarContext& context, Box box);
/// "71 days old" at a day; empty when the edition has no date, or a later one.
std::string edition_age(const CodeSet& set, Date as_of);
/// Tabs of the open messages, up to `limit`; returns the right edge.
float draw_document_tabs(const BarContext& context, Box box, float limit);
void draw_status(const BarContext& context, Box box);
void draw_bottom_tabs(const BarContext& context, Box box);

/// Names and decoded values.
class TreePane {
 public:
  /// With `title` under a header of its own, else under a line with the filter and the switch only.
  void draw(const BarContext& context, Box box, float row_height, bool title);
  bool key(Workbench& w, KeyPress press);
  /// Where the rows were drawn.
  Box area() const { return area_; }

 private:
  /// What the rows depend on.
  struct Made {
    const Workbench* bench = nullptr;
    uint32_t change = 0, selection = 0;
    bool all_fields = false, follow = true;
    std::string filter, row;
    std::set<std::string> open, closed;
    bool operator==(const Made&) const = default;
  };
  void make_rows(const Workbench& w);
  void header(const BarContext& b, Box bar, bool title);
  void choose(const BarContext& b, const TreeRow& row, bool edit);
  void context_menu(const BarContext& b, Box row, bool open);
  void row(const BarContext& b, const TreeRow& row, Box box, bool selected, float value_left);
  std::vector<TreeRow> rows_;
  Made made_;
  int selected_ = -1;
  uint32_t seen_ = 0;
  bool menu_due_ = false;
  Box area_, menu_at_;
};

/// What is wrong, in message order or in groups, and what the message as it is would lead to.
class ProblemsPane {
 public:
  void draw(const BarContext& context, Box box, float row_height);
  bool key(Workbench& w, KeyPress press);
  /// Where the rows were drawn.
  Box area() const { return area_; }

 private:
  /// What the rows depend on.
  struct Made {
    const Workbench* bench = nullptr;
    uint32_t change = 0;
    bool show[3] = {}, not_sent_open = false, changes_open = false;
    ProblemOrder order = ProblemOrder::message;
    bool plain_words = false;
    std::string filter;
    std::set<uint32_t> follow_ons_open;
    bool operator==(const Made&) const = default;
  };
  void make_rows(const Workbench& w);
  Box header(const BarContext& b, Box box);
  float nothing(const BarContext& b, Box box);
  float prediction(const BarContext& b, Box box);
  std::string predicted_;  // in words, the last time it was known
  void row(const BarContext& b, const ProblemRow& row, Box box);
  void folding_row(const BarContext& b, const ProblemRow& row, Box box);
  void context_menu(const BarContext& b, Box row, bool open);
  std::vector<ProblemRow> rows_;
  Made made_;
  uint32_t seen_ = 0;
  bool menu_due_ = false;
  Box menu_at_, area_;
};

/// The check box "Follow" of a pane, ending at `right` if there is room behind `left`.
void draw_follow(const BarContext& context, Pane pane, float left, float right, float middle);

/// Nothing loaded yet: what can be done. Stands beside the editor's first line.
void draw_first_visit(const BarContext& context, Box box);

/// How many problems of each severity, as chips that lead to the first one.
void draw_count_chips(const Workbench& w, Actions& actions, Box box);
/// Title of the pane whose header this is.
float pane_title(ImDrawList* list, Box header, std::string_view title);

}  // namespace iz
