#include "core/query_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "core/query_parts.h"
#include "core/segment_words.h"
#include "core/vaccine_groups.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t MSH = segment_code("MSH"), PID = segment_code("PID"), ORC = segment_code("ORC"),
                   RXA = segment_code("RXA"), OBX = segment_code("OBX"), QAK = segment_code("QAK"),
                   QPD = segment_code("QPD");

/// "1 d", "2 mo", "4 y": the unit that a nurse would use at that age.
std::string short_age(Date birth, Date on) {
  const int64_t days = day_number(on) - day_number(birth);
  if (!birth || !on || days < 0) return {};
  const int months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day ? 1 : 0);
  if (months < 1) return fmt::format("{} d", days);
  return months < 24 ? fmt::format("{} mo", months) : fmt::format("{} y", months / 12);
}

/// "Advisory Committee on Immunization Practices (ACIP) Schedule" -> "ACIP".
std::string short_schedule(std::string words) {
  const size_t open = words.find('('), close = words.find(')', open == std::string::npos ? 0 : open);
  if (open != std::string::npos && close != std::string::npos) return words.substr(open + 1, close - open - 1);
  return words;
}

Validity validity_of(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  for (const std::string_view yes : {"Y", "YES", "VALID", "TRUE"})
    if (text == yes) return Validity::valid;
  for (const std::string_view no : {"N", "NO", "NOT VALID", "INVALID", "FALSE"})
    if (text == no) return Validity::not_valid;
  return Validity::not_stated;
}

/// Texts in the order in which they first came, each once.
class Texts {
 public:
  void add(const std::string& text) {
    if (!text.empty() && seen_.insert(text).second) list_.push_back(text);
  }
  bool empty() const { return list_.empty(); }
  std::string joined(std::string_view separator = ", ") const {
    std::string out;
    for (const std::string& text : list_) append(out, text, separator);
    return out;
  }
  std::vector<std::string> take() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
  std::unordered_set<std::string> seen_;
};

class Reader {
 public:
  Reader(const Catalogue& catalogue, const Message& message, const Report& report)
      : catalogue_(catalogue),
        message_(message),
        report_(report),
        decoder_(catalogue, message, report, Decoder::Style::brief) {
    out_.as_of = decoder_.day();
  }

  QueryAnswer read(const Message* query) {
    const auto segments = message_.segments();
    int msh = -1, qak = -1, qpd = -1;
    for (uint32_t s = 0; s < segments.size(); ++s) {
      const uint32_t name = segments[s].name;
      if (name == MSH && msh < 0) msh = int(s);
      if (name == QAK && qak < 0) qak = int(s);
      if (name == QPD && qpd < 0) qpd = int(s);
      if (name == PID) {
        close_group(s);
        add_patient(s);
      } else if (name == ORC || (name == RXA && rxa_ >= 0) || (name == RXA && !in_order_)) {
        close_group(s);
        first_ = s;
        in_order_ = true;
        ++order_;
      }
      if (name == RXA) rxa_ = int(s);
      if (name == OBX) obx_.push_back(s);
    }
    close_group(uint32_t(segments.size()));
    header(msh, qak, qpd);
    out_.schedule = schedules_.joined();
    const int asked_qpd = query ? query->find_segment("QPD") : -1;
    if (pids_.size() > 1 || (out_.profile == "Z31" && !pids_.empty()))
      out_.candidates = asked_qpd >= 0 ? compare_patients(catalogue_, message_, report_, pids_, *query, asked_qpd)
                                       : compare_patients(catalogue_, message_, report_, pids_, message_, qpd);
    return std::move(out_);
  }

 private:
  std::string text(int segment, uint32_t field, uint32_t component = 1) const {
    return segment < 0 ? std::string{} : decoder_.text(uint32_t(segment), field, component);
  }

  void header(int msh, int qak, int qpd) {
    out_.profile = text(msh, 21);
    out_.query = text(qpd, 1).empty() ? text(qak, 3) : text(qpd, 1);
    out_.status = text(qak, 2);
    const std::string type = text(msh, 9);
    out_.is_answer = type == "RSP" || (type != "QBP" && (qak >= 0 || qpd >= 0));
  }

