// Lists of words that are data: junk and test names, placeholders of newborns, what stands around lot numbers.
//
// A file of core/lists says how its items are compared:
//
//     {"id": "junk-names", "title": "..", "source": "..", "match": "whole", "items": ["NO NAME", ..]}
//
// `whole`: letters and digits of the value, in any case, are those of an item. `begin`, `end`, `within`: the value begins
// with an item, ends with one, has one anywhere, punctuation counted. `names`: family and given name together,
// "DUCK^DONALD|DAISY" is two names. `newborn`: see core/newborn_name.h. Internal to check.
#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/message.h"

namespace iz {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
};
using TextSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

/// The letters of a newborn's placeholder, by what they may stand beside.
/// Words as a tree of letters, so that most texts are refused at their first letters. Case and punctuation do not count.
class WordTree {
 public:
  void add(std::string_view word);
  bool holds(std::string_view text) const;
  /// Bytes of the longest word, of `least` letters or more, that a text of letters and digits begins with; 0: none.
  size_t longest(std::string_view text, size_t least) const;

 private:
  static constexpr size_t kWidth = 40;  // letters, digits, other bytes
  std::vector<std::array<uint16_t, kWidth>> nodes_ = {{}};
  std::vector<bool> ends_ = {false};
};

/// The letters of a newborn's placeholder, by what they may stand beside.
struct NewbornWords {
  WordTree strong;   ///< BABY, BOY, GIRL: alone, or followed by a name
  WordTree brief;    ///< BB, NB, FC: alone, or with a number
  WordTree markers;  ///< A, 1, ONE: which of several
  WordTree names;    ///< given names that follow BOY and GIRL without a blank
};

class WordList {
 public:
  enum class Match : uint8_t { whole, begin, end, within, names, newborn };

  std::string id, title, source;
  Match match = Match::whole;
  NewbornWords newborn;

  /// Throws std::invalid_argument for an item that cannot be read.
  void add(std::string_view item);
  /// Whether an element of a message is in the list; for `names` a name with its components, else a text.
  bool holds(const Message& message, Element element) const;
  bool holds(std::string_view text) const;

 private:
  /// Whether one of the parts stands at a byte of a text.
  bool part_at(std::string_view text, size_t at) const;

  TextSet items_;                   // of names
  WordTree families_;               // the family names of these
  WordTree words_;                  // of whole
  std::vector<std::string> parts_;  // of begin, end, within; in upper case
  std::bitset<256> first_, last_;   // bytes that one of these begins with, ends with; in either case
};

/// The letters and digits of a text in upper case, up to `room`; other ASCII is left out, other bytes stay.
std::string_view folded(std::string_view text, std::span<char> room);

}  // namespace iz
