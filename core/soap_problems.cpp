// What is wrong with an envelope.
#include <algorithm>
#include <map>

#include "codesets/json_reader.h"
#include "core/answer.h"
#include "core/catalogue.h"
#include "core/embedded.h"
#include "core/escapes.h"
#include "core/utf8.h"

namespace iz {

namespace {

constexpr uint32_t none = Markup::none;
constexpr size_t npos = std::string_view::npos;
constexpr size_t kMost = 20;

struct Words {
  std::string title, what, fix;
};

std::map<std::string, Words, std::less<>> load() {
  constexpr std::string_view kFile = "core/answers/envelope.json";
  std::map<std::string, Words, std::less<>> words;
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name != kFile) continue;
    try {
      const JsonDocument json(file.text);
      for (const JsonValue entry : json.root().at("problems")) {
        words[entry.at("id").get<std::string>()] = {entry.at("title").get<std::string>(),
                                                    entry.at("what").get<std::string>(),
                                                    entry.at("fix").get<std::string>()};
      }
    } catch (const JsonError& error) {
      throw CatalogueError(std::string(kFile) + ": " + error.what());
    }
  }
  if (words.empty()) throw CatalogueError(std::string(kFile) + " is missing");
  return words;
}

const Words& words_of(std::string_view id) {
  static const auto words = load();
  const auto found = words.find(id);
  if (found == words.end()) throw CatalogueError("core/answers/envelope.json has no " + std::string(id));
  return found->second;
}

/// Names in the service descriptions.
struct Service {
  std::string_view operation;
  std::vector<std::string_view> parts;
};
const std::vector<Service>& services(bool of_2014) {
  static const std::vector<Service> s2011 = {
      {"submitSingleMessage", {"username", "password", "facilityID", "hl7Message"}},
      {"submitSingleMessageResponse", {"return"}},
      {"connectivityTest", {"echoBack"}},
      {"connectivityTestResponse", {"return"}}};
  static const std::vector<Service> s2014 = {
      {"SubmitSingleMessageRequest", {"Username", "Password", "FacilityID", "Hl7Message"}},
      {"SubmitSingleMessageResponse", {"Hl7Message"}},
      {"ConnectivityTestRequest", {"EchoBack"}},
      {"ConnectivityTestResponse", {"EchoBack"}}};
  return of_2014 ? s2014 : s2011;
}

class Problems {
 public:
  Problems(std::string_view input, const Answer& answer)
      : input_(input), answer_(answer), m_(input), soap_(read_envelope(m_)) {
    request_ = answer.form == AnswerForm::soap_request;
  }

  std::vector<EnvelopeProblem> find() {
    if (answer_.form == AnswerForm::html) {
      add("html_page", {}, {}, {});
    } else if (soap_.content != SoapContent::none) {
      look_at_tags();
      look_at_envelope();
      if (soap_.content == SoapContent::fault) {
        look_at_fault();
      } else if (soap_.content != SoapContent::empty && soap_.content != SoapContent::other) {
        look_at_operation();
      }
      if (soap_.payload_element != none) look_at_payload();
      look_at_messages();
    }
    return std::move(out_);
  }

 private:
  using E = MarkupElement;

  void add(std::string_view id, Span span, std::string_view name, std::string_view value) {
    if (out_.size() >= kMost) return;
    const Words& words = words_of(id);
    const auto shown = [](std::string_view text) {  // fit for a sentence
      std::string out = valid_utf8(text.substr(0, 80));
      for (char& c : out)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
      return out;
    };
    const std::string name_shown = shown(name), value_shown = shown(value);
    const auto fill = [&](std::string text) {
      for (const auto& [hole, with] : {std::pair{std::string_view("{name}"), &name_shown}, {"{value}", &value_shown}}) {
        for (size_t at = text.find(hole); at != npos; at = text.find(hole, at + with->size())) {
          text.replace(at, hole.size(), *with);
        }
      }
      return text;
    };
    out_.push_back({std::string(id), fill(words.title), fill(words.what), fill(words.fix),
                    request_ ? Who::vendor : Who::iis, span});
  }
  void add(std::string_view id, const E& e, std::string_view value = {}) {
    add(id, {e.outer.begin, std::max(e.inner.begin, e.outer.begin)}, e.name, value);
  }

  std::string_view payload() const {
    return input_.substr(soap_.payload.begin, soap_.payload.end - soap_.payload.begin);
  }

  bool in_payload(const E& e) const {
    return soap_.payload_element != none && e.outer.begin >= soap_.payload.begin && e.outer.begin < soap_.payload.end;
  }