  /// A day at a field, as sent.
  StatedDay day(uint32_t segment, uint32_t field) const {
    StatedDay d;
    d.span = message_.span(message_.repetition(segment, field, 1));
    const auto time = decoder_.time(segment, field);
    d.text = decoder_.text(segment, field);
    if (!time) return d;
    if (time->precision >= Precision::day) d.date = time->date;
    Time shown = *time;
    shown.precision = std::min(shown.precision, Precision::day);
    shown.has_zone = false;
    d.text = to_iso(shown);
    return d;
  }
  StatedDay day(const Item& item, Question q) const {
    const int s = item.obx[size_t(q)];
    return s < 0 ? StatedDay{} : day(uint32_t(s), 5);
  }
  std::string answer_text(const Item& item, Question q) const { return text(item.obx[size_t(q)], 5); }
  /// A coded answer in words; a plain one as it stands.
  std::string answer_words(const Item& item, Question q) const {
    const int s = item.obx[size_t(q)];
    if (s < 0) return {};
    std::string words = text(s, 5, 2);
    if (words.empty()) words = decoder_.coded(uint32_t(s), 5);
    return words.empty() ? text(s, 5) : words;
  }

  void add_patient(uint32_t s) {
    pids_.push_back(s);
    AnswerPatient p;
    p.name = decoder_.name(s, 5);
    p.birth = day(s, 7);
    p.words = person_words(p.name, decoder_.text(s, 8), p.birth.date, decoder_.day());
    p.sex = decoder_.coded(s, 8);
    const Element field = message_.field(s, 3);
    std::string first_id;
    for (uint32_t at = field.first; at < field.last;) {
      const Element id{at, message_.part_end(at, field.last, Level::repetition)};
      at = id.last;
      const auto part = [&](uint32_t n) {
        return unescape(trim_blanks(message_.value(message_.component(id, n))), message_.delimiters());
      };
      if (first_id.empty()) first_id = part(1);
      if (p.registry_id.empty() && part(5) == "SR") p.registry_id = part(1);
    }
    if (p.registry_id.empty()) p.registry_id = std::move(first_id);
    const Segment& segment = message_.segments()[s];
    p.path = {PID, segment.occurrence, 0, 0, 0, 0};
    p.span = {segment.begin, segment.end};
    out_.patients.push_back(std::move(p));
  }

  /// The vaccine group that an item names, and its CVX.
  void name_series(const Item& item, std::string& series, std::string& code, std::string& series_name) const {
    series_name = answer_words(item, Question::series_name);
    for (const Question q : {Question::component, Question::group, Question::due_next}) {
      const int s = item.obx[size_t(q)];
      if (s < 0) continue;
      // The code may stand in the second triplet.
      const uint32_t first = text(s, 5, 6) == "CVX" && text(s, 5, 3) != "CVX" ? 4 : 1;
      code = text(s, 5, first);
      series = group_words(code);
      if (series.empty()) series = sentence_case(text(s, 5, first + 1));
      if (series.empty()) series = code;
      if (!series.empty()) return;
    }
    series = series_name;
  }

  /// A vaccine or group code as the name of its group, or of itself when it is in several.
  std::string group_words(std::string_view code) const {
    const auto groups = vaccine_groups(catalogue_, code);
    return vaccine_group_name(catalogue_, groups.size() == 1 ? std::string_view(groups[0]) : code);
  }

  std::string schedule_of(const Item& item) {
    const int s = item.obx[size_t(Question::schedule)];
    if (s < 0) return {};
    std::string words = decoder_.coded(uint32_t(s), 5);
    words = short_schedule(words.empty() ? text(s, 5) : std::move(words));
    schedules_.add(words);
    return words;
  }

  void dose_numbers(const Item& item, std::string& number, std::string& count) const {
    number = answer_text(item, Question::dose_number);
    count = answer_text(item, Question::dose_count);
    // Some write "2 of 5" as the status.
    const std::string status = answer_text(item, Question::status);
    const size_t of = status.find(" of ");
    if (of == std::string::npos || !is_set_id(status.substr(0, of)) || !is_set_id(status.substr(of + 4))) return;
    if (number.empty()) number = status.substr(0, of);
    if (count.empty()) count = status.substr(of + 4);
  }

  Span item_span(const Item& item) const {
    return {message_.segments()[item.first].begin, message_.segments()[item.last].end};
  }

  bool is_forecast(const Item& item, bool no_vaccine) const {
    for (const Question q :
         {Question::due_next, Question::due, Question::earliest, Question::overdue, Question::latest})
      if (item.has(q)) return true;
    return no_vaccine && (item.has(Question::group) || item.has(Question::component) ||
                          item.has(Question::series_name) || item.has(Question::status));
  }

