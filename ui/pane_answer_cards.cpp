// The lower part of the answer: its errors as cards, its segments, the text as it came.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/explain.h"
#include "core/outcome_words.h"
#include "ui/pane_answer.h"
#include "ui/pane_history.h"
#include "ui/text_run.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float header_height = 40;
constexpr size_t most_cards = 200;     // the text version lists more
constexpr size_t most_segments = 400;  // of the answer, in words

float middle_of(Box box) { return std::round((box.y0 + box.y1) / 2); }

/// A card's rows that the wide and the narrow window share.
struct CardInk {
  ImDrawList* list;
  Column column;
  float y;
  void words(Type type, ImU32 color, std::string_view text, float space) {
    if (text.empty()) return;
    y += px(space);
    y += paragraph(list, type, {column.x0, y}, column.width(), color, text);
  }
};

}  // namespace

std::optional<float> AnswerPane::card_middle(int index) const {
  if (!cards_shown_ || index < 0 || static_cast<size_t>(index) >= middles_.size()) return std::nullopt;
  return middles_[static_cast<size_t>(index)];
}

void AnswerPane::tabs(const AnswerContext& a, Box header) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  pane_header(list, header, a.w.view.focus == Pane::side);
  float x = header.x0 + px(16);
  struct Choice {
    AnswerTab tab;
    const char* name;
  };
  for (const Choice& choice : {Choice{AnswerTab::answer, "Answer"}, Choice{AnswerTab::segments, "Segments"},
                               Choice{AnswerTab::reasons, "Why we say this"}}) {
    const Touch t = tab(choice.name, x, header, choice.name, choice.tab == a.w.view.answer_tab);
    if (t.pressed) {
      a.actions.push_back([to = choice.tab](Workbench& w) {
        w.view.answer_tab = to;
        w.view.focus = Pane::side;
      });
    }
    x += px(20);
  }
  const std::string_view type = s.message.get("MSH", 9, 1), id = s.message.get("MSH", 10);
  const std::string name = s.predicted ? "predicted ACK" : fmt::format("{} {}", type, id);
  const float right = header.x1 - px(12);
  const float y = middle_of(header) - px(10), room = right - x;
  if (room > px(60)) {
    const std::string shown = shorten(Type::code, name, room);
    text(list, Type::code, {right - text_width(Type::code, shown), y}, c.muted, shown);
  }
}

void AnswerPane::follow(const Workbench& w, float top, float height) {
  const int card = w.view.card;
  if (w.selection().change == seen_) return;
  seen_ = w.selection().change;
  if (w.selection().origin == Pane::side || card < 0 || static_cast<size_t>(card) >= heights_.size()) return;
  float from = 0;
  for (int i = 0; i < card; ++i) from += heights_[static_cast<size_t>(i)];
  const float to = from + heights_[static_cast<size_t>(card)], scroll = ImGui::GetScrollY();
  const float base = top - (ImGui::GetWindowPos().y - scroll);  // of the cards in the scrolled content
  if (base + from < scroll) ImGui::SetScrollY(base + from);
  if (base + to > scroll + height) ImGui::SetScrollY(std::min(base + from, base + to - height));
}

