#include "codesets/json_reader.h"

#include <algorithm>
#include <functional>

namespace iz {

// ---- values

namespace {

/// Calls `f` for each member of an object: its name, its value.
template <class Node, class F>
void each_member(const Node* object, const F& f) {
  const Node* const end = object + object->span;
  for (const Node* name = object + 1; name < end; name += 1 + name[1].span)
    f(std::string_view(name->text, name->size), name + 1);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

const JsonValue::Node* JsonValue::member(std::string_view key) const {
  if (!is_object()) return nullptr;
  const Node* const end = node_ + node_->span;
  for (const Node* name = node_ + 1; name < end; name += 1 + name[1].span)
    if (std::string_view(name->text, name->size) == key) return name + 1;
  return nullptr;
}

JsonValue JsonValue::at(std::string_view key) const {
  const Node* found = member(key);
  if (!found) throw JsonError("\"" + std::string(key) + "\" is missing");
  return JsonValue(found);
}

JsonValue JsonValue::at(size_t index) const {
  if (!is_list() || index >= node_->size) throw JsonError("a list is too short");
  const Node* found = node_ + 1;
  while (index--) found += found->span;
  return JsonValue(found);
}

std::string_view JsonValue::text() const {
  if (!is_text()) throw JsonError("no text");
  return {node_->text, node_->size};
}

std::string_view JsonValue::number() const {
  if (kind() != Kind::number) throw JsonError("no number");
  return {node_->text, node_->size};
}

bool JsonValue::boolean() const {
  if (kind() != Kind::boolean) throw JsonError("no true or false");
  return node_->text[0] == 't';
}

uint64_t JsonValue::natural(uint64_t most) const {
  uint64_t n = 0;
  bool right = kind() == Kind::number;
  for (uint32_t i = 0; right && i < node_->size; ++i) {
    right = is_digit(node_->text[i]) && n <= (most - static_cast<uint64_t>(node_->text[i] - '0')) / 10;
    n = n * 10 + static_cast<uint64_t>(node_->text[i] - '0');
  }
  if (!right) throw JsonError("no whole number in its range");
  return n;
}

double JsonValue::real() const {
  if (kind() != Kind::number) throw JsonError("no number");
  const std::string_view all(node_->text, node_->size);
  double digits = 0, scale = 1;
  bool fraction = false;
  for (const char c : all) {
    if (c == '-') continue;
    if (c == '.') {
      fraction = true;
      continue;
    }
    if (!is_digit(c)) throw JsonError("a number with an exponent");
    digits = digits * 10 + (c - '0');
    if (fraction) scale *= 10;
  }
  return (all[0] == '-' ? -digits : digits) / scale;
}

JsonValue::Iterator JsonValue::begin() const {
  if (!is_list()) throw JsonError("no list");
  return Iterator(node_ + 1);
}

JsonValue::Iterator JsonValue::end() const { return Iterator(node_ + node_->span); }

JsonValue::Members JsonValue::items() const {
  if (!is_object()) throw JsonError("no object");
  return Members(node_);
}

// ---- reading

struct JsonDocument::Reader {
  JsonDocument& out;
  std::string_view text;
  size_t at = 0;
  uint32_t depth = 0;

  static constexpr uint32_t kDeepest = 200;

  [[noreturn]] void fail(const char* reason) const {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    throw JsonError("line " + std::to_string(line) + ": " + reason);
  }

  char peek() const { return at < text.size() ? text[at] : '\0'; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at;
    return true;
  }
  void blanks() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) ++at;
  }

  void leaf(Kind kind, std::string_view value) {
    out.nodes_.push_back({value.data(), static_cast<uint32_t>(value.size()), 1, kind});
  }

  void value() {
    blanks();
    switch (peek()) {
      case '{':
        return members(Kind::object, '}');
      case '[':
        return members(Kind::list, ']');
      case '"':
        return string();
      case 't':
        return word(Kind::boolean, "true");
      case 'f':
        return word(Kind::boolean, "false");
      case 'n':
        return word(Kind::null, "null");
      default:
        return number();
    }
  }

  void members(Kind kind, char close) {
    if (++depth > kDeepest) fail("too deep");
    const size_t self = out.nodes_.size();
    leaf(kind, text.substr(at++, 0));
    blanks();
    uint32_t count = 0;
    if (!take(close)) {
      do {
        ++count;
        if (kind == Kind::object) {
          blanks();
          if (peek() != '\"') fail("the name of a member is missing");
          string();
          blanks();
          if (!take(':')) fail("a colon is missing");
        }
        value();
        blanks();
      } while (take(','));
      if (!take(close)) fail(kind == Kind::object ? "a comma or } is missing" : "a comma or ] is missing");
    }
    out.nodes_[self].size = count;
    out.nodes_[self].span = static_cast<uint32_t>(out.nodes_.size() - self);
    --depth;
  }

  void word(Kind kind, std::string_view expected) {
    if (!text.substr(at).starts_with(expected)) fail("no value");
    leaf(kind, text.substr(at, expected.size()));
    at += expected.size();
  }

  size_t digits() {
    const size_t from = at;
    while (is_digit(peek())) ++at;
    return at - from;
  }

  void number() {
    const size_t from = at;
    take('-');
    const bool zero = peek() == '0';
    const size_t whole = digits();
    if (whole == 0) fail("no value");
    if (zero && whole > 1) fail("a number begins with 0");
    if (take('.') && digits() == 0) fail("a number ends with a point");
    if (peek() == 'e' || peek() == 'E') {
      ++at;
      if (!take('-')) take('+');
      if (digits() == 0) fail("an exponent without digits");
    }
    leaf(Kind::number, text.substr(from, at - from));
  }

