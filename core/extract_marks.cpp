#include <algorithm>
#include <array>

#include "core/escapes.h"
#include "core/extract_parts.h"

namespace iz::extracting {

namespace {

char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

std::string_view here(std::string_view text, size_t at, size_t end) { return text.substr(at, end - at); }

/// Names of the segments of HL7 v2.5.1, sorted (appendix A.4), three letters each.
constexpr std::string_view kSegments =
    "ABSACCADDAFFAIGAILAIPAISAL1APRARQAUTBHSBLCBLGBPOBPXBTSBTXCDMCM0CM1CM2CNSCONCSPCSRCSSCTDCTIDB1DG1DRGDSCDSPECDECREDU"
    "EQLEQPEQUERQERREVNFACFHSFT1FTSGOLGP1GP2GT1IAMIIMILTIN1IN2IN3INVIPCISDLANLCCLCHLDPLOCLRLMFAMFEMFIMRGMSAMSHNCKNDSNK1"
    "NPUNSCNSTNTEOBROBXODSODTOM1OM2OM3OM4OM5OM6OM7ORCORGOVRPCRPD1PDAPDCPEOPESPIDPR1PRAPRBPRCPRDPSHPTHPV1PV2QAKQIDQPDQRD"
    "QRFQRIRCPRDFRDTRELRF1RFIRGSRMIROLRQ1RQDRXARXCRXDRXERXGRXORXRSACSCHSFTSIDSPMSPRSTFTCCTCDTQ1TQ2TXAUB1UB2URDURSVARVT"
    "Q";

bool known_segment(std::string_view name) {
  size_t low = 0, high = kSegments.size() / 3;
  const std::array<char, 3> upper = {static_cast<char>(is_lower(name[0]) ? name[0] - 'a' + 'A' : name[0]),
                                     static_cast<char>(is_lower(name[1]) ? name[1] - 'a' + 'A' : name[1]),
                                     static_cast<char>(is_lower(name[2]) ? name[2] - 'a' + 'A' : name[2])};
  const std::string_view wanted(upper.data(), 3);
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (kSegments.substr(middle * 3, 3) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < kSegments.size() / 3 && kSegments.substr(low * 3, 3) == wanted;
}

struct LookAlike {
  std::string_view bytes;
  char plain;
};
/// Also as bytes of Windows-1252.
constexpr LookAlike kLookAlikes[] = {
    {"\xCB\x86", '^'},      {"\xEF\xBC\xBE", '^'}, {"\x88", '^'},     {"\xCB\x9C", '~'},
    {"\xE2\x88\xBC", '~'},  {"\xEF\xBD\x9E", '~'}, {"\x98", '~'},     {"\xEF\xBC\xBC", '\\'},
    {"\xE2\x88\x96", '\\'}, {"\xEF\xBC\x86", '&'}, {"\xC2\xA6", '|'}, {"\xEF\xBD\x9C", '|'},
    {"\xE2\x94\x82", '|'},  {"\xE2\x88\xA3", '|'}, {"\xC7\x80", '|'}, {"\xA6", '|'}};

constexpr std::string_view kOddBlanks[] = {
    "\xC2\xA0",     "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83", "\xE2\x80\x84", "\xE2\x80\x85",
    "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\x8B", "\xE2\x80\x8C",
    "\xE2\x80\x8D", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE3\x80\x80", "\xC2\xAD",     "\xA0"};

/// Length of `|` or a look-alike.
size_t bar_at(std::string_view text, size_t at, size_t end, bool* odd = nullptr) {
  if (at >= end) return 0;
  if (text[at] == '|') return 1;
  char plain = 0;
  const size_t size = look_alike_at(text, at, end, plain);
  if (size == 0 || plain != '|') return 0;
  if (odd) *odd = true;
  return size;
}

/// A character that may separate fields, other than `|`.
bool is_separator(char c) {
  static constexpr std::string_view allowed = "!#$%*+/:;=?@^_`{}~&";
  return allowed.find(c) != std::string_view::npos;
}

bool is_mark(char c) { return c > ' ' && c < 0x7F && !is_alnum(c); }

/// Reads MSH-2 and judges the header by it.
void judge(std::string_view text, size_t at, size_t end, std::string_view separator, Header& h) {
  end = std::min(end, at + 64);
  size_t count = 0;
  const auto references = [&](size_t& p) {  // what follows an ampersand
    static constexpr std::string_view codes[] = {"amp;", "#38;", "#x26;"};
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view code : codes) {
        if (!starts_ignoring_case(here(text, p, end), code)) continue;
        p += code.size();
        h.referenced = again = true;
      }
    }
  };
  bool closed = false;
  while (at < end && !closed) {
    char plain = 0;
    const bool bar = separator == "|" || h.odd;
    if (here(text, at, end).starts_with(separator) || (bar && bar_at(text, at, end))) {
      closed = true;
    } else if (text[at] == '&') {
      ++at, ++count;
      references(at);
    } else if (text[at] == '\\') {
      size_t slashes = 0;
      while (at < end && text[at] == '\\') ++at, ++slashes;
      ++count;
      h.backslashed |= slashes > 1;
      if (starts_ignoring_case(here(text, at, end), "u0026")) {
        at += 5;
        h.backslashed = true;
        count += slashes > 1;
        references(at);
      }
    } else if (is_mark(text[at])) {
      ++at, ++count;
    } else if (const size_t size = look_alike_at(text, at, end, plain)) {
      at += size, ++count;
      h.odd = true;
    } else {
      break;
    }
  }
  const bool stops = at >= text.size() || text[at] == '\r' || text[at] == '\n';
  h.strong =
      separator.size() > 1 || separator == "|" ? (closed ? count >= 1 : stops && count >= 3) : closed && count >= 3;
  if (!h.strong) h.backslashed = h.referenced = false;
}

/// Whether a name may begin at `at`: no letter or digit stands before it, unless that ends a line end written as text.
bool boundary(std::string_view text, size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  if (!is_alnum(before) && before != '_') return true;
  // A control character written as text: \r, \x0b, \u000b, \013, ^M.
  const std::string_view head = text.substr(0, at);
  const auto written = [&](size_t size, char mark, std::string_view after) {
    return head.size() >= size && head[at - size] == mark && starts_ignoring_case(head.substr(at - size + 1), after);
  };
  if (written(2, '\\', "") && std::string_view("rntvf").find(before) != std::string_view::npos) return true;
  if (written(2, '^', "") && std::string_view("MKJ").find(before) != std::string_view::npos) return true;
  return written(4, '\\', "x") || written(6, '\\', "u") || written(4, '\\', "01");
}

}  // namespace

// ---- blanks

size_t blank_at(std::string_view text, size_t at, size_t end, bool* odd) {
  if (at >= end) return 0;
  if (text[at] == ' ' || text[at] == '\t') return 1;
  if (!(text[at] & 0x80)) return 0;
  const std::string_view rest = here(text, at, end);
  for (const std::string_view blank : kOddBlanks) {
    if (!rest.starts_with(blank)) continue;
    if (odd) *odd = true;
    return blank.size();
  }
  return 0;
}

size_t skip_blanks(std::string_view text, size_t at, size_t end) {
  while (const size_t size = blank_at(text, at, end)) at += size;
  return at;
}

bool is_void(std::string_view input, bool utf16) {
  for (size_t at = 0; at < input.size();) {
    const char c = input[at];
    if ((c >= '\t' && c <= '\r') || c == 0x1C || (utf16 && (c == 0 || c == '\xFE' || c == '\xFF'))) {
      ++at;
    } else if (input.substr(at).starts_with(kByteOrderMark)) {
      at += kByteOrderMark.size();
    } else if (const size_t size = blank_at(input, at, input.size())) {
      at += size;
    } else {
      return false;
    }
  }
  return true;
}

// ---- headers and segments

size_t look_alike_at(std::string_view text, size_t at, size_t end, char& plain) {
  if (at >= end || !(text[at] & 0x80)) return 0;
  const std::string_view rest = here(text, at, end);
  for (const LookAlike& l : kLookAlikes) {
    if (!rest.starts_with(l.bytes)) continue;
    plain = l.plain;
    return l.bytes.size();
  }
  return 0;
}

std::optional<Header> header_at(std::string_view text, size_t at, size_t end) {
  if (at + 4 > end) return std::nullopt;
  const std::string_view name = text.substr(at, 3);
  Header h;
  h.begin = at;
  h.message = equal_ignoring_case(name, "MSH");
  if (!h.message && !equal_ignoring_case(name, "FHS") && !equal_ignoring_case(name, "BHS")) return std::nullopt;
  size_t fields = at + 3;
  if (const size_t after = skip_blanks(text, fields, std::min(end, fields + 16)); after != fields) {
    if (!bar_at(text, after, end)) return std::nullopt;
    fields = after;
    h.odd = true;
  }
  h.fields = fields;
  size_t size = bar_at(text, fields, end, &h.odd);
  const bool bar = size != 0;
  if (!bar) {
    if (!is_separator(text[fields])) return std::nullopt;
    h.separator = text[fields];
    size = 1;
  }
  judge(text, fields + size, end, text.substr(fields, size), h);
  if (!bar && !h.strong) return std::nullopt;
  return h;
}

std::optional<Header> find_header(std::string_view text, size_t at, size_t end) {
  for (; at + 4 <= end; ++at) {
    const char c = lower(text[at]);
    if ((c != 'm' && c != 'f' && c != 'b') || (lower(text[at + 1]) != 's' && lower(text[at + 1]) != 'h')) continue;
    const auto h = header_at(text, at, end);
    if (h && h->strong && boundary(text, at)) return h;
  }
  return std::nullopt;
}

std::optional<SegmentStart> segment_at(std::string_view text, size_t at, size_t end, char separator) {
  if (at + 3 > end || !is_alpha(text[at]) || !is_alnum(text[at + 1]) || !is_alnum(text[at + 2])) return std::nullopt;
  SegmentStart s;
  const std::string_view name = text.substr(at, 3);
  s.known = known_segment(name);
  s.upper = std::none_of(name.begin(), name.end(), is_lower);
  const auto separated = [&](size_t p) {
    return p < end && (text[p] == separator || (separator == '|' && bar_at(text, p, end)));
  };
  if (separated(at + 3)) return s;
  const size_t after = skip_blanks(text, at + 3, end);
  if (after == end) {
    s.alone = true;
    if (s.known) return s;
  } else if (after > at + 3 && separated(after) && s.known && s.upper) {
    s.odd = true;
    return s;
  }
  return std::nullopt;
}

size_t find_segment(std::string_view text, size_t at, size_t end, char separator) {
  for (; at + 4 <= end; ++at) {
    if (text[at + 3] != separator || !boundary(text, at)) continue;
    const auto s = segment_at(text, at, end, separator);
    if (s && s->known && s->upper) return at;
  }
  return std::string_view::npos;
}

bool trailer_at(std::string_view text, size_t at, size_t end, char separator) {
  if (at + 3 > end) return false;
  const std::string_view name = text.substr(at, 3);
  if (!equal_ignoring_case(name, "BTS") && !equal_ignoring_case(name, "FTS")) return false;
  return segment_at(text, at, end, separator) || segment_at(text, at, end, '|');
}

// ---- line ends and frame bytes written as text

namespace {

struct Word {
  std::string_view text;
  Mark::Kind kind;
  std::string_view made;
};
constexpr Word kEscapes[] = {
    {"\\r", Mark::line_end, "\r"},      {"\\n", Mark::line_end, "\n"},     {"\\x0d", Mark::line_end, "\r"},
    {"\\x0a", Mark::line_end, "\n"},    {"\\u000d", Mark::line_end, "\r"}, {"\\u000a", Mark::line_end, "\n"},
    {"\\015", Mark::line_end, "\r"},    {"\\012", Mark::line_end, "\n"},   {"\\x0b", Mark::frame_begin, ""},
    {"\\u000b", Mark::frame_begin, ""}, {"\\013", Mark::frame_begin, ""},  {"\\x1c", Mark::frame_end, ""},
    {"\\u001c", Mark::frame_end, ""},   {"\\034", Mark::frame_end, ""}};
constexpr Word kCarets[] = {{"^M", Mark::line_end, "\r"},
                            {"^J", Mark::line_end, "\n"},
                            {"^K", Mark::frame_begin, ""},
                            {"^\\", Mark::frame_end, ""}};
constexpr Word kNames[] = {
    {"cr", Mark::line_end, "\r"},      {"lf", Mark::line_end, "\n"},      {"crlf", Mark::line_end, "\r\n"},
    {"cr/lf", Mark::line_end, "\r\n"}, {"cr lf", Mark::line_end, "\r\n"}, {"cr/", Mark::line_end, "\r"},
    {"br", Mark::line_end, "\r"},      {"br/", Mark::line_end, "\r"},     {"br /", Mark::line_end, "\r"},
    {"0d", Mark::line_end, "\r"},      {"0a", Mark::line_end, "\n"},      {"0x0d", Mark::line_end, "\r"},
    {"0x0a", Mark::line_end, "\n"},    {"0xd", Mark::line_end, "\r"},     {"0xa", Mark::line_end, "\n"},
    {"vt", Mark::frame_begin, ""},     {"sb", Mark::frame_begin, ""},     {"0b", Mark::frame_begin, ""},
    {"0x0b", Mark::frame_begin, ""},   {"fs", Mark::frame_end, ""},       {"eb", Mark::frame_end, ""},
    {"1c", Mark::frame_end, ""},       {"0x1c", Mark::frame_end, ""}};
/// Control pictures, and the arrow of a return key.
constexpr Word kPictures[] = {{"\xE2\x90\x8D", Mark::line_end, "\r"},
                              {"\xE2\x90\x8A", Mark::line_end, "\n"},
                              {"\xE2\x86\xB5", Mark::line_end, "\r"},
                              {"\xE2\x90\x8B", Mark::frame_begin, ""},
                              {"\xE2\x90\x9C", Mark::frame_end, ""}};

}  // namespace

std::optional<Mark> mark_at(std::string_view text, size_t at, size_t end) {
  if (at + 2 > end) return std::nullopt;
  const std::string_view rest = here(text, at, std::min(end, at + 16));
  const auto made = [](const Word& word, size_t size, Mark::Style style) {
    return Mark{size, word.kind, style, word.made};
  };
  switch (rest[0]) {
    case '\\':
      for (const Word& word : kEscapes) {
        // Only the digits may be in capitals: \R is the beginning of an escape of HL7.
        if (rest[1] == word.text[1] && starts_ignoring_case(rest, word.text)) {
          return made(word, word.text.size(), Mark::backslash);
        }
      }
      return std::nullopt;
    case '^':
      for (const Word& word : kCarets) {
        if (rest.starts_with(word.text)) return made(word, 2, Mark::caret);
      }
      return std::nullopt;
    case '<':
    case '[':
    case '{': {
      const size_t close = rest.find(rest[0] == '<' ? '>' : rest[0] == '[' ? ']' : '}');
      if (close == std::string_view::npos) return std::nullopt;
      for (const Word& word : kNames) {
        if (equal_ignoring_case(rest.substr(1, close - 1), word.text)) return made(word, close + 1, Mark::bracket);
      }
      return std::nullopt;
    }
    case '&': {
      std::string character;
      const size_t size = reference_at(text, at, end, character);
      if (size == 0) return std::nullopt;
      if (character == "\r") return Mark{size, Mark::line_end, Mark::reference, "\r"};
      if (character == "\n") return Mark{size, Mark::line_end, Mark::reference, "\n"};
      if (character == "\v") return Mark{size, Mark::frame_begin, Mark::reference, ""};
      if (character == "\x1C") return Mark{size, Mark::frame_end, Mark::reference, ""};
      return std::nullopt;
    }
    case '\xE2':
      for (const Word& word : kPictures) {
        if (rest.starts_with(word.text)) return made(word, word.text.size(), Mark::bracket);
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

size_t find_mark(std::string_view text, size_t at, size_t end, Mark& mark) {
  static constexpr std::string_view first = "\\^<[{&\xE2";
  for (const std::string_view bounded = text.substr(0, end);; ++at) {
    at = bounded.find_first_of(first, at);
    if (at == std::string_view::npos) return at;
    if (const auto found = mark_at(text, at, end)) {
      mark = *found;
      return at;
    }
  }
}

size_t marks_before(std::string_view text, size_t begin, size_t end, Mark& mark) {
  if (begin >= end) return end;
  static constexpr std::string_view last = ">]};rnaAdDMJ52\x8D\x8A\xB5";
  if (last.find(text[end - 1]) == std::string_view::npos) return end;
  for (size_t start = end - std::min<size_t>(end - begin, 24); start < end; ++start) {
    size_t at = start;
    std::optional<Mark> found;
    while (at < end && (found = mark_at(text, at, end)) && found->kind == Mark::line_end) {
      at += found->size;
      mark = *found;
    }
    if (at == end) return start;
  }
  return end;
}

// ---- prefixes

bool has_time(std::string_view prefix) {
  prefix = prefix.substr(0, 512);
  size_t digits = 0;
  for (size_t i = 0; i < prefix.size(); ++i) {
    const auto two = [&](size_t at) {
      return at + 2 <= prefix.size() && is_digit(prefix[at]) && is_digit(prefix[at + 1]);
    };
    if (is_digit(prefix[i])) {
      ++digits;
      continue;
    }
    if (prefix[i] == ':' && digits >= 1 && digits <= 2 && two(i + 1)) return true;
    if ((prefix[i] == '-' || prefix[i] == '/') && digits == 4 && two(i + 1)) return true;
    digits = 0;
  }
  return false;
}

bool same_shape(std::string_view a, std::string_view b) {
  // One step over a run of digits, of letters, or of blanks, or one other character.
  const auto step = [](std::string_view text, size_t& at) -> char {
    const auto kind = [](char c) { return is_digit(c) ? '0' : is_alpha(c) ? 'a' : c == ' ' || c == '\t' ? ' ' : c; };
    const char k = kind(text[at++]);
    if (k == '0' || k == 'a' || k == ' ') {
      while (at < text.size() && kind(text[at]) == k) ++at;
    }
    return k;
  };
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (step(a, i) != step(b, j)) return false;
  }
  return i == a.size() && j == b.size();
}

}  // namespace iz::extracting
