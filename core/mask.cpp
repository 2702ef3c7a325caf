#include "core/mask.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "core/extract.h"
#include "core/joined_lines.h"
#include "core/markup.h"
#include "core/message.h"
#include "core/sort.h"

namespace iz {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool in_word(char c) { return is_digit(c) || is_upper(c) || is_lower(c) || (c & 0x80); }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// What is told of a person in a segment. Fields that are neither masked nor free stay.
struct Policy {
  std::string_view segment;
  bool keeps = false;               ///< `fields` stay and all others are masked; else `fields` are masked
  std::vector<uint32_t> fields;     ///< numbers of fields
  std::vector<uint32_t> free = {};  ///< fields of free text, in which known words, dates and numbers are masked
};
const std::vector<Policy>& policies() {
  static const std::vector<Policy> list = {{"MSH", false, {8}},
                                           {"MSA", false, {}, {3}},
                                           {"ERR", false, {}, {5, 7, 8, 9, 10, 11}},
                                           {"PID", true, {1, 8, 10, 15, 16, 17, 22, 24, 30}},
                                           {"PD1", false, {3, 4, 5, 13, 17, 18}},
                                           {"NK1", true, {1, 3}},
                                           {"GT1", true, {1, 11}},
                                           {"IN1", true, {1, 15}},
                                           {"IN2", true, {}},
                                           {"MRG", true, {}},
                                           {"ACC", true, {}},
                                           {"PV1", true, {1, 2, 18, 20}},
                                           {"PV2", true, {}},
                                           {"QPD", true, {1, 2, 7}},
                                           {"QRD", true, {2, 3}},
                                           {"ORC", false, {2, 3, 4, 7, 9, 10, 11, 12, 14, 15, 19}},
                                           {"RXA", false, {3, 4, 10, 12, 13, 22}},
                                           {"RXE", false, {1, 13, 14, 18}},
                                           {"OBR", false, {2, 3, 7, 8, 10, 16, 22, 28}},
                                           {"OBX", false, {14, 16, 19, 25}, {5}},
                                           {"NTE", false, {}, {3}}};
  return list;
}

/// Components that say how a value is to be read, not whose it is: authority, type, state, country.
struct Kept {
  std::string_view segment;
  uint32_t field;
  std::vector<uint32_t> components;
};
const std::vector<Kept>& kept_components() {
  static const std::vector<Kept> list = {
      {"PID", 3, {4, 5}},    {"PID", 5, {7}},       {"PID", 6, {7}},      {"PID", 11, {4, 6, 7}}, {"PID", 13, {2, 3}},
      {"NK1", 2, {7}},       {"NK1", 4, {4, 6, 7}}, {"NK1", 5, {2, 3}},   {"QPD", 3, {4, 5}},     {"QPD", 4, {7}},
      {"QPD", 8, {4, 6, 7}}, {"ORC", 2, {2, 3, 4}}, {"ORC", 3, {2, 3, 4}}};
  return list;
}

/// Types of OBX-5 whose values are dates or persons; the others are codes, numbers or free text.
bool is_personal(std::string_view type) {
  static constexpr std::string_view types[] = {"DT", "TS", "DTM", "XPN", "PN", "CX", "XAD", "AD", "XTN", "TN", "XCN"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}
bool is_free(std::string_view type) { return type == "ST" || type == "TX" || type == "FT" || type.empty(); }

class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text), state_(text.size(), State::open) {}

  std::string run() {
    mask_messages(text_, 0, true);
    mask_credentials();
    mask_words();
    mask_dates_and_numbers();
    return write();
  }

 private:
  enum class State : uint8_t { open, stays, masked };

  /// Finds HL7 in a part of the text; what is left over may be segments without a header.
  void mask_messages(std::string_view part, uint32_t offset, bool again) {
    Extraction found = extract(part, InputKind::text);
    for (Extracted& m : found.messages) {
      if (!m.found) continue;
      restore_line_ends(m);
      mask_message(m, offset);
    }
    if (!again || !found.messages[0].found) return;
    for (const Span& rest : found.rest) {
      mask_messages(part.substr(rest.begin, rest.end - rest.begin), offset + rest.begin, false);
    }
  }

  void mask_message(const Extracted& m, uint32_t offset) {
    const auto has = [&](Form form) { return std::find(m.forms.begin(), m.forms.end(), form) != m.forms.end(); };
    if (has(Form::base64) || has(Form::url_encoded) || has(Form::utf16)) {
      replace({m.input.begin + offset, m.input.end + offset}, "[HL7 left out]");
    } else {
      fill(m.input, offset, State::stays);
    }
    Message message;
    message.parse_view(m.text);
    piece_ = 0;
    for (uint32_t s = 0; s < message.segments().size(); ++s) mask_segment(message, s, m, offset);
  }

