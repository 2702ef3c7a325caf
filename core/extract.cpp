#include "core/extract.h"

#include <algorithm>

#include "core/extract_parts.h"
#include "core/sort.h"

namespace iz {

using namespace extracting;  // NOLINT(google-build-using-namespace)

namespace {

constexpr size_t npos = std::string_view::npos;
constexpr size_t kLimit = 0xFFFFFFFE;

/// The next place of a byte, looked for once.
class NextByte {
 public:
  explicit NextByte(char byte) : byte_(byte) {}
  /// The first one at or after `at`; the text's size if there is none. `at` never goes back.
  size_t operator()(std::string_view text, size_t at) {
    if (!known_ || found_ < at) {
      found_ = std::min(text.find(byte_, at), text.size());
      known_ = true;
    }
    return found_;
  }

 private:
  char byte_;
  size_t found_ = 0;
  bool known_ = false;
};

}  // namespace

struct MessageReader::State {
  Traced source;  // the input, as UTF-8 if it is UTF-16
  std::string_view text;
  Output out;
  Scope scope;  // what was done to the whole input
  bool byte_order_mark = false;
  size_t at = 0;     // all before is read
  size_t queue = 0;  // messages of `out` that were handed out
  size_t count = 0;
  bool encoded = false;  // base64 and the encoding of URLs were looked for
  bool done = false;
  uint32_t covered = 0;  // bytes of the input that belong to something, or are in `rest`
  std::vector<Span> rest;
  size_t covered_envelopes = 0;
  NextByte carriage_return{'\r'}, line_feed{'\n'}, frame_begin{'\v'}, frame_end{0x1C};

  // The current message: a stretch of the text, or a record.
  bool plain = false;
  Span view;
  Extracted record;

  void add_rest(Span span) {
    const bool utf16 = scope.has(Form::utf16);
    std::string_view bytes = out.input.substr(span.begin, span.end - span.begin);
    if (is_void(bytes, utf16)) return;
    if (!utf16) {
      span.end -= narrow(bytes.size() - 1 - bytes.find_last_not_of(" \t\r\n\v\f\x1C"));
      span.begin += narrow(std::min(bytes.find_first_not_of(" \t\r\n\v\f\x1C"), bytes.size()));
    }
    rest.push_back(span);
  }

  void cover(Span span) {
    if (span.begin > covered) add_rest({covered, span.begin});
    covered = std::max(covered, span.end);
  }

  /// Reads [begin, end) of the text as whatever it may be.
  void read_any(size_t begin, size_t end) {
    read([&] { read_text(source, begin, end, scope, 0, out); });
    at = end;
  }

  /// Reads the whole text once more, in another way, when no message was found.
  template <typename Read>
  void read_again(Read read_all) {
    out.envelopes.clear();
    rest.clear();
    covered = 0;
    read(read_all);
    at = text.size();
  }

  template <typename Read>
  void read(Read read_messages) {
    out.messages.clear();
    out.skipped.clear();
    queue = 0;
    covered_envelopes = out.envelopes.size();
    read_messages();
    struct Place {
      Span span;
      bool skipped = false;
    };
    std::vector<Place> places;
    places.reserve(out.messages.size() + out.envelopes.size() - covered_envelopes + out.skipped.size());
    for (const Extracted& m : out.messages) places.push_back({m.input});
    for (size_t i = covered_envelopes; i < out.envelopes.size(); ++i) places.push_back({out.envelopes[i].input});
    for (const Span& s : out.skipped) places.push_back({s, true});
    sort_values(places, [](const Place& a, const Place& b) { return a.span.begin < b.span.begin; });
    for (const Place& p : places) {
      if (p.skipped) {
        add_rest(p.span);
      } else {
        cover(p.span);
      }
    }
  }

