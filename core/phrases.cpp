#include "core/phrases.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <unordered_map>

#include "codesets/json_reader.h"

#include "core/sort.h"

namespace iz {
namespace {

constexpr std::string_view kEffects[] = {"message_rejected", "dose_rejected",  "dose_dropped",   "duplicate",
                                         "pending",          "count_added",    "count_rejected", "authorization",
                                         "field_dropped",    "part_lost",      "about_data",     "not_found",
                                         "too_many",         "internal_error", "ae_when_stored", "nothing_lost"};
static_assert(std::size(kEffects) == static_cast<size_t>(Effect::count));

constexpr uint32_t kNumber = 0;  ///< the word of every number
constexpr uint32_t kUnknown = 0xFFFFFFFF;
constexpr size_t kLongestWord = 32;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
enum class Class : uint8_t { none, letter, digit, sign };
constexpr Class class_of(char c) {
  if (is_digit(c)) return Class::digit;
  if (lower(c) >= 'a' && lower(c) <= 'z') return Class::letter;
  return c == '\'' ? Class::letter : c == '#' ? Class::sign : Class::none;
}
constexpr bool is_word(char c) { return class_of(c) != Class::none; }

Effect effect_named(std::string_view name) {
  const auto* const at = std::find(std::begin(kEffects), std::end(kEffects), name);
  if (at == std::end(kEffects)) throw std::invalid_argument("no effect is called " + std::string(name));
  return static_cast<Effect>(at - std::begin(kEffects));
}

/// Reads words of a text one after another.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// The next word in lower case, without apostrophes, cut at 32 characters; empty at the end.
  std::string_view next() {
    while (at_ < text_.size() && !is_word(text_[at_])) ++at_;
    size_t used = 0;
    const Class kind = at_ < text_.size() ? class_of(text_[at_]) : Class::none;
    // Digits, letters and # are words apart: "RXA#2" is read as "RXA # 2".
    while (at_ < text_.size() && class_of(text_[at_]) == kind && (used == 0 || kind != Class::sign)) {
      if (text_[at_] != '\'' && used < kLongestWord) word_[used++] = lower(text_[at_]);
      ++at_;
    }
    ends_ = false;
    for (size_t i = at_; i < text_.size() && !is_word(text_[i]); ++i) {
      const char c = text_[i];
      const bool stop = c == '.' || c == '!' || c == '?' || c == ';';
      if (stop && (i + 1 == text_.size() || !is_word(text_[i + 1]))) ends_ = true;
    }
    return {word_, used};
  }
  bool at_end() {
    while (at_ < text_.size() && !is_word(text_[at_])) ++at_;
    return at_ >= text_.size();
  }
  bool sentence_ends() const { return ends_; }

