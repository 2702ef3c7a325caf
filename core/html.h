// Text for HTML.
//
//     html("a < b\x01")    // "a &lt; b\xef\xbf\xbd"
#pragma once
#include <string>
#include <string_view>

namespace iz {

/// Text for HTML content and quoted attributes, for any bytes. Line ends become blanks; control characters that HTML does
/// not allow are replaced.
std::string html(std::string_view text);

}  // namespace iz
