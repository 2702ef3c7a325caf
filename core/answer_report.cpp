#include "core/answer_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/error_places.h"
#include "core/error_words.h"
#include "core/html.h"
#include "core/mask.h"
#include "core/outcome_words.h"
#include "core/utf8.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr size_t most_errors = 2000;

/// Where the first of several sentences ends; the whole text where there is only one.
size_t first_sentence(std::string_view text) {
  for (size_t at = text.find(". "); at != std::string_view::npos; at = text.find(". ", at + 1)) {
    const char next = at + 2 < text.size() ? text[at + 2] : ' ';
    if (next >= 'A' && next <= 'Z') return at + 1;
  }
  return text.size();
}

std::string seen_words(const Catalogue& catalogue, const Message& sent, const Report& report, const ErrorReport& e) {
  if (e.seen == Seen::same_fault && e.finding >= 0 && static_cast<size_t>(e.finding) < report.findings.size()) {
    return fmt::format("We see the same fault: {}.",
                       title(catalogue, sent, report, report.findings[static_cast<size_t>(e.finding)]));
  }
  if (e.says_missing && !e.places.empty() && e.places[0].value_present) {
    return fmt::format(
        "The answer says that a value is missing, but one was sent: \xe2\x80\x9c{}\xe2\x80\x9d. The registry may not "
        "know "
        "it, or look elsewhere.",
        unescape(sent.value(e.places[0].span).substr(0, 60), sent.delimiters()));
  }
  if (!e.places.empty() && e.places[0].placed == Placed::absent) return "That place is not in the sent message.";
  if (e.seen == Seen::no_fault) return "We see no fault here: the registry may use a local rule.";
  return {};
}

/// "Dose 3": as the reader counts them.
std::string dose_name(const Outcome& outcome, size_t index) {
  return fmt::format("{} {}", outcome.doses[index].dose ? "Dose" : "Entry", index + 1);
}

/// Sentences with what tells who the patient is replaced: also the words that only the sent message shows to be names.
std::vector<std::string> masked_lines(const std::vector<std::string>& lines, const Message* sent) {
  std::string all(sent != nullptr ? sent->text() : std::string_view());
  for (std::string line : lines) {
    std::replace(line.begin(), line.end(), '\r', ' ');
    std::replace(line.begin(), line.end(), '\n', ' ');
    all += '\n' + line;
  }
  all = masked(all);
  std::vector<std::string> out(lines.size());
  for (size_t i = lines.size(); i-- > 0;) {
    const size_t cut = all.rfind('\n');
    if (cut == std::string::npos) break;
    out[i] = all.substr(cut + 1);
    all.resize(cut);
  }
  return out;
}

