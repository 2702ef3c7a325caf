#include "ui/screen.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "imgui_internal.h"
#include "ui/commands.h"
#include "ui/pane_fixes.h"
#include "ui/text_field.h"
#include "ui/theme.h"

namespace iz {
namespace {

constexpr float app_bar = 48, document_bar = 44, status_line = 28, header_height = 40;

constexpr ImGuiWindowFlags bare = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                  ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                                  ImGuiWindowFlags_NoScrollWithMouse;

}  // namespace

Screen::Screen(Workbench& workbench) : workbench_(workbench) {
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset |
                     ImGuiBackendFlags_HasMouseCursors;
  io.ConfigInputTrickleEventQueue = true;
  load_fonts();
}

Screen::~Screen() { ImGui::DestroyContext(context_); }

void Screen::resize(int width, int height, float device_pixels_per_pixel) {
  image_.resize(width, height);
  device_ = std::clamp(device_pixels_per_pixel, 0.5f, 8.0f);
  use_size();
}

/// The size that was chosen, on top of what the screen has; a wide picture can become a narrow page by it.
void Screen::use_size() {
  size_ = workbench_.view.size;
  // Under 320 design pixels the page would lie over itself.
  const float most = std::max(1.0f, static_cast<float>(image_.width) / device_ / 320);
  scale_ = device_ * std::min(most, static_cast<float>(size_) / 100);
  const float across = static_cast<float>(image_.width) / scale_;
  workbench_.view.width = across < 900 ? Width::narrow : across < 1280 ? Width::medium : Width::wide;
}

void Screen::set_system(bool dark, bool contrast) {
  dark_ = dark;
  contrast_ = contrast;
}

Palette Screen::palette() const {
  switch (workbench_.view.theme) {
    case ThemeChoice::system:
      break;
    case ThemeChoice::light:
      return Palette::light;
    case ThemeChoice::dark:
      return Palette::dark;
    case ThemeChoice::contrast:
      return dark_ ? Palette::contrast_dark : Palette::contrast_light;
  }
  if (contrast_) return dark_ ? Palette::contrast_dark : Palette::contrast_light;
  return dark_ ? Palette::dark : Palette::light;
}

Requests Screen::take_requests() { return std::exchange(requests_, {}); }

const Image& Screen::frame(float seconds) {
  ImGui::SetCurrentContext(context_);
  if (size_ != workbench_.view.size) use_size();
  set_scale(scale_);
  use_metrics();
  use_theme(palette());
  const uint32_t typed = workbench_.text_change() + workbench_.view.field_change;
  quiet_ = quiet_for_ == typed ? quiet_ + seconds : 0;
  quiet_for_ = typed;
  if (waits() && quiet_ >= calm) {
    workbench_.prediction();
    workbench_.commit_local();
  }
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(image_.width), static_cast<float>(image_.height)};
  io.DeltaTime = seconds > 0 ? seconds : 1.0f / 60;
  ImGui::GetStyle().HoverDelayNormal = 0.35f;
  const std::string field = workbench_.view.field;
  ImGui::NewFrame();
  field_seen() = {};
  if (image_.width > 0 && image_.height > 0) build();
  cursor_ = ImGui::GetMouseCursor();
  ImGui::Render();
  if (draw_ != nullptr) {
    changed_ = {};
    draw_(*ImGui::GetDrawData(), theme().bg);
  } else {
    changed_ = redraw_.draw(*ImGui::GetDrawData(), image_, theme().bg);
  }
  acted_ = !actions_.empty();
  for (Action& act : std::exchange(actions_, {})) act(workbench_);
  take_local_export();
  follow_form();
  // A field that no pane shows any more cannot be typed in.
  View& view = workbench_.view;
  if (!view.field.empty() && view.field == field && !field_seen().drawn) view.close_field();
  if (view.over != Over::none && view.field.empty()) workbench_.close_over();
  return image_;
}

bool Screen::has_menu(ImVec2 point) const {
  if (workbench_.view.workspace != Workspace::analyse || workbench_.empty()) return false;
  const View& v = workbench_.view;
  const bool tree =
      v.width == Width::wide || (v.width == Width::medium ? v.side == SideTab::tree : v.narrow == NarrowTab::tree);
  const bool problems = v.width != Width::narrow || v.narrow == NarrowTab::problems;
  return (tree && tree_.area().holds(point)) || (problems && problems_.area().holds(point));
}

Box Screen::caret() const { return field_seen().drawn ? field_seen().caret : editor_.caret(); }

