// Findings: everything that is said about a message, one list for text, page, JSON and export.
//
// A Finding is plain data of fixed size; its sentences are made only when somebody reads them
// (`title`, `sentence`).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/catalogue.h"
#include "core/date.h"
#include "core/message.h"
#include "core/path.h"
#include "core/surroundings.h"

namespace iz {

struct Finding {
  uint16_t rule = 0;  ///< index in Catalogue::rules
  Kind kind = Kind::structure;
  Severity severity = Severity::error;
  Layer layer = Layer::r15;
  int16_t local = -1;    ///< index in Catalogue::local of what a local profile says of it; -1: as it is nationally
  Path path;             ///< also for something absent: where it should stand
  int32_t group = -1;    ///< structure index when the place is a group: path.occurrence counts it in its parent
  Span span;             ///< bytes of the message's text; empty range for something absent
  uint32_t line = 1;     ///< of the message, from 1; the parent's line for something absent
  int32_t follows = -1;  ///< index of the finding that caused this one
  const ElementDef* element = nullptr;  ///< the definition that was broken, if any
  const Code* code = nullptr;           ///< the row found, where that helps (right code, wrong coding system)
  uint32_t number = 0;                  ///< the limit or count the rule speaks of
};

/// How the profile was chosen.
enum class ProfileChoice : uint8_t {
  forced,        ///< by the user
  msh21,         ///< MSH-21 names it
  message_type,  ///< MSH-9
  query_name,    ///< MSH-9 and QPD-1
  content,       ///< MSH-9 and the segments: which of the responses
  segments,      ///< the segments alone
  none
};
/// What is doubtful about that choice.
enum class ProfileDoubt : uint8_t {
  none,
  unknown_profile,  ///< MSH-21 names no profile of ours
  contradiction,    ///< MSH-21 and MSH-9 name different kinds of message
  foreign,          ///< MSH-9 names a kind of message that no profile is for
  unknown_type      ///< nothing says what it is
};

struct Report {
  const Profile* profile = nullptr;  ///< nullptr: nothing to check against
  ProfileChoice choice = ProfileChoice::none;
  ProfileDoubt doubt = ProfileDoubt::none;
  Date as_of;
  Sender sender = Sender::any;
  std::vector<Finding> findings;  ///< what a reader must know first (Rule::first), then in message order
  uint32_t undecided = 0;         ///< conditions that could not be decided
  uint32_t count(Severity s) const;
  /// The profile in words: "Z22 (from MSH-21)".
  std::string choice_text() const;
};

/// Title of a finding, at most about 60 characters, value included: `Unit "ML" is not a UCUM code`.
std::string title(const Catalogue&, const Message&, const Report&, const Finding&);
/// The same of every message that has this fault at this place: what differs from one to the other is left out (“…”), and
/// with it all that is somebody's data.
std::string general_title(const Catalogue&, const Message&, const Report&, const Finding&);
/// The sentence without what is somebody's data: what an answer may carry.
std::string general_sentence(const Catalogue&, const Message&, const Report&, const Finding&);
/// The place of a finding without the numbers of segments and repetitions: `RXA-5.1`, `VXU_V04.ORDER`.
std::string general_place(const Report&, const Finding&);
/// One sentence: what stands there, what is expected, with the few nearest codes when a code is
/// unknown.
std::string sentence(const Catalogue&, const Message&, const Report&, const Finding&);
/// The same for a clinician or registrar, without the words of HL7.
std::string plain(const Catalogue&, const Message&, const Report&, const Finding&);
/// Why it matters and how to mend it, with the values of this finding filled in.
std::string why(const Catalogue&, const Message&, const Report&, const Finding&);
std::string how_to_fix(const Catalogue&, const Message&, const Report&, const Finding&);
/// How to mend it, for a clinician or registrar.
std::string plain_fix(const Catalogue&, const Message&, const Report&, const Finding&);
/// Who can mend the cause: as the rule says, but what a registry sent (an acknowledgment, an answer), the registry mends.
Who who_fixes(const Catalogue&, const Report&, const Finding&);
/// What local profiles say of a finding: of its place, else of its rule; empty where they say nothing.
std::string_view local_says(const Catalogue&, const Finding&, LocalKey);
/// Whose rule a finding is of and which statement of it: document and statement of the guide, with the place where that is
/// a table of it ("IZ-29", "PID-8 usage R"), or the local profile with what it changes: "Westbrook IIS, 2026-01-15",
/// "PID-11: usage R, nationally usage RE".
Source source_of(const Catalogue&, const Report&, const Finding&);
/// `RXA[2]-5[1].1`, a group `VXU_V04.ORDER[2]`, or empty for a line that is no segment.
std::string place(const Catalogue&, const Report&, const Finding&);

}  // namespace iz
