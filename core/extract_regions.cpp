// What a message is packed in shows at its first line: MSH-2 doubles its backslash in a string of JSON or of a
// programming language and writes `&amp;` in XML; a quote before MSH is that of a cell or a string; a tag before it is
// that of an element. Each packing is undone where it begins and ends, outermost first, and what comes out is read
// again; what is in no packing is read as lines.
#include <algorithm>

#include "core/extract_parts.h"

namespace iz::extracting {

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr int kDepth = 6;

struct Range {
  size_t begin = 0, end = 0;
};

/// A stretch of text that is packed in some way.
struct Region {
  enum class Kind : uint8_t { backslashes, references, cell, element } kind = Kind::cell;
  Range outer;               ///< with its quotes
  std::vector<Range> parts;  ///< the strings in it: one, or one for each segment
  char quote = '"';
  bool halve = false;    ///< doubled quotes stand for one
  bool element = false;  ///< a tag stands before it
};

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

/// Whether the character at `at` stands behind an odd number of backslashes.
bool is_escaped(std::string_view text, size_t low, size_t at) {
  size_t slashes = 0;
  while (at - slashes > low && text[at - slashes - 1] == '\\') ++slashes;
  return slashes % 2 == 1;
}

/// The next `quote` in [at, end) that no backslash escapes.
size_t find_unescaped(std::string_view text, size_t at, size_t end, char quote) {
  for (; at < end; ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      return at;
    }
  }
  return npos;
}

