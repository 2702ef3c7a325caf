#include "core/report.h"
#include "core/meanings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/code_tables.h"
#include "core/code_words.h"
#include "core/condition_words.h"
#include "core/counts.h"
#include "core/dose_words.h"
#include "core/elements.h"
#include "core/first_words.h"
#include "core/quality_words.h"
#include "core/structure.h"
#include "core/vis_words.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr size_t kShownValue = 60;  ///< bytes of a value that a sentence quotes

/// A value as it is quoted: one line, not too long, cut between characters.
std::string quoted(std::string_view value) {
  std::string out;
  size_t n = std::min(value.size(), kShownValue);
  while (n < value.size() && n > 0 && (static_cast<unsigned char>(value[n]) & 0xc0) == 0x80) --n;
  for (char c : value.substr(0, n)) out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  if (n < value.size()) out += "…";
  return out;
}

const CodeSet* code_set_in(const Condition& c) {
  if (c.op == Op::in_code_set) return c.code_set;
  for (const Condition& part : c.parts)
    if (const CodeSet* set = code_set_in(part)) return set;
  return nullptr;
}

/// Fills the placeholders of a rule's sentence from one finding.
class Filler {
 public:
  Filler(const Catalogue& c, const Message& m, const Report& r, const Finding& f)
      : catalogue_(c),
        message_(m),
        report_(r),
        finding_(f),
        rule_(c.rules[f.rule]),
        place_(find_place(c, m, r.profile, f.path)),
        dose_(dose_finding(c, m, r, f)) {}

  std::string fill(std::string_view text, bool general = false) const {
    return fill_placeholders(text,
                             [&](std::string_view key) { return general ? general_value_of(key) : value_of(key); });
  }

 private:
  /// What a placeholder comes to whatever message it is of.
  std::string general_value_of(std::string_view key) const {
    if (key == "place") return general_place(report_, finding_);
    if (key == "dose") return "A dose";
    for (const std::string_view same : {"name", "segment", "group", "type", "code_set", "limit", "misfit", "line_ends"})
      if (key == same) return value_of(key);
    // Of a kind of message that nobody knows its name may be anything.
    if (key == "kind" && value_of(key).ends_with(')')) return value_of(key);
    return "…";
  }

  std::string value_of(std::string_view key) const {
    if (key == "place") return place(catalogue_, report_, finding_);
    if (key == "name") return name();
    if (key == "label") return plain_name();
    if (key == "whole") return plain_whole();
    if (key == "value") return quoted(message_.value(finding_.span));
    if (key == "segment") return segment_name(finding_.path.segment);
    if (key == "group") return group();
    if (key == "type") return place_.type ? place_.type->name : std::string(place_.type_id);
    if (key == "line") return std::to_string(finding_.line);
    if (key == "count") return grouped(finding_.number);
    if (key == "limit") return limit();
    if (key == "code_set") return code_set_names();
    if (key == "edition") return editions();
    if (key == "other_edition") return other_edition();
    if (key == "nearest") return nearest();
    if (key == "form") return std::string(form());
    if (key == "value_type") return value_type();
    if (key == "value_types") return value_types();
    if (key == "vis_missing") return vis_missing();
    if (key == "system") return quoted(beside(2));
    if (key == "beside") return quoted(beside(-2));
    if (key == "right_system") return right_system();
    if (key == "condition") return condition();
    if (key == "dose") return dose();
    if (dose_)
      if (auto word = dose_word(key, catalogue_, *dose_, message_.value(finding_.span))) return *word;
    if (auto word = quality_word(key, catalogue_, message_, report_, finding_)) return *word;
    if (auto word = first_word(key, catalogue_, message_, report_, finding_)) return *word;
    return "{" + std::string(key) + "}";
  }

  // The first part of an element goes by the name of the whole, another by both: "Name of Coding System of Route".
  std::string name() const {
    const std::string field = field_name();
    if (field.empty() && !place_.name().empty()) return std::string(place_.name());
    if (field.empty()) return finding_.element ? finding_.element->name : segment_name(finding_.path.segment);
    return part_of(field);
  }

  /// The field in everyday words: "Vaccine".
  std::string plain_whole() const {
    const Meaning* meaning = find_meaning(finding_.path.segment, finding_.path.field);
    return meaning ? std::string(meaning->label) : field_name();
  }

  /// The place in everyday words: "Vaccine", "City of Address". Of a code or a date the first part is the whole; of
  /// another value it is a part like the others, for the whole may be there when it is missing.
  std::string plain_name() const {
    const std::string whole = plain_whole();
    const DataTypeDef* in = place_.parent;
    const bool first_is_whole = !finding_.path.subcomponent && (!in || in->coded || in->base == "TS");
    return whole.empty() ? name() : part_of(whole, first_is_whole ? 2 : 1);
  }

