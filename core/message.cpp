#include "core/message.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "core/delimiter_scan.h"

namespace iz {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\r' || c == '\n'; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

/// `segment_code` of a name of three letters or digits that begins with a letter, in upper case; 0
/// when it is none.
uint32_t name_code(std::string_view name) {
  if (name.size() != 3) return 0;
  const char c[3] = {upper(name[0]), upper(name[1]), upper(name[2])};
  if (!is_upper(c[0])) return 0;
  for (int i = 1; i < 3; ++i)
    if (!is_upper(c[i]) && !is_digit(c[i])) return 0;
  return segment_code({c, 3});
}

constexpr size_t kManyNames = 64;

}  // namespace

std::string segment_name(uint32_t code) {
  std::string name;
  for (; code; code >>= 8) name += static_cast<char>(code & 0xff);
  return name;
}

Message& Message::operator=(const Message& o) {
  if (this == &o) return *this;
  parse(o.text_);
  return *this;
}

bool Message::holds_behind_blanks(const Node& node) const {
  return value(Span{node.begin, node.end}).find_first_not_of(" \t") != std::string_view::npos;
}

void Message::parse(std::string_view text) {
  owned_.assign(text);
  parse_view(owned_);
}

void Message::parse_view(std::string_view text) {
  text_ = text.substr(0, 0xfffffff0u);
  read_delimiters();
  run();
}

// MSH-1 is the byte after "MSH"; MSH-2 names component, repetition, escape, subcomponent and, in
// later versions, truncation, in this order (v2.5.1 2.5.4). What is missing or would be ambiguous
// keeps its usual value.
void Message::read_delimiters() {
  delimiters_ = {};
  has_header_ = false;
  size_t p = 0;
  while (p < text_.size() && (is_line_end(text_[p]) || is_blank(text_[p]))) ++p;
  if (text_.size() - p < 4 || !is_header(name_code(text_.substr(p, 3)))) return;
  const auto usable = [](char c) { return c > ' ' && c != 0x7f && !is_upper(c) && !is_lower(c) && !is_digit(c); };
  if (!usable(text_[p + 3])) return;
  has_header_ = name_code(text_.substr(p, 3)) == segment_code("MSH");
  delimiters_.field = text_[p + 3];
  char* const order[] = {&delimiters_.component, &delimiters_.repetition, &delimiters_.escape,
                         &delimiters_.subcomponent, &delimiters_.truncation};
  size_t i = p + 4;
  for (char* d : order) {
    if (i >= text_.size() || text_[i] == delimiters_.field || !usable(text_[i])) break;
    *d = text_[i++];
  }
}

