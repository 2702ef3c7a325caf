#include "core/word_list.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/newborn_name.h"

namespace iz {
namespace {

constexpr size_t kRoom = 96;  // bytes of a name or lot number; a longer one is in no list

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Upper case of letters, digits and bytes of other scripts as they are, 0 for what does not count.
constexpr std::array<char, 256> kFolded = [] {
  std::array<char, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter || (c >= '0' && c <= '9') || c >= 0x80) out[c] = static_cast<char>(letter ? c & 0xdf : c);
  }
  return out;
}();

/// The branch of a byte in a tree, from 1; 0 for what does not count.
constexpr std::array<uint8_t, 256> kBranch = [] {
  std::array<uint8_t, 256> out{};
  for (unsigned c = 0; c < 256; ++c) {
    const auto u = static_cast<unsigned char>(kFolded[c]);
    out[c] = static_cast<uint8_t>(u == 0 ? 0 : u >= 0x80 ? 37 : u <= '9' ? u - '0' + 27 : u - 'A' + 1);
  }
  return out;
}();

/// The form of a text in any case.
std::string form_of(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char u = upper(c);
    if (u >= 'A' && u <= 'Z')
      out += {'[', u, static_cast<char>(u | 0x20), ']'};
    else
      out += {'\\', c};
  }
  return out;
}

std::string_view without_digits_behind(std::string_view text) {
  while (!text.empty() && text.back() >= '0' && text.back() <= '9') text.remove_suffix(1);
  return text;
}

std::string fold(std::string_view text) {
  std::array<char, kRoom> room{};
  return std::string(folded(text, room));
}

template <class Use>
void each_of(std::string_view list, Use use) {
  while (true) {
    const size_t bar = std::min(list.find('|'), list.size());
    use(list.substr(0, bar));
    if (bar == list.size()) return;
    list.remove_prefix(bar + 1);
  }
}

}  // namespace

void WordTree::add(std::string_view word) {
  size_t node = 0;
  for (const char c : word) {
    const uint8_t branch = kBranch[static_cast<unsigned char>(c)];
    if (!branch) continue;
    if (!nodes_[node][branch]) {
      nodes_[node][branch] = static_cast<uint16_t>(nodes_.size());
      nodes_.push_back({});
      ends_.push_back(false);
    }
    node = nodes_[node][branch];
  }
  ends_[node] = true;
}

bool WordTree::holds(std::string_view text) const {
  size_t node = 0;
  for (const char c : text) {
    const uint8_t branch = kBranch[static_cast<unsigned char>(c)];
    if (!branch) continue;
    node = nodes_[node][branch];
    if (!node) return false;
  }
  return ends_[node];
}

std::string_view folded(std::string_view text, std::span<char> room) {
  size_t n = 0;
  for (const char raw : text) {
    const char c = kFolded[static_cast<unsigned char>(raw)];
    if (n == room.size()) break;
    room[n] = c;
    n += c != 0;
  }
  return {room.data(), n};
}

void WordList::add(std::string_view item) {
  if (item.empty()) throw std::invalid_argument("an empty item");
  switch (match) {
    case Match::whole:
      words_.add(item);
      return;
    case Match::names: {
      const size_t caret = item.find('^');
      if (caret == std::string_view::npos) throw std::invalid_argument("no given name in " + std::string(item));
      each_of(item.substr(0, caret), [&](std::string_view family) {
        families_.add(family);
        each_of(item.substr(caret + 1),
                [&](std::string_view given) { items_.insert(fold(family) + "^" + fold(given)); });
      });
      return;
    }
    case Match::newborn:
      throw std::invalid_argument("a list of newborns has no items");
    case Match::begin:
      forms_.push_back(form_of(item) + ".*");
      return;
    case Match::end:
      forms_.push_back(".*" + form_of(item));
      return;
    case Match::within:
      forms_.push_back(".*" + form_of(item) + ".*");
      return;
  }
}

void WordList::finish() { form_ = Pattern(forms_); }

bool WordList::holds(std::string_view text) const {
  switch (match) {
    case Match::whole:
      return words_.holds(text);
    case Match::begin:
    case Match::end:
    case Match::within:
      return form_.matches(text);
    case Match::names:
    case Match::newborn:
      break;
  }
  return false;
}

bool WordList::holds(const Message& m, Element e) const {
  if (match == Match::names) {
    const std::string_view family = m.value(m.subcomponent(m.component(e, 1), 1));
    if (!families_.holds(without_digits_behind(family))) return false;
    std::array<char, 2 * kRoom + 1> room;
    const std::span<char> all(room);
    const size_t f = without_digits_behind(folded(family, all.first(kRoom))).size();
    room[f] = '^';
    const std::string_view given = without_digits_behind(folded(m.value(m.component(e, 2)), all.subspan(f + 1)));
    return items_.contains(std::string_view(room.data(), f + 1 + given.size()));
  }
  if (match == Match::newborn) return is_newborn_name(newborn, m, m.value(e));
  return holds(m.value(e));
}

}  // namespace iz