  /// `from`: the first component that has its own name.
  std::string part_of(std::string_view field, uint32_t from = 2) const {
    const std::string_view inner = finding_.path.subcomponent > 1 ? place_.names[2] : std::string_view();
    const std::string_view part = finding_.path.component >= from ? place_.names[1] : std::string_view();
    std::string out(inner);
    append(out, part, " of ");
    append(out, field, " of ");
    return out;
  }

  std::string field_name() const {
    const SegmentDef* def = report_.profile ? report_.profile->segment(finding_.path.segment) : nullptr;
    const uint32_t n = finding_.path.field;
    return def && n && n <= def->fields.size() ? def->fields[n - 1].name : std::string();
  }

  std::string group() const {
    return finding_.group >= 0 && report_.profile ? report_.profile->structure[static_cast<size_t>(finding_.group)].name
                                                  : std::string();
  }

  std::string limit() const {
    if (rule_.kind != Kind::length || !finding_.element) return std::to_string(finding_.number);
    const ElementDef& e = *finding_.element;
    if (e.max_length == unbounded) return "at least " + grouped(e.min_length);
    if (e.min_length == e.max_length) return "exactly " + grouped(e.max_length);
    return e.min_length <= 1 ? "at most " + grouped(e.max_length)
                             : fmt::format("{} to {}", grouped(e.min_length), grouped(e.max_length));
  }

  /// How a value of the place's type is written.
  std::string_view form() const {
    switch (place_.type ? place_.type->format : Format::none) {
      case Format::dt:
        return "the date as YYYYMMDD, a day that exists (June has 30), such as 20260217";
      case Format::dtm:
        if (place_.parent && (place_.parent->id == "TS_NZ" || place_.parent->id == "TS_M"))
          return "the date as YYYYMMDD without a zone, a day that exists (June has 30), such as 20260217";
        return "the time as YYYYMMDDHHMMSS with its zone, such as 20260217094512-0500; where a day is enough, YYYYMMDD "
               "with a day that exists (June has 30)";
      case Format::tm:
        return "the time of day as HHMMSS with its zone, such as 094512-0500";
      case Format::nm:
        return "the number with digits and at most one point, without unit, blank or comma, such as 0.5";
      case Format::si:
        return "a whole number of at most four digits, such as 1";
      default:
        return "the value in the form of its data type";
    }
  }

  std::string value_type() const {
    const std::string_view type =
        message_.value(locate(message_, {finding_.path.segment, finding_.path.occurrence, 2}).span);
    return type.empty() ? std::string("nothing") : fmt::format("“{}”", quoted(type));
  }

  std::string value_types() const {
    const SegmentDef* def = report_.profile ? report_.profile->segment(finding_.path.segment) : nullptr;
    std::string out;
    if (!def) return out;
    for (const auto& [value, type] : def->value_types) out += (out.empty() ? "" : ", ") + value;
    return out;
  }

  /// What the dose lacks of its information statements.
  std::string vis_missing() const {
    if (!report_.profile) return {};
    StructureMatch match;
    match.match(message_, *report_.profile);
    for (size_t g = 0; g < match.groups().size(); ++g)
      if (match.groups()[g].def == finding_.group && match.groups()[g].number == finding_.path.occurrence)
        return vis_words(message_, match.segments_of(static_cast<int>(g)));
    return {};
  }

  bool is(Engine engine) const { return finding_.rule == catalogue_.rule_index(engine); }

  /// What stands so many components after the place, or before it.
  std::string_view beside(int distance) const {
    Path path = finding_.path;
    uint32_t& number = path.subcomponent ? path.subcomponent : path.component;
    number = static_cast<uint32_t>(static_cast<int>(number) + distance);
    return message_.value(locate(message_, path).span);
  }

  /// The coding system of the code that was found.
  std::string right_system() const {
    for (const CodeSet* set : code_sets())
      if (finding_.code && set->find(finding_.code->code) == finding_.code)
        return std::string(set->system_of(*finding_.code));
    return code_set_names();
  }

  std::vector<const CodeSet*> code_sets() const {
    if (is(Engine::alternate_code_unknown)) {
      std::vector<const CodeSet*> sets;
      for (const CodeSet* set : tables_of_system(catalogue_, finding_.element, beside(2)))
        if (set) sets.push_back(set);
      return sets;
    }
    if (dose_) return tables_of(catalogue_, dose_->fault);
    if (rule_.kind != Kind::statement)
      return finding_.element ? finding_.element->binding : std::vector<const CodeSet*>{};
    for (const Statement& s : catalogue_.statements)
      if (s.rule == finding_.rule)
        if (const CodeSet* set = code_set_in(s.requirement)) return {set};
    return {};
  }