  /// Ends the order group that ends before segment `end`.
  void close_group(uint32_t end) {
    const uint32_t patient = out_.patients.empty() ? 0 : uint32_t(out_.patients.size() - 1);
    const bool no_vaccine =
        rxa_ < 0 || text(rxa_, 5) == "998" || (text(rxa_, 5, 4) == "998" && text(rxa_, 5, 6) == "CVX");
    std::vector<Evaluation> evaluations;
    const size_t forecasts = out_.forecast.size(), statements = out_.statements.size();
    for (const Item& item : observation_items(decoder_, message_, obx_)) {
      if (is_forecast(item, no_vaccine && rxa_ >= 0))
        add_forecast(item, patient);
      else
        add_evaluation(item, evaluations);
    }
    for (const uint32_t s : obx_)
      if (question_of(message_, s) == Question::statement) add_statement(s, patient);
    if (rxa_ >= 0) {
      const bool has_forecast = out_.forecast.size() > forecasts;
      // A forecast may be carried by an entry for a vaccine that was not given.
      const bool carrier = has_forecast && (no_vaccine || text(rxa_, 20) == "NA");
      if (carrier)
        ++out_.carriers;
      else if (!no_vaccine)
        add_dose({first_, end, rxa_}, patient, std::move(evaluations));
      else if (out_.statements.size() == statements)
        add_statement(uint32_t(rxa_), patient);
    }
    obx_.clear();
    rxa_ = -1;
    in_order_ = false;
  }

  void add_statement(uint32_t s, uint32_t patient) {
    const Segment& segment = message_.segments()[s];
    out_.statements.push_back({patient,
                               in_order_ ? order_ : 0,
                               sentence_case(segment_words(decoder_, message_, s)),
                               {segment.name, segment.occurrence, 0, 0, 0, 0},
                               {segment.begin, segment.end}});
  }

  void add_forecast(const Item& item, uint32_t patient) {
    ForecastItem f;
    f.patient = patient;
    f.order = in_order_ ? order_ : 0;
    name_series(item, f.series, f.group_code, f.series_name);
    if (f.series.empty()) f.series = "Vaccine not named";
    f.schedule = schedule_of(item);
    dose_numbers(item, f.dose_number, f.dose_count);
    f.earliest = day(item, Question::earliest);
    f.due = day(item, Question::due);
    f.overdue = day(item, Question::overdue);
    f.latest = day(item, Question::latest);
    f.said = answer_words(item, Question::status);
    f.status = stated_status(answer_text(item, Question::status), f.said);
    if (f.status == DueStatus::not_stated) {
      f.status = status_from_dates(f);
      f.status_from_dates = f.status != DueStatus::not_stated;
    }
    f.reason = answer_words(item, Question::reason);
    f.path = {OBX, message_.segments()[item.first].occurrence, 0, 0, 0, 0};
    f.span = item_span(item);
    out_.forecast.push_back(std::move(f));
  }

  DueStatus status_from_dates(const ForecastItem& f) const {
    const Date today = out_.as_of;
    if (!today) return DueStatus::not_stated;
    const Date due = f.due.date ? f.due.date : f.earliest.date;
    if (f.latest.date && f.latest.date < today) return DueStatus::not_due;
    if (f.overdue.date && f.overdue.date <= today) return DueStatus::overdue;
    if (due) return due <= today ? DueStatus::due_now : DueStatus::later;
    return f.overdue.date ? DueStatus::later : DueStatus::not_stated;
  }

  /// Items that only name a vaccine (for a VIS, say) evaluate nothing.
  void add_evaluation(const Item& item, std::vector<Evaluation>& evaluations) {
    bool evaluates = false;
    for (const Question q : {Question::series_name, Question::schedule, Question::dose_number, Question::dose_count,
                             Question::validity, Question::reason, Question::status})
      evaluates = evaluates || item.has(q);
    if (!evaluates) return;
    Evaluation e;
    name_series(item, e.series, e.group_code, e.series_name);
    e.schedule = schedule_of(item);
    dose_numbers(item, e.dose_number, e.dose_count);
    e.validity = validity_of(answer_text(item, Question::validity));
    e.reason = answer_words(item, Question::reason);
    e.status = answer_words(item, Question::status);
    e.span = item_span(item);
    evaluations.push_back(std::move(e));
  }

