// A message as pasted, and where its values stand in it.
//
// Parsing cuts one message into segments, fields, repetitions, components and subcomponents without
// copying: the result is a flat array of `Node`s in reading order, one for each value between two
// delimiters, each with a span into the text. Parsing never fails; what is odd (no MSH, a line that
// is no segment) is kept in the data and becomes findings in check. Line ends may be CR, LF or
// CRLF, mixed. Delimiters come from MSH-1 and MSH-2; without a usable MSH the usual ones hold.
//
//     iz::Message m;
//     m.parse("MSH|^~\\&|A\rPID|1||7^^^X^MR~8^^^Y^SR");
//     m.value(m.component(m.repetition(1, 3, 2), 1));   // "8": PID-3, second repetition, first
//     component m.value(m.component(m.repetition(1, 3, 9), 1));   // "": an absent element is an
//     empty Element, never an error
//
// HL7 v2.5.1 chapter 2.5 (message construction), 2.7 (use of escape sequences). All offsets are
// bytes.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace iz {

/// A range of bytes in a message's text, end exclusive.
struct Span {
  uint32_t begin = 0, end = 0;
  bool operator==(const Span&) const = default;
};

/// The outermost thing that begins with a node: what the delimiter before it separates.
enum class Level : uint8_t { subcomponent, component, repetition, field, segment };

/// One value between two delimiters. A field "A^B&C~D" is four nodes: A (field), B (component), C
/// (subcomponent), D (repetition). Empty values are nodes too.
struct Node {
  uint32_t begin = 0, end = 0;
  Level starts = Level::segment;
};

/// A segment name as one number, for comparison: up to 4 bytes, first byte lowest.
/// `segment_code("PID")`.
constexpr uint32_t segment_code(std::string_view name) {
  uint32_t code = 0;
  for (size_t i = 0; i < name.size() && i < 4; ++i) code |= uint32_t(static_cast<unsigned char>(name[i])) << (8 * i);
  return code;
}
/// Whether fields 1 and 2 of a segment of this name are the delimiters themselves: MSH, FHS, BHS.
constexpr bool is_header(uint32_t name) {
  return name == segment_code("MSH") || name == segment_code("FHS") || name == segment_code("BHS");
}
/// The name that `segment_code` packed.
std::string segment_name(uint32_t code);

/// One line of the message.
struct Segment {
  uint32_t begin = 0, end = 0;  ///< bytes of the line without its line end
  uint32_t name = 0;            ///< `segment_code` of its name in upper case; 0 when the line is no segment
  uint32_t occurrence = 1;      ///< n-th segment of that name in the message, from 1
  uint32_t line = 1;            ///< line of the message, from 1, blank lines counted
  uint32_t first_field = 0;     ///< index in `fields()` of field 0 (the name)
  uint32_t field_count = 0;     ///< fields after the name; MSH-1 and MSH-2 count as fields of MSH
  bool lower_case = false;      ///< the name stands in the text with lower-case letters
};

/// The delimiters of a message (MSH-1, MSH-2). `truncation` is 0 unless MSH-2 has a fifth
/// character.
struct Delimiters {
  char field = '|', component = '^', repetition = '~', escape = '\\', subcomponent = '&', truncation = 0;
  bool operator==(const Delimiters&) const = default;
};

/// A run of nodes: a field, repetition, component or subcomponent. Empty (`first == last`) when the
/// message has none.
struct Element {
  uint32_t first = 0, last = 0;
  explicit operator bool() const { return first != last; }
  bool operator==(const Element&) const = default;
};

/// One parsed message. Copyable; `parse` again reuses the memory. Limit: 4 GB of text.
class Message {
 public:
  /// Parses `text`, which is copied. Never fails.
  void parse(std::string_view text);
  /// Parses without copying: `text` must outlive the message and be unchanged.
  void parse_view(std::string_view text);

  std::string_view text() const { return text_; }
  const Delimiters& delimiters() const { return delimiters_; }
  std::span<const Segment> segments() const { return segments_; }
  std::span<const Node> nodes() const { return {nodes_.data(), node_count_}; }
  /// Index of the first node of each field, segment after segment, field 0 (the name) first; one
  /// more at the end.
  std::span<const uint32_t> fields() const { return {fields_.data(), field_count_}; }
  uint32_t line_count() const { return lines_; }
  /// Whether the first segment is an MSH with a usable separator.
  bool has_header() const { return has_header_; }

