#include "core/error_reports.h"

#include <algorithm>

#include "core/error_locations.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t MSA = segment_code("MSA"), ERR = segment_code("ERR");
constexpr size_t kMostOld = 1000;  // repetitions of one ERR-1

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }
bool has_letter(std::string_view text) { return std::any_of(text.begin(), text.end(), is_letter); }

/// One line: control characters and runs of blanks become one blank.
std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7f';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Letters in upper case, everything else left out: "TableValueNotFound" and "Table value not found" are one.
std::string letters(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_letter(c)) out += is_upper(c) ? c : char(c - 'a' + 'A');
  return out;
}

/// The code of table 0533 by its name, where a registry writes the name for the code.
std::string_view application_code_by_name(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> names[] = {
      {"ILLOGICALDATEERROR", "1"},  {"ILLOGICALDATE", "1"},
      {"INVALIDDATE", "2"},         {"ILLOGICALVALUEERROR", "3"},
      {"ILLOGICALVALUE", "3"},      {"INVALIDVALUE", "4"},
      {"TABLEVALUENOTFOUND", "5"},  {"REQUIREDOBSERVATIONMISSING", "6"},
      {"REQUIREDDATAMISSING", "7"}, {"DATAWASIGNORED", "8"}};
  const std::string plain = letters(name);
  for (const auto& [key, code] : names)
    if (plain == key) return code;
  return {};
}

/// A code that a registry puts into its texts: `IEE-519::...`, `[W.207.23] ...`, `... WEBIZ-501 ...`, `(DQA0314)`.
std::string code_in_text(std::string_view text) {
  text = text.substr(0, 500);
  const auto is_code = [](char c) { return is_upper(c) || is_digit(c) || c == '-' || c == '.'; };
  const auto good = [](std::string_view code) {
    return is_upper(code[0]) && std::any_of(code.begin(), code.end(), is_digit) && is_digit(code.back());
  };
  for (size_t i = 0; i < text.size();) {
    if (!is_upper(text[i]) || (i > 0 && (is_letter(text[i - 1]) || is_digit(text[i - 1]) || text[i - 1] == '-'))) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && is_code(text[end])) ++end;
    const std::string_view code = text.substr(i, end - i);
    const std::string_view rest = text.substr(end);
    const bool in_brackets = i > 0 && text[i - 1] == '[' && rest.starts_with("]") &&
                             code.find_first_of("-.") != std::string_view::npos && places_in_text(code).empty();
    const bool in_front = i == 0 && rest.starts_with("::");
    bool known = false;
    for (const std::string_view prefix : {"DQA", "MQE", "WEBIZ-", "IEE-"}) known = known || code.starts_with(prefix);
    if (code.size() >= 4 && good(code) && (in_brackets || in_front || known)) return std::string(code);
    i = end;
  }
  return {};
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (is_upper(c)) c = char(c - 'A' + 'a');
  return out;
}

/// Whether an error claims that a value is missing. Its words decide; where they say nothing, its codes.
bool claims_missing(const ErrorReport& e) {
  const auto missing = [](std::string_view text) {
    // "Inaccurate or missing" claims neither.
    if (contains_any(text, {"or missing", "missing or", "/missing", "missing/"})) return false;
    return contains_any(
        text, {"missing", "is required", "required field", "required segment", "required data", "required observation",
               "not valued", "no value was", "no value entered", "no value found", "is empty", "is blank",
               "not provided", "not supplied", "not sent", "must be valued", "must be provided", "must not be empty"});
  };
  const std::string text = lower(std::string_view(e.text).substr(0, 2000)), code_text = lower(e.code_text);
  if (missing(text)) return true;
  if (e.code != "101" && !(e.code == "100" && missing(code_text))) return false;
  if (!code_text.empty() && !missing(code_text)) return false;
  const bool of_a_value = !e.application_code.empty() && e.application_code[0] >= '1' && e.application_code[0] <= '5';
  return !of_a_value && !contains_any(text, {"duplicate", "future", "invalid", "not valid", "recogni", "not found",
                                             "illogical", "not supported", "ignored"});
}

/// Reads the errors of one answer.
class Reader {
 public:
  explicit Reader(const Message& answer) : m_(answer) {}