  void mask_segment(const Message& message, uint32_t s, const Extracted& m, uint32_t offset) {
    const Segment& segment = message.segments()[s];
    if (segment.name == 0) return set({segment.begin, segment.end}, m, offset, State::open);
    const std::string name = segment_name(segment.name);
    const Policy* policy = nullptr;
    for (const Policy& p : policies())
      if (p.segment == name) policy = &p;
    const bool local = name[0] == 'Z';
    if (!policy && !local) return;
    for (uint32_t n = 1; n <= segment.field_count; ++n) {
      const Element field = message.field(s, n);
      if (message.empty(field) || (name == "MSH" && n < 3)) continue;
      const auto listed = [&](const std::vector<uint32_t>& list) {
        return std::find(list.begin(), list.end(), n) != list.end();
      };
      bool mask = local || listed(policy->fields) != policy->keeps;
      bool free = !local && listed(policy->free);
      if (name == "OBX" && n == 5) {
        const std::string_view type = message.value(message.field(s, 2));
        mask = is_personal(type);
        free = is_free(type);
      }
      if (mask) {
        mask_field(message, name, n, field, m, offset);
      } else if (free) {
        set(message.span(field), m, offset, State::open);
      }
    }
  }

  void mask_field(const Message& message, std::string_view segment, uint32_t n, Element field, const Extracted& m,
                  uint32_t offset) {
    const Kept* kept = nullptr;
    for (const Kept& k : kept_components())
      if (k.segment == segment && k.field == n) kept = &k;
    uint32_t component = 0;
    for (uint32_t i = field.first; i < field.last; ++i) {
      const Node& node = message.nodes()[i];
      if (i == field.first || node.starts >= Level::repetition) {
        component = 1;
      } else if (node.starts == Level::component) {
        ++component;
      }
      if (kept && std::find(kept->components.begin(), kept->components.end(), component) != kept->components.end())
        continue;
      collect(message.value(Span{node.begin, node.end}));
      set({node.begin, node.end}, m, offset, State::masked);
    }
  }

  /// Remembers the words of a masked value.
  void collect(std::string_view value) {
    for_each_word(value, [&](size_t begin, size_t end) {
      const std::string_view word = value.substr(begin, end - begin);
      if (const std::string key = key_of(word); !key.empty()) words_.insert(key);
    });
  }

  /// How a word is remembered; empty for one that is too short to mean a person. Words of two letters only as written.
  static std::string key_of(std::string_view word) {
    const bool digits = std::all_of(word.begin(), word.end(), is_digit);
    if (word.size() < 2 || (digits && word.size() < 5)) return {};
    std::string key(word);
    if (word.size() == 2) return is_upper(word[0]) && !is_digit(word[1]) ? "=" + key : std::string();
    for (char& c : key) c = lower(c);
    return key;
  }

  template <typename Each>
  static void for_each_word(std::string_view text, Each each) {
    for (size_t at = 0; at < text.size();) {
      if (!in_word(text[at])) {
        ++at;
        continue;
      }
      const size_t begin = at;
      while (at < text.size() && in_word(text[at])) ++at;
      each(begin, at);
    }
  }

  void fill(Span span, uint32_t offset, State state) {
    std::fill(state_.begin() + offset + span.begin, state_.begin() + offset + span.end, state);
  }

  /// Sets what a span of a message's text came from. Spans come in order.
  void set(Span span, const Extracted& m, uint32_t offset, State state) {
    while (piece_ < m.origins.size() && m.origins[piece_].text.end <= span.begin) ++piece_;
    for (size_t i = piece_; i < m.origins.size() && m.origins[i].text.begin < span.end; ++i) {
      const Origin& o = m.origins[i];
      const uint32_t begin = std::max(o.text.begin, span.begin), end = std::min(o.text.end, span.end);
      if (begin >= end) continue;
      if (o.text.end - o.text.begin == o.input.end - o.input.begin) {
        const uint32_t low = o.input.begin + begin - o.text.begin;
        fill({low, low + end - begin}, offset, state);
      } else if (state == State::masked && o.input.end > o.input.begin) {
        replace({o.input.begin + offset, o.input.end + offset}, "X");  // a character written as a reference
      }
    }
  }

  void replace(Span span, std::string_view with) { replaced_.push_back({span, with}); }

  /// User names and passwords: elements of that name, and `password=...` in any notation.
  void mask_credentials() {
    if (text_.find('<') != std::string_view::npos) {
      const Markup markup(text_);
      for (const MarkupElement& e : markup.elements()) {
        if ((same_tag(e.local, "password") || same_tag(e.local, "username")) && e.closed &&
            e.inner.end > e.inner.begin) {
          replace(e.inner, "[left out]");
        }
      }
    }
    static constexpr std::string_view names[] = {"password", "username", "passwd", "pwd"};
    for_each_word(text_, [&](size_t begin, size_t end) {
      const std::string_view word = text_.substr(begin, end - begin);
      if (std::none_of(std::begin(names), std::end(names), [&](std::string_view n) { return same_tag(n, word); }))
        return;
      size_t at = end;
      bool sign = false;
      while (at < text_.size() && at < end + 8 &&
             std::string_view("\"'\\ :=").find(text_[at]) != std::string_view::npos) {
        sign |= text_[at] == ':' || text_[at] == '=';
        ++at;
      }
      size_t stop = at;
      while (stop < text_.size() && stop < at + 256 &&
             std::string_view("\"'\\ &<>,;\r\n\t").find(text_[stop]) == std::string_view::npos)
        ++stop;
      if (sign && stop > at) replace({static_cast<uint32_t>(at), static_cast<uint32_t>(stop)}, "[left out]");
    });
  }

