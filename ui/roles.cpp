#include "ui/roles.h"

#include <algorithm>

namespace iz {
namespace {

Role role_of_format(Format format, bool inside) {
  switch (format) {
    case Format::id:
    case Format::is:
      return inside ? Role::system : Role::code;
    case Format::dt:
    case Format::tm:
    case Format::dtm:
      return Role::date;
    default:
      return Role::text;
  }
}

/// Whether an element takes codes of a published table; tables that each site defines hold names of its own.
bool has_codes(const ElementDef& element) {
  return std::any_of(element.binding.begin(), element.binding.end(), [](const CodeSet* set) { return !set->local; });
}

Role role_of_element(const ElementDef& element, Format format, bool inside) {
  const Role role = role_of_format(format, inside);
  const bool own_names = !element.binding.empty() && !has_codes(element);
  return own_names && (role == Role::code || role == Role::system) ? Role::text : role;
}

/// The role of component `component`, subcomponent `subcomponent` (from 1) of an element of a data type.
Role role_of(const Profile& profile, int type, bool bound, uint32_t component, uint32_t subcomponent) {
  if (type < 0) return Role::text;
  const DataTypeDef& def = profile.types[static_cast<size_t>(type)];
  if (def.primitive()) return bound && def.format == Format::st ? Role::code : role_of_format(def.format, false);
  if (def.base == "MSG" || def.base == "PT") return Role::code;
  if (def.base == "CE" || def.base == "CWE" || def.base == "CNE") {
    if (component == 1 || component == 4) return Role::code;
    return component == 3 || component == 6 || component > 6 ? Role::system : Role::text;
  }
  if (component == 0 || component > def.components.size()) return Role::text;
  const ElementDef& element = def.components[component - 1];
  if (element.type < 0) return Role::text;
  const DataTypeDef& inner = profile.types[static_cast<size_t>(element.type)];
  if (inner.primitive()) {
    if (component == 1 && (def.base == "VID" || has_codes(element))) return Role::code;
    return role_of_element(element, inner.format, true);
  }
  if (subcomponent == 0 || subcomponent > inner.components.size()) return Role::text;
  const ElementDef& leaf = inner.components[subcomponent - 1];
  return leaf.type < 0 ? Role::text : role_of_element(leaf, profile.types[static_cast<size_t>(leaf.type)].format, true);
}

class Painter {
 public:
  Painter(const Message& message, const Report& report, Span range, Role* out)
      : message_(message), profile_(report.profile), range_(range), out_(out) {}

  void run() {
    const auto segments = message_.segments();
    auto s = std::upper_bound(segments.begin(), segments.end(), range_.begin,
                              [](uint32_t at, const Segment& segment) { return at < segment.begin; });
    if (s != segments.begin()) --s;
    for (; s != segments.end() && s->begin < range_.end; ++s) segment(static_cast<uint32_t>(s - segments.begin()));
  }

 private:
  void fill(uint32_t begin, uint32_t end, Role role) {
    begin = std::max(begin, range_.begin);
    end = std::min(end, range_.end);
    for (uint32_t i = begin; i < end; ++i) out_[i - range_.begin] = role;
  }

  void segment(uint32_t index) {
    const Segment& s = message_.segments()[index];
    const SegmentDef* def = profile_ != nullptr && s.name != 0 ? profile_->segment(s.name) : nullptr;
    fill(s.begin, s.end, Role::delimiter);
    const Span name = message_.span(message_.field(index, 0));
    const bool known = s.name != 0 && (profile_ == nullptr || def != nullptr) && segment_name(s.name)[0] != 'Z';
    fill(name.begin, name.end, s.name == 0 ? Role::text : known ? Role::segment : Role::other_segment);
    // Only the fields that reach into the range.
    uint32_t low = 1, high = s.field_count + 1;
    while (low < high) {
      const uint32_t middle = (low + high) / 2;
      if (message_.span(message_.field(index, middle)).end < range_.begin) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const bool header = s.name == segment_code("MSH");
    for (uint32_t n = low; n <= s.field_count; ++n) {
      const Element field = message_.field(index, n);
      const Span span = message_.span(field);
      if (span.begin >= range_.end) break;
      if (header && n <= 2) {
        if (n == 2) fill(span.begin, span.end, Role::escape);
        continue;
      }
      const ElementDef* element = def != nullptr && n <= def->fields.size() ? &def->fields[n - 1] : nullptr;
      values(field, element == nullptr ? -1 : type_of(index, *def, *element, n),
             element != nullptr && has_codes(*element));
    }
  }

  /// The data type of a field; OBX-5 has the one that OBX-2 names.
  int type_of(uint32_t segment, const SegmentDef& def, const ElementDef& element, uint32_t n) const {
    if (n == 5 && !def.value_types.empty()) {
      const std::string_view named = message_.value(message_.component(message_.repetition(segment, 2, 1), 1));
      for (const auto& [value, type] : def.value_types) {
        if (value == named) return type;
      }
      return -1;
    }
    return element.type;
  }

  void values(Element field, int type, bool bound) {
    const auto nodes = message_.nodes();
    uint32_t component = 1, subcomponent = 1;
    // The nodes before the range matter only for counting.
    for (uint32_t i = field.first; i < field.last && nodes[i].begin < range_.end; ++i) {
      if (i != field.first) {
        switch (nodes[i].starts) {
          case Level::subcomponent:
            ++subcomponent;
            break;
          case Level::component:
            ++component;
            subcomponent = 1;
            break;
          default:
            component = subcomponent = 1;
        }
      }
      if (nodes[i].end <= range_.begin || nodes[i].begin == nodes[i].end) continue;
      fill(nodes[i].begin, nodes[i].end,
           profile_ == nullptr ? Role::text : role_of(*profile_, type, bound, component, subcomponent));
      escapes(nodes[i]);
    }
  }

  void escapes(const Node& node) {
    const char sign = message_.delimiters().escape;
    const uint32_t end = std::min(node.end, range_.end);
    // A sequence may begin a few bytes before the range.
    uint32_t at = std::max(node.begin, range_.begin > 64 ? range_.begin - 64 : 0);
    const std::string_view text = message_.text();
    while (at < end) {
      const size_t open = text.substr(0, end).find(sign, at);
      if (open == std::string_view::npos) return;
      // No sequence is longer than this; the rest of a long value is not searched for its end.
      const size_t close = text.substr(open + 1, std::min<size_t>(256, node.end - open - 1)).find(sign);
      if (close == std::string_view::npos) return;
      at = static_cast<uint32_t>(open + 1 + close) + 1;
      fill(static_cast<uint32_t>(open), at, Role::escape);
    }
  }

  const Message& message_;
  const Profile* profile_;
  Span range_;
  Role* out_;
};

}  // namespace

void assign_roles(const Message& message, const Report& report, Span range, std::vector<Role>& out) {
  const size_t at = out.size();
  if (range.end < range.begin) return;
  out.resize(at + (range.end - range.begin), Role::text);
  Painter(message, report, range, out.data() + at).run();
}

}  // namespace iz
