// The browser's side of the workbench: what platform.js and the page call. Text crosses as UTF-8, places as UTF-16 units
// of the text area's value; the list of what belongs to the page is in ui/README.md. Every export that changes something
// ends with `touched()`, which brings the text area in step and asks for frames.
#include <emscripten/emscripten.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/answer_report.h"
#include "core/date.h"
#include "core/version.h"
#include "core/write.h"
#include "imgui_internal.h"
#include "ui/codes_html.h"
#include "ui/commands.h"
#include "ui/dom_text.h"
#include "ui/gl_web.h"
#include "ui/key_words.h"
#include "ui/screen.h"
#include "ui/text_field.h"

EM_JS(void, platform_touched, (), { Module["touched"](); });

namespace iz {
namespace {

struct Platform {
  Workbench workbench{Catalogue::built_in()};
  Screen screen{workbench};
  std::string answer;  // the last text given to the page
  Requests asked;      // what the last `wb_requests` told
  std::vector<KeptFile> added, kept;
  std::vector<int> changed;
  Span window;                 // the part of the text that the text area holds
  unsigned window_text = ~0u;  // `text_change` of the text that it is a part of
  unsigned windows = 0;        // counts the windows that were chosen
  bool window_whole = true;
};

Platform& platform() {
  static Platform p;
  return p;
}
Workbench& bench() { return platform().workbench; }

const char* give(std::string text) {
  platform().answer = std::move(text);
  return platform().answer.c_str();
}

std::string_view view(const char* text, int size) { return {text, static_cast<size_t>(std::max(0, size))}; }

/// The text that the text area holds. Places of the page count from its begin.
std::string_view boxed() {
  const Span w = platform().window;
  const std::string_view text = bench().text();
  return w.begin > text.size() ? std::string_view() : text.substr(w.begin, w.end - w.begin);
}
uint32_t to_box(uint32_t byte) {
  const Span w = platform().window;
  return to_dom(boxed(), std::clamp(byte, w.begin, w.end) - w.begin);
}
uint32_t from_box(uint32_t unit) { return platform().window.begin + from_dom(boxed(), unit); }
bool in_box(uint32_t byte) { return byte >= platform().window.begin && byte <= platform().window.end; }

ImGuiIO& io() { return ImGui::GetIO(); }

}  // namespace
}  // namespace iz

using namespace iz;  // NOLINT(google-build-using-namespace): the exports below have no namespace

