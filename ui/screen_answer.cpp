// The workspace Answer: the sentence and the doses on top, the sent message at the left, the answer at the right, and the
// lane between them with a line from each error to its place.
#include <algorithm>
#include <cmath>

#include "ui/pane_history.h"
#include "ui/screen.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;

/// A pane that has nothing to show yet: what is so, what to do, a button for it.
struct Empty {
  std::string_view title, head, words, button;
};

/// A scrolling part of the window; `draw` returns where it ends. Returns how much it would like.
template <typename Draw>
float scrolling(const char* id, Box box, Draw draw) {
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild(id, {box.width(), box.height()});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const float bar = ImGui::GetScrollMaxY() > 0 ? px(12) : 0;
  const float lower = draw(Column{box.x0, box.x1 - bar}, origin.y);
  ImGui::SetCursorScreenPos({box.x0, lower});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
  return lower - origin.y + px(3);
}

Column inner(Column column, float by) { return {column.x0 + px(by), column.x1 - px(by)}; }

}  // namespace

AnswerContext Screen::answer_context() { return {workbench_, actions_, requests_, keys_, width() == Width::narrow}; }

void Screen::answer(Box body) {
  const AnswerState& s = workbench_.answer();
  if (s.has_history() && !workbench_.view.as_text) return history(body);
  if (s.shown) {
    const float top = std::round(std::clamp(verdict_height_, px(176), body.height() * 0.45f));
    verdict({body.x0, body.y0, body.x1, body.y0 + top});
    body.y0 += top;
  }
  if (s.has_candidates() && !workbench_.view.as_text) {
    fill(ImGui::GetWindowDrawList(), body, theme().panel);
    scrolling("candidates", body, [&](Column column, float y) { return draw_candidates(answer_context(), column, y); });
    return;
  }
  const bool beside = workbench_.has_sent();
  const float lane = beside && s.shown ? px(width() == Width::wide ? 56 : 32) : 0;
  const float share = width() == Width::wide ? 0.47f : 0.46f, one = px(1);
  const float x = std::round(body.width() * (beside ? share : 0.3f));
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (beside) {
    editor_.draw(workbench_, actions_, {body.x0, body.y0, x, body.y1}, false, true);
  } else {
    empty_side({body.x0, body.y0, x - one, body.y1}, false);
  }
  const Box right = {x + lane, body.y0, body.x1, body.y1};
  fill(list, {x, body.y0, right.x0, body.y1}, theme().bg);
  vertical(list, x - (lane > 0 ? 0 : one), body.y0, body.y1, theme().line);
  if (s.shown) {
    answer_.draw(answer_context(), {right.x0 + (lane > 0 ? one : 0), right.y0, right.x1, right.y1});
    if (lane > 0) {
      vertical(list, right.x0, body.y0, body.y1, theme().line);
      links({x, body.y0, right.x0, body.y1});
    }
  } else {
    empty_side(right, true);
  }
}

/// What is known of the patient, the tables above because they are exact, the timeline below because it explains.
void Screen::history(Box body) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, body, c.panel);
  const AnswerContext a = answer_context();
  const float top = std::round(std::clamp(verdict_height_, px(76), body.height() * 0.4f));
  verdict_height_ = scrolling("patient", {body.x0, body.y0, body.x1, body.y0 + top}, [&](Column column, float y) {
    return draw_patient(a, inner(column, 24), y + px(12)) + px(12);
  });
  horizontal(list, body.x0, body.x1, body.y0 + top - px(1), c.line);
  body.y0 += top;
  const bool drawn = !workbench_.answer().timeline.rows.empty();
  // Both get what they want, the tables some room even for few rows; when that is too much, each gets half.
  float tables = body.height();
  if (drawn) {
    const float wanted = std::max(tables_height_ + px(8), body.height() * 0.35f);
    tables = std::min(wanted, std::max(body.height() - timeline_height_, body.height() * 0.5f));
  }
  tables = std::round(tables);
  const float x = std::round(body.width() * (width() == Width::wide ? 0.62f : 0.56f)), one = px(1);
  const float left = scrolling("history", {body.x0, body.y0, x - one, body.y0 + tables},
                               [&](Column column, float y) { return draw_history(a, column, y); });
  vertical(list, x - one, body.y0, body.y0 + tables, c.line);
  const float right = scrolling("forecast", {x, body.y0, body.x1, body.y0 + tables},
                                [&](Column column, float y) { return draw_forecast(a, column, y); });
  tables_height_ = std::max(left, right);
  if (!drawn) return;
  horizontal(list, body.x0, body.x1, body.y0 + tables, c.line);
  timeline_height_ = scrolling("timeline", {body.x0, body.y0 + tables + one, body.x1, body.y1},
                               [&](Column column, float y) { return draw_timeline(a, column, y); });
  timeline_height_ += one;
}

void Screen::verdict(Box box) {
  ImDrawList* outer = ImGui::GetWindowDrawList();
  fill(outer, box, theme().panel);
  horizontal(outer, box.x0, box.x1, box.y1 - px(1), theme().line);
  const Outcome& o = workbench_.answer().outcome;
  const float side = o.doses.empty() ? 0 : px(width() == Width::wide ? 520 : 380);
  const Box left = {box.x0, box.y0, box.x1 - side, box.y1 - px(1)};
  const AnswerContext a = answer_context();
  const auto text = [&](Column column, float y) { return draw_verdict(a, inner(column, 24), y + px(24)) + px(20); };
  float wanted = scrolling("verdict", left, text);
  if (side > 0) {
    vertical(outer, left.x1, box.y0, box.y1, theme().line);
    const auto doses = [&](Column column, float y) { return draw_doses(a, inner(column, 24), y + px(16)) + px(20); };
    wanted = std::max(wanted, scrolling("doses", {left.x1 + px(1), box.y0, box.x1, box.y1 - px(1)}, doses));
  }
  verdict_height_ = wanted;
}

