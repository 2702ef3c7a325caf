// The acknowledgment that a registry would send, and the answer to a query with an error.
#include <fmt/format.h>

#include <algorithm>

#include "core/elements.h"
#include "core/predict_parts.h"
#include "core/words.h"

namespace iz {
namespace {

const Delimiters usual;

struct AnswerCodes {
  std::string_view code, name;                          ///< table 0357
  std::string_view application, application_name = {};  ///< table 0533
};

AnswerCodes codes_of(Cause cause) {
  switch (cause) {
    case Cause::missing:
      return {"101", "Required field missing", ""};
    case Cause::observation:
      return {"101", "Required field missing", "6", "Required observation missing"};
    case Cause::illegal_date:
      return {"101", "Required field missing", "1", "Illogical Date error"};
    case Cause::bad_date:
      return {"102", "Data type error", "2", "Invalid Date"};
    case Cause::bad_value:
    case Cause::statement:
      return {"102", "Data type error", "4", "Invalid value"};
    case Cause::not_in_table:
      return {"103", "Table value not found", "5", "Table value not found"};
    case Cause::not_supported:
    case Cause::too_many:
      return {"999", "Application error", ""};
    case Cause::out_of_order:
    case Cause::lower_case:
    case Cause::no_segment:
    case Cause::unreadable:
      return {"100", "Segment sequence error", ""};
    case Cause::message_type:
      return {"200", "Unsupported message type", ""};
    case Cause::event:
      return {"201", "Unsupported event code", ""};
    case Cause::processing:
      return {"202", "Unsupported processing ID", ""};
    case Cause::version:
      return {"203", "Unsupported version ID", ""};
  }
  return {"999", "Application error", ""};
}

/// "PID-5", "RXA".
std::string field_name(const Path& path) {
  std::string out = segment_name(path.segment);
  if (path.field > 0) out += fmt::format("-{}", path.field);
  if (path.component > 0) out += fmt::format(".{}", path.component);
  return out;
}

class Writer {
 public:
  Writer(const Catalogue& catalogue, const Message& sent, const Report& report, const PredictOptions& options,
         Prediction& p)
      : catalogue_(catalogue), sent_(sent), report_(report), options_(options), p_(p) {}

  void write(std::vector<CascadeFault>& faults) {
    const bool refused =
        p_.outcome.happened == Happened::rejected_technical || p_.outcome.happened == Happened::query_rejected;
    const bool response = p_.outcome.happened == Happened::query_error;
    header(response);
    segment({"MSA", std::string(acknowledgment_code(faults, refused)), control_id()});
    bool first = true;
    for (CascadeFault& f : faults) {
      // RSP^K11 has room for one ERR (Addendum, table 8-2).
      if (!f.reported || (response && !first) || left_out(f)) continue;
      first = false;
      error(f);
    }
    if (response) echo_query();
  }

 private:
  /// What the local profile says of a fault; empty where it says nothing.
  std::string_view local(const CascadeFault& f, LocalKey key) const {
    return f.fault.finding < 0 ? std::string_view()
                               : local_says(catalogue_, report_.findings[size_t(f.fault.finding)], key);
  }

  /// E where something is lost beside a value, or where the registry says that it is an error.
  ErrSeverity severity_of(const CascadeFault& f) const {
    const bool own = f.fault.finding >= 0 && report_.findings[size_t(f.fault.finding)].layer == Layer::local &&
                     report_.findings[size_t(f.fault.finding)].severity == Severity::error;
    return own || f.fault.fate >= Fate::segment_dropped ? ErrSeverity::error : ErrSeverity::warning;
  }

  /// Some registries tell errors only.
  bool left_out(const CascadeFault& f) const {
    return catalogue_.answers_list_errors && severity_of(f) != ErrSeverity::error;
  }

  /// AA without faults, and where only data that the guide does not support were ignored (appendix B, example 5).
  std::string_view acknowledgment_code(const std::vector<CascadeFault>& faults, bool refused) const {
    if (refused) return "AR";
    const bool clean = std::all_of(faults.begin(), faults.end(), [&](const CascadeFault& f) {
      return !f.reported || f.cause == Cause::not_supported || left_out(f);
    });
    return clean ? "AA" : "AE";
  }

  /// MSH-10 of the message as a text: delimiters that stand in it are no delimiters.
  std::string control_id() const {
    const int header = sent_.find_segment("MSH");
    if (header < 0) return {};
    const Element field = sent_.field(static_cast<uint32_t>(header), 10);
    return escape(unescape(trim_blanks(sent_.value(field)), sent_.delimiters()), usual);
  }

  std::string value(std::string_view segment, uint32_t field, uint32_t component = 1) const {
    const std::string text = unescape(trim_blanks(sent_.get(segment, field, component)), sent_.delimiters());
    return escape(text, usual);
  }

