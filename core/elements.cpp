#include "core/elements.h"

#include <algorithm>

namespace iz {
namespace {

const DataTypeDef* type_of(const Profile& profile, const ElementDef& element) {
  return element.type >= 0 && size_t(element.type) < profile.types.size() ? &profile.types[size_t(element.type)]
                                                                          : nullptr;
}

/// OBX-5 has the type that OBX-2 of the same segment names.
const DataTypeDef* value_type(const Message& message, const Profile& profile, const SegmentDef& segment,
                              const Path& path, int index) {
  if (index < 0) index = locate(message, {path.segment, path.occurrence, 0, 0, 0, 0}).segment;
  if (index < 0) return nullptr;
  const std::string_view name = message.value(message.repetition(uint32_t(index), 2, 1));
  for (const auto& [value, type] : segment.value_types)
    if (value == name) return &profile.types[size_t(type)];
  return nullptr;
}

void take_type(Place& place, const DataTypeDef* type) {
  place.type = type;
  place.type_id = type ? std::string_view(type->base) : std::string_view{};
}

/// Goes one level inward. Nothing but the first component is left of a primitive element: itself.
bool enter(Place& place, uint32_t number, size_t level) {
  if (!place.type) return false;
  if (place.type->primitive()) return number == 1;
  if (number > place.type->components.size()) return false;
  const ElementDef& component = place.type->components[number - 1];
  if (component.unknown) return false;
  place.names[level] = component.name;
  // A code set of the whole is one of its part, unless the part has its own.
  const bool carries = place.binding_component != 0 && place.binding_component == number;
  if (!component.binding.empty()) {
    place.codes = component.binding;
    place.binding_component = component.binding_component;
  } else if (carries) {
    place.binding_component = 0;
  } else {
    place.codes.clear();
    place.binding_component = 0;
  }
  place.parent = place.type;
  place.element = &component;
  take_type(place, type_of(*place.profile, component));
  return true;
}

Place find_in_profile(const Message& message, const Profile& profile, const Path& path, int index) {
  Place place;
  place.profile = &profile;
  place.segment = profile.segment(path.segment);
  place.title = place.segment->title;
  place.defined = true;
  if (path.field == 0) return place;
  if (path.field > place.segment->fields.size() || place.segment->fields[path.field - 1].unknown) {
    place.defined = false;
    return place;
  }
  const ElementDef& field = place.segment->fields[path.field - 1];
  place.element = &field;
  place.names[0] = field.name;
  place.codes = field.binding;
  place.binding_component = field.binding_component;
  const DataTypeDef* type = type_of(profile, field);
  const bool by_value = type && type->format == Format::varies && !place.segment->value_types.empty();
  take_type(place, by_value ? value_type(message, profile, *place.segment, path, index) : type);
  if (path.component != 0) place.defined = enter(place, path.component, 1);
  if (place.defined && path.subcomponent != 0) place.defined = enter(place, path.subcomponent, 2);
  return place;
}

}  // namespace

std::string_view Place::name() const {
  for (size_t i = names.size(); i > 0; --i)
    if (!names[i - 1].empty()) return names[i - 1];
  return title;
}

bool has_segment(const Profile& profile, uint32_t segment) {
  return std::any_of(profile.structure.begin(), profile.structure.end(), [&](const StructureDef& s) {
    return s.segment >= 0 && profile.segments[size_t(s.segment)].code == segment;
  });
}

Place find_place(const Catalogue& catalogue, const Message& message, const Profile* checked, const Path& path,
                 int segment) {
  if (path.segment == 0) return {};
  if (checked && has_segment(*checked, path.segment)) return find_in_profile(message, *checked, path, segment);
  for (const auto& profile : catalogue.profiles) {
    if (profile.get() == checked || !has_segment(*profile, path.segment)) continue;
    Place place = find_in_profile(message, *profile, path, segment);
    place.defined = place.defined && !checked;
    return place;
  }
  return {};
}

}  // namespace iz
