#include "core/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/decode.h"
#include "core/element_words.h"
#include "core/elements.h"
#include "core/meanings.h"
#include "core/segment_words.h"

namespace iz {
namespace {

/// The numbers that `parse_path` would have filled in.
Path completed(Path path) {
  if (path.segment == 0) return path;
  path.occurrence = std::max(path.occurrence, 1u);
  if (path.field != 0) path.repetition = std::max(path.repetition, 1u);
  return path;
}

std::string binding_text(const std::vector<const CodeSet*>& sets) {
  std::string out;
  for (const CodeSet* set : sets) {
    if (!out.empty()) out += "; ";
    out += set->id;
    if (!set->edition.date.empty()) out += ", " + set->edition.date;
  }
  return out;
}

/// Whether a finding stands at a place or inside it.
bool is_at(const Path& finding, const Path& place) {
  if (finding.segment != place.segment || finding.occurrence != place.occurrence) return false;
  if (place.field == 0) return true;
  if (finding.field != place.field || std::max(finding.repetition, 1u) != place.repetition) return false;
  if (place.component == 0) return true;
  if (finding.component != place.component) return false;
  return place.subcomponent == 0 || finding.subcomponent == place.subcomponent;
}

}  // namespace

Explainer::Explainer(const Catalogue& catalogue, const Message& message, const Report& report)
    : catalogue_(catalogue),
      message_(message),
      report_(report),
      decoder_(std::make_unique<Decoder>(catalogue, message, report, Decoder::Style::full)) {}

Explainer::~Explainer() = default;

Explanation Explainer::explain(const Path& path, const Location& at) const {
  Explanation out;
  out.path = path;
  out.span = at.span;
  if (at.found) {
    out.present = path.field == 0 || message_.present(at.element);
    out.value = message_.value(at.span);
  }

  const Place place = find_place(catalogue_, message_, report_.profile, path, at.segment);
  out.defined = place.defined;
  const Meaning* of_segment = find_meaning(path.segment, 0);
  const Meaning* meaning = path.field == 0 ? of_segment : find_meaning(path.segment, path.field);
  if (meaning) out.meaning = meaning->text;
  const bool inner = path.component != 0;
  out.label = inner || !meaning ? std::string(place.name()) : std::string(meaning->label);
  out.name = place.name();
  if (out.name.empty() && path.field == 0) out.name = segment_name(path.segment);

  out.trail = of_segment ? std::string(of_segment->label) : std::string(place.title);
  for (const std::string_view name : place.names)
    if (!name.empty()) out.trail += fmt::format("{}{}", out.trail.empty() ? "" : " > ", name);

  if (path.field != 0) out.data_type = place.type_id;
  // Usage, cardinality and length of another message's profile would say nothing about this one.
  if (place.element && place.profile == report_.profile) {
    const ElementDef& e = *place.element;
    out.usage = usage_text(e);
    out.cardinality = cardinality_text(e, place.parent != nullptr);
    out.length = length_text(e);
    out.condition = condition_text(e, inner ? std::string_view{} : std::string_view(place.segment->name));
  }
  if (path.field == 0 && report_.profile) {
    for (const StructureDef& d : report_.profile->structure) {
      if (d.code != path.segment) continue;
      out.usage = to_string(d.usage);
      out.cardinality = cardinality_text(d.min, d.max);
    }
  }
  out.binding = binding_text(place.codes);

  if (path.field != 0)
    out.decoded = decoder_->value(path, place, at);
  else if (at.segment >= 0)
    out.decoded = segment_words(*decoder_, message_, uint32_t(at.segment));
  return out;
}

Explanation explain(const Catalogue& catalogue, const Message& message, const Report& report, const Path& asked) {
  const Path path = completed(asked);
  Explanation out = Explainer(catalogue, message, report).explain(path, locate(message, path));
  for (uint32_t i = 0; i < report.findings.size(); ++i)
    if (report.findings[i].group < 0 && is_at(report.findings[i].path, path)) out.findings.push_back(i);
  return out;
}

Explanation explain(const Catalogue& catalogue, const Message& message, const Report& report, uint32_t offset) {
  return explain(catalogue, message, report, path_at(message, offset));
}

std::string decode(const Catalogue& catalogue, const Message& message, const Report& report, const Path& asked) {
  const Path path = completed(asked);
  const Decoder decoder(catalogue, message, report, Decoder::Style::brief);
  if (path.field != 0) return decoder.value(path);
  const Location at = locate(message, path);
  return at.segment >= 0 ? segment_words(decoder, message, uint32_t(at.segment)) : std::string{};
}

}  // namespace iz