  /// An HD of the message as far as it can be repeated without fault: its name, else its OID.
  std::string party(uint32_t field) const {
    std::string name = value("MSH", field, 1);
    if (!name.empty() && name != "\"\"") return name;
    const std::string id = value("MSH", field, 2);
    return is_format(id, NamedFormat::oid) ? fmt::format("^{}^ISO", id) : std::string{};
  }

  static bool is_full(std::string_view time) {
    const auto t = parse_time(time);
    return t && t->precision >= Precision::second && t->has_zone;
  }

  std::string time() const {
    if (is_full(options_.time)) return options_.time;
    if (std::string sent = value("MSH", 7); is_full(sent)) return sent;
    const Date day = report_.as_of ? report_.as_of : Date{1970, 1, 1};
    return fmt::format("{:04}{:02}{:02}000000+0000", day.year, day.month, day.day);
  }

  void header(bool response) {
    std::string mode = value("MSH", 11);
    if (mode != "T" && mode != "D") mode = "P";
    const std::string_view type = response ? "RSP^K11^RSP_K11" : p_.outcome.query ? "ACK^Q11^ACK" : "ACK^V04^ACK";
    const std::string id = options_.control_id.empty() ? "PREDICTED" : escape(options_.control_id, usual);
    segment({"MSH",    "^~\\&",  party(5),
             party(6), party(3), party(4),
             time(),   "",       std::string(type),
             id,       mode,     "2.5.1",
             "",       "",       "NE",
             "NE",     "",       "",
             "",       "",       response ? "Z33^CDCPHINVS" : "Z23^CDCPHINVS"});
  }

  void segment(const std::vector<std::string>& fields) {
    size_t used = fields.size();
    while (used > 0 && fields[used - 1].empty()) --used;
    for (size_t i = 0; i < used; ++i) {
      if (i > 0) p_.ack += '|';
      p_.ack += fields[i];
    }
    p_.ack += '\r';
  }

  /// Whether the registry has words of its own for a fault.
  bool says_itself(const CascadeFault& f) const {
    if (!local(f, LocalKey::message).empty()) return true;
    const int16_t index = f.fault.finding < 0 ? int16_t{-1} : report_.findings[size_t(f.fault.finding)].local;
    return index >= 0 && catalogue_.local[size_t(index)].kind == LocalKind::added;
  }

  /// Why it is reported.
  std::string cause_words(const CascadeFault& f) const {
    const Path& path = f.fault.path;
    const std::string place = field_name(path);
    std::string name = place;
    if (path.field > 0) {
      const std::string_view words = find_place(catalogue_, sent_, report_.profile, path, f.segment).name();
      if (!words.empty()) name = fmt::format("{} ({})", words, place);
    }
    std::string out;
    switch (f.cause) {
      case Cause::missing:
      case Cause::no_segment:
        out = name + " is required";
        break;
      case Cause::illegal_date:
        out = name + " lies after today";
        break;
      case Cause::bad_date:
        out = name + " is no date that can be read";
        break;
      case Cause::bad_value:
        out = name + " has a value that is not allowed there";
        break;
      case Cause::not_in_table:
        out = name + " has a code that is not in its table";
        break;
      case Cause::statement:
        out = fmt::format("{} does not keep to {}", name, f.statement);
        break;
      case Cause::observation:
        out = fmt::format("{} asks for an observation that is missing", f.statement);
        break;
      case Cause::not_supported:
        out = name + " is not supported";
        break;
      case Cause::too_many:
        out = name + " is there too often";
        break;
      case Cause::out_of_order:
        out = name + " is not in its place";
        break;
      case Cause::lower_case:
        out = name + " is written in lower case";
        break;
      case Cause::unreadable:
        out = "A line is no segment and was passed over";
        break;
      case Cause::message_type:
      case Cause::event:
      case Cause::processing:
      case Cause::version:
        out = name + " asks for what is not supported here";
        break;
    }
    return out;
  }

  /// What happened to the place, without any value of the message: an answer travels and is filed elsewhere.
  std::string text(const CascadeFault& f) const {
    std::string out;
    if (says_itself(f)) {
      out = general_sentence(catalogue_, sent_, report_, report_.findings[size_t(f.fault.finding)]);
      if (f.fault.fate == Fate::kept) return out;
      if (out.ends_with('.')) out.pop_back();
    } else {
      out = cause_words(f);
    }
    switch (f.fault.fate) {
      case Fate::kept:
        return out;
      case Fate::value_dropped:
        return out + (f.cause == Cause::not_supported ? ", it was passed over" : ". The value was not stored");
      case Fate::segment_dropped:
        return fmt::format("{}. {} was not stored", out,
                           f.segment < 0 ? "The segment" : segment_name(sent_.segments()[size_t(f.segment)].name));
      case Fate::group_dropped:
        return fmt::format("{}. Entry {} was not stored", out, f.fault.dose + 1);
      case Fate::message_rejected:
      case Fate::message_refused:
        return out + ". The message was rejected";
    }
    return out;
  }

