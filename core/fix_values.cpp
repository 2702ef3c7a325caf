// Fixes that write what a statement asks for: the value that the guide fixes, the value of another place, the number of a
// segment among its like.
#include <algorithm>

#include "core/batch.h"
#include "core/elements.h"
#include "core/evaluate.h"
#include "core/fix_parts.h"
#include "core/sort.h"
#include "core/structure.h"
#include "core/words.h"

namespace iz {
namespace {

bool same_place(Path a, Path b) {
  a.repetition = std::max(a.repetition, 1u);
  b.repetition = std::max(b.repetition, 1u);
  return a == b;
}

/// Whether `inner` is `outer` or a part of it.
bool within(const Path& inner, const Path& outer) {
  Path cut = inner;
  if (!outer.component) cut.component = 0;
  if (!outer.subcomponent) cut.subcomponent = 0;
  return same_place(cut, outer);
}

bool same_letters(std::string_view a, std::string_view b) {
  a = trim_blanks(a);
  b = trim_blanks(b);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    const auto upper = [](unsigned char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; };
    return upper(x) == upper(y);
  });
}

/// The statements that speak about the place of a finding, each in its scope.
class Statements {
 public:
  explicit Statements(const Mending& m) : m_(m) {
    if (m.report.profile) match_.match(m.message, *m.report.profile);
  }

  /// Calls `use(statement, scope)` for each whose `if` holds.
  template <class Use>
  void each(Use use) const {
    const Profile* profile = m_.report.profile;
    const int index = m_.segment();
    if (!profile || index < 0) return;
    const auto segment = static_cast<uint32_t>(index);
    Scope scope;
    scope.segment = segment;
    if (const SegmentDef* def = profile->segment(m_.finding.path.segment)) run(def->statements, scope, use);
    each_type(*profile, segment, use);
    each_group(*profile, segment, use);
  }

 private:
  template <class Use>
  void run(const std::vector<int>& statements, const Scope& scope, Use use) const {
    for (const int i : statements) {
      const Statement& s = m_.catalogue.statements[static_cast<size_t>(i)];
      if (!s.antecedent || evaluate(m_.message, scope, s.antecedent, iz::Use::antecedent) == Truth::holds)
        use(s, scope);
    }
  }

  template <class Use>
  void each_type(const Profile& profile, uint32_t segment, Use use) const {
    const Path& at = m_.finding.path;
    if (!at.field) return;
    // The element that the place is a part of, and that one's whole.
    for (const Level level : {Level::subcomponent, Level::component}) {
      Path whole = at;
      if (level == Level::subcomponent && !at.subcomponent) continue;
      whole.subcomponent = 0;
      if (level == Level::component) whole.component = 0;
      for (const DataTypeDef& type : profile.types) {
        if (type.statements.empty() || !is_type(profile, whole, type)) continue;
        Scope scope;
        scope.context = PlaceContext::data_type;
        scope.segment = segment;
        scope.path = whole;
        scope.parts = level;
        scope.element = locate(m_.message, whole, segment).element;
        run(type.statements, scope, use);
      }
    }
  }

  bool is_type(const Profile& profile, const Path& path, const DataTypeDef& type) const {
    const SegmentDef* def = profile.segment(path.segment);
    if (!def || path.field > def->fields.size()) return false;
    int t = def->fields[path.field - 1].type;
    if (path.component && t >= 0) {
      const auto& components = profile.types[static_cast<size_t>(t)].components;
      t = path.component <= components.size() ? components[path.component - 1].type : -1;
    }
    return t >= 0 && &profile.types[static_cast<size_t>(t)] == &type;
  }

  template <class Use>
  void each_group(const Profile& profile, uint32_t segment, Use use) const {
    for (size_t g = 0; g < match_.groups().size(); ++g) {
      Scope scope;
      scope.context = PlaceContext::group;
      scope.segments = match_.segments_of(static_cast<int>(g));
      if (std::find(scope.segments.begin(), scope.segments.end(), segment) == scope.segments.end()) continue;
      run(profile.structure[static_cast<size_t>(match_.groups()[g].def)].statements, scope, use);
    }
    Scope scope;
    scope.context = PlaceContext::group;
    scope.segments = match_.segments_of(-1);
    scope.orders = match_.orders();
    run(profile.statements, scope, use);
  }

