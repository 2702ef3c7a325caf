// Message in, findings with carets out; tests/golden/README.md says how a case is written. IZ_ACCEPT=1 writes the
// outcomes instead of comparing them.
#include <fmt/format.h>

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/batch.h"
#include "core/extract.h"
#include "core/write.h"

namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name, head, message;  // the message section as it stands
  std::map<std::string, std::string, std::less<>> sections, settings;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Case read_case(const fs::path& path) {
  Case c{.name = path.filename().string(), .head = {}, .message = {}, .sections = {}, .settings = {}};
  std::istringstream in(read(path));
  std::string line, section;
  while (std::getline(in, line)) {
    if (line.starts_with("--- ")) {
      section = line.substr(4);
      c.sections[section];
    } else if (!section.empty()) {
      c.sections[section] += line + '\n';
    } else {
      c.head += line + '\n';
      const size_t colon = line.find(": ");
      if (colon != std::string::npos && line.find(' ') > colon) {
        c.settings[line.substr(0, colon)] = line.substr(colon + 2);
      }
    }
  }
  REQUIRE(c.sections.contains("message"));
  c.message = c.sections["message"];
  for (const auto& [name, text] : c.sections) {
    INFO("unknown section " << name);
    REQUIRE((name == "message" || name == "text" || name == "findings"));
  }
  for (const auto& [name, value] : c.settings) {
    INFO("unknown setting " << name);
    REQUIRE(
        (name == "as-of" || name == "profile" || name == "line-ends" || name == "last-line-end" || name == "bytes"));
  }
  return c;
}

std::string setting(const Case& c, std::string_view name, std::string_view otherwise) {
  const auto it = c.settings.find(name);
  return it == c.settings.end() ? std::string(otherwise) : it->second;
}

/// `<<0B 0D>>` as bytes.
std::string unescape_bytes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t open = text.find("<<", at), close = text.find(">>", open);
    if (open == std::string_view::npos || close == std::string_view::npos) {
      out += text.substr(at);
      break;
    }
    out += text.substr(at, open - at);
    std::istringstream bytes{std::string(text.substr(open + 2, close - open - 2))};
    for (std::string byte; bytes >> byte;) out += static_cast<char>(std::stoi(byte, nullptr, 16));
    at = close + 2;
  }
  return out;
}

std::string input_of(const Case& c) {
  const std::string name = setting(c, "line-ends", "CR");
  const std::string_view end = name == "LF" ? "\n" : name == "CRLF" ? "\r\n" : "\r";
  std::string out;
  std::istringstream in(c.message);
  for (std::string line; std::getline(in, line);) out += line + std::string(end);
  if (setting(c, "last-line-end", "yes") == "no") out.resize(out.size() - end.size());
  return setting(c, "bytes", "") == "escaped" ? unescape_bytes(out) : out;
}

std::string or_dash(const nlohmann::json& value) {
  if (value.is_null()) return "-";
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return text.empty() ? "-" : text;
}

/// The findings of one message, from its JSON.
std::string findings_of(const nlohmann::json& message) {
  std::string out = fmt::format("message {} {} {}\n", message["index"].get<int>(), or_dash(message["control_id"]),
                                or_dash(message["profile"]));
  int index = 0;
  for (const auto& f : message["findings"]) {
    out += fmt::format("{} {} {} {} {} {} {} {} {} {} {}\n", index++, or_dash(f["severity"]), or_dash(f["kind"]),
                       or_dash(f["rule"]), or_dash(f["path"]), or_dash(f["line"]), or_dash(f["begin"]),
                       or_dash(f["end"]), or_dash(f["follows"]), or_dash(f["layer"]), f["message"].dump());
  }
  return out;
}

struct Outcome {
  std::string text, findings;
};

Outcome run(const Case& c) {
  const iz::Catalogue& catalogue = iz::Catalogue::built_in();
  iz::Checker checker(catalogue);
  const auto as_of = iz::parse_date(setting(c, "as-of", "2026-02-18"));
  REQUIRE(as_of);
  const std::string profile = setting(c, "profile", "");
  const std::string input = input_of(c);
  const iz::Extraction extraction = iz::extract(input);
  Outcome out;
  uint32_t index = 0;
  const auto one = [&](std::string_view text, const std::string& forced, std::span<const std::string> notes,
                       std::span<const uint32_t> lines) {
    iz::Message message;
    message.parse_view(text);
    CHECK(message.check_consistency() == "");
    iz::Report report;
    checker.check(message, {.profile = forced, .as_of = *as_of}, report);
    for (iz::Finding& f : report.findings)
      if (f.line <= lines.size()) f.line = lines[f.line - 1];
    const iz::WriteOptions how{.file = c.name, .index = index++, .offsets = iz::Offsets::utf16, .notes = notes};
    if (!out.text.empty()) out.text += '\n';
    out.text += iz::report_text(catalogue, message, report, how);
    out.findings += findings_of(nlohmann::json::parse(iz::report_json(catalogue, message, report, how)));
  };
  for (const iz::Extracted& found : extraction.messages) one(found.text, profile, found.notes, {});
  // The envelope is one more message, of its own profile.
  const iz::BatchOutline outline = iz::batch_outline(input, extraction);
  if (!outline.text.empty()) one(outline.text, {}, {}, outline.lines);
  return out;
}

std::vector<fs::path> case_files() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(fs::path(IZ_SOURCE_DIR) / "tests/golden")) {
    if (entry.path().extension() == ".txt") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

TEST_CASE("golden: message in, findings out", "[golden]") {
  const auto files = case_files();
  REQUIRE(!files.empty());
  const bool accept = std::getenv("IZ_ACCEPT") != nullptr;
  for (const fs::path& path : files) {
    INFO(path.filename().string());
    Case c = read_case(path);
    const Outcome outcome = run(c);
    if (accept) {
      std::ofstream(path, std::ios::binary) << c.head << "--- message\n"
                                            << c.message << "--- text\n"
                                            << outcome.text << "--- findings\n"
                                            << outcome.findings;
      continue;
    }
    CHECK(outcome.text == c.sections["text"]);
    CHECK(outcome.findings == c.sections["findings"]);
  }
}
