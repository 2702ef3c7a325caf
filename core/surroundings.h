// What a condition may look at beside its own segment, group or data type: the clock and the sender that the caller gave,
// and the one MSH, PID and PD1 of the message. Prepared once for each message. Internal to check.
#pragma once
#include "core/days.h"
#include "core/message.h"

namespace iz {

/// What kind of place sends; some rules are only for one of them.
enum class Sender : uint8_t { any, pharmacy };

struct Surroundings {
  DayRange today;  ///< the day the check is made for, or `sent` when the caller gave none
  DayRange sent;   ///< MSH-7, or `today` when that is no date
  DayRange birth;  ///< PID-7
  Sender sender = Sender::any;
  int msh = -1, pid = -1, pd1 = -1;  ///< first segment of that name

  Surroundings() = default;
  Surroundings(const Message& message, Date as_of, Sender from);
  /// Index of a segment of the whole message, or -1.
  int segment(uint32_t name) const {
    return name == segment_code("PID")   ? pid
           : name == segment_code("MSH") ? msh
           : name == segment_code("PD1") ? pd1
                                         : -1;
  }
  DayRange clock(Clock which) const { return which == Clock::sent ? sent : today; }
};

}  // namespace iz
