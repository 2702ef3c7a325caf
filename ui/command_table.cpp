// Everything that can be done in the window: to add something, add a row.
#include "ui/commands.h"

#include <algorithm>
#include <iterator>

namespace iz {
namespace {

bool has_message(const Workbench& w) { return !w.empty(); }
bool has_place(const Workbench& w) { return w.selection().path.segment != 0; }
bool has_problems(const Workbench& w) { return !w.folded().shown.empty(); }
bool in_codes(const Workbench& w) { return w.view.workspace == Workspace::codes; }
bool in_local(const Workbench& w) { return w.view.workspace == Workspace::local; }
bool in_answer(const Workbench& w) { return w.view.workspace == Workspace::answer; }

void step(Workbench& w, int direction) {
  if (in_answer(w)) {
    w.step_card(direction, Pane::bars);
  } else {
    w.step_problem(direction, Pane::side);
  }
}

void show(Workbench& w, Pane pane) {
  w.view.workspace = Workspace::analyse;
  w.view.focus = pane;
  if (w.view.width == Width::narrow && pane != Pane::bars) w.view.narrow = static_cast<NarrowTab>(pane);
  if (w.view.width == Width::medium && pane == Pane::tree) w.view.side = SideTab::tree;
}

void show_side(Workbench& w, SideTab tab) {
  show(w, Pane::side);
  w.view.side = tab;
}

void order(Workbench& w, ProblemOrder by) {
  show(w, Pane::problems);
  w.view.order = by;
}

void toggle_follow(Workbench& w, Pane pane) { w.set_follow(pane, !w.view.follow[static_cast<size_t>(pane)]); }

using G = CommandGroup;
using W = Workbench;

constexpr KeyPress plain(Key key) { return {.key = key}; }
constexpr KeyPress shift(Key key) { return {.key = key, .shift = true}; }
constexpr KeyPress ctrl(Key key) { return {.key = key, .command = true}; }
constexpr KeyPress ctrl_shift(Key key) { return {.key = key, .command = true, .shift = true}; }
constexpr KeyPress alt(Key key) { return {.key = key, .alt = true}; }
constexpr KeyPress alt_shift(Key key) { return {.key = key, .shift = true, .alt = true}; }

bool can_fold(const W& w) { return !w.summary().doses.empty() && w.view.workspace == Workspace::analyse; }

constexpr Command table[] = {
    // ---- go to
    {.id = "codes.search",
     .group = G::go,
     .words = "Search the code sets",
     .press = plain(Key::slash),
     .available = [](const W& w) { return in_codes(w) && (w.view.field.empty() || w.view.over != Over::none); },
     .act = [](W& w, Requests&) { w.focus_codes(); }},
    {.id = "problem.next",
     .group = G::go,
     .words = "Next problem after the caret, next error of the answer",
     .press = plain(Key::f8),
     .act = [](W& w, Requests&) { step(w, 1); }},
    {.id = "problem.previous",
     .group = G::go,
     .words = "Previous problem, previous error of the answer",
     .press = shift(Key::f8),
     .act = [](W& w, Requests&) { step(w, -1); }},
    {.id = "place.back",
     .group = G::go,
     .words = "Back to the place before",
     .press = alt(Key::left),
     .available = [](const W& w) { return in_codes(w) || w.can_go(-1); },
     .act = [](W& w, Requests&) { in_codes(w) ? w.step_page(-1) : w.go(-1); }},
    {.id = "place.forward",
     .group = G::go,
     .words = "Forward again",
     .press = alt(Key::right),
     .available = [](const W& w) { return in_codes(w) || w.can_go(1); },
     .act = [](W& w, Requests&) { in_codes(w) ? w.step_page(1) : w.go(1); }},
    {.id = "place.card",
     .group = G::go,
     .words = "What stands at the caret",
     .press = ctrl(Key::i),
     .available = has_place,
     .act =
         [](W& w, Requests&) {
           if (w.view.width == Width::narrow) w.view.narrow = NarrowTab::message;
           w.view.card_for = w.view.card_for == w.selection().change ? 0 : w.selection().change;
         }},
    {.id = "find",
     .group = G::go,
     .words = "Find text, a name or a problem; twice: the browser's own",
     .press = ctrl(Key::f),
     .available = [](const W& w) { return has_message(w) && w.view.field != "find"; },
     .act =
         [](W& w, Requests&) {
           if (w.view.width == Width::narrow) w.view.narrow = NarrowTab::message;
           w.open_strip(Strip::find);
         }},
    {.id = "find.next",
     .group = G::go,
     .words = "Next hit",
     .press = plain(Key::f3),
     .available = has_message,
     .act =
         [](W& w, Requests&) {
           if (w.view.strip != Strip::find) w.open_strip(Strip::find);
           w.step_hit(1);
         }},
    {.id = "find.previous",
     .group = G::go,
     .words = "Previous hit",
     .press = shift(Key::f3),
     .available = has_message,
     .act =
         [](W& w, Requests&) {
           if (w.view.strip != Strip::find) w.open_strip(Strip::find);
           w.step_hit(-1);
         }},
    {.id = "place.go",
     .group = G::go,
     .words = "Go to a place such as RXA-5.1, a line, a dose or a name",
     .press = ctrl(Key::g),
     .available = has_message,
     .act =
         [](W& w, Requests&) {
           if (w.view.width == Width::narrow) w.view.narrow = NarrowTab::message;
           w.open_strip(Strip::go_to);
         }},
    {.id = "form.edit",
     .group = G::go,
     .words = "Edit the selected field in the form",
     .press = plain(Key::f2),
     .available = has_message,
     .act = [](W& w, Requests&) { w.edit_in_form(); }},
    {.id = "pane.next",
     .group = G::go,
     .words = "Next pane or the bars",
     .press = plain(Key::f6),
     .act = [](W& w, Requests&) { w.next_pane(1); }},
    {.id = "pane.previous",
     .group = G::go,
     .words = "Previous pane",
     .press = shift(Key::f6),
     .act = [](W& w, Requests&) { w.next_pane(-1); }},
    {.id = "workspace",
     .group = G::go,
     .words = "From Analyse to Answer and back",
     .press = plain(Key::f9),
     .available = has_message,
     .act = [](W& w, Requests&) { in_answer(w) ? w.close_answer() : w.open_answer(); }},
    {.id = "codes", .group = G::go, .words = "Go to the code sets", .act = [](W& w, Requests&) { w.open_codes(); }},
    {.id = "local", .group = G::go, .words = "Go to the local rules", .act = [](W& w, Requests&) { w.open_local(); }},
    {.id = "local.new",
     .group = G::go,
     .words = "New local profile: a registry's own rules",
     .act = [](W& w, Requests&) { w.new_local(); }},
    {.id = "local.none",
     .group = G::go,
     .words = "Check without local rules",
     .available = [](const W& w) { return w.local() >= 0; },
     .act = [](W& w, Requests&) { w.choose_local(-1); }},
    {.id = "codes.here",
     .group = G::go,
     .words = "Open the page of the code at the caret",
     .press = ctrl(Key::enter),
     .available = [](const W& w) { return !in_codes(w) && w.code_at(w.selection().path).has_value(); },
     .act =
         [](W& w, Requests&) {
           if (const auto place = w.code_at(w.selection().path)) w.open_code(place->table, place->code);
         }},
    {.id = "codes.import",
     .group = G::go,
     .words = "Import tables from CDC files",
     .act =
         [](W& w, Requests& r) {
           w.open_codes();
           r.choose_files = true;
         }},
    {.id = "pane.text",
     .group = G::go,
     .words = "Go to the message text",
     .available = has_message,
     .act = [](W& w, Requests&) { show(w, Pane::editor); }},
    {.id = "pane.tree",
     .group = G::go,
     .words = "Go to the message tree",
     .available = has_message,
     .act = [](W& w, Requests&) { show(w, Pane::tree); }},
    {.id = "pane.problems",
     .group = G::go,
     .words = "Go to the problems",
     .available = has_message,
     .act = [](W& w, Requests&) { show(w, Pane::problems); }},
    {.id = "pane.explain",
     .group = G::go,
     .words = "Go to the explanation",
     .available = has_message,
     .act = [](W& w, Requests&) { show_side(w, SideTab::explain); }},
    {.id = "pane.summary",
     .group = G::go,
     .words = "Go to the summary",
     .available = has_message,
     .act = [](W& w, Requests&) { show_side(w, SideTab::summary); }},
    {.id = "context",
     .group = G::go,
     .words = "Menu of the row in the tree or the problems",
     .press = shift(Key::f10),
     .other = plain(Key::menu),
     .available =
         [](const W& w) { return has_place(w) && (w.view.focus == Pane::tree || w.view.focus == Pane::problems); },
     .act = [](W& w, Requests&) { w.view.context_menu = true; }},
    {.id = "tree.filter",
     .group = G::go,
     .words = "Find a field in the tree",
     .available = has_message,
     .act =
         [](W& w, Requests&) {
           show(w, Pane::tree);
           w.view.open_field("tree");
         }},
    {.id = "problems.filter",
     .group = G::go,
     .words = "Filter the problems",
     .available = has_problems,
     .act =
         [](W& w, Requests&) {
           show(w, Pane::problems);
           w.view.open_field("problems");
         }},
    {.id = "history.filter",
     .group = G::go,
     .words = "Filter the history that the registry sent",
     .available = [](const W& w) { return in_answer(w) && w.answer().has_history() && !w.view.as_text; },
     .act =
         [](W& w, Requests&) {
           w.view.focus = Pane::side;
           w.view.open_field("history");
         }},
    {.id = "palette",
     .group = G::go,
     .words = "Search, or run a command",
     .press = ctrl(Key::k),
     .other = plain(Key::f1),
     .act =
         [](W& w, Requests&) {
           if (w.view.over == Over::palette) return w.close_over();
           // In the code sets the search is nearer; once it has the keyboard, the palette.
           if (in_codes(w) && w.view.field.empty()) return w.focus_codes();
           w.open_over(Over::palette);
         }},

    // ---- the message
    {.id = "paste",
     .group = G::message,
     .words = "Paste from the clipboard",
     .act = [](W&, Requests& r) { r.paste = true; }},
    {.id = "file.open",
     .group = G::message,
     .words = "Open files",
     .press = ctrl(Key::o),
     .act = [](W&, Requests& r) { r.choose_files = true; }},
    {.id = "file.save",
     .group = G::message,
     .words = "Download this message, or the local profile",
     .press = ctrl(Key::s),
     .available = [](const W& w) { return in_local(w) ? w.local() >= 0 : has_message(w); },
     .act =
         [](W& w, Requests& r) {
           if (in_local(w)) {
             r.file = w.local_tab()->file;
             r.content = w.saved_local();
             return;
           }
           r.file = w.file_name();
           r.content = w.text();
           w.note_saved();
         }},
    {.id = "new",
     .group = G::message,
     .words = "New message: empty, a template or an example",
     .act = [](W& w, Requests&) { w.open_over(Over::gallery); }},
    {.id = "compare",
     .group = G::message,
     .words = "Compare with another message",
     .available = has_message,
     .act = [](W& w, Requests&) { w.open_compare(); }},
    {.id = "compare.swap",
     .group = G::message,
     .words = "Compare: change sides",
     .available = [](const W& w) { return w.view.workspace == Workspace::compare && w.compared().other >= 0; },
     .act = [](W& w, Requests&) { w.swap_compared(); }},
    {.id = "compare.text",
     .group = G::view,
     .words = "Compare: by place, or as text",
     .available = [](const W& w) { return w.view.workspace == Workspace::compare; },
     .act = [](W& w, Requests&) { w.view.compare_text = !w.view.compare_text; }},
    {.id = "deidentify",
     .group = G::message,
     .words = "De-identify: a copy with invented persons beside this message",
     .available = has_message,
     .act = [](W&, Requests& r) { r.copy_without_person = true; }},
    {.id = "close",
     .group = G::message,
     .words = "Close this message",
     .available = has_message,
     .act = [](W& w, Requests&) { w.close_document(); }},
    {.id = "undo",
     .group = G::message,
     .words = "Undo, also a paste",
     .press = ctrl(Key::z),
     .act = [](W& w, Requests&) { in_local(w) ? w.step_local(-1) : w.undo(); }},
    {.id = "redo",
     .group = G::message,
     .words = "Redo",
     .press = ctrl(Key::y),
     .other = ctrl_shift(Key::z),
     .act = [](W& w, Requests&) { in_local(w) ? w.step_local(1) : w.redo(); }},
    {.id = "report",
     .group = G::message,
     .words = "Text version and report",
     .press = plain(Key::f4),
     .act = [](W&, Requests& r) { r.text_view = true; }},
    {.id = "copy.problem",
     .group = G::message,
     .words = "Copy the current problem as a line",
     .available = [](const W& w) { return w.selection().finding >= 0; },
     .act = [](W& w, Requests& r) { r.copy = w.problem_line(); }},
    {.id = "copy.mail",
     .group = G::message,
     .words = "Copy the current problem for an email, without values",
     .available = [](const W& w) { return w.selection().finding >= 0; },
     .act = [](W& w, Requests& r) { r.copy = w.problem_mail(); }},
    {.id = "copy.value",
     .group = G::message,
     .words = "Copy the value of the current place",
     .available = has_place,
     .act = [](W& w, Requests& r) { r.copy = w.copy_place(CopyAs::value); }},
    {.id = "copy.path",
     .group = G::message,
     .words = "Copy its path",
     .available = has_place,
     .act = [](W& w, Requests& r) { r.copy = w.copy_place(CopyAs::path); }},
    {.id = "copy.both",
     .group = G::message,
     .words = "Copy path and value",
     .available = has_place,
     .act = [](W& w, Requests& r) { r.copy = w.copy_place(CopyAs::path_and_value); }},
    {.id = "copy.tsv",
     .group = G::message,
     .words = "Copy the row for a spreadsheet",
     .available = has_place,
     .act = [](W& w, Requests& r) { r.copy = w.copy_place(CopyAs::tsv); }},
    {.id = "copy.markdown",
     .group = G::message,
     .words = "Copy the row as Markdown",
     .available = has_place,
     .act = [](W& w, Requests& r) { r.copy = w.copy_place(CopyAs::markdown); }},
    {.id = "sender.pharmacy",
     .group = G::message,
     .words = "Check as sent by a pharmacy, or by anyone",
     .act = [](W& w, Requests&) { w.set_sender(w.sender() == Sender::pharmacy ? Sender::any : Sender::pharmacy); }},
    {.id = "rule.page",
     .group = G::message,
     .words = "Open the page about the rule of this problem",
     .available = [](const W& w) { return w.selection().finding >= 0; },
     .act =
         [](W& w, Requests&) {
           const Finding& f = w.report().findings[static_cast<size_t>(w.selection().finding)];
           w.view.rule_page = w.catalogue().rules[f.rule].id;
         }},

    {.id = "segment.insert",
     .group = G::message,
     .words = "Add a segment or a dose",
     .available = [](const W& w) { return has_message(w) && w.report().profile != nullptr; },
     .act =
         [](W& w, Requests&) {
           w.open_over(Over::palette);
           w.view.write_field("Insert ");
         }},
    {.id = "segment.remove",
     .group = G::message,
     .words = "Remove this segment",
     .available = has_place,
     .act =
         [](W& w, Requests&) {
           const Path& path = w.selection().path;
           w.remove({.segment = path.segment, .occurrence = path.occurrence});
         }},
    {.id = "fix.here",
     .group = G::message,
     .words = "Fix the problem at the caret",
     .press = ctrl(Key::period),
     .available = has_message,
     .act = [](W& w, Requests&) { w.view.fix_menu = true; }},
    {.id = "fix.all",
     .group = G::message,
     .words = "Fix all safe problems; what changes is shown first",
     .available = has_message,
     .act = [](W& w, Requests&) { w.plan_fixes(); }},

    // ---- the answer
    {.id = "answer.predicted",
     .group = G::answer,
     .words = "See the answer if you send this now",
     .available = [](const W& w) { return w.can_predict(); },
     .act = [](W& w, Requests&) { w.open_prediction(); }},
    {.id = "answer.open",
     .group = G::answer,
     .words = "See the answer that came back",
     .available = [](const W& w) { return !w.answers().empty(); },
     .act = [](W& w, Requests&) { w.open_answer(); }},
    {.id = "answer.paste",
     .group = G::answer,
     .words = "Paste an answer from the clipboard",
     .act = [](W&, Requests& r) { r.paste_answer = true; }},

    // ---- the view
    {.id = "tree.all",
     .group = G::view,
     .words = "Tree: used fields only, or all",
     .available = has_message,
     .act = [](W& w, Requests&) { w.view.all_fields = !w.view.all_fields; }},
    {.id = "problems.errors",
     .group = G::view,
     .words = "Problems: leave out or show errors",
     .available = has_problems,
     .act = [](W& w, Requests&) { w.view.show[0] = !w.view.show[0]; }},
    {.id = "problems.warnings",
     .group = G::view,
     .words = "Problems: leave out or show warnings",
     .available = has_problems,
     .act = [](W& w, Requests&) { w.view.show[1] = !w.view.show[1]; }},
    {.id = "problems.advice",
     .group = G::view,
     .words = "Problems: leave out or show advice",
     .available = has_problems,
     .act = [](W& w, Requests&) { w.view.show[2] = !w.view.show[2]; }},
    {.id = "problems.order",
     .group = G::view,
     .words = "Problems: in message order",
     .available = has_problems,
     .act = [](W& w, Requests&) { order(w, ProblemOrder::message); }},
    {.id = "problems.by-rule",
     .group = G::view,
     .words = "Problems: grouped by rule",
     .available = has_problems,
     .act = [](W& w, Requests&) { order(w, ProblemOrder::rule); }},
    {.id = "problems.by-segment",
     .group = G::view,
     .words = "Problems: grouped by segment",
     .available = has_problems,
     .act = [](W& w, Requests&) { order(w, ProblemOrder::segment); }},
    {.id = "problems.by-who",
     .group = G::view,
     .words = "Problems: grouped by who fixes",
     .available = has_problems,
     .act = [](W& w, Requests&) { order(w, ProblemOrder::who); }},
    {.id = "problems.change",
     .group = G::view,
     .words = "Problems: what my last edit changed",
     .available = [](const W& w) { return !w.problem_change().empty(); },
     .act =
         [](W& w, Requests&) {
           w.view.changes_open = !w.view.changes_open;
           show(w, Pane::problems);
         }},
    {.id = "problems.plain",
     .group = G::view,
     .words = "Problems: in plain words, or in those of HL7",
     .act = [](W& w, Requests&) { w.view.plain_words = !w.view.plain_words; }},
    {.id = "follow.tree",
     .group = G::view,
     .words = "Tree: follow the current place, or stay",
     .available = has_message,
     .act = [](W& w, Requests&) { toggle_follow(w, Pane::tree); }},
    {.id = "follow.problems",
     .group = G::view,
     .words = "Problems: follow the current place, or stay",
     .available = has_message,
     .act = [](W& w, Requests&) { toggle_follow(w, Pane::problems); }},
    {.id = "follow.explain",
     .group = G::view,
     .words = "Explanation: follow the current place, or stay",
     .available = has_message,
     .act = [](W& w, Requests&) { toggle_follow(w, Pane::side); }},
    {.id = "dose.fold",
     .group = G::view,
     .words = "Fold the lines of this dose",
     .press = alt(Key::up),
     .available = can_fold,
     .act = [](W& w, Requests&) { w.fold_dose(w.dose_at(w.selection().caret), true); }},
    {.id = "dose.unfold",
     .group = G::view,
     .words = "Show the lines of this dose",
     .press = alt(Key::down),
     .available = can_fold,
     .act = [](W& w, Requests&) { w.fold_dose(w.dose_at(w.selection().caret), false); }},
    {.id = "doses.fold",
     .group = G::view,
     .words = "Fold the lines of all doses",
     .press = alt_shift(Key::up),
     .available = can_fold,
     .act = [](W& w, Requests&) { w.fold_doses(true); }},
    {.id = "doses.unfold",
     .group = G::view,
     .words = "Show the lines of all doses",
     .press = alt_shift(Key::down),
     .available = can_fold,
     .act = [](W& w, Requests&) { w.fold_doses(false); }},
    {.id = "renderer",
     .group = G::view,
     .words = "Draw with the graphics processor, or no longer",
     .act = [](W&, Requests& requests) { requests.renderer = true; }},
    {.id = "theme.system",
     .group = G::view,
     .words = "Colours as the system",
     .act = [](W& w, Requests&) { w.view.theme = ThemeChoice::system; }},
    {.id = "theme.light",
     .group = G::view,
     .words = "Light colours",
     .act = [](W& w, Requests&) { w.view.theme = ThemeChoice::light; }},
    {.id = "theme.dark",
     .group = G::view,
     .words = "Dark colours",
     .act = [](W& w, Requests&) { w.view.theme = ThemeChoice::dark; }},
    {.id = "theme.contrast",
     .group = G::view,
     .words = "High contrast",
     .act = [](W& w, Requests&) { w.view.theme = ThemeChoice::contrast; }},
    {.id = "size.larger",
     .group = G::view,
     .words = "Everything larger",
     .available = [](const W& w) { return w.view.size < 200; },
     .act = [](W& w, Requests&) { w.view.size = std::min(200, w.view.size + 20); }},
    {.id = "size.smaller",
     .group = G::view,
     .words = "Everything smaller",
     .available = [](const W& w) { return w.view.size > 80; },
     .act = [](W& w, Requests&) { w.view.size = std::max(80, w.view.size - 20); }},
    {.id = "size.usual",
     .group = G::view,
     .words = "Everything in the usual size",
     .available = [](const W& w) { return w.view.size != 100; },
     .act = [](W& w, Requests&) { w.view.size = 100; }},
    {.id = "layout.reset",
     .group = G::view,
     .words = "Put the panes back to their sizes",
     .act =
         [](W& w, Requests&) {
           const View fresh;
           w.view.split_x = fresh.split_x;
           w.view.split_left = fresh.split_left;
           w.view.split_right = fresh.split_right;
         }},

    // ---- keys that belong to the text, a list or the browser
    {.id = "key.paste",
     .group = G::keys,
     .words = "Paste; over all text, messages are looked for in it",
     .keys = "Ctrl V"},
    {.id = "key.copy", .group = G::keys, .words = "Copy the selected text, the problem or the value", .keys = "Ctrl C"},
    {.id = "key.all", .group = G::keys, .words = "Select the whole text", .keys = "Ctrl A"},
    {.id = "key.word", .group = G::keys, .words = "Word by word, Ctrl Right forward", .keys = "Ctrl Left"},
    {.id = "key.field",
     .group = G::keys,
     .words = "Next field, Shift Tab the one before; after Esc it leaves the text",
     .keys = "Tab"},
    {.id = "key.codes",
     .group = G::keys,
     .words = "Codes that may stand at the caret",
     .keys = "Ctrl Space",
     .available = has_message,
     .act =
         [](W& w, Requests&) {
           w.view.workspace = Workspace::analyse;
           w.view.focus = Pane::editor;
           w.offer_codes(true);
         }},
    {.id = "key.enter", .group = G::keys, .words = "In the tree and the problems: edit that value", .keys = "Enter"},
    {.id = "key.escape", .group = G::keys, .words = "Close what is open, or back to the message", .keys = "Esc"},
};

}  // namespace

std::span<const Command> commands() { return table; }

}  // namespace iz
