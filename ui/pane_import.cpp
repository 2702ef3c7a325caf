// Before a new edition is used: what each file is, of what date, and what it would change; or why it is refused.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/date.h"
#include "core/words.h"
#include "imgui_internal.h"
#include "ui/pane_codes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr size_t most_changes = 5, most_noticed = 3;

/// Draws from a height downwards.
struct Sheet {
  const BarContext& b;
  float x0, x1, y;
  float width() const { return x1 - x0; }
  ImDrawList* list = ImGui::GetWindowDrawList();

  void sentence(Shape which, std::string_view words, ImU32 ink) {
    shape(list, which, {x0, y + px(3)}, 14);
    y += paragraph(list, Type::small, {x0 + px(22), y}, width() - px(22), ink, words) + px(2);
  }

  /// "~ 28  DT (pediatric)  Status Active -> Inactive"
  void change(const ChangeRow& line) {
    const Theme& c = theme();
    float x = x0;
    text(list, Type::code_bold, {x, y}, kind_color(line.kind), kind_sign(line.kind));
    x += px(16);
    x += std::max(px(44), text_fit(list, Type::code_bold, {x, y}, width() * 0.4f, c.code, line.code) + px(8));
    const float room = x1 - x;
    const bool tight = width() < px(480);
    if (tight) {  // the name on one line, what is new on the next
      text_fit(list, Type::small, {x, y}, room, c.text, line.name);
      y += px(20);
    }
    if (tight && line.cells.empty()) {
      text_fit(list, Type::small, {x, y}, room, c.muted, line.remark);
    } else if (line.cells.empty()) {
      const float used = text_fit(list, Type::small, {x, y}, room, c.text, line.name) + px(12);
      text_fit(list, Type::small, {x + used, y}, std::max(px(1), room - used), c.muted, line.remark);
    } else {
      const CellChange& cell = line.cells.front();
      if (!tight) x += text_fit(list, Type::small, {x, y}, room * 0.5f, c.text, line.name) + px(12);
      x += text_fit(list, Type::small, {x, y}, std::max(px(1), x1 - x), c.muted, column_words(cell.column)) + px(8);
      if (x1 - x > px(60)) {
        const float old = text_fit(list, Type::small, {x, y}, (x1 - x) / 2 - px(20), c.muted,
                                   cell.before.empty() ? "empty" : cell.before);
        if (!cell.before.empty()) horizontal(list, x, x + old, y + px(10), c.muted);
        x += old + px(8);
        icon(list, Icon::arrow, {x, y + px(4)}, 12, c.muted);
        x += px(20);
        text_fit(list, Type::small_bold, {x, y}, x1 - x, c.text, cell.after.empty() ? "empty" : cell.after);
      }
    }
    y += px(tight ? 24 : 20);
  }

