// What the parts of reading an answer to a query share. Internal to query_answer.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/decode.h"
#include "core/query_answer.h"

namespace iz {

/// What an OBX of a history or forecast answers (LOINC code in OBX-3, table NIP003).
enum class Question : uint8_t {
  group,        ///< 30956-7 vaccine group or family
  due_next,     ///< 30979-9 vaccine due next
  component,    ///< 38890-0 component of a combination vaccine
  series_name,  ///< 59780-7
  schedule,     ///< 59779-9
  dose_number,  ///< 30973-2
  dose_count,   ///< 59782-3
  validity,     ///< 59781-5
  reason,       ///< 30982-3
  status,       ///< 59783-1
  earliest,     ///< 30981-5
  due,          ///< 30980-7
  overdue,      ///< 59778-1
  latest,       ///< 59777-3
  statement,    ///< immunity, contraindication, reason to immunize
  other
};

/// The observations that belong together: one vaccine group of one order.
struct Item {
  std::string sub_id;                    ///< OBX-4 of the first
  int obx[size_t(Question::statement)];  ///< segment for each question; -1: none
  uint32_t first = 0, last = 0;          ///< its segments, last one inclusive
  bool has(Question q) const { return obx[size_t(q)] >= 0; }
};

/// The question of an OBX.
Question question_of(const Message& message, uint32_t segment);
/// Cuts the observations of one order group, in order, into items.
std::vector<Item> observation_items(const Decoder& decoder, const Message& message, std::span<const uint32_t> obx);

/// What the answer states of a series, in our terms; `not_stated` when its words tell nothing that we know.
DueStatus stated_status(std::string_view code, std::string_view text);

/// The patients side by side. `patients` are their PID segments in `answer`; the query's QPD is in `asked` if `qpd >= 0`.
std::vector<CandidateRow> compare_patients(const Catalogue& catalogue, const Message& answer, const Report& report,
                                           std::span<const uint32_t> patients, const Message& asked, int qpd);

}  // namespace iz