  /// What makes it no XML.
  void look_at_tags() {
    if (!m_.elements().empty()) {
      // Text before the first tag, unless it is that of a log or headers.
      const size_t first = input_.find('<');
      std::string_view before = input_.substr(0, first);
      if (before.starts_with("\xEF\xBB\xBF")) before.remove_prefix(3);
      const size_t begin = before.find_first_not_of(" \t\r\n");
      if (begin != npos && before.size() <= 16 && before.find('\n') == npos) {
        add("text_before", {static_cast<uint32_t>(first - before.size() + begin), static_cast<uint32_t>(first)}, {},
            before.substr(begin, before.find_last_not_of(" \t\r\n") + 1 - begin));
      }
    }
    if (m_.has_doctype()) add("doctype", {}, {}, {});
    const bool plain =
        !answer_.messages.empty() && soap_.content != SoapContent::other && payload().find("<![CDATA[") == npos;
    size_t open = 0;
    const E* first_open = nullptr;
    const E* cut = nullptr;
    for (const E& e : m_.elements()) {
      if (in_payload(e)) {
        // What looks like a tag inside HL7 is none.
        if (plain && !said_less_) add("less_than_unescaped", e);
        said_less_ |= plain;
        continue;
      }
      if (e.cut || e.open_quote || attribute_broken(e.attributes)) {
        if (!said_broken_) add("tag_broken", e);
        said_broken_ = true;
      }
      if (!e.closed && e.outer.end == input_.size()) {
        cut = &e;
        first_open = first_open ? first_open : &e;
        ++open;
      } else if (!e.closed && !e.cut) {
        if (!said_open_) add("tag_not_closed", e);
        said_open_ = true;
      } else if (!e.end_name.empty() && e.end_name != e.name) {
        add("end_tag_case", e, e.end_name);
      }
    }
    if (cut && !said_broken_) {
      open > 1 ? add("cut_off", *cut) : add("tag_not_closed", *first_open);
    }
  }

  /// Whether a start tag has an attribute without `=`, or something that is none.
  static bool attribute_broken(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\\'; };
    size_t at = 0;
    while (true) {
      while (at < text.size() && blank(text[at])) ++at;
      if (at >= text.size()) return false;
      const size_t equals = text.find_first_of("=\"'", at);
      if (equals == npos || text[equals] != '=') return true;
      size_t value = equals + 1;
      while (value < text.size() && blank(text[value])) ++value;
      if (value >= text.size() || (text[value] != '"' && text[value] != '\'')) return true;
      const size_t close = text.find(text[value], value + 1);
      if (close == npos) return true;
      at = close + 1;
    }
  }

  void look_at_envelope() {
    const uint32_t envelope = m_.find("Envelope");
    if (envelope == none) return;
    check_prefix(envelope);
    check_case(envelope, "Envelope");
    const std::string_view space = m_.name_space(envelope);
    if (soap_.version == SoapVersion::v1_1) {
      add("version_1_1", m_.elements()[envelope]);
    } else if (soap_.version == SoapVersion::unknown) {
      add("envelope_namespace", m_.elements()[envelope], space);
    }
    bool body = false, fault_outside = false;
    for (uint32_t i = m_.child(envelope); i != none; i = m_.child(envelope, i + 1)) {
      const E& e = m_.elements()[i];
      if (same_tag(e.local, "Body")) {
        body = true;
        check_case(i, "Body");
        if (m_.child(i) == none) add("body_empty", e);
      } else if (same_tag(e.local, "Header")) {
        check_case(i, "Header");
      } else if (same_tag(e.local, "Fault")) {
        fault_outside = true;
        add("fault_not_in_body", e);
      } else if (!in_payload(e)) {
        same_tag(e.local, "head") ? add("tag_other_name", e, "Header") : add("tag_extra", e);
      }
    }
    if (!body && !fault_outside) add("body_missing", m_.elements()[envelope]);
  }

  void check_case(uint32_t element, std::string_view name) {
    const E& e = m_.elements()[element];
    if (e.local != name && same_tag(e.local, name)) add("tag_case", e, name);
  }

  void check_prefix(uint32_t element) {
    const E& e = m_.elements()[element];
    if (e.name.find(':') != npos && m_.name_space(element).empty()) add("prefix_undeclared", e);
  }

  void look_at_fault() {
    const E& e = m_.elements()[soap_.element];
    check_case(soap_.element, "Fault");
    check_prefix(soap_.element);
    if (!answer_.fault) return;
    if (answer_.fault->soap_code.empty()) add("fault_incomplete", e, "code");
    if (answer_.fault->reason.empty()) add("fault_incomplete", e, "reason");
    if (m_.find("Detail", soap_.element) == none) add("fault_incomplete", e, "detail");
  }

