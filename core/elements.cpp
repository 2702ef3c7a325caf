#include "core/elements.h"

#include <algorithm>

namespace iz {
namespace {

/// An element of a segment that no profile of ours has yet.
struct Listed {
  std::string_view segment;
  uint32_t field, component;
  std::string_view name;
  std::string_view type;
  std::string_view codes;  ///< id of a code set
};

// HL7 v2.5.1 5.5 and Release 1.5 chapter 6: the segments of queries and their answers.
constexpr Listed listed[] = {
    {"DSC", 0, 0, "Continuation Pointer", "", ""},
    {"DSC", 1, 0, "Continuation Pointer", "ST", ""},
    {"DSC", 2, 0, "Continuation Style", "ID", ""},
    {"QAK", 0, 0, "Query Acknowledgment", "", ""},
    {"QAK", 1, 0, "Query Tag", "ST", ""},
    {"QAK", 2, 0, "Query Response Status", "ID", ""},
    {"QAK", 3, 0, "Message Query Name", "CE_IZ", "PHVS_ImmunizationProfileIdentifier_IIS"},
    {"QAK", 4, 0, "Hit Count", "NM", ""},
    {"QAK", 5, 0, "This payload", "NM", ""},
    {"QAK", 6, 0, "Hits remaining", "NM", ""},
    {"QPD", 0, 0, "Query Parameter Definition", "", ""},
    {"QPD", 1, 0, "Message Query Name", "CE_IZ", "PHVS_ImmunizationProfileIdentifier_IIS"},
    {"QPD", 2, 0, "Query Tag", "ST", ""},
    {"QPD", 3, 0, "PatientList", "CX_IZ", ""},
    {"QPD", 4, 0, "PatientName", "XPN_IZ", ""},
    {"QPD", 5, 0, "PatientMotherMaidenName", "XPN_M", ""},
    {"QPD", 6, 0, "PatientDateOfBirth", "TS_NZ", ""},
    {"QPD", 7, 0, "Patient Sex", "IS", "HL70001_IZ"},
    {"QPD", 8, 0, "Patient Address", "XAD_IZ", ""},
    {"QPD", 9, 0, "Phone", "XTN_IZ", ""},
    {"QPD", 10, 0, "Multiple birth indicator", "ID", "HL70136_IZ"},
    {"QPD", 11, 0, "Birth order", "NM", ""},
    {"QPD", 12, 0, "Client last updated date", "TS_NZ", ""},
    {"QPD", 13, 0, "Client last updated facility", "HD_IZ", ""},
    {"RCP", 0, 0, "Response Control Parameter", "", ""},
    {"RCP", 1, 0, "Query Priority", "ID", ""},
    {"RCP", 2, 0, "Quantity Limited Request", "CQ_IZ", ""},
    {"RCP", 3, 0, "Response Modality", "CE_IZ", ""},
    {"RCP", 4, 0, "Execution and Delivery Time", "TS", ""},
    {"RCP", 5, 0, "Modify Indicator", "ID", ""},
    {"RCP", 6, 0, "Sort-by Field", "SRT", ""},
    {"RCP", 6, 1, "Sort-by Field", "ST", ""},
    {"RCP", 6, 2, "Sequencing", "ID", ""},
    {"RCP", 7, 0, "Segment group inclusion", "ID", ""},
    {"RDF", 0, 0, "Table Row Definition", "", ""},
    {"RDF", 1, 0, "Number of Columns per Row", "NM", ""},
    {"RDF", 2, 0, "Column Description", "RCD", ""},
    {"RDF", 2, 1, "Segment Field Name", "ST", ""},
    {"RDF", 2, 2, "HL7 Data Type", "ST", ""},
    {"RDF", 2, 3, "Maximum Column Width", "NM", ""},
    {"RDT", 0, 0, "Table Row Data", "", ""},
    {"RDT", 1, 0, "Column Value", "varies", ""},
};

const Listed* find_listed(uint32_t segment, uint32_t field, uint32_t component) {
  for (const Listed& row : listed)
    if (segment_code(row.segment) == segment && row.field == field && row.component == component) return &row;
  return nullptr;
}

/// A data type by its id, in whichever profile has it first.
const DataTypeDef* find_type(const Catalogue& catalogue, std::string_view id, const Profile*& owner) {
  for (const auto& profile : catalogue.profiles)
    for (const DataTypeDef& type : profile->types)
      if (type.id == id) {
        owner = profile.get();
        return &type;
      }
  return nullptr;
}

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

Place find_in_list(const Catalogue& catalogue, const Path& path) {
  Place place;
  const Listed* segment = find_listed(path.segment, 0, 0);
  if (!segment) return place;
  place.title = segment->name;
  place.defined = true;
  if (path.field == 0) return place;
  const Listed* field = find_listed(path.segment, path.field, 0);
  if (!field) {
    place.defined = false;
    return place;
  }
  place.names[0] = field->name;
  place.type_id = field->type;
  if (const DataTypeDef* type = find_type(catalogue, field->type, place.profile)) take_type(place, type);
  if (const CodeSet* set = catalogue.code_set(field->codes)) {
    place.codes = {set};
    place.binding_component = place.type && !place.type->primitive() ? 1 : 0;
  }
  if (path.component == 0) return place;
  if (const Listed* component = find_listed(path.segment, path.field, path.component)) {
    place.names[1] = component->name;
    place.type_id = component->type;
    take_type(place, find_type(catalogue, component->type, place.profile));
    place.defined = path.subcomponent <= 1;
    return place;
  }
  place.defined = enter(place, path.component, 1);
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
  Place place = find_in_list(catalogue, path);
  place.defined = place.defined && !checked;
  return place;
}

}  // namespace iz