  void table(const ImportedTable& t, const char* field, const std::vector<ChangeRow>& rows_of) {
    const Theme& c = theme();
    const CodeSet* used = b.w.catalogue().code_set(t.set->id);
    const float file = std::min(text_width(Type::code, t.file), width() * 0.45f);
    text_fit(list, Type::code, {x1 - file, y}, file + px(1), c.muted, t.file);
    text_fit(list, Type::row_bold, {x0, y}, width() - file - px(12), c.text, t.set->name);
    y += px(24);

    // Edition and rows, old and new.
    float x = x0;
    const auto words = [&](ImU32 ink, Type type, std::string_view shown) {
      if (x > x0 && x + text_width(type, shown) > x1) {
        x = x0;
        y += px(24);
      }
      x += text(list, type, {x, y + px(4)}, ink, shown) + px(8);
    };
    words(c.muted, Type::small, "Edition");
    if (used != nullptr) {
      words(c.muted, Type::code, used->edition.date.empty() ? "unknown" : used->edition.date);
      icon(list, Icon::arrow, {x, y + px(8)}, 12, c.muted);
      x += px(20);
    }
    if (!t.set->edition.date.empty()) {
      words(c.text, Type::code_bold, t.set->edition.date);
    } else {
      const Box box = {x, y, x + px(148), y + px(28)};
      text_field(b.w, b.actions, field, box, "YYYY-MM-DD", Icon::clock, Type::code);
      x = box.x1 + px(8);
      const std::string& typed = b.w.view.typed(field);
      if (!typed.empty() && (typed.size() != 10 || !parse_date(typed))) {
        frame(list, box, c.err, px(4), px(1));
        words(c.err, Type::small, "A date is written 2026-02-18");
      } else if (!t.newest.empty()) {
        words(c.muted, Type::small, fmt::format("CDC's file names none; its newest row is of {}", t.newest));
      } else {
        words(c.muted, Type::small, "CDC's file names none");
      }
      y += px(6);
    }
    const std::string rows = used != nullptr ? fmt::format("{} to {} rows", used->codes().size(), t.set->codes().size())
                                             : counted(t.set->codes().size(), "row", "rows");
    words(c.muted, Type::small, rows);
    y += px(28);

    if (t.older) sentence(Shape::warning, "Older than the edition in use.", c.text);
    if (t.changes) {
      const std::string sum =
          t.changes->none()
              ? "No difference from the edition in use."
              : fmt::format("{} added, {} removed, {} changed ({} in their text only)", t.changes->added.size(),
                            t.changes->removed.size(), t.changes->changed_keys(), t.changes->keys_of(ChangeKind::text));
      y += paragraph(list, Type::small_bold, {x0, y}, width(), c.text, sum) + px(2);
      for (size_t i = 0; i < rows_of.size() && i < most_changes; ++i) change(rows_of[i]);
      if (rows_of.size() > most_changes) {
        text(list, Type::small, {x0 + px(16), y}, c.muted, fmt::format("and {} more", rows_of.size() - most_changes));
        y += px(20);
      }
    } else {
      sentence(Shape::advice, "This table is not part of the program: it is added.", c.text);
    }
    for (size_t i = 0; i < t.noticed.size() && i < most_noticed; ++i) sentence(Shape::advice, t.noticed[i], c.muted);
    if (t.noticed.size() > most_noticed) {
      text(list, Type::small, {x0 + px(22), y}, c.muted, fmt::format("and {} more", t.noticed.size() - most_noticed));
      y += px(20);
    }
  }

  void refused(const ImportRefusal& r) {
    const Theme& c = theme();
    shape(list, Shape::error, {x0, y + px(2)}, 16);
    const float left = x0 + px(24), room = width() - px(24);
    y += paragraph(list, Type::row_bold, {left, y}, room, c.text, fmt::format("{} was refused", r.file)) + px(2);
    const std::string where =
        r.line > 0 ? fmt::format("Line {}: {}.", r.line, r.reason) : sentence_case(r.reason + ".");
    y += paragraph(list, Type::row, {left, y}, room, c.text, where) + px(2);
    y += paragraph(list, Type::small, {left, y}, room, c.muted, "What is in use stays as it is.");
  }

  void rule() {
    y += px(10);
    horizontal(list, x0, x1, y, theme().line);
    y += px(12);
  }
};

}  // namespace

