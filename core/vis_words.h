// What the vaccine information statements of a dose lack, in words (IZ-24). Internal to report.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "core/message.h"

namespace iz {

/// "29769-7 is missing beside 69764-9 (OBX-4 “2”)", for the first set of OBX with one OBX-4 that is not complete; "none is
/// sent" without any. `segments` are those of the dose's group, as indices in the message.
std::string vis_words(const Message& message, std::span<const uint32_t> segments);

}  // namespace iz