  const Mending& m_;
  StructureMatch match_;
};

/// What a requirement wants in places: text at a path.
struct Wanted {
  Path path;
  std::string text;
};

/// The leaves of a requirement that name one value each; those in "any" and "not" leave a choice.
void collect(const Mending& m, const Scope& scope, const Condition& c, std::vector<Wanted>& out) {
  if (c.op == Op::all) {
    for (const Condition& part : c.parts) collect(m, scope, part, out);
    return;
  }
  const Spot spot = find(m.message, scope, c.at);
  if (spot.segment < 0) return;
  if (c.op == Op::one_of && c.values.size() == 1) out.push_back({spot.path, c.values[0]});
  if (c.op == Op::compare_place && c.compare == Compare::eq) {
    const Element other = find(m.message, scope, c.to).element;
    if (m.message.present(other)) out.push_back({spot.path, std::string(m.message.value(other))});
  }
}

std::string_view value_at(const Message& m, const Path& path) { return m.value(locate(m, path).span); }

/// All that is wanted as one fix: each place is written on the text with those before.
void write_all(const Mending& m, const std::vector<Wanted>& wanted, bool safe) {
  const uint32_t s = static_cast<uint32_t>(m.segment());
  std::string words, places;
  bool only_spelling = true;
  Message now = m.message;
  for (const Wanted& w : wanted) {
    const std::string_view there = value_at(now, w.path);
    if (there == w.text) continue;
    only_spelling = only_spelling && same_letters(there, w.text);
    const auto edits = put_text(now, w.path, w.text);
    if (!edits) return;
    words += (words.empty() ? "" : "^") + w.text;
    if (places.empty()) places = short_place(m.message, w.path);
    now.parse(apply_edits(now.text(), *edits));
  }
  if (words.empty()) return;
  const std::string label = "Write " + short_value(words) + " in " + places;
  if (is_header(m.finding.path.segment) && m.finding.path.field == 1) return m.write(m.finding.path, words, safe);
  const Segment& before = m.message.segments()[s];
  const Segment& after = now.segments()[s];
  const Span line{before.begin, before.end};
  // Only what differs is replaced.
  const std::string_view a = m.message.value(line), b = now.value(Span{after.begin, after.end});
  const auto common = static_cast<uint32_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  uint32_t tail = 0;
  while (tail < a.size() - common && tail < b.size() - common && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
    ++tail;
  m.add(label, Edits{{{line.begin + common, line.end - tail}, std::string(b.substr(common, b.size() - common - tail))}},
        safe || only_spelling);
}

/// Something absent: what any statement wants there, by itself.
void write_fixed(const Mending& m) {
  std::vector<Wanted> wanted;
  Statements(m).each([&](const Statement& s, const Scope& scope) {
    std::vector<Wanted> all;
    collect(m, scope, s.requirement, all);
    for (Wanted& w : all) {
      const bool taken = std::any_of(wanted.begin(), wanted.end(), [&](const Wanted& o) { return o.path == w.path; });
      if (!taken && within(w.path, m.finding.path)) wanted.push_back(std::move(w));
    }
  });
  const ElementDef* def = m.finding.element;
  if (wanted.empty() && def && def->binding.size() == 1 && def->binding[0]->codes().size() == 1 &&
      !def->binding[0]->open && !def->binding_component)
    wanted.push_back({m.finding.path, std::string(def->binding[0]->codes()[0].code)});
  sort_values(wanted, [](const Wanted& a, const Wanted& b) {
    return a.path.component != b.path.component ? a.path.component < b.path.component
                                                : a.path.subcomponent < b.path.subcomponent;
  });
  if (m.segment() >= 0) write_all(m, wanted, m.mend.safe);
}

}  // namespace

