#include "core/quality_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/evaluate.h"
#include "core/pair_table.h"
#include "core/profile.h"
#include "core/structure.h"

namespace iz {
namespace {

/// Finds the test again that made a finding.
class Finder {
 public:
  Finder(const Catalogue& c, const Message& m, const Report& r, const Finding& f)
      : catalogue_(c), message_(m), finding_(f), around_(m, r.as_of, r.sender) {
    if (!r.profile) return;
    const Profile& profile = *r.profile;
    structure_.match(m, profile);
    const int segment = locate(m, {f.path.segment, f.path.occurrence}).segment;
    if (segment >= 0) {
      scope.context = PlaceContext::segment;
      scope.segment = static_cast<uint32_t>(segment);
      if (const SegmentDef* def = profile.segment(f.path.segment)) look(def->statements);
      if (!found) of_type(profile);
    }
    for (size_t g = 0; !found && g < structure_.groups().size(); ++g) {
      const auto segments = structure_.segments_of(static_cast<int>(g));
      const bool inside =
          segment >= 0 && std::find(segments.begin(), segments.end(), scope_segment(segment)) != segments.end();
      const bool itself =
          f.group >= 0 && structure_.groups()[g].def == f.group && structure_.groups()[g].number == f.path.occurrence;
      if (inside || itself)
        of_group(segments, profile.structure[static_cast<size_t>(structure_.groups()[g].def)].statements);
    }
    if (!found) of_group(structure_.segments_of(-1), profile.statements);
  }
  Finder(const Finder&) = delete;

  Scope scope;
  Spot found_spot;
  const Condition* found = nullptr;
  const Surroundings& around() const { return around_; }

 private:
  static uint32_t scope_segment(int segment) { return static_cast<uint32_t>(segment); }

  void of_group(std::span<const uint32_t> segments, const std::vector<int>& statements) {
    scope = {};
    scope.context = PlaceContext::group;
    scope.segments = segments;
    scope.orders = structure_.orders();
    look(statements);
  }

  /// On the data type of the element whose part the finding names, or which it names itself.
  void of_type(const Profile& profile) {
    for (const bool part : {true, false}) {
      Path path = finding_.path;
      if (part) (path.subcomponent ? path.subcomponent : path.component) = 0;
      scope.context = PlaceContext::data_type;
      scope.path = path;
      scope.parts = path.component ? Level::subcomponent : Level::component;
      scope.element = locate(message_, path, scope.segment).element;
      for (const DataTypeDef& type : profile.types)
        if (!found) look(type.statements);
      if (found) return;
    }
  }

  void look(const std::vector<int>& statements) {
    scope.around = &around_;
    for (const int n : statements) {
      const Statement& s = catalogue_.statements[static_cast<size_t>(n)];
      if (found || s.rule != finding_.rule) continue;
      if (s.antecedent && evaluate(message_, scope, s.antecedent, Use::antecedent) != Truth::holds) continue;
      Spot spot;
      if (evaluate(message_, scope, s.requirement, Use::requirement, &spot) != Truth::fails || !spot.leaf) continue;
      if (spot.segment >= 0 && !(spot.path == finding_.path)) continue;
      found = spot.leaf;
      found_spot = spot;
    }
  }

  const Catalogue& catalogue_;
  const Message& message_;
  const Finding& finding_;
  Surroundings around_;
  StructureMatch structure_;
};

/// "2026-02-18", "2026-02" or "2026".
std::string day_words(DayRange d) {
  if (!d.known) return "an unknown day";
  const std::string iso = to_iso(date_of(d.first));
  const int32_t days = d.last - d.first + 1;
  return days == 1 ? iso : iso.substr(0, days < 32 ? 7 : 4);
}

std::string listed(const std::vector<std::string>& items) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "" : i + 1 == items.size() ? " or " : ", ") + items[i];
  return out;
}

}  // namespace

std::optional<std::string> quality_word(std::string_view key, const Catalogue& c, const Message& m, const Report& r,
                                        const Finding& f) {
  static constexpr std::string_view keys[] = {"date",    "other",   "days",  "age",
                                              "allowed", "counted", "score", "score_parts"};
  if (std::find(std::begin(keys), std::end(keys), key) == std::end(keys)) return std::nullopt;
  const Finder finder(c, m, r, f);
  if (!finder.found) return std::nullopt;
  const Condition& test = *finder.found;
  const Scope& scope = finder.scope;
  if (key == "score") return std::to_string(score_of(m, scope, test));
  if (key == "score_parts") {
    std::vector<size_t> parts;
    score_of(m, scope, test, &parts);
    std::string out;
    for (const size_t i : parts)
      out += fmt::format("{}{} ({})", out.empty() ? "" : ", ", test.values[i], test.points[i]);
    return out;
  }
  if (key == "counted") {
    uint32_t n = 0;
    for (const uint32_t s : scope.segments) {
      if (m.segments()[s].name != test.to.segment) continue;
      Scope one;
      one.segment = s;
      one.segments = scope.segments;
      one.around = scope.around;
      n += !test.parts[0] || evaluate(m, one, test.parts[0], Use::antecedent) == Truth::holds;
    }
    return fmt::format("{}", n);
  }
  const std::string_view other = m.value(find(m, scope, test.to).element);
  if (key == "allowed") return test.pairs ? listed(test.pairs->values_of(other)) : std::string();
  const bool many = test.op == Op::count || test.op == Op::unique || test.op == Op::sorted;
  const DayRange days = many ? day_range(m.value(f.span)) : days_at(m, scope, test.at);
  if (key == "date") return day_words(days);
  if (key == "age")
    return days.known && finder.around().birth.known
               ? age_in_words(date_of(finder.around().birth.first), date_of(days.first))
               : std::string("an unknown age");
  const DayRange to = days_at(m, scope, test.to);
  if (key == "days") return std::to_string(days.known && to.known ? std::abs(days.first - to.first) : 0);
  return test.op == Op::compare_date ? day_words(to) : std::string(other);
}

}  // namespace iz
