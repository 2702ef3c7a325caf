// How the work for an input grows with its size, as a ratio within one run: no test asks how long something takes.
//
//     INFO(part);
//     CHECK(iz_fuzz::growth([&](size_t size) { look(repeated(part, size)); }, 300'000) < iz_fuzz::kQuadratic);
#pragma once
#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>

namespace iz_fuzz {

/// Four times the input takes 4 times the work when it is linear, 16 times when it is quadratic.
inline constexpr double kQuadratic = 10;

/// CPU time of `run(size)` by that of `run(size / 4)`; the least of two runs each. What is done in a few ticks of the clock
/// counts as those: a ratio of noise says nothing.
template <class Run>
double growth(Run run, size_t size) {
  const auto work = [&](size_t n) {
    std::clock_t least = 0;
    for (int i = 0; i < 2; ++i) {
      const std::clock_t begin = std::clock();
      run(n);
      const std::clock_t took = std::clock() - begin;
      least = i == 0 ? took : std::min(least, took);
    }
    return static_cast<double>(least);
  };
  constexpr double ticks = CLOCKS_PER_SEC / 50.0;
  const double small = std::max(work(size / 4), ticks);
  return work(size) / small;
}

/// A part again and again, up to that size or a little more.
inline std::string repeated(std::string_view part, size_t size) {
  std::string out;
  while (out.size() < size) out += part;
  return out;
}

}  // namespace iz_fuzz
