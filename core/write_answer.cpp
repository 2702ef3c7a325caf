#include "core/write_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/utf8.h"
#include "core/words.h"

namespace iz {

namespace {

/// "SOAP 1.2", with what is known of the service: " (CDC 2011, submitSingleMessage)".
std::string soap_words(const SoapEnvelope& soap, std::string_view what) {
  std::string out = "A SOAP ";
  if (soap.version != SoapVersion::unknown) out += fmt::format("{} ", to_string(soap.version));
  out += what;
  std::string service;
  if (soap.service == SoapService::hub2014) service = "hub of the IZ Gateway";
  if (soap.service == SoapService::cdc2011 || soap.service == SoapService::cdc2014) {
    service = fmt::format("CDC {}", to_string(soap.service));
  }
  if (soap.content != SoapContent::fault) append(service, soap.operation);
  return service.empty() ? out : fmt::format("{} ({})", out, service);
}

std::string count_words(size_t messages) {
  if (messages == 0) return "without HL7";
  return messages == 1 ? "with one HL7 message" : fmt::format("with {} HL7 messages", messages);
}

std::string start_line(std::string_view input, uint32_t at) {
  return fmt::format("line {}",
                     std::count(input.begin(), input.begin() + std::min<size_t>(at, input.size()), '\n') + 1);
}

}  // namespace

std::string answer_sentence(const Answer& a) {
  const std::string count = count_words(a.messages.size());
  const std::string status = a.http_status ? fmt::format(" HTTP status {}.", a.http_status) : std::string();
  const auto say = [&](std::string what) { return fmt::format("{} {}.{}", what, count, status); };
  switch (a.form) {
    case AnswerForm::nothing:
      return "Nothing: there is no text in it." + status;
    case AnswerForm::hl7:
      return a.messages.size() == 1 ? "One HL7 message." + status
                                    : fmt::format("{} HL7 messages.{}", a.messages.size(), status);
    case AnswerForm::soap_request:
      return a.soap.content == SoapContent::connectivity_request ? soap_words(a.soap, "request") + "." + status
                                                                 : say(soap_words(a.soap, "request"));
    case AnswerForm::soap_response:
      if (a.soap.content == SoapContent::connectivity_response) return soap_words(a.soap, "response") + "." + status;
      if (a.soap.content == SoapContent::empty) return soap_words(a.soap, "envelope with an empty body") + "." + status;
      return say(soap_words(a.soap, "response"));
    case AnswerForm::soap_fault:
      return say(soap_words(a.soap, "fault"));
    case AnswerForm::html:
      return say(a.title.empty() ? "A web page" : fmt::format("A web page, “{}”,", a.title));
    case AnswerForm::xml:
      return say("XML that is no SOAP,");
    case AnswerForm::http:
      return say("A failed call");
    case AnswerForm::text:
      return say("A text");
    case AnswerForm::binary:
      return say("A file that is no text,");
  }
  return {};
}

std::string answer_json(std::string_view input, const Answer& a, std::span<const EnvelopeProblem> problems,
                        Offsets offsets) {
  std::optional<Utf16Offsets> units;
  if (offsets == Offsets::utf16) units.emplace(input);
  std::string out;
  const auto span = [&](JsonObject& o, Span s) {
    o.number("begin", units ? (*units)(s.begin) : s.begin);
    o.number("end", units ? (*units)(s.end) : s.end);
  };
  {
    JsonObject o(out);
    o.text("form", to_string(a.form));
    o.text("says", answer_sentence(a));
    a.http_status ? o.number("http_status", a.http_status) : o.null("http_status");
    if (a.soap.content == SoapContent::none) {
      o.null("soap");
    } else {
      JsonObject s(o.key("soap"));
      s.text("content", to_string(a.soap.content));
      s.text_or_null("version", to_string(a.soap.version));
      s.text_or_null("service", to_string(a.soap.service));
      s.text("operation", a.soap.operation);
      s.text_or_null("namespace", a.soap.name_space);
      s.text_or_null("username", a.soap.username);
      s.text_or_null("facility_id", a.soap.facility_id);
      s.text_or_null("destination", a.soap.destination);
      s.text_or_null("echo", a.soap.echo);
    }
    if (!a.fault) {
      o.null("fault");
    } else {
      JsonObject f(o.key("fault"));
      f.text("kind", to_string(a.fault->kind));
      f.text_or_null("element", a.fault->element);
      f.text_or_null("soap_code", a.fault->soap_code);
      f.text_or_null("reason", a.fault->reason);
      f.text_or_null("code", a.fault->code);
      f.text_or_null("detail", a.fault->detail);
      f.text_or_null("summary", a.fault->summary);
      f.text_or_null("retry", a.fault->retry);
    }
    if (!a.trouble) {
      o.null("trouble");
    } else {
      JsonObject t(o.key("trouble"));
      t.text("id", a.trouble->id);
      t.text("title", a.trouble->title);
      t.text("what", a.trouble->what);
      t.text("fix", a.trouble->fix);
      t.text("strategy", to_string(a.strategy.value_or(a.trouble->strategy)));
      t.text("advice", advice(a.strategy.value_or(a.trouble->strategy)));
      t.text("who", to_string(a.trouble->who));
    }
    o.text_or_null("title", a.title);
    o.text_or_null("text", a.text);
    json_list(o.key("messages"), a.messages, [&](const Extracted& m) {
      JsonObject j(out);
      j.text("text", m.text);
      json_list(j.key("forms"), m.forms, [&](Form form) { json_quote(out, to_string(form)); });
      json_list(j.key("notes"), m.notes, [&](const std::string& note) { json_quote(out, note); });
      span(j, m.input);
    });
    json_list(o.key("problems"), problems, [&](const EnvelopeProblem& p) {
      JsonObject j(out);
      j.text("id", p.id);
      j.text("title", p.title);
      j.text("what", p.what);
      j.text("fix", p.fix);
      j.text("who", to_string(p.who));
      span(j, p.span);
    });
  }
  return out;
}

std::string answer_text(std::string_view input, const Answer& a, std::span<const EnvelopeProblem> problems) {
  std::string out = answer_sentence(a) + '\n';
  const auto line = [&](std::string_view label, std::string_view text) {
    if (text.empty()) return;
    std::string one = valid_utf8(text);
    for (char& c : one)
      if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    out += fmt::format("  {}: {}\n", label, one);
  };
  line("user name", a.soap.username);
  line("facility ID", a.soap.facility_id);
  line("destination", a.soap.destination);
  line("echo", a.soap.echo);
  if (a.fault) {
    line("fault", a.fault->element);
    line("SOAP code", a.fault->soap_code);
    line("code", a.fault->code);
    line("reason", a.fault->reason);
    line("detail", a.fault->detail == a.fault->reason ? std::string_view{} : std::string_view(a.fault->detail));
    line("summary", a.fault->summary);
    line("retry", a.fault->retry);
  } else if (a.soap.echo.empty()) {
    line("text", a.text);
  }
  if (a.trouble) {
    out += fmt::format("{}\n  {}\n  To do: {}\n  Send again: {}\n", a.trouble->title, a.trouble->what, a.trouble->fix,
                       advice(a.strategy.value_or(a.trouble->strategy)));
  }
  for (const EnvelopeProblem& p : problems) {
    out +=
        p.span.end > p.span.begin ? fmt::format("{} ({})\n", p.title, start_line(input, p.span.begin)) : p.title + '\n';
    out += fmt::format("  {}\n  To do: {}\n", p.what, p.fix);
  }
  for (const Extracted& m : a.messages) {
    out += '\n';
    for (const std::string& note : m.notes) out += fmt::format("  {}\n", note);
    const std::string text = valid_utf8(m.text);
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
      out += text[i] == '\r' ? '\n' : text[i];
    }
    if (out.back() != '\n') out += '\n';
  }
  return out;
}

}  // namespace iz