  void error(CascadeFault& f) {
    AnswerCodes codes = codes_of(f.cause);
    std::string name, application_name;
    const auto take = [&](LocalKey key, CodeTable table, std::string_view& code, std::string_view& words,
                          std::string& keep) {
      const std::string_view own = local(f, key);
      if (own.empty()) return;
      code = own;
      if (const auto known = catalogue_.error_codes.words(table, code)) keep = known->name;
      words = keep;
    };
    if (!local(f, LocalKey::err3).empty()) codes.application = {};  // it goes with the guide's ERR-3
    take(LocalKey::err3, CodeTable::error_code, codes.code, codes.name, name);
    take(LocalKey::err5, CodeTable::application_error, codes.application, codes.application_name, application_name);
    const std::string code = escape(local(f, LocalKey::code), usual);
    ErrorReport e;
    e.err = uint32_t(p_.outcome.errors.size());
    e.severity = severity_of(f);
    e.local_code = local(f, LocalKey::code);
    e.erl = f.erl.segment != 0 ? to_erl(f.erl) : std::string{};
    e.code = codes.code;
    e.code_text = codes.name;
    e.application_code = codes.application;
    e.text = text(f);
    e.seen = f.fault.finding >= 0 ? Seen::same_fault : Seen::unknown;
    e.finding = f.fault.finding;
    e.says_missing = f.cause == Cause::missing;
    if (f.erl.segment != 0) {
      const Location at = f.segment >= 0 ? locate(sent_, f.erl, uint32_t(f.segment)) : Location{};
      e.places.push_back({f.erl, f.segment >= 0 ? at.span : f.fault.span, f.fault.dose,
                          f.segment >= 0 ? Placed::exact : Placed::absent,
                          f.segment >= 0 && sent_.present(at.element)});
    }
    e.span.begin = uint32_t(p_.ack.size());
    std::string application = codes.application.empty()
                                  ? std::string{}
                                  : fmt::format("{}^{}^HL70533", codes.application, codes.application_name);
    if (!code.empty()) application += fmt::format("{}{}^^L", application.empty() ? "^^^" : "^", code);
    segment({"ERR", "", e.erl, fmt::format("{}^{}^HL70357", codes.code, codes.name), std::string(to_string(e.severity)),
             std::move(application), "", "", escape(e.text, usual)});
    e.span.end = uint32_t(p_.ack.size()) - 1;
    f.fault.error = int(p_.outcome.errors.size());
    p_.outcome.errors.push_back(std::move(e));
  }

  /// QAK with the query's tag and name, and the QPD itself (R1.5 table 10-3).
  void echo_query() {
    const int qpd = sent_.find_segment("QPD");
    const auto raw = [&](uint32_t field) {
      return qpd < 0 ? std::string{} : with_usual_delimiters(sent_.field(uint32_t(qpd), field));
    };
    segment({"QAK", raw(2), "AE", raw(1)});
    if (qpd < 0) return;
    std::vector<std::string> fields{"QPD"};
    for (uint32_t n = 1; n <= sent_.segments()[size_t(qpd)].field_count; ++n) fields.push_back(raw(n));
    segment(fields);
  }

  /// A field as it would be written with the usual delimiters.
  std::string with_usual_delimiters(Element e) const {
    std::string out;
    for (uint32_t i = e.first; i < e.last; ++i) {
      const Node& node = sent_.nodes()[i];
      if (i > e.first)
        out += node.starts == Level::repetition  ? usual.repetition
               : node.starts == Level::component ? usual.component
                                                 : usual.subcomponent;
      const std::string_view text = sent_.text().substr(node.begin, node.end - node.begin);
      out += sent_.delimiters() == usual ? std::string(text) : escape(unescape(text, sent_.delimiters()), usual);
    }
    return out;
  }

  const Catalogue& catalogue_;
  const Message& sent_;
  const Report& report_;
  const PredictOptions& options_;
  Prediction& p_;
};

}  // namespace

std::pair<std::string_view, std::string_view> usual_answer_codes(const Catalogue& catalogue, const Rule& rule) {
  const auto cause = cause_of_engine(catalogue, static_cast<int>(&rule - catalogue.rules.data()));
  if (!cause && rule.kind != Kind::statement) return {};
  const AnswerCodes codes = codes_of(cause ? *cause : Cause::statement);
  return {codes.code, codes.application};
}

void write_acknowledgment(const Catalogue& catalogue, const Message& sent, const Report& report,
                          const PredictOptions& options, std::vector<CascadeFault>& faults, Prediction& p) {
  Writer(catalogue, sent, report, options, p).write(faults);
}

}  // namespace iz
