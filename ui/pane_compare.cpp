// Two editions of a table beside each other: what was added, removed, changed, and what that does to the messages.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ui/pane_codes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr size_t most_cells = 4;  // changed columns that a row lists

std::string edition_name(const CodeSet& set) { return set.edition.date.empty() ? "no date" : set.edition.date; }

}  // namespace

void ComparePane::compare(const Workbench& w, const CodeSet& before, const CodeSet& after) {
  const CodesView& v = w.view.codes;
  const std::string& typed = w.view.typed(change_field);
  if (seen_before_ != &before || seen_after_ != &after) {
    changes_ = compare_tables(before, after);
    seen_change_ = UINT32_MAX;
    seen_before_ = &before;
    seen_after_ = &after;
  } else if (seen_filter_ == v.changes && seen_hide_ == v.hide_text && seen_text_ == typed) {
    return;
  }
  seen_filter_ = v.changes;
  seen_hide_ = v.hide_text;
  seen_text_ = typed;
  seen_scale_ = 0;  // heights are to be made anew
  rows_ = change_rows(changes_, before, after, v.hide_text);
  std::erase_if(rows_, [&](const ChangeRow& row) {
    return (v.changes != ChangeFilter::all && v.changes != row.kind) || !fits(row, typed);
  });
}

float ComparePane::head(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Workbench& w = b.w;
  const CodesView& v = w.view.codes;
  const std::vector<const CodeSet*> editions = w.editions_of(v.table);
  const float left = box.x0 + px(16);
  float x = left, middle = box.y0 + px(12 + 16);
  // Which table, and which two editions of it.
  const auto choose = [&](const char* id, std::string_view label, const std::string& value,
                          const std::vector<MenuItem>& items) {
    const ButtonLook look = {.label = label, .menu = true};
    const float width = button_width(value, look);
    if (x > left && x + width > box.x1 - px(16)) {
      x = left;
      middle += px(40);
    }
    const Touch t = bar_item(b, button(id, x, middle, value, look));
    menu(b, (std::string(id) + " menu").c_str(), t.pressed, t.box, items);
    x += width + px(8);
  };
  std::vector<MenuItem> tables;
  for (const std::string& id : w.comparable_tables()) {
    const CodeSet* set = w.catalogue().code_set(id);
    tables.push_back({set ? set->name : id, counted(w.editions_of(id).size(), "edition", "editions"), id == v.table,
                      [id](Workbench& bench) { bench.compare_table(id); }});
  }
  const auto [before, after] = w.compared_editions();
  choose("compare table", "Table", short_table_words(w.catalogue(), v.table), tables);
  if (editions.size() >= 2) {
    const auto items = [&](bool old) {
      std::vector<MenuItem> out;
      for (size_t i = 0; i < editions.size(); ++i) {
        const CodeSet* set = editions[i];
        const bool used = w.catalogue().code_set(v.table) == set;
        out.push_back({edition_name(*set),
                       fmt::format("{}{}", counted(set->codes().size(), "row", "rows"), used ? ", in use" : ""),
                       set == (old ? before : after), [i, old](Workbench& bench) {
                         const auto n = static_cast<int>(i);
                         auto [first, last] = bench.compared_places();
                         (old ? first : last) = n;
                         bench.compare_editions(first, last);
                       }});
      }
      return out;
    };
    choose("old edition", "Old", edition_name(*before), items(true));
    if (x + px(24) < box.x1) {
      icon(list, Icon::arrow, {x, middle - px(8)}, 16, c.muted);
      x += px(24);
    }
    choose("new edition", "New", edition_name(*after), items(false));
    const std::string rows = fmt::format("{} to {} rows", before->codes().size(), after->codes().size());
    if (x + text_width(Type::small, rows) < box.x1 - px(16)) {
      text(list, Type::small, {x + px(4), middle - px(10)}, c.muted, rows);
    }
  }
  return middle + px(16);
}

