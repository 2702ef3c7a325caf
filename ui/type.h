// Text: the sizes of the design, measuring, drawing, shortening, wrapping.
//
//     text(list, Type::row, {x, y}, theme().text, "Administered vaccine");
//
// `y` is the top of the line box, as in the design's line heights; the baseline is placed in it as a browser does. All
// lengths are device pixels. Inter for words, JetBrains Mono for what occurs in a message or must line up.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "imgui.h"

namespace iz {

enum class Type : unsigned char {
  headline,    ///< 32 / 40 semibold: first visit
  answer,      ///< 26 / 36 semibold: the answer sentence
  heading,     ///< 22 / 28 semibold: title of a response, the answer sentence in a narrow window
  lead,        ///< 18 / 28 regular: under the headline
  title,       ///< 18 / 24 semibold: finding, card
  brand,       ///< 15 / 20 semibold: name of the program
  prose,       ///< 15 / 22 regular: explanations
  prose_bold,  ///< its key words
  row,         ///< 14 / 20 regular: rows, buttons, tabs
  row_bold,    ///< pane titles, selected row, active tab
  small,       ///< 13 / 20 regular: column heads, status line
  small_bold,
  tag,        ///< 12 / 18 regular: tags
  mono,       ///< 14 / 20 message text
  mono_bold,  ///< segment ids
  code,       ///< 13 / 20 mono: paths, codes, numbers in rows
  code_bold,
  key,        ///< 12 / 18 mono: keys, usage letters
  code_page,  ///< 36 / 44 semibold mono: the code on its page
  code_long,  ///< 22 / 28 semibold mono: a long one there
};

/// Loads the four faces into Dear ImGui's atlas. Call once, before the first frame.
void load_fonts();

float line_height(Type type);
float text_width(Type type, std::string_view text);
/// Advance of one character of a mono face, not rounded.
float mono_advance(Type type);

/// Draws one line; line ends and other control characters are drawn as blanks. Returns its width.
float text(ImDrawList* list, Type type, ImVec2 top_left, ImU32 color, std::string_view text);
/// Ends at `right`.
void text_right(ImDrawList* list, Type type, ImVec2 top_right, ImU32 color, std::string_view text);
/// Draws at most `width`: what is longer is shortened in the middle with an ellipsis. Returns the width drawn.
float text_fit(ImDrawList* list, Type type, ImVec2 top_left, float width, ImU32 color, std::string_view text);
/// The same shortened text without drawing it.
std::string shorten(Type type, std::string_view text, float width);

/// Lines of a paragraph that fit into `width`: views into `text`. Words longer than a line are cut.
std::vector<std::string_view> wrap(Type type, std::string_view text, float width);
/// Draws a paragraph and returns its height.
float paragraph(ImDrawList* list, Type type, ImVec2 top_left, float width, ImU32 color, std::string_view text);

/// One glyph of a mono cell grid with its left edge at `x` (not rounded); for the editor.
void glyph(ImDrawList* list, Type type, float x, float top, ImU32 color, unsigned code);
/// Whether the face has a picture for the character.
bool has_glyph(Type type, unsigned code);

}  // namespace iz
