// An answer to a query as text, JSON and CSV.
#include <fmt/format.h>

#include <algorithm>

#include "core/counts.h"
#include "core/csv.h"
#include "core/query_answer.h"
#include "core/utf8.h"
#include "core/words.h"
#include "core/write.h"

namespace iz {
namespace {

using Row = std::vector<std::string>;

std::string dose_cell(const std::string& number, const std::string& count) {
  if (number.empty() || count.empty() || count == "0") return number;
  return fmt::format("{} of {}", number, count);
}

std::string patient_name(const QueryAnswer& a, uint32_t patient) {
  return patient < a.patients.size() ? a.patients[patient].name : std::string{};
}

/// What became of a dose where it was not simply given: "Refused", "Partly given".
std::string_view kind_words(DoseKind kind) {
  switch (kind) {
    case DoseKind::refused:
      return "Refused";
    case DoseKind::not_given:
      return "Not given";
    case DoseKind::partial:
      return "Partly given";
    default:
      return {};
  }
}

const Row history_head{"Patient",
                       "Given",
                       "At age",
                       "Vaccine",
                       "CVX",
                       "Lot",
                       "Manufacturer",
                       "Source",
                       "Kind",
                       "Series",
                       "Dose",
                       "Evaluation",
                       "What the registry says"};

Row history_row(const QueryAnswer& a, const HistoryDose& h) {
  std::string says = h.says;
  append(says, h.refusal, "; ");
  return {patient_name(a, h.patient),
          h.given.text,
          h.age,
          h.vaccine,
          h.cvx,
          h.lot,
          h.manufacturer,
          h.source,
          std::string(kind_words(h.kind)),
          h.series,
          h.dose,
          std::string(label(h.validity)),
          std::move(says)};
}

const Row forecast_head{"Patient", "Series",  "CVX",         "Dose",     "Status",         "Earliest",
                        "Due",     "Overdue", "Latest date", "Schedule", "Status as sent", "Reason"};

Row forecast_row(const QueryAnswer& a, const ForecastItem& f) {
  return {patient_name(a, f.patient),
          f.series,
          f.group_code,
          dose_cell(f.dose_number, f.dose_count),
          std::string(label(f.status)),
          f.earliest.text,
          f.due.text,
          f.overdue.text,
          f.latest.text,
          f.schedule,
          f.said,
          f.reason};
}

std::vector<Row> candidate_rows(const QueryAnswer& a) {
  std::vector<Row> out;
  Row head{"", "Asked for"};
  for (size_t i = 0; i < a.patients.size(); ++i) head.push_back(fmt::format("Candidate {}", i + 1));
  out.push_back(std::move(head));
  for (const CandidateRow& r : a.candidates) {
    Row row{r.label, r.asked};
    for (const CandidateRow::Cell& c : r.cells) row.push_back(c.text);
    out.push_back(std::move(row));
  }
  return out;
}

/// Columns aligned by their width in characters, empty columns left out.
std::string table_text(const std::vector<Row>& rows) {
  std::vector<size_t> widths(rows.empty() ? 0 : rows[0].size());
  const auto width = [](std::string_view text) {
    return size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
  };
  constexpr size_t widest = 60;  // a longer cell does not move the others
  for (size_t r = 1; r < rows.size(); ++r)
    for (size_t c = 0; c < widths.size(); ++c) widths[c] = std::max(widths[c], std::min(widest, width(rows[r][c])));
  for (size_t c = 0; c < widths.size(); ++c)
    if (widths[c] > 0) widths[c] = std::max(widths[c], width(rows[0][c]));
  std::string out;
  for (const Row& row : rows) {
    std::string line = " ";
    for (size_t c = 0; c < widths.size(); ++c) {
      if (widths[c] == 0) continue;
      std::string cell = valid_utf8(row[c]);
      std::replace_if(cell.begin(), cell.end(), [](char ch) { return static_cast<unsigned char>(ch) < 0x20; }, ' ');
      line += ' ' + cell + ' ';
      const size_t w = width(cell);
      if (w < widths[c]) line.append(widths[c] - w, ' ');
    }
    out.append(line, 0, line.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

std::string csv(const std::vector<Row>& rows) {
  std::string out;
  for (const Row& row : rows) csv_line(out, row);
  return out;
}

std::vector<Row> history_rows(const QueryAnswer& a) {
  std::vector<Row> rows{history_head};
  for (const HistoryDose& h : a.history) rows.push_back(history_row(a, h));
  return rows;
}

std::vector<Row> forecast_rows(const QueryAnswer& a) {
  std::vector<Row> rows{forecast_head};
  for (const ForecastItem& f : a.forecast) rows.push_back(forecast_row(a, f));
  return rows;
}

/// Without the column of the patient, where there is but one.
void drop_patient(const QueryAnswer& a, std::vector<Row>& rows) {
  if (a.patients.size() > 1) return;
  for (Row& row : rows) row[0].clear();
}

void add_evaluation(std::string& out, const Evaluation& e) {
  JsonObject o(out);
  o.text("series", e.series);
  o.text("group", e.group_code);
  o.text("series_name", e.series_name);
  o.text("schedule", e.schedule);
  o.text("dose_number", e.dose_number);
  o.text("dose_count", e.dose_count);
  o.text("validity", to_string(e.validity));
  o.text("reason", e.reason);
  o.text("status", e.status);
}

void add_timeline(std::string& out, const Timeline& t) {
  JsonObject o(out);
  o.text("origin", t.origin ? to_iso(t.origin) : std::string{});
  o.boolean("by_age", t.by_age);
  o.number("as_of", t.as_of);
  o.number("first", t.first);
  o.number("last", t.last);
  json_list(o.key("rows"), t.rows, [&](const TimelineRow& row) {
    JsonObject r(out);
    r.text("series", row.series);
    r.text("status", to_string(row.status));
    r.text("label", row.label);
    json_list(r.key("marks"), row.marks, [&](const TimelineMark& mark) {
      JsonObject m(out);
      m.text("kind", to_string(mark.kind));
      m.number("from", mark.from);
      m.number("to", mark.to);
      m.boolean("open", mark.open);
      m.number("dose", mark.dose);
      m.number("forecast", mark.forecast);
    });
  });
}

}  // namespace

std::string history_csv(const QueryAnswer& a) { return csv(history_rows(a)); }
std::string forecast_csv(const QueryAnswer& a) { return csv(forecast_rows(a)); }
std::string candidates_csv(const QueryAnswer& a) {
  return a.candidates.empty() ? std::string{} : csv(candidate_rows(a));
}

std::string query_answer_text(const QueryAnswer& a) {
  std::string out;
  if (a.patients.size() == 1) {
    out += fmt::format("Patient: {}", valid_utf8(a.patients[0].words));
    if (!a.patients[0].birth.text.empty()) out += fmt::format(", born {}", valid_utf8(a.patients[0].birth.text));
    if (!a.patients[0].registry_id.empty()) out += fmt::format(", id {}", valid_utf8(a.patients[0].registry_id));
    out += '\n';
  }
  if (!a.history.empty()) {
    auto rows = history_rows(a);
    drop_patient(a, rows);
    out += fmt::format("History: {}\n{}", counted(a.history.size(), "entry", "entries"), table_text(rows));
  }
  if (!a.forecast.empty()) {
    auto rows = forecast_rows(a);
    drop_patient(a, rows);
    out += fmt::format("Forecast, as the registry sent it: {}\n{}",
                       counted(a.forecast.size(), "vaccine group", "vaccine groups"), table_text(rows));
  }
  if (!a.statements.empty()) {
    out += "Without a dose:\n";
    for (const AnswerStatement& s : a.statements) out += fmt::format("  {}\n", valid_utf8(s.text));
  }
  if (!a.candidates.empty()) out += fmt::format("Candidates: {}\n{}", a.patients.size(), table_text(candidate_rows(a)));
  return out;
}

void add_query_answer(JsonObject& object, const Message& answer, const QueryAnswer& a, Offsets offsets) {
  const OffsetCounter count(answer.text(), offsets);
  std::string& out = object.key("patients");
  json_list(out, a.patients, [&](const AnswerPatient& p) {
    JsonObject o(out);
    o.text("name", p.name);
    o.text("words", p.words);
    o.text("born", p.birth.text);
    o.text("sex", p.sex);
    o.text("registry_id", p.registry_id);
    o.text("path", to_string(p.path));
    json_span(o, count, p.span);
  });
  json_list(object.key("history"), a.history, [&](const HistoryDose& h) {
    JsonObject o(out);
    o.number("patient", h.patient);
    o.number("order", h.order);
    o.text("kind", to_string(h.kind));
    o.text("given", h.given.text);
    o.text("age", h.age);
    o.text("vaccine", h.vaccine);
    o.text("cvx", h.cvx);
    o.text("lot", h.lot);
    o.text("manufacturer", h.manufacturer);
    o.text("source", h.source);
    o.text("completion", h.completion);
    o.text("refusal", h.refusal);
    o.text("series", h.series);
    o.text("dose", h.dose);
    o.text("validity", to_string(h.validity));
    o.text("says", h.says);
    json_list(o.key("evaluations"), h.evaluations, [&](const Evaluation& e) { add_evaluation(out, e); });
    o.text("path", to_string(h.path));
    json_span(o, count, h.span);
  });
  json_list(object.key("forecast"), a.forecast, [&](const ForecastItem& f) {
    JsonObject o(out);
    o.number("patient", f.patient);
    o.number("order", f.order);
    o.text("series", f.series);
    o.text("group", f.group_code);
    o.text("series_name", f.series_name);
    o.text("schedule", f.schedule);
    o.text("dose_number", f.dose_number);
    o.text("dose_count", f.dose_count);
    o.text("earliest", f.earliest.text);
    o.text("due", f.due.text);
    o.text("overdue", f.overdue.text);
    o.text("latest", f.latest.text);
    o.text("said", f.said);
    o.text("status", to_string(f.status));
    o.boolean("status_from_dates", f.status_from_dates);
    o.text("reason", f.reason);
    o.text("path", to_string(f.path));
    json_span(o, count, f.span);
  });
  json_list(object.key("statements"), a.statements, [&](const AnswerStatement& s) {
    JsonObject o(out);
    o.number("patient", s.patient);
    o.number("order", s.order);
    o.text("text", s.text);
    o.text("path", to_string(s.path));
    json_span(o, count, s.span);
  });
  json_list(object.key("candidates"), a.candidates, [&](const CandidateRow& r) {
    JsonObject o(out);
    o.text("label", r.label);
    o.text("asked", r.asked);
    o.boolean("differs", r.differs);
    json_list(o.key("cells"), r.cells, [&](const CandidateRow::Cell& c) {
      JsonObject cell(out);
      cell.text("text", c.text);
      cell.boolean("differs_from_query", c.differs_from_query);
      json_span(cell, count, c.span);
    });
  });
}

std::string with_query_answer(std::string json, const Message& answer, const QueryAnswer& a, Offsets offsets) {
  std::string more;
  {
    JsonObject object(more);
    add_query_answer(object, answer, a, offsets);
  }
  json.back() = ',';
  return json.append(more, 1);
}

std::string query_answer_json(const Message& answer, const QueryAnswer& a, Offsets offsets) {
  std::string out;
  {
    JsonObject o(out);
    o.boolean("is_answer", a.is_answer);
    o.text("profile", a.profile);
    o.text("query", a.query);
    o.text("status", a.status);
    o.text_or_null("as_of", a.as_of ? to_iso(a.as_of) : std::string{});
    o.text("schedule", a.schedule);
    o.number("carriers", a.carriers);
    add_query_answer(o, answer, a, offsets);
    o.key("timelines") += '[';
    for (uint32_t p = 0; p < a.patients.size(); ++p) {
      if (p > 0) out += ',';
      add_timeline(out, timeline(a, p));
    }
    out += ']';
  }
  return out;
}

}  // namespace iz
