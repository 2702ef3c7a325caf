// The parts of `extract`; see core/extract.h for what it does. For core/extract*.cpp and core/answer.cpp only.
//
//   extract.cpp        reads the input from front to back; plain messages are found here
//   extract_regions    finds what a message is packed in (JSON and XML strings, cells) and unpacks it
//   extract_encoded    finds messages in base64 or in the encoding of URLs
//   extract_lines      takes messages out of lines: prefixes, batches, frames
//   extract_cut        cuts text into lines, also at line ends that are written as text
//   extract_marks      tells what stands at a place: header, segment, mark of a line end
//   extract_text       text that knows where it came from; encodings and escapes
//   extract_finish     what is left to do on one message, and the sentences
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/extract.h"

namespace iz::extracting {

inline uint32_t narrow(size_t value) { return static_cast<uint32_t>(value); }

// ---- text that knows where it came from

/// Text made out of pieces of another text, each with the bytes of the input it came from.
class Traced {
 public:
  Traced() = default;
  /// The input itself, not copied.
  explicit Traced(std::string_view input);

  std::string_view text() const { return copied_ ? std::string_view(text_) : view_; }
  const std::vector<Origin>& origins() const { return origins_; }

  /// Adds [begin, end) of `from` as it stands.
  void append(const Traced& from, size_t begin, size_t end);
  /// Adds `made`, which stands for [begin, end) of `from`.
  void append(std::string_view made, const Traced& from, size_t begin, size_t end);
  /// Adds `made`, which stands for these bytes of the input.
  void append(std::string_view made, Span input);
  /// The bytes of the input that [begin, end) came from, first to last.
  Span input(size_t begin, size_t end) const;
  std::string take_text();
  std::vector<Origin> take_origins() { return std::move(origins_); }

 private:
  void add_origin(uint32_t size, Span input);
  size_t piece(size_t at) const;
  bool copied_ = true;
  std::string_view view_;
  std::string text_;
  std::vector<Origin> origins_;
};

// ---- encodings and escapes (extract_text.cpp)

bool is_ascii(std::string_view text);
bool is_utf8(std::string_view text);
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

enum class Utf16 : uint8_t { no, little, big };
/// Whether the bytes are UTF-16: by a byte-order mark (`mark` is set), else by the zero bytes of ASCII characters.
Utf16 guess_utf16(std::string_view input, bool& mark);
Traced read_utf16(std::string_view input, bool big, bool mark);
/// UTF-8 stays, every other byte is read as Windows-1252; `bytes` counts them.
Traced read_windows1252(const Traced& from, uint32_t& bytes);
/// Undoes the escapes of JSON and of the usual programming languages; a backslash before anything else stays.
Traced undo_backslashes(const Traced& from, size_t begin, size_t end);
/// Undoes `&amp;` `&lt;` `&gt;` `&quot;` `&apos;` `&nbsp;` and numeric references; others stay.
Traced undo_references(const Traced& from, size_t begin, size_t end);
/// Makes one quote of each two.
Traced halve_quotes(const Traced& from, size_t begin, size_t end, char quote);

// ---- what stands at a place (extract_marks.cpp); `end` bounds what is looked at

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
inline bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

/// Length of a blank: space, tab, or one of the no-break and zero-width spaces that word processors make (`odd`).
size_t blank_at(std::string_view text, size_t at, size_t end, bool* odd = nullptr);
/// Skips blanks.
size_t skip_blanks(std::string_view text, size_t at, size_t end);
/// Whether a span of the input holds nothing that could be of use: blanks, line ends, byte-order marks, frame bytes.
bool is_void(std::string_view input, bool utf16);

/// MSH, FHS or BHS with its separator.
struct Header {
  size_t begin = 0;
  size_t fields = 0;  ///< where the separator stands
  char separator = '|';
  bool strong = false;       ///< the delimiters of HL7 follow: cannot be anything else
  bool message = true;       ///< MSH
  bool backslashed = false;  ///< MSH-2 shows that it stood in a string of JSON or of a programming language
  bool referenced = false;   ///< MSH-2 shows that it stood in XML
  bool odd = false;          ///< look-alike characters in MSH-1 or MSH-2, or blanks before MSH-1
};
std::optional<Header> header_at(std::string_view text, size_t at, size_t end);
/// The first strong header that begins in [at, end).
std::optional<Header> find_header(std::string_view text, size_t at, size_t end);

/// The plain character that a look-alike at `at` stands for (^ ~ \ & |), and its length; 0 when there is none.
size_t look_alike_at(std::string_view text, size_t at, size_t end, char& plain);

/// A segment name with its separator, or alone on its line.
struct SegmentStart {
  bool known = false;  ///< HL7 v2.5.1 has a segment of that name
  bool upper = false;  ///< in capitals
  bool alone = false;  ///< nothing follows the name
  bool odd = false;    ///< blanks stand before the separator
};
std::optional<SegmentStart> segment_at(std::string_view text, size_t at, size_t end, char separator);
/// Where the first segment of a known name in capitals begins in [at, end); npos when there is none.
size_t find_segment(std::string_view text, size_t at, size_t end, char separator);
/// BTS or FTS.
bool trailer_at(std::string_view text, size_t at, size_t end, char separator);

/// A line end or a frame byte that is written as text.
struct Mark {
  enum Kind : uint8_t { line_end, frame_begin, frame_end };
  enum Style : uint8_t { backslash, caret, bracket, reference };
  size_t size = 0;
  Kind kind = line_end;
  Style style = bracket;
  std::string_view made;  ///< the line end it stands for
  /// Cannot be a value of HL7: `<CR>`, `&#13;`.
  bool clear() const { return style == bracket || style == reference; }
  Form form() const {
    if (style == backslash) return Form::literal_escapes;
    return style == reference ? Form::character_references : Form::cr_markers;
  }
};
std::optional<Mark> mark_at(std::string_view text, size_t at, size_t end);
/// The first mark that begins in [at, end); npos when there is none.
size_t find_mark(std::string_view text, size_t at, size_t end, Mark& mark);
/// Where the marks of line ends begin with which a line ends; `end` when there are none.
size_t marks_before(std::string_view text, size_t begin, size_t end, Mark& mark);

/// Whether a prefix has a clock time or a date, as logs write them.
bool has_time(std::string_view prefix);
/// Whether two prefixes are alike: digits, letters and blanks in the same order, whatever their number.
bool same_shape(std::string_view a, std::string_view b);

// ---- lines (extract_cut.cpp)

/// A line, or a part of one that ends with a line end written as text. All positions are those of the source text.
struct Line {
  size_t begin = 0, end = 0;
  size_t eol = 0, eol_end = 0;  ///< its line end, empty where there is none
  size_t next = 0;              ///< where the next one begins
  std::string_view made = {};   ///< what the line end is read as; empty: as it stands
  bool frame_end = false;       ///< an MLLP frame ends with it
  Form form = Form::count;      ///< how the line end was written; `count`: as one
};

/// Skips what may stand before a segment in any message: blanks, quote marks of a mail, frame bytes.
size_t skip_lead(std::string_view text, size_t at, size_t end);

/// Cuts the text before `end` into lines.
class LineCutter {
 public:
  LineCutter(std::string_view text, size_t end) : text_(text), end_(end) {}
  /// The line that begins here.
  Line line(size_t begin) const;
  /// Cuts a line that holds several segments, the first at `start`; false when it does not. A line end written with a
  /// backslash or a caret counts only before a segment or at the end, and only if the message has no real ones: it does
  /// not begin above (`goes_on`) nor go on below.
  bool split(const Line& line, size_t start, char separator, bool goes_on, std::vector<Line>& out) const;

