#include "core/error_values.h"

#include <algorithm>

#include "core/words.h"

namespace iz {
namespace {

constexpr size_t kMostText = 4000, kMostValues = 24, kMostPlaces = 8, kMostKept = 64, kLongest = 100;
constexpr uint32_t kLargestField = 2000;  // nodes
constexpr uint32_t MSH = segment_code("MSH"), RXA = segment_code("RXA");

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A word that says which field a value after it stands in.
struct Keyword {
  std::string_view word;
  uint32_t field;
};
constexpr Keyword kKeywords[] = {{"CVX", 5}, {"NDC", 5}, {"CPT", 5}, {"MVX", 17}, {"LOT", 15}};

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return x == y || (is_letter(x) && is_letter(y) && (x | 32) == (y | 32));
         });
}

constexpr std::string_view kAround = " \t,;()[]{}<>\"'|=";

/// A word of the text without the marks around it.
std::string_view bare(std::string_view word) {
  while (!word.empty() && std::string_view(".:!?#").find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  while (!word.empty() && std::string_view(":#").find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  return word;
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }

/// "2015-06-25" and "6/25/2015" as HL7 writes a date; empty for anything else.
std::string compact_date(std::string_view word) {
  const char mark = word.find('/') != std::string_view::npos ? '/' : '-';
  std::string_view parts[3];
  size_t n = 0, begin = 0;
  for (size_t i = 0; i <= word.size(); ++i) {
    if (i < word.size() && word[i] != mark) {
      if (!is_digit(word[i])) return {};
      continue;
    }
    if (n == 3) return {};
    parts[n++] = word.substr(begin, i - begin);
    begin = i + 1;
  }
  if (n != 3) return {};
  if (mark == '/') std::rotate(std::begin(parts), std::begin(parts) + 2, std::end(parts));  // month/day/year
  if (parts[0].size() != 4) return {};
  std::string out(parts[0]);
  for (const std::string_view part : {parts[1], parts[2]}) {
    if (part.empty() || part.size() > 2) return {};
    if (part.size() == 1) out += '0';
    out += part;
  }
  return out;
}

class Quotes {
 public:
  explicit Quotes(std::string_view text) : text_(text.substr(0, kMostText)) {}

  std::vector<QuotedValue> read() {
    marked();
    words();
    std::vector<QuotedValue> out;
    for (const Telling telling : {of_field, marked_value, any_word})
      for (const QuotedValue& value : out_)
        if ((value.field > 0 ? of_field : value.quoted ? marked_value : any_word) == telling) out.push_back(value);
    return out;
  }

 private:
  enum Telling : uint8_t { of_field, marked_value, any_word };

  void add(std::string_view value, bool quoted, uint32_t field = 0) {
    if (value.empty() || value.size() > kLongest || out_.size() == kMostValues) return;
    out_.push_back({std::string(value), field > 0 ? RXA : 0, field, quoted});
  }

  /// What stands in quotation marks or square brackets.
  void marked() {
    static constexpr std::pair<std::string_view, std::string_view> marks[] = {
        {"\"", "\""}, {"'", "'"}, {"[", "]"}, {"\xe2\x80\x98", "\xe2\x80\x99"}, {"\xe2\x80\x9c", "\xe2\x80\x9d"}};
    for (const auto& [open, close] : marks) {
      for (size_t at = text_.find(open); at != std::string_view::npos; at = text_.find(open, at)) {
        const size_t begin = at + open.size();
        const bool apostrophe = open == "'" && at > 0 && is_letter(text_[at - 1]);
        at = begin;
        if (apostrophe) continue;
        const size_t end = text_.find(close, begin);
        if (end == std::string_view::npos) break;
        if (end - begin > kLongest) continue;
        add(trim_blanks(text_.substr(begin, end - begin)), true);
        at = end + close.size();
      }
    }
  }

  void words() {
    uint32_t field = 0;  // that the last word named
    for (size_t at = 0; at < text_.size();) {
      const size_t begin = text_.find_first_not_of(kAround, at);
      if (begin == std::string_view::npos) break;
      const size_t end = std::min(text_.find_first_of(kAround, begin), text_.size());
      at = end;
      const std::string_view word = bare(text_.substr(begin, end - begin));
      const auto keyword = std::find_if(std::begin(kKeywords), std::end(kKeywords),
                                        [&](const Keyword& k) { return same_letters(k.word, word); });
      if (keyword != std::end(kKeywords)) {
        field = keyword->field;
        continue;
      }
      if (field > 0 && has_digit(word)) {
        add(word, true, field);
        field = 0;
        continue;
      }
      if (field > 0 &&
          (word.empty() || same_letters(word, "code") || same_letters(word, "number") || same_letters(word, "no")))
        continue;
      field = 0;
      if (word.size() < 3 || !has_digit(word) || word.starts_with("HL7")) continue;
      if (const std::string date = compact_date(word); !date.empty()) add(date, false);
      add(word, false);
    }
  }

  std::string_view text_;
  std::vector<QuotedValue> out_;
};

}  // namespace

std::vector<QuotedValue> quoted_values(std::string_view text) { return Quotes(text).read(); }

void SentValues::build() {
  built_ = true;
  const auto segments = sent_.segments();
  const auto nodes = sent_.nodes();
  const auto fields = sent_.fields();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const Segment& segment = segments[s];
    for (uint32_t f = 1; f <= segment.field_count; ++f) {
      if (segment.name == MSH && (f <= 2 || f == 10)) continue;
      const uint32_t first = fields[segment.first_field + f], last = fields[segment.first_field + f + 1];
      if (last - first > kLargestField) continue;
      for (uint32_t n = first; n < last; ++n) {
        const std::string_view value = trim_blanks(sent_.value(Span{nodes[n].begin, nodes[n].end}));
        if (value.empty() || value.size() > kLongest) continue;
        auto& spots = spots_[value];
        if (spots.size() <= kMostKept) spots.push_back({s, f, nodes[n].begin});
      }
    }
  }
}

std::vector<Path> SentValues::find(const QuotedValue& value, uint32_t segment, uint32_t field) {
  if (!built_) build();
  std::vector<Path> out;
  const auto it = spots_.find(value.text);
  if (it == spots_.end() || it->second.size() > kMostKept) return out;
  for (const Spot& spot : it->second) {
    const uint32_t name = sent_.segments()[spot.segment].name;
    const bool here = (!segment || name == segment) && (!field || spot.field == field) &&
                      (!value.segment || name == value.segment) && (!value.field || spot.field == value.field);
    if (!here) continue;
    if (out.size() == kMostPlaces) return {};
    out.push_back(path_at(sent_, spot.begin));
  }
  return out;
}

std::vector<Path> SentValues::find(const std::vector<QuotedValue>& values, uint32_t segment, uint32_t field) {
  for (const QuotedValue& value : values)
    if (auto out = find(value, segment, field); !out.empty()) return out;
  return {};
}

}  // namespace iz
