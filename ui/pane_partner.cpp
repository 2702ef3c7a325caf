// A trading partner's list beside a table of ours: what is missing on each side, and what is to be looked at.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/code_tables.h"
#include "core/words.h"
#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace iz {
namespace {

struct Look {
  PartnerFilter filter;
  std::string_view words;
  Shape shape;
};
constexpr std::array<Look, 6> looks = {{{PartnerFilter::unknown, "not listed with us", Shape::error},
                                        {PartnerFilter::misspelt, "misspelt", Shape::warning},
                                        {PartnerFilter::inactive, "inactive", Shape::warning},
                                        {PartnerFilter::unspecified, "unspecified", Shape::advice},
                                        {PartnerFilter::missing, "missing in the list", Shape::advice},
                                        {PartnerFilter::same, "the same", Shape::ok}}};

PartnerFilter filter_of(PartnerKind kind) {
  switch (kind) {
    case PartnerKind::misspelt:
      return PartnerFilter::misspelt;
    case PartnerKind::inactive:
      return PartnerFilter::inactive;
    case PartnerKind::unspecified:
      return PartnerFilter::unspecified;
    case PartnerKind::unknown:
      return PartnerFilter::unknown;
    case PartnerKind::same:
      break;
  }
  return PartnerFilter::same;
}

const Look& look_of(PartnerFilter filter) {
  return *std::find_if(looks.begin(), looks.end(), [&](const Look& l) { return l.filter == filter; });
}

}  // namespace

void PartnerPane::read(const Workbench& w) {
  const CodesView& v = w.view.codes;
  if (seen_catalogue_ != w.catalogue_change() || seen_text_ != v.partner_change || seen_table_ != v.partner_table) {
    seen_catalogue_ = w.catalogue_change();
    seen_text_ = v.partner_change;
    seen_table_ = v.partner_table;
    const std::vector<const CodeSet*> tables = partner_tables(w.catalogue(), v.partner_table);
    list_ = compare_partner(v.partner, tables);
  } else if (seen_filter_ == v.partner_filter) {
    return;
  }
  seen_filter_ = v.partner_filter;
  rows_.clear();
  const auto wanted = [&](PartnerFilter filter) {
    return v.partner_filter == filter || (v.partner_filter == PartnerFilter::all && filter != PartnerFilter::same);
  };
  for (const Look& look : looks) {
    if (!wanted(look.filter)) continue;
    if (look.filter == PartnerFilter::missing) {
      for (const Code* row : list_.missing) rows_.push_back({look.filter, nullptr, row});
      continue;
    }
    for (const PartnerCode& code : list_.codes) {
      if (filter_of(code.kind) == look.filter) rows_.push_back({look.filter, &code, code.row});
    }
  }
}