void Message::run() {
  node_count_ = field_count_ = 0;
  segments_.clear();
  names_.clear();
  lines_ = 0;
  line_begin_ = 0;
  line_node_ = line_field_ = 0;

  Level level_of[256] = {};
  const auto set_level = [&](char c, Level l) { level_of[static_cast<unsigned char>(c)] = l; };
  set_level(delimiters_.subcomponent, Level::subcomponent);
  set_level(delimiters_.component, Level::component);
  set_level(delimiters_.repetition, Level::repetition);
  set_level(delimiters_.field, Level::field);
  set_level('\r', Level::segment);
  set_level('\n', Level::segment);
  const char set[] = {
      delimiters_.subcomponent, delimiters_.component, delimiters_.repetition, delimiters_.field, '\r', '\n'};
  const DelimiterScan scan({set, 6});

  const char* const text = text_.data();
  const auto size = static_cast<uint32_t>(text_.size());
  uint32_t start = 0;  // of the value being read
  uint32_t skip = 0;   // delimiters before this offset are values (MSH-2)
  Level starts = Level::segment;

  // A header line: its name, MSH-1 and the begin of MSH-2 are known at once.
  const auto begin_line = [&](uint32_t p) {
    line_begin_ = start = p;
    line_node_ = node_count_;
    line_field_ = field_count_;
    starts = Level::segment;
    if (size - p < 4 || text[p + 3] != delimiters_.field) return;
    const char first = upper(text[p]);  // of MSH, FHS, BHS
    if ((first != 'M' && first != 'F' && first != 'B') || !is_header(name_code({text + p, 3}))) return;
    nodes_[node_count_] = {p, p + 3, Level::segment};
    fields_[field_count_++] = static_cast<uint32_t>(node_count_++);
    nodes_[node_count_] = {p + 3, p + 4, Level::field};
    fields_[field_count_++] = static_cast<uint32_t>(node_count_++);
    start = skip = p + 4;
    starts = Level::field;
    while (skip < size && text[skip] != delimiters_.field && !is_line_end(text[skip])) ++skip;
  };
  // Room for what 64 bytes can hold, a header at each line among them.
  constexpr size_t most = 256;
  size_t room = 0;  // nodes and fields that there may be before the room is looked at again
  const auto make_room = [&] {
    if (std::max(node_count_, field_count_) < room) return;
    if (nodes_.size() < node_count_ + 2 * most) nodes_.resize(std::max<size_t>(1024, nodes_.size() * 2));
    if (fields_.size() < field_count_ + 2 * most) fields_.resize(std::max<size_t>(1024, fields_.size() * 2));
    room = std::min(nodes_.size(), fields_.size()) - most;
  };

  make_room();
  begin_line(0);
  for (uint32_t block = 0; block < size; block += 64) {
    make_room();
    uint64_t mask = size - block >= 64 ? scan.mask64(text + block) : scan.mask_tail(text + block, size - block);
    const auto without_skipped = [&] {
      if (skip > block) mask = skip - block >= 64 ? 0 : mask & ~uint64_t{0} << (skip - block);
    };
    without_skipped();
    Node* node = nodes_.data() + node_count_;
    uint32_t* field = fields_.data() + field_count_;
    auto number = static_cast<uint32_t>(node_count_);  // of the node
    while (mask) {
      const uint32_t at = block + static_cast<uint32_t>(std::countr_zero(mask));
      mask &= mask - 1;
      *node++ = {start, at, starts};
      *field = number++;
      field += starts >= Level::field;
      starts = level_of[static_cast<unsigned char>(text[at])];
      start = at + 1;
      if (starts != Level::segment) continue;
      node_count_ = number;
      field_count_ = static_cast<size_t>(field - fields_.data());
      end_line(at);
      uint32_t next = at + 1;
      if (text[at] == '\r' && next < size && text[next] == '\n') skip = ++next;
      begin_line(next);
      without_skipped();
      node = nodes_.data() + node_count_;
      field = fields_.data() + field_count_;
      number = static_cast<uint32_t>(node_count_);
    }
    node_count_ = number;
    field_count_ = static_cast<size_t>(field - fields_.data());
  }
  make_room();
  if (line_begin_ < size) {
    if (starts >= Level::field) fields_[field_count_++] = static_cast<uint32_t>(node_count_);
    nodes_[node_count_++] = {start, size, starts};
    end_line(size);
  }
  fields_[field_count_++] = static_cast<uint32_t>(node_count_);
  if (names_.size() > kManyNames) count_occurrences();
}

// The line [line_begin_, end) is read: it becomes a segment, is left out when blank, or is kept as
// one value.
void Message::end_line(uint32_t end) {
  ++lines_;
  Segment s;
  s.begin = line_begin_;
  s.end = end;
  s.line = lines_;
  s.first_field = static_cast<uint32_t>(line_field_);
  const Node& name = nodes_[line_node_];
  const bool delimited = name.end == end || text_[name.end] == delimiters_.field;
  s.name = delimited ? name_code(value(Span{name.begin, name.end})) : 0;
  if (!s.name) {
    node_count_ = line_node_;
    field_count_ = line_field_;
    const std::string_view line = value(Span{s.begin, s.end});
    if (std::all_of(line.begin(), line.end(), is_blank)) return;
    fields_[field_count_++] = static_cast<uint32_t>(node_count_);
    nodes_[node_count_++] = {s.begin, s.end, Level::segment};
    segments_.push_back(s);
    return;
  }
  for (uint32_t i = name.begin; i < name.end; ++i) s.lower_case |= is_lower(text_[i]);
  s.field_count = static_cast<uint32_t>(field_count_ - line_field_ - 1);
  const auto known = std::find_if(names_.begin(), names_.end(), [&](const auto& n) { return n.first == s.name; });
  if (known != names_.end()) {
    s.occurrence = ++known->second;
  } else if (names_.size() <= kManyNames) {
    names_.emplace_back(s.name, 1);
  }
  segments_.push_back(s);
}

// With very many different names the short list above is not kept up; count all again.
void Message::count_occurrences() {
  std::unordered_map<uint32_t, uint32_t> seen;
  for (Segment& s : segments_)
    if (s.name) s.occurrence = ++seen[s.name];
}

int Message::find_segment(std::string_view name, uint32_t occurrence) const {
  const uint32_t code = segment_code(name);
  for (size_t i = 0; i < segments_.size(); ++i)
    if (segments_[i].name == code && segments_[i].occurrence == occurrence) return static_cast<int>(i);
  return -1;
}

std::string_view Message::get(std::string_view segment, uint32_t field_number, uint32_t component_number,
                              uint32_t subcomponent_number) const {
  const int s = find_segment(segment);
  if (s < 0) return {};
  Element e = repetition(static_cast<uint32_t>(s), field_number, 1);
  if (component_number) e = component(e, component_number);
  if (subcomponent_number) e = subcomponent(e, subcomponent_number);
  return value(e);
}