extern "C" {

/// What ends the program says so by a trap, which the page shows; the words that the library would print go nowhere.
[[noreturn]] void __abort_message(const char*, ...) { __builtin_trap(); }  // NOLINT(bugprone-reserved-identifier)

EMSCRIPTEN_KEEPALIVE void wb_init(int mac) {
  set_mac_keys(mac != 0);
  bench().set_clock([] { return emscripten_get_now(); });
}

// ---- text

EMSCRIPTEN_KEEPALIVE const char* wb_text() { return bench().text().c_str(); }
EMSCRIPTEN_KEEPALIVE int wb_text_size() { return static_cast<int>(bench().text().size()); }
/// What the text area holds: all of the text, or the lines around the caret where it is long and `whole` is 0. Counts its
/// changes, those of the text and those of the part.
EMSCRIPTEN_KEEPALIVE unsigned wb_box_change(int whole) {
  constexpr uint32_t most = 1 << 16;
  Platform& p = platform();
  const Workbench& w = bench();
  if (p.window_text != w.text_change() || !in_box(w.selection().caret) || p.window_whole != (whole != 0)) {
    p.window = box_window(w.text(), w.selection().caret, whole != 0 ? UINT32_MAX : most);
    p.window_text = w.text_change();
    p.window_whole = whole != 0;
    ++p.windows;
  }
  return p.windows + w.text_change();
}
EMSCRIPTEN_KEEPALIVE const char* wb_box_text() { return give(dom_text(boxed())); }
/// 1: the text area holds only a part of the text; 2: some of the selection is not in it; 4: what is typed is meant for the
/// form.
EMSCRIPTEN_KEEPALIVE int wb_box_part() {
  const Selection& s = bench().selection();
  return (boxed().size() < bench().text().size() ? 1 : 0) | (in_box(s.anchor) && in_box(s.caret) ? 0 : 2) |
         (platform().screen.in_form() ? 4 : 0);
}
EMSCRIPTEN_KEEPALIVE int wb_answer_size() { return static_cast<int>(platform().answer.size()); }
/// What was edited is not saved: the page asks before it goes.
EMSCRIPTEN_KEEPALIVE int wb_unsaved() { return bench().unsaved() ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE unsigned wb_change() { return bench().change(); }

EMSCRIPTEN_KEEPALIVE void wb_set_text(const char* text, int size) {
  bench().paste(view(text, size), InputKind::text);
  platform_touched();
}
/// A file, byte for byte, with its name and folder; `wb_open_files` then reads all that were added, and `wb_restore_files`
/// takes them as what was kept on this device.
EMSCRIPTEN_KEEPALIVE void wb_add_file(int in_use, const char* name, int name_size, const char* bytes, int size) {
  platform().added.push_back(
      {std::string(view(name, name_size)), std::make_shared<const std::string>(view(bytes, size)), in_use != 0});
}
EMSCRIPTEN_KEEPALIVE void wb_open_files() {
  std::vector<NamedFile> files;
  for (KeptFile& f : std::exchange(platform().added, {})) files.push_back({std::move(f.name), std::move(f.bytes)});
  bench().open_files(std::move(files));
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE void wb_restore_files() {
  bench().restore_files(std::exchange(platform().added, {}));
  platform_touched();
}
/// What is to be kept on this device: counts its changes; whether that was chosen; the files.
EMSCRIPTEN_KEEPALIVE unsigned wb_kept_change() { return bench().kept_change(); }
EMSCRIPTEN_KEEPALIVE int wb_keeps() { return bench().view.codes.keep ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE int wb_kept_count() {
  platform().kept = bench().kept_files();
  return static_cast<int>(platform().kept.size());
}
EMSCRIPTEN_KEEPALIVE const char* wb_kept_name(unsigned i) { return platform().kept[i].name.c_str(); }
EMSCRIPTEN_KEEPALIVE int wb_kept_in_use(unsigned i) { return platform().kept[i].in_use ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE const char* wb_kept_bytes(unsigned i) { return platform().kept[i].bytes->data(); }
EMSCRIPTEN_KEEPALIVE int wb_kept_size(unsigned i) { return static_cast<int>(platform().kept[i].bytes->size()); }
/// A partner's list of codes.
EMSCRIPTEN_KEEPALIVE void wb_set_partner(const char* text, int size) {
  bench().set_partner(view(text, size));
  platform_touched();
}
/// What came back from a registry, whatever it is.
EMSCRIPTEN_KEEPALIVE void wb_set_answer(const char* text, int size) {
  bench().paste_answer(view(text, size), InputKind::text);
  platform_touched();
}
/// A local profile that came with a link.
EMSCRIPTEN_KEEPALIVE void wb_open_local(const char* text, int size) {
  if (bench().open_local_text(std::string(view(text, size)), ""))
    bench().view.notice = "These rules came with the link. Messages are checked with them until you close them.";
  platform_touched();
}
/// A copy of the message without the person, beside it; `seed` is a random text.
EMSCRIPTEN_KEEPALIVE void wb_copy_without_person(const char* seed, int size) {
  bench().add_copy_without_person(view(seed, size));
  platform_touched();
}
/// A paste: over everything it is read as a whole, an answer goes beside the message, anything else to the caret.
EMSCRIPTEN_KEEPALIVE void wb_paste(const char* text, int size) {
  if (is_local_file(view(text, size))) {
    bench().open_local_text(std::string(view(text, size)), "");
    return platform_touched();
  }
  if (bench().view.workspace == Workspace::local) bench().close_answer();
  if (bench().view.workspace == Workspace::codes && bench().paste_codes(view(text, size))) return platform_touched();
  bench().view.focus = Pane::editor;
  bench().paste_here(view(text, size));
  platform_touched();
}
/// An edit that the browser made in the text area; 0 when the text became another than the text area holds.
EMSCRIPTEN_KEEPALIVE int wb_edit(unsigned begin, unsigned end, int composing, const char* text, int size) {
  Workbench& w = bench();
  if (w.view.workspace == Workspace::codes || w.view.workspace == Workspace::local) {
    // The message is out of sight: what is typed is searched for.
    if (size > 0) platform().screen.type(view(text, size));
    platform_touched();
    return 0;
  }
  const Span range = {from_box(begin), from_box(end)};
  const size_t before = w.text().size();
  w.view.focus = Pane::editor;
  const bool same = w.replace(range, view(text, size), composing != 0);
  const auto grown = static_cast<uint32_t>(w.text().size() - before);
  if (composing != 0) {
    Span made = platform().screen.preedit();
    if (made.begin == made.end) made = {range.begin, range.end};
    platform().screen.set_preedit({std::min(made.begin, range.begin), std::max(made.end, range.end) + grown});
  }
  if (same) {  // the text area has it already
    platform().window.end += grown;
    platform().window_text = w.text_change();
  }
  platform_touched();
  return same ? 1 : 0;
}
/// The input method is done with what it composed.
EMSCRIPTEN_KEEPALIVE void wb_composed() {
  platform().screen.set_preedit({});
  platform_touched();
}
/// Typed text in the place of the selection.
EMSCRIPTEN_KEEPALIVE void wb_type(const char* text, int size) {
  platform().screen.type(view(text, size));
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE const char* wb_copy_text() { return give(bench().copy_text()); }
EMSCRIPTEN_KEEPALIVE void wb_cut() {
  if (bench().view.workspace != Workspace::codes && bench().view.workspace != Workspace::local &&
      !bench().selected_text().empty())
    bench().insert("");
  platform_touched();
}

// ---- what the page shows of the report

EMSCRIPTEN_KEEPALIVE const char* wb_summary_text() {
  std::string out = verdict_text(bench().report());
  if (const LocalTab* tab = bench().local_tab())
    out += " Checked with the local rules of " + tab->profile->title + ", too.";
  return give(std::move(out));
}
/// `most`: at most so many problems; 0: as many as help.
EMSCRIPTEN_KEEPALIVE const char* wb_report_html(unsigned most) {
  return give(
      problems_html(bench().catalogue(), bench().message(), bench().report(), most == 0 ? most_problems : most));
}
EMSCRIPTEN_KEEPALIVE const char* wb_message_html() {
  return give(message_html(bench().catalogue(), bench().message(), bench().report()));
}
EMSCRIPTEN_KEEPALIVE const char* wb_quality_html() { return give(bench().quality_summary()); }
EMSCRIPTEN_KEEPALIVE const char* wb_overview_text() { return give(summary_text(bench().summary())); }
EMSCRIPTEN_KEEPALIVE const char* wb_version() { return give(version_text(bench().catalogue())); }

// ---- what the page shows of the answer; empty without one

EMSCRIPTEN_KEEPALIVE const char* wb_answer_text() {
  const AnswerState& s = bench().answer();
  return give(s.shown ? answer_verdict(s.outcome, bench().has_sent() ? &bench().message() : nullptr) : std::string());
}
EMSCRIPTEN_KEEPALIVE const char* wb_answer_html() {
  const AnswerState& s = bench().answer();
  const bool sent = bench().has_sent();
  return give(s.shown ? answer_html(bench().catalogue(), s.outcome, s.query, sent ? &bench().message() : nullptr,
                                    sent ? &bench().report() : nullptr)
                      : std::string());
}
/// As a click on the error with that `data-err`.
EMSCRIPTEN_KEEPALIVE void wb_goto_error(int error) {
  const auto& cards = bench().answer().cards;
  for (size_t i = 0; i < cards.size(); ++i) {
    const auto& folded = cards[i].folded;
    if (static_cast<int>(cards[i].error) != error &&
        std::find(folded.begin(), folded.end(), static_cast<uint32_t>(error)) == folded.end())
      continue;
    bench().select_card(static_cast<int>(i), Pane::side);
    bench().view.focus = Pane::editor;
  }
  platform_touched();
}

// ---- selection

EMSCRIPTEN_KEEPALIVE unsigned wb_selection_change() { return bench().selection().change; }
EMSCRIPTEN_KEEPALIVE unsigned wb_anchor() { return to_box(bench().selection().anchor); }
EMSCRIPTEN_KEEPALIVE unsigned wb_caret() { return to_box(bench().selection().caret); }
EMSCRIPTEN_KEEPALIVE void wb_select(unsigned anchor, unsigned caret) {
  bench().select_range(from_box(anchor), from_box(caret));
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE void wb_goto_problem(int finding) {
  bench().select_finding(finding, Pane::side);
  bench().view.focus = Pane::editor;
  platform_touched();
}

// ---- the code sets, for the text version

EMSCRIPTEN_KEEPALIVE const char* wb_edition_text() { return give(edition_sentence(bench())); }
EMSCRIPTEN_KEEPALIVE const char* wb_code_hits_html(const char* text, int size) {
  return give(code_hits_html(bench(), view(text, size)));
}
/// `place` is the id of the table and the code, with a tab between.
EMSCRIPTEN_KEEPALIVE const char* wb_code_page_html(const char* place, int size) {
  const std::string_view both = view(place, size);
  const size_t tab = both.find('\t');
  return give(tab == std::string_view::npos ? std::string()
                                            : code_page_html(bench(), both.substr(0, tab), both.substr(tab + 1)));
}

// ---- what can be done

/// Every command with its keys, for the text version.
EMSCRIPTEN_KEEPALIVE const char* wb_commands_html() { return give(commands_html()); }

// ---- the field that has the keyboard; the input element of platform.js is its agent

EMSCRIPTEN_KEEPALIVE int wb_field() { return bench().view.field.empty() ? 0 : 1; }
EMSCRIPTEN_KEEPALIVE const char* wb_field_name() { return give(bench().view.field); }
/// What a screen reader calls it.
EMSCRIPTEN_KEEPALIVE const char* wb_field_label() { return give(std::string(field_seen().placeholder)); }
/// What Enter would choose, for screen readers.
EMSCRIPTEN_KEEPALIVE const char* wb_field_hint() { return give(platform().screen.field_hint()); }
EMSCRIPTEN_KEEPALIVE unsigned wb_field_change() { return bench().view.field_change; }
EMSCRIPTEN_KEEPALIVE const char* wb_field_text() { return give(bench().view.typed(bench().view.field)); }
EMSCRIPTEN_KEEPALIVE unsigned wb_field_anchor() {
  const LineText& line = bench().view.fields[bench().view.field];
  return to_dom(line.text, line.anchor);
}
EMSCRIPTEN_KEEPALIVE unsigned wb_field_caret() {
  const LineText& line = bench().view.fields[bench().view.field];
  return to_dom(line.text, line.caret);
}
EMSCRIPTEN_KEEPALIVE void wb_set_field(unsigned anchor, unsigned caret, const char* text, int size) {
  const std::string_view value = view(text, size);
  platform().screen.set_field(value, from_dom(value, anchor), from_dom(value, caret));
  platform_touched();
}
/// The text area got the keyboard by another way.
EMSCRIPTEN_KEEPALIVE void wb_leave_field() {
  bench().commit_form(false);
  bench().view.close_field();
  platform_touched();
}

// ---- settings

EMSCRIPTEN_KEEPALIVE void wb_set_as_of(const char* date, int size) {
  if (const std::optional<Date> day = parse_date(view(date, size))) bench().set_as_of(*day);
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE void wb_set_theme(int choice) {
  bench().view.theme = static_cast<ThemeChoice>(std::clamp(choice, 0, 3));
  platform_touched();
}
/// The choice in force: 0 as the system says, 1 light, 2 dark, 3 high contrast.
EMSCRIPTEN_KEEPALIVE int wb_theme() { return static_cast<int>(bench().view.theme); }
EMSCRIPTEN_KEEPALIVE void wb_set_requests(unsigned count) {
  bench().view.requests = count;
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE void wb_notice(const char* words, int size) {
  bench().view.notice = view(words, size);
  platform_touched();
}
EMSCRIPTEN_KEEPALIVE void wb_system(int dark, int contrast, int coarse) {
  platform().screen.set_system(dark != 0, contrast != 0);
  platform().screen.set_coarse(coarse != 0);
  platform_touched();
}

// ---- frames

EMSCRIPTEN_KEEPALIVE void wb_resize(int width, int height, double ratio) {
  platform().screen.resize(width, height, static_cast<float>(ratio));
}
/// Draws a frame and returns its pixels.
EMSCRIPTEN_KEEPALIVE const void* wb_frame(double seconds) {
  const unsigned text = bench().change(), selection = bench().selection().change, field = bench().view.field_change;
  const Image& image = platform().screen.frame(static_cast<float>(seconds));
  if (platform().screen.acted() || bench().change() != text || bench().selection().change != selection ||
      bench().view.field_change != field)
    platform_touched();
  return image.pixels.data();
}
/// The rectangles that the last frame changed, four numbers each: x, y, width, height; and how many there are.
EMSCRIPTEN_KEEPALIVE const int* wb_changed() {
  std::vector<int>& out = platform().changed;
  out.clear();
  for (const PixelRect& r : platform().screen.changed()) out.insert(out.end(), {r.x0, r.y0, r.x1 - r.x0, r.y1 - r.y0});
  return out.data();
}
EMSCRIPTEN_KEEPALIVE int wb_changed_count() { return static_cast<int>(platform().screen.changed().size()); }
/// The GPU draws (1), on the context in Module.gl, or the rasteriser (0). Whether the GPU draws now.
EMSCRIPTEN_KEEPALIVE int wb_gpu(int on) {
  Screen& screen = platform().screen;
  gl_stop();
  const bool works = on != 0 && gl_start();
  screen.set_draw(works ? gl_draw : nullptr);
  return works ? 1 : 0;
}
/// The canvas has lost its picture: the next frame is drawn whole.
EMSCRIPTEN_KEEPALIVE void wb_forget_picture() { platform().screen.forget_picture(); }
/// In how many milliseconds a frame is to be drawn that does what typing put off; 0: nothing is.
EMSCRIPTEN_KEEPALIVE int wb_waits() {
  return platform().screen.waits() ? static_cast<int>(Screen::calm * 1000) + 50 : 0;
}
/// Dear ImGui spreads quick input over frames; there is more to come.
EMSCRIPTEN_KEEPALIVE int wb_busy() { return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0 ? 1 : 0; }
/// What was asked of the page: 1 read the clipboard, 2 show the text version, 4 open the page of a rule, 8 copy, 16 save,
/// 32 read the clipboard as an answer, 64 another renderer, 128 let files be chosen, 256 read the clipboard as a partner's
/// list, 512 a secret for `wb_copy_without_person`, 1024 copy a link. `wb_request_text(n)` gives what is to be copied (0), the name of the
/// file (1), its content (2), and the profile that goes into a link (3).
EMSCRIPTEN_KEEPALIVE int wb_requests() {
  platform().asked = platform().screen.take_requests();
  const Requests& r = platform().asked;
  return (r.paste ? 1 : 0) | (r.text_view ? 2 : 0) | (bench().view.rule_page.empty() ? 0 : 4) |
         (r.copy.empty() ? 0 : 8) | (r.file.empty() ? 0 : 16) | (r.paste_answer ? 32 : 0) | (r.renderer ? 64 : 0) |
         (r.choose_files ? 128 : 0) | (r.paste_partner ? 256 : 0) | (r.copy_without_person ? 512 : 0) |
         (r.share.empty() ? 0 : 1024);
}
EMSCRIPTEN_KEEPALIVE const char* wb_request_text(int which) {
  const Requests& r = platform().asked;
  return give(which == 0 ? r.copy : which == 1 ? r.file : which == 2 ? r.content : r.share);
}
/// The id of the rule whose page was asked for; asked once.
EMSCRIPTEN_KEEPALIVE const char* wb_take_rule_page() { return give(std::exchange(bench().view.rule_page, {})); }
EMSCRIPTEN_KEEPALIVE int wb_cursor() { return platform().screen.cursor(); }
EMSCRIPTEN_KEEPALIVE int wb_editor_focus() { return bench().view.focus == Pane::editor ? 1 : 0; }
EMSCRIPTEN_KEEPALIVE double wb_caret_x() { return static_cast<double>(platform().screen.caret().x0); }
EMSCRIPTEN_KEEPALIVE double wb_caret_y() { return static_cast<double>(platform().screen.caret().y0); }

// ---- pointer and keys

/// Whether a pane has a menu of its own there, so that the browser's stays away.
EMSCRIPTEN_KEEPALIVE int wb_has_menu(double x, double y) {
  return platform().screen.has_menu({static_cast<float>(x), static_cast<float>(y)}) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void wb_pointer(double x, double y, int touch) {
  io().AddMouseSourceEvent(touch != 0 ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  io().AddMousePosEvent(static_cast<float>(x), static_cast<float>(y));
}
EMSCRIPTEN_KEEPALIVE void wb_button(int button, int down, int shift) {
  io().AddKeyEvent(ImGuiMod_Shift, shift != 0);
  io().AddMouseButtonEvent(std::clamp(button, 0, 2), down != 0);
}
EMSCRIPTEN_KEEPALIVE void wb_wheel(double x, double y) {
  io().AddMouseWheelEvent(static_cast<float>(x), static_cast<float>(y));
}
EMSCRIPTEN_KEEPALIVE void wb_focus(int focused) { io().AddFocusEvent(focused != 0); }
/// Whether the key was used. `key` is the number of an `iz::Key`; modifiers: 1 command, 2 shift, 4 alt.
EMSCRIPTEN_KEEPALIVE int wb_key(int key, int modifiers) {
  const bool used = platform().screen.key({.key = static_cast<Key>(key),
                                           .command = (modifiers & 1) != 0,
                                           .shift = (modifiers & 2) != 0,
                                           .alt = (modifiers & 4) != 0});
  if (used) platform_touched();
  return used ? 1 : 0;
}

}  // extern "C"