  std::vector<ErrorReport> read() {
    const auto segments = m_.segments();
    for (uint32_t s = 0; s < segments.size(); ++s) {
      if (segments[s].name == MSA) {
        close_msa();
        msa_ = int(s);
        first_ = out_.size();
        ++msas_;
      } else if (segments[s].name == ERR) {
        error(s);
      }
    }
    close_msa();
    return std::move(out_);
  }

 private:
  Element repetition(uint32_t s, uint32_t field, uint32_t r = 1) const { return m_.repetition(s, field, r); }
  std::string plain(Element e) const { return one_line(unescape(m_.value(e), m_.delimiters())); }
  std::string part(Element whole, uint32_t n) const { return plain(m_.component(whole, n)); }
  std::string field(uint32_t s, uint32_t n) const { return plain(m_.field(s, n)); }

  /// What the last MSA says goes to those of its ERRs that have no text, else into an entry of its own.
  void close_msa() {
    if (msa_ < 0) return;
    const auto s = uint32_t(msa_);
    ErrorReport report;
    report.text = field(s, 3);
    uint32_t from = 3;
    // The code belongs into MSA-6; some write it two fields earlier.
    for (const uint32_t n : {6u, 5u, 4u}) {
      const Element e = repetition(s, n);
      if (m_.count(e, Level::component) < 2) continue;
      report.code = part(e, 1);
      report.code_text = part(e, 2);
      if (report.text.empty()) from = n;
      break;
    }
    const std::string& said = report.text;
    bool taken = false;
    for (size_t i = first_; i < out_.size(); ++i) {
      ErrorReport& error = out_[i];
      if (error.text.empty() && !said.empty()) {
        error.text = said;
        if (error.local_code.empty()) error.local_code = code_in_text(said);
        error.says_missing = claims_missing(error);
      }
      taken = taken || (!said.empty() && error.text == said);
    }
    if (taken || (said.empty() && report.code.empty() && report.code_text.empty())) return;
    report.err = ErrorReport::no_err;
    report.msa = msas_ - 1;
    report.span = m_.span(m_.field(s, from));
    report.local_code = code_in_text(said);
    report.says_missing = claims_missing(report);
    out_.insert(out_.begin() + std::ptrdiff_t(first_), std::move(report));
  }

  static ErrSeverity severity(std::string_view code) {
    if (code.size() != 1) return ErrSeverity::none;
    switch (code[0]) {
      case 'E':
      case 'e':
      case 'F':
      case 'f':
        return ErrSeverity::error;
      case 'W':
      case 'w':
        return ErrSeverity::warning;
      case 'I':
      case 'i':
        return ErrSeverity::info;
      default:
        return ErrSeverity::none;
    }
  }

  void error(uint32_t s) {
    ErrorReport report;
    report.span = {m_.segments()[s].begin, m_.segments()[s].end};
    report.err = errs_++;
    report.msa = msas_ > 0 ? msas_ - 1 : 0;
    report.severity = severity(field(s, 4));
    error_code(s, report);
    application_code(s, report);
    report.text = text(s);
    const Element erl = m_.field(s, 2);
    if (m_.present(erl)) report.erl = trim_blanks(m_.value(erl));
    if (report.erl.empty() && m_.present(m_.field(s, 1))) {
      old_errors(s, report);
    } else {
      finish(std::move(report));
    }
  }

  void finish(ErrorReport report) {
    if (report.text.empty()) report.text = report_text_;
    if (report.local_code.empty()) report.local_code = code_in_text(report.text);
    report.says_missing = claims_missing(report);
    out_.push_back(std::move(report));
  }

  /// ERR-3: the triplet of table 0357, else the first that has a code.
  void error_code(uint32_t s, ErrorReport& report) const {
    const Element e = repetition(s, 3);
    const auto is_0357 = [&](uint32_t first) {
      return part(e, first + 2).find("0357") != std::string::npos && !part(e, first).empty();
    };
    const uint32_t first = !is_0357(1) && (is_0357(4) || part(e, 1).empty()) && !part(e, 4).empty() ? 4 : 1;
    report.code = part(e, first);
    report.code_text = part(e, first + 1);
  }