float AnswerPane::card(const AnswerContext& a, int index, Column column, float y) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const AnswerCard& card = s.cards[static_cast<size_t>(index)];
  const ErrorReport& error = s.outcome.errors[card.error];
  const bool current = a.w.view.card == index;
  const float before = static_cast<size_t>(index) < heights_.size() ? heights_[static_cast<size_t>(index)] : px(90);
  const Box ground = {column.x0, y, column.x1, y + before};
  ImGui::PushID(index);
  const bool hovered = ImGui::IsWindowHovered() && ground.holds(ImGui::GetIO().MousePos);
  row_ground(list, ground, current, hovered);
  const float left = column.x0 + px(16);
  CardInk ink = {list, {left + px(24), column.x1 - px(16)}, y + px(12)};

  shape(list, shape_of(error.severity), {left, ink.y + px(3)}, 16);
  const std::string_view word = label(error.severity);
  const float word_width = text(list, Type::row_bold, {ink.column.x0, ink.y + px(1)}, color_of(error.severity), word);
  const float title_left = ink.column.x0 + word_width + px(8);
  middles_.push_back(ink.y + px(11));
  ink.y += paragraph(list, Type::prose_bold, {title_left, ink.y}, ink.column.x1 - title_left, c.text, card.lines.title);

  // What was received, and where that is in the sent message.
  ink.y += px(4);
  float x = ink.column.x0 + text(list, Type::code, {ink.column.x0, ink.y}, c.muted, card.lines.received);
  if (!card.lines.place.empty()) {
    const float wanted =
        px(30) + text_width(Type::code, card.lines.place) + px(22) + text_width(Type::tag, card.lines.placed);
    if (x + wanted > ink.column.x1) {
      ink.y += px(20);
      x = ink.column.x0 - px(8);
    }
    icon(list, Icon::arrow, {x + px(8), ink.y + px(3)}, 14, c.muted);
    const float place_left = x + px(30), width = text_width(Type::code, card.lines.place);
    const Touch link = touch("place", {place_left, ink.y, place_left + width, ink.y + px(20)});
    text(list, Type::code, {place_left, ink.y}, c.accent, card.lines.place);
    if (link.hovered) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      horizontal(list, place_left, place_left + width, ink.y + px(18), c.accent);
    }
    if (link.pressed) {
      a.actions.push_back([index](Workbench& w) {
        w.select_card(index, Pane::side);
        w.edit_place();
      });
    }
    tag(list, place_left + width + px(8), ink.y + px(10), card.lines.placed,
        std::max(px(60), ink.column.x1 - place_left - width - px(8)));
  }
  ink.y += px(20);

  ink.words(Type::row, c.text, card.lines.rest, 8);
  ink.words(Type::row, current ? c.text : c.muted, card.lines.seen, 8);
  if (current || card.lines.seen.empty())
    ink.words(Type::row, c.muted, card.lines.meaning, card.lines.seen.empty() ? 8 : 2);
  if (current) {
    ink.words(Type::row, c.text, card.lines.fix, 2);
    ink.words(Type::row, c.muted, card.lines.who, 2);
    if (!card.lines.dose.empty()) ink.words(Type::row, c.muted, fmt::format("It stands in {}.", card.lines.dose), 2);
    if (!card.lines.place.empty() && a.w.has_sent()) {
      ink.y += px(8);
      const Touch show = button("show", ink.column.x0, ink.y + px(16), "Show in message");
      if (show.pressed) {
        a.actions.push_back([index](Workbench& w) {
          w.select_card(index, Pane::side);
          w.edit_place();
        });
      }
      ink.y += px(32);
    }
  }
  if (!card.folded.empty()) {
    const bool open = a.w.view.cards_open.contains(static_cast<uint32_t>(index));
    ink.y += px(8);
    const Touch fold = touch("folded", {ink.column.x0, ink.y, ink.column.x1, ink.y + px(24)});
    icon(list, open ? Icon::down : Icon::right, {ink.column.x0, ink.y + px(5)}, 14, c.muted);
    float at = ink.column.x0 + px(22);
    at += text(list, Type::row, {at, ink.y + px(2)}, fold.hovered ? c.text : c.muted,
               fmt::format("{} folded{}", counted(card.folded.size(), "follow-on error", "follow-on errors"),
                           open ? "" : ":")) +
          px(8);
    const ErrorReport& first = s.outcome.errors[card.folded[0]];
    if (!open) {
      const std::string where = first.err == ErrorReport::no_err ? "MSA-3" : fmt::format("ERR {}", first.err + 1);
      text_fit(list, Type::code, {at, ink.y + px(2)}, ink.column.x1 - at, c.muted,
               fmt::format("{}  {}", where, first.erl));
    }
    if (fold.pressed) {
      a.actions.push_back([index = static_cast<uint32_t>(index)](Workbench& w) {
        if (w.view.cards_open.erase(index) == 0) w.view.cards_open.insert(index);
      });
    }
    ink.y += px(24);
    for (size_t i = 0; open && i < card.folded.size() && i < 20; ++i) {
      const ErrorReport& e = s.outcome.errors[card.folded[i]];
      const std::string where = e.err == ErrorReport::no_err ? "MSA-3" : fmt::format("ERR {}", e.err + 1);
      const std::string words = e.text.empty() ? e.code_text : e.text;
      text_fit(list, Type::code, {ink.column.x0 + px(22), ink.y}, ink.column.width() - px(22), c.muted,
               fmt::format("{}  {}", where, e.erl));
      ink.y += px(20);
      ink.y += paragraph(list, Type::row, {ink.column.x0 + px(22), ink.y}, ink.column.width() - px(22), c.muted, words);
    }
  }
  ink.y += px(12);
  horizontal(list, column.x0, column.x1, ink.y, c.line);
  ink.y += px(1);
  // The last of the card's items: what was drawn on it before is pressed first.
  if (touch("card", {ground.x0, ground.y0, ground.x1, ground.y1 - px(1)}).pressed) {
    a.actions.push_back([index](Workbench& w) {
      w.view.focus = Pane::side;
      w.select_card(index, Pane::side);
    });
  }
  ImGui::PopID();
  return ink.y;
}

