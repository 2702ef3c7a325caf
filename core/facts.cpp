#include "core/facts.h"

#include <algorithm>
#include <tuple>

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

/// Whether a place lies outside of the segment, data type or group.
bool is_far(const RelativePlace& at) { return at.outside || at.clock != Clock::none; }

/// Whether two leaves make the same test on the same place, or one makes the opposite of the other.
bool same_test(const Condition& a, const Condition& b) {
  return a.op == b.op && a.at == b.at && a.to == b.to && a.values == b.values && a.code_set == b.code_set &&
         a.format == b.format && a.compare == b.compare && a.number == b.number && a.shift == b.shift &&
         a.list == b.list && a.check == b.check;
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
    case Op::in_code_set:
      if (use == Use::requirement) return false;
      break;
    default:
      break;
  }
  if (c.at.some && !c.at.segment) return false;  // repetitions
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
  if (c.op == Op::present) {
    Probe& probe = probe_at(at);
    if (!probe.present) {
      if (bits_ == kMostBits) return false;
      probe.present = uint64_t{1} << bits_++;
    }
    bit = probe.present;
    return true;
  }
  std::shared_ptr<const Condition> condition;
  for (const Known& known : known_) {
    if (!same_test(*known.condition, c)) continue;
    condition = known.condition;
    if (known.use != use || known.condition->none != c.none) continue;
    bit = known.bit;
    return true;
  }
  if (bits_ == kMostBits) return false;
  bit = uint64_t{1} << bits_++;
  Probe& probe = probe_at(at);
  if (use == Use::requirement && !at.some && at.clock == Clock::none) {
    probe.absent |= bit;
    absent_ |= bit;
  }
  known_.push_back({bit, use, std::make_shared<const Condition>(c)});
  const auto is_short = [](const std::string& value) { return TextKey(value).exact(); };
  if (c.op == Op::one_of && std::all_of(c.values.begin(), c.values.end(), is_short)) {
    for (const std::string& value : c.values) probe.add_word(TextKey(value), bit);
    return true;
  }
  auto test = std::find_if(probe.tests.begin(), probe.tests.end(),
                           [&](const Test& t) { return condition && same_test(*t.condition, c); });
  if (test == probe.tests.end()) {
    const auto& copy = known_.back().condition;
    test = probe.tests.insert(test, {0, 0, c.op, copy->pattern, copy->list, copy});
  }
  (c.none ? test->fails : test->holds) |= bit;
  return true;
}

