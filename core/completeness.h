// How often what registries measure is there, and how long doses take to be sent.
//
//     Completeness c(catalogue);
//     c.add(message);                       // an update; other messages count nothing
//     c.counts()[i].present, .of            // of catalogue.measures[i]
//     c.lags()[i]                           // doses given here, by the days from dose to message
//
// What is measured is data: core/lists/measures.json, with the conditions of core/condition.h. A dose counts that was had
// (RXA-20 is CP or PA) and is not deleted; as given, one with RXA-9 00. Days and their limits: core/lists/timeliness.json.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/condition.h"
#include "core/message.h"

namespace iz {

class Catalogue;

/// One thing that is there or not.
struct Measure {
  enum class Of : uint8_t { patient, dose, given };
  std::string id;    ///< "patient-name"; lasting
  std::string name;  ///< "First and last name"
  std::string at;    ///< where it stands, for a reader: "PID-5", "OBX 64994-7"
  Of of = Of::patient;
  Condition has;  ///< on a group: the segments before the first order, or those of an order
};
std::string_view to_string(Measure::Of);  ///< "patient"

class Completeness {
 public:
  struct Count {
    uint32_t of = 0, present = 0;
    /// Percent, rounded down, so that 100 is all; 0 of nothing.
    uint32_t percent() const { return of == 0 ? 0 : static_cast<uint32_t>(uint64_t{present} * 100 / of); }
  };
  explicit Completeness(const Catalogue& catalogue);
  /// Counts an update (VXU).
  void add(const Message& message);
  void merge(const Completeness& other);

  /// One for each of `Catalogue::measures`.
  const std::vector<Count>& counts() const { return counts_; }
  /// Doses given here within each of `lag_names`; the last one is for those whose days are not known.
  const std::vector<uint32_t>& lags() const { return lags_; }
  /// "Within 3 days", "4 to 14 days", "later than 30 days", "not known".
  const std::vector<std::string>& lag_names() const { return lag_names_; }

 private:
  void add_dose(const Message& message, int32_t sent);
  const Catalogue* catalogue_;
  std::vector<Count> counts_;
  std::vector<int> limits_;  // days, rising
  std::vector<uint32_t> lags_;
  std::vector<std::string> lag_names_;
  std::vector<uint32_t> segments_;  // of the group at hand
};

}  // namespace iz
