// What a benchmark runs: one operation over the messages of a file. Who calls it keeps the time; the engine has no clock.
//
//     iz::Bench bench("parse", text);   // cuts the text into messages
//     bench.check_value();              // guards against measuring nothing
//     bench.pass(bench.messages());     // once over the messages: this is what is timed
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"
#include "core/code_search.h"

namespace iz {

class Bench {
 public:
  /// Whether there is such an operation: parse, read10 (parse and read ten values), check, startup (load the catalogue and
  /// check one message), interpret (parse one answer in HL7 and judge it, without the message it answers and without the
  /// search for HL7 in other text). The text does not matter to: tables (all tables of codes ready for look-up), lookup (a
  /// message is a code of CDC's tables), search (a message is what somebody typed to find one).
  static bool knows(std::string_view operation);
  /// `text` must outlive the object.
  Bench(std::string_view operation, std::string_view text, const Catalogue& catalogue = Catalogue::built_in());
  /// Messages that a pass can go over.
  size_t messages() const { return messages_.size(); }
  /// Bytes of the first `count` messages.
  size_t bytes(size_t count) const;
  /// For parse and read10 the sum over the first 1,000 messages of the 31-hash of their ten values, for check the number
  /// of findings in the first 1,000 messages, for startup in the first one, for interpret the sum of outcomes (accepted is
  /// 1) and errors of the first 1,000, for tables and lookup the number of rows and of codes found, for search of hits.
  int32_t check_value();
  /// Once over the first `count` messages.
  void pass(size_t count);
  /// Makes all tables of codes once and gives the number of their rows: what `tables` does, for who measures it cold.
  static size_t make_tables();
  /// Depends on every result, so that no compiler can leave the work out.
  uint64_t sink() const { return sink_; }

 private:
  enum class Operation : uint8_t { parse, read10, check, startup, interpret, tables, lookup, search, none };
  static Operation named(std::string_view operation);
  void start_up();
  void prepare_codes();
  Operation operation_;
  std::vector<std::string_view> messages_;
  Message message_;
  Report report_;
  Checker checker_;
  std::vector<const CodeSet*> sets_;  // of the codes to look up
  std::vector<std::string> typed_;
  std::unique_ptr<CodeSearch> search_;
  uint64_t sink_ = 0;
};

}  // namespace iz