/// The probe of a place, a new one when nothing looked at it so far.
FactTable::Probe& FactTable::probe_at(const RelativePlace& at) {
  const auto order = [](const RelativePlace& p) {
    return std::tuple(is_far(p), p.segment, p.some, p.field, p.component, p.subcomponent, p.outside, p.clock);
  };
  auto probe = std::lower_bound(probes_.begin(), probes_.end(), at,
                                [&](const Probe& p, const RelativePlace& place) { return order(p.at) < order(place); });
  if (probe == probes_.end() || probe->at != at) {
    probe = probes_.insert(probe, Probe());
    probe->at = at;
    near_ += !is_far(at);
  }
  return *probe;
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
inline void FactTable::look(const Message& m, const Scope& scope, const Probe& probe, Element e, Facts& f) {
  f.holds = (f.holds & ~probe.absent) | probe.present;
  if (probe.words.size() == 1)
    f.holds |= probe.words[0].value == TextKey(m.value(e)) ? probe.words[0].bits : 0;
  else if (!probe.words.empty())
    f.holds |= probe.word_bits(TextKey(m.value(e)));
  if (!probe.tests.empty()) make_tests(m, scope, probe, e, f);
}

void FactTable::make_tests(const Message& m, const Scope& scope, const Probe& probe, Element e, Facts& f) {
  const std::string_view value = m.value(e);
  DayRange days;
  bool dated = false;
  for (const Test& test : probe.tests) {
    Truth t{};
    switch (test.op) {
      case Op::compare_date:
        if (!dated) days = day_range(m.value(m.component(e, 1)));
        dated = true;
        t = test_days(m, scope, *test.condition, days);
        break;
      case Op::like:
        t = test.pattern->matches(value) ? Truth::holds : Truth::fails;
        break;
      case Op::in_list:
        t = test.list->holds(m, e) ? Truth::holds : Truth::fails;
        break;
      default:
        t = test_value(m, scope, *test.condition, e);
    }
    if (t == Truth::unknown)
      f.unknown |= probe.at.some ? 0 : test.holds;
    else
      f.holds |= t == Truth::holds ? test.holds : test.fails;
  }
}

/// Tests of a clock, of the sender, or of a segment that stands elsewhere in the message.
void FactTable::look_far(const Message& m, const Scope& scope, Facts& f) const {
  for (const Probe& probe : std::span(probes_).subspan(near_)) {
    if (probe.at.clock == Clock::none) {
      const Spot spot = find(m, scope, probe.at);
      if (spot.segment >= 0 && (!probe.at.field || m.present(spot.element))) look(m, scope, probe, spot.element, f);
      continue;
    }
    const DayRange days = days_at(m, scope, probe.at);
    for (const Test& test : probe.tests) {
      const Truth t = test.op == Op::sender ? evaluate(m, scope, *test.condition, Use::antecedent)
                                            : test_days(m, scope, *test.condition, days);
      if (t == Truth::holds) f.holds |= test.holds;
      if (t == Truth::unknown) f.unknown |= test.holds;
    }
  }
}

/// Looks at places of one segment, each in the first repetition of its field; the probes are in the order of the fields.
/// `present` bit n-1: field n may hold a value.
void FactTable::look_in(const Message& m, const Scope& scope, uint32_t segment, std::span<const Probe> probes,
                        uint64_t present, Facts& f) {
  const Segment& s = m.segments()[segment];
  const uint32_t* const fields = m.fields().data() + s.first_field;
  uint32_t field = 0, component = 0, at = 0, last = 0;  // the component last found, and where its repetition ends
  for (const Probe& probe : probes) {
    const RelativePlace& place = probe.at;
    if (place.field > s.field_count) return;
    if (place.field - 1 < most_fields && !(present >> (place.field - 1) & 1)) continue;
    Element e{fields[place.field], fields[place.field + 1]};
    if (e.last - e.first == 1) {  // mostly
      if (place.component > 1 || place.subcomponent > 1 || !m.holds(m.nodes()[e.first])) continue;
      if (place.component && m.is_null(e)) continue;  // a repetition that is the HL7 null has no components
      look(m, scope, probe, e, f);
      continue;
    }
    if (place.field != field) {
      field = place.field;
      component = 1;
      at = e.first;
      last = m.part_end(e.first, e.last, Level::repetition);
    }
    e.last = last;
    if (place.component) {
      for (; component < place.component && at < last; ++component) at = m.part_end(at, last, Level::component);
      if (at >= last) continue;
      e = {at, m.part_end(at, last, Level::component)};
      if (place.component == 1 && e.last == last && m.is_null(e)) continue;
      if (place.subcomponent) e = m.subcomponent(e, place.subcomponent);
    }
    if (m.present(e)) look(m, scope, probe, e, f);
  }
}

Facts FactTable::of_segment(const Message& m, uint32_t segment, uint64_t present, const Surroundings* around) const {
  Facts f{absent_, 0};
  Scope scope;
  scope.context = PlaceContext::segment;
  scope.segment = segment;
  scope.around = around;
  look_in(m, scope, segment, std::span(probes_).first(near_), present, f);
  if (near_ != probes_.size()) look_far(m, scope, f);
  if (!score_tests_.empty()) look_scores(f);
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
  for (const Probe& probe : std::span(probes_).first(near_)) {
    const uint32_t n = probe.at.component;
    Element e = parts.part(n);
    if (n <= parts.count && !(parts.present >> (n - 1) & 1)) continue;
    if (n > parts.count && parts.end < parts.whole.last) e = m.part(parts.whole, parts.level, n);
    if (probe.at.subcomponent) e = m.subcomponent(e, probe.at.subcomponent);
    if (m.present(e)) look(m, scope, probe, e, f);
  }
  if (near_ != probes_.size()) look_far(m, scope, f);
  return f;
}

bool FactTable::of_first(Facts& f) const {
  f = {absent_ | (components_ ? 1u : 0u), 0};
  return near_ == probes_.size() &&
         std::all_of(probes_.begin(), probes_.end(), [](const Probe& p) { return p.at.component > 1; });
}

Facts FactTable::of_group(const Message& m, const Scope& scope) const {
  Facts f{absent_, 0};
  for (size_t i = 0, next = 0; i < near_; i = next) {  // the places in segments of one name
    const RelativePlace& at = probes_[i].at;
    while (next < near_ && probes_[next].at.segment == at.segment && probes_[next].at.some == at.some) ++next;
    for (const uint32_t s : scope.segments) {
      if (m.segments()[s].name != at.segment) continue;
      look_in(m, scope, s, std::span(probes_).subspan(i, next - i), ~uint64_t{0}, f);
      if (!at.some) break;
    }
  }
  if (near_ != probes_.size()) look_far(m, scope, f);
  if (!score_tests_.empty()) look_scores(f);
  if (dose_tests_.empty()) return f;
  const uint32_t faults = dose_faults(*dose_codes_, m, scope.segments);
  for (const DoseTest& test : dose_tests_)
    if (!(faults & test.fault)) f.holds |= test.bit;
  return f;
}

}  // namespace iz