void PartnerPane::draw(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const CodesView& v = b.w.view.codes;
  const float left = box.x0 + px(16), right = box.x1 - px(16), width = right - left;
  float y = box.y0 + px(16);
  if (v.partner.empty()) {
    y += paragraph(list, Type::row_bold, {left, y}, width, c.text, "No list yet.") + px(2);
    y += paragraph(list, Type::row, {left, y}, width, c.muted,
                   "Paste or drop a trading partner's list of codes: CSV, TSV, or one code a line. It is compared with "
                   "the table it is of, here on this page.") +
         px(16);
    const ButtonLook look = {.icon = Icon::clipboard, .primary = true};
    if (bar_item(b, button("paste list", left, y + px(16), "Paste a list", look)).pressed) {
      b.requests.paste_partner = true;
    }
    const float next = left + button_width("Paste a list", look) + px(8);
    if (bar_item(b, button("choose list", next, y + px(16), "Choose a file", {})).pressed) {
      b.requests.choose_files = true;
    }
    return;
  }
  read(b.w);
  if (list_.table == nullptr) {
    shape(list, Shape::error, {left, y + px(2)}, 16);
    y += paragraph(list, Type::row_bold, {left + px(24), y}, width - px(24), c.text, "Nothing could be compared") +
         px(2);
    y += paragraph(list, Type::row, {left + px(24), y}, width - px(24), c.muted, list_.error) + px(8);
  }

  // Of which table it is; it can be said.
  float x = left, middle = box.y0 + px(12 + 16);
  if (list_.table == nullptr) middle = y + px(16);
  std::vector<MenuItem> items;
  items.push_back({"As the list looks", "", v.partner_table.empty(), [](Workbench& w) { w.partner_table({}); }});
  for (const CodeSet* set : partner_tables(b.w.catalogue(), {})) {
    items.push_back({short_table_words(b.w.catalogue(), set->id), "", v.partner_table == set->id,
                     [id = set->id](Workbench& w) { w.partner_table(id); }});
  }
  const std::string table =
      list_.table != nullptr ? short_table_words(b.w.catalogue(), list_.table->id) : std::string("choose");
  const ButtonLook look = {.label = "Table", .menu = true};
  const Touch t = bar_item(b, button("partner table", x, middle, table, look));
  menu(b, "partner tables", t.pressed, t.box, items);
  x = t.box.x1 + px(8);
  const Touch other = bar_item(b, button("other list", x, middle, "Another list", {}));
  if (other.pressed) b.actions.push_back([](Workbench& w) { w.set_partner({}); });
  x = other.box.x1 + px(12);
  if (list_.table == nullptr) return;
  text_fit(list, Type::small, {x, middle - px(10)}, std::max(px(1), right - x), c.muted,
           fmt::format("{} in column {}, edition {}", counted(list_.codes.size(), "code", "codes"), list_.column,
                       edition_words(*list_.table)));
  y = middle + px(16 + 12);

  // What is to be looked at, as choices.
  x = left;
  middle = y + px(12);
  for (const Look& one : looks) {
    const size_t n =
        one.filter == PartnerFilter::missing
            ? list_.missing.size()
            : static_cast<size_t>(std::count_if(list_.codes.begin(), list_.codes.end(), [&](const PartnerCode& code) {
                return filter_of(code.kind) == one.filter;
              }));
    const std::string words = fmt::format("{} {}", n, one.words);
    const float need = text_width(Type::small, words) + px(20);
    if (x > left && x + need > right) {
      x = left;
      middle += px(32);
    }
    const bool on = v.partner_filter == one.filter;
    const Touch chip = bar_item(b, choice_chip(std::string(one.words).c_str(), x, middle, {}, c.text, words, on));
    if (chip.pressed) {
      b.actions.push_back([to = on ? PartnerFilter::all : one.filter](Workbench& w) {
        w.view.codes.partner_filter = to;
        w.view.codes.partner_row = -1;
      });
    }
    x = chip.box.x1 + px(8);
  }
  const Box rows = {box.x0, middle + px(12 + 12), box.x1, box.y1};
  horizontal(list, rows.x0, rows.x1, rows.y0, c.line);
  ImGui::SetCursorScreenPos({rows.x0, rows.y0 + px(1)});
  ImGui::BeginChild("partner rows", {rows.width(), std::max(px(1), rows.height() - px(1))});
  if (rows_.empty()) {
    const bool all = v.partner_filter == PartnerFilter::all;
    paragraph(ImGui::GetWindowDrawList(), Type::row_bold, {left, rows.y0 + px(16)}, width, c.text,
              all ? "Both sides have the same codes." : "No code of the list is of this kind.");
  }
  const float height = px(52);
  if (followed_ != v.partner_row && v.partner_row >= 0) {
    followed_ = v.partner_row;
    const float top = static_cast<float>(v.partner_row) * height, scroll = ImGui::GetScrollY();
    if (top < scroll) ImGui::SetScrollY(top);
    if (top + height > scroll + ImGui::GetWindowHeight()) ImGui::SetScrollY(top + height - ImGui::GetWindowHeight());
  }
  const RowsInView seen = rows_in_view(rows_.size(), height);
  for (int i = seen.first; i < seen.last; ++i) {
    const float at = seen.top + static_cast<float>(i) * height;
    const Box one = {rows.x0, at, rows.x1 - (ImGui::GetScrollMaxY() > 0 ? px(12) : 0), at + height};
    ImGui::PushID(i);
    row(b, rows_[static_cast<size_t>(i)], i, one);
    ImGui::PopID();
  }
  ImGui::EndChild();
}

