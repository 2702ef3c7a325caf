// The state of the workbench: one message in work, its report, the selection, and how to take a step back.
//
//     iz::Workbench w(iz::Catalogue::built_in());
//     w.set_as_of({2026, 2, 18});
//     w.paste("MSH|^~\\&|...");                 // through `extract`: one document for each message found
//     w.select_finding(0, iz::Pane::problems);  // every pane shows that place
//     w.insert("mL");                           // replaces the selected text; one undo step
//
// `set_text` is the one changing function: it re-parses and re-checks the whole message, so there is no incremental
// state to be wrong. Panes draw from `const Workbench&` and post `Action`s, which run after the frame. No browser, no
// Dear ImGui, no clock in here.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/code_search.h"
#include "core/explain.h"
#include "core/extract.h"
#include "core/fix.h"
#include "core/fold.h"
#include "core/predict.h"
#include "core/summary.h"
#include "ui/answer_state.h"
#include "ui/codes_view.h"
#include "ui/compare_state.h"
#include "ui/complete.h"
#include "ui/find.h"
#include "ui/form_edit.h"
#include "ui/line_text.h"
#include "ui/local_state.h"

namespace iz {

/// The last three are those of the workspaces Codes (search, page, what stands beside it) and Local rules (list, rule,
/// effect).
enum class Pane : uint8_t { editor, tree, problems, side, bars, codes, code_page, beside };
enum class Workspace : uint8_t { analyse, answer, compare, codes, local };

/// The current place, the same in every pane, and the caret.
struct Selection {
  Path path;                   ///< the place; no segment: outside every segment
  Span span;                   ///< its bytes
  uint32_t caret = 0;          ///< byte offset
  uint32_t anchor = 0;         ///< other end of the selected text; equal to `caret` when none is selected
  int finding = -1;            ///< the current problem, index in Report::findings
  Pane origin = Pane::editor;  ///< who set it; that pane does not scroll itself
  uint32_t change = 0;         ///< counts changes, so that panes can reveal the place once
};

/// One message of what was pasted.
struct Document {
  std::string text;
  std::vector<std::string> notes;  ///< what `extract` did, a sentence each
  InputKind kind = InputKind::text;
  std::string type, control_id;   ///< MSH-9.1, MSH-10
  bool answer = false;            ///< it came back from a registry: it has an MSA, or it is no message at all
  std::string reply_to;           ///< MSA-2 of an answer
  std::optional<Severity> worst;  ///< of its findings; none: no problems
  bool checked = false;           ///< there was a profile to check against
};

/// A segment that is missing where its place is known.
struct MissingSegment {
  uint32_t behind = 0;   ///< a byte of the line it stands behind
  uint32_t finding = 0;  ///< index in Report::findings
};

enum class SideTab : uint8_t { tree, summary, explain, form };
enum class NarrowTab : uint8_t { message, tree, problems, explain, answer, codes, local };
enum class AnswerTab : uint8_t { answer, segments, reasons };
/// What stands over the text: the field of a search or of a place to go to.
enum class Strip : uint8_t { none, find, go_to };
enum class ThemeChoice : uint8_t { system, light, dark, contrast };
/// How the window is laid out: one column, the right column as tabs, all panes.
enum class Width : uint8_t { narrow, medium, wide };
/// How the list of problems is put together.
enum class ProblemOrder : uint8_t { message, rule, segment, who };
/// What of a place is copied.
enum class CopyAs : uint8_t { value, path, path_and_value, tsv, markdown };
/// What lies over the panes and has the keyboard.
enum class Over : uint8_t { none, palette, gallery };

/// What is shown and how; nothing of it changes the text or the report.
struct View {
  Pane focus = Pane::editor;
  bool all_fields = false;             ///< tree: absent places too
  std::set<std::string> open, closed;  ///< tree rows opened or closed by hand, by key
  std::string tree_row;                ///< tree: the row that the keyboard or pointer chose there
  bool show[3] = {true, true, true};   ///< problems: by severity
  bool not_sent_open = false;          ///< problems: the supported values that are not sent
  std::set<uint32_t> follow_ons_open;  ///< problems whose follow-on errors are listed
  bool notes_dismissed = false;
  SideTab side = SideTab::summary;
  NarrowTab narrow = NarrowTab::message;
  ThemeChoice theme = ThemeChoice::system;
  int size = 100;  ///< of everything, percent of the usual: 80 to 200
  float split_x = 0.625f, split_left = 2.0f / 3, split_right = 0.492f;  ///< places of the splitters
  uint32_t requests = 0;            ///< network requests since load, as the page counts them
  std::string notice;               ///< a sentence about the last request that could not be met
  Over over = Over::none;           ///< the palette or a gallery is open
  std::vector<std::string> recent;  ///< ids of the commands that were run from the palette, the last one first
  std::map<std::string, LineText, std::less<>> fields;  ///< what was typed in the fields of the window, by name
  std::string field;                                    ///< the field that has the keyboard; empty: none
  uint32_t field_change = 0;  ///< counts what the workbench did to it, so that the page can follow
  Width width = Width::wide;
  ProblemOrder order = ProblemOrder::message;
  bool plain_words = false;                         ///< problems: in the words of a clinic, not of HL7
  bool changes_open = false;                        ///< problems: what changed since the last edit is listed
  bool prediction_open = false;                     ///< problems: the steps of the cascade are listed
  bool follow[5] = {true, true, true, true, true};  ///< by Pane: it shows the current place when that changes
  Path pinned;                                      ///< what the explanation shows while it does not follow
  uint32_t card_for = 0;                            ///< `Selection::change` of the place whose card was asked for
  bool context_menu = false;                        ///< the menu of the current row was asked for with a key
  bool compare_text = false;                        ///< compare: line by line instead of place by place
  int difference = -1;                             ///< compare: the chosen one, index in MessageComparison::differences
  bool show_change[4] = {true, true, true, true};  ///< compare: by Change
  Strip strip = Strip::none;
  FormEdit form;
  bool fix_menu = false;      ///< the fixes at the caret were asked for
  std::set<uint32_t> folded;  ///< doses (by order) whose lines are folded in the editor
  bool coarse = false;        ///< the pointer is a finger: rows and buttons are larger
  std::string rule_page;      ///< id of a rule whose page was asked for; the platform opens it and clears this
  Workspace workspace = Workspace::analyse;
  AnswerTab answer_tab = AnswerTab::answer;
  int card = -1;                  ///< answer: the current error, index in AnswerState::cards
  std::set<uint32_t> cards_open;  ///< answer: cards whose follow-on errors are listed
  bool received_closed = false;   ///< answer: its text is folded away
  bool as_text = false;           ///< answer to a query: its text and errors instead of its tables
  int dose = -1;                  ///< answer to a query: the chosen dose, index in QueryAnswer::history
  bool whole_life = false;        ///< timeline: 0 to 18 years
  CodesView codes;
  LocalView local;