void Screen::build() {
  if (std::exchange(close_popups_, false) && !ImGui::GetCurrentContext()->OpenPopupStack.empty()) {
    ImGui::ClosePopupToLevel(0, false);
  }
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("workbench", nullptr, bare | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoBringToFrontOnFocus);
  const Box all = {0, 0, size.x, size.y};
  const BarContext bars = this->bars();
  keys_.boxes.clear();
  if (width() == Width::narrow) {
    narrow(all);
  } else {
    const Box body = {0, px(app_bar + document_bar), size.x, size.y - px(status_line)};
    draw_document_bar(bars, {0, px(app_bar), size.x, body.y0});
    draw_app_bar(bars, {0, 0, size.x, px(app_bar)});
    draw_status(bars, {0, body.y1, size.x, size.y});
    if (workbench_.view.workspace == Workspace::compare) {
      differences_.draw(bars, body, row_height(36));
    } else if (workbench_.view.workspace == Workspace::answer) {
      answer(body);
    } else if (workbench_.view.workspace == Workspace::codes) {
      codes(body);
    } else if (workbench_.view.workspace == Workspace::local) {
      local(body);
    } else if (workbench_.empty()) {
      editor_.draw(workbench_, actions_, body, false);
      draw_first_visit(bars, {body.x0, body.y0 + px(header_height + 36), body.x1, body.y1});
    } else if (width() == Width::medium) {
      medium(body);
    } else {
      wide(body);
    }
  }
  draw_fix_menu(bars, caret());
  ImGui::End();
  draw_fix_plan(bars);
  sheet_.draw(bars);
  palette_.draw(bars, row_height(36));
}

float Screen::splitter(const char* id, Box line, bool upright, Box area, float ratio) {
  const float grab = px(coarse_ ? 24 : 8) / 2;
  const Box box = upright ? Box{line.x0 - grab, line.y0, line.x0 + grab, line.y1}
                          : Box{line.x0, line.y0 - grab, line.x1, line.y0 + grab};
  ImGui::SetNextWindowPos({box.x0, box.y0});
  ImGui::SetNextWindowSize({box.width(), box.height()});
  // A window is usually at least 32 pixels wide and high: it would take the clicks of what stands beside the line.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::Begin(id, nullptr, bare | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing);
  const Touch t = touch("grab", box);
  if (t.hovered || t.held) {
    ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (upright) {
      vertical(list, line.x0, line.y0, line.y1, theme().inp);
    } else {
      horizontal(list, line.x0, line.x1, line.y0, theme().inp);
    }
  }
  if (t.held) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    ratio = upright ? (mouse.x - area.x0) / area.width() : (mouse.y - area.y0) / area.height();
    ratio = std::clamp(ratio, 0.2f, 0.8f);
  }
  ImGui::End();
  ImGui::PopStyleVar();
  return ratio;
}

void Screen::wide(Box body) {
  const View& view = workbench_.view;
  const float x = std::round(body.width() * view.split_x),
              left_y = std::round(body.y0 + body.height() * view.split_left),
              right_y = std::round(body.y0 + body.height() * view.split_right), one = px(1);
  ImDrawList* list = ImGui::GetWindowDrawList();
  editor_.draw(workbench_, actions_, {0, body.y0, x - one, left_y}, false);
  horizontal(list, 0, x - one, left_y, theme().line);
  problems_.draw(bars(), {0, left_y + one, x - one, body.y1}, row_height(36));
  vertical(list, x - one, body.y0, body.y1, theme().line);
  tree_.draw(bars(), {x, body.y0, body.x1, right_y}, row_height(28), true);
  horizontal(list, x, body.x1, right_y, theme().line);
  side({x, right_y + one, body.x1, body.y1});
  const float a = splitter("split left and right", {x - one, body.y0, x, body.y1}, true, body, view.split_x);
  const float b = splitter("split left", {0, left_y, x - px(8), left_y + one}, false, body, view.split_left);
  const float c = splitter("split right", {x + px(8), right_y, body.x1, right_y + one}, false, body, view.split_right);
  if (a != view.split_x || b != view.split_left || c != view.split_right) {
    actions_.push_back([a, b, c](Workbench& w) {
      w.view.split_x = a;
      w.view.split_left = b;
      w.view.split_right = c;
    });
  }
}

void Screen::medium(Box body) {
  const View& view = workbench_.view;
  const float x = std::round(body.width() * view.split_x),
              left_y = std::round(body.y0 + body.height() * view.split_left), one = px(1);
  ImDrawList* list = ImGui::GetWindowDrawList();
  editor_.draw(workbench_, actions_, {0, body.y0, x - one, left_y}, false);
  horizontal(list, 0, x - one, left_y, theme().line);
  problems_.draw(bars(), {0, left_y + one, x - one, body.y1}, row_height(36));
  vertical(list, x - one, body.y0, body.y1, theme().line);
  side({x, body.y0, body.x1, body.y1});
  const float a = splitter("split left and right", {x - one, body.y0, x, body.y1}, true, body, view.split_x);
  const float b = splitter("split left", {0, left_y, x - px(8), left_y + one}, false, body, view.split_left);
  if (a != view.split_x || b != view.split_left) {
    actions_.push_back([a, b](Workbench& w) {
      w.view.split_x = a;
      w.view.split_left = b;
    });
  }
}

