// The answer of a registry: the sentence, the doses, the errors as cards, the text as it came.
//
// Everything that is drawn here is made from `Workbench::answer()`. The parts are columns: each draws itself from a height
// downwards and returns where it ends, so that a narrow window puts them under each other and a wide one side by side.
#pragma once
#include <optional>
#include <vector>

#include "ui/layout.h"
#include "ui/panes.h"

namespace iz {

/// What the parts of the answer draw with.
struct AnswerContext {
  const Workbench& w;
  Actions& actions;
  Requests& requests;
  BarKeys& keys;
  bool narrow = false;
};

/// A column of a window: its edges, in device pixels.
struct Column {
  float x0 = 0, x1 = 0;
  float width() const { return x1 - x0; }
};

/// The sentence, large, and the three facts: who acts, send again, how sure. Returns the lower end.
float draw_verdict(const AnswerContext& a, Column column, float y);
/// Each dose of the sent message with what became of it.
float draw_doses(const AnswerContext& a, Column column, float y);
/// The reasoning: rows of the decision table, flags with their explanations.
float draw_reasons(const AnswerContext& a, Column column, float y);

/// The errors of the answer as cards, its segments in words, the reasoning, and the text as received.
class AnswerPane {
 public:
  void draw(const AnswerContext& a, Box box);
  /// Everything about the answer under each other, for a narrow window.
  void draw_narrow(const AnswerContext& a, Box box);
  bool key(Workbench& w, KeyPress press);
  /// The height at which a card's title stands, in device pixels; nothing when the cards are not shown.
  std::optional<float> card_middle(int card) const;
  Box area() const { return area_; }

 private:
  void tabs(const AnswerContext& a, Box header);
  float cards(const AnswerContext& a, Column column, float y, Box view);
  float card(const AnswerContext& a, int index, Column column, float y);
  float received(const AnswerContext& a, Column column, float y, Box view);
  float segments(const AnswerContext& a, Column column, float y, Box view);
  void follow(const Workbench& w, float top, float height);

  std::vector<float> heights_;  // of the cards, as they were drawn last
  std::vector<float> middles_;  // where their titles stand
  bool cards_shown_ = false;
  uint32_t seen_ = 0, answer_change_ = UINT32_MAX;
  float heights_width_ = 0;
  TextLayout layout_;
  uint32_t laid_columns_ = 0, laid_change_ = UINT32_MAX;
  std::vector<Role> roles_;
  Box area_;
};

/// The shape and the word for what became of a dose.
Shape shape_of(Stored stored);
std::string_view word_of(Stored stored, char action);
/// The shape beside the sentence.
Shape shape_of(const Outcome& outcome);
/// The shape and colour of a fault of the answer.
Shape shape_of(ErrSeverity severity);
ImU32 color_of(ErrSeverity severity);

}  // namespace iz