  // By their coding systems, which are the names that stand in messages: "CVX or NDC".
  std::string code_set_names() const {
    std::vector<std::string> names;
    for (const CodeSet* set : code_sets()) {
      const bool own = std::any_of(catalogue_.local.begin(), catalogue_.local.end(), [&](const LocalEffect& e) {
        return e.says(LocalKey::codes) == set->id && e.profile->title == set->edition.source;
      });
      const std::string& name = set->system.empty() || own ? set->name : set->system;
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return fmt::format("{}", fmt::join(names, " or "));
  }

  std::string editions() const {
    std::vector<std::string> dates;
    for (const CodeSet* set : code_sets())
      if (const std::string date = edition_and_age(*set, report_.as_of);
          std::find(dates.begin(), dates.end(), date) == dates.end())
        dates.push_back(date);
    return fmt::format("edition {}", fmt::join(dates, ", "));
  }

  std::string other_edition() const {
    const std::string_view code =
        dose_ && dose_->code ? dose_->code->code : std::string_view(message_.value(finding_.span));
    return other_edition_words(catalogue_, code_sets(), code);
  }

  std::string nearest() const {
    std::string out;
    size_t n = 0;
    for (const CodeSet* set : code_sets())
      for (const Code* code : set->nearest(message_.value(finding_.span), 3))
        if (n++ < 3) out += fmt::format("{}{} ({})", out.empty() ? " Nearest: " : ", ", code->code, code->display);
    return out.empty() ? out : out + ".";
  }

  std::string condition() const {
    const ElementDef* e = finding_.element;
    if (!e || !e->when) return {};
    const bool in_type = finding_.path.component && !e->in_group;
    const std::string segment = segment_name(finding_.path.segment);
    std::string whole = fmt::format("{}-{}", segment, finding_.path.field);
    if (finding_.path.subcomponent) whole += fmt::format(".{}", finding_.path.component);
    const PlaceWords context =
        in_type ? PlaceWords({}, place_.parent, whole) : PlaceWords(e->in_group ? std::string_view() : segment);
    std::string words = in_words(e->when, context);
    // The predicate holds or not according to which usage was broken.
    const Engine when_true = rule_.id == "condition_missing"    ? Engine::condition_missing
                             : rule_.id == "condition_not_sent" ? Engine::condition_not_sent
                                                                : Engine::condition_not_supported;
    const Usage broken = when_true == Engine::condition_missing    ? Usage::R
                         : when_true == Engine::condition_not_sent ? Usage::RE
                                                                   : Usage::X;
    if (e->usage_true == broken) return words;
    return in_words(opposite(e->when), context);
  }

  static Condition opposite(const Condition& c) {
    if (c.op == Op::negate) return c.parts[0];
    Condition out;
    out.op = Op::negate;
    out.parts.push_back(c);
    return out;
  }

  // The order that holds the place, counted by what opens orders up to there: an ORC, or an RXA without one.
  std::string dose() const {
    if (group() == "VXU_V04.ORDER") return fmt::format("Dose {}", finding_.path.occurrence);
    const int at = locate(message_, {finding_.path.segment, finding_.path.occurrence}).segment;
    uint32_t orders = 0, last = 0;
    for (int s = 0; s <= at; ++s) {
      const uint32_t name = message_.segments()[static_cast<size_t>(s)].name;
      const bool order = name == segment_code("ORC"), dose = name == segment_code("RXA");
      if (order || (dose && last != segment_code("ORC"))) ++orders;
      if (order || dose) last = name;
    }
    return orders ? fmt::format("Dose {}", orders) : std::string();
  }

  const Catalogue& catalogue_;
  const Message& message_;
  const Report& report_;
  const Finding& finding_;
  const Rule& rule_;
  Place place_;
  std::optional<DoseFinding> dose_;  ///< of a rule about the codes of a dose
};

}  // namespace

uint32_t Report::count(Severity s) const {
  return static_cast<uint32_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == s; }));
}

std::string Report::choice_text() const {
  if (!profile) return "no profile fits";
  switch (choice) {
    case ProfileChoice::forced:
      return profile->id + " (chosen by you)";
    case ProfileChoice::msh21:
      return doubt == ProfileDoubt::contradiction ? profile->id + " (from MSH-21, against MSH-9)"
                                                  : profile->id + " (from MSH-21)";
    case ProfileChoice::message_type:
      return profile->id + " (from MSH-9)";
    case ProfileChoice::query_name:
      return profile->id + " (from MSH-9 and QPD-1)";
    case ProfileChoice::content:
      return profile->id + " (from MSH-9 and the segments)";
    case ProfileChoice::segments:
      return profile->id + " (from its segments)";
    case ProfileChoice::none:
      break;
  }
  return profile->id;
}