  void string() {
    const size_t from = ++at;
    for (; at < text.size() && text[at] != '"'; ++at) {
      if (static_cast<unsigned char>(text[at]) < 0x20) fail("a control character in a string");
      if (text[at] == '\\') return escaped(from);
    }
    if (at == text.size()) fail("a string has no end");
    leaf(Kind::text, text.substr(from, at++ - from));
  }

  /// A string with escapes; it began at `from`.
  void escaped(size_t from) {
    std::string& made = out.unescaped_.emplace_back(text.substr(from, at - from));
    for (; peek() != '"'; ++at) {
      if (at >= text.size()) fail("a string has no end");
      if (static_cast<unsigned char>(text[at]) < 0x20) fail("a control character in a string");
      if (text[at] != '\\') {
        made += text[at];
        continue;
      }
      ++at;
      constexpr std::string_view names = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
      if (const size_t which = names.find(peek()); at < text.size() && which != std::string_view::npos)
        made += meant[which];
      else if (peek() == 'u')
        put(made, code_point());
      else
        fail("an escape that JSON does not know");
    }
    ++at;
    leaf(Kind::text, made);
  }

  /// The four digits behind `u`, whose last one is then looked at.
  uint32_t four() {
    uint32_t n = 0;
    for (int i = 0; i < 4; ++i) {
      ++at;
      const char c = peek(), small = static_cast<char>(c | 0x20);
      if (!is_digit(c) && !(small >= 'a' && small <= 'f')) fail("\\u without four digits");
      n = n * 16 + static_cast<uint32_t>(is_digit(c) ? c - '0' : small - 'a' + 10);
    }
    return n;
  }

  uint32_t code_point() {
    const uint32_t first = four();
    if (first < 0xD800 || first > 0xDFFF) return first;
    if (first > 0xDBFF || !text.substr(at + 1).starts_with("\\u")) fail("half of a surrogate pair");
    at += 2;
    const uint32_t second = four();
    if (second < 0xDC00 || second > 0xDFFF) fail("half of a surrogate pair");
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }

  static void put(std::string& to, uint32_t c) {
    const auto byte = [&](uint32_t b) { to += static_cast<char>(b); };
    if (c < 0x80) return byte(c);
    if (c < 0x800) return byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F));
    if (c < 0x10000) {
      byte(0xE0 | c >> 12);
    } else {
      byte(0xF0 | c >> 18);
      byte(0x80 | (c >> 12 & 0x3F));
    }
    byte(0x80 | (c >> 6 & 0x3F));
    byte(0x80 | (c & 0x3F));
  }
};

JsonDocument::JsonDocument(std::string_view text) : text_(text) {
  nodes_.reserve(text.size() / 8 + 1);
  Reader reader{*this, text};
  reader.value();
  reader.blanks();
  if (reader.at != text.size()) reader.fail("something stands behind the value");
}

uint32_t JsonDocument::line(JsonValue value) const {
  // A string with escapes lies elsewhere: then what stands before it tells the line.
  const std::less<> before;
  const Node* node = value.node_;
  const auto inside = [&](const char* at) {
    return at && !before(at, text_.data()) && !before(text_.data() + text_.size(), at);
  };
  while (node > nodes_.data() && !inside(node->text)) --node;
  if (!inside(node->text)) return 1;
  const auto stands = text_.begin() + (node->text - text_.data());
  return 1 + static_cast<uint32_t>(std::count(text_.begin(), stands, '\n'));
}

// ---- merging

JsonDocument::JsonDocument(JsonValue base, JsonValue patch) {
  nodes_.reserve(base.node_->span + patch.node_->span);
  merge(base.node_, patch.node_);
}

void JsonDocument::copy(const Node* node) { nodes_.insert(nodes_.end(), node, node + node->span); }

/// Puts down `base` (may be none) as `patch` changes it.
void JsonDocument::merge(const Node* base, const Node* patch) {
  if (patch->kind != Kind::object) return copy(patch);
  struct Member {
    const Node *name, *base, *patch;
  };
  std::vector<Member> all;
  if (base && base->kind == Kind::object)
    each_member(base, [&](std::string_view, const Node* value) { all.push_back({value - 1, value, nullptr}); });
  // Both mostly name their members in the same order: each is looked for behind the one before.
  const size_t of_base = all.size();
  size_t at = 0;
  each_member(patch, [&](std::string_view name, const Node* value) {
    for (size_t tries = 0; tries < of_base; ++tries, at = at + 1 == of_base ? 0 : at + 1) {
      if (name != std::string_view(all[at].name->text, all[at].name->size)) continue;
      all[at].patch = value;
      return;
    }
    all.push_back({value - 1, nullptr, value});
  });
  const auto before = [](const Member& a, const Member& b) {
    return std::string_view(a.name->text, a.name->size) < std::string_view(b.name->text, b.name->size);
  };
  if (!std::is_sorted(all.begin(), all.end(), before)) std::sort(all.begin(), all.end(), before);
  const size_t self = nodes_.size();
  nodes_.push_back({nullptr, 0, 1, Kind::object});
  uint32_t count = 0;
  for (const Member& m : all) {
    if (m.patch && m.patch->kind == Kind::null) continue;
    ++count;
    nodes_.push_back(*m.name);
    if (m.patch)
      merge(m.base, m.patch);
    else
      copy(m.base);
  }
  nodes_[self].size = count;
  nodes_[self].span = static_cast<uint32_t>(nodes_.size() - self);
}

}  // namespace iz