void ComparePane::draw(const BarContext& b, Box box, float row_height) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Workbench& w = b.w;
  const CodesView& v = w.view.codes;
  fill(list, box, c.panel);
  const auto [before, after] = w.compared_editions();
  const bool two = before != nullptr && after != nullptr;
  float y = head(b, box);
  const float left = box.x0 + px(16), width = box.width() - px(32);
  if (!two) {
    y += px(16);
    const std::string title =
        fmt::format("Only one edition of {} is loaded.", short_table_words(w.catalogue(), v.table));
    y += paragraph(list, Type::row_bold, {left, y}, width, c.text, title) + px(2);
    y += paragraph(list, Type::row, {left, y}, width, c.muted,
                   "Drop CDC's files of another date on this page: what was added, removed and changed is then listed "
                   "here, and which of the open messages it touches.") +
         px(8);
    const std::string_view words = "Load an edition";
    text(list, Type::row, {left, y}, c.accent, words);
    if (bar_item(b, touch("load edition", {left, y, left + text_width(Type::row, words), y + px(20)})).pressed) {
      b.requests.choose_files = true;
    }
    return;
  }
  compare(w, *before, *after);
  if (seen_change_ != w.change()) {
    seen_change_ = w.change();
    find_affected(w, *before, *after);
  }

  // Counts as choices.
  size_t changed = changes_.changed_keys();
  if (v.hide_text) changed -= changes_.keys_of(ChangeKind::text);
  const size_t added = changes_.added.size(), removed = changes_.removed.size();
  float x = left, middle = y + px(12 + 12);
  struct Chip {
    ChangeFilter filter;
    std::string words;
    std::string_view sign;
  };
  const Chip chips[] = {{ChangeFilter::all, fmt::format("All {}", added + removed + changed), ""},
                        {ChangeFilter::added, fmt::format("{} added", added), "+"},
                        {ChangeFilter::removed, fmt::format("{} removed", removed), kind_sign(ChangeFilter::removed)},
                        {ChangeFilter::changed, fmt::format("{} changed", changed), "~"}};
  for (const Chip& chip : chips) {
    const float need = text_width(Type::small, chip.words) + px(36);
    if (x > left && x + need > box.x1 - px(16)) {
      x = left;
      middle += px(32);
    }
    const Touch t = bar_item(b, choice_chip(chip.words.c_str(), x, middle, chip.sign, kind_color(chip.filter),
                                            chip.words, v.changes == chip.filter));
    if (t.pressed) {
      b.actions.push_back([to = chip.filter](Workbench& bench) {
        bench.view.codes.changes = to;
        bench.view.codes.change = -1;
      });
    }
    x = t.box.x1 + px(8);
  }
  const std::string_view hide = "Hide text-only";
  const float hide_width = check_box_width(hide);
  if (x + hide_width > box.x1 - px(16)) {
    x = left;
    middle += px(32);
  } else {
    x = box.x1 - px(16) - hide_width;
  }
  if (bar_item(b, check_box("hide text", x + check_box_width(hide), middle, hide, v.hide_text)).pressed) {
    b.actions.push_back([](Workbench& bench) {
      bench.view.codes.hide_text = !bench.view.codes.hide_text;
      bench.view.codes.change = -1;
    });
  }
  const Box field = {left, middle + px(12 + 8), box.x1 - px(16), middle + px(12 + 8 + 28)};
  text_field(w, b.actions, change_field, field, "Filter the differences");

  // The rows.
  const float foot = affected(b, box, false);
  const Box rows = {box.x0, field.y1 + px(12), box.x1, box.y1 - foot};
  horizontal(list, rows.x0, rows.x1, rows.y0, c.line);
  if (seen_scale_ != scale()) {
    seen_scale_ = scale();
    tops_.assign(1, 0);
    for (const ChangeRow& row : rows_) {
      const auto lines = static_cast<float>(std::clamp<size_t>(row.cells.size(), 1, most_cells));
      tops_.push_back(tops_.back() + std::max(px(row_height), px(32) + px(20) * lines));
    }
  }
  ImGui::SetCursorScreenPos({rows.x0, rows.y0 + px(1)});
  ImGui::BeginChild("differences", {rows.width(), std::max(px(1), rows.height() - px(1))});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  if (rows_.empty()) {
    float at = rows.y0 + px(16);
    const bool none = changes_.none();
    at += paragraph(ImGui::GetWindowDrawList(), Type::row_bold, {left, at}, width, c.text,
                    none ? "The two editions are the same." : "No difference is of this kind.");
    paragraph(ImGui::GetWindowDrawList(), Type::row, {left, at + px(2)}, width, c.muted,
              none          ? fmt::format("{} rows compared by key.", changes_.after_rows)
              : v.hide_text ? "Differences of names and notes alone are hidden."
                            : "The choices above leave nothing.");
  }
  const float bar = ImGui::GetScrollMaxY() > 0 ? px(12) : 0;
  if (followed_ != v.change && v.change >= 0 && static_cast<size_t>(v.change) < rows_.size()) {
    followed_ = v.change;
    const auto i = static_cast<size_t>(v.change);
    const float scroll = ImGui::GetScrollY(), height = ImGui::GetWindowHeight();
    if (tops_[i] < scroll) ImGui::SetScrollY(tops_[i]);
    if (tops_[i + 1] > scroll + height) ImGui::SetScrollY(tops_[i + 1] - height);
  }
  const float seen_from = ImGui::GetScrollY(), seen_to = seen_from + ImGui::GetWindowHeight();
  auto i = static_cast<size_t>(std::upper_bound(tops_.begin(), tops_.end(), seen_from) - tops_.begin());
  for (i = i > 0 ? i - 1 : 0; i < rows_.size() && tops_[i] < seen_to; ++i) {
    ImGui::PushID(static_cast<int>(i));
    row(w, b.actions, rows_[i], static_cast<int>(i),
        {rows.x0, origin.y + tops_[i], rows.x1 - bar, origin.y + tops_[i + 1]});
    ImGui::PopID();
  }
  ImGui::SetCursorScreenPos({rows.x0, origin.y + tops_.back()});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
  if (foot > 0) affected(b, {box.x0, box.y1 - foot, box.x1, box.y1}, true);
}

