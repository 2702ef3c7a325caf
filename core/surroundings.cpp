#include "core/surroundings.h"

namespace iz {

Surroundings::Surroundings(const Message& m, Date as_of, Sender from) : today(day_range(as_of)), sender(from) {
  const auto segments = m.segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const uint32_t name = segments[s].name;
    int* const at = name == segment_code("MSH")   ? &msh
                    : name == segment_code("PID") ? &pid
                    : name == segment_code("PD1") ? &pd1
                                                  : nullptr;
    if (at && *at < 0) *at = static_cast<int>(s);
    if (name == segment_code("RXA")) break;  // they stand before the doses
  }
  if (msh >= 0) sent = day_range(m.value(m.component(m.repetition(static_cast<uint32_t>(msh), 7, 1), 1)));
  if (!sent.known) sent = today;
  if (!today.known) today = sent;
  if (pid >= 0) birth = day_range(m.value(m.component(m.repetition(static_cast<uint32_t>(pid), 7, 1), 1)));
}

}  // namespace iz
