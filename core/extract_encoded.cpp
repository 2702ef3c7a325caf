// Messages in base64 or in the encoding of URLs. Looked for only where no message stands in plain sight: inside a
// message such text is a value.
#include <algorithm>

#include "core/escapes.h"
#include "core/extract_parts.h"

namespace iz::extracting {

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr int kDepth = 3;         // base64 in a URL, a URL encoded twice
constexpr size_t kShortest = 20;  // characters of a run of base64: words are shorter

/// Ends an encoded text: no encoder leaves these as they are.
bool is_break(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7F; }

/// Skips what cuts base64 into lines: blanks and line ends, also those written as references or with backslashes.
size_t skip_breaks(std::string_view text, size_t at) {
  std::string made;
  while (at < text.size()) {
    const char c = text[at];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++at;
    } else if (c == '\\' && at + 1 < text.size() && (text[at + 1] == 'r' || text[at + 1] == 'n')) {
      at += 2;
    } else if (const size_t size = reference_at(text, at, text.size(), made); made == "\r" || made == "\n") {
      at += size;
    } else {
      break;
    }
  }
  return at;
}

/// The bytes that [begin, end) of base64 stands for.
std::string decode_base64(std::string_view digits) {
  std::string out;
  uint32_t bits = 0, count = 0;
  for (const char c : digits) {
    bits = bits << 6 | static_cast<uint32_t>(base64_digit(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

/// Whether bytes may be those of HL7 or XML.
bool is_text(std::string_view bytes) {
  return std::none_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t' && c != '\v' && c != 0x1C;
  });
}

class Encoded {
 public:
  Encoded(const Traced& from, const Scope& scope, int depth, Output& out)
      : from_(from), text_(from.text()), scope_(scope), depth_(depth), out_(out) {}

  void run() {
    for (size_t at = 0; at < text_.size();) {
      if (is_break(text_[at])) {
        ++at;
        continue;
      }
      size_t end = at;
      bool percent = false;
      for (; end < text_.size() && !is_break(text_[end]); ++end) percent |= percent_at(text_, end) >= 0;
      at = percent ? read_percent(at, end) : read_words(at, end);
    }
  }

 private:
  size_t word_end(size_t at) const {
    while (at < text_.size() && base64_digit(text_[at]) >= 0) ++at;
    return at;
  }

  /// Looks for base64 in [at, end); gives back where to go on.
  size_t read_words(size_t at, size_t end) {
    while (at < end) {
      const size_t stop = word_end(at);
      at = stop - at >= kShortest ? read_base64(at, stop) : std::max(stop, at + 1);
    }
    return at;
  }

  /// Reads the base64 whose first line is [begin, end); gives back where it ends.
  size_t read_base64(size_t begin, size_t end) {
    const size_t width = end - begin;
    Traced decoded;
    for (size_t line = begin, line_end = end;;) {
      const std::string bytes = decode_base64(text_.substr(line, line_end - line));
      if (!is_text(bytes)) break;
      end = line_end;
      while (end < text_.size() && end < line_end + 2 && text_[end] == '=') ++end;
      decoded.append(bytes, from_, line, end);
      // Lines of one length go on; a shorter one, or `=`, is the last.
      if (width % 4 != 0 || end - line != width) break;
      line = skip_breaks(text_, end);
      if (line == end) break;
      line_end = word_end(line);
      if (line_end == line || line_end - line > width) break;
    }
    take(decoded, Form::base64, begin);
    return end;
  }

  /// Reads [begin, end), in which a percent sign escapes bytes; gives back where it ends.
  size_t read_percent(size_t begin, size_t end) {
    if (text_[begin] == '\'') {  // a string of a program; the sign may also be a value's
      ++begin;
      end = std::min(text_.find('\'', begin), end);
    }
    // Where the ampersand is escaped, a plain one separates the fields of a form, and `+` is a blank.
    const bool form = text_.substr(begin, end - begin).find("%26") != npos;
    for (size_t at = begin; at < end;) {
      const size_t stop = form ? std::min(text_.find('&', at), end) : end;
      Traced decoded;
      size_t run = at;
      for (size_t p = at; p < stop;) {
        const int byte = percent_at(text_, p);
        const bool blank = form && text_[p] == '+';
        if (byte < 0 && !blank) {
          ++p;
          continue;
        }
        const char made = blank ? ' ' : static_cast<char>(byte);
        const size_t size = blank ? 1 : 3;
        decoded.append(from_, run, p);
        decoded.append(std::string_view(&made, 1), from_, p, p + size);
        run = p += size;
      }
      decoded.append(from_, run, stop);
      take(decoded, Form::url_encoded, at);
      at = stop + 1;
    }
    return std::max(end, begin);
  }

  /// Reads decoded text: a message, or one that is encoded once more. `begin` is where it stood.
  void take(const Traced& decoded, Form form, size_t begin) {
    const std::string_view text = decoded.text();
    Scope scope = scope_;
    scope.add(form);
    const size_t before = text_.substr(0, begin).find_last_not_of(" \t\r\n");
    if (before != npos && (text_[before] == '>' || text_[before] == '[')) scope.add(Form::xml_element);
    if (find_header(text, 0, text.size())) {
      read_text(decoded, 0, text.size(), scope, depth_ + 1, out_);
    } else if (depth_ + 1 < kDepth) {
      Encoded(decoded, scope, depth_ + 1, out_).run();
    }
  }

  const Traced& from_;
  const std::string_view text_;
  const Scope& scope_;
  const int depth_;
  Output& out_;
};

}  // namespace

void read_encoded(const Traced& from, const Scope& scope, Output& out) { Encoded(from, scope, 0, out).run(); }

}  // namespace iz::extracting
