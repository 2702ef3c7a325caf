#include "core/deidentify.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/catalogue.h"
#include "core/counts.h"
#include "core/date.h"
#include "core/days.h"
#include "core/deidentify_kinds.h"
#include "core/edit.h"
#include "core/elements.h"
#include "core/extract.h"
#include "core/fold.h"
#include "core/json.h"
#include "core/surrogate.h"
#include "core/word_list.h"

namespace iz {
namespace {

constexpr int most_days = 41, least_days = 1, most_tries = 12;
constexpr uint32_t least_word = 3;  // letters of a word that is looked for elsewhere

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// A date so many days earlier, in its own precision; a month moves as its middle does, a year stays. What is no date
/// stays no date.
std::string earlier(std::string_view value, int days) {
  size_t digits = 0;
  while (digits < value.size() && is_digit(value[digits])) ++digits;
  if (digits < 6) return std::string(value);
  const auto number = [&](size_t at, size_t size) {
    int n = 0;
    for (size_t i = at; i < at + size; ++i) n = n * 10 + (value[i] - '0');
    return n;
  };
  const bool month_only = digits < 8;
  const std::string day = std::string(value.substr(0, 6)) + (month_only ? "15" : std::string(value.substr(6, 2)));
  const DayRange range = day_range(day);
  if (!range.known) {
    // Still none, but not the one that was sent.
    return fmt::format("{:04}", std::max(0, number(0, 4) - 1)) + std::string(value.substr(4));
  }
  const Date moved = date_of(range.first - days);
  std::string out = fmt::format("{:04}{:02}", moved.year, moved.month);
  if (!month_only) out += fmt::format("{:02}", moved.day);
  return out + std::string(value.substr(month_only ? 6 : 8));
}

/// Findings by rule and place, without the numbers of segments.
using Findings = std::map<std::pair<uint16_t, std::string>, int>;

Findings findings_of(const Catalogue& catalogue, std::string_view text, const CheckOptions& options) {
  Findings out;
  Checker checker(catalogue);
  Message message;
  Report report;
  for (MessageReader reader(text); reader.next();) {
    if (!reader.found()) continue;
    message.parse(reader.text());
    checker.check(message, options, report);
    for (const Shown& shown : fold(report).shown) {
      const Finding& f = report.findings[shown.finding];
      ++out[{f.rule, general_place(report, f)}];
    }
  }
  return out;
}

int count_of(const Findings& findings, const Findings::key_type& key) {
  const auto found = findings.find(key);
  return found == findings.end() ? 0 : found->second;
}

int distance(const Findings& a, const Findings& b) {
  int n = 0;
  for (const auto& [key, count] : a) n += std::abs(count - count_of(b, key));
  for (const auto& [key, count] : b) n += a.contains(key) ? 0 : count;
  return n;
}

}  // namespace

struct Deidentifier::Work {
  Work(const Catalogue& c, std::string_view seed) : catalogue(c), surrogates(seed) {}

  const Catalogue& catalogue;
  Surrogates surrogates;
  int days = 0;
  bool days_chosen = false;

  // ---- of the text at hand
  Message message;
  /// Words of the person in capitals, each with its surrogate.
  std::map<std::string, std::string, std::less<>> known;
  std::set<std::string> places_left;
  uint32_t values = 0, texts = 0;
  bool over_89 = false, local = false;

  /// A leaf of the message with what it tells.
  struct Leaf {
    uint32_t segment = 0;
    Path path;
    Span span;
    Personal kind = Personal::none;
  };
  std::vector<Leaf> leaves;

  void read(std::string_view text) {
    message.parse(text);
    leaves.clear();
    known.clear();
    places_left.clear();
    values = texts = 0;
    over_89 = local = false;
    const auto segments = message.segments();
    for (uint32_t s = 0; s < segments.size(); ++s) {
      const Segment& segment = segments[s];
      if (segment.name == 0) {
        if (segment.begin < segment.end) leaves.push_back({s, {}, {segment.begin, segment.end}, Personal::identifier});
        continue;
      }
      read_segment(s, segment_name(segment.name));
    }
  }

