// Rows Q1 to Q8: the answer to a query. What is in it counts before what its codes say.
#include "core/interpret_case.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t PID = segment_code("PID"), RXA = segment_code("RXA");

enum class QueryProfile : uint8_t { none, z31, z32, z33, z42, other };

struct Judge {
  explicit Judge(Case& judged) : c(judged), m(judged.answer) {
    const auto segments = m.segments();
    for (uint32_t s = 0; s < segments.size(); ++s) {
      // A PID without id and name is no patient.
      if (segments[s].name == PID && (m.present(m.field(s, 3)) || m.present(m.field(s, 5)))) ++patients;
      if (segments[s].name == RXA) ++doses;
    }
    status = trim_blanks(m.get("QAK", 2));
    const std::string_view id = trim_blanks(m.get("MSH", 21, 1));
    profile = id.empty()             ? QueryProfile::none
              : same_word(id, "Z31") ? QueryProfile::z31
              : same_word(id, "Z32") ? QueryProfile::z32
              : same_word(id, "Z33") ? QueryProfile::z33
              : same_word(id, "Z42") ? QueryProfile::z42
                                     : QueryProfile::other;
    query = trim_blanks(m.get("QPD", 1, 1));
    if (query.empty() && c.sent) query = trim_blanks(c.sent->get("QPD", 1, 1));
    for (uint32_t i = 0; i < c.remarks.size(); ++i)
      if (c.remarks[i].severity == ErrSeverity::error && error < 0) error = int(i);
  }

  void run() {
    c.out.stored = Stored::none;
    c.out.resend = Resend::none;
    if (patients > 0) {
      with_patients();
    } else if (!by_status()) {
      by_code();
    }
    flags();
  }

  void set(std::string_view row, Happened happened, Confidence confidence) {
    c.out.happened = happened;
    c.out.confidence = confidence;
    c.step(row);
    if (happened == Happened::query_error || happened == Happened::query_rejected)
      c.out.main_error = error >= 0 ? error : c.out.errors.empty() ? -1 : 0;
  }
  void differs(std::string_view flag) {
    c.step("Q8");
    c.flag(flag);
    c.out.confidence = std::max(c.out.confidence, Confidence::likely);
  }
  bool is(std::string_view code) const { return same_word(status, code); }

  /// Q1, Q2.
  void with_patients() {
    const bool history = profile == QueryProfile::z32 || profile == QueryProfile::z42;
    if (patients > 1) {
      set("Q2", Happened::candidates, Confidence::certain);
      if (profile != QueryProfile::z31 && profile != QueryProfile::none) differs("query_profile_differs");
    } else if (doses > 0) {
      set("Q1", Happened::match, Confidence::certain);
      if (!history && profile != QueryProfile::none) differs("query_profile_differs");
    } else if (profile == QueryProfile::z31) {
      set("Q2", Happened::candidates, Confidence::certain);
    } else if (history) {
      set("Q1", Happened::match, Confidence::certain);
    } else if (profile == QueryProfile::z33 && (is("NF") || is("TM") || is("PD"))) {
      by_status();  // the patient is the one asked for, repeated
      differs("query_profile_differs");
      c.out.confidence = Confidence::guess;
    } else {
      set("Q1", Happened::match, Confidence::guess);
      if (profile != QueryProfile::none) differs("query_profile_differs");
      c.out.confidence = Confidence::guess;
    }
    const bool denied = is("NF") || is("TM") || is("PD");
    const bool found = c.out.happened == Happened::match || c.out.happened == Happened::candidates;
    if (found && denied) differs("qak_contradicts");
  }

  /// Q3, Q4, Q5: no patient, and QAK-2 says why. Counts before MSA-1 and ERR.
  bool by_status() {
    if (is("NF")) {
      set("Q3", Happened::not_found, Confidence::certain);
    } else if (is("TM")) {
      set("Q4", Happened::too_many, Confidence::certain);
    } else if (is("PD")) {
      set("Q5", Happened::protected_, Confidence::certain);
      c.flag("pd_in_old_version");
    } else {
      return false;
    }
    if (profile != QueryProfile::z33 && profile != QueryProfile::none && patients == 0)
      differs("query_profile_differs");
    return true;
  }

  /// Q6, Q7, and what is left.
  void by_code() {
    const MsaCode code = c.msas.empty() ? MsaCode::empty : c.msas[0].code;
    if (is("AE")) return set("Q6", Happened::query_error, Confidence::certain);
    if (is("AR")) return set("Q7", Happened::query_rejected, Confidence::certain);
    if (code == MsaCode::ae || code == MsaCode::ce) return set("Q6", Happened::query_error, Confidence::certain);
    if (code == MsaCode::ar || code == MsaCode::cr) return set("Q7", Happened::query_rejected, Confidence::certain);
    if (error >= 0) return set("Q6", Happened::query_error, Confidence::likely);
    if (doses > 0) {
      set("Q1", Happened::match, Confidence::guess);
      return differs("qak_contradicts");
    }
    for (const Remark& r : c.remarks) {
      if (r.facts.has(Effect::too_many)) return set("Q4", Happened::too_many, Confidence::likely);
      if (r.facts.has(Effect::not_found)) return set("Q3", Happened::not_found, Confidence::likely);
    }
    const bool response = m.find_segment("QAK") >= 0 || m.find_segment("QPD") >= 0 || same_word(c.type, "RSP");
    if (!response) {
      c.out.confidence = Confidence::guess;
      return c.step("D6");
    }
    set("Q3", Happened::not_found, Confidence::guess);
    if (is("OK")) differs("qak_contradicts");
    c.out.confidence = Confidence::guess;
  }

  void flags() const {
    const MsaCode code = c.msas.empty() ? MsaCode::empty : c.msas[0].code;
    const bool error_told = code == MsaCode::ae || code == MsaCode::ar || is("AE") || is("AR");
    if (c.out.happened == Happened::match && error_told) c.flag("history_despite_error");
    if (profile == QueryProfile::z32 && same_word(query, "Z44")) c.flag("z32_for_z44");
    const std::string_view tag = c.sent ? trim_blanks(c.sent->get("QPD", 2)) : trim_blanks(m.get("QPD", 2));
    const std::string_view told = trim_blanks(m.get("QAK", 1));
    if (!tag.empty() && !told.empty() && !same_word(tag, told)) c.flag("qak1_differs");
  }

  Case& c;
  const Message& m;
  size_t patients = 0, doses = 0;
  std::string_view status, query;
  QueryProfile profile = QueryProfile::none;
  int error = -1;  ///< the first of severity E
};

}  // namespace

void judge_query(Case& c) { Judge(c).run(); }

}  // namespace iz
