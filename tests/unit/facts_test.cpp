#include "core/facts.h"

#include <catch_amalgamated.hpp>
#include <random>

#include "core/catalogue.h"
#include "core/evaluate.h"

namespace {

constexpr uint32_t kSegment = 1;  // after MSH

/// Conditions of every kind on three fields of a segment or three components of a type, put together at random.
class Conditions {
 public:
  explicit Conditions(iz::PlaceContext context) : context_(context) {}

  iz::Condition make(int depth) {
    iz::Condition c;
    switch (depth > 0 ? number(8) : number(5)) {
      case 0:
        c.op = iz::Op::present;
        break;
      case 1:
        c.op = iz::Op::one_of;
        c.values = {"1", "CP", number(2) ? "PA" : "a value of more than sixteen bytes"};
        break;
      case 2:
        c.op = iz::Op::compare_number;  // unknown where the value is no number
        c.compare = iz::Compare::gt;
        break;
      case 3:
        c.op = iz::Op::is;
        c.format = iz::NamedFormat::date_to_day;
        break;
      case 4:
        c.op = iz::Op::compare_place;
        c.to = place();
        break;
      case 5:
        c.op = iz::Op::negate;
        c.parts = {make(depth - 1)};
        break;
      default:
        c.op = number(2) ? iz::Op::all : iz::Op::any;
        for (int i = number(2) + 1; i-- > 0;) c.parts.push_back(make(depth - 1));
    }
    if (c.parts.empty()) c.at = place();
    return c;
  }

  int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

 private:
  iz::RelativePlace place() {
    iz::RelativePlace p;
    const auto n = static_cast<uint32_t>(number(4)) + 1;  // one more than there mostly are
    if (context_ == iz::PlaceContext::data_type) {
      p.component = n;
    } else {
      p.field = n;
      p.component = static_cast<uint32_t>(number(3));
    }
    if (p.component && number(4) == 0) p.subcomponent = 1 + static_cast<uint32_t>(number(2));
    if (context_ == iz::PlaceContext::group) {
      p.segment = iz::segment_code(number(2) ? "ZZZ" : "ZZY");
      p.some = number(3) == 0;
    }
    return p;
  }

  iz::PlaceContext context_;
  std::mt19937 random_{20251209};
};

std::string value(Conditions& c) {
  static constexpr const char* values[] = {
      "", "", " ", "1", "CP", "PA", "20260218", "\"\"", "1&2", "&2", "1~CP^2", "a value of more than sixteen bytes"};
  return values[c.number(12)];
}

std::string segment(Conditions& c, const char* name) {
  std::string out = name;
  for (int f = c.number(4); f-- > 0;) {
    out += '|' + value(c);
    for (int k = c.number(3); k-- > 0;) out += '^' + value(c);
  }
  return out;
}

/// The slow evaluation and the masks must say the same.
void same(const iz::Message& m, const iz::Scope& scope, const iz::Formula& formula, const iz::Facts& facts,
          const iz::Condition& condition, iz::Use use, int& flat) {
  if (!formula.flat()) return;
  ++flat;
  if (formula(facts) == iz::evaluate(m, scope, condition, use)) return;
  FAIL("masks and evaluate differ on " << m.text());
}

void compare(iz::PlaceContext context) {
  Conditions random(context);
  int flat = 0;
  for (int round = 0; round < 400; ++round) {
    iz::FactTable table;
    if (context == iz::PlaceContext::data_type) table.reserve(static_cast<uint32_t>(round) % 4);
    struct Made {
      iz::Condition condition;
      iz::Use use{};
      iz::Formula formula;
    };
    std::vector<Made> made(3);
    for (Made& one : made) {
      one.condition = random.make(2);
      one.use = random.number(2) ? iz::Use::requirement : iz::Use::antecedent;
      one.formula = table.add(one.condition, one.use);
    }
    for (int k = 0; k < 25; ++k) {
      iz::Message m;
      m.parse("MSH|^~\\&|\r" + segment(random, "ZZZ") + "\r" + segment(random, "ZZY") + "\r" + segment(random, "ZZZ"));
      iz::Scope scope;
      scope.context = context;
      scope.segment = kSegment;
      iz::Facts facts;
      const uint32_t group[] = {1, 2, 3};
      if (context == iz::PlaceContext::segment) {
        uint64_t present = 0;
        for (uint32_t n = 1; n <= m.segments()[kSegment].field_count; ++n)
          if (m.present(m.field(kSegment, n))) present |= uint64_t{1} << (n - 1);
        facts = table.of_segment(m, kSegment, present);
      } else if (context == iz::PlaceContext::data_type) {
        scope.element = m.repetition(kSegment, 1, 1);
        scope.parts = iz::Level::component;
        const iz::Parts parts(m, scope.element, scope.parts, 3);
        facts = table.of_parts(m, kSegment, parts);
      } else {
        scope.segments = group;
        facts = table.of_group(m, scope);
      }
      for (const Made& one : made) same(m, scope, one.formula, facts, one.condition, one.use, flat);
    }
  }
  CHECK(flat > 10000);
}

}  // namespace

TEST_CASE("facts: masks say what evaluate says, on a segment") { compare(iz::PlaceContext::segment); }
TEST_CASE("facts: masks say what evaluate says, on a data type") { compare(iz::PlaceContext::data_type); }
TEST_CASE("facts: masks say what evaluate says, on a group") { compare(iz::PlaceContext::group); }

TEST_CASE("facts: an element is cut into its parts") {
  iz::Message m;
  m.parse("MSH|^~\\&|\rZZZ|A^^ ^&B^C~D");
  const iz::Parts parts(m, m.repetition(1, 1, 1), iz::Level::component, 4);
  CHECK(parts.count == 4);
  CHECK(parts.present == 0b1001);
  CHECK(m.value(parts.part(1)) == "A");
  CHECK(m.value(parts.part(4)) == "&B");
  CHECK_FALSE(parts.part(5));
  CHECK(parts.end == parts.part(4).last);  // C is left over
}

TEST_CASE("facts: more conditions than a table has bits are left to evaluate") {
  iz::FactTable table;
  int slow = 0;
  for (uint32_t n = 1; n <= 80; ++n) {
    iz::Condition c;
    c.op = iz::Op::present;
    c.at.field = n;
    slow += !table.add(c, iz::Use::antecedent).flat();
  }
  CHECK(slow == 16);
}
