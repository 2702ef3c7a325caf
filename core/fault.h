// Faults of SOAP 1.1 and 1.2 as the CDC WSDLs and the IZ Gateway send them, and as others do.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/markup.h"
#include "core/transport.h"

namespace iz {

enum class FaultKind : uint8_t {
  security,               ///< SecurityFault: user, password, facility
  message_too_large,      ///< MessageTooLargeFault: also several messages in one call
  unsupported_operation,  ///< UnsupportedOperationFault
  unknown_destination,    ///< UnknownDestinationFault of the hub
  connection,             ///< DestinationConnectionFault of the hub: the registry could not be reached
  hub_client,             ///< HubClientFault: the registry refused, or its reply could not be used
  unknown                 ///< `fault`, or none of these
};
std::string_view to_string(FaultKind);  ///< "message_too_large"

/// A fault. Texts are decoded and cut at 64 KB; they may quote the message that was sent.
struct Fault {
  FaultKind kind = FaultKind::unknown;
  std::string element;    ///< name of the element in the detail as written, without prefix: "SecurityFault"
  std::string soap_code;  ///< "Sender", "Receiver" (1.2), "Client", "Server" (1.1), without prefix
  std::string reason;     ///< the Text of the Reason (1.2), faultstring (1.1)
  std::string code;       ///< Code in the detail
  std::string detail;     ///< Detail in the detail, or its text
  std::string summary;    ///< Summary of the IZ Gateway
  std::string retry;      ///< Retry of the IZ Gateway: "CORRECT_MESSAGE"
  Span span;              ///< of the input
};

/// Reads the fault whose element has that index.
Fault read_fault(const Markup& markup, uint32_t element);
/// What went wrong; never null.
const Trouble* trouble_of_fault(const Fault& fault);
/// What to do: what the fault says itself (Retry), else what is usual.
RetryStrategy strategy_of_fault(const Fault& fault);

}  // namespace iz
