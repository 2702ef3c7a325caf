#include "core/bench.h"

#include <algorithm>

#include "codesets/compiled.h"
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

Bench::Operation Bench::named(std::string_view operation) {
  static constexpr std::string_view names[] = {"parse",     "read10", "check",  "startup",
                                               "interpret", "tables", "lookup", "search"};
  static_assert(std::size(names) == size_t(Operation::none));
  return static_cast<Operation>(std::find(std::begin(names), std::end(names), operation) - std::begin(names));
}

bool Bench::knows(std::string_view operation) { return named(operation) != Operation::none; }

Bench::Bench(std::string_view operation, std::string_view text, const Catalogue& catalogue)
    : operation_(named(operation)), messages_(split(text)), checker_(catalogue) {
  if (operation_ == Operation::startup || operation_ == Operation::tables) messages_.resize(1);
  if (operation_ == Operation::lookup || operation_ == Operation::search) prepare_codes();
}

/// Each code of CDC's tables; or for each trade name its first letters, the whole, and the whole with two letters swapped.
void Bench::prepare_codes() {
  const Catalogue& catalogue = Catalogue::built_in();
  messages_.clear();
  if (operation_ == Operation::lookup) {
    for (const char* id : {"CVX", "MVX", "NDC_Use", "NDC_Sale", "PHVS_VISBarcodes_IIS"})
      for (const Code& row : catalogue.code_set(id)->codes()) {
        messages_.push_back(row.code);
        sets_.push_back(catalogue.code_set(id));
      }
    return;
  }
  search_ = std::make_unique<CodeSearch>(catalogue);
  for (const Code& row : catalogue.code_set("TradeName")->codes()) {
    std::string name(row.code);
    typed_.push_back(name.substr(0, 3));
    typed_.push_back(name);
    if (name.size() > 4) std::swap(name[2], name[3]);
    typed_.push_back(name);
  }
  messages_.assign(typed_.begin(), typed_.end());
}

size_t Bench::bytes(size_t count) const {
  size_t sum = 0;
  for (size_t i = 0; i < count; ++i) sum += messages_[i].size();
  return sum;
}

int32_t Bench::check_value() {
  const size_t count = std::min(kCheckMessages, messages_.size());
  uint32_t value = 0;
  if (operation_ != Operation::parse && operation_ != Operation::read10) {
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
  if (operation_ == Operation::tables) {
    sink_ += make_tables();
    return;
  }
  if (operation_ == Operation::lookup) {
    for (size_t i = 0; i < count; ++i) sink_ += sets_[i]->find(messages_[i]) != nullptr;
    return;
  }
  if (operation_ == Operation::search) {
    for (size_t i = 0; i < count; ++i) sink_ += search_->find(messages_[i]).hits.size();
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

size_t Bench::make_tables() {
  size_t rows = 0;
  std::vector<std::string_view> texts;
  for (const EmbeddedFile& file : embedded_files())
    if (file.name.starts_with("codesets/")) texts.push_back(file.text);
  for (const auto& set : read_compiled(texts)) rows += set->codes().size();
  return rows;
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