void Screen::side(Box box) {
  const View& view = workbench_.view;
  ImDrawList* list = ImGui::GetWindowDrawList();
  fill(list, box, theme().panel);
  const Box header = {box.x0, box.y0, box.x1, box.y0 + px(header_height)};
  const bool with_tree = width() == Width::medium;
  const SideTab shown = view.side == SideTab::tree && !with_tree ? SideTab::explain : view.side;
  pane_header(list, header, view.focus == Pane::side || (with_tree && view.focus == Pane::tree));
  float x = header.x0 + px(16);
  struct Choice {
    SideTab tab;
    const char* name;
  };
  constexpr std::array<Choice, 4> choices = {{{SideTab::tree, "Message tree"},
                                              {SideTab::summary, "Summary"},
                                              {SideTab::explain, "Explain"},
                                              {SideTab::form, "Form"}}};
  for (const Choice& choice : choices) {
    if (choice.tab == SideTab::tree && !with_tree) continue;
    const Touch t = tab(choice.name, x, header, choice.name, choice.tab == shown);
    if (t.pressed) {
      actions_.push_back([tab = choice.tab](Workbench& w) {
        w.view.side = tab;
        w.view.focus = tab == SideTab::tree ? Pane::tree : Pane::side;
      });
    }
    x += px(20);
  }
  if (shown == SideTab::explain) draw_follow(bars(), Pane::side, x, header.x1 - px(16), header.y0 + px(20));
  const Box content = {box.x0, header.y1, box.x1, box.y1};
  switch (shown) {
    case SideTab::tree:
      tree_.draw(bars(), content, row_height(28), false);
      break;
    case SideTab::summary:
      draw_summary(workbench_, actions_, content);
      break;
    case SideTab::form:
      form_.draw({workbench_, actions_, requests_, keys_, width() == Width::narrow}, content);
      break;
    case SideTab::explain:
      draw_explain(workbench_, actions_, content);
      break;
  }
}

void Screen::narrow(Box all) {
  const BarContext bars = this->bars();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float top = px(56);
  draw_app_bar(bars, {all.x0, all.y0, all.x1, top});
  if (workbench_.empty() && workbench_.view.workspace != Workspace::codes &&
      workbench_.view.workspace != Workspace::local) {
    const Box body = {all.x0, top, all.x1, all.y1 - px(status_line)};
    draw_status(bars, {all.x0, body.y1, all.x1, all.y1});
    editor_.draw(workbench_, actions_, {body.x0, body.y0, body.x1, body.y0 + px(36)}, true);
    draw_first_visit(bars, {body.x0, body.y0 + px(36), body.x1, body.y1});
    return;
  }
  const Box tabs = {all.x0, all.y1 - px(60), all.x1, all.y1};
  const Box status = {all.x0, tabs.y0 - px(status_line), all.x1, tabs.y0};
  draw_bottom_tabs(bars, tabs);
  draw_status(bars, status);
  Box body = {all.x0, top, all.x1, status.y0};
  if (workbench_.view.workspace == Workspace::compare) return differences_.draw(bars, body, row_height(36));
  switch (workbench_.view.narrow) {
    case NarrowTab::message: {
      const bool tall = body.height() >= px(500);
      if (tall) {
        const Box chips = {body.x0, body.y0, body.x1, body.y0 + px(44)};
        fill(list, chips, theme().chrome);
        horizontal(list, chips.x0, chips.x1, chips.y1 - px(1), theme().line);
        draw_count_chips(workbench_, actions_, chips);
        body.y0 = chips.y1;
      }
      const float card = tall ? std::round(std::min(px(308), body.height() * 0.46f)) : 0;
      editor_.draw(workbench_, actions_, {body.x0, body.y0, body.x1, body.y1 - card}, true);
      if (tall) draw_explain_card(workbench_, actions_, {body.x0, body.y1 - card, body.x1, body.y1});
      break;
    }
    case NarrowTab::tree:
      tree_.draw(bars, body, row_height(44), true);
      break;
    case NarrowTab::problems:
      problems_.draw(bars, body, row_height(36));
      break;
    case NarrowTab::explain:
      side(body);
      break;
    case NarrowTab::answer:
      if (workbench_.answer().shown) {
        answer_.draw_narrow(answer_context(), body);
      } else {
        empty_side(body, true);
      }
      break;
    case NarrowTab::codes:
      codes_narrow(body);
      break;
    case NarrowTab::local:
      local_narrow(body);
      break;
  }
}

