// HTML of a report: what a screen reader, a search in the page or a printer gets. Fragments without
// ids, styles and scripts; the page decides how they look.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

#include "core/html.h"
#include "core/outline.h"
#include "core/utf8.h"
#include "core/write.h"

namespace iz {

namespace {

struct Context {
  const Catalogue& catalogue;
  const Message& message;
  const Report& report;
};

void write_row(std::string& out, const Context& context, const Utf16Offsets& units, const Shown& shown) {
  const auto& [catalogue, message, report] = context;
  const Finding& finding = report.findings[shown.finding];
  const Rule& rule = catalogue.rules[finding.rule];
  const Source source = source_of(catalogue, report, finding);
  const std::string where = html(place(catalogue, report, finding));
  const auto add = std::back_inserter(out);
  fmt::format_to(add,
                 "<tr data-finding=\"{}\" data-rule=\"{}\" data-path=\"{}\" data-severity=\"{}\" "
                 "data-line=\"{}\" data-begin=\"{}\" data-end=\"{}\">",
                 shown.finding, html(rule.id), where, to_string(finding.severity), finding.line,
                 units(finding.span.begin), units(finding.span.end));
  fmt::format_to(add, "<td>{}</td><th scope=\"row\">{}</th>", label(finding.severity),
                 html(title(catalogue, message, report, finding)));
  fmt::format_to(add, "<td><button type=\"button\">{}</button></td>",
                 where.empty() ? fmt::format("line {}", finding.line) : where);
  fmt::format_to(add, "<td><p>{}</p>", html(sentence(catalogue, message, report, finding)));
  if (!rule.why.empty())
    fmt::format_to(add, "<p>Why it matters: {}</p>", html(why(catalogue, message, report, finding)));
  if (!rule.fix.empty())
    fmt::format_to(add, "<p>How to fix: {}</p>", html(how_to_fix(catalogue, message, report, finding)));
  if (shown.follow_ons == 1) out += "<p>1 more follows from this</p>";
  if (shown.follow_ons > 1) {
    fmt::format_to(add, "<p>{} more follow from this</p>", shown.follow_ons);
  }
  fmt::format_to(add, "</td><td>{}</td><td>{}: {}, {}</td></tr>\n", label(who_fixes(catalogue, report, finding)),
                 to_string(finding.layer), html(source.document), html(source.statement));
}

constexpr size_t kMostPlaces = 5000;

void write_not_sent(std::string& out, const Context& context, const Folded& folded) {
  if (folded.not_sent.empty()) return;
  const auto& [catalogue, message, report] = context;
  const auto add = std::back_inserter(out);
  fmt::format_to(add, "<details><summary>{}</summary><ul>\n", not_sent_text(folded));
  for (const uint32_t index : std::span(folded.not_sent).first(std::min(folded.not_sent.size(), most_problems))) {
    const Finding& finding = report.findings[index];
    fmt::format_to(add, "<li>{}: {}</li>\n", html(place(catalogue, report, finding)),
                   html(title(catalogue, message, report, finding)));
  }
  out += "</ul></details>\n";
}

/// Whether `inner` is a part of `outer`, both present places of one message.
bool is_inside(const Path& inner, const Path& outer) {
  Path around = inner;
  if (!outer.subcomponent) around.subcomponent = 0;
  if (!outer.component) around.component = 0;
  if (!outer.field) around.field = around.repetition = 0;
  return around == outer && !(inner == outer);
}

/// Writes the places of a message one after the other: a list of segments, each with a table.
class PlaceList {
 public:
  explicit PlaceList(std::string& out) : out_(out) { out_ += "<ol>\n"; }

  void add(const Explanation& place) {
    if (last_) write(*last_, !is_inside(place.path, last_->path));
    last_ = place;
  }

  void finish() {
    if (last_) write(*last_, true);
    close_segment();
    out_ += "</ol>\n";
  }

 private:
  void close_segment() {
    if (open_) out_ += "</tbody></table></li>\n";
    open_ = false;
  }

  void write(const Explanation& place, bool leaf) {
    const auto add = std::back_inserter(out_);
    const std::string path = html(to_string(place.path));
    if (!place.path.field) {
      close_segment();
      open_ = true;
      fmt::format_to(add,
                     "<li><table><caption>{} {}</caption><thead><tr><th scope=\"col\">Place</th>"
                     "<th scope=\"col\">Name</th><th scope=\"col\">Value</th><th scope=\"col\">Meaning</th></tr>"
                     "</thead><tbody>\n",
                     path, html(place.name));
      return;
    }
    fmt::format_to(add, "<tr><td>{}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", path, html(place.name),
                   leaf ? html(place.value) : std::string{}, html(place.decoded));
  }

  std::string& out_;
  std::optional<Explanation> last_;
  bool open_ = false;
};

}  // namespace

std::string problems_html(const Catalogue& catalogue, const Message& message, const Report& report, size_t most) {
  const Context context{catalogue, message, report};
  const Folded folded = fold(report);
  std::string out;
  if (folded.shown.empty()) {
    out += "<p>" + html(verdict_text(report)) + "</p>\n";
  } else {
    const Utf16Offsets units(message.text());
    fmt::format_to(std::back_inserter(out),
                   "<table><caption>{}</caption><thead><tr><th scope=\"col\">Severity</th>"
                   "<th scope=\"col\">Problem</th><th scope=\"col\">Place</th>"
                   "<th scope=\"col\">Explanation</th><th scope=\"col\">Who fixes</th>"
                   "<th scope=\"col\">Source</th></tr></thead><tbody>\n",
                   counts_text(folded));
    const auto rows = std::span(folded.shown).first(std::min(folded.shown.size(), most));
    for (const Shown& shown : rows) write_row(out, context, units, shown);
    out += "</tbody></table>\n";
    if (rows.size() < folded.shown.size()) {
      fmt::format_to(std::back_inserter(out), "<p>Only the first {} of {} problems are listed.</p>\n", rows.size(),
                     folded.shown.size());
    }
  }
  write_not_sent(out, context, folded);
  return out;
}

std::string message_html(const Catalogue& catalogue, const Message& message, const Report& report) {
  std::string out;
  PlaceList list(out);
  size_t places = 0;
  for_each_place(catalogue, message, report, [&](const Explanation& place) {
    if (++places > kMostPlaces) return false;
    list.add(place);
    return true;
  });
  list.finish();
  if (places > kMostPlaces) {
    fmt::format_to(std::back_inserter(out), "<p>Only the first {} places of the message are listed.</p>\n",
                   kMostPlaces);
  }
  return out;
}

}  // namespace iz
