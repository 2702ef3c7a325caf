#include "core/transport.h"

#include <algorithm>
#include <array>

#include "codesets/json_reader.h"
#include "core/catalogue.h"
#include "core/embedded.h"

namespace iz {

namespace {

constexpr size_t npos = std::string_view::npos;

constexpr std::array<std::string_view, 4> kStrategies = {"NORMAL", "CORRECT_MESSAGE", "CHECK_IIS_STATUS",
                                                         "CONTACT_SUPPORT"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

struct Table {
  std::vector<Trouble> troubles;
  std::array<std::string, 4> advice;
};

/// Reads the file; one with a wrong shape throws, as those of the catalogue do.
Table load() {
  constexpr std::string_view kFile = "core/answers/transport.json";
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.name != kFile) continue;
    try {
      const JsonDocument document(file.text);
      const JsonValue json = document.root();
      Table table;
      for (size_t i = 0; i < kStrategies.size(); ++i) {
        table.advice[i] = json.at("strategies").at(kStrategies[i]).get<std::string>();
      }
      for (const JsonValue entry : json.at("troubles")) {
        Trouble t;
        entry.at("id").get_to(t.id);
        entry.at("title").get_to(t.title);
        entry.at("what").get_to(t.what);
        entry.at("fix").get_to(t.fix);
        const auto strategy =
            std::find(kStrategies.begin(), kStrategies.end(), entry.at("strategy").get<std::string>());
        if (strategy == kStrategies.end()) throw CatalogueError(t.id + ": no such strategy");
        t.strategy = static_cast<RetryStrategy>(strategy - kStrategies.begin());
        const auto who = entry.at("who").get<std::string>();
        bool known = false;
        for (const Who w : {Who::registration, Who::clinic, Who::interface, Who::vendor, Who::codes, Who::iis}) {
          if (to_string(w) != who) continue;
          t.who = w;
          known = true;
        }
        if (!known) throw CatalogueError(t.id + ": nobody is called " + who);
        const auto list = [&](const char* key, auto& to) {
          if (entry.contains(key)) entry.at(key).get_to(to);
        };
        list("faults", t.faults);
        list("codes", t.codes);
        list("summaries", t.summaries);
        list("phrases", t.phrases);
        list("statuses", t.statuses);
        table.troubles.push_back(std::move(t));
      }
      return table;
    } catch (const JsonError& error) {
      throw CatalogueError(std::string(kFile) + ": " + error.what());
    }
  }
  throw CatalogueError(std::string(kFile) + " is missing");
}

const Table& table() {
  static const Table loaded = load();
  return loaded;
}

/// Names of statuses that stand beside their number, or alone with it.
struct StatusName {
  uint32_t status;
  std::string_view name;
};
constexpr StatusName kStatusNames[] = {{400, "bad request"},
                                       {401, "unauthorized"},
                                       {401, "authorization required"},
                                       {403, "forbidden"},
                                       {403, "access denied"},
                                       {404, "not found"},
                                       {404, "file or directory not found"},
                                       {405, "method not allowed"},
                                       {405, "not allowed"},
                                       {407, "proxy authentication required"},
                                       {408, "request timeout"},
                                       {408, "request time-out"},
                                       {410, "gone"},
                                       {411, "length required"},
                                       {413, "payload too large"},
                                       {413, "request entity too large"},
                                       {413, "content too large"},
                                       {415, "unsupported media type"},
                                       {429, "too many requests"},
                                       {500, "internal server error"},
                                       {500, "server error"},
                                       {501, "not implemented"},
                                       {502, "bad gateway"},
                                       {502, "proxy error"},
                                       {503, "service unavailable"},
                                       {503, "service temporarily unavailable"},
                                       {503, "server unavailable"},
                                       {503, "unavailable"},
                                       {504, "gateway timeout"},
                                       {504, "gateway time-out"}};

/// The number of three digits at `at`, 0 if there is none.
uint32_t three_digits(std::string_view text, size_t at) {
  if (at + 3 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) return 0;
  if (at + 3 < text.size() && (is_digit(text[at + 3]) || is_alpha(text[at + 3]))) return 0;
  return static_cast<uint32_t>((text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + text[at + 2] - '0');
}

}  // namespace

std::string_view to_string(RetryStrategy strategy) { return kStrategies[static_cast<size_t>(strategy)]; }
std::string_view advice(RetryStrategy strategy) { return table().advice[static_cast<size_t>(strategy)]; }

const std::vector<Trouble>& troubles() { return table().troubles; }

const Trouble* find_trouble(std::string_view id) {
  for (const Trouble& t : troubles())
    if (t.id == id) return &t;
  return nullptr;
}

const Trouble* trouble_of_status(uint32_t status) {
  if (status < 400) return nullptr;
  for (const Trouble& t : troubles()) {
    if (t.id.starts_with("http_") && std::find(t.statuses.begin(), t.statuses.end(), status) != t.statuses.end()) {
      return &t;
    }
  }
  return find_trouble("http_other");
}

const Trouble* trouble_of_text(std::string_view text, std::string_view fault) {
  const std::string words = lower(text.substr(0, 4096));
  for (const Trouble& t : troubles()) {
    if (!fault.empty() && std::find(t.faults.begin(), t.faults.end(), fault) == t.faults.end()) continue;
    for (const std::string& phrase : t.phrases)
      if (words.find(phrase) != npos) return &t;
  }
  return nullptr;
}

uint32_t status_in_headers(std::string_view input) {
  uint32_t found = 0;
  const std::string_view head = input.substr(0, 65536);
  for (size_t at = head.find("HTTP/"); at != npos; at = head.find("HTTP/", at + 5)) {
    // At the begin of a line, behind the mark of a tool that shows headers at most.
    size_t begin = at;
    while (begin > 0 && (head[begin - 1] == ' ' || head[begin - 1] == '<' || head[begin - 1] == '\t')) --begin;
    if (begin > 0 && head[begin - 1] != '\n' && head[begin - 1] != '\r') continue;
    size_t number = at + 5;
    while (number < head.size() && (is_digit(head[number]) || head[number] == '.')) ++number;
    if (number == at + 5 || number >= head.size() || head[number] != ' ') continue;
    const uint32_t status = three_digits(head, number + 1);
    if (status >= 200 && status < 600) found = status;
  }
  return found;
}

uint32_t status_in_words(std::string_view text) {
  const std::string words = lower(text.substr(0, 4096));
  for (size_t at = 0; at + 3 <= words.size(); ++at) {
    if (!is_digit(words[at]) || (at > 0 && (is_digit(words[at - 1]) || words[at - 1] == '.'))) continue;
    const uint32_t status = three_digits(words, at);
    if (status < 400 || status > 599) continue;
    // "http error 503", "status code: 401", "(503) server unavailable", "404 not found"
    const std::string_view before =
        std::string_view(words).substr(at - std::min<size_t>(at, 16), std::min<size_t>(at, 16));
    if (before.find("http") != npos || before.find("status code") != npos || before.find("status:") != npos ||
        before.find("status\":") != npos)
      return status;
    const size_t name = words.find_first_not_of(" )-:|.\t\r\n", at + 3);
    if (name == npos) continue;
    for (const StatusName& known : kStatusNames) {
      if (known.status == status && words.compare(name, known.name.size(), known.name) == 0) return status;
    }
  }
  return 0;
}

}  // namespace iz
