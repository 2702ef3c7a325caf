#include "core/condition_words.h"

#include <catch_amalgamated.hpp>

#include "codesets/codeset.h"
#include "core/message.h"
#include "core/profile.h"

using namespace iz;

namespace {

Condition leaf(Op op, uint32_t field, uint32_t component = 0) {
  Condition c;
  c.op = op;
  c.at.field = field;
  c.at.component = component;
  return c;
}
Condition sent(uint32_t field, uint32_t component = 0) { return leaf(Op::present, field, component); }
Condition value(uint32_t field, uint32_t component, std::vector<std::string> values) {
  Condition c = leaf(Op::one_of, field, component);
  c.values = std::move(values);
  return c;
}
Condition list(Op op, std::vector<Condition> parts) {
  Condition c;
  c.op = op;
  c.parts = std::move(parts);
  return c;
}
Condition negate(Condition c) { return list(Op::negate, {std::move(c)}); }

}  // namespace

TEST_CASE("condition words: leaves") {
  CHECK(in_words(Condition{}, "RXA").empty());
  CHECK(in_words(sent(20), "RXA") == "RXA-20 is sent");
  CHECK(in_words(negate(sent(20)), "RXA") == "RXA-20 is not sent");
  CHECK(in_words(value(9, 1, {"00"}), "RXA") == "RXA-9.1 is 00");
  CHECK(in_words(value(20, 0, {"CP", "PA"}), "RXA") == "RXA-20 is CP or PA");
  CHECK(in_words(negate(value(20, 0, {"A", "B", "C"})), "RXA") == "RXA-20 is not A, B or C");
  CHECK(in_words(negate(negate(sent(3))), "RXA") == "RXA-3 is sent");
  CHECK(in_words(sent(0, 3), "EI_IZ") == "component 3 is sent");
  DataTypeDef type;
  type.components.resize(1);
  type.components[0].name = "Identifier";
  CHECK(in_words(sent(0, 1), {{}, &type, "PID-3"}) == "Identifier (PID-3.1) is sent");
  CHECK(in_words(sent(0, 2), {{}, &type, "PID-3"}) == "component 2 is sent");

  Condition c = leaf(Op::compare_place, 4, 1);
  c.to.field = 3;
  c.to.component = 1;
  CHECK(in_words(c, "RXA") == "RXA-4.1 equals RXA-3.1");
  CHECK(in_words(negate(c), "RXA") == "RXA-4.1 differs from RXA-3.1");
  c.compare = Compare::le;
  CHECK(in_words(negate(c), "RXA") == "RXA-4.1 is greater than RXA-3.1");

  Condition n = leaf(Op::compare_number, 6);
  n.compare = Compare::gt;
  n.number = 0;
  CHECK(in_words(n, "RXA") == "RXA-6 is greater than 0");
  CHECK(in_words(negate(n), "RXA") == "RXA-6 is at most 0");

  CodeSet cvx;
  cvx.id = "CVX";
  Condition code = leaf(Op::in_code_set, 5, 1);
  code.code_set = &cvx;
  CHECK(in_words(code, "RXA") == "RXA-5.1 is a code of CVX");
  CHECK(in_words(negate(code), "RXA") == "RXA-5.1 is no code of CVX");

  Condition date = leaf(Op::is, 7, 1);
  CHECK(in_words(date, "PID") == "PID-7.1 is a date to the day (YYYYMMDD) without a time zone");

  Condition some = value(3, 1, {"64994-7"});
  some.at.segment = segment_code("OBX");
  some.at.some = true;
  CHECK(in_words(some, "") == "some OBX-3.1 is 64994-7");
  CHECK(in_words(negate(some), "") == "no OBX-3.1 is 64994-7");
}

TEST_CASE("condition words: lists") {
  const Condition given = list(Op::all, {value(9, 1, {"00"}), sent(9, 1)});
  const Condition complete = list(Op::all, {value(20, 0, {"CP", "PA"}), sent(20)});
  CHECK(in_words(list(Op::all, {given, complete}), "RXA") == "RXA-9.1 is 00 and RXA-20 is CP or PA");
  CHECK(in_words(list(Op::any, {given, complete}), "RXA") == "RXA-9.1 is 00 or RXA-20 is CP or PA");
  CHECK(in_words(negate(list(Op::any, {sent(2), sent(3)})), "RXA") == "RXA-2 is not sent and RXA-3 is not sent");
  CHECK(in_words(negate(list(Op::all, {sent(2), sent(3)})), "RXA") == "RXA-2 is not sent or RXA-3 is not sent");
  CHECK(in_words(list(Op::all, {sent(1), list(Op::any, {sent(2), sent(3)})}), "RXA") ==
        "RXA-1 is sent and either RXA-2 is sent or RXA-3 is sent");
  CHECK(in_words(list(Op::any, {sent(1), list(Op::all, {sent(2), sent(3), sent(4)})}), "RXA") ==
        "RXA-1 is sent or RXA-2 is sent, RXA-3 is sent and RXA-4 is sent");
  CHECK(in_words(list(Op::any, {sent(1), list(Op::all, {sent(2), sent(3)})}), "RXA") ==
        "RXA-1 is sent or both RXA-2 is sent and RXA-3 is sent");
  // Another place's value says nothing about this one.
  CHECK(in_words(list(Op::all, {value(2, 0, {"NET"}), sent(3)}), "XTN") == "XTN-2 is NET and XTN-3 is sent");
  // The negation of a value is true of an absent element, so "is sent" stays.
  CHECK(in_words(list(Op::all, {negate(value(6, 0, {"999"})), sent(6)}), "RXA") == "RXA-6 is not 999 and is sent");
  Condition check;
  check.op = Op::check;
  check.check = 0;
  CHECK(in_words(check, "NK1").empty());
  CHECK(in_words(list(Op::all, {check, sent(1)}), "NK1") == "NK1-1 is sent");
}