bool starts_tag(std::string_view text, size_t at, size_t end) {
  if (at + 1 >= end || text[at] != '<') return false;
  if (const auto mark = mark_at(text, at, end); mark) return false;
  return is_alpha(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!' || text[at + 1] == '?';
}

/// The next place of some kind, looked for once: what was found counts until it is passed.
class Ahead {
 public:
  template <typename Search>
  size_t after(size_t at, Search search) {
    if (!known_ || at < from_ || at > found_) {
      found_ = search();
      from_ = at;
      known_ = true;
    }
    return found_;
  }

 private:
  size_t from_ = 0, found_ = 0;
  bool known_ = false;
};

class Regions {
 public:
  Regions(const Traced& from, const Scope& scope, int depth, Output& out)
      : from_(from), text_(from.text()), scope_(scope), depth_(depth), out_(out) {}

  void run(size_t begin, size_t end) {
    end_ = end;
    done_ = line_ = line_seen_ = searched_ = begin;
    Region region;
    for (size_t at = begin; const auto header = next(at);) {
      at = header->begin + 3;
      see_line(header->begin);
      const bool packed = !line_is_segment_ && find_region(*header, region);
      searched_ = header->begin + 3;
      if (!packed) continue;
      read_lines(from_, done_, region.outer.begin, scope_, out_);
      unpack(region);
      at = done_ = line_ = line_seen_ = searched_ = std::max(region.outer.end, at);
      line_is_segment_ = false;
    }
    read_lines(from_, done_, end, scope_, out_);
  }

 private:
  std::optional<Header> next(size_t at) const {
    if (depth_ >= kDepth) return std::nullopt;
    if (!out_.headerless) return find_header(text_, at, end_);
    const size_t found = find_segment(text_, at, end_, '|');
    if (found == npos) return std::nullopt;
    return Header{.begin = found, .fields = found + 3};
  }

  /// Finds the line that holds `at` and whether it begins with a segment: then what stands at `at` is a value.
  void see_line(size_t at) {
    const size_t end = text_.substr(line_seen_, at - line_seen_).find_last_of("\r\n");
    bool fresh = line_seen_ <= line_;
    if (end != npos) {
      line_ = line_seen_ + end + 1;
      fresh = true;
    }
    if (fresh) {
      size_t start = skip_blanks(text_, line_, at);
      while (start < at && text_[start] == '>') start = skip_blanks(text_, start + 1, at);
      const auto segment = start < at ? segment_at(text_, start, end_, '|') : std::nullopt;
      line_is_segment_ =
          (segment && (segment->known || segment->upper)) || (start < at && header_at(text_, start, end_));
    }
    line_seen_ = at;
  }

  size_t line_end(size_t at) {
    return std::min(line_end_.after(at, [&] { return text_.substr(0, end_).find_first_of("\r\n", at); }), end_);
  }

  bool find_region(const Header& header, Region& region);
  bool find_string(const Header& header, Region& region);
  void find_reference_text(const Header& header, Region& region);
  bool find_quoted(const Header& header, size_t open, Region& region);
  void find_curly(const Header& header, size_t open, Region& region) const;
  bool find_element(const Header& header, size_t begin, Region& region) const;
  bool is_segment_line(size_t at) const;
  size_t tag_before(size_t at) const;
  bool ends_quote(size_t after, char separator) const;
  void chain(Region& region);
  void unpack(const Region& region);

  const Traced& from_;
  const std::string_view text_;
  const Scope& scope_;
  const int depth_;
  Output& out_;
  size_t end_ = 0;
  size_t done_ = 0;      ///< all before is read
  size_t searched_ = 0;  ///< no packing begins before
  size_t line_ = 0;      ///< begin of the current line
  size_t line_seen_ = 0;
  bool line_is_segment_ = false;
  size_t no_string_ = 0;  ///< no string of JSON that begins before this ends properly
  size_t no_inside_ = 0;  ///< no inside of a string without its quotes begins before this
  Ahead line_end_, tag_, cdata_end_, plain_header_;
};

/// Where the text of an element begins whose start tag, or CDATA, is the last thing before `at`; npos if there is none.
size_t Regions::tag_before(size_t at) const {
  const std::string_view before = text_.substr(searched_, at - searched_);
  const size_t close = before.find_last_of("<>[");
  if (close == npos) return npos;
  constexpr std::string_view cdata = "<![CDATA[";
  if (before[close] == '[') {
    return close + 1 >= cdata.size() && before.substr(close + 1 - cdata.size(), cdata.size()) == cdata
               ? searched_ + close + 1
               : npos;
  }
  if (before[close] != '>') return npos;
  const size_t open = before.substr(0, close).find_last_of("<>");
  if (open == npos || before[open] != '<' || !starts_tag(text_, searched_ + open, at)) return npos;
  return searched_ + close + 1;
}

bool Regions::find_region(const Header& header, Region& region) {
  region = {};
  if (header.backslashed && find_string(header, region)) return true;
  // What stands directly before the header. A line above counts only if it is not itself a segment: `|""`.
  size_t before = header.begin;
  bool above = false;
  while (before > searched_) {
    const char c = text_[before - 1];
    if (c == ' ' || c == '\t' || is_line_end(c) || c == '\v') {
      above |= is_line_end(c);
      --before;
    } else if (text_.substr(searched_, before - searched_).ends_with(kByteOrderMark)) {
      before -= kByteOrderMark.size();
    } else {
      break;
    }
  }
  const std::string_view opening = text_.substr(searched_, before - searched_);
  const char quote = opening.empty() ? '\0' : opening.back();
  const bool quoted = quote == '"' || quote == '\'' || quote == '`';
  if (header.referenced) {
    if (quoted && !above && quote != '`') {  // an attribute
      const size_t close = std::min(text_.substr(0, end_).find(quote, header.begin), end_);
      region.kind = Region::Kind::references;
      region.outer = {before - 1, std::min(close + 1, end_)};
      region.parts = {{before, close}};
    } else {
      find_reference_text(header, region);
    }
    return true;
  }
  if (above && is_segment_line(before)) return false;
  if (quoted) return find_quoted(header, before - 1, region);
  if (opening.ends_with("\xE2\x80\x9C")) {
    find_curly(header, before - 3, region);
    return true;
  }
  return find_element(header, before, region);
}

/// Whether the line that ends at `at` begins with a segment, or may do so before what was looked at.
bool Regions::is_segment_line(size_t at) const {
  const std::string_view seen = text_.substr(searched_, at - searched_);
  const size_t line_end = seen.find_last_of("\r\n");
  if (line_end == npos && searched_ != done_) return true;
  const size_t start = skip_lead(text_, line_end == npos ? searched_ : searched_ + line_end + 1, at);
  const auto segment = segment_at(text_, start, at, '|');
  return (segment && (segment->known || segment->upper)) || header_at(text_, start, at);
}

/// A string with backslash escapes. It lies on one line: line ends in it are escaped.
bool Regions::find_string(const Header& header, Region& region) {
  region.kind = Region::Kind::backslashes;
  const size_t low = std::max(searched_, line_);
  const size_t stop = line_end(header.begin);
  size_t open = npos;
  for (size_t at = header.begin; at > low && open == npos; --at) {
    if (text_[at - 1] == '"' && !is_escaped(text_, low, at - 1)) open = at - 1;
  }
  if (open == npos) {  // another quote counts only directly before it, or before the frame
    size_t before = header.begin;
    for (const std::string_view frame : {"\\x0b", "\\u000b", "\\v", "\\013"}) {
      if (!text_.substr(low, header.begin - low).ends_with(frame)) continue;
      before -= frame.size();
      break;
    }
    if (before > low && (text_[before - 1] == '\'' || text_[before - 1] == '`')) open = before - 1;
  }
  if (open != npos) {
    region.quote = text_[open];
    const size_t close = find_unescaped(text_, header.begin, stop, region.quote);
    region.outer = {open, close == npos ? stop : close + 1};
    region.parts = {{open + 1, close == npos ? stop : close}};
    chain(region);
    return true;
  }
  // Without quotes: the inside of a string, if its line ends are escaped too.
  if (header.begin < no_inside_) return false;
  size_t at = header.begin;
  Mark mark;
  while ((at = find_mark(text_, at, stop, mark)) != npos) {
    at += mark.size;
    if (mark.kind == Mark::line_end && mark.style == Mark::backslash && segment_at(text_, at, stop, header.separator))
      break;
  }
  if (at == npos) {
    no_inside_ = stop;
    return false;
  }
  const size_t close = find_unescaped(text_, header.begin, stop, '"');
  const size_t begin = std::max(done_, line_);
  region.outer = {begin, close == npos ? stop : close};
  region.parts = {region.outer};
  return true;
}

/// Text in which `&` is written `&amp;`: that of an element, or all up to a header that is written plainly.
void Regions::find_reference_text(const Header& header, Region& region) {
  region.kind = Region::Kind::references;
  const size_t inside = tag_before(header.begin);
  region.element = inside != npos;
  const size_t begin = std::min(region.element ? inside : std::max(done_, line_), header.begin);
  const std::string_view bounded = text_.substr(0, end_);
  size_t end = tag_.after(header.begin, [&] {
    size_t at = header.begin;
    while ((at = bounded.find('<', at)) != npos && !starts_tag(text_, at, end_)) ++at;
    return at;
  });
  end = std::min({end, end_, cdata_end_.after(header.begin, [&] { return bounded.find("]]>", header.begin); })});
  if (!region.element) {
    const size_t other = plain_header_.after(header.begin, [&] {
      size_t at = header.begin;
      for (auto h = find_header(text_, at, end_); h; h = find_header(text_, at, end_)) {
        if (!h->referenced) return h->begin;
        at = h->begin + 3;
      }
      return npos;
    });
    if (other < end) {
      const size_t line = text_.substr(header.begin, other - header.begin).find_last_of("\r\n");
      if (line != npos) end = header.begin + line + 1;
    }
  }
  region.outer = {begin, end};
  region.parts = {region.outer};
}

/// Whether what stands behind a quote shows that it closes a text: the end of a line, of a list or of a column, and no
/// segment on the next line.
bool Regions::ends_quote(size_t after, char separator) const {
  constexpr std::string_view enders = ",;.)]}\t\r\n+";
  const size_t next = skip_blanks(text_, after, std::min(end_, after + 64));
  if (next < end_ && enders.find(text_[next]) == npos && enders.find(text_[after]) == npos) return false;
  if (next >= end_ || !is_line_end(text_[next])) return true;
  size_t below = next + (text_[next] == '\r' && next + 1 < end_ && text_[next + 1] == '\n' ? 2 : 1);
  below = skip_blanks(text_, below, std::min(end_, below + 64));
  const auto segment = segment_at(text_, below, std::min(end_, below + 64), separator);
  return !(segment && segment->known && segment->upper && !segment->alone);
}

/// A cell of a spreadsheet or CSV file, or a string of a program that needed no escapes.
bool Regions::find_quoted(const Header& header, size_t open, Region& region) {
  const std::string_view bounded = text_.substr(0, end_);
  const char quote = text_[open];
  region.quote = quote;
  // A string of JSON whose MSH-2 has no backslash.
  if (quote == '"' && open >= no_string_) {
    bool escapes = false, valid = true;
    size_t at = open + 1;
    for (; at < end_ && valid && text_[at] != '"'; ++at) {
      const char c = text_[at];
      valid = static_cast<unsigned char>(c) >= ' ';
      if (c != '\\') continue;
      static constexpr std::string_view allowed = "\\\"/bfnrtu";
      valid = at + 1 < end_ && allowed.find(text_[at + 1]) != npos;
      escapes = true;
      ++at;
    }
    if (at >= end_ || !valid) {
      no_string_ = at;
    } else if (escapes) {
      region.kind = Region::Kind::backslashes;
      region.outer = {open, at + 1};
      region.parts = {{open + 1, at}};
      chain(region);
      return true;
    }
  }

  const std::string_view three = text_.substr(open + 1 - std::min<size_t>(3, open + 1 - searched_), 3);
  const bool triple = three.size() == 3 && three[0] == quote && three[1] == quote && three[2] == quote;
  size_t close = npos;
  if (triple) {
    close = bounded.find(three, header.begin);
    region.outer = {open - 2, close == npos ? end_ : close + 3};
  } else {
    bool halved = false, plain_null = false, doubled_null = false;
    const auto delimits = [&](size_t at) {
      return at >= end_ || text_[at] == header.separator || std::string_view("^~&\r\n").find(text_[at]) != npos;
    };
    for (size_t at = bounded.find(quote, header.begin); at != npos && close == npos; at = bounded.find(quote, at)) {
      size_t after = at;
      while (after < end_ && text_[after] == quote) ++after;
      const size_t count = after - at;
      const bool ends = count % 2 == 1 && ends_quote(after, header.separator);
      // A null of HL7 shows whether quotes are doubled: it stands between two delimiters as two quotes or as four.
      const size_t inside = ends ? count - 1 : count;
      if ((inside == 2 || inside == 4) && delimits(at - 1) && (ends || delimits(after))) {
        (inside == 4 ? doubled_null : plain_null) = true;
      }
      halved |= inside >= 2;
      if (ends) close = after - 1;
      at = after;
    }
    region.halve = halved && (doubled_null || !plain_null) && quote == '"';
    region.outer = {open, close == npos ? end_ : close + 1};
  }
  region.parts = {{open + 1, close == npos ? end_ : close}};
  if (!triple) chain(region);
  return true;
}

/// Curly quotes around it. A pair of them is the null of HL7; one that closes is followed by no delimiter.
void Regions::find_curly(const Header& header, size_t open, Region& region) const {
  constexpr std::string_view opening = "\xE2\x80\x9C", closing = "\xE2\x80\x9D";
  const std::string_view bounded = text_.substr(0, end_);
  size_t close = bounded.find(closing, header.begin);
  for (; close != npos; close = bounded.find(closing, close + 1)) {
    const std::string_view before = bounded.substr(close - 3, 3);
    if (before != opening && before != closing && ends_quote(close + 3, header.separator)) break;
  }
  region.kind = Region::Kind::cell;
  region.outer = {open, close == npos ? end_ : close + 3};
  region.parts = {{open + 3, close == npos ? end_ : close}};
}

/// The text of an element in which nothing is escaped, or CDATA.
bool Regions::find_element(const Header& header, size_t begin, Region& region) const {
  const size_t inside = tag_before(header.begin);
  if (inside == npos || inside != begin) return false;
  const std::string_view bounded = text_.substr(0, end_);
  size_t end = npos;
  if (text_[inside - 1] == '[') {
    end = bounded.find("]]>", header.begin);
  } else {
    for (size_t at = header.begin; end == npos && (at = bounded.find("</", at)) != npos; at += 2) {
      if (at + 2 < end_ && is_alpha(text_[at + 2])) end = at;
    }
  }
  region.kind = out_.headerless && text_[inside - 1] != '[' ? Region::Kind::references : Region::Kind::element;
  region.element = true;
  region.outer = {inside, end == npos ? end_ : end};
  region.parts = {region.outer};
  return true;
}

/// Adds the strings that follow, each of which begins with a segment: lines of source code, a JSON array, quoted rows.
void Regions::chain(Region& region) {
  constexpr std::string_view glue = " \t\r\n+,;&.\\";
  while (true) {
    size_t at = region.outer.end;
    while (at < end_ && glue.find(text_[at]) != npos) ++at;
    if (at == region.outer.end || at >= end_ || text_[at] != region.quote) return;
    const auto segment = segment_at(text_, at + 1, end_, '|');
    if (!segment || !(segment->known || segment->upper) || segment->alone || header_at(text_, at + 1, end_)) return;
    const size_t stop = line_end(at);
    size_t close = npos;
    if (region.kind == Region::Kind::backslashes) {
      close = find_unescaped(text_, at + 1, stop, region.quote);
    } else {
      // Doubled quotes are inside; a single one that something else follows than a separator ends the string.
      for (size_t p = at + 1; p < stop && close == npos; ++p) {
        if (text_[p] != region.quote) continue;
        if (p + 1 < stop && text_[p + 1] == region.quote) {
          ++p;
        } else {
          close = p;
        }
      }
    }
    if (close == npos) return;
    region.parts.push_back({at + 1, close});
    region.outer.end = close + 1;
  }
}

void Regions::unpack(const Region& region) {
  Scope scope = scope_;
  if (region.element) scope.add(Form::xml_element);
  const size_t first = out_.messages.size();
  const auto read_all = [&](const Traced& text) { read_text(text, 0, text.text().size(), scope, depth_ + 1, out_); };
  Traced joined;
  const auto join = [&](const Range& at, const Traced& part, size_t begin, size_t end) {
    const std::string_view so_far = joined.text();
    if (!so_far.empty() && !is_line_end(so_far.back())) joined.append("\r", from_, at.begin, at.begin);
    joined.append(part, begin, end);
  };
  switch (region.kind) {
    case Region::Kind::backslashes:
      scope.add(Form::json_string);
      for (const Range& part : region.parts) {
        const Traced plain = undo_backslashes(from_, part.begin, part.end);
        join(part, plain, 0, plain.text().size());
      }
      read_all(joined);
      break;
    case Region::Kind::references:
      scope.add(Form::character_references);
      read_all(undo_references(from_, region.parts[0].begin, region.parts[0].end));
      break;
    case Region::Kind::cell:
      scope.add(Form::cell);
      if (region.parts.size() == 1 && !region.halve) {
        read_text(from_, region.parts[0].begin, region.parts[0].end, scope, depth_ + 1, out_);
        break;
      }
      for (const Range& part : region.parts) {
        if (region.halve) {
          const Traced plain = halve_quotes(from_, part.begin, part.end, region.quote);
          scope.halved = true;
          join(part, plain, 0, plain.text().size());
        } else {
          join(part, from_, part.begin, part.end);
        }
      }
      read_all(joined);
      break;
    case Region::Kind::element:
      read_text(from_, region.parts[0].begin, region.parts[0].end, scope, depth_ + 1, out_);
      break;
  }
  // The quotes belong to the messages in them.
  if (out_.messages.size() == first) return;
  const Span outer = from_.input(region.outer.begin, region.outer.end);
  const bool utf16 = scope.has(Form::utf16);
  const auto nothing = [&](uint32_t begin, uint32_t end) {
    return begin <= end && is_void(out_.input.substr(begin, end - begin), utf16);
  };
  const Span inner = from_.input(region.parts.front().begin, region.parts.back().end);
  Span& begin = out_.messages[first].input;
  Span& end = out_.messages.back().input;
  if (nothing(inner.begin, begin.begin)) begin.begin = std::min(begin.begin, outer.begin);
  if (nothing(end.end, inner.end)) end.end = std::max(end.end, outer.end);
}

}  // namespace

void read_text(const Traced& from, size_t begin, size_t end, const Scope& scope, int depth, Output& out) {
  if (begin < end) Regions(from, scope, depth, out).run(begin, end);
}

}  // namespace iz::extracting
