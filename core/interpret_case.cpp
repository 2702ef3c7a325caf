#include "core/interpret_case.h"

#include <algorithm>

#include "core/error_locations.h"
#include "core/error_places.h"
#include "core/error_reports.h"
#include "core/outcome_rows.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t MSA = segment_code("MSA"), MSH = segment_code("MSH"), PID = segment_code("PID"),
                   ORC = segment_code("ORC"), RXA = segment_code("RXA"), RXR = segment_code("RXR"),
                   OBX = segment_code("OBX"), NTE = segment_code("NTE"), QPD = segment_code("QPD"),
                   RCP = segment_code("RCP");

Region region_of(uint32_t segment) {
  if (segment == 0) return Region::none;
  if (segment == MSH || segment == segment_code("BHS") || segment == segment_code("FHS")) return Region::header;
  if (segment == PID) return Region::patient;
  if (segment == ORC || segment == RXA) return Region::dose;
  if (segment == RXR || segment == OBX || segment == NTE) return Region::dose_part;
  if (segment == QPD || segment == RCP) return Region::query;
  if (segment == MSA || segment == segment_code("ERR")) return Region::none;  // of the answer itself
  return Region::beside;
}

MsaCode read_code(std::string_view text) {
  static constexpr std::pair<std::string_view, MsaCode> codes[] = {{"AA", MsaCode::aa}, {"AE", MsaCode::ae},
                                                                   {"AR", MsaCode::ar}, {"CA", MsaCode::ca},
                                                                   {"CE", MsaCode::ce}, {"CR", MsaCode::cr}};
  if (text.empty()) return MsaCode::empty;
  for (const auto& [name, code] : codes)
    if (same_word(text, name)) return code;
  return MsaCode::unknown;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return upper(x) == upper(y); });
}

std::string read_control_id(const Message& m, Element field) {
  std::string out(trim_blanks(unescape(trim_blanks(m.value(field)), m.delimiters())));
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
  return out;
}

std::string read_control_id(const Message& m) {
  const int header = m.find_segment("MSH");
  return header < 0 ? std::string{} : read_control_id(m, m.field(uint32_t(header), 10));
}

Case::Case(const Catalogue& c, const Message& a, const Message* s, const Report* report)
    : catalogue(c), answer(a), sent(s) {
  out.paired = sent != nullptr;
  if (sent) out.doses = dose_outcomes(catalogue, *sent);
  read_header();
  read_msas();
  read_errors(report);
}

void Case::flag(std::string_view id, Span span) {
  const FlagText* text = find_flag(id);
  const auto same = [&](const Flag& f) { return f.id == id; };
  if (text && std::none_of(out.flags.begin(), out.flags.end(), same)) out.flags.push_back({text->id, span});
}

void Case::step(std::string_view row) {
  const auto same = [&](const Reason& r) { return r.row == row; };
  if (std::none_of(out.reasons.begin(), out.reasons.end(), same)) out.reasons.push_back(reason(row));
}

void Case::read_header() {
  const auto value = [&](uint32_t field, uint32_t component) {
    return trim_blanks(answer.get("MSH", field, component));
  };
  type = value(9, 1);
  event = value(9, 2);
  family = catalogue.phrases.family(value(3, 1), value(4, 1));
  const auto sent_type = sent ? trim_blanks(sent->get("MSH", 9, 1)) : std::string_view{};
  const bool sent_query = same_word(sent_type, "QBP") || same_word(sent_type, "VXQ");
  const bool is_rsp = same_word(type, "RSP") || (same_word(type, "ACK") && same_word(event, "Q11"));
  out.query = is_rsp || sent_query || answer.find_segment("QAK") >= 0;
  if (sent_query && !is_rsp && answer.find_segment("QAK") < 0) flag("sent_is_query");
}

void Case::read_msas() {
  const auto segments = answer.segments();
  bool matching = false, differing = false;
  const std::string control_id = sent ? read_control_id(*sent) : std::string{};
  for (uint32_t s = 0; s < segments.size(); ++s) {
    if (segments[s].name != MSA) continue;
    const std::string_view code = trim_blanks(answer.value(answer.component(answer.repetition(s, 1, 1), 1)));
    msas.push_back({.segment = s, .code = read_code(code), .foreign = false, .errors = {}});
    const std::string id = read_control_id(answer, answer.field(s, 2));
    if (id.empty() || control_id.empty()) continue;
    msas.back().foreign = id != control_id;
    (msas.back().foreign ? differing : matching) = true;
    const int header = sent->find_segment("MSH");
    if (id == control_id && unescape(answer.value(answer.field(s, 2)), answer.delimiters()) !=
                                unescape(sent->value(sent->field(uint32_t(header), 10)), sent->delimiters()))
      flag("msa2_case", answer.span(answer.field(s, 2)));
  }
  foreign = differing && !matching;
  if (foreign)
    for (MsaGroup& msa : msas) msa.foreign = false;  // none of them is about `sent`
}

void Case::read_errors(const Report* report) {
  out.errors = iz::read_errors(answer);
  if (out.errors.empty()) return;
  if (sent && !foreign) place_errors(catalogue, *sent, out.doses, answer.delimiters(), out.errors);
  for (ErrorReport& e : out.errors)
    if (e.msa < msas.size() && msas[e.msa].foreign) e.places.clear();
  fold_errors(answer.delimiters(), out.errors);
  if (sent && !foreign && report) compare_errors(*report, out.errors);
  remarks.resize(out.errors.size());
  for (uint32_t i = 0; i < out.errors.size(); ++i) {
    read_remark(i);
    if (const uint32_t cause = root(i); cause < i) {  // what follows from an error is said of it, too
      Remark& r = remarks[cause];
      r.facts.effects |= remarks[i].facts.effects;
      r.common &= remarks[i].facts.effects;
      r.severity = std::max(r.severity, remarks[i].severity);
    }
    const uint32_t m = out.errors[i].msa;
    if (m < msas.size()) msas[m].errors.push_back(i);
  }
}

void Case::read_remark(uint32_t i) {
  const ErrorReport& e = out.errors[i];
  Remark& r = remarks[i];
  r.facts = catalogue.phrases.read(e.text, family);
  if (!e.code_text.empty() && e.code_text != e.text)
    r.facts.effects |= catalogue.phrases.read(e.code_text, family).effects;
  // "Rejected" and no more, as the text of MSA-3, is said of the message.
  std::string_view text = trim_blanks(e.text);
  if (text.ends_with('.') || text.ends_with('!')) text.remove_suffix(1);
  if (e.err == ErrorReport::no_err && same_word(text, "rejected"))
    r.facts.effects |= 1U << static_cast<unsigned>(Effect::message_rejected);
  r.common = r.facts.effects;
  r.severity = e.severity;
  if (e.severity == ErrSeverity::none && r.facts.of >= 0 && r.facts.added == r.facts.of) r.severity = ErrSeverity::info;
  if (!e.places.empty()) {
    r.path = e.places[0].path;
  } else if (const auto named = named_places(e.erl, answer.delimiters()); !named.empty()) {
    r.path = named[0].path;
  } else if (const auto told = places_in_text(e.text); !told.empty()) {
    r.path = told[0];
  }
  r.region = region_of(r.path.segment);
}

}  // namespace iz
