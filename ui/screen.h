// The workbench on a screen of pixels: lays out the panes, takes keys and pointer, draws frames.
//
//     iz::Screen screen(workbench);
//     screen.resize(1600, 900, 1);              // device pixels, device pixels per design pixel
//     const iz::Image& pixels = screen.frame(0.016);
//
// One column under 900 design pixels, the right column as tabs under 1280, all panes above. Creates and owns a Dear
// ImGui context, one at a time; no browser in here. The platform (platform_web.cpp, or a test) feeds it.
#pragma once
#include <memory>
#include <span>

#include "ui/pane_answer.h"
#include "ui/pane_codes.h"
#include "ui/pane_differences.h"
#include "ui/pane_form.h"
#include "ui/pane_local.h"
#include "ui/pane_palette.h"
#include "ui/panes.h"
#include "ui/raster.h"
#include "ui/theme.h"

struct ImGuiContext;

namespace iz {

class Screen {
 public:
  explicit Screen(Workbench& workbench);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  void resize(int width, int height, float device_pixels_per_pixel);
  /// What the system asks for, for `ThemeChoice::system`.
  void set_system(bool dark, bool contrast);
  /// The pointer is a finger: rows are taller.
  void set_coarse(bool coarse) { workbench_.view.coarse = coarse_ = coarse; }

  /// There is more to do once nothing has been typed for `calm` seconds; a frame does it.
  static constexpr float calm = 0.3f;
  bool waits() const { return workbench_.prediction_due() || workbench_.local_due(); }
  /// Builds and draws one frame; `seconds` since the last one.
  const Image& frame(float seconds);
  /// Whether something was done by the last frame (a button was pressed, a row chosen), so that the next one differs.
  bool acted() const { return acted_; }
  /// What the last frame changed in the image.
  std::span<const PixelRect> changed() const { return changed_; }
  /// Draws frames in the place of the rasteriser; nullptr: the rasteriser again. `changed` is empty meanwhile.
  using Draw = void (*)(ImDrawData& data, ImU32 ground);
  void set_draw(Draw draw) {
    draw_ = draw;
    redraw_.forget();
  }
  /// The next frame is drawn whole, as nobody knows what stands on the canvas.
  void forget_picture() { redraw_.forget(); }
  /// Handles a key at once. Whether it was used; a key that was not is the browser's.
  bool key(KeyPress press);
  /// A segment's form has the keyboard, and no field in it: what is typed is meant for the current place there.
  bool in_form() const;
  /// Typed text, from wherever the keyboard is.
  void type(std::string_view text);
  /// What the platform's input element holds while a field has the keyboard (`View::field`).
  void set_field(std::string_view text, uint32_t anchor, uint32_t caret);

  /// What an input method is composing in the text; underlined.
  Span preedit() const { return editor_.preedit; }
  void set_preedit(Span span) { editor_.preedit = span; }

  /// What was asked of the page since the last call.
  Requests take_requests();
  /// Where the caret is, in device pixels; empty when it is not seen.
  Box caret() const;
  /// What Enter would choose in the palette, in words; empty when it is closed.
  std::string field_hint() const { return workbench_.view.over == Over::none ? std::string() : palette_.chosen(); }
  /// Whether a pane that has a menu for its rows was drawn there.
  bool has_menu(ImVec2 point) const;
  Palette palette() const;
  int cursor() const { return cursor_; }

 private:
  Width width() const { return workbench_.view.width; }
  void use_size();
  void build();
  void wide(Box body);
  void medium(Box body);
  void narrow(Box all);
  void side(Box box);
  void answer(Box body);
  void codes(Box body);
  void codes_narrow(Box body);
  void beside(Box box);
  void local(Box body);
  void local_narrow(Box body);
  bool local_key(KeyPress press);
  bool local_field_key(KeyPress press);
  void take_local_export();
  bool codes_key(KeyPress press);
  void history(Box body);
  void verdict(Box box);
  void links(Box lane);
  void empty_side(Box box, bool answer);
  BarContext bars() { return {workbench_, actions_, requests_, keys_, width() == Width::narrow}; }
  AnswerContext answer_context();
  float splitter(const char* id, Box line, bool upright, Box area, float ratio);
  bool field_key(KeyPress press);
  bool strip_key(KeyPress press);
  void field_changed();
  void follow_form();
  bool menu_key(KeyPress press);
  bool plan_key(KeyPress press);
  float row_height(float fine) const { return coarse_ ? 44 : fine; }

  Workbench& workbench_;
  ImGuiContext* context_ = nullptr;
  Image image_;
  Redraw redraw_;
  float quiet_ = 0;  // seconds since something was typed
  uint32_t quiet_for_ = 0;
  Draw draw_ = nullptr;
  std::span<const PixelRect> changed_;
  float device_ = 1, scale_ = 1;  // device pixels per design pixel: of the screen, and with the chosen size
  int size_ = 100;
  bool dark_ = false, contrast_ = false, coarse_ = false, close_popups_ = false, leaving_ = false, acted_ = false;
  int cursor_ = 0;
  EditorPane editor_;
  TreePane tree_;
  ProblemsPane problems_;
  AnswerPane answer_;
  DifferencesPane differences_;
  FormPane form_;
  PalettePane palette_;
  CodeSearchPane search_;
  CodePagePane page_;
  ComparePane compare_;
  PartnerPane partner_;
  ImportSheet sheet_;
  LocalListPane local_list_;
  LocalRulePane local_rule_;
  LocalEffectPane local_effect_;
  float verdict_height_ = 0, timeline_height_ = 0, tables_height_ = 0;
  Actions actions_;
  Requests requests_;
  BarKeys keys_;
};

/// A pane gets the keyboard with a click on it.
void focus_by_click(const Workbench& w, Actions& actions, Box box, Pane pane);

}  // namespace iz
