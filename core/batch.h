// Files and batches: FHS, BHS, messages, BTS, FTS.
//
//     std::string outline = iz::batch_outline(input, iz::extract(input)).text;   // "" when there is no envelope
//     message.parse(outline);                                                    // FHS, BHS, MSH, MSH, BTS, FTS
//     checker.check(message, options, report);                                   // as profile "Batch"
//
// An envelope is checked like a message: its lines and the MSH of each message in it are its segments, in order. The
// fields are those of the profile Batch with IZ-8 to IZ-11; what the lines must be among each other is checked here. The
// messages themselves are checked on their own.
//
// Implementation Guide Release 1.5, chapter 5: a batch is BHS, messages, BTS; a file is FHS, batches, FTS; a single batch
// needs no file, and messages may be sent without either.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/catalogue.h"
#include "core/extract.h"
#include "core/message.h"
#include "core/path.h"

namespace iz {

inline constexpr std::string_view batch_profile = "Batch";

struct BatchOutline {
  std::string text;             ///< lines end with CR; empty when the input has no envelope
  std::vector<uint32_t> lines;  ///< of the input, from 1, for each line of `text`
};
BatchOutline batch_outline(std::string_view input, const Extraction& extraction);

/// Whether a text is an outline: its first segment is FHS or BHS, or one of its segments is BTS or FTS and all others
/// are such or MSH.
bool is_batch(const Message& message);

/// What is wrong with the order, the pairs and the counts of an outline.
struct BatchFault {
  Engine engine = Engine::batch_trailer_missing;
  Path path;  ///< of something absent: where it should stand
  Span span;
  uint32_t segment = 0;  ///< index of the segment where it shows
  uint32_t number = 0;   ///< what was counted
};
std::vector<BatchFault> find_batch_faults(const Message& outline);

}  // namespace iz
