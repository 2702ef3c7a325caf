#include "core/error_locations.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/words.h"

namespace iz {
namespace {

constexpr size_t kMostPlaces = 32, kMostInText = 8, kMostText = 4000;
constexpr uint32_t ORC = segment_code("ORC"), RXA = segment_code("RXA"), RXR = segment_code("RXR");

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_word(char c) { return is_digit(c) || is_letter(c) || c == '_'; }
constexpr char upper(char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; }

/// Digits at `at`, which moves on. A number too large for its type is the largest.
uint32_t take_number(std::string_view text, size_t& at) {
  size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  uint32_t n = 0;
  const auto result = std::from_chars(text.data() + at, text.data() + end, n);
  if (result.ec == std::errc::result_out_of_range) n = 0xffffffff;
  at = end;
  return n;
}

/// The code of a segment name of three letters or digits, the first a letter; 0 for anything else.
uint32_t name_code(std::string_view text) {
  if (text.size() != 3 || !is_letter(text[0])) return 0;
  std::array<char, 3> name{};
  for (size_t i = 0; i < 3; ++i) {
    if (!is_letter(text[i]) && !is_digit(text[i])) return 0;
    name[i] = upper(text[i]);
  }
  return segment_code({name.data(), name.size()});
}

/// A number, or several with dots between them ("11.4"), and nothing else.
struct Dotted {
  std::array<uint32_t, 3> numbers{};
  size_t count = 0;
  bool clean = true;  ///< no other characters; true for nothing at all
};

Dotted read_dotted(std::string_view text) {
  Dotted out;
  for (size_t at = 0; at < text.size();) {
    if (!is_digit(text[at]) || out.count == out.numbers.size()) {
      out.clean = false;
      break;
    }
    out.numbers[out.count++] = take_number(text, at);
    if (at < text.size() && text[at++] != '.') {
      out.clean = false;
      break;
    }
  }
  if (!out.clean) out = {.clean = false};
  return out;
}

/// The parts of one ERL, blanks removed.
std::vector<std::string_view> split(std::string_view text, char a, char b, size_t most) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  for (size_t i = 0; i <= text.size() && out.size() < most; ++i) {
    if (i < text.size() && text[i] != a && text[i] != b) continue;
    out.push_back(trim_blanks(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  return out;
}

/// `RXA^11.4`, `RXA^1^11.4^1`: the field stands with its component; what follows is the repetition.
bool read_dotted_field(const std::vector<std::string_view>& parts, Path& path) {
  for (size_t i = 1; i < parts.size() && i <= 2; ++i) {
    const Dotted field = read_dotted(parts[i]);
    if (field.count < 2) continue;
    const Dotted before = i == 2 ? read_dotted(parts[1]) : Dotted{};
    const Dotted after = i + 1 < parts.size() ? read_dotted(parts[i + 1]) : Dotted{};
    path.occurrence = before.numbers[0];
    path.field = field.numbers[0];
    path.component = field.numbers[1];
    path.subcomponent = field.numbers[2];
    path.repetition = after.count == 1 && after.numbers[0] > 0 ? after.numbers[0] : 1;
    return true;
  }
  return false;
}

NamedPlace read_erl(const std::vector<std::string_view>& parts, uint32_t segment) {
  NamedPlace out;
  out.path.segment = segment;
  if (read_dotted_field(parts, out.path)) return out;
  std::array<uint32_t, 5> numbers{};  // sequence, field, repetition, component, subcomponent
  bool clean = true;
  size_t last = 0;  // the last part that is not empty
  for (size_t i = 0; i + 1 < parts.size() && i < numbers.size(); ++i) {
    const Dotted part = read_dotted(parts[i + 1]);
    numbers[i] = part.numbers[0];
    if (parts[i + 1].empty()) continue;
    last = i + 1;
    clean = clean && part.clean && part.count == 1 && part.numbers[0] > 0;
  }
  // A segment that occurs once: the number in the sequence's place is the field (PID^7, MSH^12^1^1).
  if (occurs_once(segment) && numbers[0] > 1 && numbers[1] <= 1) {
    std::rotate(numbers.begin(), numbers.end() - 1, numbers.end());
    numbers[0] = 0;
    clean = false;
  }
  out.path.occurrence = numbers[0];
  out.path.field = numbers[1];
  if (out.path.field > 0) {
    out.path.repetition = numbers[2];
    out.path.component = numbers[3];
    if (out.path.component > 0) out.path.subcomponent = numbers[4];
    const bool repetition_named = parts.size() > 3 && !parts[3].empty();
    if (out.path.repetition == 0 && (out.path.component > 0 || repetition_named)) out.path.repetition = 1;
  }
  const bool gap = (last >= 3 && numbers[1] == 0) || (last >= 5 && numbers[3] == 0);
  out.conforming = clean && !gap && numbers[0] > 0;
  return out;
}

constexpr std::string_view kSegments[] = {"MSH", "SFT", "PID", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2",
                                          "IN3", "ORC", "TQ1", "RXA", "RXR", "OBX", "NTE", "QPD", "RCP"};

bool is_known_segment(uint32_t code) {
  return std::any_of(std::begin(kSegments), std::end(kSegments),
                     [&](std::string_view name) { return segment_code(name) == code; });
}

/// Reads places named in a text, one after the other.
class TextPlaces {
 public:
  explicit TextPlaces(std::string_view text) : text_(text.substr(0, kMostText)) {}

  std::vector<Path> read() {
    for (size_t i = 0; i < text_.size() && out_.size() < kMostInText;) {
      if (!is_letter(text_[i]) || (i > 0 && is_word(text_[i - 1]))) {
        ++i;
        continue;
      }
      at_ = i;
      if (!segment()) at_ = i + hint(i);
      i = std::max(at_, i + 1);
    }
    // "dose 2" beside "RXA-5" says which one; alone it is a place by itself.
    if (number_ > 0) {
      bool used = false;
      for (Path& p : out_) {
        const bool applies = any_segment_ || p.segment == RXA || p.segment == ORC || p.segment == RXR;
        if (!applies) continue;
        if (p.occurrence == 0) p.occurrence = number_;
        used = true;
      }
      if (!used) add({any_segment_ ? 0 : RXA, number_, 0, 0, 0, 0});
    }
    // So does "RXA #2" beside it.
    for (Path& p : out_) {
      if (p.field == 0 || p.occurrence > 0) continue;
      for (const Path& o : out_)
        if (o.segment == p.segment && o.field == 0 && o.occurrence > 0) p.occurrence = o.occurrence;
    }
    // A segment is not worth naming where a field of it is named.
    std::vector<Path> out;
    for (const Path& p : out_) {
      const bool covered =
          p.field == 0 && std::any_of(out_.begin(), out_.end(), [&](const Path& o) {
            return o.segment == p.segment && o.field > 0 && (p.occurrence == 0 || o.occurrence == p.occurrence);
          });
      if (!covered) out.push_back(p);
    }
    return out;
  }

 private:
  void add(const Path& path) {
    if (std::find(out_.begin(), out_.end(), path) == out_.end()) out_.push_back(path);
  }
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  /// "[2]" or "(2)": the number, or 0 when there is none; moves on.
  uint32_t bracket() {
    if ((peek() != '[' && peek() != '(') || !is_digit(peek(1))) return 0;
    const char close = peek() == '[' ? ']' : ')';
    size_t end = at_ + 1;
    const uint32_t n = take_number(text_, end);
    if (end >= text_.size() || text_[end] != close) return 0;
    at_ = end + 1;
    return n;
  }

  /// One of `separators` and a number; moves on.
  uint32_t after(std::string_view separators) {
    if (separators.find(peek()) == std::string_view::npos || peek() == '\0' || !is_digit(peek(1))) return 0;
    ++at_;
    return take_number(text_, at_);
  }

  /// A segment name at `at_`, with what follows it. False when there is none that counts as a place.
  bool segment() {
    const size_t begin = at_;
    const uint32_t code = name_code(text_.substr(begin, 3));
    if (!is_known_segment(code)) return false;
    at_ = begin + 3;
    if (is_word(peek())) return at_ = begin, false;
    Path path;
    path.segment = code;
    if (peek() == '^') {
      const size_t end = std::min(text_.find_first_not_of("^.0123456789", at_), text_.size());
      const auto places = named_places(text_.substr(begin, end - begin), {});
      at_ = end;
      if (!places.empty()) add(places[0].path);
      return true;
    }
    path.occurrence = bracket();
    if ((path.field = after("-.")) == 0) {
      const size_t gap = peek() == ' ' ? 1 : 0;
      if (peek(gap) == '#' && is_digit(peek(gap + 1))) {
        at_ += gap + 1;
        path.occurrence = take_number(text_, at_);
      } else if (gap > 0 && is_digit(peek(1)) && occurs_once(code)) {
        path.field = after(" ");  // "MSH 6"
      }
    }
    if (path.field > 0) {
      path.repetition = bracket();
      path.component = after("-.");
      if (path.component > 0) path.subcomponent = after("-.");
      if (path.component > 0 && path.repetition == 0) path.repetition = 1;
    } else if (std::any_of(text_.begin() + begin, text_.begin() + begin + 3, [](char c) { return upper(c) != c; })) {
      return at_ = begin, false;  // a word in small letters is no segment
    }
    if (path.occurrence == 0 && begin > 3 && text_[begin - 1] == '/') path.occurrence = group_before(begin - 1);
    add(path);
    return true;
  }

  /// "ORDER[0]/RXA": the groups of a path count from 0.
  uint32_t group_before(size_t slash) const {
    size_t i = slash;
    if (i == 0 || (text_[i - 1] != ']' && text_[i - 1] != ')')) return 0;
    size_t begin = --i;
    while (begin > 0 && is_digit(text_[begin - 1])) --begin;
    if (begin == i || begin == 0 || (text_[begin - 1] != '[' && text_[begin - 1] != '(')) return 0;
    const uint32_t n = take_number(text_, begin);
    return n == 0xffffffff ? n : n + 1;
  }

  /// "dose 2", "vaccination #3", "repeat #3": which occurrence is meant. Gives the length of the word.
  size_t hint(size_t begin) {
    size_t end = begin;
    std::string word;
    while (end < text_.size() && is_letter(text_[end])) word += upper(text_[end++]);
    static constexpr std::string_view doses[] = {"DOSE", "VACCINATION", "IMMUNIZATION", "VACCINE", "ORDER"},
                                      any[] = {"REPEAT", "OCCURRENCE"};
    const bool dose = std::find(std::begin(doses), std::end(doses), word) != std::end(doses);
    const bool repeat = std::find(std::begin(any), std::end(any), word) != std::end(any);
    if (!dose && !repeat) return end - begin;
    size_t at = end;
    const bool blank = at < text_.size() && text_[at] == ' ';
    if (blank) ++at;
    const bool mark = at < text_.size() && text_[at] == '#';
    if (mark) ++at;
    if (at >= text_.size() || !is_digit(text_[at]) || (!blank && !mark)) return end - begin;
    // A code is no number of a dose: "vaccine 998", "dose 0.5".
    size_t after = at;
    const uint32_t n = take_number(text_, after);
    const bool goes_on =
        after < text_.size() && (is_word(text_[after]) || text_[after] == '-' ||
                                 (text_[after] == '.' && after + 1 < text_.size() && is_digit(text_[after + 1])));
    const bool plain = mark || (word != "VACCINE" && after - at <= 2);
    if (n > 0 && plain && !goes_on && number_ == 0 && text_.substr(after).substr(0, 4) != " of ") {
      number_ = n;
      any_segment_ = repeat;
    }
    return after - begin;
  }

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Path> out_;
  uint32_t number_ = 0;       // of the dose or occurrence that the text names
  bool any_segment_ = false;  // it counts the segment named, whichever that is
};

}  // namespace

bool occurs_once(uint32_t segment) {
  return segment == segment_code("MSH") || segment == segment_code("PID") || segment == segment_code("PD1") ||
         segment == segment_code("QPD") || segment == segment_code("RCP");
}

std::vector<NamedPlace> named_places(std::string_view erl, const Delimiters& answer) {
  std::vector<NamedPlace> out;
  if (erl.find(answer.escape) != std::string_view::npos && erl.size() <= kMostText) {
    const std::string plain = unescape(erl, answer);
    if (plain != erl) return named_places(plain, {.escape = '\0'});
  }
  for (const std::string_view one : split(erl, answer.repetition, '~', kMostPlaces)) {
    const bool components = one.find(answer.component) != std::string_view::npos || one.find('^') != one.npos;
    const auto parts = components ? split(one, answer.component, '^', 6) : split(one, answer.subcomponent, '&', 6);
    if (parts.empty() || parts[0].empty()) continue;
    if (const uint32_t segment = name_code(parts[0])) {
      out.push_back(read_erl(parts, segment));
      continue;
    }
    // The place as people write it: RXA-5.
    if (const auto places = places_in_text(parts[0]); !places.empty()) out.push_back({places[0], false});
  }
  return out;
}

std::vector<Path> places_in_text(std::string_view text) { return TextPlaces(text).read(); }

}  // namespace iz
