#include "core/evaluate.h"

#include <algorithm>
#include <cstdlib>

#include "codesets/codeset.h"
#include "core/date.h"
#include "core/dose_check.h"

namespace iz {
namespace {

Path path_in(const Message& m, uint32_t segment, const RelativePlace& place) {
  const Segment& s = m.segments()[segment];
  return {s.name, s.occurrence, place.field, place.field ? 1u : 0u, place.component, place.subcomponent};
}

Spot in_segment(const Message& m, uint32_t segment, const RelativePlace& place) {
  Spot spot{static_cast<int>(segment), {}, path_in(m, segment, place)};
  if (!place.field) return spot;
  spot.element = m.repetition(segment, place.field, 1);
  if (place.component) spot.element = m.is_null(spot.element) ? Element{} : m.component(spot.element, place.component);
  if (place.subcomponent) spot.element = m.subcomponent(spot.element, place.subcomponent);
  return spot;
}

Spot in_data_type(const Message& m, const Scope& scope, const RelativePlace& place) {
  Spot spot{static_cast<int>(scope.segment), m.part(scope.element, scope.parts, place.component), scope.path};
  if (scope.parts == Level::component) {
    spot.path.component = place.component;
    spot.path.subcomponent = place.subcomponent;
    if (place.subcomponent) spot.element = m.subcomponent(spot.element, place.subcomponent);
  } else {
    spot.path.subcomponent = place.component;
  }
  return spot;
}

bool number(std::string_view text, double& out) {
  constexpr size_t few = 15;  // digits that a double holds exactly
  if (text.size() <= few && is_set_id(text)) {
    uint64_t n = 0;
    for (const char c : text) n = n * 10 + static_cast<uint64_t>(c - '0');
    out = static_cast<double>(n);
    return true;
  }
  if (!is_number(text) || text.size() > 40) return false;
  char buffer[41] = {};
  text.copy(buffer, text.size());
  out = std::strtod(buffer, nullptr);
  return true;
}

template <class T>
bool compare(const T& a, Compare how, const T& b) {
  switch (how) {
    case Compare::eq:
      return a == b;
    case Compare::ne:
      return a != b;
    case Compare::lt:
      return a < b;
    case Compare::le:
      return a <= b;
    case Compare::gt:
      return a > b;
    case Compare::ge:
      return a >= b;
  }
  return false;
}

Truth truth(bool holds) { return holds ? Truth::holds : Truth::fails; }

/// The element alone, without its path: all that is needed where no finding will be made.
Element element_at(const Message& m, const Scope& scope, const RelativePlace& place) {
  if (scope.context == PlaceContext::group) return find(m, scope, place).element;
  if (scope.context == PlaceContext::data_type) {
    const Element e = m.part(scope.element, scope.parts, place.component);
    return place.subcomponent ? m.subcomponent(e, place.subcomponent) : e;
  }
  const Element e = m.repetition(scope.segment, place.field, 1);
  if (!place.component) return e;
  if (m.is_null(e)) return {};
  const Element part = m.component(e, place.component);
  return place.subcomponent ? m.subcomponent(part, place.subcomponent) : part;
}

Truth test_leaf(const Message& m, const Scope& scope, const Condition& c, Use use, Spot* failed) {
  if (c.at.some) {  // at least one of the segments of that name
    Spot last;
    bool any = false;
    for (uint32_t s : scope.segments) {
      if (m.segments()[s].name != c.at.segment) continue;
      last = in_segment(m, s, c.at);
      any = true;
      if (m.present(last.element) && (c.op == Op::present || test_value(m, scope, c, last.element) == Truth::holds))
        return Truth::holds;
    }
    if (failed) *failed = any ? last : Spot{};
    return Truth::fails;
  }
  if (!failed && (scope.context != PlaceContext::group || c.at.field)) {
    const Element e = element_at(m, scope, c.at);
    if (c.op == Op::present) return truth(m.present(e));
    if (!m.present(e)) return truth(use == Use::requirement);
    return test_value(m, scope, c, e);
  }
  const Spot spot = find(m, scope, c.at);
  Truth result{};
  if (c.op == Op::present)
    result =
        truth(m.present(spot.element) || (spot.segment >= 0 && !c.at.field && scope.context == PlaceContext::group));
  else if (!m.present(spot.element))
    result = truth(use == Use::requirement);
  else
    result = test_value(m, scope, c, spot.element);
  if (failed) *failed = spot;
  return result;
}

}  // namespace

Truth test_value(const Message& m, const Scope& scope, const Condition& c, Element element) {
  const std::string_view value = m.value(element);
  switch (c.op) {
    case Op::one_of:
      return truth(
          std::any_of(c.values.begin(), c.values.end(), [&](const std::string& v) { return same_text(v, value); }));
    case Op::in_code_set:
      return truth(c.code_set->local || c.code_set->find(value) || c.code_set->matches_pattern(value));
    case Op::is:
      return truth(is_format(value, c.format));
    case Op::compare_number: {
      double n = 0;
      return number(value, n) ? truth(compare(n, c.compare, c.number)) : Truth::unknown;
    }
    case Op::compare_place: {
      const Element other = find(m, scope, c.to).element;
      if (!m.present(other)) return Truth::fails;
      double a = 0, b = 0;
      if (c.compare != Compare::eq && c.compare != Compare::ne) {
        if (!number(value, a) || !number(m.value(other), b)) return Truth::unknown;
        return truth(compare(a, c.compare, b));
      }
      return truth(compare(value, c.compare, m.value(other)));
    }
    default:
      return Truth::unknown;
  }
}

Spot find(const Message& m, const Scope& scope, const RelativePlace& place) {
  switch (scope.context) {
    case PlaceContext::segment:
      return in_segment(m, scope.segment, place);
    case PlaceContext::data_type:
      return in_data_type(m, scope, place);
    case PlaceContext::group:
      break;
  }
  for (uint32_t s : scope.segments)
    if (m.segments()[s].name == place.segment) return in_segment(m, s, place);
  return {};
}

Truth evaluate(const Message& m, const Scope& scope, const Condition& c, Use use, Spot* failed) {
  switch (c.op) {
    case Op::none:
      return Truth::holds;
    case Op::all: {
      Truth result = Truth::holds;
      for (const Condition& part : c.parts) {
        const Truth t = evaluate(m, scope, part, use, failed);
        if (t == Truth::fails) return t;
        if (t == Truth::unknown) result = t;
      }
      return result;
    }
    case Op::any: {
      Truth result = Truth::fails;
      Spot spot;
      bool first = true;
      for (const Condition& part : c.parts) {
        const Truth t = evaluate(m, scope, part, use, failed ? &spot : nullptr);
        if (t == Truth::holds) return t;
        if (t == Truth::unknown) result = t;
        if (t == Truth::fails && first && failed) {
          *failed = spot;
          first = false;
        }
      }
      return result;
    }
    case Op::negate: {
      const Truth t = evaluate(m, scope, c.parts[0], use, failed);
      return t == Truth::unknown ? t : truth(t == Truth::fails);
    }
    case Op::check:
      return check_function(c.check)(m, scope, failed);
    case Op::dose_check: {
      if (!(dose_faults(*c.dose_codes, m, scope.segments) >> c.check & 1)) return Truth::holds;
      if (failed)
        *failed = find_dose_faults(*c.dose_codes, m, scope.segments, static_cast<DoseFault>(c.check)).front().spot;
      return Truth::fails;
    }
    default:
      return test_leaf(m, scope, c, use, failed);
  }
}

}  // namespace iz
