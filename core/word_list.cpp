#include "core/word_list.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/newborn_name.h"

namespace iz {
namespace {

constexpr size_t kRoom = 96;  // bytes of a name or lot number; a longer one is in no list

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

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

size_t WordTree::longest(std::string_view text, size_t least) const {
  size_t node = 0, found = 0;
  for (size_t n = 0; n < text.size(); ++n) {
    node = nodes_[node][kBranch[static_cast<unsigned char>(text[n])]];
    if (!node) break;
    if (ends_[node] && n + 1 >= least) found = n + 1;
  }
  return found;
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
    case Match::end:
    case Match::within: {
      std::string part(item);
      for (char& c : part) c = upper(c);
      for (const char c : {part.front(), lower(part.front())}) first_[static_cast<unsigned char>(c)] = true;
      for (const char c : {part.back(), lower(part.back())}) last_[static_cast<unsigned char>(c)] = true;
      parts_.push_back(std::move(part));
      return;
    }
  }
}

bool WordList::part_at(std::string_view text, size_t at) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const std::string& part) {
    return part.size() <= text.size() - at &&
           std::equal(part.begin(), part.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                      [](char a, char b) { return a == upper(b); });
  });
}

bool WordList::holds(std::string_view text) const {
  switch (match) {
    case Match::whole:
      return words_.holds(text);
    case Match::begin:
      return !text.empty() && first_[static_cast<unsigned char>(text.front())] && part_at(text, 0);
    case Match::end:
      return !text.empty() && last_[static_cast<unsigned char>(text.back())] &&
             std::any_of(parts_.begin(), parts_.end(), [&](const std::string& part) {
               return part.size() <= text.size() && std::equal(part.rbegin(), part.rend(), text.rbegin(),
                                                               [](char a, char b) { return a == upper(b); });
             });
    case Match::within:
      for (size_t at = 0; at < text.size(); ++at)
        if (first_[static_cast<unsigned char>(text[at])] && part_at(text, at)) return true;
      return false;
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
