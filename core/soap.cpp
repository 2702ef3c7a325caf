#include "core/soap.h"

#include <algorithm>

namespace iz {

namespace {

constexpr uint32_t none = Markup::none;
constexpr std::string_view kEnvelope12 = "http://www.w3.org/2003/05/soap-envelope";
constexpr std::string_view kNamespace = "urn:cdc:iisb:2011";

struct Operation {
  std::string_view name;
  SoapContent content;
};
/// The names of 2011 and of 2014; case is not looked at.
constexpr Operation kOperations[] = {{"submitSingleMessage", SoapContent::submit_request},
                                     {"SubmitSingleMessageRequest", SoapContent::submit_request},
                                     {"submitSingleMessageResponse", SoapContent::submit_response},
                                     {"connectivityTest", SoapContent::connectivity_request},
                                     {"ConnectivityTestRequest", SoapContent::connectivity_request},
                                     {"connectivityTestResponse", SoapContent::connectivity_response},
                                     {"Fault", SoapContent::fault}};

SoapContent content_of(std::string_view local) {
  for (const Operation& o : kOperations)
    if (same_tag(o.name, local)) return o.content;
  return SoapContent::none;
}

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

class Reader {
 public:
  explicit Reader(const Markup& markup) : m_(markup) {}

  SoapEnvelope read() {
    const uint32_t envelope = m_.find("Envelope");
    operation_ = find_operation(envelope);
    if (envelope == none && (operation_ == none || !believable())) return e_;
    e_.span = m_.elements()[envelope == none ? operation_ : envelope].outer;
    e_.version = version(envelope);
    if (operation_ == none) {
      e_.content = SoapContent::empty;
      const uint32_t body = m_.find("Body", envelope);
      operation_ = body == none ? none : m_.child(body);
      if (operation_ == none) return e_;
      e_.content = SoapContent::other;
    } else {
      e_.content = content_of(local(operation_));
    }
    e_.element = operation_;
    e_.operation = local(operation_);
    e_.name_space = name_space(operation_);
    read_values();
    e_.service = service();
    return e_;
  }

 private:
  std::string_view local(uint32_t element) const { return m_.elements()[element].local; }
  std::string text(uint32_t element) const {
    return element == none ? std::string() : trimmed(m_.text(m_.elements()[element]));
  }
  std::string name_space(uint32_t element) const { return std::string(m_.name_space(element).substr(0, 256)); }

  /// The first element in the envelope that is known; what stands in a header is not looked at.
  uint32_t find_operation(uint32_t envelope) const {
    const uint32_t header = m_.find("Header", envelope);
    const uint32_t begin = header == none ? 0 : m_.elements()[header].outer.end;
    for (uint32_t i = envelope == none ? 0 : envelope; i < m_.elements().size(); ++i) {
      const MarkupElement& e = m_.elements()[i];
      if (header != none && e.outer.begin < begin && e.outer.begin >= m_.elements()[header].outer.begin) continue;
      if (content_of(e.local) != SoapContent::none) return i;
    }
    return none;
  }

  /// Without an envelope, a fault must look like one: any XML may have an element of that name.
  bool believable() const {
    if (content_of(local(operation_)) != SoapContent::fault) return true;
    return m_.find("Reason", operation_) != none || m_.find("faultstring", operation_) != none ||
           m_.find("Detail", operation_) != none;
  }

  SoapVersion version(uint32_t envelope) const {
    if (envelope != none) {
      std::string_view space = m_.name_space(envelope);
      // The prefix may not be declared, or wrongly: then any declaration of SOAP counts.
      if (space.empty()) space = m_.elements()[envelope].attributes.substr(0, 4096);
      if (space.find(kEnvelope12) != std::string_view::npos) return SoapVersion::v1_2;
      if (space.find("schemas.xmlsoap.org/soap/envelope") != std::string_view::npos) return SoapVersion::v1_1;
    }
    if (operation_ != none && content_of(local(operation_)) == SoapContent::fault) {
      if (m_.find("faultstring", operation_) != none || m_.find("faultcode", operation_) != none) {
        return SoapVersion::v1_1;
      }
    }
    return SoapVersion::unknown;
  }

