#include "core/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/counts.h"
#include "core/decode.h"
#include "core/segment_words.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t MSH = segment_code("MSH"), MSA = segment_code("MSA"), ERR = segment_code("ERR"),
                   PID = segment_code("PID"), QAK = segment_code("QAK"), QPD = segment_code("QPD");

class Writer {
 public:
  Writer(const Catalogue& catalogue, const Message& message, const Report& report)
      : decoder_(catalogue, message, report, Decoder::Style::brief), message_(message) {
    const auto segments = message.segments();
    for (uint32_t s = 0; s < segments.size(); ++s) {
      const uint32_t name = segments[s].name;
      if (name == PID) patients_.push_back(s);
      if (name == ERR) errors_.push_back(s);
      if (name == MSH && msh_ < 0) msh_ = int(s);
      if (name == MSA && msa_ < 0) msa_ = int(s);
      if (name == QAK && qak_ < 0) qak_ = int(s);
      if (name == QPD && qpd_ < 0) qpd_ = int(s);
    }
  }

  Summary write() {
    const auto groups = order_groups(message_);
    for (uint32_t i = 0; i < groups.size(); ++i) {
      if (groups[i].rxa < 0) continue;
      Dose dose = describe_dose(decoder_, message_, groups[i]);
      dose.order = i + 1;
      out_.doses.push_back(std::move(dose));
    }
    people();
    header();
    answer();
    out_.headline = headline();
    return std::move(out_);
  }

 private:
  std::string words(uint32_t s) const { return segment_words(decoder_, message_, s); }

  /// Adds a line for a field, if there is anything to say.
  void line(std::string label, std::string text, uint32_t s, uint32_t field) {
    if (text.empty()) return;
    const Segment& segment = message_.segments()[s];
    Line line{std::move(label), std::move(text), {segment.name, segment.occurrence, field, field ? 1u : 0u, 0, 0}, {}};
    const Element e = message_.repetition(s, field, 1);
    line.span = field == 0 ? Span{segment.begin, segment.end} : message_.span(e);
    out_.lines.push_back(std::move(line));
  }

  void people() {
    // A list of candidates may be long; a message about one patient has one.
    constexpr size_t most = 20;
    for (size_t i = 0; i < patients_.size() && i < most; ++i) {
      const uint32_t s = patients_[i];
      const bool several = patients_.size() > 1;
      line(several ? fmt::format("Patient {}", i + 1) : "Patient", words(s), s, 5);
      line("Born", birth_text(s, 7), s, 7);
      if (decoder_.text(s, 30) == "Y") {
        const auto died = decoder_.time(s, 29);
        line("Died", died ? to_iso(*died) : "date not stated", s, died ? 29 : 30);
      }
    }
    if (patients_.size() > most)
      line("More", counted(patients_.size() - most, "other patient", "other patients"), patients_[most], 0);
    if (qpd_ >= 0 && patients_.empty()) {
      const auto s = uint32_t(qpd_);
      line("Patient", words(s), s, 4);
      line("Born", birth_text(s, 6), s, 6);
    }
  }

  std::string birth_text(uint32_t s, uint32_t field) const {
    const auto born = decoder_.time(s, field);
    return born ? to_iso(*born) : decoder_.text(s, field);
  }

  void header() {
    if (msh_ < 0) return;
    const auto s = uint32_t(msh_);
    party("From", s, 4, 3, 22);
    party("To", s, 6, 5, 23);
    const auto sent = decoder_.time(s, 7);
    line("Sent", sent ? to_iso(*sent) : decoder_.text(s, 7), s, 7);
    if (const std::string mode = decoder_.text(s, 11); mode == "T" || mode == "D")
      line("Mode", mode == "T" ? "Training, not real data" : "Debugging, not real data", s, 11);
  }

  /// "LPEDS (BrightCharts)": facility, else the responsible organization; system in parentheses.
  void party(std::string label, uint32_t s, uint32_t facility, uint32_t system, uint32_t organization) {
    uint32_t field = facility;
    std::string who = hierarchic(s, facility);
    if (who.empty()) {
      field = organization;
      who = decoder_.text(s, organization);
      if (who.empty()) who = decoder_.text(s, organization, 10);
    }
    const std::string by = hierarchic(s, system);
    if (who.empty()) {
      field = system;
      who = by;
    } else if (!by.empty() && by != who) {
      who += fmt::format(" ({})", by);
    }
    line(std::move(label), std::move(who), s, field);
  }

  /// Of an HD: the name, else the object identifier.
  std::string hierarchic(uint32_t s, uint32_t field) const {
    std::string name = decoder_.text(s, field);
    return name.empty() ? decoder_.text(s, field, 2) : name;
  }