class Writer {
 public:
  void put(std::string_view text) { out_ += text; }
  template <typename... Values>
  void tag(fmt::format_string<Values...> form, Values&&... values) {
    fmt::format_to(std::back_inserter(out_), form, std::forward<Values>(values)...);
  }
  void head(std::initializer_list<std::string_view> names) {
    put("<thead><tr>");
    for (std::string_view name : names) tag("<th scope=\"col\">{}</th>", html(name));
    put("</tr></thead><tbody>\n");
  }
  void paragraph(std::string_view text) {
    if (!text.empty()) tag("<p>{}</p>\n", html(text));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_doses(Writer& w, const Outcome& outcome) {
  if (outcome.doses.empty()) return;
  w.put("<table class=\"doses\"><caption>Doses in the sent message</caption>");
  w.head({"Dose", "Vaccine", "Date", "Lot", "Stored"});
  for (size_t i = 0; i < outcome.doses.size(); ++i) {
    const DoseOutcome& d = outcome.doses[i];
    w.tag(
        "<tr data-dose=\"{}\" data-stored=\"{}\"><td>{}</td><th "
        "scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        d.group, to_string(d.stored), dose_name(outcome, i), html(d.vaccine), html(d.date), html(d.lot),
        label(d.stored));
  }
  w.put("</tbody></table>\n");
}

void write_errors(Writer& w, const Catalogue& catalogue, const Outcome& outcome, const Message* sent,
                  const Report* report) {
  if (outcome.errors.empty()) return;
  const Utf16Offsets units(sent != nullptr ? sent->text() : std::string_view());
  w.put("<table class=\"errors\"><caption>What the answer reports</caption>");
  w.head({"Severity", "Error", "Place", "Explanation"});
  const size_t count = std::min(outcome.errors.size(), most_errors);
  for (size_t i = 0; i < count; ++i) {
    const ErrorReport& e = outcome.errors[i];
    const ErrorLines lines = error_lines(catalogue, outcome, static_cast<uint32_t>(i), sent, report);
    w.tag("<tr data-err=\"{}\" data-path=\"{}\" data-severity=\"{}\"", i, html(lines.place), to_string(e.severity));
    if (!lines.place.empty()) {
      w.tag(" data-begin=\"{}\" data-end=\"{}\"", units(e.places[0].span.begin), units(e.places[0].span.end));
    }
    w.tag("><td>{}</td><th scope=\"row\">{}</th><td>", label(e.severity), html(lines.title));
    if (lines.place.empty()) {
      w.put(html(lines.received));
    } else {
      w.tag("<button type=\"button\">{}</button> {}", html(lines.place), html(lines.placed));
    }
    w.put("</td><td>");
    if (e.follows >= 0 && static_cast<size_t>(e.follows) < outcome.errors.size()) {
      w.paragraph(
          fmt::format("Follows from {}.",
                      error_lines(catalogue, outcome, static_cast<uint32_t>(e.follows), sent, report).received));
    }
    for (const std::string* text : {&lines.rest, &lines.seen, &lines.meaning, &lines.fix, &lines.who})
      w.paragraph(*text);
    if (!lines.place.empty()) w.paragraph(fmt::format("Received as {}", lines.received));
    w.put("</td></tr>\n");
  }
  w.put("</tbody></table>\n");
  if (count < outcome.errors.size()) {
    w.paragraph(fmt::format("Only the first {} of {} errors are listed.", count, outcome.errors.size()));
  }
}

void write_query(Writer& w, const QueryAnswer& q) {
  if (!q.is_answer || q.patients.empty()) return;
  if (q.candidates.empty()) {
    w.paragraph(q.patients[0].words);
    if (!q.history.empty()) {
      w.put("<table class=\"history\"><caption>History, as the registry sent it</caption>");
      w.head({"Given", "At age", "Vaccine", "CVX", "Series", "Dose", "Evaluation", "What the registry says"});
      for (const HistoryDose& d : q.history) {
        w.tag(
            "<tr><td>{}</td><td>{}</td><th "
            "scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            html(d.given.text), html(d.age), html(d.vaccine), html(d.cvx), html(d.series), html(d.dose),
            label(d.validity), html(d.says));
      }
      w.put("</tbody></table>\n");
    }
    if (!q.forecast.empty()) {
      w.put("<table class=\"forecast\"><caption>Forecast, as the registry sent it; nothing is computed here</caption>");
      w.head({"Series", "Next", "Status", "Earliest", "Due", "Overdue from"});
      for (const ForecastItem& f : q.forecast) {
        w.tag("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
              html(f.series), f.dose_number.empty() ? std::string() : "Dose " + html(f.dose_number), label(f.status),
              html(f.earliest.text), html(f.due.text), html(f.overdue.text));
      }
      w.put("</tbody></table>\n");
    }
    for (const AnswerStatement& s : q.statements) w.paragraph(s.text);
    if (q.carriers > 0) {
      w.paragraph(fmt::format("{} RXA with CVX 998 carry the forecast. They are not doses.", q.carriers));
    }
    return;
  }
  w.put(
      "<table class=\"candidates\"><caption>Candidates, side by side</caption><thead><tr><th scope=\"col\"></th>"
      "<th scope=\"col\">Asked for</th>");
  for (size_t i = 0; i < q.patients.size(); ++i) w.tag("<th scope=\"col\">Candidate {}</th>", i + 1);
  w.put("</tr></thead><tbody>\n");
  for (const CandidateRow& row : q.candidates) {
    w.tag("<tr><th scope=\"row\">{}</th><td>{}</td>", html(row.label), html(row.asked));
    for (const CandidateRow::Cell& cell : row.cells) {
      const std::string text = html(cell.text);
      w.put(cell.differs_from_query ? "<td><strong>" + text + " (differs)</strong></td>" : "<td>" + text + "</td>");
    }
    w.put("</tr>\n");
  }
  w.put("</tbody></table>\n");
}

}  // namespace

ErrorLines error_lines(const Catalogue& catalogue, const Outcome& outcome, uint32_t error, const Message* sent,
                       const Report* report) {
  const ErrorReport& e = outcome.errors[error];
  ErrorLines out;
  const CodeWords words = explain_error(catalogue, e);
  std::string said = e.text.empty() ? e.code_text : e.text;
  if (said.empty()) said = words.name.empty() ? "The registry gives no reason" : words.name;
  const size_t end = first_sentence(said);
  out.title = trim_blanks(std::string_view(said).substr(0, end));
  if (out.title.ends_with('.')) out.title.pop_back();
  out.rest = trim_blanks(std::string_view(said).substr(end));
  out.received = e.err == ErrorReport::no_err ? std::string("MSA-3") : fmt::format("ERR {}", e.err + 1);
  if (!e.erl.empty()) out.received += "  " + e.erl;
  out.meaning = words.meaning;
  out.fix = words.fix;
  if (!words.meaning.empty() || !words.fix.empty()) out.who = fmt::format("{} mends it.", label(words.who));
  if (sent == nullptr) return out;
  if (report != nullptr) out.seen = seen_words(catalogue, *sent, *report, e);
  if (e.places.empty()) return out;
  const ErrorPlace& place = e.places[0];
  out.place = to_string(place.path);
  out.placed = fmt::format("place {}", to_string(place.placed));
  if (place.dose >= 0 && static_cast<size_t>(place.dose) < outcome.doses.size()) {
    out.dose = dose_words(outcome.doses[static_cast<size_t>(place.dose)]);
  }
  return out;
}

std::string answer_verdict(const Outcome& outcome, const Message* sent) {
  const Fact resend = send_again(outcome), who = who_acts(outcome);
  return fmt::format("{} Send again? {}. Who acts: {}.", headline(outcome, sent), resend.title, who.title);
}

std::string answer_html(const Catalogue& catalogue, const Outcome& outcome, const QueryAnswer& query,
                        const Message* sent, const Report* report) {
  Writer w;
  w.tag("<p class=\"verdict\">{}</p>\n<dl>", html(headline(outcome, sent)));
  for (const auto& [name, fact] : {std::pair<std::string_view, Fact>{"Who acts", who_acts(outcome)},
                                   {"Send again?", send_again(outcome)},
                                   {"How sure", how_sure(outcome)}}) {
    w.tag("<dt>{}</dt><dd><b>{}</b> {}</dd>", name, html(fact.title), html(fact.detail));
  }
  w.put("</dl>\n");
  write_doses(w, outcome);
  write_query(w, query);
  write_errors(w, catalogue, outcome, sent, report);
  w.put("<details><summary>Why we say this</summary><ul>\n");
  for (const Reason& r : outcome.reasons) {
    w.tag("<li>{}: {} ({})</li>\n", html(r.row), html(reason_words(r)), html(r.source));
  }
  for (const Flag& f : outcome.flags) {
    const Fact words = flag_words(f);
    w.tag("<li><b>{}</b> {}</li>\n", html(words.title), html(words.detail));
  }
  w.put("</ul></details>\n");
  return w.take();
}

std::string answer_mail(const Catalogue& catalogue, const Outcome& outcome, const Message* sent) {
  std::vector<std::string> lines = {headline(outcome, sent)};
  std::vector<std::pair<uint32_t, ErrorLines>> errors;
  for (uint32_t i = 0; i < outcome.errors.size() && errors.size() < 50; ++i) {
    if (outcome.errors[i].follows >= 0) continue;
    errors.emplace_back(i, error_lines(catalogue, outcome, i, sent, nullptr));
    lines.push_back(errors.back().second.title);
  }
  lines = masked_lines(lines, sent);
  std::string out = lines[0] + "\n\n";
  const auto line = [&](std::string_view name, const Fact& fact) {
    out += fmt::format("{}: {}{}{}\n", name, fact.title, fact.detail.empty() ? "" : ". ", fact.detail);
  };
  line("Who acts", who_acts(outcome));
  line("Send again", send_again(outcome));
  line("How sure", how_sure(outcome));
  if (sent != nullptr) out += fmt::format("Message: {} {}\n", sent->get("MSH", 9, 1), sent->get("MSH", 10));
  if (!outcome.doses.empty()) out += "\n";
  for (size_t i = 0; i < outcome.doses.size(); ++i) {
    const DoseOutcome& d = outcome.doses[i];
    out += fmt::format("{} ({}{}{}): {}\n", dose_name(outcome, i), d.vaccine, d.lot.empty() ? "" : ", lot ", d.lot,
                       label(d.stored));
  }
  for (size_t i = 0; i < errors.size(); ++i) {
    const auto& [index, e] = errors[i];
    out += fmt::format("\n{}: {}\n", label(outcome.errors[index].severity), lines[i + 1]);
    out += fmt::format("  {}{}{}\n", e.received, e.place.empty() ? "" : ", in the message ", e.place);
    if (!e.fix.empty()) out += fmt::format("  {}\n", e.fix);
  }
  return out;
}

}  // namespace iz
