// Finds the messages in whatever people paste: files with any line ends and encodings, MLLP frames, batches, logs, mail
// quotes, spreadsheet cells, JSON and XML strings, text from a word processor. Says what it did; loses nothing.
//
//     auto d = extract(bytes);
//     d.messages[0].text            // ready for Message::parse
//     d.messages[0].notes           // {"JSON string: \\r read as line ends", ...}
//
// Never fails: bytes in which no message is found come back as one message with `found == false`.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace iz {

/// What was undone to get at a message. Each is said in `Extracted::notes` in words.
enum class Form : uint8_t {
    byte_order_mark, utf16, windows1252, mllp, batch, log_prefix, quoted, cell, json_string, literal_escapes,
    cr_markers, character_references, word_processor, missing_header, several, indented
};

/// A piece of a message's text and the bytes of the input it came from.
struct Origin {
    Span text;    ///< in Extracted::text
    Span input;   ///< in the input
};

struct Extracted {
    std::string text;                ///< UTF-8; line ends as pasted unless they were written in another form
    bool found = false;              ///< it begins with MSH, or reads as segments without one
    std::vector<Form> forms;
    std::vector<std::string> notes;  ///< one sentence each
    std::vector<Origin> origins;     ///< in order; text bytes that were made up (a line end) have an empty input span
    Span input;                      ///< the bytes this message was taken from
};

/// FHS, BHS, BTS, FTS lines with their place, kept apart from the messages.
struct Envelope {
    std::string text;
    Span input;
};

struct Extraction {
    std::vector<Extracted> messages;
    std::vector<Envelope> envelopes;
    std::vector<Span> rest;          ///< input bytes that belong to no message and no envelope and are not blank
};

Extraction extract(std::string_view input);

}  // namespace iz
