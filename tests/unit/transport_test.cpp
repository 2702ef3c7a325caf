#include "core/transport.h"

#include <catch_amalgamated.hpp>
#include <set>

#include "core/fault.h"

using namespace iz;

TEST_CASE("every entry is complete and can be found", "[transport]") {
  std::set<std::string> ids;
  for (const Trouble& t : troubles()) {
    INFO(t.id);
    CHECK(ids.insert(t.id).second);
    CHECK(find_trouble(t.id) == &t);
    CHECK(t.title.size() <= 60);
    CHECK_FALSE(t.title.ends_with('.'));
    CHECK(t.what.ends_with('.'));
    CHECK(t.fix.ends_with('.'));
    for (const auto* list : {&t.phrases, &t.summaries}) {
      for (const std::string& phrase : *list) {
        CHECK(std::none_of(phrase.begin(), phrase.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
      }
    }
    for (const std::string& kind : t.faults) {
      bool known = false;
      for (int k = 0; k <= static_cast<int>(FaultKind::unknown); ++k)
        known |= to_string(static_cast<FaultKind>(k)) == kind;
      CHECK(known);
    }
  }
  for (const RetryStrategy s : {RetryStrategy::normal, RetryStrategy::correct_message, RetryStrategy::check_iis_status,
                                RetryStrategy::contact_support}) {
    CHECK(advice(s).ends_with('.'));
  }
}

TEST_CASE("a status of HTTP has the strategy of the IZ Gateway", "[transport]") {
  const auto strategy = [](uint32_t status) { return trouble_of_status(status)->strategy; };
  CHECK(trouble_of_status(200) == nullptr);
  CHECK(strategy(400) == RetryStrategy::check_iis_status);
  CHECK(strategy(401) == RetryStrategy::correct_message);
  CHECK(strategy(403) == RetryStrategy::correct_message);
  CHECK(strategy(404) == RetryStrategy::check_iis_status);
  CHECK(strategy(408) == RetryStrategy::normal);
  CHECK(strategy(500) == RetryStrategy::check_iis_status);
  CHECK(strategy(502) == RetryStrategy::check_iis_status);
  CHECK(strategy(503) == RetryStrategy::check_iis_status);
  CHECK(strategy(504) == RetryStrategy::check_iis_status);
  CHECK(strategy(418) == RetryStrategy::contact_support);
}

TEST_CASE("statuses in headers and in words", "[transport]") {
  CHECK(status_in_headers("HTTP/1.1 503 Service Unavailable\r\n\r\n") == 503);
  CHECK(status_in_headers("< HTTP/2 401 \r\n") == 401);
  CHECK(status_in_headers("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n") == 200);
  CHECK(status_in_headers("POST /x HTTP/1.1\r\nHost: y\r\n") == 0);
  CHECK(status_in_headers("see HTTP/1.1 503") == 0);
  CHECK(status_in_words("HTTP Status 500 - Internal error") == 500);
  CHECK(status_in_words("The remote server returned an error: (503) Server Unavailable.") == 503);
  CHECK(status_in_words("Request failed with status code 502") == 502);
  CHECK(status_in_words("The request failed with HTTP status 401: Unauthorized.") == 401);
  CHECK(status_in_words("404 Not Found") == 404);
  CHECK(status_in_words("{\"status\":503,\"error\":\"x\"}") == 503);
  CHECK(status_in_words("503 | Service Temporarily Unavailable") == 503);
  CHECK(status_in_words("450 doses were received") == 0);
  CHECK(status_in_words("Error 500: PID-3 is missing") == 0);
  CHECK(status_in_words("version 4.404 not found") == 0);
}

TEST_CASE("errors of programs that could not connect", "[transport]") {
  const auto id = [](std::string_view text) {
    const Trouble* t = trouble_of_text(text);
    return t ? t->id : "none";
  };
  CHECK(id("java.net.SocketTimeoutException: Read timed out") == "read_timeout");
  CHECK(id("java.net.SocketTimeoutException: connect timed out") == "connect_timeout");
  CHECK(id("curl: (28) Connection timed out after 30001 milliseconds") == "connect_timeout");
  CHECK(id("java.net.ConnectException: Connection refused (Connection refused)") == "connection_rejected");
  CHECK(id("curl: (6) Could not resolve host: registry.example") == "dns");
  CHECK(id("java.net.UnknownHostException: registry.example") == "dns");
  CHECK(id("System.Net.WebException: The underlying connection was closed") == "connection_broken");
  CHECK(id("PKIX path building failed") == "certificate");
  CHECK(id("javax.net.ssl.SSLHandshakeException: Received fatal alert") == "tls");
  CHECK(id("The registry is down for maintenance until 6 am") == "maintenance");
  CHECK(id("Thank you") == "none");
}
