// One answer in HL7 being judged: what the decision table asks of it, read once. Internal to interpret.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "core/outcome.h"
#include "core/report.h"

namespace iz {

/// The part of a message that an error is about, as far as the table tells parts apart.
enum class Region : uint8_t {
  none,       ///< no place is named
  header,     ///< MSH and the lines around a message
  patient,    ///< PID
  dose,       ///< ORC, RXA
  dose_part,  ///< RXR, OBX, NTE: beside the dose, in its group
  beside,     ///< NK1, PD1, PV1, IN1 and all others
  query       ///< QPD, RCP
};

/// What the table asks of one error, beside the ErrorReport of the same index.
struct Remark {
  TextFacts facts;      ///< of its text, of the text of ERR-3, and of the errors that follow from it
  uint32_t common = 0;  ///< the effects that it and all that follows from it have in common
  ErrSeverity severity = ErrSeverity::none;  ///< the worst of these, read from the text where ERR-4 is missing
  Region region = Region::none;
  Path path;  ///< in the sent message if it was found there, else as named; segment 0: none

  /// A place in the data: what makes an AR one for content.
  bool in_content() const { return region != Region::none && region != Region::header && region != Region::query; }
};

enum class MsaCode : uint8_t { empty, aa, ae, ar, ca, ce, cr, unknown };

/// One MSA with the errors that belong to it.
struct MsaGroup {
  uint32_t segment = 0;  ///< its index in the answer
  MsaCode code = MsaCode::empty;
  bool foreign = false;          ///< MSA-2 names another message than `sent`, and that of another MSA names `sent`
  std::vector<uint32_t> errors;  ///< indices in Outcome::errors
};

/// An answer and what is known around it. `out` is filled on the way.
struct Case {
  Case(const Catalogue&, const Message& answer, const Message* sent, const Report* report);

  const Catalogue& catalogue;
  const Message& answer;
  const Message* sent;  ///< nullptr: not known
  int family = -1;
  std::string_view type, event;  ///< MSH-9.1, MSH-9.2
  bool foreign = false;          ///< MSA-2 names another message than `sent`
  std::vector<MsaGroup> msas;
  std::vector<Remark> remarks;  ///< one for each of out.errors
  Outcome out;

  const ErrorReport& error(uint32_t i) const { return out.errors[i]; }
  const Remark& remark(uint32_t i) const { return remarks[i]; }
  /// The error that this one follows from, or itself.
  uint32_t root(uint32_t i) const { return out.errors[i].follows >= 0 ? uint32_t(out.errors[i].follows) : i; }
  void flag(std::string_view id, Span span = {});
  void step(std::string_view row);

 private:
  void read_header();
  void read_msas();
  void read_errors(const Report* report);
  void read_remark(uint32_t i);
};

/// MSH-10 or MSA-2 for comparing: the whole field as text, in upper case, without blanks around it. A delimiter in it may
/// stand as it is or escaped.
std::string read_control_id(const Message&, Element field);
/// That of the header; empty without one.
std::string read_control_id(const Message&);

/// Equal but for case.
bool same_word(std::string_view a, std::string_view b);

/// Rows D7 to D20: fills the case of an answer to a submission.
void judge_submission(Case&);
/// Rows Q1 to Q8.
void judge_query(Case&);
/// Quirks of header, MSA and ERR that are no contradictions of the outcome itself.
void flag_quirks(Case&);

}  // namespace iz
