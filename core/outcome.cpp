#include "core/outcome.h"

namespace iz {

std::string_view to_string(Happened h) {
  static constexpr std::string_view names[] = {"accepted",
                                               "accepted_with_info",
                                               "accepted_with_warnings",
                                               "accepted_with_loss",
                                               "accepted_pending",
                                               "partial",
                                               "rejected_data",
                                               "rejected_technical",
                                               "auth_failure",
                                               "system_failure",
                                               "wrong_message",
                                               "not_an_ack",
                                               "undetermined",
                                               "match",
                                               "candidates",
                                               "not_found",
                                               "too_many",
                                               "protected",
                                               "query_error",
                                               "query_rejected"};
  static_assert(std::size(names) == static_cast<size_t>(Happened::count));
  return names[static_cast<size_t>(h)];
}

std::string_view to_string(Stored s) {
  static constexpr std::string_view names[] = {"yes", "no", "partly", "not_yet", "unknown", "n/a"};
  return names[static_cast<size_t>(s)];
}

std::string_view to_string(Resend r) {
  static constexpr std::string_view names[] = {"no", "after_fix", "optional_after_fix", "same_later", "unknown", "n/a"};
  return names[static_cast<size_t>(r)];
}

std::string_view to_string(Confidence c) {
  static constexpr std::string_view names[] = {"certain", "likely", "guess"};
  return names[static_cast<size_t>(c)];
}

std::string_view to_string(Placed p) {
  static constexpr std::string_view names[] = {"exact", "repaired", "guessed", "ambiguous", "absent"};
  return names[static_cast<size_t>(p)];
}

std::string_view to_string(ErrSeverity s) {
  static constexpr std::string_view names[] = {"", "I", "W", "E"};
  return names[static_cast<size_t>(s)];
}

}  // namespace iz
