#include "core/catalogue.h"

#include <algorithm>

#include "core/code_links.h"
#include "core/dose_codes.h"
#include "core/loader.h"
#include "core/pair_table.h"
#include "core/word_list.h"

namespace iz {

Catalogue::Catalogue() : dose_codes_(std::make_unique<DoseCodes>()) {}
Catalogue::~Catalogue() = default;

const Profile* Catalogue::profile(std::string_view id) const {
  for (const auto& p : profiles)
    if (p->id == id) return p.get();
  return nullptr;
}

const CodeSet* Catalogue::code_set(std::string_view id) const {
  const auto it = code_sets.find(id);
  return it == code_sets.end() ? nullptr : it->second.get();
}

std::span<const std::shared_ptr<const CodeSet>> Catalogue::other_editions(std::string_view id) const {
  const auto it = other_editions_.find(id);
  if (it == other_editions_.end()) return {};
  return it->second;
}

const Rule* Catalogue::rule(std::string_view id) const {
  const auto it =
      std::lower_bound(rules.begin(), rules.end(), id, [](const Rule& r, std::string_view i) { return r.id < i; });
  return it != rules.end() && it->id == id ? &*it : nullptr;
}

const LocalEffect* Catalogue::local_code(std::string_view code, const Path& place) const {
  const LocalEffect* best = nullptr;
  for (const LocalEffect& e : local) {
    if (code.empty() || e.says(LocalKey::code) != code) continue;
    const auto at = parse_path(e.says(LocalKey::at));
    const bool here = at && at->segment == place.segment && at->field == place.field;
    if (here) return &e;
    if (!best) best = &e;
  }
  return best;
}

std::unique_ptr<Catalogue> Catalogue::load(std::span<const EmbeddedFile> files, std::span<const LoadedTable> loaded,
                                           std::span<const std::shared_ptr<const LocalProfile>> locals, Date as_of) {
  auto catalogue = std::make_unique<Catalogue>();
  Loader(*catalogue).load(files, loaded, locals, as_of);
  catalogue->links_ = std::make_unique<CodeLinks>(*catalogue);
  catalogue->dose_codes_->compile(*catalogue);
  return catalogue;
}

const Catalogue& Catalogue::built_in() {
  static const std::unique_ptr<Catalogue> catalogue = load(embedded_files());
  return *catalogue;
}

const SegmentDef* Profile::segment(uint32_t code) const {
  const auto it = std::find_if(segments.begin(), segments.end(), [&](const SegmentDef& s) { return s.code == code; });
  return it == segments.end() ? nullptr : &*it;
}

const SegmentDef* Profile::segment(std::string_view name) const { return segment(segment_code(name)); }

std::string_view to_string(Usage usage) {
  static constexpr std::string_view names[] = {"R", "RE", "O", "X", "C"};
  return names[static_cast<size_t>(usage)];
}

std::string_view to_string(Severity s) {
  static constexpr std::string_view names[] = {"error", "warning", "info"};
  return names[static_cast<size_t>(s)];
}

std::string_view to_string(Kind k) {
  static constexpr std::string_view names[] = {"structure", "usage",     "predicate", "cardinality", "length",
                                               "format",    "value_set", "statement", "quality",     "advice"};
  return names[static_cast<size_t>(k)];
}

std::string_view to_string(Layer l) {
  static constexpr std::string_view names[] = {"R1.5", "addendum", "local", "quality", "advice"};
  return names[static_cast<size_t>(l)];
}

std::string_view to_string(Who w) {
  static constexpr std::string_view names[] = {"registration", "clinic", "interface", "vendor", "codes", "iis"};
  return names[static_cast<size_t>(w)];
}

std::string_view label(Severity s) {
  static constexpr std::string_view names[] = {"Error", "Warning", "Advice"};
  return names[static_cast<size_t>(s)];
}

std::string_view label(Who w) {
  static constexpr std::string_view names[] = {"Registration desk", "Clinic staff",   "Interface analyst",
                                               "EHR vendor",        "Code-set owner", "Registry"};
  return names[static_cast<size_t>(w)];
}

}  // namespace iz
