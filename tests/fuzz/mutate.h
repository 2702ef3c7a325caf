// Inputs for the fuzz test: random bytes, random HL7, and changed messages. The same seed gives the same bytes everywhere.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace iz_fuzz {

/// splitmix64: small, and the same on every machine.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  /// 0 to `limit` - 1; 0 when `limit` is 0.
  size_t below(size_t limit) { return limit ? next() % limit : 0; }
  bool one_in(size_t n) { return below(n) == 0; }

 private:
  uint64_t state_;
};

/// The input of one number, made from the seeds: every fourth from nothing, the others by changing a seed or a part of it.
std::string make_input(uint64_t number, const std::vector<std::string>& seeds);

}  // namespace iz_fuzz