  /// What was typed in a field; empty when nothing was.
  const std::string& typed(std::string_view name) const;
  /// Gives a field the keyboard and selects its text.
  void open_field(std::string_view name);
  void close_field();
  /// Replaces the text of the field that has the keyboard; the caret goes to its end.
  void write_field(std::string_view text);
};

/// What changed in the shown problems with the last edit.
struct ProblemChange {
  std::vector<uint32_t> added;  ///< indices in Report::findings
  struct Gone {
    Severity severity = Severity::error;
    std::string title, place;
  };
  std::vector<Gone> gone;
  bool empty() const { return added.empty() && gone.empty(); }
};

struct FormRow;

class Workbench {
 public:
  explicit Workbench(const Catalogue& catalogue);
  /// Bytes from which on what takes time is worked out after the typing, or not at all.
  static constexpr size_t late_size = size_t{256} << 10;

  // ---- what there is
  /// With the tables that were brought and the local profile in use; another one after each of these.
  const Catalogue& catalogue() const { return *catalogue_; }
  /// Counts catalogues: what is kept of one is of no use with another, which may lie at the same place in memory.
  uint32_t catalogue_change() const { return catalogue_change_; }
  /// Without a local profile.
  const Catalogue& national() const { return own_ ? *own_ : *first_; }
  /// What is checked with, "R1.5 + Addendum + Westbrook IIS".
  std::string layers() const;
  /// Search in its code sets; made when it is asked for the first time.
  const CodeSearch& code_search() const;
  const std::string& text() const { return documents_[current_].text; }
  const Message& message() const { return message_; }
  const Report& report() const { return report_; }
  const Folded& folded() const { return folded_; }
  /// A finding in a line, in the voice that was chosen: its title, or a sentence without the words of HL7.
  std::string headline(const Finding& finding) const;
  const Summary& summary() const { return summary_; }
  const Selection& selection() const { return selection_; }
  const std::vector<Document>& documents() const { return documents_; }
  uint32_t current() const { return current_; }
  /// Nothing is loaded and nothing typed: the first visit.
  bool empty() const { return documents_.size() == 1 && text().empty(); }
  /// Faults to underline, sorted by their begin.
  const std::vector<Mark>& marks() const { return marks_; }
  /// Missing segments that get a row of their own in the editor, in message order.
  const std::vector<MissingSegment>& missing() const { return missing_; }
  /// Shown findings of a segment: indices into `folded().shown`.
  const std::vector<uint32_t>& shown_of_segment(uint32_t segment) const;
  /// Index of the segment that a finding stands at, or -1.
  int segment_of(const Finding& finding) const;
  /// Counts changes of text, report or as-of date.
  uint32_t change() const { return change_; }
  /// Counts changes of the text.
  uint32_t text_change() const { return text_change_; }
  Date as_of() const { return as_of_; }
  /// The forced profile; empty: chosen from the message.
  const std::string& forced_profile() const { return profile_; }
  Sender sender() const { return sender_; }
  /// How long reading and checking took, in milliseconds; below 0 without a clock.
  double check_time() const { return check_time_; }
  /// The document's own line end: the first one in the text, else CR.
  std::string_view line_end() const;
  /// The selected text; empty when none is.
  std::string_view selected_text() const;
  bool can_undo() const { return !undo_.empty(); }
  bool can_redo() const { return !redo_.empty(); }
  /// The n-th order group that a byte stands in, from 1; 0 outside.
  uint32_t dose_at(uint32_t offset) const;
  /// The current problem as one line with tabs: severity, place, title, rule; empty when there is none.
  std::string problem_line() const;
  /// The current problem as sentences for an email: where, what, how to mend it, who, the rule. Nothing of what was sent
  /// stands in it but MSH-10, by which the message is found. Empty when there is none.
  std::string problem_mail() const;
  /// The data-quality summary of all open messages (core/write_quality.h) as HTML.
  std::string quality_summary() const;
  /// What registries measure, of this message; nothing is counted of a large one.
  const Completeness& completeness() const;
  /// Puts a copy with invented persons (core/deidentify.h) beside the message, as the current one, and compares both; what
  /// the copy cannot promise are its notes. `seed` is random and nobody else's.
  void add_copy_without_person(std::string_view seed);
  /// Something was edited, here or in a local profile, and not saved since: the page asks before it goes.
  bool unsaved() const;
  void note_saved() {
    saved_edits_ = edits_;
    join_ = false;
  }
  /// The name under which the message is saved: by its type, "vxu.hl7".
  std::string file_name() const;
  /// The current place, or what it is, for the clipboard: its text as it is sent, `RXA[1]-5[1]`, both with a tab between,
  /// or a row of path, name, value and meaning. Empty outside of every segment.
  std::string copy_place(CopyAs as) const;
  /// What the clipboard should get: in the tree the value, in the list of problems the problem as a line, else the selected text.
  std::string copy_text() const;

