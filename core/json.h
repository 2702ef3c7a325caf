// JSON written by hand, value by value: thousands of messages cost little and keys keep their order.
//
//     std::string out;
//     { JsonObject o(out); o.text("rule", id); json_list(o.key("errors"), errors, [&](const auto& e) { ... }); }
//
// Output is valid UTF-8 whatever goes in: bytes that are no UTF-8 come out as U+FFFD.
#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "core/message.h"
#include "core/utf8.h"

namespace iz {

/// What `begin` and `end` count: bytes of the message's text, or UTF-16 units as JavaScript does.
enum class Offsets : uint8_t { bytes, utf16 };

/// A JSON string, for any bytes.
void json_quote(std::string& out, std::string_view text);

/// Writes one object; keys in the order of the calls.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;
  ~JsonObject() { out_ += '}'; }
  /// Writes the key; the value is for the caller to append.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }
  void text(std::string_view name, std::string_view value) { json_quote(key(name), value); }
  void number(std::string_view name, int64_t value) { fmt::format_to(std::back_inserter(key(name)), "{}", value); }
  void boolean(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
  void null(std::string_view name) { key(name) += "null"; }
  void text_or_null(std::string_view name, std::string_view value) {
    if (value.empty()) {
      null(name);
    } else {
      text(name, value);
    }
  }

 private:
  std::string& out_;
  bool first_ = true;
};

/// Writes `[a,b,...]`, calling `each(item)` for every item.
template <class Items, class Each>
void json_list(std::string& out, const Items& items, Each each) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    each(item);
  }
  out += ']';
}

/// Byte offsets as the caller wants them.
class OffsetCounter {
 public:
  OffsetCounter(std::string_view text, Offsets offsets)
      : utf16_(offsets == Offsets::utf16 ? text : std::string_view{}), bytes_(offsets == Offsets::bytes) {}
  int64_t operator()(uint32_t byte) const { return bytes_ ? byte : utf16_(byte); }

 private:
  Utf16Offsets utf16_;
  bool bytes_;
};

inline void json_span(JsonObject& object, const OffsetCounter& count, Span span) {
  object.number("begin", count(span.begin));
  object.number("end", count(span.end));
}

}  // namespace iz