 private:
  std::string_view text_;
  size_t at_ = 0;
  char word_[kLongestWord] = {};
  bool ends_ = false;
};

bool negation(std::string_view word) { return word == "not" || word == "no" || word == "never" || word == "without"; }

bool matches(std::string_view pattern, std::string_view name) {
  if (!pattern.empty() && pattern.back() == '*') {
    pattern.remove_suffix(1);
    if (name.size() < pattern.size()) return false;
    name = name.substr(0, pattern.size());
  }
  return name.size() == pattern.size() &&
         std::equal(name.begin(), name.end(), pattern.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

uint64_t key(uint32_t node, uint32_t word) { return uint64_t(node) << 32 | word; }

/// Calls `take` with the words before, in and after each bracket of a phrase: choices, divided by `|`. Throws when a bracket
/// is not closed.
template <typename Take>
void each_part(std::string_view phrase, Take take) {
  for (std::string_view rest = phrase; !rest.empty();) {
    const size_t open = std::min(rest.find('['), rest.size());
    take(rest.substr(0, open));
    rest.remove_prefix(open);
    if (rest.empty()) break;
    const size_t close = rest.find(']');
    if (close == std::string_view::npos) throw std::invalid_argument("no ] in \"" + std::string(phrase) + "\"");
    take(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
  }
}

/// Throws when a phrase is wrong: a bracket that is not closed, or all of it may be left out.
void check_phrase(std::string_view phrase) {
  bool has_words = false;
  each_part(phrase, [&](std::string_view choices) {
    bool all = true;
    for (bool more = true; more;) {
      const size_t bar = choices.find('|');
      all = all && !Tokens(choices.substr(0, bar)).at_end();
      more = bar != std::string_view::npos;
      if (more) choices.remove_prefix(bar + 1);
    }
    has_words = has_words || all;
  });
  if (!has_words) throw std::invalid_argument("a phrase without words");
}

}  // namespace

std::string_view to_string(Effect e) { return kEffects[static_cast<size_t>(e)]; }

/// All phrases as one tree of words: a step leads from a node over a word to a node.
struct PhraseBook::Tree {
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };

  uint32_t word(std::string_view text);
  uint32_t step(uint32_t node, uint32_t word);
  void add_phrase(std::string_view phrase, End end);
  void expand(std::string_view choices, std::vector<uint32_t>& nodes);

  std::unordered_map<std::string, uint32_t, Hash, std::equal_to<>> numbers;
  std::unordered_map<uint64_t, uint32_t> steps;                           // node and word -> node
  std::vector<std::vector<End>> ends = std::vector<std::vector<End>>(1);  // by node; node 0 is the root
};

PhraseBook::PhraseBook() = default;
PhraseBook::~PhraseBook() = default;

const PhraseBook::Tree& PhraseBook::tree() const {
  std::call_once(grown_, [&] {
    tree_ = std::make_unique<Tree>();
    for (const auto& [phrase, end] : phrases_) tree_->add_phrase(phrase, end);
  });
  return *tree_;
}

uint32_t PhraseBook::Tree::word(std::string_view text) {
  if (is_digit(text[0])) return kNumber;
  return numbers.emplace(text, static_cast<uint32_t>(numbers.size()) + 1).first->second;
}

uint32_t PhraseBook::Tree::step(uint32_t node, uint32_t word) {
  const auto [it, is_new] = steps.emplace(key(node, word), static_cast<uint32_t>(ends.size()));
  if (is_new) ends.emplace_back();
  return it->second;
}

void PhraseBook::Tree::add_phrase(std::string_view phrase, End end) {
  std::vector<uint32_t> nodes = {0};  // where any way through the alternatives of the parts so far leads to
  each_part(phrase, [&](std::string_view choices) { expand(choices, nodes); });
  const auto same = [&](const End& e) { return e.effect == end.effect && e.family == end.family; };
  for (const uint32_t node : nodes)
    if (std::none_of(ends[node].begin(), ends[node].end(), same)) ends[node].push_back(end);
}

/// Goes on from each node with each of the choices, which are divided by `|`; all that is reached stands in `nodes`.
void PhraseBook::Tree::expand(std::string_view choices, std::vector<uint32_t>& nodes) {
  std::vector<uint32_t> reached, words;
  for (bool more = true; more;) {
    const size_t bar = choices.find('|');
    std::string plain(choices.substr(0, bar));
    for (size_t at; (at = plain.find("{n}")) != std::string::npos || (at = plain.find("{m}")) != std::string::npos;)
      plain.replace(at, 3, "0");
    words.clear();
    for (Tokens tokens(plain); !tokens.at_end();) words.push_back(word(tokens.next()));
    for (uint32_t node : nodes) {
      for (const uint32_t w : words) node = step(node, w);
      reached.push_back(node);
    }
    more = bar != std::string_view::npos;
    if (more) choices.remove_prefix(bar + 1);
  }
  sort_places(reached, std::less<uint32_t>());
  reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
  nodes = std::move(reached);
}

void PhraseBook::add(const JsonValue& file, std::string_view name) {
  int family = -1;
  if (file.contains("senders")) {
    family = static_cast<int>(families_.size());
    families_.push_back({name.empty() ? file.at("name").get<std::string>() : std::string(name),
                         file.at("senders").get<std::vector<std::string>>(), 0});
    for (const auto& trait : file.value("traits", std::vector<std::string>{}))
      families_.back().traits |= 1U << static_cast<unsigned>(effect_named(trait));
  }
  if (!name.empty() && !file.contains("phrases")) return;
  for (const JsonValue group : file.at("phrases")) {
    const Effect effect = effect_named(group.at("effect").get<std::string_view>());
    for (const JsonValue says : group.at("says")) {
      check_phrase(says.get<std::string_view>());
      phrases_.emplace_back(says.get<std::string>(), End{effect, family});
    }
  }
}

TextFacts PhraseBook::read(std::string_view text, int family) const {
  TextFacts facts;
  const Tree& tree = this->tree();
  // Ways that are being followed, each with the numbers met on it. One begins at every word.
  struct Way {
    uint32_t node = 0;
    int first = -1, second = -1;
    bool negated = false;
  };
  constexpr size_t most = 24;  // longer than any phrase
  Way ways[most];
  size_t count = 0;
  bool negated = false;
  for (Tokens tokens(text); !tokens.at_end();) {
    const std::string_view spelled = tokens.next();
    if (spelled.empty()) continue;
    uint32_t w = kNumber;
    int number = 0;
    if (is_digit(spelled[0])) {
      for (const char c : spelled.substr(0, 9)) number = number * 10 + (c - '0');
    } else {
      const auto it = tree.numbers.find(spelled);
      w = it == tree.numbers.end() ? kUnknown : it->second;
    }
    if (count < most) ways[count++] = {.negated = negated};
    size_t kept = 0;
    bool denied = false;  // a longer phrase that ends here takes away what shorter ones in it say
    for (size_t i = 0; w != kUnknown && i < count; ++i) {
      const auto it = tree.steps.find(key(ways[i].node, w));
      if (it == tree.steps.end()) continue;
      Way way = ways[i];
      way.node = it->second;
      if (w == kNumber) (way.first < 0 ? way.first : way.second) = number;
      bool denies = false;
      for (const End& end : tree.ends[way.node]) {
        if (end.family >= 0 && end.family != family) continue;
        // "no record rejected", "0 records rejected", "nothing was ignored"
        const bool none = way.negated || end.effect == Effect::nothing_lost ||
                          (end.effect == Effect::dose_rejected && way.first == 0 && way.second < 0);
        if (none) denies = true;
        if (none || denied) continue;
        denies = denies || end.effect == Effect::count_rejected;
        facts.effects |= 1U << static_cast<unsigned>(end.effect);
        const bool added = end.effect == Effect::count_added;
        if ((added || end.effect == Effect::count_rejected) && facts.of < 0 && way.first <= way.second) {
          facts.added = added ? way.first : way.second - way.first;
          facts.of = way.second;
        }
      }
      denied = denied || denies;
      ways[kept++] = way;
    }
    count = tokens.sentence_ends() ? 0 : kept;
    negated = negation(spelled) && !tokens.sentence_ends();
  }
  return facts;
}

int PhraseBook::family(std::string_view application, std::string_view facility) const {
  for (size_t i = families_.size(); i-- > 0;)
    for (const std::string& sender : families_[i].senders)
      if (matches(sender, application) || matches(sender, facility)) return static_cast<int>(i);
  return -1;
}

std::string_view PhraseBook::family_name(int family) const {
  return family < 0 ? std::string_view{} : std::string_view(families_[static_cast<size_t>(family)].name);
}

bool PhraseBook::has_trait(int family, Effect trait) const {
  return family >= 0 && (families_[static_cast<size_t>(family)].traits >> static_cast<unsigned>(trait) & 1U) != 0;
}

}  // namespace iz