float AnswerPane::cards(const AnswerContext& a, Column column, float y, Box view) {
  const AnswerState& s = a.w.answer();
  const size_t count = std::min(s.cards.size(), most_cards);
  if (answer_change_ != s.change || heights_width_ != column.width() || heights_.size() != count) {
    heights_.assign(count, px(90));
    answer_change_ = s.change;
    heights_width_ = column.width();
  }
  follow(a.w, y, view.height());
  middles_.clear();
  cards_shown_ = true;
  for (size_t i = 0; i < count; ++i) {
    const float lower = card(a, static_cast<int>(i), column, y);
    heights_[i] = lower - y;
    y = lower;
  }
  if (count < s.cards.size()) {
    const Theme& c = theme();
    y += px(12);
    y +=
        paragraph(ImGui::GetWindowDrawList(), Type::row, {column.x0 + px(16), y}, column.width() - px(32), c.muted,
                  fmt::format("{} further errors. The text version (F4) lists more of them.", s.cards.size() - count)) +
        px(12);
  }
  return y;
}

float AnswerPane::received(const AnswerContext& a, Column column, float y, Box view) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const bool open = !a.w.view.received_closed;
  const float header = px(32);
  const float text_left = column.x0 + px(64), advance = mono_advance(Type::code), line = px(20);
  const auto columns =
      static_cast<uint32_t>(std::max(12.0f, (column.x1 - text_left - px(24)) / std::max(1.0f, advance)));
  if (laid_change_ != s.change || laid_columns_ != columns) {
    layout_.build(s.text, s.message.delimiters(), columns);
    laid_change_ = s.change;
    laid_columns_ = columns;
  }
  const float height = header + (open ? line * static_cast<float>(layout_.rows().size()) + px(12) : 0);
  fill(list, {column.x0, y, column.x1, std::max(y + height, view.y1)}, c.sunken);
  const float copy_width = px(18) + text_width(Type::small, "Copy");
  const Touch fold = touch("received", {column.x0, y, column.x1 - copy_width - px(32), y + header});
  icon(list, open ? Icon::down : Icon::right, {column.x0 + px(16), y + px(9)}, 14, c.muted);
  text(list, Type::small, {column.x0 + px(38), y + px(6)}, fold.hovered ? c.text : c.muted,
       s.predicted ? "The predicted answer" : "The answer as received");
  if (fold.pressed) a.actions.push_back([](Workbench& w) { w.view.received_closed = !w.view.received_closed; });
  const float copy_left = column.x1 - px(16) - copy_width;
  const Touch copy = touch("copy answer", {copy_left, y + px(4), column.x1 - px(16), y + px(28)});
  icon(list, Icon::copy, {copy_left, y + px(9)}, 14, c.accent);
  text(list, Type::small, {copy_left + px(18), y + px(6)}, c.accent, "Copy");
  hover_card(copy, "Copies the answer as it was received");
  if (copy.pressed) a.requests.copy = s.text;
  if (copy.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  y += header;
  if (!open) return y;

  // The bytes of the current error, and MSA-2 when it pairs the two.
  Span here;
  if (a.w.view.card >= 0 && static_cast<size_t>(a.w.view.card) < s.cards.size()) {
    here = s.outcome.errors[s.cards[static_cast<size_t>(a.w.view.card)].error].span;
  }
  const Span reply = s.pairing == Pairing::matched ? locate(s.message, *parse_path("MSA-2")).span : Span{};
  const auto& rows = layout_.rows();
  const auto first = static_cast<size_t>(std::max(0.0f, (view.y0 - y) / line));
  for (size_t i = first; i < rows.size(); ++i) {
    const float top = y + static_cast<float>(i) * line;
    if (top >= view.y1) break;
    const TextRow& r = rows[i];
    if (here.begin < here.end && here.begin < std::max(r.end, r.begin + 1) && here.end > r.begin) {
      fill(list, {column.x0, top, column.x1, top + line}, c.asoft);
      fill(list, {column.x0, top, column.x0 + px(3), top + line}, c.accent);
    }
    if (r.first) text_right(list, Type::code, {column.x0 + px(36), top}, c.faint, fmt::format("{}", r.line));
    const float left = text_left + (r.first ? 0 : static_cast<float>(hanging_indent) * advance);
    if (reply.begin < reply.end && reply.begin < r.end && reply.end > r.begin) {
      const auto x_of = [&](uint32_t offset) {
        return std::round(text_left +
                          static_cast<float>(layout_.column_in(static_cast<uint32_t>(i), offset)) * advance);
      };
      const Box b = {x_of(std::max(reply.begin, r.begin)) - px(1), top, x_of(std::min(reply.end, r.end)) + px(1),
                     top + line};
      fill(list, b, c.asoft, px(2));
      frame(list, b, c.accent, px(2), px(1));
    }
    roles_.clear();
    if (s.message.has_header()) {
      assign_roles(s.message, s.report, {r.begin, r.end}, roles_);
    } else {
      roles_.assign(r.end - r.begin, Role::text);
    }
    draw_run(list, {Type::code, Type::code_bold}, s.text, {r.begin, r.end}, roles_, {}, left, top);
  }
  return y + line * static_cast<float>(rows.size()) + px(12);
}

