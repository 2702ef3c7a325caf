// Copies of messages without the person: invented values in the place of those that tell who somebody is.
//
//     Deidentifier d(catalogue, seed);                 // the same seed, the same surrogates
//     Deidentified copy = d.run(text, {.as_of = day});
//     copy.text                                         // "PID|1||QX-72881^^^LPEDS^MR||Ferncastle^Ottilie^..."
//     copy.otherwise                                    // what the check says of the copy and not of the original, or the reverse
//     copy.remains                                      // what it cannot promise, a sentence each
//
// What a field holds follows from its data type (core/deidentify_kinds.h). The same value has the same surrogate in all
// messages of a run: two children of one mother stay siblings. Names are taken from lists of invented ones; identifiers,
// telephone numbers and addresses keep their form, states and the first three digits of a ZIP code stay. All dates move
// back by one number of days, so that ages and intervals stay; the edition of an information statement does not move.
// Codes, lots, facilities and control ids stay, these unless a word of the person stands in them. Free text is left out, in answers what is known of the person is replaced.
//
// Surrogates are made with a keyed hash (SipHash-2-4); who has the seed can test guesses, so it must be secret and random.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"

namespace iz {

struct Deidentified {
  std::string text;
  int days = 0;                        ///< how many days earlier every date is
  uint32_t values = 0;                 ///< how many values were replaced
  std::vector<std::string> otherwise;  ///< where the check differs, a sentence each; nothing of the message in it
  std::vector<std::string> remains;    ///< what tells something of the person still, or may
};

/// `{"text","days","values","otherwise":[..],"remains":[..]}`.
std::string deidentified_json(const Deidentified&);

class Deidentifier {
 public:
  Deidentifier(const Catalogue& catalogue, std::string_view seed);
  ~Deidentifier();
  /// A text of one or more messages; line ends and delimiters stay as they are. The days are chosen for the first text,
  /// so that the check says the same of the copy if any number of days does that.
  Deidentified run(std::string_view text, const CheckOptions& options);

 private:
  struct Work;
  std::unique_ptr<Work> work_;
};

}  // namespace iz