void Screen::links(Box lane) {
  const Theme& c = theme();
  const AnswerState& s = workbench_.answer();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Box left = editor_.area(), right = answer_.area();
  struct Link {
    float from, to;
    int card;
  };
  std::vector<Link> links;
  std::vector<bool> done(s.cards.size(), false);
  for (const Mark& m : s.marks) {
    if (done[m.finding]) continue;
    const auto from = editor_.line_middle(m.span.begin);
    const auto to = answer_.card_middle(static_cast<int>(m.finding));
    if (!from || !to) continue;
    done[m.finding] = true;
    const bool seen = (*from >= left.y0 && *from < left.y1) || (*to >= right.y0 && *to < right.y1);
    if (seen) links.push_back({std::round(*from), std::round(*to), static_cast<int>(m.finding)});
    if (links.size() >= 60) break;
  }
  list->PushClipRect({lane.x0 - px(4), lane.y0}, {lane.x1 + px(5), lane.y1}, false);
  const auto count = static_cast<float>(links.size());
  const auto draw = [&](size_t i, bool current) {
    const Link& link = links[i];
    const ErrorReport& e = s.outcome.errors[s.cards[static_cast<size_t>(link.card)].error];
    const ImU32 ink = current ? c.accent : color_of(e.severity);
    const float width = px(current ? 2 : 1);
    // Lines that go up turn later the lower they begin, lines that go down sooner: so they do not cross.
    const float rank = link.to < link.from ? static_cast<float>(i) : count - 1 - static_cast<float>(i);
    const float step = std::min(px(8), (lane.width() - px(16)) / std::max(1.0f, count));
    const float turn = std::round((lane.x0 + lane.x1) / 2 + (rank - (count - 1) / 2) * step);
    const float y0 = std::clamp(link.from, left.y0 + px(2), left.y1 - px(2));
    const float y1 = std::clamp(link.to, right.y0 + px(2), right.y1 - px(2));
    fill(list, {lane.x0, y0 - width / 2, turn + width / 2, y0 + width / 2}, ink);
    fill(list, {turn - width / 2, std::min(y0, y1) - width / 2, turn + width / 2, std::max(y0, y1) + width / 2}, ink);
    fill(list, {turn - width / 2, y1 - width / 2, lane.x1, y1 + width / 2}, ink);
    const auto end = [&](float x, float y, float wanted) {
      if (y == wanted) {
        fill(list, {x - px(3), y - px(3), x + px(4), y + px(4)}, ink);
      } else {
        // It goes on beyond what is seen.
        icon(list, wanted < y ? Icon::up : Icon::down, {x - px(x < turn ? 0 : 14), y - px(wanted < y ? 1 : 13)}, 14,
             ink);
      }
    };
    end(lane.x0, y0, link.from);
    end(lane.x1, y1, link.to);
  };
  for (size_t i = 0; i < links.size(); ++i) {
    if (links[i].card != workbench_.view.card) draw(i, false);
  }
  for (size_t i = 0; i < links.size(); ++i) {
    if (links[i].card == workbench_.view.card) draw(i, true);
  }
  list->PopClipRect();
}

void Screen::empty_side(Box box, bool answer) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel);
  const AnswerState& s = workbench_.answer();
  const Empty empty =
      answer ? Empty{"Answer", "No answer yet.",
                     "Paste or drop what came back: an ACK, an RSP, a SOAP envelope, an error page. Message and answer "
                     "find each other, whichever is first.",
                     "Paste an answer"}
             : Empty{"Sent message", s.shown ? "The message it answers is not here." : "No message yet.",
                     "Paste or drop it: each error is then shown at its place, and each dose by name.",
                     "Paste the message"};
  float y = box.y0;
  if (width() != Width::narrow) {
    const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
    pane_header(list, header, false);
    pane_title(list, header, empty.title);
    y = header.y1;
  }
  y += px(16);
  const float left = box.x0 + px(16), width = box.width() - px(32);
  y += paragraph(list, Type::row_bold, {left, y}, width, c.text, empty.head) + px(2);
  y += paragraph(list, Type::row, {left, y}, width, c.muted, empty.words) + px(16);
  const BarContext bars = {workbench_, actions_, requests_, keys_, workbench_.view.width == Width::narrow};
  const float height = coarse_ ? 44 : 32;
  if (bar_item(bars, button(answer ? "paste answer" : "paste sent", left, y + px(height / 2), empty.button,
                            {.icon = Icon::clipboard, .primary = answer || s.shown, .height = height}))
          .pressed) {
    (answer ? requests_.paste_answer : requests_.paste) = true;
  }
  y += px(height + 16);
  if (answer && workbench_.has_sent() && workbench_.can_predict()) {
    const std::string_view words = "See what a registry that follows the guide would answer";
    const float shown = text_fit(list, Type::row, {left, y}, width - px(20), c.accent, words);
    icon(list, Icon::right, {left + shown + px(4), y + px(3)}, 14, c.accent);
    if (bar_item(bars, touch("predict", {left, y, left + shown + px(20), y + px(20)})).pressed) {
      actions_.push_back([](Workbench& w) { w.open_prediction(); });
    }
  }
}

}  // namespace iz