std::string_view local_says(const Catalogue& c, const Finding& f, LocalKey key) {
  for (const int16_t index : {f.local, f.local < 0 ? f.local : c.rules[f.rule].local})
    if (index >= 0)
      if (const std::string& own = c.local[size_t(index)].says(key); !own.empty()) return own;
  return {};
}

/// A sentence of the rule of a finding, or what a local profile has in its place.
static std::string_view said(const Catalogue& c, const Finding& f, std::string Rule::* part, LocalKey key) {
  const std::string_view own = local_says(c, f, key);
  return own.empty() ? std::string_view(c.rules[f.rule].*part) : own;
}

/// A title of the local profile, else its message without the full stop, else the rule's.
static std::string_view said_title(const Catalogue& c, const Finding& f) {
  if (const std::string_view own = local_says(c, f, LocalKey::title); !own.empty()) return own;
  std::string_view message = local_says(c, f, LocalKey::message);
  if (message.empty()) return c.rules[f.rule].title;
  if (message.ends_with('.')) message.remove_suffix(1);
  return message;
}

std::string title(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said_title(c, f));
}

std::string general_title(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said_title(c, f), true);
}

std::string general_sentence(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said(c, f, &Rule::message, LocalKey::message), true);
}

std::string general_place(const Report& r, const Finding& f) {
  if (f.group >= 0 && r.profile) return r.profile->structure[static_cast<size_t>(f.group)].name;
  std::string out = segment_name(f.path.segment);
  if (f.path.field) out += fmt::format("-{}", f.path.field);
  if (f.path.component) out += fmt::format(".{}", f.path.component);
  if (f.path.subcomponent) out += fmt::format(".{}", f.path.subcomponent);
  return out;
}

std::string sentence(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said(c, f, &Rule::message, LocalKey::message));
}

std::string plain(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said(c, f, &Rule::plain, LocalKey::plain));
}

std::string why(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said(c, f, &Rule::why, LocalKey::why));
}

std::string how_to_fix(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  return Filler(c, m, r, f).fill(said(c, f, &Rule::fix, LocalKey::fix));
}

std::string plain_fix(const Catalogue& c, const Message& m, const Report& r, const Finding& f) {
  const std::string_view own = said(c, f, &Rule::plain_fix, LocalKey::plain_fix);
  return Filler(c, m, r, f).fill(own.empty() ? said(c, f, &Rule::fix, LocalKey::fix) : own);
}

/// The statement of the guide, with the place where it is a table of it.
static std::string national_statement(const Catalogue& catalogue, const Report& report, const Finding& finding) {
  const std::string& statement = catalogue.rules[finding.rule].source.statement;
  const bool general = !statement.empty() && statement[0] >= 'a' && statement[0] <= 'z';
  if (!general || finding.kind == Kind::structure || finding.kind == Kind::statement) return statement;
  if (finding.group >= 0) return place(catalogue, report, finding) + ' ' + statement;
  std::string where = segment_name(finding.path.segment);
  if (finding.path.field) where += fmt::format("-{}", finding.path.field);
  for (const uint32_t part : {finding.path.component, finding.path.subcomponent}) {
    if (part) where += fmt::format(".{}", part);
  }
  return where + ' ' + statement;
}

Source source_of(const Catalogue& catalogue, const Report& report, const Finding& finding) {
  Source out = {catalogue.rules[finding.rule].source.document, national_statement(catalogue, report, finding)};
  if (finding.local < 0) return out;
  const LocalEffect& local = catalogue.local[size_t(finding.local)];
  if (local.kind == LocalKind::added) return out;
  const std::string& whose = local.profile->title;
  if (local.kind == LocalKind::wording)
    return {out.document, fmt::format("{}, in the words of {}", out.statement, whose)};
  const std::string& about = local.says(LocalKey::at).empty() ? local.says(LocalKey::rule) : local.says(LocalKey::at);
  out.document = local.profile->edition.empty() ? whose : fmt::format("{}, {}", whose, local.profile->edition);
  out.statement = fmt::format("{}: {}, nationally {}", about, local.here, local.national);
  if (local.kind == LocalKind::relaxed) out.statement += fmt::format("; relaxed: {}", local.says(LocalKey::relaxes));
  return out;
}

Who who_fixes(const Catalogue& c, const Report& r, const Finding& f) {
  if (r.profile && r.profile->from_registry()) return Who::iis;
  if (const auto own = who_named(local_says(c, f, LocalKey::who))) return *own;
  return c.rules[f.rule].who;
}

std::string place(const Catalogue&, const Report& r, const Finding& f) {
  if (f.group < 0 || !r.profile) return to_string(f.path);
  return fmt::format("{}[{}]", r.profile->structure[static_cast<size_t>(f.group)].name, f.path.occurrence);
}

}  // namespace iz
