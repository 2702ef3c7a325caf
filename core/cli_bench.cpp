// `iz bench OP FILE [PASSES] [SECONDS_PER_PASS]`: CPU time of one operation over the messages of a file, as one JSON
// line. The file is read and cut into messages outside the timer; a pass goes once over the same messages.
//
//     {"peer":"iz native","lang":"c++","op":"parse","corpus":"vxu10k.hl7","msgs":10000,"bytes":37705452,
//      "runs":[CPU seconds],"wall":[seconds],"check":int32,"allocations":per message,"rss_mb":24.1}
//
// `check` guards against measuring nothing: for parse and read10 the sum over the first 1,000 messages of the 31-hash of
// ten values, for check the number of findings in the first 1,000 messages.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <new>
#include <nlohmann/json.hpp>

#include "core/cli.h"
#include "core/utf8.h"

namespace {
uint64_t allocations = 0;  // calls of operator new
}

#ifndef __SANITIZE_ADDRESS__
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
#endif

namespace iz::cli {

namespace {

constexpr CheckOptions kOptions{.profile = {}, .as_of = {2026, 1, 1}};
constexpr size_t kCheckMessages = 1000;
constexpr int kDefaultPasses = 7;
constexpr double kDefaultSeconds = 2.5;
#ifdef __EMSCRIPTEN__
constexpr std::string_view kPeer = "iz wasm";
#else
constexpr std::string_view kPeer = "iz native";
#endif

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Cuts before each line that begins with `MSH|`.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  for (size_t at = text.find("MSH|", 1); at != std::string_view::npos; at = text.find("MSH|", at + 1)) {
    if (text[at - 1] != '\r' && text[at - 1] != '\n') continue;
    out.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  out.push_back(text.substr(begin));
  return out;
}

/// Ten values that every reader of such messages needs.
template <class Use>
void read10(const Message& m, Use use) {
  use(m.get("MSH", 10));
  use(m.get("PID", 3, 1));
  use(m.get("PID", 5, 1));
  use(m.get("PID", 5, 2));
  use(m.get("PID", 7));
  use(m.get("PID", 11, 5));
  use(m.get("RXA", 3));
  use(m.get("RXA", 5, 1));
  use(m.get("RXA", 15));
  use(m.get("OBX", 5, 1));
}

/// The 31-hash over UTF-16 units, as other programs compute it from their strings.
int32_t hash10(const Message& message) {
  uint32_t hash = 0;
  read10(message, [&](std::string_view value) {
    for (size_t at = 0; at < value.size();) {
      const Char c = next_char(value, at);
      at += c.size;
      if (c.code > 0xFFFF) {
        hash = hash * 31 + (0xD800 + ((c.code - 0x10000) >> 10));
        hash = hash * 31 + (0xDC00 + ((c.code - 0x10000) & 0x3FF));
      } else {
        hash = hash * 31 + c.code;
      }
    }
  });
  return static_cast<int32_t>(hash);
}

struct Measured {
  size_t messages = 0, bytes = 0;
  std::vector<double> cpu, wall;
  double allocations = 0;  // per message
};

using Messages = std::span<const std::string_view>;

/// Finds how many messages a pass of that many seconds can take, warms up with them, and runs the passes.
Measured measure(Messages messages, int passes, double seconds, const std::function<void(Messages)>& pass) {
  Messages some = messages.first(std::min<size_t>(200, messages.size()));
  pass(some);
  const double begin = cpu_seconds();
  pass(some);
  const double rate = static_cast<double>(some.size()) / std::max(1e-6, cpu_seconds() - begin);
  const double wanted = std::clamp(rate * seconds, 200.0, 1e9);
  some = messages.first(std::min(messages.size(), static_cast<size_t>(wanted)));
  pass(some);

  Measured out;
  out.messages = some.size();
  for (const std::string_view message : some) out.bytes += message.size();
  for (int k = 0; k < passes; ++k) {
    const uint64_t before = allocations;
    const double cpu = cpu_seconds(), wall = wall_seconds();
    pass(some);
    out.cpu.push_back(cpu_seconds() - cpu);
    out.wall.push_back(wall_seconds() - wall);
    out.allocations = static_cast<double>(allocations - before) / static_cast<double>(some.size());
  }
  return out;
}

std::string numbers(const std::vector<double>& values) {
  std::string out;
  for (const double value : values) out += fmt::format("{}{:.6f}", out.empty() ? "" : ",", value);
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && out > 0;
}

}  // namespace

int bench(std::span<char* const> words) {
  Arguments arguments;
  if (!arguments.parse(words, {})) return kCouldNotRun;
  const auto& rest = arguments.rest();
  if (rest.size() < 2 || rest.size() > 4) {
    return fail("bench needs an operation, a file, and at most passes and seconds");
  }
  const std::string_view op = rest[0];
  if (op == "interpret") return fail("this version cannot interpret answers: no bench for it");
  if (op != "parse" && op != "read10" && op != "check" && op != "startup") {
    return fail(fmt::format("unknown operation {}; there are parse, read10, check, startup", op));
  }
  int passes = kDefaultPasses;
  double seconds = kDefaultSeconds;
  if (rest.size() > 2 && !read_number(rest[2], passes)) return fail("the passes are not a number above 0");
  if (rest.size() > 3 && !read_number(rest[3], seconds)) return fail("the seconds are not a number above 0");
  const auto text = read_file(rest[1]);
  if (!text) return kCouldNotRun;
  const std::vector<std::string_view> messages = split(*text);
  const Messages first = Messages(messages).first(std::min(kCheckMessages, messages.size()));

  Message message;
  Report report;
  uint64_t sink = 0;
  uint32_t check = 0;
  Measured measured;
  if (op == "startup") {
    measured = measure(first.first(1), passes, seconds, [&](Messages some) {
      const auto catalogue = Catalogue::load(embedded_files());
      Checker checker(*catalogue);
      message.parse_view(some[0]);
      checker.check(message, kOptions, report);
      sink += report.findings.size();
    });
    check = static_cast<uint32_t>(report.findings.size());
  } else if (op == "check") {
    Checker checker(Catalogue::built_in());
    const auto run = [&](Messages some) {
      for (const std::string_view one : some) {
        message.parse_view(one);
        checker.check(message, kOptions, report);
        sink += report.findings.size();
      }
    };
    run(first);
    check = static_cast<uint32_t>(sink);
    measured = measure(messages, passes, seconds, run);
  } else {
    for (const std::string_view one : first) {
      message.parse_view(one);
      check += static_cast<uint32_t>(hash10(message));
    }
    const bool read = op == "read10";
    measured = measure(messages, passes, seconds, [&](Messages some) {
      for (const std::string_view one : some) {
        message.parse_view(one);
        sink += message.nodes().size();
        if (read) read10(message, [&](std::string_view value) { sink += value.size(); });
      }
    });
  }

  std::string_view corpus = rest[1];
  corpus.remove_prefix(corpus.rfind('/') + 1);
  print(fmt::format(R"({{"peer":"{}","lang":"c++","op":"{}","corpus":{},"msgs":{},"bytes":{},"runs":[{}],"wall":[{}],)"
                    R"("check":{},"allocations":{:.3f},"rss_mb":{:.1f},"sink":{}}})",
                    kPeer, op, nlohmann::json(valid_utf8(corpus)).dump(), measured.messages, measured.bytes,
                    numbers(measured.cpu), numbers(measured.wall), static_cast<int32_t>(check), measured.allocations,
                    rss_mb(), sink & 1));
  print("\n");
  return kClean;
}

}  // namespace iz::cli
