#include "core/answer.h"

#include <algorithm>
#include <unordered_set>

#include "core/escapes.h"
#include "core/extract_parts.h"
#include "core/joined_lines.h"

namespace iz {

namespace {

using extracting::Traced;
constexpr uint32_t none = Markup::none;
constexpr size_t npos = std::string_view::npos;
constexpr size_t kText = 4096;  // bytes of a page or sentence that are shown

bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

/// The text with each run of blanks as one, without those at the ends, cut behind `size` bytes.
std::string one_line(std::string_view text, size_t size) {
  std::string out;
  for (const char c : text) {
    if (!is_blank(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    if (out.size() >= size) break;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

/// Whether the bytes are no text, such as a picture.
bool is_binary(std::string_view text) {
  const std::string_view head = text.substr(0, 65536);
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B && c != 0x1C;
  });
  return static_cast<size_t>(odd) > head.size() / 50 + 2;
}

/// What stands before the body of an answer of HTTP: the status line and headers, at the begin of the input.
size_t headers_end(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  if (text.substr(at, 5) != "HTTP/") return 0;
  for (size_t end = text.find('\n', at); end != npos; end = text.find('\n', end + 1)) {
    size_t next = end + 1;
    if (next < text.size() && text[next] == '\r') ++next;
    if (next >= text.size() || text[next] == '\n') {
      // A status that is not final, or a redirection, is followed by another one.
      const size_t body = std::min(next + 1, text.size());
      const size_t more = headers_end(text.substr(body, 16384));
      return body + more;
    }
    if (text[next] == '<') return next;
  }
  return text.size();
}

class Reader {
 public:
  Reader(std::string_view input, InputKind kind) : input_(input), kind_(kind) {}

  Answer read() {
    read_messages();
    if (input_.find('<') != npos || input_.find("&lt;") != npos || maybe_utf16()) read_markup();
    if (a_.messages.empty() || a_.soap.content != SoapContent::none) {
      read_rest();
    } else {
      a_.form = AnswerForm::hl7;
      a_.http_status = input_.find("HTTP/") == npos ? 0 : status_in_headers(input_);
    }
    return std::move(a_);
  }

 private:
  void read_messages() {
    Extraction found = extract(input_, kind_);
    for (Extracted& m : found.messages) {
      if (m.found && !is_binary(m.text)) a_.messages.push_back(std::move(m));
    }
    if (a_.messages.empty()) return;
    a_.batch = std::move(found.envelopes);
    a_.rest = std::move(found.rest);
    for (Extracted& m : a_.messages) a_.line_ends_restored |= restore_line_ends(m);
  }

  bool maybe_utf16() const {
    return input_.size() > 1 && (input_[0] == '\0' || input_[1] == '\0' || input_[0] == '\xFF' || input_[0] == '\xFE');
  }

  /// Reads tags; where none is plain, those of an envelope that is escaped once more, as logs show it.
  void read_markup() {
    bool mark = false;
    const auto utf16 = extracting::guess_utf16(input_, mark);
    source_ = utf16 == extracting::Utf16::no ? Traced(input_)
                                             : extracting::read_utf16(input_, utf16 == extracting::Utf16::big, mark);
    Markup markup(source_.text());
    SoapEnvelope soap = read_envelope(markup);
    if (soap.content == SoapContent::none && markup.elements().empty() &&
        (source_.text().find("Envelope") != npos || source_.text().find("Fault") != npos)) {
      source_ = extracting::undo_references(source_, 0, source_.text().size());
      markup = Markup(source_.text());
      soap = read_envelope(markup);
    }
    if (soap.content == SoapContent::fault) {
      a_.fault = read_fault(markup, soap.element);
      a_.fault->span = in_input(a_.fault->span);
    }
    if (soap.payload_element != none) {
      payload_ = one_line(markup.text(markup.elements()[soap.payload_element]), kText);
    }
    soap.span = in_input(soap.span);
    soap.payload = in_input(soap.payload);
    a_.soap = std::move(soap);
    if (a_.soap.content != SoapContent::none || markup.elements().empty()) return;
    if (is_page(markup)) return read_page(markup);
    xml_text_ = one_line(markup.text(markup.elements()[0]), kText);
    xml_ = true;
  }

  /// Whether the first element is one of HTML.
  static bool is_page(const Markup& markup) {
    static constexpr std::string_view names[] = {"html", "head", "body",   "title", "h1",   "h2",  "p",
                                                 "pre",  "div",  "center", "table", "form", "meta"};
    const std::string_view first = markup.elements()[0].name;
    return markup.find("html") != none ||
           std::any_of(std::begin(names), std::end(names), [&](std::string_view n) { return same_tag(n, first); });
  }

  void read_page(const Markup& markup) {
    page_ = true;
    if (const uint32_t title = markup.find("title"); title != none) {
      a_.title = one_line(markup.text(markup.elements()[title]), 256);
    }
    const uint32_t body = markup.find("body");
    if (body != none) {
      page_text_ = one_line(markup.text(markup.elements()[body], 65536), kText);
    } else if (!markup.elements().empty()) {
      page_text_ = one_line(markup.text(markup.elements()[0], 65536), kText);
    }
  }

  /// What is there beside HL7, or instead of it.
  void read_rest() {
    const std::string_view text = source_.text().empty() ? input_ : source_.text();
    const size_t body = headers_end(text);
    a_.http_status = status_in_headers(text);
    switch (a_.soap.content) {
      case SoapContent::fault:
        return read_soap_fault();
      case SoapContent::submit_request:
      case SoapContent::connectivity_request:
        a_.form = AnswerForm::soap_request;
        a_.text = a_.messages.empty() ? payload_ : std::string();
        return;
      case SoapContent::empty:
      case SoapContent::other:
      case SoapContent::submit_response:
      case SoapContent::connectivity_response:
        return read_response();
      case SoapContent::none:
        break;
    }
    const std::string_view content = text.substr(body);
    if (extracting::is_void(content, false)) {
      a_.form = body > 0 && a_.http_status >= 300 ? AnswerForm::http : AnswerForm::nothing;
      return set_trouble(a_.form == AnswerForm::nothing ? "empty_answer" : "");
    }
    if (page_) {
      a_.form = AnswerForm::html;
      a_.text = page_text_;
      if (!a_.http_status) a_.http_status = status_in_words(a_.title);
      if (!a_.http_status) a_.http_status = status_in_words(a_.text.substr(0, 400));
      if (const Trouble* t = trouble_of_status(a_.http_status)) return set_trouble(*t);
      const Trouble* shown = trouble_of_text(a_.title + ". " + a_.text.substr(0, 1000));
      return shown ? set_trouble(*shown) : set_trouble("html_page");
    }
    if (is_binary(text)) {
      a_.form = AnswerForm::binary;
      return set_trouble("unusable_reply");
    }
    if (xml_ && content.find_first_not_of(" \t\r\n") == content.find('<')) {
      a_.form = AnswerForm::xml;
      a_.text = xml_text_;
      if (const Trouble* t = trouble_of_status(a_.http_status)) return set_trouble(*t);
      const Trouble* shown = trouble_of_text(a_.text);
      return shown ? set_trouble(*shown) : set_trouble("unusable_reply");
    }
    read_sentence(content);
  }

  void read_sentence(std::string_view content) {
    a_.text = one_line(content, kText);
    if (!a_.http_status) a_.http_status = status_in_words(a_.text);
    const Trouble* shown = trouble_of_status(a_.http_status);
    if (!shown) shown = trouble_of_text(a_.text);
    a_.form = shown ? AnswerForm::http : AnswerForm::text;
    return shown ? set_trouble(*shown) : set_trouble("unusable_reply");
  }

  void read_soap_fault() {
    a_.form = AnswerForm::soap_fault;
    set_trouble(*trouble_of_fault(*a_.fault));
    a_.strategy = strategy_of_fault(*a_.fault);
    // A fault quotes its message in the reason and again in the detail.
    std::unordered_set<std::string> headers;
    std::erase_if(a_.messages, [&](const Extracted& m) {
      const std::string header = m.text.substr(0, m.text.find_first_of("\r\n"));
      return !headers.insert(header.substr(0, header.find_last_not_of(' ') + 1)).second;
    });
    count_again();
  }

  /// Says anew which message of how many each is.
  void count_again() {
    for (Extracted& m : a_.messages) {
      const auto at = std::find(m.forms.begin(), m.forms.end(), Form::several);
      if (at == m.forms.end()) return;
      m.forms.erase(at);
      std::erase_if(m.notes, [](const std::string& note) { return note.starts_with("Message "); });
    }
    extracting::say_context(a_.messages, false);
  }

  void read_response() {
    a_.form = AnswerForm::soap_response;
    if (!a_.messages.empty()) {
      // An operation that no service description has: what it holds shows which way it went.
      if (a_.soap.content == SoapContent::other && is_question(a_.messages[0].text)) a_.form = AnswerForm::soap_request;
      return;
    }
    if (a_.soap.content == SoapContent::connectivity_response) {
      a_.text = a_.soap.echo;
      return;
    }
    a_.text = payload_;
    if (const Trouble* t = trouble_of_status(a_.http_status)) return set_trouble(*t);
    if (payload_.empty()) return set_trouble("empty_answer");
    const Trouble* shown = trouble_of_text(payload_);
    return shown ? set_trouble(*shown) : set_trouble("unusable_reply");
  }

  /// Whether MSH-9 is that of a message or query that is sent to a registry.
  static bool is_question(std::string_view message) {
    const std::string_view header = message.substr(0, std::min(message.find_first_of("\r\n"), message.size()));
    return header.find("|VXU") != npos || header.find("|QBP") != npos || header.find("|VXQ") != npos;
  }

  void set_trouble(const Trouble& trouble) {
    a_.trouble = &trouble;
    a_.strategy = trouble.strategy;
  }
  /// The entry of that id; none: that of the status.
  void set_trouble(std::string_view id) {
    const Trouble* t = id.empty() ? trouble_of_status(a_.http_status) : find_trouble(id);
    if (t) set_trouble(*t);
  }

  Span in_input(Span span) const { return source_.input(span.begin, span.end); }

  const std::string_view input_;
  const InputKind kind_;
  Answer a_;
  Traced source_;  ///< the input as UTF-8, with the references of an escaped envelope undone
  bool page_ = false, xml_ = false;
  std::string page_text_, xml_text_, payload_;
};

}  // namespace

std::string_view to_string(AnswerForm form) {
  static constexpr std::string_view names[] = {"nothing", "hl7", "soap_request", "soap_response", "soap_fault",
                                               "html",    "xml", "http",         "text",          "binary"};
  return names[static_cast<size_t>(form)];
}

Answer read_answer(std::string_view input, InputKind kind) { return Reader(input, kind).read(); }

}  // namespace iz