  /// The shown problems that pass the switches and the filter of the list, in message order: indices of findings.
  std::vector<uint32_t> listed() const;
  /// What the last edit made of the problems; empty after anything else.
  const ProblemChange& problem_change() const { return problem_change_; }
  /// There is a place before or after this one to go back to.
  bool can_go(int direction) const;

  /// The answer in work, beside the message it answers; `shown` is false when there is none.
  const AnswerState& answer() const { return answer_; }
  /// Index of the document that holds the answer in work, or -1: there is none, or it is a predicted one.
  int answer_document() const { return answer_document_; }
  /// Answers that belong to the message in work, or to none: indices of documents.
  std::vector<uint32_t> answers() const;
  /// There is something to say about the answer to the message in work before it is sent.
  bool can_predict() const;
  /// What a registry that follows the guide would do with the message in work.
  const Prediction& prediction() const;
  /// Something was typed in a very long message: what would be stored is not worked out yet, as that takes longer than to
  /// check it. `prediction` does so when it is asked; the window asks when nothing has been typed for a moment.
  bool prediction_due() const { return prediction_due_; }
  /// The message in work was sent and is not itself the answer.
  bool has_sent() const { return !documents_[current_].answer && !text().empty(); }

  // ---- changing the text; each is one step of undo
  /// A paste of everything: finds the messages in it and opens the first. Answers are put beside the messages that are
  /// there already, and a message beside answers that wait for one; anything else replaces all documents.
  void paste(std::string_view pasted, InputKind kind = InputKind::text);
  /// The same for something that is meant as an answer, even if it is only a word.
  void paste_answer(std::string_view pasted, InputKind kind = InputKind::text);
  /// A paste at the caret: a whole message or an answer is put beside the text as above, anything else replaces the
  /// selected text.
  void paste_here(std::string_view pasted);
  /// Replaces the selected text (or nothing) at the caret. Line ends become the document's own. A whole message
  /// pasted over all text goes through `paste`.
  void insert(std::string_view typed);
  /// The same for a range. What an input method composes step by step is one step of undo.
  /// At a place that the text does not hold (`at_absent`) the separators before it are written too; false then: the text
  /// is not just what was typed.
  bool replace(Span range, std::string_view typed, bool composing = false);
  /// Replaces a range of the text byte for byte; the caret goes behind it.
  void edit(Span range, std::string_view replacement, bool composing = false);
  void erase_back();
  void erase_forward();
  void undo();
  void redo();
  /// Messages beside those that are open, the first of them in work; in the place of an empty one.
  void add(std::string_view text);
  /// An empty document instead of all others.
  void clear();
  /// Closes the current one of several documents, or empties the only one.
  void close_document();

