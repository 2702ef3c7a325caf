// The state of a Checker, shared by check.cpp (profile, structure, order of the findings) and check_elements.cpp (fields,
// components, values, statements). Internal to check.
#pragma once
#include <algorithm>
#include <vector>

#include "core/check.h"
#include "core/evaluate.h"
#include "core/seen_values.h"
#include "core/structure.h"

namespace iz {

/// A place in the segment being checked.
struct Where {
  uint32_t field = 0, repetition = 0, component = 0, subcomponent = 0;
};

/// The name of a segment, or what there is of a line that is shorter than a name.
inline Span name_span(const Segment& segment) { return {segment.begin, std::min(segment.end, segment.begin + 3)}; }

struct ChosenProfile;

struct Checker::State {
  explicit State(const Catalogue& c) : catalogue(c) {}

  const Catalogue& catalogue;
  StructureMatch structure;
  const Message* message = nullptr;
  const Profile* profile = nullptr;
  Report* report = nullptr;
  uint32_t segment = 0;  ///< being checked
  const SegmentDef* segment_def = nullptr;
  Scope group;  ///< the group that holds it
  Surroundings around;
  SeenValues seen;
  bool may_remember = false;  ///< the message has the usual delimiters, so that equal values have equal parts

  // Findings are rare: their making is kept out of the loops that mostly find none.
  [[gnu::noinline, gnu::cold]] Finding& add(Engine engine, const Path& path, Span span);
  [[gnu::noinline, gnu::cold]] Finding& add(uint16_t index, const Rule& rule, const Path& path, Span span);
  /// Makes of a finding what a local profile says of its place.
  void by_place(Finding& f, int16_t local) const;
  /// A finding at a place of the segment being checked.
  [[gnu::noinline, gnu::cold]] Finding& add_here(Engine engine, Where where, Span span, const ElementDef& def);

  Path path(Where w) const {
    const Segment& s = message->segments()[segment];
    return {s.name, s.occurrence, w.field, w.repetition, w.component, w.subcomponent};
  }
  Scope scope_of_segment() const;
  Scope scope_of(const Parts& parts, Where where) const;

  void run(const CheckOptions& options);
  void check_lines();
  void check_structure();

  void check_segment(uint32_t index, const SegmentDef& def);
  void check_fields(const ElementTable& table, uint32_t before, uint64_t present, const Facts& facts);
  uint64_t present_fields(uint32_t before) const;
  void check_field(uint32_t number, const ElementCell& cell, Element field);
  void check_repetitions(uint32_t number, const ElementCell& cell, const DataTypeDef* type, Element field);
  void check_value(const ElementCell& cell, const DataTypeDef& type, Element element, Where where, Level parts);
  void check_text(const ElementCell& cell, const ElementCell& text, const DataTypeDef& type, Element e, Where where,
                  Level parts);
  void check_components(const DataTypeDef& type, Element e, Where where, Level level, const ElementCell& element);
  void check_primitive(const ElementCell& cell, const DataTypeDef& type, Element element, Where where);
  void check_binding(const ElementCell& cell, Element code, Element system, Where where, Level parts);
  /// Code, text and coding system of a coded element taken together (check_codes.cpp).
  [[gnu::noinline, gnu::cold]] void check_triplets(const DataTypeDef& type, const Parts& parts, Where whole,
                                                   Level level, const ElementDef& def);
  /// The elements of a table by what their usage comes to. Of a predicate that cannot be decided nothing is asked.
  template <class ScopeOf>
  UsageMasks usages(const ElementTable& table, const Facts& facts, ScopeOf scope_of);
  [[gnu::noinline, gnu::cold]] void report_usage(const ElementDef& def, Usage usage, Where where, Span span);
  const DataTypeDef* field_type(const ElementCell& cell, Where where, Element field);
  /// `scope_of` makes the scope where it is needed, `whole_of` the place of a finding that no leaf places.
  template <class ScopeOf, class SpotOf>
  void check_statements(const StatementTable& table, const Facts& facts, ScopeOf scope_of, SpotOf whole_of);
  /// On a group or the message.
  void check_statements(std::span<const StatementTable> tables, const Scope& scope, const Spot& whole);
  [[gnu::noinline, gnu::cold]] void report_statement(const Statement& statement, const Scope& scope, const Spot& whole);
  void report_statement(const Statement& statement, const Spot& at);

  /// What must be known first (check_first.cpp).
  void say_first(const CheckOptions& options, const ChosenProfile& chosen);
  void say_truncated();
  void check_form_only();
  void check_envelope();

  void order_findings();

  std::vector<uint32_t> out_of_place;  // names of known segments that are left over
  std::vector<uint32_t> order;         // scratch of order_findings
  std::vector<int32_t> moved;
  std::vector<Finding> sorted_findings;
};

}  // namespace iz