  void read_segment(uint32_t s, const std::string& name) {
    const Segment& segment = message.segments()[s];
    // A segment that no profile has, and a line that has no fields at all, may hold anything.
    const Place whole = find_place(catalogue, message, nullptr, {.segment = segment.name, .occurrence = 1});
    const bool described = whole.segment != nullptr && segment.field_count > 0;
    local = local || !described;
    if (!described && segment.field_count == 0) {
      if (segment.end > segment.begin + 3)
        leaves.push_back({s, {}, {segment.begin + 3, segment.end}, Personal::identifier});
      return;
    }
    for (uint32_t n = is_header(segment.name) ? 3 : 1; n <= segment.field_count; ++n) {
      const Element field = message.field(s, n);
      if (!message.present(field)) continue;
      Path path = {.segment = segment.name, .occurrence = segment.occurrence, .field = n, .repetition = 1};
      const std::string type = type_of(s, name, path);
      uint32_t component = 1, subcomponent = 1;
      for (uint32_t i = field.first; i < field.last; ++i) {
        const Node& node = message.nodes()[i];
        if (i > field.first) {
          if (node.starts == Level::repetition) {
            ++path.repetition;
            component = subcomponent = 1;
          } else if (node.starts == Level::component) {
            ++component;
            subcomponent = 1;
          } else {
            ++subcomponent;
          }
        }
        if (node.begin == node.end) continue;
        path.component = component;
        path.subcomponent = subcomponent;
        leaves.push_back({s, path, {node.begin, node.end}, kind_of(s, name, type, path)});
      }
    }
  }

  std::string type_of(uint32_t s, const std::string& name, const Path& path) {
    if (name == "OBX" && path.field == 5) return std::string(message.value(message.repetition(s, 2, 1)));
    const Place place = find_place(catalogue, message, nullptr, path, static_cast<int>(s));
    return std::string(place.type_id);
  }

  Personal kind_of(uint32_t s, const std::string& name, const std::string& type, const Path& path) {
    const Personal kind = personal_kind({name, path.field, type, path.component});
    // The edition of an information statement is a fact of the statement.
    if (kind == Personal::date && name == "OBX" && path.field == 5 &&
        message.value(message.component(message.repetition(s, 3, 1), 1)) == "29768-9")
      return Personal::none;
    return kind;
  }

  /// Whether a name is a placeholder, or a word that says that there is none: nobody's, and what the check looks for.
  bool is_stand_in(std::string_view value) const {
    for (const char* id : {"junk-names", "newborn-names", "newborn-family-names", "street-unknown", "city-unknown"}) {
      const auto list = catalogue.word_lists.find(id);
      if (list == catalogue.word_lists.end() || !list->second->holds(value)) continue;
      // A placeholder may have the mother's name in it.
      if (list->second->match != WordList::Match::newborn) return true;
      return std::none_of(known.begin(), known.end(),
                          [&](const auto& word) { return in_capitals(value).find(word.first) != std::string::npos; });
    }
    return false;
  }

  /// A number that is none: 9999 for an order that nobody has, 0000, 999999999.
  static bool is_no_number(Personal kind, std::string_view value) {
    const bool number = kind == Personal::identifier || kind == Personal::npi || kind == Personal::phone;
    return number && !value.empty() && is_digit(value[0]) &&
           value.find_first_not_of(value[0]) == std::string_view::npos;
  }

  std::string surrogate(Personal kind, std::string_view value) const {
    if (is_no_number(kind, value)) return std::string(value);
    switch (kind) {
      case Personal::family:
        return surrogates.family(value);
      case Personal::given:
        return surrogates.given(value);
      case Personal::street:
        return surrogates.street(value);
      case Personal::city:
        return surrogates.city(value);
      case Personal::zip:
        return surrogates.zip(value);
      case Personal::identifier:
        return surrogates.identifier(value);
      case Personal::npi:
        return surrogates.provider(value);
      case Personal::phone:
        return surrogates.phone(value);
      case Personal::email:
        return surrogates.email(value);
      case Personal::date:
        return earlier(value, days);
      case Personal::text:
        return "Text left out";
      case Personal::drop:
        return {};
      case Personal::affix:
        return is_affix(value) ? std::string(value) : surrogates.given(value);
      case Personal::short_code:
        return value.size() <= 3 ? std::string(value) : surrogates.city(value);
      case Personal::none:
      case Personal::words:
      case Personal::known_words:
        break;
    }
    return std::string(value);
  }

