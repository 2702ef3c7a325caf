// Copies of messages and answers that can be shown to others.
#pragma once
#include <string>
#include <string_view>

namespace iz {

/// A copy in which what can tell who a person is has been replaced (letters by X, digits by 9): names, addresses,
/// numbers, dates of PID, NK1, QPD and the like, the same words elsewhere in the text, dates and numbers of persons in
/// sentences, user name and password of an envelope. Codes, delimiters and the registry's words stay. For text that
/// leaves the page: copies and shared reports.
std::string masked(std::string_view text);

}  // namespace iz
