// The fields of a segment or the components of a data type, and the conditions on them, as checking reads them: small,
// close together, and made once at load. `ElementDef` is what people read. Internal to check.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/facts.h"

namespace iz {

struct DataTypeDef;
struct ElementDef;
struct Statement;
enum class Usage : uint8_t;

/// The statements on one segment, data type, group or message.
struct StatementTable {
  struct Check {
    int statement = -1;  ///< index in Catalogue::statements
    Formula antecedent, requirement;
    bool quality = false;  ///< of the layers quality and advice
  };
  /// Checks in a row with one antecedent. Where the bits are as the masks say, none of those with masks fails.
  struct Block {
    Formula antecedent;
    uint64_t all = 0, none = 0;
    size_t first = 0, masked = 0, last = 0;  ///< in `checks`: [first, masked) are in the masks, [masked, last) are not
  };
  FactTable facts;
  std::vector<Check> checks;
  std::vector<Block> blocks;  ///< of `checks`, for quality; empty: each for itself

  void add(int index, const Statement& statement);
  /// Puts the checks into blocks; after the last `add`.
  void make_blocks();
};

/// Adds statements to the last of some tables, each to a new one when that is full. `statements` are indices in `all`.
void add_statements(std::vector<StatementTable>& tables, const std::vector<int>& statements,
                    const std::vector<Statement>& all);

/// What checking reads of an ElementDef.
struct ElementCell {
  const ElementDef* def = nullptr;
  const DataTypeDef* type = nullptr;  ///< nullptr: nothing is known of it
  bool primitive = false;             ///< its type has no components
  bool value_checked = false;         ///< format, length and codes are checked
  bool bound = false;                 ///< has a binding that is checked
  bool text = false;                  ///< a primitive of any text, without a code set: only its length can be wrong
  bool code = false;                  ///< a primitive of any text that is itself the code of its code sets
  bool once = false;                  ///< may stand once
  bool plain = false;                 ///< a primitive of the format SI, NM, DT or DTM, without a code set
  bool alone = false;                 ///< a value without parts is right where it is as its first component
  bool varies = false;                ///< its type is named elsewhere in the segment (OBX-5 by OBX-2)
  uint32_t min_length = 0, max_length = 0;
};

/// Elements by their usage: bit n-1 of `masks[usage]` is element n.
using UsageMasks = std::array<uint64_t, 5>;

/// At most 64 elements in a row and the conditions on them; longer segments have more than one table, and the statements
/// in the first.
struct ElementTable : StatementTable {
  static constexpr uint32_t most = FactTable::most_fields;  ///< elements in a table
  struct Predicate {
    Formula when;
    uint32_t element = 0;  ///< counted from 0
    Usage holds{}, fails{};
  };
  std::vector<ElementCell> cells;
  UsageMasks usages{};     ///< those whose usage is no question of a predicate
  uint64_t looked_at = 0;  ///< those in whose value something can be wrong
  std::vector<Predicate> predicates;

  /// Whether an element whose first component alone holds a value is right as far as that value is; after the last `add`.
  bool first_may_stand_alone() const;
  /// The definitions must stay where they are.
  void compile(PlaceContext context, std::span<const ElementDef> elements, const std::vector<DataTypeDef>& types);
};

}  // namespace iz