  // ---- choosing
  void open_document(uint32_t index);
  /// Goes to the answer workspace: with the answer to the current message, else with the last one pasted.
  void open_answer();
  void open_answer(uint32_t document);
  /// The same with the answer that a registry that follows the guide would send now.
  void open_prediction();
  void close_answer();
  /// An error of the answer becomes the current one, and its place the current place.
  void select_card(int card, Pane origin);
  void step_card(int direction, Pane origin);
  void set_as_of(Date date);
  /// Empty: as the message says.
  void set_profile(std::string id);
  /// What kind of sender the messages come from: its own rules are checked, too.
  void set_sender(Sender sender);
  void set_clock(std::function<double()> milliseconds) { clock_ = std::move(milliseconds); }

  /// Moves the caret; with `extend` the other end of the selection stays.
  void set_caret(uint32_t offset, bool extend, Pane origin = Pane::editor);
  void select_range(uint32_t anchor, uint32_t caret, Pane origin = Pane::editor);
  /// Makes a place the current one; its value becomes selected text, so that typing replaces it.
  void select_place(const Path& path, Pane origin);
  void select_finding(int index, Pane origin);
  /// The next (1) or previous (-1) shown problem, seen from the caret; round at the ends.
  void step_problem(int direction, Pane origin);
  /// The place that was current before (-1) or after (1) this one, as in a browser.
  void go(int direction);
  /// The keyboard goes to the next (1) or previous (-1) pane that is in the window.
  void next_pane(int direction);
  /// Goes to the comparison of the message in work with another one; without one, with the first other that is open.
  void open_compare(int other = -1);
  void close_compare();
  /// What was other becomes the message in work, and that the other.
  void swap_compared();
  const CompareState& compared() const { return compared_; }
  /// The differences that pass the switches and the filter: indices in MessageComparison::differences.
  std::vector<uint32_t> listed_differences() const;
  /// Makes a difference the current one, and its place the current place where the message in work has it.
  void select_difference(int index);
  /// To the place of the chosen difference in Analyse: in the message in work, else in the other.
  void go_to_difference();
  /// Whether a pane shows the current place whenever that changes.
  void set_follow(Pane pane, bool follow);
  /// The current problem of a place, or -1.
  int problem_at(const Path& path) const { return finding_of(path); }
  /// Opens the palette or a gallery with an empty field that has the keyboard.
  void open_over(Over over);
  void close_over();
  // ---- the workspace Codes
  void open_codes();
  /// The search field gets the keyboard.
  void focus_codes();
  void filter_codes(CodeFilter filter);
  /// Goes to the page of a code; the table is named as in the catalogue ("CVX").
  void open_code(std::string_view table, std::string_view code);
  /// The same without leaving the pane that has the keyboard.
  void show_code(std::string_view table, std::string_view code);
  /// The page before (-1) or after (1) this one, as in a browser.
  void step_page(int direction);
  /// What stands beside the page.
  void show_beside(Beside which);
  /// The code that stands at a place of the message, if a table has it.
  std::optional<CodePlace> code_at(const Path& path) const;
  /// The open code and its name, with a tab between.
  std::string code_line() const;