  /// Jr, Dr, MD: what stands before or behind a name and is none.
  bool is_affix(std::string_view value) const {
    static constexpr std::string_view degrees[] = {"MD",   "DO",     "RN",  "LPN",  "LVN", "NP",  "FNP", "ARNP",
                                                   "APRN", "CNM",    "PA",  "PA-C", "PHD", "DNP", "DDS", "DMD",
                                                   "DVM",  "PHARMD", "RPH", "CPHT", "CMA", "MA",  "RMA", "BSN",
                                                   "MSN",  "JR",     "SR",  "II",   "III", "IV",  "V",   "ESQ"};
    std::string known_as = in_capitals(value);
    std::erase_if(known_as, [](char c) { return c == '.' || c == ' '; });
    if (std::find(std::begin(degrees), std::end(degrees), known_as) != std::end(degrees)) return true;
    for (const char* id : {"name-suffixes", "name-prefixes"}) {
      const auto list = catalogue.word_lists.find(id);
      if (list != catalogue.word_lists.end() && list->second->holds(value)) return true;
    }
    return false;
  }

  static bool is_name(Personal kind) { return kind == Personal::family || kind == Personal::given; }

  /// The words that are looked for where they should not stand.
  void learn() {
    for (const Leaf& leaf : leaves) {
      const bool word = is_name(leaf.kind) || leaf.kind == Personal::city || leaf.kind == Personal::street ||
                        leaf.kind == Personal::identifier || leaf.kind == Personal::npi ||
                        leaf.kind == Personal::phone || leaf.kind == Personal::email;
      if (!word || leaf.path.segment == 0) continue;
      const std::string value = unescape(message.value(leaf.span), message.delimiters());
      if (is_stand_in(value)) continue;
      const std::string other = surrogate(leaf.kind, value);
      const std::vector<std::string_view> words = words_in(value), others = words_in(other);
      for (size_t i = 0; i < words.size(); ++i) {
        const std::string one = in_capitals(words[i]), with(i < others.size() ? others[i] : std::string_view());
        const bool digits = std::all_of(one.begin(), one.end(), is_digit);
        if (one.size() >= (digits ? 5 : is_name(leaf.kind) ? 2 : least_word) && one != in_capitals(with))
          known.try_emplace(one, with);
      }
    }
  }

  /// A sentence with the person's words, long numbers and dates replaced.
  std::string in_sentence(std::string_view text) const {
    return replace_runs(text, in_word, [&](std::string_view word) {
      const auto at = static_cast<size_t>(word.data() - text.data()), end = at + word.size();
      const bool number = std::all_of(word.begin(), word.end(), is_digit);
      const auto found = known.find(in_capitals(word));
      // A word as short as a name of two letters counts where it is written as one.
      if (found != known.end() && (word.size() >= 4 || number || !(word[0] >= 'a' && word[0] <= 'z')))
        return found->second;
      // 01/14/2025, 2025-01-14, 555-0133
      const auto joint = [&](size_t sign, size_t digit) {
        return sign < text.size() && digit < text.size() &&
               std::string_view("/-.").find(text[sign]) != std::string_view::npos && is_digit(text[digit]);
      };
      const bool joined = joint(end, end + 1) || (at >= 2 && joint(at - 1, at - 2));
      if (number && word.size() >= 2 && joined) return surrogates.identifier(word);
      if (number && word.size() >= 8 && day_range(word.substr(0, 8)).known) return earlier(word, days);
      return number && word.size() >= 5 ? surrogates.identifier(word) : std::string(word);
    });
  }

  Edits edits() {
    Edits out;
    values = texts = 0;
    const Delimiters& d = message.delimiters();
    for (const Leaf& leaf : leaves) {
      const std::string_view raw = message.value(leaf.span);
      if (raw == "\"\"") continue;  // deliberately emptied
      const std::string value = unescape(raw, d);
      std::string next;
      if (leaf.kind == Personal::none) {
        note_left(leaf, value);
        continue;
      }
      if (leaf.kind == Personal::known_words) {
        if (!has_known(value)) continue;
        next = in_sentence(value);
      } else if (leaf.kind == Personal::words) {
        next = in_sentence(value);
      } else if ((is_name(leaf.kind) || leaf.kind == Personal::street || leaf.kind == Personal::city) &&
                 is_stand_in(value)) {
        continue;
      } else if (is_name(leaf.kind) && is_placeholder(value)) {
        next = "Baby";
      } else {
        next = surrogate(leaf.kind, value);
      }
      texts += leaf.kind == Personal::text;
      if (next == value) continue;
      ++values;
      out.push_back({leaf.span, escape(next, d)});
    }
    return out;
  }

