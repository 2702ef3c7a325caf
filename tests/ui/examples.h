// The gallery's examples on the day of a `Desk`, by their place in it: 0 has two errors, 1 none, 2 history and a refusal,
// 3 is the answer to the first.
#pragma once
#include <string_view>
#include <vector>

#include "core/templates.h"

namespace iz::test {

struct ExampleMessage {
  std::string_view name, text;
};

inline const std::vector<ExampleMessage>& example_messages() {
  static const std::vector<GalleryExample> read = gallery({2026, 2, 18});
  static const std::vector<ExampleMessage> all = [] {
    std::vector<ExampleMessage> out;
    for (const GalleryExample& e : read) out.push_back({e.title, e.text});
    return out;
  }();
  return all;
}

}  // namespace iz::test