void ComparePane::find_affected(const Workbench& w, const CodeSet& before, const CodeSet& after) {
  // Both belong to the catalogue, which outlives this call.
  const std::shared_ptr<const CodeSet> old_table(&before, [](const CodeSet*) {}),
      new_table(&after, [](const CodeSet*) {});
  const AffectedFinder finder({&old_table, 1}, {&new_table, 1});
  affected_.clear();
  messages_ = 0;
  Message message;
  for (uint32_t i = 0; i < w.documents().size(); ++i) {
    const Document& d = w.documents()[i];
    if (d.text.empty() || d.answer) continue;
    ++messages_;
    message.parse(d.text);
    std::vector<AffectedCode> codes = finder.find(message);
    if (!codes.empty()) affected_.push_back({i, std::move(codes.front())});
  }
}

float ComparePane::affected(const BarContext& b, Box box, bool draw) {
  if (messages_ == 0) return 0;
  const Theme& c = theme();
  const bool any = !affected_.empty();
  std::string title;
  if (!any) {
    title = messages_ == 1 ? "The open message is not affected."
                           : fmt::format("None of your {} loaded messages is affected.", messages_);
  } else if (messages_ == 1) {
    title = "The open message is affected.";
  } else {
    title = fmt::format("{} of your {} loaded messages {} affected.", affected_.size(), messages_,
                        affected_.size() == 1 ? "is" : "are");
  }
  const float left = box.x0 + px(16 + 28), width = box.width() - px(16 + 28 + 16);
  const std::string words = any ? affected_.front().code.sentence : std::string();
  const auto lines = wrap(Type::row, words, width);
  const float height = px(any ? 24 + 20 + 28 : 24 + 20) + px(20) * static_cast<float>(any ? lines.size() : 0);
  if (!draw) return height;
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.sunken);
  horizontal(list, box.x0, box.x1, box.y0, c.line);
  float y = box.y0 + px(12);
  shape(list, any ? Shape::warning : Shape::ok, {box.x0 + px(16), y + px(2)}, 16);
  text_fit(list, Type::row_bold, {left, y}, width, c.text, title);
  y += px(20);
  if (!any) return height;
  y += paragraph(list, Type::row, {left, y}, width, c.muted, words) + px(4);
  const std::string_view show = "Show the message";
  text(list, Type::row, {left, y}, c.accent, show);
  const Touch t = bar_item(b, touch("show affected", {left, y, left + text_width(Type::row, show), y + px(20)}));
  if (t.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (t.pressed) {
    b.actions.push_back([document = affected_.front().document, path = affected_.front().code.path](Workbench& w) {
      w.close_answer();
      w.open_document(document);
      w.view.narrow = NarrowTab::message;
      w.select_place(path, Pane::bars);
      w.view.focus = Pane::editor;
    });
  }
  return height;
}