  /// Every edition of a table that is loaded, the oldest first.
  std::vector<const CodeSet*> editions_of(std::string_view table) const;
  /// Tables with several editions; CVX always.
  std::vector<std::string> comparable_tables() const;
  /// The two editions that are compared, and their places in `editions_of`; null and below 0 with fewer than two.
  std::pair<const CodeSet*, const CodeSet*> compared_editions() const;
  std::pair<int, int> compared_places() const;
  void compare_table(std::string_view table);
  void compare_editions(int before, int after);
  /// A partner's list; empty: none.
  void set_partner(std::string_view list);
  void partner_table(std::string_view table);
  /// A paste in this workspace: a partner's list where one is asked for, else words to search. False for messages.
  bool paste_codes(std::string_view pasted);

  /// Files that were dropped or chosen: read, shown, not used.
  const Offer& offer() const { return offer_; }
  uint32_t offer_change() const { return offer_change_; }
  void offer_files(std::vector<NamedFile> files);
  /// Files that were dropped or chosen: tables are offered, a partner's list goes where one is asked for, anything else is
  /// read like a paste.
  void open_files(std::vector<NamedFile> files);
  void drop_offer();
  /// Takes what is offered: as the edition that checks are made with, or only to compare with.
  void use_offer(bool in_use);
  const std::vector<BroughtTable>& brought() const { return brought_; }
  void forget_table(size_t index);
  /// Whether checks are made with it.
  void switch_table(size_t index);
  /// What is to be kept on this device; empty unless that was chosen. `kept_change` counts its changes.
  std::vector<KeptFile> kept_files() const;
  uint32_t kept_change() const { return kept_change_; }
  void keep_tables(bool keep);
  /// Files that were kept: as if they were brought again. Those older than the tables of the program are only compared with.
  void restore_files(const std::vector<KeptFile>& files);

  // ---- the workspace Local rules
  void open_local();
  const std::vector<LocalTab>& locals() const { return locals_; }
  /// Index of the profile in use, -1: none; and the profile.
  int local() const { return local_; }
  const LocalTab* local_tab() const;
  /// Opens a local profile, or the template of one as CSV, and uses it. False, with the reason in `view.local.refused`: it is
  /// none, and what was in use stays.
  bool open_local_text(std::string text, std::string file);
  void new_local();
  /// -1: only what holds nationally.
  void choose_local(int index);
  /// One with changes that are not saved is closed when this is asked twice.
  void close_local(int index);
  /// A step of undo (-1) or redo (1) of the profile in use.
  void step_local(int direction);
  /// A row of the list becomes the one that is edited.
  void choose_row(const LocalChange& about);
  /// Something was typed about the row that is not taken yet; `commit_local` takes it.
  bool local_due() const;
  void commit_local();
  /// Says something about the row, or nothing of it any more.
  void set_local(LocalKey key, std::string value);
  /// The row as it is nationally; a rule of one's own goes away.
  void reset_row();
  void start_rule();
  void add_rule();
  /// No row is chosen: the form is about the profile itself.
  void leave_row();
  /// The file of the profile in use; it counts as saved from now on.
  std::string saved_local();
  /// Compares the profile in use with an open one; -1: with what holds nationally.
  void compare_local(int with);
  /// What the message in work has from the profile in use.
  const LocalImpact& local_impact() const;

