// Many messages at once: a row for each, and what their findings have in common.
//
//     iz::Triage triage(catalogue, {.as_of = day});
//     for (iz::MessageReader reader(chunk); reader.next();) triage.add(reader.text(), {.begin = reader.input().begin});
//     triage.merge(other);                             // what another thread has added
//     triage.finish();                                 // order, answers beside what they answer
//     for (const iz::TriageGroup& g : triage.groups(iz::TriageBy::cause)) use(g.title, g.messages);
//     for (uint32_t row : triage.rows({.cause = 3})) use(triage.row(row));
//
// Nothing of a message is kept but its place in the file, its control id, the names in its row and which causes it has:
// about 100 bytes. What is counted is what a reader is shown of a message (core/fold.h): each cause once, not what follows
// from it, and supported values that are not sent are left out. A Triage is used by one thread at a time.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/check.h"
#include "core/outcome.h"
#include "core/quality_summary.h"

namespace iz {

/// Where a message stands: bytes of its file.
struct TriagePlace {
  uint32_t file = 0;
  uint64_t begin = 0;
  uint32_t size = 0;
};

/// What the findings of a message come to.
enum class Worst : uint8_t { clean, info, warning, error };
std::string_view to_string(Worst);  ///< "clean", "advice", "warnings", "errors"

/// One message. Texts are `Triage::name`.
struct TriageRow {
  static constexpr uint32_t none = 0xffffffff;
  TriagePlace place;
  uint32_t id_begin = 0, answers_begin = 0;  ///< `Triage::control_id`, `Triage::answers`
  uint32_t first_cause = 0;                  ///< `Triage::causes_of`
  uint32_t sender = 0;                       ///< MSH-4, else MSH-3
  uint32_t vaccine = 0;                      ///< of its first dose
  uint32_t reason = none;                    ///< of an answer with errors: what it says, values left out
  uint32_t answer = none;                    ///< the row of the answer to it
  uint16_t id_size = 0, answers_size = 0;
  uint16_t cause_count = 0;
  uint16_t errors = 0, warnings = 0, infos = 0;
  uint16_t doses = 0, stored = 0;  ///< order groups with a dose, and how many a registry that keeps to the guide stores
  int16_t hour = -1;               ///< of MSH-7, 0 to 23
  Worst worst = Worst::clean;
  bool unchecked = false;                      ///< no profile fits: only its form was checked, which is an error
  bool is_answer = false;                      ///< ACK or RSP
  Happened happened = Happened::undetermined;  ///< of an answer; of another message as predicted
  bool predicted = false;                      ///< `happened` and `stored` are ours, nobody said so
};

/// One fault at one place of the guide, wherever it was found: "RXA-7.1: the unit is not a UCUM code".
struct TriageCause {
  uint16_t rule = 0;
  Severity severity = Severity::error;
  Layer layer = Layer::r15;
  Who who = Who::interface;
  std::string place;  ///< without numbers of segments and repetitions: "RXA-7.1"
  std::string title;  ///< dots in place of values
  uint32_t messages = 0, findings = 0;
  uint32_t first = 0;                                   ///< the first row with it
  std::map<std::string, uint32_t, std::less<>> values;  ///< what stood there, at most `max_values`; PHI is possible
  uint32_t other_values = 0;                            ///< findings whose value is not in `values`
  static constexpr size_t max_values = 24;
};

enum class TriageBy : uint8_t { cause, field, who, sender, outcome, reason };
std::string_view to_string(TriageBy);

/// Messages that have something in common.
struct TriageGroup {
  uint32_t key = 0;   ///< for `TriageFilter`: cause, field (index of a name), who, sender, outcome, reason
  std::string title;  ///< of a cause with its value, where three messages or more have that one and none another
  std::string place;  ///< of a cause
  Severity severity = Severity::error;  ///< the worst in it
  uint32_t messages = 0, findings = 0;
};

/// Which rows are wanted; what is not set holds for all.
struct TriageFilter {
  std::optional<TriageBy> by;
  uint32_t key = 0;  ///< with `by`, of a TriageGroup
  std::optional<Worst> worst;
  std::string_view text;  ///< in control id, sender or vaccine, whatever the case
};

/// The whole in numbers.
struct TriageCounts {
  uint32_t messages = 0, answers = 0, answered = 0;
  uint32_t unchecked = 0;           ///< of `messages`
  std::array<uint32_t, 4> worst{};  ///< by Worst
  uint32_t doses = 0, stored = 0;
  uint32_t whole = 0;  ///< messages all of whose doses are stored, of `submissions`
  uint32_t submissions = 0;
  uint32_t ids_twice = 0;                  ///< messages whose control id an earlier one has
  std::array<uint32_t, 24> error_hours{};  ///< messages with errors by the hour of MSH-7
};

class Triage {
 public:
  /// `with_quality`: also counts what the summary of data quality tells, which takes a twelfth more time.
  Triage(const Catalogue& catalogue, const CheckOptions& options, bool with_quality = false);
  ~Triage();
  Triage(Triage&&) noexcept;
  Triage& operator=(Triage&&) noexcept;

  /// Checks a message and keeps its row.
  void add(std::string_view text, const TriagePlace& place);

  /// Adds what another one, of the same catalogue, has.
  void merge(const Triage& other);
  /// Rows in the order of files and places; answers found for what they answer, with what they say in place of the
  /// prediction. Call once, after everything was added.
  void finish();

  size_t size() const { return rows_.size(); }
  const TriageRow& row(uint32_t index) const { return rows_[index]; }
  std::string_view name(uint32_t index) const { return index < names_.size() ? names_[index] : std::string_view{}; }
  std::string_view control_id(const TriageRow& r) const { return std::string_view(ids_).substr(r.id_begin, r.id_size); }
  /// MSA-2 of an answer.
  std::string_view answers(const TriageRow& r) const {
    return std::string_view(ids_).substr(r.answers_begin, r.answers_size);
  }
  const std::vector<TriageCause>& causes() const { return causes_; }
  std::vector<uint32_t> causes_of(const TriageRow& r) const;
  const Catalogue& catalogue() const { return *catalogue_; }

  TriageCounts counts() const;
  /// The data quality of all messages in numbers, if it was asked for.
  const QualitySummary& quality() const { return quality_; }
  /// Largest first; causes by severity before that.
  std::vector<TriageGroup> groups(TriageBy by) const;
  /// Indices of rows, in order.
  std::vector<uint32_t> rows(const TriageFilter& filter) const;

 private:
  struct Work;
  uint32_t intern(std::string_view name);
  uint32_t cause_of(const Finding& finding);
  void add_findings(TriageRow& row);
  void add_answer(TriageRow& row);
  void add_doses(TriageRow& row);
  bool has(const TriageRow& row, TriageBy by, uint32_t key) const;

  const Catalogue* catalogue_;
  QualitySummary quality_;
  bool with_quality_ = false;
  std::unique_ptr<Work> work_;
  std::vector<TriageRow> rows_;
  std::vector<uint32_t> row_causes_;
  std::vector<TriageCause> causes_;
  std::vector<uint64_t> cause_keys_;
  std::unordered_map<uint64_t, uint32_t> cause_index_;
  std::vector<std::string> names_;
  std::unordered_map<std::string, uint32_t> name_index_;
  std::string ids_;
};

/// How many bytes of a piece of a file can be read now: up to the last line in it that begins a message, so that no message
/// is cut. 0 when no message begins behind the first byte: more must be read.
size_t whole_messages(std::string_view piece);

}  // namespace iz