  /// Words of masked values wherever the text is free.
  void mask_words() {
    if (words_.empty()) return;
    for_each_word(text_, [&](size_t begin, size_t end) {
      if (state_[begin] != State::open) return;
      const std::string key = key_of(text_.substr(begin, std::min<size_t>(end - begin, 256)));
      if (key.empty() || !words_.contains(key)) return;
      std::fill(state_.begin() + static_cast<ptrdiff_t>(begin), state_.begin() + static_cast<ptrdiff_t>(end),
                State::masked);
    });
  }

  /// Dates, telephone and social security numbers, addresses of mail in free text. A run of digits and the signs
  /// between them counts by its groups.
  void mask_dates_and_numbers() {
    for (size_t at = 0; at < text_.size();) {
      if (text_[at] == '@') mask_mail(at);
      if (!is_digit(text_[at]) || state_[at] != State::open) {
        ++at;
        continue;
      }
      const size_t begin = at;
      if (begin > 0 && in_word(text_[begin - 1])) {  // part of a word: a code
        while (at < text_.size() && in_word(text_[at])) ++at;
        continue;
      }
      std::array<size_t, 4> sizes{};
      size_t groups = 0, end = at;
      char sign = 0;
      while (at < text_.size() && is_digit(text_[at])) {
        const size_t group = at;
        while (at < text_.size() && is_digit(text_[at])) ++at;
        if (groups < sizes.size()) sizes[groups] = at - group;
        ++groups;
        end = at;
        if (at + 1 >= text_.size() || !is_digit(text_[at + 1])) break;
        if (text_[at] != '-' && text_[at] != '/' && text_[at] != '.') break;
        if (sign != 0 && text_[at] != sign) break;
        sign = text_[at++];
      }
      if (is_date_or_number(text_.substr(begin, end - begin), sizes, groups, sign)) {
        std::fill(state_.begin() + static_cast<ptrdiff_t>(begin), state_.begin() + static_cast<ptrdiff_t>(end),
                  State::masked);
      }
      at = end;
    }
  }

  static bool is_date_or_number(std::string_view run, const std::array<size_t, 4>& sizes, size_t groups, char sign) {
    if (groups == 1) {  // 20150625, 20150625093000
      const bool year = run.starts_with("19") || run.starts_with("20");
      return year && (run.size() == 8 || run.size() == 12 || run.size() == 14) && run[4] <= '1' && run[6] <= '3';
    }
    if (groups != 3) return false;
    const auto is = [&](size_t a, size_t b, size_t c) { return sizes[0] == a && sizes[1] == b && sizes[2] == c; };
    if (sign == '-' && (is(3, 2, 4) || is(3, 3, 4))) return true;  // social security, telephone
    if (sign == '.' && is(3, 3, 4)) return true;
    if (sizes[0] == 4) return sizes[1] <= 2 && sizes[2] <= 2;                                    // 2015-06-25
    return sizes[0] <= 2 && sizes[1] <= 2 && (sizes[2] == 4 || (sizes[2] == 2 && sign == '/'));  // 06/25/2015
  }

  void mask_mail(size_t at) {
    const auto in_address = [](char c) { return in_word(c) || c == '.' || c == '-' || c == '_' || c == '+'; };
    size_t begin = at, end = at + 1;
    while (begin > 0 && at - begin < 64 && in_address(text_[begin - 1])) --begin;
    while (end < text_.size() && end - at < 128 && in_address(text_[end])) ++end;
    if (begin == at || end == at + 1) return;
    for (size_t i = begin; i < end; ++i)
      if (state_[i] == State::open) state_[i] = State::masked;
  }

  std::string write() {
    sort_values(replaced_, [](const Replaced& a, const Replaced& b) { return a.span.begin < b.span.begin; });
    std::string out;
    out.reserve(text_.size());
    size_t next = 0;
    for (size_t at = 0; at < text_.size();) {
      while (next < replaced_.size() && replaced_[next].span.begin < at) ++next;
      if (next < replaced_.size() && replaced_[next].span.begin == at && replaced_[next].span.end > at) {
        out += replaced_[next].with;
        at = replaced_[next].span.end;
        continue;
      }
      const char c = text_[at];
      if (state_[at++] != State::masked) {
        out += c;
      } else if (is_digit(c)) {
        out += '9';
      } else if (is_upper(c) || is_lower(c)) {
        out += 'X';
      } else if (c & 0x80) {
        if ((c & 0xC0) != 0x80) out += 'X';  // one for each character
      } else {
        out += c;
      }
    }
    return out;
  }

  struct Replaced {
    Span span;
    std::string_view with;
  };

  const std::string_view text_;
  std::vector<State> state_;
  std::vector<Replaced> replaced_;
  std::unordered_set<std::string> words_;
  size_t piece_ = 0;
};

}  // namespace

std::string masked(std::string_view text) { return Masker(text.substr(0, 0xFFFFFFFE)).run(); }

}  // namespace iz
