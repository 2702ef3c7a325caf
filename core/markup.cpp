#include "core/markup.h"

#include <algorithm>

#include "core/escapes.h"

namespace iz {

namespace {

constexpr size_t npos = std::string_view::npos;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool starts_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (c & 0x80); }
bool in_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '.'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view local_name(std::string_view name) {
  const size_t colon = name.rfind(':');
  return colon == npos ? name : name.substr(colon + 1);
}

/// The next place of a text, looked for once: what was not found is not looked for again.
class Next {
 public:
  explicit Next(std::string_view what) : what_(what) {}
  size_t operator()(std::string_view text, size_t at) {
    if (!known_ || (found_ != npos && found_ < at)) {
      found_ = text.find(what_, at);
      known_ = true;
    }
    return found_;
  }

 private:
  std::string_view what_;
  size_t found_ = 0;
  bool known_ = false;
};

struct Token {
  enum Kind : uint8_t { end, text, cdata, start_tag, end_tag, doctype, other } kind = end;
  size_t begin = 0, stop = 0;   ///< in the input
  std::string_view name;        ///< of a tag
  std::string_view attributes;  ///< of a start tag
  std::string_view content;     ///< of text and CDATA
  bool empty = false;           ///< `/>`
  bool cut = false;
  bool open_quote = false;
};

/// Cuts a text into tags and what is between them.
class Tokens {
 public:
  Tokens(std::string_view text, size_t begin, size_t end) : text_(text.substr(0, end)), at_(begin) {}

  Token next() {
    Token t;
    t.begin = at_;
    if (at_ >= text_.size()) {
      t.stop = at_;
      return t;
    }
    if (!raw_until_.empty()) {  // inside a script or style
      const size_t close = find_raw_end();
      raw_until_ = {};
      if (close > at_) return finish(t, Token::other, close);
    }
    const size_t open = std::min(less_(text_, at_), text_.size());
    if (open > at_) {
      t.content = text_.substr(at_, open - at_);
      return finish(t, Token::text, open);
    }
    const std::string_view here = text_.substr(at_, std::min<size_t>(text_.size() - at_, 9));
    if (here.starts_with("<!--")) {
      const size_t close = comment_(text_, at_ + 4);
      return finish(t, Token::other, close == npos ? text_.size() : close + 3);
    }
    if (here == "<![CDATA[") {
      const size_t close = cdata_(text_, at_ + 9);
      if (close == npos) return finish(t, Token::other, at_ + 9);  // not closed: its content is read as text
      t.content = text_.substr(at_ + 9, close - at_ - 9);
      return finish(t, Token::cdata, close + 3);
    }
    if (here.starts_with("<?")) {
      const size_t close = instruction_(text_, at_ + 2);
      return finish(t, Token::other, close == npos ? at_ + 2 : close + 2);
    }
    if (here.starts_with("<!")) return doctype(t);
    const bool closing = here.size() > 1 && here[1] == '/';
    const size_t name = at_ + (closing ? 2 : 1);
    if (name >= text_.size() || !starts_name(text_[name])) {
      t.content = text_.substr(at_, 1);
      return finish(t, Token::text, at_ + 1);
    }
    size_t stop = name;
    while (stop < text_.size() && in_name(text_[stop])) ++stop;
    t.name = text_.substr(name, stop - name);
    return closing ? end_tag(t, stop) : start_tag(t, stop);
  }

 private:
  Token finish(Token& t, Token::Kind kind, size_t stop) {
    t.kind = kind;
    t.stop = at_ = stop;
    return t;
  }

  Token end_tag(Token& t, size_t at) {
    const size_t close = std::min(greater_(text_, at), text_.size());
    const size_t open = std::min(less_(text_, at), text_.size());
    return finish(t, Token::end_tag, close < open ? close + 1 : open);
  }