  bool is_placeholder(std::string_view value) const {
    const auto list = catalogue.word_lists.find("newborn-names");
    return list != catalogue.word_lists.end() && list->second->holds(value);
  }

  bool has_known(std::string_view value) const {
    const std::vector<std::string_view> words = words_in(value);
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return word.size() >= least_word && known.contains(in_capitals(word));
    });
  }

  /// A value that stays and has a word of the person in it.
  void note_left(const Leaf& leaf, std::string_view value) {
    if (has_known(value)) places_left.insert(fmt::format("{}-{}", segment_name(leaf.path.segment), leaf.path.field));
  }

  void look_for_age() {
    const DayRange sent = day_range(message.get("MSH", 7, 1));
    for (const Leaf& leaf : leaves) {
      if (leaf.kind != Personal::date || leaf.path.segment != segment_code("PID") || leaf.path.field != 7) continue;
      const DayRange born = day_range(message.value(leaf.span));
      if (sent.known && born.known && sent.first - born.first > 89 * 365) over_89 = true;
    }
  }
};

std::string deidentified_json(const Deidentified& d) {
  std::string out;
  {
    JsonObject o(out);
    o.text("text", d.text);
    o.number("days", d.days);
    o.number("values", d.values);
    json_list(o.key("otherwise"), d.otherwise, [&](const std::string& sentence) { json_quote(out, sentence); });
    json_list(o.key("remains"), d.remains, [&](const std::string& sentence) { json_quote(out, sentence); });
  }
  return out;
}

Deidentifier::Deidentifier(const Catalogue& catalogue, std::string_view seed)
    : work_(std::make_unique<Work>(catalogue, seed)) {}
Deidentifier::~Deidentifier() = default;

Deidentified Deidentifier::run(std::string_view text, const CheckOptions& options) {
  Work& w = *work_;
  Deidentified out;
  w.read(text);
  w.learn();
  w.look_for_age();
  const Findings before = findings_of(w.catalogue, text, options);
  Findings after;
  // The days: those of the key, or others near them with which the check says the same.
  const int span = most_days - least_days + 1;
  const int start = static_cast<int>(w.surrogates.number("days") % static_cast<uint64_t>(span));
  int best = -1, best_days = w.days;
  for (int i = 0; i < (w.days_chosen ? 1 : most_tries) && best != 0; ++i) {
    if (!w.days_chosen) w.days = least_days + (start + i * 7) % span;
    std::string copy = apply_edits(text, w.edits());
    Findings found = findings_of(w.catalogue, copy, options);
    const int differs = distance(before, found);
    if (best >= 0 && differs >= best) continue;
    best = differs;
    best_days = w.days;
    out.text = std::move(copy);
    out.values = w.values;
    after = std::move(found);
  }
  w.days = out.days = best_days;
  w.days_chosen = true;

  Findings both = before;
  both.insert(after.begin(), after.end());
  for (const auto& [key, count] : both) {
    const int then = count_of(before, key), now = count_of(after, key);
    if (then == now) continue;
    out.otherwise.push_back(fmt::format("{} at {}: {} in the original, {} in the copy.",
                                        w.catalogue.rules[key.first].id,
                                        key.second.empty() ? "the message" : key.second, then, now));
  }
  static constexpr std::string_view always[] = {
      "Facilities, senders and control ids stay: who knows them may look the message up.",
      "State, sex, race, ethnicity, language, ages, intervals, vaccines and lots stay: with a rare one, or for "
      "somebody who "
      "knows the person, they can be enough."};
  for (const std::string_view sentence : always) out.remains.emplace_back(sentence);
  if (!w.places_left.empty()) {
    std::string places;
    for (const std::string& place : w.places_left) places += (places.empty() ? "" : ", ") + place;
    out.remains.push_back(fmt::format("A word of the person stands in what was not changed: {}.", places));
  }
  static constexpr std::string_view old = "Somebody is over 89 years old: the year of birth alone tells that.";
  static constexpr std::string_view own =
      "Segments that no profile describes, such as those that begin with Z: every letter and digit of them was "
      "replaced.";
  if (w.over_89) out.remains.emplace_back(old);
  if (w.texts > 0)
    out.remains.push_back(fmt::format("{} of free text {} left out whole.", counted(w.texts, "value", "values"),
                                      w.texts == 1 ? "was" : "were"));
  if (w.local) out.remains.emplace_back(own);
  return out;
}

}  // namespace iz
