#include "core/newborn_name.h"

#include <array>
#include <span>

#include "core/word_list.h"

namespace iz {
namespace {

constexpr size_t kMostWords = 12;
constexpr size_t kShortestStrong = 3;
constexpr size_t kShortestName = 3;  // of the message, written behind BOY without a blank

enum class Kind : uint8_t { other, strong, brief, letter, marker, name };

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 0x80; }

/// Whether a letter, or an apostrophe within a name (Male'a) and not before a possessive s, goes on with a word.
bool in_word(std::string_view text, size_t i) {
  if (is_letter(text[i])) return true;
  if (text[i] != '\'' || i + 1 >= text.size() || !is_letter(text[i + 1])) return false;
  const bool s = text[i + 1] == 's' || text[i + 1] == 'S';
  return !s || (i + 2 < text.size() && is_letter(text[i + 2]));
}

class Name {
 public:
  Name(const NewbornWords& words, const Message& message, std::string_view text) : words_(words), m_(message) {
    for (size_t i = 0; i < text.size();) {
      if (!is_letter(text[i]) && !is_digit(text[i])) {
        ++i;
        continue;
      }
      const size_t from = i++;
      if (is_digit(text[from]))
        while (i < text.size() && is_digit(text[i])) ++i;
      else
        while (i < text.size() && (in_word(text, i) && !(is_upper(text[i]) && is_lower(text[i - 1])))) ++i;
      take(folded(text.substr(from, i - from), std::span(room_).subspan(used_)));
    }
  }

  bool is_placeholder() const {
    size_t n = 0, strong = 0, brief = 0, letters = 0, numbers = 0, rest = 0, first = count_;
    for (; n < count_; ++n) {
      const Kind k = kinds_[n];
      strong += k == Kind::strong;
      brief += k == Kind::brief;
      letters += k == Kind::letter;
      numbers += k == Kind::marker && is_digit(items_[n][0]);
      rest += k == Kind::other || k == Kind::name;
      if (k == Kind::strong && first == count_) first = n;
    }
    if (!n || lost_) return false;
    if (strong) {
      bool before = true;  // only numbers and the like before the strong word
      for (size_t i = 0; i < first; ++i) before = before && kinds_[i] != Kind::other && kinds_[i] != Kind::name;
      if (before) return true;
      if (kinds_[n - 1] != Kind::strong) return false;
      return strong > 1 || (first == n - 1 && is_own_name(items_[n - 2])) || items_[n - 2] == "S";
    }
    return !rest && (brief || (letters && numbers));
  }

 private:
  Kind kind(std::string_view word) const {
    if (words_.strong.holds(word)) return Kind::strong;
    if (words_.brief.holds(word)) return Kind::brief;
    if (word == "B" || word == "G") return Kind::letter;
    if (is_digit(word[0]) || words_.markers.holds(word)) return Kind::marker;
    return Kind::other;
  }

  void add(std::string_view word, Kind kind) {
    if (count_ == kMostWords) {
      lost_ = true;
      return;
    }
    items_[count_] = word;
    kinds_[count_++] = kind;
  }

  /// A word as it stands, or taken apart: BABYBOYSMITH.
  void take(std::string_view word) {
    if (word.empty()) return;
    used_ += word.size();
    const Kind whole = kind(word);
    if (whole != Kind::other) return add(word, whole);
    std::string_view rest = word;
    std::array<std::string_view, 3> strong;
    size_t n = 0;
    while (n < strong.size() && !rest.empty()) {
      const size_t size = words_.strong.longest(rest, kShortestStrong);
      if (!size) break;
      strong[n++] = rest.substr(0, size);
      rest.remove_prefix(size);
    }
    // Behind two strong words anything is a name; behind one, what is known as one.
    const bool apart = n > 1 || (n == 1 && !rest.empty() && (words_.names.holds(rest) || is_own_name(rest)));
    if (!n || !apart) return add(word, Kind::other);
    for (size_t i = 0; i < n; ++i) add(strong[i], Kind::strong);
    if (!rest.empty()) add(rest, kind(rest) == Kind::other ? Kind::name : kind(rest));
  }

  /// Whether a folded word is a name that the message gives the family or the mother.
  bool is_own_name(std::string_view word) const {
    if (word.size() < kShortestName) return false;
    std::array<char, 64> room;
    for (const auto& [segment, field, component] :
         {std::tuple("PID", 5u, 1u), std::tuple("PID", 6u, 1u), std::tuple("PID", 6u, 2u), std::tuple("NK1", 2u, 1u),
          std::tuple("NK1", 2u, 2u)})
      if (folded(m_.get(segment, field, component), room) == word) return true;
    return false;
  }

  const NewbornWords& words_;
  const Message& m_;
  std::array<char, 96> room_;
  size_t used_ = 0;
  std::array<std::string_view, kMostWords> items_;
  std::array<Kind, kMostWords> kinds_;
  size_t count_ = 0;
  bool lost_ = false;
};

}  // namespace

bool is_newborn_name(const NewbornWords& words, const Message& message, std::string_view given) {
  if (given.size() > 60) return false;
  return Name(words, message, given).is_placeholder();
}

}  // namespace iz
