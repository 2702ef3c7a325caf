#include "core/counts.h"

namespace iz {

std::string grouped(uint64_t count) {
  std::string out = std::to_string(count);
  for (size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, ',');
  return out;
}

}  // namespace iz
