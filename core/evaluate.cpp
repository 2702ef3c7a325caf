#include "core/evaluate.h"

#include <algorithm>

#include "codesets/codeset.h"
#include "core/date.h"
#include "core/dose_check.h"
#include "core/pair_table.h"
#include "core/word_list.h"

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
  if (!is_number(text)) return false;
  out = number_value(text);
  return true;
}

template <class T>
bool compare_values(const T& a, Compare how, const T& b) {
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

/// Of a field that repeats: whether one of its repetitions passes.
Truth test_repetitions(const Message& m, const Scope& scope, const Condition& c, Spot* failed) {
  const Element field = m.field(scope.segment, c.at.field);
  if (failed) *failed = in_segment(m, scope.segment, c.at);
  for (uint32_t at = field.first; at < field.last;) {
    const Element repetition{at, m.part_end(at, field.last, Level::repetition)};
    at = repetition.last;
    Element e = c.at.component ? m.component(repetition, c.at.component) : repetition;
    if (c.at.subcomponent) e = m.subcomponent(e, c.at.subcomponent);
    if (m.present(e) && (c.op == Op::present || test_value(m, scope, c, e) == Truth::holds)) return Truth::holds;
  }
  return Truth::fails;
}

Truth test_leaf(const Message& m, const Scope& scope, const Condition& c, Use use, Spot* failed) {
  if (c.at.clock != Clock::none) return test_days(m, scope, c, days_at(m, scope, c.at));
  if (c.at.some && scope.context == PlaceContext::segment) return test_repetitions(m, scope, c, failed);
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
  if (!failed && (scope.context != PlaceContext::group || c.at.field || c.at.outside)) {
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
      return number(value, n) ? truth(compare_values(n, c.compare, c.number)) : Truth::unknown;
    }
    case Op::compare_place: {
      const Element other = element_at(m, scope, c.to);
      if (!m.present(other)) return Truth::fails;
      double a = 0, b = 0;
      if (c.compare != Compare::eq && c.compare != Compare::ne) {
        if (!number(value, a) || !number(m.value(other), b)) return Truth::unknown;
        return truth(compare_values(a, c.compare, b));
      }
      return truth(compare_values(value, c.compare, m.value(other)));
    }
    case Op::compare_date:
      return test_days(m, scope, c, day_range(value));
    case Op::like:
      return truth(c.pattern->matches(value) != c.none);
    case Op::in_list:
      return truth(c.list->holds(m, element) != c.none);
    case Op::fits:
      return c.pairs->fits(m.value(element_at(m, scope, c.to)), value);
    default:
      return Truth::unknown;
  }
}

Element element_at(const Message& m, const Scope& scope, const RelativePlace& place) {
  if (scope.context == PlaceContext::group || place.segment) return find(m, scope, place).element;
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

DayRange days_in(const Message& m, const Scope& scope, const RelativePlace& place) {
  const Element e = element_at(m, scope, place);
  if (m.empty(e) || !m.present(e)) return {};
  return day_range(m.value(m.component(e, 1)));
}

Spot find(const Message& m, const Scope& scope, const RelativePlace& place) {
  if (place.outside) {
    int s = scope.around ? scope.around->segment(place.segment) : m.find_segment(segment_name(place.segment));
    if (s < 0) return {};
    return in_segment(m, static_cast<uint32_t>(s), place);
  }
  switch (scope.context) {
    case PlaceContext::segment:
      if (!place.segment) return in_segment(m, scope.segment, place);
      break;
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
    case Op::count:
    case Op::unique:
    case Op::sorted:
    case Op::score:
      return evaluate_many(m, scope, c, failed);
    case Op::sender:
      return truth(scope.around && static_cast<int>(scope.around->sender) == c.check);
    case Op::dose_check: {
      if (!(dose_faults(*c.dose_codes, m, scope.segments) >> c.check & 1)) return Truth::holds;
      if (failed)
        *failed = find_dose_faults(*c.dose_codes, m, scope.segments, static_cast<DoseFault>(c.check)).front().spot;
      return Truth::fails;
    }
    default: {
      const Truth t = test_leaf(m, scope, c, use, failed);
      if (failed) failed->leaf = &c;
      return t;
    }
  }
}

}  // namespace iz
