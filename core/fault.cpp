#include "core/fault.h"

#include <algorithm>

#include "core/words.h"

namespace iz {

namespace {

constexpr uint32_t none = Markup::none;

struct Name {
  FaultKind kind;
  std::string_view element;  ///< in the detail
  std::string_view id;
};
constexpr Name kNames[] = {{FaultKind::security, "SecurityFault", "security"},
                           {FaultKind::message_too_large, "MessageTooLargeFault", "message_too_large"},
                           {FaultKind::unsupported_operation, "UnsupportedOperationFault", "unsupported_operation"},
                           {FaultKind::unknown_destination, "UnknownDestinationFault", "unknown_destination"},
                           {FaultKind::connection, "DestinationConnectionFault", "connection"},
                           {FaultKind::hub_client, "HubClientFault", "hub_client"},
                           {FaultKind::unknown, "fault", "unknown"}};

std::string without_prefix(std::string_view name) {
  const size_t colon = name.rfind(':');
  return std::string(colon == std::string_view::npos ? name : name.substr(colon + 1));
}

std::string trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Lower case, without anything but letters and digits.
std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(const Markup& markup) : markup_(markup) {}

  std::string text(uint32_t element) const {
    return element == none ? std::string() : trimmed(markup_.text(markup_.elements()[element]));
  }
  /// The first child of that name.
  uint32_t child(uint32_t parent, std::string_view local) const {
    for (uint32_t i = markup_.child(parent); i != none; i = markup_.child(parent, i + 1)) {
      if (same_tag(markup_.elements()[i].local, local)) return i;
    }
    return none;
  }
  std::string_view local(uint32_t element) const { return markup_.elements()[element].local; }
  const Markup& markup() const { return markup_; }

 private:
  const Markup& markup_;
};

/// What stands in the detail: an element named after the fault, and what the gateway puts beside or into it.
void read_detail(const Reader& read, uint32_t detail, Fault& fault) {
  uint32_t named = none;
  bool children = false;
  for (uint32_t i = read.markup().child(detail); i != none && named == none; i = read.markup().child(detail, i + 1)) {
    children = true;
    const std::string_view local = read.local(i);
    if (local.size() >= 5 && same_tag(local.substr(local.size() - 5), "fault")) named = i;
  }
  const auto value = [&](std::string_view local) {
    uint32_t at = named == none ? none : read.child(named, local);
    if (at == none) at = read.child(detail, local);
    return read.text(at);
  };
  if (named != none) fault.element = read.local(named);
  fault.code = value("Code");
  const std::string reason = value("Reason");
  fault.detail = value("Detail");
  if (fault.detail.empty()) fault.detail = value("message");
  fault.summary = value("Summary");
  fault.retry = value("Retry");
  if (fault.reason.empty()) fault.reason = reason;
  if (fault.detail.empty() && (!children || (named == none && fault.summary.empty()))) fault.detail = read.text(detail);
  if (fault.detail.empty() && named != none && read.markup().child(named) == none) fault.detail = read.text(named);
  if (named == none && !reason.empty()) fault.element = {};
}

/// What the fault says in its own words: not the HL7 that follows in them.
std::string own_words(const Fault& fault) {
  std::string out;
  for (const std::string* text : {&fault.reason, &fault.summary, &fault.detail}) {
    out += std::string_view(*text).substr(0, std::min<size_t>(text->find("MSH|"), 1300));
    out += '\n';
  }
  return out;
}

FaultKind kind_of(const Fault& fault, const std::string& detail_reason) {
  for (const Name& name : kNames) {
    if (name.kind != FaultKind::unknown && same_tag(fault.element, name.element)) return name.kind;
  }
  // The reasons that the strict schema fixes.
  const std::string fixed = squeezed(detail_reason);
  if (fixed == "security") return FaultKind::security;
  if (fixed == "messagetoolarge") return FaultKind::message_too_large;
  if (fixed == "unsupportedoperation") return FaultKind::unsupported_operation;
  // A fault without a kind of its own may say what it is about.
  if (const Trouble* t = trouble_of_text(own_words(fault))) {
    for (const std::string& kind : t->faults) {
      for (const Name& name : kNames) {
        if (name.id == kind) return name.kind;
      }
    }
  }
  return FaultKind::unknown;
}

bool has(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  for (const Name& name : kNames)
    if (name.kind == kind) return name.id;
  return {};
}

Fault read_fault(const Markup& markup, uint32_t element) {
  const Reader read(markup);
  Fault fault;
  fault.span = markup.elements()[element].outer;
  // SOAP 1.2, then 1.1.
  if (const uint32_t code = read.child(element, "Code"); code != none) {
    const uint32_t value = read.child(code, "Value");
    fault.soap_code = without_prefix(read.text(value == none ? code : value));
  } else {
    fault.soap_code = without_prefix(read.text(read.child(element, "faultcode")));
  }
  uint32_t reason = read.child(element, "Reason");
  if (reason == none) reason = read.child(element, "faultstring");
  if (reason != none) {
    const uint32_t text = read.child(reason, "Text");
    fault.reason = read.text(text == none ? reason : text);
  }
  std::string detail_reason;
  if (const uint32_t detail = read.child(element, "Detail"); detail != none) {
    read_detail(read, detail, fault);
    if (const uint32_t inner = markup.find("Reason", detail); inner != none) detail_reason = read.text(inner);
  } else if (markup.child(element) == none) {
    fault.reason = read.text(element);
  }
  fault.kind = kind_of(fault, detail_reason);
  return fault;
}

const Trouble* trouble_of_fault(const Fault& fault) {
  const std::string_view kind = to_string(fault.kind);
  const std::string summary = squeezed(fault.summary);
  const Trouble* usual = nullptr;
  for (const Trouble& t : troubles()) {
    if (!has(t.faults, kind)) continue;
    if (!fault.summary.empty() && has(t.summaries, summary)) return &t;
    if (t.id == kind) usual = &t;
  }
  if (const uint32_t status = status_in_words(fault.summary); status && fault.kind == FaultKind::hub_client) {
    return trouble_of_status(status);
  }
  if (fault.kind == FaultKind::hub_client && summary.starts_with("httperror")) {
    // The gateway takes the blanks out of "HTTP Error 503".
    uint32_t status = 0;
    for (const char c : summary.substr(9, 3)) status = status * 10 + static_cast<uint32_t>(std::max(c - '0', 0)) % 10;
    if (const Trouble* t = trouble_of_status(status)) return t;
  }
  // Codes mean something only in faults of the gateway, which have a summary or a retry.
  if (!fault.summary.empty() || !fault.retry.empty()) {
    for (const Trouble& t : troubles())
      if (has(t.faults, kind) && has(t.codes, fault.code)) return &t;
  }
  if (const Trouble* t = trouble_of_text(own_words(fault), kind)) return t;
  if (fault.kind == FaultKind::connection) return find_trouble("destination_connection");
  return usual ? usual : find_trouble("unknown_fault");
}

RetryStrategy strategy_of_fault(const Fault& fault) {
  const std::string_view said = trim_blanks(fault.retry);
  for (const RetryStrategy s : {RetryStrategy::normal, RetryStrategy::correct_message, RetryStrategy::check_iis_status,
                                RetryStrategy::contact_support}) {
    if (same_tag(to_string(s), said)) return s;
  }
  return trouble_of_fault(fault)->strategy;
}

}  // namespace iz
