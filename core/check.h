// Checks a message against a profile and its rules.
//
//     iz::Checker checker(iz::Catalogue::built_in());
//     iz::Report report;
//     checker.check(message, {.as_of = *iz::parse_date("2026-02-18")}, report);
//
// A Checker keeps scratch memory: use one per thread and reuse it; in steady state nothing is
// allocated but findings. Never fails on any message.
#pragma once
#include <memory>
#include <string_view>

#include "core/report.h"
#include "core/surroundings.h"

namespace iz {

struct CheckOptions {
  std::string_view profile;     ///< force this profile id; empty: `choose_profile`
  Date as_of;                   ///< the day the check is made for; the engine never reads a clock
  bool sent_line_ends = true;   ///< the line ends are those that were sent: false for text out of a text field
  Sender sender = Sender::any;  ///< what kind of place sends; some rules are only for one
};

class Checker {
 public:
  explicit Checker(const Catalogue& catalogue);
  ~Checker();
  /// Replaces `report`'s contents, keeping its memory.
  void check(const Message& message, const CheckOptions& options, Report& report);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace iz