void mend_required(const Mending& m) {
  if (m.catalogue.rules[m.finding.rule].kind != Kind::statement) return write_fixed(m);
  // The profile itself must be beyond doubt, else the message may be right and the profile wrong.
  const bool safe = m.mend.safe && m.report.choice != ProfileChoice::forced && m.report.doubt == ProfileDoubt::none;
  Statements(m).each([&](const Statement& s, const Scope& scope) {
    if (s.rule != m.finding.rule) return;
    std::vector<Wanted> wanted;
    collect(m, scope, s.requirement, wanted);
    Spot failed;
    if (evaluate(m.message, scope, s.requirement, Use::requirement, &failed) != Truth::fails) return;
    const bool here = std::any_of(wanted.begin(), wanted.end(), [&](const Wanted& w) {
      return same_place(w.path, m.finding.path) || within(w.path, m.finding.path);
    });
    if (here) write_all(m, wanted, safe);
  });
}

void mend_count(const Mending& m) { m.write(m.finding.path, std::to_string(m.finding.number), m.mend.safe); }

void mend_profile(const Mending& m) {
  if (!m.report.profile) return;
  const Path path{segment_code("MSH"), 1, 21, 1};
  const Location at = locate(m.message, path);
  if (at.segment < 0) return;
  const Delimiters& d = m.message.delimiters();
  std::string text = m.report.profile->id + d.component + "CDCPHINVS";
  const std::string label = "Write " + text + " in MSH-21";
  if (at.found && m.message.present(at.element)) text += d.repetition + std::string(m.message.value(at.span));
  m.add(label, put_text(m.message, path, text), m.mend.safe);
}

void mend_trim(const Mending& m) {
  const std::string_view value = m.value(), trimmed = trim_blanks(value);
  const ElementDef* def = m.finding.element;
  if (trimmed == value || trimmed.empty() || !def) return;
  if (trimmed.size() < def->min_length || trimmed.size() > def->max_length) return;
  m.add("Write " + short_value(trimmed) + " without blanks", Edits{{m.finding.span, std::string(trimmed)}},
        m.mend.safe);
}

// Set ids: of OBX through the message or from 1 in each order, whichever changes less; of others by occurrence.
void mend_number(const Mending& m) {
  const Message& message = m.message;
  const int index = m.segment();
  if (index < 0 || !m.report.profile || m.finding.path.field != 1) return;
  const Place at = find_place(m.catalogue, m.message, m.report.profile, m.finding.path);
  if (!at.type || at.type->format != Format::si) return;
  const Segment& self = message.segments()[static_cast<size_t>(index)];
  Edits edits;
  if (self.name != segment_code("OBX")) {
    const Path path{self.name, self.occurrence, 1, 1};
    return m.write(path, std::to_string(self.occurrence), m.mend.safe);
  }
  StructureMatch match;
  match.match(message, *m.report.profile);
  std::vector<Edits> ways(2);  // through the message, from 1 in each order
  uint32_t through = 0, in_order = 0, order = 0;
  const auto placed = match.segments_of(-1);
  for (size_t i = 0; i < placed.size(); ++i) {
    const Segment& s = message.segments()[placed[i]];
    if (s.name != segment_code("OBX")) continue;
    if (match.orders()[i] != order) in_order = 0;
    order = match.orders()[i];
    ++through;
    ++in_order;
    const Element field = message.field(placed[i], 1);
    Span span = message.span(field);
    std::string before;
    if (!field) {
      span = {s.end, s.end};
      before = message.delimiters().field;
    }
    if (message.value(span) != std::to_string(through)) ways[0].push_back({span, before + std::to_string(through)});
    if (message.value(span) != std::to_string(in_order)) ways[1].push_back({span, before + std::to_string(in_order)});
  }
  const bool anew = ways[1].size() < ways[0].size();
  m.add(anew ? "Number the OBX from 1 in each order" : "Number the OBX through the message", ways[anew], m.mend.safe);
}

}  // namespace iz