  /// Field `n` (0 is the name) of segment index `s`, all repetitions.
  Element field(uint32_t s, uint32_t n) const {
    const Segment& seg = segments_[s];
    if (n > seg.field_count) return {};
    const uint32_t k = seg.first_field + n;
    return {fields_[k], fields_[k + 1]};
  }
  /// Repetition `r` (from 1) of field `n` of segment index `s`.
  Element repetition(uint32_t s, uint32_t n, uint32_t r) const { return part(field(s, n), Level::repetition, r); }
  /// Component `k` (from 1) of one repetition. A repetition without component delimiters is its own
  /// component 1.
  Element component(Element repetition, uint32_t k) const { return part(repetition, Level::component, k); }
  /// Subcomponent `k` (from 1) of a component.
  Element subcomponent(Element component, uint32_t k) const { return part(component, Level::subcomponent, k); }
  /// How many parts of that level an element has; 0 when it is absent.
  uint32_t count(Element e, Level level) const {
    uint32_t n = e ? 1 : 0;
    for (uint32_t i = e.first + 1; i < e.last; ++i) n += nodes_[i].starts >= level;
    return n;
  }
  /// The `k`-th part (from 1) that starts at `level` or above.
  Element part(Element e, Level level, uint32_t k) const {
    if (k == 0) return {};
    uint32_t i = e.first;
    for (; i < e.last && k > 1; --k) i = part_end(i, e.last, level);
    return i < e.last ? Element{i, part_end(i, e.last, level)} : Element{};
  }
  /// Where the part that begins with node `first` ends: the next node that starts at `level` or above, or `last`.
  uint32_t part_end(uint32_t first, uint32_t last, Level level) const {
    do ++first;
    while (first < last && nodes_[first].starts < level);
    return first;
  }

  Span span(Element e) const { return e ? Span{nodes_[e.first].begin, nodes_[e.last - 1].end} : Span{}; }
  /// The text between the delimiters, escape sequences as they stand.
  std::string_view value(Element e) const { return value(span(e)); }
  std::string_view value(Span s) const { return {text_.data() + s.begin, s.end - s.begin}; }
  /// Whether an element holds any value: something other than blanks and delimiters.
  bool present(Element e) const {
    for (uint32_t i = e.first; i < e.last; ++i)
      if (holds(nodes_[i])) return true;
    return false;
  }
  /// The same of one node.
  bool holds(const Node& node) const {
    if (node.begin == node.end) return false;
    if (static_cast<unsigned char>(text_[node.begin]) > ' ') return true;  // mostly decided by the first byte
    return holds_behind_blanks(node);
  }
  /// Whether nothing at all stands between the delimiters, the quick case of not `present`.
  bool empty(Element e) const { return !e || (e.last - e.first == 1 && nodes_[e.first].begin == nodes_[e.first].end); }
  /// Whether an element is the HL7 null, two double quotes and nothing else (v2.5.1 2.5.3).
  bool is_null(Element e) const {
    const Span s = span(e);
    return s.end - s.begin == 2 && text_[s.begin] == '"' && text_[s.begin + 1] == '"';
  }

  /// Index of the segment with this name and occurrence (from 1), or -1.
  int find_segment(std::string_view name, uint32_t occurrence = 1) const;
  /// First value by HL7 place, for the common case: `get("PID", 5, 1, 2)`. Empty when absent.
  std::string_view get(std::string_view segment, uint32_t field, uint32_t component = 0,
                       uint32_t subcomponent = 0) const;

  /// Checks the invariants below; empty when all hold, else which one does not. For tests.
  /// Nodes are in order, do not overlap and lie in their segment; the byte between two nodes of one
  /// segment is the delimiter that the second one's level names; segments, lines and line ends
  /// together make up the whole text; every field index is in range and its node starts a field.
  std::string check_consistency() const;

 private:
  [[gnu::noinline, gnu::cold]] bool holds_behind_blanks(const Node& node) const;
  void run();
  void read_delimiters();
  void end_line(uint32_t end);
  void count_occurrences();

  std::string owned_;
  std::string_view text_;
  Delimiters delimiters_;
  std::vector<Node> nodes_;  // the first node_count_ are in use; the rest is room for the next message
  std::vector<uint32_t> fields_;
  std::vector<Segment> segments_;
  std::vector<std::pair<uint32_t, uint32_t>> names_;  // segment name, how often so far
  size_t node_count_ = 0, field_count_ = 0;
  size_t line_node_ = 0, line_field_ = 0;  // first node and field of the line being read
  uint32_t line_begin_ = 0;
  uint32_t lines_ = 0;
  bool has_header_ = false;

 public:
  Message() = default;
  Message(const Message& o) { *this = o; }
  Message& operator=(const Message& o);
};

/// Replaces escape sequences by what they mean: \F\ \S\ \T\ \R\ \E\ by the delimiters, \Xdd..\ by
/// bytes, \.br\ by a new line; \H\ \N\ and unknown ones are left out or as they stand. HL7
/// v2.5.1 2.7.
std::string unescape(std::string_view value, const Delimiters& d);
/// The reverse for delimiters and line ends in a value that is to be written into a message.
std::string escape(std::string_view value, const Delimiters& d);

}  // namespace iz