  Token start_tag(Token& t, size_t at) {
    const size_t begin = at;
    const size_t open = std::min(less_(text_, at), text_.size());  // `<` is never part of a tag
    for (; at < open && text_[at] != '>'; ++at) {
      if (text_[at] != '"' && text_[at] != '\'') continue;
      const size_t close = text_[at] == '"' ? double_(text_, at + 1) : single_(text_, at + 1);
      if (close < open) {
        at = close;
      } else {
        t.open_quote = true;
      }
    }
    t.cut = at >= open;
    t.attributes = text_.substr(begin, at - begin);
    if (!t.cut && t.attributes.ends_with('/')) {
      t.empty = true;
      t.attributes.remove_suffix(1);
    }
    if (same_tag(t.name, "script") || same_tag(t.name, "style")) raw_until_ = t.empty ? std::string_view{} : t.name;
    return finish(t, Token::start_tag, t.cut ? open : at + 1);
  }

  /// `<!DOCTYPE ...>` with its internal subset, which is passed over unread.
  Token doctype(Token& t) {
    const size_t close = greater_(text_, at_);
    size_t stop = close == npos ? at_ + 2 : close + 1;
    if (!no_subset_end_ && bracket_(text_, at_) < close) {
      for (size_t end = text_.find(']', at_); end != npos; end = text_.find(']', end + 1)) {
        const size_t after = std::min(text_.find_first_not_of(" \t\r\n", end + 1), text_.size());
        if (after == text_.size() || text_[after] != '>') continue;
        return finish(t, Token::doctype, after + 1);
      }
      no_subset_end_ = true;
    }
    return finish(t, Token::doctype, stop);
  }

  /// Where `</script` or `</style` begins; the end if it does not.
  size_t find_raw_end() const {
    for (size_t at = at_; (at = text_.find("</", at)) != npos; at += 2) {
      if (same_tag(text_.substr(at + 2, raw_until_.size()), raw_until_)) return at;
    }
    return text_.size();
  }

  std::string_view text_;
  size_t at_;
  std::string_view raw_until_;
  Next less_{"<"}, greater_{">"}, comment_{"-->"}, cdata_{"]]>"}, instruction_{"?>"}, double_{"\""}, single_{"'"},
      bracket_{"["};
  bool no_subset_end_ = false;  ///< no internal subset that begins behind this place ends
};

/// Elements of HTML that have no end tag.
bool is_void(std::string_view local) {
  static constexpr std::string_view names[] = {"br", "hr", "img", "input", "link", "meta", "area", "base", "col"};
  return std::any_of(std::begin(names), std::end(names), [&](std::string_view n) { return same_tag(n, local); });
}

uint32_t narrow(size_t value) { return static_cast<uint32_t>(value); }

}  // namespace