// ---- the keyboard

/// A menu has the keyboard while it is open.
bool Screen::menu_key(KeyPress press) {
  switch (press.key) {
    case Key::up:
    case Key::down:
      if (keys_.rows > 0) {
        const int by = press.key == Key::up ? -1 : 1;
        keys_.row = keys_.row < 0 ? (by > 0 ? 0 : keys_.rows - 1) : (keys_.row + by + keys_.rows) % keys_.rows;
      }
      return true;
    case Key::enter:
    case Key::space:
      keys_.press_row = keys_.row >= 0;
      return true;
    case Key::escape:
      close_popups_ = true;
      return true;
    default:
      return false;
  }
}

/// The dialog about the safe fixes has the keyboard.
bool Screen::plan_key(KeyPress press) {
  if (press.key == Key::enter) {
    workbench_.carry_out_plan();
  } else if (press.key == Key::escape) {
    workbench_.close_plan();
  }
  return true;
}

bool Screen::key(KeyPress press) {
  ImGui::SetCurrentContext(context_);
  set_scale(scale_);
  Workbench& w = workbench_;
  if (!ImGui::GetCurrentContext()->OpenPopupStack.empty() && menu_key(press)) return true;
  // After Esc in the text, Tab leaves it.
  const bool leaving = std::exchange(leaving_, false);
  if (press.key == Key::tab && leaving) return false;
  if (w.plan() && plan_key(press)) return true;
  if (!w.view.field.empty()) {
    if (field_key(press)) return true;
    if (press.key == Key::space && !press.command && !press.alt) return false;  // it is typed
  }
  if (w.view.over == Over::none && sheet_.key(w, press)) return true;
  if (const Command* c = command_for(press, w)) {
    // What lies over the panes gives way, and what was typed in the form counts.
    if (w.view.over != Over::none && c->id != "palette") w.close_over();
    w.commit_form(false);
    run(*c, w, requests_);
    return true;
  }
  if (w.view.workspace == Workspace::compare && w.view.focus != Pane::bars && differences_.key(w, press)) return true;
  if (w.view.workspace == Workspace::local && w.view.focus != Pane::bars && local_key(press)) return true;
  if (press.key == Key::escape) {
    if (w.view.workspace == Workspace::local) {
      w.view.focus = Pane::codes;
      return true;
    }
    if (w.view.workspace == Workspace::codes) {
      if (w.view.focus == Pane::codes) return false;
      w.focus_codes();
      return true;
    }
    if (w.view.focus == Pane::editor && editor_.key(w, press)) return true;
    if (w.view.strip != Strip::none) {
      w.open_strip(Strip::none);
      return true;
    }
    leaving_ = w.view.focus == Pane::editor;
    if (leaving_) return false;
    w.view.focus = Pane::editor;
    return true;
  }
  if (w.view.workspace == Workspace::codes && w.view.focus != Pane::bars) return codes_key(press);
  if (w.view.workspace == Workspace::local && w.view.focus != Pane::bars) return false;
  switch (w.view.focus) {
    case Pane::editor:
      if (w.view.workspace == Workspace::answer && !w.has_sent()) break;
      return editor_.key(w, press);
    case Pane::tree:
      if (tree_.key(w, press)) return true;
      break;
    case Pane::problems:
      if (problems_.key(w, press)) return true;
      break;
    case Pane::side:
      if (w.view.workspace == Workspace::analyse && w.view.side == SideTab::form && form_.key(w, press)) return true;
      if (w.view.workspace == Workspace::answer) {
        if (answer_.key(w, press)) return true;
        break;
      }
      if (press.key == Key::left || press.key == Key::right) {
        w.view.side = press.key == Key::left ? SideTab::summary : SideTab::explain;
        return true;
      }
      if (press.key == Key::up || press.key == Key::down) {
        w.step_problem(press.key == Key::up ? -1 : 1, Pane::side);
        return true;
      }
      if (press.key == Key::enter) {
        w.edit_place();
        return true;
      }
      break;
    case Pane::codes:
    case Pane::code_page:
    case Pane::beside:
      break;
    case Pane::bars:
      if (press.key == Key::left || press.key == Key::right || press.key == Key::up || press.key == Key::down) {
        keys_.step(press.key == Key::left || press.key == Key::up ? -1 : 1);
        return true;
      }
      if (press.key == Key::enter || press.key == Key::space) {
        keys_.press = true;
        return true;
      }
      break;
  }
  // In a list these keys must not reach the message.
  return edits_or_moves(press.key);
}

}  // namespace iz
