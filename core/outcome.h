// What an answer (ACK, RSP, SOAP fault, anything that came back) means: what happened, whether each dose was stored,
// whether to send again, who acts, how sure we are, and which reasoning led there.
//
// An Outcome is data; its sentences are made by `core/outcome_words.h` when somebody reads them. Content decides over
// MSA-1: contradictions and quirks are flags, never failures.
//
// HL7 v2.5.1 chapter 2.14 (MSA, ERR); Implementation Guide Release 1.5 chapters 3, 6, 7, 11, Addendum 2015. The rows
// of reasoning (D1-D20, Q1-Q8) are described in core/README.md.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/path.h"
#include "core/rule.h"

namespace iz {

/// What happened. The first group answers a submission (VXU) or anything, the second a query (QBP).
enum class Happened : uint8_t {
  accepted,
  accepted_with_info,
  accepted_with_warnings,
  accepted_with_loss,  ///< every dose stored, a segment or field beside them was dropped
  accepted_pending,    ///< received, not stored yet
  partial,             ///< some doses stored
  rejected_data,
  rejected_technical,
  auth_failure,
  system_failure,
  wrong_message,  ///< the answer belongs to another message
  not_an_ack,
  undetermined,
  match,
  candidates,
  not_found,
  too_many,
  protected_,  ///< written "protected"
  query_error,
  query_rejected,
  count
};
/// Of a dose, or of all doses together. `none` (written "n/a"): nothing was to be stored, as in a query.
enum class Stored : uint8_t { yes, no, partly, not_yet, unknown, none };
enum class Resend : uint8_t { no, after_fix, optional_after_fix, same_later, unknown, none };
enum class Confidence : uint8_t { certain, likely, guess };
/// How an error's place in the sent message was found. `exact`: a conforming ERL that points at an occurrence that
/// exists; `repaired`: rewritten, with one possible reading; `guessed`: one reading chosen by text, cascade or count in
/// the group; `ambiguous`: several readings are left; `absent`: that segment or occurrence is not in the message.
enum class Placed : uint8_t { exact, repaired, guessed, ambiguous, absent };

std::string_view to_string(Happened);  ///< "accepted_with_loss"
std::string_view to_string(Stored);
std::string_view to_string(Resend);
std::string_view to_string(Confidence);
std::string_view to_string(Placed);

/// One place in the sent message that an error speaks of.
struct ErrorPlace {
  Path path;      ///< message-wide occurrence; field, repetition, component 0 where the error names none
  Span span;      ///< bytes of the sent text; empty for something absent: where it would stand
  int dose = -1;  ///< index in Outcome::doses of the order group it lies in; -1: none
  Placed placed = Placed::exact;
  bool value_present = false;  ///< something stands there
};

/// Severity of an ERR as received (ERR-4, table 0516): F counts as error, anything unknown as none.
enum class ErrSeverity : uint8_t { none, info, warning, error };
std::string_view to_string(ErrSeverity);  ///< "E", "W", "I", ""

/// What our own check of the sent message says at the place of an error.
enum class Seen : uint8_t { unknown, same_fault, no_fault };

/// One error that the answer reports: an ERR segment, an ERR-1 of older versions, or a text of MSA-3 or a fault.
struct ErrorReport {
  Span span;         ///< bytes of the answer's text that hold it
  uint32_t err = 0;  ///< index among the ERR segments of the answer; `no_err` for one that is no ERR
  uint32_t msa = 0;  ///< index among the MSA segments it belongs to
  ErrSeverity severity = ErrSeverity::none;
  std::string erl;               ///< location as received: ERR-2, else ERR-1; may be empty
  std::string code;              ///< ERR-3.1, table 0357
  std::string code_text;         ///< ERR-3.2
  std::string application_code;  ///< ERR-5 code of table 0533, if any
  std::string local_code;  ///< the registry's own code (ERR-5 second triplet, or inside a text): WEBIZ-501, DQA0314
  std::string text;        ///< what a person should read: ERR-8, ERR-9, ERR-7, ERR-5 text, MSA-3, unescaped
  std::vector<ErrorPlace> places;  ///< in the sent message, best first; empty without a sent message or a location
  int follows = -1;                ///< index in Outcome::errors of the error that caused it
  bool repeats = false;            ///< the same as the one it follows, word for word
  Seen seen = Seen::unknown;
  int finding = -1;           ///< with `same_fault`: index in the Report of the sent message
  bool says_missing = false;  ///< claims that a value is missing (101, "required ... missing"), not as a consequence
  static constexpr uint32_t no_err = 0xffffffff;
};

/// One dose (order group) of the sent message.
struct DoseOutcome {
  uint32_t group = 1;      ///< n-th order group, from 1
  int orc = -1, rxa = -1;  ///< segment indices in the sent message
  std::string vaccine;     ///< in words: "KINRIX" or "DTaP-IPV"
  std::string date;        ///< RXA-3 as 2015-06-25
  std::string lot;
  char action = 'A';  ///< RXA-21: A, U, D
  bool dose = true;   ///< false: a refusal, immunity or other entry without a given vaccine
  Stored stored = Stored::unknown;
};

/// A segment outside the doses, or inside one, whose content was lost although the rest was stored.
struct LostPart {
  Path path;
  int dose = -1;
  int error = -1;       ///< index in Outcome::errors
  bool certain = true;  ///< false: may be lost (a warning)
};

/// A contradiction or a quirk of the answer: `id` names a text of outcome_words ("aa_with_error").
struct Flag {
  std::string_view id;  ///< static
  Span span;            ///< in the answer's text; empty when it is about the whole
};

/// One step of the reasoning: the row of the decision table and where it comes from.
struct Reason {
  std::string_view row;     ///< "D14"; static
  std::string_view source;  ///< "Implementation Guide Release 1.5, table 3-1"; static
};

/// Another answer of the same paste, judged alone.
struct OtherAnswer {
  uint32_t answer = 0;  ///< index in Answer::messages
  std::string message;  ///< MSA-2: the message it answers
  Happened happened = Happened::undetermined;
};

struct Outcome {
  Happened happened = Happened::undetermined;
  Stored stored = Stored::unknown;
  Resend resend = Resend::unknown;
  Who who = Who::interface;
  bool nobody = false;  ///< nobody has to act
  Confidence confidence = Confidence::certain;
  bool query = false;               ///< judged as the answer to a query
  bool paired = false;              ///< judged with the sent message
  int answer = -1;                  ///< index in Answer::messages of what was judged; -1: no HL7, or one message given
  std::string family;               ///< registry family whose phrases were used; empty
  std::vector<DoseOutcome> doses;   ///< of the sent message, in order
  std::vector<ErrorReport> errors;  ///< in the order of the answer
  std::vector<LostPart> lost;
  std::vector<Flag> flags;
  std::vector<Reason> reasons;      ///< the deciding row first
  int main_error = -1;              ///< index in `errors` of the one that decided; -1: none did
  int added = -1, added_of = -1;    ///< "2 of 3 immunizations have been added"; -1: the answer does not count
  std::string trouble;              ///< id of the transport's failure that decided (Answer::trouble); empty: none
  std::vector<OtherAnswer> others;  ///< the other answers of the paste
};

}  // namespace iz