bool same_tag(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

Markup::Markup(std::string_view input) : input_(input.substr(0, 0xFFFFFFFE)) {
  constexpr size_t kLook = 64;  // how many open elements an end tag is compared with
  Tokens tokens(input_, 0, input_.size());
  std::vector<uint32_t> open;
  const auto end_at = [&](uint32_t index, size_t inner, size_t outer) {
    elements_[index].inner.end = narrow(inner);
    elements_[index].outer.end = narrow(outer);
  };
  for (Token t = tokens.next(); t.kind != Token::end; t = tokens.next()) {
    if (t.kind == Token::doctype) {
      doctype_ = true;
    } else if (t.kind == Token::start_tag) {
      if (elements_.size() >= limit) break;
      MarkupElement e;
      e.name = t.name;
      e.local = local_name(t.name);
      e.attributes = t.attributes;
      e.outer = {narrow(t.begin), narrow(t.stop)};
      e.inner = {narrow(t.stop), narrow(t.stop)};
      e.parent = open.empty() ? none : open.back();
      e.closed = t.empty || is_void(e.local);
      e.cut = t.cut;
      e.open_quote = t.open_quote;
      elements_.push_back(e);
      if (!e.closed) open.push_back(narrow(elements_.size() - 1));
    } else if (t.kind == Token::end_tag) {
      // It closes the innermost element of its name; what is open inside that ends here, too.
      const size_t low = open.size() > kLook ? open.size() - kLook : 0;
      size_t match = npos;
      for (size_t i = open.size(); i > low && match == npos; --i) {
        if (elements_[open[i - 1]].name == t.name) match = i - 1;
      }
      for (size_t i = open.size(); i > low && match == npos; --i) {
        if (same_tag(elements_[open[i - 1]].name, t.name)) match = i - 1;
      }
      if (match == npos) continue;
      for (size_t i = open.size(); i > match + 1; --i) end_at(open[i - 1], t.begin, t.begin);
      end_at(open[match], t.begin, t.stop);
      elements_[open[match]].closed = true;
      elements_[open[match]].end_name = t.name;
      open.resize(match);
    }
  }
  for (const uint32_t index : open) end_at(index, input_.size(), input_.size());
}

uint32_t Markup::find(std::string_view local, uint32_t within) const {
  const uint32_t begin = within == none ? 0 : within + 1;
  const uint32_t end = within == none ? none : elements_[within].outer.end;
  for (uint32_t i = begin; i < elements_.size() && elements_[i].outer.begin < end; ++i) {
    if (same_tag(elements_[i].local, local)) return i;
  }
  return none;
}

uint32_t Markup::child(uint32_t parent, uint32_t from) const {
  const uint32_t end = parent == none ? none : elements_[parent].outer.end;
  for (uint32_t i = std::max(from, parent == none ? 0 : parent + 1); i < elements_.size(); ++i) {
    if (elements_[i].outer.begin >= end) break;
    if (elements_[i].parent == parent) return i;
  }
  return none;
}

std::string Markup::text(const MarkupElement& element, size_t size) const {
  std::string out;
  Tokens tokens(input_, element.inner.begin, element.inner.end);
  bool block = false;  // a tag stood here: words must not run together
  for (Token t = tokens.next(); t.kind != Token::end && out.size() < size; t = tokens.next()) {
    if (t.kind == Token::text || t.kind == Token::cdata) {
      const std::string_view content = t.content.substr(0, size);
      if (block && !out.empty() && !is_blank(out.back())) out += ' ';
      block = false;
      out += t.kind == Token::text ? undo_references(content) : std::string(content);
    } else {
      block |= t.kind == Token::start_tag || t.kind == Token::end_tag;
    }
  }
  if (out.size() > size) out.resize(size);
  return out;
}

std::string_view attribute(std::string_view attributes, std::string_view name) {
  for (size_t at = 0; (at = attributes.find(name, at)) != npos; at += name.size()) {
    if (at > 0 && in_name(attributes[at - 1])) continue;
    size_t value = at + name.size();
    while (value < attributes.size() && is_blank(attributes[value])) ++value;
    if (value >= attributes.size() || attributes[value] != '=') continue;
    ++value;
    while (value < attributes.size() && (is_blank(attributes[value]) || attributes[value] == '\\')) ++value;
    if (value >= attributes.size()) return {};
    const char quote = attributes[value];
    if (quote != '"' && quote != '\'') {
      size_t stop = value;
      while (stop < attributes.size() && !is_blank(attributes[stop])) ++stop;
      return attributes.substr(value, stop - value);
    }
    size_t stop = attributes.find(quote, value + 1);
    if (stop == npos) stop = attributes.find_first_of("'\" \t\r\n", value + 1);
    if (stop == npos) stop = attributes.size();
    std::string_view found = attributes.substr(value + 1, stop - value - 1);
    if (found.ends_with('\\')) found.remove_suffix(1);  // it stood in a string
    return found;
  }
  return {};
}

std::string_view Markup::name_space(uint32_t element) const {
  const std::string_view name = elements_[element].name;
  const size_t colon = name.rfind(':');
  const std::string wanted = colon == npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  for (uint32_t i = element, steps = 0; i != none && steps < 64; i = elements_[i].parent, ++steps) {
    if (const std::string_view found = attribute(elements_[i].attributes, wanted); !found.empty()) return found;
  }
  return {};
}

}  // namespace iz
