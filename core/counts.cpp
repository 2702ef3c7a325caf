#include "core/counts.h"

#include <fmt/format.h>

#include <cmath>

namespace iz {

std::string grouped(uint64_t count) {
  std::string out = std::to_string(count);
  for (size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, ',');
  return out;
}

std::string counted(uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(count), count == 1 ? one : many);
}

std::string decimal(double number) {
  const auto thousandths = static_cast<uint64_t>(std::llround(std::fabs(number) * 1000));
  std::string out = fmt::format("{}{}", number < 0 && thousandths ? "-" : "", thousandths / 1000);
  if (thousandths % 1000) {
    out += fmt::format(".{:03}", thousandths % 1000);
    out.erase(out.find_last_not_of('0') + 1);
  }
  return out;
}

}  // namespace iz
