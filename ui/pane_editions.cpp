// Which editions are loaded, what was brought, and what of it is kept on this device.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/words.h"
#include "ui/pane_codes.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// "12 kB"
std::string size_words(size_t bytes) {
  return bytes < 1000 ? fmt::format("{} bytes", bytes) : fmt::format("{} kB", (bytes + 999) / 1000);
}

}  // namespace

void draw_editions(const BarContext& b, Box box) {
  const Theme& c = theme();
  ImGui::SetCursorScreenPos({box.x0, box.y0});
  ImGui::BeginChild("editions", {box.width(), box.height()});
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float origin = ImGui::GetCursorScreenPos().y;
  const float x0 = box.x0 + px(16), x1 = box.x1 - px(20), width = x1 - x0;
  float y = origin + px(16);
  const auto head = [&](std::string_view title, std::string_view remark) {
    const float used = text(list, Type::row_bold, {x0, y + px(4)}, c.text, title) + px(8);
    text_fit(list, Type::small, {x0 + used, y + px(4)}, width - used, c.muted, remark);
    horizontal(list, x0, x1, y + px(27), c.line);
    y += px(28);
  };

  // What was brought.
  const auto& brought = b.w.brought();
  head("Brought by you", brought.empty() ? "nothing" : "");
  for (size_t i = 0; i < brought.size(); ++i) {
    const BroughtTable& t = brought[i];
    ImGui::PushID(static_cast<int>(i));
    const float middle = y + px(18);
    float right = x1;
    const auto act = [&](const char* id, std::string_view words) {
      right -= button_width(words, {.small = true});
      const bool pressed = bar_item(b, button(id, right, middle, words, {.small = true})).pressed;
      right -= px(8);
      return pressed;
    };
    if (act("remove", "Remove")) b.actions.push_back([i](Workbench& w) { w.forget_table(i); });
    if (act("switch", t.in_use ? "Compare only" : "Use")) {
      b.actions.push_back([i](Workbench& w) { w.switch_table(i); });
    }
    text_fit(list, Type::row, {x0, y + px(2)}, right - x0, c.text, short_table_words(b.w.catalogue(), t.set->id));
    text_fit(list, Type::small, {x0, y + px(20)}, right - x0, c.muted,
             fmt::format("edition {}, {}, {}", edition_words(*t.set), counted(t.set->codes().size(), "row", "rows"),
                         t.in_use ? "in use" : "to compare with"));
    ImGui::PopID();
    y += px(44);
  }
  y += px(8);
  const bool keep = b.w.view.codes.keep;
  if (bar_item(b, check_box("keep", x0 + check_box_width(keep_words), y + px(12), keep_words, keep)).pressed) {
    b.actions.push_back([](Workbench& w) { w.keep_tables(!w.view.codes.keep); });
  }
  y += px(28);
  size_t bytes = 0;
  const std::vector<KeptFile> files = b.w.kept_files();
  for (const KeptFile& f : files) bytes += f.bytes->size();
  const std::string words = !keep ? "Nothing is stored: what you bring lives until this page is closed."
                            : files.empty()
                                ? "What you bring from now on is stored in this browser. Nothing is stored yet."
                                : fmt::format("{} of yours, {}, stored in this browser. Messages are never stored.",
                                              counted(files.size(), "file", "files"), size_words(bytes));
  y += paragraph(list, Type::small, {x0, y}, width, c.muted, words) + px(4);
  if (keep) {
    const std::string_view forget = "Forget it";
    text(list, Type::row, {x0, y}, c.accent, forget);
    if (bar_item(b, touch("forget", {x0, y, x0 + text_width(Type::row, forget), y + px(20)})).pressed) {
      b.actions.push_back([](Workbench& w) { w.keep_tables(false); });
    }
    y += px(24);
  }

  // What is in use.
  y += px(16);
  head("In use", counted(b.w.catalogue().code_sets.size(), "table", "tables"));
  for (const auto& [id, set] : b.w.catalogue().code_sets) {
    if (y > origin + px(1)) {
      const std::string edition = edition_words(*set);
      if (ImGui::IsRectVisible({x0, y}, {x1, y + px(28)})) {
        std::string aside = edition_age(*set, b.w.as_of());
        const bool fits = text_width(Type::small, aside) < width * 0.3f && width > px(420);
        if (!fits) aside.clear();
        text_right(list, Type::small, {x1, y + px(4)}, c.muted, aside);
        const float dates = x1 - px(fits ? 110 : 0) - std::max(px(88), text_width(Type::code, edition));
        text(list, Type::code, {dates, y + px(4)}, c.text, edition);
        text_fit(list, Type::row, {x0, y + px(4)}, dates - x0 - px(12), c.text,
                 filter_of(id) == CodeFilter::other ? fmt::format("{}, {}", set->name, id)
                                                    : short_table_words(b.w.catalogue(), id));
      }
    }
    y += px(28);
  }
  ImGui::SetCursorScreenPos({box.x0, y + px(16)});
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

}  // namespace iz