  /// Opens the field for finding or for a place, or closes it. What is selected becomes what is looked for.
  void open_strip(Strip strip);
  const HitList& found() const { return found_; }
  /// Looks for what stands in the field and goes to the first hit from the caret.
  void find();
  /// The next (1) or previous (-1) hit, round at the ends.
  void step_hit(int direction);
  /// Goes to what somebody typed (`read_target`); false when there is no such place.
  bool go_to(std::string_view typed);
  /// Selects the next (1) or previous (-1) field; false at the end of the message.
  bool step_field(int direction);
  /// The codes offered at the caret; nullopt when none are.
  const std::optional<Completion>& completion() const { return completion_; }
  /// Offers the codes of the place at the caret; `asked` by key, else because something was typed there.
  void offer_codes(bool asked);
  void step_code(int by);
  /// Writes a row of the offer, with its name and coding system; one step of undo.
  void take_code(int row);
  void close_codes() { completion_.reset(); }
  /// The fixes of a problem, best first (core/fix.h).
  const std::vector<Fix>& fixes_of(int finding) const;
  /// How many of the shown problems have a safe fix.
  size_t safe_fixes() const;
  /// Carries out a fix; one step of undo.
  void fix(int finding, size_t which);
  /// Prepares all safe fixes to be looked at, or says that there are none; `carry_out_plan` does them in one step.
  void plan_fixes();
  const std::optional<FixPlan>& plan() const { return plan_; }
  void carry_out_plan();
  void close_plan() { plan_.reset(); }

  /// Writes a value at a place, escaped, with the separators and segments that are missing. False: nothing changed.
  bool put(const Path& path, std::string_view value);
  /// Removes a segment, a repetition, or the value of a part.
  bool remove(const Path& path);
  /// Names of the segments and groups that the profile allows.
  std::vector<std::string> insertable() const;
  /// Inserts a segment or the segments of a group where the profile has them, best behind the current one.
  bool add_segment(std::string_view name);
  /// The current place becomes the value that is typed in the form.
  void edit_in_form();
  void edit_row(const FormRow& row);
  /// Opens the codes or the calendar of the row that is edited.
  void open_picker();
  std::vector<CodeChoice> form_choices() const;
  /// The text of the form's field has changed.
  void form_typed();
  /// Writes what was typed; with `chosen` the current row of the list.
  void commit_form(bool chosen);
  void take_day(Date day);
  /// Without writing.
  void leave_form();
  /// Folds the lines of a dose (its order) in the editor, or shows them again.
  void fold_dose(uint32_t order, bool fold);
  void fold_doses(bool fold);
  /// The current place is a field that the text does not hold: what is typed goes there, with the separators before it.
  bool at_absent() const;
  /// Replaces the whole text in one step of undo; the caret goes behind what differs.
  void rewrite(std::string_view text);
  /// The editor gets the keyboard at the current place.
  void edit_place();
  /// Somebody looks at a place: the summary makes room for what is to be said about it.
  void leave_summary() {
    if (view.side == SideTab::summary) view.side = SideTab::explain;
  }

  View view;

 private:
  struct Step {
    uint32_t document = 0, at = 0;
    std::string removed, inserted;
    uint32_t caret = 0, anchor = 0;  // before the step
    bool whole = false;              // all documents were replaced: `documents` holds the others
    std::vector<Document> documents;
    uint32_t current = 0;
  };

  std::vector<Document> read(std::string_view pasted, InputKind kind, bool as_answer);
  void take_in(std::vector<Document> documents);
  int message_of(const Document& answer) const;
  void show_pair(int answer);
  void judge();
  void forget_answer();
  void set_text(std::string text);
  CheckOptions options(const Document& document) const;
  void recheck();
  void mark();
  void describe(Document& document, const Message& message, const Report& report);
  void replace_documents(std::vector<Document> documents, uint32_t current);
  void start_document();
  void push(Step step);
  void touch(Pane origin);
  void remember();
  void forget_places();
  void show_document(uint32_t index);
  void compare_again();
  bool take_other(std::string_view pasted, InputKind kind);
  void keep_before();
  std::string headline(const Message& message, const Report& report, const Finding& finding) const;
  void compare_problems();
  int finding_at(uint32_t offset) const;
  int finding_of(const Path& path) const;
  bool carry_out(const std::optional<Edits>& edits);
  bool type_absent(std::string_view typed);
  void unfold_current();
  void mark_missing();
  void find_again();
  void go_to_hit(int index);

