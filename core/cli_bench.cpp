// `iz bench OP FILE [PASSES] [SECONDS_PER_PASS]`: CPU time of one operation over the messages of a file, as one JSON
// line. The file is read and cut into messages outside the timer; a pass goes once over the same messages.
//
//     {"peer":"iz native","lang":"c++","op":"parse","corpus":"vxu10k.hl7","msgs":10000,"bytes":37705452,
//      "runs":[CPU seconds],"wall":[seconds],"check":int32,"allocations":per message,"rss_mb":24.1}
//
// core/bench.h says what the operations are and what `check` is.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <new>
#include <nlohmann/json.hpp>

#include "core/bench.h"
#include "core/cli_tables.h"
#include "core/counts.h"
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

constexpr int kDefaultPasses = 7;
constexpr double kDefaultSeconds = 2.5;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Measured {
  size_t messages = 0, bytes = 0;
  std::vector<double> cpu, wall;
  double allocations = 0;  // per message
};

/// Finds how many messages a pass of that many seconds can take, warms up with them, and runs the passes.
Measured measure(Bench& bench, int passes, double seconds) {
  const size_t few = std::min<size_t>(200, bench.messages());
  bench.pass(few);
  const double begin = cpu_seconds();
  bench.pass(few);
  const double rate = static_cast<double>(few) / std::max(1e-6, cpu_seconds() - begin);
  const double wanted = std::clamp(rate * seconds, 200.0, 1e9);
  const size_t count = std::min(bench.messages(), static_cast<size_t>(wanted));
  bench.pass(count);

  Measured out;
  out.messages = count;
  out.bytes = bench.bytes(count);
  for (int k = 0; k < passes; ++k) {
    const uint64_t before = allocations;
    const double cpu = cpu_seconds(), wall = wall_seconds();
    bench.pass(count);
    out.cpu.push_back(cpu_seconds() - cpu);
    out.wall.push_back(wall_seconds() - wall);
    out.allocations = static_cast<double>(allocations - before) / static_cast<double>(count);
  }
  return out;
}

std::string numbers(const std::vector<double>& values) {
  std::string out;
  for (const double value : values) out += (out.empty() ? "" : ",") + std::to_string(value);
  return out;
}

template <class Number>
bool read_number(std::string_view text, Number& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && out > 0;
}

}  // namespace

int bench(std::span<char* const> words) {
  constexpr std::array<std::string_view, 1> known{"--local"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto& rest = arguments.rest();
  if (rest.size() < 2 || rest.size() > 4) {
    return fail("bench needs an operation, a file, and at most passes and seconds");
  }
  const std::string_view op = rest[0];
  if (!Bench::knows(op)) {
    return fail(fmt::format(
        "unknown operation {}; there are parse, read10, check, startup, interpret, tables, lookup, search", op));
  }
  int passes = kDefaultPasses;
  double seconds = kDefaultSeconds;
  if (rest.size() > 2 && !read_number(rest[2], passes)) return fail("the passes are not a number above 0");
  if (rest.size() > 3 && !read_number(rest[3], seconds)) return fail("the seconds are not a number above 0");
  const auto text = read_file(rest[1]);
  if (!text) return kCouldNotRun;
  const Catalogue* catalogue = catalogue_for(arguments);
  if (!catalogue) return kCouldNotRun;
  Bench bench(op, *text, *catalogue);
  if (text->find("MSH") == std::string::npos) return fail(fmt::format("{} holds no message", rest[1]));
  const int32_t check = bench.check_value();
  const Measured measured = measure(bench, passes, seconds);

  std::string_view corpus = rest[1];
  corpus.remove_prefix(corpus.rfind('/') + 1);
  print(fmt::format(
      R"({{"peer":"iz native","lang":"c++","op":"{}","corpus":{},"msgs":{},"bytes":{},"runs":[{}],"wall":[{}],)"
      R"("check":{},"allocations":{},"rss_mb":{},"sink":{}}})",
      op, nlohmann::json(valid_utf8(corpus)).dump(), measured.messages, measured.bytes, numbers(measured.cpu),
      numbers(measured.wall), check, decimal(measured.allocations), decimal(rss_mb()), bench.sink() & 1));
  print("\n");
  return kClean;
}

}  // namespace iz::cli
