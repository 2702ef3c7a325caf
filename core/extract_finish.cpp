#include <fmt/format.h>

#include <algorithm>

#include "core/extract_parts.h"
#include "core/utf8.h"

namespace iz {

std::string_view to_string(Form form) {
  static constexpr std::string_view names[] = {
      "byte_order_mark", "utf16",           "windows1252", "mllp",
      "batch",           "log_prefix",      "quoted",      "cell",
      "json_string",     "literal_escapes", "cr_markers",  "character_references",
      "word_processor",  "missing_header",  "several",     "indented",
      "xml_element",     "base64",          "url_encoded", "character_set"};
  static_assert(std::size(names) == static_cast<size_t>(Form::count));
  const auto index = static_cast<size_t>(form);
  return index < std::size(names) ? names[index] : std::string_view{};
}

}  // namespace iz

namespace iz::extracting {

namespace {

/// The value of MSH-`n`, n > 2, of a message that begins with its header.
std::string_view header_field(std::string_view text, size_t n) {
  const auto h = header_at(text, 0, text.size());
  if (!h || !h->message) return {};
  const std::string_view line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
  size_t at = h->fields;
  for (size_t i = 1; i < n; ++i) {
    if (at >= line.size()) return {};
    at = i == 1 ? at + 1 : line.find(h->separator, at);
    if (at == std::string_view::npos) return {};
    if (i > 1) ++at;
  }
  return line.substr(at, std::min(line.find(h->separator, at), line.size()) - at);
}

/// What a word processor changed.
struct Changes {
  bool blanks = false;      ///< no-break spaces between name and separator
  bool nulls = false;       ///< curly quotes for the null of HL7
  std::string look_alikes;  ///< pairs, for the sentence
};

/// Whether a word processor may have changed it: a quick look for the bytes of curly quotes and odd blanks.
bool may_be_typed(std::string_view text) {
  const auto h = header_at(text, 0, text.size());
  return (h && h->odd) || text.find_first_of("\xE2\xE3\xA0\xAD") != std::string_view::npos;
}

/// Puts the plain characters back where HL7 needs them: in the delimiters, before them, and for the null.
Changes undo_word_processor(Traced& message) {
  Changes changes;
  const std::string_view text = message.text();
  const auto h = header_at(text, 0, text.size());
  char separator = h ? h->separator : '|';
  std::string delimiters = h ? std::string() : "^~\\&";
  std::vector<std::string_view> wrong;  // the look-alikes that are delimiters of this message
  if (h) {
    char plain = 0;
    for (size_t at = h->fields, n = 0; at < text.size() && n < 7; ++n) {
      const size_t size = look_alike_at(text, at, text.size(), plain);
      if (size) {
        const std::string_view bytes = text.substr(at, size);
        if (std::find(wrong.begin(), wrong.end(), bytes) == wrong.end()) {
          wrong.push_back(bytes);
          changes.look_alikes += fmt::format("{}{} by {}", wrong.size() > 1 ? ", " : "", bytes, plain);
        }
      } else {
        plain = text[at];
        if (static_cast<unsigned char>(plain) <= ' ' || is_alnum(plain) || (plain & 0x80) || (n && plain == separator))
          break;
      }
      if (n == 0) {
        separator = plain;
      } else {
        delimiters += plain;
      }
      at += size ? size : 1;
    }
  }
  const auto ends_value = [&](size_t at) {
    if (at >= text.size()) return true;
    const char c = text[at];
    if (c == separator || c == '\r' || c == '\n' || delimiters.find(c) != std::string::npos) return true;
    return std::any_of(wrong.begin(), wrong.end(), [&](std::string_view w) { return text.substr(at).starts_with(w); });
  };
  const auto curly = [&](size_t at) {
    const std::string_view c = text.substr(at, std::min<size_t>(3, text.size() - at));
    return c == "\xE2\x80\x9C" || c == "\xE2\x80\x9D";
  };

  Traced out;
  size_t run = 0;
  bool line_begins = true, value_begins = true;
  for (size_t at = 0; at < text.size();) {
    size_t used = 0;
    char plain = 0;
    bool delimiter = false;
    if (line_begins && at + 3 < text.size() && is_alnum(text[at])) {
      bool odd = false;
      size_t after = at + 3;
      while (const size_t size = blank_at(text, after, std::min(text.size(), at + 64), &odd)) after += size;
      if (odd && ends_value(after) && segment_at(text, at, std::min(text.size(), at + 64), separator)) {
        out.append(message, run, at + 3);
        changes.blanks = true;
        run = at = after;
        line_begins = false;
        continue;
      }
    }
    if (text[at] & 0x80) {
      const size_t size = look_alike_at(text, at, text.size(), plain);
      if (size && std::find(wrong.begin(), wrong.end(), text.substr(at, size)) != wrong.end()) {
        out.append(message, run, at);
        out.append(std::string_view(&plain, 1), message, at, at + size);
        used = size;
        run = at + size;
        delimiter = true;
      } else if (value_begins && curly(at) && curly(at + 3) && ends_value(at + 6)) {
        out.append(message, run, at);
        out.append("\"\"", message, at, at + 6);
        changes.nulls = true;
        used = 6;
        run = at + 6;
      } else {
        used = next_char(text, at).size;
      }
    } else {
      plain = text[at];
      used = 1;
      delimiter = ends_value(at);
    }
    line_begins = plain == '\r' || plain == '\n';
    value_begins = delimiter;
    at += used;
  }
  if (run != 0) {
    out.append(message, run, text.size());
    message = std::move(out);
  }
  return changes;
}

/// Names of HL7 table 0211 for the character sets that the bytes of UTF-8 or ASCII agree with.
bool says_utf8(std::string_view name) { return name == "UNICODE UTF-8" || name == "UTF-8"; }

std::string bytes_in_words(uint32_t bytes) { return bytes == 1 ? "1 byte" : fmt::format("{} bytes", bytes); }

/// A prefix fit for a sentence.
std::string sample(std::string_view prefix) {
  std::string out;
  for (size_t at = 0, n = 0; at < prefix.size() && n < 48; ++n) {
    const Char c = next_char(prefix, at);
    append_char(out, c.code < ' ' ? U' ' : c.code);
    at += c.size;
    if (n == 47 && at < prefix.size()) out += "...";
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace

Extracted finish(Traced text, Span input, Scope scope, const Output& out) {
  uint32_t wrong_bytes = 0;
  if (!is_utf8(text.text())) {
    text = read_windows1252(text, wrong_bytes);
    scope.add(Form::windows1252);
  }
  Changes changes;
  const bool ascii = is_ascii(text.text());
  if (!ascii && may_be_typed(text.text())) changes = undo_word_processor(text);
  const bool edges = scope.has(Form::word_processor);
  if (changes.blanks || changes.nulls || !changes.look_alikes.empty()) scope.add(Form::word_processor);

  std::string_view set = header_field(text.text(), 18);
  set = set.substr(0, set.find_first_of("~^"));
  if (!ascii && wrong_bytes == 0 && out.kind == InputKind::bytes && !set.empty() && !says_utf8(set) &&
      !scope.has(Form::utf16)) {
    scope.add(Form::character_set);
  }

  Extracted e;
  e.found = true;
  e.input = input;
  const std::string mark = scope.mark.empty() ? "\\r" : scope.mark;
  for (unsigned i = 0; i < static_cast<unsigned>(Form::count); ++i) {
    const auto form = static_cast<Form>(i);
    if (!scope.has(form)) continue;
    e.forms.push_back(form);
    const auto say = [&](std::string sentence) { e.notes.push_back(std::move(sentence)); };
    switch (form) {
      case Form::byte_order_mark:
        say("A byte-order mark was left out.");
        break;
      case Form::utf16:
        say(fmt::format("Read as UTF-16, {} endian.", out.utf16_big ? "big" : "little"));
        break;
      case Form::windows1252:
        if (set.empty() || set.starts_with("8859")) {
          say(fmt::format("{} not UTF-8: read as Windows-1252.",
                          bytes_in_words(wrong_bytes) + (wrong_bytes == 1 ? " is" : " are")));
        } else {
          say(fmt::format("MSH-18 says {}, but {} not UTF-8: read as Windows-1252.", sample(set),
                          bytes_in_words(wrong_bytes) + (wrong_bytes == 1 ? " is" : " are")));
        }
        break;
      case Form::mllp:
        say("The MLLP frame (0x0B, 0x1C 0x0D) was taken off.");
        break;
      case Form::log_prefix: {
        const std::string prefix = sample(scope.prefix);
        say(fmt::format("Text before a segment was left out: {}", prefix));
        break;
      }
      case Form::quoted:
        say("Quote marks (>) before the lines were taken off.");
        break;
      case Form::cell:
        if (!scope.prefix.empty() && !scope.has(Form::log_prefix)) {
          say("Taken out of a table: the columns beside it were left out.");
        } else {
          say(scope.halved ? "Taken out of quotes; doubled quotes in it were read as one." : "Taken out of quotes.");
        }
        break;
      case Form::json_string:
        say("Taken out of a string: escapes such as \\r and \\\\ were undone.");
        break;
      case Form::literal_escapes:
        say(fmt::format("{} is written as text: read as a line end.", sample(mark)));
        break;
      case Form::cr_markers:
        say(fmt::format("{} is written as text: read as a line end.", sample(mark)));
        break;
      case Form::character_references:
        say(fmt::format("References of XML such as {} were undone.", mark[0] == '&' ? sample(mark) : "&amp;"));
        break;
      case Form::word_processor:
        if (edges || changes.blanks) say("No-break spaces and line breaks of a word processor were undone.");
        if (changes.nulls) say("Curly quotes for an empty value were read as the null of HL7, \"\".");
        if (!changes.look_alikes.empty()) say(fmt::format("Delimiters were replaced: {}.", changes.look_alikes));
        break;
      case Form::missing_header:
        say("It has no MSH segment: the usual delimiters |^~\\& are assumed.");
        break;
      case Form::indented:
        say("Blanks before the segments were left out.");
        break;
      case Form::xml_element:
        say("Taken out of an XML element.");
        break;
      case Form::base64:
        say("Decoded from base64.");
        break;
      case Form::url_encoded:
        say("Decoded from the encoding of URLs (%7C and the like).");
        break;
      case Form::character_set:
        say(fmt::format("MSH-18 says {}, but the bytes are UTF-8: read as UTF-8.", sample(set)));
        break;
      case Form::batch:
      case Form::several:
      case Form::count:
        break;
    }
  }
  e.origins = text.take_origins();
  e.text = text.take_text();
  return e;
}

Envelope finish_envelope(const Traced& from, size_t begin, size_t end) {
  Traced line;
  line.append(from, begin, end);
  uint32_t bytes = 0;
  if (!is_utf8(line.text())) line = read_windows1252(line, bytes);
  return {line.take_text(), from.input(begin, end)};
}

void say_context(std::vector<Extracted>& messages, bool batch) {
  const auto add = [](Extracted& message, Form form, std::string sentence) {
    const auto at = std::lower_bound(message.forms.begin(), message.forms.end(), form);
    message.forms.insert(at, form);
    message.notes.push_back(std::move(sentence));
  };
  for (size_t i = 0; i < messages.size(); ++i) {
    if (batch) add(messages[i], Form::batch, "It came in a batch: the FHS, BHS, BTS and FTS lines are kept apart.");
    if (messages.size() > 1) add(messages[i], Form::several, fmt::format("Message {} of {}.", i + 1, messages.size()));
  }
}

}  // namespace iz::extracting
