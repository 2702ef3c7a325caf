#include "core/sort.h"

#include <catch_amalgamated.hpp>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/counts.h"

namespace {

TEST_CASE("sort_values: in order, equal values as they stood") {
  std::vector<std::pair<int, std::string>> rows = {{2, "a"}, {1, "b"}, {2, "c"}, {1, "d"}, {0, "e"}};
  iz::sort_values(rows, [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string names;
  for (const auto& [number, name] : rows) names += name;
  CHECK(names == "ebdac");
}

TEST_CASE("sort_values: a part of a vector, values that are moved, and nothing") {
  std::vector<int> numbers = {9, 8, 3, 2, 1};
  iz::sort_values(std::span(numbers).subspan(2), std::less<>());
  CHECK(numbers == std::vector<int>{9, 8, 1, 2, 3});
  std::vector<std::unique_ptr<int>> owned;
  for (const int n : {3, 1, 2}) owned.push_back(std::make_unique<int>(n));
  iz::sort_values(owned, [](const auto& a, const auto& b) { return *a < *b; });
  CHECK((*owned[0] == 1 && *owned[1] == 2 && *owned[2] == 3));
  std::vector<int> none;
  iz::sort_values(none, std::less<>());
  CHECK(none.empty());
}

TEST_CASE("decimal: at most three digits after the point, none that say nothing") {
  CHECK(iz::decimal(0) == "0");
  CHECK(iz::decimal(0.5) == "0.5");
  CHECK(iz::decimal(12) == "12");
  CHECK(iz::decimal(-1.25) == "-1.25");
  CHECK(iz::decimal(0.1 + 0.2) == "0.3");
  CHECK(iz::decimal(2.0005) == "2.001");
  CHECK(iz::decimal(0.0004) == "0");
  CHECK(iz::decimal(-0.0004) == "0");
  CHECK(iz::decimal(1.005) == "1.005");
}

}  // namespace
