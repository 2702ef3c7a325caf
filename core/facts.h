// Conditions as checking reads them; made at load, one table for all conditions of a segment or of a data type.
//
// Conditions ask the same few values again and again: RXA-20 is CP or PA, component 1 is present. Each such test is one
// bit, made once for each segment or element, and a condition is masks over these bits: "all of these bits and none of
// those", or several such terms of which any will do. `evaluate` says the same of a condition, slowly, and where the
// fault is; what masks cannot say (a check by name, "some") is left to it.
//
//     FactTable table;
//     const Formula f = table.add(condition, Use::antecedent);   // at load
//     f(table.of_segment(message, segment, present))             // Truth
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "codesets/text_key.h"
#include "core/condition.h"
#include "core/message.h"

namespace iz {

struct Scope;
struct Surroundings;

/// An element cut into its parts (a repetition into components, a component into subcomponents).
struct Parts {
  static constexpr uint32_t most = 32;
  Element whole;
  Level level = Level::component;  ///< that parts start with
  uint32_t count = 0;              ///< parts found, at most `most`
  uint32_t present = 0;            ///< bit n-1: part n holds a value
  uint32_t end = 0;                ///< node after the last part that was cut
  uint32_t begins[most + 1];       ///< first node of each part; one more at the end

  /// Cuts off at most `limit` parts.
  Parts(const Message& message, Element element, Level level, uint32_t limit);
  /// Part `n` (from 1); empty when there is none.
  Element part(uint32_t n) const { return n <= count ? Element{begins[n - 1], begins[n]} : Element{}; }
};

/// What the tests of a table came to. A bit that stands in neither fails.
struct Facts {
  uint64_t holds = 0, unknown = 0;
};

/// A condition as masks over facts.
class Formula {
 public:
  /// One that only `evaluate` can say.
  static Formula slow() {
    Formula f;
    f.flat_ = false;
    return f;
  }
  /// False when only `evaluate` can say it; it must not be called then.
  bool flat() const { return flat_; }
  bool operator==(const Formula&) const = default;
  /// Of a formula of one term: the bits that must hold and must not, into the masks of several. False for another.
  bool add_to(uint64_t& all, uint64_t& none) const {
    if (!flat_ || !single_) return false;
    all |= first_.all;
    none |= first_.none;
    return true;
  }
  Truth operator()(const Facts& f) const {
    Truth result = term(first_, f);
    if (single_) return result;
    for (size_t i = 0; i < more_.size() && result != Truth::holds; ++i)
      if (const Truth t = term(more_[i], f); t != Truth::fails) result = t;
    return result;
  }

 private:
  friend class FactTable;
  struct Term {
    uint64_t all = 0, none = 0;
    bool operator==(const Term&) const = default;
  };
  static Truth term(const Term& t, const Facts& f) {
    if ((t.all & ~(f.holds | f.unknown)) | (t.none & f.holds)) return Truth::fails;
    return (t.all | t.none) & f.unknown ? Truth::unknown : Truth::holds;
  }
  Term first_;
  std::vector<Term> more_;
  bool flat_ = true, single_ = true;
};

class FactTable {
 public:
  /// Fields of a segment that `of_segment` is told the presence of.
  static constexpr uint32_t most_fields = 64;
  /// Of a data type with that many components, at most `Parts::most`: bit n-1 is for the presence of component n, which
  /// the parts tell without a look. Before the first `add`.
  void reserve(uint32_t components) { bits_ = components_ = components; }
  /// Adds the tests of a condition; at load only. A condition that is none holds. All conditions of a table are on the
  /// same thing: a segment, a data type, or a group (the whole message is one).
  Formula add(const Condition& condition, Use use);
  /// The facts of a segment. `present` bit n-1: field n holds a value; fields above 64 are looked at themselves.
  Facts of_segment(const Message& message, uint32_t segment, uint64_t present,
                   const Surroundings* around = nullptr) const;
  /// The facts of an element of a data type.
  Facts of_parts(const Message& message, uint32_t segment, const Parts& parts,
                 const Surroundings* around = nullptr) const;
  /// The same where the first component alone holds a value, in `facts`; false when they depend on that or on more.
  bool of_first(Facts& facts) const;
  /// The facts of a group.
  Facts of_group(const Message& message, const Scope& scope) const;
  /// Whether there is little room for more tests.
  bool full() const { return bits_ > 52; }

 private:
  /// Holds when the dose has no such fault.
  struct DoseTest {
    uint64_t bit = 0;
    uint32_t fault = 0;  // one bit, as `dose_faults` gives them
  };
  /// Holds when the points of its parts are below a number.
  struct ScoreTest {
    uint64_t bit = 0;
    double below = 0;
    std::vector<std::pair<Formula, int>> parts;
  };
  /// A value that some tests of a place look for.
  struct Word {
    TextKey value;
    uint64_t bits = 0;  // of all these tests
  };
  /// A test other than for short values, made once for all conditions that ask it or its opposite.
  struct Test {
    uint64_t holds = 0, fails = 0;  // bits that hold where it holds, and where it fails
    Op op = Op::none;
    const Pattern* pattern = nullptr;  // of `condition`
    const WordList* list = nullptr;
    std::shared_ptr<const Condition> condition;
  };
  /// A place that is looked at, and the tests on it.
  struct Probe {
    RelativePlace at;
    uint64_t absent = 0;      // bits that hold when it is absent
    uint64_t present = 0;     // bits that hold when it is present
    std::vector<Word> words;  // in order
    std::vector<Test> tests;  // the others

    void add_word(const TextKey& value, uint64_t bit);
    uint64_t word_bits(const TextKey& value) const;
  };
  /// A condition that has its bit.
  struct Known {
    uint64_t bit = 0;
    Use use{};
    std::shared_ptr<const Condition> condition;
  };
  using Terms = std::vector<Formula::Term>;
  bool terms(const Condition& condition, Use use, bool negated, Terms& out);
  bool literal(const Condition& condition, Use use, uint64_t& bit);
  Probe& probe_at(const RelativePlace& at);
  static void look(const Message& message, const Scope& scope, const Probe& probe, Element element, Facts& facts);
  static void make_tests(const Message& message, const Scope& scope, const Probe& probe, Element element, Facts& facts);
  bool score(const Condition& condition, uint64_t& bit);
  void look_scores(Facts& facts) const;
  static void look_in(const Message& message, const Scope& scope, uint32_t segment, std::span<const Probe> probes,
                      uint64_t present, Facts& facts);
  void look_far(const Message& message, const Scope& scope, Facts& facts) const;

  std::vector<Probe> probes_;  // in the order of their places
  size_t near_ = 0;            // so many; behind them those outside of the segment, data type or group
  std::vector<Known> known_;   // to find a bit again
  std::vector<DoseTest> dose_tests_;
  std::vector<ScoreTest> score_tests_;
  const DoseCodes* dose_codes_ = nullptr;  // of the dose tests
  uint64_t absent_ = 0;                    // bits that hold when all is absent
  uint32_t bits_ = 0;
  uint32_t components_ = 0;  // whose presence is a bit of its own
};

}  // namespace iz