  struct Line {
    size_t end = 0, next = 0;
  };
  Line line_at(size_t begin) {
    const size_t end = std::min(carriage_return(text, begin), line_feed(text, begin));
    if (end == text.size()) return {end, end};
    return {end, end + (text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n' ? 2 : 1)};
  }

  /// A message that begins with the header at `at`, up to the next one or to a line of a batch.
  struct Chunk {
    size_t end = 0;      // where the next thing begins
    size_t message = 0;  // end of the last segment
    bool plain = true;   // nothing has to be undone
  };
  Chunk chunk_at(const Header& header) {
    Chunk c;
    size_t begin = at;
    const Line first = line_at(at);
    bool only_header = true;
    while (begin < text.size()) {
      const Line line = line_at(begin);
      if (begin > at) {
        const auto next = header_at(text, begin, line.end);
        const bool again = next && only_header && next->message &&
                           text.substr(begin, line.end - begin) == text.substr(at, first.end - at);
        if ((next && !again) || trailer_at(text, begin, line.end, header.separator)) break;
      }
      const bool blank = text.substr(begin, line.end - begin).find_first_not_of(" \t") == npos;
      if (!blank) {
        const auto segment = segment_at(text, begin, line.end, header.separator);
        Mark mark;
        c.plain &= segment && !segment->odd && marks_before(text, begin, line.end, mark) == line.end;
        only_header &= begin == at || header_at(text, begin, line.end).has_value();
        c.message = line.next;
      }
      begin = line.next;
    }
    c.end = begin;
    if (!c.plain) return c;
    const std::string_view message = text.substr(at, c.message - at);
    Mark mark;
    c.plain = frame_begin(text, at) >= c.end && frame_end(text, at) >= c.end &&
              find_mark(text, at, first.end, mark) == npos && !has_marks(message) &&
              (is_ascii(message) || (is_utf8(message) && message.find("\xE2\x80") == npos &&
                                     message.find("\xE2\x90") == npos && message.find("\xE2\x86") == npos));
    return c;
  }

  /// Whether line ends may be written as text in a message that has real ones.
  static bool has_marks(std::string_view message) {
    for (const char c : {'<', '[', '{', '&'}) {
      for (size_t p = message.find(c); p != npos; p = message.find(c, p + 1)) {
        if (c == '&' && (p + 1 >= message.size() || message[p + 1] != '#')) continue;
        if (mark_at(message, p, message.size())) return true;
      }
    }
    return false;
  }

  void skip_blank_lines() {
    for (size_t p = at; p < text.size(); ++p) {
      const char c = text[p];
      if (c == '\r' || c == '\n') {
        at = p + 1;
      } else if (c != ' ' && c != '\t') {
        return;
      }
    }
    at = text.size();
  }

  /// Takes the next thing off the front. Plain messages become the current one, others go to the queue.
  void read_on() {
    skip_blank_lines();
    if (at >= text.size()) return;
    const Line line = line_at(at);
    const auto header = header_at(text, at, line.end);
    Mark mark;
    if ((header && !header->message && header->strong) || trailer_at(text, at, line.end, '|')) {
      if (find_mark(text, at, line.end, mark) != npos || frame_end(text, at) < line.end ||
          frame_begin(text, at) < line.end)
        return read_any(from_here(), text.size());
      out.envelopes.push_back(finish_envelope(source, at, line.end));
      out.envelopes.back().input = source.input(at, line.next);
      cover(out.envelopes.back().input);
      at = line.next;
      return;
    }
    if (!header || !header->message || header->odd || header->backslashed || header->referenced)
      return read_any(from_here(), text.size());
    const Chunk chunk = chunk_at(*header);
    if (chunk.plain) {
      plain = true;
      view = {narrow(at), narrow(chunk.message)};
      cover(source.input(from_here(), chunk.message));
      at = chunk.end;
      return;
    }
    // What is not plain may be packed, and the packing may hold more than this chunk.
    const bool packed = find_header(text, at + 3, chunk.end).has_value();
    read_any(from_here(), packed ? text.size() : chunk.end);
  }

  /// Where reading goes on; a byte-order mark belongs to what follows it.
  size_t from_here() const { return byte_order_mark && at == kByteOrderMark.size() ? 0 : at; }

  void finish_rest() { cover({narrow(out.input.size()), narrow(out.input.size())}); }
};

MessageReader::MessageReader(std::string_view input, InputKind kind) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.out.input = input.substr(0, kLimit);
  s.out.kind = kind;
  bool mark = false;
  const Utf16 utf16 = guess_utf16(s.out.input, mark);
  if (utf16 == Utf16::no) {
    s.source = Traced(s.out.input);
  } else {
    s.out.utf16_big = utf16 == Utf16::big;
    s.source = read_utf16(s.out.input, s.out.utf16_big, mark);
    s.scope.add(Form::utf16);
    if (mark) s.scope.add(Form::byte_order_mark);
  }
  s.text = s.source.text();
  s.byte_order_mark = s.text.starts_with(kByteOrderMark);
  if (s.byte_order_mark) s.at = kByteOrderMark.size();
}

MessageReader::~MessageReader() = default;

bool MessageReader::next() {
  State& s = *state_;
  while (!s.done) {
    s.plain = false;
    if (s.queue < s.out.messages.size()) {
      s.record = std::move(s.out.messages[s.queue++]);
      ++s.count;
      return true;
    }
    if (s.at < s.text.size()) {
      s.read_on();
      if (s.plain) {
        ++s.count;
        return true;
      }
      continue;
    }
    if (s.count == 0 && !s.encoded) {
      s.encoded = true;
      s.read_again([&] { read_encoded(s.source, s.scope, s.out); });
      continue;
    }
    if (s.count == 0 && !s.out.headerless) {
      s.out.headerless = true;
      s.read_again([&] { read_text(s.source, 0, s.text.size(), s.scope, 0, s.out); });
      continue;
    }
    s.done = true;
    if (s.count == 0) {
      const Span all{0, narrow(s.out.input.size())};
      s.record = {};
      s.record.text = s.out.input;
      s.record.input = all;
      if (all.end) s.record.origins.push_back({all, all});
      s.rest.clear();
      ++s.count;
      return true;
    }
    s.finish_rest();
  }
  return false;
}

std::string_view MessageReader::text() const {
  const State& s = *state_;
  return s.plain ? s.text.substr(s.view.begin, s.view.end - s.view.begin) : std::string_view(s.record.text);
}

bool MessageReader::found() const { return state_->plain || state_->record.found; }

Span MessageReader::input() const {
  const State& s = *state_;
  return s.plain ? s.source.input(s.view.begin, s.view.end) : s.record.input;
}

Extracted MessageReader::take() {
  State& s = *state_;
  if (!s.plain) return std::move(s.record);
  Traced message;
  message.append(s.source, s.view.begin, s.view.end);
  Scope scope = s.scope;
  Span input = s.source.input(s.view.begin, s.view.end);
  if (s.byte_order_mark && s.view.begin == kByteOrderMark.size()) {
    scope.add(Form::byte_order_mark);
    input.begin = 0;
  }
  return finish(std::move(message), input, std::move(scope), s.out);
}

const std::vector<Envelope>& MessageReader::envelopes() const { return state_->out.envelopes; }
const std::vector<Span>& MessageReader::rest() const { return state_->rest; }

Extraction extract(std::string_view input, InputKind kind) {
  Extraction result;
  MessageReader reader(input, kind);
  while (reader.next()) result.messages.push_back(reader.take());
  result.envelopes = reader.envelopes();
  result.rest = reader.rest();
  if (result.messages[0].found) say_context(result.messages, !result.envelopes.empty());
  return result;
}

}  // namespace iz