std::string Message::check_consistency() const {
  const auto fail = [](const char* what, size_t i) { return std::string(what) + " at " + std::to_string(i); };
  if (fields().empty() || fields().back() != node_count_) return "the field index does not end with the nodes";
  uint32_t text_at = 0;
  size_t next_field = 0;
  for (size_t k = 0; k < segments_.size(); ++k) {
    const Segment& s = segments_[k];
    if (s.begin < text_at || s.end < s.begin || s.end > text_.size()) return fail("segment out of order", k);
    for (uint32_t p = text_at; p < s.begin; ++p)
      if (!is_line_end(text_[p]) && !is_blank(text_[p])) return fail("text outside of segments", p);
    if (s.end < text_.size() && !is_line_end(text_[s.end])) return fail("segment without line end", k);
    if (s.first_field != next_field) return fail("field index with a gap", k);
    next_field += s.field_count + 1;
    const uint32_t first = fields_[s.first_field], last = fields_[s.first_field + s.field_count + 1];
    if (first >= last || last > node_count_) return fail("segment without nodes", k);
    if (nodes_[first].begin != s.begin || nodes_[last - 1].end != s.end) return fail("nodes do not fill segment", k);
    for (uint32_t i = first; i < last; ++i) {
      const Node& n = nodes_[i];
      if (n.end < n.begin) return fail("node reversed", i);
      if ((n.starts == Level::segment) != (i == first)) return fail("segment level inside a segment", i);
      if (i == first) continue;
      const Node& before = nodes_[i - 1];
      const bool header = is_header(s.name) && i - first <= 2;  // MSH-1 is its own delimiter
      if (header ? n.begin != before.end : n.begin != before.end + 1) return fail("nodes not adjacent", i);
      if (header) continue;
      const char d = text_[before.end];
      const Level want = d == delimiters_.field        ? Level::field
                         : d == delimiters_.repetition ? Level::repetition
                         : d == delimiters_.component  ? Level::component
                                                       : Level::subcomponent;
      if (n.starts != want) return fail("node level differs from its delimiter", i);
    }
    for (uint32_t f = 0; f <= s.field_count; ++f)
      if (nodes_[fields_[s.first_field + f]].starts < Level::field) return fail("field does not start a field", k);
    text_at = s.end;
  }
  for (size_t p = text_at; p < text_.size(); ++p)
    if (!is_line_end(text_[p]) && !is_blank(text_[p])) return fail("text outside of segments", p);
  if (next_field + 1 != field_count_) return "fields outside of segments";
  return {};
}

std::string unescape(std::string_view value, const Delimiters& d) {
  std::string out;
  out.reserve(value.size());
  for (size_t i = 0; i < value.size(); ++i) {
    const size_t close = value[i] == d.escape ? value.find(d.escape, i + 1) : std::string_view::npos;
    // A sequence is short; a lone escape character stands for itself. 64 also bounds the search's
    // cost.
    if (close == std::string_view::npos || close == i + 1 || close - i > 64) {
      out += value[i];
      continue;
    }
    const std::string_view s = value.substr(i + 1, close - i - 1);
    const auto hex = [](char c) {
      return is_digit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    bool hex_text = s.size() > 1 && s.size() % 2 == 1 && s[0] == 'X';
    for (size_t k = 1; hex_text && k < s.size(); ++k) hex_text = hex(s[k]) >= 0;
    if (s == "F")
      out += d.field;
    else if (s == "S")
      out += d.component;
    else if (s == "T")
      out += d.subcomponent;
    else if (s == "R")
      out += d.repetition;
    else if (s == "E")
      out += d.escape;
    else if (s == "P" && d.truncation)
      out += d.truncation;
    else if (s == ".br")
      out += '\n';
    else if (s == "H" || s == "N") {
    }  // highlighting has no meaning here
    else if (hex_text)
      for (size_t k = 1; k < s.size(); k += 2) out += static_cast<char>(hex(s[k]) * 16 + hex(s[k + 1]));
    else {
      out += value[i];  // not a sequence that we know: as it stands
      continue;
    }
    i = close;
  }
  return out;
}

std::string escape(std::string_view value, const Delimiters& d) {
  std::string out;
  const auto sequence = [&](std::string_view s) { out.append(1, d.escape).append(s).append(1, d.escape); };
  for (char c : value) {
    if (c == d.escape)
      sequence("E");
    else if (c == d.field)
      sequence("F");
    else if (c == d.component)
      sequence("S");
    else if (c == d.subcomponent)
      sequence("T");
    else if (c == d.repetition)
      sequence("R");
    else if (d.truncation && c == d.truncation)
      sequence("P");
    else if (c == '\r')
      sequence("X0D");
    else if (c == '\n')
      sequence("X0A");
    else
      out += c;
  }
  return out;
}

}  // namespace iz
