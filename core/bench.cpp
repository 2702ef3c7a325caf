#include "core/bench.h"

#include <algorithm>

#include "core/interpret.h"
#include "core/utf8.h"

namespace iz {

namespace {

constexpr CheckOptions kOptions{.profile = {}, .as_of = {2026, 1, 1}};
constexpr size_t kCheckMessages = 1000;

/// Cuts before each line that begins with `MSH|`.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  for (size_t at = text.find("MSH|", 1); at != std::string_view::npos; at = text.find("MSH|", at + 1)) {
    if (text[at - 1] != '\r' && text[at - 1] != '\n') continue;
    out.push_back(text.substr(begin, at - begin));
    begin = at;
  }
  out.push_back(text.substr(begin));
  return out;
}

/// Ten values that every reader of such messages needs.
template <class Use>
void read10(const Message& m, Use use) {
  use(m.get("MSH", 10));
  use(m.get("PID", 3, 1));
  use(m.get("PID", 5, 1));
  use(m.get("PID", 5, 2));
  use(m.get("PID", 7));
  use(m.get("PID", 11, 5));
  use(m.get("RXA", 3));
  use(m.get("RXA", 5, 1));
  use(m.get("RXA", 15));
  use(m.get("OBX", 5, 1));
}

/// The 31-hash over UTF-16 units, as other programs compute it from their strings.
uint32_t hash10(const Message& message) {
  uint32_t hash = 0;
  read10(message, [&](std::string_view value) {
    for (size_t at = 0; at < value.size();) {
      const Char c = next_char(value, at);
      at += c.size;
      if (c.code > 0xFFFF) {
        hash = hash * 31 + (0xD800 + ((c.code - 0x10000) >> 10));
        hash = hash * 31 + (0xDC00 + ((c.code - 0x10000) & 0x3FF));
      } else {
        hash = hash * 31 + c.code;
      }
    }
  });
  return hash;
}

}  // namespace

bool Bench::knows(std::string_view operation) {
  return operation == "parse" || operation == "read10" || operation == "check" || operation == "startup" ||
         operation == "interpret";
}

Bench::Bench(std::string_view operation, std::string_view text)
    : operation_(operation == "read10"      ? Operation::read10
                 : operation == "check"     ? Operation::check
                 : operation == "startup"   ? Operation::startup
                 : operation == "interpret" ? Operation::interpret
                                            : Operation::parse),
      messages_(split(text)),
      checker_(Catalogue::built_in()) {
  if (operation_ == Operation::startup) messages_.resize(1);
}

size_t Bench::bytes(size_t count) const {
  size_t sum = 0;
  for (size_t i = 0; i < count; ++i) sum += messages_[i].size();
  return sum;
}

int32_t Bench::check_value() {
  const size_t count = std::min(kCheckMessages, messages_.size());
  uint32_t value = 0;
  if (operation_ == Operation::check || operation_ == Operation::startup || operation_ == Operation::interpret) {
    const uint64_t before = sink_;
    pass(count);
    value = static_cast<uint32_t>(sink_ - before);
  } else {
    for (size_t i = 0; i < count; ++i) {
      message_.parse_view(messages_[i]);
      value += hash10(message_);
    }
  }
  return static_cast<int32_t>(value);
}

void Bench::pass(size_t count) {
  if (operation_ == Operation::startup) {
    start_up();
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    message_.parse_view(messages_[i]);
    if (operation_ == Operation::check) {
      checker_.check(message_, kOptions, report_);
      sink_ += report_.findings.size();
    } else if (operation_ == Operation::interpret) {
      const Outcome outcome = interpret(Catalogue::built_in(), message_);
      sink_ += size_t(outcome.happened) + 1 + outcome.errors.size();
    } else {
      sink_ += message_.nodes().size();
      if (operation_ == Operation::read10) read10(message_, [&](std::string_view value) { sink_ += value.size(); });
    }
  }
}

void Bench::start_up() {
  const auto catalogue = Catalogue::load(embedded_files());
  Checker checker(*catalogue);
  message_.parse_view(messages_[0]);
  checker.check(message_, kOptions, report_);
  sink_ += report_.findings.size();
  report_ = {};  // it points into the catalogue, which ends here
}

}  // namespace iz