void ImportSheet::draw(const BarContext& outer) {
  const Workbench& w = outer.w;
  if (w.offer().empty()) {
    keys_ = {};
    return;
  }
  if (seen_ != w.offer_change()) {
    seen_ = w.offer_change();
    rows_.clear();
    for (const ImportedTable& t : w.offer().found.tables) {
      const CodeSet* used = w.catalogue().code_set(t.set->id);
      rows_.push_back(t.changes && used ? change_rows(*t.changes, *used, *t.set, true) : std::vector<ChangeRow>());
    }
    keys_ = {.item = 1};  // what most people want next
  }
  const Theme& c = theme();
  keys_.always = true;
  keys_.boxes.clear();
  const BarContext b = {w, outer.actions, outer.requests, keys_, outer.narrow};
  const Import& found = w.offer().found;
  const size_t tables = found.tables.size();
  const bool older =
      std::any_of(found.tables.begin(), found.tables.end(), [](const ImportedTable& t) { return t.older; });
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  const float margin = px(outer.narrow ? 8 : 24), width = std::min(px(760), size.x - margin * 2);
  const float head = px(56), foot = px(outer.narrow ? 104 : 60);
  const float room = std::clamp(height_, px(60), std::max(px(60), size.y - px(outer.narrow ? 24 : 112) - head - foot));
  const float left = std::round((size.x - width) / 2), top = px(outer.narrow ? 8 : 56);
  const Box box = {left, top, left + width, top + head + room + foot};
  ImGui::SetNextWindowPos({box.x0, box.y0});
  ImGui::SetNextWindowSize({box.width(), box.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("import", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, c.panel, px(8));
  frame(list, box, c.ctl, px(8), px(1));
  const std::string title = tables == 0   ? "Nothing can be used"
                            : tables == 1 ? "Use this edition?"
                                          : fmt::format("Use these {} tables?", tables);
  text_fit(list, Type::title, {box.x0 + px(24), box.y0 + px(18)}, box.width() - px(80), c.text, title);
  const Box cross = {box.x1 - px(48), box.y0 + px(14), box.x1 - px(16), box.y0 + px(46)};
  if (bar_item(b, icon_button("cancel import", cross, Icon::close, "Close, Esc", c.muted)).pressed) {
    b.actions.push_back([](Workbench& bench) { bench.drop_offer(); });
  }
  horizontal(list, box.x0 + px(1), box.x1 - px(1), box.y0 + head, c.line);

  ImGui::SetCursorScreenPos({box.x0 + px(1), box.y0 + head + px(1)});
  ImGui::BeginChild("files", {box.width() - px(2), room - px(1)});
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Sheet sheet = {b, box.x0 + px(24), box.x1 - px(24), origin.y + px(16)};
  sheet.list = ImGui::GetWindowDrawList();
  bool first = true;
  size_t number = 0;
  for (const ImportedTable& t : found.tables) {
    if (!std::exchange(first, false)) sheet.rule();
    ImGui::PushID(static_cast<int>(number));
    sheet.table(t, edition_field(number), rows_[number]);
    ++number;
    ImGui::PopID();
  }
  for (const ImportRefusal& r : found.refused) {
    if (!std::exchange(first, false)) sheet.rule();
    sheet.refused(r);
  }
  height_ = sheet.y - origin.y + px(16);
  ImGui::SetCursorScreenPos({box.x0, sheet.y + px(12)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();

  // What is done with it.
  const float line = box.y1 - foot, middle = box.y1 - px(30);
  horizontal(list, box.x0 + px(1), box.x1 - px(1), line, c.line);
  float right = box.x1 - px(24);
  const auto act = [&](const char* id, std::string_view words, bool primary) {
    const ButtonLook look = {.primary = primary};
    right -= button_width(words, look);
    const Touch t = bar_item(b, button(id, right, middle, words, look));
    right -= px(8);
    return t.pressed;
  };
  if (tables > 0) {
    const std::string_view use = tables == 1 ? "Use this edition" : "Use these tables", compare = "Compare only";
    // An older edition is mostly wanted to be compared with.
    if (act("use edition", older ? compare : use, true)) {
      b.actions.push_back([in_use = !older](Workbench& bench) { bench.use_offer(in_use); });
    }
    if (act("compare edition", older ? use : compare, false)) {
      b.actions.push_back([in_use = older](Workbench& bench) { bench.use_offer(in_use); });
    }
  }
  if (act("leave import", tables > 0 ? "Cancel" : "Close", false)) {
    b.actions.push_back([](Workbench& bench) { bench.drop_offer(); });
  }
  if (tables > 0) {
    const float at = outer.narrow ? box.y1 - px(80) : middle;
    const bool on = w.view.codes.keep;
    if (bar_item(b, check_box("keep edition", box.x0 + px(24) + check_box_width(keep_words), at, keep_words, on))
            .pressed) {
      b.actions.push_back([](Workbench& bench) { bench.keep_tables(!bench.view.codes.keep); });
    }
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

bool ImportSheet::key(Workbench& w, KeyPress press) {
  if (w.offer().empty()) return false;
  switch (press.key) {
    case Key::escape:
      w.drop_offer();
      return true;
    case Key::tab:
    case Key::left:
    case Key::right:
    case Key::up:
    case Key::down:
      keys_.step(press.key == Key::left || press.key == Key::up || (press.key == Key::tab && press.shift) ? -1 : 1);
      return true;
    case Key::enter:
    case Key::space:
      keys_.press = true;
      return true;
    default:
      // Nothing under it gets a key.
      return !press.command;
  }
}

}  // namespace iz
