// The bar of the workspace Answer: whose answer this is, and what can be done with it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/answer_report.h"
#include "ui/pane_answer.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// How the two belong together, in words.
struct PairWords {
  Icon icon = Icon::out;
  bool right = true;
  std::string text;
};

PairWords pair_words(const Workbench& w) {
  const AnswerState& s = w.answer();
  const QueryAnswer& q = s.query;
  if (s.pairing == Pairing::matched && q.is_answer && !q.query.empty()) {
    return {Icon::out, true, fmt::format("Answers QBP {}, QAK {}", q.query, q.status.empty() ? "empty" : q.status)};
  }
  const Document& sent = w.documents()[w.current()];
  switch (s.pairing) {
    case Pairing::matched:
      return {Icon::out, true, "Paired: MSA-2 equals MSH-10"};
    case Pairing::differs:
      return {Icon::close, false,
              fmt::format("Not its answer: MSA-2 is {}, MSH-10 is {}", s.message.get("MSA", 2).substr(0, 40),
                          sent.control_id.substr(0, 40))};
    case Pairing::unnamed:
      return {Icon::more, false, "Shown together: the answer names no message"};
    case Pairing::alone:
      break;
  }
  return {};
}

}  // namespace

void draw_answer_bar(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.bg);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const Box bar = {box.x0, box.y0, box.x1, box.y1 - px(1)};
  const float middle = std::round((bar.y0 + bar.y1) / 2);
  const AnswerState& s = b.w.answer();
  const bool wide = box.width() >= px(1200);
  float right = box.x1 - px(12);
  const auto act = [&](const char* id, std::string_view words, const ButtonLook& look) {
    right -= button_width(words, look);
    const Touch t = bar_item(b, button(id, right, middle, words, look));
    right -= px(8);
    return t;
  };
  if (!b.w.empty() && act("report", "Report", {.key = "F4"}).pressed) b.requests.text_view = true;
  const bool tables = s.has_history() || s.has_candidates();
  if (tables) {
    const bool as_text = b.w.view.as_text;
    if (act("as text", as_text ? "Tables" : "Message text", {}).pressed) {
      b.actions.push_back([as_text](Workbench& bench) { bench.view.as_text = !as_text; });
    }
    const Touch csv = act("csv", wide ? "Table as CSV" : "CSV", {});
    hover_card(csv, "Saves what the registry sent as a file for a spreadsheet");
    if (csv.pressed) {
      b.requests.file = s.has_candidates() ? "candidates.csv" : "history-and-forecast.csv";
      b.requests.content =
          s.has_candidates() ? candidates_csv(s.query) : history_csv(s.query) + "\r\n" + forecast_csv(s.query);
    }
  } else if (s.shown) {
    const Touch mail = act("mail", wide ? "Copy for an email" : "Copy", {});
    hover_card(mail, "Copies what happened and what to do, without the patient's data");
    if (mail.pressed)
      b.requests.copy = answer_mail(b.w.catalogue(), s.outcome, b.w.has_sent() ? &b.w.message() : nullptr);
  }
  if (act("paste answer bar", "Paste an answer", {.icon = Icon::clipboard}).pressed) b.requests.paste_answer = true;

  // Several answers: which one is shown.
  const std::vector<uint32_t> answers = b.w.answers();
  if (answers.size() > 1) {
    const auto here = std::find(answers.begin(), answers.end(), static_cast<uint32_t>(b.w.answer_document()));
    const auto rank = static_cast<size_t>(here - answers.begin());
    const std::string words =
        rank < answers.size() ? fmt::format("{} of {}", rank + 1, answers.size()) : fmt::format("{}", answers.size());
    const ButtonLook look = {.label = "Answer", .menu = true, .quiet = true};
    right -= button_width(words, look);
    const float left = right;
    const Touch t = bar_item(b, button("answers", left, middle, words, look));
    std::vector<MenuItem> items;
    for (size_t i = 0; i < answers.size() && i < 200; ++i) {
      const Document& d = b.w.documents()[answers[i]];
      items.push_back({fmt::format("{}. {} {}", i + 1, d.type.empty() ? "Answer" : d.type.substr(0, 12),
                                   d.control_id.substr(0, 40)),
                       d.reply_to.empty() ? std::string() : fmt::format("to {}", d.reply_to.substr(0, 40)), i == rank,
                       [k = answers[i]](Workbench& bench) { bench.open_answer(k); }});
    }
    menu(b, "answer list", t.pressed, {left, box.y0, left + px(100), box.y1}, items);
    right -= px(8);
  }

  // Whether the two belong together.
  const float least = box.x0 + px(240);
  const PairWords words = pair_words(b.w);
  if (!words.text.empty() && right - px(60) > least) {
    right -= px(8);
    vertical(list, right, middle - px(10), middle + px(10), c.line);
    right -= px(16);
    const std::string shown = shorten(Type::small, words.text, std::max(px(40), right - least - px(20)));
    const float width = text_width(Type::small, shown);
    const Touch t = touch("pair", {right - width - px(20), bar.y0, right, bar.y1});
    text(list, Type::small, {right - width, middle - px(10)}, words.right ? c.text : c.warn, shown);
    icon(list, words.icon, {right - width - px(20), middle - px(7)}, 14, words.right ? c.ok : c.warn);
    if (shown != words.text) hover_card(t, words.text);
    right -= width + px(28);
  }
  draw_document_tabs(b, bar, right);
}

}  // namespace iz
