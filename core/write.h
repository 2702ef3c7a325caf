// Writers: a checked message as text with carets, as JSON, and as the HTML of the page's report.
//
//     iz::report_json(catalogue, message, report, {.file = "a.hl7"});  //
//     {"index":0,"file":"a.hl7",...} iz::report_text(catalogue, message, report, {.file =
//     "a.hl7"});  // the line with ^^^ under the fault iz::problems_html(catalogue, message,
//     report);                   // <table>...</table>
//
// JSON is complete: every finding with its cause in `follows`. Text and HTML show what `fold`
// shows. All output is valid UTF-8 whatever the message holds: bytes that are no UTF-8 come out as
// U+FFFD.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/explain.h"
#include "core/fold.h"
#include "core/json.h"
#include "core/report.h"
#include "core/summary.h"

namespace iz {

struct WriteOptions {
  std::string_view file;  ///< as the user named it
  uint32_t index = 0;     ///< message of that file, from 0
  Offsets offsets = Offsets::bytes;
  bool words = false;                    ///< JSON: also title, who, why, fix of each finding
  std::span<const std::string> notes{};  ///< what extract did, one sentence each
};

/// One checked message as one JSON object on one line, without a line end:
/// `{"index","file","control_id","profile","as_of","findings":[...]}`, then `profile_choice`,
/// `undecided`, `notes`. A finding:
/// `{"rule","kind","severity","path","erl","line","begin","end","message","source":{"document",
/// "statement"},"layer","follows"}` and with `words` also `title`, `who`, `why`, `fix`. `profile`
/// and `as_of` are null when there is none.
std::string report_json(const Catalogue&, const Message&, const Report&, const WriteOptions&);
/// The same, appended; for many messages.
void append_report_json(std::string& out, const Catalogue&, const Message&, const Report&, const WriteOptions&);

/// `{"path","name","data_type","usage","cardinality","value","decoded","meaning","findings":[...]}`,
/// then `trail`, `length`, `binding`, `condition`, `present`, `defined`, `begin`, `end`. Findings
/// are objects as in `report_json`.
std::string explanation_json(const Catalogue&, const Message&, const Report&, const Explanation&,
                             Offsets = Offsets::bytes);

/// `{"headline","lines":[{"label","text","path","begin","end"}],"doses":[{"kind","vaccine","date","lot","text",
/// "order","path","begin","end"}]}`.
std::string summary_json(const Message&, const Summary&, Offsets = Offsets::bytes);
/// "given", "historical", "refused", "not_given", "partial", "observation", "unknown".
std::string_view to_string(DoseKind);

/// The findings that are shown, each with its line and a caret run under the fault, and the counts
/// at the end.
std::string report_text(const Catalogue&, const Message&, const Report&, const WriteOptions&);
std::string explanation_text(const Catalogue&, const Message&, const Report&, const Explanation&);
/// The line of the message that holds a span, with its number, and the carets below it: two lines; empty when no line
/// holds it.
std::string quoted_line(const Message&, Span, uint32_t line = 0);
/// Text as it can be shown: what is no UTF-8 replaced, control characters as pictures.
std::string visible_text(std::string_view);
/// One line of a list of places: path, name, value, what it means.
std::string place_text(const Explanation&);
std::string summary_text(const Summary&);

/// The engine's version, its profiles, and each code set with its edition.
std::string version_text(const Catalogue&);
/// `{"version","rules","profiles":[{"id","title","source"}],"code_sets":[{"id","name","edition":{"source","date",
/// "document"}}]}`; `rules` is their number.
std::string version_json(const Catalogue&);

/// Everything that a check uses: `{"profiles":[{"id","title","type","event","message_structure","source","structure":[
/// {"name","group","depth","usage","cardinality"}],"segments":[{"name","title","fields":[element]}],"types":[{"id","base",
/// "name","components":[element]}]}],"rules":[...],"code_sets":[{"id","name","edition","open","local","patterns","codes":[
/// {"code","display","system","status","cells":{column: text}}]}]}`; `cells` has the other columns that are not empty and is
/// missing where all are. An element is `{"number","name","usage","cardinality","type","length",
/// "binding":[code set],"condition"}`. A rule has the keys of its file; `who` in words, `statements` as
/// `{"profile","on","if","then"}` in words, `examples` as `{"says","base","finds"}` and `sender` where one is named.
std::string catalogue_json(const Catalogue&);

/// The verdict for a live region, plain text: "2 errors, 1 warning. Checked as Z22 (from MSH-21),
/// as of 2026-02-18."
std::string verdict_text(const Report&);
/// A `<table>` with one `tr[data-rule][data-path][data-severity]` per shown finding (also
/// `data-line`, `data-begin`, `data-end` in UTF-16 units, `data-finding`), then a `<details>` for
/// the supported values that are not sent. Without a shown finding one `<p>` that says so; of more
/// than `most` only the first, and a `<p>` that says so. No inline style or script; no ids.
inline constexpr size_t most_problems = 2000;  // a page with more rows helps nobody and is slow
std::string problems_html(const Catalogue&, const Message&, const Report&, size_t most = most_problems);
/// The message with names and decoded values: an `<ol>` of segments, each with a `<table>` of its
/// present elements.
std::string message_html(const Catalogue&, const Message&, const Report&);

}  // namespace iz
