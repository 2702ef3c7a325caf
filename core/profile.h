// What one message type must look like: groups, segments, fields and data types with usage,
// cardinality, length, data type, binding and condition predicate. Read from core/profiles/*.json;
// a profile may lie on top of another (JSON merge patch, RFC 7386), so a shared definition stands
// once.
//
// In the files the condition predicate stands beside the element it governs: "usage": "C(R/X)",
// "when": {condition}. The words for conditions are listed in core/rules/README.md.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/condition.h"
#include "core/element_table.h"

namespace iz {

class CodeSet;

/// HL7 v2 usage. `C` always comes with a predicate; usage C or B without one is read as O (NIST
/// does the same).
enum class Usage : uint8_t { R, RE, O, X, C };
std::string_view to_string(Usage usage);

constexpr uint32_t unbounded = 0xffffffff;

/// The primitive formats (HL7 v2.5.1 2.A). `none` for complex types and for text that has no
/// format.
enum class Format : uint8_t { none, st, tx, ft, nm, si, id, is, dt, tm, dtm, varies };

/// A field of a segment or a component of a data type.
struct ElementDef {
  // What checking reads comes first, close together.
  Usage usage = Usage::O;
  Usage usage_true = Usage::O, usage_false = Usage::O;  ///< for C
  bool in_group = false;                                ///< the predicate speaks of the whole group of the segment
  bool value_checked = true;  ///< format, length and codes are checked: not where the file says O; B and C are
  bool unknown = false;       ///< a hole in the numbering of fields: nothing is known of it
  int type = -1;              ///< index in Profile::types
  uint32_t min = 0, max = 1;  ///< cardinality; components have 0..1
  uint32_t min_length = 0, max_length = unbounded;  ///< in characters
  uint32_t binding_component = 0;                   ///< component that carries the code; 0: the element itself
  std::vector<const CodeSet*> binding;              ///< code sets, any of which may hold the code
  Condition when;                                   ///< for C: the predicate
  int16_t local = -1;                               ///< index in Catalogue::local of what a local profile says of it
  std::string name;                                 ///< the guide's element name
  std::string binding_name;                         ///< as in the file: "CVX:NDC_Use:NDC_Sale"; empty when none
};

struct DataTypeDef {
  std::string id;                ///< CE_IZ
  std::string base;              ///< CE
  std::string name;              ///< Coded Element
  Format format = Format::none;  ///< set for primitives
  std::vector<ElementDef> components;
  ElementTable table;           ///< of `components`
  bool coded = false;           ///< CE, CWE or CNE: code, text and coding system
  bool self_contained = true;   ///< its value alone decides what is found in it
  bool alone = false;           ///< its first component may stand alone, whatever it is
  std::vector<int> statements;  ///< indices of Catalogue statements checked on each element of this type
  bool primitive() const { return components.empty(); }
};

struct SegmentDef {
  std::string name;                                      ///< PID
  std::string title;                                     ///< Patient Identification
  uint32_t code = 0;                                     ///< `segment_code(name)`
  std::vector<ElementDef> fields;                        ///< field n at n-1
  std::vector<ElementTable> tables;                      ///< of `fields`, 64 each; at least one
  std::vector<StatementTable> quality;                   ///< the statements of quality and advice
  std::vector<std::pair<std::string, int>> value_types;  ///< for OBX: value of OBX-2 -> index in Profile::types
  std::vector<int> statements;
};

/// A segment or a group in the message structure.
struct StructureDef {
  bool group = false;
  uint32_t code = 0;  ///< `segment_code(name)` of a segment
  std::string name;   ///< "PID", or the group's full name "VXU_V04.ORDER"
  int segment = -1;   ///< index in Profile::segments
  Usage usage = Usage::O;
  uint32_t min = 0, max = 1;
  int16_t local = -1;                  ///< index in Catalogue::local of what a local profile says of it
  int parent = -1;                     ///< index in Profile::structure; -1 at the top
  std::vector<int> children;           ///< indices in Profile::structure
  std::vector<int> statements;         ///< for groups
  std::vector<StatementTable> tables;  ///< of `statements`
};

struct Profile {
  std::string id;                              ///< Z22
  std::string title;                           ///< Unsolicited Immunization Update
  std::string type, event, message_structure;  ///< VXU V04 VXU_V04
  std::string source;                          ///< document the profile was derived from
  std::vector<DataTypeDef> types;
  std::vector<SegmentDef> segments;
  std::vector<StructureDef> structure;  ///< flat, in reading order; roots have parent -1
  std::vector<int> statements;          ///< checked once per message
  std::vector<StatementTable> tables;   ///< of `statements`

  /// Whether a registry sends it: an acknowledgment, an answer to a query.
  bool from_registry() const { return type == "ACK" || type == "RSP"; }
  const SegmentDef* segment(uint32_t code) const;
  const SegmentDef* segment(std::string_view name) const;
};

}  // namespace iz
