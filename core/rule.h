// A rule: one thing that can be said about a message, with everything a person needs to act on it.
//
// One JSON file each in core/rules, file name = id (core/rules/README.md shows how to write one).
// Conformance statements carry conditions; structural rules (usage, cardinality, length, format,
// value set, structure) are raised by the engine from the profile's tables and carry only their
// words.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/condition.h"
#include "core/path.h"

namespace iz {

enum class Severity : uint8_t { error, warning, info };
enum class Kind : uint8_t {
  structure,
  usage,
  predicate,
  cardinality,
  length,
  format,
  value_set,
  statement,
  quality,
  advice
};
enum class Layer : uint8_t { r15, addendum, local, quality, advice };
/// Who can mend the cause: registration desk, clinic staff, interface analyst, EHR vendor, code-set
/// owner, IIS.
enum class Who : uint8_t { registration, clinic, interface, vendor, codes, iis };

std::string_view to_string(Severity);  ///< "error"
std::string_view to_string(Kind);      ///< "value_set"
std::string_view to_string(Layer);     ///< "R1.5", "addendum", ...
std::string_view to_string(Who);       ///< "interface"
std::string_view label(Severity);      ///< "Error", "Warning", "Advice"
std::string_view label(Who);           ///< "Interface analyst"

struct Source {
  std::string document;   ///< "Implementation Guide Release 1.5"
  std::string statement;  ///< "IZ-29", "RXA-5 usage R"
};

/// An example of a rule that is also a test (core/example.h reads them): `base` names a clean message of tests/samples,
/// `set` and `drop` change it.
struct Example {
  std::string base;
  std::vector<std::pair<std::string, std::string>> set;  ///< path, value
  std::vector<std::string> drop;                         ///< segment paths to remove
  std::vector<std::string> add;                          ///< segments (text) to insert, after `after`
  std::string after;
  std::string sender;              ///< kind of sender that the caller names: "pharmacy"
  std::string cut;                 ///< place behind which the text ends
  std::vector<std::string> finds;  ///< paths at which this rule must be raised; empty: must not be
  std::string says;                ///< one line for the reader
};

/// One way to mend what a rule finds, carried out by `fixes` (core/fix.h).
struct Mend {
  int way = -1;       ///< index of the way, by `mend_way`
  std::string at;     ///< field of the finding's segment where it is done ("18"); empty: the finding's place
  bool safe = false;  ///< may be done without asking, as far as the way does not say otherwise
};

struct Rule {
  std::string id;
  std::string title;    ///< names the fault; {place} {value} {name} are filled in
  std::string message;  ///< one sentence with the value found and what is expected
  std::string plain;    ///< the same for a clinician or registrar, without the words of HL7
  std::string why;      ///< what the registry will do
  std::string fix;      ///< how to mend it
  std::string
      plain_fix;  ///< the same without the words of HL7, where `fix` has some and a clinic or registration mends it
  Who who = Who::interface;
  Severity severity = Severity::error;
  Kind kind = Kind::statement;
  Layer layer = Layer::r15;
  bool first = false;  ///< says what the message is: told before everything else
  bool off = false;    ///< a local profile does without it: its statements are not there
  int16_t local = -1;  ///< index in Catalogue::local of what a local profile says of it
  Source source;
  std::vector<Mend> mends;
};

/// One conditional requirement of a rule in one context. A rule has one or more.
struct Statement {
  int rule = -1;          ///< index in Catalogue::rules
  Condition antecedent;   ///< `if`; none: always
  Condition requirement;  ///< `then`
  RelativePlace target;   ///< where the finding stands if no leaf names a place
  bool quality = false;   ///< of the layers quality and advice
};

}  // namespace iz