float AnswerPane::segments(const AnswerContext& a, Column column, float y, Box view) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const AnswerState& s = a.w.answer();
  const Message& m = s.message;
  if (!m.has_header()) {
    y += px(16);
    text(list, Type::row_bold, {column.x0 + px(16), y}, c.text, "No HL7 segments in this answer.");
    return y + px(36);
  }
  const float place_left = column.x0 + px(16), name_left = place_left + px(96),
              value_left = name_left + std::min(px(220), column.width() * 0.3f), right = column.x1 - px(16);
  const Explainer explainer(a.w.catalogue(), m, s.report);
  for (uint32_t i = 0; i < m.segments().size() && i < most_segments; ++i) {
    const Segment& segment = m.segments()[i];
    if (segment.name == 0) continue;
    const Path path = {.segment = segment.name, .occurrence = segment.occurrence};
    const Box head = {column.x0, y, column.x1, y + px(28)};
    const bool seen = head.y1 > view.y0 && head.y0 < view.y1;
    if (seen) {
      fill(list, head, c.sunken);
      text(list, Type::code_bold, {place_left, y + px(4)}, c.accent, segment_name(segment.name));
      text_fit(list, Type::row_bold, {name_left, y + px(4)}, right - name_left, c.text,
               explainer.explain(path, locate(m, path)).name);
    }
    y = head.y1;
    for (uint32_t n = 1; n <= segment.field_count; ++n) {
      if (!m.present(m.field(i, n))) continue;
      if (y + px(28) > view.y0 && y < view.y1) {
        Path field = path;
        field.field = n;
        field.repetition = 1;
        const Explanation e = explainer.explain(field, locate(m, field));
        text(list, Type::code, {place_left, y + px(4)}, c.muted, fmt::format("{}", n));
        text_fit(list, Type::row, {name_left, y + px(4)}, value_left - name_left - px(8), c.muted,
                 e.label.empty() ? e.name : e.label);
        const std::string value = e.decoded.empty() ? unescape(e.value, m.delimiters()) : e.decoded;
        const Touch t = touch(fmt::format("value {} {}", i, n).c_str(), {column.x0, y, column.x1, y + px(28)});
        const std::string shown = shorten(Type::row, std::string_view(value).substr(0, 1000), right - value_left);
        text(list, Type::row, {value_left, y + px(4)}, c.text, shown);
        if (shown.size() < value.size()) hover_card(t, std::string_view(value).substr(0, 600));
      }
      y += px(28);
    }
  }
  return y + px(12);
}

