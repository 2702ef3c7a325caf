// A newborn's first message beside the one that brings the legal name: whether the second is about the same child, and
// what a registry will compare to merge them.
//
//     const NewbornFollowUp f = compare_newborn(catalogue, first, second);
//     f.kind          // FollowUp::named: same identifier, the placeholder is gone
//     f.summary       // "The child of Harrowgate^Babygirl is now Harrowgate^Linnea; 2 of 9 things differ."
//     f.items[0]      // {"Record number", "AP-31880", "AP-31880", Same::yes}
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace iz {

class Catalogue;

struct NewbornFollowUp {
  enum class Kind : uint8_t {
    named,        ///< the same child, and the placeholder gave way to a name
    unnamed,      ///< the same child, still without a name
    renamed,      ///< the same child; the first message had a name already
    other_child,  ///< one of several at the same birth: all agrees but the order
    unrelated,    ///< no identifier in common
  };
  enum class Same : uint8_t { yes, no, missing };  ///< missing in one of both

  /// One thing that registries compare.
  struct Item {
    std::string what;           ///< "Birth date"
    std::string before, after;  ///< as they stand
    Same same = Same::missing;
  };

  Kind kind = Kind::unrelated;
  std::string name_before, name_after;  ///< family^given
  std::vector<Item> items;
  std::string summary;
  size_t differing() const;
};

/// `before` is the earlier message. Neither is changed.
NewbornFollowUp compare_newborn(const Catalogue& catalogue, const Message& before, const Message& after);

/// Two messages of which one has a placeholder for the child's name, whichever of both that is: it is the earlier one.
/// Nullopt where neither has one, and for children with nothing in common.
std::optional<NewbornFollowUp> newborn_follow_up(const Catalogue& catalogue, const Message& a, const Message& b);

std::string_view to_string(NewbornFollowUp::Kind);  ///< "named"
/// "Same: record number, sex. Differs: address. Not in both: birth order."
std::string items_text(const NewbornFollowUp&);

}  // namespace iz
