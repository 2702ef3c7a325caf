// Text position to path to node and back, for every position of every sample; with IZ_SHARED also of the messages there.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/path.h"

namespace {

namespace fs = std::filesystem;

/// The first thing that does not hold, or nothing.
std::string check_offset(const iz::Message& message, uint32_t offset) {
  const auto wrong = [&](const std::string& what) { return what + " at " + std::to_string(offset); };
  const iz::Path path = iz::path_at(message, offset);
  const iz::Segment* line = nullptr;
  for (const iz::Segment& s : message.segments()) {
    if (s.begin <= offset) line = &s;
  }
  if (!path.segment) {
    if (line && line->name && offset <= line->end) return wrong("no path inside a segment");
    return {};
  }
  if (!line || line->name != path.segment || line->occurrence != path.occurrence) return wrong("another segment");
  const iz::Location at = iz::locate(message, path);
  if (!at.found) return wrong(iz::to_string(path) + " is not found");
  // A line end belongs to its segment, a delimiter to the value before it.
  if (offset <= line->end && (offset < at.span.begin || offset > at.span.end)) {
    return wrong(iz::to_string(path) + " does not hold the position");
  }
  if (iz::parse_path(iz::to_string(path)) != path) return wrong(iz::to_string(path) + " does not read back");
  if (iz::parse_path(iz::to_erl(path)) != path) return wrong(iz::to_erl(path) + " does not read back");
  return {};
}

/// Each value is found again by the path of its first byte.
std::string check_nodes(const iz::Message& message) {
  for (const iz::Segment& s : message.segments()) {
    if (!s.name) continue;
    for (uint32_t n = 1; n <= s.field_count; ++n) {
      const iz::Element field = message.field(static_cast<uint32_t>(&s - message.segments().data()), n);
      for (uint32_t k = field.first; k < field.last; ++k) {
        const iz::Node& node = message.nodes()[k];
        const iz::Path path = iz::path_at(message, node.begin);
        const iz::Location at = iz::locate(message, path);
        const bool same = at.found && at.element.first == k && at.element.last == k + 1;
        if (!same) return iz::to_string(path) + " is not the value at " + std::to_string(node.begin);
      }
    }
  }
  return {};
}

void check_text(std::string_view text) {
  iz::Message message;
  message.parse_view(text);
  CHECK(message.check_consistency() == "");
  CHECK(check_nodes(message) == "");
  for (uint32_t offset = 0; offset <= text.size(); ++offset) {
    const std::string wrong = check_offset(message, offset);
    if (!wrong.empty()) {
      CHECK(wrong == "");
      return;
    }
  }
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

}  // namespace

TEST_CASE("every position of every sample has a path that leads back", "[position]") {
  size_t files = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(IZ_SOURCE_DIR) / "tests/samples")) {
    if (entry.path().extension() != ".hl7") continue;
    ++files;
    INFO(entry.path().filename().string());
    const std::string text = read(entry.path());
    check_text(text);
    // The same with the other line ends.
    std::string changed;
    for (const char c : text) {
      if (c != '\n') changed += c == '\r' ? std::string("\r\n") : std::string(1, c);
    }
    check_text(changed);
  }
  CHECK(files >= 5);
}

TEST_CASE("odd texts have paths that lead back", "[position]") {
  for (const std::string_view text :
       {"", "\r", "\r\n\r\n", "MSH", "MSH|", "MSH|^~\\&", "MSH|^~\\&|", "garbage\rMSH|^~\\&|a", "PID|1~2^3&4&^~~|&",
        "MSH|^~\\&#|A\r\rpid|||x^y~z\rZZZ|\\T\\^a\rPID|||\r\n", "MSH*+!\\%*a+b%c!d\rPID**e"}) {
    INFO(text);
    check_text(text);
  }
}

TEST_CASE("every position of the shared messages has a path that leads back", "[position][shared]") {
  const char* given = std::getenv("IZ_SHARED");
  const fs::path data = (given ? fs::path(given) : fs::path(IZ_SOURCE_DIR) / "../shared") / "data";
  if (!fs::exists(data)) SKIP("no shared data: set IZ_SHARED");
  size_t messages = 0;
  for (const char* name : {"conformance/natural.jsonl", "conformance/conformant.jsonl", "conformance/mutants.jsonl"}) {
    std::ifstream in(data / name);
    size_t number = 0;
    for (std::string line; std::getline(in, line); ++number) {
      if (std::string_view(name).ends_with("mutants.jsonl") && number % 10 != 0) continue;
      const auto json = nlohmann::json::parse(line);
      INFO(json["id"].get<std::string>());
      check_text(json["er7"].get<std::string>());
      ++messages;
    }
  }
  for (const auto& entry : fs::directory_iterator(data / "explain")) {
    INFO(entry.path().filename().string());
    check_text(nlohmann::json::parse(read(entry.path()))["er7"].get<std::string>());
    ++messages;
  }
  CHECK(messages > 600);
}
