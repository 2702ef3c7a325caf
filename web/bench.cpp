// The benchmark's side of the module: tests/bench/bench.mjs keeps the time, core/bench.h does the work.
#include <emscripten/emscripten.h>

#include <memory>
#include <string_view>

#include "core/bench.h"

namespace {

std::unique_ptr<iz::Bench>& bench() {
  static std::unique_ptr<iz::Bench> instance;
  return instance;
}

}  // namespace

extern "C" {

/// Prepares an operation over a text that stays in place; 0 when there is no such operation.
EMSCRIPTEN_KEEPALIVE int iz_bench_open(const char* operation, const char* text, size_t size) {
  if (!iz::Bench::knows(operation)) return 0;
  bench() = std::make_unique<iz::Bench>(operation, std::string_view(text, size));
  return 1;
}
EMSCRIPTEN_KEEPALIVE size_t iz_bench_messages() { return bench()->messages(); }
EMSCRIPTEN_KEEPALIVE size_t iz_bench_bytes(size_t count) { return bench()->bytes(count); }
EMSCRIPTEN_KEEPALIVE int iz_bench_check() { return bench()->check_value(); }
EMSCRIPTEN_KEEPALIVE void iz_bench_pass(size_t count) { bench()->pass(count); }

}  // extern "C"