  void add_dose(const OrderGroup& group, uint32_t patient, std::vector<Evaluation> evaluations) {
    const auto rxa = uint32_t(group.rxa);
    const Dose dose = describe_dose(decoder_, message_, group);
    HistoryDose h;
    h.patient = patient;
    h.order = order_;
    h.kind = dose.kind;
    h.given = day(rxa, 3);
    h.vaccine = sentence_case(dose.vaccine);
    for (const uint32_t first : {1u, 4u}) {
      const std::string system = text(group.rxa, 5, first + 2);
      if (h.cvx.empty() && (system == "CVX" || system == "HL70292")) h.cvx = text(group.rxa, 5, first);
    }
    h.lot = dose.lot;
    h.manufacturer = text(group.rxa, 17);
    h.source = decoder_.coded(rxa, 9);
    h.completion = text(group.rxa, 20);
    h.refusal = decoder_.coded(rxa, 18);
    const Date birth = patient < out_.patients.size() ? out_.patients[patient].birth.date : Date{};
    if (birth && h.given.date && birth <= h.given.date) {
      h.age_days = int(day_number(h.given.date) - day_number(birth));
      h.age = short_age(birth, h.given.date);
    }
    h.evaluations = std::move(evaluations);
    h.path = dose.path;
    h.span = dose.span;
    summarize_evaluations(h);
    out_.history.push_back(std::move(h));
  }

  /// What the evaluations come to, for one row of the table.
  void summarize_evaluations(HistoryDose& h) const {
    Texts groups, valid, not_valid, reasons;
    bool complete = false;
    for (const Evaluation& e : h.evaluations) {
      groups.add(e.series);
      if (e.validity == Validity::valid) valid.add(e.series);
      if (e.validity == Validity::not_valid) not_valid.add(e.series);
      reasons.add(e.reason);
      complete = complete || stated_status({}, e.status) == DueStatus::complete;
      if (h.validity == Validity::not_stated)
        h.validity = e.validity;
      else if (e.validity != Validity::not_stated && e.validity != h.validity)
        h.validity = Validity::partly;
    }
    h.groups = groups.take();
    const bool several = h.groups.size() > 1;
    if (several) {
      h.series = fmt::format("{} series", h.groups.size());
    } else if (!h.evaluations.empty()) {
      const Evaluation& e = h.evaluations.front();
      h.series = e.series;
      h.dose = e.dose_number;
      // A number of doses that is not known is sent as 0.
      if (!h.dose.empty() && !e.dose_count.empty() && e.dose_count != "0") h.dose += " of " + e.dose_count;
    }
    if (h.validity == Validity::partly) h.says = "Not valid for " + not_valid.joined();
    append(h.says, reasons.joined("; "), ": ");
    if (several && !valid.empty())
      append(h.says, (h.says.empty() ? "Counts for " : "counts for ") + valid.joined(), "; ");
    if (complete) append(h.says, h.says.empty() ? "Series complete" : "series complete", "; ");
    if (!h.groups.empty()) return;
    for (const std::string& code : vaccine_groups(catalogue_, h.cvx)) groups.add(vaccine_group_name(catalogue_, code));
    if (groups.empty()) groups.add(h.vaccine);
    h.groups = groups.take();
  }

  const Catalogue& catalogue_;
  const Message& message_;
  const Report& report_;
  Decoder decoder_;
  QueryAnswer out_;
  std::vector<uint32_t> pids_;
  Texts schedules_;
  // The order group being read.
  bool in_order_ = false;
  uint32_t order_ = 0, first_ = 0;
  int rxa_ = -1;
  std::vector<uint32_t> obx_;
};

}  // namespace

std::string_view to_string(Validity v) {
  constexpr std::string_view names[] = {"", "valid", "not_valid", "partly"};
  return names[size_t(v)];
}

std::string_view label(Validity v) {
  constexpr std::string_view words[] = {"", "Valid", "Not valid", "Partly valid"};
  return words[size_t(v)];
}

std::string_view to_string(DueStatus s) {
  constexpr std::string_view names[] = {"", "overdue", "due_now", "later", "complete", "not_due"};
  return names[size_t(s)];
}

std::string_view label(DueStatus s) {
  constexpr std::string_view words[] = {"", "Overdue", "Due now", "Later", "Complete", "Not due"};
  return words[size_t(s)];
}

QueryAnswer read_query_answer(const Catalogue& catalogue, const Message& answer, const Report& report,
                              const Message* query) {
  return Reader(catalogue, answer, report).read(query);
}

}  // namespace iz