  void read_values() {
    const auto value = [&](std::string_view name) { return m_.find(name, operation_); };
    switch (e_.content) {
      case SoapContent::submit_request:
        e_.username = text(value("username"));
        e_.facility_id = text(value("facilityID"));
        e_.has_password = value("password") != none;
        set_payload(value("hl7Message"));
        break;
      case SoapContent::submit_response: {
        uint32_t at = value("return");
        if (at == none) at = value("Hl7Message");
        if (at == none) at = m_.child(operation_);  // another name, such as `message`
        set_payload(at == none ? operation_ : at);
        break;
      }
      case SoapContent::connectivity_request:
      case SoapContent::connectivity_response: {
        uint32_t at = value(e_.content == SoapContent::connectivity_request ? "echoBack" : "return");
        if (at == none) at = value("EchoBack");
        if (at == none) at = m_.child(operation_);
        set_payload(at == none ? operation_ : at);
        e_.echo = text(e_.payload_element);
        break;
      }
      case SoapContent::other:
        set_payload(operation_);
        break;
      case SoapContent::none:
      case SoapContent::empty:
      case SoapContent::fault:
        break;
    }
    if (const uint32_t at = m_.find("DestinationId"); at != none) e_.destination = text(at);
  }

  void set_payload(uint32_t element) {
    e_.payload_element = element;
    if (element != none) e_.payload = m_.elements()[element].inner;
  }

  SoapService service() const {
    if (m_.find("HubRequestHeader") != none || m_.find("HubResponseHeader") != none) return SoapService::hub2014;
    std::string_view space = e_.name_space;
    if (e_.content == SoapContent::fault) {  // that of the element in its detail
      const uint32_t detail = m_.find("Detail", operation_);
      const uint32_t named = detail == none ? none : m_.child(detail);
      space = named == none ? std::string_view{} : m_.name_space(named);
    }
    if (space == kNamespace) return SoapService::cdc2011;
    if (space == "urn:cdc:iisb:2014") return SoapService::cdc2014;
    if (space == "urn:cdc:iisb:hub:2014") return SoapService::hub2014;
    return SoapService::unknown;
  }

  const Markup& m_;
  SoapEnvelope e_;
  uint32_t operation_ = none;
};

/// Text of an element: what XML needs escaped, and line ends as `&#xD;`.
void append_escaped(std::string& out, std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':
        out += "&#xD;";
        if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        break;
      case '\n':
        out += "&#xD;";
        break;
      case '\t':
        out += '\t';
        break;
      default:
        // XML 1.0 has no other control characters, not even as references.
        if (static_cast<unsigned char>(text[i]) >= 0x20) out += text[i];
    }
  }
}

std::string envelope(std::string_view body) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soap:Envelope xmlns:soap=\"";
  out += kEnvelope12;
  out += "\" xmlns:iis=\"";
  out += kNamespace;
  out += "\">\n  <soap:Header/>\n  <soap:Body>\n";
  out += body;
  out += "  </soap:Body>\n</soap:Envelope>\n";
  return out;
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out += "      <iis:";
  out += name;
  out += '>';
  append_escaped(out, text);
  out += "</iis:";
  out += name;
  out += ">\n";
}

}  // namespace

std::string_view to_string(SoapVersion version) {
  return version == SoapVersion::v1_1 ? "1.1" : version == SoapVersion::v1_2 ? "1.2" : "";
}

std::string_view to_string(SoapService service) {
  static constexpr std::string_view names[] = {"", "2011", "2014", "hub"};
  return names[static_cast<size_t>(service)];
}

std::string_view to_string(SoapContent content) {
  static constexpr std::string_view names[] = {
      "none", "empty", "other", "submit_request", "submit_response", "connectivity_request", "connectivity_response",
      "fault"};
  return names[static_cast<size_t>(content)];
}

SoapEnvelope read_envelope(const Markup& markup) { return Reader(markup).read(); }

std::string soap_wrap(std::string_view message, const SoapCredentials& credentials) {
  std::string body = "    <iis:submitSingleMessage>\n";
  append_element(body, "username", credentials.username.empty() ? "USERNAME" : credentials.username);
  append_element(body, "password", credentials.password.empty() ? "PASSWORD" : credentials.password);
  append_element(body, "facilityID", credentials.facility_id.empty() ? "FACILITY_ID" : credentials.facility_id);
  append_element(body, "hl7Message", message);
  return envelope(body += "    </iis:submitSingleMessage>\n");
}

std::string soap_connectivity_test(std::string_view echo) {
  std::string body = "    <iis:connectivityTest>\n";
  append_element(body, "echoBack", echo);
  return envelope(body += "    </iis:connectivityTest>\n");
}

}  // namespace iz