  /// ERR-5: table 0533 and the registry's own code, in either triplet; the words of both for want of a text.
  void application_code(uint32_t s, ErrorReport& report) {
    std::string own, standard;
    const uint32_t repetitions = std::min(m_.count(m_.field(s, 5), Level::repetition), 4u);
    for (uint32_t r = 1; r <= repetitions; ++r) {
      const Element e = repetition(s, 5, r);
      for (const uint32_t first : {1u, 4u}) {
        const std::string code = part(e, first), words = part(e, first + 1), system = part(e, first + 2);
        const bool is_0533 = system.find("0533") != std::string::npos;
        const bool number = code.size() == 1 && is_digit(code[0]);
        if (number && (is_0533 || system.empty())) {
          if (report.application_code.empty()) report.application_code = code;
          if (standard.empty()) standard = words;
          continue;
        }
        if (own.empty()) own = words;
        if (code.empty()) continue;
        if (report.local_code.empty()) report.local_code = code;
        if (report.application_code.empty()) report.application_code = application_code_by_name(code);
      }
    }
    report_text_ = own.empty() ? standard : own;
  }

  /// ERR-8, then ERR-9, then ERR-7. A bare separator cuts the text in ERR-8: it goes on in the fields after it.
  std::string text(uint32_t s) const {
    const uint32_t last = m_.segments()[s].field_count;
    const auto is_code = [&](uint32_t n) {  // ERR-9 and ERR-10 as the standard has them
      const std::string value = field(s, n);
      return value.size() <= 4 &&
             std::none_of(value.begin(), value.end(), [](char c) { return c == ' ' || is_lower(c); });
    };
    for (const uint32_t n : {8u, 9u}) {
      if (n > last || !m_.present(m_.field(s, n))) continue;
      if (n == 9 && is_code(n)) continue;
      uint32_t end = n;
      while (end + 1 <= last && m_.present(m_.field(s, end + 1)) && !is_code(end + 1)) ++end;
      const Span from = m_.span(m_.field(s, n)), to = m_.span(m_.field(s, end));
      return one_line(unescape(m_.value(Span{from.begin, to.end}), m_.delimiters()));
    }
    return field(s, 7);
  }

  /// ERR-1 of versions before 2.5: `segment^sequence^field^code&text&system`, one error for each repetition.
  void old_errors(uint32_t s, const ErrorReport& whole) {
    const Element field_one = m_.field(s, 1);
    const bool several = m_.count(field_one, Level::repetition) > 1;
    size_t left = kMostOld;
    for (uint32_t node = field_one.first; node < field_one.last && left > 0;) {
      const Element one{node, m_.part_end(node, field_one.last, Level::repetition)};
      node = one.last;
      if (!m_.present(one)) continue;
      --left;
      ErrorReport report = whole;
      if (several) report.span = m_.span(one);
      const Element first = m_.component(one, 1), third = m_.component(one, 3);
      const Element last = third ? third : m_.component(one, m_.count(one, Level::component));
      report.erl = trim_blanks(m_.value(Span{m_.span(first).begin, m_.span(last).end}));
      const Element code = m_.component(one, 4);
      const auto sub = [&](uint32_t n) { return plain(m_.subcomponent(code, n)); };
      const std::string id = sub(1), system = sub(3);
      std::string words = sub(2);
      if (const std::string more = sub(5); !more.empty() && more != words) append(words, more, ": ");
      const bool is_0357 = system.find("0357") != std::string::npos || (system.empty() && all_digits(id));
      if (report.code.empty() && is_0357) {
        report.code = id;
        report.code_text = sub(2);
      } else if (report.local_code.empty() && !id.empty() && !is_0357) {
        report.local_code = id;
      }
      if (report.text.empty()) report.text = words;
      // A sentence in the place of the location is a text.
      if (named_places(report.erl, m_.delimiters()).empty() && has_letter(report.erl)) {
        if (report.text.empty()) report.text = plain(one);
        report.erl.clear();
      }
      finish(std::move(report));
    }
  }

  const Message& m_;
  std::vector<ErrorReport> out_;
  int msa_ = -1;             // the segment of the last MSA
  uint32_t msas_ = 0;        // how many so far
  uint32_t errs_ = 0;        // how many ERR so far
  size_t first_ = 0;         // first entry of the last MSA
  std::string report_text_;  // words of ERR-5 of the ERR being read
};

}  // namespace

std::vector<ErrorReport> read_errors(const Message& answer) { return Reader(answer).read(); }

}  // namespace iz
