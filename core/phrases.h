// Phrases by which registries say in words what became of a message: "RECORD REJECTED", "RXA #2 IGNORED", "1 of 2
// immunizations have been added".
//
//     TextFacts f = catalogue.phrases.read("Message rejected: 1 of 2 doses were added", -1);
//     f.has(Effect::message_rejected), f.added, f.of
//     int family = catalogue.phrases.family("WIR", "");    // by MSH-3 and MSH-4; -1: none that is known
//
// The phrases are data, core/registries/*.json: base.json holds for every registry, each other file for one family of
// registry software, and only adds to it. In a phrase `{n}` is a number, `[a|b c|]` one of these, the last one nothing.
// Case, blanks and punctuation between words do not count, only # does (`RXA #2` is a dose, `RXA-2` a field); a phrase does not reach over the end of a sentence, and a
// "not" or "no" directly before it takes it away with all shorter phrases that end with it: "no bad message" and "no
// record rejected" say nothing, nor does "0 records rejected".
//
// Reading is linear in the text.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iz {

class JsonValue;

/// What a phrase says.
enum class Effect : uint8_t {
  message_rejected,  ///< nothing was stored
  dose_rejected,     ///< one dose, order group or record was not stored
  dose_dropped,      ///< the same in words that are also used of a dose that is on file already
  duplicate,         ///< it was on file already
  pending,           ///< received, not stored yet
  count_added,       ///< "{n} of {m} ... added"
  count_rejected,    ///< "{n} of {m} ... rejected"
  authorization,     ///< the sender's identity or permission is the cause
  field_dropped,     ///< one value was left out
  part_lost,         ///< something was not stored, saved or used
  about_data,        ///< the text speaks of the content of the message, not of its header or the transport
  not_found,         ///< query: no patient
  too_many,          ///< query: too many patients
  internal_error,    ///< the registry itself failed
  ae_when_stored,    ///< not a phrase: the family answers AE also when everything was stored
  nothing_lost,      ///< "nothing was rejected": takes away what "rejected" says; never in TextFacts
  count
};

/// What was read in one text.
struct TextFacts {
  uint32_t effects = 0;     ///< bit per Effect
  int added = -1, of = -1;  ///< of the first count; -1: none
  bool has(Effect e) const { return (effects >> static_cast<unsigned>(e) & 1U) != 0; }
};

class PhraseBook {
 public:
  PhraseBook();
  ~PhraseBook();

  /// Adds a file of core/registries, or the answers of a local profile under its name, before the first `read`. Throws
  /// std::invalid_argument with the reason when it is wrong.
  void add(const JsonValue& file, std::string_view name = {});

  /// Reads a text with the phrases of every registry and those of a family (-1: none). Safe in several threads.
  TextFacts read(std::string_view text, int family) const;
  /// The family of a sender by MSH-3.1 and MSH-4.1 of its answer, the last that was added; -1 when none is known.
  int family(std::string_view application, std::string_view facility) const;
  /// Name of a family for people; empty for -1.
  std::string_view family_name(int family) const;
  /// Whether a family has that trait (`ae_when_stored`).
  bool has_trait(int family, Effect trait) const;

 private:
  struct Family {
    std::string name;
    std::vector<std::string> senders;  ///< upper case; `*` at the end stands for any ending
    uint32_t traits = 0;
  };
  struct End {  ///< a phrase that ends at a node
    Effect effect = Effect::count;
    int family = -1;  ///< -1: every registry
  };
  struct Tree;  ///< of all phrases, word by word

  const Tree& tree() const;

  std::vector<Family> families_;
  std::vector<std::pair<std::string, End>> phrases_;
  mutable std::once_flag grown_;  ///< `tree_`, at the first `read`: it takes longer than all else about an answer
  mutable std::unique_ptr<Tree> tree_;
};

/// "message_rejected"; the name that the files use.
std::string_view to_string(Effect);

}  // namespace iz
