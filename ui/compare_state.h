// Two open messages beside each other: the one in work, and the one it is compared with.
//
//     iz::CompareState s;
//     s.other = 1;                                             // index of a document
//     s.read(catalogue, other_text, options, message, report); // made anew when either of them changes
//     s.result.differences[0].name
#pragma once
#include <string>
#include <string_view>

#include "core/compare_messages.h"

namespace iz {

struct CompareState {
  int other = -1;  ///< index of the document; -1: none is chosen
  Message message;
  Report report;
  MessageComparison result;  ///< from the other one to the one in work
  uint32_t change = 0;       ///< counts readings

  void read(const Catalogue& catalogue, std::string_view other_text, const CheckOptions& options, const Message& now,
            const Report& now_report) {
    text_ = other_text;
    message.parse(text_);
    Checker(catalogue).check(message, options, report);
    result = compare_messages(catalogue, message, report, now, now_report);
    ++change;
  }
  void clear() {
    other = -1;
    result = {};
    text_.clear();
    message.parse(text_);
    ++change;
  }

 private:
  std::string text_;
};

/// "Changed", "Added", "Removed", "Moved".
std::string_view label(Change change);

}  // namespace iz
