// The answer to a query: history and forecast as tables, the timeline to scale, the candidates side by side. All of it is
// shown as the registry sent it; nothing is computed here.
#pragma once
#include <vector>

#include "ui/pane_answer.h"

namespace iz {

/// The sentence, the patient, and the counts as chips. Returns the lower end.
float draw_patient(const AnswerContext& a, Column column, float y);
/// Doses given, with a header and a filter, which holds for what is due, too; in a narrow column two lines each.
float draw_history(const AnswerContext& a, Column column, float y);
/// The doses of the history that its filter leaves: indices in QueryAnswer::history.
std::vector<uint32_t> listed_doses(const Workbench& w);
/// What is due, with a header.
float draw_forecast(const AnswerContext& a, Column column, float y);
/// One row for each vaccine group on an axis of age, with a header. `least` is the height to fill.
float draw_timeline(const AnswerContext& a, Column column, float y);
/// What the candidates say, element by element, against what was asked for.
float draw_candidates(const AnswerContext& a, Column column, float y);

/// Shape of a dose by what the registry says of it, and of a forecast.
Shape shape_of(Validity validity);
Shape shape_of(DueStatus status);

/// A dose of the history becomes the current one, its RXA the current place when the answer itself is the text in work.
void choose_dose(Workbench& w, int dose);

}  // namespace iz
