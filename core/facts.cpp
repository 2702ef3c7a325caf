#include "core/facts.h"

#include <algorithm>

#include "core/dose_check.h"
#include "core/evaluate.h"
#include "core/word_list.h"

namespace iz {
namespace {

constexpr uint32_t kMostBits = 64;
constexpr size_t kFewWords = 6;   // of one place, that are compared one after the other
constexpr size_t kMostTerms = 8;  // of one condition; a longer one is left to `evaluate`

/// An order of texts of up to sixteen bytes.
bool before(const TextKey& a, const TextKey& b) {
  if (a.head != b.head) return a.head < b.head;
  return a.tail != b.tail ? a.tail < b.tail : a.size < b.size;
}

/// Whether two leaves make the same test.
bool same_test(const Condition& a, const Condition& b) {
  return a.op == b.op && a.at == b.at && a.to == b.to && a.values == b.values && a.code_set == b.code_set &&
         a.format == b.format && a.compare == b.compare && a.number == b.number && a.none == b.none &&
         a.shift == b.shift && a.list == b.list && a.check == b.check;
}

/// The place in the first repetition of its field.
Element element_in(const Message& m, uint32_t segment, const RelativePlace& at) {
  const Element field = m.field(segment, at.field);
  if (!field) return {};
  if (!at.component) return m.part(field, Level::repetition, 1);
  uint32_t i = field.first;
  for (uint32_t k = 1; k < at.component; ++k) {
    i = m.part_end(i, field.last, Level::component);
    if (i >= field.last || m.nodes()[i].starts >= Level::repetition) return {};
  }
  const Element e{i, m.part_end(i, field.last, Level::component)};
  // A repetition that is the HL7 null has no components.
  if (at.component == 1 && m.is_null(e) && (e.last == field.last || m.nodes()[e.last].starts >= Level::repetition))
    return {};
  return at.subcomponent ? m.subcomponent(e, at.subcomponent) : e;
}

}  // namespace

Parts::Parts(const Message& m, Element element, Level parts, uint32_t limit) : whole(element), level(parts) {
  const Node* const nodes = m.nodes().data();
  uint32_t n = 0, holds = 0, at = element.first;
  for (; at < element.last; ++at) {
    const Node& node = nodes[at];
    if (at == element.first || node.starts >= parts) {
      if (n == limit) break;
      begins[n++] = at;
    }
    if (node.begin != node.end && m.holds(node)) holds |= 1u << (n - 1);
  }
  begins[n] = end = at;
  count = n;
  present = holds;
}

// ---- at load

Formula FactTable::add(const Condition& condition, Use use) {
  Formula out;
  Terms all;
  if (condition) {
    out.flat_ = terms(condition, use, false, all);
    if (!out.flat_) return out;
    out.first_ = all[0];
    out.more_.assign(all.begin() + 1, all.end());
    out.single_ = out.more_.empty();
  }
  return out;
}

/// The condition, or its opposite, as terms of which any will do. False when it cannot be said so.
bool FactTable::terms(const Condition& c, Use use, bool negated, Terms& out) {
  if (c.op == Op::negate) return terms(c.parts[0], use, !negated, out);
  if ((c.op == Op::any) != negated && (c.op == Op::any || c.op == Op::all)) {  // any, or not all
    for (const Condition& part : c.parts)
      if (!terms(part, use, negated, out)) return false;
    return out.size() <= kMostTerms;
  }
  if (c.op == Op::all || c.op == Op::any) {  // each term of one with each of the others
    Terms product = {{}};
    for (const Condition& part : c.parts) {
      Terms factors, next;
      if (!terms(part, use, negated, factors)) return false;
      for (const auto& a : product)
        for (const auto& b : factors) next.push_back({a.all | b.all, a.none | b.none});
      if (next.size() > kMostTerms) return false;
      product = std::move(next);
    }
    out.insert(out.end(), product.begin(), product.end());
    return true;
  }
  uint64_t bit = 0;
  if (!literal(c, use, bit)) return false;
  out.push_back(negated ? Formula::Term{0, bit} : Formula::Term{bit, 0});
  return true;
}

/// The bit of a test, a new one when no condition had it so far.
bool FactTable::literal(const Condition& c, Use use, uint64_t& bit) {
  // What is looked up in a table, or in more than one place, is asked only where the rest of a rule holds.
  switch (c.op) {
    case Op::none:
    case Op::check:
    case Op::fits:
    case Op::count:
    case Op::unique:
    case Op::sorted:
      return false;
    case Op::score:
      return score(c, bit);
    default:
      if (c.at.some && !c.at.segment) return false;  // repetitions
  }
  if (c.op == Op::dose_check) {
    const uint32_t fault = 1u << c.check;
    const auto test =
        std::find_if(dose_tests_.begin(), dose_tests_.end(), [&](const DoseTest& t) { return t.fault == fault; });
    if (test == dose_tests_.end() && bits_ == kMostBits) return false;
    bit = test == dose_tests_.end() ? uint64_t{1} << bits_++ : test->bit;
    if (test == dose_tests_.end()) dose_tests_.push_back({bit, fault});
    dose_codes_ = c.dose_codes;
    return true;
  }
  if (c.op == Op::present && c.at.component && c.at.component <= components_ && !c.at.subcomponent) {
    bit = uint64_t{1} << (c.at.component - 1);
    return true;
  }
  RelativePlace at = c.at;
  if (c.op == Op::sender) at.clock = Clock::today;  // no place
  auto probe = std::find_if(probes_.begin(), probes_.end(), [&](const Probe& p) { return p.at == at; });
  if (probe == probes_.end()) {
    probes_.push_back({at, 0, 0, {}});
    probe = probes_.end() - 1;
  }
  if (c.op == Op::present) {
    if (!probe->present) {
      if (bits_ == kMostBits) return false;
      probe->present = uint64_t{1} << bits_++;
    }
    bit = probe->present;
    return true;
  }
  for (const std::vector<Test>* tests : {&probe->tests, &probe->word_tests}) {
    for (const Test& test : *tests) {
      if (test.use != use || !same_test(*test.condition, c)) continue;
      bit = test.bit;
      return true;
    }
  }
  if (bits_ == kMostBits) return false;
  Test test;
  bit = test.bit = uint64_t{1} << bits_++;
  const auto copy = std::make_shared<const Condition>(c);
  test.condition = copy;
  test.pattern = copy->pattern;
  test.list = copy->list;
  test.op = c.op;
  test.none = c.none;
  test.use = use;
  const auto is_short = [](const std::string& value) { return TextKey(value).exact(); };
  if (use == Use::requirement && !at.some && at.clock == Clock::none) {
    probe->absent |= bit;
    absent_ |= bit;
  }
  const bool by_words = c.op == Op::one_of && std::all_of(c.values.begin(), c.values.end(), is_short);
  if (by_words)
    for (const std::string& value : c.values) probe->add_word(TextKey(value), bit);
  (by_words ? probe->word_tests : probe->tests).push_back(std::move(test));
  return true;
}

void FactTable::Probe::add_word(const TextKey& value, uint64_t bit) {
  auto word = std::lower_bound(words.begin(), words.end(), value,
                               [](const Word& a, const TextKey& b) { return before(a.value, b); });
  if (word == words.end() || word->value != value) word = words.insert(word, {value, 0});
  word->bits |= bit;
}

/// The bits of the tests that look for a value.
uint64_t FactTable::Probe::word_bits(const TextKey& value) const {
  if (words.size() <= kFewWords) {
    for (const Word& word : words)
      if (word.value == value) return word.bits;
    return 0;
  }
  const auto word = std::lower_bound(words.begin(), words.end(), value,
                                     [](const Word& a, const TextKey& b) { return before(a.value, b); });
  return word != words.end() && word->value == value ? word->bits : 0;
}

/// A score whose parts masks can say.
bool FactTable::score(const Condition& c, uint64_t& bit) {
  ScoreTest test;
  for (size_t i = 0; i < c.parts.size(); ++i) {
    const Formula formula = add(c.parts[i], Use::antecedent);
    if (!formula.flat()) return false;
    test.parts.emplace_back(formula, c.points[i]);
  }
  if (bits_ == kMostBits) return false;
  bit = test.bit = uint64_t{1} << bits_++;
  test.below = c.number;
  score_tests_.push_back(std::move(test));
  return true;
}

// ---- at each segment and element

void FactTable::look_scores(Facts& f) const {
  for (const ScoreTest& test : score_tests_) {
    int sum = 0;
    for (const auto& [formula, points] : test.parts)
      if (formula(f) == Truth::holds) sum += points;
    if (sum < test.below) f.holds |= test.bit;
  }
}

/// An element that is present: makes the tests on it.
void FactTable::look(const Message& m, const Scope& scope, const Probe& probe, Element e, Facts& f) const {
  f.holds = (f.holds & ~probe.absent) | probe.present;
  if (!probe.words.empty()) f.holds |= probe.word_bits(TextKey(m.value(e)));
  DayRange days;
  bool dated = false;
  for (const Test& test : probe.tests) {
    if (test.op == Op::compare_date) {
      if (!dated) days = day_range(m.value(m.component(e, 1)));
      dated = true;
      const Truth t = days.known ? test_days(m, scope, *test.condition, days) : Truth::unknown;
      if (t == Truth::holds) f.holds |= test.bit;
      if (t == Truth::unknown && !probe.at.some) f.unknown |= test.bit;
      continue;
    }
    if (test.op == Op::like) {
      if (test.pattern->matches(m.value(e)) != test.none) f.holds |= test.bit;
      continue;
    }
    if (test.op == Op::in_list) {
      if (test.list->holds(m, e) != test.none) f.holds |= test.bit;
      continue;
    }
    const Truth t = test_value(m, scope, *test.condition, e);
    if (t == Truth::holds) f.holds |= test.bit;
    if (t == Truth::unknown && !probe.at.some) f.unknown |= test.bit;
  }
}

/// A test of a clock, of the sender, or of a segment that stands elsewhere in the message.
void FactTable::look_outside(const Message& m, const Scope& scope, const Probe& probe, Facts& f) const {
  if (probe.at.clock == Clock::none) {
    const Spot spot = find(m, scope, probe.at);
    if (spot.segment >= 0 && (!probe.at.field || m.present(spot.element))) look(m, scope, probe, spot.element, f);
    return;
  }
  const DayRange days = days_at(m, scope, probe.at);
  for (const Test& test : probe.tests) {
    const Truth t = test.op == Op::sender ? evaluate(m, scope, *test.condition, test.use)
                                          : test_days(m, scope, *test.condition, days);
    if (t == Truth::holds) f.holds |= test.bit;
    if (t == Truth::unknown) f.unknown |= test.bit;
  }
}

Facts FactTable::of_segment(const Message& m, uint32_t segment, uint64_t present, const Surroundings* around) const {
  Facts f{absent_, 0};
  Scope scope;
  scope.context = PlaceContext::segment;
  scope.segment = segment;
  scope.around = around;
  for (const Probe& probe : probes_) {
    if (probe.at.outside || probe.at.clock != Clock::none) {
      look_outside(m, scope, probe, f);
      continue;
    }
    if (probe.at.field <= most_fields && !(present >> (probe.at.field - 1) & 1)) continue;
    const Element e = element_in(m, segment, probe.at);
    if (m.present(e)) look(m, scope, probe, e, f);
  }
  look_scores(f);
  return f;
}

Facts FactTable::of_parts(const Message& m, uint32_t segment, const Parts& parts, const Surroundings* around) const {
  Facts f{absent_ | (parts.present & ((uint64_t{1} << components_) - 1)), 0};
  if (probes_.empty()) return f;
  Scope scope;
  scope.context = PlaceContext::data_type;
  scope.segment = segment;
  scope.element = parts.whole;
  scope.parts = parts.level;
  scope.around = around;
  for (const Probe& probe : probes_) {
    if (probe.at.outside || probe.at.clock != Clock::none) {
      look_outside(m, scope, probe, f);
      continue;
    }
    const uint32_t n = probe.at.component;
    Element e = parts.part(n);
    if (n <= parts.count && !(parts.present >> (n - 1) & 1)) continue;
    if (n > parts.count && parts.end < parts.whole.last) e = m.part(parts.whole, parts.level, n);
    if (probe.at.subcomponent) e = m.subcomponent(e, probe.at.subcomponent);
    if (m.present(e)) look(m, scope, probe, e, f);
  }
  return f;
}

Facts FactTable::of_group(const Message& m, const Scope& scope) const {
  Facts f{absent_, 0};
  uint32_t name = 0;  // of the probe before, and the first segment of that name
  size_t first = 0;
  for (const Probe& probe : probes_) {
    if (probe.at.outside || probe.at.clock != Clock::none) {
      look_outside(m, scope, probe, f);
      continue;
    }
    if (probe.at.segment != name) {
      name = probe.at.segment;
      for (first = 0; first < scope.segments.size() && m.segments()[scope.segments[first]].name != name;) ++first;
    }
    for (size_t n = first; n < scope.segments.size(); ++n) {
      const uint32_t s = scope.segments[n];
      if (m.segments()[s].name != name) continue;
      if (!probe.at.field) {
        f.holds |= probe.present;  // the segment is there; no value to test
      } else if (const Element e = element_in(m, s, probe.at); m.present(e)) {
        look(m, scope, probe, e, f);
      }
      if (!probe.at.some) break;
    }
  }
  look_scores(f);
  if (dose_tests_.empty()) return f;
  const uint32_t faults = dose_faults(*dose_codes_, m, scope.segments);
  for (const DoseTest& test : dose_tests_)
    if (!(faults & test.fault)) f.holds |= test.bit;
  return f;
}

}  // namespace iz
