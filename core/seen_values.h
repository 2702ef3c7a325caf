// Values in which a check found nothing, so that what recurs from message to message is checked once.
//
// The messages of one sender repeat most of their values: of the fields of a batch four in five stood in it before. A
// value is remembered with what it was checked as, whole, and compared byte by byte: nothing is taken for clean because
// it resembles what was. Only values of which nothing else in the message decides may be remembered
// (`DataTypeDef::self_contained`). Internal to check.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "codesets/text_key.h"

namespace iz {

class SeenValues {
 public:
  /// What a value is checked as: an element, and a data type where that is named elsewhere (OBX-5).
  struct As {
    const void* element = nullptr;
    const void* type = nullptr;
    bool operator==(const As&) const = default;
  };

  SeenValues() : slots_(size_t{1} << kBits) {}
  /// Whether this value was remembered as that.
  bool holds(const As& as, std::string_view value) {
    const TextKey key(value);
    Slot& slot = slot_of(as, key);
    if (slot.as != as || slot.key != key) return false;
    if (!key.exact() && !slot.has_inner(value)) return false;
    slot.wanted = true;
    return true;
  }
  /// Remembers a value in the place of another, unless that was wanted since the last attempt.
  void add(const As& as, std::string_view value) {
    if (value.size() <= kMostBytes) remember(as, value);
  }

 private:
  static constexpr uint32_t kBits = 12;  // 4,096 slots of 128 bytes
  static constexpr size_t kEnd = 8;      // bytes at either end of a longer value that are in its key
  static constexpr size_t kMostBytes = 2 * kEnd + 87;
  struct alignas(64) Slot {
    As as;
    TextKey key;
    bool wanted = false;
    char inner[kMostBytes - 2 * kEnd];
    bool has_inner(std::string_view value) const {
      return std::memcmp(inner, value.data() + kEnd, value.size() - 2 * kEnd) == 0;
    }
  };

  // Rare, and with a limit in sight the copy would become a slow one in place.
  [[gnu::noinline]] void remember(const As& as, std::string_view value) {
    const TextKey key(value);
    Slot& slot = slot_of(as, key);
    if (slot.wanted) {
      slot.wanted = false;
      return;
    }
    slot.as = as;
    slot.key = key;
    if (!key.exact()) std::memcpy(slot.inner, value.data() + kEnd, value.size() - 2 * kEnd);
  }
  Slot& slot_of(const As& as, const TextKey& key) {
    const auto place = (reinterpret_cast<uintptr_t>(as.element) ^ reinterpret_cast<uintptr_t>(as.type) << 1) >> 3;
    const uint64_t mixed = (place ^ key.hash()) * 0x9E3779B97F4A7C15ull;
    return slots_[mixed >> (64 - kBits)];
  }

  std::vector<Slot> slots_;
};

}  // namespace iz
