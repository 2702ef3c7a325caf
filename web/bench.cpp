// The benchmark's side of the module: tests/bench/bench.mjs keeps the time, core/bench.h does the work.
#include <emscripten/emscripten.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>

#include "core/bench.h"

namespace {

uint32_t allocations = 0;  // calls of operator new

std::unique_ptr<iz::Bench>& bench() {
  static std::unique_ptr<iz::Bench> instance;
  return instance;
}

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size ? size : 1)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

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

/// All tables of codes made once; tests/bench/start.mjs asks for it before anything else has run.
EMSCRIPTEN_KEEPALIVE size_t iz_bench_tables() { return iz::Bench::make_tables(); }

/// Calls of operator new since the start, as a 32-bit number that wraps.
EMSCRIPTEN_KEEPALIVE uint32_t iz_bench_allocations() { return allocations; }

}  // extern "C"
