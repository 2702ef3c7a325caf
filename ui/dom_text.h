// The message text as a text area holds it, and places in both.
//
// A text area knows LF as the only line end and counts UTF-16 units; the message keeps its own line ends and counts
// bytes. Bytes that are no UTF-8 are one U+FFFD each part, as `core/utf8.h` cuts them.
//
//     dom_text("MSH|\r\nPID|\r")     // "MSH|\nPID|\n"
//     to_dom("A\r\nB", 3)            // 2
//     from_dom("A\r\nB", 2)          // 3
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/message.h"

namespace iz {

std::string dom_text(std::string_view text);

/// The part of a text that the text area holds: all of it up to `most` bytes, else the lines around `caret`, `most` bytes
/// or a little less, cut between characters where a line is longer. A browser takes half a second for a key in 2 MB.
Span box_window(std::string_view text, uint32_t caret, uint32_t most);
uint32_t to_dom(std::string_view text, uint32_t byte);
uint32_t from_dom(std::string_view text, uint32_t unit);

}  // namespace iz
