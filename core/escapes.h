// Ways of writing a character or byte as others: references of XML, escapes of URLs, base64. One place at a time; the
// caller walks over the text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace iz {

/// Value of a hexadecimal digit, -1 for anything else.
int hex_digit(char c);

/// Length of the reference at `at` (`&amp;` `&lt;` `&gt;` `&quot;` `&apos;` `&nbsp;` `&#13;` `&#xD;`), 0 when there is
/// none; `made` becomes what it stands for, as UTF-8. Nothing behind `end` is looked at.
size_t reference_at(std::string_view text, size_t at, size_t end, std::string& made);
/// The text with its references undone.
std::string undo_references(std::string_view text);

/// The byte that `%41` at `at` stands for, -1 when there is no such escape.
int percent_at(std::string_view text, size_t at);

/// Value of a digit of base64, usual or of URLs; -1 for anything else.
int base64_digit(char c);

}  // namespace iz