void PartnerPane::row(const BarContext& b, const Row& row, int index, Box box) {
  const Theme& c = theme();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Touch t = touch("partner code", box);
  row_ground(list, box, b.w.view.codes.partner_row == index, t.hovered);
  horizontal(list, box.x0, box.x1, box.y1 - px(1), c.line);
  const float top = box.y0 + px(6), right = box.x1 - px(12);
  const Look& look = look_of(row.kind);
  shape(list, look.shape, {box.x0 + px(16), top + px(3)}, 14);
  float x = box.x0 + px(16 + 24);
  const std::string_view code = row.theirs != nullptr ? std::string_view(row.theirs->code) : row.ours->code;
  x += std::max(px(44), text_fit(list, Type::code_bold, {x, top}, (right - x) * 0.5f, c.code, code) + px(12));
  const std::string_view name = row.ours != nullptr ? row.ours->display : std::string_view(row.theirs->name);
  float end = right;
  if (row.theirs != nullptr) {
    const std::string line = fmt::format("line {}", row.theirs->line);
    text_right(list, Type::small, {right, top}, c.muted, line);
    end -= text_width(Type::small, line) + px(12);
  }
  text_fit(list, Type::row, {x, top}, std::max(px(1), end - x), c.text, name);
  const std::string words = row.theirs == nullptr
                                ? fmt::format("Missing in the list{}{}", row.ours->status.empty() ? "" : ", ",
                                              lower_case(std::string(row.ours->status)))
                            : !row.theirs->sentence.empty() ? row.theirs->sentence
                                                            : std::string("The same on both sides");
  const float left = box.x0 + px(16 + 24);
  const std::string shown = shorten(Type::small, words, right - left);
  text(list, Type::small, {left, top + px(20)}, c.muted, shown);
  if (shown != words) hover_card(t, words);
  if (t.pressed) {
    b.actions.push_back(
        [index, table = list_.table->id, place = row.ours ? std::string(row.ours->code) : std::string()](Workbench& w) {
          w.view.codes.partner_row = index;
          w.view.focus = Pane::beside;
          if (!place.empty()) w.show_code(table, place);
        });
  }
}

void PartnerPane::tools(const BarContext& b, Box header, float left) {
  if (b.w.view.codes.partner.empty() || list_.table == nullptr) return;
  const std::string_view words = "Export CSV";
  const float width = button_width(words, {.small = true}), right = header.x1 - px(12);
  if (right - width < left + px(8)) return;
  const float middle = std::round((header.y0 + header.y1) / 2);
  if (bar_item(b, button("partner csv", right - width, middle, words, {.small = true})).pressed) {
    b.requests.file = "partner-list.csv";
    b.requests.content = partner_csv(list_);
  }
}

bool PartnerPane::key(Workbench& w, KeyPress press) {
  if (press.command || press.alt || rows_.empty() || w.view.codes.partner.empty()) return false;
  CodesView& v = w.view.codes;
  const int last = static_cast<int>(rows_.size()) - 1;
  int to = v.partner_row;
  if (press.key == Key::up) {
    --to;
  } else if (press.key == Key::down) {
    ++to;
  } else if (press.key == Key::page_up) {
    to -= 8;
  } else if (press.key == Key::page_down) {
    to += 8;
  } else if (press.key == Key::home || press.key == Key::end) {
    to = press.key == Key::home ? 0 : last;
  } else {
    return false;
  }
  v.partner_row = std::clamp(to, 0, last);
  const Row& row = rows_[static_cast<size_t>(v.partner_row)];
  if (row.ours != nullptr && list_.table != nullptr) w.show_code(list_.table->id, row.ours->code);
  return true;
}

}  // namespace iz