  void answer() {
    if (msa_ >= 0) line("Answer to", decoder_.text(uint32_t(msa_), 2), uint32_t(msa_), 2);
    if (qak_ >= 0) line("Result", words(uint32_t(qak_)), uint32_t(qak_), 2);
    for (const uint32_t s : errors_) {
      const std::string severity = decoder_.text(s, 4);
      const std::string_view label = severity == "E"   ? "Error"
                                     : severity == "W" ? "Warning"
                                     : severity == "I" ? "Information"
                                                       : "Reported";
      line(std::string(label), words(s), s, 0);
    }
  }

  /// " for Juniper Wren Oakhart, girl, 1 year 6 days"; empty without a patient.
  std::string for_whom() const {
    if (patients_.size() > 1) return fmt::format(" with {} patients", patients_.size());
    std::string who;
    if (!patients_.empty())
      who = words(patients_[0]);
    else if (qpd_ >= 0)
      who = words(uint32_t(qpd_));
    return who.empty() ? std::string{} : " for " + who;
  }

  /// "2 doses and 1 refusal".
  std::string dose_counts() const {
    size_t doses = 0, refusals = 0, due = 0, statements = 0;
    for (const Dose& d : out_.doses) {
      if (d.kind == DoseKind::refused || d.kind == DoseKind::not_given)
        ++refusals;
      else if (d.kind == DoseKind::due)
        ++due;
      else if (d.kind == DoseKind::observation)
        ++statements;
      else
        ++doses;
    }
    std::vector<std::string> parts;
    if (doses > 0) parts.push_back(counted(doses, "dose", "doses"));
    if (refusals > 0) parts.push_back(counted(refusals, "dose not given", "doses not given"));
    if (due > 0) parts.push_back(counted(due, "dose due", "doses due"));
    if (statements > 0) parts.push_back(counted(statements, "statement without a dose", "statements without a dose"));
    std::string out;
    for (size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
      out += parts[i];
    }
    return out;
  }

  std::string acknowledged() const {
    const auto s = uint32_t(msa_);
    const std::string code = decoder_.text(s, 1);
    std::string_view words = "result not stated";
    if (code == "AA" || code == "CA") words = "accepted";
    if (code == "AE" || code == "CE") words = "with something to report";
    if (code == "AR" || code == "CR") words = "rejected";
    return code.empty() ? std::string(words) : fmt::format("{} ({})", words, code);
  }

  std::string error_counts() const {
    size_t errors = 0, warnings = 0, others = 0;
    for (const uint32_t s : errors_) {
      const std::string severity = decoder_.text(s, 4);
      ++(severity == "E" ? errors : severity == "W" ? warnings : others);
    }
    std::string out;
    const auto add = [&](size_t n, std::string_view one, std::string_view many) {
      if (n > 0) out += ", " + counted(n, one, many);
    };
    add(errors, "error", "errors");
    add(warnings, "warning", "warnings");
    add(others, "remark", "remarks");
    return out;
  }

  std::string headline() const {
    if (message_.segments().empty()) return "Nothing to read";
    std::string type = msh_ >= 0 ? decoder_.text(uint32_t(msh_), 9) : std::string{};
    if (msh_ < 0 && !out_.doses.empty()) type = "VXU";
    if (type == "VXU") {
      const std::string doses = dose_counts();
      return (doses.empty() ? "Update without doses" : "Update with " + doses) + for_whom();
    }
    if (type == "QBP" && qpd_ >= 0) {
      const std::string name = decoder_.text(uint32_t(qpd_), 1);
      const std::string_view what = name == "Z44"   ? "Query for history and doses due"
                                    : name == "Z34" ? "Query for history"
                                                    : "Query";
      return std::string(what) + for_whom();
    }
    if (type == "RSP" || type == "VXR" || type == "VXX") {
      std::string out = "Answer to a query";
      if (qak_ >= 0 && !words(uint32_t(qak_)).empty()) out += ": " + lower_case(words(uint32_t(qak_)));
      if (const std::string doses = dose_counts(); !doses.empty()) out += ", " + doses;
      return out + (patients_.empty() ? std::string{} : for_whom());
    }
    if (msa_ >= 0) {
      const std::string about = decoder_.text(uint32_t(msa_), 2);
      std::string out = about.empty() ? "Answer to a message that it does not name" : "Answer to message " + about;
      return fmt::format("{}: {}{}", out, acknowledged(), error_counts());
    }
    if (msh_ >= 0)
      if (const std::string words_of_type = words(uint32_t(msh_)); !words_of_type.empty())
        return words_of_type + for_whom();
    return fmt::format("{} of unknown type{}", msh_ >= 0 ? "Message" : "Segments without a message header, message",
                       for_whom());
  }

  Decoder decoder_;
  const Message& message_;
  Summary out_;
  std::vector<uint32_t> patients_, errors_;
  int msh_ = -1, msa_ = -1, qak_ = -1, qpd_ = -1;
};

}  // namespace

Summary summarize(const Catalogue& catalogue, const Message& message, const Report& report) {
  return Writer(catalogue, message, report).write();
}

}  // namespace iz
