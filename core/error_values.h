// Values that the text of an error quotes, found in the message that was sent: the last resort for an error without a
// location. Internal to the placing of errors.
//
//     SentValues values(sent);
//     values.find(quoted_values("CVX code: 998 is not usable"), {})    // RXA[1]-5[1].1, if 998 stands there
//
// The table of values is made at the first look-up. Texts are read up to 4,000 bytes.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/message.h"
#include "core/path.h"

namespace iz {

/// A value that a text names, and the field it must stand in, if a word before it says so ("CVX code 998": RXA-5).
struct QuotedValue {
  std::string text;
  uint32_t segment = 0, field = 0;
  bool quoted = false;  ///< in quotation marks or brackets, or after such a word; else any word with a digit
};

/// At most 24, the most telling first.
std::vector<QuotedValue> quoted_values(std::string_view text);

class SentValues {
 public:
  explicit SentValues(const Message& sent) : sent_(sent) {}
  /// Where one value stands in the message, at most 8 places; none if it stands at more. With `segment` (and `field`)
  /// only there. MSH-1, MSH-2 and MSH-10 are left out, and fields of more than 2,000 values.
  std::vector<Path> find(const QuotedValue& value, uint32_t segment = 0, uint32_t field = 0);
  /// The same for several: the places of the first value that has any.
  std::vector<Path> find(const std::vector<QuotedValue>& values, uint32_t segment = 0, uint32_t field = 0);

 private:
  void build();

  const Message& sent_;
  struct Spot {
    uint32_t segment, field, begin;  // index of the segment, number of the field, byte
  };
  bool built_ = false;
  std::unordered_map<std::string_view, std::vector<Spot>> spots_;  // value -> where it stands
};

}  // namespace iz
