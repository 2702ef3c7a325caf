#include "core/form_check.h"

#include "core/date.h"

namespace iz {
namespace {

class FormCheck {
 public:
  using Wrong = std::function<void(const Path&, Element, uint32_t segment, const ElementDef&)>;
  FormCheck(const Message& message, const Profile& profile, const Wrong& wrong)
      : message_(message), profile_(profile), wrong_(wrong) {}

  void segment(uint32_t index, const SegmentDef& def) {
    segment_ = index;
    const Segment& s = message_.segments()[index];
    const auto last = std::min(s.field_count, static_cast<uint32_t>(def.fields.size()));
    for (uint32_t n = 1; n <= last; ++n) {
      const Element field = message_.field(index, n);
      Path path{s.name, s.occurrence, n, 1, 0, 0};
      for (uint32_t at = field.first; at < field.last; ++path.repetition) {
        const Element e{at, message_.part_end(at, field.last, Level::repetition)};
        at = e.last;
        element(def.fields[n - 1], e, path, Level::component);
      }
    }
  }

 private:
  void element(const ElementDef& def, Element e, Path path, Level parts) {
    if (def.unknown || def.type < 0 || !message_.present(e) || message_.is_null(e)) return;
    const DataTypeDef& type = profile_.types[static_cast<size_t>(def.type)];
    if (type.primitive()) {
      if (!has_form(message_.value(e), type.format)) wrong_(path, e, segment_, def);
      return;
    }
    if (parts == Level::segment) return element(type.components[0], e, path, parts);
    const Level inner = parts == Level::component ? Level::subcomponent : Level::segment;
    uint32_t n = 0;
    for (uint32_t at = e.first; at < e.last && n < type.components.size(); ++n) {
      const Element part{at, message_.part_end(at, e.last, parts)};
      at = part.last;
      (parts == Level::component ? path.component : path.subcomponent) = n + 1;
      element(type.components[n], part, path, inner);
    }
  }

  const Message& message_;
  const Profile& profile_;
  const Wrong& wrong_;
  uint32_t segment_ = 0;
};

}  // namespace

bool has_form(std::string_view value, Format format) {
  switch (format) {
    case Format::nm:
      return is_number(value);
    case Format::si:
      return is_set_id(value);
    case Format::dt:
      return is_date(value);
    case Format::tm:
      return is_clock(value);
    case Format::dtm:
      return parse_time(value).has_value();
    default:
      return true;
  }
}

void check_form(const Message& message, const Profile& like, const FormCheck::Wrong& wrong) {
  FormCheck check(message, like, wrong);
  const auto segments = message.segments();
  for (uint32_t s = 0; s < segments.size(); ++s)
    if (const SegmentDef* def = segments[s].name ? like.segment(segments[s].name) : nullptr) check.segment(s, *def);
}

}  // namespace iz
