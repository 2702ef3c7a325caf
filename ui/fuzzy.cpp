#include "ui/fuzzy.h"

#include <algorithm>

namespace iz {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_word(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || (c & 0x80) != 0; }
bool begins_word(std::string_view text, size_t at) { return is_word(text[at]) && (at == 0 || !is_word(text[at - 1])); }

bool same(std::string_view text, size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    if (lower(text[at + i]) != lower(word[i])) return false;
  }
  return true;
}

template <class Use>
bool each_word(std::string_view query, Use use) {
  for (size_t at = 0; at < query.size();) {
    const size_t begin = query.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    at = std::min(query.find(' ', begin), query.size());
    if (!use(query.substr(begin, at - begin))) return false;
  }
  return true;
}

void mark(std::vector<uint8_t>* hits, size_t at, size_t size) {
  if (hits != nullptr) std::fill_n(hits->begin() + static_cast<std::ptrdiff_t>(at), size, uint8_t{1});
}

/// One word of the query: its worth, 0 when it is not there.
int match_word(std::string_view text, std::string_view word, std::vector<uint8_t>* hits) {
  size_t inside = std::string_view::npos;
  for (size_t at = 0; at + word.size() <= text.size(); ++at) {
    if (!same(text, at, word)) continue;
    if (at == 0 || begins_word(text, at) || !is_word(word[0])) {
      mark(hits, at, word.size());
      return at == 0 ? 100 : 80;
    }
    inside = std::min(inside, at);
  }
  if (inside != std::string_view::npos) {
    mark(hits, inside, word.size());
    return 50;
  }
  // Letters in order, each next to the one before it or at the begin of a word.
  if (word.size() < 2) return 0;
  std::vector<size_t> places;
  for (size_t at = 0, letter = 0; letter < word.size(); ++letter) {
    const char c = lower(word[letter]);
    if (letter > 0 && at < text.size() && lower(text[at]) == c) {
      places.push_back(at++);
      continue;
    }
    while (at < text.size() && !(lower(text[at]) == c && begins_word(text, at))) ++at;
    if (at == text.size()) return 0;
    places.push_back(at++);
  }
  for (size_t at : places) mark(hits, at, 1);
  return 30;
}

}  // namespace

int match(std::string_view text, std::string_view query, std::vector<uint8_t>* hits) {
  if (hits != nullptr) hits->assign(text.size(), 0);
  int sum = 0, words = 0;
  const bool all = each_word(query, [&](std::string_view word) {
    const int worth = match_word(text, word, hits);
    sum += worth;
    ++words;
    return worth > 0;
  });
  if (!all || words == 0) return 0;
  // Of two that fit equally the shorter one is meant.
  return std::max(1, sum - static_cast<int>(std::min<size_t>(text.size(), 80)) / 8);
}

bool holds_words(std::string_view text, std::string_view query) {
  return each_word(query, [&](std::string_view word) {
    for (size_t at = 0; at + word.size() <= text.size(); ++at) {
      if (same(text, at, word)) return true;
    }
    return false;
  });
}

}  // namespace iz
