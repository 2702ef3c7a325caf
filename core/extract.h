// Finds the messages in whatever people paste: files with any line ends and encodings, MLLP frames, batches, logs, mail
// quotes, spreadsheet cells, JSON and XML strings, text from a word processor. Says what it did; loses nothing.
//
//     auto d = extract(bytes);
//     d.messages[0].text            // ready for Message::parse
//     d.messages[0].notes           // {"Taken out of a JSON string: \\r and the like were read as what they stand for.", ...}
//
// A message runs from its MSH to the last line that belongs to it; blank lines around it belong to no message. Lines
// between two segments stay in the message whatever they are, so that check can speak of them; so do lines directly
// after the last segment, unless they are evidently a caption, a rule or a log line. Lines that a mail program broke
// stay broken: joining them would be a guess.
//
// What is undone is what the message itself shows to have been done to it: `^~\\&` in MSH-2 for a string of a
// programming language, `^~\&amp;` for XML, a quote before MSH for a cell. HL7's own escapes (\.br\, \R\, \X0D\) and
// what stands inside a field are never touched.
//
// Never fails: bytes in which no message is found come back, as they are, as one message with `found == false`.
// Limit: 4 GB of input; what lies beyond is not read.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace iz {

/// What was undone to get at a message. Each is said in `Extracted::notes` in words.
enum class Form : uint8_t {
  byte_order_mark,       ///< a byte-order mark before the message
  utf16,                 ///< UTF-16, with or without byte-order mark
  windows1252,           ///< bytes that are no UTF-8, read as Windows-1252
  mllp,                  ///< the frame 0x0B .. 0x1C 0x0D, as bytes or written out
  batch,                 ///< the input has FHS, BHS, BTS or FTS lines
  log_prefix,            ///< other text before MSH or before each segment
  quoted,                ///< `>` of a mail
  cell,                  ///< quotes around it, doubled quotes inside; columns of a table beside it
  json_string,           ///< backslash escapes of JSON and programming languages
  literal_escapes,       ///< `\r` or `\n` as text between the segments of a message that is otherwise as it should be
  cr_markers,            ///< `<CR>`, `[CR]`, `^M` and the like as text between the segments
  character_references,  ///< `&amp;`, `&#xD;` and the like
  word_processor,        ///< no-break spaces, curly quotes and look-alikes where HL7 needs the plain character
  missing_header,        ///< segments without an MSH
  several,               ///< one of several messages
  indented,              ///< blanks before the segments
  xml_element,           ///< taken out of an XML element or CDATA section
  base64,                ///< the bytes of the message in base64
  url_encoded,           ///< `%7C` and the like, as in the address of a page or in a form
  character_set,         ///< MSH-18 names another character set than the one the bytes have
  count
};
/// The name of a form as an identifier: "log_prefix".
std::string_view to_string(Form form);

/// A piece of a message's text and the bytes of the input it came from. Inside a piece, positions are proportional: a
/// piece whose two spans have the same length maps byte for byte.
struct Origin {
  Span text;   ///< in Extracted::text
  Span input;  ///< in the input
};

struct Extracted {
  std::string text;                ///< UTF-8; line ends as pasted unless they were written in another form
  bool found = false;              ///< it begins with MSH, or reads as segments without one
  std::vector<Form> forms;         ///< in the order of the enumeration
  std::vector<std::string> notes;  ///< one sentence each
  std::vector<Origin> origins;     ///< in order; text bytes that were made up (a line end) have an empty input span
  Span input;                      ///< the bytes this message was taken from, frame, quotes and prefixes included
};

/// FHS, BHS, BTS, FTS lines with their place, kept apart from the messages.
struct Envelope {
  std::string text;
  Span input;
};

struct Extraction {
  std::vector<Extracted> messages;  ///< never empty
  std::vector<Envelope> envelopes;
  std::vector<Span> rest;  ///< input bytes that belong to no message and no envelope and are not blank, in order
};

/// Where the input comes from.
enum class InputKind : uint8_t {
  bytes,  ///< a file: MSH-18 can be compared with the bytes
  text    ///< a string that somebody decoded already (a paste): MSH-18 says nothing about it
};

Extraction extract(std::string_view input, InputKind kind = InputKind::bytes);

/// The messages of an input one after another, as `extract` finds them, for inputs of any size: plain messages are not
/// copied. What needs to know the whole (`Form::several`, `Form::batch`) is not said here.
///
///     for (iz::MessageReader reader(input); reader.next();) message.parse_view(reader.text());
class MessageReader {
 public:
  /// `input` must outlive the reader.
  explicit MessageReader(std::string_view input, InputKind kind = InputKind::bytes);
  ~MessageReader();
  MessageReader(const MessageReader&) = delete;
  MessageReader& operator=(const MessageReader&) = delete;

  /// Goes to the next message; false at the end. There is always a first one.
  bool next();
  /// Its text; valid until the next call of `next` or `take`.
  std::string_view text() const;
  bool found() const;
  Span input() const;
  /// All that is known of it. Call once for a message.
  Extracted take();
  /// Complete when `next` has returned false.
  const std::vector<Envelope>& envelopes() const;
  const std::vector<Span>& rest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace iz