void AnswerPane::draw(const AnswerContext& a, Box box) {
  const Theme& c = theme();
  fill(ImGui::GetWindowDrawList(), box, c.panel);
  cards_shown_ = false;
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  tabs(a, header);
  area_ = {box.x0, header.y1, box.x1, box.y1};
  ImGui::SetCursorScreenPos({area_.x0, area_.y0});
  ImGui::BeginChild("answer", {area_.width(), area_.height()});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const Column column = {area_.x0, area_.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0)};
  float y = origin.y;
  switch (a.w.view.answer_tab) {
    case AnswerTab::answer:
      y = cards(a, column, y, area_);
      y = received(a, column, y, area_);
      break;
    case AnswerTab::segments:
      y = segments(a, column, y, area_);
      break;
    case AnswerTab::reasons:
      y = draw_reasons(a, {column.x0 + px(16), column.x1 - px(16)}, y + px(16));
      break;
  }
  ImGui::SetCursorScreenPos({area_.x0, y});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void AnswerPane::draw_narrow(const AnswerContext& a, Box box) {
  const Theme& c = theme();
  ImDrawList* outer = ImGui::GetWindowDrawList();
  fill(outer, box, c.panel);
  cards_shown_ = false;
  area_ = box;
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("answer", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  const Column column = {box.x0, box.x1}, inner = {box.x0 + px(16), box.x1 - px(16)};
  const AnswerState& s = a.w.answer();
  const bool tables = !a.w.view.as_text && (s.has_history() || s.has_candidates());
  float y = origin.y + px(16);
  y = tables && s.has_history() ? draw_patient(a, inner, y) : draw_verdict(a, inner, y);
  if (tables) {
    y += px(12);
    horizontal(list, box.x0, box.x1, y, c.line);
    if (s.has_candidates()) {
      y = draw_candidates(a, column, y);
    } else {
      y = draw_history(a, column, y);
      y = draw_forecast(a, column, y);
      y = draw_timeline(a, column, y);
    }
  } else if (!s.outcome.doses.empty()) {
    horizontal(list, box.x0, box.x1, y, c.line);
    y = draw_doses(a, inner, y + px(12));
  }
  y += px(12);
  horizontal(list, box.x0, box.x1, y, c.line);
  const Box header = {box.x0, y, box.x1, y + px(header_height)};
  tabs(a, header);
  y = header.y1;
  switch (a.w.view.answer_tab) {
    case AnswerTab::answer:
      y = cards(a, column, y, box);
      y = received(a, column, y, box);
      break;
    case AnswerTab::segments:
      y = segments(a, column, y, box);
      break;
    case AnswerTab::reasons:
      y = draw_reasons(a, inner, y + px(16));
      break;
  }
  ImGui::SetCursorScreenPos({box.x0, y});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

bool AnswerPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt) return false;
  View& view = w.view;
  if (w.answer().has_history() && !view.as_text && (press.key == Key::up || press.key == Key::down)) {
    const std::vector<uint32_t> listed = listed_doses(w);
    const auto here = std::find(listed.begin(), listed.end(), static_cast<uint32_t>(view.dose));
    const int at = here == listed.end() ? -1 : static_cast<int>(here - listed.begin());
    const auto to = list_row(press.key, at, static_cast<int>(listed.size()), 1);
    if (to) choose_dose(w, static_cast<int>(listed[static_cast<size_t>(*to)]));
    return true;
  }
  if (w.answer().has_candidates() && !view.as_text && (press.key == Key::left || press.key == Key::right)) {
    const auto count = static_cast<int>(w.answer().query.patients.size());
    view.dose = std::clamp(view.dose + (press.key == Key::left ? -1 : 1), 0, std::max(0, count - 1));
    return true;
  }
  const auto step_tab = [&](int by) {
    view.answer_tab = static_cast<AnswerTab>((static_cast<int>(view.answer_tab) + by + 3) % 3);
    return true;
  };
  switch (press.key) {
    case Key::left:
      return step_tab(-1);
    case Key::right:
      return step_tab(1);
    case Key::up:
    case Key::down:
      view.answer_tab = AnswerTab::answer;
      w.step_card(press.key == Key::up ? -1 : 1, Pane::bars);
      return true;
    case Key::space:
      if (view.card >= 0) {
        const auto card = static_cast<uint32_t>(view.card);
        if (view.cards_open.erase(card) == 0) view.cards_open.insert(card);
      }
      return true;
    case Key::enter:
      if (view.card >= 0 && w.has_sent()) w.edit_place();
      return true;
    default:
      return false;
  }
}

}  // namespace iz
