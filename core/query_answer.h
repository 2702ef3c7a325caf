// What the answer to a query (RSP^K11) holds: patients, doses given with their evaluation, the forecast, the candidates
// side by side, and a timeline to draw.
//
// Everything is displayed as the answer says it; no schedule is computed. The only thing added is where a date lies to
// the as-of date, for a forecast whose status the answer does not state. An RXA with CVX 998 carries a forecast (or a
// statement such as immunity) and is no dose; an order group may carry several, told apart by OBX-4. What a registry
// sends under another profile than it should (a forecast under Z32, several patients, a history although MSA-1 is AE)
// is read all the same.
//
//     iz::QueryAnswer a = iz::read_query_answer(catalogue, answer, report, &query);
//     a.history[0].vaccine, a.forecast[0].due, a.candidates[0].differs
//     iz::Timeline t = iz::timeline(a, 0);
//
// Implementation Guide Release 1.5, chapter 7 (Z31, Z32, Z33) and 8 (Z42), appendix A table NIP003 (OBX-3).
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/summary.h"

namespace iz {

/// Whether the registry counts a dose (OBX 59781-5). `partly`: a combination vaccine, for some of its groups.
enum class Validity : uint8_t { not_stated, valid, not_valid, partly };
/// What is to be done about a series. `complete`, `not_due` (aged out, immune, contraindicated, declined) and mostly
/// `overdue` come from the status in the answer (OBX 59783-1), the others from where its dates lie to the as-of date.
enum class DueStatus : uint8_t { not_stated, overdue, due_now, later, complete, not_due };

std::string_view to_string(Validity);   ///< "valid", "not_valid", "partly", ""
std::string_view to_string(DueStatus);  ///< "overdue", "due_now", "later", "complete", "not_due", ""
std::string_view label(Validity);       ///< "Valid", "Not valid", "Partly valid", ""
std::string_view label(DueStatus);      ///< "Overdue", "Due now", "Later", "Complete", "Not due", ""

/// A day as sent: `date` when it is one to the day, `text` in any case (2026-02-18; what stands there when it is none).
struct StatedDay {
  Date date;
  std::string text;
  Span span;
};

/// One patient of the answer (PID).
struct AnswerPatient {
  std::string name;         ///< "Juniper Wren Oakhart"
  std::string words;        ///< "Juniper Wren Oakhart, girl, 1 year 6 days"
  StatedDay birth;          ///< PID-7
  std::string sex;          ///< in words: "Female"
  std::string registry_id;  ///< PID-3 of type SR, else the first one: "SI-4471902"
  Path path;
  Span span;  ///< the PID line
};

/// What the registry says of a dose for one vaccine group: a combination vaccine has one for each.
struct Evaluation {
  std::string series;       ///< the vaccine group in words (OBX 30956-7, 38890-0, 30979-9): "Hep B"
  std::string group_code;   ///< its CVX; empty when none is sent
  std::string series_name;  ///< OBX 59780-7
  std::string schedule;     ///< OBX 59779-9 in words: "ACIP"
  std::string dose_number;  ///< OBX 30973-2 as sent
  std::string dose_count;   ///< doses in the series, OBX 59782-3 as sent
  Validity validity = Validity::not_stated;
  std::string reason;  ///< OBX 30982-3
  std::string status;  ///< OBX 59783-1 in words
  Span span;           ///< from its first OBX to its last
};

/// One dose of the history: an RXA that is no carrier of a forecast.
struct HistoryDose {
  uint32_t patient = 0;  ///< index in QueryAnswer::patients
  uint32_t order = 1;    ///< n-th ORC/RXA group of the message, from 1
  DoseKind kind = DoseKind::unknown;
  StatedDay given;      ///< RXA-3
  int age_days = -1;    ///< -1: not known
  std::string age;      ///< short: "1 d", "2 mo", "4 y"; empty when not known
  std::string vaccine;  ///< "MMR"
  std::string cvx;      ///< RXA-5 code of the coding system CVX
  std::string lot;
  std::string manufacturer;                  ///< MVX code or what is sent
  std::string source;                        ///< RXA-9 in words
  std::string completion;                    ///< RXA-20 as sent; empty counts as complete
  std::string refusal;                       ///< RXA-18 in words
  std::vector<Evaluation> evaluations;       ///< in the order sent; empty: the answer does not evaluate
  std::vector<std::string> groups;           ///< vaccine groups in words: as evaluated, else by CDC\'s table
  std::string series;                        ///< for one cell: "Hep B", "4 series"
  std::string dose;                          ///< for one cell: "1 of 3", "1"; empty with several series
  Validity validity = Validity::not_stated;  ///< of all evaluations together
  std::string says;  ///< for one cell: the reason, "Counts for DTaP, Hib, Polio", "Series complete"
  Path path;         ///< its RXA
  Span span;         ///< of its order group
};

/// One line of the forecast: what is due next of one vaccine group.
struct ForecastItem {
  uint32_t patient = 0;
  uint32_t order = 1;       ///< the order group that carries it
  std::string series;       ///< the vaccine group in words: "MMR"
  std::string group_code;   ///< its CVX
  std::string series_name;  ///< OBX 59780-7
  std::string schedule;
  std::string dose_number, dose_count;       ///< as sent
  StatedDay earliest, due, overdue, latest;  ///< OBX 30981-5, 30980-7, 59778-1, 59777-3
  std::string said;                          ///< the status as the answer says it (OBX 59783-1): "Past Due"
  DueStatus status = DueStatus::not_stated;
  bool status_from_dates = false;  ///< the answer states no status that we know: from its dates and the as-of date
  std::string reason;              ///< OBX 30982-3
  Path path;                       ///< its first OBX
  Span span;                       ///< from its first OBX to its last
};

/// A statement without a dose: immunity, a contraindication.
struct AnswerStatement {
  uint32_t patient = 0;
  uint32_t order = 1;
  std::string text;  ///< "Evidence of immunity: varicella (history of disease)"
  Path path;
  Span span;
};

/// One element compared over the patients of the answer and the query.
struct CandidateRow {
  std::string label;  ///< "Name", "Born", "Sex", "Mother's maiden name", "Address", "Phone", "Registry id", "Other ids"
  std::string asked;  ///< what the query says (QPD); empty when it says nothing or is not known
  struct Cell {
    std::string text;
    bool differs_from_query = false;  ///< both say something, and not the same
    Span span;                        ///< in the answer's text
  };
  std::vector<Cell> cells;  ///< one for each patient
  bool differs = false;     ///< the patients do not all say the same
};

struct QueryAnswer {
  bool is_answer = false;  ///< an RSP, or something with QAK or QPD
  std::string profile;     ///< MSH-21 as sent: "Z42"
  std::string query;       ///< QPD-1, else QAK-3: "Z44"
  std::string status;      ///< QAK-2 as sent: "OK"
  Date as_of;              ///< the day that statuses from dates were made for
  std::string schedule;    ///< the schedules named, each once: "ACIP"
  std::vector<AnswerPatient> patients;
  std::vector<HistoryDose> history;         ///< in the order sent
  std::vector<ForecastItem> forecast;       ///< in the order sent
  std::vector<AnswerStatement> statements;  ///< in the order sent
  std::vector<CandidateRow> candidates;     ///< with several patients, or under Z31
  uint32_t carriers = 0;                    ///< RXA that carry a forecast and are no dose
};

/// Reads the answer. The query is the one given, else the QPD that the answer repeats. `report` gives the as-of date;
/// without one the day of the message is used. Never fails; of something that is no answer, `is_answer` is false.
QueryAnswer read_query_answer(const Catalogue&, const Message& answer, const Report& report,
                              const Message* query = nullptr);

/// What one mark of the timeline stands for. The first four are points, the others bars.
enum class MarkKind : uint8_t {
  given,      ///< not evaluated
  valid,      ///< given, valid
  not_valid,  ///< given, not valid
  not_given,  ///< refused or not given
  wait,       ///< may be given, not yet due: from earliest to due
  window,     ///< due until overdue (or until the latest day, or open)
  overdue     ///< from the day it became overdue to the as-of date
};
std::string_view to_string(MarkKind);

struct TimelineMark {
  MarkKind kind = MarkKind::given;
  int64_t from = 0, to = 0;  ///< days on the axis; equal for a point
  bool open = false;         ///< a bar whose end the answer does not state
  int dose = -1;             ///< index in QueryAnswer::history
  int forecast = -1;         ///< index in QueryAnswer::forecast
};

/// One vaccine group.
struct TimelineRow {
  std::string series;
  std::vector<TimelineMark> marks;  ///< points by day, then bars
  DueStatus status = DueStatus::not_stated;
  std::string label;  ///< "Dose 3 overdue since 2026-01-11", "Dose 1 due now", "Dose 4 due 2026-05-11", "complete"
};

/// The doses and the forecast of one patient on an axis of days.
struct Timeline {
  Date origin;                    ///< day 0: birth, else the first day of the answer
  bool by_age = false;            ///< the axis counts from birth
  int64_t as_of = 0;              ///< the as-of date on the axis
  int64_t first = 0, last = 0;    ///< all marks and the as-of date lie between
  std::vector<TimelineRow> rows;  ///< in the order of the first mark, groups with history first
};
Timeline timeline(const QueryAnswer&, uint32_t patient);

/// A day of the axis as an age: "Birth", "3 mo", "1 y"; "1 y 3 mo".
std::string axis_label(int64_t days);

/// The tables as CSV (RFC 4180, comma, CRLF, header line, UTF-8). A cell that a spreadsheet would run as a formula
/// begins with an apostrophe.
std::string history_csv(const QueryAnswer&);
std::string forecast_csv(const QueryAnswer&);
std::string candidates_csv(const QueryAnswer&);

/// The tables as text for a terminal: patient, history, forecast, candidates; empty when there is none of them.
std::string query_answer_text(const QueryAnswer&);
/// Adds `patients`, `history`, `forecast`, `statements`, `candidates` to a JSON object, each a list that may be empty:
/// `history` [{"patient","order","kind","given","age","vaccine","cvx","lot","manufacturer","source","completion",
/// "refusal","series","dose","validity","says","evaluations":[{"series","group","series_name","schedule","dose_number",
/// "dose_count","validity","reason","status"}],"path","begin","end"}], `forecast` [{"patient","order","series","group",
/// "series_name","schedule","dose_number","dose_count","earliest","due","overdue","latest","said","status",
/// "status_from_dates","reason","path","begin","end"}], `candidates` [{"label","asked","differs","cells":[{"text",
/// "differs_from_query","begin","end"}]}].
void add_query_answer(JsonObject& object, const Message& answer, const QueryAnswer&, Offsets = Offsets::bytes);
/// A JSON object that has been written, with these lists added.
std::string with_query_answer(std::string json, const Message& answer, const QueryAnswer&, Offsets = Offsets::bytes);
/// `{"is_answer","profile","query","status","as_of","schedule","carriers",...}` with the lists of `add_query_answer` and
/// `timelines`, one for each patient: {"origin","by_age","as_of","first","last","rows":[{"series","status","label",
/// "marks":[{"kind","from","to","open","dose","forecast"}]}]}.
std::string query_answer_json(const Message& answer, const QueryAnswer&, Offsets = Offsets::bytes);

}  // namespace iz
