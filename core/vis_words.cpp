#include "core/vis_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace iz {
namespace {

constexpr std::array<std::string_view, 4> kCodes{"69764-9", "30956-7", "29768-9", "29769-7"};
constexpr size_t kBarCode = 0, kVaccine = 1, kEdition = 2, kGiven = 3;

using Counts = std::array<uint32_t, kCodes.size()>;  // how often each code stands in a set

bool is_complete(const Counts& n) { return n == Counts{1, 0, 0, 1} || n == Counts{0, 1, 1, 1}; }

std::string listed(const Counts& n, bool (*accept)(uint32_t)) {
  std::string out;
  for (size_t i = 0; i < kCodes.size(); ++i)
    if (accept(n[i])) out += fmt::format("{}{}", out.empty() ? "" : " and ", kCodes[i]);
  return out;
}

std::string fault_of(const Counts& n) {
  if (std::any_of(n.begin(), n.end(), [](uint32_t k) { return k > 1; }))
    return listed(n, [](uint32_t k) { return k > 1; }) + " stands more than once";
  const std::string there = listed(n, [](uint32_t k) { return k > 0; });
  const bool by_type = n[kVaccine] || n[kEdition];
  if (n[kBarCode] && by_type) return there + " do not go together";
  if (n[kBarCode]) return fmt::format("{} is missing beside {}", kCodes[kGiven], there);
  if (!by_type)
    return fmt::format("{} stands alone; {}, or {} and {}, is missing beside it", there, kCodes[kBarCode],
                       kCodes[kVaccine], kCodes[kEdition]);
  const Counts missing{1, n[kVaccine], n[kEdition], n[kGiven]};
  const std::string absent = listed(missing, [](uint32_t k) { return k == 0; });
  return fmt::format("{} {} missing beside {}", absent, absent.find(' ') == std::string::npos ? "is" : "are", there);
}

}  // namespace

std::string vis_words(const Message& message, std::span<const uint32_t> segments) {
  std::map<std::string_view, Counts> sets;  // by OBX-4
  for (const uint32_t s : segments) {
    if (message.segments()[s].name != segment_code("OBX")) continue;
    const std::string_view code = message.value(message.component(message.repetition(s, 3, 1), 1));
    const auto at = std::find(kCodes.begin(), kCodes.end(), code);
    if (at == kCodes.end()) continue;
    ++sets[message.value(message.repetition(s, 4, 1))][static_cast<size_t>(at - kCodes.begin())];
  }
  for (const auto& [set, counts] : sets) {
    if (is_complete(counts)) continue;
    const bool few = set.size() <= 20 && std::none_of(set.begin(), set.end(), [](unsigned char c) { return c < ' '; });
    const std::string where = set.empty() ? "OBX-4 empty" : few ? fmt::format("OBX-4 “{}”", set) : "one OBX-4";
    return fmt::format("{} ({})", fault_of(counts), where);
  }
  return "none is sent";
}

}  // namespace iz
