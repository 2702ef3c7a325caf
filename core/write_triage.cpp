#include "core/write_triage.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/counts.h"
#include "core/csv.h"
#include "core/json.h"
#include "core/utf8.h"
#include "core/words.h"
#include "core/write_quality.h"

namespace iz {
namespace {

constexpr TriageBy kGroupings[] = {TriageBy::cause,  TriageBy::field,   TriageBy::who,
                                   TriageBy::sender, TriageBy::outcome, TriageBy::reason};

std::string_view heading(Severity severity) {
  return severity == Severity::error ? "Errors" : severity == Severity::warning ? "Warnings" : "Advice";
}

/// Rule and place: "element_missing at RXA-15".
std::string cause_name(const Triage& t, const TriageCause& cause) {
  return fmt::format("{} at {}", t.catalogue().rules[cause.rule].id, cause.place);
}

std::string file_name(const TriageRow& row, std::span<const std::string> files) {
  return row.place.file < files.size() ? files[row.place.file] : std::string();
}

/// "predicted: partial" and the like; empty for what is no submission and no answer.
std::string_view outcome_of(const TriageRow& row) {
  return row.is_answer || row.doses || row.answer != TriageRow::none ? to_string(row.happened) : std::string_view{};
}

void write_counts(std::string& out, const TriageCounts& n) {
  JsonObject o(out);
  o.number("messages", n.messages);
  o.number("answers", n.answers);
  o.number("answered", n.answered);
  for (const Worst w : {Worst::clean, Worst::info, Worst::warning, Worst::error})
    o.number(to_string(w), n.worst[static_cast<size_t>(w)]);
  o.number("unchecked", n.unchecked);
  o.number("submissions", n.submissions);
  o.number("whole", n.whole);
  o.number("doses", n.doses);
  o.number("stored", n.stored);
  o.number("ids_twice", n.ids_twice);
  json_list(o.key("error_hours"), n.error_hours, [&](uint32_t hour) { out += std::to_string(hour); });
}

void write_group(std::string& out, const Triage& t, TriageBy by, const TriageGroup& g) {
  JsonObject o(out);
  o.text("title", g.title);
  o.text("severity", to_string(g.severity));
  o.number("messages", g.messages);
  o.number("findings", g.findings);
  if (by != TriageBy::cause) return;
  const TriageCause& cause = t.causes()[g.key];
  o.text("rule", t.catalogue().rules[cause.rule].id);
  o.text("place", cause.place);
  o.text("who", to_string(cause.who));
  o.text("layer", to_string(cause.layer));
  o.text("first", cause.first < t.size() ? t.control_id(t.row(cause.first)) : std::string_view{});
}

}  // namespace

std::string triage_counts_text(const Triage& t) {
  const TriageCounts n = t.counts();
  const auto of = [&](Worst worst) { return grouped(n.worst[static_cast<size_t>(worst)]); };
  std::string out = fmt::format("{} of {} {} errors.\n", of(Worst::error), counted(n.messages, "message", "messages"),
                                n.worst[static_cast<size_t>(Worst::error)] == 1 ? "has" : "have");
  out += fmt::format("{} with warnings, {} with advice only, {} clean", of(Worst::warning), of(Worst::info),
                     of(Worst::clean));
  out += ".\n";
  if (n.unchecked)
    out += fmt::format("{} no profile, so only {} form was checked.\n",
                       counted(n.unchecked, "message fits", "messages fit"), n.unchecked == 1 ? "its" : "their");
  if (n.submissions)
    out += fmt::format("{} of {} would be stored{}: {} of {} whole.\n", grouped(n.stored),
                       counted(n.doses, "dose", "doses"), n.answered ? ", or were where an answer says so" : "",
                       grouped(n.whole), counted(n.submissions, "message with doses", "messages with doses"));
  if (n.answers)
    out += fmt::format("{}, {} to {} here.\n", counted(n.answers, "answer", "answers"), grouped(n.answered),
                       n.answered == 1 ? "a message" : "messages");
  if (n.ids_twice) {
    out += fmt::format("{} a control id that an earlier one has.\n",
                       counted(n.ids_twice, "message repeats", "messages repeat"));
  }
  return out;
}

std::string triage_text(const Triage& t, TriageBy by, size_t limit) {
  std::string out = triage_counts_text(t);
  const std::vector<TriageGroup> groups = t.groups(by);
  if (groups.empty()) return out;
  Severity severity = Severity::info;
  bool first = true;
  if (by != TriageBy::cause) out += fmt::format("\nMessages by {}\n", to_string(by));
  for (size_t i = 0; i < std::min(limit, groups.size()); ++i) {
    const TriageGroup& g = groups[i];
    if (by == TriageBy::cause && (first || g.severity != severity)) out += fmt::format("\n{}\n", heading(g.severity));
    severity = g.severity;
    first = false;
    out += fmt::format("{:>9}  {}", grouped(g.messages), valid_utf8(g.title));
    if (by == TriageBy::cause) out += fmt::format("  ({}; {})", g.place, label(t.causes()[g.key].who));
    out += '\n';
  }
  if (groups.size() > limit) out += fmt::format("\n{} more\n", grouped(groups.size() - limit));
  return out;
}

std::string triage_json(const Triage& t) {
  std::string out;
  {
    JsonObject whole(out);
    write_counts(whole.key("counts"), t.counts());
    for (const TriageBy by : kGroupings)
      json_list(whole.key(to_string(by)), t.groups(by), [&](const TriageGroup& g) { write_group(out, t, by, g); });
    write_quality_json(whole, t.quality());
  }
  return out;
}

void append_triage_row_json(std::string& out, const Triage& t, const TriageRow& row,
                            std::span<const std::string> files) {
  JsonObject o(out);
  o.text("file", file_name(row, files));
  o.number("begin", static_cast<int64_t>(row.place.begin));
  o.number("size", row.place.size);
  o.text("control_id", t.control_id(row));
  o.text("sender", t.name(row.sender));
  o.text("vaccine", t.name(row.vaccine));
  if (row.hour >= 0)
    o.number("hour", row.hour);
  else
    o.null("hour");
  o.text("worst", to_string(row.worst));
  o.number("errors", row.errors);
  o.number("warnings", row.warnings);
  o.number("infos", row.infos);
  o.number("doses", row.doses);
  o.number("stored", row.stored);
  o.text_or_null("outcome", outcome_of(row));
  o.boolean("predicted", row.predicted);
  o.text_or_null("answer", row.answer == TriageRow::none ? std::string_view{} : t.control_id(t.row(row.answer)));
  json_list(o.key("causes"), t.causes_of(row), [&](uint32_t c) { json_quote(out, cause_name(t, t.causes()[c])); });
}

void append_triage_csv_head(std::string& out) {
  csv_line(out, {"file", "begin", "control_id", "sender", "vaccine", "worst", "errors", "warnings", "advice", "doses",
                 "stored", "outcome", "outcome_is", "causes"});
}

void append_triage_csv(std::string& out, const Triage& t, const TriageRow& row, std::span<const std::string> files) {
  std::string causes;
  for (const uint32_t c : t.causes_of(row)) append(causes, cause_name(t, t.causes()[c]), "; ");
  const std::string cells[] = {file_name(row, files),
                               std::to_string(row.place.begin),
                               std::string(t.control_id(row)),
                               std::string(t.name(row.sender)),
                               std::string(t.name(row.vaccine)),
                               std::string(to_string(row.worst)),
                               std::to_string(row.errors),
                               std::to_string(row.warnings),
                               std::to_string(row.infos),
                               std::to_string(row.doses),
                               std::to_string(row.stored),
                               std::string(outcome_of(row)),
                               outcome_of(row).empty() ? ""
                               : row.predicted         ? "predicted"
                               : row.is_answer         ? "an answer"
                                                       : "answered",
                               causes};
  csv_line(out, std::span<const std::string>(cells));
}

}  // namespace iz
