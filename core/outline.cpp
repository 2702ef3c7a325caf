#include "core/outline.h"

#include <algorithm>
#include <tuple>

#include "core/elements.h"
#include "core/sort.h"

namespace iz {

namespace {

bool before(const Path& a, const Path& b) {
  const auto key = [](const Path& p) {
    return std::tuple(p.segment, p.occurrence, p.field, p.repetition, p.component, p.subcomponent);
  };
  return key(a) < key(b);
}

/// Findings by place: each under its own place and under every place around it.
class ByPlace {
 public:
  explicit ByPlace(const Report& report) {
    for (uint32_t i = 0; i < report.findings.size(); ++i) {
      const Finding& finding = report.findings[i];
      if (finding.group >= 0 || !finding.path.segment) continue;
      Path path = finding.path;
      if (path.field && !path.repetition) path.repetition = 1;
      entries_.push_back({path, i});
      for (uint32_t Path::* part : {&Path::subcomponent, &Path::component, &Path::repetition}) {
        if (!(path.*part)) continue;
        path.*part = 0;
        if (part == &Path::repetition) path.field = 0;  // a field is always spoken of with its repetition
        entries_.push_back({path, i});
      }
    }
    sort_values(entries_, [](const Entry& a, const Entry& b) {
      return before(a.path, b.path) || (a.path == b.path && a.finding < b.finding);
    });
  }
  void find(const Path& path, std::vector<uint32_t>& out) const {
    out.clear();
    auto it = std::lower_bound(entries_.begin(), entries_.end(), path,
                               [](const Entry& entry, const Path& p) { return before(entry.path, p); });
    for (; it != entries_.end() && it->path == path; ++it) out.push_back(it->finding);
  }

 private:
  struct Entry {
    Path path;
    uint32_t finding;
  };
  std::vector<Entry> entries_;
};

/// Calls `each(number, part)` for the parts of an element that start at `level`, from 1.
template <class Each>
bool for_each_part(const Message& message, Element element, Level level, Each each) {
  const auto nodes = message.nodes();
  uint32_t number = 1;
  for (uint32_t first = element.first; first < element.last; ++number) {
    uint32_t last = first + 1;
    while (last < element.last && nodes[last].starts < level) ++last;
    if (!each(number, Element{first, last})) return false;
    first = last;
  }
  return true;
}

class Walk {
 public:
  Walk(const Catalogue& catalogue, const Message& message, const Report& report,
       const std::function<bool(const Explanation&)>& visit)
      : catalogue_(catalogue),
        message_(message),
        profile_(report.profile),
        explainer_(catalogue, message, report),
        by_place_(report),
        visit_(visit) {}

  bool segment(uint32_t s) {
    const Segment& segment = message_.segments()[s];
    if (!segment.name) return true;
    Path path{.segment = segment.name, .occurrence = segment.occurrence};
    const Element all{message_.field(s, 0).first, message_.field(s, segment.field_count).last};
    if (!show(path, {true, static_cast<int>(s), all, {segment.begin, segment.end}})) return false;
    segment_ = static_cast<int>(s);
    for (uint32_t n = 1; n <= segment.field_count; ++n) {
      path.field = n;
      const bool go_on =
          for_each_part(message_, message_.field(s, n), Level::repetition, [&](uint32_t r, Element repetition) {
            path.repetition = r;
            return element(path, repetition, Level::component);
          });
      if (!go_on) return false;
    }
    return true;
  }

 private:
  bool show(const Path& path, const Location& at) {
    Explanation explanation = explainer_.explain(path, at);
    by_place_.find(path, explanation.findings);
    return visit_(explanation);
  }

  /// A repetition or component, and the parts of it that start at `inner`.
  bool element(Path path, Element e, Level inner) {
    if (!message_.present(e)) return true;
    if (!show(path, {true, segment_, e, message_.span(e)})) return false;
    if (inner == Level::segment) return true;
    const DataTypeDef* type = find_place(catalogue_, message_, profile_, path, segment_).type;
    const bool divided = e.last - e.first > 1;
    if (!divided && (!type || type->primitive())) return true;
    const bool components = inner == Level::component;
    return for_each_part(message_, e, inner, [&](uint32_t k, Element part) {
      (components ? path.component : path.subcomponent) = k;
      return element(path, part, components ? Level::subcomponent : Level::segment);
    });
  }

  const Catalogue& catalogue_;
  const Message& message_;
  const Profile* profile_;
  Explainer explainer_;
  ByPlace by_place_;
  const std::function<bool(const Explanation&)>& visit_;
  int segment_ = -1;
};

}  // namespace

void for_each_place(const Catalogue& catalogue, const Message& message, const Report& report,
                    const std::function<bool(const Explanation&)>& visit) {
  Walk walk(catalogue, message, report, visit);
  for (uint32_t s = 0; s < message.segments().size(); ++s) {
    if (!walk.segment(s)) return;
  }
}

}  // namespace iz