 private:
  bool goes_on_below(size_t at, char separator) const;
  std::string_view text_;
  size_t end_;
};

// ---- messages

/// What was undone so far, and examples for the sentences.
struct Scope {
  uint32_t forms = 0;
  bool halved = false;  ///< two quotes were read as one
  std::string mark;     ///< the mark that was read as line end
  std::string prefix;   ///< text that stood before a segment
  void add(Form form) { forms |= 1u << static_cast<unsigned>(form); }
  bool has(Form form) const { return forms >> static_cast<unsigned>(form) & 1; }
};

struct Output {
  std::string_view input;
  InputKind kind = InputKind::bytes;
  bool headerless = false;  ///< nothing was found by headers: look for segments behind prefixes and in strings
  bool utf16_big = false;
  std::vector<Extracted> messages;
  std::vector<Envelope> envelopes;
  std::vector<Span> skipped;  ///< lines inside the span of a message that do not belong to it
};

/// Finds all messages in [begin, end) of `from` (extract_regions.cpp).
void read_text(const Traced& from, size_t begin, size_t end, const Scope& scope, int depth, Output& out);
/// Finds all messages that are written in base64 or as a URL (extract_encoded.cpp).
void read_encoded(const Traced& from, const Scope& scope, Output& out);
/// Finds all messages in the lines of [begin, end) (extract_lines.cpp).
void read_lines(const Traced& from, size_t begin, size_t end, const Scope& scope, Output& out);
/// The last steps on one message: encoding, traces of word processors, MSH-18, the sentences (extract_finish.cpp).
Extracted finish(Traced text, Span input, Scope scope, const Output& out);
Envelope finish_envelope(const Traced& from, size_t begin, size_t end);
/// Adds what only the whole shows: `Form::several` and `Form::batch`.
void say_context(std::vector<Extracted>& messages, bool batch);

}  // namespace iz::extracting
