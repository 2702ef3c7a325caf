// Which codes of a message mean something else in another edition of the tables.
//
//     const AffectedFinder finder(older, newer);             // tables of two editions
//     for (const AffectedCode& a : finder.find(message)) ... // RXA[1]-5[1].1: "28 (DT): Active in the edition 2024-10-01, ..."
//
// Looked at is every triplet of code, text and coding system whose system is CVX, MVX, NDC or that of the VIS bar codes, in
// every field. A code counts if only one edition lists it, or if its rows differ in something other than their texts; with
// `texts` also if they differ in their texts.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/compare.h"
#include "core/json.h"
#include "core/message.h"
#include "core/path.h"

namespace iz {

struct AffectedCode {
  Path path;  ///< of the code
  Span span;
  std::string table;  ///< short name: cvx
  std::string code;   ///< as the message has it
  std::string name;   ///< in the newer edition that lists it
  ChangeKind kind = ChangeKind::meaning;
  std::string sentence;
};

class AffectedFinder {
 public:
  using Tables = std::span<const std::shared_ptr<const CodeSet>>;
  /// Tables that stand on one side only are left out; of several of one id the last counts.
  AffectedFinder(Tables before, Tables after, bool texts = false);
  /// In the order of the message.
  std::vector<AffectedCode> find(const Message& message) const;
  bool empty() const { return changes_.empty(); }

 private:
  struct Change {
    std::string name, sentence;
    ChangeKind kind = ChangeKind::meaning;
  };
  void add(const CodeSet& before, const CodeSet& after, bool texts);

  std::map<std::string, std::map<std::string, Change, std::less<>>, std::less<>> changes_;  // by table id, then code
};

/// One line for each: place, code, sentence.
std::string affected_text(std::span<const AffectedCode> codes);
/// [{"path","erl","begin","end","table","code","name","kind","sentence"}]
std::string affected_json(const Message& message, std::span<const AffectedCode> codes,
                          Offsets offsets = Offsets::bytes);

}  // namespace iz
