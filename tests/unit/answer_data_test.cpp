// Answers that others published, where they are (IZ_SHARED): each is what it is.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/answer.h"

using namespace iz;
namespace fs = std::filesystem;

namespace {

fs::path shared() {
  const char* given = std::getenv("IZ_SHARED");
  return given ? fs::path(given) : fs::path(IZ_SOURCE_DIR) / "../shared";
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Expected {
  const char* file;
  AnswerForm form;
  SoapContent content;
  const char* trouble;  ///< null: none
  size_t messages = 0;
};
using F = AnswerForm;
using C = SoapContent;

const Expected kGateway[] = {
    {"TC_18_TEXT.html", F::html, C::none, "html_page"},
    {"TC_18A_TEXT.html", F::html, C::none, "html_page"},
    {"TC_18B_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19A_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19B_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19C_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19D_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19E_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_19F_TEXT.xml", F::soap_response, C::empty, "empty_answer"},
    {"TC_22B_TEXT.xml", F::soap_fault, C::fault, "attack_pattern"},
    {"TC_22D_TEXT.xml", F::soap_fault, C::fault, "attack_pattern"},
    {"TC_22F_TEXT.xml", F::soap_fault, C::fault, "attack_pattern"},
    {"TC_22S_TEXT.html", F::html, C::none, "html_page"},
    {"TC_23D_TEXT.xml", F::soap_fault, C::fault, "security"},
    {"TC_23E_TEXT.xml", F::soap_fault, C::fault, "security"},
    {"TC_23F_TEXT.xml", F::soap_fault, C::fault, "security"},
    {"TC_23G_TEXT.xml", F::soap_fault, C::fault, "security"},
    {"TC_24D_TEXT.xml", F::soap_fault, C::fault, "message_too_large"},
    {"TC_24F_TEXT.xml", F::soap_fault, C::fault, "message_too_large"},
    {"TC_24G_TEXT.xml", F::soap_fault, C::fault, "security"},
    {"TC_25_TEXT.xml", F::soap_fault, C::fault, "security", 1},
};

const Expected kNist[] = {
    {"receiver_SOAPENV_1_ConnectivityMessage_Response_Message.xml", F::soap_response, C::connectivity_response,
     nullptr},
    {"receiver_SOAPENV_2_SubmitSingleMessage_Response_Message.xml", F::soap_response, C::submit_response, nullptr, 1},
    {"receiver_SOAPENV_3_MessageTooLarge_Fault_Message.xml", F::soap_fault, C::fault, "several_messages"},
    {"receiver_SOAPENV_4_Security_Fault_Message.xml", F::soap_fault, C::fault, "security"},
    {"receiver_SOAPENV_5_UnsupportedOperation_Fault_Message.xml", F::soap_fault, C::fault, "unsupported_operation"},
    {"receiver_SOAPENV_6_Unknown_Fault_Message.xml", F::soap_fault, C::fault, "unknown_fault"},
    {"sender_SOAPENV_1_ConnectivityMessage_Request_Message.xml", F::soap_request, C::connectivity_request, nullptr},
    {"sender_SOAPENV_2_SubmitSingleMessage_Request_Message.xml", F::soap_request, C::submit_request, nullptr, 1},
};

void check(const fs::path& folder, const Expected& e) {
  INFO(e.file);
  REQUIRE(fs::exists(folder / e.file));
  const Answer a = read_answer(read(folder / e.file));
  CHECK(to_string(a.form) == to_string(e.form));
  CHECK(to_string(a.soap.content) == to_string(e.content));
  CHECK((a.trouble ? a.trouble->id : "none") == (e.trouble ? e.trouble : "none"));
  CHECK(a.messages.size() == e.messages);
}

/// A text without its line ends.
std::string flat(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
  return text;
}

}  // namespace

TEST_CASE("published pages, envelopes and faults", "[answer][data]") {
  const fs::path gateway = shared() / "data/acks/izgateway-mock", nist = shared() / "data/transport/soap/nist";
  if (!fs::exists(gateway) || !fs::exists(nist)) SKIP("data/acks and data/transport of IZ_SHARED are not here");
  for (const Expected& e : kGateway) check(gateway, e);
  for (const Expected& e : kNist) check(nist, e);
  size_t others = 0;  // every file that is no HL7 is in the table
  for (const auto& entry : fs::directory_iterator(gateway)) {
    const auto extension = entry.path().extension();
    others += extension == ".xml" || extension == ".html";
  }
  CHECK(others == std::size(kGateway));
  // The envelopes of NIST are right.
  for (const Expected& e : kNist) {
    const std::string input = read(nist / e.file);
    INFO(e.file);
    CHECK(envelope_problems(input, read_answer(input)).empty());
  }
}

TEST_CASE("published acknowledgments and responses are taken as they are", "[answer][data]") {
  const fs::path folder = shared() / "data/acks";
  if (!fs::exists(folder)) SKIP("data/acks of IZ_SHARED is not here");
  size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".hl7") continue;
    INFO(entry.path());
    const std::string input = read(entry.path());
    const Answer a = read_answer(input);
    CHECK(a.form == AnswerForm::hl7);
    CHECK(a.trouble == nullptr);
    std::string text;
    for (const Extracted& m : a.messages) text += m.text;
    for (const Envelope& line : a.batch) text += line.text;
    CHECK(flat(text).size() == flat(input).size());
    ++count;
  }
  CHECK(count >= 150);
}

TEST_CASE("a worked case in an envelope", "[answer][data]") {
  const fs::path file = shared() / "data/acks/tricky/cases.json";
  if (!fs::exists(file)) SKIP("data/acks/tricky of IZ_SHARED is not here");
  size_t envelopes = 0;
  for (const auto& c : nlohmann::json::parse(read(file)).at("cases").get<std::vector<nlohmann::json>>()) {
    const auto response = c.at("response").get<std::string>();
    INFO(c.at("id"));
    const Answer a = read_answer(response, InputKind::text);
    if (response.find("MSH|") != std::string::npos) CHECK_FALSE(a.messages.empty());
    if (response.find("Envelope") == std::string::npos) continue;
    ++envelopes;
    CHECK(a.form == (a.fault ? AnswerForm::soap_fault : AnswerForm::soap_response));
  }
  CHECK(envelopes >= 1);
}
