// What is odd about an answer, beside the contradictions that its rows of the table find.
#include <algorithm>

#include "core/interpret_case.h"
#include "core/outcome_rows.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t ERR = segment_code("ERR"), QAK = segment_code("QAK");

void header_quirks(Case& c) {
  const Message& m = c.answer;
  const int s = m.find_segment("MSH");
  if (s != 0) return;
  const auto value = [&](uint32_t field, uint32_t component) { return trim_blanks(m.get("MSH", field, component)); };
  const auto at = [&](uint32_t field) { return m.span(m.field(0, field)); };
  const bool ack = same_word(c.type, "ACK"), rsp = same_word(c.type, "RSP");
  if (!ack && !rsp) {
    c.flag("message_type_odd", at(9));
    c.step("D4");
  } else if (ack && !same_word(value(9, 3), "ACK")) {
    c.flag("msh9_structure", at(9));
  } else if (rsp && !same_word(value(9, 3), "RSP_K11")) {
    c.flag("msh9_structure", at(9));
  }
  const std::string_view profile = value(21, 1);
  if (!rsp) {
    if (profile.empty()) {
      c.flag("msh21_missing", at(21));
    } else if (!same_word(profile, "Z23")) {
      c.flag("msh21_wrong", at(21));
    }
  }
  const std::string_view space = value(21, 2);
  if (!space.empty() && !same_word(space, "CDCPHINVS")) c.flag("msh21_wrong", at(21));
  for (const uint32_t field : {15U, 16U}) {
    const std::string_view wish = value(field, 1);
    if (!wish.empty() && !same_word(wish, "NE")) c.flag("receipt_asked", at(field));
  }
}

void msa_quirks(Case& c) {
  const Message& m = c.answer;
  if (c.msas.empty()) c.flag("no_msa");
  if (c.msas.size() > 1 && !c.out.query) c.flag("several_msa", m.span(m.field(c.msas[1].segment, 0)));
  for (const MsaGroup& msa : c.msas) {
    const auto at = [&](uint32_t field) { return m.span(m.field(msa.segment, field)); };
    if (msa.foreign) c.flag("msa_of_others", at(2));
    if (!m.present(m.field(msa.segment, 2))) c.flag("msa2_empty", at(2));
    if (m.present(m.field(msa.segment, 3))) c.flag("msa3_text", at(3));
    switch (msa.code) {
      case MsaCode::ca:
      case MsaCode::ce:
      case MsaCode::cr:
        c.flag("enhanced_mode", at(1));
        break;
      case MsaCode::empty:
      case MsaCode::unknown:
        c.flag("msa1_unknown", at(1));
        break;
      default:
        break;
    }
    const std::string_view code = m.value(m.field(msa.segment, 1));
    if (std::any_of(code.begin(), code.end(), [](char ch) { return ch >= 'a' && ch <= 'z'; }))
      c.flag("msa1_case", at(1));
  }
}

/// Contradictions between MSA-1 and the severities of one MSA's errors.
void code_against_errors(Case& c, const MsaGroup& msa) {
  int error = -1, warning = -1, info = -1, unknown = -1, count = 0;
  for (const uint32_t i : msa.errors) {
    const ErrorReport& e = c.error(i);
    if (e.err == ErrorReport::no_err) continue;
    ++count;
    int& first = e.severity == ErrSeverity::error     ? error
                 : e.severity == ErrSeverity::warning ? warning
                 : e.severity == ErrSeverity::info    ? info
                                                      : unknown;
    if (first < 0) first = int(i);
    const bool accepted = e.code == "0";
    if (accepted && e.severity == ErrSeverity::error) c.flag("code_0_with_error", e.span);
    if (accepted && e.severity == ErrSeverity::warning) c.flag("code_0_with_warning", e.span);
  }
  const auto span = [&](int i) { return c.error(uint32_t(i)).span; };
  if (unknown >= 0) c.flag("severity_missing", span(unknown));
  if (msa.code == MsaCode::aa) {
    if (error >= 0) c.flag("aa_with_error", span(error));
    if (warning >= 0) c.flag("aa_with_warning", span(warning));
  } else if (msa.code == MsaCode::ae && !c.out.query) {
    const Span at = c.answer.span(c.answer.field(msa.segment, 1));
    if (count == 0) c.flag("ae_without_err", at);
    if (info >= 0 && error < 0 && warning < 0 && unknown < 0) c.flag("ae_only_info", at);
  }
}

void err_quirks(Case& c) {
  const Message& m = c.answer;
  size_t count = 0;
  bool behind = false;
  const auto segments = m.segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    behind = behind || segments[s].name == QAK;
    if (segments[s].name != ERR) continue;
    ++count;
    const Span line{segments[s].begin, segments[s].end};
    if (behind) c.flag("err_misplaced", line);
    if (m.present(m.field(s, 1))) c.flag("err1_used", line);
    if (m.count(m.field(s, 2), Level::repetition) > 1) c.flag("erl_repeats", m.span(m.field(s, 2)));
    if (same_word(trim_blanks(m.value(m.field(s, 4))), "F")) c.flag("severity_fatal", m.span(m.field(s, 4)));
    if (m.empty(m.field(s, 8)) && m.present(m.field(s, 9))) c.flag("text_in_err9", m.span(m.field(s, 9)));
  }
  if (c.out.query && count > 1) c.flag("err_repeats");
  for (uint32_t i = 0; i < c.out.errors.size(); ++i) {
    const ErrorReport& e = c.error(i);
    if (!e.places.empty() && e.places[0].placed == Placed::repaired && !e.erl.empty()) c.flag("erl_repaired", e.span);
    if (e.code != "204") continue;
    const bool dose = !e.places.empty() && e.places[0].dose >= 0;
    const bool changes = dose && c.out.doses[size_t(e.places[0].dose)].action != 'A';
    if (changes && c.remark(i).region == Region::dose) c.flag("dose_not_found", e.span);
    if (c.remark(i).region == Region::dose_part || c.remark(i).region == Region::beside)
      c.flag("code_204_elsewhere", e.span);
  }
}

}  // namespace

void flag_quirks(Case& c) {
  header_quirks(c);
  msa_quirks(c);
  for (const MsaGroup& msa : c.msas) code_against_errors(c, msa);
  err_quirks(c);
}

}  // namespace iz
