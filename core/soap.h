// SOAP of the CDC transport: what an envelope is, writing one, and what is wrong with one.
//
//     std::string request = soap_wrap(message, {.facility_id = "CLINIC1"});
//     const SoapEnvelope e = read_envelope(Markup(bytes));   // version, WSDL, operation, its values
//
// Three service descriptions are known: CDC 2011 (urn:cdc:iisb:2011), CDC 2014 (urn:cdc:iisb:2014) and the hub of the
// IZ Gateway (urn:cdc:iisb:hub:2014). What is read may be broken in any way; nothing is fetched, no DTD is processed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/markup.h"
#include "core/rule.h"

namespace iz {

enum class SoapVersion : uint8_t { unknown, v1_1, v1_2 };
std::string_view to_string(SoapVersion);  ///< "1.1", "1.2", ""

/// Which service description the operation's names and namespace are those of.
enum class SoapService : uint8_t { unknown, cdc2011, cdc2014, hub2014 };
std::string_view to_string(SoapService);  ///< "2011", "2014", "hub", ""

enum class SoapContent : uint8_t {
  none,   ///< no envelope
  empty,  ///< an envelope with nothing in its body
  other,  ///< an envelope with something that is not of these services
  submit_request,
  submit_response,
  connectivity_request,
  connectivity_response,
  fault
};
std::string_view to_string(SoapContent);  ///< "submit_request", ... "none"

/// An envelope, or a body or fault that lost it. Values are decoded (references undone, CDATA opened) and cut at 64 KB.
struct SoapEnvelope {
  SoapContent content = SoapContent::none;
  SoapVersion version = SoapVersion::unknown;
  SoapService service = SoapService::unknown;
  std::string operation;              ///< the element's name as written, without prefix: "submitSingleMessageResponse"
  std::string name_space;             ///< the operation's namespace as written
  std::string username, facility_id;  ///< of a request; the password is never read
  bool has_password = false;
  std::string echo;                                                 ///< of a connectivity test, either way
  std::string destination;                                          ///< DestinationId of the hub
  Span span;                                                        ///< of the markup's input
  Span payload;                                                     ///< what stands in hl7Message or return, as written
  uint32_t element = Markup::none, payload_element = Markup::none;  ///< in the markup: the operation, the payload
};
SoapEnvelope read_envelope(const Markup& markup);

/// Values of a request; empty ones are written as placeholders in capitals that somebody has to replace.
struct SoapCredentials {
  std::string_view username, password, facility_id;
};
/// A `submitSingleMessage` request of the CDC 2011 WSDL in SOAP 1.2, UTF-8. Every line end of the message becomes
/// `&#xD;`, because a parser of XML turns a plain carriage return into a line feed.
std::string soap_wrap(std::string_view message, const SoapCredentials& credentials = {});
/// A `connectivityTest` request.
std::string soap_connectivity_test(std::string_view echo);

/// One thing that is wrong with an envelope. The words stand in core/answers/envelope.json.
struct EnvelopeProblem {
  std::string id;  ///< "line_ends_lost"
  std::string title, what, fix;
  Who who = Who::interface;
  Span span;  ///< of the input; empty when it is about the whole
};

}  // namespace iz