  Import read_tables(const std::vector<NamedFile>& files) const;
  void bring(const Import& found, const std::vector<NamedFile>& files, bool in_use);
  bool rebuild();
  std::vector<LoadedTable> tables() const;
  std::shared_ptr<const Catalogue> load_local(const std::shared_ptr<const LocalProfile>& local) const;
  std::shared_ptr<const Catalogue> load_catalogue(const std::shared_ptr<const LocalProfile>& local) const;
  void use_catalogue();
  void check_all();
  bool set_local_text(std::string text, bool undoable);
  void apply_draft();
  void fill_members();
  void fill_fields();
  bool take_members();

  const Catalogue* catalogue_;
  const Catalogue* first_;  // that it began with
  uint32_t catalogue_change_ = 1;
  std::shared_ptr<const Catalogue> own_;  // with what was brought
  std::vector<LocalTab> locals_;
  int local_ = -1;
  mutable LocalImpact impact_;  // of the report with that change
  mutable uint32_t impact_change_ = UINT32_MAX;
  mutable std::unique_ptr<CodeSearch> code_search_;
  std::unique_ptr<Checker> checker_;
  std::vector<BroughtTable> brought_;
  Offer offer_;
  uint32_t offer_change_ = 0, kept_change_ = 0;
  std::vector<Document> documents_;
  uint32_t current_ = 0;
  Message message_;
  Report report_;
  Folded folded_;
  Summary summary_;
  Selection selection_;
  HitList found_;
  std::optional<Completion> completion_;
  mutable std::map<uint32_t, std::vector<Fix>> fixes_;  // by finding, of the report with that change
  mutable uint32_t fixes_for_ = UINT32_MAX;
  std::optional<FixPlan> plan_;
  std::vector<Mark> marks_;
  std::vector<MissingSegment> missing_;
  std::vector<std::vector<uint32_t>> by_segment_;
  std::vector<Step> undo_, redo_;
  size_t undo_bytes_ = 0;
  uint32_t edits_ = 0, saved_edits_ = 0;  // steps that were typed, not pasted whole
  uint32_t padded_ = 0;                   // separators that a composition was given before it
  bool join_ = false;                     // the next typed character may belong to the last step
  uint32_t change_ = 0, text_change_ = 0;
  /// A place that was current, by its path, so that it is found again after an edit.
  struct Visit {
    uint32_t document = 0;
    Path path;
    bool by_caret = false;  // moved to in the text: the next such move takes its place
  };
  std::vector<Visit> visits_;
  size_t visit_ = 0;  // the current one
  bool going_ = false;
  ProblemChange problem_change_;
  std::string before_text_;  // as it was before the last edit, with its report
  Report before_report_;
  Date as_of_;
  mutable std::optional<Completeness> completeness_;
  mutable uint32_t completeness_change_ = 0;
  std::string profile_;
  Sender sender_ = Sender::any;
  std::function<double()> clock_;
  double check_time_ = -1;
  CompareState compared_;
  AnswerState answer_;
  int answer_document_ = -1;
  bool predicting_ = false;
  mutable Prediction prediction_;
  mutable bool prediction_due_ = false;
  bool typing_ = false;  // the text is being changed by an edit
};

/// Whether a text is a local profile, or the template of one as CSV.
bool is_local_file(std::string_view text);
bool is_local_template(std::string_view text);
/// Whether the message answers another one (has an MSA), and whether that answer is other than an acceptance (MSA-1
/// neither AA nor CA, HL70008). What it means for each dose is not said here.
bool is_answer(const Message& message);
bool reports_trouble(const Message& message);

/// What a pane asks for; run after the frame, in order.
using Action = std::function<void(Workbench&)>;
using Actions = std::vector<Action>;

}  // namespace iz