void ComparePane::row(const Workbench& w, Actions& actions, const ChangeRow& row, int index, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Touch t = touch("difference", box);
  row_ground(list, box, w.view.codes.change == index, t.hovered);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float top = box.y0 + px(6), right = box.x1 - px(12);
  const ImU32 ink = kind_color(row.kind);
  const bool tight = box.width() < px(480);
  float x = box.x0 + px(16);
  text(list, Type::mono_bold, {x, top}, ink, kind_sign(row.kind));
  if (!tight) text(list, Type::row, {x + px(16), top}, ink, kind_word(row.kind));
  x += px(tight ? 20 : 92);
  const float code_width = std::max(px(44), text_width(Type::code_bold, row.code) + px(12));
  float name_x = x + code_width;
  if (text_width(Type::code_bold, row.code) > px(150)) {
    // A bar code: its name comes first.
    name_x = x;
    text_fit(list, Type::row, {name_x, top}, right - name_x, c.text, row.name);
  } else {
    text(list, Type::code_bold, {x, top}, c.code, row.code);
    text_fit(list, Type::row, {name_x, top}, right - name_x, c.text, row.name.empty() ? row.key : row.name);
  }
  float y = top + px(20);
  if (row.cells.empty()) {
    text_fit(list, Type::small, {name_x, y}, right - name_x, c.muted, row.remark);
  }
  for (size_t i = 0; i < row.cells.size(); ++i) {
    if (i + 1 == most_cells && row.cells.size() > most_cells) {
      text(list, Type::small, {name_x, y}, c.muted, fmt::format("and {} more", row.cells.size() - i));
      break;
    }
    const CellChange& cell = row.cells[i];
    const std::string_view label = column_words(cell.column);
    float at = name_x + std::max(px(48), text_width(Type::small, label)) + px(8);
    text(list, Type::small, {name_x, y}, c.muted, label);
    const float half = std::max(px(24), (right - at - px(28)) / 2);
    const std::string was = cell.before.empty() ? "empty" : cell.before, is = cell.after.empty() ? "empty" : cell.after;
    const float was_width = text_width(Type::small, was), is_width = text_width(Type::small_bold, is);
    const float room = std::max(half, right - at - px(28) - is_width);
    const float used = text_fit(list, Type::small, {at, y}, std::min(was_width + px(1), room), c.muted, was);
    if (!cell.before.empty()) horizontal(list, at, at + used, y + px(10), c.muted);
    at += used + px(8);
    icon(list, Icon::arrow, {at, y + px(4)}, 12, c.muted);
    at += px(20);
    text_fit(list, Type::small_bold, {at, y}, right - at, c.text, is);
    y += px(20);
  }
  if (t.pressed) {
    actions.push_back([index, table = w.view.codes.table, code = row.code](Workbench& bench) {
      bench.view.codes.change = index;
      bench.view.focus = Pane::beside;
      bench.show_code(table, code);
    });
  }
}

void ComparePane::tools(const BarContext& b, Box header, float left) {
  const float middle = std::round((header.y0 + header.y1) / 2);
  float right = header.x1 - px(12);
  const auto act = [&](const char* id, std::string_view words) {
    const ButtonLook look = {.small = true};
    const float width = button_width(words, look);
    if (right - width < left + px(8)) return false;
    right -= width;
    const bool pressed = bar_item(b, button(id, right, middle, words, look)).pressed;
    right -= px(8);
    return pressed;
  };
  if (act("load", "Load an edition")) b.requests.choose_files = true;
  if (b.w.compared_editions().first == nullptr) return;
  const std::string name =
      fmt::format("{}-{}-{}", changes_.table, changes_.before_edition.date, changes_.after_edition.date);
  // Where there is room for one only, for the one that opens anywhere.
  const auto csv = [&](std::string_view words) {
    if (!act("csv", words)) return;
    b.requests.file = name + ".csv";
    b.requests.content = changes_csv({&changes_, 1});
  };
  if (right - left < px(120)) return csv("CSV");
  const bool roomy = right - left >= px(168);
  if (act("json", "JSON")) {
    b.requests.file = name + ".json";
    b.requests.content = changes_json({&changes_, 1});
  }
  csv(roomy ? "Export CSV" : "CSV");
}

bool ComparePane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt || rows_.empty()) return false;
  CodesView& v = w.view.codes;
  const int count = static_cast<int>(rows_.size());
  if (press.key == Key::enter) {
    if (v.change >= 0 && v.change < count) w.open_code(v.table, rows_[static_cast<size_t>(v.change)].code);
    return true;
  }
  const auto to = list_row(press.key, v.change, count, 8);
  if (!to) return false;
  v.change = *to;
  w.show_code(v.table, rows_[static_cast<size_t>(v.change)].code);
  return true;
}

}  // namespace iz