  void look_at_operation() {
    const E& operation = m_.elements()[soap_.element];
    check_prefix(soap_.element);
    if (soap_.service == SoapService::unknown && m_.find("Envelope") != none) {
      add("operation_namespace", operation, soap_.name_space);
    }
    // Which description counts: that of the namespace, else the one that has the name as it is written.
    bool of_2014 = soap_.service == SoapService::cdc2014 || soap_.service == SoapService::hub2014;
    if (soap_.service == SoapService::unknown)
      of_2014 = operation.local.starts_with('S') || operation.local.starts_with('C');
    const Service* service = nullptr;
    for (const Service& s : services(of_2014)) {
      if (same_tag(s.operation, operation.local)) service = &s;
    }
    if (!service) return;  // a name of the other description
    check_case(soap_.element, service->operation);
    for (uint32_t i = m_.child(soap_.element); i != none; i = m_.child(soap_.element, i + 1)) {
      const E& e = m_.elements()[i];
      const auto& parts = service->parts;
      const auto part =
          std::find_if(parts.begin(), parts.end(), [&](std::string_view p) { return same_tag(p, e.local); });
      if (part != parts.end()) {
        check_case(i, *part);
      } else if (i == soap_.payload_element) {
        add("tag_other_name", e, parts.back());
      } else {
        add("tag_extra", e);
      }
    }
    if (request_) {
      for (const std::string* value : {&soap_.username, &soap_.facility_id}) {
        if (*value == "USERNAME" || *value == "FACILITY_ID") add("placeholder", operation, *value);
      }
    }
  }

  void look_at_payload() {
    const std::string_view payload = this->payload();
    if (soap_.content == SoapContent::connectivity_request || soap_.content == SoapContent::connectivity_response)
      return;
    const E& element = m_.elements()[soap_.payload_element];
    if (answer_.messages.empty()) {
      const std::string text = answer_.text.substr(0, 60);
      text.empty() ? add("message_missing", element) : add("sentence", element, text);
    }
    std::string made;
    bool cdata = false;
    for (size_t at = 0; at < payload.size(); ++at) {
      if (payload.substr(at).starts_with("<![CDATA[")) cdata = true;
      if (cdata) {
        const size_t end = payload.find("]]>", at);
        if (end == npos) break;
        at = end + 2;
        cdata = false;
      } else if (payload[at] == '&' && !answer_.messages.empty() &&
                 reference_at(payload, at, payload.size(), made) == 0) {
        const auto place = static_cast<uint32_t>(soap_.payload.begin + at);
        add("ampersand_unescaped", {place, place + 1}, {}, {});
        break;
      }
    }
    const size_t begin = payload.find_first_not_of(" \t\r\n"), end = payload.find_last_not_of(" \t\r\n");
    const bool encoded = has(Form::base64) || has(Form::url_encoded);
    if (request_ && begin != npos && !encoded && !answer_.messages.empty() &&
        payload.substr(begin, end - begin).find_first_of("\r\n") != npos) {
      add("line_ends_plain", element);
    }
  }

  bool has(Form form) const {
    return std::any_of(answer_.messages.begin(), answer_.messages.end(), [&](const Extracted& m) {
      return std::find(m.forms.begin(), m.forms.end(), form) != m.forms.end();
    });
  }

  void look_at_messages() {
    if (answer_.messages.empty() || soap_.content == SoapContent::fault) return;
    const Span first = answer_.messages[0].input;
    if (answer_.line_ends_restored) add("line_ends_lost", first, {}, {});
    if (has(Form::base64)) add("base64", first, {}, {});
    if (has(Form::url_encoded)) add("url_encoded", first, {}, {});
    const auto inside = std::count_if(answer_.messages.begin(), answer_.messages.end(), [&](const Extracted& m) {
      return m.input.begin >= soap_.span.begin && m.input.end <= soap_.span.end;
    });
    if (inside > 1) add("several_messages", answer_.messages[1].input, {}, std::to_string(inside));
    if (!answer_.batch.empty()) add("batch", answer_.batch[0].input, {}, {});
  }

  const std::string_view input_;
  const Answer& answer_;
  const Markup m_;
  const SoapEnvelope soap_;
  bool request_ = false;
  bool said_less_ = false, said_broken_ = false, said_open_ = false;
  std::vector<EnvelopeProblem> out_;
};

}  // namespace

std::vector<EnvelopeProblem> envelope_problems(std::string_view input, const Answer& answer) {
  return Problems(input, answer).find();
}

}  // namespace iz
